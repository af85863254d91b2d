package archive

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"
)

// Read reads the records of the file at path in turn. An error beside a record
// concerns that record alone and reading goes on: a record without fields stands
// for bytes that are damaged, where a gzip member with a record follows them. An
// error without a record (nil) is the last: [ErrTruncated] when the file ends
// within a record, as after a kill; its text names the place.
func Read(path string) iter.Seq2[*Record, error] { return read(path, 0, false) }

// Heads is [Read] without bodies, for finding out what a file holds.
func Heads(path string) iter.Seq2[*Record, error] { return read(path, 0, true) }

func read(path string, from int64, heads bool) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		if _, err := f.Seek(from, io.SeekStart); err != nil {
			yield(nil, fmt.Errorf("%s: %w", filepath.Base(path), err))
			return
		}
		s, err := newScanner(filepath.Base(path), f, from, heads)
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", filepath.Base(path), err))
			return
		}
		for {
			rec, err := s.next()
			if rec == nil && errors.Is(err, io.EOF) {
				return
			}
			if rec == nil && s.gz != nil && !s.whole {
				rec, s = s.behind(f)
			}
			if err != nil {
				err = fmt.Errorf("%s: %w", filepath.Base(path), err)
			}
			if !yield(rec, err) || rec == nil {
				return
			}
		}
	}
}

// ReadAt reads the record at offset of the file at path. An error beside a
// record says that its body could not be read.
func ReadAt(path string, offset int64) (*Record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rec, err := readAt(f, filepath.Base(path), offset)
	if err != nil {
		err = fmt.Errorf("%s at %d: %w", filepath.Base(path), offset, err)
	}
	return rec, err
}

// readAt reads the record at offset: in the file where a gzip member or a plain
// record begins there, else in the uncompressed stream.
func readAt(f io.ReaderAt, name string, offset int64) (*Record, error) {
	var first, here [5]byte
	n, _ := f.ReadAt(first[:], 0)
	f.ReadAt(here[:], offset)
	isGzip := func(b []byte) bool { return b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 }
	if n < len(first) {
		return nil, ErrTruncated
	}
	if isGzip(first[:]) && !isGzip(here[:]) {
		return readWithin(f, name, offset)
	}
	s, err := newScanner(name, io.NewSectionReader(f, offset, 1<<62-offset), offset, false)
	if err != nil {
		return nil, err
	}
	rec, err := s.next()
	if rec == nil && errors.Is(err, io.EOF) {
		err = ErrTruncated
	}
	return rec, err
}

// readWithin reads the record at offset of the uncompressed stream.
func readWithin(f io.ReaderAt, name string, offset int64) (*Record, error) {
	s, err := newScanner(name, io.NewSectionReader(f, 0, 1<<62), 0, false)
	if err != nil {
		return nil, err
	}
	s.gz.Multistream(true)
	s.whole = true
	if _, err := io.CopyN(io.Discard, s.rec, offset); err != nil {
		return nil, ErrTruncated
	}
	rec, err := s.next()
	if rec == nil && errors.Is(err, io.EOF) {
		err = ErrTruncated
	}
	return rec, err
}

// Unpack writes the uncompressed stream of the gzip file at path to w. Places of
// records that are [Record.Whole] are places there.
func Unpack(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	if _, err := io.Copy(w, z); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return nil
}
