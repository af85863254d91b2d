package market

import (
	"database/sql"
	"slices"
	"time"

	"jobmarket/dashboards/claims"
	"jobmarket/warehouse/schema"
)

// Cohort is the jobs that were first seen in one month and are alike in all that
// charts tell apart.
type Cohort struct {
	Month                      time.Time
	Source, Employer           string
	Known                      bool // the employer is
	Domain                     int  // in schema.Domains
	Country, Remote, Seniority string
	N                          float64
}

// loadNew reads what was first seen, in all sources that count and in the panel.
func (m *Market) loadNew(a *asker, f frame) {
	read := func(f frame) []Cohort {
		return ask(a, "new.sql", f, func(r *sql.Rows) (c Cohort, err error) {
			var domain string
			var known, n int64
			err = r.Scan(&c.Month, &c.Source, &c.Employer, &known, &domain, &c.Country, &c.Remote, &c.Seniority, &n)
			c.Month, c.Known, c.Domain, c.N = c.Month.UTC(), known == 1, domainOf(domain), float64(n)
			return c, err
		})
	}
	m.New = read(f)
	m.keep(a, "new", "new.sql", f)
	m.Bucket = m.bucketOfNew()
	m.Periods = claims.Periods(m.First, m.Last.AddDate(0, 0, 1), m.Bucket)
	if m.Panel = m.panel(); len(m.Panel) > 0 {
		f.Sources = m.Panel
		m.PanelNew = read(f)
		m.keep(a, "panel", "new.sql", f)
	}
}

// domainOf is the place of a domain in schema.Domains; one that is not there is the
// heap's, which is the last.
func domainOf(domain string) int {
	if i := slices.Index(schema.Domains, domain); i >= 0 {
		return i
	}
	return len(schema.Domains) - 1
}

// loadStock counts what is open on the first day of each period, and on On.
func (m *Market) loadStock(a *asker, f frame) {
	m.StockBucket = bucketOfStock(m.First, m.Last)
	for _, d := range claims.Periods(m.First, m.Last.AddDate(0, 0, 1), m.StockBucket) {
		if !d.Before(m.First) { // a period that began before the first ad is no day to count on
			m.Days = append(m.Days, d)
		}
	}
	if len(m.Days) == 0 {
		m.Days = []time.Time{m.Last}
	}
	m.Stock = map[string]map[time.Time]float64{}
	for _, d := range schema.Domains {
		m.Stock[d] = map[time.Time]float64{}
	}
	f.Days = m.Days
	ask(a, "stock.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var day time.Time
		var domain string
		var n int64
		if err = r.Scan(&day, &domain, &n); err == nil && m.Stock[domain] != nil {
			m.Stock[domain][day.UTC()] = float64(n)
		}
		return
	})
	m.keep(a, "stock", "stock.sql", f)
	m.Open = Groups(ask(a, "open_now.sql", f, func(r *sql.Rows) (c Cohort, err error) {
		var domain string
		var known, n int64
		err = r.Scan(&c.Employer, &known, &domain, &n)
		c.Known, c.Domain, c.N = known == 1, domainOf(domain), float64(n)
		return c, err
	}), len(schema.Domains), ByDomain)
	m.keep(a, "shares", "open_now.sql", f)
	ask(a, "by_source.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var source string
		var jobs, open int64
		err = r.Scan(&source, &jobs, &open)
		m.BySource = append(m.BySource, Brought{source, float64(jobs)})
		if open > 0 {
			m.OpenBySource = append(m.OpenBySource, Brought{source, float64(open)})
		}
		return
	})
	slices.SortStableFunc(m.OpenBySource, byN)
	ask(a, "unknown.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var last sql.NullTime
		err = r.Scan(&m.Unknown.Jobs, &m.Unknown.Sources, &last)
		m.Unknown.Last = last.Time
		return
	})
}

func byN(a, b Brought) int { return int(b.N) - int(a.N) }

