package warehouse

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"jobmarket/warehouse/schema"
)

// scenario is a small market written by hand: what was seen when, and what it
// says. The files under testdata/models are of this form:
//
//	-- sources --
//	acme feed                      name, mode, and for periodicals the lifetime
//	news periodical 30
//	-- postings --
//	acme/1 employer=acme title=rust_engineer place=berlin text=a
//	-- seen --
//	2024-01-01 acme 1 2            a complete crawl, or a printed page
//	2024-01-08 acme! 1             an incomplete crawl
//	2024-01-15 acme=               a crawl whose page was unchanged
//
// A posting's text stands for a text: equal letters are equal texts, and texts
// with one first letter are alike ("a1" and "a2" have similarity 0.9).
type scenario struct {
	batches []schema.Batch
	labels  []schema.Label
	feats   []schema.Feature
	names   map[string]string // posting id -> name in the file
}

func readScenario(t testing.TB, ar *txtar.Archive) *scenario {
	t.Helper()
	s := &scenario{names: map[string]string{}}
	sources := map[string]schema.Source{}
	postings := map[string]schema.Posting{}
	for _, line := range lines(section(ar, "sources")) {
		f := strings.Fields(line)
		src := schema.Source{Name: f[0], Kind: "kind", Mode: schema.Mode(f[1]), Configured: true}
		if src.Mode == schema.Feed {
			src.Board = f[0]
		}
		if len(f) > 2 {
			src.LifetimeDays, _ = strconv.Atoi(f[2])
		}
		sources[f[0]] = src
	}
	for _, line := range lines(section(ar, "postings")) {
		f := strings.Fields(line)
		source, key, _ := strings.Cut(f[0], "/")
		p := schema.Posting{Source: source, Key: key}
		feat := schema.Feature{Version: "i1"}
		label := schema.Label{Version: "c1", LabelledAt: clock, IsJob: true, Domain: "crypto", Probabilities: [9]float64{0: 1}}
		for _, field := range f[1:] {
			name, value, _ := strings.Cut(field, "=")
			value = strings.ReplaceAll(value, "_", " ")
			switch name {
			case "employer":
				p.Company, feat.EmployerKey = value, strings.ToLower(value)
			case "host":
				feat.EmployerHost = value
			case "site": // a host that the ad states
				p.CompanyURL, feat.EmployerHost = "https://"+value, value
			case "title":
				p.Title, feat.TitleKey = value, value
			case "named":
				feat.TitlePlaceKey = value
			case "author":
				p.Author = value
			case "place":
				p.Location, feat.PlaceKey = value, strings.ReplaceAll(value, ",", "; ")
			case "link":
				feat.LinkKey = value
			case "url":
				feat.URLKey = value
			case "opening":
				feat.OpeningKey = value
			case "text":
				p.Text, feat.TextHash, feat.Band3 = value, value, int64(value[0])
			case "agency":
				label.Agency = true
			case "notjob":
				label.IsJob = false
			case "domain":
				label.Domain = value
			default:
				t.Fatalf("unknown field %q", field)
			}
		}
		p.Seal()
		feat.PostingID, feat.Digest, label.PostingID, label.Digest = p.ID, p.Digest, p.ID, p.Digest
		postings[f[0]] = p
		s.names[p.ID] = f[0]
		s.labels, s.feats = append(s.labels, label), append(s.feats, feat)
	}
	for _, line := range lines(section(ar, "seen")) {
		s.batches = append(s.batches, seen(t, sources, postings, strings.Fields(line)))
	}
	return s
}

// seen makes the batch of one line of the section "seen".
func seen(t testing.TB, sources map[string]schema.Source, postings map[string]schema.Posting, f []string) schema.Batch {
	t.Helper()
	at, err := time.Parse("2006-01-02", f[0])
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimRight(f[1], "!=")
	complete, outcome := !strings.HasSuffix(f[1], "!"), schema.Fetched
	if strings.HasSuffix(f[1], "=") {
		outcome = schema.Unchanged
	}
	src, ok := sources[name]
	if !ok {
		t.Fatalf("unknown source %q", name)
	}
	crawl := schema.Crawl{ID: schema.CrawlID(name, at), Source: name, StartedAt: at, FinishedAt: at, Complete: complete, Outcome: "ok"}
	if !complete {
		crawl.Outcome = "partial"
	}
	page := schema.Page{ID: schema.PageID(name, "u", at), CrawlID: crawl.ID, Source: name, URL: "u", FetchedAt: at, Status: 200, Outcome: outcome, ParserVersion: 1}
	b := schema.Batch{ID: crawl.ID, Sources: []schema.Source{src}, Crawls: []schema.Crawl{crawl}, Pages: []schema.Page{page}}
	for i, key := range f[2:] {
		p, ok := postings[name+"/"+key]
		if !ok {
			t.Fatalf("unknown posting %s/%s", name, key)
		}
		p.SeenAt = at
		b.Postings = append(b.Postings, p)
		b.Sightings = append(b.Sightings, schema.Sighting{ID: schema.SightingID(&p, at), PostingID: p.ID, Source: name,
			SeenAt: at, FetchedAt: at, PageID: page.ID, CrawlID: crawl.ID, Digest: p.Digest, Ordinal: int32(i)})
	}
	return b
}

