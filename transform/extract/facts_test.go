package extract

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

func label(t testing.TB, x *Extractor, p *schema.Posting) schema.Label {
	t.Helper()
	var l schema.Label
	x.Extract(lexis.NewDoc(p), p, &l)
	return l
}

// TestFacts runs testdata/facts.txt: "field: text => value", where a text is a
// title and, after " ¶ ", a description; of a "forum field" the ad stands in a
// forum, of a "place field" the text is the location, of a "yes" or "no field" the source
// says so of remote work.
func TestFacts(t *testing.T) {
	x := rustExtractor(t)
	f, err := os.Open("testdata/facts.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for n, s := 1, bufio.NewScanner(f); s.Scan(); n++ {
		line, want, ok := strings.Cut(s.Text(), "=>")
		field, text, ok2 := strings.Cut(line, ":")
		if !ok || !ok2 || strings.HasPrefix(field, "#") {
			continue
		}
		title, description, _ := strings.Cut(strings.TrimSpace(text), " ¶ ")
		p := &schema.Posting{Source: "ashby/acme", Title: title, Text: strings.ReplaceAll(description, " ¶ ", "\n")}
		how, of, said := strings.Cut(field, " ")
		if said {
			field = of
		}
		switch how {
		case "forum":
			p.Source = "hn"
		case "place":
			p.Title, p.Location = "", p.Title
		case "yes", "no":
			p.Remote = how
		}
		switch field {
		case "job":
			p.Source = "hn"
		case "newsletter":
			p.Source = "twir"
		case "post":
			p = &schema.Posting{Source: "reddit/rust", Key: "t3_x1", Title: strings.TrimSpace(text), Link: "https://a.example/1"}
		}
		l := label(t, x, p)
		got := ""
		switch field {
		case "seniority":
			got = l.Seniority
		case "employment":
			got = l.Employment
		case "remote":
			got = strings.TrimSpace(l.Remote + " " + l.RemoteRegion)
		case "city":
			got = l.City
		case "years":
			got = fmt.Sprint(l.Years)
		case "market":
			got = fmt.Sprint(l.YearsMarket)
		case "learn":
			got = fmt.Sprint(l.LearnMarket)
		case "agency":
			got = fmt.Sprint(l.Agency)
		case "language":
			got = l.TextLanguage
		case "job", "post":
			got = fmt.Sprint(l.IsJob)
		case "role", "newsletter":
			got = l.MarketRole
		default:
			t.Fatalf("line %d: %q is no field of this test", n, field)
		}
		if want = strings.TrimSpace(want); got != want {
			t.Errorf("line %d: %s of %q is %q, want %q (%s%s%s%s)", n, field, text, got, want, l.MarketReason, l.YearsMarketReason, l.LearnReason, l.IsJobReason)
		}
	}
}

func TestNewNamesTheLanguagesItKnows(t *testing.T) {
	for _, language := range []string{"", "klingon"} {
		_, err := New(Options{Language: language})
		if err == nil || !strings.Contains(err.Error(), "rust, go, c++") {
			t.Errorf("New(%q) gave %v", language, err)
		}
	}
	if _, err := New(Options{Language: "Go"}); err != nil {
		t.Error(err)
	}
}

// TestAnotherMarket asks the same question of another language.
func TestAnotherMarket(t *testing.T) {
	x, err := New(Options{Language: "go"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ title, text, want string }{
		{"Golang Developer", "We go to market fast.", "core"},
		{"Head of Sales", "You own our go-to-market and go the extra mile.", "no"},
		{"Backend Engineer", "Our services are written in Go. You have shipped Go services.", "core"},
		{"Frontend Engineer", "You write React and TypeScript. Nice to have: Python, Rust, Go or Java.", "some"},
	} {
		if l := label(t, x, &schema.Posting{Title: c.title, Text: c.text}); l.MarketRole != c.want {
			t.Errorf("%q: role of Go is %q, want %q (%s)", c.title, l.MarketRole, c.want, l.MarketReason)
		}
	}
}

func TestMentions(t *testing.T) {
	x := rustExtractor(t)
	p := &schema.Posting{ID: "p", Digest: "d", Title: "Rust Engineer", Text: "You write Rust on Kubernetes. Python is a plus."}
	var l schema.Label
	got := ""
	for _, m := range x.Extract(lexis.NewDoc(p), p, &l) {
		if m.PostingID != "p" || m.Digest != "d" || m.Version != x.Version() || m.Evidence == "" {
			t.Errorf("mention %+v lacks what it belongs to", m)
		}
		got += fmt.Sprintf("%s/%s/%s/%d ", m.Kind, m.Term, m.Role, m.Count)
	}
	if want := "language/rust/core/2 technology/kubernetes/some/1 language/python/some/1 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzExtract(f *testing.F) {
	x, err := New(Options{Language: "rust"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Acme | Rust | REMOTE (US)", "5-10+ years of Rust, $100k–200k. Nice to have: Go/C++")
	f.Add("", "years years 3 to years\n\n|| remote (\xff")
	f.Fuzz(func(t *testing.T, title, text string) {
		for _, source := range []string{"hn", "twir", "ashby/a"} {
			l := label(t, x, &schema.Posting{Source: source, Title: title, Text: text, Location: title})
			if l.Years < 0 || l.Years > mostYears || l.MarketRole == "" {
				t.Fatalf("%+v", l)
			}
		}
	})
}

// TestHostileTextIsLinear reads one phrase over and over, and four times as much
// of it, which must take about four times as long; quadratic work takes sixteen.
// The least of three readings counts, since the machine does other things too, and
// what seems too long is read twice again, since it may do them for a while.
func TestHostileTextIsLinear(t *testing.T) {
	x := rustExtractor(t)
	read := func(unit string, size int) time.Duration {
		p := &schema.Posting{Source: "hn", Title: "x", Text: strings.Repeat(unit, size/len(unit))}
		least := time.Hour
		for range 3 {
			start := time.Now()
			label(t, x, p)
			least = min(least, time.Since(start))
		}
		return least
	}
	for _, unit := range []string{"rust ", "go, ", "$1k-", "5 years ", "remote (", "our client ", "Berlin, ", "\xff\xfe", "漢字", "C++/", "a.b.", "- Rust\n",
		"nice to have ", "rust or ", "monday tuesday office ", "8 years for a ", "as a contractor ", "(remote, us ", "lead a ", "a ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		once, fourfold := read(unit, 75_000), read(unit, 300_000)
		for range 2 {
			if fourfold > 10*max(once, 5*time.Millisecond) {
				time.Sleep(100 * time.Millisecond)
				once, fourfold = min(once, read(unit, 75_000)), min(fourfold, read(unit, 300_000))
			}
		}
		if fourfold > 10*max(once, 5*time.Millisecond) {
			t.Errorf("%q: 75 kB take %v, 300 kB %v", unit, once, fourfold)
		}
	}
}

// TestManyAtOnce reads the same postings from many goroutines; with -race it
// holds the extractor to its promise.
func TestManyAtOnce(t *testing.T) {
	x := rustExtractor(t)
	p := &schema.Posting{Source: "hn", Title: "Acme | Rust Engineer | Berlin | REMOTE | €60k-80k", Text: "We write Rust and Go. 3+ years of Rust."}
	want := label(t, x, p)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				var got schema.Label
				x.Extract(lexis.NewDoc(p), p, &got)
				if got != want {
					t.Errorf("got %+v, want %+v", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}
