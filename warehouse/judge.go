package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"jobmarket/warehouse/schema"
)

// staleWindow is how many stored contents are looked through for one batch of
// stale ones; it bounds what Stale holds in memory.
const staleWindow = 16_384

// Versions name the code and data that judge: of labels and mentions, and of what
// postings are compared by.
type Versions struct{ Labels, Features string }

// Stale calls each with batches of postings, newest content only, that lack a
// label or a feature of these versions, and makes the former the version whose
// labels are published. A batch may be judged and loaded inside each; an error
// from each ends the reading and is returned.
func (w *Warehouse) Stale(ctx context.Context, v Versions, each func([]schema.Posting) error) (err error) {
	defer wrap(&err, "reading what versions %s and %s have not judged", v.Labels, v.Features)
	if err := w.useVersion(ctx, "classifier", v.Labels); err != nil {
		return err
	}
	if err := w.useVersion(ctx, "identity", v.Features); err != nil {
		return err
	}
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// One transaction, so that row numbers hold still while labels are loaded.
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	if _, err := conn.ExecContext(ctx, staleSQL, v.Labels, v.Features); err != nil {
		return err
	}
	last := int64(-1)
	if err := conn.QueryRowContext(ctx, "SELECT coalesce(max(place), -1) FROM stale").Scan(&last); err != nil {
		return err
	}
	for from := int64(0); from <= last; from += staleWindow {
		rows, err := stalePostings(ctx, conn, from)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			continue
		}
		if err := each(rows); err != nil {
			return err
		}
	}
	return nil
}

// stalePostings reads the stale postings of one window of the table.
func stalePostings(ctx context.Context, conn *sql.Conn, from int64) (rows []schema.Posting, err error) {
	err = conn.Raw(func(driverConn any) error {
		c, ok := driverConn.(*duckdb.Conn)
		if !ok {
			return fmt.Errorf("not a connection of the engine: %T", driverConn)
		}
		arrow, err := duckdb.NewArrowFromConn(c)
		if err != nil {
			return err
		}
		reader, err := arrow.QueryContext(ctx, stalePostingsSQL, from, from+staleWindow)
		if err != nil {
			return err
		}
		defer reader.Release()
		for reader.Next() {
			rows = append(rows, schema.Postings.Rows(reader.RecordBatch())...)
		}
		return reader.Err()
	})
	return rows, err
}

// staleSQL finds, in the store, the row of every stale posting's newest content.
const staleSQL = `CREATE OR REPLACE TEMP TABLE stale AS
	WITH newest AS (
		SELECT posting_id, arg_max(digest, row(seen_at, fetched_at, digest)) AS digest
		FROM store.sightings GROUP BY posting_id
	)
	SELECT p.rowid AS place
	FROM store.postings AS p
	JOIN newest USING (posting_id, digest)
	ANTI JOIN (
		SELECT posting_id, digest FROM store.labels AS l
		SEMI JOIN (SELECT posting_id, digest FROM store.features WHERE version = $2) AS f USING (posting_id, digest)
		WHERE l.version = $1
	) AS done USING (posting_id, digest)`

const stalePostingsSQL = `SELECT p.* FROM store.postings AS p
	WHERE p.rowid >= $1 AND p.rowid < $2
	AND p.rowid IN (SELECT place FROM stale WHERE place >= $1 AND place < $2)
	ORDER BY p.rowid`

// LoadJudgements adds labels, mentions and features in one transaction.
// Judgements that are there already are passed over; a feature of another
// version of the identity code takes the place of the one that is there.
func (w *Warehouse) LoadJudgements(ctx context.Context, labels []schema.Label, mentions []schema.Mention, features []schema.Feature) (err error) {
	defer wrap(&err, "loading judgements")
	return w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
		l := &loader{ctx: ctx, conn: c, mem: w.mem, loaded: &schema.Loaded{}}
		return first(
			func() error { return load(l, schema.Labels, labels, labelRule) },
			func() error { return load(l, schema.Mentions, mentions, mentionRule) },
			func() error { return load(l, schema.Features, features, featureRule) },
		)
	})
}

// useVersion notes that a part of the program works in this version from now
// on; a change becomes a mark on the charts.
func (w *Warehouse) useVersion(ctx context.Context, part, version string) error {
	return w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
		var used string
		err := c.QueryRowContext(ctx, "SELECT version FROM store.versions WHERE part = ? ORDER BY since DESC LIMIT 1", part).Scan(&used)
		if err != nil && !errors.Is(err, sql.ErrNoRows) || used == version {
			return err
		}
		if _, err := c.ExecContext(ctx, "INSERT INTO store.versions VALUES (?, ?, ?)", part, version, w.opts.Now().UTC()); err != nil {
			return err
		}
		if used == "" {
			return nil
		}
		_, err = c.ExecContext(ctx, "INSERT INTO store.dirty SELECT DISTINCT posting_id FROM store.sightings")
		return err
	})
}
