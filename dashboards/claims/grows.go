package claims

import (
	"database/sql"
	"fmt"
	"time"

	"jobmarket/dashboards/query"
	"jobmarket/dashboards/stats"
)

// minPeriods is the least number of periods that a trend is judged on.
const minPeriods = 8

// Bucket is the period that a span is cut into: months up to three years,
// quarters up to ten, years beyond.
func Bucket(from, to time.Time) string {
	switch years := to.Sub(from).Hours() / 24 / 365.25; {
	case years <= 3.01:
		return "month"
	case years <= 10.01:
		return "quarter"
	}
	return "year"
}

// Periods lists the first days of the periods that overlap [from, to).
func Periods(from, to time.Time, bucket string) []time.Time {
	start := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	months := 1
	switch bucket {
	case "quarter":
		months = 3
		start = start.AddDate(0, -(int(start.Month())-1)%3, 0)
	case "year":
		months = 12
		start = time.Date(from.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	var out []time.Time
	for d := start; d.Before(to); d = d.AddDate(0, months, 0) {
		out = append(out, d)
	}
	return out
}

// grows fits the trend of the subject on a fixed panel.
func (e *evaluation) grows(v *Verdict, f *frame) error {
	f.Bucket = Bucket(f.From, f.To)
	v.Bucket = f.Bucket
	// A period that begins before the claim's or ends after it would look like a dip.
	periods := Periods(f.From, f.To, f.Bucket)
	if len(periods) > 0 && periods[0].Before(f.From) {
		periods = periods[1:]
	}
	if n := len(periods); n > 0 && Next(periods[n-1], f.Bucket).After(f.To) {
		periods = periods[:n-1]
	}
	e.whole(v, f, periods)
	if err := e.panel(v, f, periods); err != nil {
		return err
	}
	if len(f.Panel) == 0 || len(periods) < minPeriods {
		v.Outcome = NotAnswerable
		v.Sentence = fmt.Sprintf("No source was seen throughout %s.", v.Period)
		if len(periods) < minPeriods {
			v.Sentence = fmt.Sprintf("%s holds %d whole periods (by %s), and a trend asks for %d.", v.Period, len(periods), f.Bucket, minPeriods)
		}
		v.Why = "Without a fixed panel a rise may be a source that was added."
		return nil
	}
	if err := e.series(v, *f, periods); err != nil {
		return err
	}
	if e.c.OfShare {
		if err := e.mix(v, *f, periods); err != nil {
			return err
		}
	}
	tally, err := e.tally(*f)
	if err != nil {
		return err
	}
	if err := e.bySource(v, *f, tally); err != nil {
		return err
	}
	v.count(tally)
	e.decideTrend(v, *f, tally)
	return nil
}

// whole narrows the frame to the whole periods, so that the total, the query and
// the ads are those of the trend.
func (e *evaluation) whole(v *Verdict, f *frame, periods []time.Time) {
	if len(periods) == 0 {
		return
	}
	from, to := periods[0], Next(periods[len(periods)-1], f.Bucket)
	if !from.Equal(f.From) || !to.Equal(f.To) {
		f.From, f.To = from, to
		v.Period = fmt.Sprintf("%s up to %s, the whole %ss of %s", from.Format(time.DateOnly), to.Format(time.DateOnly), f.Bucket, v.Period)
	}
}

// Next is the first day of the period after the one that begins on d.
func Next(d time.Time, bucket string) time.Time {
	return d.AddDate(0, map[string]int{"month": 1, "quarter": 3, "year": 12}[bucket], 0)
}

// panel keeps the sources that were seen in the first and last period and in
// three of four between.
func (e *evaluation) panel(v *Verdict, f *frame, periods []time.Time) error {
	text, err := queries.Text("panel.sql", *f)
	if err != nil {
		return err
	}
	type seen struct {
		source      string
		periods     int64
		first, last time.Time
	}
	rows, err := query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (s seen, err error) {
		return s, r.Scan(&s.source, &s.periods, &s.first, &s.last)
	})
	if err != nil || len(periods) == 0 {
		return err
	}
	by := map[string]seen{}
	for _, s := range rows {
		by[s.source] = s
	}
	for i := range v.Sources {
		u := &v.Sources[i]
		if !u.Used && !u.unwatched {
			continue
		}
		s, ok := by[u.Source]
		whole := ok && s.first.Before(Next(periods[0], f.Bucket)) && !s.last.Before(periods[len(periods)-1]) && 4*int(s.periods) >= 3*len(periods)
		if !whole && u.unwatched {
			continue // which says enough
		}
		u.Used, u.unwatched = whole, false
		if !whole {
			u.Why = "not in the panel: not seen throughout the period"
			if ok {
				u.Why = fmt.Sprintf("not in the panel: seen in %d of %d periods, %s to %s", s.periods, len(periods), s.first.Format(time.DateOnly), s.last.Format(time.DateOnly))
			}
			continue
		}
		u.Why = "in the panel"
		f.Panel = append(f.Panel, u.Source)
	}
	return nil
}

// series counts the subject's units in each period.
func (e *evaluation) series(v *Verdict, f frame, periods []time.Time) error {
	text, err := queries.Text("trend.sql", f)
	if err != nil {
		return err
	}
	rows, err := query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (Point, error) {
		var p Point
		var hits, n int64
		err := r.Scan(&p.Period, &hits, &n)
		p.Hits, p.N = float64(hits), float64(n)
		return p, err
	})
	if err != nil {
		return err
	}
	at := map[string]Point{}
	for _, p := range rows {
		at[p.Period.Format(time.DateOnly)] = p
	}
	for _, d := range periods {
		p := at[d.Format(time.DateOnly)]
		p.Period = d
		v.Series = append(v.Series, p)
	}
	return nil
}

