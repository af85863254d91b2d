package lexis

import (
	"fmt"
	"testing"
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
