package warehouse

// forest is a set of parts of numbered things, each part a tree.
type forest map[int32]int32

// root is the member of v's part that its tree begins with; a thing not heard of is a part by itself.
func (f forest) root(v int32) int32 {
	for {
		up, ok := f[v]
		if !ok || up == v {
			return v
		}
		if above, ok := f[up]; ok {
			f[v] = above
		}
		v = up
	}
}

// connect makes one part of those of a and b. Where parts are made by it alone,
// the root of each is its least member.
func (f forest) connect(a, b int32) {
	a, b = f.root(a), f.root(b)
	f[max(a, b)], f[min(a, b)] = min(a, b), min(a, b)
}

// connect labels every row of the temporary table "vertex" with the least idx
// that the rows of "edge" connect it to, in the table "component".
func (m *modelling) connect() error {
	parts := forest{}
	rows, err := m.conn.QueryContext(m.ctx, "SELECT a, b FROM edge")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a, b int32
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
		parts.connect(a, b)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for v := range parts {
		parts[v] = parts.root(v)
	}
	return m.keepParts(parts, `CREATE OR REPLACE TEMP TABLE component AS
		SELECT v.idx, coalesce(p.part, v.idx) AS component FROM vertex AS v LEFT JOIN arriving AS p USING (idx)`)
}

// keepParts runs a statement that reads the parts as "arriving", with the columns
// idx and part.
func (m *modelling) keepParts(parts map[int32]int32, statement string) error {
	rec := partsRecord(m.load.mem, parts)
	defer rec.Release()
	return m.load.scan(rec, "arriving", statement)
}
