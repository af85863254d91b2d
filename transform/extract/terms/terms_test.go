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
