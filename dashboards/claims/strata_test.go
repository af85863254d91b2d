package claims

import (
	"fmt"
	"math"
	"slices"
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
		if s.Source == "board/acme" && (s.Used || s.Why != "not watched then: first on 2025-10-15") {
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

// A newsletter that paused tells nothing in its pause, and of the days around it up to
// the last on which its ads count as open; an ad that stood on a board at two crawls
// far apart is open between them, whenever anybody looked.
func TestWatchedByStretches(t *testing.T) {
	rows := join(ads(25, "crypto", "2022-01-10"), ads(25, "web", "2022-06-10"))
	c := leads
	for on, want := range map[string]string{
		"2022-02-08": "counts", // the thirtieth day
		"2022-02-09": "not watched then: last before on 2022-01-10, next on 2022-06-10",
		"2022-07-09": "counts",
		"2022-07-10": "not watched then: last on 2022-06-10",
		"2022-01-09": "not watched then: first on 2022-01-10",
	} {
		c.On = on
		v := evaluate(t, c, Options{}, rows)
		for _, s := range v.Sources {
			if s.Source == "letter" && (s.Why != want || s.Used != (want == "counts")) {
				t.Errorf("%s: counts %v, %q; want %q", on, s.Used, s.Why, want)
			}
		}
		if v.N == 0 && v.Why != "No source that counts was watched then ("+strings.TrimPrefix(want, "not watched then: ")+")." {
			t.Errorf("%s: %s", on, v.Why)
		}
	}
	c.On, c.Lifetime = "2022-02-09", 60
	if v := evaluate(t, c, Options{}, rows); v.N != 25 || !v.Sources[0].Used {
		t.Errorf("with a lifetime of 60 days %v count, %+v", v.N, v.Sources[0])
	}
	rows = append(ads(25, "crypto", "2022-06-10"), fixture.Ad{Domain: "web", Source: "board/acme", Seen: []string{"2022-01-01"}, Until: "2022-06-22"})
	v := evaluate(t, leads, Options{}, rows)
	for _, s := range v.Sources {
		if s.Source == "board/acme" && (!s.Used || s.N != 1 || s.Why != "counts") {
			t.Errorf("the board's ad counts, and it is used %v with %v: %s", s.Used, s.N, s.Why)
		}
	}
	if !strings.Contains(v.Sentence, "in letter (25) and board/acme (1)") {
		t.Error(v.Sentence)
	}
}

func inSources(t *testing.T, c Claim, rows []fixture.Ad, sources ...string) Verdict {
	t.Helper()
	var list []fixture.Source
	for _, s := range sources {
		list = append(list, fixture.Source{Name: s, Kind: s, Lifetime: 30})
	}
	v, err := Evaluate(t.Context(), fixture.Open(t, list, rows, false), c, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// some is n ads of some employers in one field, the first hits of which name C++.
func some(source, domain string, n, hits, employers int) (rows []fixture.Ad) {
	for i := range n {
		a := fixture.Ad{Employer: fmt.Sprint(source, domain, i%employers), Domain: domain, Source: source, Seen: []string{"2022-06-10"}}
		if i < hits {
			a.Names = []string{"c++"}
		}
		rows = append(rows, a)
	}
	return rows
}

// What other lifetimes would give is decided by the same rule, source by source, and in
// the sources that show both sides.
func TestSensitivityWithinSources(t *testing.T) {
	c := cpp
	c.Count, c.On, c.From, c.To = Stock, "2022-06-12", "", ""
	v := inSources(t, c, append(paradox(), some("solo", "web", 40, 40, 40)...), "forum", "digest", "solo")
	if v.Outcome != Supported || v.N != 450 || len(v.Sensitivity) != 6 {
		t.Fatalf("%s, %d lifetimes", v.Outcome, len(v.Sensitivity))
	}
	for _, s := range v.Sensitivity {
		if s.Outcome != v.Outcome || s.N != v.N || s.Mine() != "47 of 250" || s.Theirs() != "61 of 200" || s.Detail != "within sources "+strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(v.Why, "Compared within each of 2 sources and pooled, the difference is "), "."), " percentage points, 95 % interval ", " points (")+")" {
			t.Errorf("%d days: %+v, and the verdict is %s: %s", s.Days, s, v.Outcome, v.Why)
		}
	}
}

// A source that shows one side only is compared with nothing: it fills no minimum, and
// is in no count, no list and no caption.
func TestOneSideOnly(t *testing.T) {
	rows := join(some("forum", "crypto", 30, 25, 2), some("forum", "web", 30, 3, 2), some("digest", "web", 200, 20, 60))
	v := inSources(t, cpp, rows, "forum", "digest")
	if len(v.Silent()) != 1 || v.Silent()[0].Why != OneSide || v.Outcome != Undecided || v.N != 60 || v.Employers != 4 || v.AdsTotal != 28 {
		t.Errorf("%s of %v ads of %d employers, %d listed; want undecided, the forum's 60 of 4, 28", v.Outcome, v.N, v.Employers, v.AdsTotal)
	}
	for _, s := range v.Sources {
		if s.Source == "digest" && (s.Used || s.N != 0 || s.Why != "shows one side only: 200 postings, all elsewhere") {
			t.Errorf("digest counts %v with %v: %s", s.Used, s.N, s.Why)
		}
	}
	if !strings.Contains(v.Sentence, "in forum alone") {
		t.Error(v.Sentence)
	}
	// Enough in all, and of one side's ads too few employers.
	v = inSources(t, cpp, join(some("forum", "crypto", 30, 25, 2), some("forum", "web", 30, 3, 20)), "forum")
	if v.Outcome != Undecided || v.Why != "Too few on one side: 30 postings of 2 employers in crypto, 30 of 20 employers elsewhere, where the rule asks for 20 of 10 on either." {
		t.Errorf("%s: %s", v.Outcome, v.Why)
	}
}

// Of a hundred ads in crypto ninety are one employer's, and they name C++: by ads the
// difference is certain, by employer nobody can tell. Hulling with the bootstrap by
// employer is what makes it undecided.
func TestShareHigherOfOneEmployer(t *testing.T) {
	rows := some("forum", "web", 100, 30, 50)
	for i := range 110 {
		a := fixture.Ad{Employer: "one", Domain: "crypto", Source: "forum", Seen: []string{"2022-06-10"}, Names: []string{"c++"}}
		if i >= 90 {
			a.Employer, a.Names = fmt.Sprint("small", i), nil
		}
		rows = append(rows, a)
	}
	v := inSources(t, cpp, rows, "forum")
	if i := v.Contrasts[0].Interval; v.Outcome != Undecided || i.Low > 0 {
		t.Errorf("%s, %+v", v.Outcome, v.Contrasts[0])
	}
	if v.Strata[0].Interval != v.Contrasts[0].Interval {
		t.Errorf("of one source the difference has the interval %v, and of all sources %v", v.Strata[0].Interval, v.Contrasts[0].Interval)
	}
}

// The same forty employers in one source and in three: the interval of their shares is
// no narrower for it, since they are forty employers still.
func TestEmployersInSeveralSources(t *testing.T) {
	one := join(some("a", "crypto", 20, 8, 20), some("a", "web", 20, 5, 20))
	three := slices.Clone(one)
	for _, source := range []string{"b", "c"} {
		for _, a := range one {
			a.Source = source
			three = append(three, a)
		}
	}
	v, w := inSources(t, cpp, one, "a"), inSources(t, cpp, three, "a", "b", "c")
	for k := range v.Figures {
		if a, b := v.Figures[k].Interval, w.Figures[k].Interval; math.Abs(a.Low-b.Low) > 1e-3 || math.Abs(a.High-b.High) > 1e-3 {
			t.Errorf("%s: %v of one source, %v of three with the same", v.Figures[k].Label, a, b)
		}
	}
	if a, b := v.Contrasts[0].Interval, w.Contrasts[0].Interval; b.High-b.Low < 0.8*(a.High-a.Low) {
		t.Errorf("the difference is within %v of one source, and within %v of three with the same", a, b)
	}
	if w.Employers != 40 {
		t.Errorf("%d employers", w.Employers)
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
