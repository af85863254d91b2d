package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Ten employers with four ads each, all alike: five of them all hits. The share is
// 1/2 and its variance 10/9 · 10·4·(1/4)·4/1600 = 1/36, as of nine independent ads;
// with Student's 2.262157 for ten clusters it is 9·(1.959964/2.262157)² = 6.75604
// ads, whose Wilson limits were worked out by hand.
func TestShareInterval(t *testing.T) {
	clusters := make([]Cluster, 10)
	for i := range clusters {
		clusters[i] = Cluster{4 * float64(i%2), 4 * float64(1-i%2)}
	}
	share, variance := ShareVariance(clusters, Class(0), Whole)
	near(t, "share", share, 0.5, 0)
	near(t, "variance", variance, 1.0/36, 1e-12)
	i := ShareInterval(clusters, Whole, share, variance, 0.95)
	half := 1.959964 / (1 + 1.959964*1.959964/6.75604) * math.Sqrt(0.25/6.75604+1.959964*1.959964/(4*6.75604*6.75604))
	near(t, "low", i.Low, 0.5-half, 1e-4)
	near(t, "high", i.High, 0.5+half, 1e-4)
}

// Forty ads of which none is a hit: from forty employers they bound the share well,
// from two hardly, and one employer alone tells next to nothing.
func TestShareOfNone(t *testing.T) {
	high := func(sizes ...float64) float64 {
		var clusters []Cluster
		for _, n := range sizes {
			clusters = append(clusters, Cluster{0, n})
		}
		share, variance := ShareVariance(clusters, Class(0), Whole)
		i := ShareInterval(clusters, Whole, share, variance, 0.95)
		if i.Low != 0 {
			t.Errorf("%v: none of them is at least %v", sizes, i.Low)
		}
		return i.High
	}
	ones := make([]float64, 40)
	for i := range ones {
		ones[i] = 1
	}
	many, two, one := high(ones...), high(20, 20), high(40)
	if plain := Wilson(0, 40, 0.95).High; many < plain || many > 1.1*plain {
		t.Errorf("forty employers: up to %v, Wilson's is %v", many, plain)
	}
	if two < 0.6 || one < two {
		t.Errorf("two employers up to %v, one up to %v: copies of one ad count as many", two, one)
	}
	if i := ShareInterval(nil, Whole, 0, 0, 0.95); i != (Interval{0, 1}) {
		t.Errorf("nothing counted gives %v", i)
	}
}

// Employers differ in size and each leans its own way: Wilson on the ads covers the
// share far less often than it says, at the effective number about as often.
func TestShareIntervalCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	const truth, rounds = 0.3, 2000
	hit, plain := 0, 0
	for range rounds {
		clusters := make([]Cluster, 15)
		var x, n float64
		for i := range clusters {
			lean := gamma(1.2, r)
			lean /= lean + gamma(2.8, r) // a beta with mean 0.3
			clusters[i] = Cluster{0, 0}
			for range 1 + r.IntN(6) {
				k := 1
				if r.Float64() < lean {
					k = 0
				}
				clusters[i][k]++
			}
			x, n = x+clusters[i][0], n+clusters[i][0]+clusters[i][1]
		}
		share, variance := ShareVariance(clusters, Class(0), Whole)
		i, w := ShareInterval(clusters, Whole, share, variance, 0.95), Wilson(x, n, 0.95)
		if i.Low > w.Low+1e-12 || i.High < w.High-1e-12 {
			t.Fatalf("%v is narrower than Wilson's %v", i, w)
		}
		if i.Low <= truth && truth <= i.High {
			hit++
		}
		if w.Low <= truth && truth <= w.High {
			plain++
		}
	}
	if c := float64(hit) / rounds; c < 0.935 || c > 0.985 {
		t.Errorf("covers %.3f, want about 0.95", c)
	}
	if c := float64(plain) / rounds; c > 0.91 {
		t.Errorf("Wilson's on the ads covers %.3f: the test would pass without the correction", c)
	}
}
