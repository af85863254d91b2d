// Package dice draws the simulated market's chances. It knows numbers only.
//
// A [Dice] is a SplitMix64 stream (Steele, Lea and Flood, 2014) named by the
// market's seed and the things it is drawn for: an employer, a job, a page. A
// page can so be made alone, in any order and on any goroutine, and has the
// same bytes each time. math/rand is not used because it promises no fixed
// mapping from its stream to a range.
package dice

import "math"

// Dice is a stream of draws. The zero value is a valid stream; copy it to draw
// the same again.
type Dice struct{ state uint64 }

// New is the stream named by the seed and the parts, in their order.
func New(seed uint64, parts ...uint64) Dice {
	h := mix(seed + 0x9e3779b97f4a7c15)
	for _, p := range parts {
		h = mix(h ^ mix(p+0xbf58476d1ce4e5b9))
	}
	return Dice{h}
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Uint64 draws 64 bits.
func (d *Dice) Uint64() uint64 {
	d.state += 0x9e3779b97f4a7c15
	return mix(d.state)
}

// N draws a number in [0, n); 0 when n is not above 1.
func (d *Dice) N(n int) int {
	if n <= 1 {
		return 0
	}
	// 32 bits scaled by n: the bias is below n/2^32.
	return int((d.Uint64() >> 32) * uint64(n) >> 32)
}

// Between draws a number in [low, high].
func (d *Dice) Between(low, high int) int { return low + d.N(high-low+1) }

// Float draws a number in [0, 1).
func (d *Dice) Float() float64 { return float64(d.Uint64()>>11) / (1 << 53) }

// Chance is true with probability p.
func (d *Dice) Chance(p float64) bool { return d.Float() < p }

// Exp draws from the exponential distribution of the given mean.
func (d *Dice) Exp(mean float64) float64 { return -mean * math.Log(1-d.Float()) }

// Normal draws from the standard normal distribution, to the accuracy of a sum
// of twelve uniform draws: no tail beyond six deviations.
func (d *Dice) Normal() float64 {
	s := -6.0
	for range 12 {
		s += d.Float()
	}
	return s
}

// Poisson draws a count of the given mean.
func (d *Dice) Poisson(mean float64) int {
	n := 0
	for ; mean > 30; mean -= 30 { // exp(-mean) must stay well above zero
		n += d.Poisson(30)
	}
	limit, p := math.Exp(-mean), d.Float()
	for p > limit {
		n++
		p *= d.Float()
	}
	return n
}

// Weighted draws an index with probability proportional to its weight.
func (d *Dice) Weighted(weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	at := d.Float() * total
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// Pick draws one of the items, which must not be empty.
func Pick[T any](d *Dice, items []T) T { return items[d.N(len(items))] }
