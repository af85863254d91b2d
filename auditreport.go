package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"jobmarket/dashboards/stats"
	"jobmarket/transform/correct"
	"jobmarket/warehouse"
	"jobmarket/warehouse/schema"
)

func (a *app) auditReportCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "report [FILE]", Args: cobra.MaximumNArgs(1),
		Short: "Counted and corrected shares of each domain",
		RunE: func(_ *cobra.Command, args []string) error {
			_, path, err := a.auditFile(args)
			if err != nil {
				return err
			}
			d, err := readAudit(path)
			if err != nil {
				return err
			}
			shares, err := correct.Correct(d.strata(), schema.Domains, correct.Collected)
			if err != nil {
				return usagef("%s: %v; label more of it by `jobmarket audit label`", path, err)
			}
			if a.json {
				return writeJSON(a.out, shares)
			}
			if d.Head.Simulated {
				fmt.Fprintln(a.out, "SIMULATED data: it says nothing about a real market")
			}
			a.auditTable(d, shares)
			return nil
		},
	}
	a.jsonFlag(c)
	return c
}

// auditTable prints counted and corrected shares, and how many postings of each
// predicted domain were labelled.
func (a *app) auditTable(d audit, shares []correct.Share) {
	fmt.Fprintf(a.out, "%-10s %9s %20s %10s %20s  %s\n", "domain", "counted", "blind interval", "corrected", "95 % interval", "labelled of those counted as it")
	open := 0
	for _, s := range shares {
		labelled, size := 0, d.Head.Sizes[s.Class]
		for _, l := range d.Lines {
			if l.Predicted == s.Class && l.Domain != "" {
				labelled++
			}
		}
		note := fmt.Sprintf("%d of %d", labelled, size)
		switch {
		case size == 0:
			note = "none to label"
		case labelled == 0:
			note = fmt.Sprintf("not audited, %d", size)
			open += size
		}
		fmt.Fprintf(a.out, "%-10s %8.1f%% %9.1f%% – %5.1f%% %9.1f%% %9.1f%% – %5.1f%%  %s\n", s.Class, 100*s.Counted,
			100*s.CountedLow, 100*s.CountedHigh, 100*s.Corrected, 100*s.Low, 100*s.High, note)
	}
	if open > 0 {
		fmt.Fprintf(a.out, "%d postings (%.1f %%) were counted as domains of which none is labelled: each might be of any\ndomain, and every interval is as much wider; label on by `jobmarket audit label`\n", open, 100*shares[0].Open)
	}
}

// strata are the sample's, with what people found in each.
func (d audit) strata() []correct.Stratum {
	var out []correct.Stratum
	for _, domain := range schema.Domains {
		if d.Head.Sizes[domain] == 0 {
			continue
		}
		s := correct.Stratum{Name: domain, Predicted: domain, Size: d.Head.Sizes[domain], Audited: map[string]int{}}
		for _, l := range d.Lines {
			if l.Predicted == domain && l.Domain != "" {
				s.Audited[l.Domain]++
			}
		}
		out = append(out, s)
	}
	return out
}

// measured is what is known of the classifier's error on a data folder: the audit's
// confusion of domains, nil where there is none that counts, and a sentence for
// readers where it is nil. The error is that of an audit that cannot be read.
func measured(data, version string) (*stats.Confusion, string, error) {
	path := filepath.Join(data, auditName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, unmeasured + "; on these data nobody has measured it, which `jobmarket audit` does.", nil
	}
	d, err := readAudit(path)
	if err != nil {
		return nil, "", err
	}
	done, labelled := 0, 0
	for _, l := range d.Lines {
		if l.done() {
			done++
		}
		if l.Domain != "" {
			labelled++
		}
	}
	switch {
	case d.Head.Version != version:
		return nil, unmeasured + "; the audit of these data measured another version of the classifier and is set aside: `jobmarket audit sample` draws another.", nil
	case done < len(d.Lines), labelled == 0:
		return nil, unmeasured + fmt.Sprintf("; an audit of these data is under way (%d of %d ads are labelled) and counts when all are.", done, len(d.Lines)), nil
	}
	c := &stats.Confusion{Classes: schema.Domains}
	for _, predicted := range schema.Domains {
		row := make([]float64, len(schema.Domains))
		for _, l := range d.Lines {
			if l.Predicted == predicted && l.Domain != "" {
				row[slices.Index(schema.Domains, l.Domain)]++
			}
		}
		c.Counts = append(c.Counts, row)
	}
	return c, "", nil
}

// unmeasured begins what is said of the classifier's error where no audit counts.
const unmeasured = "How often the classifier errs on employers that it had not seen stands in its model card, transform/domain/MODEL.md"

// labelVersion is the version whose labels the snapshot publishes.
func labelVersion(ctx context.Context, s *warehouse.Snapshot) (version string) {
	rows, err := s.QueryContext(ctx, "SELECT max(label_version) FROM postings")
	if err != nil {
		return ""
	}
	defer rows.Close()
	if rows.Next() {
		var v *string
		if rows.Scan(&v) == nil && v != nil {
			version = *v
		}
	}
	return version
}
