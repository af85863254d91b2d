package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
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
	if path, err = w.publish(ctx, true); err != nil {
		return "", err
	}
	return path, forgetKnown(w.dir)
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
	if err := w.fill(ctx, temp, path); err != nil {
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

// contentMeta is the name in meta under which a snapshot keeps the digest of
// what it was copied from, rows and views.
const contentMeta = "content"

// fill writes the new snapshot. Where the old one holds the same content, as
// after a run that found nothing, its file is copied and only what is said of
// runs is brought up to date.
func (w *Warehouse) fill(ctx context.Context, file, old string) error {
	digest, err := w.Digest(ctx)
	if err != nil {
		return err
	}
	text, err := publishedText()
	if err != nil {
		return err
	}
	digest = fmt.Sprintf("%s %x", digest, sha256.Sum256(text))
	if w.holds(ctx, old, digest) {
		if err := w.copyRuns(ctx, file, old); err == nil {
			return nil
		}
		if err := removeAll(file, file+".wal"); err != nil {
			return err
		}
	}
	if err := writeMeta(ctx, w.conn, contentMeta, digest); err != nil {
		return err
	}
	return w.copyTo(ctx, file)
}

// holds says whether a snapshot is there that was copied from this content.
func (w *Warehouse) holds(ctx context.Context, snapshot, digest string) (same bool) {
	if _, err := os.Stat(snapshot); err != nil {
		return false
	}
	err := w.attached(ctx, snapshot, " (READ_ONLY)", func() error {
		return w.conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM snapshot.store.meta WHERE name = ? AND value = ?", contentMeta, digest).Scan(&same)
	})
	return err == nil && same
}

// copyRuns copies the old snapshot's file and replaces what it says of runs. No
// connection of ours has the old file open, so that copying it gives up no lock.
func (w *Warehouse) copyRuns(ctx context.Context, file, old string) error {
	if err := copyFile(file, old); err != nil {
		return err
	}
	return w.attached(ctx, file, "", func() error {
		for _, table := range []string{"runs", "run_sources", "versions"} {
			_, err := w.conn.ExecContext(ctx, fmt.Sprintf("DELETE FROM snapshot.store.%s; INSERT INTO snapshot.store.%[1]s FROM store.%[1]s", table))
			if err != nil {
				return err
			}
		}
		_, err := w.conn.ExecContext(ctx, "CHECKPOINT snapshot")
		return err
	})
}

// attached runs f while a database file is attached under the name snapshot.
// Detaching writes what is in memory and closes the file.
func (w *Warehouse) attached(ctx context.Context, file, how string, f func() error) (err error) {
	if _, err := w.conn.ExecContext(ctx, "ATTACH "+quoteText(file)+" AS snapshot"+how); err != nil {
		return err
	}
	defer func() {
		_, detach := w.conn.ExecContext(context.WithoutCancel(ctx), "DETACH snapshot")
		err = errors.Join(err, detach)
	}()
	return f()
}

func copyFile(to, from string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// copyTo copies the whole warehouse into a new database file. The engine copies
// row by row, so that the snapshot has none of the gaps that deleted rows leave;
// copying the file itself would also cost us the engine's lock on it.
func (w *Warehouse) copyTo(ctx context.Context, file string) error {
	var own string
	if err := w.conn.QueryRowContext(ctx, "SELECT current_database()").Scan(&own); err != nil {
		return err
	}
	return w.attached(ctx, file, "", func() error {
		if _, err := w.conn.ExecContext(ctx, fmt.Sprintf("COPY FROM DATABASE %s TO snapshot", quoteName(own))); err != nil {
			return err
		}
		_, err := w.conn.ExecContext(ctx, "CHECKPOINT snapshot")
		return err
	})
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
