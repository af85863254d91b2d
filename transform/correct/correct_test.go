package correct

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var classes = []string{"crypto", "cloud", "gaming", "web", "finance", "embedded", "data_ai", "security", "other"}

// market is a simulated market: shares, and how the classifier confuses them.
var (
	planted   = []float64{0.12, 0.10, 0.04, 0.30, 0.08, 0.10, 0.14, 0.05, 0.07}
	confusion = func() [][]float64 {
		right := []float64{0.93, 0.80, 0.88, 0.82, 0.82, 0.80, 0.78, 0.82, 0.55}
		m := make([][]float64, len(right))
		for i, r := range right {
			m[i] = make([]float64, len(right))
			for j := range m[i] {
				m[i][j] = (1 - r) / 8
				if j == 3 && i != 3 { // web draws most errors
					m[i][j] *= 3
				}
			}
			sum := 0.0
			for j := range m[i] {
				if j != i {
					sum += m[i][j]
				}
			}
			for j := range m[i] {
				m[i][j] *= (1 - r) / sum
			}
			m[i][i] = r
		}
		return m
	}()
)

func draw(random *rand.Rand, p []float64) int {
	x := random.Float64()
	for i, q := range p {
		if x -= q; x < 0 {
			return i
		}
	}
	return len(p) - 1
}

// simulate makes one market, audits it and reports for each class whether the
// corrected and the counted interval cover the truth.
func simulate(t *testing.T, random *rand.Rand, postings, audit int, target Target) (corrected, counted []bool) {
	truth := make(map[string]int, postings)
	var items []Item
	sizes := map[string]int{}
	real := make([]float64, len(classes))
	for i := range postings {
		k := draw(random, planted)
		guess := classes[draw(random, confusion[k])]
		id := fmt.Sprint(random.Uint64(), i)
		truth[id] = k
		items = append(items, Item{id, guess})
		sizes[guess]++
		real[k] += 1 / float64(postings)
	}
	if target == Market {
		real = planted
	}
	audited := map[string]map[string]int{}
	for _, it := range Sample(items, audit, 15, random.Uint64()) {
		if audited[it.Stratum] == nil {
			audited[it.Stratum] = map[string]int{}
		}
		audited[it.Stratum][classes[truth[it.ID]]]++
	}
	var strata []Stratum
	for _, c := range classes {
		strata = append(strata, Stratum{c, c, sizes[c], audited[c]})
	}
	shares, err := Correct(strata, classes, target)
	if err != nil {
		t.Fatal(err)
	}
	for j, s := range shares {
		corrected = append(corrected, s.Low <= real[j] && real[j] <= s.High)
		counted = append(counted, s.CountedLow <= real[j] && real[j] <= s.CountedHigh)
	}
	return corrected, counted
}

// TestCoverage: the intervals of 1,000 small markets hold the truth about 950
// times, those of plain counts do not.
func TestCoverage(t *testing.T) {
	for _, c := range []struct {
		name   string
		target Target
	}{{"collected", Collected}, {"market", Market}} {
		t.Run(c.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			const markets = 1000
			hits, naive := make([]int, len(classes)), make([]int, len(classes))
			for range markets {
				corrected, counted := simulate(t, random, 1000, 300, c.target)
				for j := range classes {
					if corrected[j] {
						hits[j]++
					}
					if counted[j] {
						naive[j]++
					}
				}
			}
			sum, worst := 0, markets
			for j, class := range classes {
				t.Logf("%-9s corrected %4d of %d, counted %4d", class, hits[j], markets, naive[j])
				sum += hits[j]
				worst = min(worst, naive[j])
				if hits[j] < 930 || hits[j] > 970 {
					t.Errorf("%s: the corrected interval covers %d of %d, wanted 930 to 970", class, hits[j], markets)
				}
			}
			if worst > 700 {
				t.Errorf("plain counts cover at least %d of %d: the simulated classifier does not err enough to test anything", worst, markets)
			}
		})
	}
}

