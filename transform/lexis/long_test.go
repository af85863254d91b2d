package lexis

import (
	"strings"
	"testing"

	"jobmarket/warehouse/schema"

	"github.com/google/go-cmp/cmp"
)

// TestWordsOfAnyLength reads words of 1 to 70 letters, written in several ways, with
// the memory of another posting.
func TestWordsOfAnyLength(t *testing.T) {
	d := NewDoc(&schema.Posting{Text: strings.Repeat("Other ", 300)})
	for n := 1; n <= 70; n++ {
		small, big := strings.Repeat("a", n), strings.Repeat("B", n)
		for word, flags := range map[string]Flag{
			small:                  0,
			big:                    Upper | AllCaps,
			"B" + small:            Upper,
			small + "B":            0,
			small + big:            0,
			big + small:            Upper,
			big + "a":              Upper,
			small + "1":            Digit,
			big + "_":              Upper | AllCaps,
			small + "é":            0,
			"É" + small:            Upper,
			strings.Repeat("7", n): Number | Digit,
		} {
			d.Read(&schema.Posting{Text: "x " + word + " y"})
			want := Token{Start: 9, End: 9 + int32(len(word)), Sep: Space, Flags: flags | Joined, Where: Text, Hash: Hash(strings.ToLower(word))}
			if diff := cmp.Diff([]Token{want}, d.Tokens[1:len(d.Tokens)-1]); diff != "" {
				t.Fatalf("%q (-want +got):\n%s", word, diff)
			}
		}
	}
}
