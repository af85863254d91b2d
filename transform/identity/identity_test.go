package identity

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"

	"github.com/google/go-cmp/cmp"
)

// TestKeys runs testdata/keys.txt: lines of "kind: input => key".
func TestKeys(t *testing.T) {
	f, err := os.Open("testdata/keys.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	read := map[string]func(string) string{
		"employer": EmployerKey, "title": TitleKey, "url": URLKey,
		"host": func(u string) string { return employerHost(readPage(u), &nowhere, &nowhere) },
		"link": func(u string) string {
			l, ok := readLink(u)
			if !ok {
				return ""
			}
			return l.key()
		},
	}
	for n, s := 1, bufio.NewScanner(f); s.Scan(); n++ {
		line, want, ok := strings.Cut(s.Text(), "=>")
		kind, in, ok2 := strings.Cut(line, ":")
		if !ok || !ok2 || read[kind] == nil {
			continue
		}
		if got := read[kind](strings.TrimSpace(in)); got != strings.TrimSpace(want) {
			t.Errorf("line %d: %s of %q is %q, want %q", n, kind, strings.TrimSpace(in), got, strings.TrimSpace(want))
		}
	}
}

func TestAnAdAndALinkToItHaveOneKey(t *testing.T) {
	uuid := "2a1b3c4d-0000-4000-8000-0123456789ab"
	for _, c := range []struct{ own, link schema.Posting }{
		{schema.Posting{Source: "greenhouse/acme", Key: "4012345", URL: "https://acme.com/careers/4012345?gh_jid=4012345"},
			schema.Posting{Source: "twir", Key: "x", Link: "https://boards.greenhouse.io/acme/jobs/4012345#app"}},
		{schema.Posting{Source: "greenhouse/acme", Key: "4012345"},
			schema.Posting{Source: "hn", Key: "123", Link: "https://acme.com/jobs?gh_jid=4012345&utm_source=hn"}},
		{schema.Posting{Source: "lever/acme", Key: uuid}, schema.Posting{Source: "twir", Link: "https://jobs.lever.co/acme/" + uuid + "/apply"}},
		{schema.Posting{Source: "ashby/Acme%20Corp", Key: uuid}, schema.Posting{Source: "twir", Link: "https://jobs.ashbyhq.com/acme/" + uuid}},
		{schema.Posting{Source: "workable/acme", Key: "0A1B2C3D4E"}, schema.Posting{Source: "twir", Link: "https://apply.workable.com/acme/j/0A1B2C3D4E/"}},
		{schema.Posting{Source: "smartrecruiters/Acme", Key: "743999712345678"},
			schema.Posting{Source: "twir", Link: "https://jobs.smartrecruiters.com/Acme/743999712345678-rust-engineer"}},
		{schema.Posting{Source: "recruitee/acme", Key: "77", URL: "https://acme.recruitee.com/o/rust-engineer"},
			schema.Posting{Source: "rib", Link: "https://acme.recruitee.com/o/rust-engineer/c/new"}},
		{schema.Posting{Source: "personio/acme", Key: "771234", URL: "https://acme.jobs.personio.de/job/771234"},
			schema.Posting{Source: "rib", Link: "https://acme.jobs.personio.de/job/771234?language=en"}},
	} {
		a, b := Features(&c.own), Features(&c.link)
		if a.LinkKey == "" || a.LinkKey != b.LinkKey {
			t.Errorf("%s has link key %q, the link to it %q", c.own.Source, a.LinkKey, b.LinkKey)
		}
	}
}

func TestOpeningKey(t *testing.T) {
	for _, c := range []struct{ source, requisition, want string }{
		{"greenhouse/Acme", " R-17 ", "greenhouse/acme/r-17"},
		{"workday/acme/jobs", "JR1", "workday/acme/jobs/jr1"},
		{"greenhouse/acme", "see opening id", ""},
		{"greenhouse/acme", "000", ""},
		{"greenhouse/acme", "", ""},
		{"sites/acme", "R-17", ""},
	} {
		if got := Features(&schema.Posting{Source: c.source, Requisition: c.requisition}).OpeningKey; got != c.want {
			t.Errorf("%q on %s: %q, want %q", c.requisition, c.source, got, c.want)
		}
	}
}

