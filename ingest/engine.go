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
	"jobmarket/warehouse/schema"
)

// engine is one run. Its loop owns all that is below; workers see only items.
type engine struct {
	o         Options
	sink      Sink
	agent     string
	transport http.RoundTripper
	library   *library // replays, else nil
	net       *network // crawls of the network, else nil
	journal   *journal // crawls and dry runs of the network, else nil
	sources   []*source
	frontier  *frontier
	batch     *batcher
	flying    int // items with workers
	began     time.Time
	late      bool // the time for the run is over
}

func newEngine(o Options, sink Sink) (*engine, error) {
	e := &engine{o: o, sink: sink, agent: userAgent(o.UserAgent, o.Contact), began: o.Now()}
	var err error
	switch {
	case o.Replay != nil:
		err = e.replays()
	case o.DryRun:
		if e.journal, err = openJournal(o.ArchiveDir, true); err == nil {
			d := &dry{e.journal}
			e.transport, e.frontier = d, newFrontier(d)
			e.configured()
		}
	default:
		if e.net, err = openNetwork(&e.o, e.agent); err == nil {
			e.journal, e.transport, e.frontier = e.net.journal, e.net, newFrontier(e.net)
			e.frontier.dir = o.ArchiveDir
			e.configured()
		}
	}
	return e, err
}

// replays readies a replay.
func (e *engine) replays() error {
	library, err := openLibrary(e.o.Replay)
	if err != nil {
		return err
	}
	s := &shelf{library: library, agent: e.agent}
	e.library, e.transport, e.frontier = library, s, newFrontier(s)
	e.frontier.inOrder = true
	e.sources = library.sources(&e.o)
	for _, note := range library.notes {
		e.tell(Event{Action: "note", Text: note})
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
		if b := e.journal.bands[c.Name]; b != nil {
			s.band = *b
		}
		next := &crawl{source: s}
		if start, ok := e.journal.unfinished(c.Name, e.began); ok && !e.o.Full {
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
	}
	if cause := context.Cause(ctx); loadErr == nil && parent.Err() == nil && cause != nil {
		loadErr = cause
	}
	return e.tallies(), errors.Join(parent.Err(), loadErr)
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
	if k, ok := e.journal.known[pageKey(c.source.Name, l.url)]; ok && k.final {
		text = "asked last on " + time.Unix(k.last, 0).UTC().Format(time.DateTime)
	}
	e.tell(Event{Source: c.source.Name, Action: "fetch", URL: l.url, Text: text})
}

// take takes in what became of a page.
func (e *engine) take(ctx context.Context, fail context.CancelCauseFunc, r *result) {
	c := r.item.crawl
	switch {
	case errors.Is(r.err, fetch.ErrArchive):
		fail(r.err)
		return
	case ctx.Err() != nil && r.err != nil:
		return // the stop is to blame, not the page
	case r.again && r.item.tries < e.o.HTTP.Retries:
		e.retry(r)
		return
	}
	c.open--
	switch {
	case r.silent || e.o.DryRun:
	case r.item.left && later(int(r.page.Status)):
		e.batch.page(r) // an archived try, which another came after
	default:
		e.count(c, r)
		e.batch.page(r)
		e.tell(Event{Source: c.source.Name, Action: "page", URL: r.page.URL, Status: int(r.page.Status), Outcome: r.page.Outcome,
			Postings: int(r.page.Postings), Pages: int(c.row.Pages), Queued: c.open, Text: r.page.Error})
	}
	for _, u := range r.links {
		e.follow(c, r.item, u)
	}
	e.settle(c)
	e.batch.flush(ctx, false)
}

// retry puts a page back that failed in a way that may pass. Its host holds the
// time of the next try.
func (e *engine) retry(r *result) {
	r.item.tries++
	if r.page.Archive != "" { // an answer, though of no use
		e.batch.page(r)
	}
	e.frontier.push(r.item)
	e.tell(Event{Source: r.page.Source, Action: "retry", URL: r.page.URL, Status: int(r.page.Status), Text: r.page.Error})
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
		if r.unread {
			c.unread++
		}
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
	s := c.source
	switch {
	case !c.meet(u), e.old(u):
	case e.journal != nil && !e.o.Full && s.Mode != schema.Feed && !e.journal.due(s.Name, u, e.o.Now(), s.LifetimeDays) && !e.inCrawl(c, u):
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
			l.left = true
			c.meet(l.url)
			e.push(c, l)
		}
		if c.open > 0 {
			return
		}
	}
	e.finish(c)
	e.next(c.source)
}

// finish writes down what the crawl came to.
func (e *engine) finish(c *crawl) {
	s := c.source
	s.tally.Seconds = e.o.Now().Sub(s.began).Seconds()
	s.now = nil
	if e.o.DryRun {
		return
	}
	c.end()
	if c.row.Complete && s.Mode == schema.Feed {
		if mark := s.band.judge(int(c.row.Sightings)); mark != "" {
			c.row.Outcome, c.row.Complete, c.marked = "partial", false, true
			c.note(mark)
		}
	}
	row := c.row
	e.batch.crawl(row, func() error {
		if e.net == nil {
			return nil
		}
		return e.net.ended(row, c.marked, s.kind.Version)
	})
	s.broken = s.broken || c.row.Outcome == "failed"
	if (c.failed > 0 || c.kept > 0 || c.marked || c.unread > 0) && s.tally.Error == "" {
		s.tally.Error = c.row.Error
	}
	e.tell(Event{Source: s.Name, Action: "crawl", Pages: int(c.row.Pages), Postings: int(c.row.Sightings), Text: c.row.Error})
}

// tallies sums up the run.
func (e *engine) tallies() []schema.Tally {
	var out []schema.Tally
	for _, s := range e.sources {
		t := s.tally
		t.RunID, t.Source = e.o.RunID, s.Name
		switch {
		case s.now != nil || len(s.waiting) > 0:
			t.Outcome = "stopped"
		case s.broken && t.Sightings == 0:
			t.Outcome = "failed"
		case t.Forbidden > 0 && t.Pages == 0:
			t.Outcome = "forbidden"
		case t.Failed > 0 || s.broken:
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
	_, ok := e.journal.answered(c.source.Name, c.start, u)
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
