// Command train fits the weights of package domain and measures them.
//
//	go run ./transform/domain/train -corpus ../shared/corpus
//
// It reads the labels in transform/domain/training, finds their texts in the
// corpus by id, adds unread ads of employers that the registry knows, and prints
// what it measures: trained on those labels and tested on gold_dev.jsonl, no
// unread ad of its employers among them; and both together cross-validated by
// employer; each also as if the registry were empty. With -write it then trains
// on all of it and writes the weights that ship.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"jobmarket/transform/domain"
	"jobmarket/transform/evaluate"
	"jobmarket/warehouse/schema"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	set := flag.NewFlagSet("train", flag.ContinueOnError)
	dir := set.String("corpus", "../shared/corpus", "folder of the archives and of gold_dev.jsonl")
	labels := set.String("labels", "transform/domain/training/labels.csv", "labels to train on")
	write := set.String("write", "", "write the weights to this file, usually transform/domain/weights.csv")
	perEmployer := set.Int("weak", 6, "most unread ads of one known employer that are trained on")
	folds := set.Int("folds", 10, "folds of employers to cross-validate with")
	if err := set.Parse(args); err != nil {
		return err
	}
	t, rows, gold, err := load(out, *dir, *labels)
	if err != nil {
		return err
	}
	all := append(rows, gold...)
	c, err := domain.Untrained()
	if err != nil {
		return err
	}
	read := examples(c, all)
	weak := c.WeakExamples(t.others(all), *perEmployer)
	fmt.Fprintf(out, "%d more ads of employers that the registry knows\n", len(weak))
	trainer, err := domain.NewTrainer(append(read, weak...), domain.DefaultSettings)
	if err != nil {
		return err
	}
	ofGold := map[string]bool{}
	for _, e := range read[len(rows):] {
		ofGold[e.Employer] = true
	}
	isGold := func(i int) bool {
		return i >= len(rows) && i < len(all) || i >= len(all) && ofGold[trainer.Employer(i)]
	}
	goldHeld := trainer.Hold(isGold)[:len(all)]
	report(out, "labels only, tested on gold", gold, goldHeld[len(rows):], nil, false)
	report(out, "the same, as if no registry knew the employers", gold, goldHeld[len(rows):], nil, true)
	held := trainer.CrossValidate(*folds)
	also := trainer.Also(held, *folds)
	report(out, "labels and gold, cross-validated by employer: the gold part", gold, held[len(rows):len(all)], also[len(rows):], false)
	report(out, "labels and gold, cross-validated by employer: all", all, held[:len(all)], also, false)
	report(out, "the same, as if no registry knew the employers", all, held[:len(all)], nil, true)
	if *write == "" {
		return nil
	}
	weights, err := trainer.Weights(held)
	if err != nil {
		return err
	}
	if err := os.WriteFile(*write+".part", weights, 0o644); err != nil {
		return err
	}
	return os.Rename(*write+".part", *write)
}

// load reads the corpus, the labels with their texts, and the gold set.
func load(out io.Writer, dir, labels string) (t texts, rows, gold []evaluate.Row, err error) {
	t, err = readCorpus(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	rows, missing, err := readLabels(labels, t)
	if err != nil {
		return nil, nil, nil, err
	}
	f, err := os.Open(filepath.Join(dir, "gold_dev.jsonl"))
	if err != nil {
		return nil, nil, nil, err
	}
	defer f.Close()
	gold, err = evaluate.Read(f)
	if err != nil {
		return nil, nil, nil, err
	}
	fmt.Fprintf(out, "%d labels with text, %d whose text the corpus lacks, %d gold\n", len(rows), missing, len(gold))
	return t, rows, gold, nil
}

func examples(c *domain.Classifier, rows []evaluate.Row) []domain.Example {
	var out []domain.Example
	for i := range rows {
		r := &rows[i]
		p := r.Posting()
		out = append(out, domain.Example{Posting: p, Domain: r.Domain, Also: r.Also, Employer: c.EmployerOf(p), Sure: r.Sure != nil && *r.Sure})
	}
	return out
}

// report measures held-out scores, and further domains unless also is nil, as
// evaluate would.
func report(out io.Writer, title string, rows []evaluate.Row, held []domain.Held, also [][]string, blind bool) {
	fmt.Fprintf(out, "\n== %s\n", title)
	by := map[string]*domain.Held{}
	further := map[string][2]string{}
	for i, r := range rows {
		by[r.Source+"/"+r.SourceID] = &held[i]
		if also != nil {
			var pair [2]string
			copy(pair[:], also[i])
			further[r.Source+"/"+r.SourceID] = pair
		}
	}
	temperature := domain.Temperature(held)
	rep := evaluate.Run(rows, func(p *schema.Posting) schema.Label {
		d, probabilities := by[p.Source+"/"+p.Key].Decide(blind, temperature)
		a := further[p.Source+"/"+p.Key]
		return schema.Label{Domain: d, Probabilities: probabilities, Also1: a[0], Also2: a[1]}
	})
	n, right := domain.Undecided(held, blind, temperature)
	fmt.Fprintf(out, "nothing to go by but words, and undecided for that: %d, of which the best domain is right in %d\n", n, right)
	if also == nil {
		rep.Also = nil
	}
	rep.Worst = nil
	rep.WriteText(out)
}
