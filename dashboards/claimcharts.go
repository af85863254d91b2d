package dashboards

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/warehouse/schema"
)

// claimCharts are the drawings of one verdict, its deciding one first.
func (s *site) claimCharts(v Verdict) (out []chart.Chart, err error) {
	id := "claim_" + strings.ReplaceAll(v.Claim.ID, "-", "_")
	add := func(c chart.Chart, e error) {
		out, err = append(out, c), cmp.Or(err, e)
	}
	if v.Claim.Comparison == claims.Exists {
		if c, e := adsStrip(id+"_ads", v); len(c.Drawn) > 0 || e != nil {
			add(c, e)
		}
		return out, err
	}
	if v.Trend != nil {
		add(trendOf(id+"_trend", v))
		return out, err
	}
	if len(v.Contrasts) > 0 {
		add(contrasts(id+"_differences", v))
	}
	if len(v.Figures) > 0 && len(v.Series) == 0 {
		add(figures(id+"_shares", v))
	}
	return out, err
}

// figures draws the shares of a verdict.
func figures(id string, v Verdict) (chart.Chart, error) {
	c := chart.Chart{ID: id, Title: "Shares", How: verdictHow(v), Query: v.Query, Alt: "Shares with their 95 % intervals.", Caption: verdictCaption(v)}
	c.Table.Columns = []string{"what", v.Unit, "value", "low", "high"}
	rows := make([]chart.Row, len(v.Figures))
	for i, f := range v.Figures {
		words := fmt.Sprintf("%s (%s of %s)", claims.Percent(f.Value), claims.Number(f.Count), claims.Number(f.Of))
		rows[i] = chart.Row{Name: claims.Field(f.Label), Colour: colour(f, len(v.Figures) == 1), Value: f.Value, Span: chart.Span(f.Interval), Words: words, Strong: f.Subject}
		c.Table.Rows = append(c.Table.Rows, []any{f.Label, f.Count, f.Value, f.Interval.Low, f.Interval.High})
	}
	if v.Claim.Comparison == claims.Outnumbers || v.Claim.Comparison == claims.Fewest {
		slices.SortStableFunc(rows, func(a, b chart.Row) int {
			return cmp.Or(cmp.Compare(heap(a), heap(b)), cmp.Compare(b.Value, a.Value))
		})
	}
	scale := shareScale("", "share of "+v.Unit)
	if v.Claim.Comparison == claims.ShareAbove {
		scale.Line = &v.Claim.Than
		c.Keys = []chart.Key{{Sign: "zero", Text: "the line that decides, " + claims.Percent(v.Claim.Than)}}
	}
	return chart.Intervals(c, rows, scale)
}

func colour(f claims.Figure, only bool) string {
	switch {
	case slices.Contains(schema.Domains, f.Label):
		return f.Label
	case f.Subject || only:
		return "link"
	}
	return "ink-soft"
}

// contrasts draws the differences that decide, and of a comparison within sources
// each source's own below.
func contrasts(id string, v Verdict) (chart.Chart, error) {
	c := chart.Chart{ID: id, Title: "The differences that decide", How: verdictHow(v), Query: v.Query, Alt: "Differences of shares with their intervals.", Caption: verdictCaption(v),
		Keys: []chart.Key{{Sign: "zero", Text: "no difference"}}}
	hold := "95 %, each for itself"
	if len(v.Contrasts) > 1 {
		hold = "hold all together at 95 %: each is wider than one by itself (Bonferroni)"
	}
	c.How = append(c.How, chart.Fact{Name: "Intervals", Value: hold})
	twoGroups := v.Claim.Comparison == claims.ShareHigher // whose counts are of different totals
	c.Table.Columns = []string{"what", map[bool]string{true: "counts", false: v.Unit}[twoGroups], "difference", "difference low", "difference high"}
	var rows []chart.Row
	add := func(f claims.Figure, name, colour string, strong bool) {
		words := claims.Points(f.Value) + " (" + claims.Points(f.Interval.Low) + " to " + claims.Points(f.Interval.High) + ")"
		if f.Detail != "" {
			words += "; " + f.Detail
		}
		rows = append(rows, chart.Row{Name: name, Colour: colour, Value: f.Value, Span: chart.Span(f.Interval), Words: words, Strong: strong})
		counts := any(f.Count)
		if twoGroups {
			counts = f.Detail
		}
		c.Table.Rows = append(c.Table.Rows, []any{name, counts, f.Value, f.Interval.Low, f.Interval.High})
	}
	for _, f := range v.Contrasts {
		colour := "link"
		if _, rival, ok := strings.Cut(f.Label, " − "); ok {
			for _, d := range schema.Domains {
				if claims.Field(d) == rival {
					colour = d
				}
			}
		}
		name := f.Label
		if len(v.Strata) > 1 {
			name += ", all sources"
		}
		add(f, name, colour, len(v.Strata) > 1)
	}
	if len(v.Strata) > 1 {
		c.Title = "The difference, source by source"
		for _, f := range v.Strata {
			add(f, f.Label, "ink-soft", false)
		}
	}
	if left := leftOut(v, claims.CannotShow); left != "" {
		c.Caption += " Left out, since they cannot show it: " + left + "."
	}
	if left := leftOut(v, claims.OneSide); left != "" {
		c.Caption += " Left out, since they show one side only: " + left + "."
	}
	zero := 0.0
	return chart.Intervals(c, rows, chart.Scale{Head: "percentage points (" + v.Holds() + ")", Line: &zero, Tick: func(x float64) string {
		return strings.TrimPrefix(strings.TrimSuffix(claims.Points(x), ".0"), map[bool]string{true: "+"}[x == 0])
	}})
}

