package warehouse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLeadBack(t *testing.T) {
	edges := []pairEdge{
		{a: 1, b: 3, score: 50}, {a: 2, b: 3, score: 90}, // 2 and 3 are each other's best
		{a: 1, b: 2, score: 40},
		{a: 4, b: 3, score: 60},
		{a: 8, b: 7, score: 60},
	}
	want := map[int32]int32{3: 1, 2: 3, 4: 3, 8: 7}
	if diff := cmp.Diff(want, leadBack(edges)); diff != "" {
		t.Error(diff)
	}
}
