package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"jobmarket/dashboards/claims"
	"jobmarket/ingest/kinds"
	"jobmarket/transform"
	"jobmarket/transform/domain"
	"jobmarket/transform/evaluate"
	"jobmarket/warehouse/schema"
)

func (a *app) validateCommand() *cobra.Command {
	var kindsToo, languages bool
	c := &cobra.Command{
		Use: "validate [FILE]", GroupID: "check", Args: cobra.MaximumNArgs(1),
		Short: "Check pipeline.yaml without touching the network",
		Long: `validate reads a configuration and names every mistake in it: file, line, field,
value, and what to do. It fetches nothing.`,
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case kindsToo:
				return a.listKinds()
			case languages:
				fmt.Fprintln(a.out, strings.Join(languageNames(), "\n"))
				return nil
			}
			if len(args) == 1 {
				a.config = args[0]
			}
			cfg, err := a.load()
			if err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s: good: market %s (%s), %s, %s, data in %s\n", cfg.File, cfg.Language, cfg.Definition,
				claims.Amount(float64(len(cfg.Sources)), "sources"), claims.Amount(float64(len(cfg.Claims)), "claims"), cfg.Data)
			return nil
		},
	}
	c.Flags().BoolVar(&kindsToo, "kinds", false, "list the kinds of source and what each needs")
	c.Flags().BoolVar(&languages, "languages", false, "list the languages that a market may be")
	return c
}

func (a *app) digestCommand() *cobra.Command {
	return &cobra.Command{
		Use: "digest", GroupID: "check", Args: cobra.NoArgs,
		Short: "A digest of the warehouse's content",
		Long: `digest prints one line over everything that was collected and derived, leaving
out run ids and times of running: two warehouses that hold the same have the same.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.load()
			if err != nil {
				return err
			}
			if err := holdsWarehouse(cfg.Data); err != nil {
				return err
			}
			w, err := openWarehouse(cmd.Context(), cfg.Data)
			if err != nil {
				return err
			}
			d, err := w.Digest(cmd.Context())
			if err == nil {
				fmt.Fprintln(a.out, d)
			}
			return errors.Join(err, w.Close())
		},
	}
}

// listKinds prints what a source may be.
func (a *app) listKinds() error {
	t := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "kind\tmode\tneeds\twhat it is")
	for _, k := range kinds.All {
		mode := string(k.Mode)
		if k.Either {
			mode += " *"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", k.Name, mode, strings.Join(k.Needs, ", "), k.Doc)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(a.out, "* a source may say mode: feed or mode: periodical, with a lifetime")
	return nil
}

func (a *app) evaluateCommand() *cobra.Command {
	var predictions string
	c := &cobra.Command{
		Use: "evaluate FILE.jsonl", GroupID: "check",
		Short: "Measure the classifier against labelled postings",
		Long: `evaluate judges the postings of a file and compares with its labels. A line is
an object with source, source_id, company, title, location, date and text, and
the labels domain, also, rust (core, some, no) and sure; labels may be absent,
and then there are only predictions. Every line needs source_id, under which
predictions are written, and a title, company or text.

It prints the confusion matrix, precision, recall and F1 of each class with 95 %
intervals, macro-F1, the same for rust, calibration, and the worst
disagreements with the reasons that led there. Of also it prints, over all pairs
of a posting and a further domain, precision, recall and F1, and the mean over
postings of Jaccard's index of the labelled and the predicted set (1 where both
are empty); a posting without the field also is left out of that, one with an
empty list is not. With --json the figures stand under the same names.`,
		Example: "  jobmarket evaluate labelled.jsonl\n  jobmarket evaluate labelled.jsonl --json --predictions out.jsonl",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("evaluate takes one file of labelled postings; got %d arguments", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.evaluate(args[0], predictions) },
	}
	c.Flags().StringVar(&predictions, "predictions", "", "write one line for each posting here: domain, also, rust, probabilities, reasons; - prints them and nothing else")
	a.jsonFlag(c)
	return c
}

func (a *app) evaluate(file, predictions string) (err error) {
	cfg, err := a.load()
	if err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return usagef("%s: cannot be read: %v", file, errors.Unwrap(err))
	}
	defer f.Close()
	if in, err := f.Stat(); err == nil && predictions != "" {
		if out, err := os.Stat(predictions); err == nil && os.SameFile(in, out) {
			return usagef("--predictions %s: is the file of labels itself; name another, or the labels are lost", predictions)
		}
	}
	rows, err := evaluate.Read(f)
	if err != nil {
		return &usageError{prefixLines(file, err)}
	}
	if len(rows) == 0 {
		return usagef("%s: holds no postings: write one object a line", file)
	}
	if n := repeated(rows); n > 0 && !a.quiet {
		fmt.Fprintf(a.err, "%d lines repeat the source and source_id of another; each counts\n", n)
	}
	judge, err := transform.New(transform.Options{Language: cfg.Language})
	if err != nil {
		return err
	}
	report := evaluate.Run(rows, func(p *schema.Posting) schema.Label { return judge.Judge(p).Label })
	for _, r := range rows {
		if domain.TrainedOn(r.Source, r.SourceID) {
			report.TrainedOn++
		}
	}
	switch predictions {
	case "":
	case "-":
		return report.WritePredictions(a.out)
	default:
		if err := writeWhole(predictions, report.WritePredictions); err != nil {
			return err
		}
	}
	if a.json {
		return report.WriteJSON(a.out)
	}
	if err := report.WriteText(a.out); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "\n%d of these %d postings are among those that the classifier was trained on. Figures flatter it on them, and on\nfurther postings of their employers: transform/domain/MODEL.md gives the figures cross-validated by employer.\n", report.TrainedOn, len(rows))
	return nil
}

// repeated is how many rows are of a posting that an earlier row is of.
func repeated(rows []evaluate.Row) (n int) {
	seen := map[[2]string]bool{}
	for _, r := range rows {
		key := [2]string{r.Source, r.SourceID}
		if seen[key] {
			n++
		}
		seen[key] = true
	}
	return n
}

// prefixLines puts the file's name before each line of an error.
func prefixLines(file string, err error) string {
	lines := strings.Split(err.Error(), "\n")
	for i := range lines {
		lines[i] = file + ": " + lines[i]
	}
	return strings.Join(lines, "\n")
}

// writeWhole writes a file that appears whole or not at all.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriter(f)
	err = errors.Join(write(w), w.Flush(), f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}
