package ingest

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// laneLength is how many items of a lane wait in memory; more wait on disk, so
// that a list of a million pages costs no memory.
const laneLength = 4096

// spill is a queue of items on disk. What is in it need not outlive the process:
// the archive is the journal.
type spill struct {
	files  [2]*os.File // for writing and for reading
	w      *bufio.Writer
	r      *bufio.Reader
	crawls []*crawl // by the number that stands in the file
	number map[*crawl]uint64
	left   int
}

// newSpill makes the queue in dir.
func newSpill(dir string) (*spill, error) {
	f, err := os.CreateTemp(dir, ".frontier-*")
	if err != nil {
		return nil, fmt.Errorf("frontier: %w", err)
	}
	in, err := os.Open(f.Name())
	if err == nil {
		err = os.Remove(f.Name()) // it lives on until it is closed, and no kill leaves it behind
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("frontier: %w", err)
	}
	return &spill{files: [2]*os.File{f, in}, w: bufio.NewWriter(f), r: bufio.NewReader(in), number: map[*crawl]uint64{}}, nil
}

func (s *spill) push(it *item) error {
	n, ok := s.number[it.crawl]
	if !ok {
		n = uint64(len(s.crawls))
		s.number[it.crawl] = n
		s.crawls = append(s.crawls, it.crawl)
	}
	var b []byte
	b = binary.AppendUvarint(b, n)
	start := uint64(0)
	if it.start {
		start = 1
	}
	b = binary.AppendUvarint(b, uint64(it.depth)<<1|start)
	b = binary.AppendUvarint(b, uint64(it.tries))
	b = binary.AppendUvarint(b, uint64(len(it.url)))
	b = append(b, it.url...)
	if _, err := s.w.Write(b); err != nil {
		return fmt.Errorf("frontier: %w", err)
	}
	s.left++
	return nil
}

// pop returns up to n of the items that were pushed first.
func (s *spill) pop(n int, lane string) ([]*item, error) {
	if err := s.w.Flush(); err != nil {
		return nil, fmt.Errorf("frontier: %w", err)
	}
	var out []*item
	for ; n > 0 && s.left > 0; n-- {
		var v [4]uint64
		var errs error
		for i := range v {
			x, err := binary.ReadUvarint(s.r)
			v[i], errs = x, errors.Join(errs, err)
		}
		if errs != nil || v[0] >= uint64(len(s.crawls)) {
			return out, fmt.Errorf("frontier: what was put on disk does not come back: %w", errs)
		}
		url := make([]byte, v[3])
		if _, err := io.ReadFull(s.r, url); err != nil {
			return out, fmt.Errorf("frontier: %w", err)
		}
		out = append(out, &item{link: link{url: string(url), depth: int(v[1] >> 1), start: v[1]&1 == 1}, crawl: s.crawls[v[0]], lane: lane, tries: int(v[2])})
		s.left--
	}
	return out, nil
}

func (s *spill) close() {
	for _, f := range s.files {
		f.Close()
	}
}
