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
type Survived struct{ Days, Share float64 }

// KaplanMeier estimates how many spells last longer than each age, those that had
// not ended when the watch did taken as such (Kaplan and Meier 1958). It gives no
// intervals: Greenwood's take spells for independent, and those of one employer open
// and close together; [BootstrapCurve] draws employers.
func KaplanMeier(steps []Step) (out []Survived) {
	share := 1.0
	for _, s := range steps {
		share *= 1 - s.Closed/s.AtRisk
		out = append(out, Survived{float64(s.Days), share})
	}
	return out
}

// At is the curve at an age: what it last fell to, or all before that.
func At(curve []Survived, days int) float64 {
	share := 1.0
	for _, s := range curve {
		if s.Days > float64(days) {
			break
		}
		share = s.Share
	}
	return share
}

// Median is the age that half of the spells reach; infinite where the watch ends
// before.
func Median(curve []Survived) float64 {
	for _, s := range curve {
		if s.Share <= 0.5 {
			return s.Days
		}
	}
	return math.Inf(1)
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

// Watched is how many spells of all clusters were watched for so many days or more.
func Watched(clusters []Lives, days int) (n float64) {
	for _, c := range clusters {
		if days < len(c.Left) {
			n += sum(c.Left[days:])
		}
	}
	return n
}

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

// Lasting is what a bootstrap says of a curve: the interval of its median, and that
// of its share at each age from nought on.
type Lasting struct {
	Median Interval
	Share  []Interval
}

// BootstrapCurve gives the percentile intervals of the median lifetime and of the
// curve when clusters, and not spells, are drawn: the ads of one employer open and
// close together. A median that is not reached in a draw is infinite in it. The
// intervals of the curve go up to the given age, each for itself.
func BootstrapCurve(clusters []Lives, last int, seed uint64, confidence float64) (l Lasting) {
	r := rand.New(rand.NewPCG(seed, 0x6c6966))
	const draws = 1000
	medians, shares := make([]float64, draws), make([][]float64, last+1)
	for b := range draws {
		var drawn Lives
		for range clusters {
			drawn.join(clusters[r.IntN(len(clusters))])
		}
		curve := KaplanMeier(drawn.steps())
		medians[b] = Median(curve)
		share := 1.0
		for day := range shares {
			for len(curve) > 0 && curve[0].Days <= float64(day) {
				share, curve = curve[0].Share, curve[1:]
			}
			shares[day] = append(shares[day], share)
		}
	}
	tail := (1 - confidence) / 2 * draws
	ends := func(values []float64) Interval { // no mean of two: one may be infinite
		slices.Sort(values)
		return Interval{values[int(tail)], values[draws-1-int(tail)]}
	}
	l.Median = ends(medians)
	for _, s := range shares {
		l.Share = append(l.Share, ends(s))
	}
	return l
}
