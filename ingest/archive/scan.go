package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// maxHead bounds the fields of a record and the head of an HTTP message, bytes.
const maxHead = 1 << 20

// scanner reads the records of one file in turn.
type scanner struct {
	name  string
	in    *counter      // bytes of the file
	file  *bufio.Reader // over in; the gzip reader takes no byte more than it needs
	gz    *gzip.Reader  // nil in a plain file
	plain *counter      // bytes of the uncompressed stream
	rec   *bufio.Reader // over plain
	heads bool          // leave bodies out
	whole bool          // a gzip member holds several records
	base  int64         // of the first byte of in within the file
	start int64         // of the record that was read last, or could not be read
}

// counter counts the bytes read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// newScanner reads records from r, which starts at base within the file.
func newScanner(name string, r io.Reader, base int64, heads bool) (*scanner, error) {
	s := &scanner{name: name, in: &counter{r: r}, heads: heads, base: base}
	s.file = bufio.NewReaderSize(s.in, 16<<10)
	magic, err := s.file.Peek(2)
	if err != nil && len(magic) == 0 {
		return s, nil
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		s.plain = &counter{r: s.file}
		s.rec = bufio.NewReaderSize(s.plain, 16<<10)
		return s, nil
	}
	if s.gz, err = gzip.NewReader(s.file); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrTruncated, err)
	}
	s.gz.Multistream(false)
	s.plain = &counter{r: s.gz}
	s.rec = bufio.NewReaderSize(s.plain, 16<<10)
	return s, nil
}

// at is the place in the file, or in a file compressed as a whole in the stream.
func (s *scanner) at() int64 {
	if s.gz == nil || s.whole {
		return s.base + s.plain.n - int64(s.rec.Buffered())
	}
	return s.base + s.in.n - int64(s.file.Buffered())
}

// next returns the next record. An error beside a record concerns that record
// only; an error alone, io.EOF included, ends the file.
func (s *scanner) next() (*Record, error) {
	if s.rec == nil {
		return nil, io.EOF
	}
	start, err := s.toRecord()
	s.start = start
	if err != nil {
		return nil, err
	}
	whole := s.whole // as the place was told
	rec, bad, err := s.read()
	if err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = ErrTruncated
		}
		return nil, fmt.Errorf("record at %d: %w", start, err)
	}
	if err := s.toEnd(); err != nil {
		return nil, fmt.Errorf("record at %d: %w: %v", start, ErrTruncated, err)
	}
	rec.Whole = whole
	rec.Place = Place{File: s.name, Offset: start, Length: s.at() - start}
	return rec, bad
}

// toRecord moves to the first byte of the next record, into the next gzip member
// where needed, and returns its place.
func (s *scanner) toRecord() (int64, error) {
	for {
		start := s.at()
		if s.gz != nil && !s.whole && s.plain.n == 0 {
			start = s.base // the first member's header has been read
		}
		b, err := s.rec.Peek(1)
		switch {
		case err == nil && (b[0] == '\r' || b[0] == '\n'):
			s.rec.Discard(1)
			continue
		case err == nil:
			return start, nil
		case !errors.Is(err, io.EOF):
			return start, fmt.Errorf("at %d: %w: %v", start, ErrTruncated, err)
		case s.gz == nil:
			return 0, io.EOF
		}
		start = s.base + s.in.n - int64(s.file.Buffered())
		if _, err := s.file.Peek(1); err != nil {
			return 0, io.EOF
		}
		if err := s.gz.Reset(s.file); err != nil {
			return start, fmt.Errorf("at %d: %w: %v", start, ErrTruncated, err)
		}
		s.gz.Multistream(false)
		if _, err := s.rec.Peek(1); err != nil {
			if errors.Is(err, io.EOF) {
				continue // an empty member
			}
			return start, fmt.Errorf("at %d: %w: %v", start, ErrTruncated, err)
		}
		if !s.whole {
			return start, nil
		}
	}
}

// toEnd passes over the blank lines after a record. At the end of a gzip member
// it has checked the checksum; more data there means a file compressed as a whole.
func (s *scanner) toEnd() error {
	for {
		b, err := s.rec.Peek(1)
		switch {
		case err == nil && (b[0] == '\r' || b[0] == '\n'):
			s.rec.Discard(1)
		case err == nil:
			s.whole = s.whole || s.gz != nil
			return nil
		case errors.Is(err, io.EOF):
			return nil
		default:
			return err
		}
	}
}