func section(ar *txtar.Archive, name string) string {
	for _, f := range ar.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// alike is the similarity of the scenarios' texts.
func alike(a, b string) float64 {
	switch {
	case a == b:
		return 1
	case a[0] == b[0]:
		return 0.9
	}
	return 0
}

func (s *scenario) open(t testing.TB) *Warehouse {
	t.Helper()
	o := options()
	o.Similar = alike
	w, err := Open(context.Background(), t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// judge loads the labels and features of what is stale.
func (s *scenario) judge(t testing.TB, w *Warehouse) {
	t.Helper()
	ctx := context.Background()
	err := w.Stale(ctx, Versions{"c1", "i1"}, func(ps []schema.Posting) error {
		var labels []schema.Label
		var feats []schema.Feature
		for _, p := range ps {
			for i := range s.labels {
				if s.labels[i].PostingID == p.ID {
					labels, feats = append(labels, s.labels[i]), append(feats, s.feats[i])
				}
			}
		}
		return w.LoadJudgements(ctx, labels, nil, feats)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *scenario) model(t testing.TB, w *Warehouse) {
	t.Helper()
	s.judge(t, w)
	if err := w.Model(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// named replaces posting ids by their names in the file.
func (s *scenario) named(text string) string {
	for id, name := range s.names {
		text = strings.ReplaceAll(text, id, name)
	}
	return text
}

// wants are the queries whose results the scenario files hold.
var wants = map[string]string{
	"spells":    `SELECT posting_id, spell, open_from, open_to, closed_after, closed_by, censored FROM openings`,
	"jobs":      `SELECT job_id, string_agg(posting_id || ':' || reason, ' ' ORDER BY posting_id) FROM job_postings GROUP BY job_id`,
	"sums":      `SELECT job_id, employer_id, domain, agency, postings, sightings, sources, places FROM jobs`,
	"employers": `SELECT employer_id, employer, aliases, host FROM employers`,
	"joins":     `SELECT employer_id, rule, what, key_one, host_one, key_two, host_two, posting_id FROM store.employer_joins`,
	"marks":     `SELECT day, source, kind, text FROM marks`,
}

func TestModels(t *testing.T) {
	files, err := filepath.Glob("testdata/models/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := readScenario(t, ar)
			w := s.open(t)
			for _, b := range s.batches {
				mustLoad(t, w, b)
			}
			s.model(t, w)
			s.compare(t, w, ar, file)

			// The same when every crawl is modelled as it comes, when they come last
			// first, and when everything comes twice.
			want, err := w.Digests(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			n := len(s.batches)
			for name, order := range map[string][]int{"step by step": upTo(n), "last first": backwards(n), "twice": oddFirst(n)} {
				w := s.open(t)
				for at, i := range order {
					mustLoad(t, w, s.batches[i])
					if name == "step by step" || at == n/2 || at == len(order)-1 {
						s.model(t, w)
					}
				}
				got, err := w.Digests(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				for i := range want {
					if got[i] != want[i] {
						table, _, _ := strings.Cut(want[i], " ")
						t.Errorf("%s: table %s differs:\n%s\n%s\nwant\n%s", name, table, got[i],
							s.named(query(t, w, "FROM store."+table+" ORDER BY ALL")), want[i])
					}
				}
			}
		})
	}
}

func (s *scenario) compare(t *testing.T, w *Warehouse, ar *txtar.Archive, file string) {
	t.Helper()
	changed := false
	for i, f := range ar.Files {
		q, ok := wants[f.Name]
		if !ok {
			continue
		}
		got := sorted(s.named(query(t, w, q)))
		if want := strings.TrimSpace(string(f.Data)); got != want {
			if os.Getenv("UPDATE") != "" {
				ar.Files[i].Data, changed = []byte(got+"\n"), true
				continue
			}
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, want)
		}
	}
	if changed {
		if err := os.WriteFile(file, txtar.Format(ar), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func sorted(s string) string {
	l := lines(s)
	for i := range l {
		for j := i; j > 0 && l[j] < l[j-1]; j-- {
			l[j], l[j-1] = l[j-1], l[j]
		}
	}
	return strings.Join(l, "\n")
}

func upTo(n int) (order []int) {
	for i := range n {
		order = append(order, i)
	}
	return order
}

func backwards(n int) (order []int) {
	for i := range n {
		order = append(order, n-1-i)
	}
	return order
}

func oddFirst(n int) (order []int) {
	for i := 1; i < n; i += 2 {
		order = append(order, i)
	}
	for i := 0; i < n; i += 2 {
		order = append(order, i, i)
	}
	return order
}
