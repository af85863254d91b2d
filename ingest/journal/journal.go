// Package journal reads what our own archive says of earlier runs: which answers
// are held, which crawls are over, and what feeds used to yield. It locks the
// archive's folder for the run that writes there. It must not fetch, parse, or
// know what a source is beyond its name.
package journal

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/fetch"
)

// Journal is what the archive in one folder holds. It keeps some sixty bytes for each URL that was ever answered, and reads all
// else from the archive when it is asked for.
type Journal struct {
	dir    string
	lock   *os.File
	files  []string
	known  map[uint64]Answer
	crawls map[string]time.Time // start of the last of each source
	ended  map[string]bool      // source and start of the crawls that are over
	bands  map[string]*Band
	ends   []pastEnd
	robots map[uint64]Answer
}

// Answer is the last answer that is held for a URL of a source.
type Answer struct {
	file    int32
	offset  int64
	last    int64 // when it was asked last, Unix seconds
	changed int64 // when it last had another body
	crawl   int64 // start of the crawl that asked last
	final   bool  // an answer to build on: not cut, and not one that means "later"
	Same    bool  // the last answer was 304
}

// Asked is when the page was asked for last.
func (a Answer) Asked() time.Time { return time.Unix(a.last, 0).UTC() }

type pastEnd struct {
	source string
	start  time.Time
	end    archive.End
}

// resumeWithin is how old a crawl may be that is gone on with. An older one is
// given up: a feed's first and last page should show one market.
const resumeWithin = 24 * time.Hour

// Open locks the archive folder, cuts off what a killed run left half
// written, and reads what is there. With peek it changes nothing.
func Open(ctx context.Context, dir string, peek bool) (*Journal, error) {
	j := &Journal{dir: dir, known: map[uint64]Answer{}, crawls: map[string]time.Time{}, ended: map[string]bool{},
		bands: map[string]*Band{}, robots: map[uint64]Answer{}}
	if dir == "" {
		return j, nil
	}
	if !peek {
		if err := j.acquire(); err != nil {
			return nil, err
		}
	}
	files, err := archive.Files(dir)
	if err != nil {
		return nil, errors.Join(err, j.Close())
	}
	for _, path := range files {
		if !peek {
			if _, err := archive.Repair(path); err != nil {
				return nil, errors.Join(fmt.Errorf("archive %s: %w", filepath.Base(path), err), j.Close())
			}
		}
		if err := j.read(ctx, path); err != nil {
			return nil, errors.Join(err, j.Close())
		}
	}
	j.finish()
	return j, nil
}

// acquire makes sure that one process at a time writes to the folder.
func (j *Journal) acquire() error {
	if err := os.MkdirAll(j.dir, 0o755); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(j.dir, ".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return fmt.Errorf("archive %s: another run is writing there; wait for it or give another folder", j.dir)
	}
	j.lock = f
	return nil
}

// Close gives the folder free. A killed process gives it free too.
func (j *Journal) Close() error {
	if j.lock == nil {
		return nil
	}
	err := j.lock.Close()
	j.lock = nil
	return err
}

