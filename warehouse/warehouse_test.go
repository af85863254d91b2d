package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
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

func TestLoadTwiceModelPublish(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	w := open(t, dir)
	b := feed("acme", clock, 3)
	l := mustLoad(t, w, b)
	if l.Rows != 8 || l.NewPostings["acme"] != 3 {
		t.Errorf("first load: %+v, want 8 rows and 3 new postings", l)
	}
	l = mustLoad(t, w, b)
	if l.Rows != 0 || l.NewPostings["acme"] != 0 {
		t.Errorf("second load: %+v, want nothing", l)
	}
	if err := w.Model(ctx); err != nil {
		t.Fatal(err)
	}
	path, err := w.Publish(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(path)
	s, err := OpenSnapshot(ctx, dir, options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	t.Log(query(t, s, "FROM openings"))
	t.Log(query(t, s, "SELECT title, company, job_id = posting_id FROM postings ORDER BY title"))
	t.Log(query(t, s, "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal"))
	t.Log(query(t, s, "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal and comment is null"))
	t.Log(query(t, w, "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal and comment is null"))
}
