package dashboards

import (
	"fmt"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/warehouse/schema"
)

// section is one domain on the page of fields.
type section struct {
	Domain, Lead                       string
	Chart                              chart.Chart
	Of                                 market.Of
	Employers, Languages, Technologies []market.Count
}

// fieldsPage is one section a domain: its share of the new jobs over time with
// intervals, and who and what is in it.
func (s *site) fieldsPage() (page, error) {
	p := page{Name: "domains.html", Title: "Fields"}
	shares, top := s.sharesByPeriod(s.m.New), 0.0
	for _, x := range shares {
		if !x.Few() {
			for _, i := range x.Intervals {
				top = max(top, i.High)
			}
		}
	}
	panel := s.sharesByPeriod(s.m.PanelNew)
	for i, d := range schema.Domains {
		c, err := s.shareOverTime(i, shares, panel, top)
		if err != nil {
			return p, err
		}
		p.Sections = append(p.Sections, section{Domain: d, Lead: s.lead(i), Chart: c, Of: s.m.Of[d], Employers: s.m.Top[d], Languages: s.m.Languages[d], Technologies: s.m.Technologies[d]})
	}
	return p, nil
}

// sharesByPeriod are the shares of all domains in each period.
func (s *site) sharesByPeriod(list []market.Cohort) []claims.Shares {
	out := make([]claims.Shares, len(s.m.Periods))
	for i, p := range s.m.Periods {
		out[i] = claims.SharesOf(market.Groups(market.Within(list, p, claims.Next(p, s.m.Bucket)), len(schema.Domains), market.ByDomain), s.o.Audit, 1)
	}
	return out
}

// lead says the field's share in the twelve months of Recent.
func (s *site) lead(domain int) string {
	list, from, to := s.m.Recent()
	if list == nil {
		return ""
	}
	x := claims.SharesOf(market.Groups(list, len(schema.Domains), market.ByDomain), s.o.Audit, 1)
	return fmt.Sprintf("%s of %s first seen %s (%s, 95 %% interval %s to %s).", claims.Number(x.Counts[domain]), claims.Amount(x.N, claims.Jobs), months(from, to),
		claims.Percent(x.Values[domain]), claims.Percent(x.Intervals[domain].Low), claims.Percent(x.Intervals[domain].High))
}

// howPanel says which sources the fixed panel is.
const howPanel = "sources that were watched in the first period, in the last, and in three of four between"

