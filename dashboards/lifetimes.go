package dashboards

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// longest is the most days that the curve is drawn for, and fewest the least openings
// of a field that a median is given of.
const (
	longest = 365
	fewest  = 30
)

// openings is what lifetimes are of.
const openings = "openings"

// curves are both bounds of how long openings last: as if they closed when they were
// last seen, and as if when they were first missed.
func curves(l market.Lasted) (early, late []stats.Survived) {
	return stats.KaplanMeier(stats.Steps(l.Earliest)), stats.KaplanMeier(stats.Steps(l.Latest))
}

// drawn is the intervals of the median and of both curves up to a day: the hull of
// both bounds'. Ads of one employer open and close together: with fewer than
// [claims.MinEmployers] that are known there are none to give, and ok is false.
func drawn(l market.Lasted, last int) (d stats.Lasting, ok bool) {
	if l.Employers < claims.MinEmployers {
		return d, false
	}
	d = stats.BootstrapCurve(l.Earliest, last, 1, claims.Confidence)
	late := stats.BootstrapCurve(l.Latest, last, 1, claims.Confidence)
	d.Median = d.Median.Hull(late.Median)
	for i := range d.Share {
		d.Share[i] = d.Share[i].Hull(late.Share[i])
	}
	return d, true
}

// median is the median lifetime in words, "35 to 42 days"; empty where the watch ended
// before half were closed.
func median(early, late []stats.Survived) string {
	low, high := stats.Median(early), stats.Median(late)
	switch {
	case math.IsInf(low, 1):
		return ""
	case low == high:
		return fmt.Sprintf("%v days", low)
	case math.IsInf(high, 1):
		return fmt.Sprintf("%v days or more", low)
	}
	return fmt.Sprintf("%v to %v days", low, high)
}

// interval is that of the median in words.
func interval(l market.Lasted, d stats.Lasting, ok bool) string {
	if !ok {
		return "none, of " + claims.Who(l.Employers, l.Unknown, openings)
	}
	return fmt.Sprintf("%s to %s days", reached(d.Median.Low), reached(d.Median.High))
}

func reached(days float64) string {
	if math.IsInf(days, 1) {
		return "not reached"
	}
	return fmt.Sprint(days)
}

// lifetimesChart draws how long the ads of feeds stay open.
func (s *site) lifetimesChart() (chart.Chart, error) {
	c := chart.Chart{ID: "lifetimes", Title: "Ads still open, by their age", Unit: "share of the openings", Height: "short", Query: s.m.Queries["lifetimes"],
		Alt: "Kaplan-Meier curve of how long the ads of boards stay open. The numbers stand in the table below."}
	all := s.m.Lifetimes.Of("")
	if all.N == 0 {
		c.Empty = "No board was crawled twice, so nothing is known of how long ads stay open."
		return c, nil
	}
	early, late := curves(all)
	last := min(longest, int(late[len(late)-1].Days))
	for last > 1 && stats.At(late, last-1) < 0.01 { // the rest is a line at nought
		last--
	}
	spans, ok := drawn(all, last)
	half := fmt.Sprintf("More than half stayed open for as long as they were watched: %s of %s closed (95 %% interval of the median: %s).", claims.Number(all.Closed), claims.Number(all.N), interval(all, spans, ok))
	if m := median(early, late); m != "" {
		half = fmt.Sprintf("Half are closed after %s (95 %% interval: %s).", m, interval(all, spans, ok))
	}
	period := fmt.Sprintf("%s to %s", s.m.Lifetimes.First.Format(time.DateOnly), s.m.Lifetimes.Last.Format(time.DateOnly))
	c.Caption = fmt.Sprintf("%s %s of %s, whatever their language, %s: %s.", half, claims.Amount(all.N, openings), claims.Who(all.Employers, all.Unknown, openings), period, sourcesLine(all.Boards))
	c.How = []chart.Fact{
		{Name: "Unit", Value: "openings (a spell in which an ad stood on a board; an ad that came back is two), whatever the language"},
		{Name: "Counted", Value: "those whose beginning was seen; one that is still open counts as open so long, and not as closed (Kaplan and Meier 1958)"},
		{Name: "Two lines", Value: "an ad closes between the crawl that last shows it and the one that misses it: the lower line is as if right after the first, the upper as if right before the second"},
		{Name: "Sources", Value: sourcesAll(all.Boards)},
		{Name: "Period", Value: period},
		{Name: "n", Value: claims.Amount(all.N, openings) + ", " + claims.Number(all.Closed) + " of them closed"},
		{Name: "Intervals", Value: fmt.Sprintf("95 %%, of the median and of each day's share for itself, by a bootstrap that draws employers, whose ads open and close together; none with fewer than %d that are known", claims.MinEmployers)},
	}
	c.Keys = []chart.Key{{Sign: "line", Colour: "link", Text: "as if closed when first missed"}, {Sign: "dashed", Colour: "ink-soft", Text: "as if closed when last seen"}}
	first := chart.Series{Name: "as if closed when last seen", Colour: "ink-soft", Dash: "dashed"}
	second := chart.Series{Name: "as if closed when first missed", Colour: "link", Band: ok}
	if ok {
		c.Keys = append(c.Keys, chart.Key{Sign: "band", Colour: "link", Text: "95 % interval of both"})
	}
	c.Table.Columns = []string{"days", "watched so long", "open, earliest", "open, latest", "low", "high"}
	for day := 0; day <= last; day++ {
		a, b := stats.At(early, day), stats.At(late, day)
		p, low, high := chart.Point{X: float64(day), Value: &b, Tip: claims.Percent(b) + " open, " + second.Name}, any(""), any("")
		if ok {
			span := chart.Span(spans.Share[day])
			p.Span, low, high = &span, span.Low, span.High
		}
		first.Points = append(first.Points, chart.Point{X: float64(day), Value: &a, Tip: claims.Percent(a) + " open, " + first.Name})
		second.Points = append(second.Points, p)
		if day%7 == 0 || day == last {
			c.Table.Rows = append(c.Table.Rows, []any{fmt.Sprint(day), stats.Watched(all.Latest, day), a, b, low, high})
		}
	}
	return chart.Curve(c, []chart.Series{second, first}, true)
}

// medianRow is one field's median lifetime on the overview.
type medianRow struct {
	Domain, Median, Interval, Sources string
	N, Closed, Unknown                float64
	Employers                         int // that are known; Unknown are openings of others
}

// Medians lists how long the ads of each field stay open, where enough were watched.
func (s *site) Medians() (rows []medianRow) {
	for _, d := range schema.Domains {
		l := s.m.Lifetimes.Of(d)
		if l.N == 0 {
			continue
		}
		r := medianRow{Domain: d, N: l.N, Closed: l.Closed, Employers: l.Employers, Unknown: l.Unknown, Sources: sourcesLine(l.Boards), Median: fmt.Sprintf("fewer than %d openings", fewest), Interval: "–"}
		if l.N >= fewest {
			spans, ok := drawn(l, 0)
			r.Median, r.Interval = cmp.Or(median(curves(l)), "more than half stay open"), interval(l, spans, ok)
		}
		rows = append(rows, r)
	}
	return rows
}
