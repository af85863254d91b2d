package evaluate

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobmarket/warehouse/schema"
)

func TestReadNamesEveryBadLine(t *testing.T) {
	in := strings.Join([]string{
		`{"source":"hn","source_id":"1","title":"A | B","date":"2017-01-02","company":null,"location":null,"text":"x","domain":"web","also":[],"rust":"no","sure":true}`,
		`{"source":"hn","source_id":"2","title":"no labels"}`,
		``,
		`{"source":"hn","title":"no id"}`,
		`{"source":"hn","source_id":"3"}`,
		`{"source":"hn","source_id":"4","title":"t","domain":"blockchain"}`,
		`{"source":"hn","source_id":"5","title":"t","rust":"maybe"}`,
		`{"source":"hn","source_id":"6","title":"t","also":["all"]}`,
		`{"source":"hn","source_id":"7","title":"t","date":"yesterday"}`,
		`{"source":"hn","source_id":8,"title":"t"}`,
		"\x00\xff binary",
	}, "\n")
	rows, err := Read(strings.NewReader(in))
	if len(rows) != 2 || rows[1].Line != 2 || rows[0].Company != "" {
		t.Errorf("rows: %+v", rows)
	}
	want := []string{
		"line 4: no source_id: give each posting one, predictions are written under it",
		"line 5: no title, company or text: nothing is there to judge",
		`line 6: domain "blockchain" is unknown: use one of crypto, cloud, gaming, web, finance, embedded, data_ai, security, other, or leave it out`,
		`line 7: rust "maybe" is unknown: use one of core, some, no, or leave it out`,
		`line 8: also names "all", which is no domain: use crypto, cloud, gaming, web, finance, embedded, data_ai, security, other`,
		`line 9: date "yesterday" is no day: write it as 2006-01-02, or leave it out`,
		`line 10: field "source_id" holds a number, wanted text in quotes: correct the line`,
		`line 11: no JSON at byte 1 (invalid character '\x00' looking for beginning of value): write one object a line`,
	}
	if err == nil {
		t.Fatal("no error")
	}
	if d := cmp.Diff(want, strings.Split(err.Error(), "\n")); d != "" {
		t.Error(d)
	}
}

func TestReadGivesUpAfterManyBadLines(t *testing.T) {
	_, err := Read(strings.NewReader(strings.Repeat("no json\n", 5000)))
	if n := strings.Count(err.Error(), "\n"); n != MaxBad {
		t.Errorf("%d lines of errors, wanted %d and one that says the rest was not read", n, MaxBad)
	}
}

// judge says what a posting's text tells it to say: "domain role".
func judge(p *schema.Posting) schema.Label {
	domain, role, _ := strings.Cut(p.Text, " ")
	l := schema.Label{Domain: domain, MarketRole: role, Version: "v", Reasons: `[{"domain":"web","weight":1,"kind":"lexicon","where":"text","span":"shop","why":"It sells."}]`}
	for k := range l.Probabilities {
		l.Probabilities[k] = 0.025
		if schema.Domains[k] == domain {
			l.Probabilities[k] = 0.8
		}
	}
	return l
}

func row(id, company, truth, rust, says string) Row {
	sure := true
	return Row{Source: "s", SourceID: id, Company: company, Title: "t", Text: says, Domain: truth, Rust: rust, Sure: &sure}
}

func TestRun(t *testing.T) {
	rep := Run([]Row{
		row("1", "A", "web", "core", "web core"),
		row("2", "A", "web", "core", "web some"),
		row("3", "B", "crypto", "no", "crypto no"),
		row("4", "C", "crypto", "no", "web no"),
		row("5", "D", "", "", "gaming no"),
	}, judge)
	web := rep.Domain.ByClass[3]
	if web.Name != "web" || web.Labelled != 2 || web.Predicted != 3 || web.F1 != 0.8 || web.Recall != 1 {
		t.Errorf("web: %+v", web)
	}
	// crypto 2/3, web 4/5; the seven classes that nobody labelled do not count
	if want := (2.0/3 + 0.8) / 2; math.Abs(rep.Domain.MacroF1-want) > 1e-9 {
		t.Errorf("macro-F1 %v, wanted %v", rep.Domain.MacroF1, want)
	}
	if rep.Rust.Accuracy != 0.75 || rep.Rust.N != 4 || rep.Labelled != 4 || rep.Rows != 5 || rep.Employers != 4 {
		t.Errorf("rust accuracy %v of %d, %d labelled of %d rows, %d employers", rep.Rust.Accuracy, rep.Rust.N, rep.Labelled, rep.Rows, rep.Employers)
	}
	if len(rep.Worst) != 1 || rep.Worst[0].SourceID != "4" || rep.Worst[0].Reasons[0].Span != "shop" {
		t.Errorf("worst: %+v", rep.Worst)
	}
	// all confidences are 0.8, three of four are right
	if c := rep.Calibration; math.Abs(c.ECE-0.05) > 1e-9 || c.Bins[8].N+c.Bins[7].N != 4 {
		t.Errorf("calibration: %+v", c)
	}
}