// read takes in one file.
func (j *Journal) read(ctx context.Context, path string) error {
	file := int32(len(j.files))
	j.files = append(j.files, path)
	for e, err := range archive.Entries(path) {
		if err != nil {
			if errors.Is(err, archive.ErrTruncated) {
				return nil
			}
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		j.take(file, &e)
	}
	return nil
}

func (j *Journal) take(file int32, e *archive.Entry) {
	switch {
	case e.End != nil:
		j.ended[CrawlKey(e.Source, e.Crawl)] = true
		j.ends = append(j.ends, pastEnd{e.Source, e.Crawl, *e.End})
		return
	case e.Type != archive.Response && e.Type != archive.Revisit:
		return
	}
	k := Answer{file: file, offset: e.Offset, last: e.Date.Unix(), changed: e.Date.Unix(),
		crawl: e.Crawl.Unix(), final: !e.Cut && !Later(e.Status)}
	if e.Source == "" {
		j.robots[pageKey("", e.URL)] = k
		return
	}
	if e.Crawl.After(j.crawls[e.Source]) {
		j.crawls[e.Source] = e.Crawl
	}
	key := pageKey(e.Source, e.URL)
	old, held := j.known[key]
	if e.Type == archive.Revisit {
		if !held {
			return // its body is gone
		}
		k.file, k.offset, k.changed = old.file, old.offset, old.changed
		k.Same = e.Status == 304
	}
	if held && !k.final {
		return // "later" says nothing new
	}
	j.known[key] = k
}

// Later tells whether the status means that the answer is still to come.
func Later(status int) bool {
	return status == 429 || status == 408 || status == 425 || status/100 == 5 || status == 0
}

// CrawlKey names a crawl by its source and its start.
func CrawlKey(source string, start time.Time) string {
	return source + " " + start.UTC().Format(time.RFC3339)
}

var seed = maphash.MakeSeed()

func pageKey(source, url string) uint64 {
	return maphash.String(seed, source+" "+archive.CanonicalURL(url))
}

// finish draws the bands of feeds and forgets what only that needed.
func (j *Journal) finish() {
	slices.SortStableFunc(j.ends, func(a, b pastEnd) int { return a.start.Compare(b.start) })
	for _, e := range j.ends {
		if e.end.Complete || e.end.Suspect {
			if j.bands[e.source] == nil {
				j.bands[e.source] = &Band{}
			}
			j.bands[e.source].Judge(e.end.Sightings)
		}
	}
	j.ends = nil
}

// Band returns the band of a feed's yields so far.
func (j *Journal) Band(source string) Band {
	if b := j.bands[source]; b != nil {
		return *b
	}
	return Band{}
}

// Unfinished returns the start of the source's crawl that is to be gone on with.
func (j *Journal) Unfinished(source string, now time.Time) (time.Time, bool) {
	start, ok := j.crawls[source]
	if !ok || j.ended[CrawlKey(source, start)] || now.Sub(start) > resumeWithin || start.After(now) {
		return time.Time{}, false
	}
	return start, true
}

// Answered returns the answer that the archive holds for a page of that very crawl.
func (j *Journal) Answered(source string, crawl time.Time, url string) (Answer, bool) {
	k, ok := j.Last(source, url)
	return k, ok && k.crawl == crawl.Unix()
}

// Last returns the last answer that the archive holds for a page.
func (j *Journal) Last(source, url string) (Answer, bool) {
	k, ok := j.known[pageKey(source, url)]
	return k, ok && k.final
}

// Prior returns the answer that is held for the URL, for its validators.
func (j *Journal) Prior(source, url string) *fetch.Prior {
	k, ok := j.Last(source, url)
	if !ok {
		return nil
	}
	rec, err := j.Body(k)
	if err != nil || rec.Status != 200 || archive.CanonicalURL(rec.URL) != archive.CanonicalURL(url) {
		return nil
	}
	return &fetch.Prior{
		URL: archive.CanonicalURL(url), Date: rec.Date, ETag: rec.Header.Get("ETag"), Modified: rec.Header.Get("Last-Modified"),
		Digest: rec.Digest, Place: rec.Place, Body: func() (*archive.Record, error) { return j.Body(k) },
	}
}

// Body reads a held answer again.
func (j *Journal) Body(k Answer) (*archive.Record, error) {
	return archive.ReadAt(j.files[k.file], k.offset)
}

// Due tells whether a periodical's page is to be asked for again. What changed
// lately may change again: a page is due after half the time for which it has
// been the same, but once a day at most and once a lifetime at least. A page
// whose last crawl never came to its end is due in any case.
func (j *Journal) Due(source, url string, now time.Time, lifetime int) bool {
	k, ok := j.Last(source, url)
	if !ok || !j.ended[CrawlKey(source, time.Unix(k.crawl, 0))] {
		return true
	}
	const daily = 20 * time.Hour // a daily run does not come at the same second
	rest := time.Duration(k.last-k.changed) * time.Second / 2
	rest = max(daily, min(rest, time.Duration(lifetime)*24*time.Hour))
	return now.Sub(time.Unix(k.last, 0)) >= rest
}

// Robots returns the answer for a robots.txt that is held and not a day old.
func (j *Journal) Robots(url string, now time.Time) *archive.Record {
	k, ok := j.robots[pageKey("", url)]
	if !ok || !k.final || now.Sub(time.Unix(k.last, 0)) >= 24*time.Hour {
		return nil
	}
	rec, err := j.Body(k)
	if err != nil || rec.Status/100 == 3 {
		return nil
	}
	return rec
}
