package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"jobmarket/ingest"
	"jobmarket/ingest/market"
	"jobmarket/transform"
	"jobmarket/transform/identity"
	"jobmarket/warehouse"
	"jobmarket/warehouse/schema"
)

// simulated is a market with all that it plants: reposts, cross-posts, agencies,
// employers that change their name, crawls that fail.
func simulated(t *testing.T) *market.Market {
	t.Helper()
	c := market.Default()
	c.Sightings = *sightings
	if *seed > 0 {
		c.Seed = *seed
	}
	if testing.Short() {
		c.Sightings = 3_000
	}
	return market.New(c)
}

// sightings is small enough for every run of the tests; 49,000 hold 20,000 jobs:
//
//	go test -tags duckdb_arrow -timeout 30m -run TestJobsOfSimulatedMarket -v . -args -sightings 49000 -seed 2
var (
	sightings = flag.Int("sightings", 9_000, "sightings of the simulated market whose jobs are counted")
	seed      = flag.Uint64("seed", 0, "another simulated market; 0 for the usual one")
)

// recorder is a sink that keeps what it is sent.
type recorder struct {
	batches []schema.Batch
	past    *warehouse.Warehouse // knows the crawls before; nil: there were none
}

func (r *recorder) Yields(ctx context.Context, source string, before time.Time) ([]int, error) {
	if r.past == nil {
		return nil, nil
	}
	return r.past.Yields(ctx, source, before)
}

func (r *recorder) Load(_ context.Context, b schema.Batch) (schema.Loaded, error) {
	r.batches = append(r.batches, b)
	return schema.Loaded{}, nil
}

// replayed reads the market's crawls in [from, to) with the real collectors, beside
// what a warehouse knows of the crawls before.
func replayed(t *testing.T, m *market.Market, past *warehouse.Warehouse, from, to time.Time) []schema.Batch {
	t.Helper()
	path := filepath.Join(t.TempDir(), "market.warc.gz")
	writeArchive(t, path, func(w io.Writer) error { return m.WriteCrawls(w, from, to) })
	r := recorder{past: past}
	replay(t, path, m.Sources(), &r)
	return r.batches
}

func writeArchive(t *testing.T, path string, write func(io.Writer) error) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// replay reads an archive with the real collectors.
func replay(t *testing.T, path string, sources []schema.Source, sink interface {
	ingest.Sink
	Yields(ctx context.Context, source string, before time.Time) ([]int, error)
}) {
	t.Helper()
	_, err := ingest.Run(t.Context(), ingest.Options{
		Sources: sources, Replay: []string{path}, ArchiveDir: t.TempDir(), RunID: path, Now: time.Now,
		Simulated: invented(sources), UserAgent: "test", HTTP: ingest.DefaultHTTP,
		Yields: func(source string, before time.Time) ([]int, error) { return sink.Yields(t.Context(), source, before) },
	}, sink)
	if err != nil {
		t.Fatal(err)
	}
}

// invented says whether the sources are those of a simulated market.
func invented(sources []schema.Source) bool { return len(sources) > 0 && sources[0].Simulated }

// counting is an empty warehouse of the sources, with the classifier.
func counting(t *testing.T, sources []schema.Source) *Pipeline {
	t.Helper()
	judge, err := transform.New(transform.Options{Language: "rust"})
	if err != nil {
		t.Fatal(err)
	}
	house, err := warehouse.Open(t.Context(), t.TempDir(), warehouse.Options{Similar: identity.Similarity})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { house.Close() })
	p := &Pipeline{now: time.Now, judge: judge, house: house}
	if err := house.StartRun(t.Context(), schema.Run{ID: t.Name(), StartedAt: time.Now(), Simulated: invented(sources)}, sources); err != nil {
		t.Fatal(err)
	}
	return p
}

