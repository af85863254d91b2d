package terms

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"

	"github.com/google/go-cmp/cmp"
)

func taxonomy(t testing.TB) *Taxonomy {
	t.Helper()
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestFind runs testdata/terms.txt: a text, then "=>" and the terms that it
// names, in order.
func TestFind(t *testing.T) {
	x := taxonomy(t)
	f, err := os.Open("testdata/terms.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for n, s := 1, bufio.NewScanner(f); s.Scan(); n++ {
		text, want, ok := strings.Cut(s.Text(), "=>")
		if !ok {
			continue
		}
		text = strings.ReplaceAll(strings.TrimSpace(text), `\n`, "\n")
		got := []string{}
		for _, u := range x.Find(nil, lexis.NewDoc(&schema.Posting{Text: text})) {
			got = append(got, x.Term(u.Term).Name)
		}
		if diff := cmp.Diff(strings.Fields(want), got); diff != "" {
			t.Errorf("line %d: %q (-want +got):\n%s", n, text, diff)
		}
	}
}

// TestSpellingsKeepTheirSigns holds that no spelling loses a sign that is its
// meaning when it is cut into words: "vc++" would be found in "VC".
func TestSpellingsKeepTheirSigns(t *testing.T) {
	err := eachRow("taxonomy.csv", taxonomyCSV, 5, func(row []string) {
		for _, p := range append(split(row[2]), split(row[3])...) {
			d := lexis.NewDoc(&schema.Posting{Text: p})
			kept := ""
			for i := range d.Tokens {
				kept += string(d.Word(i))
			}
			for _, sign := range []string{"+", "#"} {
				if strings.Count(p, sign) != strings.Count(kept, sign) {
					t.Errorf("%s: the spelling %q is found as %q", row[1], p, kept)
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