func TestPerfectAuditLeavesNoError(t *testing.T) {
	strata := []Stratum{
		{"a", "crypto", 10, map[string]int{"crypto": 8, "web": 2}},
		{"b", "web", 30, map[string]int{"web": 30}},
	}
	shares, err := Correct(strata, classes, Collected)
	if err != nil {
		t.Fatal(err)
	}
	if s := shares[0]; s.Corrected != 0.2 || s.Low != 0.2 || s.High != 0.2 || s.Counted != 0.25 {
		t.Errorf("crypto: %+v, wanted 0.2 without error, counted 0.25", s)
	}
	sum := 0.0
	for _, s := range shares {
		sum += s.Corrected
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("corrected shares sum to %v", sum)
	}
}

// TestNotAudited: of a fifth that nobody looked at all or nothing may be of a class.
func TestNotAudited(t *testing.T) {
	strata := []Stratum{
		{"a", "crypto", 20, nil},
		{"b", "web", 80, map[string]int{"web": 60, "crypto": 20}},
	}
	shares, err := Correct(strata, classes, Collected)
	if err != nil {
		t.Fatal(err)
	}
	for class, want := range map[string][3]float64{"crypto": {0.4, 0.2, 0.4}, "web": {0.6, 0.6, 0.8}, "gaming": {0, 0, 0.2}} {
		for _, s := range shares {
			if s.Class != class {
				continue
			}
			for i, x := range []float64{s.Corrected, s.Low, s.High} {
				if math.Abs(x-want[i]) > 1e-9 {
					t.Errorf("%s: %+v, wanted corrected, low and high %v", class, s, want)
				}
			}
			if s.Open != 0.2 {
				t.Errorf("%s: %v open, wanted 0.2", class, s.Open)
			}
		}
	}
}

func TestCorrectRefuses(t *testing.T) {
	for _, c := range []struct {
		strata []Stratum
		want   string
	}{
		{nil, "correcting shares: no postings"},
		{[]Stratum{{"2021", "web", 5, nil}}, `correcting shares: none of the 5 postings was audited: label some of them`},
		{[]Stratum{{"x", "wbe", 5, map[string]int{"web": 1}}}, `correcting shares: stratum "x" is predicted as "wbe", which is no class`},
		{[]Stratum{{"x", "web", 1, map[string]int{"web": 2}}}, `correcting shares: stratum "x" has 1 postings but 2 audited ones`},
		{[]Stratum{{"x", "web", 1, map[string]int{"wbe": 1}}}, `correcting shares: stratum "x" has 1 audited postings of "wbe", which is no class`},
	} {
		_, err := Correct(c.strata, classes, Collected)
		if err == nil || err.Error() != c.want {
			t.Errorf("got %v, wanted %s", err, c.want)
		}
	}
}

func TestAllocate(t *testing.T) {
	for _, c := range []struct {
		sizes    []int
		n, least int
		want     []int
	}{
		{[]int{100, 100, 200}, 40, 0, []int{10, 10, 20}},
		{[]int{1000, 10, 3}, 50, 5, []int{42, 5, 3}},
		{[]int{2, 2}, 50, 5, []int{2, 2}},
		{[]int{7, 7, 7}, 10, 1, []int{4, 3, 3}},
		{nil, 10, 1, []int{}},
	} {
		if d := cmp.Diff(c.want, Allocate(c.sizes, c.n, c.least)); d != "" {
			t.Errorf("Allocate(%v, %d, %d): %s", c.sizes, c.n, c.least, d)
		}
	}
}

func TestSampleIsFairAndRepeatable(t *testing.T) {
	var items []Item
	for i := range 400 {
		items = append(items, Item{fmt.Sprint(i), []string{"a", "b"}[i%2]})
	}
	first := Sample(items, 40, 5, 7)
	slicesReversed := make([]Item, len(items))
	for i, it := range items {
		slicesReversed[len(items)-1-i] = it
	}
	if d := cmp.Diff(first, Sample(slicesReversed, 40, 5, 7)); d != "" {
		t.Errorf("the order of the items changed the sample: %s", d)
	}
	drawn := make([]int, len(items))
	for seed := range uint64(1000) {
		for _, it := range Sample(items, 40, 5, seed) {
			var i int
			fmt.Sscan(it.ID, &i)
			drawn[i]++
		}
	}
	for i, n := range drawn { // binomial(1000, 0.1): mean 100, five standard deviations are 47
		if n < 53 || n > 147 {
			t.Errorf("item %d was drawn %d times of 1000, wanted about 100", i, n)
		}
	}
}
