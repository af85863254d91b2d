package logistic

import "math"

// Binary is a penalised logistic regression of yes against no with few, dense
// features: the weighted log loss plus, for each weight, half its penalty times
// its square.
type Binary struct {
	X       [][]float64
	Y       []bool
	Weight  []float64
	Penalty []float64 // by feature; more than 0, so that the optimum is one
}

// Add adds an example.
func (b *Binary) Add(x []float64, y bool, weight float64) {
	b.X, b.Y, b.Weight = append(b.X, x), append(b.Y, y), append(b.Weight, weight)
}

// Sigmoid is the probability whose log-odds are z.
func Sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// Solve minimises the loss by Newton's method (iteratively reweighted least
// squares: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning,
// 2nd ed., section 4.4.1), halving a step that does not pay. It is deterministic.
func (b *Binary) Solve(steps int) []float64 {
	n := len(b.Penalty)
	w := make([]float64, n)
	loss := b.loss(w)
	for range steps {
		gradient := make([]float64, n)
		hessian := make([][]float64, n)
		for i := range hessian {
			hessian[i] = make([]float64, n)
			hessian[i][i] = b.Penalty[i]
			gradient[i] = b.Penalty[i] * w[i]
		}
		for k, x := range b.X {
			p := Sigmoid(inner(w, x))
			r, c := p, p*(1-p)*b.Weight[k]
			if b.Y[k] {
				r--
			}
			for i, v := range x {
				if v == 0 {
					continue
				}
				gradient[i] += b.Weight[k] * r * v
				for j, u := range x[:i+1] {
					hessian[i][j] += c * v * u
				}
			}
		}
		step := solveSymmetric(hessian, gradient)
		next, gain := make([]float64, n), 0.0
		for size := 1.0; size > 1e-6; size /= 2 {
			for i := range next {
				next[i] = w[i] - size*step[i]
			}
			if l := b.loss(next); l < loss {
				gain = loss - l
				break
			}
		}
		if gain == 0 {
			break
		}
		copy(w, next)
		loss -= gain
		if gain < 1e-9*loss {
			break
		}
	}
	return w
}

func (b *Binary) loss(w []float64) (sum float64) {
	for k, x := range b.X {
		z := inner(w, x)
		if b.Y[k] {
			z = -z
		}
		sum += b.Weight[k] * (math.Max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))))
	}
	for i, p := range b.Penalty {
		sum += p * w[i] * w[i] / 2
	}
	return sum
}

func inner(w, x []float64) (sum float64) {
	for i, v := range x {
		sum += w[i] * v
	}
	return sum
}

// solveSymmetric solves A x = b for a positive definite A, of which the lower
// half is read and overwritten, by Cholesky's method.
func solveSymmetric(a [][]float64, b []float64) []float64 {
	n := len(b)
	x := make([]float64, n)
	for i := range n {
		for j := range i + 1 {
			sum := a[i][j]
			for k := range j {
				sum -= a[i][k] * a[j][k]
			}
			if i == j {
				a[i][i] = math.Sqrt(sum)
			} else {
				a[i][j] = sum / a[j][j]
			}
		}
	}
	for i := range n {
		sum := b[i]
		for k := range i {
			sum -= a[i][k] * x[k]
		}
		x[i] = sum / a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		sum := x[i]
		for k := i + 1; k < n; k++ {
			sum -= a[k][i] * x[k]
		}
		x[i] = sum / a[i][i]
	}
	return x
}
