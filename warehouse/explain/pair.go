package explain

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Pair says whether two postings are one job, and why.
type Pair struct {
	A       Posting `json:"a"`
	B       Posting `json:"b"`
	SameJob bool    `json:"same_job"`
	Why     string  `json:"why"`            // a sentence
	Facts   []Fact  `json:"facts"`          // what was compared
	Path    []Step  `json:"path,omitempty"` // how the two hang together, from A to B
}

// Fact is one thing in which the two postings agree or do not.
type Fact struct {
	Name string `json:"name"`
	A    string `json:"a,omitempty"`
	B    string `json:"b,omitempty"`
	Both string `json:"both,omitempty"` // instead of A and B: what is of the two together
	Says string `json:"says"`           // for one job, for two, or nothing
}

// Step is a pair of postings that a rule takes for one job.
type Step struct {
	From       string   `json:"from"`
	To         string   `json:"to"`
	Rule       string   `json:"rule"`  // link, url, opening, employer, headline, text, agency
	Score      float64  `json:"score"` // see models/50_pairs.sql
	GapDays    *float64 `json:"gap_days,omitempty"`
	Similarity *float64 `json:"similarity,omitempty"`
}

// OfPair explains why two postings are one job or are not. similar is the comparison
// of texts by which the models were made.
func OfPair(ctx context.Context, q Querier, a, b string, similar func(a, b string) float64) (p Pair, err error) {
	if p.A, err = OfPosting(ctx, q, a); err != nil {
		return p, err
	}
	if p.B, err = OfPosting(ctx, q, b); err != nil {
		return p, err
	}
	p.SameJob = p.A.JobID == p.B.JobID
	x, err := keysOf(ctx, q, a)
	if err != nil {
		return p, err
	}
	y, err := keysOf(ctx, q, b)
	if err != nil {
		return p, err
	}
	c := compare(x, y, similar)
	if err := one(ctx, q, "agree.sql", []any{a, b}, &c.titles, &c.places, &c.anotherLink, &c.anotherURL, &c.days); err != nil {
		return p, err
	}
	if err := one(ctx, q, "together.sql", []any{a, b}, &c.together); err != nil {
		return p, err
	}
	p.Facts = c.facts(p.SameJob)
	steps, err := stepsOf(ctx, q, a)
	if err != nil {
		return p, err
	}
	if p.SameJob { // what leads through another job's ads says nothing
		members, err := membersOf(ctx, q, a)
		if err != nil {
			return p, err
		}
		steps = slices.DeleteFunc(steps, func(s Step) bool { return !slices.Contains(members, s.From) || !slices.Contains(members, s.To) })
	}
	p.Path = path(steps, a, b)
	p.Why = why(&p, c)
	return p, nil
}

// stepsOf reads the pairs of the posting's block.
func stepsOf(ctx context.Context, q Querier, id string) (steps []Step, err error) {
	err = each(ctx, q, "edges.sql", []any{id}, func(scan func(...any) error) error {
		var s Step
		var gap, similarity sql.NullFloat64
		if err := scan(&s.From, &s.To, &s.Rule, &s.Score, &gap, &similarity); err != nil {
			return err
		}
		if gap.Valid {
			s.GapDays = &gap.Float64
		}
		if similarity.Valid {
			s.Similarity = &similarity.Float64
		}
		steps = append(steps, s)
		return nil
	})
	return steps, err
}

// path is the shortest way from a to b over the steps; nil when there is none.
func path(steps []Step, a, b string) []Step {
	next := map[string][]Step{}
	for _, s := range steps {
		next[s.From] = append(next[s.From], s)
		s.From, s.To = s.To, s.From
		next[s.From] = append(next[s.From], s)
	}
	came := map[string]Step{}
	for queue := []string{a}; len(queue) > 0 && queue[0] != b; queue = queue[1:] {
		for _, s := range next[queue[0]] {
			if _, seen := came[s.To]; !seen && s.To != a {
				came[s.To] = s
				queue = append(queue, s.To)
			}
		}
	}
	var way []Step
	for at := b; at != a; {
		s, ok := came[at]
		if !ok {
			return nil
		}
		way = append([]Step{s}, way...)
		at = s.From
	}
	return way
}

func why(p *Pair, c *comparison) string {
	rules := map[string]string{
		"link":     "they lead to the same job on the same board",
		"url":      "they lead to the same address",
		"opening":  "title and number of the opening are the same on one board",
		"employer": "employer and title are the same, the places agree, and they are near in time",
		"text":     "their texts are alike and their employers do not contradict each other",
		"headline": "the headline of one names the employer and holds the title of the other",
		"agency":   "title and place are the same, and an agency's text repeats a part of the other",
	}
	switch {
	case p.A.ID == p.B.ID:
		return "They are the same posting."
	case p.SameJob && len(p.Path) == 1:
		return "One job: " + rules[p.Path[0].Rule] + "."
	case p.SameJob:
		weakest := slices.MinFunc(p.Path, func(x, y Step) int { return cmp.Compare(x.Score, y.Score) })
		return fmt.Sprintf("One job: %d pairs of postings lead from one to the other; the weakest of them, since %s.", len(p.Path), rules[weakest.Rule])
	case !p.A.IsJob || !p.B.IsJob:
		return "Not one job: what is no job ad is never joined with another."
	case c.together.Valid:
		return "Two jobs: " + p.A.Source + " showed both under different ids at one time, and more than the place differs, or not even that."
	case len(p.Path) > 0:
		return "Two jobs: pairs of postings lead from one to the other, but joining them would have joined postings that contradict each other, and better pairs came first."
	}
	return "Two jobs: no rule takes them for one, since " + strings.Join(c.against(), "; ") + "."
}
