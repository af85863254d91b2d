// Package ingest turns pages into rows: it crawls sources, on the network or in
// archives, reads what it gets with the parsers of package kinds, and hands
// batches of rows to a [Sink].
//
// It knows HTTP, archives and what a crawl is. It must not know SQL, nor judge
// what it reads.
//
// # How a crawl goes
//
// A crawl is one pass over one source. It begins at the kind's start URLs and
// follows the links that the parser names, until none is left. Colly fetches
// each URL; under it lies one transport ([jobmarket/ingest/fetch]) that knows
// robots.txt, paces, validators and caps, and appends every answer to the
// archive. In a replay that transport is another, which answers from archives;
// all else is the same code.
//
// One goroutine, the engine's loop, owns what is known of all crawls and needs
// no locks; a bounded number of workers fetch and parse; one loader talks to the
// sink, in order.
//
// # What survives a kill
//
// The archive is the journal (see package journal). A record of our own archives
// names its source and the start of its crawl, and a last one says that the crawl
// is over and loaded. A crawl without that record, if it is not too old, is gone
// through again: what the archive holds is read from there, the rest is fetched.
//
// # Decisions
//
// 2026-11-22: Colly's own queue, robots.txt, cache and limits are off. They
// allow what a failing robots.txt forbids, limit all hosts together, forget
// Retry-After, and start a goroutine for every URL; see package fetch for what
// stands in their place.
//
// 2026-11-22: a feed's page must be captured within its own crawl to count; a
// periodical's may be held by any. A capture belongs to one crawl only, so that
// an opening is not said to be seen on a day on which nobody looked.
//
// 2026-11-22: a crawl that was stopped leaves no row in crawls. It is not over:
// the next run goes on with it and writes its row.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/journal"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// Run crawls every source that o names and loads what it read. Its error is what
// stopped the whole run: a context that ended, a sink or an archive that failed.
// What went wrong with one source is in its tally and stops no other.
func Run(ctx context.Context, o Options, sink Sink) ([]schema.Tally, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	e, err := newEngine(ctx, o, sink)
	if err != nil {
		return nil, err
	}
	return e.run(ctx)
}

// Reparse reads again what the archive in o.ArchiveDir holds, without the
// network: of the sources in o.Only, all when it is empty, and when o.Parser is
// set only crawls whose pages were read by that version of their parser, or an
// older one. It makes the same rows as the crawls did, but for what the parser
// reads differently; each page names the version that read it.
func Reparse(ctx context.Context, o Options, sink Sink) ([]schema.Tally, error) {
	files, err := archive.Files(o.ArchiveDir)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	if o.Replay = files; len(files) == 0 {
		return nil, fmt.Errorf("archive %s: it holds nothing to read again", o.ArchiveDir)
	}
	o.own = true
	if o.Parser > 0 {
		if o.later, err = readLater(ctx, files, o.Parser); err != nil {
			return nil, fmt.Errorf("archive: %w", err)
		}
	}
	return Run(ctx, o, sink)
}

// readLater finds the crawls that a later version of their parser read.
func readLater(ctx context.Context, files []string, version int32) (map[string]bool, error) {
	out := map[string]bool{}
	for _, path := range files {
		for e, err := range archive.Entries(path) {
			if err != nil && !errors.Is(err, archive.ErrTruncated) {
				return nil, err
			}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if e.End != nil && e.End.Parser > version {
				out[journal.CrawlKey(e.Source, e.Crawl)] = true
			}
		}
	}
	return out, nil
}

// complete fills in what is left out, and refuses what cannot be meant.
func (o *Options) complete() error {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Kinds == nil {
		o.Kinds = kinds.All
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.HTTP == (HTTP{}) {
		o.HTTP = DefaultHTTP
	}
	if o.HTTP.Workers < 1 {
		o.HTTP.Workers = DefaultHTTP.Workers
	}
	if o.HTTP.MaxBody < 1 {
		o.HTTP.MaxBody = DefaultHTTP.MaxBody
	}
	if o.RunID == "" {
		o.RunID = schema.ID("run", o.Now().UTC().Format(time.RFC3339Nano))
	}
	if o.Progress == nil {
		o.Progress = func(Event) {}
	}
	names := map[string]bool{}
	for _, s := range o.Sources {
		if _, ok := o.kind(s.Kind); !ok {
			return fmt.Errorf("source %s: no kind is called %q", s.Name, s.Kind)
		}
		if s.Name == "" || names[s.Name] {
			return fmt.Errorf("source %q: names must be given and unique", s.Name)
		}
		names[s.Name] = true
	}
	if o.Replay == nil && o.ArchiveDir == "" && !o.DryRun {
		return errors.New("a crawl needs a folder for its archive")
	}
	return nil
}

// wants tells whether the source is among those that o.Only takes.
func (o *Options) wants(s schema.Source) bool {
	for _, name := range o.Only {
		if name == s.Name || name == s.Kind {
			return true
		}
	}
	return len(o.Only) == 0
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
