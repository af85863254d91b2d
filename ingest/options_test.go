package ingest_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jobmarket/ingest"
	"jobmarket/warehouse/schema"
)

// TestDryRun reports what would be asked, and asks nothing.
func TestDryRun(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := small(t, c)
	o := options(dir, c, s.source("acme", "/jobs"))
	var would []string
	o.Progress = func(e ingest.Event) {
		if e.Action == "fetch" {
			would = append(would, strings.TrimPrefix(e.URL, s.URL)+" "+e.Text)
		}
	}
	dry := o
	dry.DryRun = true
	m := newMemory()
	run(t, dry, m)
	if want := []string{"/jobs never asked before"}; !slices.Equal(would, want) {
		t.Errorf("before the first crawl %q, want %q", would, want)
	}
	if len(s.asked) > 0 || m.batches > 0 || len(globbed(dir)) > 0 {
		t.Errorf("a dry run asked %d pages, loaded %d batches, wrote %v", len(s.asked), m.batches, globbed(dir))
	}
	run(t, o, m)
	s.forget()
	would = nil
	c.advance(time.Hour)
	run(t, dry, newMemory())
	slices.Sort(would)
	want := []string{"/jobs asked last on 2026-03-01 12:00:00", "/p1 asked last on 2026-03-01 12:00:00", "/p2 asked last on 2026-03-01 12:00:00",
		"/p3 asked last on 2026-03-01 12:00:00", "/private/x never asked before"}
	if !slices.Equal(would, want) || len(s.asked) > 0 {
		t.Errorf("after a crawl %q, want %q; asked %d", would, want, len(s.asked))
	}
}

// TestDue asks a periodical's old pages rarely: after half the time for which
// they have been the same.
func TestDue(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := newSite(t, c)
	s.text("/robots.txt", "")
	s.put("/issues", sheet{Links: []string{"/issue1", "/issue2"}})
	s.put("/issue1", sheet{Jobs: []string{"a"}})
	s.put("/issue2", sheet{Jobs: []string{"b"}})
	src := s.source("weekly", "/issues")
	src.Mode = schema.Periodical
	var days []string
	for day := range 60 {
		s.forget()
		tally := run(t, options(dir, c, src), newMemory())["weekly"]
		if n := s.times("/issue1"); n > 0 {
			days = append(days, fmt.Sprint(day))
			if n > 1 || tally.Pages != 3 {
				t.Errorf("day %d: issue asked %d times, %+v", day, n, tally)
			}
		}
		if s.times("/issues") != 1 {
			t.Errorf("day %d: the list was asked %d times", day, s.times("/issues"))
		}
		c.advance(24 * time.Hour)
	}
	if got, want := strings.Join(days, " "), "0 1 2 3 5 8 12 18 27 41"; got != want {
		t.Errorf("an issue that stays the same was asked on days %s, want %s", got, want)
	}
	s.forget()
	o := options(dir, c, src)
	o.Full = true
	run(t, o, newMemory())
	if s.times("/issue1") != 1 || s.when("/issue1")[0].header.Get("If-None-Match") != "" {
		t.Error("a full crawl did not ask for everything anew")
	}
}

func TestSince(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := newSite(t, c)
	s.put("/issues", sheet{Links: []string{"/2026-02-20-issue", "/2026-02-27-issue", "/2026-01/x", "/about"}})
	for _, p := range []string{"/2026-02-20-issue", "/2026-02-27-issue", "/2026-01/x", "/about"} {
		s.put(p, sheet{Jobs: []string{p}})
	}
	o := options(dir, c, s.source("weekly", "/issues"))
	o.Since = time.Date(2026, 2, 25, 0, 0, 0, 0, time.UTC)
	if got := run(t, o, newMemory())["weekly"]; got.Pages != 3 || s.times("/2026-02-20-issue") != 0 || s.times("/2026-01/x") != 0 {
		t.Errorf("%+v", got)
	}
}

func TestOnly(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := small(t, c)
	o := options(dir, c, s.source("acme", "/jobs"), s.source("other", "/p1"))
	o.Only = []string{"other"}
	if got := run(t, o, newMemory()); len(got) != 1 || got["other"].Pages == 0 {
		t.Errorf("%+v", got)
	}
}

