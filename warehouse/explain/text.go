package explain

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"jobmarket/warehouse/schema"
	"jobmarket/warehouse/tabular"
)

// Write prints the posting for a terminal.
func (p *Posting) Write(w io.Writer) error {
	var b strings.Builder
	p.print(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// Write prints the job and its postings for a terminal.
func (j *Job) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "job %s: %d postings\n", j.ID, len(j.Postings))
	for i := range j.Postings {
		b.WriteByte('\n')
		j.Postings[i].print(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Write prints the comparison for a terminal.
func (p *Pair) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintln(&b, p.Why)
	for _, posting := range []*Posting{&p.A, &p.B} {
		fmt.Fprintf(&b, "  %s  %s\n", posting.ID, tabular.Shown(posting.headline()))
	}
	b.WriteString("facts:\n")
	for _, f := range p.Facts {
		said := tabular.Shown(f.Both)
		if f.Both == "" {
			said = orDash(f.A) + " | " + orDash(f.B)
		}
		fmt.Fprintf(&b, "  %-18s %s: %s\n", f.Name, said, f.Says)
	}
	if len(p.Path) > 0 {
		b.WriteString("path:\n")
	}
	for _, s := range p.Path {
		fmt.Fprintf(&b, "  %s - %s  %s, score %.1f", s.From, s.To, s.Rule, s.Score)
		if s.GapDays != nil {
			fmt.Fprintf(&b, ", %.0f days between", *s.GapDays)
		}
		if s.Similarity != nil {
			fmt.Fprintf(&b, ", similarity %.2f", *s.Similarity)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p *Posting) headline() string {
	employer := p.Employer
	if employer == "" {
		employer = p.Company
	}
	return strings.Join(words(p.Title, employer, p.Location), ", ") + " (" + p.Source + ")"
}

func (p *Posting) print(b *strings.Builder) {
	fmt.Fprintf(b, "posting %s  %s\n", p.ID, tabular.Shown(p.headline()))
	if p.Simulated {
		b.WriteString("  SIMULATED: no such employer or job exists\n")
	}
	for _, u := range words(p.URL, p.Link) {
		fmt.Fprintf(b, "  %s\n", tabular.Shown(u))
	}
	fmt.Fprintf(b, "  job %s, %s\n", p.JobID, tabular.Shown(p.because()))
	if p.Domain != "" {
		fmt.Fprintf(b, "  domain %s (label %s)\n", p.verdict(), p.LabelVersion)
		p.printReasons(b)
		fmt.Fprintf(b, "  market role %s: %s\n", p.MarketRole, tabular.Shown(p.MarketReason))
	}
	for _, s := range p.Spells {
		fmt.Fprintf(b, "  open from %s, %s\n", s.From.Format("2006-01-02"), s.end())
	}
	for i, s := range p.Seen {
		if i == 5 {
			fmt.Fprintf(b, "  and %d sightings more\n", p.Sightings-5)
			break
		}
		fmt.Fprintf(b, "  seen %s on %s, in %s at %d\n", s.SeenAt.Format("2006-01-02 15:04"), tabular.Shown(s.URL), tabular.Shown(s.Archive), s.Offset)
	}
}

// because says what joined the posting to its job, in words.
func (p *Posting) because() string {
	var e struct {
		With       string   `json:"with_posting"`
		Link       string   `json:"link"`
		URL        string   `json:"url"`
		Opening    string   `json:"opening"`
		Employer   string   `json:"employer"`
		Title      string   `json:"title"`
		Places     string   `json:"places"`
		GapDays    *float64 `json:"gap_days"`
		Similarity *float64 `json:"similarity"`
	}
	if json.Unmarshal(p.Evidence, &e) != nil || e.With == "" {
		return cmp.Or(map[string]string{"first": "its first ad"}[p.Reason], p.Reason)
	}
	var facts []string
	for _, f := range [...]struct{ name, value string }{
		{"link", e.Link}, {"address", e.URL}, {"number", e.Opening}, {"employer", e.Employer}, {"title", e.Title}, {"place", e.Places},
	} {
		if f.value != "" {
			facts = append(facts, f.name+" "+f.value)
		}
	}
	if e.GapDays != nil {
		facts = append(facts, fmt.Sprintf("days between: %.0f", *e.GapDays))
	}
	if e.Similarity != nil {
		facts = append(facts, fmt.Sprintf("likeness of the texts %.2f", *e.Similarity))
	}
	return fmt.Sprintf("%s, with %s: %s", p.Reason, e.With, strings.Join(facts, "; "))
}

// end says when the spell ended, or up to when it is known not to have.
func (s *Spell) end() string {
	day := func(t *time.Time) string { return t.Format("2006-01-02") }
	switch {
	case s.To == nil && s.WatchedTo != nil && s.ClosedAfter != nil:
		return "open when last seen, " + day(s.ClosedAfter) + "; unknown from " + day(s.WatchedTo)
	case s.To == nil:
		return "open when last seen"
	case s.ClosedAfter != nil && s.ClosedBy != nil:
		return "up to " + day(s.To) + ", closed between " + day(s.ClosedAfter) + " and " + day(s.ClosedBy)
	}
	return "up to " + day(s.To)
}

// shownDomains is how many domains are printed with their probability.
const shownDomains = 3

// verdict is the domain in words: how likely it and its rivals are, what else
// applies, and whether the classifier abstained.
func (p *Posting) verdict() string {
	order := slices.SortedFunc(maps.Keys(p.Probabilities), func(a, b string) int {
		return cmp.Or(cmp.Compare(p.Probabilities[b], p.Probabilities[a]), cmp.Compare(a, b))
	})
	var likely []string
	for _, d := range order[:min(len(order), shownDomains)] {
		likely = append(likely, fmt.Sprintf("%s %.2f", d, p.Probabilities[d]))
	}
	s := p.Domain + ": " + strings.Join(likely, ", ")
	if len(p.Also) > 0 {
		s += ", also " + strings.Join(p.Also, " and ")
	}
	if p.Abstained {
		s += "; abstained, since too little speaks for any domain: counted as other"
	}
	return s
}

// shownReasons is how many of a label's reasons the text shows; JSON has all.
const shownReasons = 5

// printReasons prints what weighed most for and against the domain.
func (p *Posting) printReasons(b *strings.Builder) {
	var reasons []schema.Reason
	if json.Unmarshal(p.Reasons, &reasons) != nil {
		return
	}
	for _, r := range reasons[:min(len(reasons), shownReasons)] {
		quoted := ""
		if r.Span != "" {
			quoted = ", " + fmt.Sprintf("%q", r.Span) + " in " + r.Where
		}
		fmt.Fprintf(b, "    %+.2f %s%s: %s\n", r.Weight, tabular.Shown(r.Domain), tabular.Shown(quoted), tabular.Shown(r.Why))
	}
}

// words are those of the texts that are not empty.
func words(texts ...string) (out []string) {
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return tabular.Shown(s)
}
