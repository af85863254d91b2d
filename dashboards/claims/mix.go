package claims

import (
	"database/sql"
	"fmt"
	"time"

	"jobmarket/dashboards/query"
	"jobmarket/dashboards/stats"
)

// Mix says how much of a share's change happened within sources.
type Mix struct {
	Before string `json:"before"` // the first half of the period, in words
	After  string `json:"after"`
	stats.Shift
}

// String is the split as a sentence.
func (m Mix) String() string {
	return fmt.Sprintf("From %s to %s the share changed by %s percentage points: %s within sources, %s because other sources, or the same in other proportions, brought the ads%s.",
		m.Before, m.After, points(m.Total), points(m.Within), points(m.Mix), rounded(m.Total, m.Within, m.Mix))
}

// HalfOf says whether the i-th of n periods lies in the first half (0), in the
// second (1), or in neither (-1): the one in the middle of an odd number.
func HalfOf(i, n int) int {
	switch {
	case i < n/2:
		return 0
	case i >= n-n/2:
		return 1
	}
	return -1
}

// mix splits the change of the subject's share between the two halves of the
// period, of all the sources that count: the panel's own mix is fixed by design,
// and what a source that joined did is what the split is to tell.
func (e *evaluation) mix(v *Verdict, f frame, periods []time.Time) error {
	f.Panel = nil
	text, err := queries.Text("mix.sql", f)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, d := range periods {
		at[d.Format(time.DateOnly)] = HalfOf(i, len(periods))
	}
	strata := map[string]stats.Stratum{}
	var order []string
	_, err = query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (struct{}, error) {
		var source string
		var day time.Time
		var hits, n int64
		if err := r.Scan(&source, &day, &hits, &n); err != nil {
			return struct{}{}, err
		}
		s, seen := strata[source]
		if !seen {
			order = append(order, source)
		}
		half, known := at[day.Format(time.DateOnly)]
		if known && half == 0 {
			s.Hits0, s.N0 = s.Hits0+float64(hits), s.N0+float64(n)
		} else if known && half == 1 {
			s.Hits1, s.N1 = s.Hits1+float64(hits), s.N1+float64(n)
		}
		strata[source] = s
		return struct{}{}, nil
	})
	if err != nil {
		return err
	}
	list := make([]stats.Stratum, len(order))
	for i, s := range order {
		list[i] = strata[s]
	}
	if shift, ok := stats.ShiftShare(list); ok {
		half := len(periods) / 2
		span := func(from, to time.Time) string { return Span(from, next(to, f.Bucket)) }
		v.Mix = &Mix{span(periods[0], periods[half-1]), span(periods[len(periods)-half], periods[len(periods)-1]), shift}
	}
	return nil
}

// Span names the days from one up to another, exclusive, by their months.
func Span(from, to time.Time) string {
	last := to.AddDate(0, 0, -1)
	if from.Month() == last.Month() && from.Year() == last.Year() {
		return from.Format("2006-01")
	}
	return from.Format("2006-01") + "–" + last.Format("2006-01")
}