func load(t *testing.T, p *Pipeline, batches ...schema.Batch) {
	t.Helper()
	for _, b := range batches {
		if _, err := p.house.Load(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
}

func derive(t *testing.T, p *Pipeline) {
	t.Helper()
	if err := errors.Join(p.judgeStale(t.Context(), &Report{}), p.model(t.Context(), &Report{})); err != nil {
		t.Fatal(err)
	}
}

// shuffled cuts the batches into crawls, each with the contents that it sighted,
// and deals them at random into n batches.
func shuffled(batches []schema.Batch, n int, rng *rand.Rand) []schema.Batch {
	crawlOf, contents := map[string]string{}, map[string]schema.Posting{}
	crawls := map[string]*schema.Batch{}
	of := func(id string) *schema.Batch {
		if crawls[id] == nil {
			crawls[id] = &schema.Batch{}
		}
		return crawls[id]
	}
	for _, b := range batches {
		for _, c := range b.Crawls {
			of(c.ID).Crawls = append(of(c.ID).Crawls, c)
		}
		for _, p := range b.Pages {
			crawlOf[p.ID] = p.CrawlID
			of(p.CrawlID).Pages = append(of(p.CrawlID).Pages, p)
		}
		for _, p := range b.Postings {
			contents[p.ID+p.Digest] = p
		}
		of("").Sources = append(of("").Sources, b.Sources...)
		of("").Facts = append(of("").Facts, b.Facts...)
	}
	for _, b := range batches {
		for _, r := range b.Rejects {
			of(crawlOf[r.PageID]).Rejects = append(of(crawlOf[r.PageID]).Rejects, r)
		}
		for _, s := range b.Sightings {
			c := of(s.CrawlID)
			c.Sightings = append(c.Sightings, s)
			c.Postings = append(c.Postings, contents[s.PostingID+s.Digest])
		}
	}
	ids := make([]string, 0, len(crawls))
	for id := range crawls {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	out := make([]schema.Batch, n)
	for i, id := range ids {
		b, c := &out[i%n], crawls[id]
		b.ID, b.RunID = fmt.Sprint("shuffled ", i%n), "shuffled"
		b.Sources, b.Crawls, b.Pages = append(b.Sources, c.Sources...), append(b.Crawls, c.Crawls...), append(b.Pages, c.Pages...)
		b.Sightings, b.Postings = append(b.Sightings, c.Sightings...), append(b.Postings, c.Postings...)
		b.Rejects, b.Facts = append(b.Rejects, c.Rejects...), append(b.Facts, c.Facts...)
	}
	return out
}

// ad is a posting that is one by the truth, where the pipeline put it, and when
// it was first seen.
type ad struct {
	id, job string // posting and job, as found
	truth   schema.Truth
	reason  string
	first   time.Time
}

// ads are all that the warehouse holds of what the market planted as ads.
func ads(t *testing.T, p *Pipeline, m *market.Market) []ad {
	t.Helper()
	truth := map[string]schema.Truth{}
	for tr := range m.Truth() {
		truth[schema.ID(tr.Source, tr.Key)] = tr
	}
	rows, err := p.house.QueryContext(t.Context(), `
		SELECT p.posting_id, j.job_id, j.reason, p.first_seen
		FROM postings AS p JOIN job_postings AS j USING (posting_id) ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []ad
	known := 0
	for rows.Next() {
		var a ad
		if err := rows.Scan(&a.id, &a.job, &a.reason, &a.first); err != nil {
			t.Fatal(err)
		}
		tr, ok := truth[a.id]
		if !ok {
			t.Errorf("posting %s was read and not planted", a.id)
			continue
		}
		known++
		if a.truth = tr; tr.IsJob {
			out = append(out, a)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if known != len(truth) {
		t.Errorf("%d of %d planted postings were read", known, len(truth))
	}
	return out
}

// score compares found jobs with planted ones, by pairs of postings.
type score struct{ together, found, planted int }

func (s score) precision() float64 { return float64(s.together) / float64(s.found) }
func (s score) recall() float64    { return float64(s.together) / float64(s.planted) }

func pairsOf(ads []ad) (s score) {
	found, planted, both := map[string]int{}, map[string]int{}, map[[2]string]int{}
	for _, a := range ads {
		s.found, s.planted, s.together = s.found+found[a.job], s.planted+planted[a.truth.JobID], s.together+both[[2]string{a.job, a.truth.JobID}]
		found[a.job]++
		planted[a.truth.JobID]++
		both[[2]string{a.job, a.truth.JobID}]++
	}
	return s
}

// cell is a domain and a month.
type cell struct{ domain, month string }

// newJobs counts jobs by the month in which they were first seen and by their
// true domain, so that what the classifier takes them for plays no part; once by
// the jobs found and once by those planted.
func newJobs(ads []ad) (found, planted map[cell]int) {
	count := func(job func(ad) string) map[cell]int {
		first := map[string]ad{}
		for _, a := range ads {
			if b, ok := first[job(a)]; !ok || a.first.Before(b.first) {
				first[job(a)] = a
			}
		}
		out := map[cell]int{}
		for _, a := range first {
			out[cell{a.truth.Domain, a.first.Format("2006-01")}]++
		}
		return out
	}
	return count(func(a ad) string { return a.job }), count(func(a ad) string { return a.truth.JobID })
}

// atMost is the share by which a count of jobs may be off: of every domain, of every
// month, and of every month of a domain with fifty jobs, below which a single one is
// more.
const atMost = 0.02

// part is one row of the table: a domain, a month or both.
type part struct {
	name            string
	planted, found  int
	worst           cell // the month or the domain that is off by most jobs
	wanted, counted int  // there
}

func (p part) share() float64 { return float64(p.found-p.planted) / float64(max(p.planted, 1)) }

func (p part) String() string {
	return fmt.Sprintf("%-10s %8d %8d %+7.2f%%   %s %s %d/%d", p.name, p.planted, p.found, 100*p.share(), p.worst.domain, p.worst.month, p.counted, p.wanted)
}

// parts adds up the cells that have one name.
func parts(found, planted map[cell]int, name func(cell) string) (out []part) {
	at := map[string]int{}
	for _, c := range cells(found, planted) {
		i, ok := at[name(c)]
		if !ok {
			i, at[name(c)] = len(out), len(out)
			out = append(out, part{name: name(c)})
		}
		p := &out[i]
		p.planted, p.found = p.planted+planted[c], p.found+found[c]
		if ok && max(found[c]-planted[c], planted[c]-found[c]) <= max(p.counted-p.wanted, p.wanted-p.counted) {
			continue
		}
		p.worst, p.wanted, p.counted = c, planted[c], found[c]
	}
	slices.SortFunc(out, func(a, b part) int { return cmp.Compare(a.name, b.name) })
	return out
}

// judgeCount holds what was found against the truth and prints the table.
func judgeCount(t *testing.T, ads []ad) {
	t.Helper()
	s := pairsOf(ads)
	found, planted := newJobs(ads)
	var table strings.Builder
	fmt.Fprintf(&table, "%d ads; pairs: %d planted, %d found, %d both: precision %.4f, recall %.4f\n", len(ads), s.planted, s.found, s.together, s.precision(), s.recall())
	fmt.Fprintf(&table, "%-10s %8s %8s %8s   %s\n", "", "planted", "found", "off", "worst within")
	for _, name := range []func(cell) string{
		func(cell) string { return "all" }, func(c cell) string { return c.domain }, func(c cell) string { return c.month },
	} {
		for _, p := range parts(found, planted, name) {
			fmt.Fprintln(&table, p)
			if math.Abs(p.share()) > atMost && p.planted >= 50 {
				t.Errorf("%s: %d jobs found, %d planted: off by %.2f %%", p.name, p.found, p.planted, 100*p.share())
			}
		}
	}
	large, awry := 0, 0
	for _, p := range parts(found, planted, func(c cell) string { return c.domain + " " + c.month }) {
		if p.planted < 50 {
			continue
		}
		large++
		if math.Abs(p.share()) > atMost {
			awry++
			t.Errorf("%s: %d jobs found, %d planted: off by %.2f %%", p.name, p.found, p.planted, 100*p.share())
		}
	}
	fmt.Fprintf(&table, "months of a domain with 50 jobs or more: %d, of which off by more than 2 %%: %d\n", large, awry)
	t.Log("\n" + table.String())
	if s.precision() < 0.99 {
		t.Errorf("pair precision %.4f, want at least 0.99", s.precision())
	}
	if s.recall() < 0.95 {
		t.Errorf("pair recall %.4f, want at least 0.95", s.recall())
	}
}

func cells(counts ...map[cell]int) []cell {
	all := map[cell]bool{}
	for _, c := range counts {
		for k := range c {
			all[k] = true
		}
	}
	out := make([]cell, 0, len(all))
	for k := range all {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b cell) int { return cmp.Or(cmp.Compare(a.domain, b.domain), cmp.Compare(a.month, b.month)) })
	return out
}

// TestJobsOfSimulatedMarket counts the jobs of a market whose truth is known: in
// one run, with its crawls in a random order, and in one run after the other.
func TestJobsOfSimulatedMarket(t *testing.T) {
	m := simulated(t)
	batches := replayed(t, m, nil, time.Time{}, time.Time{})
	one := counting(t, m.Sources())
	load(t, one, batches...)
	derive(t, one)
	judgeCount(t, ads(t, one, m))
	want := digests(t, one)

	t.Run("shuffled", func(t *testing.T) {
		p := counting(t, m.Sources())
		for i, b := range shuffled(batches, 8, rand.New(rand.NewPCG(5, 6))) {
			load(t, p, b)
			if i%3 == 0 { // modelled before it is judged, and again after
				if err := p.model(t.Context(), &Report{}); err != nil {
					t.Fatal(err)
				}
			}
		}
		derive(t, p)
		if diff := gocmp.Diff(want, digests(t, p)); diff != "" {
			t.Errorf("crawls in another order make other rows:\n%s", diff)
		}
	})

	t.Run("by parts", func(t *testing.T) {
		p, crawls := counting(t, m.Sources()), m.Crawls()
		const parts = 4
		for i := range parts {
			var from, to time.Time
			if i > 0 {
				from = crawls[i*len(crawls)/parts]
			}
			if i < parts-1 {
				to = crawls[(i+1)*len(crawls)/parts]
			}
			load(t, p, replayed(t, m, p.house, from, to)...)
			derive(t, p)
		}
		judgeCount(t, ads(t, p, m))
		// What was newest once was judged once, so that there are more labels; a
		// part's newsletters link to pages of the part before.
		if diff := gocmp.Diff(derived(want), derived(digests(t, p))); diff != "" {
			t.Errorf("a part after the other makes other rows:\n%s", diff)
		}
	})
}

func digests(t *testing.T, p *Pipeline) []string {
	t.Helper()
	lines, err := p.house.Digests(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// derived are the lines of the tables that the models make.
func derived(digests []string) []string {
	at := slices.IndexFunc(digests, func(line string) bool { return strings.HasPrefix(line, "current ") })
	return digests[at:]
}
