package dashboards

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// howShares says what the intervals of shares are.
const howShares = "95 %, Wilson's at the effective number of jobs, since those of one employer are not independent; each for itself"

// errorFact is what is known of the classifier's error in a chart of fields.
func (s *site) errorFact() chart.Fact {
	if s.o.Audit != nil {
		return chart.Fact{Name: "Classifier error", Value: "corrected by an audit, whose own uncertainty the intervals hold"}
	}
	return chart.Fact{Name: "Classifier error", Value: strings.TrimSuffix(strings.TrimSpace("not measured on these ads, and not in the intervals. "+s.o.ErrorNote), ".")}
}

// fields draws the share of each field among some jobs, the largest on top and the
// heap last.
func (s *site) fields(c chart.Chart, groups claims.Groups) (chart.Chart, error) {
	shares := claims.SharesOf(groups, s.o.Audit, 1)
	c.Alt = "Share of each field with its 95 % interval."
	c.How = append(c.How, chart.Fact{Name: "Intervals", Value: howShares}, s.errorFact(),
		chart.Fact{Name: "n", Value: claims.Amount(shares.N, claims.Jobs) + " of " + claims.Who(shares.Employers, shares.Unknown, claims.Jobs)})
	c.Table.Columns = []string{"field", "jobs", "share", "low", "high"}
	var rows []chart.Row
	for i, d := range schema.Domains {
		c.Table.Rows = append(c.Table.Rows, []any{d, shares.Counts[i], shares.Values[i], shares.Intervals[i].Low, shares.Intervals[i].High})
		rows = append(rows, chart.Row{Name: claims.Field(d), Colour: d, Value: shares.Values[i], Span: chart.Span(shares.Intervals[i]), Href: "domains.html#" + d,
			Words: fmt.Sprintf("%s (%s of %s)", claims.Percent(shares.Values[i]), claims.Number(shares.Counts[i]), claims.Number(shares.N))})
	}
	if shares.Few() {
		c.Table.Rows = nil
		c.Empty = fmt.Sprintf("%s of %s: shares are given of %d jobs of %d employers or more.", claims.Amount(shares.N, claims.Jobs), claims.Who(shares.Employers, shares.Unknown, claims.Jobs), claims.MinUnits, claims.MinEmployers)
		return c, nil
	}
	slices.SortStableFunc(rows, func(a, b chart.Row) int {
		return cmp.Or(cmp.Compare(heap(a), heap(b)), cmp.Compare(b.Value, a.Value))
	})
	return chart.Intervals(c, rows, shareScale("field", "share (jobs)"))
}

func heap(r chart.Row) int {
	if r.Colour == "other" {
		return 1
	}
	return 0
}

func shareScale(names, head string) chart.Scale {
	return chart.Scale{Names: names, Head: head, Tick: func(v float64) string { return strings.Replace(claims.Percent(v), ".0", "", 1) }}
}

// sharesNow draws the fields of what is open on the last day; where that is not
// known, it says what is.
func (s *site) sharesNow() (chart.Chart, error) {
	day := s.m.On.Format(time.DateOnly)
	c := chart.Chart{ID: "shares", Title: "Fields of the jobs open on " + day, Query: s.m.Queries["shares"], More: "jobs.html",
		How: s.how("stock: open on "+day, s.m.OpenBySource)}
	if s.m.On.IsZero() {
		c.Title, c.Empty = "Fields of the open jobs", "Nothing was collected yet."
		return c, nil
	}
	all := 0.0
	for _, c := range s.m.Open.Clusters {
		all += stats.Whole(c)
	}
	c.Caption = fmt.Sprintf("%s of %s, open on %s: %s.", claims.Amount(all, claims.Jobs), claims.Who(s.m.Open.Employers, s.m.Open.Unknown, claims.Jobs), day, sourcesLine(s.m.OpenBySource))
	c, err := s.fields(c, s.m.Open)
	if c.Empty != "" {
		c.Caption = ""
		c.Empty = fmt.Sprintf("On %s, %s known to be open, too few to give shares of.", day, are(all, claims.Jobs))
		if u := s.m.Unknown; u.Jobs > 0 {
			days := int(s.m.On.Sub(u.Last).Hours() / 24)
			c.Empty += fmt.Sprintf(" Of %s more nothing is known: %s showed them last on %s, %s before, and nobody has looked since.",
				claims.Amount(float64(u.Jobs), claims.Jobs), claims.Amount(float64(u.Sources), "boards"), u.Last.Format(time.DateOnly), claims.Amount(float64(days), "days"))
		}
	}
	return c, err
}

