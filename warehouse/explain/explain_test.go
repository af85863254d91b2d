package explain_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"jobmarket/warehouse"
	"jobmarket/warehouse/explain"
	"jobmarket/warehouse/schema"
)

var day = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// none takes no texts for alike.
func none(a, b string) float64 { return 0 }

// sight is one posting on a page of its source, as a batch.
func sight(mode schema.Mode, p schema.Posting, at time.Time) schema.Batch {
	crawl, page := schema.CrawlID(p.Source, at), schema.PageID(p.Source, "u", at)
	p.SeenAt = at
	return schema.Batch{
		ID:      crawl,
		Sources: []schema.Source{{Name: p.Source, Kind: "k", Mode: mode, LifetimeDays: 30}},
		Crawls:  []schema.Crawl{{ID: crawl, Source: p.Source, StartedAt: at, FinishedAt: at, Complete: true}},
		Pages: []schema.Page{{ID: page, CrawlID: crawl, Source: p.Source, URL: "https://a.example/\x1b[31m", FetchedAt: at,
			Outcome: schema.Fetched, Archive: "x.warc.gz", ArchiveOffset: 4711, ArchiveLength: 99}},
		Postings: []schema.Posting{p},
		Sightings: []schema.Sighting{{ID: schema.SightingID(&p, at), PostingID: p.ID, Source: p.Source, SeenAt: at, FetchedAt: at,
			PageID: page, CrawlID: crawl, Digest: p.Digest}},
	}
}

func TestExplain(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	w, err := warehouse.Open(ctx, dir, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	board := schema.Posting{Source: "board", Key: "1", Title: "Rust Engineer", Company: "Acme"}
	news := schema.Posting{Source: "news", Key: "a", Title: "Rust Engineer \x1b[2J", Company: "Acme"}
	other := schema.Posting{Source: "news", Key: "b", Title: "Cook", Company: "Inn"}
	var features []schema.Feature
	for i, p := range []*schema.Posting{&board, &news, &other} {
		p.Seal()
		f := schema.Feature{PostingID: p.ID, Digest: p.Digest, Version: "1", EmployerKey: strings.ToLower(p.Company), TitleKey: p.Title}
		if i < 2 {
			f.LinkKey = "g//1"
		}
		features = append(features, f)
	}
	for i, b := range []schema.Batch{sight(schema.Feed, board, day), sight(schema.Periodical, news, day.AddDate(0, 0, 1)), sight(schema.Periodical, other, day.AddDate(0, 0, 2))} {
		if _, err := w.Load(ctx, b); err != nil {
			t.Fatal(i, err)
		}
	}
	if err := w.LoadJudgements(ctx, nil, nil, features); err != nil {
		t.Fatal(err)
	}
	if err := w.Model(ctx); err != nil {
		t.Fatal(err)
	}

	job, err := explain.OfJob(ctx, w, news.ID)
	if err != nil || len(job.Postings) != 2 || job.ID != board.ID || job.Postings[1].Reason != "link" || !strings.Contains(string(job.Postings[1].Evidence), "g//1") {
		t.Fatalf("job: %+v, %v", job, err)
	}
	if seen := job.Postings[0].Seen; len(seen) != 1 || seen[0].Archive != "x.warc.gz" || seen[0].Offset != 4711 {
		t.Errorf("the chain does not lead to the bytes: %+v", seen)
	}
	var b strings.Builder
	if err := job.Write(&b); err != nil || strings.Contains(b.String(), "\x1b") {
		t.Errorf("what is printed has an escape: %q, %v", b.String(), err)
	}
	for _, want := range []string{"job " + board.ID + ", its first ad\n", "job " + board.ID + ", link, with " + board.ID + ": link g//1"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("what joined the ads is not told (%q):\n%s", want, b.String())
		}
	}
	if !strings.Contains(b.String(), "open from 2024-01-01, open when last seen, 2024-01-01; unknown from 2024-01-31") {
		t.Errorf("a board that is watched no more is said to be known:\n%s", b.String())
	}

	pair, err := explain.OfPair(ctx, w, board.ID, news.ID, none)
	if err != nil || !pair.SameJob || pair.Why != "One job: they lead to the same job on the same board." {
		t.Errorf("one job: %v %q, %v", pair.SameJob, pair.Why, err)
	}
	pair, err = explain.OfPair(ctx, w, board.ID, other.ID, none)
	if err != nil || pair.SameJob || len(pair.Path) != 0 || pair.Why != "Two jobs: no rule takes them for one, since their employers are two; "+
		"their titles share too few words; the text of one is not known, or short." {
		t.Errorf("two jobs: %v %q, %v", pair.SameJob, pair.Why, err)
	}
	late := schema.Posting{Source: "news", Key: "c", Title: "Rust Architect", Company: "Acme, Inc."}
	late.Seal()
	if _, err := w.Load(ctx, sight(schema.Periodical, late, day.AddDate(0, 6, 0))); err != nil {
		t.Fatal(err)
	}
	if err := w.LoadJudgements(ctx, nil, nil, []schema.Feature{{PostingID: late.ID, Digest: late.Digest, Version: "1",
		EmployerKey: "acme", EmployerHost: "acme.example", TitleKey: late.Title}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Model(ctx); err != nil {
		t.Fatal(err)
	}
	pair, err = explain.OfPair(ctx, w, news.ID, late.ID, none)
	if err != nil || !strings.Contains(pair.Why, "151 days lie between them, and the window is 75") {
		t.Errorf("long after: %q, %v", pair.Why, err)
	}

	for _, id := range []string{"acme", late.ID} {
		e, err := explain.OfEmployer(ctx, w, id)
		if err != nil || e.ID != "acme" || len(e.Names) != 2 || len(e.Boards) != 1 || len(e.Joins) != 1 || e.Joins[0].PostingID != late.ID {
			t.Errorf("employer %s: %+v, %v", id, e, err)
		}
		b.Reset()
		if err := e.Write(&b); err != nil || !strings.Contains(b.String(), "acme (no site) and acme at acme.example: the name is one") {
			t.Errorf("employer: %s, %v", b.String(), err)
		}
	}
	if _, err := explain.OfEmployer(ctx, w, "nobody"); !errors.Is(err, explain.ErrUnknown) {
		t.Errorf("unknown employer: %v", err)
	}
	if _, err := explain.OfPosting(ctx, w, "nothing"); !errors.Is(err, explain.ErrUnknown) {
		t.Errorf("unknown id: %v", err)
	}
	if _, err := explain.OfJob(ctx, w, "nothing"); !errors.Is(err, explain.ErrUnknown) {
		t.Errorf("unknown job: %v", err)
	}
}
