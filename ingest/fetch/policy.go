package fetch

import "time"

// Policy is how we behave towards other people's servers. The zero value of a
// field means no limit, so start from [DefaultPolicy].
type Policy struct {
	Delay       time.Duration // least time between the starts of two requests to one host; a longer Crawl-delay wins
	Parallel    int           // requests under way at one host; a Crawl-delay makes it 1
	Workers     int           // requests under way in all
	Timeout     time.Duration // for one answer, from the request to the last byte of the body
	HeadTimeout time.Duration // for the head of an answer
	Retries     int           // further tries of one URL after a failure that may pass
	Backoff     time.Duration // hold of a host after its first failure; doubles with each further one, with jitter
	MaxBackoff  time.Duration // longest hold; a host that asks for longer is left alone
	Breaker     int           // failures in a row after which a host is left alone
	MaxBody     int64         // bytes of one body after decompression
	MaxRedirect int           // redirects followed for one URL
	MaxPages    int           // pages of one crawl of one source
	MaxDepth    int           // links followed from a start page in a row
	MaxTime     time.Duration // for one run
}

// DefaultPolicy suits a few requests a day to public job boards.
var DefaultPolicy = Policy{
	Delay:       time.Second,
	Parallel:    2,
	Workers:     16,
	Timeout:     60 * time.Second,
	HeadTimeout: 20 * time.Second,
	Retries:     3,
	Backoff:     2 * time.Second,
	MaxBackoff:  2 * time.Minute,
	Breaker:     6,
	MaxBody:     32 << 20,
	MaxRedirect: 5,
	MaxPages:    20_000,
	MaxDepth:    8,
	MaxTime:     6 * time.Hour,
}
