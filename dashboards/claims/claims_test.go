package claims

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/dashboards/fixture"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

var (
	letter = fixture.Source{Name: "letter", Kind: "letter", Lifetime: 30}
	board  = fixture.Source{Name: "board/acme", Kind: "board"}
	coins  = fixture.Source{Name: "coins", Kind: "coins", Lifetime: 30, Selects: "crypto"}
)

// ads makes n ads of as many employers.
func ads(n int, domain string, seen ...string) []fixture.Ad {
	out := make([]fixture.Ad, n)
	for i := range out {
		out[i] = fixture.Ad{Employer: fmt.Sprintf("%s %d", domain, i), Domain: domain, Source: "letter", Seen: seen}
	}
	return out
}

var leads = Claim{ID: "leads", Text: "Crypto leads.", Comparison: Outnumbers, Subject: Subject{Domains: []string{"crypto"}}, On: "2022-06-21"}

func evaluate(t *testing.T, c Claim, o Options, rows []fixture.Ad) Verdict {
	t.Helper()
	v, err := Evaluate(context.Background(), fixture.Open(t, []fixture.Source{letter, board, coins}, rows, false), c, o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func join(lists ...[]fixture.Ad) (out []fixture.Ad) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func TestOutnumbers(t *testing.T) {
	const day = "2022-06-10"
	for _, test := range []struct {
		name string
		rows []fixture.Ad
		want Outcome
		n    float64
	}{
		{"clear lead", join(ads(40, "crypto", day), ads(6, "cloud", day), ads(5, "web", day), ads(30, "other", day)), Supported, 81},
		{"other is a heap and never a rival", join(ads(40, "crypto", day), ads(4, "cloud", day), ads(90, "other", day)), Supported, 134},
		{"clear loss", join(ads(5, "crypto", day), ads(40, "cloud", day)), Refuted, 45},
		{"close", join(ads(15, "crypto", day), ads(12, "cloud", day)), Undecided, 27},
		{"too few", ads(19, "crypto", day), Undecided, 19},
		{"nothing then", ads(40, "crypto", "2020-01-01"), NotAnswerable, 0},
		{"one employer's campaign", campaign(200), Undecided, 230},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := evaluate(t, leads, Options{}, test.rows)
			if v.Outcome != test.want || v.N != test.n {
				t.Errorf("verdict %s of n = %v, want %s of %v\n%s\n%s", v.Outcome, v.N, test.want, test.n, v.Sentence, v.Why)
			}
			if v.N > 0 && len(v.Figures) != len(schema.Domains) {
				t.Errorf("%d figures for %d domains", len(v.Figures), len(schema.Domains))
			}
		})
	}
}

// campaign is one crypto employer with n ads among thirty others: counted as
// ads it leads, by employer nobody can tell.
func campaign(n int) []fixture.Ad {
	out := ads(30, "cloud", "2022-06-10")
	for range n {
		out = append(out, fixture.Ad{Employer: "one", Domain: "crypto", Source: "letter", Seen: []string{"2022-06-10"}})
	}
	return out
}

func TestSelectingSourceDoesNotCount(t *testing.T) {
	rows := join(ads(20, "crypto", "2022-06-10"), ads(20, "cloud", "2022-06-10"))
	for i := range 100 {
		rows = append(rows, fixture.Ad{Employer: fmt.Sprint("coin", i), Domain: "crypto", Source: "coins", Seen: []string{"2022-06-10"}})
	}
	v := evaluate(t, leads, Options{}, rows)
	if v.N != 40 || v.Outcome != Undecided {
		t.Errorf("n = %v, %s", v.N, v.Outcome)
	}
	for _, s := range v.Sources {
		if s.Source == "coins" && (s.Used || !strings.Contains(s.Why, "selects on the answer: crypto")) {
			t.Errorf("coins: used %v, why %q", s.Used, s.Why)
		}
	}
	c := leads
	c.Sources.Selecting = []string{"crypto"}
	if v := evaluate(t, c, Options{}, rows); v.N != 140 || v.Outcome != Supported {
		t.Errorf("with what selects crypto: n = %v, %s", v.N, v.Outcome)
	}
}

