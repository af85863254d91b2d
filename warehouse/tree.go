package warehouse

import (
	"cmp"
	"slices"
)

// bestFirst is the order in which pairs are joined. Ties are settled by the ids of
// the postings, so that no order of arrival plays a part.
func bestFirst(x, y pairEdge) int {
	return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(y.tie, x.tie))
}

// leadBack returns, for every posting but the earliest of each connected part, the
// posting by which it hangs together with that earliest one: over the best pairs
// that connect the part, so that each leads on to the next and the last to the
// earliest.
func leadBack(edges []pairEdge) map[int32]int32 {
	slices.SortFunc(edges, bestFirst)
	joined, next := forest{}, map[int32][]int32{}
	for _, e := range edges {
		if joined.root(e.a) == joined.root(e.b) {
			continue
		}
		joined.connect(e.a, e.b)
		next[e.a], next[e.b] = append(next[e.a], e.b), append(next[e.b], e.a)
	}
	led := make(map[int32]int32, len(next))
	for v := range next {
		if joined.root(v) != v { // the root is the earliest
			continue
		}
		for queue := []int32{v}; len(queue) > 0; queue = queue[1:] {
			at := queue[0]
			for _, to := range next[at] {
				if _, seen := led[to]; !seen && to != v {
					led[to] = at
					queue = append(queue, to)
				}
			}
		}
	}
	return led
}

// lead makes the table "led": of each posting of a job but the first, the number of
// the one that leads to the first.
func (m *modelling) lead() error {
	edges, err := m.pairEdges(`SELECT e.a, e.b, e.score, e.tie FROM pair_edge AS e
		JOIN cluster AS x ON x.idx = e.a JOIN cluster AS y ON y.idx = e.b WHERE x.part = y.part`)
	if err != nil {
		return err
	}
	return m.keepParts(leadBack(edges), "CREATE OR REPLACE TEMP TABLE led AS SELECT idx, part AS other FROM arriving")
}
