package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
	duckdb "github.com/duckdb/duckdb-go/v2"
)

// Names of the files in a data folder.
const (
	File         = "warehouse.duckdb" // what the one writer works on
	SnapshotFile = "snapshot.duckdb"  // what readers read
	lockFile     = "warehouse.lock"
	spillDir     = "warehouse.tmp"
)

var (
	// ErrLocked says that another process is writing to the data folder.
	ErrLocked = errors.New("another process is writing to this data folder")
	// ErrMixed says that simulated and real rows would meet in one data folder.
	ErrMixed = errors.New("simulated and real data never share a data folder")
	// ErrNoSnapshot says that nothing was published in the data folder yet.
	ErrNoSnapshot = errors.New("nothing has been published here yet")
	// ErrNewer says that a later program wrote the warehouse.
	ErrNewer = errors.New("the warehouse was written by a newer version of this program")
)

// Options bound what the engine may take. Zero fields take the value that
// [DefaultOptions] has.
type Options struct {
	MemoryLimit string // as "1GB"; more than this spills to the data folder
	Threads     int
	// Simulated says that the simulated market's rows are to be written: a folder
	// that holds real ones is refused. False opens either; what is then loaded must
	// be of the folder's kind.
	Simulated bool
	// WindowDays is how long after a job was last seen open a repost still
	// continues it. The default lets an ad skip two issues of a monthly thread and
	// not three: counting as open for 30 days, it lies 58 to 64 days off then, and up
	// to two weeks more or less where it was not written on the thread's first day,
	// and 88 to 95 days off after three. 75 lies in the valley between, in whatever
	// months; an edge among the gaps that do occur would cut chains by the calendar.
	WindowDays int
	// Similar is the true similarity of two texts, in [0, 1]. The models ask it
	// for pairs whose MinHash bands meet; without it such pairs never merge.
	Similar func(a, b string) float64
	// Now is the clock; it dates runs, versions and revisions, no derived row.
	Now func() time.Time
}

// DefaultOptions are fit for a machine of 2 cores and 2 GB.
var DefaultOptions = Options{MemoryLimit: "800MB", Threads: 2, WindowDays: 75, Now: time.Now}

func (o Options) orDefault() Options {
	if o.MemoryLimit == "" {
		o.MemoryLimit = DefaultOptions.MemoryLimit
	}
	if o.Threads == 0 {
		o.Threads = DefaultOptions.Threads
	}
	if o.WindowDays == 0 {
		o.WindowDays = DefaultOptions.WindowDays
	}
	if o.Now == nil {
		o.Now = DefaultOptions.Now
	}
	return o
}

// Warehouse is the one writer of a data folder. Its methods may be called from
// several goroutines; they take turns.
type Warehouse struct {
	dir  string
	opts Options
	db   *sql.DB
	lock *os.File

	mu   sync.Mutex // one write at a time
	conn *sql.Conn  // the writing connection; guarded by mu
	mem  *mallocator.Mallocator
	kept string // "real" or "simulated" once known; guarded by mu

	similar bool // the comparison of texts is registered; guarded by mu
}

