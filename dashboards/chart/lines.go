package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Series is one line: a value for each category, nil for a gap.
type Series struct {
	Name   string
	Colour string // of the style sheet: "crypto", "ink"
	Dash   string // solid, dashed, dotted
	Values []*float64
	Band   []Span // its interval at each category; nil for none
}

// Span is an interval, from low to high.
type Span struct{ Low, High float64 }

// Lines draws series over time. Lines carry their names at their ends where
// there is room, so that nobody has to match colours.
func Lines(c Chart, categories []string, series []Series, percent bool) (Chart, error) {
	return draw("lines", c, categories, series, percent)
}

// Panels draws each series in a frame of its own, all on one scale.
func Panels(c Chart, categories []string, series []Series, percent bool) (Chart, error) {
	c.Height = "panels"
	return draw("panels", c, categories, series, percent)
}

func draw(kind string, c Chart, categories []string, series []Series, percent bool) (Chart, error) {
	line := charts.NewLine()
	line.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Name: c.Unit}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithAnimation(false),
	)
	line.SetXAxis(categories)
	p := payload{Kind: kind, Colours: map[string]string{}, Labels: map[string]string{}, Dashes: map[string]string{}, Percent: percent, Marks: c.Marks}
	for _, s := range series {
		if s.Band != nil {
			addBand(line, s)
		}
		data := make([]opts.LineData, len(s.Values))
		for i, v := range s.Values {
			data[i].Value = "-"
			if v != nil {
				data[i].Value = *v
			}
		}
		line.AddSeries(s.Name, data, charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(len(categories) < 2), ConnectNulls: opts.Bool(false)}))
		p.Colours[s.Name], p.Labels[s.Name], p.Dashes[s.Name] = s.Colour, s.Name, s.Dash
	}
	line.Validate()
	p.Option = line.JSON()
	var err error
	c.JSON, err = encode(p)
	return c, err
}

// addBand draws the interval as two stacked series, the lower one unseen. The
// page's script knows them by their names' first letter.
func addBand(line *charts.Line, s Series) {
	low, high := make([]opts.LineData, len(s.Band)), make([]opts.LineData, len(s.Band))
	for i, b := range s.Band {
		low[i].Value, high[i].Value = b.Low, b.High-b.Low
		if s.Values[i] == nil {
			low[i].Value, high[i].Value = "-", "-"
		}
	}
	stack := charts.WithLineChartOpts(opts.LineChart{Stack: "band " + s.Name, ShowSymbol: opts.Bool(false)})
	line.AddSeries("\u2060low "+s.Name, low, stack)
	line.AddSeries("\u2060band "+s.Name, high, stack, charts.WithAreaStyleOpts(opts.AreaStyle{}))
}
