package evaluate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"jobmarket/warehouse/schema"
)

// WriteText writes the report for a terminal.
func (r Report) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%d postings of %d employers, %d with a domain label; classifier %s abstained on %d\n", r.Rows, r.Employers, r.Labelled, r.Version, r.Abstained)
	r.Domain.writeText(b, "domain")
	if r.Sure != nil {
		fmt.Fprintf(b, "\nwhere the readers were sure (%d): accuracy %.3f, macro-F1 %.3f\n", r.Sure.N, r.Sure.Accuracy, r.Sure.MacroF1)
	}
	r.Also.writeText(b)
	r.Rust.writeText(b, "rust")
	if r.Calibration != nil {
		r.Calibration.writeText(b)
	}
	if len(r.Worst) > 0 {
		fmt.Fprintf(b, "\nworst disagreements (confidence in the wrong answer, highest first)\n")
	}
	for _, d := range r.Worst {
		mark := "unsure"
		if d.Sure {
			mark = "sure"
		}
		fmt.Fprintf(b, "  line %d %s/%s %q (%s): labelled %s (%s, p %.2f), predicted %s (p %.2f)\n", d.Line, d.Source, plain(d.SourceID, 40), plain(d.Title, 70), plain(d.Company, 30), d.Labelled, mark, d.OfLabel, d.Predicted, d.Probability)
		for i, x := range d.Reasons {
			if i == 3 {
				break
			}
			fmt.Fprintf(b, "      %+.2f %s: %q in %s. %s\n", x.Weight, x.Domain, plain(x.Span, 60), x.Where, plain(x.Why, 120))
		}
	}
	return b.Flush()
}

// plain is s on one line, without control characters, at most n characters.
func plain(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

func (m *Measures) writeText(w io.Writer, name string) {
	if m == nil {
		return
	}
	fmt.Fprintf(w, "\n%s: %d labelled, accuracy %.3f [%.3f, %.3f], macro-F1 %.3f [%.3f, %.3f]\n", name, m.N, m.Accuracy, m.AccuracyI.Low, m.AccuracyI.High, m.MacroF1, m.MacroF1I.Low, m.MacroF1I.High)
	fmt.Fprintf(w, "%-10s %8s %9s %22s %22s %22s\n", "class", "labelled", "predicted", "precision", "recall", "F1")
	cell := func(x float64, i Interval, of int) string {
		if of == 0 {
			return "-" // of nothing there is no share
		}
		return fmt.Sprintf("%.3f [%.3f, %.3f]", x, i.Low, i.High)
	}
	for _, c := range m.ByClass {
		fmt.Fprintf(w, "%-10s %8d %9d %22s %22s %22s\n", c.Name, c.Labelled, c.Predicted,
			cell(c.Precision, c.PrecisionI, c.Predicted), cell(c.Recall, c.RecallI, c.Labelled), cell(c.F1, c.F1I, c.Labelled+c.Predicted))
	}
	fmt.Fprintf(w, "\n%-10s", "label\\guess")
	for _, c := range m.Classes {
		fmt.Fprintf(w, " %8s", c)
	}
	fmt.Fprintln(w)
	for i, row := range m.Confusion {
		fmt.Fprintf(w, "%-11s", m.Classes[i])
		for _, n := range row {
			fmt.Fprintf(w, " %8d", n)
		}
		fmt.Fprintln(w)
	}
}

func (c *Calibration) writeText(w io.Writer) {
	fmt.Fprintf(w, "\ncalibration: ECE %.3f, Brier %.3f, log loss %.3f\n", c.ECE, c.Brier, c.Log)
	fmt.Fprintf(w, "%-10s %5s %11s %9s\n", "said", "n", "confidence", "accuracy")
	for _, b := range c.Bins {
		if b.N > 0 {
			fmt.Fprintf(w, "%.1f-%.1f    %5d %11.3f %9.3f\n", b.From, b.To, b.N, b.Confidence, b.Accuracy)
		}
	}
}

// prediction is one line of a predictions file.
type prediction struct {
	Source        string             `json:"source"`
	SourceID      string             `json:"source_id"`
	Domain        string             `json:"domain"`
	Also          []string           `json:"also"`
	Rust          string             `json:"rust"`
	Probabilities map[string]float64 `json:"probabilities"`
	Reasons       json.RawMessage    `json:"reasons"`
}

// WritePredictions writes one JSON line for each row, in the order of the rows.
func (r Report) WritePredictions(w io.Writer) error {
	b := bufio.NewWriter(w)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	for _, j := range r.Judgements {
		p := prediction{
			Source: j.Row.Source, SourceID: j.Row.SourceID, Domain: j.Label.Domain, Also: []string{}, Rust: j.Label.MarketRole,
			Probabilities: map[string]float64{}, Reasons: json.RawMessage("[]"),
		}
		for _, a := range []string{j.Label.Also1, j.Label.Also2} {
			if a != "" {
				p.Also = append(p.Also, a)
			}
		}
		for k, d := range schema.Domains {
			p.Probabilities[d] = j.Label.Probabilities[k]
		}
		if json.Valid([]byte(j.Label.Reasons)) {
			p.Reasons = json.RawMessage(j.Label.Reasons)
		}
		if err := e.Encode(p); err != nil {
			return fmt.Errorf("prediction of %s/%s: %w", p.Source, p.SourceID, err)
		}
	}
	return b.Flush()
}
