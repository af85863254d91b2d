package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jobmarket/ingest"
	"jobmarket/ingest/market"
	"jobmarket/warehouse/schema"
)

func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.runCommand(), a.ingestCommand(), a.transformCommand(), a.dashboardsCommand(), a.demoCommand(),
		a.sqlCommand(), a.claimsCommand(), a.serveCommand(), a.explainCommand(), a.runsCommand(), a.exportCommand(),
		a.validateCommand(), a.evaluateCommand(), a.auditCommand(), a.digestCommand(), a.simulateCommand(),
	}
}

// collectFlags are those of commands that fetch or replay.
type collectFlags struct {
	replay, source []string
	since          string
	full, dryRun   bool
	reparse        bool
}

func (f *collectFlags) add(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.replay, "replay", nil, "read these WARC files instead of the network; a glob, may be repeated")
	c.Flags().StringArrayVar(&f.source, "source", nil, "only this source, or all of this kind; may be repeated")
	c.Flags().StringVar(&f.since, "since", "", "only what was printed or changed on this day or later (YYYY-MM-DD)")
	c.Flags().BoolVar(&f.full, "full", false, "fetch everything again, validators or not")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "print what would be fetched, and fetch nothing")
}

// pipeline makes the pipeline that the flags ask for.
func (f *collectFlags) pipeline(a *app, c *Config, command string, show *progress) (*Pipeline, error) {
	show.replay = len(f.replay) > 0
	if f.reparse && (show.replay || f.dryRun) {
		return nil, usagef("--reparse reads the data folder's own archive; leave --replay and --dry-run out")
	}
	if f.reparse || command == "transform" {
		if err := holdsWarehouse(c.Data); err != nil {
			return nil, err
		}
	}
	p := &Pipeline{Config: c, Command: command, now: a.now, Progress: show.stage}
	for _, glob := range f.replay {
		files, err := filepath.Glob(glob)
		if err != nil {
			return nil, usagef("--replay %q: %v", glob, err)
		}
		if len(files) == 0 {
			return nil, usagef("--replay %q: no such file; quote a glob so that it reaches the program", glob)
		}
		for _, file := range files {
			if i, err := os.Stat(file); err != nil || !i.Mode().IsRegular() || i.Size() == 0 {
				return nil, usagef("--replay %q: %s is no archive: a folder, empty, or not to be read", glob, file)
			}
		}
		p.Replay = append(p.Replay, files...)
	}
	var err error
	if p.Simulated, err = market.Simulated(p.Replay); err != nil {
		return nil, usagef("--replay: %v", err)
	}
	if p.Simulated {
		c.Sources = nil // those of pipeline.yaml are real; the replay recognises its own
	}
	if p.Ingest.Since, err = parseDay("--since", f.since); err != nil {
		return nil, err
	}
	for _, s := range f.source {
		if !configured(c, s) && len(f.replay) == 0 && !f.reparse {
			return nil, usagef("--source %q: no source of %s has that name or kind%s", s, c.File, didYouMean(s, sourceNames(c)))
		}
	}
	p.Ingest.Only, p.Ingest.Full, p.Ingest.DryRun, p.Ingest.Progress = f.source, f.full, f.dryRun, show.event
	return p, nil
}

func configured(c *Config, name string) bool {
	for _, s := range c.Sources {
		if s.Name == name || s.Kind == name {
			return true
		}
	}
	return false
}

func sourceNames(c *Config) (names []string) {
	for _, s := range c.Sources {
		names = append(names, s.Name)
	}
	return names
}

func (a *app) runCommand() *cobra.Command {
	var f collectFlags
	c := &cobra.Command{
		Use: "run", GroupID: "flow", Args: cobra.NoArgs,
		Short: "Collect, judge, model, publish and draw: the whole flow",
		Long: `run collects every configured source, loads what it found, judges what is new,
works out jobs and spells, publishes a snapshot, evaluates the claims and draws
the site. It ends with a tally of what was done for each source.

A source that fails does not stop the others; the exit code is then 3.
With --replay it reads WARC files (its own, or anyone's) instead of the network.`,
		Example: "  jobmarket run\n  jobmarket run --replay 'data/archive/*.warc.gz' --data history\n  jobmarket run --source greenhouse --since 2026-01-01",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.flow(cmd, &f, func(p *Pipeline) (Report, error) {
				if f.dryRun {
					return p.DryRun(cmd.Context())
				}
				return p.Run(cmd.Context())
			})
		},
	}
	f.add(c)
	a.jsonFlag(c)
	return c
}

func (a *app) ingestCommand() *cobra.Command {
	var f collectFlags
	c := &cobra.Command{
		Use: "ingest", GroupID: "flow", Args: cobra.NoArgs,
		Short: "Collect and load only",
		Long: `ingest collects every configured source and loads postings, pages and rejects.
It judges nothing; transform does that later.

With --reparse it reads pages again from the archive, with today's parsers and
without the network; --source names the source or kind.`,
		Example: "  jobmarket ingest\n  jobmarket ingest --reparse --source twir\n  jobmarket ingest --dry-run",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.flow(cmd, &f, func(p *Pipeline) (Report, error) {
				switch {
				case f.reparse:
					return p.Reparse(cmd.Context())
				case f.dryRun:
					return p.DryRun(cmd.Context())
				}
				return p.IngestOnly(cmd.Context())
			})
		},
	}
	f.add(c)
	c.Flags().BoolVar(&f.reparse, "reparse", false, "read pages again from the archive, not from the network")
	a.jsonFlag(c)
	return c
}

