package ingest_test

import (
	"context"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/ingest"
	"jobmarket/warehouse/schema"
)

// memory is a sink that keeps rows as a warehouse would: each once.
type memory struct {
	pages     map[string]schema.Page
	crawls    map[string]schema.Crawl
	postings  map[string]schema.Posting
	sightings map[string]schema.Sighting
	rejects   map[string]schema.Reject
	facts     map[string]schema.Fact
	sources   map[string]schema.Source
	batches   int
}

func newMemory() *memory {
	return &memory{map[string]schema.Page{}, map[string]schema.Crawl{}, map[string]schema.Posting{}, map[string]schema.Sighting{},
		map[string]schema.Reject{}, map[string]schema.Fact{}, map[string]schema.Source{}, 0}
}

func (m *memory) Load(_ context.Context, b schema.Batch) (schema.Loaded, error) {
	m.batches++
	l := schema.Loaded{NewPostings: map[string]int64{}}
	known := map[string]bool{}
	for _, p := range m.postings {
		known[p.ID] = true
	}
	for _, x := range b.Sources {
		m.sources[x.Name] = x
	}
	for _, x := range b.Pages {
		m.pages[x.ID] = x
	}
	for _, x := range b.Crawls {
		m.crawls[x.ID] = x
	}
	for _, x := range b.Postings {
		if !known[x.ID] {
			known[x.ID] = true
			l.NewPostings[x.Source]++
		}
		m.postings[x.ID+x.Digest] = x
	}
	for _, x := range b.Sightings {
		m.sightings[x.ID] = x
	}
	for _, x := range b.Rejects {
		m.rejects[x.ID] = x
	}
	for _, x := range b.Facts {
		m.facts[x.ID] = x
	}
	return l, nil
}

func corpus(t *testing.T) []string {
	t.Helper()
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if len(files) == 0 {
		t.Skip("the corpus of real pages is not here; set JOBMARKET_CORPUS to its folder")
	}
	return files
}

func keysOf[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// TestReplayCorpus replays the real archives twice. What they hold was counted by
// an independent reading.
func TestReplayCorpus(t *testing.T) {
	files := corpus(t)
	m, again := newMemory(), newMemory()
	tallies := run(t, ingest.Options{Replay: files, UserAgent: "jobmarket/1"}, m)
	for name, want := range map[string][2]int64{ // least and most sightings
		"twir":                  {983, 1023},
		"rib":                   {254, 264},
		"hn":                    {28145, 28145},
		"greenhouse/cloudflare": {9010, 9010},
	} {
		if got := tallies[name].Sightings; got < want[0] || got > want[1] {
			t.Errorf("%s: %d sightings, want %d to %d", name, got, want[0], want[1])
		}
	}
	boards, sightings, crawls := 0, int64(0), 0
	ashby := int64(0)
	for name, x := range tallies {
		if x.Failed+x.Forbidden > 0 || x.Outcome != "ok" {
			t.Errorf("%+v", x)
		}
		switch {
		case strings.HasPrefix(name, "greenhouse/"):
			boards++
			sightings += x.Sightings
		case strings.HasPrefix(name, "ashby/"):
			ashby += x.Sightings
		}
	}
	postings := map[string]bool{}
	for _, p := range m.postings {
		if strings.HasPrefix(p.Source, "greenhouse/") {
			postings[p.ID] = true
		}
	}
	for _, c := range m.crawls {
		if strings.HasPrefix(c.Source, "greenhouse/") {
			crawls++
		}
	}
	if boards != 7 || sightings != 16350 || len(postings) != 3372 || crawls != 107 || ashby != 1669 {
		t.Errorf("Greenhouse: %d boards, %d sightings of %d postings in %d crawls; Ashby: %d", boards, sightings, len(postings), crawls, ashby)
	}
	run(t, ingest.Options{Replay: slices.Concat(files[1:], files), UserAgent: "jobmarket/1", Now: func() time.Time { return time.Now().Add(time.Hour) }}, again)
	a, b := stripped(m), stripped(again)
	if len(a) != len(b) {
		t.Fatalf("%d rows, %d in the second replay", len(a), len(b))
	}
	for i := range a {
		if diff := cmp.Diff(a[i], b[i]); diff != "" && !strings.Contains(diff, "Archive") {
			t.Fatalf("a second replay, files in another order, differs:\n%s", diff)
		}
	}
}
