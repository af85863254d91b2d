package dashboards

import (
	"fmt"
	"strings"
	"testing"

	"jobmarket/dashboards/market"
)

// TestLifetimes draws ten ads of one board of which half close between day 7 and
// day 14; their employer is one, so there is no interval.
func TestLifetimes(t *testing.T) {
	s := &site{m: &market.Market{Lifetimes: market.Lifetimes{Ads: []market.Life{
		{Employer: "acme", Source: "board/acme", Domain: "web", Earliest: 7, Latest: 14, Closed: true, N: 5},
		{Employer: "acme", Source: "board/acme", Domain: "crypto", Earliest: 28, Latest: 28, N: 5},
	}}}}
	c, err := s.lifetimesChart()
	if err != nil {
		t.Fatal(err)
	}
	if c.Empty != "" || len(c.Table.Rows) != 5 {
		t.Fatalf("empty %q, %d rows, want a curve of five weeks", c.Empty, len(c.Table.Rows))
	}
	for _, want := range []string{"Half are closed after 7 to 14 days", "none, of 1 employer", "10 ads of 1 employer", "board/acme 10"} {
		if !strings.Contains(c.Caption, want) {
			t.Errorf("the caption lacks %q: %s", want, c.Caption)
		}
	}
	if day7 := c.Table.Rows[1]; day7[2] != 0.5 || day7[3] != 1.0 {
		t.Errorf("day 7 is %v, want a half of earliest and all of latest", day7)
	}
	if rows := s.Medians(); len(rows) != 2 || rows[0].Median != "fewer than 30 ads" {
		t.Errorf("fields of five ads have medians: %+v", rows)
	}
	s.m.Lifetimes = market.Lifetimes{}
	if c, err = s.lifetimesChart(); err != nil || c.Empty == "" {
		t.Errorf("without a board the chart is %q, %v, want why it is empty", c.Empty, err)
	}
}

// Of twelve employers half close their ads after 10 days and half after 30: the
// interval of the median is as wide as they differ, however many ads each has.
func TestMedianByEmployer(t *testing.T) {
	var l market.Lifetimes
	for i := range 12 {
		days := 10 + 20*(i%2)
		l.Ads = append(l.Ads, market.Life{Employer: fmt.Sprint("e", i), Source: "board", Domain: "web", Earliest: days, Latest: days, Closed: true, N: 100})
	}
	if _, interval := median(l.Of("web")); interval != "10 to 30 days" {
		t.Errorf("the interval is %s, want 10 to 30 days", interval)
	}
}
