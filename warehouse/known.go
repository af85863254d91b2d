package warehouse

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

//go:embed known/*.sql
var known embed.FS

// OpenKnownAt opens what the snapshot would be if only the pages fetched by the
// time at were known: postings, spells, jobs and employers derived from those
// alone. They are judged by the classifier and merged by the rules of today; the
// view revisions tells what was published at that time. The first opening
// derives it, which takes as long as deriving the models from nothing; later ones
// read the file that it left in the data folder, until a newer snapshot appears.
func OpenKnownAt(ctx context.Context, dir string, at time.Time, o Options) (_ *Snapshot, err error) {
	defer wrap(&err, "opening what was known at %s", at.UTC().Format(time.RFC3339))
	o = o.orDefault()
	snapshot := filepath.Join(dir, SnapshotFile)
	source, err := os.Stat(snapshot)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: run the pipeline first", ErrNoSnapshot)
	} else if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, knownFolder, at.UTC().Format("20060102T150405Z")+".duckdb")
	if made, err := os.Stat(path); err == nil && made.ModTime().After(source.ModTime()) {
		if s, err := attachSnapshot(ctx, path, o, true); err == nil || ctx.Err() != nil {
			return s, err
		} // a damaged file is made again
	}
	if err := deriveKnown(ctx, snapshot, path, at.UTC(), o); err != nil {
		return nil, err
	}
	// What a newer snapshot appeared beside is not newer than that one.
	if err := os.Chtimes(path, time.Time{}, source.ModTime().Add(time.Millisecond)); err != nil {
		return nil, err
	}
	return attachSnapshot(ctx, path, o, true)
}

// knownFolder is where the data folder keeps what [OpenKnownAt] derived. Publishing
// empties it.
const knownFolder = "known"

// forgetKnown deletes what was derived from an earlier snapshot.
func forgetKnown(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, knownFolder, "*.duckdb"))
	for _, f := range files {
		err = errors.Join(err, os.Remove(f))
	}
	return err
}

// deriveKnown derives the file path from the snapshot in a folder of its own,
// which is gone afterwards.
func deriveKnown(ctx context.Context, snapshot, path string, at time.Time, o Options) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(path), "making-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	o.Simulated = false
	w, err := Open(ctx, temp, o)
	if err != nil {
		return err
	}
	made, err := w.fillKnown(ctx, snapshot, at)
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	return os.Rename(made, path)
}

func (w *Warehouse) fillKnown(ctx context.Context, snapshot string, at time.Time) (made string, err error) {
	if _, err := w.conn.ExecContext(ctx, "ATTACH "+quoteText(snapshot)+" AS past (READ_ONLY)"); err != nil {
		return "", err
	}
	err = w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
		stamp := quoteText(at.Format("2006-01-02 15:04:05.999999"))
		if _, err := c.ExecContext(ctx, "SET VARIABLE known_at = TIMESTAMP "+stamp); err != nil {
			return err
		}
		return execFile(ctx, c, known, "known/fill.sql")
	})
	if err != nil {
		return "", err
	}
	if _, err := w.conn.ExecContext(ctx, "DETACH past"); err != nil {
		return "", err
	}
	if err := w.Model(ctx); err != nil {
		return "", err
	}
	return w.publish(ctx, false)
}
