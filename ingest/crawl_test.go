package ingest_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jobmarket/ingest"
	"jobmarket/ingest/archive"
	"jobmarket/warehouse/schema"
)

// small is a site of a start page and three pages.
func small(t testing.TB, c *clock) *site {
	s := newSite(t, c)
	s.text("/robots.txt", "User-agent: *\nDisallow: /private\n")
	s.put("/jobs", sheet{Jobs: []string{"a"}, Links: []string{"/p1", "/p2", "/private/x", "/p1"}})
	s.put("/p1", sheet{Jobs: []string{"b", "c"}, Links: []string{"/p3", "/jobs"}})
	s.put("/p2", sheet{Jobs: []string{"d"}})
	s.put("/p3", sheet{Jobs: []string{"e"}})
	return s
}

func TestCrawl(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := small(t, c)
	m := newMemory()
	got := run(t, options(dir, c, s.source("acme", "/jobs")), m)["acme"]
	want := schema.Tally{RunID: got.RunID, Source: "acme", Pages: 4, Sightings: 5, NewPostings: 5, Forbidden: 1, Outcome: "ok",
		Error: s.URL + "/private/x: robots.txt forbids it"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tally (-want +got):\n%s", diff)
	}
	if n := s.times("/private/x"); n != 0 {
		t.Errorf("a page that robots.txt forbids was asked %d times", n)
	}
	for _, path := range []string{"/robots.txt", "/jobs", "/p1", "/p2", "/p3"} {
		if n := s.times(path); n != 1 {
			t.Errorf("%s was asked %d times", path, n)
		}
	}
	if ua := s.when("/p3")[0].header.Get("User-Agent"); ua != "jobmarket/1.0 (+https://example.org/bot)" {
		t.Errorf("User-Agent %q", ua)
	}
	for _, p := range m.pages {
		if p.Outcome != schema.Fetched {
			continue
		}
		rec, err := archive.ReadAt(filepath.Join(dir, p.Archive), p.ArchiveOffset)
		if err != nil || rec.URL != p.URL || archive.Digest(rec.Body) != p.Digest || rec.Length != p.ArchiveLength {
			t.Errorf("%s does not lead to its bytes: %v", p.URL, err)
		}
	}
}

// TestReplayOwn replays what a crawl archived: the same rows come out, but for
// the run, and nobody is asked.
func TestReplayOwn(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := small(t, c)
	s.handle("/p2", first(2, status(503)))
	s.handle("/jobs", first(1, status(429)))
	s.text("/p1", "no sheet at all")
	src, late := s.source("acme", "/late"), s.source("late", "/jobs")
	s.handle("/late", func(w http.ResponseWriter, r *http.Request) {
		first(1, status(503))(w, r)
		s.put("/late", sheet{Jobs: []string{"a"}, Links: []string{"/p1", "/p2", "/p3", "/private/x", "/gone"}})
	})
	live, again := newMemory(), newMemory()
	o := options(dir, c, src, late)
	o.HTTP.Backoff = 4 * time.Second
	run(t, o, live)
	c.advance(time.Hour)
	s.forget()
	o = options("", c, src, late)
	o.Replay = globbed(dir)
	run(t, o, again)
	if len(s.asked) > 0 {
		t.Errorf("a replay asked %v", s.asked)
	}
	same := cmp.Options{cmpopts.IgnoreFields(schema.Page{}, "RunID"), cmpopts.IgnoreFields(schema.Crawl{}, "RunID")}
	for what, diff := range map[string]string{
		"pages":     cmp.Diff(live.pages, again.pages, same),
		"sightings": cmp.Diff(live.sightings, again.sightings, same),
		"postings":  cmp.Diff(live.postings, again.postings, same),
		"crawls":    cmp.Diff(live.crawls, again.crawls, same),
	} {
		if diff != "" {
			t.Errorf("%s (-live +replay):\n%s", what, diff)
		}
	}
}

// TestUnchanged crawls twice: validators are sent, a 304 sights its ads again,
// and the archive grows by heads only.
func TestUnchanged(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := newSite(t, c)
	body := `{"jobs":["a","b"],"links":[]}` + strings.Repeat(" ", 5000)
	s.handle("/jobs", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Write([]byte(body))
	})
	src := s.source("acme", "/jobs")
	first, second := newMemory(), newMemory()
	run(t, options(dir, c, src), first)
	c.advance(25 * time.Hour)
	got := run(t, options(dir, c, src), second)["acme"]
	if got.Pages != 1 || got.Sightings != 2 {
		t.Errorf("second crawl: %+v", got)
	}
	for _, p := range second.pages {
		rec, err := archive.ReadAt(filepath.Join(dir, p.Archive), p.ArchiveOffset)
		if p.Outcome != schema.Unchanged || err != nil || string(rec.Body) != body {
			t.Errorf("page %+v, %v", p, err)
		}
	}
	for _, x := range second.crawls {
		if !x.Complete {
			t.Errorf("crawl %+v", x)
		}
	}
	if n := s.times("/robots.txt"); n != 2 {
		t.Errorf("robots.txt of yesterday: asked %d times in two days", n)
	}
	// And a replay of both crawls reads the body that the 304 stands for.
	m := newMemory()
	o := options("", c, src)
	o.Replay, _ = filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	run(t, o, m)
	if len(m.crawls) != 2 || len(m.sightings) != 4 {
		t.Errorf("replayed: %d crawls, %d sightings", len(m.crawls), len(m.sightings))
	}
}

// TestStop ends a crawl in the middle; the next run goes on with it, and no page
// is asked twice.
func TestStop(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := small(t, c)
	src := s.source("acme", "/jobs")
	whole := newMemory()
	run(t, options(t.TempDir(), c, src), whole)
	s.forget()

	ctx, cancel := context.WithCancel(context.Background())
	o := options(dir, c, src)
	o.HTTP.Workers = 1
	o.Progress = func(e ingest.Event) {
		if e.Action == "page" && strings.HasSuffix(e.URL, "/p1") {
			cancel()
		}
	}
	stopped := newMemory()
	list, err := ingest.Run(ctx, o, stopped)
	if !errors.Is(err, context.Canceled) || list[0].Outcome != "stopped" || len(stopped.crawls) != 0 {
		t.Fatalf("%+v %v", list, err)
	}
	c.advance(time.Minute)
	o.Progress = nil
	run(t, o, stopped)
	for _, path := range []string{"/jobs", "/p1", "/p2", "/p3", "/robots.txt"} {
		if n := s.times(path); n != 1 {
			t.Errorf("%s was asked %d times", path, n)
		}
	}
	if len(stopped.postings) != len(whole.postings) || len(stopped.crawls) != 1 {
		t.Errorf("%d postings, want %d; %d crawls", len(stopped.postings), len(whole.postings), len(stopped.crawls))
	}
	for _, x := range stopped.crawls {
		if x.Pages != 4 {
			t.Errorf("crawl %+v", x)
		}
	}
}

// TestCutTail goes on after a kill in the middle of a write.
func TestCutTail(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := small(t, c)
	src := s.source("acme", "/jobs")
	m := newMemory()
	run(t, options(dir, c, src), m)
	files, _ := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	stat, _ := os.Stat(files[0])
	if err := os.Truncate(files[0], stat.Size()-150); err != nil { // into the crawl's end
		t.Fatal(err)
	}
	s.forget()
	c.advance(time.Minute)
	run(t, options(dir, c, src), m)
	if len(m.crawls) != 1 || len(s.asked) > 1 {
		t.Errorf("%d crawls, asked %d pages", len(m.crawls), len(s.asked))
	}
}
