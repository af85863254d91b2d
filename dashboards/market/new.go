package market

import (
	"database/sql"
	"slices"
	"time"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// Cohort is the jobs that were first seen in one month and are alike in all that
// charts tell apart.
type Cohort struct {
	Month                      time.Time
	Source, Employer           string
	Domain                     int // in schema.Domains
	Country, Remote, Seniority string
	N                          float64
}

// loadNew reads what was first seen, in all sources that count and in the panel.
func (m *Market) loadNew(a *asker, f frame) {
	read := func(f frame) []Cohort {
		return ask(a, "new.sql", f, func(r *sql.Rows) (c Cohort, err error) {
			var domain string
			var n int64
			err = r.Scan(&c.Month, &c.Source, &c.Employer, &domain, &c.Country, &c.Remote, &c.Seniority, &n)
			c.Month, c.Domain, c.N = c.Month.UTC(), DomainIndex(domain), float64(n)
			if c.Domain < 0 {
				c.Domain = DomainIndex("other")
			}
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
	}
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
	groups := map[string]stats.Cluster{}
	ask(a, "open_now.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var employer, domain string
		var n int64
		if err = r.Scan(&employer, &domain, &n); err != nil {
			return
		}
		if groups[employer] == nil {
			groups[employer] = make(stats.Cluster, len(schema.Domains))
			m.Open = append(m.Open, groups[employer])
		}
		if k := DomainIndex(domain); k >= 0 {
			groups[employer][k] += float64(n)
		}
		return
	})
	m.keep(a, "shares", "open_now.sql", f)
	ask(a, "by_source.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var source string
		var jobs, open int64
		err = r.Scan(&source, &jobs, &open)
		m.BySource = append(m.BySource, Share{source, float64(jobs)})
		if open > 0 {
			m.OpenBySource = append(m.OpenBySource, Share{source, float64(open)})
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

func byN(a, b Share) int { return int(b.N) - int(a.N) }

// panel is the sources that charts count and that were seen in the first period
// and in the last: what changes between those is no change of sources.
func (m *Market) panel() (out []string) {
	if len(m.Periods) < 2 {
		return nil
	}
	for _, s := range m.Sources {
		if s.Selects == "" && s.InMarket > 0 && s.FirstSeen.Valid && s.LastSeen.Valid &&
			s.FirstSeen.Time.Before(m.Periods[1]) && !s.LastSeen.Time.Before(m.Periods[len(m.Periods)-1]) {
			out = append(out, s.Name)
		}
	}
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
			if to := Next(p, bucket); len(m.WatchedIn(p, to)) > 0 {
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

// Next is the first day of the period after the one that begins on d.
func Next(d time.Time, bucket string) time.Time {
	return d.AddDate(0, map[string]int{"month": 1, "quarter": 3, "year": 12}[bucket], 0)
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

// Clusters gathers cohorts by employer, with class giving each its class; one of
// class -1 is left out.
func Clusters(list []Cohort, classes int, class func(Cohort) int) (out []stats.Cluster) {
	at := map[string]stats.Cluster{}
	for _, c := range list {
		k := class(c)
		if k < 0 {
			continue
		}
		if at[c.Employer] == nil {
			at[c.Employer] = make(stats.Cluster, classes)
			out = append(out, at[c.Employer])
		}
		at[c.Employer][k] += c.N
	}
	return out
}

// ByDomain gives each cohort the class of its domain.
func ByDomain(c Cohort) int { return c.Domain }

// BySource is what each source brought, most first.
func BySource(list []Cohort) (out []Share) {
	at := map[string]int{}
	for _, c := range list {
		i, ok := at[c.Source]
		if !ok {
			i, at[c.Source] = len(out), len(out)
			out = append(out, Share{Source: c.Source})
		}
		out[i].N += c.N
	}
	slices.SortStableFunc(out, byN)
	return out
}

// Recent is the last twelve months in which enough jobs were first seen to give
// shares of, counted back from the end of the data; nothing where there are none.
func (m *Market) Recent() (list []Cohort, from, to time.Time) {
	if m.Jobs == 0 {
		return nil, from, to
	}
	to = time.Date(m.Last.Year(), m.Last.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	for ; to.After(m.First); to = to.AddDate(0, -12, 0) {
		from = to.AddDate(0, -12, 0)
		list = Within(m.New, from, to)
		if s := claims.SharesOf(Clusters(list, len(schema.Domains), ByDomain), nil, 1); !s.Few() {
			return list, from, to
		}
	}
	return nil, from, to
}
