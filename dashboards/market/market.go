// Package market asks the published views for all that the pages show, and keeps it
// as numbers: what was first seen and what is open, by field and by source, what
// was watched when, how long ads stay, and how the crawls went. It knows SQL and
// statistics; it knows neither charts nor pages.
//
// # Decisions
//
// 2026-11-25: the day that is measured ends everything: counts, lists, marks, and
// when a source was seen. A chart of a day in 2021 whose caption counts boards of 2025
// is of no day. Runs and what could not be read are of the program and not of the
// market, and stay.
//
// 2026-11-25: a job belongs to the source that showed it first, in every list of
// sources, so that they add up to what was counted. "A job in two sources counts in
// both" was refused: sums larger than the total beside them read as a mistake.
package market

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"time"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/query"
	"jobmarket/warehouse/schema"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

var queries = query.MustParse(sqlFiles, "sql/*.sql")

// Options is what of the warehouse is asked for.
type Options struct {
	Language   string    // the market's
	Definition string    // core or some
	On         time.Time // the day of "open now"; zero: the last day on which a source was seen
}

// Market is all that the pages show, as numbers.
type Market struct {
	Simulated    bool
	LabelVersion string
	Totals       Totals
	On           time.Time // the day of "open now"; zero in an empty warehouse
	First, Last  time.Time // days that charts span; zero when nothing counts
	Jobs         int64     // that charts count, as Postings and Employers are
	Postings     int64
	Employers    int64                            // that are known
	Nobodys      int64                            // jobs whose employer is not
	New          []Cohort                         // what was first seen, by month and by what the jobs are
	PanelNew     []Cohort                         // the same in the fixed panel
	Panel        []string                         // sources that were watched in the first period, in the last, and in three of four between
	Stock        map[string]map[time.Time]float64 // by domain and day
	Days         []time.Time                      // of Stock
	StockBucket  string
	Bucket       string      // of what is first seen
	Periods      []time.Time // of Bucket
	Watch        Watch       // over which stretches sources were watched
	BySource     []Brought   // jobs by source, most first
	OpenBySource []Brought
	Open         claims.Groups // on On, by domain
	Unknown      Unknown
	Lifetimes    Lifetimes
	Sources      []Source
	Marks        []Mark
	Top          map[string][]Count // employers by domain
	Languages    map[string][]Count
	Technologies map[string][]Count
	Of           map[string]Of
	Listed       []Job // the newest
	Rejects      []Reject
	Runs         []Run // the last ones
	Troubles     Troubles
	Queries      map[string]string // by chart: SQL that gives its numbers
}

// Totals is what was collected, whether charts count it or not.
type Totals struct{ Sources, Postings int64 }

// Source is one source and how it fared.
type Source struct {
	Name, Kind, Mode, Selects          string
	Lifetime                           int64
	Configured                         bool
	FirstSeen, LastSeen, LastCrawl     sql.NullTime
	Crawls, Failed, Postings, InMarket int64
}

// Mark is one row of the view marks.
type Mark struct {
	Day                time.Time
	Source, Kind, Text string
}

// Count is a number of jobs under a name.
type Count struct {
	Name string
	N    int64
}

// Brought is how many jobs one source brought: those that it showed first.
type Brought struct {
	Source string
	N      float64
}

// Unknown is the jobs that were open when last seen, and may be so no more.
type Unknown struct {
	Jobs, Sources int64
	Last          time.Time
}

// Of is how many jobs a field holds, and how many of those have an ad with a text.
type Of struct{ Jobs, Texts int64 }

// Job is one job that charts count.
type Job struct {
	ID, Title, Employer, Domain, Source, URL, Link, Country, Remote, Seniority string
	First, Last                                                                time.Time
}

// Reject is what could not be read for one reason, with an example.
type Reject struct {
	Source, Reason, Field, URL, Place, Excerpt string
	N                                          int64
}

// Run is one run of the program.
type Run struct {
	ID, Command, Version, Outcome, Error                                   string
	Started, Finished                                                      sql.NullTime
	Pages, Sightings, NewPostings, Rejects, Failed, Forbidden, NotArchived int64
}

// Troubles is what went wrong in all runs, and how much could not be read in all.
type Troubles struct{ Failed, NotArchived, Forbidden, Rejects int64 }

// frame is what the .sql files are filled with.
type frame struct {
	Roles, Sources []string
	First, On      time.Time // the days that charts may span; First may be zero
	Cut            bool      // what was collected after On is left out of every count
	Days           []time.Time
	Language       string
}

