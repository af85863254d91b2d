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
	near(t, "standard error", StandardError(tables), 0.018901, 5e-7)
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
	se := StandardError(tables)
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

func TestBootstrapDifference(t *testing.T) {
	strata := [][]Cluster{{{3, 1, 0, 0}, {0, 0, 1, 5}, {0, 0, 2, 2}}, {{1, 0, 0, 1}}}
	near(t, "table", TableOf(strata[0]).difference(), 0.75-0.3, 1e-12)
	a, b := BootstrapDifference(strata, 7), BootstrapDifference(strata, 7)
	if len(a) == 0 || len(a) != len(b) || a[0][0] != b[0][0] || a[len(a)-1][0] != b[len(b)-1][0] {
		t.Errorf("%d and %d draws from one seed", len(a), len(b))
	}
	for _, d := range a {
		if d[0] < -1 || d[0] > 1 || math.IsNaN(d[0]) {
			t.Fatalf("a draw of %v", d[0])
		}
	}
}
