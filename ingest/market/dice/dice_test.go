package dice

import (
	"math"
	"testing"
)

func mean(n int, draw func() float64) float64 {
	sum := 0.0
	for range n {
		sum += draw()
	}
	return sum / float64(n)
}

func TestMoments(t *testing.T) {
	d := New(1, 2, 3)
	for _, c := range []struct {
		name      string
		want, tol float64
		draw      func() float64
	}{
		{"float", 0.5, 0.005, d.Float},
		{"normal", 0, 0.02, d.Normal},
		{"square of normal", 1, 0.03, func() float64 { x := d.Normal(); return x * x }},
		{"exponential", 40, 0.5, func() float64 { return d.Exp(40) }},
		{"small poisson", 0.3, 0.01, func() float64 { return float64(d.Poisson(0.3)) }},
		{"large poisson", 95, 0.3, func() float64 { return float64(d.Poisson(95)) }},
		{"number below 10", 4.5, 0.05, func() float64 { return float64(d.N(10)) }},
		{"between", 6, 0.05, func() float64 { return float64(d.Between(2, 10)) }},
		{"weighted", 0.75, 0.01, func() float64 { return float64(d.Weighted([]float64{1, 3})) }},
	} {
		if got := mean(50_000, c.draw); math.Abs(got-c.want) > c.tol {
			t.Errorf("mean of %s: %.3f, want %.3f", c.name, got, c.want)
		}
	}
}

func TestStreams(t *testing.T) {
	a, b, c := New(1, 2, 3), New(1, 2, 3), New(1, 3, 2)
	if a.Uint64() != b.Uint64() {
		t.Error("one name gives two streams")
	}
	if a.Uint64() == c.Uint64() {
		t.Error("the order of the parts makes no difference")
	}
	// The demo's pages must stay the same from release to release.
	d := New(42)
	if got, want := [2]uint64{d.Uint64(), d.Uint64()}, [2]uint64{0x57e1faba65107204, 0xf4abd143feb24055}; got != want {
		t.Errorf("stream 42 begins with %#x, want %#x", got, want)
	}
}