// decideTrend fits the series and applies the rule.
func (e *evaluation) decideTrend(v *Verdict, f frame, tally []row) {
	var times, counts, exposures, measured []float64
	total := 0.0
	for _, p := range v.Series {
		total += p.Hits
		exposure, m := 1.0, p.Hits
		if e.c.OfShare {
			exposure = p.N
			if p.N > 0 {
				m = p.Hits / p.N
			}
		}
		times = append(times, p.Period.Sub(v.Series[0].Period).Hours()/24/365.25)
		counts, exposures = append(counts, p.Hits), append(exposures, exposure)
		if exposure > 0 {
			measured = append(measured, m)
		}
	}
	what := "number"
	if e.c.OfShare {
		what = "share"
	}
	subject := e.c.Subject.Words()
	if total == 0 {
		v.Outcome, v.Why = NotAnswerable, "There is no trend of what was not shown once."
		groups := clusters(tally, 2, hitClass)
		none := stats.ShareInterval(groups, stats.Whole, 0, 0, Confidence)
		v.Sentence = fmt.Sprintf("%s0 of %s (95 %% interval 0\u00a0%% to %s) %s.", scene(v, f), Amount(v.N, e.c.unit()), Percent(none.High), e.c.Subject.are())
		return
	}
	t := stats.Growth(times, counts, exposures, Confidence)
	_, _, v.Kendall = stats.MannKendall(measured)
	v.Trend = &t
	v.Sentence = fmt.Sprintf("%s%s %s were shown over %s.", scene(v, f), Number(total), subject, Amount(float64(len(v.Series)), f.Bucket+"s"))
	if !t.OK {
		v.Outcome, v.Why = Undecided, "No trend can be fitted: all of them stand in too few periods."
		return
	}
	v.Figures = []Figure{{Label: "change a year of the " + what + " of " + subject, Count: total, Value: t.Rate, Interval: t.Interval, Subject: true}}
	v.Outcome = side(t.Interval, e.c.Than)
	v.Sentence = fmt.Sprintf("%sthe %s of %s changed by %s a year (95 %% interval %s to %s): %s of %s, over %s.", scene(v, f),
		what, subject, Percent(t.Rate), Percent(t.Interval.Low), Percent(t.Interval.High), Number(total), Amount(v.N, e.c.unit()), Amount(float64(len(v.Series)), f.Bucket+"s"))
	v.Why = fmt.Sprintf("The rule draws the line at %s a year. (Dispersion %.1f; Mann-Kendall p %.3f.)", Percent(e.c.Than), t.Dispersion, v.Kendall)
	if total < MinUnits {
		v.Outcome = Undecided
		v.Why = fmt.Sprintf("Too few to decide on: %s, where the rule asks for %d.", Number(total), MinUnits)
	}
}
