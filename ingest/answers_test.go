package ingest_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"io"
	"net/http"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const bad = `{"jobs":["bad"],"links":[]}`

// raw answers with these bytes and closes the connection.
func raw(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		io.WriteString(c, answer)
		c.Close()
	}
}

// hang answers nothing more until the client gives up.
func hang(w http.ResponseWriter, r *http.Request) {
	if f, ok := w.(http.Flusher); ok && r.URL.Query().Has("body") {
		io.WriteString(w, `{"jobs":[`)
		f.Flush()
	}
	<-r.Context().Done()
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func body(kind, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		io.WriteString(w, text)
	}
}

func encoded(name string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", name)
		w.Header().Set("Content-Type", "application/json")
		w.Write(body)
	}
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

// first answers so n times, then well.
func first(n int, h http.HandlerFunc) http.HandlerFunc {
	count := 0
	return func(w http.ResponseWriter, r *http.Request) {
		if count++; count <= n {
			h(w, r)
			return
		}
		io.WriteString(w, bad)
	}
}

func gz(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.Bytes()
}

func deflated(s string) []byte {
	var b bytes.Buffer
	z, _ := flate.NewWriter(&b, 6)
	io.WriteString(z, s)
	z.Close()
	return b.Bytes()
}

func zstandard(s string) []byte {
	z, _ := zstd.NewWriter(nil)
	return z.EncodeAll([]byte(s), nil)
}

func brotlied(s string) []byte {
	var b bytes.Buffer
	z := brotli.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.Bytes()
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, c := range utf16.Encode([]rune(s)) {
		b = append(b, byte(c), byte(c>>8))
	}
	return string(b)
}

// at puts the handler at the path.
func at(path string, h http.HandlerFunc) func(*site) {
	return func(s *site) { s.handle(path, h) }
}

// waited checks the pause, on the test's clock, between the first two requests for /bad.
func waited(least, most time.Duration) func(*testing.T, *site) {
	return func(t *testing.T, s *site) {
		when := s.when("/bad")
		if len(when) < 2 {
			t.Errorf("/bad was asked %d times", len(when))
		} else if d := when[1].at.Sub(when[0].at); d < least || d > most {
			t.Errorf("asked again after %s, want %s to %s", d, least, most)
		}
	}
}

// asked checks how often a path was asked.
func askedTimes(path string, n int) func(*testing.T, *site) {
	return func(t *testing.T, s *site) {
		if got := s.times(path); got != n {
			t.Errorf("%s was asked %d times, want %d", path, got, n)
		}
	}
}
