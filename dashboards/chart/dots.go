package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Dot is a value with its interval.
type Dot struct {
	Name   string
	Colour string
	Value  float64
	Span   Span
}

// Dots draws values with their intervals, one line each, the first on top. The
// interval is a thin bar on an unseen one; the value is the dot on it.
func Dots(c Chart, dots []Dot, percent bool) (Chart, error) {
	names := make([]string, len(dots))
	low, width, value := make([]opts.BarData, len(dots)), make([]opts.BarData, len(dots)), make([]opts.ScatterData, len(dots))
	p := payload{Kind: "dots", Colours: map[string]string{}, Percent: percent}
	for i, d := range dots {
		at := len(dots) - 1 - i // a category axis counts from below
		names[at] = d.Name
		low[at].Value, width[at].Value = d.Span.Low, d.Span.High-d.Span.Low
		value[at] = opts.ScatterData{Value: []any{d.Value, at}, SymbolSize: 11}
		p.Colours[d.Name] = d.Colour
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Name: c.Unit}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: names}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithAnimation(false),
	)
	stack := charts.WithBarChartOpts(opts.BarChart{Stack: "interval", BarWidth: "4"})
	bar.AddSeries("low", low, stack)
	bar.AddSeries("interval", width, stack)
	scatter := charts.NewScatter()
	scatter.AddSeries("share", value)
	bar.Overlap(scatter)
	p.Option = bar.JSON()
	var err error
	c.JSON, err = encode(p)
	return c, err
}
