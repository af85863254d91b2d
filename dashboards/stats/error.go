package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Confusion is an audit: Counts[p][t] ads that the classifier put into class p
// and a person into class t. The audited ads must be a random sample within
// each predicted class of the very ads that are counted; how many were drawn
// from each class is free.
type Confusion struct {
	Classes []string    `json:"classes"`
	Counts  [][]float64 `json:"counts"`
}

// Check says what is wrong with the audit's shape, if anything.
func (c Confusion) Check() error {
	if len(c.Counts) != len(c.Classes) {
		return fmt.Errorf("audit has %d rows for %d classes", len(c.Counts), len(c.Classes))
	}
	for i, row := range c.Counts {
		if len(row) != len(c.Classes) {
			return fmt.Errorf("audit row %q has %d columns for %d classes", c.Classes[i], len(row), len(c.Classes))
		}
		for _, n := range row {
			if n < 0 || math.IsNaN(n) || math.IsInf(n, 0) {
				return fmt.Errorf("audit row %q holds %v", c.Classes[i], n)
			}
		}
	}
	return nil
}

// N is how many ads were audited.
func (c Confusion) N() (n float64) {
	for _, row := range c.Counts {
		for _, k := range row {
			n += k
		}
	}
	return n
}

// Correct turns predicted counts into corrected ones: each predicted class is
// shared out over the true classes as the audit of that class found (double
// sampling, Tenenbein 1972, Technometrics 14:187-202, which is Cochran's
// post-stratified mean). A predicted class that nobody audited stays as it is.
func (c Confusion) Correct(predicted []float64) []float64 {
	return c.spread(predicted, func(p int) []float64 { return c.Counts[p] })
}

// Draw is Correct with the audit's own uncertainty in it: the shares of each
// audited class are drawn from their posterior under a flat prior that is worth
// one ad in all (Dirichlet). It carries the audit's error into a bootstrap.
func (c Confusion) Draw(predicted []float64, r *rand.Rand) []float64 {
	prior := 1 / float64(max(len(c.Classes), 1))
	return c.spread(predicted, func(p int) []float64 {
		row := make([]float64, len(c.Counts[p]))
		if sum(c.Counts[p]) == 0 {
			return row
		}
		for t, n := range c.Counts[p] {
			row[t] = gamma(n+prior, r)
		}
		return row
	})
}

func (c Confusion) spread(predicted []float64, row func(p int) []float64) []float64 {
	out := make([]float64, len(predicted))
	for p, n := range predicted {
		if n == 0 {
			continue
		}
		if p >= len(c.Counts) {
			out[p] += n
			continue
		}
		shares := row(p)
		total := sum(shares)
		if total == 0 {
			out[p] += n
			continue
		}
		for t, s := range shares {
			out[t] += n * s / total
		}
	}
	return out
}

func sum(xs []float64) (s float64) {
	for _, x := range xs {
		s += x
	}
	return s
}

// gamma draws from the gamma distribution of the given shape and scale 1
// (Marsaglia and Tsang 2000, ACM TOMS 26:363-372).
func gamma(shape float64, r *rand.Rand) float64 {
	if shape < 1 {
		return gamma(shape+1, r) * math.Pow(r.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(1-r.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
