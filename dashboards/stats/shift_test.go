package stats

import (
	"math"
	"testing"
)

// TestShiftShare compares with numbers computed by hand.
func TestShiftShare(t *testing.T) {
	for _, c := range []struct {
		name   string
		strata []Stratum
		want   Shift
	}{
		// Weights 0.5 and 0.5 become 0.25 and 0.75; shares 0.2 and 0.6 become 0.4 and
		// 0.6: within 0.375 * 0.2, mix -0.25 * 0.3 + 0.25 * 0.6.
		{"both", []Stratum{{2, 10, 2, 5}, {6, 10, 9, 15}}, Shift{0.4, 0.55, 0.075, 0.075, 0.15}},
		{"no change within", []Stratum{{1, 10, 4, 40}, {9, 10, 9, 10}}, Shift{0.5, 0.26, 0, -0.24, -0.24}},
		{"one source", []Stratum{{1, 10, 3, 10}}, Shift{0.1, 0.3, 0.2, 0, 0.2}},
		// The new source's 5 of 5 are a third of all; the old one's weight falls from 1 to
		// two thirds, at 0.2: mix 1/3 - 1/3 * 0.2.
		{"a source comes", []Stratum{{2, 10, 2, 10}, {0, 0, 5, 5}}, Shift{0.2, 7.0 / 15, 0, 4.0 / 15, 4.0 / 15}},
		{"a source goes", []Stratum{{2, 10, 2, 10}, {5, 5, 0, 0}}, Shift{7.0 / 15, 0.2, 0, -4.0 / 15, -4.0 / 15}},
	} {
		got, ok := ShiftShare(c.strata)
		near := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
		if !ok || !near(got.From, c.want.From) || !near(got.To, c.want.To) || !near(got.Within, c.want.Within) || !near(got.Mix, c.want.Mix) || !near(got.Total, c.want.Total) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
		if !near(got.Within+got.Mix, got.Total) {
			t.Errorf("%s: %v and %v are not %v", c.name, got.Within, got.Mix, got.Total)
		}
	}
	if _, ok := ShiftShare([]Stratum{{0, 0, 1, 2}}); ok {
		t.Error("a period without any unit has a share")
	}
}
