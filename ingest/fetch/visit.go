package fetch

import (
	"context"
	"errors"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/warehouse/schema"
)

var (
	// ErrForbidden says that robots.txt keeps us away from the URL.
	ErrForbidden = errors.New("robots.txt forbids it")
	// ErrNotArchived says that a replay's archives hold no answer for the URL.
	ErrNotArchived = errors.New("the archives hold no answer")
)

// Visit goes with one request through Colly to the transport, in the request's
// context, and brings back what a response has no room for.
type Visit struct {
	Source   string
	Crawl    time.Time       // start of the crawl
	Private  map[string]bool // host:port pairs that may be on private addresses
	File     string          // file: URL that this visit may read, because the configuration names it
	Prior    *Prior          // the answer that is held already; nil: ask without validators
	Reserved string          // host at which a turn is reserved for the visit; see [Stack.Reserve]

	Place     archive.Place // where the answer lies
	FetchedAt time.Time     // when it came
	Outcome   schema.Outcome
	Status    int // of the last answer, also when it is of no use; 0 when none came
	ETag      string
	Modified  string
	Pick      any // the engine's own, for its own transports
}

// Prior is an answer that is held already.
type Prior struct {
	URL      string
	Date     time.Time
	ETag     string
	Modified string
	Digest   string                          // of the body as sent
	Place    archive.Place                   // where the body lies
	Body     func() (*archive.Record, error) // reads it again
}

type visitKey struct{}

// With returns a context that carries v.
func With(ctx context.Context, v *Visit) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

// Of returns the visit that the context carries; an empty one where it has none.
func Of(ctx context.Context) *Visit {
	if v, ok := ctx.Value(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{}
}
