package ingest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"jobmarket/ingest"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// sheet is a page of the kind that the tests crawl.
type sheet struct {
	Jobs  []string `json:"jobs"`
	Links []string `json:"links"`
	Part  bool     `json:"part,omitempty"` // not read to its end
	Crash bool     `json:"crash,omitempty"`
}

// sheets is a kind whose pages are JSON sheets, at whatever URL.
func sheets(mode schema.Mode) kinds.Kind {
	return kinds.Kind{
		Name: "sheets", Version: 3, Mode: mode, Lifetime: 30,
		Start: func(s schema.Source) []string { return []string{s.URL} },
		Parse: func(p kinds.Page) (kinds.Parsed, error) {
			var x sheet
			if err := json.Unmarshal(p.Body, &x); err != nil {
				return kinds.Parsed{}, fmt.Errorf("no sheet: %w", err)
			}
			if x.Crash {
				panic("a parser with a mistake")
			}
			out := kinds.Parsed{Complete: !x.Part}
			base := p.URL[:strings.Index(p.URL[8:], "/")+8]
			for _, l := range x.Links {
				if strings.HasPrefix(l, "/") {
					l = base + l
				}
				out.Links = append(out.Links, l)
			}
			for _, j := range x.Jobs {
				out.Postings = append(out.Postings, schema.Posting{Key: j, Title: j, URL: p.URL})
			}
			return out, nil
		},
	}
}

// site is a server on loopback that counts what it is asked.
type site struct {
	*httptest.Server
	clock *clock
	mu    sync.Mutex
	asked []asked
	other string // URL of a second server
	pages map[string]http.HandlerFunc
}

type asked struct {
	path   string
	at     time.Time
	header http.Header
}

func newSite(t testing.TB, c *clock) *site {
	s := &site{clock: c, pages: map[string]http.HandlerFunc{}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, asked{r.URL.RequestURI(), s.clock.Now(), r.Header.Clone()})
	h := s.pages[r.URL.RequestURI()]
	if h == nil {
		h = s.pages[r.URL.Path]
	}
	s.mu.Unlock()
	if h == nil {
		http.NotFound(w, r)
		return
	}
	h(w, r)
}

// put lets the site answer at path with a sheet.
func (s *site) put(path string, x sheet) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(x)
	})
}

func (s *site) text(path, body string) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
}

func (s *site) handle(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = h
}

// times is how often the path was asked.
func (s *site) times(path string) int { return len(s.when(path)) }

func (s *site) when(path string) (list []asked) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.asked {
		if a.path == path {
			list = append(list, a)
		}
	}
	return list
}

func (s *site) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = nil
}

// source is a source of the site.
func (s *site) source(name, path string) schema.Source {
	return schema.Source{Name: name, Kind: "sheets", Mode: schema.Feed, URL: s.URL + path, Private: true, LifetimeDays: 30}
}

// clock is a clock on which sleeping takes no time.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.advance(d)
	return ctx.Err()
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// fast is a policy without pauses.
func fast() ingest.HTTP {
	p := ingest.DefaultHTTP
	p.Delay, p.Backoff, p.Parallel, p.Workers = 0, 0, 8, 8
	return p
}

// options crawls the sources with the clock, into dir.
func options(dir string, c *clock, sources ...schema.Source) ingest.Options {
	kind := sheets(schema.Feed)
	if len(sources) > 0 {
		kind.Mode = sources[0].Mode
	}
	return ingest.Options{Kinds: []kinds.Kind{kind}, Sources: sources, ArchiveDir: dir, UserAgent: "jobmarket/1.0", Contact: "https://example.org/bot",
		HTTP: fast(), Now: c.Now, Sleep: c.Sleep}
}

// run crawls and wants no error of the whole run.
func run(t testing.TB, o ingest.Options, m *memory) map[string]schema.Tally {
	t.Helper()
	list, err := ingest.Run(context.Background(), o, m)
	if err != nil {
		t.Fatalf("run: %v", err)
	}
	byName := map[string]schema.Tally{}
	for _, x := range list {
		byName[x.Source] = x
	}
	return byName
}
