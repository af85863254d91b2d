package dashboards

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/warehouse/schema"
)

// What all charts of the market have in common.

const (
	unitJobs = "jobs (one opening, however often and wherever it was advertised)"
	howStock = "stock: open on the first day of each period; a printed ad for its source's lifetime, a board's until a complete crawl misses it, and at most 30 days after its last complete crawl"
	howFlow  = "flow: first seen in the period; what a board already showed at its first crawl is not new"
	howPart  = "the source that brought most of the period's jobs was not watched over all of it"
)

// how is the start of every "how counted": what counts, from where.
func (s *site) how(kind string, by []market.Brought) []chart.Fact {
	how := []chart.Fact{
		{Name: "Unit", Value: unitJobs},
		{Name: "Counted", Value: kind},
		{Name: "Definition", Value: s.definition()},
		{Name: "Sources", Value: sourcesAll(by) + "; a job counts in the source that showed it first"},
	}
	var left []string
	for _, src := range s.m.Sources {
		if src.Selects != "" && src.Postings > 0 {
			left = append(left, src.Name)
		}
	}
	if len(left) > 0 {
		how = append(how, chart.Fact{Name: "Left out", Value: strings.Join(left, ", ") + ": select on an answer"})
	}
	return how
}

func (s *site) definition() string {
	if s.o.Definition == schema.RoleSome {
		return s.language() + " is named as a language of the work or as a plus (some)"
	}
	return s.language() + " is a main language of the work, or the title names it (core)"
}

// sourcesLine names the sources that brought most, with how much.
func sourcesLine(by []market.Brought) string {
	if len(by) > 4 {
		return sourcesAll(by[:3]) + fmt.Sprintf(" and %d more sources", len(by)-3)
	}
	return sourcesAll(by)
}

