package chart

import (
	"strconv"
	"time"
)

// Lane is one row of a strip: whose ads they are.
type Lane struct {
	Name  string
	Items []Item
	Words string // how many, in words
}

// Item is one ad on its day.
type Item struct {
	At           time.Time
	Colour, Text string
	Href         string // the ad on this page
}

// Strip draws single ads on a line of time, a lane each, each a link to the ad.
func Strip(c Chart, lanes []Lane, from, to time.Time) (Chart, error) {
	span := to.Sub(from).Hours()
	if span <= 0 {
		span = 24
	}
	place := func(t time.Time) string { return percentOf(0.02 + 0.96*t.Sub(from).Hours()/span) }
	type dot struct {
		Item
		X string
	}
	type lane struct {
		Lane
		Dots []dot
	}
	var view struct {
		Lanes []lane
		Ticks []tick
	}
	for _, l := range lanes {
		row := lane{Lane: l}
		for _, i := range l.Items {
			row.Dots = append(row.Dots, dot{i, place(i.At)})
		}
		view.Lanes = append(view.Lanes, row)
	}
	every := 1 + (to.Year()-from.Year())/6
	for y := from.Year() + 1; y <= to.Year(); y += every {
		view.Ticks = append(view.Ticks, tick{At: place(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)), Text: strconv.Itoa(y), Anchor: "middle"})
	}
	if len(view.Ticks) == 0 {
		view.Ticks = []tick{{At: place(from), Text: from.Format("2006-01"), Anchor: "start"}}
	}
	var err error
	c.Drawn, err = render("strip", view)
	return c, err
}
