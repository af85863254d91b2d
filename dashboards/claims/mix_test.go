package claims

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"jobmarket/dashboards/fixture"
)

// TestMix is a field whose share rises by a letter that joins half-way: within the
// letter that was there nothing happens.
func TestMix(t *testing.T) {
	var rows []fixture.Ad
	for month := 1; month <= 8; month++ {
		day := "2021-0" + string(rune('0'+month)) + "-10"
		rows = append(rows, join(ads(3, "crypto", day), ads(3, "web", day))...)
		if month > 4 {
			joined := ads(6, "crypto", day)
			for i := range joined {
				joined[i].Source = "news"
			}
			rows = append(rows, joined...)
		}
	}
	news := fixture.Source{Name: "news", Kind: "letter", Lifetime: 30}
	c := Claim{ID: "rises", Text: "Crypto rises.", Comparison: Grows, Subject: Subject{Domains: []string{"crypto"}}, OfShare: true, From: "2021-01-01", To: "2021-09-01"}
	v, err := Evaluate(t.Context(), fixture.Open(t, []fixture.Source{letter, news}, rows, false), c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if v.Mix == nil {
		t.Fatal("the verdict does not split the change")
	}
	// From 12 of 24 to 12 of 24 and 24 of 24: 0.5 to 0.75.
	if m := v.Mix; m.From != 0.5 || m.To != 0.75 || math.Abs(m.Within) > 1e-12 || math.Abs(m.Mix-0.25) > 1e-12 {
		t.Errorf("got %+v, want all of the 0.25 by the mix", *m)
	}
	got := v.Mix.String()
	for _, want := range []string{"From 2021-01–2021-04 to 2021-05–2021-08 the share changed by +25.0 percentage points (95 % interval ", ": +0.0 within sources, +25.0 because other sources, or the same in other proportions, brought the ads."} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s, want %q in it", got, want)
		}
	}
}

func TestSplitChange(t *testing.T) {
	cells := []Cell{{"letter", "a", 0, 4, 10}, {"letter", "b", 0, 6, 10}, {"letter", "a", 1, 8, 10}, {"letter", "c", 1, 7, 10}, {"letter", "d", -1, 9, 9}}
	m := SplitChange(cells, "then", "later", 1)
	if m == nil || m.Sources != 1 || math.Abs(m.Total-0.25) > 1e-12 || m.Interval.Low > m.Total || m.Interval.High < m.Total {
		t.Fatalf("%+v, want a change of 0.25 in one source", m)
	}
	if s := m.String(); strings.Contains(s, "within") {
		t.Errorf("one source has no mix: %s", s)
	}
	if m := SplitChange(cells[1:], "then", "later", 1); m != nil {
		t.Errorf("ten ads before, and yet a change of %v", m.Total)
	}
}

// TestSightings counts an ad as often as it was printed.
func TestSightings(t *testing.T) {
	rows := join(ads(15, "crypto", "2021-01-06", "2021-01-13", "2021-01-20"), ads(15, "web", "2021-01-06"))
	c := Claim{ID: "prints", Text: "More than half of what is printed is crypto.", Comparison: ShareAbove, Than: 0.5,
		Subject: Subject{Domains: []string{"crypto"}}, Unit: Sightings, Count: Flow, From: "2021-01-01", To: "2021-01-20"}
	if v := evaluate(t, c, Options{}, rows); v.N != 45 || v.Figures[0].Count != 30 {
		t.Errorf("%v sightings, %v of them crypto, want 45 and 30", v.N, v.Figures[0].Count)
	}
	c.Count, c.On = Stock, "2021-01-10"
	if p := c.Check(); len(p) != 1 || p[0].Field != "unit" {
		t.Errorf("a stock of sightings passes: %v", p)
	}
}

func TestNothingIsWrittenAsNull(t *testing.T) {
	c := Claim{ID: "none", Text: "Nobody knows.", Comparison: NotObservable, Reason: "Ads do not show it."}
	b, err := json.Marshal(evaluate(t, c, Options{}, nil))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), `"ads":[]`) || !strings.Contains(string(b), `"figures":[]`) || !strings.Contains(string(b), `"sources":[]`) {
		t.Errorf("lists that hold nothing are not written as []: %s", b)
	}
}
