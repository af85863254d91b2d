package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobmarket/transform/domain"
	"jobmarket/transform/evaluate"
)

// TestTrainedOnNamesTheEvaluationSet: the ids that ship beside the labels are the
// evaluation set's.
func TestTrainedOnNamesTheEvaluationSet(t *testing.T) {
	f, err := os.Open("../../../../shared/corpus/gold_dev.jsonl")
	if err != nil {
		t.Skip("the labelled postings are not here: ", err)
	}
	defer f.Close()
	rows, err := evaluate.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if !domain.TrainedOn(r.Source, r.SourceID) {
			t.Errorf("%s/%s is not in training/evaluation.csv", r.Source, r.SourceID)
		}
	}
	if domain.TrainedOn("hn", "1") {
		t.Error("a posting of nobody's was trained on")
	}
}

func TestReadThread(t *testing.T) {
	got := texts{}
	body := `{"children":[{"id":7,"created_at":"2017-01-02T03:04:05Z","text":"Acme | Berlin<p>We make <i>lathes</i> &amp; <a href=\"https:&#x2F;&#x2F;acme.example\">more</a>"},{"id":8,"text":null}]}`
	if err := readThread(got, "https://hn.algolia.com/api/v1/items/1", []byte(body)); err != nil {
		t.Fatal(err)
	}
	r := got["hn/7"]
	if len(got) != 1 || r.Title != "Acme | Berlin" || r.Date != "2017-01-02" || r.Text != "Acme | Berlin\nWe make  lathes  &  https://acme.example" {
		t.Errorf("read %+v", got)
	}
}

func TestReadIssue(t *testing.T) {
	got := texts{}
	readIssue(got, "", []byte("# Jobs\n* [Rust Developer at Acme (Berlin)](https://acme.example/jobs/1).\n"))
	if len(got) != 1 {
		t.Fatalf("read %+v", got)
	}
	for _, r := range got {
		if r.Title != "Rust Developer" || r.SourceID != "d6a1c08994a8" {
			t.Errorf("read %+v", r)
		}
	}
}

func TestReadLabels(t *testing.T) {
	path := filepath.Join(t.TempDir(), "labels.csv")
	err := os.WriteFile(path, []byte("source,source_id,company,date,domain,also,rust,sure\nhn,7,Acme,2017-01-02,web,,no,true\nhn,9,Gone,2017-01-02,web,,no,true\n"), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	got := texts{}
	readThread(got, "/items/", []byte(`{"children":[{"id":7,"text":"Acme | Berlin"}]}`))
	rows, missing, err := readLabels(path, got)
	if err != nil || missing != 1 || len(rows) != 1 {
		t.Fatalf("%d rows, %d missing, %v", len(rows), missing, err)
	}
	if d := cmp.Diff([]string{"Acme", "web", "no", "Acme | Berlin"}, []string{rows[0].Company, rows[0].Domain, rows[0].Rust, rows[0].Text}); d != "" {
		t.Error(d)
	}
}
