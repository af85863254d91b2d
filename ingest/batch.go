package ingest

import (
	"context"
	"hash/maphash"
	"strconv"

	"jobmarket/warehouse/schema"
)

// Batches are loaded when they have so many rows or so many bytes. DuckDB loads
// fastest in row groups of 122,880; the bytes bound memory.
const (
	batchRows  = 100_000
	batchBytes = 24 << 20
	maxSent    = 1 << 17 // contents remembered as sent; sending one again is harmless
)

// batcher gathers rows and hands them to the sink, in order, from a goroutine of
// its own.
type batcher struct {
	runID string
	now   schema.Batch
	bytes int
	n     int
	after []func() error   // to be done when the batch is loaded
	sent  map[uint64]int64 // contents sent in this run: their earliest SeenAt, Unix seconds
	queue chan loadOrder   // at most one batch waits while another loads
	done  chan error       // the loader's end
	fail  context.CancelCauseFunc
	taken map[string]int64 // archived pages by source
	// By source, and to be read after the loader's end only.
	fresh  map[string]int64 // new postings
	loaded map[string]int64 // archived pages
}

type loadOrder struct {
	batch schema.Batch
	after []func() error
}

func newBatcher(ctx context.Context, runID string, sink Sink, fail context.CancelCauseFunc) *batcher {
	b := &batcher{runID: runID, sent: map[uint64]int64{}, queue: make(chan loadOrder, 1), done: make(chan error, 1),
		fail: fail, taken: map[string]int64{}, fresh: map[string]int64{}, loaded: map[string]int64{}}
	go b.load(ctx, sink)
	return b
}

func (b *batcher) load(ctx context.Context, sink Sink) {
	for order := range b.queue {
		loaded, err := sink.Load(ctx, order.batch)
		if err == nil {
			b.count(order.batch.Pages, loaded)
		}
		for _, f := range order.after {
			if err == nil {
				err = f()
			}
		}
		if err != nil {
			b.fail(err)
			b.done <- err
			for range b.queue { // let the engine go on to its end
			}
			return
		}
	}
	b.done <- nil
}

// count notes what a batch that is safely written has brought.
func (b *batcher) count(pages []schema.Page, loaded schema.Loaded) {
	for source, n := range loaded.NewPostings {
		b.fresh[source] += n
	}
	for i := range pages {
		if pages[i].Archive != "" {
			b.loaded[pages[i].Source]++
		}
	}
}

// page adds a page and what was read from it.
func (b *batcher) page(r *result) {
	if r.page.Archive != "" {
		b.taken[r.page.Source]++
	}
	b.now.Pages = append(b.now.Pages, r.page)
	b.bytes += 600
	for i := range r.postings {
		p := &r.postings[i]
		if b.first(p) {
			b.now.Postings = append(b.now.Postings, *p)
			b.bytes += 400 + len(p.Text) + len(p.Title) + len(p.URL) + len(p.Link)
		}
	}
	b.now.Sightings = append(b.now.Sightings, r.sightings...)
	b.now.Rejects = append(b.now.Rejects, r.rejects...)
	b.now.Facts = append(b.now.Facts, r.facts...)
	b.bytes += 200*len(r.sightings) + 400*len(r.rejects) + 200*len(r.facts)
}

// first tells whether the content was not sent in this run, or only as seen later.
func (b *batcher) first(p *schema.Posting) bool {
	h := maphash.String(seed, p.ID+p.Digest)
	seen := p.SeenAt.Unix()
	if old, ok := b.sent[h]; ok && old <= seen {
		return false
	}
	if len(b.sent) >= maxSent {
		clear(b.sent)
	}
	b.sent[h] = seen
	return true
}

// crawl adds the row of a crawl that is over; after is done when it is loaded.
func (b *batcher) crawl(row schema.Crawl, after func() error) {
	b.now.Crawls = append(b.now.Crawls, row)
	b.after = append(b.after, after)
}

// flush sends the batch on when it is full, or in any case.
func (b *batcher) flush(ctx context.Context, anyway bool) {
	if b.now.Len() == 0 || !anyway && b.now.Len() < batchRows && b.bytes < batchBytes {
		return
	}
	b.n++
	b.now.ID = schema.ID("batch", b.runID, strconv.Itoa(b.n))
	b.now.RunID = b.runID
	select {
	case b.queue <- loadOrder{b.now, b.after}:
	case <-ctx.Done():
	}
	b.now, b.bytes, b.after = schema.Batch{}, 0, nil
}

// close waits until all is loaded.
func (b *batcher) close() error {
	close(b.queue)
	return <-b.done
}
