package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"testing"
)

// TestMigrate opens a warehouse of every earlier step, with a row in each of its
// tables, and wants the tables that a new one has.
func TestMigrate(t *testing.T) {
	ctx := context.Background()
	const columns = `SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'store' ORDER BY ALL`
	want := query(t, open(t, t.TempDir()), columns)
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for step := 1; step < len(files); step++ {
		t.Run(fmt.Sprint("from ", step), func(t *testing.T) {
			dir := t.TempDir()
			writeStep(t, filepath.Join(dir, File), files[:step])
			w := open(t, dir)
			if got := query(t, w, columns); got != want {
				t.Errorf("columns\n%s\nwant\n%s", got, want)
			}
			if err := w.Model(ctx); err != nil {
				t.Error(err)
			}
		})
	}
}

// writeStep makes a database by the first migrations only.
func writeStep(t *testing.T, file string, migrated []string) {
	t.Helper()
	ctx := context.Background()
	db, err := openFile(file, options(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	c, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := transact(ctx, c, func(ctx context.Context, c *sql.Conn) error {
		for _, name := range migrated {
			if err := execFile(ctx, c, migrations, name); err != nil {
				return err
			}
		}
		return writeMeta(ctx, c, "migration", strconv.Itoa(len(migrated)))
	}); err != nil {
		t.Fatal(err)
	}
	rows, err := c.QueryContext(ctx, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store' AND table_name <> 'meta'")
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	for _, name := range tables {
		if _, err := c.ExecContext(ctx, "INSERT INTO store."+name+" DEFAULT VALUES"); err != nil {
			t.Fatal(err)
		}
	}
}
