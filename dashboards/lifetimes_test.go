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
		{Employer: "acme", Known: true, Source: "board/acme", Domain: "web", Earliest: 7, Latest: 14, Closed: true, N: 5},
		{Employer: "acme", Known: true, Source: "board/acme", Domain: "crypto", Earliest: 28, Latest: 28, N: 5},
	}}}}
	c, err := s.lifetimesChart()
	if err != nil {
		t.Fatal(err)
	}
	if c.Empty != "" || len(c.Table.Rows) != 5 {
		t.Fatalf("empty %q, %d rows, want a curve of five weeks", c.Empty, len(c.Table.Rows))
	}
	for _, want := range []string{"Half are closed after 7 to 14 days", "none, of 1 employer", "10 openings of 1 employer", "board/acme 10"} {
		if !strings.Contains(c.Caption, want) {
			t.Errorf("the caption lacks %q: %s", want, c.Caption)
		}
	}
	if day7 := c.Table.Rows[1]; day7[2] != 0.5 || day7[3] != 1.0 || day7[1] != 10.0 {
		t.Errorf("day 7 is %v, want ten watched, a half of earliest and all of latest", day7)
	}
	if day21 := c.Table.Rows[3]; day21[1] != 5.0 {
		t.Errorf("on day 21 %v were watched, want the five that did not close on day 14", day21[1])
	}
	if rows := s.Medians(); len(rows) != 2 || rows[0].Median != "fewer than 30 openings" {
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
		l.Ads = append(l.Ads, market.Life{Employer: fmt.Sprint("e", i), Known: true, Source: "board", Domain: "web", Earliest: days, Latest: days, Closed: true, N: 100})
	}
	s := &site{m: &market.Market{Lifetimes: l}}
	c, err := s.lifetimesChart()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(c.Caption, "(95 % interval: 10 to 30 days)") {
		t.Errorf("the interval is not 10 to 30 days: %s", c.Caption)
	}
	// Of twelve employers that close on day 10 or not, binomial: 3 to 9 of twelve do in 95 of 100 draws.
	if day14 := c.Table.Rows[2]; day14[2] != 0.5 || day14[4] != 0.25 || day14[5] != 0.75 {
		t.Errorf("day 14 is %v, want a half, 0.25 to 0.75", day14)
	}
	if !strings.Contains(string(c.JSON), `"bands"`) {
		t.Error("the interval is not drawn")
	}
	for i := range s.m.Lifetimes.Ads {
		s.m.Lifetimes.Ads[i].Known = false
	}
	if c, err = s.lifetimesChart(); err != nil || !strings.Contains(c.Caption, "none, of 0 employers (1,200 openings of unknown ones)") || strings.Contains(string(c.JSON), `"bands"`) {
		t.Errorf("of nobody known there is an interval: %s", c.Caption)
	}
}

// Where the watch ends before half are closed there is no median to say.
func TestMedianNotReached(t *testing.T) {
	s := &site{m: &market.Market{Lifetimes: market.Lifetimes{Ads: []market.Life{
		{Employer: "acme", Known: true, Source: "board/acme", Domain: "web", Earliest: 7, Latest: 14, Closed: true, N: 2},
		{Employer: "acme", Known: true, Source: "board/acme", Domain: "web", Earliest: 28, Latest: 28, N: 8},
	}}}}
	c, err := s.lifetimesChart()
	if err != nil || !strings.HasPrefix(c.Caption, "More than half stayed open for as long as they were watched: 2 of 10 closed (95 % interval of the median: none, of 1 employer). 10 openings of 1 employer,") {
		t.Errorf("%s, %v", c.Caption, err)
	}
}