// panel is the sources that charts count and that were watched in the first period,
// in the last, and in three of four between, as claims have it: what changes in them
// is no change of sources.
func (m *Market) panel() (out []string) {
	if len(m.Periods) < 2 {
		return nil
	}
	periods := map[string]int{}
	var first, last []string
	for i, p := range m.Periods {
		names := m.Watch.In(p, claims.Next(p, m.Bucket))
		for _, s := range names {
			periods[s]++
		}
		if i == 0 {
			first = names
		}
		last = names
	}
	for _, s := range first {
		if slices.Contains(last, s) && 4*periods[s] >= 3*len(m.Periods) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// bucketOfStock is the period of a stock's charts: a level, which no part of a
// period is too short to show.
func bucketOfStock(from, to time.Time) string {
	switch years := to.Sub(from).Hours() / 24 / 365.25; {
	case years <= 6.1:
		return "month"
	case years <= 20:
		return "quarter"
	}
	return "year"
}

// usual is how many new jobs the middle one of the periods must hold: with fewer
// a chart shows a saw's teeth and no trend.
const usual = 30

// bucketOfNew is the finest period of which the middle one, of those in which a
// source was watched, holds enough; where none does, the longest of which there are
// some to compare.
func (m *Market) bucketOfNew() string {
	buckets := []string{"month", "quarter", "year"}
	periods := func(bucket string) []time.Time { return claims.Periods(m.First, m.Last.AddDate(0, 0, 1), bucket) }
	for _, bucket := range buckets {
		var n []float64
		for _, p := range periods(bucket) {
			if to := claims.Next(p, bucket); len(m.Watch.In(p, to)) > 0 {
				n = append(n, Total(Within(m.New, p, to)))
			}
		}
		slices.Sort(n)
		if len(n) > 0 && n[len(n)/2] >= usual {
			return bucket
		}
	}
	slices.Reverse(buckets)
	for _, bucket := range buckets {
		if len(periods(bucket)) >= 4 {
			return bucket
		}
	}
	return "month"
}

// Within is the cohorts first seen from one month up to another.
func Within(list []Cohort, from, to time.Time) (out []Cohort) {
	for _, c := range list {
		if !c.Month.Before(from) && c.Month.Before(to) {
			out = append(out, c)
		}
	}
	return out
}

// Total is how many jobs the cohorts are.
func Total(list []Cohort) (n float64) {
	for _, c := range list {
		n += c.N
	}
	return n
}

// InDomain is how many of the jobs are a domain's.
func InDomain(list []Cohort, domain int) (n float64) {
	for _, c := range list {
		if c.Domain == domain {
			n += c.N
		}
	}
	return n
}

// Groups gathers cohorts by employer, with class giving each its class; one of class
// -1 is left out.
func Groups(list []Cohort, classes int, class func(Cohort) int) claims.Groups {
	return claims.Group(list, classes, func(c Cohort) (string, bool, int, float64) { return c.Employer, c.Known, class(c), c.N })
}

// ByDomain gives each cohort the class of its domain.
func ByDomain(c Cohort) int { return c.Domain }

// BySource is what each source brought, most first.
func BySource(list []Cohort) (out []Brought) {
	at := map[string]int{}
	for _, c := range list {
		i, ok := at[c.Source]
		if !ok {
			i, at[c.Source] = len(out), len(out)
			out = append(out, Brought{Source: c.Source})
		}
		out[i].N += c.N
	}
	slices.SortStableFunc(out, byN)
	return out
}

// Recent is the last twelve months that hold enough new jobs to give shares of, of
// those that are counted back from the end of the data in whole years; nothing where
// there are none. Twelve months that end in any month were refused: the last of them
// to hold enough holds hardly more than the least.
func (m *Market) Recent() (list []Cohort, from, to time.Time) {
	if m.Jobs == 0 {
		return nil, from, to
	}
	to = time.Date(m.Last.Year(), m.Last.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	for ; to.After(m.First); to = to.AddDate(0, -12, 0) {
		from = to.AddDate(0, -12, 0)
		list = Within(m.New, from, to)
		if s := claims.SharesOf(Groups(list, len(schema.Domains), ByDomain), nil, 1); !s.Few() {
			return list, from, to
		}
	}
	return nil, from, to
}
