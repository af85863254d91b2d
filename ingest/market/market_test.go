package market

import (
	"bytes"
	"html"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/kinds"
	"jobmarket/ingest/market/world"
	"jobmarket/warehouse/schema"
)

// archived writes the market's archive to a file and returns its path.
func archived(t *testing.T, m *Market) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "market.warc.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.WriteArchive(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// reading is what the real parsers make of an archive.
type reading struct {
	postings  map[string]schema.Posting // newest by source and key
	sightings map[string]bool
	rejects   map[string]int // by source's kind
}

func replayed(t *testing.T, path string) reading {
	t.Helper()
	r := reading{map[string]schema.Posting{}, map[string]bool{}, map[string]int{}}
	for rec, err := range archive.Read(path) {
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(rec.URL)
		if err != nil || rec.Type != archive.Response || u.Path == "/robots.txt" {
			continue
		}
		place, ok := kinds.Recognise(u)
		if !ok {
			t.Fatalf("no kind recognises %s", rec.URL)
		}
		if rec.Status != http.StatusOK {
			continue
		}
		k, _ := kinds.ByName(place.Source.Kind)
		parsed, err := k.Parse(kinds.Page{URL: rec.URL, FetchedAt: rec.Date, Status: rec.Status, Header: rec.Header, Body: rec.Body, Source: place.Source})
		if err != nil {
			r.rejects[k.Name]++
			continue
		}
		r.rejects[k.Name] += len(parsed.Rejects)
		for _, p := range parsed.Postings {
			p.Seal()
			at := p.SeenAt
			if at.IsZero() {
				at = rec.Date
			}
			r.postings[p.Source+" "+p.Key] = p
			r.sightings[schema.SightingID(&p, at)] = true
		}
	}
	return r
}

// hard is a market with more of all that goes wrong.
func hard(sightings int) Config {
	c := Default()
	c.Seed, c.Sightings = 3, sightings
	c.Malformed, c.Failure, c.Hostile = 0.06, 0.04, 0.03
	return c
}

// TestLoop reads every page of a market back with the real parsers: exactly the
// planted postings come out, with their titles and texts, and what was planted to
// be unreadable becomes rejects.
func TestLoop(t *testing.T) {
	m := New(hard(3000))
	got := replayed(t, archived(t, m))
	if n := len(got.sightings); n < m.Planned()*99/100 || n > m.Planned()*101/100 {
		t.Errorf("%d sightings read, %d planned", n, m.Planned())
	}
	left := maps.Clone(got.postings)
	for want, truth := range m.Postings() {
		id := truth.Source + " " + truth.Key
		p, ok := left[id]
		if !ok {
			t.Errorf("planted and not read, or planted twice: %s %q", id, want.Title)
			continue
		}
		delete(left, id)
		compare(t, id, p, want)
	}
	for id, p := range left {
		t.Errorf("read and not planted: %s %q", id, p.Title)
	}
	if diff := cmp.Diff(plantedRejects(m), got.rejects); diff != "" {
		t.Errorf("rejects by kind (-planted +read):\n%s", diff)
	}
}

func compare(t *testing.T, id string, got, want schema.Posting) {
	t.Helper()
	switch kind, _, _ := strings.Cut(id, " "); {
	case kind == "hn":
		// A first line whose parts name no role has none.
		if !strings.Contains(got.Title, want.Title) && !strings.HasPrefix(got.Text, want.Title[:min(20, len(want.Title))]) {
			t.Errorf("%s: title %q, planted %q", id, got.Title, want.Title)
		}
		// A name that looks like an entity may have been decoded once more.
		if got.Text != want.Text && got.Text != html.UnescapeString(want.Text) {
			t.Errorf("%s: text\n%q, planted\n%q", id, got.Text, want.Text)
		}
	case kind == "twir" || kind == "rib": // the truth is what the parser read: compare with what was written instead
		if got.Title == "" || got.Company == "" || got.Link == "" {
			t.Errorf("%s: a field is lost: %+v", id, got)
		}
	default:
		if got.Title != want.Title {
			t.Errorf("%s: title %q, planted %q", id, got.Title, want.Title)
		}
		if got.Text != want.Text {
			t.Errorf("%s: text\n%q, planted\n%q", id, got.Text, want.Text)
		}
	}
}

