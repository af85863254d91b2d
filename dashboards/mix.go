package dashboards

import (
	"database/sql"
	"time"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

// loadMix splits the change of each domain's share of the new jobs, between the
// two halves of the time that charts span.
func (m *market) loadMix(a *asker, f frame) {
	n := len(m.Periods)
	if n < 2 {
		return
	}
	half := map[time.Time]int{}
	for i, d := range m.Periods {
		half[d] = claims.HalfOf(i, n)
	}
	hits, all := [2]map[[2]string]float64{{}, {}}, [2]map[string]float64{{}, {}}
	var sources []string
	ask(a, "mix.sql", f, func(r *sql.Rows) (_ struct{}, err error) {
		var source, domain string
		var day time.Time
		var jobs int64
		if err = r.Scan(&source, &day, &domain, &jobs); err != nil {
			return
		}
		if k := len(sources); k == 0 || sources[k-1] != source {
			sources = append(sources, source)
		}
		if h, known := half[day.UTC()]; known && h >= 0 {
			hits[h][[2]string{source, domain}] += float64(jobs)
			all[h][source] += float64(jobs)
		}
		return
	})
	before := claims.Span(m.Periods[0], m.Periods[n/2])
	after := claims.Span(m.Periods[n-n/2], m.Last.AddDate(0, 0, 1))
	m.Mix = map[string]claims.Mix{}
	for _, d := range schema.Domains {
		strata := make([]stats.Stratum, len(sources))
		for i, s := range sources {
			key := [2]string{s, d}
			strata[i] = stats.Stratum{Hits0: hits[0][key], N0: all[0][s], Hits1: hits[1][key], N1: all[1][s]}
		}
		if shift, ok := stats.ShiftShare(strata); ok {
			m.Mix[d] = claims.Mix{Before: before, After: after, Shift: shift}
		}
	}
}
