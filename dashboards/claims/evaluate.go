package claims

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/query"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

//go:embed sql/*.sql
var files embed.FS

var queries = query.MustParse(files, "sql/*.sql")

// Options is what an evaluation takes beside the claim.
type Options struct {
	Definition string           // the market's: core or some; empty: core
	Language   string           // the market's language, for sentences; empty: rust
	Audit      *stats.Confusion // measured classifier error over schema.Domains; nil: not measured
	ErrorNote  string           // what else is known of the classifier's error, a sentence
	Ads        int              // how many ads a verdict lists; 0: 300
	Seed       uint64           // of the bootstrap
}

// lifetimes are the ones that a stock is tried with.
var lifetimes = []int{7, 14, 30, 60, 90}

// Evaluate counts what the claim is about and applies its rule. Its error is a
// failed query or a claim that [Claim.Check] refuses; a claim that cannot be
// answered is a verdict.
func Evaluate(ctx context.Context, q query.Querier, c Claim, o Options) (_ Verdict, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("claim %s: %w", c.ID, err)
		}
	}()
	if problems := c.Check(); len(problems) > 0 {
		p := problems[0]
		return Verdict{}, fmt.Errorf("%s: %q %s", p.Field, p.Value, p.What)
	}
	if o.Audit != nil {
		if err := o.Audit.Check(); err != nil {
			return Verdict{}, err
		}
		if !slices.Equal(o.Audit.Classes, schema.Domains) {
			return Verdict{}, fmt.Errorf("the audit's classes are %v and not the domains in their order", o.Audit.Classes)
		}
	}
	if o.Ads == 0 {
		o.Ads = 300
	}
	if o.Definition == "" {
		o.Definition = schema.RoleCore
	}
	if o.Language == "" {
		o.Language = "rust"
	}
	e := &evaluation{ctx: ctx, q: q, c: c, o: o}
	v := e.verdict()
	switch c.Comparison {
	case NotObservable:
		v.Outcome, v.Sentence, v.Why = NotAnswerable, c.Reason, "Ads do not show it."
		return *v, nil
	case AllOf:
		return *v, e.parts(v)
	}
	return *v, e.count(v)
}

// evaluation is one claim on its way to a verdict.
type evaluation struct {
	ctx context.Context
	q   query.Querier
	c   Claim
	o   Options
}

// frame is what the .sql files are filled with.
type frame struct {
	Count, UnitColumn     string
	On, From, To          time.Time
	Lifetime              int
	Roles, Selects        []string
	Only, Without, Panel  []string
	Among, Subject, Rival Subject
	HasRival, HitsOnly    bool
	ByField               bool // a unit is a hit by the field that it counts in
	Domains               []string
	Sightings             bool
	Bucket                string
}

