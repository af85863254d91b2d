package claims

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// decide applies the rule of every comparison but a trend to the tally.
func (e *evaluation) decide(v *Verdict, tally []row) {
	if v.count(tally); v.N == 0 {
		v.Outcome, v.Sentence = NotAnswerable, fmt.Sprintf("No ad that the claim looks at was collected (%s).", strings.TrimSpace(e.verdict().Period))
		v.Why = v.nothing()
		return
	}
	switch e.c.Comparison {
	case Outnumbers, Fewest:
		e.fields(v, tally)
	case NamesMore:
		e.namesMore(v, tally)
	case ShareAbove:
		e.shareAbove(v, tally)
	case ShareHigher:
		e.shareHigher(v, tally)
	case Exists:
		e.exists(v, tally)
		return
	}
	if v.N < MinUnits || v.Employers < MinEmployers {
		v.Outcome = Undecided
		v.Why = fmt.Sprintf("Too few to decide on: %s, where the rule asks for %d of %d.", v.Counted(), MinUnits, MinEmployers)
	}
}

// nothing says why there was nothing to count: sources were watched, or none was.
func (v Verdict) nothing() string {
	var before, after time.Time
	for _, s := range v.Sources {
		if s.Used {
			return "Nothing was counted in what was watched then."
		}
		if s.before.After(before) {
			before = s.before
		}
		if !s.after.IsZero() && (after.IsZero() || s.after.Before(after)) {
			after = s.after
		}
	}
	near := nearest(before, after)
	if near == "" {
		return "Nothing was counted."
	}
	return "No source that counts was watched then (" + near + ")."
}

// side says on which side of the line an interval lies.
func side(i stats.Interval, line float64) Outcome {
	switch {
	case i.Low > line:
		return Supported
	case i.High < line:
		return Refuted
	}
	return Undecided
}

// fields compares the subject's domain with each other field.
func (e *evaluation) fields(v *Verdict, tally []row) {
	by := grouped(tally, len(schema.Domains), func(r row) int { return slices.Index(schema.Domains, r.domain) })
	groups := by.Clusters
	totals, measure := e.corrected(groups)
	draws := stats.Bootstrap(groups, len(schema.Domains), e.o.Seed, measure)
	shown := SharesOf(by, e.o.Audit, e.o.Seed)
	n := shown.N
	for i, d := range schema.Domains {
		v.Figures = append(v.Figures, Figure{Label: d, Count: totals[i], Of: n, Value: shown.Values[i], Interval: shown.Intervals[i], Subject: d == e.c.Subject.Domains[0]})
	}
	rivals := e.c.Rival.Domains
	if len(rivals) == 0 {
		rivals = schema.Domains[:len(schema.Domains)-1]
	}
	s := slices.Index(schema.Domains, e.c.Subject.Domains[0])
	var others []int
	for _, d := range rivals {
		if i := slices.Index(schema.Domains, d); i != s {
			others = append(others, i)
		}
	}
	each := stats.Bonferroni(Confidence, len(others))
	v.Outcome = Supported
	for _, i := range others {
		interval := stats.PairedDifference(totals[s], totals[i], n, each)
		if b, ok := differenceInterval(draws, s, i, each); ok {
			interval = interval.Hull(b)
		}
		v.Contrasts = append(v.Contrasts, Figure{Label: Field(schema.Domains[s]) + " − " + Field(schema.Domains[i]),
			Count: totals[s] - totals[i], Value: (totals[s] - totals[i]) / n, Interval: interval})
		one := side(interval, 0)
		if e.c.Comparison == Fewest {
			one = flip(one)
		}
		v.Outcome = worse(v.Outcome, one)
	}
	e.sayFields(v, totals, s, others, n)
}

