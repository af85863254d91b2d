package chart

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

//go:embed drawn.html
var drawnFile string

var drawn = template.Must(template.New("drawn").Parse(drawnFile))

// Row is a value with its interval.
type Row struct {
	Name   string
	Colour string // of the style sheet
	Value  float64
	Span   Span
	Words  string // the value in words, with its counts: "64 % (14 of 22)"
	Strong bool   // the row that the chart is about
	Href   string // where its name leads; empty: nowhere
}

// Scale says what the values are and how ticks are written.
type Scale struct {
	Head  string   // over the words: "share of jobs", "percentage points"
	Line  *float64 // the line that decides; nil: none
	Tick  func(float64) string
	Names string // over the names
	Ticks int    // about how many there is room for; 0: six
}

// Intervals draws values with their intervals, one row each, the first on top.
// Places are per cents of the drawing's width, so that it fits any page, and each
// row says its numbers in words.
func Intervals(c Chart, rows []Row, s Scale) (Chart, error) {
	low, high := bounds(rows, s.Line)
	step := niceStep(high-low, cmp.Or(s.Ticks, 6))
	place := func(v float64) string { return percentOf((v - low) / (high - low)) }
	view := struct {
		Scale
		Ticks []tick
		Rows  []drawnRow
		Line  string
	}{Scale: s}
	for v := math.Ceil(low/step-1e-9) * step; v <= high+step*1e-9; v += step {
		t := tick{At: place(v), Text: s.Tick(clean(v, step)), Anchor: "middle"}
		switch x := (v - low) / (high - low); {
		case x < 0.03:
			t.Anchor = "start"
		case x > 0.97:
			t.Anchor = "end"
		}
		view.Ticks = append(view.Ticks, t)
	}
	if s.Line != nil {
		view.Line = place(*s.Line)
	}
	for _, r := range rows {
		view.Rows = append(view.Rows, drawnRow{Row: r, From: place(r.Span.Low), To: place(r.Span.High), At: place(r.Value)})
	}
	var err error
	c.Drawn, err = render("intervals", view)
	return c, err
}

type tick struct{ At, Text, Anchor string }

type drawnRow struct {
	Row
	From, To, At string
}

// Short says whether the row's name stands on one line.
func (r drawnRow) Short() bool { return len(r.Name) <= 24 }

// bounds are the least and the most that is drawn. Shares begin at nought.
func bounds(rows []Row, line *float64) (low, high float64) {
	for _, r := range rows {
		low, high = math.Min(low, r.Span.Low), math.Max(high, r.Span.High)
	}
	if line != nil {
		low, high = math.Min(low, *line), math.Max(high, *line)
	}
	if high == low {
		high = low + 1
	}
	if low < 0 {
		low -= (high - low) / 50
	}
	return low, high + (high-low)/50
}

// niceStep is a step of 1, 2 or 5 times a power of ten that needs at most n to
// cover the range.
func niceStep(span float64, n int) float64 {
	rough := span / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, k := range []float64{1, 2, 5} {
		if k*power >= rough*0.999 {
			return k * power
		}
	}
	return 10 * power
}

// clean takes the dust of binary fractions off a multiple of the step.
func clean(v, step float64) float64 {
	if math.Abs(v) < step/2 {
		return 0
	}
	digits := int(math.Max(0, 2-math.Floor(math.Log10(step))))
	f, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', digits, 64), 64)
	return f
}

func percentOf(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", 100*math.Max(0, math.Min(1, x))), "0"), ".") + "%"
}

// Glyph is a value with its interval about the line that decides, small enough to
// stand in a list: what lies right of the line speaks for the claim.
func Glyph(value float64, span Span, line float64, title, class string) (template.HTML, error) {
	half := math.Max(math.Abs(span.Low-line), math.Abs(span.High-line))
	if half == 0 || math.IsInf(half, 0) {
		half = 1
	}
	place := func(v float64) string { return percentOf(0.5 + 0.47*math.Max(-1, math.Min(1, (v-line)/half))) }
	return render("glyph", map[string]string{"From": place(span.Low), "To": place(span.High), "At": place(value), "Title": title, "Class": class})
}

func render(name string, view any) (template.HTML, error) {
	var b bytes.Buffer
	if err := drawn.ExecuteTemplate(&b, name, view); err != nil {
		return "", fmt.Errorf("drawing %s: %w", name, err)
	}
	return template.HTML(b.String()), nil // #nosec: html/template has escaped it
}
