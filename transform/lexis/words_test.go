package lexis

import (
	"fmt"
	"strings"
	"testing"

	"jobmarket/warehouse/schema"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	var w Words
	if got := w.Of(Hash("rust")); got != 0 {
		t.Errorf("an empty table holds %d", got)
	}
	for i := range 1000 {
		w.Add(fmt.Sprint("word", i), 1<<(i%16))
	}
	w.Add("word3", 1)
	w.Add("nothing", 0)
	for i := range 1000 {
		want := uint16(1) << (i % 16)
		if i == 3 {
			want |= 1
		}
		if got := w.Of(Hash(fmt.Sprint("word", i))); got != want {
			t.Fatalf("word%d has bits %b, want %b", i, got, want)
		}
	}
	for _, s := range []string{"nothing", "word1000", ""} {
		if got := w.Of(Hash(s)); got != 0 {
			t.Errorf("%q has bits %b and was never added", s, got)
		}
	}
}

func TestSet(t *testing.T) {
	var list []string
	for i := range 1000 {
		list = append(list, fmt.Sprint("word", i))
	}
	s := SetOf(strings.Join(append(list, list[0]), " "))
	for _, w := range list {
		if !s.Has(Hash(w)) {
			t.Fatalf("%q is not in the set", w)
		}
	}
	for i := range 1000 {
		if w := fmt.Sprint("other", i); s.Has(Hash(w)) {
			t.Fatalf("%q is in the set", w)
		}
	}
	if s.Has(0) {
		t.Error("no word is in the set")
	}
	if SetOf("").Has(Hash("word")) {
		t.Error("the empty set holds a word")
	}
}

func TestSieve(t *testing.T) {
	var s Sieve
	s.Add("rust")
	s.Add("tokio")
	d := NewDoc(&schema.Posting{Title: "Rust", Text: "We write Tokio and Rust."})
	if diff := cmp.Diff([]int32{7, 0, 3, 5}, s.Sift([]int32{7}, d)); diff != "" {
		t.Errorf("tokens let through (-want +got):\n%s", diff)
	}
	if got := new(Sieve).Sift(nil, d); len(got) > 0 {
		t.Errorf("an empty sieve lets %v through", got)
	}
}
