package market

import (
	"database/sql"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/stats"
)

// Lifetimes is how long the ads of feeds stayed open, up to the day that is measured.
type Lifetimes struct {
	Ads         []Life
	First, Last time.Time // days on which the first of them began, and one was last seen
}

// Life is openings of one employer that lasted alike: between earliest and latest
// days, for an ad closes between two crawls. An ad that came back is two openings.
type Life struct {
	Employer, Source, Domain string
	Known                    bool // the employer is
	Earliest, Latest         int
	Closed                   bool
	N                        float64
}

func (m *Market) loadLifetimes(a *asker, f frame) {
	l := &m.Lifetimes
	l.Ads = ask(a, "lifetimes.sql", f, func(r *sql.Rows) (x Life, err error) {
		var known, early, late, closed, n int64
		var first, last sql.NullTime
		err = r.Scan(&x.Employer, &known, &x.Source, &x.Domain, &early, &late, &closed, &n, &first, &last)
		x.Known, x.Earliest, x.Latest, x.Closed, x.N = known == 1, int(max(early, 0)), int(max(late, 0)), closed == 1, float64(n)
		if l.First.IsZero() || first.Time.Before(l.First) {
			l.First = first.Time
		}
		if last.Time.After(l.Last) {
			l.Last = last.Time
		}
		return x, err
	})
	m.keep(a, "lifetimes", "lifetimes.sql", f)
}

// Lasted is how long the openings of one field lasted, or all, by employer and by
// both bounds of the day on which they closed.
type Lasted struct {
	Earliest, Latest []stats.Lives
	N, Closed        float64
	Employers        int     // that are known
	Unknown          float64 // openings whose employer is not
	Boards           []Brought
}

// Of gathers the openings of a field; of "" all.
func (l Lifetimes) Of(domain string) (out Lasted) {
	at, boards := map[string]int{}, map[string]float64{}
	for _, x := range l.Ads {
		if domain != "" && x.Domain != domain {
			continue
		}
		i, ok := at[x.Employer]
		if !ok {
			i, at[x.Employer] = len(out.Latest), len(out.Latest)
			out.Earliest, out.Latest = append(out.Earliest, stats.Lives{}), append(out.Latest, stats.Lives{})
			if x.Known {
				out.Employers++
			}
		}
		if !x.Known {
			out.Unknown += x.N
		}
		out.Earliest[i].Add(x.Earliest, x.Closed, x.N)
		out.Latest[i].Add(x.Latest, x.Closed, x.N)
		boards[x.Source] += x.N
		out.N += x.N
		if x.Closed {
			out.Closed += x.N
		}
	}
	for s, n := range boards {
		out.Boards = append(out.Boards, Brought{s, n})
	}
	slices.SortFunc(out.Boards, func(a, b Brought) int {
		if a.N == b.N {
			return strings.Compare(a.Source, b.Source)
		}
		return byN(a, b)
	})
	return out
}
