package stats

import "math"

// Trend is the slope of a log-linear model of counts in time.
type Trend struct {
	Rate       float64  `json:"rate"`       // change a unit of time: 0.2 is +20 %
	Interval   Interval `json:"interval"`   // of Rate
	Dispersion float64  `json:"dispersion"` // variance over mean; 1 for Poisson
	Periods    int      `json:"periods"`
	OK         bool     `json:"ok"` // false: too few periods or nothing to count

	// log of the expected count a unit of exposure is level + slope·(time - centre).
	level, slope, centre float64
	var0, cov, var1      float64 // of level and slope, overdispersion in them
	critical             float64
}

// At is what the fitted trend expects of one unit of exposure at a time, with the
// interval of that expectation.
func (tr Trend) At(time float64) (expected float64, i Interval) {
	x := time - tr.centre
	mu := tr.level + tr.slope*x
	half := tr.critical * math.Sqrt(math.Max(0, tr.var0+2*x*tr.cov+x*x*tr.var1))
	return math.Exp(clamp(mu, 50)), Interval{math.Exp(clamp(mu-half, 50)), math.Exp(clamp(mu+half, 50))}
}

// Asked is what a trend that changes by rate a year would expect at a time, were
// its level in the middle of the times that of the fitted one.
func (tr Trend) Asked(rate, time float64) float64 {
	return math.Exp(clamp(tr.level, 50)) * math.Pow(1+rate, time-tr.centre)
}

// Growth fits log E(count) = a + b·time + log(exposure) by iteratively
// reweighted least squares and widens the interval of b by the Pearson estimate
// of overdispersion, where that is above 1 (quasi-Poisson: McCullagh and Nelder
// 1989, sections 6.2 and 9.2.4), with Student's t on periods - 2 degrees of
// freedom. Time is in years for a rate a year. An exposure of 0 leaves its
// period out; exposures of 1 give the trend of plain counts. It needs three
// periods and one count above 0.
func Growth(times, counts, exposures []float64, confidence float64) Trend {
	var t, y, e []float64
	for i := range times {
		if exposures[i] > 0 {
			t, y, e = append(t, times[i]), append(y, counts[i]), append(e, exposures[i])
		}
	}
	tr := Trend{Periods: len(t)}
	if len(t) < 3 || sum(y) == 0 {
		return tr
	}
	mean := sum(t) / float64(len(t))
	a, b := math.Log(sum(y)/sum(e)), 0.0
	var s0, s1, s2 float64
	for range 60 {
		s0, s1, s2 = 0, 0, 0
		var r0, r1 float64 // score
		for i := range t {
			x := t[i] - mean
			mu := e[i] * math.Exp(clamp(a+b*x, 50))
			s0, s1, s2 = s0+mu, s1+mu*x, s2+mu*x*x
			r0, r1 = r0+(y[i]-mu), r1+(y[i]-mu)*x
		}
		det := s0*s2 - s1*s1
		if det <= 1e-12 {
			return tr // all that was counted stands in one period: no slope
		}
		da, db := (s2*r0-s1*r1)/det, (s0*r1-s1*r0)/det
		da, db = clamp(da, 2), clamp(db, 2)
		a, b = a+da, b+db
		if math.Abs(da)+math.Abs(db) < 1e-10 {
			break
		}
	}
	if math.Abs(b) > 20 {
		return tr // separation: no finite slope fits
	}
	pearson := 0.0
	for i := range t {
		mu := e[i] * math.Exp(clamp(a+b*(t[i]-mean), 50))
		if mu > 1e-9 {
			pearson += (y[i] - mu) * (y[i] - mu) / mu
		}
	}
	df := float64(len(t) - 2)
	tr.Dispersion = pearson / df
	wider := math.Max(1, tr.Dispersion) / (s0*s2 - s1*s1)
	tr.level, tr.slope, tr.centre = a, b, mean
	tr.var0, tr.cov, tr.var1 = s2*wider, -s1*wider, s0*wider
	tr.critical = studentQuantile(1-(1-confidence)/2, df)
	half := tr.critical * math.Sqrt(tr.var1)
	tr.Rate = math.Expm1(clamp(b, widest))
	tr.Interval = Interval{math.Expm1(clamp(b-half, widest)), math.Expm1(clamp(b+half, widest))}
	tr.OK = true
	return tr
}

// widest is the largest change of a logarithm a year that is told apart from
// boundless: a factor of 22,000.
const widest = 10

func clamp(x, limit float64) float64 { return math.Max(-limit, math.Min(limit, x)) }

// MannKendall is the test for a monotone trend in a series, with the variance
// corrected for ties (Mann 1945, Econometrica 13:245-259; Kendall 1975; Gilbert
// 1987, section 16.4). It gives S, the normal deviate with continuity
// correction, and the two-sided p-value. It serves as a check on [Growth] that
// assumes no model.
func MannKendall(series []float64) (s, z, p float64) {
	n := len(series)
	ties := map[float64]float64{}
	for i, x := range series {
		ties[x]++
		for _, y := range series[i+1:] {
			switch {
			case y > x:
				s++
			case y < x:
				s--
			}
		}
	}
	f := float64(n)
	variance := f * (f - 1) * (2*f + 5)
	for _, t := range ties {
		variance -= t * (t - 1) * (2*t + 5)
	}
	variance /= 18
	if variance <= 0 {
		return s, 0, 1
	}
	switch {
	case s > 0:
		z = (s - 1) / math.Sqrt(variance)
	case s < 0:
		z = (s + 1) / math.Sqrt(variance)
	}
	return s, z, math.Erfc(math.Abs(z) / math.Sqrt2)
}

// studentQuantile is the quantile of Student's t, by bisection of the
// distribution function, which is a regularised incomplete beta.
func studentQuantile(p, df float64) float64 {
	low, high := -1e3, 1e3
	for range 200 {
		mid := (low + high) / 2
		if studentCDF(mid, df) < p {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

func studentCDF(t, df float64) float64 {
	tail := 0.5 * incompleteBeta(df/2, 0.5, df/(df+t*t))
	if t > 0 {
		return 1 - tail
	}
	return tail
}

// incompleteBeta is the regularised incomplete beta function, by its continued
// fraction (Abramowitz and Stegun 26.5.8, evaluated by Lentz's method).
func incompleteBeta(a, b, x float64) float64 {
	if x <= 0 {
		return 0
	}
	if x >= 1 {
		return 1
	}
	if x > (a+1)/(a+b+2) {
		return 1 - incompleteBeta(b, a, 1-x)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	const tiny = 1e-300
	f, c, d := 1.0, 1.0, 0.0
	for i := 0; i <= 300; i++ {
		m := float64(i / 2)
		num := 1.0
		switch {
		case i == 0:
		case i%2 == 0:
			num = m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		default:
			num = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		}
		d = 1 + num*d
		if math.Abs(d) < tiny {
			d = tiny
		}
		d = 1 / d
		c = 1 + num/c
		if math.Abs(c) < tiny {
			c = tiny
		}
		f *= c * d
		if math.Abs(1-c*d) < 1e-14 {
			break
		}
	}
	return front * (f - 1)
}
