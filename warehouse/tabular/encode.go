package tabular

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// sampleRows are read before a table's widths are settled; wider cells after
// them are cut.
const sampleRows = 5_000

// tableEncoder writes columns side by side, numbers to the right.
type tableEncoder struct {
	w       *bufio.Writer
	max     int
	columns []column
	widths  []int
	sample  [][]cell
	settled bool
}

type cell struct {
	text  string
	width int
}

func (e *tableEncoder) head(columns []column) error {
	e.columns, e.widths = columns, make([]int, len(columns))
	cells := make([]cell, len(columns))
	for i, c := range columns {
		cells[i].text, cells[i].width = fit(Shown(c.name), e.max)
		e.widths[i] = cells[i].width
	}
	e.sample = append(e.sample, cells)
	return nil
}

func (e *tableEncoder) row(values []any) error {
	cells := make([]cell, len(values))
	for i, v := range values {
		s, limit := "NULL", e.max
		if v != nil {
			s = Shown(text(v))
		}
		if e.settled {
			limit = e.widths[i]
		}
		cells[i].text, cells[i].width = fit(s, limit)
		e.widths[i] = max(e.widths[i], cells[i].width)
	}
	if e.settled {
		return e.write(cells)
	}
	if e.sample = append(e.sample, cells); len(e.sample) > sampleRows {
		return e.settle()
	}
	return nil
}

// settle writes what was held back to learn the widths.
func (e *tableEncoder) settle() error {
	e.settled = true
	for i, cells := range e.sample {
		if err := e.write(cells); err != nil {
			return err
		}
		if i == 0 {
			rule := make([]string, len(e.widths))
			for j, n := range e.widths {
				rule[j] = strings.Repeat("-", n)
			}
			if _, err := fmt.Fprintln(e.w, strings.Join(rule, "  ")); err != nil {
				return err
			}
		}
	}
	e.sample = nil
	return nil
}

func (e *tableEncoder) write(cells []cell) error {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteString("  ")
		}
		pad := strings.Repeat(" ", max(0, e.widths[i]-c.width))
		switch {
		case e.columns[i].number:
			b.WriteString(pad + c.text)
		case i == len(cells)-1:
			b.WriteString(c.text)
		default:
			b.WriteString(c.text + pad)
		}
	}
	b.WriteByte('\n')
	_, err := e.w.WriteString(b.String())
	return err
}

func (e *tableEncoder) tail(rows int) error {
	if !e.settled {
		if err := e.settle(); err != nil {
			return err
		}
	}
	plural := "s"
	if rows == 1 {
		plural = ""
	}
	_, err := fmt.Fprintf(e.w, "(%d row%s)\n", rows, plural)
	return err
}

// csvEncoder writes a head line and a line a row.
type csvEncoder struct {
	w                     *csv.Writer
	terminal, spreadsheet bool
	cells                 []string
}

func newCSV(w *bufio.Writer, terminal, spreadsheet bool) *csvEncoder {
	return &csvEncoder{w: csv.NewWriter(w), terminal: terminal, spreadsheet: spreadsheet}
}

func (e *csvEncoder) head(columns []column) error {
	e.cells = make([]string, len(columns))
	for i, c := range columns {
		e.cells[i] = e.cell(c.name)
	}
	return e.w.Write(e.cells)
}

func (e *csvEncoder) row(values []any) error {
	for i, v := range values {
		if n, ok := v.(number); ok {
			e.cells[i] = string(n)
			continue
		}
		e.cells[i] = e.cell(text(v))
	}
	return e.w.Write(e.cells)
}

// cell makes a text fit for where it goes.
func (e *csvEncoder) cell(s string) string {
	if e.spreadsheet && s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		s = "'" + s
	}
	if e.terminal {
		s = Shown(s)
	}
	return s
}

func (e *csvEncoder) tail(int) error {
	e.w.Flush()
	return e.w.Error()
}

// jsonEncoder writes an array of objects, one a line.
type jsonEncoder struct {
	w     *bufio.Writer
	names [][]byte
	line  []byte
	begun bool
}

func (e *jsonEncoder) head(columns []column) error {
	seen := map[string]int{}
	for _, c := range columns {
		name := c.name
		// An object with one name twice would lose the first value in most readers.
		for seen[c.name]++; seen[name] > 1 && name == c.name; {
			name = c.name + "_" + strconv.Itoa(seen[c.name])
		}
		e.names = append(e.names, appendJSON(nil, name))
	}
	return e.w.WriteByte('[')
}

func (e *jsonEncoder) row(values []any) error {
	b := e.line[:0]
	if e.begun {
		b = append(b, ',')
	}
	e.begun = true
	b = append(b, "\n{"...)
	for i, v := range values {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, e.names[i]...)
		b = append(b, ": "...)
		b = appendJSON(b, v)
	}
	e.line = append(b, '}')
	_, err := e.w.Write(e.line)
	return err
}

func (e *jsonEncoder) tail(int) error {
	_, err := e.w.WriteString("\n]\n")
	return err
}

// appendJSON writes a plain value as JSON with nothing in it that a terminal
// would obey.
func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case number:
		return append(b, v...)
	case string:
		return appendString(b, v)
	case []any:
		b = append(b, '[')
		for i := range v {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendJSON(b, v[i])
		}
		return append(b, ']')
	case []field:
		b = append(b, '{')
		for i, f := range v {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = append(appendString(b, f.name), ": "...)
			b = appendJSON(b, f.value)
		}
		return append(b, '}')
	}
	return appendString(b, fmt.Sprint(v))
}

func appendString(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil { // json.Marshal of a string cannot fail
		return append(b, "null"...)
	}
	for _, r := range string(quoted) {
		switch {
		case !obeyed(r):
			b = append(b, string(r)...)
		case r < 0x10000:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			r -= 0x10000
			b = fmt.Appendf(b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		}
	}
	return b
}
