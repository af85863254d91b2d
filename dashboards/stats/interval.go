// Package stats holds the statistics that verdicts and charts stand on:
// intervals for shares, bootstrap by cluster, trends of counts, and the
// correction of shares for measured classifier error. It knows numbers only,
// nothing of ads, SQL or pages. Each function names the paper or book that its
// formula is from, and its tests compare with a figure printed there or with
// one that can be worked by hand.
package stats

import "math"

// Interval is a closed interval. An interval about which nothing is known is as
// wide as its scale allows, never empty.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Hull is the smallest interval that holds both.
func (i Interval) Hull(j Interval) Interval {
	return Interval{math.Min(i.Low, j.Low), math.Max(i.High, j.High)}
}

// Quantile is the standard normal quantile of p, 0 < p < 1.
func Quantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// critical is the two-sided critical value for the given confidence, 0.95 say.
func critical(confidence float64) float64 { return Quantile(1 - (1-confidence)/2) }

// Bonferroni is the confidence that each of k intervals must have so that all
// hold together with the given one (Dunn 1961, JASA 56:52-64).
func Bonferroni(confidence float64, k int) float64 {
	return 1 - (1-confidence)/float64(max(k, 1))
}

// Wilson is the score interval for x of n (Wilson 1927, JASA 22:209-212). With
// n = 0 it is [0, 1].
func Wilson(x, n, confidence float64) Interval {
	if n <= 0 {
		return Interval{0, 1}
	}
	z := critical(confidence)
	p, z2 := x/n, z*z
	centre := (p + z2/(2*n)) / (1 + z2/n)
	half := z / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	i := Interval{math.Max(0, centre-half), math.Min(1, centre+half)}
	if x == 0 { // exactly, whatever rounding made of it
		i.Low = 0
	}
	if x == n {
		i.High = 1
	}
	return i
}

// PairedDifference is the interval for p1 - p2, two shares of one multinomial
// of n of which x1 and x2 were seen: the shares are correlated, so the variance
// is (p1 + p2 - (p1-p2)²)/n and not that of two samples. One is added to each
// count (Bonett and Price 2012, J. Educ. Behav. Stat. 37:479-488), which keeps
// the coverage near nominal for a handful of ads. With n = 0 it is [-1, 1].
func PairedDifference(x1, x2, n, confidence float64) Interval {
	if n <= 0 {
		return Interval{-1, 1}
	}
	p1, p2 := (x1+1)/(n+2), (x2+1)/(n+2)
	d := p1 - p2
	half := critical(confidence) * math.Sqrt(math.Max(0, p1+p2-d*d)/(n+2))
	return Interval{math.Max(-1, d-half), math.Min(1, d+half)}
}

// Difference is the interval for x1/n1 - x2/n2, shares of two separate samples,
// by Newcombe's method 10, which joins two Wilson intervals (Newcombe 1998,
// Statist. Med. 17:873-890). With either sample empty it is [-1, 1].
func Difference(x1, n1, x2, n2, confidence float64) Interval {
	if n1 <= 0 || n2 <= 0 {
		return Interval{-1, 1}
	}
	p1, p2 := x1/n1, x2/n2
	a, b := Wilson(x1, n1, confidence), Wilson(x2, n2, confidence)
	d := p1 - p2
	return Interval{
		d - math.Hypot(p1-a.Low, b.High-p2),
		d + math.Hypot(a.High-p1, p2-b.Low),
	}
}
