package claims

import (
	"cmp"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"jobmarket/dashboards/query"
	"jobmarket/dashboards/stats"
)

// CannotShow and OneSide begin the reasons why a source is left out that cannot show
// what a claim compares, or that shows one side of the comparison alone.
const (
	CannotShow = "cannot show it"
	OneSide    = "shows one side only"
)

// able leaves out the sources that cannot show what the subject says, whatever the
// field: their ads would count as ads without it. What is read off the words of an
// ad cannot be shown by a source that prints a line for each. It looks at all ads
// of a source, of every time, so that the claim's own counts decide nothing here.
func (e *evaluation) able(v *Verdict, f *frame) error {
	text, err := queries.Text("able.sql", *f)
	if err != nil {
		return err
	}
	why := map[string]string{}
	ofWords := len(e.c.Subject.Names) > 0 || e.c.Subject.OlderThan != ""
	_, err = query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (struct{}, error) {
		var source string
		var ads, texts, hits int64
		err := r.Scan(&source, &ads, &texts, &hits)
		switch {
		case hits == 0 && ads == 1:
			why[source] = CannotShow + ": its only ad never did"
		case hits == 0:
			why[source] = fmt.Sprintf(CannotShow+": none of its %s ever did", Amount(float64(ads), "ads"))
		case ofWords && 2*texts < ads:
			why[source] = fmt.Sprintf(CannotShow+": it prints a line and no text (%s of %s hold more)", Number(float64(texts)), Amount(float64(ads), "ads"))
		}
		return struct{}{}, err
	})
	if err != nil {
		return err
	}
	f.Panel = []string{""} // no source has no name: with none left nothing counts
	for i := range v.Sources {
		u := &v.Sources[i]
		reason, cannot := why[u.Source]
		if u.Used && cannot {
			u.Used, u.Why = false, reason
		}
		if u.Used || u.unwatched && !cannot {
			f.Panel = append(f.Panel, u.Source)
		}
	}
	return nil
}

// sideOf is the class of a row: hits and misses within the domains of the claim, then
// hits and misses elsewhere.
func (e *evaluation) sideOf(r row) int {
	k := hitClass(r)
	if !slices.Contains(e.c.Within, r.domain) {
		k += 2
	}
	return k
}

// bothSides narrows the frame to the sources that show units on both sides of the
// comparison: what a source shows of one side alone is compared with nothing, and
// must fill no minimum. It says of the others why they are left out, and whether
// there were any. Where no source shows both it changes nothing.
func (e *evaluation) bothSides(v *Verdict, f *frame, tally []row) (narrowed bool) {
	sides := map[string]*[2]float64{}
	for _, r := range tally {
		if sides[r.source] == nil {
			sides[r.source] = new([2]float64)
		}
		sides[r.source][e.sideOf(r)/2] += r.n
	}
	both := []string{}
	for source, n := range sides {
		if n[0] > 0 && n[1] > 0 {
			both = append(both, source)
		}
	}
	if len(both) == 0 || len(both) == len(sides) {
		return false
	}
	slices.Sort(both)
	f.Panel = both
	for i := range v.Sources {
		u := &v.Sources[i]
		if n := sides[u.Source]; n != nil && n[0]*n[1] == 0 {
			u.Used, u.unwatched = false, false
			u.Why = fmt.Sprintf(OneSide+": %s, all elsewhere", Amount(n[1], e.c.unit()))
			if n[0] > 0 {
				u.Why = fmt.Sprintf(OneSide+": %s, all in %s", Amount(n[0], e.c.unit()), or(fields(e.c.Within)))
			}
		}
	}
	return true
}

// strata are the sources of the tally, the largest first, and what each employer has
// in every one of them.
func (e *evaluation) strata(tally []row) (sources []string, employers []stats.Spread) {
	n, at, by := map[string]float64{}, map[string]int{}, map[string]stats.Spread{}
	for _, r := range tally {
		n[r.source] += r.n
	}
	sources = slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), strings.Compare(a, b)) })
	for i, s := range sources {
		at[s] = i
	}
	for _, r := range tally {
		if by[r.employer] == nil {
			by[r.employer] = stats.Spread{}
			employers = append(employers, by[r.employer])
		}
		by[r.employer].Add(at[r.source], e.sideOf(r), r.n)
	}
	return sources, employers
}

