package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tolerance {
		t.Errorf("%s = %.5f, want %.5f", what, got, want)
	}
}

// Counts of the examples that Newcombe 1998 (Statist. Med. 17:857-872) compares
// score intervals on. The limits were worked out apart from this code, from
// Wilson's formula in 50 decimal digits; his printed table was not at hand.
func TestWilson(t *testing.T) {
	for _, c := range []struct{ x, n, low, high float64 }{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718},
	} {
		i := Wilson(c.x, c.n, 0.95)
		near(t, "low", i.Low, c.low, 5e-5)
		near(t, "high", i.High, c.high, 5e-5)
	}
	if i := Wilson(0, 0, 0.95); i != (Interval{0, 1}) {
		t.Errorf("nothing seen gives %v, want all of [0, 1]", i)
	}
}

// Counts in the manner of Newcombe 1998 (Statist. Med. 17:873-890). The limits
// were worked out apart from this code, from his method 10 (two Wilson intervals
// joined) in 50 decimal digits; his printed table was not at hand.
func TestDifference(t *testing.T) {
	for _, c := range []struct{ x1, n1, x2, n2, low, high float64 }{
		{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090}, {5, 56, 0, 29, -0.0381, 0.1926}, {10, 10, 0, 10, 0.6075, 1},
	} {
		i := Difference(c.x1, c.n1, c.x2, c.n2, 0.95)
		near(t, "low", i.Low, c.low, 5e-5)
		near(t, "high", i.High, c.high, 5e-5)
	}
}

// One and seven discordant pairs of 21. The limits, -0.50836 and -0.01338, were
// worked out apart from this code, from Bonett and Price's formula (one pair
// added to each discordant cell) in 50 decimal digits; no paper was consulted.
func TestPairedDifference(t *testing.T) {
	i := PairedDifference(1, 7, 21, 0.95)
	near(t, "low", i.Low, -0.508, 5e-4)
	near(t, "high", i.High, -0.013, 5e-4)
}

func TestPairedDifferenceCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	hit, rounds := 0, 4000
	for range rounds {
		var x [3]float64
		for range 24 {
			switch u := r.Float64(); {
			case u < 0.35:
				x[0]++
			case u < 0.5:
				x[1]++
			default:
				x[2]++
			}
		}
		if i := PairedDifference(x[0], x[1], 24, 0.95); i.Low <= 0.2 && 0.2 <= i.High {
			hit++
		}
	}
	if c := float64(hit) / float64(rounds); c < 0.94 || c > 0.975 {
		t.Errorf("24 ads: covers %.3f, want about 0.95", c)
	}
}

// The quantiles were checked by integrating the densities with Simpson's rule.
func TestQuantile(t *testing.T) {
	near(t, "z", Quantile(0.975), 1.959964, 1e-6)
	near(t, "t, 10 df", studentQuantile(0.975, 10), 2.228139, 1e-5)
	near(t, "t, 1 df", studentQuantile(0.975, 1), 12.7062, 1e-4)
	near(t, "t, 34 df", studentQuantile(0.975, 34), 2.032245, 1e-5)
}

// Fourteen counts that grow, much as an early epidemic's. A log-linear Poisson fit
// on their number has the slope 0.256524 and the standard error 0.022039: worked
// out apart from this code, by Newton's method in 50 decimal digits.
func TestGrowth(t *testing.T) {
	counts := []float64{0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45}
	times, ones := make([]float64, len(counts)), make([]float64, len(counts))
	for i := range times {
		times[i], ones[i] = float64(i+1), 1
	}
	tr := Growth(times, counts, ones, 0.95)
	near(t, "slope", math.Log1p(tr.Rate), 0.2565, 5e-4)
	half := (math.Log1p(tr.Interval.High) - math.Log1p(tr.Interval.Low)) / 2
	near(t, "standard error", half/studentQuantile(0.975, 12)/math.Sqrt(tr.Dispersion), 0.02204, 5e-5)
	if !tr.OK || tr.Dispersion < 1.5 {
		t.Errorf("%+v", tr)
	}
	// What a fit by likelihood expects adds up to what was counted.
	total := 0.0
	for _, x := range times {
		mu, i := tr.At(x)
		if total += mu; i.Low > mu || mu > i.High {
			t.Errorf("at %v the interval %v does not hold %v", x, i, mu)
		}
	}
	near(t, "sum of what is expected", total, 219, 1e-6)
	middle, _ := tr.At(7.5)
	later, _ := tr.At(8.5)
	near(t, "change from one time to the next", later/middle-1, tr.Rate, 1e-9)
	near(t, "the line that is asked about", tr.Asked(0.5, 9.5), 2.25*middle, 1e-9)
}