// sayFields writes the sentence of a comparison of fields.
func (e *evaluation) sayFields(v *Verdict, totals []float64, s int, others []int, n float64) {
	next := others[0]
	for _, i := range others {
		more := totals[i] > totals[next]
		if e.c.Comparison == Fewest {
			more = totals[i] < totals[next]
		}
		if more {
			next = i
		}
	}
	f := v.Figures[s]
	rival := "next comes %s with %s"
	if totals[next] == totals[s] {
		rival = "%s has as many, %s"
	}
	if (totals[next] > totals[s]) != (e.c.Comparison == Fewest) && totals[next] != totals[s] {
		rival = "%s has more, %s"
		if e.c.Comparison == Fewest {
			rival = "%s has fewer, %s"
		}
	}
	v.Sentence = fmt.Sprintf("%s of %s %s (%s, 95 %% interval %s to %s) were in %s; %s.",
		Number(totals[s]), Number(n), e.c.unit(), Percent(f.Value), Percent(f.Interval.Low), Percent(f.Interval.High),
		Field(schema.Domains[s]), fmt.Sprintf(rival, Field(schema.Domains[next]), Number(totals[next])))
	var open, against []string
	for k, i := range others {
		one := side(v.Contrasts[k].Interval, 0)
		if e.c.Comparison == Fewest {
			one = flip(one)
		}
		switch one {
		case Undecided:
			open = append(open, Field(schema.Domains[i]))
		case Refuted:
			against = append(against, Field(schema.Domains[i]))
		}
	}
	switch v.Outcome {
	case Supported:
		v.Why = "The difference to every other field is more than chance: its interval lies wholly on the claim's side of zero."
	case Refuted:
		v.Why = "The difference to " + or(against) + " is more than chance, and goes the other way: its interval lies wholly on the other side of zero."
	default:
		v.Why = "The difference to " + or(open) + " may be chance: its interval holds zero."
	}
}

// corrected gives the totals by domain and the bootstrap's measure: shares, both
// corrected by the audit where there is one.
func (e *evaluation) corrected(groups []stats.Cluster) ([]float64, func([]float64, *rand.Rand) []float64) {
	totals := stats.Totals(groups, len(schema.Domains))
	if e.o.Audit == nil {
		return totals, func(t []float64, _ *rand.Rand) []float64 { return shares(t) }
	}
	return e.o.Audit.Correct(totals), func(t []float64, r *rand.Rand) []float64 { return shares(e.o.Audit.Draw(t, r)) }
}

func shares(counts []float64) []float64 {
	n := 0.0
	for _, c := range counts {
		n += c
	}
	out := make([]float64, len(counts))
	for i, c := range counts {
		if n > 0 {
			out[i] = c / n
		}
	}
	return out
}

func differenceInterval(draws [][]float64, a, b int, confidence float64) (stats.Interval, bool) {
	diffs := make([][]float64, len(draws))
	for i, d := range draws {
		diffs[i] = []float64{d[a] - d[b]}
	}
	return stats.Percentile(diffs, 0, confidence)
}

func flip(o Outcome) Outcome {
	switch o {
	case Supported:
		return Refuted
	case Refuted:
		return Supported
	}
	return o
}

// worse joins the outcomes of comparisons that must all hold.
func worse(a, b Outcome) Outcome {
	if a == Refuted || b == Refuted {
		return Refuted
	}
	if a == Undecided || b == Undecided {
		return Undecided
	}
	return Supported
}

// namesMore compares how many ads name the subject's terms and the rival's.
func (e *evaluation) namesMore(v *Verdict, tally []row) {
	const both, subject, rival, neither = 0, 1, 2, 3
	groups := clusters(tally, 4, func(r row) int {
		switch {
		case r.hit && r.rival:
			return both
		case r.hit:
			return subject
		case r.rival:
			return rival
		}
		return neither
	})
	t := stats.Totals(groups, 4)
	draws := stats.Bootstrap(groups, 4, e.o.Seed, func(t []float64, _ *rand.Rand) []float64 {
		s := shares(t)
		return []float64{s[subject] - s[rival]}
	})
	a, b := t[both]+t[subject], t[both]+t[rival]
	i := stats.PairedDifference(t[subject], t[rival], v.N, Confidence)
	if boot, ok := stats.Percentile(draws, 0, Confidence); ok {
		i = i.Hull(boot)
	}
	mine, theirs := or(e.c.Subject.Names), or(e.c.Rival.Names)
	naming := func(label string, count float64, k int) Figure {
		share, variance := stats.ShareVariance(groups, func(c stats.Cluster) float64 { return c[both] + c[k] }, stats.Whole)
		return Figure{Label: label, Count: count, Of: v.N, Value: share, Interval: stats.ShareInterval(groups, stats.Whole, share, variance, Confidence), Subject: k == subject}
	}
	v.Figures = []Figure{naming(mine, a, subject), naming(theirs, b, rival)}
	v.Contrasts = []Figure{{Label: mine + " − " + theirs, Count: a - b, Value: (a - b) / v.N, Interval: i}}
	v.Outcome = side(i, 0)
	v.Sentence = fmt.Sprintf("of %s %s, %s name %s and %s name %s.", Number(v.N), e.c.unit(), Number(a), or(quoted(e.c.Subject.Names)), Number(b), or(quoted(e.c.Rival.Names)))
	v.Why = difference((a-b)/v.N, i)
}

