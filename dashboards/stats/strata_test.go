package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Two sources of real ads that name C++, in two fields and elsewhere: hn 21 of 55
// and 80 of 326, a newsletter of titles 2 of 216 and 5 of 381. Pooled, 23 of 271 is
// 3.5 points less than 85 of 707; within the first source it is 13.6 points more,
// and the second source shows nothing either way (Simpson 1951). By hand the weights
// are 47.0604 and 137.8492, the difference 0.031839 and Greenland and Robins' error
// 0.018901; the limits were worked out apart from this code.
func TestRiskDifference(t *testing.T) {
	tables := []Table{{21, 55, 80, 326}, {2, 216, 5, 381}}
	d, i, ok := RiskDifference(tables, 0.95)
	if !ok {
		t.Fatal("two strata with both sides give no difference")
	}
	near(t, "weight", tables[0].weight(), 47.0604, 5e-5)
	near(t, "difference", d, 0.031839, 5e-7)
	near(t, "standard error", greenlandRobins(tables), 0.018901, 5e-7)
	near(t, "low", i.Low, -0.003235, 5e-7)
	near(t, "high", i.High, 0.071851, 5e-7)
	if pooled := 23.0/271 - 85.0/707; pooled > -0.03 {
		t.Errorf("pooled %v: the case is no paradox", pooled)
	}
}

func TestRiskDifferenceOfOneStratum(t *testing.T) {
	want := Difference(56, 70, 48, 80, 0.95)
	d, i, ok := RiskDifference([]Table{{56, 70, 48, 80}, {3, 9, 0, 0}}, 0.95) // the second holds one side only
	near(t, "difference", d, 0.2, 1e-12)
	if !ok || math.Abs(i.Low-want.Low) > 1e-12 || math.Abs(i.High-want.High) > 1e-12 {
		t.Errorf("%v, want Newcombe's %v", i, want)
	}
	if _, i, ok := RiskDifference([]Table{{3, 9, 0, 0}}, 0.95); ok || i != (Interval{-1, 1}) {
		t.Errorf("one side gives %v, %v", i, ok)
	}
}

// With many units in each stratum the limits are the difference plus or minus z of
// Greenland and Robins' standard errors.
func TestRiskDifferenceOfMany(t *testing.T) {
	tables := []Table{{30000, 90000, 20000, 80000}, {5000, 70000, 9000, 90000}}
	d, i, _ := RiskDifference(tables, 0.95)
	se := greenlandRobins(tables)
	near(t, "low", (d-i.Low)/se, 1.96, 5e-3)
	near(t, "high", (i.High-d)/se, 1.96, 5e-3)
}

// Sources of different sizes and levels, one common difference of 0.1: few ads each,
// and the interval covers it about as often as it says.
func TestRiskDifferenceCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	draw := func(n int, p float64) (x float64) {
		for range n {
			if r.Float64() < p {
				x++
			}
		}
		return x
	}
	hit, rounds := 0, 4000
	for range rounds {
		tables := []Table{{draw(12, 0.15), 12, draw(40, 0.05), 40}, {draw(25, 0.4), 25, draw(20, 0.3), 20}, {draw(6, 0.75), 6, draw(9, 0.65), 9}}
		if _, i, _ := RiskDifference(tables, 0.95); i.Low <= 0.1 && 0.1 <= i.High {
			hit++
		}
	}
	if c := float64(hit) / float64(rounds); c < 0.94 || c > 0.98 {
		t.Errorf("covers %.3f, want about 0.95", c)
	}
}

// greenlandRobins is Greenland and Robins' (1985) standard error of the pooled
// difference.
func greenlandRobins(tables []Table) float64 {
	var total, variance float64
	for _, t := range tables {
		if w := t.weight(); w > 0 {
			total += w
			variance += w * w * (t.Hits1*(t.N1-t.Hits1)/math.Pow(t.N1, 3) + t.Hits0*(t.N0-t.Hits0)/math.Pow(t.N0, 3))
		}
	}
	return math.Sqrt(variance) / total
}

