package claims

import (
	"fmt"

	"jobmarket/dashboards/stats"
)

// Groups are units by employer. A unit of an unknown employer is a cluster of its
// own, which is how it is drawn in a bootstrap, and no employer that is counted:
// that nobody knows who hires is no evidence of another who does.
type Groups struct {
	Clusters  []stats.Cluster
	Employers int     // that are known
	Unknown   float64 // units whose employer is not
}

// Group gathers a list by employer. Of each item, one tells its employer, whether
// that is known, its class, and how many units it is; those of class -1 are left out.
func Group[T any](list []T, classes int, one func(T) (employer string, known bool, class int, n float64)) (g Groups) {
	at := map[string]stats.Cluster{}
	for _, x := range list {
		employer, known, class, n := one(x)
		if class < 0 {
			continue
		}
		if at[employer] == nil {
			at[employer] = make(stats.Cluster, classes)
			g.Clusters = append(g.Clusters, at[employer])
			if known {
				g.Employers++
			}
		}
		at[employer][class] += n
		if !known {
			g.Unknown += n
		}
	}
	return g
}

// Who writes whose the units are: "415 employers", or where some are nobody's that
// is known, "415 employers (20 postings of unknown ones)".
func Who(employers int, unknown float64, unit string) string {
	text := Amount(float64(employers), Employers)
	if unknown > 0 {
		text += fmt.Sprintf(" (%s of unknown ones)", Amount(unknown, unit))
	}
	return text
}

// clusters gathers the tally by employer, with class giving each row's class.
func clusters(tally []row, classes int, class func(row) int) []stats.Cluster {
	return grouped(tally, classes, class).Clusters
}

func grouped(tally []row, classes int, class func(row) int) Groups {
	return Group(tally, classes, func(r row) (string, bool, int, float64) { return r.employer, r.known, class(r), r.n })
}

// count puts into the verdict how many units the tally holds, and whose they are.
func (v *Verdict) count(tally []row) {
	g := grouped(tally, 1, func(row) int { return 0 })
	v.N, v.Employers, v.Unknown = 0, g.Employers, g.Unknown
	for _, r := range tally {
		v.N += r.n
	}
}

// Counted writes how many units the verdict counts, and whose they are: "20 postings
// of 16 employers". Employers are nobody's.
func (v Verdict) Counted() string {
	if v.Unit == Employers {
		return Amount(v.N, v.Unit)
	}
	return Amount(v.N, v.Unit) + " of " + Who(v.Employers, v.Unknown, v.Unit)
}
