package lexis

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"jobmarket/warehouse/schema"

	"github.com/google/go-cmp/cmp"
)

func words(d *Doc) string {
	var b strings.Builder
	for i, t := range d.Tokens {
		switch {
		case i == 0:
		case t.Sep&Line != 0:
			b.WriteString(" ¶ ")
		case t.Sep&Stop != 0:
			b.WriteString(" . ")
		default:
			b.WriteString(" ")
		}
		b.Write(d.Word(i))
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"C++/Rust, C# and .NET.", "c++ rust c# and .net"},
		{"C++17 or Node.js; F#.", "c++ 17 or node js f#"},
		{"We use e.g. Rust. You know Go.", "we use e g rust . you know go"},
		{"Acme Inc. is hiring. 10+ years!\nApply", "acme inc is hiring . 10 years ¶ apply"},
		{"Zürich – ÄRZTE\u00a0gesucht", "zürich ärzte gesucht"},
		{"Rust’s the best", "rust s the best"},
		{"a|b•c", "a b c"},
		{"\xff\xfe\x00ok", "ok"},
		{"", ""},
	} {
		d := NewDoc(&schema.Posting{Text: c.text})
		if got := words(d); got != c.want {
			t.Errorf("%q cut into\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

func TestTitleThatTheTextRepeatsStandsOnce(t *testing.T) {
	d := NewDoc(&schema.Posting{Title: "Acme | Rust Engineer", Text: "Acme | Rust Engineer\nWe do."})
	if got, want := words(d), "acme rust engineer ¶ we do"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !d.Repeated {
		t.Error("Repeated is not set")
	}
}

func TestTitleBehindTheEmployersNameStandsOnce(t *testing.T) {
	for text, want := range map[string]string{
		"Acme\nRust Engineer (Remote)":            "rust engineer ¶ acme ¶ remote",
		"[Rust Engineer](https://acme.example/1)": "rust engineer ¶ https acme example 1",
		"We seek a Rust Engineer.":                "rust engineer ¶ we seek a rust engineer",
	} {
		d := NewDoc(&schema.Posting{Title: "Rust Engineer", Text: text})
		if got := words(d); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestLinksAreMarked(t *testing.T) {
	d := NewDoc(&schema.Posting{Text: "See https://acme.example/rust-jobs, (http://b.example) and c."})
	var got []string
	for i, tok := range d.Tokens {
		if tok.Flags&Link != 0 {
			got = append(got, string(d.Word(i)))
		}
	}
	if diff := cmp.Diff([]string{"https", "acme", "example", "rust", "jobs", "http", "b", "example"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestMatcher(t *testing.T) {
	phrases := []string{"machine learning", "machine learning engineer", "ci/cd", "c++", "Node.js", "R&D"}
	m, err := NewMatcher(phrases)
	if err != nil {
		t.Fatal(err)
	}
	d := NewDoc(&schema.Posting{Title: "Machine-Learning Engineer", Text: "C++, node js; CI/CD. Machine, learning. R & D"})
	var long []string
	m.Longest(d, func(x Match) bool { long = append(long, phrases[x.Phrase]); return true })
	if diff := cmp.Diff([]string{"machine learning engineer", "c++", "Node.js", "ci/cd", "R&D"}, long); diff != "" {
		t.Errorf("Longest (-want +got):\n%s", diff)
	}
	for _, bad := range [][]string{{"..."}, {"node js", "node.js"}} {
		if _, err := NewMatcher(bad); err == nil {
			t.Errorf("NewMatcher(%q) gave no error", bad)
		}
	}
}

// randomWords are fewer than most words of one letter each.
func randomWords(rng *rand.Rand, letters string, most int) []string {
	words := make([]string, rng.IntN(most))
	for i := range words {
		words[i] = string(letters[rng.IntN(len(letters))])
	}
	return words
}

// TestMatcherInLongTexts compares what is found where windows meet with a search
// that looks at every token by itself.
func TestMatcherInLongTexts(t *testing.T) {
	phrases := []string{"a", "a b", "b c d", "d d", "c"}
	m, err := NewMatcher(phrases)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		words := randomWords(rng, "abcd", 4*window)
		d := NewDoc(&schema.Posting{Text: strings.Join(words, " ")})
		from := rng.IntN(len(words) + 1)
		to := from + rng.IntN(len(words)-from+1)
		var want, got []string
		for i := from; i < to; {
			best := ""
			for _, p := range phrases {
				if strings.HasPrefix(strings.Join(words[i:to], " ")+" ", p+" ") && len(p) > len(best) {
					best = p
				}
			}
			if best != "" {
				want = append(want, fmt.Sprint(best, " at ", i))
			}
			i += max(1, len(strings.Fields(best)))
		}
		m.LongestIn(d, from, to, func(x Match) bool {
			got = append(got, fmt.Sprint(phrases[x.Phrase], " at ", x.First))
			return true
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("tokens %d to %d of %d (-want +got):\n%s", from, to, len(words), diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Title", "Title\nC++/Rust – 10+ years. E.g. Go.")
	f.Add("", "\xff\xfeİstanbul ẞ ſ K .net.NET")
	f.Fuzz(func(t *testing.T, title, text string) {
		d := NewDoc(&schema.Posting{Title: title, Text: text})
		if len(d.Raw) != len(d.Lower) {
			t.Fatalf("raw has %d bytes, lower %d", len(d.Raw), len(d.Lower))
		}
		end := int32(0)
		for i, k := range d.Tokens {
			if k.Start < end || k.End <= k.Start || int(k.End) > len(d.Raw) {
				t.Fatalf("token %d is %d..%d after %d", i, k.Start, k.End, end)
			}
			end = k.End
			if s := d.SentenceOf(i); int(s.First) > i || int(s.Last) <= i {
				t.Fatalf("token %d is not in its sentence %v", i, s)
			}
			if l := d.LineOf(i); int(l.First) > i || int(l.Last) <= i {
				t.Fatalf("token %d is not in its line %v", i, l)
			}
			if Hash(string(d.Word(i))) != k.Hash {
				t.Fatalf("token %d carries another hash than its word", i)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	p := &schema.Posting{Title: "Senior Engineer", Text: strings.Repeat("We build the engine of a database in Rust, C++ and Go; you know PostgreSQL well.\n", 60)}
	var d Doc
	b.SetBytes(int64(len(p.Text)))
	for b.Loop() {
		d.Read(p)
	}
}

func TestNumbersAreListed(t *testing.T) {
	d := NewDoc(&schema.Posting{Title: "5 years", Text: "Pay: $120k, k8s and C++17"})
	var got []string
	for _, i := range d.Numbers {
		got = append(got, string(d.Word(int(i))))
	}
	if diff := cmp.Diff([]string{"5", "120k", "k8s", "17"}, got); diff != "" {
		t.Error(diff)
	}
	if d.Read(&schema.Posting{Text: "none"}); len(d.Numbers) > 0 {
		t.Errorf("tokens %v of the posting before are still listed", d.Numbers)
	}
}
