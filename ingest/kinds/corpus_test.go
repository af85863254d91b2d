package kinds_test

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// corpus is the folder of real pages; without it the test is skipped.
func corpus(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(filepath.Join(dir, "twir.warc.gz")); err != nil {
		t.Skip("the corpus of real pages is not here; set JOBMARKET_CORPUS to its folder")
	}
	return dir
}

// reading is all that was read of one source kind in the corpus.
type reading struct {
	pages     int
	postings  []schema.Posting
	rejects   []schema.Reject
	facts     []schema.Fact
	failed    []string
	linked    map[string]bool // pages that others link to
	seen      map[string]bool // pages that are there
	truncated int
}

// readCorpus parses every recognised page of the archives.
func readCorpus(t testing.TB, files ...string) map[string]*reading {
	t.Helper()
	dir := corpus(t)
	out := map[string]*reading{}
	for _, file := range files {
		for rec, err := range archive.Read(filepath.Join(dir, file)) {
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			u, err := url.Parse(rec.URL)
			if err != nil || strings.HasSuffix(u.Path, "/robots.txt") {
				continue
			}
			at, ok := kinds.Recognise(u)
			if !ok {
				t.Errorf("%s: no kind recognises %s", file, rec.URL)
				continue
			}
			k, _ := kinds.ByName(at.Source.Kind)
			r := out[k.Name]
			if r == nil {
				r = &reading{linked: map[string]bool{}, seen: map[string]bool{}}
				out[k.Name] = r
			}
			if at.Start && !slices.Contains(k.Start(at.Source), rec.URL) && !strings.Contains(rec.URL, "greenhouse") {
				t.Errorf("%s: the start URL of %s differs: %v", rec.URL, at.Source.Name, k.Start(at.Source))
			}
			r.read(k, kinds.Page{
				URL: rec.URL, FetchedAt: rec.Date, Status: rec.Status, Header: rec.Header, Body: rec.Body, Source: at.Source,
			})
		}
	}
	return out
}

func (r *reading) read(k kinds.Kind, p kinds.Page) {
	r.pages++
	r.seen[p.URL] = true
	parsed, err := k.Parse(p)
	if err != nil {
		r.failed = append(r.failed, p.URL+": "+err.Error())
		return
	}
	r.postings = append(r.postings, parsed.Postings...)
	r.rejects = append(r.rejects, parsed.Rejects...)
	r.facts = append(r.facts, parsed.Facts...)
	for _, l := range parsed.Links {
		r.linked[l] = true
	}
	if !parsed.Complete {
		r.truncated++
	}
}

// TestCorpus reads all real pages and compares with what an independent reading
// found in them.
func TestCorpus(t *testing.T) {
	all := readCorpus(t, "twir.warc.gz", "rib.warc.gz", "hn.warc.gz", "ashby.warc.gz", "greenhouse.warc.gz",
		"greenhouse_history.warc.gz", "reddit.warc.gz")
	// The independent reading of the two newsletters has "about" 1,003 and 259.
	wanted := map[string]struct{ postings, tolerance int }{
		"twir":       {1008, 0},
		"rib":        {260, 0},
		"hn":         {28145, 0},
		"ashby":      {1669, 0},
		"greenhouse": {16179 + 171, 0},
		"reddit":     {12 + 22, 0},
	}
	for name, want := range wanted {
		r := all[name]
		if r == nil {
			t.Errorf("%s: no pages", name)
			continue
		}
		if d := len(r.postings) - want.postings; d > want.tolerance || -d > want.tolerance {
			t.Errorf("%s: %d postings, want %d ± %d", name, len(r.postings), want.postings, want.tolerance)
		}
		for _, f := range r.failed {
			t.Errorf("%s: %s", name, f)
		}
		for _, x := range r.rejects {
			t.Logf("%s: reject at %s: %s (%s)", name, x.Place, x.Reason, x.Excerpt)
		}
		if r.truncated > 0 {
			t.Errorf("%s: %d pages were not read to their end", name, r.truncated)
		}
		missing := 0
		for l := range r.linked {
			if !r.seen[l] {
				missing++
			}
		}
		t.Logf("%s: %d pages, %d postings, %d rejects, %d links, %d of them not in the archive",
			name, r.pages, len(r.postings), len(r.rejects), len(r.linked), missing)
	}
	checkYears(t, all["twir"].postings)
	distinct := map[string]bool{}
	for _, p := range all["greenhouse"].postings {
		distinct[p.Source+"/"+p.Key] = true
	}
	if len(distinct) != 3372 {
		t.Errorf("greenhouse: %d distinct postings, want 3372", len(distinct))
	}
}

// checkYears compares the entries of This Week in Rust by year.
func checkYears(t *testing.T, postings []schema.Posting) {
	t.Helper()
	byYear := map[int]int{}
	for _, p := range postings {
		byYear[p.SeenAt.Year()]++
	}
	// Where we differ from the independent reading: entries that only link a page
	// of many jobs or a thread (2017: 2, 2019: 1, 2020: 3) are postings here, for a
	// parser judges nothing; and a bullet below a bullet (2021: 1) is part of it.
	for year, want := range map[int]int{
		2015: 29, 2016: 52, 2017: 66 + 2, 2018: 71, 2019: 111 + 1, 2020: 127 + 3, 2021: 345 - 1, 2022: 202,
	} {
		if byYear[year] != want {
			t.Errorf("twir %d: %d entries, want %d", year, byYear[year], want)
		}
	}
}
