package dashboards

import (
	"context"
	"database/sql"
	"embed"
	"time"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/query"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

var queries = query.MustParse(sqlFiles, "sql/*.sql")

// market is all that the pages show, as numbers.
type market struct {
	Simulated    bool
	LabelVersion string
	Totals       totals
	On           time.Time // the day of "open now"; zero in an empty warehouse
	First, Last  time.Time // days that charts span; zero when nothing counts
	Jobs         int64
	Postings     int64
	Employers    int64
	Bucket       string
	Periods      []time.Time
	Stock, Flow  series
	Panel        []string // sources that were seen from the first period to the last
	PanelFlow    series
	Seen         map[time.Time]float64 // sources that were seen, by period
	Mix          map[string]claims.Mix // by domain: its share's change, split
	Lifetimes    map[string]lifetime   // by domain, and of "all"
	Shares       []stats.Cluster       // by employer, on On
	Sources      []source
	Marks        []mark
	Top          map[string][]count // employers by domain
	Languages    map[string][]count
	Technologies map[string][]count
	Rejects      []reject
	Runs         []run
	Verdicts     []Verdict
}

type totals struct{ Sources, Sightings, Postings int64 }

// series is a number for each domain and period.
type series map[string]map[time.Time]float64

type source struct {
	Name, Kind, Mode, Selects          string
	Lifetime                           int64
	Configured                         bool
	FirstSeen, LastSeen, LastCrawl     sql.NullTime
	Crawls, Failed, Postings, InMarket int64
}

type mark struct {
	Day                time.Time
	Source, Kind, Text string
}

type count struct {
	Name string
	N    int64
}

type reject struct {
	Source, Reason, Field, URL, Place, Excerpt string
	N                                          int64
}

type run struct {
	ID, Command, Version, Outcome, Error                                   string
	Started, Finished                                                      sql.NullTime
	Pages, Sightings, NewPostings, Rejects, Failed, Forbidden, NotArchived int64
}

// frame is what the .sql files are filled with.
type frame struct {
	Roles, Sources []string
	On             time.Time
	Days           []time.Time
	Bucket         string
	Language       string
}

// asker runs named queries and keeps the first error, so that loading reads as
// the list of queries that it is.
type asker struct {
	ctx context.Context
	q   Querier
	err error
}

// ask runs the query of that name and reads its rows with scan.
func ask[T any](a *asker, name string, f frame, scan func(*sql.Rows) (T, error)) []T {
	if a.err != nil {
		return nil
	}
	text, err := queries.Text(name, f)
	if err != nil {
		a.err = err
		return nil
	}
	rows, err := query.Rows(a.ctx, a.q, text, scan)
	a.err = err
	return rows
}

// load asks for everything that the pages show.
func load(ctx context.Context, q Querier, o Options) (*market, error) {
	a := &asker{ctx: ctx, q: q}
	m := &market{}
	f := frame{Language: o.Language, Roles: []string{schema.RoleCore}}
	if o.Definition == schema.RoleSome {
		f.Roles = append(f.Roles, schema.RoleSome)
	}
	m.loadSpan(a, f, o)
	m.Sources = ask(a, "sources.sql", f, func(r *sql.Rows) (s source, err error) {
		return s, r.Scan(&s.Name, &s.Kind, &s.Mode, &s.Lifetime, &s.Selects, &s.Configured, &s.FirstSeen, &s.LastSeen, &s.Crawls, &s.Failed, &s.LastCrawl, &s.Postings, &s.InMarket)
	})
	m.loadTrends(a, f)
	m.loadTop(a, f)
	m.loadLifetimes(a, f)
	m.Marks = ask(a, "marks.sql", f, func(r *sql.Rows) (k mark, err error) { return k, r.Scan(&k.Day, &k.Source, &k.Kind, &k.Text) })
	m.Rejects = ask(a, "rejects.sql", f, func(r *sql.Rows) (x reject, err error) {
		var url, place, excerpt sql.NullString
		err = r.Scan(&x.Source, &x.Reason, &x.Field, &x.N, &url, &place, &excerpt)
		x.URL, x.Place, x.Excerpt = url.String, place.String, excerpt.String
		return x, err
	})
	m.Runs = ask(a, "runs.sql", f, func(r *sql.Rows) (x run, err error) {
		return x, r.Scan(&x.ID, &x.Command, &x.Version, &x.Started, &x.Finished, &x.Outcome, &x.Error, &x.Pages, &x.Sightings, &x.NewPostings, &x.Rejects, &x.Failed, &x.Forbidden, &x.NotArchived)
	})
	return m, a.err
}

// loadSpan finds what there is and from when to when.
func (m *market) loadSpan(a *asker, f frame, o Options) {
	for range ask(a, "totals.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var simulated int64
		var last sql.NullTime
		err = r.Scan(&m.Totals.Sources, &m.Totals.Sightings, &m.Totals.Postings, &simulated, &last, &m.LabelVersion)
		m.Simulated, m.On = simulated > 0, last.Time
		return
	}) {
	}
	if !o.On.IsZero() {
		m.On = o.On
	}
	var first, from, last sql.NullTime
	ask(a, "span.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		return struct{}{}, r.Scan(&first, &from, &last, &m.Jobs, &m.Postings, &m.Employers)
	})
	m.First, m.Last = first.Time, last.Time
	if m.Last.After(m.On) {
		m.Last = m.On
	}
	// One ad with a date of 1970 must not stretch every chart.
	if oldest := m.Last.AddDate(-30, 0, 0); m.First.Before(oldest) {
		m.First = oldest
	}
}

