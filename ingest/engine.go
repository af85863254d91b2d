package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/fetch"
	"jobmarket/ingest/journal"
	"jobmarket/warehouse/schema"
)

// engine is one run. Its loop owns all that is below; workers see only items.
type engine struct {
	o         Options
	sink      Sink
	agent     string
	transport http.RoundTripper
	library   *library         // replays, else nil
	net       *network         // crawls of the network, else nil
	journal   *journal.Journal // crawls and dry runs of the network, else nil
	sources   []*source
	frontier  *frontier
	batch     *batcher
	flying    int // items with workers
	began     time.Time
	harmed    []schema.Tally // of archives that are damaged
	late      bool           // the time for the run is over
}

func newEngine(ctx context.Context, o Options, sink Sink) (*engine, error) {
	e := &engine{o: o, sink: sink, agent: userAgent(o.UserAgent, o.Contact), began: o.Now()}
	var err error
	switch {
	case o.Replay != nil:
		err = e.replays(ctx)
	case o.DryRun:
		if e.journal, err = journal.Open(ctx, o.ArchiveDir, true); err == nil {
			d := &dry{e.journal}
			e.transport, e.frontier = d, newFrontier(d)
			e.configured()
		}
	default:
		if e.net, err = openNetwork(ctx, &e.o, e.agent); err == nil {
			e.journal, e.transport, e.frontier = e.net.journal, e.net, newFrontier(e.net)
			e.frontier.dir = o.ArchiveDir
			e.configured()
		}
	}
	return e, err
}

// replays readies a replay.
func (e *engine) replays(ctx context.Context) error {
	library, err := openLibrary(ctx, e.o.Replay)
	if err != nil {
		return err
	}
	s := &shelf{library: library, agent: e.agent}
	e.library, e.transport, e.frontier = library, s, newFrontier(s)
	e.frontier.inOrder = true
	if e.sources, err = library.sources(&e.o); err != nil {
		return errors.Join(err, library.close())
	}
	return nil
}

// configured readies a crawl of each configured source: the one that a kill or a
// stop left unfinished, else a new one.
func (e *engine) configured() {
	for _, c := range e.o.Sources {
		if !e.o.wants(c) {
			continue
		}
		kind, _ := e.o.kind(c.Kind)
		c.Configured = true
		s := &source{Source: c, kind: kind, private: map[string]bool{}}
		s.band = e.journal.Band(c.Name)
		next := &crawl{source: s}
		if start, ok := e.journal.Unfinished(c.Name, e.began); ok && !e.o.Full {
			next.start = start
		}
		for _, raw := range kind.Start(c) {
			if filepath.IsAbs(raw) {
				raw = fileURL(raw)
			}
			next.seeds = append(next.seeds, link{url: raw, start: true})
			if u, err := url.Parse(archive.CanonicalURL(raw)); err == nil && c.Private {
				s.private[u.Host] = true
			}
		}
		s.waiting = []*crawl{next}
		e.sources = append(e.sources, s)
	}
}

// fileURL is the address of a file on this machine.
func fileURL(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
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
	e.damaged()
	for _, s := range e.sources {
		s.began = e.o.Now()
		e.next(s)
	}
	e.loop(ctx, fail, workers, work, done)
	close(work)
	e.frontier.close()
	e.batch.flush(ctx, true)
	loadErr := e.batch.close()
	if e.net != nil {
		loadErr = errors.Join(loadErr, e.net.close())
	}
	if e.library != nil {
		loadErr = errors.Join(loadErr, e.library.close())
	}
	for _, s := range e.sources {
		s.tally.NewPostings = e.batch.fresh[s.Name]
		s.tally.Pending = e.batch.taken[s.Name] - e.batch.loaded[s.Name]
	}
	if cause := context.Cause(ctx); loadErr == nil && parent.Err() == nil && cause != nil {
		loadErr = cause
	}
	return e.tallies(), errors.Join(parent.Err(), loadErr)
}

// damaged makes a reject of each place of a replay's archives that could not be
// read. The half record that a kill leaves at the end of an archive of ours is
// none: the next crawl cuts it off and asks for that page again.
func (e *engine) damaged() {
	if e.library == nil {
		return
	}
	for _, d := range e.library.damage {
		e.tell(Event{Action: "note", Text: d.err.Error()})
		if d.tail && e.o.own {
			continue
		}
		x := schema.Reject{RunID: e.o.RunID, Source: "archive " + d.file, Place: fmt.Sprintf("%s at byte %d", d.file, d.offset),
			Reason: plainError(d.err), FetchedAt: d.near, Simulated: e.o.Simulated}
		if x.FetchedAt.IsZero() {
			x.FetchedAt = e.began
		}
		x.ID = schema.ID(x.Place, x.Reason)
		e.batch.now.Rejects = append(e.batch.now.Rejects, x)
		t := schema.Tally{RunID: e.o.RunID, Source: x.Source, Outcome: "partial", Rejects: 1, Error: x.Reason}
		if n := len(e.harmed); n > 0 && e.harmed[n-1].Source == t.Source {
			e.harmed[n-1].Rejects++
		} else {
			e.harmed = append(e.harmed, t)
		}
	}
}

