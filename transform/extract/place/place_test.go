package place

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// TestKey runs testdata/places.txt: a location, then "=>" and its key.
func TestKey(t *testing.T) {
	f, err := os.Open("testdata/places.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g := Table()
	for n, s := 1, bufio.NewScanner(f); s.Scan(); n++ {
		location, want, ok := strings.Cut(s.Text(), "=>")
		if !ok {
			continue
		}
		if got, _ := g.Key(lexis.NewDoc(&schema.Posting{Location: strings.TrimSpace(location)})); got != strings.TrimSpace(want) {
			t.Errorf("line %d: %q gave %q, want %q", n, location, got, strings.TrimSpace(want))
		}
	}
}

func TestReadOutsideTheLocationField(t *testing.T) {
	for _, c := range []struct {
		p    schema.Posting
		want string
	}{
		{schema.Posting{Title: "Acme | Engineer | Berlin, Germany | ONSITE"}, "berlin, DE, dach, europe, emea"},
		{schema.Posting{Title: "Acme (YC S12) | SF or REMOTE (US only)"}, "san francisco, california, US, north america, americas; US, north america, americas"},
		{schema.Posting{Title: "Rust Engineer", Text: "We are a small team.\nWe build.\nWe grow.\nOur office is in Zürich and we like Paris."}, "zurich, CH, dach, europe, emea"},
		{schema.Posting{Title: "Reading Tutor", Text: "It is nice to read."}, ""},
		{schema.Posting{Title: "Head of US Sales"}, "US, north america, americas"},
		{schema.Posting{Title: "Engineer in IT or ME"}, ""},
	} {
		var keys []string
		for _, p := range Table().Read(lexis.NewDoc(&c.p)) {
			keys = append(keys, p.Key())
		}
		if got := strings.Join(keys, "; "); got != c.want {
			t.Errorf("%q: got %q, want %q", c.p.Title, got, c.want)
		}
	}
}

func FuzzKey(f *testing.F) {
	f.Add("Paris, TX, US; São Paulo")
	f.Add("\xff, CA|| (DE)")
	f.Add("QA")
	f.Fuzz(func(t *testing.T, s string) {
		d := lexis.NewDoc(&schema.Posting{Title: s, Location: s})
		k, _ := Table().Key(d)
		if again, _ := Table().Key(lexis.NewDoc(&schema.Posting{Location: s})); k != again {
			t.Fatal("the key changes with another field")
		}
	})
}
