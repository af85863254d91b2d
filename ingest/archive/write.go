package archive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Writer appends records to the archive of one run. Its methods may be called
// from several goroutines.
//
// A record goes to the file in one write, so a killed process leaves at most one
// cut record, the last; opening the file again removes it. [Writer.Sync] makes
// what was appended survive a power cut too.
type Writer struct {
	dir, run string
	about    string
	limit    int64

	mu    sync.Mutex
	file  *os.File
	index *os.File
	size  int64
	part  int
}

// maxFile is the size at which a writer begins its next file, bytes.
const maxFile = 1 << 30

// NewWriter opens the archive of the run in dir, which is made when missing. The
// files are called RUN-00001.warc.gz and so on; each begins with a warcinfo
// record that names the run. about are further "name: value" lines for it.
func NewWriter(dir, run string, now time.Time, about ...string) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	w := &Writer{dir: dir, run: run, limit: maxFile}
	var b bytes.Buffer
	fmt.Fprintf(&b, software+"\r\nformat: WARC File Format 1.1\r\nisPartOf: %s\r\n", oneLine(run))
	for _, line := range about {
		fmt.Fprintf(&b, "%s\r\n", oneLine(line))
	}
	w.about = b.String()
	if err := w.open(now); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	return w, nil
}

// open opens the writer's next file and writes its warcinfo record.
func (w *Writer) open(now time.Time) error {
	w.part++
	path := filepath.Join(w.dir, fmt.Sprintf("%s-%05d.warc.gz", w.run, w.part))
	size, err := Repair(path)
	if errors.Is(err, errForeign) {
		return w.open(now)
	}
	if err != nil {
		return err
	}
	if w.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644); err != nil {
		return err
	}
	if w.index, err = os.OpenFile(indexOf(path), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644); err != nil {
		w.file.Close()
		return err
	}
	w.size = size
	info := &Record{Type: Info, Date: now, Body: []byte(w.about)}
	var b bytes.Buffer
	if err := Encode(&b, info); err != nil {
		return err
	}
	_, err = w.write(b.Bytes(), info)
	return err
}

// Append adds the record and returns where it lies.
func (w *Writer) Append(rec *Record) (Place, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := Encode(b, rec); err != nil {
		return Place{}, fmt.Errorf("archive: %w", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.file == nil {
		return Place{}, errors.New("archive: the writer is closed")
	}
	if w.size > w.limit {
		if err := errors.Join(w.close(), w.open(rec.Date)); err != nil {
			return Place{}, fmt.Errorf("archive: %w", err)
		}
	}
	place, err := w.write(b.Bytes(), rec)
	if err != nil {
		return Place{}, fmt.Errorf("archive: %w", err)
	}
	return place, nil
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// write puts one encoded record into the file, and its line into the index.
func (w *Writer) write(member []byte, rec *Record) (Place, error) {
	place := Place{File: filepath.Base(w.file.Name()), Offset: w.size, Length: int64(len(member))}
	if n, err := w.file.Write(member); err != nil {
		// A full disk must not leave half a record before the next one.
		if n > 0 {
			err = errors.Join(err, w.file.Truncate(w.size))
		}
		return Place{}, err
	}
	w.size += place.Length
	e := rec.entry()
	e.Place = place
	if e.Digest == "" && rec.Type == Response {
		e.Digest = Digest(rec.Body)
	}
	// The index is a cache: what fails to get in is read from the archive.
	_, _ = w.index.WriteString(e.line())
	return place, nil
}

// Sync returns when all that was appended is on disk.
func (w *Writer) Sync() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.file == nil {
		return nil
	}
	return w.file.Sync()
}

// Close syncs and closes the file. A second call does nothing.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.close()
}

func (w *Writer) close() error {
	if w.file == nil {
		return nil
	}
	err := errors.Join(w.file.Sync(), w.file.Close(), w.index.Close())
	w.file, w.index = nil, nil
	return err
}

// software is what our archives name in their first record.
const software = "software: jobmarket"

var errForeign = errors.New("the archive is not one of ours")

// ours tells whether the archive at path was written by a [Writer].
func ours(path string) bool {
	for rec := range read(path, 0, true) {
		return rec != nil && !rec.Whole && rec.Type == Info && bytes.HasPrefix(rec.Body, []byte(software))
	}
	return false
}

// Repair cuts an archive that a [Writer] wrote after its last whole record, makes
// its index whole, and returns its length in bytes. A missing file has length 0.
// Other programs' archives are not touched; they are an error.
func Repair(path string) (int64, error) {
	stat, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		if err := os.Remove(indexOf(path)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return 0, err
		}
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if !ours(path) {
		return 0, errForeign
	}
	var good int64
	var lines bytes.Buffer
	for e, err := range Entries(path) {
		if errors.Is(err, ErrTruncated) {
			break
		}
		if err != nil {
			return 0, err
		}
		good = e.Offset + e.Length
		lines.WriteString(e.line())
	}
	if stat.Size() != good {
		if err := os.Truncate(path, good); err != nil {
			return 0, err
		}
	}
	if old, err := os.ReadFile(indexOf(path)); err == nil && bytes.Equal(old, lines.Bytes()) {
		return good, nil
	}
	beside := indexOf(path) + ".part"
	if err := os.WriteFile(beside, lines.Bytes(), 0o644); err != nil {
		return 0, err
	}
	return good, os.Rename(beside, indexOf(path))
}
