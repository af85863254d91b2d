package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"jobmarket/warehouse/schema"
)

var clock = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func options() Options {
	o := DefaultOptions
	o.Now = func() time.Time { return clock }
	return o
}

func open(t testing.TB, dir string) *Warehouse {
	t.Helper()
	w, err := Open(context.Background(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

type querier interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
}

// query gives a query's rows as text: a line a row, columns by "|".
func query(t testing.TB, q querier, text string, args ...any) string {
	t.Helper()
	rows, err := q.QueryContext(context.Background(), text, args...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		values := make([]any, len(cols))
		at := make([]any, len(cols))
		for i := range values {
			at[i] = &values[i]
		}
		if err := rows.Scan(at...); err != nil {
			t.Fatal(err)
		}
		cells := make([]string, len(values))
		for i, v := range values {
			switch v := v.(type) {
			case nil:
				cells[i] = "-"
			case time.Time:
				cells[i] = strings.TrimSuffix(v.Format("2006-01-02 15:04"), " 00:00")
			default:
				cells[i] = fmt.Sprint(v)
			}
		}
		lines = append(lines, strings.Join(cells, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// feed is a small batch: one complete crawl of a board with n postings.
func feed(source string, at time.Time, n int) schema.Batch {
	crawl := schema.CrawlID(source, at)
	page := schema.PageID(source, "https://boards.example/"+source, at)
	b := schema.Batch{
		ID:      crawl,
		Sources: []schema.Source{{Name: source, Kind: "greenhouse", Mode: schema.Feed, Board: source}},
		Crawls:  []schema.Crawl{{ID: crawl, Source: source, StartedAt: at, FinishedAt: at, Complete: true, Pages: 1, Sightings: int32(n), Outcome: "ok"}},
		Pages: []schema.Page{{ID: page, CrawlID: crawl, Source: source, URL: "https://boards.example/" + source, FetchedAt: at, Status: 200,
			Outcome: schema.Fetched, Archive: "a.warc.gz", ArchiveOffset: 12, Kind: "greenhouse", ParserVersion: 1, Postings: int32(n), Complete: true}},
	}
	for i := range n {
		p := schema.Posting{Source: source, Key: fmt.Sprint(i), Title: fmt.Sprint("Engineer ", i), Company: "Acme", Text: "Rust at Acme"}
		p.Seal()
		p.SeenAt = at
		b.Postings = append(b.Postings, p)
		b.Sightings = append(b.Sightings, schema.Sighting{ID: schema.SightingID(&p, at), PostingID: p.ID, Source: source, SeenAt: at,
			FetchedAt: at, PageID: page, CrawlID: crawl, Digest: p.Digest, Ordinal: int32(i)})
	}
	return b
}

func mustLoad(t testing.TB, w *Warehouse, b schema.Batch) schema.Loaded {
	t.Helper()
	l, err := w.Load(context.Background(), b)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLoadTwice(t *testing.T) {
	w := open(t, t.TempDir())
	b := feed("acme", clock, 3)
	if l := mustLoad(t, w, b); l.Rows != 8 || l.NewPostings["acme"] != 3 {
		t.Errorf("first load: %+v, want 8 rows and 3 new postings", l)
	}
	if l := mustLoad(t, w, b); l.Rows != 0 || l.NewPostings["acme"] != 0 {
		t.Errorf("second load: %+v, want nothing", l)
	}
	b.Sightings = append(b.Sightings, b.Sightings...)
	b.Postings = append(b.Postings, feed("acme", clock, 4).Postings...)
	if l := mustLoad(t, w, b); l.Rows != 1 || l.NewPostings["acme"] != 1 {
		t.Errorf("repeats inside a batch: %+v, want one new posting", l)
	}
	if got := query(t, w, "SELECT view_name FROM duckdb_views() WHERE view_name LIKE 'arriving%'"); got != "" {
		t.Errorf("a load leaves views behind: %s", got)
	}
}

// A batch of which a half is known adds the other half, each row whole.
func TestLoadPartlyKnown(t *testing.T) {
	w, whole := open(t, t.TempDir()), open(t, t.TempDir())
	mustLoad(t, w, feed("acme", clock, 2500))
	if l := mustLoad(t, w, feed("acme", clock, 6000)); l.NewPostings["acme"] != 3500 {
		t.Errorf("%d new postings, want 3500", l.NewPostings["acme"])
	}
	mustLoad(t, whole, feed("acme", clock, 6000))
	for _, table := range []string{"store.postings", "sightings"} {
		const sum = "SELECT count(*), sum(hash(t)::HUGEINT) FROM %s AS t"
		if got, want := query(t, w, fmt.Sprintf(sum, table)), query(t, whole, fmt.Sprintf(sum, table)); got != want {
			t.Errorf("%s: %s, want %s", table, got, want)
		}
	}
}

// An issue that is read again keeps its first reading, whichever comes first.
func TestEarliestReadingStays(t *testing.T) {
	early, late := feed("acme", clock, 1), feed("acme", clock, 1)
	for i := range late.Sightings {
		late.Sightings[i].FetchedAt = clock.AddDate(0, 0, 7)
		late.Sightings[i].PageID = "later"
		late.Postings[i].SeenAt = clock.AddDate(0, 0, 7)
	}
	for name, order := range map[string][]schema.Batch{"early first": {early, late}, "late first": {late, early}} {
		w := open(t, t.TempDir())
		for _, b := range order {
			mustLoad(t, w, b)
		}
		if got := query(t, w, "SELECT count(*), min(fetched_at), (SELECT min(seen_at) FROM store.postings) FROM store.sightings"); got != "1|2026-03-01 12:00|2026-03-01 12:00" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// A newer parser's reading of a page takes the place of an older one's.
func TestReread(t *testing.T) {
	w := open(t, t.TempDir())
	mustLoad(t, w, feed("acme", clock, 3))
	newer := feed("acme", clock, 2)
	newer.Pages[0].ParserVersion = 2
	mustLoad(t, w, newer)
	if got := query(t, w, "SELECT (SELECT count(*) FROM sightings), (SELECT parser_version FROM pages)"); got != "2|2" {
		t.Errorf("sightings and parser version: %s, want 2|2", got)
	}
}

// A page that the same parser reads again under another configuration, which names
// another employer, gives its ads other contents and is no second sighting. What the
// new reading leaves out, as --since does, stays.
func TestRewritten(t *testing.T) {
	w := open(t, t.TempDir())
	mustLoad(t, w, feed("acme", clock, 3))
	again := feed("acme", clock, 2)
	for i := range again.Postings {
		p := &again.Postings[i]
		p.Company = "Acme Labs"
		p.Seal()
		again.Sightings[i].ID, again.Sightings[i].Digest = schema.SightingID(p, clock), p.Digest
	}
	mustLoad(t, w, again)
	if err := w.Model(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := query(t, w, "SELECT company, count(*), sum(sightings) FROM postings GROUP BY company ORDER BY company"); got != "Acme|1|1\nAcme Labs|2|2" {
		t.Errorf("postings and sightings by company:\n%s", got)
	}
}

// What lacks a label or a feature of the versions in use is stale; a new version of
// either is a mark.
func TestStale(t *testing.T) {
	ctx := context.Background()
	o, hours := options(), 0
	o.Now = func() time.Time { hours++; return clock.Add(time.Duration(hours) * time.Hour) }
	w, err := Open(ctx, t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	mustLoad(t, w, feed("acme", clock, 3))
	judge := func(v Versions) (n int) {
		t.Helper()
		err := w.Stale(ctx, v, func(ps []schema.Posting) error {
			n += len(ps)
			var labels []schema.Label
			var features []schema.Feature
			for _, p := range ps {
				labels = append(labels, schema.Label{PostingID: p.ID, Digest: p.Digest, Version: v.Labels, LabelledAt: clock, IsJob: true, Domain: "web", Reasons: "[]"})
				features = append(features, schema.Feature{PostingID: p.ID, Digest: p.Digest, Version: v.Features, TitleKey: "engineer"})
			}
			return w.LoadJudgements(ctx, labels, nil, features)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i, c := range []struct {
		v    Versions
		want int
	}{
		{Versions{"c1", "i1"}, 3}, {Versions{"c1", "i1"}, 0}, {Versions{"c1", "i2"}, 3}, {Versions{"c1", "i2"}, 0},
		{Versions{"c2", "i2"}, 3}, {Versions{"c1", "i2"}, 0}, {Versions{"c1", "i1"}, 3},
	} {
		if got := judge(c.v); got != c.want {
			t.Errorf("step %d: %d postings are stale for %v, want %d", i, got, c.v, c.want)
		}
	}
	if got := query(t, w, "SELECT count(*), count(DISTINCT posting_id), min(version), max(version) FROM store.features"); got != "3|3|i1|i1" {
		t.Errorf("features: %s", got)
	}
	if err := w.Model(ctx); err != nil {
		t.Fatal(err)
	}
	if got := query(t, w, "SELECT kind, count(*) FROM marks WHERE kind IN ('classifier', 'identity') GROUP BY kind ORDER BY kind"); got != "classifier|2\nidentity|2" {
		t.Errorf("marks:\n%s", got)
	}
}

func TestMixed(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	w := open(t, dir)
	if err := w.StartRun(ctx, schema.Run{ID: "r", StartedAt: clock, Simulated: true}, nil); err != nil {
		t.Fatal(err)
	}
	before := query(t, w, "SELECT count(*) FROM runs")
	if _, err := w.Load(ctx, feed("acme", clock, 1)); !errors.Is(err, ErrMixed) {
		t.Errorf("loading real rows among simulated ones: %v", err)
	}
	if err := w.StartRun(ctx, schema.Run{ID: "s", StartedAt: clock}, nil); !errors.Is(err, ErrMixed) {
		t.Errorf("starting a real run: %v", err)
	}
	if got := query(t, w, "SELECT count(*) FROM runs"); got != before || query(t, w, "SELECT count(*) FROM store.postings") != "0" {
		t.Error("what was refused left rows")
	}
	if !w.Simulated() {
		t.Error("the folder does not say that it is simulated")
	}
}

func TestRuns(t *testing.T) {
	ctx := context.Background()
	w := open(t, t.TempDir())
	src := []schema.Source{{Name: "acme", Kind: "greenhouse", Mode: schema.Feed, Configured: true}}
	if err := w.StartRun(ctx, schema.Run{ID: "killed", StartedAt: clock}, src); err != nil {
		t.Fatal(err)
	}
	if err := w.StartRun(ctx, schema.Run{ID: "next", StartedAt: clock}, src); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		err := w.FinishRun(ctx, schema.Run{ID: "next", StartedAt: clock, FinishedAt: clock, Outcome: "ok"}, []schema.Tally{{Source: "acme", Pages: 3, Outcome: "ok"}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := query(t, w, "SELECT run_id, outcome FROM runs ORDER BY run_id"); got != "killed|stopped\nnext|ok" {
		t.Errorf("runs: %s", got)
	}
	if got := query(t, w, "SELECT run_id, source, pages FROM run_sources"); got != "next|acme|3" {
		t.Errorf("tallies: %s", got)
	}
	// What a replay guesses does not overrule what is configured.
	mustLoad(t, w, schema.Batch{Sources: []schema.Source{{Name: "acme", Kind: "other", Mode: schema.Periodical}}})
	if got := query(t, w, "SELECT kind, mode, configured FROM sources"); got != "greenhouse|feed|true" {
		t.Errorf("source: %s", got)
	}
}

func TestTwoWriters(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir)
	if _, err := Open(context.Background(), dir, options()); !errors.Is(err, ErrLocked) {
		t.Errorf("a second writer: %v, want ErrLocked", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}

// The process is killed between two transactions, or inside one: what was
// committed is there, the rest is not, and loading again gives the same.
func TestKilled(t *testing.T) {
	if dir := os.Getenv("JOBMARKET_TEST_KILL"); dir != "" {
		w, err := Open(context.Background(), dir, options())
		if err != nil {
			t.Fatal(err)
		}
		mustLoad(t, w, feed("acme", clock, 50))
		w.conn.ExecContext(context.Background(), "BEGIN; INSERT INTO store.sightings SELECT * FROM store.sightings")
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	dir := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	child.Env = append(os.Environ(), "JOBMARKET_TEST_KILL="+dir)
	if err := child.Run(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the child was not killed: %v", err)
	}
	w := open(t, dir)
	if got := query(t, w, "SELECT count(*) FROM sightings"); got != "50" {
		t.Errorf("%s sightings after the kill, want 50", got)
	}
	mustLoad(t, w, feed("acme", clock, 50))
	whole := open(t, t.TempDir())
	mustLoad(t, whole, feed("acme", clock, 50))
	got, _ := w.Digest(context.Background())
	want, _ := whole.Digest(context.Background())
	if got != want || got == "" {
		t.Errorf("digest %s, want %s", got, want)
	}
}

func TestSnapshot(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if _, err := OpenSnapshot(ctx, dir, options()); !errors.Is(err, ErrNoSnapshot) {
		t.Errorf("before the first publishing: %v", err)
	}
	w := open(t, dir)
	publish := func(n int) *Snapshot {
		mustLoad(t, w, feed("acme", clock.AddDate(0, 0, n), n))
		if err := w.Model(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Publish(ctx); err != nil {
			t.Fatal(err)
		}
		s, err := OpenSnapshot(ctx, dir, options())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	old := publish(2)
	fresh := publish(5)
	const count = "SELECT count(*) FROM postings"
	if a, b := query(t, old, count), query(t, fresh, count); a != "2" || b != "5" {
		t.Errorf("the old snapshot has %s postings and the new %s, want 2 and 5", a, b)
	}
	for _, forbidden := range []string{
		"COPY postings TO '/tmp/out.csv'", "SELECT * FROM read_text('/etc/passwd')", "SET memory_limit = '100GB'",
		"SET enable_external_access = true", "ATTACH '/tmp/other.duckdb'", "DELETE FROM store.postings", "CREATE TABLE t AS SELECT 1",
		"SELECT * FROM '/etc/passwd'", "INSTALL httpfs",
	} {
		rows, err := fresh.QueryContext(ctx, forbidden)
		if err == nil {
			for rows.Next() {
			}
			err = rows.Err()
			rows.Close()
		}
		if err == nil {
			t.Errorf("the snapshot lets through: %s", forbidden)
		}
	}
	if got := query(t, fresh, `SELECT table_name || '.' || column_name FROM duckdb_columns()
		WHERE database_name = 'snapshot' AND schema_name = 'main' AND comment IS NULL`); got != "" {
		t.Errorf("columns without a comment:\n%s", got)
	}
	if got := query(t, fresh, "SELECT view_name FROM duckdb_views() WHERE database_name = 'snapshot' AND schema_name = 'main' AND NOT internal AND comment IS NULL"); got != "" {
		t.Errorf("views without a comment:\n%s", got)
	}
}

func TestExport(t *testing.T) {
	ctx := context.Background()
	dir, to := t.TempDir(), t.TempDir()
	w := open(t, dir)
	mustLoad(t, w, feed("acme", clock, 3))
	if err := w.Model(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Publish(ctx); err != nil {
		t.Fatal(err)
	}
	files, err := Export(ctx, dir, to, "parquet", []string{"jobs", "postings"}, options())
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	if got := query(t, w, "SELECT count(*), bool_or(simulated) FROM read_parquet('"+files[0]+"')"); got != "3|false" {
		t.Errorf("jobs.parquet: %s", got)
	}
	if _, err := Export(ctx, dir, to, "csv", []string{"nodes"}, options()); !errors.Is(err, ErrExport) {
		t.Errorf("exporting what is not published: %v", err)
	}
	if files, err := Export(ctx, dir, to, "csv", nil, options()); err != nil || len(files) < 15 {
		t.Errorf("exporting all: %d files, %v", len(files), err)
	}
}

// The store's tables are those of the row types: names, order and types.
func TestTablesAreTheRowTypes(t *testing.T) {
	w := open(t, t.TempDir())
	tables(func(name, _ string, columns [][2]string) {
		var want []string
		for _, c := range columns {
			want = append(want, c[0])
		}
		got := query(t, w, "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'store' AND table_name = ? ORDER BY column_index", name)
		if got != strings.Join(want, "\n") {
			t.Errorf("table %s has the columns\n%s\nwant\n%s", name, got, strings.Join(want, "\n"))
		}
	})
}

func TestKnownAt(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	w := open(t, dir)
	mustLoad(t, w, feed("acme", clock, 3))
	mustLoad(t, w, feed("acme", clock.AddDate(0, 0, 7), 2)) // the third is gone
	if err := w.Model(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Publish(ctx); err != nil {
		t.Fatal(err)
	}
	const open = "SELECT count(*) FROM openings WHERE open_to IS NULL"
	for at, want := range map[time.Time]string{clock.AddDate(0, 0, -1): "0", clock.AddDate(0, 0, 1): "3", clock.AddDate(0, 0, 8): "2"} {
		s, err := OpenKnownAt(ctx, dir, at, options())
		if err != nil {
			t.Fatal(err)
		}
		if got := query(t, s, open); got != want {
			t.Errorf("known at %s: %s postings open, want %s", at, got, want)
		}
		s.Close()
	}
}
