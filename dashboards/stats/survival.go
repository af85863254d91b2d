package stats

import "math"

// Step is an age at which spells left the watch: how many were watched at least
// so long, and how many of them ended at it.
type Step struct {
	Days           int
	AtRisk, Closed float64
}

// Survived is the estimated share of spells that last longer than Days.
type Survived struct {
	Days, AtRisk float64
	Share        float64
	Interval     Interval
}

// KaplanMeier estimates how many spells last longer than each age, those that had
// not ended when the watch did taken as such (Kaplan and Meier 1958). Intervals
// are Greenwood's on the scale of log(-log), which keeps them between 0 and 1
// (Kalbfleisch and Prentice 2002, 1.4). Steps are in the order of their ages.
func KaplanMeier(steps []Step, confidence float64) (out []Survived) {
	share, sum, z := 1.0, 0.0, critical(confidence)
	for _, s := range steps {
		share *= 1 - s.Closed/s.AtRisk
		if s.AtRisk > s.Closed {
			sum += s.Closed / (s.AtRisk * (s.AtRisk - s.Closed))
		}
		at := Survived{Days: float64(s.Days), AtRisk: s.AtRisk, Share: share, Interval: Interval{share, share}}
		switch {
		case share == 0: // nothing is left to have a variance; what the curve came from bounds it
			at.Interval.High = 1
			if n := len(out); n > 0 {
				at.Interval.High = out[n-1].Interval.High
			}
		case share < 1:
			width := z * math.Sqrt(sum) / math.Abs(math.Log(share))
			at.Interval = Interval{math.Pow(share, math.Exp(width)), math.Pow(share, math.Exp(-width))}
		}
		out = append(out, at)
	}
	return out
}

// Median is the age that half of the spells reach, with its interval: the ages at
// which the curve's interval reaches one half (Brookmeyer and Crowley 1982). What
// is not reached while the watch lasts is infinite.
func Median(curve []Survived) (days float64, i Interval) {
	first := func(share func(Survived) float64) float64 {
		for _, s := range curve {
			if share(s) <= 0.5 {
				return s.Days
			}
		}
		return math.Inf(1)
	}
	return first(func(s Survived) float64 { return s.Share }), Interval{
		first(func(s Survived) float64 { return s.Interval.Low }), first(func(s Survived) float64 { return s.Interval.High })}
}