// plantedRejects counts by kind what nobody can read on the market's pages.
func plantedRejects(m *Market) map[string]int {
	n := map[string]int{"twir": 0, "rib": 0, "hn": 0, "reddit": 0}
	for i := range m.w.Boards {
		b := &m.w.Boards[i]
		for _, on := range m.w.Crawls {
			if on < b.Since {
				continue
			}
			open, readable, what := m.w.Shown(int32(i), on, nil)
			if what == world.Unavailable {
				continue
			}
			if what != world.Fine && (what != world.Short || len(open) > len(readable)) {
				n[world.BoardKinds[b.Kind]]++
			}
			if what != world.Maintenance && m.malformed(int32(i), on, readable) != "" {
				n[world.BoardKinds[b.Kind]]++
			}
		}
	}
	for i := range m.w.TWiR {
		if is := &m.w.TWiR[i]; is.On <= m.w.Last && bytes.Contains(m.twirPage(is), []byte("\n* \n")) {
			n["twir"]++
		}
	}
	// A thread is captured again while it grows; what was taken back is met each
	// time.
	before := time.Time{}
	for _, on := range m.w.Crawls {
		for _, th := range m.threadsOn(on) {
			seen := world.UpTo(th.Notes, world.Moment(on))
			if !th.Opened().After(before) && (len(seen) == 0 || !seen[len(seen)-1].At.After(before)) {
				continue
			}
			for _, c := range seen {
				if c.Deleted {
					n["hn"]++
				}
			}
		}
		before = world.Moment(on)
	}
	return n
}

// TestLines compares what newsletters print with what the parser reads, in every
// style of their years.
func TestLines(t *testing.T) {
	c := Default()
	c.From, c.To, c.Sightings, c.Hostile = world.Date(2016, 1, 4), world.Date(2024, 12, 30), 6000, 0
	m := New(c)
	read := 0
	for _, letter := range []struct {
		kind   string
		issues []world.Issue
		page   func(*world.Issue) []byte
		url    func(*world.Issue) string
	}{
		{"twir", m.w.TWiR, m.twirPage, func(is *world.Issue) string { return twirRaw + twirName(is) }},
		{"rib", m.w.RiB, m.ribPage, func(is *world.Issue) string { return ribRaw + ribName(is) }},
	} {
		k, _ := kinds.ByName(letter.kind)
		for i := range letter.issues {
			is := &letter.issues[i]
			parsed, err := k.Parse(kinds.Page{URL: letter.url(is), Body: letter.page(is), Source: schema.Source{Name: letter.kind}})
			if err != nil {
				t.Fatal(err)
			}
			lines, _ := m.lines(is)
			if len(parsed.Postings) != len(lines) {
				t.Fatalf("%s: %d ads read, %d printed", letter.url(is), len(parsed.Postings), len(lines))
			}
			for n, p := range parsed.Postings {
				read++
				if p.Title != lines[n].Title || p.Company != strings.TrimSuffix(lines[n].Company, ".") && p.Company != lines[n].Company || p.Link != lines[n].URL {
					t.Errorf("%s: read %q at %q, printed %q at %q", world.TimeOf(is.On).Format(time.DateOnly), p.Title, p.Company, lines[n].Title, lines[n].Company)
				}
			}
		}
	}
	if read < 500 {
		t.Errorf("only %d lines were compared", read)
	}
}

func TestSameBytes(t *testing.T) {
	var first, second, other bytes.Buffer
	write := func(b *bytes.Buffer, c Config) *Market {
		m := New(c)
		if err := m.WriteArchive(b); err != nil {
			t.Fatal(err)
		}
		return m
	}
	a, b := write(&first, Small(11)), write(&second, world.Small(11))
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two archives of one config differ")
	}
	if diff := cmp.Diff(slices.Collect(a.Truth()), slices.Collect(b.Truth())); diff != "" {
		t.Errorf("two truths of one config differ:\n%s", diff)
	}
	write(&other, Small(12))
	if bytes.Equal(first.Bytes(), other.Bytes()) {
		t.Error("another seed gives the same archive")
	}
}

