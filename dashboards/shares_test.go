package dashboards

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jobmarket/dashboards/market"
)

// Of fourteen countries seven have a row, the others one together, and what is not told
// one: no job is lost.
func TestTraitsLoseNothing(t *testing.T) {
	m := &market.Market{First: time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(2022, 1, 31, 0, 0, 0, 0, time.UTC), Jobs: 1, Queries: map[string]string{}}
	add := func(country string, n int) {
		for range n {
			m.New = append(m.New, market.Cohort{Month: m.First, Source: "letter", Employer: fmt.Sprint("e", len(m.New)), Known: true, Country: country, N: 1})
		}
	}
	for i := range 14 {
		add(fmt.Sprintf("C%02d", i), max(1, 6-i))
	}
	add("", 10)
	s := &site{m: m, o: Options{Language: "rust"}}
	c, err := s.traits("country", "Countries", "country", "countries", func(c market.Cohort) string { return c.Country })
	if err != nil {
		t.Fatal(err)
	}
	n, share := 0.0, 0.0
	for _, r := range c.Table.Rows {
		n, share = n+r[1].(float64), share+r[2].(float64)
	}
	if n != market.Total(m.New) || share < 0.999 || share > 1.001 || len(c.Table.Rows) != 9 {
		t.Errorf("%d rows hold %v of %v jobs, %v of them", len(c.Table.Rows), n, market.Total(m.New), share)
	}
	if r := c.Table.Rows[7]; r[0] != "7 others" || r[1] != 7.0 || c.Table.Rows[8][0] != untold {
		t.Errorf("the last rows are %v", c.Table.Rows[7:])
	}
	if how := fmt.Sprint(c.How); !strings.Contains(how, "{Other countries C07 1, C08 1, C09 1, C10 1, C11 1, C12 1, C13 1}") {
		t.Error(how)
	}
}
