package dashboards

import (
	"strings"
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

// The chart of the fixed panel shows what was watched of its own sources, the marks of
// those, and the query that counts them.
func TestPanelIsItsOwn(t *testing.T) {
	at := func(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }
	m := &market.Market{First: at("2020-01-01"), Last: at("2020-12-31"), On: at("2020-12-31"), Jobs: 2, Bucket: "quarter", Panel: []string{"letter"},
		Queries: map[string]string{"new": "SELECT all", "panel": "SELECT some"},
		Watch:   market.Watch{{Source: "letter", From: at("2020-01-01"), To: at("2020-12-31"), Known: at("2021-01-29")}, {Source: "board", From: at("2020-06-01"), To: at("2020-12-31"), Known: at("2021-01-30")}}}
	for k := range 4 {
		m.Periods = append(m.Periods, at("2020-01-01").AddDate(0, 3*k, 0))
		m.PanelNew = append(m.PanelNew, market.Cohort{Month: m.Periods[k], Source: "letter", Employer: "e", Known: true, N: 9})
	}
	m.New = append(m.PanelNew, market.Cohort{Month: m.Periods[3], Source: "board", Employer: "f", Known: true, N: 9})
	m.Marks = []market.Mark{{Day: at("2020-06-01"), Source: "board", Kind: "source", Text: "Begins."}, {Day: at("2020-06-01"), Source: "letter", Kind: "source", Text: "Begins."}}
	s := &site{m: m, o: Options{Language: "rust"}, changes: m.Changes(false)}
	panel, err := s.panelFlow()
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.flow("new", "New", s.all(), true)
	if err != nil {
		t.Fatal(err)
	}
	last := len(panel.Table.Columns) - 2
	if p, a := panel.Table.Rows[3][last], all.Table.Rows[3][last]; p != 1.0 || a != 2.0 {
		t.Errorf("in the last quarter %v sources of the panel and %v in all were watched", p, a)
	}
	if panel.Query != "SELECT some" || all.Query != "SELECT all" {
		t.Errorf("queries %q and %q", panel.Query, all.Query)
	}
	if p, a := string(panel.JSON), string(all.JSON); !strings.Contains(p, "letter begins") || strings.Contains(p, "2 sources begin") || !strings.Contains(a, "2 sources begin") {
		t.Error("the panel's chart tells of a source that is not in it, or the other of one only")
	}
}
