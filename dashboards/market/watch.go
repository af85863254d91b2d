package market

import (
	"database/sql"
	"slices"
	"time"
)

// Stretch is a time over which one source was watched without a long gap, and for
// how many days after it what it showed is known.
type Stretch struct {
	Source   string
	From, To time.Time // first and last day
	Known    int
}

// end is the day after the last on which the stretch tells anything.
func (s Stretch) end() time.Time { return s.To.AddDate(0, 0, 1+s.Known) }

func (m *Market) loadWatched(a *asker, f frame) {
	m.Stretches = ask(a, "watched.sql", f, func(r *sql.Rows) (s Stretch, err error) {
		var days int64
		err = r.Scan(&s.Source, &s.From, &s.To, &days)
		s.Known, s.From, s.To = int(days), s.From.UTC(), s.To.UTC()
		return s, err
	})
}

// WatchedIn names the sources that were watched at some time from one day up to
// another.
func (m *Market) WatchedIn(from, to time.Time) (out []string) {
	for _, s := range m.Stretches {
		if s.From.Before(to) && !s.To.Before(from) && !slices.Contains(out, s.Source) {
			out = append(out, s.Source)
		}
	}
	return out
}

// WatchedOn says of a day how many sources tell what is open on it, and whether
// one of them was watched then, and not only some days before.
func (m *Market) WatchedOn(day time.Time) (sources int, live bool) {
	seen := map[string]bool{}
	for _, s := range m.Stretches {
		if s.From.After(day) || !s.end().After(day) {
			continue
		}
		seen[s.Source] = true
		live = live || !s.To.Before(day)
	}
	return len(seen), live
}

// Watched is the number of sources that tell what is open, from a day on.
type Watched struct {
	From time.Time
	N    int
}

// Gap is a time from one day up to another in which nobody looked.
type Gap struct{ From, To time.Time }

// short is how many days at the ends of a period may go unwatched before it is a
// part of a period: the pace of a weekly letter.
const short = 7

// Part says whether the source that brought most of a period's jobs was watched
// over a part of the period only; where there are no jobs, whether every source was.
func (m *Market) Part(list []Cohort, from, to time.Time) bool {
	days := map[string]float64{}
	most := 0.0
	for _, s := range m.Stretches {
		days[s.Source] += max(0, Earliest(s.To.AddDate(0, 0, 1), to).Sub(Latest(s.From, from)).Hours()/24)
		most = max(most, days[s.Source])
	}
	if by := BySource(list); len(by) > 0 {
		most = days[by[0].Source]
	}
	return most < to.Sub(from).Hours()/24-short
}

// Steps are how many sources tell what is open, from each day on which that changes.
func (m *Market) Steps() (out []Watched) {
	var days []time.Time
	for _, s := range m.Stretches {
		days = append(days, s.From, s.end())
	}
	slices.SortFunc(days, time.Time.Compare)
	for _, d := range slices.Compact(days) {
		n, _ := m.WatchedOn(d)
		if k := len(out); k == 0 || out[k-1].N != n {
			out = append(out, Watched{From: d, N: n})
		}
	}
	return out
}

// Gaps are the times between two days in which no source was watched, those that
// are long enough to be seen on a chart.
func (m *Market) Gaps(from, to time.Time) (out []Gap) {
	since, unwatched := from, true
	for _, w := range append(m.Steps(), Watched{From: to, N: 1}) {
		g := Gap{From: Latest(since, from), To: Earliest(w.From, to)}
		if unwatched && w.N > 0 && g.To.Sub(g.From) > to.Sub(from)/200 {
			out = append(out, g)
		}
		since, unwatched = w.From, w.N == 0
	}
	return out
}

// Latest is the later of two times.
func Latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Earliest is the earlier of two times.
func Earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
