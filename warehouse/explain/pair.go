package explain

import (
	"context"
	"database/sql"
	"fmt"
	"time"
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
	Says string `json:"says"` // one job, two jobs, or nothing
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

// keys are what identity is decided by.
type keys struct {
	employer, title, places, link, url, opening, text string
	agency                                            bool
	from, to                                          time.Time
	bands                                             [8]int64
}

// OfPair explains why two postings are one job or are not.
func OfPair(ctx context.Context, q Querier, a, b string) (p Pair, err error) {
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
	p.Facts = compare(x, y)
	var together sql.NullTime
	if err := one(ctx, q, "together.sql", []any{a, b}, &together); err != nil {
		return p, err
	}
	if together.Valid {
		p.Facts = append(p.Facts, Fact{"open together", p.A.Source, together.Time.Format("2006-01-02"), "two jobs"})
	}
	steps, err := stepsOf(ctx, q, a)
	if err != nil {
		return p, err
	}
	p.Path = path(steps, a, b)
	p.Why = why(&p, together)
	return p, nil
}

func keysOf(ctx context.Context, q Querier, id string) (k keys, err error) {
	err = one(ctx, q, "keys.sql", []any{id}, &k.employer, &k.title, &k.places, &k.link, &k.url, &k.opening, &k.text, &k.agency, &k.from, &k.to,
		&k.bands[0], &k.bands[1], &k.bands[2], &k.bands[3], &k.bands[4], &k.bands[5], &k.bands[6], &k.bands[7])
	return k, err
}

// compare lists what the two postings' keys say.
func compare(x, y keys) []Fact {
	equal := func(name, a, b, same, differ string) Fact {
		switch {
		case a == "" || b == "":
			return Fact{name, a, b, "nothing"}
		case a == b:
			return Fact{name, a, b, same}
		}
		return Fact{name, a, b, differ}
	}
	facts := []Fact{
		equal("job on its board", x.link, y.link, "one job", "nothing"),
		equal("address", x.url, y.url, "one job", "nothing"),
		equal("number of the opening", x.opening, y.opening, "one job, with title", "nothing"),
		equal("employer", x.employer, y.employer, "one job, with title and place", "two jobs"),
		equal("title", x.title, y.title, "one job, with employer and place", "nothing"),
		equal("place", x.places, y.places, "one job, with employer and title", "two jobs, unless one lies in the other"),
		equal("text", x.text, y.text, "one job, with employer or place", "nothing"),
	}
	shared := 0
	for i := range x.bands {
		if x.bands[i] != 0 && x.bands[i] == y.bands[i] {
			shared++
		}
	}
	says := "nothing"
	if shared > 0 {
		says = "the texts are compared"
	}
	facts = append(facts, Fact{"text bands shared", fmt.Sprint(shared), "of 8", says})
	if x.agency != y.agency {
		facts = append(facts, Fact{"agency", fmt.Sprint(x.agency), fmt.Sprint(y.agency), "the employers' names are not compared"})
	}
	gap := max(0, max(x.from.Unix(), y.from.Unix())-min(x.to.Unix(), y.to.Unix()))
	return append(facts, Fact{"days between", fmt.Sprintf("%.1f", float64(gap)/86400), "", "one job only within the window"})
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

func why(p *Pair, together sql.NullTime) string {
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
		return fmt.Sprintf("One job: %d pairs of postings lead from one to the other.", len(p.Path))
	case !p.A.IsJob || !p.B.IsJob:
		return "Not one job: what is no job ad is never joined with another."
	case together.Valid:
		return "Two jobs: " + p.A.Source + " showed both under different ids at one time, and more than the place differs, or not even that."
	case len(p.Path) > 0:
		return "Two jobs: pairs of postings lead from one to the other, but joining them would have joined postings that contradict each other, and better pairs came first."
	}
	return "Two jobs: no rule takes them for one; see the facts."
}
