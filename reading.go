package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jobmarket/dashboards"
	"jobmarket/dashboards/query"
	"jobmarket/transform"
	"jobmarket/transform/identity"
	"jobmarket/warehouse"
)

// snapshot opens what was last published, or says what to do where nothing was.
func (a *app) snapshot(ctx context.Context) (*warehouse.Snapshot, error) {
	c, err := a.load()
	if err != nil {
		return nil, err
	}
	return openSnapshot(ctx, c.Data, a.knownAt)
}

// openSnapshot opens what was last published or, where a day is given, what was
// known by its end.
func openSnapshot(ctx context.Context, data, knownAt string) (s *warehouse.Snapshot, err error) {
	day, err := parseDay("--known-at", knownAt)
	if err != nil {
		return nil, err
	}
	if day.IsZero() {
		s, err = warehouse.OpenSnapshot(ctx, data, warehouse.Options{})
	} else {
		s, err = warehouse.OpenKnownAt(ctx, data, day.AddDate(0, 0, 1).Add(-time.Second), warehouse.Options{Similar: identity.Similarity})
	}
	if errors.Is(err, warehouse.ErrNoSnapshot) {
		return nil, noWarehouse(data)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		return nil, withHint(err, "`jobmarket transform` publishes it anew")
	}
	if err == nil && !day.IsZero() {
		if err := somethingKnown(ctx, s, data, knownAt); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, err
}

// somethingKnown refuses a day by which nothing had been fetched: every answer
// would be that nothing was counted.
func somethingKnown(ctx context.Context, s *warehouse.Snapshot, data, knownAt string) error {
	first := func(s *warehouse.Snapshot) (time.Time, error) {
		var at sql.NullTime
		_, err := query.Rows(ctx, s, "SELECT min(fetched_at) FROM pages", func(r *sql.Rows) (struct{}, error) { return struct{}{}, r.Scan(&at) })
		return at.Time, err
	}
	if at, err := first(s); err != nil || !at.IsZero() {
		return err
	}
	all, err := warehouse.OpenSnapshot(ctx, data, warehouse.Options{})
	if err != nil {
		return err
	}
	defer all.Close()
	at, err := first(all)
	if err != nil || at.IsZero() {
		return err
	}
	return usagef("--known-at %s: nothing was known by then, the first page was fetched on %s; --on is the day that is measured", knownAt, at.Format(time.DateOnly))
}

// within refuses a day before the first ad or after the last: a site drawn of it
// would be of nothing.
func within(ctx context.Context, s *warehouse.Snapshot, on time.Time) error {
	if on.IsZero() {
		return nil
	}
	span, err := query.Rows(ctx, s, "SELECT min(first_seen), max(last_seen) FROM sources", func(r *sql.Rows) (t [2]sql.NullTime, err error) { return t, r.Scan(&t[0], &t[1]) })
	if err != nil || !span[0][0].Valid {
		return err
	}
	if first, last := span[0][0].Time.Truncate(24*time.Hour), span[0][1].Time; on.Before(first) || on.After(last) {
		return usagef("--on %s: the data begin on %s and end on %s", on.Format(time.DateOnly), first.Format(time.DateOnly), last.Format(time.DateOnly))
	}
	return nil
}

func (a *app) knownAtFlag(c *cobra.Command) {
	c.Flags().StringVar(&a.knownAt, "known-at", "", "answer with what was known by the end of this day (YYYY-MM-DD)")
}

var formats = []string{"table", "csv", "json"}

// sql prints the answer to one query.
func (a *app) sql(ctx context.Context, query, format string, args ...any) error {
	if !slices.Contains(formats, format) {
		return usagef("--format %q: must be table, csv or json", format)
	}
	if query == "-" {
		b, err := io.ReadAll(a.in)
		if err != nil {
			return err
		}
		query = string(b)
	}
	if strings.TrimSpace(query) == "" {
		return usagef("the query is empty; try \"SHOW TABLES\"")
	}
	s, err := a.snapshot(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	rows, err := s.QueryContext(ctx, query, args...)
	if err != nil {
		return plainSQL(err)
	}
	defer rows.Close()
	if err := warehouse.WriteRows(a.out, rows, format); err != nil {
		return plainSQL(err)
	}
	if isSimulated(ctx, s) && !a.quiet {
		fmt.Fprintln(a.err, simulatedNote)
	}
	return nil
}

// plainSQL puts the engine's words, which take several lines and point into the
// query, on one. What the query gets wrong is a mistake of the caller's.
func plainSQL(err error) error {
	if errors.Is(err, warehouse.ErrNotReading) {
		return usagef("%v", err)
	}
	var lines []string
	for line := range strings.SplitSeq(err.Error(), "\n") {
		line = strings.TrimSpace(line)
		if strings.Trim(line, "^~ ") != "" && !strings.HasPrefix(line, "LINE 1:") {
			lines = append(lines, line)
		}
	}
	text := strings.Join(lines, "; ")
	if wrongQuery.MatchString(text) {
		return usagef("%s; `jobmarket sql \"SHOW TABLES\"` lists the views", text)
	}
	return errors.New(text)
}

var wrongQuery = regexp.MustCompile(`^(Parser|Binder|Catalog|Syntax|Invalid Input|Conversion) Error`)

const simulatedNote = "SIMULATED: this market is invented; its employers and jobs do not exist"

// isSimulated says that the snapshot is of a simulated market.
func isSimulated(ctx context.Context, s *warehouse.Snapshot) bool {
	is, err := query.Rows(ctx, s, "SELECT coalesce(bool_or(simulated), false) FROM runs", func(r *sql.Rows) (is bool, err error) { return is, r.Scan(&is) })
	return err == nil && is[0]
}

// judgedFor refuses a snapshot whose ads were judged for the market of another
// language, and says on standard error where another version judged them.
func (a *app) judgedFor(ctx context.Context, c *Config, s *warehouse.Snapshot) error {
	published := labelVersion(ctx, s)
	judge, err := transform.New(transform.Options{Language: c.Language})
	if err != nil || published == "" || published == judge.Version() {
		return err
	}
	for _, name := range languageNames() {
		if judge.VersionFor(name) == published {
			return usagef("the published ads were judged for the market of %s, and %s asks for %s; `jobmarket transform` judges them again", name, c.File, c.Language)
		}
	}
	if !a.quiet {
		fmt.Fprintf(a.err, "another version of the classifier judged the published ads (%s, this is %s); `jobmarket transform` judges them again\n", printable(published), judge.Version())
	}
	return nil
}

// Verdicts evaluates claims against a snapshot; on, where it is given, takes the
// place of the day of every claim about a stock.
func Verdicts(ctx context.Context, c *Config, s *warehouse.Snapshot, claims []dashboards.Claim, on time.Time) ([]dashboards.Verdict, error) {
	o, err := siteOptions(ctx, c, s)
	if err != nil {
		return nil, err
	}
	out := []dashboards.Verdict{} // none is [] in JSON
	for _, claim := range claims {
		if !on.IsZero() && claim.On != "" {
			claim.On = on.Format(time.DateOnly)
		}
		v, err := dashboards.Evaluate(ctx, s, claim, o)
		if err != nil {
			return nil, fmt.Errorf("claim %s: %w", claim.ID, err)
		}
		out = append(out, v)
	}
	return out, nil
}

func (a *app) claimsCommand() *cobra.Command {
	var on string
	c := &cobra.Command{
		Use: "claims [ID]...", GroupID: "read",
		Short: "Evaluate the claims of pipeline.yaml",
		Long: `claims evaluates written sentences about the market: supported, refuted,
undecided or not answerable, with the numbers that decide. Of claims that are
named it also prints every figure with its interval, the rule, what is known of
the classifier's error, the sources that counted and those that did not, and the
query that lists the ads. Without an ID it evaluates all.`,
		Example: "  jobmarket claims\n  jobmarket claims crypto-leads --json",
		RunE: func(cmd *cobra.Command, ids []string) error {
			cfg, err := a.load()
			if err != nil {
				return err
			}
			chosen, err := chooseClaims(cfg, ids)
			if err != nil {
				return err
			}
			day, err := parseDay("--on", on)
			if err != nil {
				return err
			}
			s, err := a.snapshot(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			if err := a.judgedFor(cmd.Context(), cfg, s); err != nil {
				return err
			}
			verdicts, err := Verdicts(cmd.Context(), cfg, s, chosen, day)
			if err != nil {
				return err
			}
			if a.json {
				return writeJSON(a.out, verdicts)
			}
			if len(verdicts) == 0 {
				return usagef("%s has no claims; the pipeline.yaml that ships has some to begin with", cfg.File)
			}
			if isSimulated(cmd.Context(), s) {
				fmt.Fprintln(a.out, simulatedNote)
			}
			for i, v := range verdicts {
				if i > 0 {
					fmt.Fprintln(a.out)
				}
				v.WriteText(a.out)
				if len(ids) > 0 {
					v.WriteEvidence(a.out)
				}
			}
			if len(ids) == 0 && !a.quiet && len(verdicts) > 0 {
				fmt.Fprintf(a.err, "`jobmarket claims %s` adds the figures, the rule, the sources and the query\n", verdicts[0].Claim.ID)
			}
			return nil
		},
	}
	c.Flags().StringVar(&on, "on", "", "measure stocks on this day instead of the claim's own (YYYY-MM-DD)")
	a.knownAtFlag(c)
	a.jsonFlag(c)
	return c
}

func chooseClaims(cfg *Config, ids []string) ([]dashboards.Claim, error) {
	if len(ids) == 0 {
		return cfg.Claims, nil
	}
	byID := map[string]dashboards.Claim{}
	var known []string
	for _, c := range cfg.Claims {
		byID[c.ID] = c
		known = append(known, c.ID)
	}
	var chosen []dashboards.Claim
	for _, id := range ids {
		c, ok := byID[id]
		if !ok {
			return nil, usagef("claim %q: %s has none of that id%s; it has %s", id, cfg.File, didYouMean(id, known), strings.Join(known, ", "))
		}
		chosen = append(chosen, c)
	}
	return chosen, nil
}

func (a *app) sqlCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "sql QUERY", GroupID: "read",
		Short: "Ask the published snapshot, read-only",
		Long: `sql runs one query against the published snapshot and prints the answer. It
cannot write, and it cannot reach files or the network. A crawl may be running.

  SHOW TABLES         the views
  DESCRIBE postings   a view's columns
  SELECT column_name, comment FROM duckdb_columns()
  WHERE schema_name = 'main' AND table_name = 'postings'
                      what each column means

A row of postings is an ad or something else that stood among ads: is_job tells.

A query of "-" is read from standard input.`,
		Example: `  jobmarket sql "SELECT domain, count(*) FROM postings WHERE is_job AND market_role = 'core' GROUP BY ALL"
  jobmarket sql --format csv "FROM openings" > openings.csv`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("sql takes one query, in quotes; got %d arguments", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.sql(cmd.Context(), args[0], format) },
	}
	c.Flags().StringVar(&format, "format", "table", "table, csv or json")
	a.knownAtFlag(c)
	return c
}

func (a *app) runsCommand() *cobra.Command {
	var limit int
	var id string
	c := &cobra.Command{
		Use: "runs", GroupID: "read", Args: cobra.NoArgs,
		Short: "The runs so far, and what each did",
		RunE: func(cmd *cobra.Command, _ []string) error {
			format := "table"
			if a.json {
				format = "json"
			}
			if limit < 1 {
				return usagef("--limit %d: must be at least 1", limit)
			}
			if id != "" {
				if err := a.knownRun(cmd.Context(), id); err != nil {
					return err
				}
				return a.sql(cmd.Context(), "SELECT * EXCLUDE (run_id) FROM run_sources WHERE run_id = ? ORDER BY source", format, id)
			}
			return a.sql(cmd.Context(), fmt.Sprintf(`SELECT r.run_id, r.command, r.started_at, r.finished_at, r.outcome, r.replay,
				coalesce(sum(s.pages), 0) AS pages, coalesce(sum(s.new_postings), 0) AS new_postings, coalesce(sum(s.failed), 0) AS failed
				FROM runs r LEFT JOIN run_sources s USING (run_id) GROUP BY ALL ORDER BY r.started_at DESC LIMIT %d`, limit), format)
		},
	}
	c.Flags().IntVar(&limit, "limit", 20, "how many, newest first")
	c.Flags().StringVar(&id, "id", "", "the tally of this run")
	a.jsonFlag(c)
	return c
}

// knownRun refuses the id of a run that the snapshot does not know.
func (a *app) knownRun(ctx context.Context, id string) error {
	s, err := a.snapshot(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	runs, err := query.Rows(ctx, s, "SELECT run_id FROM runs ORDER BY started_at DESC", func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
	if err != nil || slices.Contains(runs, id) {
		return err
	}
	return usagef("--id %q: no run has that id%s; `jobmarket runs` lists them", id, didYouMean(id, runs))
}

// withHint adds what to do to an error of a file that cannot be opened: who may not
// read it is told so, and of a damaged one how it is made again.
func withHint(err error, remedy string) error {
	text := strings.Join(strings.Fields(err.Error()), " ")
	if errors.Is(err, fs.ErrPermission) || strings.Contains(text, "Permission denied") {
		remedy = "this user may not; change the owner or the mode, or run as another user"
	}
	return fmt.Errorf("%s; %s", text, remedy)
}

// holdsWarehouse refuses a folder that has no warehouse: a command that only reads
// or judges what is there would make an empty one of a name mistyped.
func holdsWarehouse(data string) error {
	if _, err := os.Stat(filepath.Join(data, warehouse.File)); errors.Is(err, fs.ErrNotExist) {
		return noWarehouse(data)
	}
	return nil
}

// openWarehouse opens the data folder to write, and says of a warehouse that cannot
// be opened how it is made again.
func openWarehouse(ctx context.Context, data string) (*warehouse.Warehouse, error) {
	w, err := warehouse.Open(ctx, data, warehouse.Options{Similar: identity.Similarity})
	if err == nil || ctx.Err() != nil || errors.Is(err, warehouse.ErrLocked) || errors.Is(err, warehouse.ErrMixed) {
		return w, err
	}
	return nil, withHint(err, fmt.Sprintf("where %s is damaged, move it away, and `jobmarket run --replay '%s'` makes it again of the archive",
		filepath.Join(data, warehouse.File), filepath.Join(data, "archive", "*.warc.gz")))
}

// noWarehouse says what to do about a folder that nothing was published in.
func noWarehouse(data string) error {
	if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) {
		return usagef("there is no folder %s; `jobmarket run` makes one, or name another by --data", data)
	}
	if _, err := os.Stat(filepath.Join(data, warehouse.File)); err == nil {
		return usagef("%s holds a warehouse of which nothing is published yet; `jobmarket transform` judges what is there and publishes it", data)
	}
	if files, _ := filepath.Glob(filepath.Join(data, "archive", "*.warc.gz")); len(files) > 0 {
		return usagef("%s holds an archive and no warehouse; `jobmarket run --replay '%s'` makes one of it without the network", data, filepath.Join(data, "archive", "*.warc.gz"))
	}
	return usagef("%s holds no warehouse yet; `jobmarket run` makes one, or name another folder by --data", data)
}