// spreadOf is so many clusters of one unit each as the tables hold units.
func spreadOf(tables []Table) (out []Spread) {
	for k, t := range tables {
		for class, n := range []float64{t.Hits1, t.N1 - t.Hits1, t.Hits0, t.N0 - t.Hits0} {
			for range int(n) {
				s := Spread{}
				s.Add(k, class, 1)
				out = append(out, s)
			}
		}
	}
	return out
}

func deviation(draws [][]float64, k int) (mean, sd float64) {
	return meanOf(draws, k), math.Sqrt(Variance(draws, k))
}

func meanOf(draws [][]float64, k int) (mean float64) {
	for _, d := range draws {
		mean += d[k] / float64(len(draws))
	}
	return mean
}

// Where every unit is of an employer of its own, the bootstrap varies as Greenland
// and Robins say, in all and in each stratum; where each employer has five units
// alike, √5 times as much as they say, and where one employer stands in two strata with the same,
// √2 times what two employers would.
func TestBootstrapDifference(t *testing.T) {
	tables := []Table{{35, 50, 60, 150}, {80, 200, 5, 50}} // a difference of 0.3 in both
	single := spreadOf(tables)
	draws := BootstrapDifference(single, 2, 7)
	d, _, _ := RiskDifference(tables, 0.95)
	mean, sd := deviation(draws, 0)
	near(t, "mean of the draws", mean, d, 0.005)
	near(t, "spread of the draws", sd, greenlandRobins(tables), 0.002)
	mean, sd = deviation(draws, 1)
	near(t, "mean in the first stratum", mean, 0.3, 0.01)
	near(t, "spread in the first stratum", sd, greenlandRobins(tables[:1]), 0.003)

	var five, both []Spread
	for _, s := range single {
		c := Spread{}
		for k, n := range s {
			for class := range n {
				c.Add(k, class, 5*n[class])
			}
		}
		five = append(five, c)
	}
	got := TablesOf(five, 2)
	if got[0] != (Table{175, 250, 300, 750}) {
		t.Errorf("five of each are %+v", got)
	}
	_, sd = deviation(BootstrapDifference(five, 2, 7), 0)
	near(t, "spread where employers have five each", sd, math.Sqrt(5)*greenlandRobins(got), 0.002)
	for _, s := range spreadOf(tables[:1]) {
		for class, n := range s[0] {
			s.Add(1, class, n)
		}
		both = append(both, s)
	}
	_, two := deviation(BootstrapDifference(spreadOf([]Table{tables[0], tables[0]}), 2, 7), 0)
	_, sd = deviation(BootstrapDifference(both, 2, 7), 0)
	near(t, "spread where one employer stands in two strata", sd, math.Sqrt2*two, 0.005)
}

func TestBootstrapDifferenceIsSeeded(t *testing.T) {
	few := []Spread{{0: {3, 1, 0, 0}}, {0: {0, 0, 1, 5}, 1: {1, 0, 0, 1}}, {0: {0, 0, 2, 2}}}
	a, b := BootstrapDifference(few, 2, 7), BootstrapDifference(few, 2, 7)
	some := false
	for i := range a {
		if a[i][0] != b[i][0] && !(math.IsNaN(a[i][0]) && math.IsNaN(b[i][0])) || a[i][0] < -1 || a[i][0] > 1 {
			t.Fatalf("draws of %v and %v from one seed", a[i][0], b[i][0])
		}
		some = some || math.IsNaN(a[i][1])
	}
	if !some {
		t.Error("no draw lacks a side of the first stratum, whose group is one employer")
	}
	if i, ok := Percentile(a, 1, 0.95); !ok || math.IsNaN(i.Low) || i.Low > i.High {
		t.Errorf("the interval is %v where some draws have no number", i)
	}
	if BootstrapDifference(nil, 2, 7) != nil {
		t.Error("of nobody there are draws")
	}
}
