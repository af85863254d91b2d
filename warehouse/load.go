package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	duckdb "github.com/duckdb/duckdb-go/v2"

	"jobmarket/warehouse/schema"
)

// chunkRows is one row group of the engine: the size at which it loads fastest.
const chunkRows = 122_880

// chunkBytes bounds a chunk's text; Arrow's string offsets are 32 bits wide.
const chunkBytes = 256 << 20

// rule says which rows of a table are one, and which of them is kept. Loading
// the same rows in any order, and any number of times, leaves the same table.
type rule struct {
	key []string
	// prefer orders rows of one key, the one to keep first: expressions over
	// columns, in which $ stands for the row.
	prefer []string
	// latest keeps the row that was loaded last when its version differs.
	latest bool
	// dirties is the column by which the models learn that the rows changed.
	dirties string
}

var (
	crawlRule    = rule{key: []string{"crawl_id"}, prefer: []string{"NOT $.complete", "-$.pages", "-$.sightings"}, dirties: "crawl_id"}
	pageRule     = rule{key: []string{"page_id"}, prefer: []string{"-$.parser_version"}}
	sightingRule = rule{key: []string{"sighting_id"}, prefer: []string{"$.fetched_at", "$.page_id", "$.ordinal"}, dirties: "posting_id"}
	postingRule  = rule{key: []string{"posting_id", "digest"}, prefer: []string{"$.seen_at"}}
	rejectRule   = rule{key: []string{"reject_id"}, prefer: []string{"-$.parser_version", "$.fetched_at"}}
	factRule     = rule{key: []string{"fact_id"}, prefer: []string{"$.fetched_at", "$.page_id"}}
	labelRule    = rule{key: []string{"posting_id", "digest", "version"}, dirties: "posting_id"}
	mentionRule  = rule{key: []string{"posting_id", "digest", "version", "kind", "term"}}
	featureRule  = rule{key: []string{"posting_id", "digest"}, latest: true, dirties: "posting_id"}
)

// Load adds a batch in one transaction: all of it is there afterwards, or none.
// Rows that are there already are passed over, so a batch may be loaded again.
// Of two rows with one id the one that was fetched first stays, of two readings
// of a page that by the newer parser; so the order of loads does not matter. Only
// of two readings that one parser made under two configurations, which give an ad
// another content, does the one that is loaded last stay.
func (w *Warehouse) Load(ctx context.Context, b schema.Batch) (loaded schema.Loaded, err error) {
	defer wrap(&err, "loading batch %s", b.ID)
	loaded.NewPostings = map[string]int64{}
	if b.Len() == 0 {
		return loaded, nil
	}
	err = w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
		if err := w.keepAll(ctx, c, b); err != nil {
			return err
		}
		for _, s := range b.Sources {
			if err := putSource(ctx, c, s); err != nil {
				return err
			}
		}
		l := &loader{ctx: ctx, conn: c, mem: w.mem, loaded: &loaded}
		return first(
			func() error { return dropRereads(ctx, l, b.Pages) },
			func() error { return dropRewritten(ctx, l, b) },
			func() error { return load(l, schema.Crawls, b.Crawls, crawlRule) },
			func() error { return load(l, schema.Pages, b.Pages, pageRule) },
			func() error { return load(l, schema.Postings, b.Postings, postingRule) },
			func() error { return load(l, schema.Sightings, b.Sightings, sightingRule) },
			func() error { return load(l, schema.Rejects, b.Rejects, rejectRule) },
			func() error { return load(l, schema.Facts, b.Facts, factRule) },
		)
	})
	if err != nil {
		return schema.Loaded{}, err
	}
	return loaded, nil
}

