package claims

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"jobmarket/dashboards/fixture"
)

// An employer that advertises in three fields is one employer, in the field of most
// of its ads, and of fields that tie in the first; an unknown one is none.
func TestEmployersCountOnce(t *testing.T) {
	var rows []fixture.Ad
	ad := func(employer, domain string, n int) {
		for range n {
			rows = append(rows, fixture.Ad{Employer: employer, Domain: domain, Source: "letter", Seen: []string{"2022-06-10"}})
		}
	}
	for i := range 25 {
		e := fmt.Sprint("e", i)
		switch {
		case i < 15: // most in crypto
			ad(e, "web", 1)
			ad(e, "crypto", 2)
		case i < 20: // a tie, of which cloud is first in the order of domains
			ad(e, "web", 2)
			ad(e, "cloud", 2)
		default:
			ad(e, "crypto", 1)
			ad(e, "gaming", 3)
		}
	}
	rows = append(rows, fixture.Ad{Unknown: true, Domain: "crypto", Source: "letter", Seen: []string{"2022-06-10"}})
	c := leads
	c.Unit = Employers
	v := evaluate(t, c, Options{}, rows)
	got := ""
	for _, f := range v.Figures {
		if f.Count > 0 {
			got += fmt.Sprintf("%s %v of %v, ", f.Label, f.Count, f.Of)
		}
	}
	if got != "crypto 15 of 25, cloud 5 of 25, gaming 5 of 25, " || v.N != 25 || v.Employers != 25 || v.Unknown != 0 {
		t.Errorf("%sn = %v of %d employers", got, v.N, v.Employers)
	}
	if v.Sources[0].N != 25 || v.Sources[0].Hits != 15 {
		t.Errorf("the source has %v, %v of them the claim's", v.Sources[0].N, v.Sources[0].Hits)
	}
	if !strings.Contains(v.Rule, "An employer counts once, in the field of most of its ads that are counted; where fields tie, in the first of crypto, cloud,") {
		t.Error(v.Rule)
	}
	c.Comparison, c.Than = ShareAbove, 0.5
	if v := evaluate(t, c, Options{}, rows); v.Figures[0].Count != 15 || v.N != 25 {
		t.Errorf("%v of %v employers are in crypto, want 15 of 25", v.Figures[0].Count, v.N)
	}
}

// Ads whose employer nobody knows are counted as ads, and are no evidence of another
// employer each.
func TestUnknownEmployersFillNoMinimum(t *testing.T) {
	rows := ads(9, "crypto", "2022-06-10")
	for range 30 {
		rows = append(rows, fixture.Ad{Unknown: true, Domain: "crypto", Source: "letter", Seen: []string{"2022-06-10"}})
	}
	v := evaluate(t, leads, Options{}, rows)
	if v.N != 39 || v.Employers != 9 || v.Unknown != 30 || v.Outcome != Undecided ||
		v.Why != "Too few to decide on: 39 postings of 9 employers (30 postings of unknown ones), where the rule asks for 20 of 10." {
		t.Errorf("%v of %d and %v, %s: %s", v.N, v.Employers, v.Unknown, v.Outcome, v.Why)
	}
	some := Claim{ID: "some", Text: "Some.", Comparison: Exists, Subject: Subject{Domains: []string{"crypto"}}}
	if v := evaluate(t, some, Options{}, rows[8:]); v.Outcome != Undecided || !strings.Contains(v.Sentence, "from 1 employer (30 postings of unknown ones)") {
		t.Errorf("ads of one employer and of nobody known: %s, %s", v.Outcome, v.Sentence)
	}
	if v := evaluate(t, leads, Options{}, append(rows, ads(1, "web", "2022-06-10")...)); v.Outcome != Supported {
		t.Errorf("with a tenth employer it is %s: %s", v.Outcome, v.Why)
	}
}

// Of forty ads the two that are such are one employer's: the interval is that of few
// employers, and not of forty ads.
func TestExistsByEmployer(t *testing.T) {
	var rows []fixture.Ad
	for i := range 40 {
		rows = append(rows, fixture.Ad{Employer: fmt.Sprint("e", i/20), Domain: []string{"crypto", "web"}[min(i/2, 1)], Source: "letter", Seen: []string{"2022-06-10"}})
	}
	c := Claim{ID: "some", Text: "Some.", Comparison: Exists, Subject: Subject{Domains: []string{"crypto"}}}
	if i := evaluate(t, c, Options{}, rows).Figures[0].Interval; i.High < 0.5 { // Wilson's on forty ads: 0.165
		t.Errorf("2 of 40 ads of two employers have the interval %v", i)
	}
}

// A job that two sources advertise belongs to the one that showed it first, so that
// what the sources brought adds up to what was counted.
func TestSourcesAddUp(t *testing.T) {
	rows := ads(25, "crypto", "2022-06-10")
	for i := range 5 {
		rows[i].Job = fmt.Sprint("both", i)
		again := rows[i]
		again.Source, again.Seen = "board/acme", []string{"2022-06-01"}
		rows = append(rows, again)
	}
	for i := range 3 {
		again := rows[5+i]
		rows[5+i].Job, again.Job = fmt.Sprint("late", i), fmt.Sprint("late", i)
		again.Source, again.Seen = "coins", []string{"2022-06-12"}
		rows = append(rows, again)
	}
	c := leads
	c.Unit, c.Sources.Selecting = Jobs, []string{"crypto"}
	v := evaluate(t, c, Options{}, rows)
	got := map[string]string{}
	sum := 0.0
	for _, s := range v.Sources {
		got[s.Source], sum = fmt.Sprintf("%v %s", s.N, s.Why), sum+s.N
	}
	if v.N != 25 || sum != v.N || got["letter"] != "20 counts" || got["board/acme"] != "5 counts" || got["coins"] != "0 counts, and showed only what another had shown before" {
		t.Errorf("of %v jobs the sources brought %v: %v", v.N, sum, got)
	}
}

// The share of a field whose ads name something is not the share of the field.
func TestShareOfDomainsAndNames(t *testing.T) {
	rows := join(ads(30, "crypto", "2022-06-10"), ads(30, "web", "2022-06-10"))
	for i := range 6 {
		rows[i].Names = []string{"go"}
	}
	c := Claim{ID: "both", Text: "Crypto ads that name Go.", Comparison: ShareAbove, Than: 0.3, Subject: Subject{Domains: []string{"crypto"}, Names: []string{"go"}}, On: "2022-06-21"}
	v := evaluate(t, c, Options{}, rows)
	if f := v.Figures[0]; f.Count != 6 || math.Abs(f.Value-0.1) > 1e-12 || v.Outcome != Refuted {
		t.Errorf("%v of %v, %s", f.Count, f.Of, v.Outcome)
	}
	for _, s := range v.Sensitivity {
		if strings.Contains(s.words(), "against") {
			t.Errorf("a share has no rival: %s", s.words())
		}
	}
}