// difference says a difference of shares with its interval.
func difference(d float64, i stats.Interval) string {
	return fmt.Sprintf("The difference is %s percentage points, 95 %% interval %s to %s.", Points(d), Points(i.Low), Points(i.High))
}

// hitCount is how many units are as the subject says.
func hitCount(tally []row) (hits float64) {
	for _, r := range tally {
		if r.hit {
			hits += r.n
		}
	}
	return hits
}

// shareAbove compares the subject's share with a number.
func (e *evaluation) shareAbove(v *Verdict, tally []row) {
	var x float64
	var i stats.Interval
	if e.byDomain() {
		x, i = e.domainShare(tally)
	} else {
		x = hitCount(tally)
		groups := clusters(tally, 2, hitClass)
		share, variance := stats.ShareVariance(groups, stats.Class(0), stats.Whole)
		i = stats.ShareInterval(groups, stats.Whole, share, variance, Confidence)
	}
	v.Figures = []Figure{{Label: e.c.Subject.Words(), Count: x, Of: v.N, Value: x / v.N, Interval: i, Subject: true}}
	v.Outcome = side(i, e.c.Than)
	v.Sentence = fmt.Sprintf("%s of %s %s (%s, 95 %% interval %s to %s) %s.", Number(x), Number(v.N), e.c.unit(), Percent(x/v.N), Percent(i.Low), Percent(i.High), e.c.Subject.are())
	v.Why = fmt.Sprintf("The rule draws the line at %s.", Percent(e.c.Than))
}

// domainShare is the share of the subject's domains together, corrected by the
// audit where there is one.
func (e *evaluation) domainShare(tally []row) (x float64, i stats.Interval) {
	k := len(schema.Domains)
	groups := clusters(tally, k, func(r row) int { return slices.Index(schema.Domains, r.domain) })
	totals, measure := e.corrected(groups)
	pick := func(t []float64) (s float64) {
		for _, d := range e.c.Subject.Domains {
			s += t[slices.Index(schema.Domains, d)]
		}
		return s
	}
	_, variance := stats.ShareVariance(groups, func(c stats.Cluster) float64 { return pick(c) }, stats.Whole)
	if e.o.Audit != nil {
		variance = stats.Variance(stats.Bootstrap(groups, k, e.o.Seed, func(t []float64, r *rand.Rand) []float64 { return []float64{pick(measure(t, r))} }), 0)
	}
	share := pick(shares(totals))
	return pick(totals), stats.ShareInterval(groups, stats.Whole, share, variance, Confidence)
}

func hitClass(r row) int {
	if r.hit {
		return 0
	}
	return 1
}

// exists asks whether there are such ads at all.
func (e *evaluation) exists(v *Verdict, tally []row) {
	x := hitCount(tally)
	groups := clusters(tally, 2, hitClass)
	share, variance := stats.ShareVariance(groups, stats.Class(0), stats.Whole)
	of := grouped(tally, 1, func(r row) int { return -hitClass(r) }) // the hits alone
	v.Figures = []Figure{{Label: e.c.Subject.Words(), Count: x, Of: v.N, Value: x / v.N, Interval: stats.ShareInterval(groups, stats.Whole, share, variance, Confidence), Subject: true}}
	v.Sentence = fmt.Sprintf("none of %s %s.", Amount(v.N, e.c.unit()), e.c.Subject.are())
	if x > 0 {
		v.Sentence = fmt.Sprintf("%s of %s, from %s, %s.", Number(x), Amount(v.N, e.c.unit()), Who(of.Employers, of.Unknown, e.c.unit()), e.c.Subject.are())
	}
	least := float64(e.c.atLeast())
	enough := x >= least && (len(e.c.Subject.Employers) > 0 || float64(of.Employers) >= least)
	v.Outcome, v.Why = Undecided, "Fewer than the rule asks for; our sources are not all ads."
	if enough {
		v.Outcome, v.Why = Supported, "The ads are listed with the claim, so that anyone may read them."
	}
}
