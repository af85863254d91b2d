package dashboards

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
)

// How fresh the data are, for the line under every header and the page of data
// quality.

// quarter is how many days "lately" is in the line of freshness.
const quarter = 90

// Freshness says in one line to what day the data go and how many of the sources
// were seen towards it.
func (s *site) Freshness() string {
	if s.m.On.IsZero() {
		return ""
	}
	seen := 0
	for _, x := range s.SourcesOfAds() {
		if x.LastSeen.Valid && !x.LastSeen.Time.Before(s.m.On.AddDate(0, 0, -quarter)) { // and up to On, as the query has it
			seen++
		}
	}
	text := fmt.Sprintf("Data to %s; %d of %s seen in the %d days before.", s.m.On.Format(time.DateOnly), seen, claims.Amount(float64(len(s.SourcesOfAds())), "sources"), quarter)
	if days := int(s.drawn.Sub(s.m.On).Hours() / 24); days > market.Lately && !s.m.Simulated {
		text += fmt.Sprintf(" That was %s before this page was drawn.", claims.Amount(float64(days), "days"))
	}
	return text
}

// SourcesOfAds are the sources that advertise jobs; a registry lists employers.
func (s *site) SourcesOfAds() []market.Source {
	return slices.DeleteFunc(slices.Clone(s.m.Sources), func(x market.Source) bool { return x.Mode == "registry" })
}

// state says how some sources stand at the end of the data.
type state struct {
	State, Kind string
	Sources     []market.Source
	Last        time.Time // of any of them
}

// States groups the sources by how they stand: those that go on, those that have
// not been seen for some time, those that ended, and those of which nothing is read.
func (s *site) States() (out []state) {
	names := []string{"seen lately", "not seen lately", "not seen for a year", "crawled, and no ad read", "not crawled yet"}
	at := map[string]int{}
	for _, x := range s.m.Sources {
		k := 4
		switch {
		case x.LastSeen.Valid && !x.LastSeen.Time.Before(s.m.On.AddDate(0, 0, -market.Lately)):
			k = 0
		case x.LastSeen.Valid && !x.LastSeen.Time.Before(s.m.On.AddDate(-1, 0, 0)):
			k = 1
		case x.LastSeen.Valid:
			k = 2
		case x.Crawls > 0:
			k = 3
		}
		key := fmt.Sprint(k, x.Kind)
		i, ok := at[key]
		if !ok {
			i, at[key] = len(out), len(out)
			out = append(out, state{State: names[k], Kind: x.Kind})
		}
		out[i].Sources = append(out[i].Sources, x)
		out[i].Last = market.Latest(out[i].Last, x.LastSeen.Time)
	}
	slices.SortStableFunc(out, func(a, b state) int {
		return cmp.Or(cmp.Compare(slices.Index(names, a.State), slices.Index(names, b.State)), strings.Compare(a.Kind, b.Kind))
	})
	return out
}

// Names lists the sources of a state.
func (x state) Names() string {
	names := make([]string, len(x.Sources))
	for i, s := range x.Sources {
		names[i] = s.Name
	}
	return strings.Join(names, ", ")
}

// Troubles says what went wrong in all crawls and runs, in a sentence.
func (s *site) Troubles() string {
	var incomplete int64
	for _, x := range s.m.Sources {
		incomplete += x.Failed
	}
	t := s.m.Troubles
	var out []string
	for _, x := range []struct {
		n           int64
		units, what string
	}{
		{incomplete, "crawls", "incomplete, which closed nothing"}, {t.Failed, "URLs", "without a usable answer"}, {t.Forbidden, "URLs", "that robots.txt forbids"},
		{t.NotArchived, "URLs", "that the archives lack"}, {t.Rejects, "places", "on pages that could not be read"},
	} {
		if x.n > 0 {
			out = append(out, amount(x.n, x.units)+" "+x.what)
		}
	}
	if len(out) == 0 {
		return "Every crawl was complete, and every page could be read."
	}
	return capital(strings.Join(out, "; ")) + "."
}

// LastRun says what the newest run brought.
func (s *site) LastRun() string {
	if len(s.m.Runs) == 0 {
		return ""
	}
	r := s.m.Runs[0]
	return fmt.Sprintf("The last run, of %s, read %s and brought %s that no run before it had seen; it ended %s.",
		day(r.Started), amount(r.Pages, "pages"), amount(r.NewPostings, "postings"), r.Outcome)
}
