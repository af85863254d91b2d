package stats

// Stratum is one source in two periods: the units of the subject, and all units.
type Stratum struct{ Hits0, N0, Hits1, N1 float64 }

// Shift is a change of a share, and what it is made of.
type Shift struct {
	From   float64 `json:"from"`   // the share before
	To     float64 `json:"to"`     // the share after
	Within float64 `json:"within"` // what happened within the sources
	Mix    float64 `json:"mix"`    // what the mix of the sources did
	Total  float64 `json:"total"`  // To less From: Within and Mix together
}

// ShiftShare splits the change of a share that is a mean over sources. With w a
// source's weight among all units and p the share in it, the share is the sum of
// w*p; its change is the sum of mean(w) * change of p (within) and of change of
// w * mean(p) (mix): E. M. Kitagawa, Components of a Difference Between Two
// Rates, JASA 50 (1955). A source that shows nothing before or after has no share
// then, and counts to the mix whole. Where a period holds no unit at all there is
// no share, and ok is false.
func ShiftShare(strata []Stratum) (s Shift, ok bool) {
	var n0, n1 float64
	for _, x := range strata {
		n0, n1 = n0+x.N0, n1+x.N1
	}
	if n0 == 0 || n1 == 0 {
		return s, false
	}
	for _, x := range strata {
		s.From, s.To = s.From+x.Hits0/n0, s.To+x.Hits1/n1
		if x.N0 == 0 || x.N1 == 0 {
			s.Mix += x.Hits1/n1 - x.Hits0/n0
			continue
		}
		w0, w1, p0, p1 := x.N0/n0, x.N1/n1, x.Hits0/x.N0, x.Hits1/x.N1
		s.Within += (w0 + w1) / 2 * (p1 - p0)
		s.Mix += (w1 - w0) * (p0 + p1) / 2
	}
	s.Total = s.To - s.From
	return s, true
}
