package dashboards

import (
	"fmt"
	"math"
	"strings"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// lifetime is the survival of one domain's ads, or of all, by both bounds of the
// day on which an ad closed.
type lifetime struct{ Earliest, Latest []stats.Step }

// longest is the most days that the curve is drawn for.
const longest = 365

// lifetimes draws how long the ads of feeds stay open.
func (s *site) lifetimes() (chart.Chart, error) {
	c := chart.Chart{ID: "lifetimes", Title: "How long ads stay open", Unit: "share of ads still open, by days since they were first seen", Height: "short",
		Alt: "Kaplan-Meier curve of how long the ads of boards stay open. The numbers stand in the table below."}
	all := s.m.Lifetimes["all"]
	c.How = []chart.Fact{
		{Name: "Unit", Value: "postings (an ad on a board), whatever the language"},
		{Name: "Counted", Value: "ads whose beginning was seen; an ad that is still open counts as open so long, and not as closed (Kaplan and Meier 1958)"},
		{Name: "Two lines", Value: "an ad closed between the crawl that last showed it and the one that missed it: earliest as if right after the first, latest as if right before the second"},
	}
	c.Table.Columns = []string{"days", "watched", "earliest", "latest", "low", "high"}
	if len(all.Latest) == 0 {
		c.Empty = "No board was crawled twice, so nothing is known of how long ads stay open."
		return c, nil
	}
	early, late := stats.KaplanMeier(all.Earliest, claims.Confidence), stats.KaplanMeier(all.Latest, claims.Confidence)
	last := min(longest, int(late[len(late)-1].Days))
	for last > 1 && survivedAt(late, last-1).Share < 0.01 { // the rest is a line at nought
		last--
	}
	first := chart.Series{Name: "earliest", Colour: "ink-soft", Dash: "dashed"}
	second := chart.Series{Name: "latest", Colour: "link", Dash: "solid"}
	var labels []string
	for day := 0; day <= last; day++ {
		a, b := survivedAt(early, day), survivedAt(late, day)
		labels = append(labels, fmt.Sprint(day))
		first.Values, second.Values = append(first.Values, &a.Share), append(second.Values, &b.Share)
		band := a.Interval.Hull(b.Interval)
		second.Band = append(second.Band, chart.Span(band))
		if day%7 == 0 || day == last {
			c.Table.Rows = append(c.Table.Rows, []any{fmt.Sprint(day), b.AtRisk, round(a.Share), round(b.Share), round(band.Low), round(band.High)})
		}
	}
	c.How = append([]chart.Fact{{Name: "Half are closed after", Value: median(all)}, {Name: "By field", Value: s.mediansByField()}}, c.How...)
	c.How = append(c.How,
		chart.Fact{Name: "n", Value: claims.Amount(all.Latest[0].AtRisk, "ads") + ", " + claims.Number(closedOf(all.Latest)) + " of them closed"},
		chart.Fact{Name: "Intervals", Value: "95 %, Greenwood's by log(−log), the hull of both lines"})
	return chart.Lines(c, labels, []chart.Series{second, first}, true)
}

func closedOf(steps []stats.Step) (n float64) {
	for _, s := range steps {
		n += s.Closed
	}
	return n
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

// mediansByField says each domain's median in words.
func (s *site) mediansByField() string {
	var out []string
	for _, d := range schema.Domains {
		if l := s.m.Lifetimes[d]; len(l.Latest) > 0 {
			out = append(out, claims.Field(d)+" "+median(l))
		}
	}
	return strings.Join(out, "; ")
}

// median is the median lifetime in words, "35 to 42 days (95 % interval 28 to
// 56)", or that it is not reached.
func median(l lifetime) string {
	low, i := stats.Median(stats.KaplanMeier(l.Earliest, claims.Confidence))
	high, j := stats.Median(stats.KaplanMeier(l.Latest, claims.Confidence))
	if math.IsInf(low, 1) {
		return "not reached"
	}
	i = i.Hull(j)
	text := fmt.Sprintf("%v to %s days", low, reached(high))
	if low == high {
		text = fmt.Sprintf("%v days", low)
	}
	return fmt.Sprintf("%s (95 %% interval %s to %s)", text, reached(i.Low), reached(i.High))
}

func reached(days float64) string {
	if math.IsInf(days, 1) {
		return "not reached"
	}
	return fmt.Sprint(days)
}
