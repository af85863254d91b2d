package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// ErrExport says that a relation or a format cannot be exported.
var ErrExport = errors.New("cannot export")

// Export writes published relations of the snapshot in the data folder dir, each
// to a file of its own in the folder to: "NAME.parquet" or "NAME.csv". With no
// names it writes all. A file appears whole or not at all; the column
// "simulated" is in every file, added where the relation lacks it. It returns
// the files.
func Export(ctx context.Context, dir, to, format string, names []string, o Options) (files []string, err error) {
	defer wrap(&err, "exporting from %s", dir)
	form := map[string]string{"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER true"}[format]
	if form == "" {
		return nil, fmt.Errorf("%w as %q: want parquet or csv", ErrExport, format)
	}
	s, err := attachSnapshot(ctx, filepath.Join(dir, SnapshotFile), o.orDefault(), false)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	published, err := s.published(ctx)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		names = published.names
	}
	if err := os.MkdirAll(to, 0o777); err != nil {
		return nil, err
	}
	for _, name := range names {
		columns, ok := published.columns[name]
		if !ok {
			return files, fmt.Errorf("%w %q: the published relations are %s", ErrExport, name, strings.Join(published.names, ", "))
		}
		selected := "SELECT *"
		if !columns["simulated"] {
			selected = fmt.Sprintf("SELECT *, %t AS simulated", published.simulated)
		}
		file := filepath.Join(to, name+"."+format)
		copyTo := fmt.Sprintf("COPY (%s FROM %s) TO %s (%s)", selected, quoteName(name), quoteText(file+".new"), form)
		if _, err := s.db.ExecContext(ctx, copyTo); err != nil {
			return files, errors.Join(err, removeAll(file+".new"))
		}
		if err := syncFile(file + ".new"); err != nil {
			return files, err
		}
		if err := os.Rename(file+".new", file); err != nil {
			return files, err
		}
		files = append(files, file)
	}
	return files, syncFile(to)
}

// relations are what a snapshot publishes.
type relations struct {
	names     []string
	columns   map[string]map[string]bool
	simulated bool // the folder holds the simulated market
}

func (s *Snapshot) published(ctx context.Context) (*relations, error) {
	r := &relations{columns: map[string]map[string]bool{}}
	var kept sql.NullString
	if err := s.db.QueryRowContext(ctx, "SELECT max(value) FROM store.meta WHERE name = 'data'").Scan(&kept); err != nil {
		return nil, err
	}
	r.simulated = kept.String == "simulated"
	rows, err := s.db.QueryContext(ctx, `SELECT table_name, column_name FROM duckdb_columns()
		WHERE database_name = 'snapshot' AND schema_name = 'main' ORDER BY table_name, column_index`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, column string
		if err := rows.Scan(&name, &column); err != nil {
			return nil, err
		}
		if r.columns[name] == nil {
			r.columns[name] = map[string]bool{}
			r.names = append(r.names, name)
		}
		r.columns[name][column] = true
	}
	return r, rows.Err()
}