// read reads one record. The first error concerns the record, the second the file.
func (s *scanner) read() (rec *Record, bad, err error) {
	version, err := s.line()
	if err != nil {
		return nil, nil, err
	}
	if !strings.HasPrefix(version, "WARC/") {
		return nil, nil, fmt.Errorf("no WARC record begins with %.20q", version)
	}
	rec = &Record{}
	if rec.Fields, err = s.fields(); err != nil {
		return nil, nil, err
	}
	length, err := strconv.ParseInt(rec.Fields.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, nil, fmt.Errorf("bad Content-Length %.40q", rec.Fields.Get("Content-Length"))
	}
	bad = rec.fill()
	block := &io.LimitedReader{R: s.rec, N: length}
	if err := s.block(rec, block); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, nil, err
		}
		bad = errors.Join(bad, err)
	}
	if _, err := io.Copy(io.Discard, block); err != nil {
		return nil, nil, err
	}
	if block.N > 0 {
		return nil, nil, io.ErrUnexpectedEOF
	}
	return rec, bad, nil
}

// block reads the record's block as far as it is wanted.
func (s *scanner) block(rec *Record, block *io.LimitedReader) error {
	kind := rec.Fields.Get("Content-Type")
	http := strings.HasPrefix(kind, "application/http") || kind == "" && rec.Type != Info && rec.Type != Metadata
	switch {
	case rec.Type == Response && http, rec.Type == Revisit && http:
		return readHTTP(rec, bufio.NewReaderSize(block, 4<<10), s.heads)
	case rec.Type == Resource:
		rec.Status, rec.Header = 200, map[string][]string{"Content-Type": {kind}}
		fallthrough
	case rec.Type == Info, rec.Type == Metadata:
		if s.heads && rec.Type == Resource {
			return nil
		}
		var err error
		rec.Body, err = readAll(block, MaxBody)
		return err
	}
	return nil
}

// line reads one line, without its end.
func (s *scanner) line() (string, error) { return readLine(s.rec) }

func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > maxHead {
			return "", errors.New("a line of more than 1 MiB")
		}
		if err == nil {
			return strings.TrimRight(string(line), "\r\n"), nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			if errors.Is(err, io.EOF) && len(line) > 0 {
				err = io.ErrUnexpectedEOF
			}
			return string(line), err
		}
	}
}

// fields reads named fields up to the blank line.
func (s *scanner) fields() (Fields, error) {
	var f Fields
	for size := 0; ; {
		line, err := s.line()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if line == "" {
			return f, nil
		}
		if size += len(line); size > maxHead {
			return nil, errors.New("fields of more than 1 MiB")
		}
		if (line[0] == ' ' || line[0] == '\t') && len(f) > 0 {
			f[len(f)-1].Value += " " + strings.TrimSpace(line)
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		f = append(f, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
}

// fill sets what the fields say.
func (rec *Record) fill() error {
	f := rec.Fields
	rec.Type = strings.ToLower(f.Get("WARC-Type"))
	rec.ID = f.Get("WARC-Record-ID")
	rec.URL = strings.Trim(f.Get("WARC-Target-URI"), "<>")
	rec.Truncated = f.Get("WARC-Truncated")
	rec.Profile = f.Get("WARC-Profile")
	rec.RefersURL = strings.Trim(f.Get("WARC-Refers-To-Target-URI"), "<>")
	rec.RefersTo, _ = time.Parse(time.RFC3339Nano, f.Get("WARC-Refers-To-Date"))
	rec.Digest = f.Get("WARC-Payload-Digest")
	rec.Source = f.Get(FieldSource)
	rec.Crawl, _ = time.Parse(time.RFC3339Nano, f.Get(FieldCrawl))
	var err error
	if rec.Date, err = time.Parse(time.RFC3339Nano, f.Get("WARC-Date")); err != nil {
		return fmt.Errorf("bad WARC-Date %.40q", f.Get("WARC-Date"))
	}
	rec.Date = rec.Date.UTC()
	return nil
}

func equalFold(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }
