package journal

import "testing"

// TestBand gives a feed's yields, and which of them are not believed yet.
func TestBand(t *testing.T) {
	for _, c := range []struct {
		name   string
		yields []int
		marked []bool
	}{
		{"the first is believed", []int{462}, []bool{false}},
		{"a fall is believed when the next crawl shows it too", []int{462, 198, 200, 202}, []bool{false, true, false, false}},
		{"a fall that was none leaves the band as it was", []int{462, 30, 460, 200}, []bool{false, true, false, true}},
		{"two different falls do not confirm each other", []int{462, 198, 20}, []bool{false, true, true}},
		{"a rise is as doubtful", []int{40, 90, 91}, []bool{false, true, false}},
		{"a small board may lose a few", []int{6, 1, 0, 7}, []bool{false, false, false, false}},
	} {
		var b Band
		for i, yield := range c.yields {
			if why := b.Judge(yield); (why != "") != c.marked[i] {
				t.Errorf("%s: yield %d of %v: %q", c.name, i, c.yields, why)
			}
		}
	}
}
