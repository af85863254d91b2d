package stats

import (
	"math"
	"math/rand/v2"
)

// Table is one stratum: Hits1 of N1 units within a group, Hits0 of N0 outside.
type Table struct{ Hits1, N1, Hits0, N0 float64 }

// weight is what the stratum counts in the pooled difference; a stratum that holds
// one side only says nothing of it.
func (t Table) weight() float64 {
	if t.N1 <= 0 || t.N0 <= 0 {
		return 0
	}
	return t.N1 * t.N0 / (t.N1 + t.N0)
}

func (t Table) difference() float64 { return t.Hits1/t.N1 - t.Hits0/t.N0 }

// RiskDifference pools the differences of shares over strata, each weighed by
// N1·N0/(N1+N0) (Mantel and Haenszel 1959, J. Natl. Cancer Inst. 22:719-748; for
// the difference, Greenland and Robins 1985, Biometrics 41:55-68). What the strata
// differ in besides cannot turn its sign, as it can that of the pooled shares
// (Simpson 1951). The interval takes Greenland and Robins' variance, a sum over
// strata, with each stratum's part recovered from the limits of Newcombe's method
// 10 (Zou and Donner 2008, Statist. Med. 27:1693-1702): for one stratum it is
// [Difference], for many units in each it is the difference plus or minus z
// standard errors. ok is false where no stratum holds both sides.
func RiskDifference(tables []Table, confidence float64) (d float64, i Interval, ok bool) {
	total := 0.0
	for _, t := range tables {
		total += t.weight()
	}
	if total == 0 {
		return 0, Interval{-1, 1}, false
	}
	var below, above float64
	for _, t := range tables {
		w := t.weight() / total
		if w == 0 {
			continue
		}
		one := t.difference()
		limits := Difference(t.Hits1, t.N1, t.Hits0, t.N0, confidence)
		d += w * one
		below += math.Pow(w*(one-limits.Low), 2)
		above += math.Pow(w*(limits.High-one), 2)
	}
	return d, Interval{math.Max(-1, d-math.Sqrt(below)), math.Min(1, d+math.Sqrt(above))}, true
}

// StandardError is Greenland and Robins' (1985) of the pooled difference.
func StandardError(tables []Table) float64 {
	var total, variance float64
	for _, t := range tables {
		if w := t.weight(); w > 0 {
			total += w
			variance += w * w * (t.Hits1*(t.N1-t.Hits1)/math.Pow(t.N1, 3) + t.Hits0*(t.N0-t.Hits0)/math.Pow(t.N0, 3))
		}
	}
	return math.Sqrt(variance) / total
}

// BootstrapDifference draws clusters with replacement within each stratum, so that
// the strata keep their sizes, and gives the pooled difference of each draw, one
// measure. The classes of a cluster are hits and misses within the group, then
// hits and misses outside.
func BootstrapDifference(strata [][]Cluster, seed uint64) (draws [][]float64) {
	r, most := rand.New(rand.NewPCG(seed, 0x737472)), 0
	for _, s := range strata {
		most = max(most, len(s))
	}
	tables := make([]Table, len(strata))
	for range resamples(most) {
		for k, s := range strata {
			tables[k] = tableOf(s, func() Cluster { return s[r.IntN(len(s))] })
		}
		if d, _, ok := RiskDifference(tables, 0.95); ok {
			draws = append(draws, []float64{d})
		}
	}
	return draws
}

// TableOf adds the clusters of one stratum up.
func TableOf(clusters []Cluster) Table {
	at := -1
	return tableOf(clusters, func() Cluster { at++; return clusters[at] })
}

func tableOf(clusters []Cluster, next func() Cluster) (t Table) {
	for range clusters {
		c := next()
		t.Hits1, t.N1, t.Hits0, t.N0 = t.Hits1+c[0], t.N1+c[0]+c[1], t.Hits0+c[2], t.N0+c[2]+c[3]
	}
	return t
}