func (e *engine) workers() int {
	if e.library != nil {
		return max(2, runtime.GOMAXPROCS(0))
	}
	return e.o.HTTP.Workers
}

// loop runs until no item is waiting or under way.
func (e *engine) loop(ctx context.Context, fail context.CancelCauseFunc, workers int, work chan<- *item, done <-chan *result) {
	for {
		var out chan<- *item
		var it *item
		var wait time.Duration
		e.late = e.late || e.o.HTTP.MaxTime > 0 && e.library == nil && e.o.Now().Sub(e.began) > e.o.HTTP.MaxTime
		stop := ctx.Err() != nil || e.late
		if !stop && e.flying < workers {
			if it, wait = e.frontier.pop(); it != nil {
				out = work
			}
			if e.frontier.err != nil {
				fail(e.frontier.err)
			}
		}
		if it == nil && e.flying == 0 && (stop || e.frontier.size == 0) {
			return
		}
		if out != nil {
			out <- it // a worker is free
			e.flying++
			continue
		}
		woken, unset := e.timer(ctx, wait)
		select {
		case r := <-done:
			e.flying--
			for _, r := range e.frontier.arrived(r) {
				e.take(ctx, fail, r)
			}
		case <-woken:
		case <-ended(ctx, e.flying):
		}
		unset()
	}
}

// ended is the end of the context, when nobody else would wake the loop.
func ended(ctx context.Context, flying int) <-chan struct{} {
	if flying > 0 {
		return nil // those under way come back
	}
	return ctx.Done()
}

// timer returns a channel that closes after the wait; nil when there is none.
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
	s.waiting, s.now = s.waiting[1:], c
	if !s.Configured && !s.told {
		s.told = true
		e.batch.now.Sources = append(e.batch.now.Sources, s.Source)
	}
	if c.start.IsZero() {
		c.start = e.o.Now().UTC().Truncate(time.Second)
	}
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
	if e.o.DryRun {
		e.wouldAsk(c, l)
	}
}

// wouldAsk reports what a dry run does not do.
func (e *engine) wouldAsk(c *crawl, l link) {
	text := "never asked before"
	if e.journal == nil {
		text = "read from the archives"
	} else if k, ok := e.journal.Last(c.source.Name, l.url); ok {
		text = "asked last on " + k.Asked().Format(time.DateTime)
	}
	e.tell(Event{Source: c.source.Name, Action: "fetch", URL: l.url, Text: text})
}

// visitOf says to the transport what is asked for and why.
func (e *engine) visitOf(it *item) *fetch.Visit {
	v := &fetch.Visit{Source: it.crawl.source.Name, Crawl: it.crawl.start, Private: it.crawl.source.private, Pick: it}
	if e.net != nil && it.lane != heldLane {
		v.Reserved = it.lane
	}
	if u, err := url.Parse(it.url); it.start && err == nil && u.Scheme == "file" {
		v.File = it.url
	}
	return v
}

// clock is the time of what was not fetched: where nobody was asked, and in a
// replay, nothing but the crawl's own date counts, so that the same rows come out
// however often the crawl is gone through.
func (e *engine) clock(c *crawl, o schema.Outcome) time.Time {
	if e.library != nil || o == schema.Forbidden {
		return c.start
	}
	return e.o.Now()
}

// heldElsewhere tells whether a page that a replay's crawl lacks was captured
// for another crawl, which has what it says: a newsletter's issue is fetched once.
// A feed's page must be its crawl's own.
func (e *engine) heldElsewhere(it *item) bool {
	if e.library == nil || it.crawl.source.Mode == schema.Feed {
		return false
	}
	_, held := e.library.find(it.crawl, it.url)
	return held
}

// inCrawl tells whether the archive holds the page as one of this very crawl.
func (e *engine) inCrawl(c *crawl, u string) bool {
	_, ok := e.journal.Answered(c.source.Name, c.start, u)
	return ok
}

// tell reports an event.
func (e *engine) tell(ev Event) {
	ev.Time = e.o.Now()
	ev.Text = strings.TrimSpace(ev.Text)
	e.o.Progress(ev)
}

// dateInURL is a date such as newsletters have in the addresses of their issues.
var dateInURL = regexp.MustCompile(`\b(20\d\d)[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01]))?\b`)

// old tells whether the URL carries a date before Options.Since.
func (e *engine) old(u string) bool {
	if e.o.Since.IsZero() {
		return false
	}
	m := dateInURL.FindStringSubmatch(u)
	if m == nil {
		return false
	}
	if m[3] == "" { // a month: old when all of it is
		t, err := time.Parse("2006-01", m[1]+"-"+m[2])
		return err == nil && !t.AddDate(0, 1, 0).After(e.o.Since)
	}
	t, err := time.Parse(time.DateOnly, m[1]+"-"+m[2]+"-"+m[3])
	return err == nil && !t.AddDate(0, 0, 1).After(e.o.Since)
}
