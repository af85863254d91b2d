package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Digest is the form in which the digest of a body is stated.
func Digest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha256:" + hex.EncodeToString(sum[:])
}

var compressors = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	return z
}}

// Encode appends the record to w as one gzip member. Of the record it takes
// Type, URL, Date, Truncated, Source, Crawl, Status, Header and Body (as sent:
// still compressed where Header says so), for revisits Profile, RefersTo and
// RefersURL, and Digest, which it makes from Body when it is empty. A record
// without ID gets one made from all that.
func Encode(w *bytes.Buffer, rec *Record) error {
	block, kind := blockOf(rec)
	digest := rec.Digest
	if digest == "" && (rec.Type == Response || rec.Type == Resource) {
		digest = Digest(rec.Body)
	}
	id := rec.ID
	if id == "" {
		id = recordID(rec, digest)
	}
	var head bytes.Buffer
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&head, "%s: %s\r\n", name, oneLine(value))
		}
	}
	head.WriteString("WARC/1.1\r\n")
	field("WARC-Type", rec.Type)
	field("WARC-Record-ID", id)
	field("WARC-Date", stamp(rec.Date))
	field("WARC-Target-URI", rec.URL)
	field("WARC-Truncated", rec.Truncated)
	field("WARC-Payload-Digest", digest)
	if rec.Type == Revisit {
		field("WARC-Profile", rec.Profile)
		field("WARC-Refers-To-Target-URI", rec.RefersURL)
		field("WARC-Refers-To-Date", stamp(rec.RefersTo))
	}
	field(FieldSource, rec.Source)
	field(FieldCrawl, stamp(rec.Crawl))
	field("Content-Type", kind)
	fmt.Fprintf(&head, "Content-Length: %d\r\n\r\n", len(block)+len(rec.Body))

	z := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	z.Reset(w)
	for _, part := range [][]byte{head.Bytes(), block, rec.Body, []byte("\r\n\r\n")} {
		if _, err := z.Write(part); err != nil {
			return err
		}
	}
	return z.Close()
}

// blockOf returns what stands before the body in the record's block, and the
// block's type.
func blockOf(rec *Record) (block []byte, kind string) {
	switch rec.Type {
	case Response, Revisit:
	case Info, Metadata:
		return nil, "application/warc-fields"
	default:
		return nil, rec.Header.Get("Content-Type")
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %03d %s\r\n", rec.Status, http.StatusText(rec.Status))
	for _, name := range slices.Sorted(maps.Keys(rec.Header)) {
		for _, value := range rec.Header[name] {
			fmt.Fprintf(&b, "%s: %s\r\n", oneLine(name), oneLine(value))
		}
	}
	b.WriteString("\r\n")
	return b.Bytes(), "application/http; msgtype=response"
}

// recordID is a UUID made from what the record says, so that the same crawl
// writes the same bytes.
func recordID(rec *Record, digest string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{
		rec.Type, rec.URL, rec.Date.UTC().Format(time.RFC3339Nano), rec.Source, stamp(rec.Crawl), digest, string(rec.Body[:min(len(rec.Body), 256)]),
	}, "\n")))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // version 8, RFC 9562
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// stamp is the form of dates in records: UTC, to the second; empty for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// oneLine keeps foreign text from ending a field.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.NewReplacer("\r", " ", "\n", " ").Replace(s)
}