// asker runs named queries and keeps the first error, so that loading reads as
// the list of queries that it is.
type asker struct {
	ctx context.Context
	q   query.Querier
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

// MaxListed is the most jobs that the page of jobs lists.
const MaxListed = 1000

// Load asks for everything that the pages show.
func Load(ctx context.Context, q query.Querier, o Options) (*Market, error) {
	a := &asker{ctx: ctx, q: q}
	m := &Market{Queries: map[string]string{}}
	f := frame{Language: o.Language, Roles: []string{schema.RoleCore}}
	if o.Definition == schema.RoleSome {
		f.Roles = append(f.Roles, schema.RoleSome)
	}
	m.loadSpan(a, &f, o)
	m.Sources = ask(a, "sources.sql", f, func(r *sql.Rows) (s Source, err error) {
		return s, r.Scan(&s.Name, &s.Kind, &s.Mode, &s.Lifetime, &s.Selects, &s.Configured, &s.FirstSeen, &s.LastSeen, &s.Crawls, &s.Failed, &s.LastCrawl, &s.Postings, &s.InMarket)
	})
	if m.Jobs > 0 {
		m.loadWatched(a, f)
		m.loadNew(a, f)
		m.loadStock(a, f)
		m.loadTop(a, f)
		m.loadListed(a, f)
	}
	m.loadLifetimes(a, f)
	m.Marks = ask(a, "marks.sql", f, func(r *sql.Rows) (k Mark, err error) { return k, r.Scan(&k.Day, &k.Source, &k.Kind, &k.Text) })
	m.Rejects = ask(a, "rejects.sql", f, func(r *sql.Rows) (x Reject, err error) {
		var url, place, excerpt sql.NullString
		err = r.Scan(&x.Source, &x.Reason, &x.Field, &x.N, &url, &place, &excerpt)
		x.URL, x.Place, x.Excerpt = url.String, place.String, excerpt.String
		return x, err
	})
	m.Runs = ask(a, "runs.sql", f, func(r *sql.Rows) (x Run, err error) {
		return x, r.Scan(&x.ID, &x.Command, &x.Version, &x.Started, &x.Finished, &x.Outcome, &x.Error, &x.Pages, &x.Sightings, &x.NewPostings, &x.Rejects, &x.Failed, &x.Forbidden, &x.NotArchived)
	})
	ask(a, "troubles.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		t := &m.Troubles
		return struct{}{}, r.Scan(&t.Failed, &t.NotArchived, &t.Forbidden, &t.Rejects)
	})
	return m, a.err
}

// keep notes the query of a chart, for readers who run it themselves.
func (m *Market) keep(a *asker, chart, name string, f frame) {
	if text, err := queries.Text(name, f); err == nil {
		m.Queries[chart] = text
	} else if a.err == nil {
		a.err = err
	}
}

// loadSpan finds what there is and from when to when, and sets the frame to it.
func (m *Market) loadSpan(a *asker, f *frame, o Options) {
	f.On, f.Cut = o.On, !o.On.IsZero()
	ask(a, "totals.sql", *f, func(r *sql.Rows) (_ struct{}, err error) {
		var simulated int64
		var last sql.NullTime
		err = r.Scan(&m.Totals.Sources, &m.Totals.Postings, &simulated, &last, &m.LabelVersion)
		if m.Simulated = simulated > 0; !f.Cut {
			f.On = last.Time
		}
		return
	})
	m.On = f.On
	span := func() {
		ask(a, "span.sql", *f, func(r *sql.Rows) (_ struct{}, err error) {
			var first, last sql.NullTime
			err = r.Scan(&first, &last, &m.Jobs, &m.Postings, &m.Employers, &m.Nobodys)
			m.First, m.Last = first.Time, Earliest(last.Time, m.On)
			return
		})
	}
	span()
	// One ad with a date of 1970 must not stretch every chart, and is in none.
	if oldest := m.Last.AddDate(-30, 0, 0); m.Jobs > 0 && m.First.Before(oldest) {
		f.First = oldest
		span()
	}
}

// loadTop finds each domain's most frequent employers, languages and technologies.
func (m *Market) loadTop(a *asker, f frame) {
	m.Top, m.Languages, m.Technologies, m.Of = map[string][]Count{}, map[string][]Count{}, map[string][]Count{}, map[string]Of{}
	ask(a, "employers.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var domain string
		var c Count
		err = r.Scan(&domain, &c.Name, &c.N)
		m.Top[domain] = append(m.Top[domain], c)
		return
	})
	ask(a, "terms.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var domain, kind string
		var c Count
		err = r.Scan(&domain, &kind, &c.Name, &c.N)
		into := m.Technologies
		if kind == "language" {
			into = m.Languages
		}
		into[domain] = append(into[domain], c)
		return
	})
	ask(a, "of.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var domain string
		var n Of
		err = r.Scan(&domain, &n.Jobs, &n.Texts)
		m.Of[domain] = n
		return
	})
	m.keep(a, "employers", "employers.sql", f)
	m.keep(a, "terms", "terms.sql", f)
}

// loadListed reads the newest jobs, and keeps the query that lists all.
func (m *Market) loadListed(a *asker, f frame) {
	m.keep(a, "jobs", "listed.sql", f)
	if a.err != nil {
		return
	}
	m.Listed, a.err = query.Rows(a.ctx, a.q, fmt.Sprintf("%s\nLIMIT %d", m.Queries["jobs"], MaxListed), func(r *sql.Rows) (l Job, err error) {
		return l, r.Scan(&l.ID, &l.Title, &l.Employer, &l.Domain, &l.Source, &l.First, &l.Last, &l.URL, &l.Link, &l.Country, &l.Remote, &l.Seniority)
	})
}