func TestReportsAndPredictions(t *testing.T) {
	rep := Run([]Row{row("1", "A", "web", "core", "web core"), row("2\x1b[31m", "B", "crypto", "no", "web no")}, judge)
	var text, object, predictions bytes.Buffer
	if err := rep.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text.String(), "\x1b") {
		t.Error("a terminal escape of the input reached the report")
	}
	for _, want := range []string{"macro-F1", "calibration: ECE", "worst disagreements", `labelled crypto (sure, p 0.03), predicted web (p 0.80)`} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, text.String())
		}
	}
	if err := rep.WriteJSON(&object); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(object.Bytes()) {
		t.Error("the report is no JSON")
	}
	if err := rep.WritePredictions(&predictions); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(predictions.String()), "\n")
	want := `{"source":"s","source_id":"1","domain":"web","also":[],"rust":"core","probabilities":{"cloud":0.025,"crypto":0.025,"data_ai":0.025,"embedded":0.025,"finance":0.025,"gaming":0.025,"other":0.025,"security":0.025,"web":0.8},"reasons":[{"domain":"web","weight":1,"kind":"lexicon","where":"text","span":"shop","why":"It sells."}]}`
	if len(lines) != 2 || lines[0] != want {
		t.Errorf("predictions:\n%s\nwanted first\n%s", predictions.String(), want)
	}
}

// TestFurther: of three labelled and three named domains two are common; the
// sets are alike wholly in the first row, by half in the second, not in the third.
func TestFurther(t *testing.T) {
	rows := []Row{row("1", "A", "web", "", ""), row("2", "B", "web", "", ""), row("3", "C", "web", "", ""), row("4", "D", "web", "", ""), row("5", "E", "web", "", "")}
	labelled := [][]string{{"cloud"}, {"cloud", "finance"}, {}, {}, nil}
	said := [][2]string{{"cloud", ""}, {"cloud", ""}, {"security", ""}, {"", ""}, {"gaming", ""}}
	by := map[string]int{}
	for i := range rows {
		rows[i].Also = labelled[i]
		by[rows[i].SourceID] = i
	}
	rep := Run(rows, func(p *schema.Posting) schema.Label {
		a := said[by[p.Key]]
		return schema.Label{Domain: "web", Also1: a[0], Also2: a[1]}
	})
	f := rep.Also
	if f.N != 4 || f.Labelled != 3 || f.Predicted != 3 || f.Both != 2 {
		t.Errorf("%+v: wanted 4 rows that carry the label, 3, 3 and 2 pairs", f)
	}
	for what, x := range map[string][2]float64{
		"precision": {f.Precision, 2.0 / 3}, "recall": {f.Recall, 2.0 / 3}, "F1": {f.F1, 2.0 / 3},
		"Jaccard": {f.Jaccard, 2.5 / 4}, "Jaccard of those not empty": {f.NonEmpty, 1.5 / 3}, "cloud": {f.ByClass[1].F1, 1},
	} {
		if math.Abs(x[0]-x[1]) > 1e-9 {
			t.Errorf("%s %v, wanted %v", what, x[0], x[1])
		}
	}
	if f.F1I.Low > f.F1 || f.F1I.High < f.F1 || f.F1I.Low == f.F1I.High {
		t.Errorf("F1 %v in %v", f.F1, f.F1I)
	}
	var text bytes.Buffer
	if err := rep.WriteText(&text); err != nil || !strings.Contains(text.String(), "also (further domains): 4 rows with 3, 3 predicted, 2 of them right") {
		t.Errorf("%v:\n%s", err, text.String())
	}
}

func TestRunWithoutLabels(t *testing.T) {
	rep := Run([]Row{row("1", "A", "", "", "web core")}, judge)
	if rep.Domain != nil || rep.Rust != nil || rep.Calibration != nil {
		t.Errorf("measures without labels: %+v", rep)
	}
	var text bytes.Buffer
	if err := rep.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if rep = Run(nil, judge); rep.Rows != 0 {
		t.Error("rows from nothing")
	}
}

func TestWilson(t *testing.T) {
	// Worked out apart from this code, in 50 decimal digits: 0 of 10 gives 0 to 0.277533.
	if i := Wilson(0, 10); i.Low != 0 || math.Abs(i.High-0.2775) > 1e-3 {
		t.Errorf("0 of 10: %+v", i)
	}
	if i := Wilson(5, 10); math.Abs(i.Low-0.2366) > 1e-3 || math.Abs(i.High-0.7634) > 1e-3 {
		t.Errorf("5 of 10: %+v", i)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"source":"hn","source_id":"1","title":"A","date":"2017-01-02"}`))
	f.Add([]byte("{\n\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		rows, _ := Read(bytes.NewReader(b))
		for i := range rows {
			rows[i].Posting()
		}
	})
}
