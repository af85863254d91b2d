package logistic

import (
	"math"
	"testing"
)

// problem has three classes that one feature each tells apart, and one that
// says nothing.
func problem() *Problem {
	p := &Problem{Prior: make([]Scores, 4), Penalty: []float64{0.01, 0.01, 0.01, 0.01}}
	for i := range 30 {
		k := i % 3
		p.Add([]Feature{{int32(k), 1}, {3, 0.5}}, k, 1)
	}
	p.Prior[2][5] = 1
	return p
}

func TestSolveLearns(t *testing.T) {
	p := problem()
	w := p.Solve(100)
	for k := range 3 {
		q := Softmax(Score(w, p.X[k]), 1)
		if q[k] < 0.8 {
			t.Errorf("class %d has probability %.2f of its own example", k, q[k])
		}
	}
	again := problem().Solve(100)
	for i := range w {
		if w[i] != again[i] {
			t.Fatalf("feature %d has weights %v, then %v", i, w[i], again[i])
		}
	}
}

func TestGradient(t *testing.T) {
	p := problem()
	n := len(p.Prior) * Classes
	w, g, scratch := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range w {
		w[i] = math.Sin(float64(i))
	}
	p.loss(w, g)
	const h = 1e-6
	for i := range w {
		at := w[i]
		w[i] = at + h
		up := p.loss(w, scratch)
		w[i] = at - h
		down := p.loss(w, scratch)
		w[i] = at
		if slope := (up - down) / (2 * h); math.Abs(slope-g[i]) > 1e-6 {
			t.Errorf("weight %d: gradient %v, slope %v", i, g[i], slope)
		}
	}
}

func TestSoftmaxOfHugeScores(t *testing.T) {
	q := Softmax(Scores{1e300, -1e300}, 1)
	if q[0] != 1 || q[1] != 0 {
		t.Errorf("probabilities %v", q)
	}
}
