package market

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/market/world"
)

// WriteArchive writes the crawls of the whole time as WARC records, one gzip
// member each, source after source and each in the order of time. A crawl is a
// capture of a start URL and of the pages behind it that changed since the crawl
// before: an issue is captured once, a thread while it grows. Memory does not
// grow with the number of sightings, and the bytes do not depend on the number
// of processors.
func (m *Market) WriteArchive(w io.Writer) error {
	return m.WriteCrawls(w, time.Time{}, time.Time{})
}

// WriteCrawls is [Market.WriteArchive] of the crawls in [from, to), for archives
// that are read one after the other; a zero time is no bound. What a page of an
// earlier part holds is not captured again.
func (m *Market) WriteCrawls(w io.Writer, from, to time.Time) error {
	within := func(r *archive.Record) bool {
		return r.Type == archive.Info || strings.HasSuffix(r.URL, "/robots.txt") ||
			!r.Date.Before(from) && (to.IsZero() || r.Date.Before(to))
	}
	jobs := m.histories()
	type part struct {
		bytes *bytes.Buffer
		err   error
	}
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	// Each source is encoded by one goroutine; they are written in order, and
	// no more are begun than a few ahead of the one that is due.
	ahead := make(chan chan part, 2*runtime.GOMAXPROCS(0))
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(ahead)
		for _, job := range jobs {
			done := make(chan part, 1)
			select {
			case ahead <- done:
			case <-stop:
				return
			}
			go func() {
				b := buffers.Get().(*bytes.Buffer)
				b.Reset()
				var err error
				job(func(r *archive.Record) {
					if err == nil && within(r) {
						err = archive.Encode(b, r)
					}
				})
				done <- part{b, err}
			}()
		}
	}()
	for done := range ahead {
		p := <-done
		if p.err != nil {
			return p.err
		}
		if _, err := w.Write(p.bytes.Bytes()); err != nil {
			return err
		}
		buffers.Put(p.bytes)
	}
	return nil
}

// history writes the records of one source's crawls. A record's body is good
// until put returns.
type history func(put func(*archive.Record))

// histories are the archive's parts, in their order.
func (m *Market) histories() []history {
	out := []history{
		m.preface,
		func(put func(*archive.Record)) { m.newsletterHistory(put, twirListing, m.w.TWiR, twirRaw, twirName) },
		func(put func(*archive.Record)) { m.newsletterHistory(put, ribListing, m.w.RiB, ribRaw, ribName) },
		m.hnHistory,
		m.redditHistory,
	}
	for i := range m.w.Boards {
		out = append(out, func(put func(*archive.Record)) { m.boardHistory(put, int32(i)) })
	}
	return out
}

// preface is what stands before the crawls: about the file, and robots.txt of
// each host.
func (m *Market) preface(put func(*archive.Record)) {
	put(&archive.Record{Type: archive.Info, Date: world.TimeOf(m.w.First), Body: []byte(
		"software: jobmarket\r\nformat: WARC File Format 1.1\r\n" + simulatedField + "\r\ndescription: a simulated job market, seed " +
			strconv.FormatUint(m.w.Seed, 10) + "; no employer in it exists\r\n")})
	for _, h := range hosts {
		m.capture(put, "https://"+h+"/robots.txt", m.w.First, 0)
	}
}

// capture puts the answer of a URL on a day; n seconds after the day's crawls
// began.
func (m *Market) capture(put func(*archive.Record), address string, on world.Day, n int) {
	u, err := url.Parse(address)
	if err != nil {
		panic(err) // our own constants
	}
	put(record(address, on, n, m.answer(u, on)))
}

func record(address string, on world.Day, n int, a answer) *archive.Record {
	return &archive.Record{
		Type: archive.Response, URL: address, Date: world.Moment(on).Add(time.Duration(n) * time.Second),
		Status: a.status, Header: http.Header{"Content-Type": {a.kind}}, Body: a.body,
	}
}

func (m *Market) newsletterHistory(put func(*archive.Record), listing string, issues []world.Issue, raw string, name func(*world.Issue) string) {
	next := 0
	for _, on := range m.w.Crawls {
		m.capture(put, listing, on, 0)
		for n := 1; next < len(issues) && issues[next].On <= on; n++ {
			m.capture(put, raw+name(&issues[next]), on, n)
			next++
		}
	}
}

func (m *Market) hnHistory(put func(*archive.Record)) {
	before := time.Time{}
	for _, on := range m.w.Crawls {
		threads, n := m.threadsOn(on), 0
		for page := 0; page == 0 || page*hitsPerPage < len(threads); page++ {
			m.capture(put, hnSearch+strconv.Itoa(page), on, n)
			n++
		}
		for _, t := range threads {
			// A thread is captured anew when a comment came since the last crawl.
			if seen := world.UpTo(t.Notes, world.Moment(on)); t.Opened().After(before) || len(seen) > 0 && seen[len(seen)-1].At.After(before) {
				m.capture(put, hnItems+strconv.FormatUint(t.ID, 10), on, n)
				n++
			}
		}
		before = world.Moment(on)
	}
}

func (m *Market) redditHistory(put func(*archive.Record)) {
	before := time.Time{}
	for _, on := range m.w.Crawls {
		m.capture(put, redditFind, on, 0)
		posts := m.postsOn(on)
		if len(posts) > postsPerPage {
			m.capture(put, redditFind+"&after=t3_"+strconv.FormatUint(posts[postsPerPage-1].ID, 36), on, 1)
		}
		n := 2
		for _, p := range posts {
			if seen := world.UpTo(p.Comments, world.Moment(on)); p.Thread && (p.At.After(before) || len(seen) > 0 && seen[len(seen)-1].At.After(before)) {
				m.capture(put, "https://www.reddit.com/r/rust/comments/"+strconv.FormatUint(p.ID, 36)+".json?limit=500&depth=1", on, n)
				n++
			}
		}
		before = world.Moment(on)
	}
}

func (m *Market) boardHistory(put func(*archive.Record), at int32) {
	b := &m.w.Boards[at]
	token := m.w.Employers[b.Owner].Token
	address := map[uint8]string{
		world.Greenhouse: "https://boards-api.greenhouse.io/v1/boards/" + token + "/jobs?content=true",
		world.Ashby:      "https://api.ashbyhq.com/posting-api/job-board/" + token + "?includeCompensation=true",
		world.Lever:      "https://api.lever.co/v0/postings/" + token + "?mode=json",
		world.Recruitee:  "https://" + token + ".recruitee.com/api/offers/",
		world.Personio:   "https://" + token + ".jobs.personio.de/xml?language=en",
	}[b.Kind]
	cache := map[int32]fragment{}
	var body []byte
	for _, on := range m.w.Crawls {
		if on < b.Since {
			continue
		}
		if body == nil && (b.Kind == world.Recruitee || b.Kind == world.Personio) { // a host of its own
			root, _, _ := strings.Cut(address[len("https://"):], "/")
			m.capture(put, "https://"+root+"/robots.txt", on, 59+int(at)%3000)
		}
		a := m.boardPage(body[:0], at, on, true, cache)
		body = a.body
		put(record(address, on, 60+int(at)%3000, a))
		for number := range cache {
			if b.Listings[number].To <= on {
				delete(cache, number)
			}
		}
	}
}