// TestParts holds that an archive in two parts has the crawls of one in one.
func TestParts(t *testing.T) {
	m := New(Small(2))
	split := m.Crawls()[len(m.Crawls())/2]
	dir, n := t.TempDir(), map[string]int{}
	for name, bounds := range map[string][2]time.Time{"whole": {}, "first": {1: split}, "second": {0: split}} {
		var b bytes.Buffer
		if err := m.WriteCrawls(&b, bounds[0], bounds[1]); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		for rec, err := range archive.Read(path) {
			if err != nil {
				t.Fatal(err)
			}
			if rec.Type == archive.Response && !strings.HasSuffix(rec.URL, "/robots.txt") {
				n[name]++
			}
		}
	}
	if n["first"] == 0 || n["second"] == 0 || n["first"]+n["second"] != n["whole"] {
		t.Errorf("captures: %v", n)
	}
}

func TestScale(t *testing.T) {
	for _, sightings := range []int{1000, 20_000, 200_000} {
		c := Default()
		c.Sightings = sightings
		m := New(c)
		if n := m.Planned(); n < sightings*9/10 || n > sightings*11/10 {
			t.Errorf("%d sightings asked for, %d planned", sightings, n)
		}
		of := map[string]int{}
		for _, s := range m.Sources() {
			of[s.Kind]++
			if !s.Simulated {
				t.Errorf("source %s does not say that it is simulated", s.Name)
			}
		}
		for _, kind := range []string{"twir", "rib", "hn", "reddit", "greenhouse", "ashby", "lever", "recruitee", "personio"} {
			if of[kind] == 0 {
				t.Errorf("a market of %d sightings has no %s", sightings, kind)
			}
		}
	}
	c := Default()
	c.Sightings = 1000
	if n := len(replayed(t, archived(t, New(c))).sightings); n < 900 || n > 1100 {
		t.Errorf("%d sightings read of a market of 1000", n)
	}
}

// TestTransport compares what the transport serves on a crawl's day with what the
// archive captured on it.
func TestTransport(t *testing.T) {
	m := New(hard(2000))
	n := 0
	for rec, err := range archive.Read(archived(t, m)) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; rec.Type != archive.Response || n%7 != 0 {
			continue
		}
		client := http.Client{Transport: m.Transport(rec.Date)}
		res, err := client.Get(rec.URL)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != rec.Status || !bytes.Equal(body, rec.Body) {
			t.Fatalf("%s on %s: status %d with %d bytes, archived: %d with %d", rec.URL, rec.Date, res.StatusCode, len(body), rec.Status, len(rec.Body))
		}
		if res.StatusCode != http.StatusOK {
			continue
		}
		req, _ := http.NewRequest(http.MethodGet, rec.URL, nil)
		req.Header.Set("If-None-Match", res.Header.Get("ETag"))
		if again, err := client.Do(req); err != nil || again.StatusCode != http.StatusNotModified {
			t.Errorf("%s asked again with its ETag: %v, %v", rec.URL, again, err)
		}
	}
}

func TestUnknownURLs(t *testing.T) {
	m := New(Small(1))
	client := http.Client{Transport: m.Transport(m.Config().To)}
	for _, u := range []string{
		"https://boards-api.greenhouse.io/v1/boards/nobody/jobs", "https://api.lever.co/v0/postings/", "https://elsewhere.example/",
		"https://hn.algolia.com/api/v1/items/1", "https://www.reddit.com/r/rust/comments/zz.json",
		"https://raw.githubusercontent.com/rust-lang/this-week-in-rust/main/content/1999-01-01-this-week-in-rust.md",
	} {
		res, err := client.Get(u)
		if err != nil || res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %v, %v, want 404", u, res, err)
		}
	}
}

func BenchmarkWriteArchive(b *testing.B) {
	c := Default()
	c.Sightings = 50_000
	m := New(c)
	var bytes countingWriter
	for b.Loop() {
		bytes = 0
		if err := m.WriteArchive(&bytes); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(m.Planned())*float64(b.N)/b.Elapsed().Seconds(), "sightings/s")
	b.ReportMetric(float64(bytes)/float64(m.Planned()), "B/sighting")
}

type countingWriter int64

func (w *countingWriter) Write(p []byte) (int, error) {
	*w += countingWriter(len(p))
	return len(p), nil
}

func BenchmarkSmallMarket(b *testing.B) {
	seed := uint64(0)
	for b.Loop() {
		seed++
		for range New(Small(seed)).Postings() {
		}
	}
}

func BenchmarkNew(b *testing.B) {
	c := Default()
	c.Sightings = 1_000_000
	for b.Loop() {
		New(c)
	}
}
