package warehouse

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"jobmarket/warehouse/schema"
)

// migrations change the tables of the store, each once and in the order of
// their numbers. A file that has been released is never edited.
//
//go:embed migrations/*.sql
var migrations embed.FS

// views are the published relations. They hold no rows, so every opening makes
// them again, in the order of their file names.
//
//go:embed views/*.sql
var views embed.FS

// migrate brings the tables and views of the database up to date.
func migrate(ctx context.Context, c *sql.Conn) error {
	return transact(ctx, c, func(ctx context.Context, c *sql.Conn) error {
		at, err := migrated(ctx, c)
		if err != nil {
			return err
		}
		files, err := fs.Glob(migrations, "migrations/*.sql")
		if err != nil {
			return err
		}
		if at > len(files) {
			return fmt.Errorf("%w: its tables are at step %d, this program knows %d", ErrNewer, at, len(files))
		}
		for i, name := range files {
			number, _, _ := strings.Cut(path.Base(name), "_")
			if n, err := strconv.Atoi(number); err != nil || n != i+1 {
				return fmt.Errorf("%s: migrations are numbered from 0001 without a gap", name)
			}
			if i < at {
				continue
			}
			if err := execFile(ctx, c, migrations, name); err != nil {
				return err
			}
		}
		if at < len(files) {
			if err := writeMeta(ctx, c, "migration", strconv.Itoa(len(files))); err != nil {
				return err
			}
			if err := commentStore(ctx, c); err != nil {
				return err
			}
		}
		return publishViews(ctx, c)
	})
}

// migrated is the number of the last migration that ran; 0 for a new file.
func migrated(ctx context.Context, c *sql.Conn) (int, error) {
	var tables int
	err := c.QueryRowContext(ctx, `SELECT count(*) FROM information_schema.tables
		WHERE table_schema = 'store' AND table_name = 'meta'`).Scan(&tables)
	if err != nil || tables == 0 {
		return 0, err
	}
	s, err := readMeta(ctx, c, "migration")
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(s)
}

func execFile(ctx context.Context, c *sql.Conn, files fs.FS, name string) error {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, string(b)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// publishViews makes the views of the schema main and writes what each column
// means: a comment given in the views' own files, else that of the row type's
// column of the same name.
func publishViews(ctx context.Context, c *sql.Conn) error {
	files, err := fs.Glob(views, "views/*.sql")
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := execFile(ctx, c, views, name); err != nil {
			return err
		}
	}
	comments := columnComments()
	rows, err := c.QueryContext(ctx, `SELECT table_name, column_name FROM duckdb_columns()
		WHERE database_name = current_database() AND schema_name = 'main' AND comment IS NULL AND NOT internal
		ORDER BY table_name, column_index`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var view, column string
		if err := rows.Scan(&view, &column); err != nil {
			return err
		}
		if text := comments[column]; text != "" {
			fmt.Fprintf(&b, "COMMENT ON COLUMN main.%s.%s IS %s;\n", quoteName(view), quoteName(column), quoteText(text))
		}
	}
	if err := rows.Err(); err != nil || b.Len() == 0 {
		return err
	}
	_, err = c.ExecContext(ctx, b.String())
	return err
}

// publishedText is what the views and macros of this program say.
func publishedText() ([]byte, error) {
	files, err := fs.Glob(views, "views/*.sql")
	if err != nil {
		return nil, err
	}
	var all []byte
	for _, name := range files {
		b, err := fs.ReadFile(views, name)
		if err != nil {
			return nil, err
		}
		all = append(all, b...)
	}
	return all, nil
}

// tables calls f with every row type's table: its name, comment and columns as
// pairs of name and comment.
func tables(f func(name, comment string, columns [][2]string)) {
	describe(f, schema.Crawls)
	describe(f, schema.Pages)
	describe(f, schema.Sightings)
	describe(f, schema.Postings)
	describe(f, schema.Rejects)
	describe(f, schema.Facts)
	describe(f, schema.Labels)
	describe(f, schema.Mentions)
	describe(f, schema.Features)
}

func describe[T any](f func(name, comment string, columns [][2]string), t schema.Table[T]) {
	columns := make([][2]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = [2]string{c.Name, c.Comment}
	}
	f(t.Name, t.Comment, columns)
}

// columnComments are the sentences of the row types by column name. Where two
// tables use one name for two things, the views' own files say which is meant.
func columnComments() map[string]string {
	all := map[string]string{}
	tables(func(_, _ string, columns [][2]string) {
		for _, c := range columns {
			if all[c[0]] == "" {
				all[c[0]] = c[1]
			}
		}
	})
	return all
}

// commentStore writes the sentences of the row types onto the tables.
func commentStore(ctx context.Context, c *sql.Conn) error {
	var b strings.Builder
	tables(func(name, comment string, columns [][2]string) {
		fmt.Fprintf(&b, "COMMENT ON TABLE store.%s IS %s;\n", quoteName(name), quoteText(comment))
		for _, col := range columns {
			fmt.Fprintf(&b, "COMMENT ON COLUMN store.%s.%s IS %s;\n", quoteName(name), quoteName(col[0]), quoteText(col[1]))
		}
	})
	_, err := c.ExecContext(ctx, b.String())
	return err
}

func quoteName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func quoteText(s string) string { return `'` + strings.ReplaceAll(s, `'`, `''`) + `'` }