// leftOut names the sources that a comparison within sources leaves out for a reason.
func leftOut(v Verdict, why string) string {
	var names []string
	for _, s := range v.Sources {
		if strings.HasPrefix(s.Why, why) {
			names = append(names, s.Source)
		}
	}
	if len(names) > 4 {
		names = append(names[:3], fmt.Sprintf("and %d more", len(names)-3))
	}
	return strings.Join(names, ", ")
}

// adsStrip draws the ads that a claim of existence rests on, each on its day, the
// employers with most on top.
func adsStrip(id string, v Verdict) (chart.Chart, error) {
	c := chart.Chart{ID: id, Title: "The ads, by the day they were first seen", How: verdictHow(v), Query: v.Query, Caption: verdictCaption(v)}
	c.Table.Columns = []string{"first seen", "employer", "title", "source"}
	by := map[string]*chart.Lane{}
	var lanes []*chart.Lane
	var from, to time.Time
	for i, a := range v.Ads {
		if !a.Hit {
			continue
		}
		name := cmp.Or(a.Employer, "unknown employer")
		if by[name] == nil {
			by[name] = &chart.Lane{Name: name}
			lanes = append(lanes, by[name])
		}
		by[name].Items = append(by[name].Items, chart.Item{At: a.FirstSeen, Colour: cmp.Or(a.Domain, "other"), Text: day(a.FirstSeen) + " " + name + ": " + a.Title, Href: adHref(v, i)})
		c.Table.Rows = append(c.Table.Rows, []any{day(a.FirstSeen), name, a.Title, a.Source})
		if from.IsZero() || a.FirstSeen.Before(from) {
			from = a.FirstSeen
		}
		to = market.Latest(to, a.FirstSeen)
	}
	slices.SortStableFunc(lanes, func(a, b *chart.Lane) int { return len(b.Items) - len(a.Items) })
	const most = 8
	var out []chart.Lane
	rest := chart.Lane{}
	for i, l := range lanes {
		l.Words = claims.Amount(float64(len(l.Items)), "ads")
		if i < most {
			out = append(out, *l)
			continue
		}
		rest.Items = append(rest.Items, l.Items...)
		rest.Name, rest.Words = fmt.Sprintf("%d more", len(lanes)-most), claims.Amount(float64(len(rest.Items)), "ads")
	}
	if len(rest.Items) > 0 {
		out = append(out, rest)
	}
	if len(out) == 0 {
		return c, nil
	}
	return chart.Strip(c, out, from, to)
}

// trendOf draws what was counted, the trend that was fitted to it with its
// interval, and the trend that the rule asks for.
func trendOf(id string, v Verdict) (chart.Chart, error) {
	bucket := v.Bucket
	what := v.Claim.Subject.Words()
	c := chart.Chart{ID: id, Title: strings.ToUpper(what[:1]) + what[1:] + ", by " + bucket, Unit: v.Unit + " first seen", Query: v.Query, How: verdictHow(v), Alt: "The series that the trend was fitted to, and the trend."}
	if v.Claim.OfShare {
		c.Unit = "share of the " + v.Unit + " first seen"
	}
	c.Table.Columns = []string{"period", what, "all", "fitted", "fitted low", "fitted high"}
	seen := chart.Series{Name: "counted", Colour: "ink", Loose: true}
	fitted := chart.Series{Name: "fitted trend", Colour: "link", Band: true}
	asked := chart.Series{Name: "asked", Colour: "ink-soft", Dash: "dashed"}
	a := chart.Axis{From: v.Series[0].Period, To: claims.Next(v.Series[len(v.Series)-1].Period, bucket), Periods: map[time.Time]string{}}
	hits := 0.0
	for _, q := range v.Series {
		at := middle(q.Period, bucket)
		years := q.Period.Sub(v.Series[0].Period).Hours() / 24 / 365.25
		hits += q.Hits
		p := chart.Point{At: at, Value: &q.Hits, Tip: fmt.Sprintf("%s of %s", claims.Number(q.Hits), claims.Amount(q.N, v.Unit))}
		if v.Claim.OfShare {
			x := q.Hits / max(q.N, 1)
			if p.Value = &x; q.N == 0 {
				p.Value = nil
			}
		}
		row := []any{label(q.Period, bucket), q.Hits, q.N, "", "", ""}
		if v.Trend.OK {
			y, i := v.Trend.At(years)
			line := v.Trend.Asked(v.Claim.Than, years)
			fitted.Points = append(fitted.Points, chart.Point{At: at, Value: &y, Span: &chart.Span{Low: i.Low, High: i.High}})
			asked.Points = append(asked.Points, chart.Point{At: at, Value: &line})
			row[3], row[4], row[5] = y, i.Low, i.High
		}
		seen.Points = append(seen.Points, p)
		a.Periods[at] = label(q.Period, bucket)
		c.Table.Rows = append(c.Table.Rows, row)
	}
	c.Caption = fmt.Sprintf("%s of %s, %s, by %s: %s.", claims.Number(hits), claims.Amount(v.N, v.Unit), v.Period, bucket, claims.Places(v.Sources))
	if v.Mix != nil {
		c.How = append([]chart.Fact{{Name: "Change", Value: v.Mix.String() + " That is in all sources that count; the trend is fitted to the panel alone"}}, c.How...)
	}
	c.Keys = []chart.Key{{Sign: "dot", Colour: "ink", Text: "counted"}}
	series := []chart.Series{seen}
	if v.Trend.OK {
		c.Keys = append(c.Keys, chart.Key{Sign: "band", Colour: "link", Text: "fitted trend, 95 % interval"}, chart.Key{Sign: "dashed", Colour: "ink-soft", Text: "what the claim asks for: more than " + claims.Percent(v.Claim.Than) + " a year"})
		series = []chart.Series{fitted, asked, seen}
	}
	return chart.Lines(c, a, series, v.Claim.OfShare, ceiling(seen.Points))
}

