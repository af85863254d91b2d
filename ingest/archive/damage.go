package archive

import (
	"bytes"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
)

// behind finds the first gzip member with a record behind a place that could not
// be read, so that one damaged member costs no other. It returns a record that
// stands for the damaged bytes, and a scanner of what follows them; nil and s when
// nothing does.
func (s *scanner) behind(f *os.File) (*Record, *scanner) {
	at, ok := member(f, s.start+1)
	if !ok {
		return nil, s
	}
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return nil, s
	}
	next, err := newScanner(s.name, f, at, s.heads)
	if err != nil {
		return nil, s
	}
	return &Record{Place: Place{File: s.name, Offset: s.start, Length: at - s.start}}, next
}

// member is the place of the first gzip member at or after from that begins with
// a record.
func member(f io.ReaderAt, from int64) (int64, bool) {
	magic := []byte{0x1f, 0x8b, 8}
	chunk := make([]byte, 64<<10)
	for {
		n, err := f.ReadAt(chunk, from)
		for i := 0; ; i++ {
			j := bytes.Index(chunk[i:n], magic)
			if j < 0 {
				break
			}
			i += j
			if begins(f, from+int64(i)) {
				return from + int64(i), true
			}
		}
		if err != nil || n < len(magic) {
			return 0, false
		}
		from += int64(n - len(magic) + 1) // the magic may lie across two chunks
	}
}

// begins tells whether a gzip member with a record begins there.
func begins(f io.ReaderAt, at int64) bool {
	z, err := gzip.NewReader(io.NewSectionReader(f, at, 1<<62-at))
	if err != nil {
		return false
	}
	var head [5]byte
	_, err = io.ReadFull(z, head[:])
	return err == nil && string(head[:]) == "WARC/"
}
