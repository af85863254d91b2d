package dashboards

import (
	"context"
	"database/sql"
	"encoding/csv"
	"flag"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/fixture"
	"jobmarket/warehouse/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// hostile is what an ad may hold to get out of where it stands.
const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)> __f__alert(3)__f__ '"&` + "\u2028"

var fixtureSources = []fixture.Source{
	{Name: "letter", Kind: "letter", Lifetime: 30},
	{Name: "forum", Kind: "forum", Lifetime: 30},
	{Name: "board/acme", Kind: "board"},
	{Name: "coins", Kind: "coins", Lifetime: 30, Selects: "crypto"},
}

var fixtureClaims = []Claim{
	{ID: "crypto-leads", Text: "Open Rust jobs in crypto outnumber those in every other field.", Citation: "an essay of 2022", Comparison: claims.Outnumbers,
		Subject: claims.Subject{Domains: []string{"crypto"}}, On: "2022-06-21", Unit: claims.Jobs},
	{ID: "more-years", Text: "Some ads ask for more years of Rust than Rust has existed.", Comparison: claims.Exists, Subject: claims.Subject{OlderThan: "2015-05-15"}},
	{ID: "games-grow", Text: "Rust grows fast in games.", Comparison: claims.Grows, Subject: claims.Subject{Domains: []string{"gaming"}}, From: "2020-01-01", To: "2022-07-01", OfShare: true},
	{ID: "go-and-rust", Text: "Go leads in the cloud, and there are web jobs.", Comparison: claims.AllOf, Parts: []Claim{
		{ID: "go-leads", Text: "More cloud ads name Go than C++.", Comparison: claims.NamesMore, Subject: claims.Subject{Names: []string{"go"}},
			Rival: claims.Subject{Names: []string{"c++"}}, Among: claims.Subject{Domains: []string{"cloud"}}},
		{ID: "web-exists", Text: "There are web jobs.", Comparison: claims.Exists, Subject: claims.Subject{Domains: []string{"web"}}},
	}},
	{ID: "feelings", Text: "Rust developers are happier.", Comparison: claims.NotObservable, Reason: "An ad says what an employer wants, not how its people feel."},
}

// invented is thirty months of a market, the same each time.
func invented() []fixture.Ad {
	r := rand.New(rand.NewPCG(1, 1))
	weights := []int{34, 14, 6, 9, 8, 7, 9, 5, 8}
	var out []fixture.Ad
	for m := range 30 {
		month := time.Date(2020, time.Month(1+m), 1, 0, 0, 0, 0, time.UTC)
		for range 18 + m/2 {
			at := r.IntN(100)
			d := 0
			for at >= weights[d] {
				at -= weights[d]
				d++
			}
			a := fixture.Ad{Domain: schema.Domains[d], Source: "letter", Employer: fmt.Sprintf("%s Works %d", schema.Domains[d], r.IntN(12)), Reason: "builds " + schema.Domains[d],
				Seen: []string{month.AddDate(0, 0, r.IntN(24)).Format(time.DateOnly)}, URL: "https://example.org/ads", Names: []string{[]string{"go", "c++", "python"}[r.IntN(3)]}}
			switch r.IntN(4) {
			case 0:
				a.Source = "forum"
			case 1:
				a.Source, a.Until = "board/acme", month.AddDate(0, 2, 0).Format(time.DateOnly)
			}
			if r.IntN(60) == 0 {
				a.Years = 9
			}
			out = append(out, a)
		}
	}
	out[0].Employer, out[0].Title, out[0].URL, out[0].Reason = hostile, hostile, "javascript:alert(4)", hostile
	out[0].Seen, out[0].Years, out[0].Source = []string{"2022-06-20"}, 12, "letter"
	out[1].Employer, out[1].Seen, out[1].Source = "=HYPERLINK(\"http://x\")", []string{"2022-06-19"}, "letter"
	out[2].Source = "coins"
	for i := range out { // employers whose names mean something in an address
		if out[i].Domain == "web" {
			out[i].Employer = []string{"AT&T", "C++ Corp", "50% #1; a+b=c"}[i%3] + strings.TrimPrefix(out[i].Employer, "web Works")
		}
	}
	return out
}

// full is the invented market with runs, rejects and marks.
func full(t testing.TB, simulated bool) *sql.DB {
	db := fixture.Open(t, fixtureSources, invented(), simulated)
	if _, err := db.Exec(`
		INSERT INTO runs VALUES ('run1', 'run', 'dev', '2022-07-01', '2022-07-01 00:01:00', 'ok', NULL, true, false);
		INSERT INTO run_sources VALUES ('run1', 'letter', 30, 700, 600, 1, 0, 2, 0, 1.5, 'ok', NULL);
		INSERT INTO rejects VALUES ('letter', 'https://example.org/1', 'line 3', 'title', 'The line has no title.', '<b>x</b>');
		INSERT INTO marks VALUES ('2020-01-03', 'letter', 'source', 'First crawl.'), ('2021-03-04', 'board/acme', 'crawl', 'A crawl failed half-way; it closed nothing.'), ('2021-03-09', 'forum', 'crawl', 'Another.')`); err != nil {
		t.Fatal(err)
	}
	return db
}

