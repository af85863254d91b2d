package cues

import (
	"testing"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

func TestFind(t *testing.T) {
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		want Set
	}{
		{"Nice-to-have: Go", Of(Plus)},
		{"written in Go", Of(Built)},
		{"Sorry, no remote work", Of(NoRemote)},
		{"on behalf of our client", Of(Client)},
		{"We are a recruiting firm", Of(Agency)},
		{"product managers, chief of staff", Of(Experience)},
		{"Product Manager", Of(Experience)},
		{"Engineering Manager", Of(Manager)},
		{"a work from home allowance", Of(Other)},
		{"bananas", 0},
	} {
		d := lexis.NewDoc(&schema.Posting{Text: c.text})
		var got Set
		for _, q := range f.Find(nil, d) {
			got |= q.Is
		}
		if got != c.want {
			t.Errorf("%q: classes %b, want %b", c.text, got, c.want)
		}
	}
}

func TestWithin(t *testing.T) {
	all := []Cue{{First: 2}, {First: 5}, {First: 9}}
	if got := Within(all, 3, 9); len(got) != 1 || got[0].First != 5 {
		t.Errorf("Within(3, 9) = %v", got)
	}
	if got := Within(all, 9, 3); len(got) != 0 {
		t.Errorf("Within(9, 3) = %v", got)
	}
}