// Open opens the warehouse in the data folder dir for writing, creates both
// where they are missing, and brings the tables up to date. While another
// process has it open the error is [ErrLocked].
func Open(ctx context.Context, dir string, o Options) (_ *Warehouse, err error) {
	defer wrap(&err, "opening the warehouse in %s", dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	lock, err := takeLock(filepath.Join(dir, lockFile))
	if err != nil {
		return nil, err
	}
	w := &Warehouse{dir: dir, opts: o.orDefault(), lock: lock, mem: mallocator.NewMallocator()}
	defer func() {
		if err != nil {
			w.Close()
		}
	}()
	if w.db, err = openFile(filepath.Join(dir, File), w.opts, filepath.Join(dir, spillDir)); err != nil {
		return nil, err
	}
	if w.conn, err = w.db.Conn(ctx); err != nil {
		return nil, err
	}
	if err := migrate(ctx, w.conn); err != nil {
		return nil, err
	}
	if w.kept, err = readMeta(ctx, w.conn, "data"); err != nil {
		return nil, err
	}
	if o.Simulated {
		if err := w.keep(ctx, w.conn, true); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// Simulated says whether the folder holds the simulated market; false also when
// it holds nothing yet.
func (w *Warehouse) Simulated() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.kept == "simulated"
}

// openFile opens a database file for reading and writing.
func openFile(path string, o Options, spill string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	set := url.Values{}
	set.Set("memory_limit", o.MemoryLimit)
	set.Set("threads", strconv.Itoa(o.Threads))
	set.Set("temp_directory", spill)
	set.Set("preserve_insertion_order", "false")
	// A small value costs about 40 % on a bulk load.
	set.Set("wal_autocheckpoint", "256MB")
	connector, err := duckdb.NewConnector(escapePath(abs)+"?"+set.Encode(), nil)
	if err != nil {
		if strings.Contains(err.Error(), "Could not set lock") {
			return nil, fmt.Errorf("%w: %s", ErrLocked, firstLine(err.Error()))
		}
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

// escapePath keeps the driver, which reads its path as a URL, from taking parts
// of a file name for an escape or a query.
func escapePath(path string) string {
	return (&url.URL{Path: path}).EscapedPath()
}

// Close gives the folder free. It must be called, or the write-ahead log stays
// behind and the next Open replays it.
func (w *Warehouse) Close() error {
	var errs []error
	if w.conn != nil {
		errs = append(errs, w.conn.Close())
	}
	if w.db != nil {
		errs = append(errs, w.db.Close()) // closes the connector too
	}
	errs = append(errs, freeLock(w.lock))
	return errors.Join(errs...)
}

// Dir is the data folder.
func (w *Warehouse) Dir() string { return w.dir }

// QueryContext reads the published views as they are in the middle of the
// writing, for the tests and the commands of a process that already writes.
func (w *Warehouse) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	return w.db.QueryContext(ctx, q, args...)
}

// transact runs f between BEGIN and COMMIT on the writing connection.
func (w *Warehouse) transact(ctx context.Context, f func(ctx context.Context, c *sql.Conn) error) (err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	was := w.kept
	if err = transact(ctx, w.conn, f); err != nil {
		w.kept = was
	}
	return err
}

func transact(ctx context.Context, c *sql.Conn, f func(ctx context.Context, c *sql.Conn) error) error {
	if _, err := c.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	err := f(ctx, c)
	if err == nil {
		_, err = c.ExecContext(ctx, "COMMIT")
	}
	if err != nil {
		// The context may be what ended it; the rollback must still happen.
		_, back := c.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		if back != nil && !strings.Contains(back.Error(), "no transaction is active") {
			err = errors.Join(err, back)
		}
	}
	return err
}

// keep marks the folder as holding simulated or real data, or refuses what
// would mix the two. The caller holds mu.
func (w *Warehouse) keep(ctx context.Context, c *sql.Conn, simulated bool) error {
	kind := "real"
	if simulated {
		kind = "simulated"
	}
	switch w.kept {
	case kind:
		return nil
	case "":
		if err := writeMeta(ctx, c, "data", kind); err != nil {
			return err
		}
		w.kept = kind
		return nil
	}
	return fmt.Errorf("%w: %s holds %s data; give the %s data a folder of their own", ErrMixed, w.dir, w.kept, kind)
}

func readMeta(ctx context.Context, c *sql.Conn, name string) (value string, err error) {
	err = c.QueryRowContext(ctx, "SELECT value FROM store.meta WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func writeMeta(ctx context.Context, c *sql.Conn, name, value string) error {
	if _, err := c.ExecContext(ctx, "DELETE FROM store.meta WHERE name = ?", name); err != nil {
		return err
	}
	_, err := c.ExecContext(ctx, "INSERT INTO store.meta VALUES (?, ?)", name, value)
	return err
}

// wrap says what was being done when *err came.
func wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
