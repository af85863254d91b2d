package archive_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"jobmarket/ingest/archive"
)

var day = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func gz(parts ...string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for _, p := range parts {
		z.Write([]byte(p))
	}
	z.Close()
	return b.String()
}

// record is a WARC record in other programs' style.
func record(kind, url, block string, fields ...string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-03-01T12:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Type: application/http; msgtype=%s\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, url, kind, strings.Join(fields, ""), len(block), block)
}

func answer(head, body string) string { return "HTTP/1.1 200 OK\r\n" + head + "\r\n" + body }

// TestForeign reads files in the forms in which other programs write them. Each
// must give the same two bodies, in turn and again at their places.
func TestForeign(t *testing.T) {
	info := "WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2026-03-01T12:00:00Z\r\nContent-Type: application/warc-fields\r\nContent-Length: 14\r\n\r\nsoftware: x\r\n\n\r\n\r\n"
	ask := record("request", "https://a.example/1", "GET /1 HTTP/1.1\r\n\r\n")
	meta := record("metadata", "https://a.example/1", "fetchTimeMs: 5")
	plain := record("response", "https://a.example/1", answer("Content-Type: text/plain\r\n", "first"))
	second := record("response", "https://a.example/2", answer("", "second"))
	for name, file := range map[string]string{
		"plain":                         info + ask + plain + meta + second,
		"a member a record":             gz(info) + gz(ask) + gz(plain) + gz(meta) + gz(second),
		"compressed as a whole":         gz(info, ask, plain, meta, second),
		"members of several records":    gz(info) + gz(ask, plain) + gz(meta, second),
		"chunked":                       record("response", "https://a.example/1", answer("Transfer-Encoding: chunked\r\n", "3\r\nfir\r\n2\r\nst\r\n0\r\n\r\n")) + second,
		"chunks undone, header left":    record("response", "https://a.example/1", answer("Transfer-Encoding: chunked\r\n", "first")) + second,
		"gzip":                          record("response", "https://a.example/1", answer("Content-Encoding: gzip\r\n", gz("first"))) + second,
		"gzip undone, header left":      gz(record("response", "https://a.example/1", answer("Content-Encoding: gzip\r\n", "first")), second),
		"brotli":                        record("response", "https://a.example/1", answer("Content-Encoding: br\r\n", "\x0b\x02\x80first\x03")) + second,
		"brotli undone, header left":    record("response", "https://a.example/1", answer("Content-Encoding: br\r\n", "first")) + second,
		"gzip and chunked":              record("response", "https://a.example/1", answer("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(gz("first")), gz("first")))) + second,
		"Common Crawl's renamed header": record("response", "https://a.example/1", answer("X-Crawler-Content-Encoding: gzip\r\nX-Crawler-Content-Length: 25\r\n", "first")) + second,
		"line feeds only":               record("response", "https://a.example/1", "HTTP/1.1 200 OK\nA: b\n\nfirst") + second,
		"HTTP/2":                        record("response", "https://a.example/1", "HTTP/2 200\r\n\r\nfirst") + second,
		"URL in angle brackets":         record("response", "<https://a.example/1>", answer("", "first")) + second,
		"folded fields":                 record("response", "https://a.example/1", answer("", "first"), "X-Long: one\r\n two\r\n") + second,
		"a resource":                    strings.ReplaceAll(record("resource", "https://a.example/1", "first"), "application/http; msgtype=resource", "text/plain") + second,
		"a record that is no HTTP":      record("response", "https://a.example/0", "not HTTP at all") + plain + second,
		"a record with a bad date":      strings.Replace(plain, "2026-03-01T12:00:00Z", "yesterday", 1) + plain + second,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.warc.gz")
			if err := os.WriteFile(path, []byte(file), 0o644); err != nil {
				t.Fatal(err)
			}
			var got []string
			for rec, err := range archive.Read(path) {
				if rec == nil {
					t.Fatal(err)
				}
				if err != nil || rec.Status == 0 {
					continue
				}
				got = append(got, rec.URL+" "+string(rec.Body))
				again, err := archive.ReadAt(path, rec.Offset)
				if err != nil || string(again.Body) != string(rec.Body) || again.URL != rec.URL {
					t.Errorf("at %d: %+v, %v", rec.Offset, again, err)
				}
			}
			if diff := cmp.Diff([]string{"https://a.example/1 first", "https://a.example/2 second"}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestTruncated cuts a file at every byte: what lies before the cut is read, and
// the cut is reported.
func TestTruncated(t *testing.T) {
	one := record("response", "https://a.example/1", answer("", "first"))
	two := record("response", "https://a.example/2", answer("", "second"))
	for name, parts := range map[string][2]string{"plain": {one, two}, "gzip": {gz(one), gz(two)}} {
		path := filepath.Join(t.TempDir(), "x.warc.gz")
		whole := parts[0] + parts[1]
		for cut := len(parts[0]) + 1; cut < len(whole)-4; cut++ {
			if err := os.WriteFile(path, []byte(whole[:cut]), 0o644); err != nil {
				t.Fatal(err)
			}
			n, last := 0, error(nil)
			for rec, err := range archive.Read(path) {
				if rec != nil {
					n++
				}
				last = err
			}
			if n != 1 || !errors.Is(last, archive.ErrTruncated) {
				t.Fatalf("%s cut at %d of %d: %d records, %v", name, cut, len(whole), n, last)
			}
		}
	}
}

// sample is a record of each type that we write.
func samples() []*archive.Record {
	return []*archive.Record{
		{Type: archive.Response, URL: "https://a.example/1?x=%20", Date: day, Source: "acme", Crawl: day, Status: 200,
			Header: http.Header{"Content-Type": {"text/plain"}, "X-Two": {"a", "b\r\nInjected: yes"}}, Body: []byte("body\r\n\r\nWARC/1.1\r\n")},
		{Type: archive.Revisit, URL: "https://a.example/1", Date: day, Source: "acme", Crawl: day, Status: 304, Profile: archive.NotModified,
			RefersURL: "https://a.example/1", RefersTo: day.Add(-time.Hour), Digest: "sha256:00", Header: http.Header{"Etag": {`"v"`}}},
		{Type: archive.Response, URL: "https://a.example/2", Date: day, Source: "acme", Crawl: day, Status: 200, Truncated: "length",
			Header: http.Header{}, Body: bytes.Repeat([]byte("x"), 70_000)},
		{Type: archive.Metadata, Date: day, Source: "acme", Crawl: day, Body: []byte((&archive.End{Outcome: "ok", Complete: true, Suspect: true, Pages: 3, Sightings: 9, Parser: 2}).String())},
	}
}

// TestWriter writes records, reads them back, and finds the same in the index,
// in the archive without index, and after a cut.
func TestWriter(t *testing.T) {
	dir := t.TempDir()
	w, err := archive.NewWriter(dir, "run1", day)
	if err != nil {
		t.Fatal(err)
	}
	var places []archive.Place
	for _, rec := range samples() {
		p, err := w.Append(rec)
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, p)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "run1-00001.warc.gz")
	for i, want := range samples() {
		got, err := archive.ReadAt(path, places[i].Offset)
		if err != nil || got.Place != places[i] || got.URL != want.URL || !bytes.Equal(got.Body, want.Body) || !got.Date.Equal(want.Date) ||
			got.Status != want.Status || got.Source != want.Source || !got.Crawl.Equal(want.Crawl) || got.Profile != want.Profile || !got.RefersTo.Equal(want.RefersTo) {
			t.Errorf("record %d: %+v, %v", i, got, err)
		}
		if got.Header.Get("Injected") != "" {
			t.Error("a header's value made a header")
		}
	}
	listed := entries(t, path)
	if len(listed) != 5 || listed[4].End == nil || *listed[4].End != (archive.End{Outcome: "ok", Complete: true, Suspect: true, Pages: 3, Sightings: 9, Parser: 2}) || !listed[3].Cut {
		t.Errorf("entries %+v", listed)
	}
	if err := os.Rename(path+".index", path+".gone"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(listed, entries(t, path)); diff != "" {
		t.Errorf("with index and without differ:\n%s", diff)
	}
	os.Rename(path+".gone", path+".index")
	stat, _ := os.Stat(path)
	os.Truncate(path, stat.Size()-1)
	if size, err := archive.Repair(path); err != nil || size != places[3].Offset {
		t.Errorf("repaired to %d, %v; want %d", size, err, places[3].Offset)
	}
	if got := entries(t, path); len(got) != 4 {
		t.Errorf("%d entries after the repair", len(got))
	}
	// The same run goes on in the same file.
	if w, err = archive.NewWriter(dir, "run1", day); err != nil {
		t.Fatal(err)
	}
	if p, err := w.Append(samples()[0]); err != nil || p.Offset <= places[3].Offset {
		t.Errorf("appended at %+v, %v", p, err)
	}
	w.Close()
	if got := entries(t, path); len(got) != 6 {
		t.Errorf("%d entries after going on", len(got))
	}
}

func entries(t *testing.T, path string) (list []archive.Entry) {
	t.Helper()
	for e, err := range archive.Entries(path) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

func TestCanonicalURL(t *testing.T) {
	for in, want := range map[string]string{
		"HTTPS://Example.ORG:443":                    "https://example.org/",
		"http://a.example:80/x#frag":                 "http://a.example/x",
		"http://a.example:8080/?":                    "http://a.example:8080/?",
		"https://a.example/RiB-%2310.md":             "https://a.example/RiB-%2310.md",
		"https://a.example/%7euser/%e4":              "https://a.example/~user/%E4",
		`https://a.example/?q=flair:"jobs"`:          "https://a.example/?q=flair:%22jobs%22",
		"https://a.example/?q=flair%3A%22jobs%22&x=": "https://a.example/?q=flair%3A%22jobs%22&x=",
		"not a url": "not a url",
	} {
		if got := archive.CanonicalURL(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
		if again := archive.CanonicalURL(archive.CanonicalURL(in)); again != archive.CanonicalURL(in) {
			t.Errorf("%s: canonical twice is %s", in, again)
		}
	}
}

// FuzzRead must neither panic nor hang nor use unbounded memory, and what it
// reads at a place must be what it read in turn.
func FuzzRead(f *testing.F) {
	one := record("response", "https://a.example/1", answer("Content-Encoding: gzip\r\n", gz("first")))
	f.Add([]byte(one))
	f.Add([]byte(gz(one)))
	f.Add([]byte(gz(one, one)))
	f.Add([]byte(record("response", "u", answer("Transfer-Encoding: chunked\r\n", "fffffffff\r\n"))))
	f.Add([]byte("WARC/1.1\r\nContent-Length: 99999999999999\r\n\r\n"))
	f.Add([]byte("WARC/1.1\r\nWARC-Type: revisit\r\nContent-Length: 0\r\n\r\n\r\n\r\n"))
	var b bytes.Buffer
	for _, rec := range samples() {
		archive.Encode(&b, rec)
	}
	f.Add(b.Bytes())
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(dir, "fuzz.warc.gz")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		n := 0
		for rec, err := range archive.Read(path) {
			if rec == nil {
				if err == nil {
					t.Fatal("neither record nor error")
				}
				break
			}
			if n++; n > 3 {
				continue
			}
			again, bad := archive.ReadAt(path, rec.Offset)
			if rec.Fields == nil { // it stands for damaged bytes
				if err == nil || bad == nil || rec.Length <= 0 {
					t.Fatalf("damage at %d of %d bytes: %v in turn, %v at its place", rec.Offset, rec.Length, err, bad)
				}
				continue
			}
			if again == nil || (bad == nil) != (err == nil) || again.URL != rec.URL || !bytes.Equal(again.Body, rec.Body) {
				t.Fatalf("at %d: %+v %v, in turn %+v %v", rec.Offset, again, bad, rec, err)
			}
		}
		for range archive.Entries(path) {
		}
	})
}
