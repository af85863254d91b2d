package ingest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"jobmarket/ingest"
	"jobmarket/ingest/archive"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// killOptions crawls the site at url into dir, as both the process that is
// killed and the last one do.
func killOptions(dir, url string) ingest.Options {
	o := ingest.Options{Kinds: []kinds.Kind{sheets(schema.Feed)}, ArchiveDir: dir, UserAgent: "jobmarket/1.0", HTTP: fast(),
		Sources: []schema.Source{{Name: "acme", Kind: "sheets", Mode: schema.Feed, URL: url + "/start", Private: true}}}
	return o
}

// TestKillChild is the process that TestKill kills; alone it does nothing.
func TestKillChild(t *testing.T) {
	dir, url := os.Getenv("JOBMARKET_KILL_DIR"), os.Getenv("JOBMARKET_KILL_URL")
	if dir == "" {
		t.Skip("runs only as a child of TestKill")
	}
	if _, err := ingest.Run(context.Background(), killOptions(dir, url), newMemory()); err != nil {
		t.Fatal(err)
	}
}

// TestKill kills a crawl of 2,000 pages with SIGKILL at 50 random moments and
// runs it again each time. In the end all pages are there once, and none was
// asked more often than it was under way at a kill.
func TestKill(t *testing.T) {
	pages, kills := 2000, 50
	if testing.Short() {
		pages, kills = 400, 8
	}
	var count atomic.Int64
	var victim atomic.Pointer[os.Process]
	moments := make(chan int64, 1)
	s := newSite(t, newClock())
	killer := func(h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			n := count.Add(1)
			select {
			case at := <-moments:
				if n >= at {
					victim.Load().Kill()
				} else {
					moments <- at
				}
			default:
			}
			h(w, r)
		}
	}
	var links []string
	for i := range pages {
		path := fmt.Sprintf("/job/%d", i)
		links = append(links, path)
		text := fmt.Sprintf(`{"jobs":["job %d"],"links":[]}%s`, i, strings.Repeat(" ", rand.IntN(3000)))
		s.handle(path, killer(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }))
	}
	s.put("/start", sheet{Links: links})
	s.text("/robots.txt", "")

	dir := t.TempDir()
	var when []int64
	for range kills {
		when = append(when, 1+rand.Int64N(int64(pages)))
	}
	slices.Sort(when)
	killed := 0
	for _, at := range when {
		moments <- max(at, count.Load()+1)
		child := exec.Command(os.Args[0], "-test.run=^TestKillChild$")
		child.Env = append(os.Environ(), "JOBMARKET_KILL_DIR="+dir, "JOBMARKET_KILL_URL="+s.URL)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		victim.Store(child.Process)
		if child.Wait() != nil {
			killed++
		}
		select {
		case <-moments: // it came to its end
		default:
		}
	}
	m := newMemory()
	tally := run(t, killOptions(dir, s.URL), m)["acme"]
	if tally.Pages != int64(pages+1) || len(m.pages) != pages+1 || len(m.postings) != pages || tally.Outcome != "ok" {
		t.Errorf("%+v, %d pages, %d postings", tally, len(m.pages), len(m.postings))
	}
	extra, worst := int(count.Load())-pages, 0
	for _, l := range links {
		worst = max(worst, s.times(l))
	}
	if extra < 0 || extra > killed*fast().Workers {
		t.Errorf("%d pages were asked again after %d kills with %d requests under way each", extra, killed, fast().Workers)
	}
	held := 0
	for _, path := range globbed(dir) {
		for e, err := range archive.Entries(path) {
			if err != nil {
				t.Errorf("the archive after all: %v", err)
			}
			if e.Source != "" && e.End == nil {
				held++
			}
		}
	}
	if held != pages+1 {
		t.Errorf("the archive holds %d answers, want %d", held, pages+1)
	}
	t.Logf("%d kills, %d pages, %d asked again (most often %d times), %d answers archived", killed, pages, extra, worst, held)
}

func globbed(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	return files
}
