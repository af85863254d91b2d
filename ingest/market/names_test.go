package market

import (
	"encoding/csv"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobmarket/ingest/market/world"
	"jobmarket/warehouse/schema"
)

// TestHosts holds what an ad may point to: reserved names, and the wire formats'
// own hosts for boards that are unmistakably invented.
func TestHosts(t *testing.T) {
	m := New(Small(4))
	boards := []string{"boards.greenhouse.io", "jobs.ashbyhq.com", "jobs.lever.co"}
	for p := range m.Postings() {
		for _, link := range []string{p.Link, p.CompanyURL, p.URL} {
			u, err := url.Parse(link)
			if err != nil {
				t.Fatal(err)
			}
			own := strings.HasSuffix(u.Host, ".example") || slices.Contains(boards, u.Host) && strings.HasPrefix(u.Path, "/sim-") ||
				strings.HasPrefix(u.Host, "sim-") && (strings.HasSuffix(u.Host, ".recruitee.com") || strings.HasSuffix(u.Host, ".jobs.personio.de"))
			forum := u.Host == "news.ycombinator.com" && p.Source == "hn"
			if link != "" && !own && !forum {
				t.Errorf("%s %s points to %s", p.Source, p.Key, link)
			}
		}
	}
}

// TestNames compares the invented employers with those of the corpus.
func TestNames(t *testing.T) {
	real := map[string]bool{}
	for _, name := range []string{"company_domains.csv", "boards.csv"} {
		f, err := os.Open(filepath.Join(corpus(t), name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows := csv.NewReader(f)
		rows.FieldsPerRecord = -1
		for row, err := rows.Read(); err != io.EOF; row, err = rows.Read() {
			if err != nil {
				t.Fatal(err)
			}
			for _, cell := range row {
				real[strings.ToLower(cell)] = true
			}
		}
	}
	c := Default()
	c.Sightings, c.Rename, c.Agency = 200_000, 1, 0
	m := New(c)
	for i := range m.w.Employers {
		e := &m.w.Employers[i]
		for _, name := range []string{e.Name, e.Stem, e.NewName, e.Token} {
			if real[strings.ToLower(name)] || !strings.Contains(strings.ToLower(name), "sim") {
				t.Errorf("%q might be taken for an employer that exists", name)
			}
		}
	}
}

func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = "../../../shared/corpus"
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the corpus is not here; set JOBMARKET_CORPUS to compare with the names in it")
	}
	return dir
}

// TestClaim holds that the headline claim can be decided in the demo's market:
// true at crypto's height, false two years on.
func TestClaim(t *testing.T) {
	m := New(Default())
	best := func(stock map[string]int) (other int) {
		for d, n := range stock {
			if d != "crypto" && d != "other" {
				other = max(other, n)
			}
		}
		return other
	}
	high := m.Stock(world.Date(2022, 6, 21), schema.RoleCore)
	low := m.Stock(world.Date(2024, 6, 21), schema.RoleCore)
	if high["crypto"] < 2*best(high) {
		t.Errorf("at its height crypto is not plainly first: %v", high)
	}
	if low["crypto"] > best(low)*3/2 {
		t.Errorf("two years on crypto is still plainly first: %v", low)
	}
}
