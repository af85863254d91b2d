package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// readHTTP reads an answer as it was sent, leniently: archives hold what servers
// really say.
func readHTTP(rec *Record, r *bufio.Reader, headOnly bool) error {
	line, err := readLine(r)
	if err != nil {
		return cut(err)
	}
	version, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	rec.Status, err = strconv.Atoi(code)
	if !strings.HasPrefix(version, "HTTP/") || err != nil {
		return fmt.Errorf("no HTTP answer begins with %.40q", line)
	}
	rec.Header = http.Header{}
	for size := 0; ; {
		line, err := readLine(r)
		if errors.Is(err, io.EOF) {
			return nil // a head without a body, as revisits have it
		}
		if err != nil {
			return cut(err)
		}
		if line == "" {
			break
		}
		if size += len(line); size > maxHead {
			return errors.New("an HTTP head of more than 1 MiB")
		}
		if name, value, ok := strings.Cut(line, ":"); ok {
			name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
			rec.Header[name] = append(rec.Header[name], strings.TrimSpace(value))
		}
	}
	if headOnly || rec.Type == Revisit {
		return nil
	}
	raw, err := readAll(r, MaxBody)
	if err != nil {
		return err
	}
	rec.Body, err = payload(rec.Header, raw)
	return err
}

// cut turns the end of a block within a head into an error of that record: the
// file goes on after it.
func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the record ends within the HTTP head")
	}
	return err
}

// payload undoes transfer and content encodings. Some archives keep the header
// of an encoding that they have undone; then the body is taken as it is, as is
// one that says brotli and is none: brotli streams begin with no mark.
func payload(h http.Header, raw []byte) ([]byte, error) {
	if strings.Contains(strings.ToLower(h.Get("Transfer-Encoding")), "chunked") {
		if body, err := readAll(httputil.NewChunkedReader(bytes.NewReader(raw)), MaxBody); err == nil {
			raw = body
		} else if errors.Is(err, ErrTooLong) {
			return nil, err
		}
	}
	body, err := Decode(h.Get("Content-Encoding"), raw, MaxBody)
	if err != nil && !errors.Is(err, ErrTooLong) && !looksEncoded(raw) && !errors.Is(err, ErrEncoding) {
		return raw, nil
	}
	return body, err
}

// looksEncoded tells whether raw begins like a gzip, zlib or zstd stream.
func looksEncoded(raw []byte) bool {
	return len(raw) > 2 && (raw[0] == 0x1f && raw[1] == 0x8b ||
		raw[0]&0x0f == 8 && (int(raw[0])<<8|int(raw[1]))%31 == 0 ||
		bytes.HasPrefix(raw, []byte{0x28, 0xb5, 0x2f, 0xfd}))
}

// Decode undoes the content encodings that the header's value names. A body of
// more than limit bytes is [ErrTooLong], an encoding that we do not know
// [ErrEncoding].
func Decode(encodings string, raw []byte, limit int64) ([]byte, error) {
	names := strings.Split(encodings, ",")
	for i := len(names) - 1; i >= 0; i-- {
		var err error
		if raw, err = decode(strings.ToLower(strings.TrimSpace(names[i])), raw, limit); err != nil {
			return nil, err
		}
	}
	if int64(len(raw)) > limit {
		return nil, ErrTooLong
	}
	return raw, nil
}

func decode(name string, raw []byte, limit int64) ([]byte, error) {
	if len(raw) == 0 {
		return raw, nil
	}
	switch name {
	case "", "identity":
		return raw, nil
	case "gzip", "x-gzip":
		r, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return nil, err
		}
		return readAll(r, limit)
	case "deflate":
		// RFC 9110 means zlib by it; many servers send bare deflate.
		r, err := zlib.NewReader(bytes.NewReader(raw))
		if err != nil {
			return readAll(flate.NewReader(bytes.NewReader(raw)), limit)
		}
		return readAll(r, limit)
	case "br":
		return readAll(brotli.NewReader(bytes.NewReader(raw)), limit)
	case "zstd":
		r, err := zstd.NewReader(bytes.NewReader(raw), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return readAll(r, limit)
	}
	return nil, fmt.Errorf("%w %.40q", ErrEncoding, name)
}

// readAll reads r to its end; more than limit bytes are [ErrTooLong].
func readAll(r io.Reader, limit int64) ([]byte, error) {
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, ErrTooLong
	}
	return b.Bytes(), nil
}