func TestLifetimes(t *testing.T) {
	rows := join(ads(25, "crypto", "2022-06-18"), ads(25, "cloud", "2022-05-02"))
	rows = append(rows, fixture.Ad{Domain: "web", Source: "board/acme", Seen: []string{"2022-01-01"}, Until: "2022-06-22"})
	v := evaluate(t, leads, Options{}, rows)
	got := map[int]string{}
	for _, s := range v.Sensitivity {
		got[s.Days] = fmt.Sprintf("%g: %g to %g %s", s.N, s.Subject, s.Count, s.Outcome)
	}
	want := map[int]string{
		0: "26: 25 to 1 supported", 7: "26: 25 to 1 supported", 14: "26: 25 to 1 supported", 30: "26: 25 to 1 supported",
		60: "51: 25 to 25 undecided", 90: "51: 25 to 25 undecided",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestCountsJobsOnce(t *testing.T) {
	rows := ads(30, "crypto", "2022-06-10")
	for i := range rows {
		rows[i].Job, rows[i].Employer = fmt.Sprint("job", i/10), fmt.Sprint("employer", i/10)
	}
	c := leads
	c.Unit = Jobs
	if v := evaluate(t, c, Options{}, rows); v.N != 3 {
		t.Errorf("30 postings of 3 jobs count %v jobs", v.N)
	}
}

func TestExistsYears(t *testing.T) {
	rows := ads(3, "web", "2018-05-15")
	rows[0].Years, rows[1].Years, rows[2].Years = 2.9, 3.1, 5
	c := Claim{ID: "years", Text: "More years than Rust.", Comparison: Exists, Subject: Subject{OlderThan: "2015-05-15"}}
	v := evaluate(t, c, Options{}, rows)
	if v.Outcome != Supported || v.Figures[0].Count != 2 || len(v.Ads) != 2 || v.Ads[0].Archive != "letter.warc.gz" {
		t.Errorf("%s, %v ads, listed %+v", v.Outcome, v.Figures[0].Count, v.Ads)
	}
	if v := evaluate(t, c, Options{}, rows[:1]); v.Outcome != Undecided {
		t.Errorf("with no such ad it is %s; finding none refutes nothing", v.Outcome)
	}
}

func TestNamesMore(t *testing.T) {
	rows := join(ads(60, "cloud", "2022-06-10"), ads(40, "web", "2022-06-10"))
	for i := range rows {
		rows[i].Role = "no"
		if i < 40 {
			rows[i].Names = []string{"go"}
		}
		if i%12 == 0 {
			rows[i].Names = append(rows[i].Names, "rust")
		}
	}
	c := Claim{ID: "go", Text: "Go leads.", Comparison: NamesMore, Subject: Subject{Names: []string{"go"}}, Rival: Subject{Names: []string{"rust"}},
		Among: Subject{Domains: []string{"cloud"}}, Definition: "any", Count: Seen}
	v := evaluate(t, c, Options{}, rows)
	if v.Outcome != Supported || v.N != 60 || v.Figures[0].Count != 40 || v.Figures[1].Count != 5 {
		t.Errorf("%s: %s", v.Outcome, v.Sentence)
	}
	if len(v.Ads) == 0 || len(v.Ads[0].Named) == 0 {
		t.Error("the ads do not show the words in which they name it")
	}
}

func TestGrowsOnAFixedPanel(t *testing.T) {
	var rows []fixture.Ad
	start := time.Date(2018, 1, 15, 0, 0, 0, 0, time.UTC)
	for m := range 36 {
		day := start.AddDate(0, m, 0).Format(time.DateOnly)
		rows = append(rows, ads(4, "gaming", day)...)
		if m >= 24 { // a board that joins late must not draw a rise
			for range 40 {
				rows = append(rows, fixture.Ad{Domain: "gaming", Source: "board/acme", Seen: []string{day}})
			}
		}
	}
	for i := range rows {
		rows[i].Employer = fmt.Sprint("e", i)
	}
	c := Claim{ID: "games", Text: "Games grow.", Comparison: Grows, Subject: Subject{Domains: []string{"gaming"}}, From: "2018-01-01", To: "2021-01-01", Than: 0.3}
	v := evaluate(t, c, Options{}, rows)
	if v.Outcome != Refuted || v.N != 144 || len(v.Series) != 36 {
		t.Errorf("%s of %v in %d periods: %s", v.Outcome, v.N, len(v.Series), v.Sentence)
	}
	c.To = "2020-12-20" // the last month is a part of one, and not counted
	if v := evaluate(t, c, Options{}, rows); v.N != 140 || len(v.Series) != 35 || !strings.HasPrefix(v.Sentence, "From 2018-01-01 up to 2020-12-01, in letter alone, ") {
		t.Errorf("%v in %d whole months: %s", v.N, len(v.Series), v.Sentence)
	}
	c.From, c.To = "2010-01-01", "2012-01-01"
	if v := evaluate(t, c, Options{}, rows); v.Outcome != NotAnswerable {
		t.Errorf("a period that no source covers is %s", v.Outcome)
	}
}

func TestAuditCorrects(t *testing.T) {
	rows := join(ads(60, "crypto", "2022-06-10"), ads(40, "cloud", "2022-06-10"))
	audit := &stats.Confusion{Classes: schema.Domains, Counts: make([][]float64, len(schema.Domains))}
	for i := range audit.Counts {
		audit.Counts[i] = make([]float64, len(schema.Domains))
	}
	audit.Counts[0][0], audit.Counts[0][1] = 25, 25 // half of what is called crypto is cloud
	audit.Counts[1][1] = 50
	v := evaluate(t, leads, Options{Audit: audit}, rows)
	if got := v.Figures[0].Count; got != 30 || v.Outcome != Refuted {
		t.Errorf("corrected crypto %v of 100, %s; want 30, refuted", got, v.Outcome)
	}
	for _, row := range audit.Counts { // the same shares from an audit that leaves no doubt
		for t := range row {
			row[t] *= 1e5
		}
	}
	sure := evaluate(t, leads, Options{Audit: audit}, rows)
	if s, c := width(sure.Figures[0].Interval), width(v.Figures[0].Interval); c <= s {
		t.Errorf("the interval with an audit of 100 ads (%v) is no wider than with a perfect one (%v)", c, s)
	}
}

func width(i stats.Interval) float64 { return i.High - i.Low }

func TestParts(t *testing.T) {
	yes := Claim{ID: "some", Text: "There are some.", Comparison: Exists, Subject: Subject{Domains: []string{"crypto"}}}
	never := Claim{ID: "never", Text: "Never.", Comparison: NotObservable, Reason: "Ads do not say."}
	c := Claim{ID: "both", Text: "Both.", Comparison: AllOf, Parts: []Claim{yes, never}}
	if v := evaluate(t, c, Options{}, ads(3, "crypto", "2022-06-10")); v.Outcome != NotAnswerable || v.Parts[0].Outcome != Supported {
		t.Errorf("%s of %s and %s", v.Outcome, v.Parts[0].Outcome, v.Parts[1].Outcome)
	}
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		claim Claim
		want  string
	}{
		{leads, ""},
		{Claim{ID: "x", Text: "x", Comparison: Outnumbers, Subject: Subject{Domains: []string{"other"}}, On: "2022-06-21"}, "subject.domains"},
		{Claim{ID: "x", Text: "x", Comparison: "beats"}, "comparison"},
		{Claim{ID: "A b", Text: "x", Comparison: NotObservable, Reason: "r"}, "id"},
		{Claim{ID: "x", Text: "x", Comparison: Grows, Count: Stock, On: "2022-01-01", From: "2020-01-01", To: "2021-01-01"}, "count"},
		{Claim{ID: "x", Text: "x", Comparison: Exists, Subject: Subject{Names: []string{`a\b`}}}, "subject.names"},
		{Claim{ID: "x", Text: "x", Comparison: Outnumbers, Subject: Subject{Domains: []string{"crypto"}}, On: "21 June"}, "on"},
	} {
		got := ""
		for _, p := range test.claim.Check() {
			if got = p.Field; got == test.want {
				break
			}
		}
		if got != test.want {
			t.Errorf("%+v: problem with %q, want %q", test.claim, got, test.want)
		}
	}
}

// The query that a page shows must list the ads by itself, without parameters.
func TestQueryStandsAlone(t *testing.T) {
	rows := join(ads(25, "crypto", "2022-06-10"), ads(3, "web", "2022-06-10"))
	rows[0].Title = `'; DROP TABLE postings; --`
	db := fixture.Open(t, []fixture.Source{letter, board, coins}, rows, true)
	c := leads
	c.Lifetime = 20
	v, err := Evaluate(context.Background(), db, c, Options{Ads: 10})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Ads) != 10 || v.AdsTotal != 28 || !v.Simulated {
		t.Errorf("%d ads of %d, simulated %v", len(v.Ads), v.AdsTotal, v.Simulated)
	}
	var n int
	if err := db.QueryRow("SELECT count(*) FROM (" + v.Query + ")").Scan(&n); err != nil || n != 28 {
		t.Errorf("the query lists %d: %v", n, err)
	}
}
