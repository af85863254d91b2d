// Command train fits the weights of package domain and measures them.
//
//	go run ./transform/domain/train -corpus ../shared/corpus
//
// It reads the labels in transform/domain/training, finds their texts in the
// corpus by id, and prints three measurements: trained on those labels and
// tested on gold_dev.jsonl; the same, on employers that the labels lack; and
// both together cross-validated by employer. With -write it then trains on
// both and writes the weights that ship.
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
	folds := set.Int("folds", 10, "folds of employers to cross-validate with")
	if err := set.Parse(args); err != nil {
		return err
	}
	t, err := readCorpus(*dir)
	if err != nil {
		return err
	}
	rows, missing, err := readLabels(*labels, t)
	if err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(*dir, "gold_dev.jsonl"))
	if err != nil {
		return err
	}
	defer f.Close()
	gold, err := evaluate.Read(f)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d labels with text, %d whose text the corpus lacks, %d gold\n", len(rows), missing, len(gold))
	all := append(rows, gold...)
	trainer, err := domain.NewTrainer(examples(all), domain.DefaultSettings)
	if err != nil {
		return err
	}
	report(out, "labels only, tested on gold", gold, trainer.Hold(func(i int) bool { return i >= len(rows) })[len(rows):])
	held := trainer.CrossValidate(*folds)
	report(out, "labels and gold, cross-validated by employer: the gold part", gold, held[len(rows):])
	report(out, "labels and gold, cross-validated by employer: all", all, held)
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

func examples(rows []evaluate.Row) []domain.Example {
	var out []domain.Example
	for i := range rows {
		r := &rows[i]
		employer := domain.NameKey(r.Company)
		if employer == "" {
			employer = r.Source + "/" + r.SourceID
		}
		out = append(out, domain.Example{Posting: r.Posting(), Domain: r.Domain, Employer: employer, Sure: r.Sure != nil && *r.Sure})
	}
	return out
}

// report measures held-out scores as evaluate would.
func report(out io.Writer, title string, rows []evaluate.Row, held []domain.Held) {
	fmt.Fprintf(out, "\n== %s\n", title)
	by := map[string]domain.Held{}
	for i, r := range rows {
		by[r.Source+"/"+r.SourceID] = held[i]
	}
	rep := evaluate.Run(rows, func(p *schema.Posting) schema.Label {
		d, probabilities := by[p.Source+"/"+p.Key].Verdict()
		return schema.Label{Domain: d, Probabilities: probabilities}
	})
	rep.Worst = nil
	rep.WriteText(out)
}
