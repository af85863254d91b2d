package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"strings"
	"time"

	"jobmarket/ingest/fetch"
	"jobmarket/warehouse/schema"
)

// engine is one run. Its loop owns all that is below; workers see only items.
type engine struct {
	o         Options
	sink      Sink
	agent     string
	transport http.RoundTripper
	library   *library // replays
	sources   []*source
	frontier  *frontier
	batch     *batcher
	flying    int // items with workers
	err       error
}

func newEngine(o Options, sink Sink) (*engine, error) {
	e := &engine{o: o, sink: sink, agent: userAgent(o.UserAgent, o.Contact)}
	library, err := openLibrary(o.Replay)
	if err != nil {
		return nil, err
	}
	e.library = library
	e.transport = &shelf{library: library, agent: e.agent}
	e.sources = library.sources(&e.o)
	e.frontier = newFrontier(o.Now, func(it *item) string { return it.crawl.source.Name }, func(string) (time.Duration, int) { return 0, 1 })
	for _, note := range library.notes {
		e.tell(Event{Action: "note", Text: note})
	}
	return e, nil
}

// userAgent is how we name ourselves: the product first, because robots.txt is
// matched with it, then where an operator reaches us.
func userAgent(product, contact string) string {
	if product == "" {
		product = "jobmarket"
	}
	if contact == "" {
		return product
	}
	return product + " (+" + contact + ")"
}

// run is the loop: it hands out items, takes in results, and ends when nothing
// is left or the context ends.
func (e *engine) run(parent context.Context) ([]schema.Tally, error) {
	ctx, fail := context.WithCancelCause(parent)
	defer fail(nil)
	e.batch = newBatcher(ctx, e.o.RunID, e.sink, fail)
	work, done := make(chan *item), make(chan *result)
	workers := e.workers()
	for range workers {
		go func() {
			w := newWorker(e, e.transport)
			for it := range work {
				done <- w.visit(ctx, it)
			}
		}()
	}
	for _, s := range e.sources {
		s.began = e.o.Now()
		e.next(s)
	}
	e.loop(ctx, workers, work, done)
	close(work)
	e.batch.flush(ctx, true)
	loadErr := e.batch.close()
	for _, s := range e.sources {
		s.tally.NewPostings = e.batch.fresh[s.Name]
	}
	return e.tallies(parent.Err() != nil), errors.Join(parent.Err(), loadErr)
}

func (e *engine) workers() int {
	if e.library != nil {
		return 2
	}
	return e.o.HTTP.Workers
}

// loop runs until no item is waiting or under way.
func (e *engine) loop(ctx context.Context, workers int, work chan<- *item, done <-chan *result) {
	for {
		var out chan<- *item
		var it *item
		var wait time.Duration
		if ctx.Err() == nil && e.flying < workers {
			if it, wait = e.frontier.pop(); it != nil {
				out = work
			}
		}
		if it == nil && e.flying == 0 && (ctx.Err() != nil || e.frontier.size == 0) {
			return
		}
		if out != nil {
			out <- it // a worker is free
			e.flying++
			continue
		}
		woken, stop := e.timer(ctx, wait)
		select {
		case r := <-done:
			e.flying--
			e.take(ctx, r)
		case <-woken:
		}
		stop()
	}
}

