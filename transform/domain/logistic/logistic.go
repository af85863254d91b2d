// Package logistic fits a multinomial logistic regression to sparse examples. It
// knows numbers only.
package logistic

import "math"

// Classes is the number of classes.
const Classes = 9

// Feature is one non-zero of an example.
type Feature struct {
	ID    int32
	Value float32
}

// Scores are one number a class.
type Scores = [Classes]float64

// Softmax turns scores, divided by the temperature, into probabilities that sum
// to 1.
func Softmax(s Scores, temperature float64) (p Scores) {
	top := math.Inf(-1)
	for _, x := range s {
		top = max(top, x)
	}
	sum := 0.0
	for k, x := range s {
		p[k] = math.Exp((x - top) / temperature)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// Score is the linear score of an example.
func Score(w []Scores, x []Feature) (s Scores) {
	for _, f := range x {
		for k, v := range w[f.ID] {
			s[k] += v * float64(f.Value)
		}
	}
	return s
}

// Problem is a penalised multinomial logistic regression: the mean log loss of
// weighted examples plus, for each weight, half its penalty times the square of
// its distance from the prior.
type Problem struct {
	X       [][]Feature
	Y       []int // class of each example
	Weight  []float64
	Penalty []float64 // by feature
	Prior   []Scores  // by feature
}

// Add adds an example.
func (p *Problem) Add(x []Feature, y int, weight float64) {
	p.X, p.Y, p.Weight = append(p.X, x), append(p.Y, y), append(p.Weight, weight)
}

// memory is how many steps L-BFGS remembers.
const memory = 8

// Solve minimises the loss by L-BFGS with a backtracking line search (Nocedal
// and Wright, Numerical Optimization, 2nd ed., algorithm 7.4), from the prior.
// It is deterministic.
func (p *Problem) Solve(steps int) []Scores {
	n := len(p.Prior) * Classes
	w := make([]float64, n)
	for i, row := range p.Prior {
		copy(w[i*Classes:], row[:])
	}
	gradient := make([]float64, n)
	loss := p.loss(w, gradient)
	var s, y [][]float64
	direction := make([]float64, n)
	next, nextGradient := make([]float64, n), make([]float64, n)
	for range steps {
		p.direction(direction, gradient, s, y)
		slope := dot(direction, gradient)
		if slope > -1e-10 {
			break
		}
		step, nextLoss := 1.0, 0.0
		if len(s) == 0 {
			step = 1 / math.Sqrt(dot(gradient, gradient)+1e-12)
		}
		for tries := 0; ; tries++ {
			for i := range next {
				next[i] = w[i] + step*direction[i]
			}
			nextLoss = p.loss(next, nextGradient)
			if nextLoss <= loss+1e-4*step*slope || tries == 30 {
				break
			}
			step /= 2
		}
		ds, dy := make([]float64, n), make([]float64, n)
		for i := range next {
			ds[i], dy[i] = next[i]-w[i], nextGradient[i]-gradient[i]
		}
		if dot(ds, dy) > 1e-12 {
			s, y = append(s, ds), append(y, dy)
			if len(s) > memory {
				s, y = s[1:], y[1:]
			}
		}
		gain := loss - nextLoss
		copy(w, next)
		copy(gradient, nextGradient)
		loss = nextLoss
		if gain < 1e-7*math.Abs(loss) {
			break
		}
	}
	out := make([]Scores, len(p.Prior))
	for i := range out {
		copy(out[i][:], w[i*Classes:])
	}
	return out
}

// direction is minus the gradient, bent by the remembered steps.
func (p *Problem) direction(d, gradient []float64, s, y [][]float64) {
	for i, g := range gradient {
		d[i] = -g
	}
	alpha := make([]float64, len(s))
	for k := len(s) - 1; k >= 0; k-- {
		alpha[k] = dot(s[k], d) / dot(s[k], y[k])
		for i := range d {
			d[i] -= alpha[k] * y[k][i]
		}
	}
	if k := len(s) - 1; k >= 0 {
		scale := dot(s[k], y[k]) / dot(y[k], y[k])
		for i := range d {
			d[i] *= scale
		}
	}
	for k := range s {
		beta := dot(y[k], d) / dot(s[k], y[k])
		for i := range d {
			d[i] += s[k][i] * (alpha[k] - beta)
		}
	}
}

// loss at w; its gradient is written.
func (p *Problem) loss(w, gradient []float64) float64 {
	clear(gradient)
	sum, total := 0.0, 0.0
	for i, x := range p.X {
		var score Scores
		for _, f := range x {
			row := w[int(f.ID)*Classes:][:Classes]
			for k := range score {
				score[k] += row[k] * float64(f.Value)
			}
		}
		q := Softmax(score, 1)
		sum -= p.Weight[i] * math.Log(max(q[p.Y[i]], 1e-300))
		total += p.Weight[i]
		q[p.Y[i]]--
		for k := range q {
			q[k] *= p.Weight[i]
		}
		for _, f := range x {
			row := gradient[int(f.ID)*Classes:][:Classes]
			for k := range q {
				row[k] += q[k] * float64(f.Value)
			}
		}
	}
	for i := range gradient {
		gradient[i] /= total
	}
	loss := sum / total
	for i, row := range p.Prior {
		for k, prior := range row {
			d := w[i*Classes+k] - prior
			loss += 0.5 * p.Penalty[i] * d * d
			gradient[i*Classes+k] += p.Penalty[i] * d
		}
	}
	return loss
}

func dot(a, b []float64) (sum float64) {
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}