// firstYear is before any ad that is on the network.
const firstYear = 1970

// parseDay reads a flag that is a day; an empty one is the zero time.
func parseDay(flag, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return day, usagef("%s %q: is no day; write YYYY-MM-DD", flag, value)
	}
	if day.Year() < firstYear {
		return day, usagef("%s %q: no source of job ads is as old; write a day of %d or later", flag, value, firstYear)
	}
	return day, nil
}

// flow runs a collecting command and prints its report.
func (a *app) flow(cmd *cobra.Command, f *collectFlags, do func(*Pipeline) (Report, error)) error {
	c, err := a.load()
	if err != nil {
		return err
	}
	show := newProgress(a.err, a.quiet, a.now)
	show.list = a.out
	p, err := f.pipeline(a, c, cmd.Name(), show)
	if err != nil {
		return err
	}
	rep, err := do(p)
	show.clear()
	var unknown *ingest.UnknownSourceError
	if errors.As(err, &unknown) {
		err = usagef("--source %q: neither the archives nor %s have a source of that name or kind%s", unknown.Name, c.File, didYouMean(unknown.Name, unknown.Known))
	}
	if perr := a.report(rep); perr != nil {
		return errors.Join(err, perr)
	}
	if err == nil && len(f.replay) > 0 && !slices.ContainsFunc(rep.Sources, func(t schema.Tally) bool { return t.Pages+t.Failed+t.Rejects > 0 }) {
		if f.since != "" || len(f.source) > 0 {
			return errors.New("--replay: the archives hold no page that --source and --since let in")
		}
		return errors.New("--replay: the archives hold no page of any source that this program knows; `jobmarket validate --kinds` lists those")
	}
	if err == nil && rep.Outcome == "partial" && !rep.Simulated {
		return errPartial // a simulated market has its failures planted
	}
	return err
}

// report prints the tally, the verdicts and where the pages are.
func (a *app) report(rep Report) error {
	if a.json {
		return writeJSON(a.out, rep)
	}
	if len(rep.Sources) > 0 {
		writeTally(a.out, rep.Sources, rep.Replay)
	}
	if rep.Simulated && rep.Outcome != "failed" {
		fmt.Fprintln(a.out, "SIMULATED: this market is invented; its failures and malformed pages are planted")
	}
	for i, v := range rep.Verdicts {
		switch i {
		case 0: // the headline, with its numbers
			fmt.Fprintln(a.out)
			v.WriteText(a.out)
			fmt.Fprintln(a.out)
		default:
			fmt.Fprintf(a.out, "%s: %s\n", strings.ToUpper(strings.ReplaceAll(string(v.Outcome), "_", " ")), printable(v.Claim.Text))
		}
	}
	if len(rep.Sources) == 0 && rep.Page == "" && rep.Snapshot != "" {
		fmt.Fprintf(a.out, "%s postings judged, and published in %s\n", grouped(rep.Labelled), rep.Snapshot)
	}
	if rep.Page != "" {
		var took []string
		for _, s := range rep.Stages {
			took = append(took, fmt.Sprintf("%s %.1f", s.Name, s.Seconds))
		}
		fmt.Fprintf(a.out, "\nrun %s: %s, %s postings judged, %.1f s (%s)\nopen %s\n", rep.RunID, rep.Outcome,
			grouped(rep.Labelled), rep.Seconds, strings.Join(took, ", "), rep.Page)
	}
	return nil
}

func (a *app) jsonFlag(c *cobra.Command) {
	c.Flags().BoolVar(&a.json, "json", false, "print JSON instead of tables")
}

func (a *app) transformCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "transform", GroupID: "flow", Args: cobra.NoArgs,
		Short: "Judge what is stale, model and publish",
		Long: `transform judges every posting that this version of the classifier has not
judged, works out postings, jobs, employers and spells, and publishes a snapshot.
It needs no network and fetches nothing.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.flow(cmd, &collectFlags{}, func(p *Pipeline) (Report, error) { return p.TransformOnly(cmd.Context()) })
		},
	}
	a.jsonFlag(c)
	return c
}

func (a *app) dashboardsCommand() *cobra.Command {
	var out, on string
	c := &cobra.Command{
		Use: "dashboards", GroupID: "flow", Args: cobra.NoArgs,
		Short: "Judge the claims and draw the site from the published snapshot",
		Long: `dashboards evaluates the claims of pipeline.yaml and draws the HTML site from the
published snapshot. The pages open from disk and need no network. It may run
while a crawl does.

--on is the day that is measured, --known-at what the warehouse knew by then.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.load()
			if err != nil {
				return err
			}
			day, err := parseDay("--on", on)
			if err != nil {
				return err
			}
			if i, err := os.Stat(out); out != "" && err == nil && !i.IsDir() {
				return usagef("--out %s: is a file; name a folder", out)
			}
			snap, err := a.snapshot(cmd.Context())
			if err != nil {
				return err
			}
			defer snap.Close()
			if err := a.judgedFor(cmd.Context(), c, snap); err != nil {
				return err
			}
			if err := within(cmd.Context(), snap, day); err != nil {
				return err
			}
			site, err := Draw(cmd.Context(), c, snap, out, day)
			if err != nil {
				return err
			}
			if a.json {
				return writeJSON(a.out, site)
			}
			fmt.Fprintln(a.out, site.Index)
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", "", "folder for the pages (default: site in the data folder)")
	c.Flags().StringVar(&on, "on", "", "the day that counts as now (YYYY-MM-DD; default: the last day on which a source was seen)")
	a.knownAtFlag(c)
	a.jsonFlag(c)
	return c
}
