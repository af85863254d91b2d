package domain

import (
	"slices"

	"jobmarket/transform/domain/logistic"
	"jobmarket/warehouse/schema"
)

// Penalties of the regression for further domains: its numbers, and what stands
// for single domains and pairs of them. Chosen by cross-validation by employer,
// as is the threshold.
const (
	alsoPenalty     = 1
	alsoPairPenalty = 3
	alsoAbove       = 0.27
)

// sights are what the regression sees of the read examples, given scores of
// models that saw no ad of their employers; nil for unread ones.
func (t *Trainer) sights(held []Held, temperature float64) []*alsoSight {
	out := make([]*alsoSight, len(t.examples))
	for i, h := range held {
		if t.examples[i].Weak {
			continue
		}
		name, p := h.Decide(false, temperature)
		out[i] = new(alsoSight)
		out[i].see(t.seeing[i], domainIndex(name), p)
	}
	return out
}

// fitAlso fits the regression to the examples that keep says. The labelled domain
// itself, where another was judged, is neither a further one nor none.
func (t *Trainer) fitAlso(sights []*alsoSight, keep func(i int) bool) alsoModel {
	b := logistic.Binary{Penalty: make([]float64, alsoColumns)}
	for i := range b.Penalty {
		b.Penalty[i] = alsoPenalty
		if i >= alsoDense {
			b.Penalty[i] = alsoPairPenalty
		}
	}
	for i, s := range sights {
		if s == nil || !keep(i) {
			continue
		}
		e := &t.examples[i]
		for k, name := range schema.Domains[:domains-1] {
			if k != s.primary && name != e.Domain {
				b.Add(s.row(k), slices.Contains(e.Also, name), t.weight[i])
			}
		}
	}
	m := alsoModel{above: alsoAbove}
	copy(m.weight[:], b.Solve(30))
	return m
}

// Also names further domains of every read example, by a regression fitted to the
// other folds of employers.
func (t *Trainer) Also(held []Held, folds int) [][]string {
	out := make([][]string, len(t.examples))
	sights := t.sights(held, Temperature(t.readOnly(held)))
	for f := range folds {
		inside := func(i int) bool { return Fold(t.examples[i].Employer, folds) == f }
		m := t.fitAlso(sights, func(i int) bool { return !inside(i) })
		for i, s := range sights {
			if s != nil && inside(i) {
				out[i] = m.name(nil, s)
			}
		}
	}
	return out
}

// readOnly are the held-out scores of examples that somebody read.
func (t *Trainer) readOnly(held []Held) (out []Held) {
	for i, h := range held {
		if !t.examples[i].Weak {
			out = append(out, h)
		}
	}
	return out
}
