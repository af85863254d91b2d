// Package chart makes one chart of numbers: the drawing, the table that says the
// same in words, and the file of its data. It knows ECharts' options, SVG and CSV;
// it knows neither where numbers come from nor the page.
//
// What runs over time is drawn by ECharts. Its options are built with go-echarts
// and leave here as JSON that may stand in a script element: encoding/json escapes
// <, > and &, and U+2028/9. No option holds JavaScript. Colours are not in them:
// they name a colour of the style sheet, and the page's script fills it in for
// light or dark.
//
// # Decisions
//
// 2026-11-25: values with intervals, and single ads on a line of time, are drawn
// here as SVG in a table ([Intervals], [Strip]). Each row says its numbers in
// words, prints, needs no script, and fits any width, since all places are per
// cents. Nothing in them moves, so ECharts added a megabyte and an empty box for
// whoever runs no scripts.
package chart

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Chart is one drawing with its numbers.
type Chart struct {
	ID      string // letters, digits and underscores: element id and file name
	Title   string
	Unit    string // of the value axis, in words
	Height  string // panels, short, third or empty: a class of the style sheet
	Alt     string // what the chart shows, a sentence for people who do not see it
	Caption string // one line: how many, when, from where
	Keys    []Key  // what its signs mean
	How     []Fact // how it was counted, in order
	Table   Table
	Query   string // SQL that gives its numbers
	More    string // address of the jobs behind it; empty: none
	Empty   string // why there is nothing to draw; empty when there is
	JSON    template.JS
	Drawn   template.HTML // a drawing that needs no script
}

// Opened says whether the table stands open since it is all there is to see.
func (c Chart) Opened() bool {
	return c.Empty != "" && len(c.Table.Rows) > 0 && len(c.Table.Rows) <= 24
}

// Fact is one line of "how counted".
type Fact struct{ Name, Value string }

// Key says what a sign of the drawing means. The sign is a class of the style
// sheet: line, dashed, bar, dot, part, partbar, whisker, band, zero, gap, strip or tick.
type Key struct{ Sign, Colour, Text string }

// Table is the chart's numbers. Cells are strings or numbers.
type Table struct {
	Columns []string
	Rows    [][]any
}

// payload is what the page's script reads.
type payload struct {
	Kind    string               `json:"kind"`
	Option  any                  `json:"option"`
	Colours map[string]string    `json:"colours"`          // series -> name of a colour in the style sheet
	Dashes  map[string]string    `json:"dashes,omitempty"` // series -> dashed or dotted
	Spans   map[string][]*[2]any `json:"spans,omitempty"`  // series -> interval at each point
	Bands   []string             `json:"bands,omitempty"`  // series whose intervals are one band
	Percent bool                 `json:"percent,omitempty"`
	Max     float64              `json:"max,omitempty"` // of the value axis, where charts share one
	Axis    *axis                `json:"axis,omitempty"`
}

// encode writes the payload so that it may stand in a script element.
func encode(p payload) (template.JS, error) {
	b, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("chart options: %w", err)
	}
	return template.JS(b), nil // #nosec: encoding/json leaves no <, > or & in it
}

// WriteCSV writes the table, broken numbers to four decimals. Text that a spreadsheet
// would take for a formula gets an apostrophe before it (OWASP, CSV injection), within
// a cell too, after what a spreadsheet may part cells at. Simulated data has a column
// that says so.
func WriteCSV(w io.Writer, t Table, simulated bool) error {
	out := csv.NewWriter(w)
	head := append([]string{}, t.Columns...)
	if simulated {
		head = append(head, "simulated")
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, row := range t.Rows {
		cells := make([]string, 0, len(row)+1)
		for _, c := range row {
			cells = append(cells, cell(c))
		}
		if simulated {
			cells = append(cells, "true")
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// inner is a formula within a cell, where a spreadsheet that parts cells at semicolons
// or tabs would begin another; a line's end begins another in any whose quotes it did
// not understand.
var inner = regexp.MustCompile(`([;\t\r\n] *)([=+\-@＝＋－＠])`)

func cell(v any) string {
	s, ok := v.(string)
	if f, number := v.(float64); number {
		return strconv.FormatFloat(math.Round(f*1e4)/1e4, 'f', -1, 64)
	} else if !ok {
		return fmt.Sprint(v)
	}
	s = strings.ReplaceAll(s, "\x00", "")
	if trimmed := strings.TrimLeft(s, " "); trimmed != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(trimmed)[0]) {
		s = "'" + s
	}
	return inner.ReplaceAllString(s, "$1'$2")
}
