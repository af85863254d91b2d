package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// dedupVersion names the rules by which postings become jobs. Another version
// makes every posting stale and a mark on the charts.
const dedupVersion = "16"

// models derive the tables of the store from one another, in the order of their
// file names.
//
//go:embed models/*.sql
var models embed.FS

// Model brings the derived tables up to date, in one transaction: the newest
// content of each posting, its spells, employers, jobs and marks. Only what
// changed since the last time is worked again; the result is the one that
// starting from nothing would give.
func (w *Warehouse) Model(ctx context.Context) (err error) {
	defer wrap(&err, "deriving the models")
	if err := w.useVersion(ctx, "dedup", dedupVersion); err != nil {
		return err
	}
	return w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
		if err := w.registerSimilarity(c); err != nil {
			return err
		}
		m := &modelling{ctx, c, &loader{ctx: ctx, conn: c, mem: w.mem}}
		files, err := fs.Glob(models, "models/*.sql")
		if err != nil {
			return err
		}
		if err := m.exec(fmt.Sprintf("SET VARIABLE window_days = %d; SET VARIABLE dedup_version = '%s'", w.opts.WindowDays, dedupVersion)); err != nil {
			return err
		}
		if err := writeMeta(ctx, c, "window_days", strconv.Itoa(w.opts.WindowDays)); err != nil {
			return err
		}
		for _, name := range files {
			if err := execFile(ctx, c, models, name); err != nil {
				return err
			}
			if err := m.after(name); err != nil {
				return fmt.Errorf("after %s: %w", name, err)
			}
		}
		return m.exec("DELETE FROM store.dirty; DELETE FROM store.dirty_crawls; DELETE FROM store.dirty_sources")
	})
}

// modelling is one transaction's deriving.
type modelling struct {
	ctx  context.Context
	conn *sql.Conn
	load *loader
}

func (m *modelling) exec(statements string) error {
	_, err := m.conn.ExecContext(m.ctx, statements)
	return err
}

// after does what takes SQL many rounds and a loop one.
func (m *modelling) after(file string) error {
	switch {
	case strings.HasSuffix(file, "32_sites.sql"), strings.HasSuffix(file, "60_blocks.sql"):
		return m.connect()
	case strings.HasSuffix(file, "61_clashes.sql"):
		return m.join()
	case strings.HasSuffix(file, "62_parts.sql"):
		return m.lead()
	}
	return nil
}

// registerSimilarity makes Options.Similar the SQL function text_similarity, once
// for the life of the writing connection.
func (w *Warehouse) registerSimilarity(c *sql.Conn) error {
	if w.similar {
		return nil
	}
	text, err := duckdb.NewTypeInfo(duckdb.TYPE_VARCHAR)
	if err != nil {
		return err
	}
	number, err := duckdb.NewTypeInfo(duckdb.TYPE_DOUBLE)
	if err != nil {
		return err
	}
	f := &similarity{similar: w.opts.Similar, config: duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{text, text}, ResultTypeInfo: number}}
	if err := duckdb.RegisterScalarUDF(c, "text_similarity", f); err != nil {
		return err
	}
	w.similar = true
	return nil
}

// similarity is a comparison of two texts as a function of the engine.
type similarity struct {
	similar func(a, b string) float64
	config  duckdb.ScalarFuncConfig
}

// Config gives the function's types.
func (s *similarity) Config() duckdb.ScalarFuncConfig { return s.config }

// Executor compares one pair; without a comparison the likeness is not known.
func (s *similarity) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(values []driver.Value) (any, error) {
		a, okA := values[0].(string)
		b, okB := values[1].(string)
		if s.similar == nil || !okA || !okB {
			return nil, nil
		}
		return s.similar(a, b), nil
	}}
}
