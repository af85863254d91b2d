package stats

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
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

// Spread is what one cluster has in each stratum that it stands in: by the number of
// the stratum, hits and misses within the group, then hits and misses outside.
type Spread map[int]*[4]float64

// Add puts n units of a class into a stratum.
func (s Spread) Add(stratum, class int, n float64) {
	if s[stratum] == nil {
		s[stratum] = new([4]float64)
	}
	s[stratum][class] += n
}

// TablesOf adds the clusters up, stratum by stratum.
func TablesOf(clusters []Spread, strata int) []Table {
	tables := make([]Table, strata)
	for _, c := range clusters {
		for k, n := range c {
			tables[k].add(n)
		}
	}
	return tables
}

func (t *Table) add(n *[4]float64) {
	t.Hits1, t.N1, t.Hits0, t.N0 = t.Hits1+n[0], t.N1+n[0]+n[1], t.Hits0+n[2], t.N0+n[2]+n[3]
}

// BootstrapDifference draws clusters with replacement, each with all that it has in
// every stratum: an employer that advertises in three sources is one employer. Of
// each draw it gives the pooled difference and then each stratum's own; what a draw
// does not show both sides of is not a number in it.
func BootstrapDifference(clusters []Spread, strata int, seed uint64) [][]float64 {
	if len(clusters) == 0 {
		return nil
	}
	type part struct {
		stratum int
		n       *[4]float64
	}
	parts := make([][]part, len(clusters)) // in an order, for sums that are the same each time
	for i, c := range clusters {
		for _, k := range slices.Sorted(maps.Keys(c)) {
			parts[i] = append(parts[i], part{k, c[k]})
		}
	}
	r := rand.New(rand.NewPCG(seed, 0x737472))
	draws := make([][]float64, resamples(len(clusters)))
	tables := make([]Table, strata)
	for b := range draws {
		clear(tables)
		for range clusters {
			for _, p := range parts[r.IntN(len(parts))] {
				tables[p.stratum].add(p.n)
			}
		}
		d, total := 0.0, 0.0
		draws[b] = make([]float64, 1+strata)
		for k, t := range tables {
			draws[b][1+k] = math.NaN()
			if w := t.weight(); w > 0 {
				draws[b][1+k] = t.difference()
				d, total = d+w*t.difference(), total+w
			}
		}
		draws[b][0] = d / total // not a number without any weight
	}
	return draws
}
