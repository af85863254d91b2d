package domain

import (
	"math"
)

// problem is a penalised multinomial logistic regression: the mean log loss of
// weighted examples plus, for each weight, half its penalty times the square of
// its distance from the prior.
type problem struct {
	x       [][]feature
	y       []int
	weight  []float64
	penalty []float64          // by feature
	prior   [][domains]float64 // by feature
}

// memory is how many steps L-BFGS remembers.
const memory = 8

// solve minimises the loss by L-BFGS with a backtracking line search (Nocedal
// and Wright, Numerical Optimization, 2nd ed., algorithm 7.4), from the prior.
// It is deterministic.
func (p *problem) solve(steps int) [][domains]float64 {
	n := len(p.prior) * domains
	w := make([]float64, n)
	for i, row := range p.prior {
		copy(w[i*domains:], row[:])
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
	out := make([][domains]float64, len(p.prior))
	for i := range out {
		copy(out[i][:], w[i*domains:])
	}
	return out
}

// direction is minus the gradient, bent by the remembered steps.
func (p *problem) direction(d, gradient []float64, s, y [][]float64) {
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
func (p *problem) loss(w, gradient []float64) float64 {
	clear(gradient)
	sum, total := 0.0, 0.0
	for i, x := range p.x {
		var score [domains]float64
		for _, f := range x {
			row := w[int(f.id)*domains:][:domains]
			for k := range score {
				score[k] += row[k] * float64(f.value)
			}
		}
		q := softmax(score, 1)
		sum -= p.weight[i] * math.Log(max(q[p.y[i]], 1e-300))
		total += p.weight[i]
		q[p.y[i]]--
		for k := range q {
			q[k] *= p.weight[i]
		}
		for _, f := range x {
			row := gradient[int(f.id)*domains:][:domains]
			for k := range q {
				row[k] += q[k] * float64(f.value)
			}
		}
	}
	for i := range gradient {
		gradient[i] /= total
	}
	loss := sum / total
	for i, row := range p.prior {
		for k, prior := range row {
			d := w[i*domains+k] - prior
			loss += 0.5 * p.penalty[i] * d * d
			gradient[i*domains+k] += p.penalty[i] * d
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
