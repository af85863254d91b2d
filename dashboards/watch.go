package dashboards

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
)

// stretch is a time over which one source was watched without a long gap, and for
// how many days after it what it showed is known.
type stretch struct {
	Source   string
	From, To time.Time // first and last day
	Known    int
}

// end is the day after the last on which the stretch tells anything.
func (s stretch) end() time.Time { return s.To.AddDate(0, 0, 1+s.Known) }

func (m *market) loadWatched(a *asker, f frame) {
	m.Stretches = ask(a, "watched.sql", f, func(r *sql.Rows) (s stretch, err error) {
		var days int64
		err = r.Scan(&s.Source, &s.From, &s.To, &days)
		s.Known, s.From, s.To = int(days), s.From.UTC(), s.To.UTC()
		return s, err
	})
}

// watchedIn names the sources that were watched at some time from one day up to
// another.
func (m *market) watchedIn(from, to time.Time) (out []string) {
	for _, s := range m.Stretches {
		if s.From.Before(to) && !s.To.Before(from) && !slices.Contains(out, s.Source) {
			out = append(out, s.Source)
		}
	}
	return out
}

// watchedOn says of a day how many sources tell what is open on it, and whether
// one of them was watched then, and not only some days before.
func (m *market) watchedOn(day time.Time) (sources int, live bool) {
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

// short is how many days at the ends of a period may go unwatched before it is a
// part of a period: the pace of a weekly letter.
const short = 7

// part says whether the source that brought most of a period's jobs was watched
// over a part of the period only; where there are no jobs, whether every source was.
func (m *market) part(list []cohort, from, to time.Time) bool {
	days := map[string]float64{}
	most := 0.0
	for _, s := range m.Stretches {
		days[s.Source] += max(0, earliest(s.To.AddDate(0, 0, 1), to).Sub(latest(s.From, from)).Hours()/24)
		most = max(most, days[s.Source])
	}
	if by := bySource(list); len(by) > 0 {
		most = days[by[0].Source]
	}
	return most < to.Sub(from).Hours()/24-short
}

// steps is how many sources tell what is open, from each day on which that changes.
func (m *market) steps() (out []chart.Watched) {
	var days []time.Time
	for _, s := range m.Stretches {
		days = append(days, s.From, s.end())
	}
	slices.SortFunc(days, time.Time.Compare)
	for _, d := range slices.Compact(days) {
		n, _ := m.watchedOn(d)
		if k := len(out); k == 0 || out[k-1].N != n {
			out = append(out, chart.Watched{From: d, N: n})
		}
	}
	return out
}

// gaps are the times between two days in which no source was watched, those that
// are long enough to be seen on a chart.
func (m *market) gaps(from, to time.Time) (out []chart.Gap) {
	since, unwatched := from, true
	for _, w := range append(m.steps(), chart.Watched{From: to, N: 1}) {
		g := chart.Gap{From: latest(since, from), To: earliest(w.From, to)}
		if unwatched && w.N > 0 && g.To.Sub(g.From) > to.Sub(from)/200 {
			out = append(out, g)
		}
		since, unwatched = w.From, w.N == 0
	}
	return out
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// axis is the time that charts run over, with what was watched in it.
func (s *site) axis(from, to time.Time, by []share) chart.Axis {
	a := chart.Axis{From: from, To: to, Gaps: s.m.gaps(from, to), Watched: s.m.steps(), Periods: map[time.Time]string{}}
	peak := 0
	for _, w := range a.Watched {
		peak = max(peak, w.N)
	}
	a.Peak = claims.Amount(float64(peak), "sources")
	for _, g := range s.marks() {
		if g.Day.Before(from) || g.Day.After(to) {
			continue
		}
		a.Marks = append(a.Marks, chart.Mark{Day: g.Day, Text: g.Short(), Main: g.main(by), End: g.Kind == "end"})
	}
	return a
}

// marked is the marks of one day and kind.
type marked struct {
	Day     time.Time
	Kind    string
	Sources []string
	Texts   []string
}

// lately is how near to the end of the data a source may have been seen last and
// still be one that goes on.
const lately = 45

// marks are the marks that charts show, those of one day and kind together. That a
// source was last seen is a mark only where it is not seen any more.
func (s *site) marks() []marked {
	if s.grouped != nil {
		return s.grouped
	}
	at := map[string]int{}
	for _, k := range s.m.Marks {
		if k.Kind == "end" && k.Day.After(s.m.On.AddDate(0, 0, -lately)) {
			continue
		}
		key := k.Day.Format(time.DateOnly) + k.Kind
		i, ok := at[key]
		if !ok {
			i, at[key] = len(s.grouped), len(s.grouped)
			s.grouped = append(s.grouped, marked{Day: k.Day, Kind: k.Kind})
		}
		g := &s.grouped[i]
		if k.Source != "" && !slices.Contains(g.Sources, k.Source) {
			g.Sources = append(g.Sources, k.Source)
		}
		if !slices.Contains(g.Texts, k.Text) {
			g.Texts = append(g.Texts, k.Text)
		}
	}
	slices.SortStableFunc(s.grouped, func(a, b marked) int { return cmp.Or(a.Day.Compare(b.Day), strings.Compare(a.Kind, b.Kind)) })
	return s.grouped
}

// main says whether a mark is drawn through a chart: the beginning or the end of a
// source that brought a tenth of what the chart shows.
func (g marked) main(by []share) bool {
	if g.Kind != "source" && g.Kind != "end" || len(g.Sources) != 1 {
		return false
	}
	all := 0.0
	for _, s := range by {
		all += s.N
	}
	return slices.ContainsFunc(by, func(s share) bool { return s.Source == g.Sources[0] && s.N >= all/10 })
}

// Short is the mark in a few words, for the chart.
func (g marked) Short() string {
	who := "the market"
	if n := len(g.Sources); n == 1 {
		who = g.Sources[0]
	} else if n > 1 {
		who = claims.Amount(float64(n), "sources")
	}
	switch {
	case g.Kind == "source" && len(g.Sources) == 1:
		return who + " begins"
	case g.Kind == "source":
		return who + " begin"
	case g.Kind == "end" && len(g.Sources) == 1:
		return who + " ends"
	case g.Kind == "end":
		return who + " end"
	case g.Kind == "crawl" && len(g.Sources) == 1:
		return "an incomplete crawl of " + who
	case g.Kind == "crawl":
		return "incomplete crawls of " + who
	case g.Kind != "":
		return "another " + g.Kind
	}
	return "a change"
}

// Sentence is the mark in a sentence, for lists.
func (g marked) Sentence() string {
	n := len(g.Sources)
	switch {
	case g.Kind == "source" && n == 1:
		return g.Sources[0] + " is watched from here on."
	case g.Kind == "source" && n > 1:
		return fmt.Sprintf("%d sources are watched from here on.", n)
	case g.Kind == "end" && n == 1:
		return g.Sources[0] + " was seen for the last time."
	case g.Kind == "end" && n > 1:
		return fmt.Sprintf("%d sources were seen for the last time.", n)
	case g.Kind == "crawl" && n == 1:
		return "A crawl of " + g.Sources[0] + " was incomplete; it closed nothing."
	case g.Kind == "crawl" && n > 1:
		return fmt.Sprintf("Crawls of %d sources were incomplete; they closed nothing.", n)
	}
	return strings.Join(g.Texts, " ")
}
