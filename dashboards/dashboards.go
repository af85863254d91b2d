// Package dashboards is the room that reads: SQL in, HTML out. It asks the
// published views, judges claims, and writes a site that opens from disk. It
// knows no engine and writes to no database; whoever answers its queries is a
// [Querier].
//
// [Build] goes one way: package market asks the views and keeps numbers; charts.go,
// shares.go, fields.go, lifetimes.go and claimcharts.go turn them into charts;
// pages.go and templates/ turn both into pages; write.go puts the folder in its
// place whole. Claims and their statistics are packages of this room (claims,
// stats); so are charts (chart) and what pages load (assets). [Serve] shows a built
// site on this machine.
//
// # Decisions
//
// 2026-11-22: charts count jobs, not postings: one opening that is advertised in
// five places is one. A claim names its own unit.
//
// 2026-11-22: pages hold no inline script and no inline style, and carry their
// policy in a meta element, so that an ad's text can never run even when the
// page is opened from disk. What a chart draws lies in a script element of type
// application/json, which no browser runs.
//
// 2026-11-22: charts leave out sources that select on an answer, like shares do:
// a crypto newsletter that joins would otherwise draw a rise of crypto.
//
// 2026-11-25: a chart has no value where nobody looked. A stock is told on a day
// that a source was watched on or shortly before, and a period counts as watched
// in part when the source that brought most of its jobs was; what was not watched
// is shaded and no nought. Below each chart over time stands a strip of how many
// sources were watched, since a line of one newsletter and one of seventy boards
// look alike. One mark for each change was refused: the largest, a source that
// ended, was lost among dozens of incomplete crawls, so the ends of large sources
// alone are drawn through a chart, and the rest are ticks.
//
// 2026-11-25: shares are drawn of twenty jobs of ten employers or more, the least
// that claims are decided on; with less a page says so in words. What was first
// seen is drawn by the finest period of which the middle one holds thirty jobs.
// Where the stock of the last day is too thin to share out, the fields of the last
// twelve months that are not stand above it, with their dates.
//
// 2026-11-25: what a page says first of a claim is the verdict, then the sentence
// as somebody's, with its citation; what was found names its day and its sources.
// A claim in large type reads as a finding, however small the word beside it.
package dashboards

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/dashboards/query"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// Querier answers SQL that reads.
type Querier = query.Querier

// Claim is one written sentence, put so that it can be counted.
type Claim = claims.Claim

// Verdict is what the warehouse says to a claim.
type Verdict = claims.Verdict

// Options is what a site is made of beside the warehouse.
type Options struct {
	Out        string           // folder that the site replaces, whole
	Language   string           // the market's language; empty: rust
	Definition string           // core or some; empty: core
	Claims     []Claim          // in the order in which pages show them; the first is the headline
	On         time.Time        // the day of "open now"; zero: the last day on which a source was seen
	Version    string           // of the program, for the foot of each page
	Now        func() time.Time // the clock of "drawn on"; nil: time.Now
	Audit      *stats.Confusion // measured classifier error over schema.Domains; nil: not measured
	ErrorNote  string           // what else is known of the classifier's error, a sentence
}

func (o Options) orDefault() Options {
	if o.Language == "" {
		o.Language = "rust"
	}
	if o.Definition == "" {
		o.Definition = schema.RoleCore
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

func (o Options) claimOptions() claims.Options {
	return claims.Options{Definition: o.Definition, Language: o.Language, Audit: o.Audit, ErrorNote: o.ErrorNote, Seed: 1}
}

// Report says what a build made.
type Report struct {
	Dir       string    `json:"dir"`
	Index     string    `json:"index"` // the page to open
	Pages     []string  `json:"pages"`
	Verdicts  []Verdict `json:"verdicts"`
	Simulated bool      `json:"simulated"`
	Offline   bool      `json:"offline"` // ECharts is in the folder; false: pages take it from the network
}

// Evaluate judges one claim.
func Evaluate(ctx context.Context, q Querier, c Claim, o Options) (Verdict, error) {
	return claims.Evaluate(ctx, q, c, o.orDefault().claimOptions())
}

// Build judges the claims, draws the site and puts it at o.Out, replacing what
// was there in one step. An empty warehouse makes a site that says so.
func Build(ctx context.Context, q Querier, o Options) (_ Report, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("drawing the site: %w", err)
		}
	}()
	o = o.orDefault()
	m, err := market.Load(ctx, q, market.Options{Language: o.Language, Definition: o.Definition, On: o.On})
	if err != nil {
		return Report{}, err
	}
	var verdicts []Verdict
	for _, c := range o.Claims {
		v, err := Evaluate(ctx, q, c, o)
		if err != nil {
			return Report{}, err
		}
		v.Simulated = v.Simulated || m.Simulated
		verdicts = append(verdicts, v)
	}
	s, err := newSite(m, verdicts, o)
	if err != nil {
		return Report{}, err
	}
	pages, err := s.write(o.Out)
	if err != nil {
		return Report{}, err
	}
	return Report{Dir: o.Out, Index: filepath.Join(o.Out, "index.html"), Pages: pages, Verdicts: verdicts, Simulated: m.Simulated, Offline: s.offline}, nil
}
