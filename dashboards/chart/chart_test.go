package chart

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

func day(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }

const hostile = "</script><script>\u2028<b>"

func TestLines(t *testing.T) {
	a := Axis{From: day("2020-01-01"), To: day("2022-12-31"), Gaps: []Gap{{day("2021-03-01"), day("2021-06-01")}}, Watched: []Watched{{day("2020-01-01"), 2}, {day("2021-03-01"), 0}},
		Marks: []Mark{{Day: day("2021-03-04"), Text: hostile, Main: true}, {Day: day("2021-04-04"), Text: "another"}}, Periods: map[time.Time]string{day("2020-07-02"): hostile}}
	c, err := Lines(Chart{ID: "x", Unit: "jobs"}, a, []Series{
		{Name: hostile, Colour: "crypto", Points: []Point{{At: day("2020-07-02"), Value: value(1), Span: &Span{0.5, 2}, Tip: hostile}, {At: day("2021-07-02")}, {At: day("2022-07-02"), Value: value(3), Part: true}}},
		{Name: "bars", Colour: "ink", Dash: "dashed", Bars: true, Points: []Point{{At: day("2020-07-02"), Value: value(4)}, {At: day("2021-07-02")}, {At: day("2022-07-02"), Value: value(2), Part: true}}},
	}, false, 0)
	golden(t, "lines.json", options(t, c, err))
}

func TestCurve(t *testing.T) {
	c, err := Curve(Chart{ID: "x", Unit: "share"}, []Series{{Name: "a", Colour: "link", Band: true, Points: []Point{{X: 0, Value: value(1), Span: &Span{1, 1}}, {X: 7, Value: value(0.5), Span: &Span{0.25, 0.75}}}}}, true)
	golden(t, "curve.json", options(t, c, err))
}

// A point between gaps must be seen, and so must one at either end.
func TestPointsAlone(t *testing.T) {
	c, err := Lines(Chart{ID: "x"}, Axis{From: day("2020-01-01"), To: day("2020-12-31")}, []Series{{Name: "a", Points: []Point{
		{At: day("2020-01-01"), Value: value(1)}, {At: day("2020-02-01")}, {At: day("2020-03-01"), Value: value(1)}, {At: day("2020-04-01"), Value: value(1)}, {At: day("2020-05-01")}, {At: day("2020-06-01"), Value: value(1)}}}}, false, 0)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(c.JSON), `"symbol":"circle"`); n != 2 {
		t.Errorf("%d points are drawn as points, want the first and the last", n)
	}
}

func TestIntervals(t *testing.T) {
	zero := 0.0
	c, err := Intervals(Chart{ID: "x"}, []Row{{Name: hostile, Colour: "link", Value: 0.1, Span: Span{-0.2, 0.4}, Words: hostile}, {Name: "c", Colour: "ink", Value: 0, Span: Span{0, 0}, Words: "+0.0"}},
		Scale{Names: "what", Head: "percentage points", Line: &zero, Tick: func(v float64) string { return fmt.Sprint(v) }})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "intervals.html", []byte(c.Drawn))
	if strings.Contains(string(c.Drawn), "<script") || strings.Contains(string(c.Drawn), "<b>") {
		t.Error("a name is markup")
	}
}

func TestStripAndGlyph(t *testing.T) {
	c, err := Strip(Chart{ID: "x"}, []Lane{{Name: hostile, Words: "2 ads", Items: []Item{{day("2019-01-01"), "crypto", hostile, "javascript:alert(1)"}, {day("2021-01-01"), "web", "b", "#ad-1"}}}}, day("2018-01-01"), day("2022-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	g, err := Glyph(0.2, Span{-0.1, 0.5}, 0, hostile, "undecided")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "strip.html", []byte(c.Drawn+"\n"+g+"\n"))
	for _, never := range []string{"<script", "javascript:", "style="} {
		if strings.Contains(string(c.Drawn+g), never) {
			t.Errorf("the drawing holds %s", never)
		}
	}
}

// Steps are 1, 2 or 5 times a power of ten; ticks are what a reader would write.
func TestNiceStep(t *testing.T) {
	for _, c := range []struct {
		span float64
		n    int
		want float64
	}{{1, 4, 0.5}, {0.35, 4, 0.1}, {0.004, 4, 0.001}, {7, 4, 2}, {100, 4, 50}, {20, 4, 5}} {
		if got := niceStep(c.span, c.n); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v in %d steps: %v, want %v", c.span, c.n, got, c.want)
		}
	}
	if got := clean(3*0.1, 0.1); got != 0.3 {
		t.Errorf("three tenths are %v", got)
	}
}

func TestWriteCSV(t *testing.T) {
	var b strings.Builder
	table := Table{Columns: []string{"employer", "n"}, Rows: [][]any{
		{"=1+1", 2.5}, {"+49", 1}, {"-x", -3}, {"@sum", true}, {"  =cmd|' /C calc'!A0", 0}, {"\t=1", 0}, {"＝1", 0}, {"Dev;=cmd|' /C calc'!A0;x", 1.0 / 3}, {"a\t@b\n-c; +d, =e", 0}, {"plain, \"quoted\"\nline", 1e15}}}
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
	want := []string{"'=1+1", "'+49", "'-x", "'@sum", "'  =cmd|' /C calc'!A0", "'\t'=1", "'＝1", "Dev;'=cmd|' /C calc'!A0;x", "a\t'@b\n'-c; '+d, =e", "plain, \"quoted\"\nline"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if n := rows[8][1]; n != "0.3333" {
		t.Errorf("a third became %q", n)
	}
	if n := rows[10][1]; n != "1000000000000000" {
		t.Errorf("10^15 became %q", n)
	}
	if rows[3][1] != "-3" {
		t.Errorf("the number -3 became %q: numbers are no formulas", rows[3][1])
	}
}