// loadTrends counts stock and flow by domain and period.
func (m *market) loadTrends(a *asker, f frame) {
	if m.Jobs == 0 {
		return
	}
	m.Bucket = bucket(m.First, m.Last)
	m.Periods = claims.Periods(m.First, m.Last.AddDate(0, 0, 1), m.Bucket)
	f.Bucket, f.Days, f.On = m.Bucket, m.Periods, m.On
	// read asks for one number a period and domain, of the frame as it then is.
	read := func(name string) series {
		out := series{}
		for _, d := range schema.Domains {
			out[d] = map[time.Time]float64{}
		}
		ask(a, name, f, func(r *sql.Rows) (_ struct{}, err error) {
			var day time.Time
			var domain string
			var n int64
			if err = r.Scan(&day, &domain, &n); err == nil && out[domain] != nil {
				out[domain][day.UTC()] = float64(n)
			}
			return
		})
		return out
	}
	m.Stock, m.Flow = read("stock.sql"), read("flow.sql")
	if m.Panel = m.panel(); len(m.Panel) > 0 {
		f.Sources = m.Panel
		m.PanelFlow = read("flow.sql")
		f.Sources = nil
	}
	m.loadMix(a, f)
	m.Seen = map[time.Time]float64{}
	ask(a, "seen.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var day time.Time
		var n int64
		err = r.Scan(&day, &n)
		m.Seen[day.UTC()] = float64(n)
		return
	})
	at := map[string]int{}
	ask(a, "shares.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var employer, domain string
		var n int64
		if err = r.Scan(&employer, &domain, &n); err != nil {
			return
		}
		i, ok := at[employer]
		if !ok {
			i = len(m.Shares)
			at[employer] = i
			m.Shares = append(m.Shares, make(stats.Cluster, len(schema.Domains)))
		}
		if k := domainIndex(domain); k >= 0 {
			m.Shares[i][k] += float64(n)
		}
		return
	})
}

// panel is the sources that charts count and that were seen in the first period
// and in the last: what changes between those is no change of sources.
func (m *market) panel() (out []string) {
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

// bucket is the period of the charts: finer than that of a trend's test, which
// wants more than a handful in each.
func bucket(from, to time.Time) string {
	switch years := to.Sub(from).Hours() / 24 / 365.25; {
	case years <= 6:
		return "month"
	case years <= 20:
		return "quarter"
	}
	return "year"
}

// loadLifetimes reads how long the ads of feeds stayed open.
func (m *market) loadLifetimes(a *asker, f frame) {
	m.Lifetimes = map[string]lifetime{}
	ask(a, "lifetimes.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var domain, bound string
		var days, atRisk, closed int64
		if err = r.Scan(&domain, &bound, &days, &atRisk, &closed); err != nil {
			return
		}
		l, step := m.Lifetimes[domain], stats.Step{Days: int(days), AtRisk: float64(atRisk), Closed: float64(closed)}
		if bound == "earliest" {
			l.Earliest = append(l.Earliest, step)
		} else {
			l.Latest = append(l.Latest, step)
		}
		m.Lifetimes[domain] = l
		return
	})
}

// loadTop finds each domain's most frequent employers, languages and technologies.
func (m *market) loadTop(a *asker, f frame) {
	m.Top, m.Languages, m.Technologies = map[string][]count{}, map[string][]count{}, map[string][]count{}
	ask(a, "employers.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var domain string
		var c count
		err = r.Scan(&domain, &c.Name, &c.N)
		m.Top[domain] = append(m.Top[domain], c)
		return
	})
	ask(a, "terms.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var domain, kind string
		var c count
		err = r.Scan(&domain, &kind, &c.Name, &c.N)
		into := m.Technologies
		if kind == "language" {
			into = m.Languages
		}
		into[domain] = append(into[domain], c)
		return
	})
}

func domainIndex(d string) int {
	for i, k := range schema.Domains {
		if k == d {
			return i
		}
	}
	return -1
}
