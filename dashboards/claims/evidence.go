package claims

import (
	"fmt"
	"io"
	"strings"
)

// WriteEvidence writes what stands behind a verdict, for a terminal: the figures
// with their intervals, the rule, the classifier's error, the sources, and the
// query that lists the ads. Of a claim of several parts it writes each part's.
func (v Verdict) WriteEvidence(w io.Writer) error {
	var b strings.Builder
	v.evidence(&b)
	for _, p := range v.Parts {
		fmt.Fprintf(&b, "\n  Part: %s\n", plain(p.Claim.Text))
		p.evidence(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (v Verdict) evidence(b *strings.Builder) {
	table(b, "figures, with 95 % intervals", v.Figures, func(f Figure) string {
		if f.Of == 0 {
			return fmt.Sprintf("%s a year (%s to %s)", Percent(f.Value), Percent(f.Interval.Low), Percent(f.Interval.High))
		}
		return fmt.Sprintf("%s (%s to %s), %s of %s", Percent(f.Value), Percent(f.Interval.Low), Percent(f.Interval.High), Number(f.Count), Number(f.Of))
	})
	points := func(f Figure) string {
		s := fmt.Sprintf("%s (%s to %s)", Points(f.Value), Points(f.Interval.Low), Points(f.Interval.High))
		if f.Detail != "" {
			s += "; " + plain(f.Detail)
		}
		return s
	}
	table(b, "differences that decide, in percentage points ("+v.Holds()+")", v.Contrasts, points)
	if len(v.Strata) > 1 {
		table(b, "the same, source by source (95 % interval each)", v.Strata, points)
	}
	if v.Rule != "" {
		fmt.Fprintf(b, "  rule: %s\n", plain(v.Rule))
	}
	if v.Error != "" {
		fmt.Fprintf(b, "  classifier error: %s\n", plain(v.Error))
	}
	var counted []string
	for _, s := range v.Shown() {
		counted = append(counted, plain(s.Source)+" "+Number(s.N))
	}
	if len(counted) > 0 {
		fmt.Fprintf(b, "  sources: %s\n", strings.Join(counted, ", "))
	}
	for _, s := range v.Silent() {
		fmt.Fprintf(b, "  %s: %s\n", Amount(float64(s.N), "sources"), plain(s.Why))
	}
	if v.Query != "" {
		fmt.Fprintf(b, "  ads: %s; `jobmarket sql` lists them by\n", Number(float64(v.AdsTotal)))
		for line := range strings.Lines(strings.TrimSpace(v.Query)) {
			fmt.Fprintf(b, "    %s\n", plain(strings.TrimRight(line, "\n")))
		}
	}
}

// table writes figures below each other, their names and what is said of them.
func table(b *strings.Builder, head string, list []Figure, words func(Figure) string) {
	if len(list) == 0 {
		return
	}
	wide := 0
	for _, f := range list {
		wide = max(wide, len([]rune(Field(plain(f.Label)))))
	}
	fmt.Fprintf(b, "  %s:\n", head)
	for _, f := range list {
		name := Field(plain(f.Label))
		fmt.Fprintf(b, "    %s%s  %s\n", name, strings.Repeat(" ", wide-len([]rune(name))), words(f))
	}
}