// keepAll refuses a batch that would mix simulated and real rows.
func (w *Warehouse) keepAll(ctx context.Context, c *sql.Conn, b schema.Batch) error {
	var real, simulated bool
	count := func(s bool) { real, simulated = real || !s, simulated || s }
	for i := range b.Sources {
		count(b.Sources[i].Simulated)
	}
	for i := range b.Crawls {
		count(b.Crawls[i].Simulated)
	}
	for i := range b.Pages {
		count(b.Pages[i].Simulated)
	}
	for i := range b.Sightings {
		count(b.Sightings[i].Simulated)
	}
	for i := range b.Postings {
		count(b.Postings[i].Simulated)
	}
	for i := range b.Rejects {
		count(b.Rejects[i].Simulated)
	}
	for i := range b.Facts {
		count(b.Facts[i].Simulated)
	}
	if real && simulated {
		return fmt.Errorf("%w: the batch holds both", ErrMixed)
	}
	return w.keep(ctx, c, simulated)
}

// first runs the steps until one fails.
func first(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// loader is one transaction's loading.
type loader struct {
	ctx    context.Context
	conn   *sql.Conn
	mem    memory.Allocator
	loaded *schema.Loaded
}

// load adds those rows of t that are not there yet, chunk by chunk.
func load[T any](l *loader, t schema.Table[T], rows []T, r rule) error {
	for len(rows) > 0 {
		n := min(len(rows), chunkRows)
		rec := t.Record(l.mem, rows[:n])
		for n > 1 && recordBytes(rec) > chunkBytes {
			rec.Release()
			n /= 2
			rec = t.Record(l.mem, rows[:n])
		}
		err := l.add(t.Name, rec, r)
		rec.Release()
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		rows = rows[n:]
	}
	return nil
}

func recordBytes(rec arrow.RecordBatch) (n int) {
	for _, col := range rec.Columns() {
		for _, b := range col.Data().Buffers() {
			if b != nil {
				n += b.Len()
			}
		}
	}
	return n
}

// add loads one record batch. The batch's keys go in first and are compared with
// the table; the wide columns are read only for the rows that are wanted, so
// that loading what is there already costs little.
func (l *loader) add(table string, rec arrow.RecordBatch, r rule) error {
	numbered, keys := number(l.mem, rec, r)
	defer numbered.Release()
	defer keys.Release()
	if err := l.scan(keys, "arriving_keys", wantedSQL(table, r)); err != nil {
		return err
	}
	var wanted, superseded int64
	err := l.conn.QueryRowContext(l.ctx, "SELECT count(*), count(*) FILTER (known) FROM wanted").Scan(&wanted, &superseded)
	if err != nil || wanted == 0 {
		return err
	}
	if table == schema.Postings.Name {
		if err := l.countNew(); err != nil {
			return err
		}
	}
	if err := l.soil(r); err != nil {
		return err
	}
	if superseded > 0 {
		_, err := l.conn.ExecContext(l.ctx, fmt.Sprintf("DELETE FROM store.%s AS o USING wanted AS n WHERE n.known AND %s", table, onKey(r)))
		if err != nil {
			return err
		}
	}
	l.loaded.Rows += wanted - superseded
	insert := fmt.Sprintf("INSERT INTO store.%s BY NAME SELECT * EXCLUDE (row_) FROM arriving SEMI JOIN wanted USING (row_)", table)
	if wanted == rec.NumRows() {
		return l.scan(rec, "arriving", fmt.Sprintf("INSERT INTO store.%s BY NAME SELECT * FROM arriving", table))
	}
	return l.scan(numbered, "arriving", insert)
}

// wantedSQL makes the temporary table "wanted": the arriving rows to be added,
// one a key, and whether each takes the place of a stored one.
func wantedSQL(table string, r rule) string {
	better := "false"
	if r.latest {
		better = "n.version IS DISTINCT FROM o.version"
	} else if len(r.prefer) > 0 {
		better = fmt.Sprintf("(%s) < (%s)", row(r.prefer, "n"), row(r.prefer, "o"))
	}
	order := "n.row_"
	if len(r.prefer) > 0 {
		order = strings.ReplaceAll(strings.Join(r.prefer, ", "), "$", "n") + ", n.row_"
	}
	return fmt.Sprintf(`CREATE OR REPLACE TEMP TABLE wanted AS
		WITH arrived AS (
			SELECT * FROM arriving_keys AS n
			QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s) = 1
		)
		SELECT n.*, o.%s IS NOT NULL AS known
		FROM arrived AS n LEFT JOIN store.%s AS o ON %s
		WHERE o.%s IS NULL OR %s`,
		strings.Join(r.key, ", "), order, r.key[0], table, onKey(r), r.key[0], better)
}

// onKey joins the arriving row n with the stored row o.
func onKey(r rule) string {
	equal := make([]string, len(r.key))
	for i, k := range r.key {
		equal[i] = fmt.Sprintf("n.%s = o.%s", k, k)
	}
	return strings.Join(equal, " AND ")
}

// row writes the rule's preference as a row value of the row named alias.
func row(prefer []string, alias string) string {
	return "row(" + strings.ReplaceAll(strings.Join(prefer, ", "), "$", alias) + ")"
}

// soil tells the models what changed.
func (l *loader) soil(r rule) error {
	table := map[string]string{"posting_id": "store.dirty", "crawl_id": "store.dirty_crawls"}[r.dirties]
	if table == "" {
		return nil
	}
	_, err := l.conn.ExecContext(l.ctx, fmt.Sprintf("INSERT INTO %s SELECT DISTINCT %s FROM wanted", table, r.dirties))
	return err
}

// countNew notes the postings that no earlier load knew, by source.
func (l *loader) countNew() error {
	rows, err := l.conn.QueryContext(l.ctx, `SELECT source, count(DISTINCT posting_id)
		FROM wanted AS n ANTI JOIN store.postings AS o USING (posting_id) GROUP BY source`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var source sql.NullString
		var n int64
		if err := rows.Scan(&source, &n); err != nil {
			return err
		}
		l.loaded.NewPostings[source.String] += n
	}
	return rows.Err()
}

// number gives the record's rows a number, and makes of it a second, narrow
// record with the columns that the rule compares. An Arrow view can be scanned
// only once, hence two.
func number(mem memory.Allocator, rec arrow.RecordBatch, r rule) (numbered, keys arrow.RecordBatch) {
	b := array.NewInt32Builder(mem)
	defer b.Release()
	for i := range rec.NumRows() {
		b.Append(int32(i))
	}
	ordinal := b.NewArray()
	defer ordinal.Release()

	fields := append([]arrow.Field(nil), rec.Schema().Fields()...)
	fields = append(fields, arrow.Field{Name: "row_", Type: arrow.PrimitiveTypes.Int32})
	cols := append(append([]arrow.Array(nil), rec.Columns()...), ordinal)
	numbered = array.NewRecordBatch(arrow.NewSchema(fields, nil), cols, rec.NumRows())

	compared := strings.Join(append(append([]string{"source posting_id version"}, r.key...), r.prefer...), " ")
	var narrow []arrow.Field
	var narrowCols []arrow.Array
	for i, f := range fields {
		if f.Name == "row_" || hasWord(compared, f.Name) {
			narrow, narrowCols = append(narrow, f), append(narrowCols, cols[i])
		}
	}
	return numbered, array.NewRecordBatch(arrow.NewSchema(narrow, nil), narrowCols, rec.NumRows())
}

// hasWord says whether the column's name stands in the expression.
func hasWord(expression, name string) bool {
	for _, word := range strings.FieldsFunc(expression, func(c rune) bool {
		return c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9')
	}) {
		if word == name {
			return true
		}
	}
	return false
}

// scan runs one statement that reads the record, once, as the view name.
func (l *loader) scan(rec arrow.RecordBatch, name, statement string) error {
	reader, err := array.NewRecordReader(rec.Schema(), []arrow.RecordBatch{rec})
	if err != nil {
		return err
	}
	defer reader.Release()
	return l.conn.Raw(func(driverConn any) error {
		conn, ok := driverConn.(*duckdb.Conn)
		if !ok {
			return fmt.Errorf("not a connection of the engine: %T", driverConn)
		}
		view, err := duckdb.NewArrowFromConn(conn)
		if err != nil {
			return err
		}
		release, err := view.RegisterView(reader, name)
		if err != nil {
			return err
		}
		defer release()
		if _, err := conn.ExecContext(l.ctx, statement, nil); err != nil {
			return err
		}
		// A view left behind would point into freed memory.
		_, err = conn.ExecContext(l.ctx, "DROP VIEW "+name, nil)
		return err
	})
}

// dropRereads deletes what an older parser read from pages that a newer one has
// read again: the newer reading is loaded in its place.
func dropRereads(ctx context.Context, l *loader, pages []schema.Page) error {
	if len(pages) == 0 {
		return nil
	}
	rec := schema.Pages.Record(l.mem, pages)
	defer rec.Release()
	numbered, keys := number(l.mem, rec, pageRule)
	defer numbered.Release()
	defer keys.Release()
	// An Arrow view is to be read whole: a join that reads some of its columns finds
	// nothing.
	if err := l.scan(keys, "arriving_keys", "CREATE OR REPLACE TEMP TABLE arrived_page AS SELECT * FROM arriving_keys"); err != nil {
		return err
	}
	_, err := l.conn.ExecContext(ctx, `CREATE OR REPLACE TEMP TABLE reread AS
		SELECT DISTINCT o.page_id FROM arrived_page AS n JOIN store.pages AS o USING (page_id)
		WHERE n.parser_version > o.parser_version`)
	if err != nil {
		return err
	}
	var n int64
	if err := l.conn.QueryRowContext(ctx, "SELECT count(*) FROM reread").Scan(&n); err != nil || n == 0 {
		return err
	}
	_, err = l.conn.ExecContext(ctx, "INSERT INTO store.dirty SELECT DISTINCT posting_id FROM store.sightings WHERE page_id IN (SELECT page_id FROM reread)")
	if err != nil {
		return err
	}
	for _, table := range []string{"sightings", "rejects", "facts"} {
		if _, err := l.conn.ExecContext(ctx, "DELETE FROM store."+table+" WHERE page_id IN (SELECT page_id FROM reread)"); err != nil {
			return err
		}
	}
	return nil
}

// dropRewritten deletes the sightings of which a page that is read again, by the
// same parser, has another content now: what its source is configured to be, such as
// the name of its employer, has changed.
func dropRewritten(ctx context.Context, l *loader, b schema.Batch) error {
	if len(b.Pages) == 0 || len(b.Sightings) == 0 {
		return nil
	}
	var known bool
	if err := l.conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM arrived_page SEMI JOIN store.pages USING (page_id)").Scan(&known); err != nil || !known {
		return err
	}
	rec := schema.Sightings.Record(l.mem, b.Sightings)
	defer rec.Release()
	if err := l.scan(rec, "arriving_sightings", "CREATE OR REPLACE TEMP TABLE arrived_sighting AS SELECT * FROM arriving_sightings"); err != nil {
		return err
	}
	_, err := l.conn.ExecContext(ctx, `CREATE OR REPLACE TEMP TABLE rewritten AS
		SELECT DISTINCT o.sighting_id, o.posting_id
		FROM store.sightings AS o JOIN arrived_sighting AS n ON n.page_id = o.page_id AND n.posting_id = o.posting_id AND n.seen_at = o.seen_at
		WHERE o.sighting_id NOT IN (SELECT sighting_id FROM arrived_sighting)`)
	if err != nil {
		return err
	}
	if _, err := l.conn.ExecContext(ctx, "INSERT INTO store.dirty SELECT DISTINCT posting_id FROM rewritten"); err != nil {
		return err
	}
	_, err = l.conn.ExecContext(ctx, "DELETE FROM store.sightings WHERE sighting_id IN (SELECT sighting_id FROM rewritten)")
	return err
}
