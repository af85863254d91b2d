package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/journal"
	"jobmarket/warehouse/schema"
)

// capture is one archived answer.
type capture struct {
	file    int // index into library.files
	offset  int64
	whole   bool // the place is in the uncompressed stream
	date    time.Time
	status  int
	profile string
	refers  time.Time // revisits: date of the answer that has the body
	url     string    // canonical
	from    string    // source as recorded; our own archives
	run     time.Time // start of the crawl as recorded; our own archives
	crawl   *crawl    // that it belongs to
	used    atomic.Bool
}

// redirects tells whether the answer only points elsewhere. 304 does not.
func (c *capture) redirects() bool { return c.status/100 == 3 && c.profile == "" }

// library is what a replay's archives hold.
type library struct {
	files  []string
	byURL  map[string][]*capture // by date
	robots map[string][]*capture // robots.txt by scheme://host, by date
	damage []damage              // what could not be read

	mu       sync.Mutex
	unpacked map[int]string // files that were compressed as a whole: where they lie unpacked
}

// damage is a place of an archive that could not be read.
type damage struct {
	file   string // base name
	offset int64
	tail   bool // nothing is read behind it
	near   time.Time
	err    error
}

// open finds out what the archives hold, without keeping bodies.
func openLibrary(ctx context.Context, files []string) (*library, error) {
	l := &library{byURL: map[string][]*capture{}, robots: map[string][]*capture{}, unpacked: map[int]string{}}
	for _, path := range files {
		l.files = append(l.files, path)
		var end int64      // of what was read of the file
		var near time.Time // date of the last record of it
		for rec, err := range archive.Heads(path) {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if rec == nil && !errors.Is(err, archive.ErrTruncated) {
				return nil, err
			}
			if rec != nil {
				end = rec.Offset + rec.Length
			}
			switch {
			case err == nil:
				l.add(len(l.files)-1, rec)
				near = rec.Date
			case rec == nil:
				l.damage = append(l.damage, damage{filepath.Base(path), end, true, near, err})
			default:
				l.damage = append(l.damage, damage{filepath.Base(path), rec.Offset, false, near, err})
			}
		}
	}
	byDate := func(a, b *capture) int { return a.date.Compare(b.date) }
	for _, list := range l.byURL {
		slices.SortStableFunc(list, byDate)
	}
	for _, list := range l.robots {
		slices.SortStableFunc(list, byDate)
	}
	return l, nil
}

func (l *library) add(file int, rec *archive.Record) {
	if rec.Status == 0 || rec.Truncated != "" || rec.Type != archive.Response && rec.Type != archive.Revisit && rec.Type != archive.Resource {
		return
	}
	c := &capture{file: file, offset: rec.Offset, whole: rec.Whole, date: rec.Date.Truncate(time.Second), status: rec.Status, profile: rec.Profile,
		refers: rec.RefersTo, url: archive.CanonicalURL(rec.URL), from: rec.Source, run: rec.Crawl}
	for _, other := range l.byURL[c.url] {
		if other.date.Equal(c.date) && other.status == c.status {
			return // the same archive twice, or one copied into another
		}
	}
	l.byURL[c.url] = append(l.byURL[c.url], c)
	if site, ok := strings.CutSuffix(c.url, "/robots.txt"); ok && strings.Count(site, "/") == 2 {
		l.robots[site] = append(l.robots[site], c)
	}
}

// read returns the record of the capture, with the body that a revisit refers to.
func (l *library) read(ctx context.Context, c *capture) (*archive.Record, error) {
	rec, err := l.at(ctx, c)
	if err != nil || rec.Type != archive.Revisit {
		return rec, err
	}
	body := l.bodyOf(c)
	if body == nil {
		return nil, fmt.Errorf("the answer that %s of %s refers to is not in the archives", c.url, schema.Stamp(c.date))
	}
	full, err := l.at(ctx, body)
	if err != nil {
		return nil, err
	}
	return full, nil
}

// at reads the record of the capture. An archive that was compressed as a whole
// is unpacked once, beside the others' temporary files: finding one record in it
// costs reading all before it.
func (l *library) at(ctx context.Context, c *capture) (*archive.Record, error) {
	path := l.files[c.file]
	if !c.whole {
		return archive.ReadAt(path, c.offset)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.unpacked[c.file] == "" {
		f, err := os.CreateTemp("", "jobmarket-*.warc")
		if err != nil {
			return nil, err
		}
		l.unpacked[c.file] = f.Name()
		if err := errors.Join(archive.Unpack(until{ctx, f}, path), f.Close()); err != nil {
			return nil, err
		}
	}
	rec, err := archive.ReadAt(l.unpacked[c.file], c.offset)
	if rec != nil {
		rec.File = filepath.Base(path)
	}
	return rec, err
}

// until is a writer that fails once its context has ended, so that a stop need
// not wait for a large file.
type until struct {
	ctx context.Context
	io.Writer
}

func (u until) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Writer.Write(p)
}

