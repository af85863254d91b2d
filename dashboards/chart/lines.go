package chart

import (
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Series is one line, or one row of bars.
type Series struct {
	Name   string
	Colour string // of the style sheet: "crypto", "ink"
	Dash   string // solid, dashed, dotted
	Bars   bool   // bars and no line
	Loose  bool   // points that no line joins
	Band   bool   // the intervals are one band, and not a whisker each
	Points []Point
}

// Point is one value, or a gap where there is none.
type Point struct {
	X     float64 // of a curve; charts over time have At
	At    time.Time
	Value *float64
	Span  *Span  // its interval
	Part  bool   // only a part of it was watched: drawn hollow
	Tip   string // what it says when it is pointed at
}

// Span is an interval, from low to high.
type Span struct{ Low, High float64 }

// Axis is the time that a chart runs over, and what was watched in it.
type Axis struct {
	From, To time.Time
	Gaps     []Gap     // stretches in which no source was watched
	Watched  []Watched // how many sources were, from each day on
	Marks    []Mark
	Periods  map[time.Time]string // what to say over the points of a time
	Peak     string               // most sources watched at once, in words
}

// Gap is the time from one day up to another.
type Gap struct{ From, To time.Time }

// Watched is the number of sources that were watched from a day on.
type Watched struct {
	From time.Time
	N    int
}

// Mark is something that a reader must know before taking a step in a line for
// news. A main one is drawn through the chart, the others as ticks below it.
type Mark struct {
	Day  time.Time
	Text string
	Main bool
	End  bool // something ends there
}

// axis is an Axis as the page's script reads it: times in milliseconds.
type axis struct {
	From    int64            `json:"from"`
	To      int64            `json:"to"`
	Gaps    [][2]int64       `json:"gaps,omitempty"`
	Watched [][2]int64       `json:"watched,omitempty"`
	Ticks   []int64          `json:"ticks,omitempty"`
	Main    []main           `json:"main,omitempty"`
	Periods map[int64]string `json:"periods"`
}

type main struct {
	At   int64  `json:"at"`
	Text string `json:"text"`
	End  bool   `json:"end,omitempty"`
}

// Lines draws series over time in one frame; on a shared scale where max is not 0.
func Lines(c Chart, a Axis, series []Series, percent bool, max float64) (Chart, error) {
	return overTime("lines", c, a, series, percent, max)
}

// Panels draws each series in a frame of its own, all on one scale.
func Panels(c Chart, a Axis, series []Series) (Chart, error) {
	c.Height = "panels"
	return overTime("panels", c, a, series, false, 0)
}

func overTime(kind string, c Chart, a Axis, series []Series, percent bool, max float64) (Chart, error) {
	at := axis{From: a.From.UnixMilli(), To: a.To.UnixMilli(), Periods: map[int64]string{}}
	for _, g := range a.Gaps {
		at.Gaps = append(at.Gaps, [2]int64{g.From.UnixMilli(), g.To.UnixMilli()})
	}
	for _, w := range a.Watched {
		at.Watched = append(at.Watched, [2]int64{w.From.UnixMilli(), int64(w.N)})
	}
	for _, m := range a.Marks {
		at.Ticks = append(at.Ticks, m.Day.UnixMilli())
		if m.Main {
			at.Main = append(at.Main, main{m.Day.UnixMilli(), m.Text, m.End})
		}
	}
	for t, text := range a.Periods {
		at.Periods[t.UnixMilli()] = text
	}
	p := payload{Kind: kind, Percent: percent, Max: max, Axis: &at}
	return draw(c, p, series, func(q Point) any { return q.At.UnixMilli() })
}

// Curve draws series over numbers, as steps that fall after their point.
func Curve(c Chart, series []Series, percent bool) (Chart, error) {
	return draw(c, payload{Kind: "curve", Percent: percent}, series, func(q Point) any { return q.X })
}

func draw(c Chart, p payload, series []Series, x func(Point) any) (Chart, error) {
	line := charts.NewLine()
	line.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "value"}), // of milliseconds where it is time: ECharts moves the ends of a time axis to make room for bars
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Name: c.Unit}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithAnimation(false),
	)
	p.Colours, p.Dashes, p.Spans = map[string]string{}, map[string]string{}, map[string][]*[2]any{}
	for _, s := range series {
		p.Colours[s.Name] = s.Colour
		if s.Dash != "" && s.Dash != "solid" {
			p.Dashes[s.Name] = s.Dash
		}
		if s.Loose {
			p.Dashes[s.Name] = "none"
		}
		if s.Band {
			p.Bands = append(p.Bands, s.Name)
		}
		p.addSpans(s)
		if s.Bars {
			addBars(line, s, x)
		} else {
			addLine(line, s, x)
		}
	}
	line.Validate()
	p.Option = line.JSON()
	var err error
	c.JSON, err = encode(p)
	return c, err
}

// addSpans keeps the intervals of the series, if it has any.
func (p *payload) addSpans(s Series) {
	spans, some := make([]*[2]any, len(s.Points)), false
	for i, q := range s.Points {
		if q.Span != nil && q.Value != nil {
			spans[i], some = &[2]any{q.Span.Low, q.Span.High}, true
		}
	}
	if some {
		p.Spans[s.Name] = spans
	}
}

// addLine adds a line. A point between gaps has no line through it and is shown as
// a point; one that was watched in part is hollow.
func addLine(line *charts.Line, s Series, x func(Point) any) {
	data := make([]opts.LineData, len(s.Points))
	alone := func(i int) bool {
		return (i == 0 || s.Points[i-1].Value == nil) && (i+1 == len(s.Points) || s.Points[i+1].Value == nil)
	}
	for i, q := range s.Points {
		data[i] = opts.LineData{Name: q.Tip, Symbol: "none", Value: []any{x(q), "-"}}
		if q.Value == nil {
			continue
		}
		data[i].Value = []any{x(q), *q.Value}
		switch {
		case q.Part:
			data[i].Symbol = "emptyCircle"
		case s.Loose || q.Span != nil && !s.Band || alone(i):
			data[i].Symbol = "circle"
		}
	}
	line.AddSeries(s.Name, data, charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(true), ConnectNulls: opts.Bool(false)}))
}

// addBars adds bars; one of a period that was watched in part is hollow, which the
// script knows by its opacity.
func addBars(line *charts.Line, s Series, x func(Point) any) {
	bar := charts.NewBar()
	data := make([]opts.BarData, len(s.Points))
	for i, q := range s.Points {
		data[i] = opts.BarData{Name: q.Tip, Value: []any{x(q), "-"}}
		if q.Value != nil {
			data[i].Value = []any{x(q), *q.Value}
		}
		if q.Part {
			data[i].ItemStyle = &opts.ItemStyle{Opacity: opts.Float(0.5)}
		}
	}
	bar.AddSeries(s.Name, data)
	line.Overlap(bar)
}
