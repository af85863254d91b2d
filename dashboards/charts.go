package dashboards

import (
	"fmt"
	"math"
	"strings"
	"time"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// dashes tell lines apart without colour: the four fields that the claims are
// about are solid.
var dashes = map[string]string{"crypto": "solid", "cloud": "solid", "gaming": "solid", "web": "solid",
	"finance": "dashed", "embedded": "dashed", "data_ai": "dashed", "security": "dashed", "other": "dotted"}

// how is the start of every "how counted": what counts, from where.
func (s *site) how(kind string) []chart.Fact {
	return []chart.Fact{
		{Name: "Unit", Value: "jobs (one opening, however often and wherever it was advertised)"},
		{Name: "Counted", Value: kind},
		{Name: "Definition", Value: s.definition()},
		{Name: "Sources", Value: s.sourcesCounted()},
	}
}

func (s *site) definition() string {
	if s.o.Definition == schema.RoleSome {
		return s.language() + " is named as a language of the work or as a plus (some)"
	}
	return s.language() + " is a main language of the work, or the title names it (core)"
}

// sourcesCounted names the sources that charts count, or their number where
// they are many.
func (s *site) sourcesCounted() string {
	var names, left []string
	for _, src := range s.m.Sources {
		switch {
		case src.Postings == 0:
		case src.Selects != "":
			left = append(left, src.Name)
		case src.InMarket > 0:
			names = append(names, src.Name)
		}
	}
	text := strings.Join(names, ", ")
	if len(names) > 6 {
		text = fmt.Sprintf("%s and %d more (all on the sources page)", strings.Join(names[:5], ", "), len(names)-5)
	}
	if len(names) == 0 {
		text = "none that shows such jobs"
	}
	if len(left) > 0 {
		text += "; left out since they select on an answer: " + strings.Join(left, ", ")
	}
	return text
}

// label names a period: 2021, 2021 Q3, 2021-07.
func label(d time.Time, bucket string) string {
	switch bucket {
	case "year":
		return d.Format("2006")
	case "quarter":
		return fmt.Sprintf("%d Q%d", d.Year(), (int(d.Month())+2)/3)
	}
	return d.Format("2006-01")
}

func (s *site) labels() []string {
	out := make([]string, len(s.m.Periods))
	for i, d := range s.m.Periods {
		out[i] = label(d, s.m.Bucket)
	}
	return out
}

func (s *site) span() chart.Fact {
	if s.m.Jobs == 0 {
		return chart.Fact{Name: "Period", Value: "none"}
	}
	return chart.Fact{Name: "Period", Value: fmt.Sprintf("%s to %s, by %s", s.m.First.Format(time.DateOnly), s.m.Last.Format(time.DateOnly), s.m.Bucket)}
}

// trend draws one series of the market for the given domains.
func (s *site) trend(id, title, unit, kind string, data series, domains []string) (chart.Chart, error) {
	c := chart.Chart{ID: id, Title: title, Unit: unit + ", by " + s.m.Bucket, How: append(s.how(kind), s.span(),
		chart.Fact{Name: "Gaps", Value: "periods in which no source was seen"}), Marks: s.marks()}
	c.Table.Columns = append(append([]string{"period"}, domains...), "sources seen")
	total := 0.0
	lines := make([]chart.Series, len(domains))
	for i, d := range domains {
		lines[i] = chart.Series{Name: claims.Field(d), Colour: d, Dash: dashes[d], Values: make([]*float64, len(s.m.Periods))}
	}
	for p, day := range s.m.Periods {
		row := []any{label(day, s.m.Bucket)}
		here := 0.0
		for i, d := range domains {
			n := data[d][day]
			lines[i].Values[p] = &n
			row = append(row, n)
			here += n
		}
		total += here
		if s.m.Seen[day] == 0 && here == 0 { // nobody looked: a gap, and no zero
			for i := range domains {
				lines[i].Values[p] = nil
				row[i+1] = "–"
			}
		}
		c.Table.Rows = append(c.Table.Rows, append(row, s.m.Seen[day]))
	}
	c.Alt = fmt.Sprintf("%s, by %s: %s. The numbers stand in the table below.", title, s.m.Bucket, claims.Field(strings.Join(domains, ", ")))
	if total == 0 {
		c.Empty = "No such job was collected."
		return c, nil
	}
	if unit == unitFlow {
		c.How = append(c.How, chart.Fact{Name: "n", Value: claims.Number(total) + " jobs"})
	} else {
		c.How = append(c.How, chart.Fact{Name: "n", Value: claims.Number(float64(s.m.Jobs)) + " jobs in all"})
	}
	return chart.Panels(c, s.labels(), lines, false)
}

// panel draws the flow of the sources that were there throughout, beside that of
// all: a rise that only the latter shows is a source that joined.
func (s *site) panel() (chart.Chart, error) {
	c, err := s.trend("panel", "New jobs by field, fixed panel of sources", unitFlow, howFlow, s.m.PanelFlow, schema.Domains)
	for i, f := range c.How {
		if f.Name == "Sources" {
			c.How[i].Value = "the " + claims.Amount(float64(len(s.m.Panel)), "sources") + " that were seen in the first period and in the last"
			c.Sources = s.m.Panel
		}
	}
	if len(s.m.Panel) == 0 {
		c.Table.Rows, c.Marks, c.Sources, c.How = nil, nil, nil, c.How[:4]
		c.How[3].Value = "none"
		c.Empty = "No source was seen both in the first period and in the last, so there is no panel: what the chart above shows may be sources that came and went."
	}
	return c, err
}

const (
	unitStock = "jobs open on the first day"
	unitFlow  = "jobs first seen"
	howStock  = "stock: open on the first day of each period; a printed ad for its source's lifetime, a board's until a complete crawl misses it"
	howFlow   = "flow: first seen in the period; what a board already showed at its first crawl is not new"
)

// shares draws the share of each domain on the day of "open now".
func (s *site) shares(id string) (chart.Chart, error) {
	day := s.m.On.Format(time.DateOnly)
	if s.m.On.IsZero() {
		day = "no day yet"
	}
	c := chart.Chart{ID: id, Title: "Share of each field, " + day, Unit: "share of jobs open", Height: "short",
		How: append(s.how("stock: open on "+day), chart.Fact{Name: "Intervals", Value: "95 %, the hull of Wilson's and a bootstrap by employer"})}
	totals := stats.Totals(s.m.Shares, len(schema.Domains))
	measure := func(t []float64) []float64 { return t }
	if s.o.Audit != nil {
		measure = s.o.Audit.Correct
		c.How = append(c.How, chart.Fact{Name: "Classifier error", Value: "corrected by an audit, whose own uncertainty the intervals hold"})
	} else {
		c.How = append(c.How, chart.Fact{Name: "Classifier error", Value: strings.TrimSuffix(strings.TrimSpace("not measured on these ads, and not in the intervals. "+s.o.ErrorNote), ".")})
	}
	corrected := measure(totals)
	n := 0.0
	for _, t := range corrected {
		n += t
	}
	c.How = append(c.How, chart.Fact{Name: "n", Value: claims.Amount(n, claims.Jobs) + " of " + claims.Amount(float64(len(s.m.Shares)), claims.Employers)})
	c.Table.Columns = []string{"field", "jobs", "share", "low", "high"}
	c.Alt = "Share of each field with its 95 % interval. The numbers stand in the table below."
	if n == 0 {
		c.Empty = "No job counts as open (" + day + ")."
		return c, nil
	}
	draws := s.bootstrap()
	dots := make([]chart.Dot, len(schema.Domains))
	for i, d := range schema.Domains {
		interval := stats.Wilson(corrected[i], n, claims.Confidence)
		if b, ok := stats.Percentile(draws, i, claims.Confidence); ok {
			interval = interval.Hull(b)
		}
		dots[i] = chart.Dot{Name: claims.Field(d), Colour: d, Value: corrected[i] / n, Span: chart.Span(interval)}
		c.Table.Rows = append(c.Table.Rows, []any{d, corrected[i], round(corrected[i] / n), round(interval.Low), round(interval.High)})
	}
	return chart.Dots(c, dots, true)
}

// figures draws a verdict's figures, or its contrasts, with their intervals.
func figures(id, title, unit string, v Verdict, figs []claims.Figure, percent bool) (chart.Chart, error) {
	c := chart.Chart{ID: id, Title: title, Unit: unit, Height: "short", How: verdictHow(v),
		Alt: title + ". The numbers stand in the table below."}
	c.Table.Columns = []string{"what", v.Unit, "value", "low", "high"}
	var dots []chart.Dot
	for _, f := range figs {
		colour := "ink-soft"
		if domainIndex(f.Label) >= 0 {
			colour = f.Label
		} else if f.Subject || len(figs) == 1 {
			colour = "link"
		}
		dots = append(dots, chart.Dot{Name: claims.Field(f.Label), Colour: colour, Value: f.Value, Span: chart.Span(f.Interval)})
		c.Table.Rows = append(c.Table.Rows, []any{f.Label, f.Count, round(f.Value), round(f.Interval.Low), round(f.Interval.High)})
	}
	if len(dots) == 0 {
		c.Empty = "Nothing was counted."
		return c, nil
	}
	return chart.Dots(c, dots, percent)
}

// verdictHow is "how counted" under a verdict's charts.
func verdictHow(v Verdict) []chart.Fact {
	used := 0
	var names []string
	for _, s := range v.Sources {
		if s.Used && s.N > 0 {
			used++
			names = append(names, s.Source)
		}
	}
	if len(names) > 5 {
		names = append(names[:4], fmt.Sprintf("%d more", used-4))
	}
	how := []chart.Fact{{Name: "Unit", Value: v.Unit}, {Name: "Counted", Value: v.Count + ", " + v.Period}}
	if v.Lifetime != "" {
		how = append(how, chart.Fact{Name: "Lifetime", Value: v.Lifetime})
	}
	return append(how,
		chart.Fact{Name: "Definition", Value: claims.DefinitionInWords(v.Definition)},
		chart.Fact{Name: "Sources", Value: strings.Join(names, ", ")},
		chart.Fact{Name: "n", Value: claims.Amount(v.N, v.Unit) + " of " + claims.Amount(float64(v.Employers), claims.Employers)},
		chart.Fact{Name: "Intervals", Value: "95 %"})
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// marks are those that fall on the charts' axis, one a period; the data-quality
// page has all.
func (s *site) marks() []chart.Mark {
	var out []chart.Mark
	more := map[string]int{}
	for _, k := range s.m.Marks {
		at := ""
		for _, d := range s.m.Periods {
			if !d.After(k.Day) {
				at = label(d, s.m.Bucket)
			}
		}
		if at == "" || k.Day.After(s.m.Last.AddDate(0, 0, 1)) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].At == at {
			more[at]++
			continue
		}
		text := k.Text
		if k.Source != "" {
			text = k.Source + ": " + text
		}
		out = append(out, chart.Mark{Number: len(out) + 1, At: at, Day: k.Day.Format(time.DateOnly), Text: text})
	}
	for i := range out {
		if n := more[out[i].At]; n > 0 {
			out[i].Text += fmt.Sprintf(" (and %d more in this period, on the page Data quality)", n)
		}
	}
	return out
}
