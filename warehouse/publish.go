package warehouse

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

//go:embed publish/*.sql
var publishing embed.FS

// Publish writes the warehouse into a fresh snapshot beside the old one and
// renames it into place; a process that reads the old one keeps it. Numbers that
// are not what was published last go into the view revisions. It returns the
// snapshot's path.
func (w *Warehouse) Publish(ctx context.Context) (path string, err error) {
	defer wrap(&err, "publishing the snapshot")
	return w.publish(ctx, true)
}

func (w *Warehouse) publish(ctx context.Context, revise bool) (path string, err error) {
	if revise {
		err := w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
			q, err := publishing.ReadFile("publish/revisions.sql")
			if err != nil {
				return err
			}
			_, err = c.ExecContext(ctx, string(q), w.opts.Now().UTC())
			return err
		})
		if err != nil {
			return "", fmt.Errorf("noting revisions: %w", err)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	path = filepath.Join(w.dir, SnapshotFile)
	temp := path + ".new"
	if err := removeAll(temp, temp+".wal"); err != nil {
		return "", err
	}
	defer removeAll(temp, temp+".wal")
	if err := w.copyTo(ctx, temp); err != nil {
		return "", err
	}
	if err := syncFile(temp); err != nil {
		return "", err
	}
	if err := os.Rename(temp, path); err != nil {
		return "", err
	}
	return path, syncFile(w.dir)
}

// copyTo copies the whole warehouse into a new database file. The engine copies
// row by row, so that the snapshot has none of the gaps that deleted rows leave;
// copying the file itself would also cost us the engine's lock on it.
func (w *Warehouse) copyTo(ctx context.Context, file string) (err error) {
	var own string
	if err := w.conn.QueryRowContext(ctx, "SELECT current_database()").Scan(&own); err != nil {
		return err
	}
	if _, err := w.conn.ExecContext(ctx, "ATTACH "+quoteText(file)+" AS snapshot"); err != nil {
		return err
	}
	defer func() {
		// Detaching writes what is in memory and closes the file.
		_, detach := w.conn.ExecContext(context.WithoutCancel(ctx), "DETACH snapshot")
		err = errors.Join(err, detach)
	}()
	if _, err := w.conn.ExecContext(ctx, fmt.Sprintf("COPY FROM DATABASE %s TO snapshot", quoteName(own))); err != nil {
		return err
	}
	_, err = w.conn.ExecContext(ctx, "CHECKPOINT snapshot")
	return err
}

// syncFile makes a file, or a folder's list of names, durable.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func removeAll(paths ...string) error {
	var errs []error
	for _, p := range paths {
		if err := os.Remove(p); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
