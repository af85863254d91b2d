package market

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/claims"
)

// Change is the marks of one day and kind.
type Change struct {
	Day     time.Time
	Kind    string
	Sources []string
	Texts   []string
}

// Lately is how many days before the end of the data a source may have been seen
// last and still be one that goes on, as in the view panel.
const Lately = 45

// Changes are the marks, those of one day and kind together: all, or those that
// charts show, which leave out sources that they count nothing of. That a source was
// last seen is one only where it is not seen any more.
func (m *Market) Changes(all bool) (out []Change) {
	at := map[string]int{}
	for _, k := range m.Marks {
		if !all && k.Source != "" && !slices.ContainsFunc(m.Watch, func(s Stretch) bool { return s.Source == k.Source }) {
			continue
		}
		if k.Kind == "end" && k.Day.After(m.On.AddDate(0, 0, -Lately)) {
			continue
		}
		key := k.Day.Format(time.DateOnly) + k.Kind
		i, ok := at[key]
		if !ok {
			i, at[key] = len(out), len(out)
			out = append(out, Change{Day: k.Day, Kind: k.Kind})
		}
		g := &out[i]
		if k.Source != "" && !slices.Contains(g.Sources, k.Source) {
			g.Sources = append(g.Sources, k.Source)
		}
		if !slices.Contains(g.Texts, k.Text) {
			g.Texts = append(g.Texts, k.Text)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Or(a.Day.Compare(b.Day), strings.Compare(a.Kind, b.Kind)) })
	return out
}

// Among is the change in the sources that were watched alone; false where it is in
// none of them. One that concerns all sources stays as it is.
func (g Change) Among(watch Watch) (Change, bool) {
	if len(g.Sources) == 0 {
		return g, true
	}
	g.Sources = slices.DeleteFunc(slices.Clone(g.Sources), func(source string) bool {
		return !slices.ContainsFunc(watch, func(s Stretch) bool { return s.Source == source })
	})
	return g, len(g.Sources) > 0
}

// Main says whether a mark is drawn through a chart: the beginning or the end of a
// source that brought a tenth of what the chart shows.
func (g Change) Main(by []Brought) bool {
	if g.Kind != "source" && g.Kind != "end" || len(g.Sources) != 1 {
		return false
	}
	all := 0.0
	for _, s := range by {
		all += s.N
	}
	return slices.ContainsFunc(by, func(s Brought) bool { return s.Source == g.Sources[0] && s.N >= all/10 })
}

// Short is the mark in a few words, for the chart.
func (g Change) Short() string {
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
func (g Change) Sentence() string {
	n := len(g.Sources)
	switch {
	case g.Kind == "source" && n == 1:
		return g.Sources[0] + " is watched from here on."
	case g.Kind == "source" && n > 1:
		return fmt.Sprintf("%d sources are watched from here on.", n)
	case g.Kind == "end" && n == 1:
		return g.Sources[0] + " is not watched from here on."
	case g.Kind == "end" && n > 1:
		return fmt.Sprintf("%d sources are not watched from here on.", n)
	case g.Kind == "crawl" && n == 1:
		return "A crawl of " + g.Sources[0] + " was incomplete; it closed nothing."
	case g.Kind == "crawl" && n > 1:
		return fmt.Sprintf("Crawls of %d sources were incomplete; they closed nothing.", n)
	}
	return strings.Join(g.Texts, " ")
}
