package stats

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Cluster is the counts of one employer, one for each class. Ads of one
// employer are not independent, so the bootstrap draws employers, not ads.
type Cluster []float64

// Totals adds the clusters up, class by class.
func Totals(clusters []Cluster, classes int) []float64 {
	total := make([]float64, classes)
	for _, c := range clusters {
		for i, n := range c {
			total[i] += n
		}
	}
	return total
}

// Resamples is how often [Bootstrap] draws. The 0.3 % tails that eight
// simultaneous intervals need still hold a dozen draws.
const Resamples = 4000

// resamples is Resamples, or fewer for so many clusters that drawing them would
// take seconds; with those the tails are smooth.
func resamples(clusters int) int {
	return min(Resamples, max(1000, 20_000_000/max(clusters, 1)))
}

// Bootstrap draws len(clusters) clusters with replacement, [Resamples] times, and
// gives what measure makes of each draw's totals (cluster bootstrap: Davison
// and Hinkley 1997, section 3.8; Cameron, Gelbach and Miller 2008). The same
// seed gives the same draws. The totals are only lent to measure.
func Bootstrap(clusters []Cluster, classes int, seed uint64, measure func(totals []float64, r *rand.Rand) []float64) [][]float64 {
	return bootstrap(clusters, classes, resamples(len(clusters)), rand.New(rand.NewPCG(seed, 0x6a6f62)), measure)
}

func bootstrap(clusters []Cluster, classes, draws int, r *rand.Rand, measure func(totals []float64, r *rand.Rand) []float64) [][]float64 {
	if len(clusters) == 0 {
		return nil
	}
	out := make([][]float64, draws)
	totals := make([]float64, classes)
	for b := range out {
		clear(totals)
		for range clusters {
			for i, n := range clusters[r.IntN(len(clusters))] {
				totals[i] += n
			}
		}
		out[b] = measure(totals, r)
	}
	return out
}

// Percentile is the percentile interval of the k-th measure over the draws, those
// left out in which it is not a number. Without any it is ok = false.
func Percentile(draws [][]float64, k int, confidence float64) (_ Interval, ok bool) {
	values := make([]float64, 0, len(draws))
	for _, d := range draws {
		if !math.IsNaN(d[k]) {
			values = append(values, d[k])
		}
	}
	if len(values) == 0 {
		return Interval{}, false
	}
	slices.Sort(values)
	tail := (1 - confidence) / 2
	return Interval{quantile(values, tail), quantile(values, 1-tail)}, true
}

// quantile interpolates between order statistics (type 7 of Hyndman and Fan 1996).
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
