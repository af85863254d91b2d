package archive

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Entry is what the index says of one record.
type Entry struct {
	Place
	Type     string
	Date     time.Time
	Status   int
	Source   string
	Crawl    time.Time
	URL      string
	Digest   string
	RefersTo time.Time // revisits
	Cut      bool      // the body is truncated: no answer to build on
	End      *End      // records that say that a crawl ended
}

// End is what the archive remembers of a crawl that is over and loaded.
type End struct {
	Outcome   string
	Complete  bool
	Suspect   bool // its yield left the band of its history
	Pages     int
	Sightings int
	Parser    int32 // version of the parser that read it
}

// indexOf is the path of the index beside the archive at path.
func indexOf(path string) string { return path + ".index" }

// Entries returns what the archive at path holds, in order: from its index as
// far as that goes, the rest from the archive itself. A truncated tail is the
// last error, [ErrTruncated].
func Entries(path string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		var done int64
		stopped := false
		for e := range indexed(path) {
			if done = e.Offset + e.Length; !yield(e, nil) {
				stopped = true
				break
			}
		}
		if stopped {
			return
		}
		for rec, err := range read(path, done, true) {
			if rec == nil {
				yield(Entry{}, err)
				return
			}
			if !yield(rec.entry(), nil) {
				return
			}
		}
	}
}

// indexed returns the entries of the index that follow each other without a gap
// and lie within the archive.
func indexed(path string) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		stat, err := os.Stat(path)
		if err != nil {
			return
		}
		f, err := os.Open(indexOf(path))
		if err != nil {
			return
		}
		defer f.Close()
		name := filepath.Base(path)
		var done int64
		for lines := bufio.NewReaderSize(f, 64<<10); ; {
			line, err := readLine(lines)
			if err != nil {
				return
			}
			e, err := parseEntry(line)
			if err != nil || e.Offset != done || e.Offset+e.Length > stat.Size() {
				return
			}
			done = e.Offset + e.Length
			e.File = name
			if !yield(e) {
				return
			}
		}
	}
}

// entry is what the index says of the record.
func (rec *Record) entry() Entry {
	e := Entry{Place: rec.Place, Type: rec.Type, Date: rec.Date, Status: rec.Status, Source: rec.Source,
		Crawl: rec.Crawl, URL: rec.URL, Digest: rec.Digest, RefersTo: rec.RefersTo, Cut: rec.Truncated != ""}
	if rec.Type == Metadata {
		e.End = parseEnd(string(rec.Body))
	}
	return e
}

// line is the entry's line in the index. Fields are parted by tabs, which occur
// in none: URLs are escaped, and source names are ours.
func (e *Entry) line() string {
	end := ""
	if e.End != nil {
		end = strings.ReplaceAll(strings.TrimSpace(e.End.String()), "\r\n", ";")
	}
	fields := []string{
		strconv.FormatInt(e.Offset, 10), strconv.FormatInt(e.Length, 10), e.Type, stamp(e.Date), strconv.Itoa(e.Status),
		e.Source, stamp(e.Crawl), e.URL, e.Digest, stamp(e.RefersTo), strconv.FormatBool(e.Cut), end,
	}
	for i := range fields {
		fields[i] = parting.Replace(fields[i])
	}
	return strings.Join(fields, "\t") + "\n"
}

var parting = strings.NewReplacer("\t", "%09", "\n", "%0A", "\r", "%0D")

func parseEntry(line string) (e Entry, err error) {
	f := strings.Split(line, "\t")
	if len(f) != 12 {
		return e, errors.New("an index line with a wrong number of fields")
	}
	number := func(s string) int64 {
		n, bad := strconv.ParseInt(s, 10, 64)
		err = errors.Join(err, bad)
		return n
	}
	moment := func(s string) (t time.Time) {
		if s != "" {
			var bad error
			t, bad = time.Parse(time.RFC3339, s)
			err = errors.Join(err, bad)
		}
		return t
	}
	e = Entry{Place: Place{Offset: number(f[0]), Length: number(f[1])}, Type: f[2], Date: moment(f[3]), Status: int(number(f[4])),
		Source: f[5], Crawl: moment(f[6]), URL: f[7], Digest: f[8], RefersTo: moment(f[9]), Cut: f[10] == "true"}
	if f[11] != "" {
		e.End = parseEnd(strings.ReplaceAll(f[11], ";", "\r\n"))
	}
	return e, err
}

// String is the body of the record that says that a crawl ended.
func (e *End) String() string {
	return fmt.Sprintf("crawl: ended\r\noutcome: %s\r\ncomplete: %t\r\nsuspect: %t\r\npages: %d\r\nsightings: %d\r\nparser: %d\r\n",
		oneLine(e.Outcome), e.Complete, e.Suspect, e.Pages, e.Sightings, e.Parser)
}

// parseEnd reads such a body; nil when it is about something else.
func parseEnd(body string) *End {
	var e End
	ended := false
	for line := range strings.SplitSeq(body, "\n") {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		n, _ := strconv.ParseInt(value, 10, 32)
		switch name {
		case "crawl":
			ended = value == "ended"
		case "outcome":
			e.Outcome = value
		case "complete":
			e.Complete = value == "true"
		case "suspect":
			e.Suspect = value == "true"
		case "pages":
			e.Pages = int(n)
		case "sightings":
			e.Sightings = int(n)
		case "parser":
			e.Parser = int32(n)
		}
	}
	if !ended {
		return nil
	}
	return &e
}

// CanonicalURL is the form under which answers are looked up: without fragment
// and default port, host in lower case, percent-encoding only where it is needed
// and in capitals, so that what different programs wrote for one address is one.
func CanonicalURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return raw
	}
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if scheme == "http" {
		host = strings.TrimSuffix(host, ":80")
	} else if scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	}
	path := recode(u.EscapedPath())
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + recode(u.RawQuery)
	}
	return scheme + "://" + host + path
}

// recode writes percent-encoding in one way: unreserved characters plain, all
// but the reserved ones encoded, hex digits in capitals (RFC 3986, 6.2.2).
func recode(s string) string {
	const keep = "-._~" + "!$&()*+,;=:@/?#[]" + "%"
	plain := func(c byte) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				if plain(byte(n)) {
					b.WriteByte(byte(n))
				} else {
					fmt.Fprintf(&b, "%%%02X", n)
				}
				i += 2
				continue
			}
		}
		if plain(c) || strings.IndexByte(keep, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// Files lists the archives in dir that a [Writer] wrote, those begun first coming
// first.
func Files(dir string) ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(escapeGlob(dir), "*.warc.gz"))
	if err != nil {
		return nil, err
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return !ours(path) })
	begun := map[string]time.Time{}
	for _, path := range paths {
		for e := range Entries(path) {
			begun[path] = e.Date
			break
		}
	}
	slices.SortStableFunc(paths, func(a, b string) int {
		return cmp.Or(begun[a].Compare(begun[b]), strings.Compare(a, b))
	})
	return paths, nil
}

// escapeGlob keeps the characters of a folder's name from meaning a pattern.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}