func TestGrowthHasNoAnswer(t *testing.T) {
	for name, counts := range map[string][]float64{"nothing": {0, 0, 0, 0}, "one period": {0, 0, 0, 9}, "two periods": {1, 2}} {
		times, ones := make([]float64, len(counts)), make([]float64, len(counts))
		for i := range times {
			times[i], ones[i] = float64(i), 1
		}
		if tr := Growth(times, counts, ones, 0.95); tr.OK {
			t.Errorf("%s: %+v, want no trend", name, tr)
		}
	}
	shrinking := Growth([]float64{0, 1, 2, 3, 4}, []float64{80, 40, 20, 10, 5}, []float64{1, 1, 1, 1, 1}, 0.95)
	near(t, "halved each year", shrinking.Rate, -0.5, 1e-6)
}

// Of the six pairs of 10, 15, 14, 20 five rise and one falls: S = 4. With n = 4 and
// no ties the variance is 4·3·13/18, so p is 0.30818 by the normal's own table.
func TestMannKendall(t *testing.T) {
	s, z, p := MannKendall([]float64{10, 15, 14, 20})
	near(t, "S", s, 4, 0)
	near(t, "z", z, 3/math.Sqrt(26.0/3), 1e-9)
	near(t, "p", p, 0.3082, 1e-3)
	if _, z, p := MannKendall([]float64{3, 3, 3, 3}); z != 0 || p != 1 {
		t.Errorf("a flat series: z %v, p %v", z, p)
	}
}

// 90 of 100 called A are A, 30 of 100 called B are A: of 60 A and 40 B called,
// 54 + 12 are A.
func TestCorrect(t *testing.T) {
	c := Confusion{Classes: []string{"a", "b"}, Counts: [][]float64{{90, 10}, {30, 70}}}
	got := c.Correct([]float64{60, 40})
	near(t, "a", got[0], 66, 1e-9)
	near(t, "b", got[1], 34, 1e-9)
	if c := (Confusion{Classes: []string{"a", "b"}, Counts: [][]float64{{0, 0}, {0, 9}}}).Correct([]float64{60, 40}); c[0] != 60 {
		t.Errorf("a class that nobody audited became %v", c)
	}
	r := rand.New(rand.NewPCG(3, 4))
	var mean float64
	for range 4000 {
		d := c.Draw([]float64{60, 40}, r)
		near(t, "sum", d[0]+d[1], 100, 1e-9)
		mean += d[0] / 4000
	}
	near(t, "mean of the draws", mean, 66, 0.5)
}

// In small worlds with a planted share the interval that carries the audit's
// error covers it about as often as it says, and the plain one does not.
func TestCorrectedIntervalCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	called := [2][2]float64{{0.85, 0.15}, {0.2, 0.8}} // true class -> called class
	const truth, rounds = 0.3, 400
	hit, plain := 0, 0
	for range rounds {
		var audit Confusion
		audit.Classes = []string{"a", "b"}
		audit.Counts = [][]float64{{0, 0}, {0, 0}}
		clusters := make([]Cluster, 300)
		for i := range clusters {
			class := 0
			if r.Float64() > truth {
				class = 1
			}
			as := 0
			if r.Float64() > called[class][0] {
				as = 1
			}
			clusters[i] = Cluster{0, 0}
			clusters[i][as] = 1
			if i < 100 {
				audit.Counts[as][class]++
			}
		}
		share := func(t []float64, r *rand.Rand) []float64 {
			d := audit.Draw(t, r)
			return []float64{d[0] / (d[0] + d[1]), t[0] / (t[0] + t[1])}
		}
		draws := bootstrap(clusters, 2, 400, r, share)
		if i, _ := Percentile(draws, 0, 0.95); i.Low <= truth && truth <= i.High {
			hit++
		}
		if i, _ := Percentile(draws, 1, 0.95); i.Low <= truth && truth <= i.High {
			plain++
		}
	}
	if hit < rounds*92/100 {
		t.Errorf("covers %d of %d", hit, rounds)
	}
	if plain > rounds/2 {
		t.Errorf("the uncorrected interval covers %d of %d: the test would pass without the correction", plain, rounds)
	}
}

func TestBootstrapIsSeeded(t *testing.T) {
	clusters := []Cluster{{5, 1}, {0, 3}, {2, 2}, {9, 0}}
	share := func(t []float64, _ *rand.Rand) []float64 { return []float64{t[0] / (t[0] + t[1])} }
	a, _ := Percentile(Bootstrap(clusters, 2, 7, share), 0, 0.95)
	b, _ := Percentile(Bootstrap(clusters, 2, 7, share), 0, 0.95)
	if a != b {
		t.Errorf("%v and %v from one seed", a, b)
	}
	if _, ok := Percentile(nil, 0, 0.95); ok {
		t.Error("no draws have an interval")
	}
}
