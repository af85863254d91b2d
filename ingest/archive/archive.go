// Package archive keeps answers as they came: WARC 1.1 files, one gzip member a
// record. It writes our own, and reads anyone's: gzip by record or by file, or
// plain; bodies chunked or compressed; files cut off in the middle.
//
// It knows WARC and the framing of HTTP messages. It must not know what the
// bodies mean, nor why an answer was asked for.
//
// # Decisions
//
// 2026-11-22: an answer's place is (file's base name, offset, length) of its
// gzip member, so that a row in the warehouse leads to its bytes with nothing
// but dd and zcat. In a plain file it is the record's place in the file. In a
// file that was compressed as a whole no such place exists: there it is the
// place in the uncompressed stream, and reading one record costs reading all
// before it; [ReadAt] finds out which is meant.
//
// 2026-11-22: what a crawl must know again after a kill (source, crawl, how a
// crawl ended) stands in the WARC records themselves, as extension fields that
// other readers pass over. Beside each of our archives lies an index, which is a
// cache: what it lacks is read from the archive, and deleting it loses nothing.
// A database file as journal was refused: two truths that may disagree.
package archive

import (
	"errors"
	"net/http"
	"time"
)

// Types of records that we write. Others are handed on as they are named.
const (
	Response = "response" // an HTTP answer
	Revisit  = "revisit"  // an answer whose body an earlier record holds
	Info     = "warcinfo" // about the records that follow in the file
	Metadata = "metadata" // about something else; ours say that a crawl ended
	Resource = "resource" // bytes without an HTTP head, read as an answer with status 200
)

// Profiles of revisit records.
const (
	NotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
	SameDigest  = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
)

// Extension fields of our own records.
const (
	FieldSource = "Jobmarket-Source" // source that the answer was asked for
	FieldCrawl  = "Jobmarket-Crawl"  // start of the crawl, RFC 3339
)

var (
	// ErrTruncated says that a file ends within a record. All records before it
	// were read.
	ErrTruncated = errors.New("the archive ends within a record")
	// ErrTooLong says that a body is longer than allowed, perhaps only after
	// decompression.
	ErrTooLong = errors.New("the body is longer than allowed")
	// ErrEncoding says that a body is compressed in a way that we cannot read.
	ErrEncoding = errors.New("unknown content encoding")
)

// MaxBody is the longest body, in bytes after decompression, that is read from
// an archive.
const MaxBody = 256 << 20

// Record is one record of a WARC file.
type Record struct {
	Place
	Type      string
	ID        string // as the file has it; not unique across files
	URL       string
	Date      time.Time // UTC
	Truncated string    // why the body is cut short: length, time, disconnect; empty when it is not
	Profile   string    // of a revisit
	RefersTo  time.Time // revisits: date of the record that has the body; zero when not said
	RefersURL string    // revisits: its URL
	Digest    string    // payload digest as stated
	Source    string    // our own archives: the source asked for
	Crawl     time.Time // our own archives: start of the crawl; zero elsewhere
	Whole     bool      // it shares a gzip member with others: its place is in the uncompressed stream
	Fields    Fields    // all WARC fields

	Status int         // of the HTTP answer; 0 when there is none
	Header http.Header // of the HTTP answer
	Body   []byte      // of the answer, decompressed; other types: the block as it is
}

// Place is where a record lies.
type Place struct {
	File   string // base name
	Offset int64
	Length int64
}

// Field is one named field of a WARC record.
type Field struct{ Name, Value string }

// Fields are the named fields of a WARC record in their order.
type Fields []Field

// Get returns the first value of the field called name, in any case, or "".
func (f Fields) Get(name string) string {
	for _, x := range f {
		if equalFold(x.Name, name) {
			return x.Value
		}
	}
	return ""
}
