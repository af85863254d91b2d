package lexis

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"jobmarket/warehouse/schema"

	"github.com/google/go-cmp/cmp"
)

// TestJointFindsWhatEachFinds compares, in random texts, what matchers report after a
// Joint with what they report by themselves.
func TestJointFindsWhatEachFinds(t *testing.T) {
	lists := [][]string{
		{"a", "a b", "b c d", "d d", "c"},
		{"b", "a b c", "d", "a"},
		{"c d a b", "b c"},
	}
	var ms []*Matcher
	for _, phrases := range lists {
		m, err := NewMatcher(phrases)
		if err != nil {
			t.Fatal(err)
		}
		ms = append(ms, m)
	}
	joint, err := Join(ms...)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		words := randomWords(rng, "abcde", 3*window)
		d := NewDoc(&schema.Posting{Text: strings.Join(words, " ")})
		alone := reports(ms, d)
		joint.Find(d)
		if diff := cmp.Diff(alone, reports(ms, d)); diff != "" {
			t.Fatalf("%s\nby themselves and jointly (-alone +jointly):\n%s", strings.Join(words, " "), diff)
		}
		d.Read(&schema.Posting{Text: "a"})
		if diff := cmp.Diff([]string{"0: {0 0 0}", "1: {3 0 0}"}, reports(ms, d)); diff != "" {
			t.Fatalf("what was found in one posting is reported of the next (-want +got):\n%s", diff)
		}
	}
	if _, err := Join(ms[0], ms[1], ms[2], ms[0]); err == nil {
		t.Error("four matchers were joined")
	}
}

// reports is what each of the matchers reports of d.
func reports(ms []*Matcher, d *Doc) (out []string) {
	for k, m := range ms {
		m.Longest(d, func(x Match) bool {
			out = append(out, fmt.Sprint(k, ": ", x))
			return true
		})
	}
	return out
}
