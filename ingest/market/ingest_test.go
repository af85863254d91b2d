package market_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jobmarket/ingest"
	"jobmarket/ingest/market"
	"jobmarket/warehouse/schema"
)

// memory is a sink that keeps what a crawl found.
type memory struct {
	mu        sync.Mutex
	sightings map[string]bool
	postings  map[string]bool // by source and key
	crawls    map[string]schema.Crawl
	pages     map[string]int
	real      int // rows that do not say that they are simulated
}

func (s *memory) Load(_ context.Context, b schema.Batch) (schema.Loaded, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range b.Sightings {
		s.sightings[x.ID] = true
		if !x.Simulated {
			s.real++
		}
	}
	for _, x := range b.Postings {
		s.postings[x.Source+" "+x.Key] = true
		if !x.Simulated {
			s.real++
		}
	}
	for _, x := range b.Crawls {
		s.crawls[x.ID] = x
	}
	for _, x := range b.Pages {
		s.pages[string(x.Outcome)]++
	}
	return schema.Loaded{}, nil
}

func newMemory() *memory {
	return &memory{sightings: map[string]bool{}, postings: map[string]bool{}, crawls: map[string]schema.Crawl{}, pages: map[string]int{}}
}

func config() market.Config {
	c := market.Default()
	c.Seed, c.Sightings, c.From, c.To = 5, 1500, time.Date(2021, 1, 4, 0, 0, 0, 0, time.UTC), time.Date(2022, 12, 26, 0, 0, 0, 0, time.UTC)
	c.Failure = 0.05
	return c
}

// TestReplay runs the real collectors over the market's archive.
func TestReplay(t *testing.T) {
	m := market.New(config())
	path := filepath.Join(t.TempDir(), "market.warc.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.WriteArchive(f); err != nil {
		t.Fatal(err)
	}
	f.Close()
	sink := newMemory()
	tallies, err := ingest.Run(t.Context(), ingest.Options{Replay: []string{path}, Simulated: true}, sink)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range tallies {
		if x.NotArchived > 0 || x.Forbidden > 0 {
			t.Errorf("%+v", x)
		}
	}
	if n := len(sink.sightings); n != m.Planned() {
		t.Errorf("%d sightings loaded, %d planned", n, m.Planned())
	}
	planted := 0
	for truth := range m.Truth() {
		planted++
		if !sink.postings[truth.Source+" "+truth.Key] {
			t.Errorf("planted and not loaded: %s %s", truth.Source, truth.Key)
		}
	}
	if planted != len(sink.postings) {
		t.Errorf("%d postings loaded, %d planted", len(sink.postings), planted)
	}
	partial := 0
	for _, c := range sink.crawls {
		if !c.Complete {
			partial++
		}
	}
	if partial == 0 {
		t.Error("failed crawls were planted, and every crawl is complete")
	}
	if sink.real > 0 {
		t.Errorf("%d rows do not say that they are simulated", sink.real)
	}
}

// TestCrawl runs them against the transport, on one day.
func TestCrawl(t *testing.T) {
	c := config()
	c.Failure = 0
	m := market.New(c)
	sink := newMemory()
	clock := &clock{at: m.Config().To.Add(6 * time.Hour)}
	tallies, err := ingest.Run(t.Context(), ingest.Options{
		Sources: m.Sources(), ArchiveDir: t.TempDir(), Transport: m.Transport(m.Config().To), Simulated: true,
		UserAgent: "jobmarket/test", Contact: "https://test.example", Now: clock.now, Sleep: clock.sleep,
	}, sink)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range tallies {
		if x.Outcome != "ok" {
			t.Errorf("%+v", x)
		}
	}
	if len(tallies) != len(m.Sources()) || len(sink.postings) == 0 || sink.real > 0 {
		t.Errorf("%d sources crawled of %d, %d postings, %d rows not simulated", len(tallies), len(m.Sources()), len(sink.postings), sink.real)
	}
}

// clock goes by waiting, and a little whenever it is asked.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond)
	return c.at
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	return ctx.Err()
}
