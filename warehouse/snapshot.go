package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"jobmarket/warehouse/tabular"
)

// Snapshot is a published warehouse, read-only and locked down: no statement
// reads or writes a file, or lifts a limit.
type Snapshot struct {
	db    *sql.DB
	path  string
	spill string // a folder of its own for what does not fit into memory
}

// OpenSnapshot opens what was last published in the data folder dir. A later
// Publish does not disturb it. Where nothing was published the error is
// [ErrNoSnapshot].
func OpenSnapshot(ctx context.Context, dir string, o Options) (*Snapshot, error) {
	return attachSnapshot(ctx, filepath.Join(dir, SnapshotFile), o.orDefault(), true)
}

// attachSnapshot opens a snapshot file. Only our own statements may go to one
// that is not locked.
func attachSnapshot(ctx context.Context, path string, o Options, locked bool) (_ *Snapshot, err error) {
	defer wrap(&err, "opening the snapshot %s", path)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: run the pipeline first", ErrNoSnapshot)
	} else if err != nil {
		return nil, err
	}
	// The driver keeps one database a path, so a reader that opens the path again
	// after a rename would get the old file; attached to a database in memory,
	// each reader has its own.
	attached := false
	connector, err := duckdb.NewConnector(":memory:", func(c driver.ExecerContext) error {
		if !attached {
			return nil
		}
		_, err := c.ExecContext(context.Background(), "USE snapshot", nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	s := &Snapshot{db: sql.OpenDB(connector), path: path}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	// A query may read the folder that its engine spills to, so it is nobody else's.
	if s.spill, err = os.MkdirTemp("", "jobmarket-spill-*"); err != nil {
		return nil, err
	}
	setup, err := s.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer setup.Close()
	statements := []string{
		"ATTACH " + quoteText(path) + " AS snapshot (READ_ONLY)",
		"SET memory_limit = " + quoteText(o.MemoryLimit),
		fmt.Sprintf("SET threads = %d", o.Threads),
		"SET temp_directory = " + quoteText(s.spill),
		"SET GLOBAL TimeZone = 'UTC'",
		"USE snapshot",
	}
	if locked {
		statements = append(statements, "SET enable_external_access = false", "SET lock_configuration = true")
	}
	for _, statement := range statements {
		if _, err := setup.ExecContext(ctx, statement); err != nil {
			return nil, fmt.Errorf("%s: %w", statement, err)
		}
	}
	attached = true
	return s, nil
}

// ErrNotReading says that a statement would do something else than read.
var ErrNotReading = errors.New("read-only: one statement that reads (SELECT, FROM, WITH, SHOW, DESCRIBE, SUMMARIZE, EXPLAIN)")

// QueryContext runs a query over the published views. The context bounds its
// time; the engine looks at it every few hundred milliseconds. What does not
// read is refused by [ErrNotReading]: even a temporary table would be seen by
// whoever is given the same connection next.
func (s *Snapshot) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	if err := s.reads(ctx, q); err != nil {
		return nil, err
	}
	return s.db.QueryContext(ctx, q, args...)
}

var explained = regexp.MustCompile(`(?i)^\s*explain\s+(analyze\s+)?`)

// reads lets the engine parse the query without running any of it: only what
// selects can be turned into a tree, and several statements show as several. A
// query that does not parse passes, for the engine to say what is wrong with it.
func (s *Snapshot) reads(ctx context.Context, q string) error {
	var failure sql.NullString
	var statements sql.NullInt64
	err := s.db.QueryRowContext(ctx, `SELECT json_extract_string(tree, '$.error_type'), json_array_length(tree, '$.statements')
		FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS tree)`, explained.ReplaceAllString(q, "")).Scan(&failure, &statements)
	if err != nil {
		return err
	}
	if failure.String == "parser" || !failure.Valid && statements.Int64 == 1 {
		return nil
	}
	return ErrNotReading
}

// Path is the snapshot's file.
func (s *Snapshot) Path() string { return s.path }

// Close gives the file free.
func (s *Snapshot) Close() error { return errors.Join(s.db.Close(), os.RemoveAll(s.spill)) }

// WriteRows writes the rows as a table for people, as "csv" or as "json" (see
// package tabular for what each does with hostile text), and closes them.
func WriteRows(w io.Writer, rows *sql.Rows, format string) error {
	_, err := tabular.Form{Format: format}.Write(w, rows)
	return err
}
