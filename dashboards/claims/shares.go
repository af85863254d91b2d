package claims

import (
	"math/rand/v2"

	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// Shares are those of all domains among some units, each with its interval at the
// effective number of units and, where an audit is given, corrected by it.
type Shares struct {
	N         float64
	Employers int       // that are known
	Unknown   float64   // units whose employer is not
	Counts    []float64 // in the order of schema.Domains; corrected ones are broken numbers
	Values    []float64
	Intervals []stats.Interval
}

// SharesOf counts groups whose classes are the domains in order. The same seed gives
// the same intervals; it matters only where there is an audit.
func SharesOf(by Groups, audit *stats.Confusion, seed uint64) Shares {
	k, groups := len(schema.Domains), by.Clusters
	s := Shares{Employers: by.Employers, Unknown: by.Unknown, Counts: stats.Totals(groups, k), Intervals: make([]stats.Interval, k)}
	var draws [][]float64
	if audit != nil {
		s.Counts = audit.Correct(s.Counts)
		draws = stats.Bootstrap(groups, k, seed, func(t []float64, r *rand.Rand) []float64 { return shares(audit.Draw(t, r)) })
	}
	s.Values = shares(s.Counts)
	for i := range s.Values {
		s.N += s.Counts[i]
		_, variance := stats.ShareVariance(groups, stats.Class(i), stats.Whole)
		if audit != nil {
			variance = stats.Variance(draws, i)
		}
		s.Intervals[i] = stats.ShareInterval(groups, stats.Whole, s.Values[i], variance, Confidence)
	}
	return s
}

// Few says whether there is too little to give shares of.
func (s Shares) Few() bool { return s.N < MinUnits || s.Employers < MinEmployers }
