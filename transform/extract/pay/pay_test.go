package pay

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// TestFind runs testdata/pay.txt: a text, "=>", and the pay read from it as
// currency, period, low and high a year, or a hyphen for none.
func TestFind(t *testing.T) {
	f, err := os.Open("testdata/pay.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for n, s := 1, bufio.NewScanner(f); s.Scan(); n++ {
		text, want, ok := strings.Cut(s.Text(), "=>")
		if !ok {
			continue
		}
		got := "-"
		if p, ok := Find(lexis.NewDoc(&schema.Posting{Text: strings.ReplaceAll(strings.TrimSpace(text), " ¶ ", "\n")})); ok {
			got = strings.TrimSpace(fmt.Sprintf("%s %s %.0f %.0f", p.Currency, p.Period, p.Low, p.High))
		}
		if got != strings.TrimSpace(want) {
			t.Errorf("line %d: %q gave %q, want %q", n, text, got, strings.TrimSpace(want))
		}
	}
}

func TestFromFields(t *testing.T) {
	for _, c := range []struct {
		low, high        float64
		currency, period string
		want             string
	}{
		{100000, 150000, "usd", "year", "USD year 100000 150000 true"},
		{150000, 100000, "USD", "", "USD year 100000 150000 true"},
		{50, 80, "EUR", "hour", "EUR hour 104000 166400 true"},
		{0, 0, "USD", "year", "  0 0 false"},
		{1, 2, "USD", "year", "  0 0 false"},
		{5e6, 8e6, "JPY", "year", "JPY year 5000000 8000000 true"},
		{100000, 0, "USD", "year", "USD year 100000 0 true"},
		{100000, 100000, "XXX", "year", "  0 0 false"},
	} {
		p, ok := FromFields(c.low, c.high, c.currency, c.period)
		if got := fmt.Sprintf("%s %s %.0f %.0f %v", p.Currency, p.Period, p.Low, p.High, ok); got != c.want {
			t.Errorf("%v: got %s", c, got)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Salary: $150k–$200k + 0.5% equity")
	f.Add("€60.000 p.a. bis 75.000, CHF 800/day, 45\u00a0000 kr")
	f.Add("\xe2\x801\xc2,000\xe2")
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := Find(lexis.NewDoc(&schema.Posting{Text: s}))
		if !ok {
			return
		}
		if p.Low < 0 || p.High < 0 || p.Low > p.High && p.High != 0 || max(p.Low, p.High) == 0 {
			t.Fatalf("%q gave %+v", s, p)
		}
		if Factor(p.Period) == 0 {
			t.Fatalf("%q gave period %q", s, p.Period)
		}
	})
}
