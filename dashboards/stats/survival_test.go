package stats

import (
	"math"
	"testing"
)

// TestKaplanMeier compares with the remissions under 6-MP of Freireich and others
// (1963), whose curve, standard errors and median every textbook prints: 21
// patients, 9 relapses, the median 23 weeks.
func TestKaplanMeier(t *testing.T) {
	curve := KaplanMeier([]Step{{6, 21, 3}, {7, 17, 1}, {9, 16, 0}, {10, 15, 1}, {11, 13, 0}, {13, 12, 1}, {16, 11, 1},
		{17, 10, 0}, {19, 9, 0}, {20, 8, 0}, {22, 7, 1}, {23, 6, 1}, {25, 5, 0}, {32, 4, 0}, {34, 2, 0}, {35, 1, 0}}, 0.95)
	want := map[float64]float64{6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448, 35: 0.448}
	for _, s := range curve {
		if w, ok := want[s.Days]; ok && math.Abs(s.Share-w) > 0.0005 {
			t.Errorf("%v weeks: %.4f, want %.3f", s.Days, s.Share, w)
		}
		if s.Interval.Low > s.Share || s.Interval.High < s.Share {
			t.Errorf("%v weeks: %.4f lies outside of %v", s.Days, s.Share, s.Interval)
		}
	}
	// As R's survfit(…, conf.type = "log-log") prints it.
	if i := curve[0].Interval; math.Abs(i.Low-0.620) > 0.001 || math.Abs(i.High-0.952) > 0.001 {
		t.Errorf("6 weeks: %v, want 0.620 to 0.952", i)
	}
	median, i := Median(curve)
	if median != 23 || i.Low != 13 || !math.IsInf(i.High, 1) {
		t.Errorf("median %v, interval %v, want 23, 13 to not reached", median, i)
	}
	if got, _ := Median(KaplanMeier([]Step{{3, 10, 2}}, 0.95)); !math.IsInf(got, 1) {
		t.Errorf("a median of %v days where eight of ten are open, want none", got)
	}
}

// Ten ads of two boards: five close together after 7 days on one, five stay 30 days
// on the other. The curve is that of ten ads; the median of two boards may be
// either's, and of one board drawn twice there is nothing between.
func TestBootstrapMedian(t *testing.T) {
	boards := make([]Lives, 2)
	boards[0].Add(7, true, 5)
	boards[1].Add(30, true, 5)
	steps := Steps(boards)
	if want := []Step{{7, 10, 5}, {30, 5, 5}}; len(steps) != 2 || steps[0] != want[0] || steps[1] != want[1] {
		t.Fatalf("steps %v, want %v", steps, want)
	}
	if n, closed := boards[0].N(); n != 5 || closed != 5 {
		t.Errorf("%v ads, %v closed", n, closed)
	}
	if i := BootstrapMedian(boards, 1, 0.95); i != (Interval{7, 30}) {
		t.Errorf("interval %v, want 7 to 30", i)
	}
	boards[1] = Lives{}
	boards[1].Add(30, false, 5)
	if i := BootstrapMedian(boards, 1, 0.95); i.Low != 7 || !math.IsInf(i.High, 1) {
		t.Errorf("interval %v, want 7 to not reached", i)
	}
}