// ceiling is the top of a trend's scale: twice the highest that was counted is
// enough to see where the fit's interval goes.
func ceiling(points []chart.Point) (top float64) {
	for _, p := range points {
		if p.Value != nil {
			top = max(top, *p.Value)
		}
	}
	return 2 * top
}

// verdictCaption is the one line under a verdict's drawing.
func verdictCaption(v Verdict) string {
	return fmt.Sprintf("%s, %s: %s.", v.Counted(), v.Period, claims.Places(v.Sources))
}

// verdictHow is "how counted" under a verdict's charts.
func verdictHow(v Verdict) []chart.Fact {
	var by []market.Brought
	for _, s := range v.Sources {
		if s.N > 0 {
			by = append(by, market.Brought{Source: s.Source, N: s.N})
		}
	}
	how := []chart.Fact{{Name: "Unit", Value: v.Unit}, {Name: "Counted", Value: v.Count + ", " + v.Period}}
	if v.Covered != "" {
		how = append(how, chart.Fact{Name: "Watched", Value: v.Covered})
	}
	if v.Lifetime != "" {
		how = append(how, chart.Fact{Name: "Lifetime", Value: v.Lifetime})
	}
	return append(how,
		chart.Fact{Name: "Definition", Value: claims.DefinitionInWords(v.Definition)},
		chart.Fact{Name: "Sources", Value: sourcesAll(by)},
		chart.Fact{Name: "n", Value: v.Counted()})
}

// Glyph is the verdict's deciding number with its interval, small.
func (s *site) Glyph(v Verdict) (template.HTML, error) {
	f, line, sign, unit := claims.Figure{}, 0.0, 1.0, " points"
	holds := "95 % interval"
	switch c := v.Claim.Comparison; {
	case len(v.Contrasts) > 0:
		if c == claims.Fewest {
			sign = -1
		}
		f, holds = deciding(v, sign), v.Holds()
	case (c == claims.Grows || c == claims.ShareAbove) && len(v.Figures) > 0:
		f, line, unit = v.Figures[0], v.Claim.Than, ""
	default:
		return "", nil
	}
	words := claims.Points
	if unit == "" {
		words = claims.Percent
	}
	title := fmt.Sprintf("%s: %s (%s to %s)%s, %s; the line is at %s", claims.Field(f.Label), words(f.Value), words(f.Interval.Low), words(f.Interval.High), unit, holds, words(line))
	span := toward(f, sign)
	return chart.Glyph(sign*f.Value, span, sign*line, title, string(v.Outcome))
}

// deciding is the contrast on which the verdict hangs: the one whose interval reaches
// farthest against the claim, or of a refuted one the one that lies wholly against it.
func deciding(v Verdict, sign float64) claims.Figure {
	return slices.MinFunc(v.Contrasts, func(a, b claims.Figure) int {
		if v.Outcome == claims.Refuted {
			return cmp.Compare(toward(a, sign).High, toward(b, sign).High)
		}
		return cmp.Compare(toward(a, sign).Low, toward(b, sign).Low)
	})
}

// toward is the interval turned so that what is high speaks for the claim.
func toward(f claims.Figure, sign float64) chart.Span {
	if sign < 0 {
		return chart.Span{Low: -f.Interval.High, High: -f.Interval.Low}
	}
	return chart.Span(f.Interval)
}
