package evaluate

import (
	"math"
	"math/rand/v2"
	"slices"
)

// z95 is the 97.5 % point of the normal distribution.
const z95 = 1.959963984540054

// Interval is a 95 % interval.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Wilson is the score interval of a proportion of hits in n trials
// (E. B. Wilson, JASA 22 (1927) 209). With no trials it is the whole range.
func Wilson(hits, n float64) Interval {
	if n <= 0 {
		return Interval{0, 1}
	}
	p := hits / n
	centre := p + z95*z95/(2*n)
	half := z95 * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	scale := 1 + z95*z95/n
	return Interval{max(0, (centre-half)/scale), min(1, (centre+half)/scale)}
}

// clustered draws the clusters of labels with replacement, rounds times, and
// gives for each statistic the 2.5 % and 97.5 % points of what measure returned:
// a cluster bootstrap, since one employer's ads are right or wrong together
// (Cameron, Gelbach and Miller, REStat 90 (2008) 414). NaN draws are left out.
func clustered(clusters []string, rounds int, measure func(weight []int) []float64) []Interval {
	index := map[string]int{}
	of := make([]int, len(clusters))
	for i, c := range clusters {
		j, ok := index[c]
		if !ok {
			j = len(index)
			index[c] = j
		}
		of[i] = j
	}
	random := rand.New(rand.NewPCG(20261122, 5))
	drawn := make([]int, len(index))
	weight := make([]int, len(clusters))
	var draws [][]float64
	for range rounds {
		clear(drawn)
		for range index {
			drawn[random.IntN(len(index))]++
		}
		for i, j := range of {
			weight[i] = drawn[j]
		}
		for k, x := range measure(weight) {
			if k == len(draws) {
				draws = append(draws, nil)
			}
			if !math.IsNaN(x) {
				draws[k] = append(draws[k], x)
			}
		}
	}
	out := make([]Interval, len(draws))
	for k, d := range draws {
		slices.Sort(d)
		if len(d) > 0 {
			out[k] = Interval{quantile(d, 0.025), quantile(d, 0.975)}
		}
	}
	return out
}

// quantile of sorted numbers, linear between them.
func quantile(sorted []float64, q float64) float64 {
	x := q * float64(len(sorted)-1)
	i := int(x)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (x-float64(i))*(sorted[i+1]-sorted[i])
}
