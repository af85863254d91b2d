package warehouse

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
)

// models derive the tables of the store from one another, in the order of their
// file names.
//
//go:embed models/*.sql
var models embed.FS

// Model brings the derived tables up to date, in one transaction.
func (w *Warehouse) Model(ctx context.Context) (err error) {
	defer wrap(&err, "deriving the models")
	return w.transact(ctx, func(ctx context.Context, c *sql.Conn) error {
		files, err := fs.Glob(models, "models/*.sql")
		if err != nil {
			return err
		}
		for _, name := range files {
			if err := execFile(ctx, c, models, name); err != nil {
				return err
			}
		}
		_, err = c.ExecContext(ctx, "DELETE FROM store.dirty")
		return err
	})
}
