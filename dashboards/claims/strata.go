package claims

import (
	"database/sql"
	"fmt"
	"slices"

	"jobmarket/dashboards/query"
	"jobmarket/dashboards/stats"
)

// CannotShow begins the reason why a source is left out that cannot show what a
// claim compares.
const CannotShow = "cannot show it"

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
		if reason, cannot := why[u.Source]; u.Used && cannot {
			u.Used, u.Why = false, reason
		}
		if u.Used {
			f.Panel = append(f.Panel, u.Source)
		}
	}
	return nil
}

// byStratum is the tally with the source to which each unit belongs.
func (e *evaluation) byStratum(f frame) ([]row, error) {
	text, err := queries.Text("strata.sql", f)
	if err != nil {
		return nil, err
	}
	return query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (row, error) {
		var t row
		var employer sql.NullString
		var hit, n int64
		err := r.Scan(&t.source, &employer, &t.domain, &hit, &n)
		t.employer, t.hit, t.n = employer.String, hit == 1, float64(n)
		return t, err
	})
}

// shareHigher compares the subject's share within some domains and elsewhere,
// source by source, and pools what the sources say.
func (e *evaluation) shareHigher(v *Verdict, tally []row) {
	class := func(r row) int {
		k := hitClass(r)
		if !slices.Contains(e.c.Within, r.domain) {
			k += 2
		}
		return k
	}
	var names []string
	by := map[string][]row{}
	for _, r := range tally {
		if by[r.source] == nil {
			names = append(names, r.source)
		}
		by[r.source] = append(by[r.source], r)
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(by[b]) - len(by[a]) })
	var strata [][]stats.Cluster
	var tables []stats.Table
	var pooled stats.Table // of the sources that hold both sides
	for _, s := range names {
		groups := clusters(by[s], 4, class)
		t := stats.TableOf(groups)
		d, i, ok := stats.RiskDifference([]stats.Table{t}, Confidence)
		if !ok {
			continue
		}
		strata, tables = append(strata, groups), append(tables, t)
		v.Strata = append(v.Strata, Figure{Label: s, Count: t.Hits1 - t.Hits0, Value: d, Interval: i, Detail: sides(t)})
		pooled = stats.Table{Hits1: pooled.Hits1 + t.Hits1, N1: pooled.N1 + t.N1, Hits0: pooled.Hits0 + t.Hits0, N0: pooled.N0 + t.N0}
	}
	within := or(fields(e.c.Within))
	d, i, ok := stats.RiskDifference(tables, Confidence)
	if !ok {
		v.Outcome, v.Sentence = Undecided, fmt.Sprintf("no source shows %s both in %s and elsewhere.", e.c.unit(), within)
		v.Why = "There is nothing to compare within one source."
		return
	}
	if boot, ok := stats.Percentile(stats.BootstrapDifference(strata, e.o.Seed), 0, Confidence); ok {
		i = i.Hull(boot)
	}
	v.Figures = e.sideFigures(strata, pooled, within)
	v.Contrasts = []Figure{{Label: within + " − elsewhere", Count: pooled.Hits1 - pooled.Hits0, Value: d, Interval: i, Subject: true, Detail: sides(pooled)}}
	v.Outcome = side(i, 0)
	v.Sentence = fmt.Sprintf("%s of %s %s in %s (%s) %s, and %s of %s elsewhere (%s).", Number(pooled.Hits1), Number(pooled.N1), e.c.unit(), within,
		Percent(pooled.Hits1/pooled.N1), e.c.Subject.are(), Number(pooled.Hits0), Number(pooled.N0), Percent(pooled.Hits0/pooled.N0))
	v.Why = difference(d, i)
	if len(strata) > 1 {
		v.Why = fmt.Sprintf("Compared within each of %d sources and pooled, the difference is %s percentage points, 95 %% interval %s to %s.", len(strata), Points(d), Points(i.Low), Points(i.High))
	}
	if min(pooled.N1, pooled.N0) < MinUnits {
		v.Outcome = Undecided
		v.Why = fmt.Sprintf("Too few on one side: %s and %s, where the rule asks for %d.", Number(pooled.N1), Number(pooled.N0), MinUnits)
	}
}

// sideFigures are the shares of both sides, all sources together.
func (e *evaluation) sideFigures(strata [][]stats.Cluster, t stats.Table, within string) []Figure {
	groups := slices.Concat(strata...)
	side := func(k int) (hits, all func(stats.Cluster) float64) {
		return stats.Class(k), func(c stats.Cluster) float64 { return c[k] + c[k+1] }
	}
	one := func(label string, k int, count, of float64) Figure {
		hits, all := side(k)
		share, variance := stats.ShareVariance(groups, hits, all)
		return Figure{Label: label, Count: count, Of: of, Value: share, Interval: stats.ShareInterval(groups, all, share, variance, Confidence), Subject: k == 0}
	}
	return []Figure{one(within, 0, t.Hits1, t.N1), one("elsewhere", 2, t.Hits0, t.N0)}
}

// sides writes both sides of a comparison: "21 of 55, elsewhere 80 of 326".
func sides(t stats.Table) string {
	return fmt.Sprintf("%s of %s, elsewhere %s of %s", Number(t.Hits1), Number(t.N1), Number(t.Hits0), Number(t.N0))
}