// shareOverTime draws one domain's share of the new jobs, all fields on one scale.
func (s *site) shareOverTime(domain int, shares, panel []claims.Shares, top float64) (chart.Chart, error) {
	name := schema.Domains[domain]
	c := chart.Chart{ID: "share_" + name, Title: "Share of " + claims.Field(name) + " among new jobs", Unit: "share of the jobs first seen, by " + s.m.Bucket, Height: "short",
		Query: s.m.Queries["new"], More: "jobs.html#field=" + name}
	c.How = append(s.how(howFlow, market.BySource(s.m.New)), chart.Fact{Name: "Period", Value: s.span() + ", by " + s.m.Bucket},
		chart.Fact{Name: "Intervals", Value: howShares}, s.errorFact(),
		chart.Fact{Name: "Not drawn", Value: fmt.Sprintf("periods with fewer than %d new jobs or %d employers", claims.MinUnits, claims.MinEmployers)})
	c.Table.Columns = []string{"period", "jobs", "of", "employers", "share", "low", "high", "panel jobs", "panel of", "panel share"}
	c.Alt = c.Title + " over time with its 95 % interval. The numbers stand in the table below."
	if len(s.m.Periods) == 0 {
		c.Empty, c.Table.Rows = "No such job was collected.", nil
		return c, nil
	}
	from, to := s.m.Periods[0], claims.Next(s.m.Periods[len(s.m.Periods)-1], s.m.Bucket)
	a := s.axis(from, to, s.m.Watch, market.BySource(s.m.New))
	line := chart.Series{Name: "all sources", Colour: name}
	fixed := chart.Series{Name: "fixed panel", Colour: "ink-soft", Dash: "dashed"}
	sum, drawn, steady := 0.0, 0, 0
	for i, day := range s.m.Periods {
		x, y, end := shares[i], panel[i], claims.Next(day, s.m.Bucket)
		cohorts, sources := market.Within(s.m.New, day, end), len(s.m.Watch.In(day, end))
		sum += market.InDomain(cohorts, domain)
		at := middle(day, s.m.Bucket)
		a.Periods[at] = s.watchedWords(label(day, s.m.Bucket), sources, s.m.Watch, day, end)
		p, q := chart.Point{At: at, Part: s.m.Watch.Part(cohorts, day, end)}, chart.Point{At: at}
		row := []any{label(day, s.m.Bucket), x.Counts[domain], x.N, float64(x.Employers), "", "", "", y.Counts[domain], y.N, ""}
		if !x.Few() {
			v, span := x.Values[domain], chart.Span(x.Intervals[domain])
			p.Value, p.Span, drawn = &v, &span, drawn+1
			p.Tip = fmt.Sprintf("%s (%s to %s): %s of %s", claims.Percent(v), claims.Percent(span.Low), claims.Percent(span.High), claims.Number(x.Counts[domain]), claims.Amount(x.N, claims.Jobs))
			row[4], row[5], row[6] = v, span.Low, span.High
		}
		if !y.Few() {
			v := y.Values[domain]
			q.Value, steady = &v, steady+1
			q.Tip, row[9] = fmt.Sprintf("%s in the fixed panel: %s of %s", claims.Percent(v), claims.Number(y.Counts[domain]), claims.Number(y.N)), v
		}
		line.Points, fixed.Points = append(line.Points, p), append(fixed.Points, q)
		c.Table.Rows = append(c.Table.Rows, row)
	}
	c.Caption = fmt.Sprintf("%s of %s first seen %s.", claims.Amount(sum, claims.Jobs), claims.Number(market.Total(s.m.New)), s.span())
	if mix := s.change(domain); mix != nil {
		c.Caption += " " + mix.String()
	}
	if drawn == 0 {
		c.Empty = fmt.Sprintf("No period holds %d new jobs of %d employers.", claims.MinUnits, claims.MinEmployers)
		return c, nil
	}
	series := []chart.Series{line}
	c.Keys = []chart.Key{{Sign: "whisker", Colour: name, Text: "share and 95 % interval"}}
	if steady > 0 {
		series = append(series, fixed)
		c.Keys = append(c.Keys, chart.Key{Sign: "dashed", Colour: "ink-soft", Text: "fixed panel of " + claims.Amount(float64(len(s.m.Panel)), "sources")})
		c.How = append(c.How, chart.Fact{Name: "Fixed panel", Value: howPanel + ": " + sourcesAll(market.BySource(s.m.PanelNew)) + "; its query stands at the foot of the page; a change that only the other line shows is due to sources that came and went"})
	} else {
		c.How = append(c.How, chart.Fact{Name: "Fixed panel", Value: "none: too few new jobs stood in " + howPanel})
	}
	c.Keys = keys(a, series, chart.Key{Sign: "part", Text: "watched in part"}, c.Keys...)
	return chart.Lines(c, a, series, true, top)
}

// change splits the change of a domain's share of the new jobs between the halves
// of the time that charts span; nil where there are too few to tell.
func (s *site) change(domain int) *claims.Mix {
	n := len(s.m.Periods)
	if n < 2 {
		return nil
	}
	cells := make([]claims.Cell, 0, len(s.m.New))
	for _, c := range s.m.New {
		cell := claims.Cell{Source: c.Source, Employer: c.Employer, Half: -1, N: c.N}
		for i, p := range s.m.Periods {
			if !c.Month.Before(p) && c.Month.Before(claims.Next(p, s.m.Bucket)) {
				cell.Half = claims.HalfOf(i, n)
			}
		}
		if c.Domain == domain {
			cell.Hits = c.N
		}
		cells = append(cells, cell)
	}
	before := claims.Span(s.m.Periods[0], s.m.Periods[n/2])
	after := claims.Span(s.m.Periods[n-n/2], s.m.Last.AddDate(0, 0, 1))
	return claims.SplitChange(cells, before, after, 1)
}

// Recent names the months that "recently" is on a page; nothing where they are too
// thin.
func (s *site) Recent() string {
	list, from, to := s.m.Recent()
	if list == nil {
		return ""
	}
	return months(from, to)
}
