package evaluate

import (
	"cmp"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"

	"jobmarket/warehouse/schema"
)

// Judgement is one row and what the classifier made of it.
type Judgement struct {
	Row   Row
	Label schema.Label
}

// Report is what an evaluation found. Measures of a label that no row carries
// are left at nil.
type Report struct {
	Rows        int            `json:"rows"`
	Labelled    int            `json:"labelled"`
	Employers   int            `json:"employers"`
	Version     string         `json:"version"`
	Domain      *Measures      `json:"domain,omitempty"`
	Sure        *Measures      `json:"domain_sure_only,omitempty"` // rows where the readers were sure
	Also        *Further       `json:"also,omitempty"`
	Rust        *Measures      `json:"rust,omitempty"`
	Calibration *Calibration   `json:"calibration,omitempty"`
	Abstained   int            `json:"abstained"`
	TrainedOn   int            `json:"trained_on"` // rows whose labels the classifier was trained on, as the caller says
	Worst       []Disagreement `json:"worst"`

	Judgements []Judgement `json:"-"`
}

// Measures compare predicted classes with labelled ones.
type Measures struct {
	N         int      `json:"n"`
	Classes   []string `json:"classes"`
	Confusion [][]int  `json:"confusion"` // [labelled][predicted]
	ByClass   []Class  `json:"by_class"`
	Accuracy  float64  `json:"accuracy"`
	AccuracyI Interval `json:"accuracy_interval"` // by employer
	MacroF1   float64  `json:"macro_f1"`          // over the classes that are labelled at least once
	MacroF1I  Interval `json:"macro_f1_interval"` // by employer
}

// Class measures one class. Precision and recall have Wilson intervals, F1 one
// by bootstrap over employers.
type Class struct {
	Name       string   `json:"name"`
	Labelled   int      `json:"labelled"`
	Predicted  int      `json:"predicted"`
	Precision  float64  `json:"precision"`
	PrecisionI Interval `json:"precision_interval"`
	Recall     float64  `json:"recall"`
	RecallI    Interval `json:"recall_interval"`
	F1         float64  `json:"f1"`
	F1I        Interval `json:"f1_interval"`
}

// Disagreement is a row on which the classifier and the label differ.
type Disagreement struct {
	Source      string          `json:"source"`
	SourceID    string          `json:"source_id"`
	Line        int             `json:"line"`
	Company     string          `json:"company"`
	Title       string          `json:"title"`
	Labelled    string          `json:"labelled"`
	Predicted   string          `json:"predicted"`
	Probability float64         `json:"probability"` // of the predicted domain
	OfLabel     float64         `json:"probability_of_label"`
	Sure        bool            `json:"sure"`
	Reasons     []schema.Reason `json:"reasons"`
}

// bootstrapRounds is how often employers are drawn for an interval.
const bootstrapRounds = 1000

// worstShown is how many disagreements a report lists.
const worstShown = 20

// Run judges every row and measures the labelled ones.
func Run(rows []Row, judge func(*schema.Posting) schema.Label) Report {
	rep := Report{Rows: len(rows), Worst: []Disagreement{}}
	var domain, sure, rust []pair
	var probabilities []judged
	var alsos []sets
	employers := map[string]bool{}
	for i := range rows {
		row := &rows[i]
		label := judge(row.Posting())
		rep.Version = label.Version
		if label.Abstained {
			rep.Abstained++
		}
		rep.Judgements = append(rep.Judgements, Judgement{*row, label})
		who := row.Employer()
		employers[who] = true
		if row.Domain != "" {
			rep.Labelled++
			p := pair{row.Domain, label.Domain, who}
			domain = append(domain, p)
			if row.Sure != nil && *row.Sure {
				sure = append(sure, p)
			}
			probabilities = append(probabilities, judged{label.Probabilities, index(schema.Domains, row.Domain)})
			if row.Domain != label.Domain {
				rep.Worst = append(rep.Worst, disagreement(row, &label))
			}
		}
		if row.Also != nil {
			alsos = append(alsos, setsOf(row, &label))
		}
		if row.Rust != "" && label.MarketRole != "" {
			rust = append(rust, pair{row.Rust, label.MarketRole, who})
		}
	}
	rep.Employers = len(employers)
	rep.Domain = measure(domain, schema.Domains)
	rep.Sure = measure(sure, schema.Domains)
	rep.Also = further(alsos)
	rep.Rust = measure(rust, Roles)
	if len(probabilities) > 0 {
		c := calibrate(probabilities)
		rep.Calibration = &c
	}
	slices.SortStableFunc(rep.Worst, func(a, b Disagreement) int {
		return cmp.Compare(b.Probability-b.OfLabel, a.Probability-a.OfLabel)
	})
	rep.Worst = rep.Worst[:min(len(rep.Worst), worstShown)]
	return rep
}

