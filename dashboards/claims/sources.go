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

// sources lists every source with postings, and whether the claim counts it.
func (e *evaluation) sources(v *Verdict, f frame) error {
	text, err := queries.Text("sources.sql", nil)
	if err != nil {
		return err
	}
	watches, err := e.watches(f)
	if err != nil {
		return err
	}
	type row struct {
		SourceUse
		selects     string
		first, last sql.NullTime
		simulated   bool
	}
	rows, err := query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (k row, err error) {
		return k, r.Scan(&k.Source, &k.Kind, &k.Mode, &k.selects, &k.first, &k.last, &k.simulated)
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
		case !u.watched(watches[k.Source], f):
			u.unwatched, u.Why = true, "not watched then: "+cmp.Or(nearest(u.before, u.after), "no crawl of it was complete")
		default:
			u.Used = true
		}
		v.Simulated = v.Simulated || k.simulated
		v.Sources = append(v.Sources, u)
	}
	return nil
}

// stretch is a time over which a source was watched, first and last day, and the
// last of which it tells what was open.
type stretch struct{ from, to, known time.Time }

// watches are the stretches of each source, of printed ads by the claim's lifetime
// where it has one.
func (e *evaluation) watches(f frame) (map[string][]stretch, error) {
	text, err := queries.Text("watched.sql", nil)
	if err != nil {
		return nil, err
	}
	out := map[string][]stretch{}
	_, err = query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (struct{}, error) {
		var source, mode string
		var s stretch
		err := r.Scan(&source, &mode, &s.from, &s.to, &s.known)
		if mode == string(schema.Periodical) && f.Lifetime > 0 {
			s.known = s.to.AddDate(0, 0, f.Lifetime-1)
		}
		out[source] = append(out[source], s)
		return struct{}{}, err
	})
	return out, err
}

// watched says whether anything of the source's is known of the day or the period by
// when it was watched, and notes the nearest days on which it was.
func (u *SourceUse) watched(list []stretch, f frame) bool {
	from, to := f.From, f.To
	if f.Count == Stock {
		from, to = f.On, f.On.AddDate(0, 0, 1)
	}
	for _, s := range list {
		last := s.known
		if f.Count == Flow {
			last = s.to
		}
		switch {
		case last.Before(from):
			u.before = s.to // the stretches come in order
		case !s.from.Before(to):
			if u.after.IsZero() {
				u.after = s.from
			}
		default:
			return true
		}
	}
	return false
}

// nearest says when a source was watched that was not then; nothing for never.
func nearest(before, after time.Time) string {
	switch {
	case before.IsZero() && after.IsZero():
		return ""
	case after.IsZero():
		return "last on " + before.Format(time.DateOnly)
	case before.IsZero():
		return "first on " + after.Format(time.DateOnly)
	}
	return "last before on " + before.Format(time.DateOnly) + ", next on " + after.Format(time.DateOnly)
}

// bySource adds to each source what of the tally is its own, says why those that
// count show nothing, and puts those first that show most. What is counted of a
// source makes it one that counts, whenever it was watched: an ad that stood on a
// board at two crawls far apart is open between them.
func (e *evaluation) bySource(v *Verdict, f frame, tally []row) error {
	text, err := queries.Text("by_source.sql", f)
	if err != nil {
		return err
	}
	shown := map[string]int64{}
	_, err = query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (struct{}, error) {
		var source string
		var n int64
		err := r.Scan(&source, &n)
		shown[source] = n
		return struct{}{}, err
	})
	if err != nil {
		return err
	}
	n, hits := map[string]float64{}, map[string]float64{}
	for _, r := range tally {
		if n[r.source] += r.n; r.hit {
			hits[r.source] += r.n
		}
	}
	for i := range v.Sources {
		u := &v.Sources[i]
		if u.unwatched && shown[u.Source] > 0 {
			u.Used, u.Why = true, ""
		}
		if !u.Used {
			continue
		}
		u.N, u.Hits = n[u.Source], hits[u.Source]
		switch {
		case u.Why != "":
		case shown[u.Source] == 0:
			u.Why = "counts, and showed no such ad then"
		case u.N == 0:
			u.Why = "counts, and showed only what another had shown before"
		default:
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
func scene(v *Verdict, f frame) string {
	when := "At any time"
	switch begins, ends := f.From.Year() > 1, f.To.Year() < 9999; {
	case v.Count == Stock:
		when = "On " + f.On.Format(time.DateOnly)
	case begins && ends:
		when = "From " + f.From.Format(time.DateOnly) + " up to " + f.To.Format(time.DateOnly)
	case begins:
		when = "From " + f.From.Format(time.DateOnly) + " on"
	case ends:
		when = "Up to " + cmp.Or(v.Claim.To, v.Claim.On)
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
