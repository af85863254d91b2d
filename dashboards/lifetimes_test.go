package dashboards

import (
	"testing"

	"jobmarket/dashboards/stats"
)

// TestLifetimes draws ten ads of which half close between day 7 and day 14, and
// one field whose ads stay.
func TestLifetimes(t *testing.T) {
	s := &site{m: &market{Lifetimes: map[string]lifetime{
		"all":    {Earliest: []stats.Step{{Days: 7, AtRisk: 10, Closed: 5}, {Days: 28, AtRisk: 5}}, Latest: []stats.Step{{Days: 14, AtRisk: 10, Closed: 5}, {Days: 28, AtRisk: 5}}},
		"crypto": {Earliest: []stats.Step{{Days: 28, AtRisk: 5}}, Latest: []stats.Step{{Days: 28, AtRisk: 5}}},
	}}}
	c, err := s.lifetimes()
	if err != nil {
		t.Fatal(err)
	}
	if c.Empty != "" || len(c.Table.Rows) != 5 {
		t.Fatalf("empty %q, %d rows, want a curve of five weeks", c.Empty, len(c.Table.Rows))
	}
	for i, want := range []string{"7 to 14 days (95 % interval 7 to not reached)", "crypto not reached"} {
		if got := c.How[i].Value; got != want {
			t.Errorf("%s is %q, want %q", c.How[i].Name, got, want)
		}
	}
	if day7 := c.Table.Rows[1]; day7[2] != 0.5 || day7[3] != 1.0 {
		t.Errorf("day 7 is %v, want a half of earliest and all of latest", day7)
	}
	s.m.Lifetimes = nil
	if c, err = s.lifetimes(); err != nil || c.Empty == "" {
		t.Errorf("without a board the chart is %q, %v, want why it is empty", c.Empty, err)
	}
}
