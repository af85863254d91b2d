package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"jobmarket/transform/identity"
	"jobmarket/warehouse"
	"jobmarket/warehouse/explain"
)

func (a *app) explainCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "explain", GroupID: "read",
		Short: "Why a number is what it is: a job, an ad, a pair, an employer, down to the archived bytes",
		Long: `explain shows the chain behind a row: which ads are one job and by what evidence,
what was judged of an ad and why, and in which archive, at which offset, the
bytes lie that it was read from. Of an employer it shows the names, sites and
boards, and by which ads they are known to be one employer's.

Ids stand in the views (job_id, posting_id, employer_id) and on the site.`,
		Example: "  jobmarket explain job 4k2m9x0a7bcd\n  jobmarket explain posting 9x0a7bcd4k2m\n  jobmarket explain pair 9x0a7bcd4k2m 4k2m9x0a7bcd\n  jobmarket explain employer acme",
		RunE: func(_ *cobra.Command, args []string) error {
			return usagef("explain what? job ID, posting ID, pair ID ID, or employer ID%s", didYouMean(strings.Join(args, " "), []string{"job", "posting", "pair", "employer"}))
		},
	}
	c.AddCommand(
		a.explainOne("job ID", "The ads that are one job, and why", 1, func(ctx context.Context, s *warehouse.Snapshot, ids []string) (writer, error) {
			j, err := explain.OfJob(ctx, s, ids[0])
			return &j, err
		}),
		a.explainOne("posting ID", "What was judged of an ad, where it was seen, and in which bytes", 1, func(ctx context.Context, s *warehouse.Snapshot, ids []string) (writer, error) {
			p, err := explain.OfPosting(ctx, s, ids[0])
			return &p, err
		}),
		a.explainOne("pair ID ID", "Why two ads are one job, or are not", 2, func(ctx context.Context, s *warehouse.Snapshot, ids []string) (writer, error) {
			p, err := explain.OfPair(ctx, s, ids[0], ids[1], identity.Similarity)
			return &p, err
		}),
		a.explainOne("employer ID", "The names, sites and boards of an employer, and why they are one's", 1, func(ctx context.Context, s *warehouse.Snapshot, ids []string) (writer, error) {
			e, err := explain.OfEmployer(ctx, s, ids[0])
			return &e, err
		}))
	return c
}

// writer is what explanations have in common.
type writer interface{ Write(io.Writer) error }

func (a *app) explainOne(use, short string, n int, of func(context.Context, *warehouse.Snapshot, []string) (writer, error)) *cobra.Command {
	c := &cobra.Command{
		Use: use, Short: short,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != n {
				return usagef("explain %s: got %d ids", use, len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, ids []string) error {
			s, err := a.snapshot(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			for i := range ids {
				ids[i] = strings.ToLower(strings.TrimSpace(ids[i]))
			}
			told, err := of(cmd.Context(), s, ids)
			if errors.Is(err, explain.ErrUnknown) {
				return usagef("%v%s; ids stand in the views postings, jobs and employers, and on the site", err, a.alike(cmd.Context(), s, ids))
			} else if err != nil {
				return err
			}
			if a.json {
				return writeJSON(a.out, told)
			}
			return told.Write(a.out)
		},
	}
	a.jsonFlag(c)
	return c
}

// alike names an id that begins like one that nothing has.
func (a *app) alike(ctx context.Context, s *warehouse.Snapshot, ids []string) string {
	for _, id := range ids {
		if len(id) < 3 {
			continue
		}
		rows, err := s.QueryContext(ctx, "SELECT posting_id FROM postings WHERE starts_with(posting_id, ?) UNION SELECT job_id FROM jobs WHERE starts_with(job_id, ?) LIMIT 2", id, id)
		if err != nil {
			return ""
		}
		defer rows.Close()
		var found []string
		for rows.Next() {
			var one string
			if rows.Scan(&one) == nil {
				found = append(found, one)
			}
		}
		if len(found) == 1 && found[0] != id {
			return fmt.Sprintf("; did you mean %s?", found[0])
		}
	}
	return ""
}

func (a *app) exportCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "export DIR [VIEW]...", GroupID: "read",
		Short: "Write the published views to files",
		Long: `export writes views of the published snapshot, all of them or those named, to
DIR, one file each, as Parquet or CSV. Rows of a simulated market say so in
their column simulated.`,
		Example: "  jobmarket export out\n  jobmarket export out openings jobs --format csv",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("export takes a folder, and the names of views; got none")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "parquet" && format != "csv" {
				return usagef("--format %q: must be parquet or csv", format)
			}
			cfg, err := a.load()
			if err != nil {
				return err
			}
			if err := holdsWarehouse(cfg.Data); err != nil {
				return err
			}
			files, err := warehouse.Export(cmd.Context(), cfg.Data, args[0], format, args[1:], warehouse.Options{})
			if errors.Is(err, warehouse.ErrNoSnapshot) {
				return noWarehouse(cfg.Data)
			}
			for _, f := range files {
				fmt.Fprintln(a.out, f)
			}
			return err
		},
	}
	c.Flags().StringVar(&format, "format", "parquet", "parquet or csv")
	return c
}
