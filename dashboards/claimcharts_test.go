package dashboards

import (
	"html"
	"strings"
	"testing"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/stats"
)

// figure is a difference with its interval.
func figure(label string, value, low, high float64) claims.Figure {
	return claims.Figure{Label: label, Value: value, Interval: stats.Interval{Low: low, High: high}}
}

// The small drawing shows the difference on which the verdict hangs: by the end of its
// interval, and not by its size.
func TestGlyphShowsWhatDecides(t *testing.T) {
	list := []claims.Figure{figure("a − small and sure", 0.1, 0.05, 0.15), figure("a − large and open", 0.4, -0.01, 0.8), figure("a − against", -0.3, -0.5, -0.1)}
	for _, c := range []struct {
		comparison string
		outcome    claims.Outcome
		contrasts  []claims.Figure
		want       string
	}{
		{claims.Outnumbers, claims.Undecided, list[:2], "large and open: +40.0 (−1.0 to +80.0) points, intervals hold together at 95 %"},
		{claims.Outnumbers, claims.Supported, list[:1], "small and sure: +10.0 (+5.0 to +15.0) points, 95 % interval"},
		{claims.Outnumbers, claims.Refuted, list, "against: "},
		{claims.Fewest, claims.Refuted, list, "small and sure: "}, // wholly above, so against "fewest"
		{claims.Fewest, claims.Undecided, list[1:], "large and open: "},
	} {
		g, err := (&site{}).Glyph(Verdict{Claim: Claim{Comparison: c.comparison}, Outcome: c.outcome, Contrasts: c.contrasts})
		if err != nil || !strings.Contains(html.UnescapeString(string(g)), c.want) {
			t.Errorf("%s %s: %s, %v; want %s", c.comparison, c.outcome, g, err, c.want)
		}
	}
}

// Of several differences the intervals hold together, and the drawing says so; of two
// groups the counts are of different totals, and no number is their difference.
func TestContrasts(t *testing.T) {
	v := Verdict{Unit: "postings", Claim: Claim{Comparison: claims.Outnumbers}, Contrasts: []claims.Figure{figure("crypto − web", 0.0536, -0.1, 0.2), figure("crypto − cloud", 0.1, 0, 0.2)}}
	c, err := contrasts("x", v)
	if err != nil || !strings.Contains(string(c.Drawn), "percentage points (intervals hold together at 95 %)") {
		t.Errorf("%s, %v", c.Drawn, err)
	}
	if got := cell(c.Table.Columns[2], c.Table.Rows[0][2]); got != "+5.4 points" {
		t.Errorf("a difference of 0.0536 stands in the table as %s", got)
	}
	f := figure("crypto − elsewhere", 0.106, -0.1, 0.2)
	f.Detail = "21 of 55, elsewhere 95 of 344"
	c, err = contrasts("x", Verdict{Unit: "postings", Claim: Claim{Comparison: claims.ShareHigher}, Contrasts: []claims.Figure{f}})
	if err != nil || !strings.Contains(string(c.Drawn), "percentage points (95 % interval)") || c.Table.Columns[1] != "counts" || c.Table.Rows[0][1] != f.Detail {
		t.Errorf("%v, %v, %v", c.Table, c.Drawn, err)
	}
}

// What stands in a table is the number of the drawing, rounded once.
func TestCell(t *testing.T) {
	for _, c := range []struct {
		column string
		value  any
		want   string
	}{
		{"share", 12.0 / 151, "7.9\u00a0%"}, {"high", 0.05748, "5.7\u00a0%"}, {"difference", -0.0964, "−9.6 points"},
		{"jobs", -1234.0, "−1,234"}, {"fitted", 0.1234, "0.123"}, {"fitted", -0.1234, "-0.123"}, {"jobs", 0.0, "0"}, {"period", "2021", "2021"},
	} {
		if got := cell(c.column, c.value); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.column, c.value, got, c.want)
		}
	}
	for _, c := range []struct{ field, employer, want string }{{"web", "AT&T", "jobs.html#field=web&q=AT%26T"}, {"web", "C++ Corp", "jobs.html#field=web&q=C%2B%2B+Corp"}, {"web", "", "jobs.html#field=web"}} {
		if got := jobsHref(c.field, c.employer); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
