package chart

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the goldens")

func value(x float64) *float64 { return &x }

// golden compares with a file of testdata, or rewrites it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Error(d)
	}
}

// options is the chart's payload, indented, after the checks that hold for all.
func options(t *testing.T, c Chart, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(string(c.JSON), "<>&\u2028\u2029") {
		t.Errorf("the options hold a character that may end a script element: %s", c.JSON)
	}
	var v any
	if err := json.Unmarshal([]byte(c.JSON), &v); err != nil {
		t.Fatal(err)
	}
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

func TestLines(t *testing.T) {
	c, err := Lines(Chart{ID: "x", Unit: "jobs", Marks: []Mark{{1, "2021", "2021-03-04", "</script>"}}}, []string{"2020", "2021"},
		[]Series{{Name: "</script><script>\u2028", Colour: "crypto", Dash: "solid", Values: []*float64{value(1), nil}, Band: []Span{{0.5, 2}, {0, 1}}}}, false)
	golden(t, "lines.json", options(t, c, err))
}

func TestDots(t *testing.T) {
	c, err := Dots(Chart{ID: "x", Unit: "difference"}, []Dot{{"a − b", "link", 0.1, Span{-0.2, 0.4}}, {"c", "ink", 0, Span{0, 0}}}, true)
	golden(t, "dots.json", options(t, c, err))
}

func TestWriteCSV(t *testing.T) {
	var b strings.Builder
	table := Table{Columns: []string{"employer", "n"}, Rows: [][]any{
		{"=1+1", 2.5}, {"+49", 1}, {"-x", -3}, {"@sum", true}, {"  =cmd|' /C calc'!A0", 0}, {"\t=1", 0}, {"＝1", 0}, {"plain, \"quoted\"\nline", 1e15}}}
	if err := WriteCSV(&b, table, true); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows[1:] {
		got = append(got, r[0])
		if r[2] != "true" {
			t.Errorf("row %v does not say that it is simulated", r)
		}
	}
	want := []string{"'=1+1", "'+49", "'-x", "'@sum", "'  =cmd|' /C calc'!A0", "'\t=1", "'＝1", "plain, \"quoted\"\nline"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if n := rows[8][1]; n != "1000000000000000" {
		t.Errorf("10^15 became %q", n)
	}
	if rows[3][1] != "-3" {
		t.Errorf("the number -3 became %q: numbers are no formulas", rows[3][1])
	}
}
