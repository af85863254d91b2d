package market

import (
	"database/sql"
	"slices"
	"time"
)

// Stretch is a time over which one source was watched without a long gap, and the
// last day of which what it showed tells what is open.
type Stretch struct {
	Source          string
	From, To, Known time.Time
}

// end is the day after the last of which the stretch tells anything.
func (s Stretch) end() time.Time { return s.Known.AddDate(0, 0, 1) }

// Watch is the stretches over which some sources were watched.
type Watch []Stretch

func (m *Market) loadWatched(a *asker, f frame) {
	m.Watch = ask(a, "watched.sql", f, func(r *sql.Rows) (s Stretch, err error) {
		err = r.Scan(&s.Source, &s.From, &s.To, &s.Known)
		s.From, s.To, s.Known = s.From.UTC(), s.To.UTC(), s.Known.UTC()
		return s, err
	})
}

// Among are the stretches of the given sources.
func (w Watch) Among(sources []string) (out Watch) {
	for _, s := range w {
		if slices.Contains(sources, s.Source) {
			out = append(out, s)
		}
	}
	return out
}

// In names the sources that were watched at some time from one day up to another.
func (w Watch) In(from, to time.Time) (out []string) {
	for _, s := range w {
		if s.From.Before(to) && !s.To.Before(from) && !slices.Contains(out, s.Source) {
			out = append(out, s.Source)
		}
	}
	return out
}

// On says of a day how many sources tell what is open on it, and whether one of
// them was watched then, and not only some days before.
func (w Watch) On(day time.Time) (sources int, live bool) {
	seen := map[string]bool{}
	for _, s := range w {
		if s.From.After(day) || s.Known.Before(day) {
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
func (w Watch) Part(list []Cohort, from, to time.Time) bool {
	days := map[string]float64{}
	most := 0.0
	for _, s := range w {
		days[s.Source] += max(0, Earliest(s.To.AddDate(0, 0, 1), to).Sub(Latest(s.From, from)).Hours()/24)
		most = max(most, days[s.Source])
	}
	if by := BySource(list); len(by) > 0 {
		most = days[by[0].Source]
	}
	return most < to.Sub(from).Hours()/24-short
}

// Steps are how many sources tell what is open, from each day on which that changes.
func (w Watch) Steps() (out []Watched) {
	var days []time.Time
	for _, s := range w {
		days = append(days, s.From, s.end())
	}
	slices.SortFunc(days, time.Time.Compare)
	for _, d := range slices.Compact(days) {
		n, _ := w.On(d)
		if k := len(out); k == 0 || out[k-1].N != n {
			out = append(out, Watched{From: d, N: n})
		}
	}
	return out
}

// Gaps are the times between two days in which no source was watched, those that
// are long enough to be seen on a chart.
func (w Watch) Gaps(from, to time.Time) (out []Gap) {
	since, unwatched := from, true
	for _, step := range append(w.Steps(), Watched{From: to, N: 1}) {
		g := Gap{From: Latest(since, from), To: Earliest(step.From, to)}
		if unwatched && step.N > 0 && g.To.Sub(g.From) > to.Sub(from)/200 {
			out = append(out, g)
		}
		since, unwatched = step.From, step.N == 0
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
