package dashboards

import (
	"fmt"
	"math"
	"time"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// longest is the most days that the curve is drawn for, and fewest the least ads
// of a field that a median is given of.
const (
	longest = 365
	fewest  = 30
)

// median is the median lifetime in words, "35 to 42 days", and its interval. Ads of
// one employer open and close together: with fewer than [claims.MinEmployers] there
// is no interval to give.
func median(l market.Lasted) (text, interval string) {
	low, _ := stats.Median(stats.KaplanMeier(stats.Steps(l.Earliest), claims.Confidence))
	high, _ := stats.Median(stats.KaplanMeier(stats.Steps(l.Latest), claims.Confidence))
	text = fmt.Sprintf("%s to %s days", reached(low), reached(high))
	switch {
	case math.IsInf(low, 1):
		text = "more than half stay open"
	case low == high:
		text = fmt.Sprintf("%v days", low)
	case math.IsInf(high, 1):
		text = fmt.Sprintf("%v days or more", low)
	}
	if len(l.Latest) < claims.MinEmployers {
		return text, "none, of " + claims.Amount(float64(len(l.Latest)), claims.Employers)
	}
	i := stats.BootstrapMedian(l.Earliest, 1, claims.Confidence).Hull(stats.BootstrapMedian(l.Latest, 1, claims.Confidence))
	return text, fmt.Sprintf("%s to %s days", reached(i.Low), reached(i.High))
}

func reached(days float64) string {
	if math.IsInf(days, 1) {
		return "not reached"
	}
	return fmt.Sprint(days)
}

// lifetimesChart draws how long the ads of feeds stay open.
func (s *site) lifetimesChart() (chart.Chart, error) {
	c := chart.Chart{ID: "lifetimes", Title: "Ads still open, by their age", Unit: "share of the ads", Height: "short",
		Alt: "Kaplan-Meier curve of how long the ads of boards stay open. The numbers stand in the table below."}
	all := s.m.Lifetimes.Of("")
	if all.N == 0 {
		c.Empty = "No board was crawled twice, so nothing is known of how long ads stay open."
		return c, nil
	}
	median, interval := median(all)
	period := fmt.Sprintf("%s to %s", s.m.Lifetimes.First.Format(time.DateOnly), s.m.Lifetimes.Last.Format(time.DateOnly))
	c.Caption = fmt.Sprintf("Half are closed after %s (95 %% interval: %s). %s of %s, whatever their language, %s: %s.",
		median, interval, claims.Amount(all.N, "ads"), claims.Amount(float64(len(all.Latest)), claims.Employers), period, sourcesLine(all.Boards))
	c.How = []chart.Fact{
		{Name: "Unit", Value: "postings (an ad on a board), whatever the language"},
		{Name: "Counted", Value: "ads whose beginning was seen; an ad that is still open counts as open so long, and not as closed (Kaplan and Meier 1958)"},
		{Name: "Two lines", Value: "an ad closes between the crawl that last shows it and the one that misses it: the lower line is as if right after the first, the upper as if right before the second"},
		{Name: "Sources", Value: sourcesAll(all.Boards)},
		{Name: "Period", Value: period},
		{Name: "n", Value: claims.Amount(all.N, "ads") + ", " + claims.Number(all.Closed) + " of them closed"},
		{Name: "Interval", Value: fmt.Sprintf("95 %%, of the median, by a bootstrap that draws employers, whose ads open and close together; none with fewer than %d employers", claims.MinEmployers)},
	}
	c.Keys = []chart.Key{{Sign: "line", Colour: "link", Text: "as if closed when first missed"}, {Sign: "dashed", Colour: "ink-soft", Text: "as if closed when last seen"}}
	early, late := stats.KaplanMeier(stats.Steps(all.Earliest), claims.Confidence), stats.KaplanMeier(stats.Steps(all.Latest), claims.Confidence)
	last := min(longest, int(late[len(late)-1].Days))
	for last > 1 && survivedAt(late, last-1).Share < 0.01 { // the rest is a line at nought
		last--
	}
	first := chart.Series{Name: "as if closed when last seen", Colour: "ink-soft", Dash: "dashed"}
	second := chart.Series{Name: "as if closed when first missed", Colour: "link"}
	c.Table.Columns = []string{"days", "watched so long", "open, earliest", "open, latest"}
	for day := 0; day <= last; day++ {
		a, b := survivedAt(early, day), survivedAt(late, day)
		first.Points = append(first.Points, chart.Point{X: float64(day), Value: &a.Share, Tip: claims.Percent(a.Share) + " open, " + first.Name})
		second.Points = append(second.Points, chart.Point{X: float64(day), Value: &b.Share, Tip: claims.Percent(b.Share) + " open, " + second.Name})
		if day%7 == 0 || day == last {
			c.Table.Rows = append(c.Table.Rows, []any{fmt.Sprint(day), b.AtRisk, round(a.Share), round(b.Share)})
		}
	}
	return chart.Curve(c, []chart.Series{second, first}, true)
}

// survivedAt is the curve at an age: what it last fell to, or all before that.
func survivedAt(curve []stats.Survived, day int) stats.Survived {
	at := stats.Survived{Share: 1, AtRisk: curve[0].AtRisk, Interval: stats.Interval{Low: 1, High: 1}}
	for _, s := range curve {
		if s.Days > float64(day) {
			break
		}
		at = s
	}
	return at
}

// medianRow is one field's median lifetime on the overview.
type medianRow struct {
	Domain, Median, Interval, Sources string
	N, Closed                         float64
	Employers                         int
}

// Medians lists how long the ads of each field stay open, where enough were watched.
func (s *site) Medians() (rows []medianRow) {
	for _, d := range schema.Domains {
		l := s.m.Lifetimes.Of(d)
		if l.N == 0 {
			continue
		}
		r := medianRow{Domain: d, N: l.N, Closed: l.Closed, Employers: len(l.Latest), Sources: sourcesLine(l.Boards), Median: fmt.Sprintf("fewer than %d ads", fewest), Interval: "–"}
		if l.N >= fewest {
			r.Median, r.Interval = median(l)
		}
		rows = append(rows, r)
	}
	return rows
}