// close removes what was unpacked.
func (l *library) close() error {
	var err error
	for _, path := range l.unpacked {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// bodyOf finds the answer that a revisit refers to: by its date, else the last
// one before it.
func (l *library) bodyOf(c *capture) *capture {
	var best *capture
	for _, other := range l.byURL[c.url] {
		if other.profile != "" || other.date.After(c.date) {
			continue
		}
		if other.date.Equal(c.refers) {
			return other
		}
		best = other
	}
	return best
}

// find returns the capture that answers a link of the crawl: its own first, else
// one that belongs to no crawl, the nearest at or after the crawl's start. held
// says that another crawl has one.
func (l *library) find(c *crawl, url string) (found *capture, held bool) {
	for _, x := range l.byURL[archive.CanonicalURL(url)] {
		switch {
		case x.crawl == c && !x.date.Before(c.start):
			if found == nil || found.crawl != c || journal.Later(found.status) {
				found, held = x, true // the first; but an answer before one that means "later"
			}
		case x.crawl == nil && found == nil && !x.date.Before(c.start):
			found = x
		case x.crawl != nil && x.crawl != c:
			held = true
		}
	}
	return found, held
}

// rules returns the capture of the site's robots.txt that held at that time: the
// last before it, else the first after it; nil when none was captured.
func (l *library) rules(site string, at time.Time) *capture {
	var best *capture
	for _, c := range l.robots[site] {
		if best == nil || !c.date.After(at) {
			best = c
		}
	}
	return best
}

// sources finds the crawls in the library: a source for every capture that some
// kind recognises, or that starts a configured source.
func (l *library) sources(o *Options) ([]*source, error) {
	r := recogniser{o: o, sources: map[string]*source{}, places: map[string]*place{}}
	r.configured()
	captures := map[*source][]*capture{}
	for _, url := range slices.Sorted(maps.Keys(l.byURL)) {
		for _, c := range l.byURL[url] {
			if s, _ := r.place(c); s != nil && o.wants(s.Source) && !c.date.Before(o.Since) && !o.later[journal.CrawlKey(c.from, c.run)] {
				captures[s] = append(captures[s], c)
			}
		}
	}
	for _, name := range o.Only {
		if !r.knows(name) {
			return nil, &UnknownSourceError{Name: name, Known: r.names()}
		}
	}
	for s, list := range captures {
		l.crawls(&r, s, list)
		if o.Yields != nil && s.Mode == schema.Feed && len(s.waiting) > 0 {
			yields, err := o.Yields(s.Name, s.waiting[0].start)
			if err != nil {
				return nil, err
			}
			for _, n := range yields {
				s.band.Judge(n)
			}
		}
	}
	var out []*source
	for _, s := range r.order {
		if o.wants(s.Source) {
			out = append(out, s)
		}
		if len(captures[s]) == 0 {
			s.tally.NotArchived = int64(len(s.kind.Start(s.Source)))
		}
	}
	slices.SortStableFunc(out, func(a, b *source) int {
		return cmp.Or(cmp.Compare(len(captures[b]), len(captures[a])), strings.Compare(a.Name, b.Name))
	})
	return out, nil
}

// crawls parts a source's captures into crawls: by the crawl that our own
// archives name; elsewhere each capture of a start URL opens one, and what
// follows belongs to it.
func (l *library) crawls(r *recogniser, s *source, list []*capture) {
	slices.SortStableFunc(list, func(a, b *capture) int {
		_, sa := r.place(a)
		_, sb := r.place(b)
		return cmp.Or(a.date.Compare(b.date), compareBool(sb, sa))
	})
	named := map[int64]*crawl{}
	var now *crawl
	begun := map[string]bool{}
	members := map[*crawl][]*capture{}
	open := func(start time.Time) *crawl {
		c := &crawl{source: s, start: start}
		s.waiting = append(s.waiting, c)
		return c
	}
	for _, x := range list {
		_, isStart := r.place(x)
		isStart = isStart && !x.redirects()
		switch {
		case !x.run.IsZero():
			if named[x.run.Unix()] == nil {
				named[x.run.Unix()] = open(x.run)
				named[x.run.Unix()].orphan = true
			}
			x.crawl = named[x.run.Unix()]
			x.crawl.orphan = x.crawl.orphan && !isStart
		case isStart && (now == nil || now.orphan || !now.start.Equal(x.date) && (begun[x.url] || !s.starts[x.url])):
			now = open(x.date)
			begun = map[string]bool{}
			fallthrough
		default:
			if now == nil {
				now = open(x.date)
				now.orphan = true
			}
			x.crawl = now
		}
		if isStart {
			begun[x.url] = true
			x.crawl.seed(x)
		}
		members[x.crawl] = append(members[x.crawl], x)
	}
	for c, list := range members {
		c.later = func() []link { return leftover(list) }
	}
	slices.SortStableFunc(s.waiting, func(a, b *crawl) int { return a.start.Compare(b.start) })
}

// seed adds the capture of a start page. Of an answer that means "later" and the
// one that came later, the second counts.
func (c *crawl) seed(x *capture) {
	for i := range c.seeds {
		if s := &c.seeds[i]; s.url == x.url {
			if journal.Later(s.pick.status) {
				s.pick = x
			}
			return
		}
	}
	c.seeds = append(c.seeds, link{url: x.url, start: true, pick: x})
}

// leftover is what of the captures no link led to.
func leftover(list []*capture) []link {
	var out []link
	for _, x := range list {
		if !x.used.Load() && !x.redirects() {
			out = append(out, link{url: x.url, pick: x, depth: 1})
		}
	}
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