func build(t testing.TB, db *sql.DB, list []Claim) Report {
	t.Helper()
	o := Options{Out: filepath.Join(t.TempDir(), "site"), Claims: list, Version: "test", Now: func() time.Time { return time.Date(2022, 7, 1, 12, 0, 0, 0, time.UTC) }}
	rep, err := Build(context.Background(), db, o)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func read(t testing.TB, rep Report, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(rep.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBuild(t *testing.T) {
	rep := build(t, full(t, true), fixtureClaims)
	if len(rep.Verdicts) != len(fixtureClaims) || !rep.Simulated {
		t.Fatalf("%d verdicts, simulated %v", len(rep.Verdicts), rep.Simulated)
	}
	for _, name := range rep.Pages {
		page := read(t, rep, name)
		for _, want := range []string{"SIMULATED", "Content-Security-Policy", "script-src &#39;self&#39;", `lang="en"`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
		for _, never := range []string{"<script>", "onerror=alert", "<style", ` style="`, "javascript:", "ZgotmplZ"} {
			if strings.Contains(strings.ReplaceAll(page, "&lt;img src=x onerror=alert(2)&gt;", ""), never) {
				t.Errorf("%s holds %q", name, never)
			}
		}
		for _, figure := range strings.Split(page, "<figure ")[1:] {
			figure, _, _ = strings.Cut(figure, "</figure>")
			if !strings.Contains(figure, "<dt>Unit</dt>") && !strings.Contains(figure, `class="nothing"`) {
				t.Errorf("%s: a chart does not say how it was counted: %.60s", name, figure)
			}
		}
		if n := strings.Count(page, "<h1"); n != 1 && !strings.HasPrefix(name, "ads-") {
			t.Errorf("%s has %d first headings", name, n)
		}
	}
	claim := read(t, rep, "claim-crypto-leads.html")
	for _, want := range []string{"Written before the data was looked at", "selects on the answer: crypto", "letter.warc.gz", "each source&#39;s own lifetime", "SELECT", "crypto − cloud", "<bdi>"} {
		if !strings.Contains(claim, want) {
			t.Errorf("the headline's page lacks %q", want)
		}
	}
	ads := read(t, rep, "data/ads-crypto-leads.csv")
	if !strings.Contains(ads, "simulated\n") || !strings.Contains(ads, `"'=HYPERLINK`) {
		t.Errorf("the ads' file does not say simulated, or holds a formula:\n%.300s", ads)
	}
	if flow := read(t, rep, "data/new_all.csv"); strings.Count(flow, "\n") != 11 {
		t.Errorf("the flow's file has %d lines for ten quarters and a head", strings.Count(flow, "\n"))
	}
	overview := read(t, rep, "index.html")
	for _, want := range []string{`<span class="outcome undecided">Undecided</span> <q>Open Rust jobs in crypto`, "On <span class=\"nb\">2022-06-21</span>, in board/acme (17)", "<p class=\"fresh\">Data to <span class=\"nb\">2022-06-", "jobs.html#field"} {
		if !strings.Contains(overview+read(t, rep, "domains.html"), want) {
			t.Errorf("the overview lacks %q", want)
		}
	}
}

// TestLinks follows every link within the site: to a page, a file, or a place on a
// page.
func TestLinks(t *testing.T) {
	rep := build(t, full(t, true), fixtureClaims)
	ids := map[string]bool{}
	id := regexp.MustCompile(` id="([^"]*)"`)
	href := regexp.MustCompile(` href="([^"]*)"`)
	for _, name := range rep.Pages {
		for _, m := range id.FindAllStringSubmatch(read(t, rep, name), -1) {
			ids[name+"#"+m[1]] = true
		}
	}
	asked := 0
	for _, name := range rep.Pages {
		for _, m := range href.FindAllStringSubmatch(read(t, rep, name), -1) {
			to := html.UnescapeString(m[1])
			file, place, _ := strings.Cut(to, "#")
			switch {
			case file == "jobs.html": // a wish to the page's script: a field, and an employer whose jobs are listed
				q, err := url.ParseQuery(place)
				if employer := q.Get("q"); err != nil || place != "" && q.Get("field") == "" || !strings.Contains(html.UnescapeString(read(t, rep, "jobs.html")), "<bdi>"+employer) {
					t.Errorf("%s: %s asks for %q, %v", name, to, q, err)
				} else if employer != "" {
					asked++
				}
			case strings.Contains(to, ":") || to == "sql": // elsewhere
			case file == "" && !ids[name+"#"+place], file != "" && place != "" && !ids[to]:
				t.Errorf("%s: %s leads to no place", name, to)
			case file != "":
				if _, err := os.Stat(filepath.Join(rep.Dir, file)); err != nil {
					t.Errorf("%s: %s leads to no file", name, to)
				}
			}
		}
	}
	if asked < 9 {
		t.Errorf("%d links lead to an employer's jobs", asked)
	}
	if len(rep.Pages) < 12 {
		t.Errorf("%d pages: the ads of a claim do not run on to pages of their own", len(rep.Pages))
	}
}

// TestFew holds what is told of a handful of jobs: no shares, no panels, no rates.
func TestFew(t *testing.T) {
	var ads []fixture.Ad
	for i := range 6 {
		ads = append(ads, fixture.Ad{Employer: fmt.Sprint("e", i%3), Domain: []string{"web", "crypto"}[i%2], Source: "letter", Seen: []string{fmt.Sprintf("2022-0%d-10", 1+i)}})
	}
	rep := build(t, fixture.Open(t, fixtureSources, ads, false), nil)
	page := read(t, rep, "index.html")
	for _, want := range []string{"in whole years were 20 new jobs of 10 employers seen", "too few to give shares of", "too few to draw. The table has them."} {
		if !strings.Contains(page, want) {
			t.Errorf("the overview of six jobs lacks %q", want)
		}
	}
	if fields := read(t, rep, "domains.html"); !strings.Contains(fields, "No period holds 20 new jobs of 10 employers.") || strings.Contains(fields, "the share changed by") {
		t.Error("fields of six jobs have shares or changes")
	}
}

// TestUntitled lists a job that says not which it is.
func TestUntitled(t *testing.T) {
	ads := []fixture.Ad{{Title: "-", Domain: "web", Source: "letter", Seen: []string{"2022-01-10"}}}
	rep := build(t, fixture.Open(t, fixtureSources, ads, false), nil)
	if page := read(t, rep, "jobs.html"); !strings.Contains(page, "(no title)") {
		t.Error("the list of jobs lacks the one without a title")
	}
}

// TestOn draws the market as it stood on a day in its middle: nothing on any page counts
// what came later.
func TestOn(t *testing.T) {
	on := time.Date(2021, 3, 10, 0, 0, 0, 0, time.UTC)
	db := full(t, false)
	if _, err := db.Exec("INSERT INTO sources VALUES ('later', 'board', 'feed', 0, NULL, NULL, true, false, '2022-01-01', '2022-06-01')"); err != nil {
		t.Fatal(err)
	}
	rep, err := Build(context.Background(), db, Options{Out: filepath.Join(t.TempDir(), "site"), On: on, Now: func() time.Time { return on }})
	if err != nil {
		t.Fatal(err)
	}
	column := func(name string, k int) (out []string) {
		rows, err := csv.NewReader(strings.NewReader(read(t, rep, "data/"+name))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows[1:] {
			out = append(out, r[k])
		}
		return out
	}
	days := column("jobs.csv", 1)
	for _, day := range days {
		if day > "2021-03-10" {
			t.Errorf("a job of %s is listed", day)
		}
	}
	n := 0
	for _, x := range column("new_all.csv", 1) {
		k, _ := strconv.Atoi(x)
		n += k
	}
	overview := read(t, rep, "index.html")
	for _, want := range []string{fmt.Sprintf("%d jobs first seen", n), fmt.Sprintf("they stand for %d jobs", len(days)), "3 of 5 sources seen in the 90 days before", "Fields of the jobs open on 2021-03-10"} {
		if !strings.Contains(overview, want) {
			t.Errorf("the overview of a day lacks %q", want)
		}
	}
	if n == 0 || n > len(days) {
		t.Errorf("%d of %d jobs are new", n, len(days))
	}
}

func TestBuildReal(t *testing.T) {
	rep := build(t, full(t, false), fixtureClaims[:1])
	if page := read(t, rep, "index.html"); rep.Simulated || strings.Contains(page, "SIMULATED") {
		t.Error("a page of real data says SIMULATED")
	}
}

func TestBuildEmpty(t *testing.T) {
	rep := build(t, fixture.Open(t, nil, nil, false), fixtureClaims)
	if page := read(t, rep, "index.html"); !strings.Contains(page, "The warehouse is empty") || strings.Contains(page, "0001-01-01") {
		t.Error("the overview of an empty warehouse does not say so plainly")
	}
	for _, v := range rep.Verdicts {
		if v.Outcome == claims.Supported || v.Outcome == claims.Refuted {
			t.Errorf("%s is %s on nothing", v.Claim.ID, v.Outcome)
		}
	}
}

func TestBuildReplacesOnlyOurs(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(context.Background(), fixture.Open(t, nil, nil, false), Options{Out: dir}); err == nil {
		t.Error("a folder with somebody's files was replaced")
	}
	rep := build(t, fixture.Open(t, nil, nil, false), nil)
	if _, err := Build(context.Background(), full(t, false), Options{Out: rep.Dir}); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Dir(rep.Dir))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the site lie %v %v", left, err)
	}
}

// TestVerdicts holds what a reader is told of the invented market, word for word.
func TestVerdicts(t *testing.T) {
	rep := build(t, full(t, true), fixtureClaims)
	var b strings.Builder
	for _, v := range rep.Verdicts {
		if err := v.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		if err := v.WriteEvidence(&b); err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n")
	}
	path := filepath.Join("testdata", "verdicts.txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Error(d)
	}
}