func sourcesAll(by []market.Brought) string {
	names := make([]string, len(by))
	for i, s := range by {
		names[i] = s.Source + " " + claims.Number(s.N)
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
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

// middle is where a period's point stands on a chart.
func middle(d time.Time, bucket string) time.Time {
	return d.Add(claims.Next(d, bucket).Sub(d) / 2).Truncate(24 * time.Hour)
}

// end is the day after the last that charts show.
func (s *site) end() time.Time { return s.m.Last.AddDate(0, 0, 1) }

// who says whose the jobs are that charts count.
func (s *site) who() string {
	return claims.Who(int(s.m.Employers), float64(s.m.Nobodys), claims.Jobs)
}

func (s *site) span() string {
	return s.m.First.Format(time.DateOnly) + " to " + s.m.Last.Format(time.DateOnly)
}

// watchedWords says how many sources were watched in a period, and what changed
// then.
func (s *site) watchedWords(name string, n int, watch market.Watch, from, to time.Time) string {
	text := name + "\n" + claims.Amount(float64(n), "sources") + " watched"
	more := 0
	for _, g := range s.changes {
		g, ours := g.Among(watch)
		if !ours || g.Day.Before(from) || !g.Day.Before(to) {
			continue
		}
		if more++; more <= 3 {
			text += "\n" + g.Day.Format(time.DateOnly) + " " + g.Short()
		}
	}
	if more > 3 {
		text += fmt.Sprintf("\nand %d more changes", more-3)
	}
	return text
}

// axis is the time that charts run over, with what was watched in it.
func (s *site) axis(from, to time.Time, watch market.Watch, by []market.Brought) chart.Axis {
	a := chart.Axis{From: from, To: to, Periods: map[time.Time]string{}}
	for _, g := range watch.Gaps(from, to) {
		a.Gaps = append(a.Gaps, chart.Gap(g))
	}
	peak := 0
	for _, w := range watch.Steps() {
		a.Watched = append(a.Watched, chart.Watched(w))
		peak = max(peak, w.N)
	}
	a.Peak = claims.Number(float64(peak))
	for _, c := range s.changes {
		if c, ours := c.Among(watch); ours && !c.Day.Before(from) && !c.Day.After(to) {
			a.Marks = append(a.Marks, chart.Mark{Day: c.Day, Text: c.Short(), Main: c.Main(by), End: c.Kind == "end"})
		}
	}
	return a
}

// keys say what the signs of a chart over time mean, those that are in it: the part
// is the sign of what was watched in part.
func keys(a chart.Axis, series []chart.Series, part chart.Key, own ...chart.Key) []chart.Key {
	if slices.ContainsFunc(series, func(s chart.Series) bool {
		return slices.ContainsFunc(s.Points, func(p chart.Point) bool { return p.Part && p.Value != nil })
	}) {
		own = append(own, part)
	}
	if len(a.Gaps) > 0 {
		own = append(own, chart.Key{Sign: "gap", Text: "no source watched"})
	}
	if len(a.Watched) > 0 {
		own = append(own, chart.Key{Sign: "strip", Text: "below: sources watched (by the root), up to " + a.Peak})
	}
	if len(a.Marks) > 0 {
		own = append(own, chart.Key{Sign: "tick", Text: "a source begins or ends, or a crawl failed"})
	}
	return own
}

// few is the least that a chart is worth drawing for: below it a table says all.
const few = 5

// sparse says that nothing reaches few, and what the reader gets instead.
func sparse(most float64) string {
	if most >= few {
		return ""
	}
	return fmt.Sprintf("Never more than %s: too few to draw. The table has them.", claims.Amount(most, claims.Jobs))
}

// stockPoint is a stock on a day: nothing where no source tells of that day.
func (s *site) stockPoint(day time.Time, n float64) (p chart.Point, sources int) {
	sources, live := s.m.Watch.On(day)
	p = chart.Point{At: day, Part: !live}
	if sources > 0 || n > 0 {
		p.Value = &n
		p.Tip = claims.Amount(n, claims.Jobs) + " open"
	} else {
		p.Part = false
	}
	return p, sources
}

// stock draws what is open on the first day of each period, of the given domains:
// one panel each, or all together in one frame.
func (s *site) stock(id, title string, panels bool) (chart.Chart, error) {
	c := chart.Chart{ID: id, Title: title, Unit: "jobs open on the first day of each " + s.m.StockBucket, Query: s.m.Queries["stock"], More: "jobs.html"}
	c.How = append(s.how(howStock, s.m.BySource), chart.Fact{Name: "Period", Value: s.span()},
		chart.Fact{Name: "Gaps", Value: "days of which no source tells"}, chart.Fact{Name: "Hollow", Value: "days of which sources tell only by what they showed some days before"},
		chart.Fact{Name: "n", Value: claims.Amount(float64(s.m.Jobs), claims.Jobs) + " in all"})
	c.Caption = fmt.Sprintf("%s of %s, %s, by %s: %s.", claims.Amount(float64(s.m.Jobs), claims.Jobs), s.who(), s.span(), s.m.StockBucket, sourcesLine(s.m.BySource))
	a := s.axis(s.m.First, s.end(), s.m.Watch, s.m.BySource)
	lines := []chart.Series{{Name: "all fields", Colour: "link"}}
	c.Table.Columns = []string{"day", "jobs", "sources watched"}
	if panels {
		lines = make([]chart.Series, len(schema.Domains))
		c.Table.Columns = append(append([]string{"day"}, schema.Domains...), "sources watched")
		for i, d := range schema.Domains {
			lines[i] = chart.Series{Name: claims.Field(d), Colour: d}
		}
	}
	most := 0.0
	for _, day := range s.m.Days {
		row, sources := []any{day.Format(time.DateOnly)}, 0
		all := 0.0
		for _, d := range schema.Domains {
			all += s.m.Stock[d][day]
		}
		for i := range lines {
			n := all
			if panels {
				n = s.m.Stock[schema.Domains[i]][day]
			}
			p, watched := s.stockPoint(day, n)
			sources, most = watched, max(most, n)
			lines[i].Points = append(lines[i].Points, p)
			row = append(row, shown(p.Value))
		}
		a.Periods[day] = s.watchedWords(day.Format(time.DateOnly), sources, s.m.Watch, day, claims.Next(day, s.m.StockBucket))
		c.Table.Rows = append(c.Table.Rows, append(row, float64(sources)))
	}
	c.Keys = keys(a, lines, chart.Key{Sign: "part", Text: "known from some days before"})
	return counts(c, a, lines, s.m.StockBucket, most)
}

// counts draws numbers over time, the greatest of which is most: each series in a
// panel of its own, or the only one.
func counts(c chart.Chart, a chart.Axis, series []chart.Series, bucket string, most float64) (chart.Chart, error) {
	c.Alt = fmt.Sprintf("%s, by %s. The numbers stand in the table below.", c.Title, bucket)
	if c.Empty = sparse(most); c.Empty != "" {
		c.Keys = nil
		return c, nil
	}
	if len(series) > 1 {
		return chart.Panels(c, a, series)
	}
	return chart.Lines(c, a, series, false, 0)
}

// shown is a number, or a dash for none.
func shown(v *float64) any {
	if v == nil {
		return "–"
	}
	return *v
}

// cohorts is what was first seen in some sources, when those were watched, and the
// name of the query that counts it.
type cohorts struct {
	list  []market.Cohort
	watch market.Watch
	query string
}

func (s *site) all() cohorts   { return cohorts{s.m.New, s.m.Watch, "new"} }
func (s *site) panel() cohorts { return cohorts{s.m.PanelNew, s.m.Watch.Among(s.m.Panel), "panel"} }

// flow draws what was first seen in each period, as bars.
func (s *site) flow(id, title string, of cohorts, panels bool) (chart.Chart, error) {
	by, n := market.BySource(of.list), market.Total(of.list)
	c := chart.Chart{ID: id, Title: title, Unit: "jobs first seen, by " + s.m.Bucket, Query: s.m.Queries[of.query], More: "jobs.html",
		How: append(s.how(howFlow, by), chart.Fact{Name: "Period", Value: s.span()}, chart.Fact{Name: "Gaps", Value: "periods in which no source was watched"},
			chart.Fact{Name: "Hollow", Value: howPart}, chart.Fact{Name: "n", Value: claims.Amount(n, claims.Jobs)})}
	c.Caption = fmt.Sprintf("%s first seen %s: %s.", claims.Amount(n, claims.Jobs), s.span(), sourcesLine(by))
	from, to := s.m.First, s.end()
	if len(s.m.Periods) > 0 {
		from, to = s.m.Periods[0], claims.Next(s.m.Periods[len(s.m.Periods)-1], s.m.Bucket)
	}
	a := s.axis(from, to, of.watch, by)
	bars := []chart.Series{{Name: "all fields", Colour: "link", Bars: true}}
	c.Table.Columns = []string{"period", "jobs", "sources watched", "watched"}
	if panels {
		bars = make([]chart.Series, len(schema.Domains))
		c.Table.Columns = append(append([]string{"period"}, schema.Domains...), "sources watched", "watched")
		for i, d := range schema.Domains {
			bars[i] = chart.Series{Name: claims.Field(d), Colour: d, Bars: true}
		}
	}
	most := 0.0
	for _, day := range s.m.Periods {
		to := claims.Next(day, s.m.Bucket)
		seen, sources := market.Within(of.list, day, to), len(of.watch.In(day, to))
		part := of.watch.Part(seen, day, to)
		row := []any{label(day, s.m.Bucket)}
		for i := range bars {
			x := market.Total(seen)
			if panels {
				x = market.InDomain(seen, i)
			}
			p := chart.Point{At: middle(day, s.m.Bucket)}
			if sources > 0 || x > 0 {
				p.Value, p.Part, p.Tip = &x, part, claims.Amount(x, claims.Jobs)+" first seen"
			}
			most = max(most, x)
			bars[i].Points = append(bars[i].Points, p)
			row = append(row, shown(p.Value))
		}
		over := map[bool]string{true: "in part", false: "throughout"}[part]
		if sources == 0 {
			over = "no"
		}
		a.Periods[middle(day, s.m.Bucket)] = s.watchedWords(label(day, s.m.Bucket)+map[bool]string{true: ", watched in part", false: ""}[part && sources > 0], sources, of.watch, day, to)
		c.Table.Rows = append(c.Table.Rows, append(row, float64(sources), over))
	}
	c.Keys = keys(a, bars, chart.Key{Sign: "partbar", Text: "watched in part"})
	return counts(c, a, bars, s.m.Bucket, most)
}