// are writes a count as what is said of it: "no job is", "1 job is", "2 jobs are".
func are(n float64, units string) string {
	if n == 0 {
		return "no " + strings.TrimSuffix(units, "s") + " is"
	}
	if n == 1 {
		return claims.Amount(n, units) + " is"
	}
	return claims.Amount(n, units) + " are"
}

// months names the months from one day up to another.
func months(from, to time.Time) string {
	return strings.Replace(claims.Span(from, to), "–", " to ", 1)
}

// sharesRecent draws the fields of what was new in the last twelve months that
// hold enough.
func (s *site) sharesRecent() (chart.Chart, error) {
	list, from, to := s.m.Recent()
	c := chart.Chart{ID: "shares_new", Title: "Fields of the new jobs", Query: s.m.Queries["new"], More: "jobs.html"}
	if list == nil {
		c.Empty = fmt.Sprintf("In none of the twelve months counted back from the end of the data in whole years were %d new jobs of %d employers seen, the least that shares are given of.", claims.MinUnits, claims.MinEmployers)
		return c, nil
	}
	by := market.BySource(list)
	when := months(from, to)
	c.Title += ", " + when
	c.How = append(s.how(howFlow, by), chart.Fact{Name: "Period", Value: when + ", of the twelve months counted back from the end of the data in whole years the last that hold enough new jobs to give shares of"})
	groups := market.Groups(list, len(schema.Domains), market.ByDomain)
	c.Caption = fmt.Sprintf("%s of %s, first seen %s: %s.", claims.Amount(market.Total(list), claims.Jobs), claims.Who(groups.Employers, groups.Unknown, claims.Jobs), when, sourcesLine(by))
	return s.fields(c, groups)
}

// traits draws how the new jobs of Recent are spread over the values of one trait,
// those first that are most; many small ones share a row, and what is not told has
// one of its own.
func (s *site) traits(id, title, name, names string, value func(market.Cohort) string) (chart.Chart, error) {
	list, from, to := s.m.Recent()
	when := months(from, to)
	c := chart.Chart{ID: id, Title: title, Query: s.m.Queries["new"], More: "jobs.html", Alt: title + ", shares with their 95 % intervals."}
	by, all := market.BySource(list), market.Total(list)
	groups := market.Groups(list, 1, func(market.Cohort) int { return 0 })
	c.How = append(s.how(howFlow, by), chart.Fact{Name: "Period", Value: when}, chart.Fact{Name: "Intervals", Value: howShares})
	c.Caption = fmt.Sprintf("%s of %s, first seen %s.", claims.Amount(all, claims.Jobs), claims.Who(groups.Employers, groups.Unknown, claims.Jobs), when)
	c.Table.Columns = []string{name, "jobs", "share", "low", "high"}
	n := map[string]float64{}
	var values []string
	for _, x := range list {
		v := cmp.Or(value(x), untold)
		if n[v] == 0 {
			values = append(values, v)
		}
		n[v] += x.N
	}
	slices.SortFunc(values, func(a, b string) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(n[b], n[a]), strings.Compare(a, b))
	})
	const most = 9 // rows
	row := map[string]string{}
	if len(values) > most {
		known := len(values)
		if n[untold] > 0 {
			known--
		}
		small := values[most-2 : known]
		others := fmt.Sprintf("%d others", len(small))
		var words []string
		for _, v := range small {
			row[v] = others
			words = append(words, v+" "+claims.Number(n[v]))
		}
		c.How = append(c.How, chart.Fact{Name: capital("other " + names), Value: strings.Join(words, ", ")})
		values = slices.Concat(values[:most-2], []string{others}, values[known:])
	}
	var rows []chart.Row
	for _, v := range values {
		groups := market.Groups(list, 2, func(x market.Cohort) int {
			told := cmp.Or(value(x), untold)
			if cmp.Or(row[told], told) == v {
				return 0
			}
			return 1
		}).Clusters
		share, variance := stats.ShareVariance(groups, stats.Class(0), stats.Whole)
		i, count := stats.ShareInterval(groups, stats.Whole, share, variance, claims.Confidence), stats.Totals(groups, 2)[0]
		rows = append(rows, chart.Row{Name: v, Colour: map[bool]string{true: "other", false: "link"}[v == untold], Value: share, Span: chart.Span(i),
			Words: fmt.Sprintf("%s (%s of %s)", claims.Percent(share), claims.Number(count), claims.Number(all))})
		c.Table.Rows = append(c.Table.Rows, []any{v, count, share, i.Low, i.High})
	}
	if len(rows) == 0 {
		c.Empty = "No such job was collected."
		return c, nil
	}
	scale := shareScale(name, "share (jobs)")
	scale.Ticks = 2
	return chart.Intervals(c, rows, scale)
}

// untold is the row of what no ad says.
const untold = "not told"

func order(v string) int {
	if v == untold {
		return 1
	}
	return 0
}