// shareHigher compares the subject's share within some domains and elsewhere,
// source by source, and pools what the sources say.
func (e *evaluation) shareHigher(v *Verdict, tally []row) {
	sources, employers := e.strata(tally)
	draws := stats.BootstrapDifference(employers, len(sources), e.o.Seed)
	var tables []stats.Table
	var pooled stats.Table // of the sources that hold both sides
	for k, t := range stats.TablesOf(employers, len(sources)) {
		d, i, ok := stats.RiskDifference([]stats.Table{t}, Confidence)
		if !ok {
			continue
		}
		if boot, ok := stats.Percentile(draws, 1+k, Confidence); ok {
			i = i.Hull(boot)
		}
		tables = append(tables, t)
		v.Strata = append(v.Strata, Figure{Label: sources[k], Value: d, Interval: i, Detail: sides(t)})
		pooled = stats.Table{Hits1: pooled.Hits1 + t.Hits1, N1: pooled.N1 + t.N1, Hits0: pooled.Hits0 + t.Hits0, N0: pooled.N0 + t.N0}
	}
	within := or(fields(e.c.Within))
	d, i, ok := stats.RiskDifference(tables, Confidence)
	if !ok {
		v.Outcome, v.Sentence = Undecided, fmt.Sprintf("no source shows %s both in %s and elsewhere.", e.c.unit(), within)
		v.Why = "There is nothing to compare within one source."
		return
	}
	if boot, ok := stats.Percentile(draws, 0, Confidence); ok {
		i = i.Hull(boot)
	}
	v.Figures = e.sideFigures(tally, pooled, within)
	v.Contrasts = []Figure{{Label: within + " − elsewhere", Value: d, Interval: i, Subject: true, Detail: sides(pooled)}}
	v.Outcome = side(i, 0)
	v.Sentence = fmt.Sprintf("%s of %s %s in %s (%s) %s, and %s of %s elsewhere (%s).", Number(pooled.Hits1), Number(pooled.N1), e.c.unit(), within,
		Percent(pooled.Hits1/pooled.N1), e.c.Subject.are(), Number(pooled.Hits0), Number(pooled.N0), Percent(pooled.Hits0/pooled.N0))
	v.Why = difference(d, i)
	if len(tables) > 1 {
		v.Why = fmt.Sprintf("Compared within each of %d sources and pooled, the difference is %s percentage points, 95 %% interval %s to %s.", len(tables), Points(d), Points(i.Low), Points(i.High))
	}
	in, out := e.ofSide(tally, 0), e.ofSide(tally, 1)
	if min(pooled.N1, pooled.N0) < MinUnits || min(in.Employers, out.Employers) < MinEmployers {
		v.Outcome = Undecided
		v.Why = fmt.Sprintf("Too few on one side: %s of %s in %s, %s of %s elsewhere, where the rule asks for %d of %d on either.",
			Amount(pooled.N1, e.c.unit()), Who(in.Employers, in.Unknown, e.c.unit()), within, Number(pooled.N0), Who(out.Employers, out.Unknown, e.c.unit()), MinUnits, MinEmployers)
	}
}

// ofSide gathers the rows within (0) or elsewhere (1).
func (e *evaluation) ofSide(tally []row, side int) Groups {
	return grouped(tally, 1, func(r row) int {
		if e.sideOf(r)/2 == side {
			return 0
		}
		return -1
	})
}

// sideFigures are the shares of both sides, all sources together.
func (e *evaluation) sideFigures(tally []row, t stats.Table, within string) []Figure {
	groups := clusters(tally, 4, e.sideOf)
	one := func(label string, k int, count, of float64) Figure {
		hits, all := stats.Class(k), func(c stats.Cluster) float64 { return c[k] + c[k+1] }
		share, variance := stats.ShareVariance(groups, hits, all)
		return Figure{Label: label, Count: count, Of: of, Value: share, Interval: stats.ShareInterval(groups, all, share, variance, Confidence), Subject: k == 0}
	}
	return []Figure{one(within, 0, t.Hits1, t.N1), one("elsewhere", 2, t.Hits0, t.N0)}
}

// sides writes both sides of a comparison: "21 of 55, elsewhere 80 of 326".
func sides(t stats.Table) string {
	return fmt.Sprintf("%s of %s, elsewhere %s of %s", Number(t.Hits1), Number(t.N1), Number(t.Hits0), Number(t.N0))
}