func TestFeatures(t *testing.T) {
	p := &schema.Posting{Source: "twir", Company: "Acme, Inc.", Title: "Sr. Rust Engineer (m/f/d) - Berlin", Location: "Berlin, Germany; Remote",
		Link: "https://www.acme.com/careers/senior-rust-engineer-4711?utm_source=twir#apply", Text: strings.Repeat("we build engines in the city of light and need you now ", 4)}
	f := Features(p)
	want := schema.Feature{Version: Version, EmployerKey: "acme", EmployerHost: "acme.com", TitleKey: "senior rust engineer", TitlePlaceKey: "berlin, DE, dach, europe, emea", PlaceKey: "berlin, DE, dach, europe, emea",
		URLKey: "acme.com/careers/senior-rust-engineer-4711", TextHash: f.TextHash, Shingles: f.Shingles,
		Band0: f.Band0, Band1: f.Band1, Band2: f.Band2, Band3: f.Band3, Band4: f.Band4, Band5: f.Band5, Band6: f.Band6, Band7: f.Band7}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if f.TextHash == "" || f.Band0 == 0 || f.Band7 == 0 || f.Shingles < 10 {
		t.Errorf("the text is not signed: %+v", f)
	}
	if g := Features(&schema.Posting{Title: "Engineer", Text: "too short"}); g.TextHash != "" || g.Band0 != 0 || g.Shingles != 0 {
		t.Errorf("a short text is signed: %+v", g)
	}
}

// TestPlaceKey takes any stated location of a board, and of a forum only places.
func TestPlaceKey(t *testing.T) {
	for _, c := range []struct{ source, location, want string }{
		{"greenhouse/acme", "Lower Slaughter Mill", "lower slaughter mill"},
		{"hn", "NLP, Telephony", ""},
		{"reddit/rust", "Competitive salary", ""},
		{"hn", "Berlin, competitive salary", "berlin, DE, dach, europe, emea"},
		{"hn", "REMOTE", "remote"},
	} {
		if got := Features(&schema.Posting{Source: c.source, Location: c.location}).PlaceKey; got != c.want {
			t.Errorf("%s, %q: %q, want %q", c.source, c.location, got, c.want)
		}
	}
}

// words makes a text of n words that are drawn from r.
func words(r *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("w%d", r.IntN(5000))
	}
	return out
}

// TestBandsFollowTheCurve compares how often two texts share a band with what
// 1-(1-s^5)^8 promises of their true similarity s.
func TestBandsFollowTheCurve(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{60, 300, 1500} {
		var shared, promised, n float64
		for range 300 {
			a := words(r, size)
			b := append([]string(nil), a...)
			for range 1 + r.IntN(max(2, size/40)) {
				b[r.IntN(size)] = "changed"
			}
			ta, tb := strings.Join(a, " "), strings.Join(b, " ")
			s := Similarity(ta, tb)
			fa, fb := Features(&schema.Posting{Text: ta}), Features(&schema.Posting{Text: tb})
			if fa.Band0 == fb.Band0 || fa.Band1 == fb.Band1 || fa.Band2 == fb.Band2 || fa.Band3 == fb.Band3 ||
				fa.Band4 == fb.Band4 || fa.Band5 == fb.Band5 || fa.Band6 == fb.Band6 || fa.Band7 == fb.Band7 {
				shared++
			}
			promised += 1 - math.Pow(1-math.Pow(s, 5), 8)
			n++
		}
		t.Logf("texts of %d words: %.3f share a band, %.3f promised", size, shared/n, promised/n)
		if math.Abs(shared-promised)/n > 0.06 {
			t.Errorf("texts of %d words: %.3f share a band, the curve promises %.3f", size, shared/n, promised/n)
		}
	}
}

// TestRegistry lints employers.csv: keys are keys, and no key is an alias too.
func TestRegistry(t *testing.T) {
	for alias, key := range aliases() {
		if EmployerKey(alias) != key || EmployerKey(key) != key {
			t.Errorf("%s -> %s: the two have keys %s and %s", alias, key, EmployerKey(alias), EmployerKey(key))
		}
	}
}

func TestSimilarity(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"a b c d e f", "A, b. C d - e f!", 1},
		{"a b c d e f", "a b c d e g", 1.0 / 3},
		{"a b c d e", "f g h i j", 0},
		{"", "", 0},
		{"a b", "a b", 1},
		{"a b", "a c", 0},
		{"a b c d e https://x.example/1", "a b c d e https://x.example/2", 1},
	} {
		if got := Similarity(c.a, c.b); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("Similarity(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func FuzzLink(f *testing.F) {
	for _, s := range []string{"https://boards.greenhouse.io/embed/job_app?for=a&token=123", "http://a.wd5.myworkdayjobs.com/x/job/y_R-1", "//", "http://[::1", "mailto:x@y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, _, id, ok := LinkKey(s)
		if ok == (id == "") {
			t.Fatalf("%q: ok %v with id %q", s, ok, id)
		}
		if k := URLKey(s); k != URLKey(s) || strings.ContainsAny(EmployerKey(s), " \n") {
			t.Fatal("unstable or unclean key")
		}
		TitleKey(s)
	})
}

func BenchmarkFeatures(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	p := &schema.Posting{Source: "greenhouse/acme", Key: "12345", Title: "Senior Rust Engineer", Company: "Acme, Inc.", Location: "Berlin", Text: strings.Join(words(r, 800), " ")}
	b.SetBytes(int64(len(p.Text)))
	d := lexis.NewDoc(p)
	for b.Loop() {
		FeaturesOf(d, p)
	}
}
