package stats

import "math"

// ShareVariance is the share of hits among all over the clusters, and the variance
// of that share when clusters, and not units, are what was drawn: the linearised
// variance of a ratio (Cochran 1977, Sampling Techniques, section 6.5). With fewer
// than two clusters that hold a unit nothing is known of it, and it is 0.
func ShareVariance(clusters []Cluster, hits, all func(Cluster) float64) (share, variance float64) {
	var x, n, m float64
	for _, c := range clusters {
		if a := all(c); a > 0 {
			x, n, m = x+hits(c), n+a, m+1
		}
	}
	if n == 0 {
		return 0, 0
	}
	share = x / n
	if m < 2 {
		return share, 0
	}
	for _, c := range clusters {
		d := hits(c) - share*all(c)
		variance += d * d
	}
	return share, variance * m / (m - 1) / (n * n)
}

// ShareInterval is Wilson's interval for a share at the effective number of units:
// so many independent units as would give the share the variance that it has
// between clusters, less what few clusters leave unsure (Korn and Graubard 1998,
// Survey Methodology 24:193-201; that Wilson's is the one to take, Dean and Pagano
// 2015, J. Surv. Stat. Methodol. 3:484-503). It is never narrower than Wilson's on
// the units themselves. A share of none or all shows no variance: then the units
// of one cluster are taken for copies of one another (Kish 1965, n²/Σn²). With
// nothing counted it is [0, 1].
func ShareInterval(clusters []Cluster, all func(Cluster) float64, share, variance, confidence float64) Interval {
	var n, squares, m float64
	for _, c := range clusters {
		if a := all(c); a > 0 {
			n, squares, m = n+a, squares+a*a, m+1
		}
	}
	if n == 0 {
		return Interval{0, 1}
	}
	effective := n * n / squares
	if spread := share * (1 - share); spread > 0 && variance > 0 {
		effective = spread / variance
	}
	few := 0.0 // one cluster: nothing is known of what another would show
	if m > 1 {
		few = critical(confidence) / studentQuantile(1-(1-confidence)/2, m-1)
	}
	effective = math.Max(1, math.Min(n, effective)*few*few)
	return Wilson(share*effective, effective, confidence)
}

// Whole counts all units of a cluster.
func Whole(c Cluster) float64 { return sum(c) }

// Class counts the units of the k-th class of a cluster.
func Class(k int) func(Cluster) float64 { return func(c Cluster) float64 { return c[k] } }

// Variance is that of the k-th measure over the draws of a bootstrap.
func Variance(draws [][]float64, k int) float64 {
	if len(draws) < 2 {
		return 0
	}
	mean, squares := 0.0, 0.0
	for _, d := range draws {
		mean += d[k] / float64(len(draws))
	}
	for _, d := range draws {
		squares += (d[k] - mean) * (d[k] - mean)
	}
	return squares / float64(len(draws)-1)
}
