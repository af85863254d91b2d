package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jobmarket/warehouse/schema"
)

// StartRun notes a run and the sources that it may crawl, as "running". A run
// that is killed stays so until the next one starts, which notes it as
// "stopped". Rows of real and simulated sources refuse to meet: [ErrMixed].
func (w *Warehouse) StartRun(ctx context.Context, r schema.Run, sources []schema.Source) (err error) {
	defer wrap(&err, "starting run %s", r.ID)
	return w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
		if err := w.keep(ctx, c, r.Simulated); err != nil {
			return err
		}
		for _, s := range sources {
			if err := w.keep(ctx, c, s.Simulated); err != nil {
				return err
			}
			if err := putSource(ctx, c, s); err != nil {
				return err
			}
		}
		_, err := c.ExecContext(ctx, `UPDATE store.runs SET outcome = 'stopped', error = 'the process ended before the run did'
			WHERE outcome = 'running'`)
		if err != nil {
			return err
		}
		if r.Outcome == "" {
			r.Outcome = "running"
		}
		return putRun(ctx, c, r)
	})
}

// FinishRun notes how a run ended and what it did for each source. Given again,
// it takes the place of the earlier note.
func (w *Warehouse) FinishRun(ctx context.Context, r schema.Run, tallies []schema.Tally) (err error) {
	defer wrap(&err, "finishing run %s", r.ID)
	return w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
		if err := w.keep(ctx, c, r.Simulated); err != nil {
			return err
		}
		if err := putRun(ctx, c, r); err != nil {
			return err
		}
		if _, err := c.ExecContext(ctx, "DELETE FROM store.run_sources WHERE run_id = ?", r.ID); err != nil {
			return err
		}
		for _, t := range tallies {
			_, err := c.ExecContext(ctx, "INSERT INTO store.run_sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				r.ID, t.Source, t.Pages, t.Sightings, t.NewPostings, t.Rejects, t.Forbidden, t.NotArchived, t.Failed,
				t.Seconds, null(t.Outcome), null(t.Error))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Sources are the configured sources that earlier runs noted, by name, without the
// columns of files and whether an address may be private, which are not noted.
func (w *Warehouse) Sources(ctx context.Context) (out []schema.Source, err error) {
	defer wrap(&err, "reading the sources")
	rows, err := w.QueryContext(ctx, `SELECT source, coalesce(kind, ''), coalesce(mode, ''), lifetime_days, coalesce(selects, ''), coalesce(board, ''),
		coalesce(url, ''), coalesce(employer, ''), coalesce(employer_url, ''), configured, simulated FROM store.sources WHERE configured ORDER BY source`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s schema.Source
		if err := rows.Scan(&s.Name, &s.Kind, &s.Mode, &s.LifetimeDays, &s.Selects, &s.Board, &s.URL, &s.Employer, &s.EmployerURL, &s.Configured, &s.Simulated); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// Yields are how many sightings the source's crawls before a time brought that were
// complete, or were held back for their yield alone, the oldest first.
func (w *Warehouse) Yields(ctx context.Context, source string, before time.Time) (out []int, err error) {
	defer wrap(&err, "reading the crawls of %s", source)
	rows, err := w.QueryContext(ctx, `SELECT sightings FROM store.crawls
		WHERE source = ? AND started_at < ? AND (complete OR error LIKE '%closes nothing until the next crawl confirms it%')
		ORDER BY started_at`, source, before.UTC())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

func putRun(ctx context.Context, c *sql.Conn, r schema.Run) error {
	if _, err := c.ExecContext(ctx, "DELETE FROM store.runs WHERE run_id = ?", r.ID); err != nil {
		return err
	}
	_, err := c.ExecContext(ctx, "INSERT INTO store.runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		r.ID, null(r.Command), null(r.Version), moment(r.StartedAt), moment(r.FinishedAt), null(r.Outcome), null(r.Error),
		r.Replay, r.Simulated)
	return err
}

// putSource notes a source. What a replay guesses never overrules what was
// configured; a change of what silence means makes its postings stale.
func putSource(ctx context.Context, c *sql.Conn, s schema.Source) error {
	var configured, sameSpells, same bool
	err := c.QueryRowContext(ctx, `SELECT configured,
			mode IS NOT DISTINCT FROM $2 AND lifetime_days = $3 AND board IS NOT DISTINCT FROM $4,
			kind IS NOT DISTINCT FROM $5 AND selects IS NOT DISTINCT FROM $6 AND url IS NOT DISTINCT FROM $7
				AND employer IS NOT DISTINCT FROM $8 AND employer_url IS NOT DISTINCT FROM $9 AND configured = $10
		FROM store.sources WHERE source = $1`,
		s.Name, null(string(s.Mode)), s.LifetimeDays, null(s.Board), null(s.Kind), null(s.Selects), null(s.URL),
		null(s.Employer), null(s.EmployerURL), s.Configured).Scan(&configured, &sameSpells, &same)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return err
	case err == nil && (same && sameSpells || configured && !s.Configured):
		return nil
	}
	if !sameSpells {
		if _, err := c.ExecContext(ctx, "INSERT INTO store.dirty_sources VALUES (?)", s.Name); err != nil {
			return err
		}
	}
	if _, err := c.ExecContext(ctx, "DELETE FROM store.sources WHERE source = ?", s.Name); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, "INSERT INTO store.sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		s.Name, null(s.Kind), null(string(s.Mode)), s.LifetimeDays, null(s.Selects), null(s.Board), null(s.URL),
		null(s.Employer), null(s.EmployerURL), s.Configured, s.Simulated)
	return err
}

// null loads the empty string as NULL: unknown is not a value.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// moment loads the zero time as NULL.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}
