package ingest

import (
	"math/rand/v2"
	"testing"
)

// TestHashes holds the set to a map, 0 and hashes of one place among its members.
func TestHashes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var s hashes
	want := map[uint64]bool{}
	for range 50_000 {
		h := random.Uint64N(20_000)
		if random.IntN(2) == 0 {
			h <<= 40 // all in one place of a small table
		}
		if s.add(h) == want[h] {
			t.Fatalf("the set and the map do not agree on %d", h)
		}
		want[h] = true
	}
	if s.len() != len(want) {
		t.Errorf("%d hashes, want %d", s.len(), len(want))
	}
}
