package ingest

import (
	"hash/maphash"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/journal"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// source is one source and what this run did for it.
type source struct {
	schema.Source
	kind    kinds.Kind
	tally   schema.Tally
	told    bool     // the sink has heard of it
	broken  bool     // a crawl of it failed as a whole
	waiting []*crawl // crawls to come, in order
	now     *crawl   // under way; nil: none
	band    journal.Band
	began   time.Time
	starts  map[string]bool // replays: canonical start URLs
	private map[string]bool // hosts that may have private addresses
}

// crawl is one pass over one source, as the engine's loop sees it.
type crawl struct {
	source *source
	start  time.Time
	row    schema.Crawl
	seeds  []link
	later  func() []link // what is read once all links are followed; nil: nothing

	seen   hashes    // URLs met
	open   int       // pages known and not finished
	last   time.Time // when the last page was fetched
	partly bool      // something is missing: closes nothing
	orphan bool      // no start page was captured
	failed int       // URLs without a usable answer
	unread int       // pages that could not be parsed at all
	kept   int       // URLs that robots.txt keeps us out of
	marked bool      // its yield left the band of its history
	asked  int       // URLs answered, or failed, or forbidden
}

// link is a page to fetch.
type link struct {
	url   string
	depth int
	start bool
	pick  *capture // replays: this very capture
	left  bool     // replays: no link led to it
}

// item is a page under way.
type item struct {
	link
	crawl *crawl
	lane  string
	order int // in a replay: results of a lane are taken in this order
	tries int
}

var seed = maphash.MakeSeed()

// meet tells whether the URL is met for the first time in this crawl.
func (c *crawl) meet(url string) bool {
	return c.seen.add(maphash.String(seed, archive.CanonicalURL(url)))
}

// begin readies the crawl's row.
func (c *crawl) begin(runID string, simulated bool) {
	c.seen = hashes{}
	c.row = schema.Crawl{
		ID: schema.CrawlID(c.source.Name, c.start), RunID: runID, Source: c.source.Name,
		StartedAt: c.start, FinishedAt: c.start, Simulated: simulated || c.source.Simulated,
	}
}

// end settles what the crawl came to.
func (c *crawl) end() {
	r := &c.row
	switch {
	case c.kept > 0 && c.kept == c.asked:
		r.Outcome = "forbidden"
	case c.failed+c.unread > 0 && c.failed+c.unread+c.kept == c.asked:
		r.Outcome = "failed"
	case c.failed > 0 || c.kept > 0 || c.partly || c.orphan:
		r.Outcome = "partial"
	default:
		r.Outcome, r.Complete = "ok", true
	}
	if c.last.After(r.FinishedAt) {
		r.FinishedAt = c.last
	}
	if r.Error == "" && c.orphan {
		r.Error = "no start page was captured"
	}
}

// note keeps one of the things that went wrong, whatever their order.
func (c *crawl) note(text string) {
	if c.row.Error == "" || text < c.row.Error {
		c.row.Error = text
	}
}
