package claims

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"jobmarket/dashboards/query"
	"jobmarket/dashboards/stats"
)

// Mix says how far a share changed between the two halves of a period, and how
// much of that happened within sources.
type Mix struct {
	Before   string         `json:"before"` // the first half of the period, in words
	After    string         `json:"after"`
	Interval stats.Interval `json:"interval"` // of the whole change
	Sources  int            `json:"sources"`
	stats.Shift
}

// String is the split as a sentence. One source has no mix.
func (m Mix) String() string {
	text := fmt.Sprintf("From %s to %s the share changed by %s percentage points (95 %% interval %s to %s)",
		m.Before, m.After, Points(m.Total), Points(m.Interval.Low), Points(m.Interval.High))
	if m.Sources < 2 {
		return text + "."
	}
	return text + fmt.Sprintf(": %s within sources, %s because other sources, or the same in other proportions, brought the ads%s.",
		Points(m.Within), Points(m.Mix), rounded(m.Total, m.Within, m.Mix))
}

// Cell is the units of one source and employer in one half of a period, and how
// many of them are hits.
type Cell struct {
	Source, Employer string
	Half             int // 0, 1, or -1 for neither
	Hits, N          float64
}

// SplitChange splits the change of a share between two halves. It is nil where
// either half holds fewer than [MinUnits], of which no change can be told. The
// interval is the hull of Newcombe's (1998) and a bootstrap by employer, since one
// employer may advertise in both halves.
func SplitChange(cells []Cell, before, after string, seed uint64) *Mix {
	strata, groups := map[string]stats.Stratum{}, map[string]stats.Cluster{}
	var sources, employers []string
	for _, c := range cells {
		if c.Half < 0 || c.N == 0 {
			continue
		}
		s, seen := strata[c.Source]
		if !seen {
			sources = append(sources, c.Source)
		}
		if groups[c.Employer] == nil {
			employers, groups[c.Employer] = append(employers, c.Employer), make(stats.Cluster, 4)
		}
		if c.Half == 0 {
			s.Hits0, s.N0 = s.Hits0+c.Hits, s.N0+c.N
		} else {
			s.Hits1, s.N1 = s.Hits1+c.Hits, s.N1+c.N
		}
		g := groups[c.Employer]
		g[2-2*c.Half], g[3-2*c.Half] = g[2-2*c.Half]+c.Hits, g[3-2*c.Half]+c.N-c.Hits
		strata[c.Source] = s
	}
	list, drawn := make([]stats.Stratum, len(sources)), make([]stats.Cluster, len(employers))
	slices.Sort(sources)
	slices.Sort(employers)
	var t stats.Table // the second half is the group, the first what it is compared with
	for i, s := range sources {
		list[i] = strata[s]
		t = stats.Table{Hits1: t.Hits1 + list[i].Hits1, N1: t.N1 + list[i].N1, Hits0: t.Hits0 + list[i].Hits0, N0: t.N0 + list[i].N0}
	}
	for i, e := range employers {
		drawn[i] = groups[e]
	}
	shift, ok := stats.ShiftShare(list)
	if !ok || min(t.N0, t.N1) < MinUnits {
		return nil
	}
	i := stats.Difference(t.Hits1, t.N1, t.Hits0, t.N0, Confidence)
	draws := stats.Bootstrap(drawn, 4, seed, func(t []float64, _ *rand.Rand) []float64 {
		return []float64{t[0]/max(t[0]+t[1], 1) - t[2]/max(t[2]+t[3], 1)}
	})
	if b, ok := stats.Percentile(draws, 0, Confidence); ok {
		i = i.Hull(b)
	}
	return &Mix{before, after, i, len(sources), shift}
}

// HalfOf says whether the i-th of n periods lies in the first half (0), in the
// second (1), or in neither (-1): the one in the middle of an odd number.
func HalfOf(i, n int) int {
	switch {
	case i < n/2:
		return 0
	case i >= n-n/2:
		return 1
	}
	return -1
}

// mix splits the change of the subject's share between the two halves of the
// period, of all the sources that count: the panel's own mix is fixed by design,
// and what a source that joined did is what the split is to tell.
func (e *evaluation) mix(v *Verdict, f frame, periods []time.Time) error {
	f.Panel = nil
	text, err := queries.Text("mix.sql", f)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, d := range periods {
		at[d.Format(time.DateOnly)] = HalfOf(i, len(periods))
	}
	cells, err := query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (c Cell, err error) {
		var employer sql.NullString
		var day time.Time
		var hits, n int64
		err = r.Scan(&c.Source, &employer, &day, &hits, &n)
		c.Employer, c.Hits, c.N = employer.String, float64(hits), float64(n)
		if half, known := at[day.Format(time.DateOnly)]; known {
			c.Half = half
		} else {
			c.Half = -1
		}
		return c, err
	})
	if err != nil {
		return err
	}
	half := len(periods) / 2
	span := func(from, to time.Time) string { return Span(from, Next(to, f.Bucket)) }
	v.Mix = SplitChange(cells, span(periods[0], periods[half-1]), span(periods[len(periods)-half], periods[len(periods)-1]), e.o.Seed)
	return nil
}

// Span names the days from one up to another, exclusive, by their months.
func Span(from, to time.Time) string {
	last := to.AddDate(0, 0, -1)
	if from.Month() == last.Month() && from.Year() == last.Year() {
		return from.Format("2006-01")
	}
	return from.Format("2006-01") + "–" + last.Format("2006-01")
}