// TestReparse reads the archive with a newer parser.
func TestReparse(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := small(t, c)
	o := options(dir, c, s.source("acme", "/jobs"))
	live := newMemory()
	run(t, o, live)
	s.forget()
	o.Kinds[0].Version = 4
	again := newMemory()
	for version, want := range map[int32]int{0: 4, 3: 4, 2: 0} {
		o.Parser = version
		m := newMemory()
		list, err := ingest.Reparse(t.Context(), o, m)
		if err != nil {
			t.Fatal(err)
		}
		if int(list[0].Pages) != want {
			t.Errorf("what version %d read: %+v", version, list[0])
		}
		if version == 0 {
			again = m
		}
	}
	for id, p := range again.pages {
		if live.pages[id].URL != p.URL || p.ParserVersion != 4 {
			t.Errorf("page %+v", p)
		}
	}
	if len(again.sightings) != len(live.sightings) || len(s.asked) > 0 {
		t.Errorf("%d sightings, want %d; asked %d", len(again.sightings), len(live.sightings), len(s.asked))
	}
}

// TestBand marks a feed whose yield falls, and believes it when the next crawl
// says the same; each run finds the history in the archive.
func TestBand(t *testing.T) {
	for name, x := range map[string]struct {
		yields   []int
		complete string
	}{
		"a fall that was true": {[]int{100, 104, 98, 40, 41, 43}, "yyynyy"},
		"a changed layout":     {[]int{100, 104, 0, 102, 99}, "yynyy"},
		"a small board":        {[]int{3, 6, 1, 4, 0, 2}, "yyyyyy"},
		"a rise":               {[]int{20, 300, 310}, "yny"},
		"from one to another":  {[]int{100, 0, 30, 31}, "ynny"},
	} {
		t.Run(name, func(t *testing.T) {
			c, dir := newClock(), t.TempDir()
			s := newSite(t, c)
			got := ""
			for _, n := range x.yields {
				var page sheet
				for i := range n {
					page.Jobs = append(page.Jobs, fmt.Sprint(i))
				}
				s.put("/jobs", page)
				m := newMemory()
				run(t, options(dir, c, s.source("acme", "/jobs")), m)
				for _, x := range m.crawls {
					if x.Complete {
						got += "y"
					} else {
						got += "n"
						if !strings.Contains(x.Error, "closes nothing until the next crawl confirms it") || int(x.Sightings) != n {
							t.Errorf("%+v", x)
						}
					}
				}
				c.advance(72 * time.Hour)
			}
			if got != x.complete {
				t.Errorf("yields %v were believed %s, want %s", x.yields, got, x.complete)
			}
		})
	}
}

// TestTwoRuns refuses to write an archive that another run is writing.
func TestTwoRuns(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := small(t, c)
	entered, leave := make(chan bool), make(chan bool)
	s.handle("/p2", func(w http.ResponseWriter, _ *http.Request) {
		entered <- true
		<-leave
		fmt.Fprint(w, "{}")
	})
	done := make(chan error)
	go func() {
		_, err := ingest.Run(t.Context(), options(dir, c, s.source("acme", "/jobs")), newMemory())
		done <- err
	}()
	<-entered
	if _, err := ingest.Run(t.Context(), options(dir, c, s.source("acme", "/jobs")), newMemory()); err == nil || !strings.Contains(err.Error(), "another run is writing there") {
		t.Errorf("the second run: %v", err)
	}
	close(leave)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestFile reads a file of this machine that the configuration names, archives
// it, and knows it again; a link never leads to one.
func TestFile(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	path := filepath.Join(t.TempDir(), "ads of März.json")
	if err := os.WriteFile(path, []byte(`{"jobs":["a","b"],"links":["file:///etc/passwd"]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	src := schema.Source{Name: "table", Kind: "sheets", Mode: schema.Feed, URL: path}
	m := newMemory()
	for range 2 {
		if got := run(t, options(dir, c, src), m)["table"]; got.Pages != 1 || got.Sightings != 2 || got.Outcome != "ok" {
			t.Errorf("%+v", got)
		}
		c.advance(time.Hour)
	}
	o := options("", c, src)
	o.Replay = globbed(dir)
	again := newMemory()
	run(t, o, again)
	if len(again.sightings) != 4 || len(m.sightings) != 4 {
		t.Errorf("%d sightings live, %d replayed, want 4", len(m.sightings), len(again.sightings))
	}
	for id := range m.pages {
		if again.pages[id].Digest != m.pages[id].Digest {
			t.Errorf("page %s differs in the replay", id)
		}
	}
}
