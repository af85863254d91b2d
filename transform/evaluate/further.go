package evaluate

import (
	"fmt"
	"io"
	"slices"

	"jobmarket/warehouse/schema"
)

// Further compares the sets of further domains (also) that the rows are labelled
// with and that were predicted, over all pairs of a row and a domain.
type Further struct {
	N          int            `json:"n"`         // rows that carry the label, the empty set included
	Labelled   int            `json:"labelled"`  // pairs
	Predicted  int            `json:"predicted"` // pairs
	Both       int            `json:"both"`      // pairs
	Precision  float64        `json:"precision"`
	PrecisionI Interval       `json:"precision_interval"` // this and the others by employer
	Recall     float64        `json:"recall"`
	RecallI    Interval       `json:"recall_interval"`
	F1         float64        `json:"f1"`
	F1I        Interval       `json:"f1_interval"`
	Jaccard    float64        `json:"jaccard"` // mean over rows of common to all named; two empty sets are alike: 1
	JaccardI   Interval       `json:"jaccard_interval"`
	NonEmpty   float64        `json:"jaccard_non_empty"` // the same over rows where either set is not empty
	NonEmptyI  Interval       `json:"jaccard_non_empty_interval"`
	ByClass    []FurtherClass `json:"by_class"`
}

// FurtherClass is one domain as a further one.
type FurtherClass struct {
	Name      string  `json:"name"`
	Labelled  int     `json:"labelled"`
	Predicted int     `json:"predicted"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// sets are one row's labelled and predicted further domains.
type sets struct {
	labelled, predicted []string
	employer            string
}

func setsOf(row *Row, label *schema.Label) sets {
	s := sets{labelled: slices.Compact(slices.Sorted(slices.Values(row.Also))), employer: row.Employer()}
	for _, a := range []string{label.Also1, label.Also2} {
		if a != "" {
			s.predicted = append(s.predicted, a)
		}
	}
	return s
}

// both is how many domains stand in both sets.
func (s sets) both() (n int) {
	for _, d := range s.predicted {
		if slices.Contains(s.labelled, d) {
			n++
		}
	}
	return n
}

// further is nil when no row carries the label.
func further(rows []sets) *Further {
	if len(rows) == 0 {
		return nil
	}
	employers, ones := make([]string, len(rows)), make([]int, len(rows))
	for i, r := range rows {
		employers[i], ones[i] = r.employer, 1
	}
	counts := func(weight []int) (labelled, predicted, both, n, filled, alike, alikeFilled float64) {
		for i, r := range rows {
			w, common := float64(weight[i]), float64(r.both())
			all := float64(len(r.labelled)+len(r.predicted)) - common
			labelled += w * float64(len(r.labelled))
			predicted += w * float64(len(r.predicted))
			both += w * common
			n += w
			if all == 0 {
				alike += w
				continue
			}
			filled += w
			alike += w * common / all
			alikeFilled += w * common / all
		}
		return
	}
	// statistics: precision, recall, F1, Jaccard of all rows and of those not empty
	statistics := func(weight []int) []float64 {
		labelled, predicted, both, n, filled, alike, alikeFilled := counts(weight)
		return []float64{both / predicted, both / labelled, 2 * both / (labelled + predicted), alike / n, alikeFilled / filled}
	}
	point, spread := statistics(ones), clustered(employers, bootstrapRounds, statistics)
	labelled, predicted, both, _, _, _, _ := counts(ones)
	f := &Further{
		N: len(rows), Labelled: int(labelled), Predicted: int(predicted), Both: int(both),
		Precision: zeroNaN(point[0]), PrecisionI: spread[0], Recall: zeroNaN(point[1]), RecallI: spread[1],
		F1: zeroNaN(point[2]), F1I: spread[2], Jaccard: point[3], JaccardI: spread[3], NonEmpty: zeroNaN(point[4]), NonEmptyI: spread[4],
	}
	for _, d := range schema.Domains {
		c := FurtherClass{Name: d}
		hits := 0
		for _, r := range rows {
			in, said := slices.Contains(r.labelled, d), slices.Contains(r.predicted, d)
			if in {
				c.Labelled++
			}
			if said {
				c.Predicted++
			}
			if in && said {
				hits++
			}
		}
		c.Precision, c.Recall = ratio(float64(hits), float64(c.Predicted)), ratio(float64(hits), float64(c.Labelled))
		c.F1 = ratio(2*float64(hits), float64(c.Labelled+c.Predicted))
		f.ByClass = append(f.ByClass, c)
	}
	return f
}

func (f *Further) writeText(w io.Writer) {
	if f == nil {
		return
	}
	fmt.Fprintf(w, "\nalso (further domains): %d rows with %d, %d predicted, %d of them right\n", f.N, f.Labelled, f.Predicted, f.Both)
	for _, x := range []struct {
		name string
		p    float64
		i    Interval
	}{{"precision", f.Precision, f.PrecisionI}, {"recall", f.Recall, f.RecallI}, {"F1", f.F1, f.F1I},
		{"Jaccard (both empty: 1)", f.Jaccard, f.JaccardI}, {"Jaccard, one not empty", f.NonEmpty, f.NonEmptyI}} {
		fmt.Fprintf(w, "%-24s %.3f [%.3f, %.3f]\n", x.name, x.p, x.i.Low, x.i.High)
	}
	fmt.Fprintf(w, "%-10s %8s %9s %9s %9s %9s\n", "also", "labelled", "predicted", "precision", "recall", "F1")
	for _, c := range f.ByClass {
		if c.Labelled+c.Predicted > 0 {
			fmt.Fprintf(w, "%-10s %8d %9d %9.3f %9.3f %9.3f\n", c.Name, c.Labelled, c.Predicted, c.Precision, c.Recall, c.F1)
		}
	}
}
