// Package tabular writes the rows of a query as a table for people, as CSV or as
// JSON. It knows the engine's value types and what a terminal would obey; it
// must not know any table, or what a value means.
//
// 2026-11-22: what is written to a terminal never carries a control character,
// an escape sequence or a mark that turns the direction of text: such runes are
// shown as escapes ("\n", "\x1b", "\u202e"). JSON is escaped likewise wherever
// it goes, which loses nothing. CSV that does not go to a terminal is exact, as
// RFC 4180 has it but with plain line feeds, since another program reads it;
// the format "spreadsheet" is CSV in which a cell that a spreadsheet would run
// as a formula has an apostrophe before it. In both, NULL is an empty cell.
package tabular

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// Formats are the names that [Form.Format] may have.
var Formats = []string{"table", "csv", "json", "spreadsheet"}

var (
	// ErrFormat says that a format has no such name.
	ErrFormat = errors.New("unknown format")
	// ErrMoreRows says that rows beyond Form.MaxRows were not written.
	ErrMoreRows = errors.New("there are more rows")
)

// Form says how rows are written.
type Form struct {
	Format   string // one of Formats; empty means table
	MaxRows  int    // rows written at most; 0: all
	MaxWidth int    // columns of a terminal that a table's cell takes at most; 0: 60
	Terminal bool   // CSV goes to a terminal; implied when the writer is one
}

// encoder writes one format.
type encoder interface {
	head(columns []column) error
	row(values []any) error
	tail(rows int) error
}

// column is one column of the result.
type column struct {
	name   string
	kind   string // the engine's name of its type
	number bool
}

// Write writes all rows, closes them, and returns how many it wrote. When there
// are more than MaxRows the error is [ErrMoreRows].
func (f Form) Write(w io.Writer, rows *sql.Rows) (n int, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := columnsOf(rows)
	if err != nil {
		return 0, err
	}
	buffered := bufio.NewWriter(w)
	enc, err := f.encoder(buffered, f.Terminal || isTerminal(w))
	if err != nil {
		return 0, err
	}
	if err := enc.head(columns); err != nil {
		return 0, err
	}
	values, at := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		at[i] = &values[i]
	}
	var more error
	for rows.Next() {
		if f.MaxRows > 0 && n == f.MaxRows {
			more = fmt.Errorf("%w than %d", ErrMoreRows, f.MaxRows)
			break
		}
		if err := rows.Scan(at...); err != nil {
			return n, err
		}
		for i := range values {
			values[i] = plain(values[i], columns[i].kind)
		}
		if err := enc.row(values); err != nil {
			return n, err
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	if err := enc.tail(n); err != nil {
		return n, err
	}
	return n, errors.Join(buffered.Flush(), more)
}

func (f Form) encoder(w *bufio.Writer, terminal bool) (encoder, error) {
	switch f.Format {
	case "", "table":
		width := f.MaxWidth
		if width == 0 {
			width = 60
		}
		return &tableEncoder{w: w, max: width}, nil
	case "csv":
		return newCSV(w, terminal, false), nil
	case "spreadsheet":
		return newCSV(w, terminal, true), nil
	case "json":
		return &jsonEncoder{w: w}, nil
	}
	return nil, fmt.Errorf("%w %q: want %s", ErrFormat, f.Format, strings.Join(Formats, ", "))
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func columnsOf(rows *sql.Rows) ([]column, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	columns := make([]column, len(types))
	for i, t := range types {
		kind := t.DatabaseTypeName()
		columns[i] = column{name: t.Name(), kind: kind, number: isNumber(kind)}
	}
	return columns, nil
}

func isNumber(kind string) bool {
	switch {
	case strings.HasSuffix(kind, "INT"), strings.HasSuffix(kind, "INTEGER"), strings.HasPrefix(kind, "DECIMAL"),
		kind == "FLOAT", kind == "DOUBLE":
		return true
	}
	return false
}