// Employer is the key by which rows of one employer are told; a row without a
// company is an employer of its own.
func (r *Row) Employer() string {
	if k := strings.ToLower(strings.Join(strings.Fields(r.Company), "")); k != "" {
		return k
	}
	return r.Source + "/" + r.SourceID
}

func disagreement(row *Row, label *schema.Label) Disagreement {
	d := Disagreement{
		Source: row.Source, SourceID: row.SourceID, Line: row.Line, Company: row.Company, Title: row.Title,
		Labelled: row.Domain, Predicted: label.Domain, Sure: row.Sure != nil && *row.Sure,
		Probability: label.Probabilities[index(schema.Domains, label.Domain)],
		OfLabel:     label.Probabilities[index(schema.Domains, row.Domain)],
	}
	json.Unmarshal([]byte(label.Reasons), &d.Reasons) // no reasons when it is no JSON
	return d
}

func index(list []string, s string) int { return max(0, slices.Index(list, s)) }

// pair is a labelled and a predicted class of one row.
type pair struct{ labelled, predicted, employer string }

// measure is nil when there are no pairs.
func measure(pairs []pair, classes []string) *Measures {
	if len(pairs) == 0 {
		return nil
	}
	n := len(classes)
	truth, guess := make([]int, len(pairs)), make([]int, len(pairs))
	clusters, ones := make([]string, len(pairs)), make([]int, len(pairs))
	for i, p := range pairs {
		truth[i], guess[i], clusters[i], ones[i] = index(classes, p.labelled), index(classes, p.predicted), p.employer, 1
	}
	// statistics: F1 of each class, macro-F1, accuracy
	statistics := func(weight []int) []float64 {
		c := confusion(truth, guess, weight, n)
		out := make([]float64, 0, n+2)
		sum, k := 0.0, 0
		for i := range n {
			f := f1(c, i)
			out = append(out, f)
			if !math.IsNaN(f) && total(c[i]) > 0 {
				sum, k = sum+f, k+1
			}
		}
		return append(out, sum/float64(k), accuracy(c))
	}
	c := confusion(truth, guess, ones, n)
	point, spread := statistics(ones), clustered(clusters, bootstrapRounds, statistics)
	m := &Measures{
		N: len(pairs), Classes: classes, Confusion: c, MacroF1: point[n], MacroF1I: spread[n],
		Accuracy: point[n+1], AccuracyI: spread[n+1],
	}
	for i, name := range classes {
		labelled, predicted := total(c[i]), 0
		for j := range n {
			predicted += c[j][i]
		}
		hits := float64(c[i][i])
		m.ByClass = append(m.ByClass, Class{
			Name: name, Labelled: labelled, Predicted: predicted,
			Precision: ratio(hits, float64(predicted)), PrecisionI: Wilson(hits, float64(predicted)),
			Recall: ratio(hits, float64(labelled)), RecallI: Wilson(hits, float64(labelled)),
			F1: zeroNaN(point[i]), F1I: spread[i],
		})
	}
	return m
}

func confusion(truth, guess, weight []int, n int) [][]int {
	c := make([][]int, n)
	for i := range c {
		c[i] = make([]int, n)
	}
	for i, w := range weight {
		c[truth[i]][guess[i]] += w
	}
	return c
}

// f1 of class i; NaN when it is neither labelled nor predicted.
func f1(c [][]int, i int) float64 {
	both := total(c[i])
	for j := range c {
		both += c[j][i]
	}
	if both == 0 {
		return math.NaN()
	}
	return 2 * float64(c[i][i]) / float64(both)
}

func accuracy(c [][]int) float64 {
	hits, n := 0, 0
	for i := range c {
		hits += c[i][i]
		n += total(c[i])
	}
	return float64(hits) / float64(n)
}

func total(row []int) (n int) {
	for _, x := range row {
		n += x
	}
	return n
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func zeroNaN(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

// WriteJSON writes the report as one JSON object.
func (r Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}
