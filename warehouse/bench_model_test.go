package warehouse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"jobmarket/warehouse/schema"
)

// history generates a market without pages: boards that are crawled weekly and
// a newsletter that links to some of their jobs and repeats others.
type history struct {
	rng    *rand.Rand
	boards [][]listing
	next   int
	weeks  int
}

type listing struct {
	posting schema.Posting
	feature schema.Feature
	left    int // weeks
}

func newHistory(boards, open int) *history {
	h := &history{rng: rand.New(rand.NewPCG(1, 2)), boards: make([][]listing, boards)}
	for b := range h.boards {
		for range open {
			h.boards[b] = append(h.boards[b], h.open(b))
		}
	}
	return h
}

// open is an opening of a board: one of 300 titles in one of 6 places. In three
// years that is two ads a title; boards of that size whose history is known have
// 1.1 (Riot Games, Discord) to 3 (Mozilla).
func (h *history) open(board int) listing {
	h.next++
	title := fmt.Sprint("engineer ", h.rng.IntN(300))
	place := fmt.Sprint("city ", h.rng.IntN(6))
	p := schema.Posting{Source: fmt.Sprint("board/", board), Key: fmt.Sprint(h.next), Title: title, Company: fmt.Sprint("Employer ", board),
		Location: place, Text: filler(h.next)}
	p.Seal()
	f := schema.Feature{PostingID: p.ID, Digest: p.Digest, Version: "i1", EmployerKey: fmt.Sprint("employer", board), EmployerHost: fmt.Sprint("e", board, ".example"),
		TitleKey: title, PlaceKey: place, LinkKey: fmt.Sprint("g//", h.next), TextHash: fmt.Sprint(h.next), Shingles: 100}
	for i, band := range []*int64{&f.Band0, &f.Band1, &f.Band2, &f.Band3, &f.Band4, &f.Band5, &f.Band6, &f.Band7} {
		*band = h.rng.Int64()
		if h.rng.IntN(20) == 0 {
			*band = int64(board*100 + i + 1) // the employer's boilerplate
		}
	}
	return listing{p, f, 1 + int(h.rng.ExpFloat64()*8)}
}

// week moves the market on and returns what a crawl of every board and the
// newsletter show.
func (h *history) week() (b schema.Batch, feats []schema.Feature, labels []schema.Label) {
	at := clock.AddDate(-3, 0, 7*h.weeks)
	h.weeks++
	b.ID = fmt.Sprint("week ", h.weeks)
	news := schema.CrawlID("news", at)
	b.Sources = append(b.Sources, schema.Source{Name: "news", Kind: "twir", Mode: schema.Periodical, LifetimeDays: 30})
	b.Crawls = append(b.Crawls, schema.Crawl{ID: news, Source: "news", StartedAt: at, FinishedAt: at, Complete: true, Outcome: "ok"})
	show := func(p schema.Posting, f schema.Feature, crawl string, fresh bool) {
		p.SeenAt = at
		b.Sightings = append(b.Sightings, schema.Sighting{ID: schema.SightingID(&p, at), PostingID: p.ID, Source: p.Source, SeenAt: at,
			FetchedAt: at, PageID: crawl, CrawlID: crawl, Digest: p.Digest})
		if fresh {
			b.Postings = append(b.Postings, p)
			feats = append(feats, f)
			labels = append(labels, schema.Label{PostingID: p.ID, Digest: p.Digest, Version: "c1", LabelledAt: at, IsJob: true, Domain: schema.Domains[h.next%9],
				Probabilities: [9]float64{0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, MarketRole: "core", Reasons: "[]"})
		}
	}
	for i := range h.boards {
		source := fmt.Sprint("board/", i)
		crawl := schema.CrawlID(source, at)
		b.Sources = append(b.Sources, schema.Source{Name: source, Kind: "greenhouse", Mode: schema.Feed, Board: fmt.Sprint(i)})
		b.Crawls = append(b.Crawls, schema.Crawl{ID: crawl, Source: source, StartedAt: at, FinishedAt: at, Complete: h.rng.IntN(50) > 0, Outcome: "ok"})
		for j := range h.boards[i] {
			l := &h.boards[i][j]
			fresh := h.weeks == 1
			if l.left--; l.left < 0 {
				*l = h.open(i)
				fresh = true
			}
			show(l.posting, l.feature, crawl, fresh)
			if fresh && h.rng.IntN(5) == 0 {
				p := schema.Posting{Source: "news", Key: l.posting.Key, Title: l.posting.Title, Company: l.posting.Company}
				p.Seal()
				f := schema.Feature{PostingID: p.ID, Digest: p.Digest, Version: "i1", EmployerKey: l.feature.EmployerKey, TitleKey: l.feature.TitleKey}
				if h.rng.IntN(2) == 0 {
					f.LinkKey = l.feature.LinkKey
				}
				show(p, f, news, true)
			}
		}
	}
	return b, feats, labels
}

// BenchmarkModel derives the models of a three-year history, and then those of
// one per cent more.
func BenchmarkModel(b *testing.B) {
	ctx := context.Background()
	for b.Loop() {
		w := open(b, b.TempDir())
		boards := max(5, *sightings/100/45)
		h := newHistory(boards, 45)
		load := func() (n int) {
			batch, feats, labels := h.week()
			mustLoad(b, w, batch)
			if err := w.LoadJudgements(ctx, labels, nil, feats); err != nil {
				b.Fatal(err)
			}
			return len(batch.Sightings)
		}
		n := 0
		for n < *sightings {
			n += load()
		}
		start := time.Now()
		if err := w.Model(ctx); err != nil {
			b.Fatal(err)
		}
		full := time.Since(start)
		more := load()
		start = time.Now()
		if err := w.Model(ctx); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(full.Seconds(), "full-s")
		b.ReportMetric(time.Since(start).Seconds(), "more-s")
		b.ReportMetric(float64(more)/float64(n)*100, "more-%")
		b.Log(n, "sightings;", query(b, w, "SELECT (SELECT count(*) FROM postings), (SELECT count(*) FROM jobs), (SELECT count(*) FROM store.pairs)"), "postings, jobs, pairs")
	}
}
