package ingest_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

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
	batches   int
}

func newMemory() *memory {
	return &memory{map[string]schema.Page{}, map[string]schema.Crawl{}, map[string]schema.Posting{}, map[string]schema.Sighting{},
		map[string]schema.Reject{}, map[string]schema.Fact{}, 0}
}

func (m *memory) Load(_ context.Context, b schema.Batch) (schema.Loaded, error) {
	m.batches++
	l := schema.Loaded{NewPostings: map[string]int64{}}
	known := map[string]bool{}
	for _, p := range m.postings {
		known[p.ID] = true
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

// TestReplayCorpus replays the real archives twice.
func TestReplayCorpus(t *testing.T) {
	files := corpus(t)
	m := newMemory()
	began := time.Now()
	tallies, err := ingest.Run(t.Context(), ingest.Options{Replay: files, UserAgent: "jobmarket/0"}, m)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range tallies {
		t.Logf("%-24s pages %4d sightings %6d new %5d rejects %3d failed %d missing %d forbidden %d %.2fs %s", x.Source, x.Pages, x.Sightings, x.NewPostings, x.Rejects, x.Failed, x.NotArchived, x.Forbidden, x.Seconds, x.Outcome)
	}
	t.Logf("%d pages, %d crawls, %d contents, %d sightings, %d batches in %s", len(m.pages), len(m.crawls), len(m.postings), len(m.sightings), m.batches, time.Since(began))
}
