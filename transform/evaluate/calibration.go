package evaluate

import "math"

// Calibration says whether a probability of 0.8 is right eight times in ten.
type Calibration struct {
	Bins  []Bin   `json:"bins"`
	ECE   float64 `json:"ece"`   // expected calibration error: mean distance of confidence and accuracy, weighted by rows
	Brier float64 `json:"brier"` // mean squared distance of the probabilities from the truth, 0 to 2
	Log   float64 `json:"log_loss"`
}

// Bin is the rows whose highest probability lies in [From, To).
type Bin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	N          int     `json:"n"`
	Confidence float64 `json:"confidence"` // mean highest probability
	Accuracy   float64 `json:"accuracy"`   // share where the most probable domain is the labelled one
}

// judged is one row's probabilities and the index of its label.
type judged struct {
	p     [9]float64
	truth int
}

// bins of the reliability table.
const bins = 10

// calibrate follows Guo et al., "On Calibration of Modern Neural Networks"
// (ICML 2017) for the error, and Brier (1950) for the score.
func calibrate(rows []judged) Calibration {
	var c Calibration
	for b := range bins {
		c.Bins = append(c.Bins, Bin{From: float64(b) / bins, To: float64(b+1) / bins})
	}
	for _, r := range rows {
		top := 0
		for k, p := range r.p {
			if p > r.p[top] {
				top = k
			}
			y := 0.0
			if k == r.truth {
				y = 1
			}
			c.Brier += (p - y) * (p - y)
		}
		c.Log -= math.Log(max(r.p[r.truth], 1e-12))
		b := &c.Bins[min(int(r.p[top]*bins), bins-1)]
		b.N++
		b.Confidence += r.p[top]
		if top == r.truth {
			b.Accuracy++
		}
	}
	n := float64(len(rows))
	for i := range c.Bins {
		if b := &c.Bins[i]; b.N > 0 {
			c.ECE += math.Abs(b.Confidence-b.Accuracy) / n
			b.Confidence /= float64(b.N)
			b.Accuracy /= float64(b.N)
		}
	}
	c.Brier /= n
	c.Log /= n
	return c
}