func (e *evaluation) frame() frame {
	c := e.c
	f := frame{
		Count: c.count(), Lifetime: c.Lifetime, On: day(c.On), From: day(c.From), To: day(c.To),
		UnitColumn: map[string]string{Sightings: "posting_id", Postings: "posting_id", Jobs: "job_id", Employers: "employer_id"}[c.unit()],
		Sightings:  c.unit() == Sightings,
		Roles:      e.roles(), Selects: append([]string{""}, c.Sources.Selecting...),
		Only: c.Sources.Only, Without: c.Sources.Without,
		Among: lower(c.Among), Subject: lower(c.Subject), Rival: lower(c.Rival), HasRival: c.Comparison == NamesMore,
		ByField: e.byDomain(), Domains: schema.Domains,
		HitsOnly: c.Comparison != Outnumbers && c.Comparison != Fewest && c.Comparison != ShareAbove,
	}
	if c.To == "" {
		f.To = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
		if c.On != "" {
			f.To = f.On.AddDate(0, 0, 1)
		}
	}
	if c.From == "" {
		f.From = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return f
}

// lower brings employers to the case that the queries compare in.
func lower(s Subject) Subject {
	employers := make([]string, len(s.Employers))
	for i, e := range s.Employers {
		employers[i] = strings.ToLower(e)
	}
	s.Employers = employers
	return s
}

func day(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }

func (e *evaluation) definition() string {
	if e.c.Definition != "" {
		return e.c.Definition
	}
	return e.o.Definition
}

// roles are the market roles that count; none for any.
func (e *evaluation) roles() []string {
	switch e.definition() {
	case schema.RoleCore:
		return []string{schema.RoleCore}
	case schema.RoleSome:
		return []string{schema.RoleCore, schema.RoleSome}
	}
	return nil
}

// verdict is one with all in it that does not depend on the data.
func (e *evaluation) verdict() *Verdict {
	// Lists that stay empty are written as such, and not as null.
	v := &Verdict{Figures: []Figure{}, Sources: []SourceUse{}, Ads: []Ad{}, Claim: e.c, Rule: e.c.Rule(), Unit: e.c.unit(), Count: e.c.count(), Definition: e.definition()}
	c := e.c
	switch {
	case c.Comparison == NotObservable || c.Comparison == AllOf:
		v.Count = ""
	case v.Count == Stock:
		v.Period = "on " + c.On
		v.Lifetime = "printed ads open for each source's own lifetime"
		if c.Lifetime > 0 {
			v.Lifetime = fmt.Sprintf("printed ads open for %d days", c.Lifetime)
		}
	default:
		v.Period = "all that was collected"
		if c.From != "" && c.To != "" {
			v.Period = c.From + " up to " + c.To
		} else if c.From != "" {
			v.Period = "from " + c.From
		} else if c.To != "" || c.On != "" {
			v.Period = "up to " + c.To + c.On
		}
	}
	return v
}

// count asks the warehouse and decides.
func (e *evaluation) count(v *Verdict) error {
	f := e.frame()
	if err := e.sources(v, f); err != nil {
		return err
	}
	if e.c.Comparison == Grows {
		if err := e.grows(v, &f); err != nil {
			return err
		}
	} else if err := e.compare(v, &f); err != nil {
		return err
	}
	e.errorNote(v)
	return e.ads(v, f)
}

// compare applies every rule but that of a trend, and says of the finding where and
// when it was counted.
func (e *evaluation) compare(v *Verdict, f *frame) error {
	if e.c.Comparison == ShareHigher {
		if err := e.able(v, f); err != nil {
			return err
		}
	}
	wide := *f // each lifetime finds the sources that show both sides by itself
	tally, err := e.rows(v, f)
	if err != nil {
		return err
	}
	if err := e.bySource(v, *f, tally); err != nil {
		return err
	}
	if e.decide(v, tally); v.N > 0 {
		v.Sentence = scene(v, *f) + v.Sentence
	}
	return e.sensitivity(v, wide)
}

// rows is the tally that the rule is applied to. A comparison within sources counts
// those alone that show both sides, to which it narrows the frame.
func (e *evaluation) rows(v *Verdict, f *frame) ([]row, error) {
	tally, err := e.tally(*f)
	if err != nil || e.c.Comparison != ShareHigher || !e.bothSides(v, f, tally) {
		return tally, err
	}
	return e.tally(*f)
}

// errorNote says what is known of the classifier's error.
func (e *evaluation) errorNote(v *Verdict) {
	switch {
	case e.byDomain() && e.o.Audit != nil:
		v.Error = fmt.Sprintf("Shares are corrected by an audit of %s ads read by a person, and the intervals hold the audit's own uncertainty (double sampling, Tenenbein 1972).", Number(e.o.Audit.N()))
	case e.byDomain():
		v.Error = "The classifier's error was not measured on these ads: the intervals hold sampling only."
	case len(e.c.Subject.Domains)+len(e.c.Among.Domains)+len(e.c.Within) > 0:
		v.Error = "The classifier's error is not in these intervals: they hold sampling only."
	default:
		v.Error = "Whether an ad names a term or a number is read by rules; the intervals do not hold their misreadings."
	}
	if e.o.ErrorNote != "" {
		v.Error += " " + e.o.ErrorNote
	}
}

// byDomain says whether what is counted is the units of each field, and nothing else
// of them.
func (e *evaluation) byDomain() bool {
	s := e.c.Subject
	s.Domains = nil
	return e.c.Comparison == Outnumbers || e.c.Comparison == Fewest || e.c.Comparison == ShareAbove && len(e.c.Subject.Domains) > 0 && s.empty()
}

// parts judges each part and joins the verdicts.
func (e *evaluation) parts(v *Verdict) error {
	var words []string
	rank := map[Outcome]int{Refuted: 3, NotAnswerable: 2, Undecided: 1, Supported: 0}
	v.Outcome = Supported
	for _, p := range e.c.Parts {
		part, err := Evaluate(e.ctx, e.q, p, e.o)
		if err != nil {
			return err
		}
		if rank[part.Outcome] > rank[v.Outcome] {
			v.Outcome = part.Outcome
		}
		v.Simulated = v.Simulated || part.Simulated
		v.Parts = append(v.Parts, part)
		words = append(words, fmt.Sprintf("“%s” is %s.", strings.TrimRight(p.Text, "."), part.Outcome.Words()))
	}
	v.Sentence = strings.Join(words, " ")
	v.Why = "A sentence of several parts holds when all of them do."
	return nil
}

// row is one line of tally.sql: units alike in all that rules tell apart.
type row struct {
	source, employer, domain string
	known, hit, rival        bool // known: the employer is
	n                        float64
}

func (e *evaluation) tally(f frame) ([]row, error) {
	text, err := queries.Text("tally.sql", f)
	if err != nil {
		return nil, err
	}
	return query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (t row, err error) {
		var known, hit, rival, n int64
		err = r.Scan(&t.source, &t.employer, &known, &t.domain, &hit, &rival, &n)
		t.known, t.hit, t.rival, t.n = known == 1, hit == 1, rival == 1, float64(n)
		return t, err
	})
}

// sensitivity tries other lifetimes on a stock that printed ads take part in.
func (e *evaluation) sensitivity(v *Verdict, f frame) error {
	periodical := slices.ContainsFunc(v.Sources, func(s SourceUse) bool { return s.Used && s.Mode == string(schema.Periodical) })
	if f.Count != Stock || !periodical {
		return nil
	}
	for _, days := range append([]int{0}, lifetimes...) {
		f.Lifetime = days
		var w Verdict
		g := f
		tally, err := e.rows(&w, &g)
		if err != nil {
			return err
		}
		e.decide(&w, tally)
		s := Sensitivity{Days: days, N: w.N, Outcome: w.Outcome}
		two := e.c.Comparison == ShareHigher // sides with totals of their own
		best := -1.0
		for _, g := range w.Figures {
			switch {
			case g.Subject:
				s.Subject = g.Count
				if two {
					s.Of = g.Of
				}
			case g.Label != "other" && g.Count > best:
				s.Rival, s.Count, best = g.Label, g.Count, g.Count
				if two {
					s.RivalOf = g.Of
				}
			}
		}
		if two && len(w.Contrasts) > 0 {
			d := w.Contrasts[0]
			s.Detail = fmt.Sprintf("within sources %s points (%s to %s)", Points(d.Value), Points(d.Interval.Low), Points(d.Interval.High))
		}
		v.Sensitivity = append(v.Sensitivity, s)
	}
	return nil
}
