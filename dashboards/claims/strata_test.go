package claims

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"jobmarket/dashboards/fixture"
)

// paradox is ads of a forum and of a newsletter. In each, C++ is named more in
// crypto than in the web; the newsletter names little, and has most of crypto.
func paradox() (rows []fixture.Ad) {
	add := func(source, domain string, n, hits int) {
		for i := range n {
			a := fixture.Ad{Employer: fmt.Sprint(source, domain, i), Domain: domain, Source: source, Seen: []string{"2022-06-10"}}
			if i < hits {
				a.Names = []string{"c++"}
			}
			rows = append(rows, a)
		}
	}
	add("forum", "crypto", 50, 35)
	add("forum", "web", 150, 60)
	add("digest", "crypto", 200, 12)
	add("digest", "web", 50, 1)
	return rows
}

var cpp = Claim{ID: "cpp", Text: "C++ is asked more in crypto.", Comparison: ShareHigher, Subject: Subject{Names: []string{"c++"}}, Within: []string{"crypto"}, Count: Seen, From: "2022-01-01", To: "2023-01-01"}

// By hand: the forum's weight is 50·150/200 = 37.5 and its difference 0.7 - 0.4, the
// digest's 200·50/250 = 40 and 0.06 - 0.02: (37.5·0.3 + 40·0.04) / 77.5 = 0.165806.
// Pooled over all ads, 47 of 250 is less than 61 of 200.
func TestShareHigherWithinSources(t *testing.T) {
	sources := []fixture.Source{{Name: "forum", Kind: "forum", Lifetime: 30}, {Name: "digest", Kind: "digest", Lifetime: 30}}
	v, err := Evaluate(t.Context(), fixture.Open(t, sources, paradox(), false), cpp, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if v.Figures[0].Value >= v.Figures[1].Value {
		t.Fatalf("%v and %v: the ads are no paradox", v.Figures[0].Value, v.Figures[1].Value)
	}
	if got := v.Contrasts[0].Value; math.Abs(got-0.165806) > 1e-6 || v.Outcome != Supported {
		t.Errorf("difference %v, %s; want 0.165806, supported\n%s\n%s", got, v.Outcome, v.Sentence, v.Why)
	}
	if len(v.Strata) != 2 || v.Strata[0].Detail != "35 of 50, elsewhere 60 of 150" && v.Strata[1].Detail != "35 of 50, elsewhere 60 of 150" {
		t.Errorf("by source: %+v", v.Strata)
	}
	if i := v.Contrasts[0].Interval; i.Low > 0.165806-1.5*0.05 {
		t.Errorf("interval %v: the forum's 200 ads do not bound it so well", i)
	}
}

// A source of titles cannot show what an ad's words name: it is left out, and said
// to be, and so is one that never showed it.
func TestShareHigherLeavesOutWhatCannotShowIt(t *testing.T) {
	sources := []fixture.Source{{Name: "forum", Kind: "forum", Lifetime: 30}, {Name: "digest", Kind: "digest", Lifetime: 30, Titles: true}, {Name: "quiet", Kind: "quiet", Lifetime: 30}}
	rows := append(paradox(), fixture.Ad{Domain: "web", Source: "quiet", Seen: []string{"2022-06-10"}})
	v, err := Evaluate(t.Context(), fixture.Open(t, sources, rows, false), cpp, Options{})
	if err != nil {
		t.Fatal(err)
	}
	why := map[string]string{}
	for _, s := range v.Sources {
		why[s.Source] = s.Why
		if s.Used != (s.Source == "forum") {
			t.Errorf("%s counts: %v", s.Source, s.Used)
		}
	}
	if v.N != 200 || math.Abs(v.Contrasts[0].Value-0.3) > 1e-12 || len(v.Strata) != 1 {
		t.Errorf("%v ads, difference %v in %d sources; want the forum's 200 and 0.3", v.N, v.Contrasts[0].Value, len(v.Strata))
	}
	if !strings.Contains(why["digest"], "prints a line and no text (0 of 250 ads hold more)") || !strings.Contains(why["quiet"], "its only ad never did") {
		t.Errorf("%v", why)
	}
	if !strings.HasPrefix(v.Sentence, "From 2022-01-01 up to 2023-01-01 (watched: 2022-06-10 to 2022-06-10), in forum alone, 35 of 50 postings in crypto (70\u00a0%)") {
		t.Errorf("the finding does not say when and where: %s", v.Sentence)
	}
	if v, err = Evaluate(t.Context(), fixture.Open(t, sources[2:], rows[len(rows)-1:], false), cpp, Options{}); err != nil || v.Outcome != NotAnswerable {
		t.Errorf("with no source that can show it: %s, %v", v.Outcome, err)
	}
}

// Nobody looked at the board then, or any more: neither counts.
func TestSourcesNotWatchedThen(t *testing.T) {
	rows := append(ads(25, "crypto", "2022-06-10"), fixture.Ad{Domain: "web", Source: "board/acme", Seen: []string{"2025-10-15"}})
	for _, s := range evaluate(t, leads, Options{}, rows).Sources {
		if s.Source == "board/acme" && (s.Used || s.Why != "not watched then: its ads were seen from 2025-10-15 to 2025-10-15") {
			t.Errorf("counts %v: %s", s.Used, s.Why)
		}
	}
	c := leads
	for on, want := range map[string]float64{"2025-10-15": 1, "2025-11-14": 1, "2025-11-15": 0} { // 30 days after it was seen
		c.On = on
		if v := evaluate(t, c, Options{}, rows); v.N != want {
			t.Errorf("on %s the board shows %v, want %v", on, v.N, want)
		}
	}
}

// Five of twenty are seen: that they are none is not in the interval, however few
// employers placed them.
func TestLowEndOfFew(t *testing.T) {
	v := evaluate(t, leads, Options{}, join(ads(5, "crypto", "2022-06-10"), ads(4, "web", "2022-06-10"), ads(7, "cloud", "2022-06-10")))
	if i := v.Figures[0].Interval; i.Low < 0.05 || i.High < 0.5 {
		t.Errorf("5 of 16 have the interval %v", i)
	}
}
