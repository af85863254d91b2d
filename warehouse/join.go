package warehouse

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// strongScore is the score from which a pair outweighs a place or an employer
// that is stated otherwise: the same job on the same board, or the same address.
const strongScore = 95

// pairEdge says that two postings, by their numbers, may be one job.
type pairEdge struct {
	a, b  int32
	score float64
	tie   uint64
}

// clash says that two postings are not one job.
type clash struct {
	a, b   int32
	always bool // no score outweighs it
}

// joiner makes jobs where pairs contradict each other: the best pair is joined
// first, and never two parts of which one posting clashes with one of the other.
type joiner struct {
	parent forest
	least  map[int32]int32          // by root: the earliest posting of the part
	clash  map[int32]map[int32]bool // by root and root: true when nothing outweighs it
}

// joinParts returns, for every posting in the edges, the earliest posting of its
// part. The outcome depends on the edges and clashes alone, not on their order.
func joinParts(edges []pairEdge, clashes []clash) map[int32]int32 {
	j := &joiner{forest{}, map[int32]int32{}, map[int32]map[int32]bool{}}
	for _, e := range edges {
		for _, v := range [2]int32{e.a, e.b} {
			j.parent[v], j.least[v] = v, v
		}
	}
	for _, c := range clashes {
		j.forbid(c.a, c.b, c.always)
	}
	slices.SortFunc(edges, bestFirst)
	for _, e := range edges {
		j.join(e)
	}
	parts := make(map[int32]int32, len(j.parent))
	for v := range j.parent {
		parts[v] = j.least[j.parent.root(v)]
	}
	return parts
}

func (j *joiner) forbid(a, b int32, always bool) {
	for _, p := range [2][2]int32{{a, b}, {b, a}} {
		if j.clash[p[0]] == nil {
			j.clash[p[0]] = map[int32]bool{}
		}
		j.clash[p[0]][p[1]] = j.clash[p[0]][p[1]] || always
	}
}

func (j *joiner) join(e pairEdge) {
	a, b := j.parent.root(e.a), j.parent.root(e.b)
	if a == b {
		return
	}
	if always, clashes := j.clash[a][b]; clashes && (always || e.score < strongScore) {
		return
	}
	if len(j.clash[a]) < len(j.clash[b]) {
		a, b = b, a
	}
	j.parent[b] = a
	j.least[a] = min(j.least[a], j.least[b])
	for other, always := range j.clash[b] {
		delete(j.clash[other], b)
		if other != a {
			j.forbid(a, other, always)
		}
	}
	delete(j.clash, b)
}

// join settles the blocks in which something clashes, in the table "joined".
func (m *modelling) join() error {
	edges, err := m.pairEdges(`SELECT e.a, e.b, e.score, e.tie FROM pair_edge AS e
		SEMI JOIN (SELECT idx FROM cluster WHERE torn) AS t ON t.idx = e.a`)
	if err != nil {
		return err
	}
	clashes, err := m.clashes()
	if err != nil {
		return err
	}
	return m.keepParts(joinParts(edges, clashes), "CREATE OR REPLACE TEMP TABLE joined AS SELECT * FROM arriving")
}

func (m *modelling) pairEdges(query string) (edges []pairEdge, err error) {
	rows, err := m.conn.QueryContext(m.ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e pairEdge
		if err := rows.Scan(&e.a, &e.b, &e.score, &e.tie); err != nil {
			return nil, err
		}
		edges = append(edges, e)
	}
	return edges, rows.Err()
}

func (m *modelling) clashes() (clashes []clash, err error) {
	rows, err := m.conn.QueryContext(m.ctx, "SELECT a, b, why = 'open' FROM clash")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c clash
		if err := rows.Scan(&c.a, &c.b, &c.always); err != nil {
			return nil, err
		}
		clashes = append(clashes, c)
	}
	return clashes, rows.Err()
}

// partsRecord is the outcome as columns idx and part.
func partsRecord(mem memory.Allocator, parts map[int32]int32) arrow.RecordBatch {
	s := arrow.NewSchema([]arrow.Field{{Name: "idx", Type: arrow.PrimitiveTypes.Int32}, {Name: "part", Type: arrow.PrimitiveTypes.Int32}}, nil)
	b := array.NewRecordBuilder(mem, s)
	defer b.Release()
	for v, part := range parts {
		b.Field(0).(*array.Int32Builder).Append(v)
		b.Field(1).(*array.Int32Builder).Append(part)
	}
	return b.NewRecordBatch()
}
