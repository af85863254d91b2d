package stats

import (
	"math"
	"testing"
)

// TestKaplanMeier compares with the remissions under 6-MP of Freireich and others
// (1963), whose curve and median every textbook prints: 21
// patients, 9 relapses, the median 23 weeks.
func TestKaplanMeier(t *testing.T) {
	curve := KaplanMeier([]Step{{6, 21, 3}, {7, 17, 1}, {9, 16, 0}, {10, 15, 1}, {11, 13, 0}, {13, 12, 1}, {16, 11, 1},
		{17, 10, 0}, {19, 9, 0}, {20, 8, 0}, {22, 7, 1}, {23, 6, 1}, {25, 5, 0}, {32, 4, 0}, {34, 2, 0}, {35, 1, 0}})
	want := map[float64]float64{6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448, 35: 0.448}
	for _, s := range curve {
		if w, ok := want[s.Days]; ok && math.Abs(s.Share-w) > 0.0005 {
			t.Errorf("%v weeks: %.4f, want %.3f", s.Days, s.Share, w)
		}
	}
	if median := Median(curve); median != 23 {
		t.Errorf("median %v, want 23", median)
	}
	if a, b := At(curve, 5), At(curve, 12); a != 1 || math.Abs(b-0.753) > 0.0005 {
		t.Errorf("5 weeks %v, 12 weeks %v, want all and what week 10 left", a, b)
	}
	if got := Median(KaplanMeier([]Step{{3, 10, 2}})); !math.IsInf(got, 1) {
		t.Errorf("a median of %v days where eight of ten are open, want none", got)
	}
}

// Ten ads of two boards: five close together after 7 days on one, five stay 30 days
// on the other. The curve is that of ten ads; the median of two boards may be
// either's, and of one board drawn twice there is nothing between.
func TestBootstrapCurve(t *testing.T) {
	boards := make([]Lives, 2)
	boards[0].Add(7, true, 5)
	boards[1].Add(30, true, 5)
	steps := Steps(boards)
	if want := []Step{{7, 10, 5}, {30, 5, 5}}; len(steps) != 2 || steps[0] != want[0] || steps[1] != want[1] {
		t.Fatalf("steps %v, want %v", steps, want)
	}
	for days, want := range map[int]float64{0: 10, 7: 10, 8: 5, 30: 5, 31: 0} {
		if n := Watched(boards, days); n != want {
			t.Errorf("%v were watched for %d days, want %v", n, days, want)
		}
	}
	l := BootstrapCurve(boards, 8, 1, 0.95)
	if l.Median != (Interval{7, 30}) || len(l.Share) != 9 || l.Share[6] != (Interval{1, 1}) || l.Share[7] != (Interval{0, 1}) {
		t.Errorf("%+v, want a median of 7 to 30 and after 7 days none to all", l)
	}
	boards[1] = Lives{}
	boards[1].Add(30, false, 5)
	if i := BootstrapCurve(boards, 0, 1, 0.95).Median; i.Low != 7 || !math.IsInf(i.High, 1) {
		t.Errorf("interval %v, want 7 to not reached", i)
	}
}

// Two hundred employers of one ad each, half of which close on day 10: the interval
// on day 10 is that of a share of a half of two hundred, 1.96·√(0.25/200) either way.
func TestBootstrapCurveSpread(t *testing.T) {
	var lives []Lives
	for i := range 200 {
		var l Lives
		l.Add(10+20*(i%2), i%2 == 0, 1)
		lives = append(lives, l)
	}
	i := BootstrapCurve(lives, 10, 1, 0.95).Share[10]
	near(t, "low", i.Low, 0.4307, 0.012)
	near(t, "high", i.High, 0.5693, 0.012)
}
