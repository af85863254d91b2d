package ingest

import (
	"context"
	"errors"
	"fmt"

	"jobmarket/ingest/fetch"
	"jobmarket/ingest/journal"
	"jobmarket/warehouse/schema"
)

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
	case r.item.left && journal.Later(int(r.page.Status)):
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
	case e.journal != nil && !e.o.Full && s.Mode != schema.Feed && !e.journal.Due(s.Name, u, e.o.Now(), s.LifetimeDays) && !e.inCrawl(c, u):
	case from.depth >= e.o.HTTP.MaxDepth && e.o.HTTP.MaxDepth > 0:
		c.partly = true
		c.note(fmt.Sprintf("links deeper than %d are not followed", e.o.HTTP.MaxDepth))
	case c.seen.len() > e.o.HTTP.MaxPages && e.o.HTTP.MaxPages > 0:
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
		if mark := s.band.Judge(int(c.row.Sightings)); mark != "" {
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
	return append(out, e.harmed...)
}
