package logistic

import (
	"math"
	"testing"
)

// TestBinarySolves: at the optimum the gradient is nought, and with one constant
// feature and hardly a penalty the weight is the log-odds of yes.
func TestBinarySolves(t *testing.T) {
	b := &Binary{Penalty: []float64{1e-9}}
	for i := range 10 {
		b.Add([]float64{1}, i < 3, 1)
	}
	if w := b.Solve(50); math.Abs(w[0]-math.Log(3.0/7)) > 1e-6 {
		t.Errorf("weight %v, want the log-odds of 3 in 10, %v", w[0], math.Log(3.0/7))
	}
	b = &Binary{Penalty: []float64{0.1, 0.2, 0.3}}
	for i := range 40 {
		x := []float64{1, float64(i % 5), float64(i % 7)}
		b.Add(x, i%5 > 2 || i%7 == 1, 1+float64(i%2))
	}
	w := b.Solve(50)
	for j := range w {
		g := b.Penalty[j] * w[j]
		for k, x := range b.X {
			r := Sigmoid(inner(w, x))
			if b.Y[k] {
				r--
			}
			g += b.Weight[k] * r * x[j]
		}
		if math.Abs(g) > 1e-4 {
			t.Errorf("gradient %d is %v at the optimum", j, g)
		}
	}
}
