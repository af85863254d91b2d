package dashboards

import (
	"testing"
	"time"

	"jobmarket/dashboards/market"
)

// A stock is told on a day that a source was watched, told from before some days
// later, and not told at all after that: a gap is no nought.
func TestStockPoint(t *testing.T) {
	at := func(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }
	s := &site{m: &market.Market{Watch: market.Watch{
		{Source: "letter", From: at("2020-01-01"), To: at("2020-03-20"), Known: at("2020-04-18")}, {Source: "board", From: at("2022-06-01"), To: at("2022-06-01"), Known: at("2022-07-01")}}}}
	for _, c := range []struct {
		day         string
		told, part  bool
		sourcesSeen int
	}{{"2020-02-01", true, false, 1}, {"2020-04-01", true, true, 1}, {"2020-04-18", true, true, 1}, {"2020-04-19", false, false, 0}, {"2020-05-01", false, false, 0}, {"2022-06-01", true, false, 1}, {"2022-07-01", true, true, 1}, {"2022-07-02", false, false, 0}} {
		p, n := s.stockPoint(at(c.day), 0)
		if (p.Value != nil) != c.told || p.Part != c.part || n != c.sourcesSeen {
			t.Errorf("%s: told %v, in part %v, by %d sources; want %+v", c.day, p.Value != nil, p.Part, n, c)
		}
	}
}
