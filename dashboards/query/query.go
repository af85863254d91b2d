// Package query is how the room that reads asks: a small querier, named .sql
// files, and rows into values. It knows how a literal is written in SQL; it
// knows neither an engine nor what any table means.
//
// The files are text/template over SQL, in a subset that DuckDB and ClickHouse
// both read: no engine's own functions beyond date_trunc and date_diff, no
// correlated subqueries, every COUNT DISTINCT over one column.
//
// # Decisions
//
// 2026-11-22: values are written into the text as quoted literals and not bound
// as parameters, since the text of a claim's query is shown to the reader, who
// pastes it into `jobmarket sql` and must get the same ads. What cannot be
// quoted the same way by every engine (a backslash, a control character) is
// refused instead of escaped.
package query

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"
)

// Querier answers SQL that reads. *sql.DB is one; so is the warehouse's snapshot.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

//go:embed open.sql
var open string

// Set is a folder of named queries.
type Set struct{ t *template.Template }

// MustParse reads every file that matches the pattern, and gives each what
// "open" means. It panics on a bad template: the files are embedded, so that is a
// mistake of ours.
func MustParse(files fs.FS, pattern string) Set {
	t := template.Must(template.New("open.sql").Option("missingkey=error").Funcs(template.FuncMap{
		"str": Quote, "list": List, "date": Date,
	}).Parse(open))
	return Set{template.Must(t.ParseFS(files, pattern))}
}

// Text is the query of the given name, "stock.sql", with the values of data in it.
func (s Set) Text(name string, data any) (string, error) {
	var b strings.Builder
	if err := s.t.ExecuteTemplate(&b, path.Base(name), data); err != nil {
		return "", fmt.Errorf("query %s: %w", name, err)
	}
	return strings.TrimSpace(b.String()), nil
}

// Quote writes s as a SQL string. It refuses what engines read differently.
func Quote(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("%q cannot stand in a query: it is not UTF-8", s)
	}
	for _, r := range s {
		if r == '\\' || unicode.IsControl(r) {
			return "", fmt.Errorf("%q cannot stand in a query: it holds a backslash or a control character", s)
		}
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'", nil
}

// List writes the values as a parenthesised list of SQL strings. The empty list
// is (”) so that the text stays valid SQL; no id or name is empty.
func List(values []string) (string, error) {
	if len(values) == 0 {
		return "('')", nil
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		q, err := Quote(v)
		if err != nil {
			return "", err
		}
		quoted[i] = q
	}
	return "(" + strings.Join(quoted, ", ") + ")", nil
}

// Date writes the day of t, UTC, as a SQL date.
func Date(t time.Time) string { return "DATE '" + t.UTC().Format(time.DateOnly) + "'" }

// Rows reads every row of the query's answer with scan, in order.
func Rows[T any](ctx context.Context, q Querier, text string, scan func(*sql.Rows) (T, error)) (_ []T, err error) {
	rows, err := q.QueryContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("%w\nin the query\n%s", err, text)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("%w\nin the query\n%s", err, text)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
