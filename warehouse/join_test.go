package warehouse

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJoinParts(t *testing.T) {
	for _, c := range []struct {
		name    string
		edges   []pairEdge
		clashes []clash
		want    map[int32]int32
	}{
		{"a vague ad joins the better of two that clash",
			[]pairEdge{{1, 3, 60, 1}, {2, 3, 70, 2}}, []clash{{1, 2, true}}, map[int32]int32{1: 1, 2: 2, 3: 2}},
		{"a clash is inherited by what a part joins",
			[]pairEdge{{1, 3, 90, 1}, {2, 4, 80, 2}, {3, 4, 70, 3}}, []clash{{1, 2, true}}, map[int32]int32{1: 1, 3: 1, 2: 2, 4: 2}},
		{"a strong key outweighs a place that is stated otherwise",
			[]pairEdge{{1, 2, 100, 1}}, []clash{{1, 2, false}}, map[int32]int32{1: 1, 2: 1}},
		{"a weak one does not",
			[]pairEdge{{1, 2, 80, 1}}, []clash{{1, 2, false}}, map[int32]int32{1: 1, 2: 2}},
		{"nothing outweighs two ids that are open together",
			[]pairEdge{{1, 2, 100, 1}}, []clash{{1, 2, false}, {2, 1, true}}, map[int32]int32{1: 1, 2: 2}},
	} {
		if diff := cmp.Diff(c.want, joinParts(c.edges, c.clashes)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// Whatever the edges and clashes, no part holds two postings that clash for
// certain, and the order in which they are given plays no part.
func TestJoinPartsAnyOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var edges []pairEdge
		var clashes []clash
		for range 40 {
			a, b := rng.Int32N(20), rng.Int32N(20)
			if a == b {
				continue
			}
			if rng.IntN(4) == 0 {
				clashes = append(clashes, clash{a, b, rng.IntN(2) == 0})
			} else {
				edges = append(edges, pairEdge{a, b, float64(rng.IntN(5)*10 + 60), rng.Uint64()})
			}
		}
		want := joinParts(edges, clashes)
		for _, c := range clashes {
			x, ok := want[c.a]
			y, ok2 := want[c.b]
			if c.always && ok && ok2 && x == y {
				t.Fatalf("%d and %d clash and are one part", c.a, c.b)
			}
		}
		rng.Shuffle(len(edges), func(i, j int) { edges[i], edges[j] = edges[j], edges[i] })
		rng.Shuffle(len(clashes), func(i, j int) { clashes[i], clashes[j] = clashes[j], clashes[i] })
		if diff := cmp.Diff(want, joinParts(edges, clashes)); diff != "" {
			t.Fatalf("another order, another outcome: %s", diff)
		}
	}
}

// TestForest compares parts with those that repeated spreading of the least name
// gives.
func TestForest(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		const n = 30
		var edges [][2]int32
		for range rng.IntN(40) {
			edges = append(edges, [2]int32{rng.Int32N(n), rng.Int32N(n)})
		}
		f := forest{}
		var want [n]int32
		for v := range want {
			want[v] = int32(v)
		}
		for _, e := range edges {
			f.connect(e[0], e[1])
		}
		for range n {
			for _, e := range edges {
				least := min(want[e[0]], want[e[1]])
				want[e[0]], want[e[1]] = least, least
			}
		}
		for v := range want {
			if got := f.root(int32(v)); got != want[v] {
				t.Fatalf("%v: %d is in part %d, want %d", edges, v, got, want[v])
			}
		}
	}
}
