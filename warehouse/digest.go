package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// digested are the tables that Digest covers, and what it leaves out of each:
// which run wrote a row, when it ran, where the bytes lie, and the numbers that
// nodes happen to have. What store.groups holds follows from the nodes.
var digested = []struct {
	table string
	omit  []string
}{
	{"sources", nil},
	{"crawls", []string{"run_id"}},
	{"pages", []string{"run_id", "archive", "archive_offset", "archive_length"}},
	{"sightings", nil},
	{"postings", nil},
	{"rejects", []string{"run_id"}},
	{"facts", nil},
	{"labels", []string{"labelled_at"}},
	{"mentions", nil},
	{"features", nil},
	{"current", nil},
	{"spells", nil},
	{"nodes", []string{"no"}},
	{"pairs", nil},
	{"blocks", nil},
	{"job_postings", nil},
	{"employer_keys", nil},
	{"employer_joins", nil},
	{"employers", nil},
	{"jobs", nil},
}

// Digest is a hash over the content of all tables. Two warehouses that hold the
// same rows have the same digest, in whatever order and in however many runs
// they were loaded; run ids, the times of running and places in archives are
// left out.
func (w *Warehouse) Digest(ctx context.Context) (digest string, err error) {
	defer wrap(&err, "digesting the warehouse")
	parts, err := w.Digests(ctx)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:16]), nil
}

// Digests are the lines that [Warehouse.Digest] hashes, one a table: its name,
// its number of rows, and the sum of their hashes. They tell which table differs.
func (w *Warehouse) Digests(ctx context.Context) ([]string, error) {
	var lines []string
	for _, d := range digested {
		omit := ""
		if len(d.omit) > 0 {
			omit = " EXCLUDE (" + strings.Join(d.omit, ", ") + ")"
		}
		var line string
		err := w.db.QueryRowContext(ctx, fmt.Sprintf(
			"SELECT %s || ' ' || count(*) || ' ' || coalesce(sum(hash(t)::HUGEINT), 0) FROM (SELECT *%s FROM store.%s) AS t",
			quoteText(d.table), omit, d.table)).Scan(&line)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", d.table, err)
		}
		lines = append(lines, line)
	}
	return lines, nil
}
