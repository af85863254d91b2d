package stats

import (
	"math"
	"math/rand/v2"
	"slices"
)

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

// Lives is how long the spells of one cluster lasted: Left[d] of them left the
// watch at the age of d days, and Closed[d] of those because they had ended.
type Lives struct{ Left, Closed []float64 }

// Add puts n spells of one age into the lives.
func (l *Lives) Add(days int, closed bool, n float64) {
	for len(l.Left) <= days {
		l.Left, l.Closed = append(l.Left, 0), append(l.Closed, 0)
	}
	l.Left[days] += n
	if closed {
		l.Closed[days] += n
	}
}

// N is how many spells there are, and how many of them ended while watched.
func (l Lives) N() (n, closed float64) { return sum(l.Left), sum(l.Closed) }

// Steps are the lives of all clusters as [KaplanMeier] takes them.
func Steps(clusters []Lives) []Step {
	var all Lives
	for _, c := range clusters {
		all.join(c)
	}
	return all.steps()
}

func (l *Lives) join(c Lives) {
	for len(l.Left) < len(c.Left) {
		l.Left, l.Closed = append(l.Left, 0), append(l.Closed, 0)
	}
	for d, n := range c.Left {
		l.Left[d] += n
		l.Closed[d] += c.Closed[d]
	}
}

func (l Lives) steps() (out []Step) {
	risk := sum(l.Left)
	for d, n := range l.Left {
		if n > 0 {
			out = append(out, Step{d, risk, l.Closed[d]})
			risk -= n
		}
	}
	return out
}

// BootstrapMedian is the percentile interval of the median lifetime when clusters,
// and not spells, are drawn: the ads of one board open and close together, and
// Greenwood's variance takes them for independent. What is not reached in a draw
// is infinite in it.
func BootstrapMedian(clusters []Lives, seed uint64, confidence float64) Interval {
	r := rand.New(rand.NewPCG(seed, 0x6c6966))
	medians := make([]float64, 1000)
	for b := range medians {
		var drawn Lives
		for range clusters {
			drawn.join(clusters[r.IntN(len(clusters))])
		}
		medians[b], _ = Median(KaplanMeier(drawn.steps(), confidence))
	}
	slices.Sort(medians)
	tail := (1 - confidence) / 2 * float64(len(medians))
	return Interval{medians[int(tail)], medians[len(medians)-1-int(tail)]}
}
