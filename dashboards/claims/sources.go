package claims

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/query"
	"jobmarket/warehouse/schema"
)

// known is how long what a feed showed at its last crawl counts as known, in days,
// as the view openings has it.
const known = 30

// sources lists every source with postings, and whether the claim counts it.
func (e *evaluation) sources(v *Verdict, f frame) error {
	text, err := queries.Text("sources.sql", nil)
	if err != nil {
		return err
	}
	type row struct {
		SourceUse
		lifetime    int64
		selects     string
		first, last sql.NullTime
		simulated   bool
	}
	rows, err := query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (k row, err error) {
		return k, r.Scan(&k.Source, &k.Kind, &k.Mode, &k.lifetime, &k.selects, &k.first, &k.last, &k.simulated)
	})
	if err != nil {
		return err
	}
	for _, k := range rows {
		if !k.last.Valid {
			continue // configured, and nothing read from it
		}
		u := k.SourceUse
		u.First, u.Last = k.first.Time, k.last.Time
		has := func(list []string) bool { return slices.Contains(list, k.Source) || slices.Contains(list, k.Kind) }
		switch {
		case k.selects != "" && !slices.Contains(f.Selects, k.selects):
			u.Why = "selects on the answer: " + k.selects
		case len(f.Only) > 0 && !has(f.Only):
			u.Why = "the claim names other sources"
		case has(f.Without):
			u.Why = "the claim leaves it out"
		case !watched(u, f, int(k.lifetime)):
			u.Why = fmt.Sprintf("not watched then: its ads were seen from %s to %s", u.First.Format(time.DateOnly), u.Last.Format(time.DateOnly))
		default:
			u.Used = true
		}
		v.Simulated = v.Simulated || k.simulated
		v.Sources = append(v.Sources, u)
	}
	return nil
}

// watched says whether anything of the source's is known of the day or the period.
func watched(u SourceUse, f frame, lifetime int) bool {
	after := known
	if u.Mode == string(schema.Periodical) {
		if after = lifetime; f.Lifetime > 0 {
			after = f.Lifetime
		}
	}
	from, to := f.From, f.To
	if f.Count == Stock {
		from, to = f.On, f.On.AddDate(0, 0, 1)
	} else if f.Count == Flow {
		after = 0
	}
	return u.First.Before(to) && !u.Last.AddDate(0, 0, after).Before(from)
}

// bySource adds to each source what it showed, says why those that count show
// nothing, and puts those first that show most.
func (e *evaluation) bySource(v *Verdict, f frame) error {
	text, err := queries.Text("by_source.sql", f)
	if err != nil {
		return err
	}
	type shown struct{ n, hits int64 }
	by := map[string]shown{}
	_, err = query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (struct{}, error) {
		var source string
		var s shown
		err := r.Scan(&source, &s.n, &s.hits)
		by[source] = s
		return struct{}{}, err
	})
	if err != nil {
		return err
	}
	for i := range v.Sources {
		u := &v.Sources[i]
		if !u.Used {
			continue
		}
		s := by[u.Source]
		u.N, u.Hits = float64(s.n), float64(s.hits)
		if u.Why == "" && s.n == 0 {
			u.Why = "counts, and showed no such ad then"
		} else if u.Why == "" {
			u.Why = "counts"
		}
	}
	slices.SortStableFunc(v.Sources, func(a, b SourceUse) int {
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Why, b.Why), strings.Compare(a.Source, b.Source))
	})
	v.Covered = covered(v.Sources, f)
	return nil
}

// covered says which part of the period the sources that showed something were
// watched in, where that is not all of it. A month and a half at either end is the
// pace of a monthly thread, and not worth a word.
func covered(sources []SourceUse, f frame) string {
	var first, last time.Time
	for _, s := range sources {
		if s.N == 0 {
			continue
		}
		if first.IsZero() || s.First.Before(first) {
			first = s.First
		}
		if s.Last.After(last) {
			last = s.Last
		}
	}
	const pace = 45
	if f.Count == Stock || first.IsZero() || first.AddDate(0, 0, -pace).Before(f.From) && last.AddDate(0, 0, pace).After(f.To) || f.From.Year() < 2 && f.To.Year() > 9000 {
		return ""
	}
	if first.Before(f.From) {
		first = f.From
	}
	if !last.Before(f.To) {
		last = f.To.AddDate(0, 0, -1)
	}
	return first.Format(time.DateOnly) + " to " + last.Format(time.DateOnly)
}

// scene says when and where a finding was counted, to stand before it: "On
// 2022-06-21, in twir alone, ".
func (e *evaluation) scene(v *Verdict) string {
	when := "At any time"
	switch {
	case v.Count == Stock:
		when = "On " + e.c.On
	case e.c.From != "" && e.c.To != "":
		when = "From " + e.c.From + " up to " + e.c.To
	case e.c.From != "":
		when = "From " + e.c.From + " on"
	case e.c.To+e.c.On != "":
		when = "Up to " + e.c.To + e.c.On
	}
	if v.Covered != "" {
		when += " (watched: " + v.Covered + ")"
	}
	return when + ", in " + Places(v.Sources) + ", "
}

// Places names the sources that showed something, with how much, most first.
func Places(sources []SourceUse) string {
	var names []string
	for _, s := range sources {
		if s.N > 0 {
			names = append(names, fmt.Sprintf("%s (%s)", s.Source, Number(s.N)))
		}
	}
	switch n := len(names); {
	case n == 0:
		return "no source"
	case n == 1:
		name := names[0][:strings.LastIndex(names[0], " (")]
		return name + " alone"
	case n == 2:
		return names[0] + " and " + names[1]
	case n == 3:
		return names[0] + ", " + names[1] + " and " + names[2]
	default:
		return fmt.Sprintf("%s, %s and %d more sources", names[0], names[1], n-2)
	}
}