// timer returns a channel that closes after the wait, nil when there is none, or
// when the context ends.
func (e *engine) timer(ctx context.Context, wait time.Duration) (<-chan struct{}, func()) {
	if wait <= 0 || ctx.Err() != nil {
		return nil, func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	woken := make(chan struct{})
	go func() {
		_ = e.o.Sleep(ctx, wait)
		close(woken)
	}()
	return woken, cancel
}

// next begins the source's next crawl, if one waits.
func (e *engine) next(s *source) {
	if len(s.waiting) == 0 {
		return
	}
	c := s.waiting[0]
	s.waiting = s.waiting[1:]
	c.begin(e.o.RunID, e.o.Simulated)
	for _, l := range c.seeds {
		if c.meet(l.url) {
			e.push(c, l)
		}
	}
	e.settle(c)
}

// push puts a page of the crawl into the frontier.
func (e *engine) push(c *crawl, l link) {
	c.open++
	e.frontier.push(&item{link: l, crawl: c})
}

// take takes in what became of a page.
func (e *engine) take(ctx context.Context, r *result) {
	c := r.item.crawl
	e.frontier.release(r.item)
	c.open--
	if ctx.Err() != nil && r.err != nil {
		return // the stop is to blame, not the page
	}
	if r.silent {
		e.settle(c)
		return
	}
	e.count(c, r)
	for _, u := range r.links {
		e.follow(c, r.item, u)
	}
	e.batch.page(r)
	e.tell(Event{Source: c.source.Name, Action: "page", URL: r.page.URL, Status: int(r.page.Status), Outcome: r.page.Outcome,
		Postings: int(r.page.Postings), Pages: int(c.row.Pages), Queued: c.open, Text: r.page.Error})
	e.settle(c)
	e.batch.flush(ctx, false)
}

// count enters a page into the crawl and the tally.
func (e *engine) count(c *crawl, r *result) {
	t := &c.source.tally
	c.asked++
	switch r.page.Outcome {
	case schema.Forbidden:
		c.kept++
		t.Forbidden++
	case schema.NotArchived:
		c.partly = true
		t.NotArchived++
	case schema.Failed:
		c.failed++
		t.Failed++
	default:
		c.row.Pages++
		t.Pages++
		c.partly = c.partly || !r.page.Complete
	}
	if r.page.Error != "" {
		c.note(r.page.URL + ": " + r.page.Error)
	}
	if r.page.FetchedAt.After(c.last) && r.page.Outcome != schema.NotArchived {
		c.last = r.page.FetchedAt
	}
	c.row.Sightings += int32(len(r.sightings))
	t.Sightings += int64(len(r.sightings))
	t.Rejects += int64(len(r.rejects))
}

// follow puts a link that was found on a page into the frontier, once a crawl.
func (e *engine) follow(c *crawl, from *item, u string) {
	switch {
	case !c.meet(u):
	case from.depth >= e.o.HTTP.MaxDepth && e.o.HTTP.MaxDepth > 0:
		c.partly = true
		c.note(fmt.Sprintf("links deeper than %d are not followed", e.o.HTTP.MaxDepth))
	case len(c.seen) > e.o.HTTP.MaxPages && e.o.HTTP.MaxPages > 0:
		c.partly = true
		c.note(fmt.Sprintf("more than %d pages: the rest is not fetched", e.o.HTTP.MaxPages))
	default:
		e.push(c, link{url: u, depth: from.depth + 1})
	}
}

// settle ends the crawl when nothing of it is open, and begins the next.
func (e *engine) settle(c *crawl) {
	if c.open > 0 {
		return
	}
	if c.later != nil {
		more := c.later()
		c.later = nil
		for _, l := range more {
			c.meet(l.url)
			e.push(c, l)
		}
		if c.open > 0 {
			return
		}
	}
	s := c.source
	c.end()
	if c.row.Complete && s.Mode == schema.Feed {
		if mark := s.band.judge(int(c.row.Sightings)); mark != "" {
			c.row.Outcome, c.row.Complete = "partial", false
			c.note(mark)
		}
	}
	e.batch.crawl(c.row, func() error { return nil })
	s.tally.Seconds = e.o.Now().Sub(s.began).Seconds()
	e.tell(Event{Source: s.Name, Action: "crawl", Pages: int(c.row.Pages), Postings: int(c.row.Sightings), Text: c.row.Error})
	e.next(s)
}

// tallies sums up the run.
func (e *engine) tallies(stopped bool) []schema.Tally {
	var out []schema.Tally
	for _, s := range e.sources {
		t := s.tally
		t.RunID, t.Source = e.o.RunID, s.Name
		switch {
		case stopped:
			t.Outcome = "stopped"
		case t.Failed > 0 && t.Pages == 0:
			t.Outcome = "failed"
		case t.Forbidden > 0 && t.Pages == 0:
			t.Outcome = "forbidden"
		case t.Failed > 0:
			t.Outcome = "partial"
		default:
			t.Outcome = "ok"
		}
		out = append(out, t)
	}
	return out
}

// visitOf says to the transport what is asked for and why.
func (e *engine) visitOf(it *item) *fetch.Visit {
	return &fetch.Visit{Source: it.crawl.source.Name, Crawl: it.crawl.start, Pick: it}
}

// clock is the time at which something happens in the crawl: in a replay nothing
// but the archives' dates counts, so that the next replay makes the same rows.
func (e *engine) clock(c *crawl) time.Time {
	if e.library != nil {
		return c.start
	}
	return e.o.Now()
}

// heldElsewhere tells whether another crawl of the replay has the page.
func (e *engine) heldElsewhere(it *item) (*capture, bool) {
	if e.library == nil {
		return nil, false
	}
	return e.library.find(it.crawl, it.url)
}

// tell reports an event.
func (e *engine) tell(ev Event) {
	ev.Time = e.o.Now()
	ev.Text = strings.TrimSpace(ev.Text)
	e.o.Progress(ev)
}

func mapKeys[K comparable, V any](m map[K]V) iter.Seq[K] { return maps.Keys(m) }
