// Package kind says what a kind of source is, and holds what all kinds' parsers
// share: reading records one by one so that a bad one costs only itself, keys,
// times, pay.
//
// It knows formats. It must not know HTTP clients, SQL, or what makes a job ad:
// a parser hands on everything that a page states and judges none of it.
//
// # Decisions
//
// 2026-11-22: a field of the wrong type, or a record without an id, rejects that
// record; a time or an amount that cannot be read rejects that field alone, and the
// posting is kept without it. A rejected record leaves its page complete: boards
// carry some broken record for months, and a board that never counts as complete
// would never close a job. What breaks off, or lists fewer than it says it does, is
// incomplete. Refused: reading a wrong type as empty, which would change what the
// ad says without anyone noticing.
//
// 2026-11-22: parsers ask with GET alone. Where a vendor's list wants POST
// (Workday) there is another way in, and a frontier of bare addresses can be
// archived, replayed and resumed by address.
package kind

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"jobmarket/warehouse/schema"
)

// Kind is one kind of source: where a crawl of it begins and how its pages are
// read. Its functions are pure.
type Kind struct {
	Name     string      // as `kind:` in pipeline.yaml
	Doc      string      // one sentence for help and README
	Version  int32       // raised when Parse's output changes
	Mode     schema.Mode // what a source's silence means
	Lifetime int         // periodicals: days that an ad counts as open unless configured otherwise
	Either   bool        // a source may be of the other mode: what its silence means is the site's to know
	Needs    []string    // fields of schema.Source that must be set: "board", "url", "columns"

	// Start returns the URLs at which a crawl of s begins.
	Start func(s schema.Source) []string
	// Recognise tells whether the URL belongs to a source of this kind, for
	// replays of archives that name no source. Kinds whose URLs are whatever the
	// config says recognise nothing.
	Recognise func(u *url.URL) (Place, bool)
	// Parse reads one page. An error makes the whole page one reject.
	Parse func(p Page) (Parsed, error)
}

// Place is the source that a URL belongs to.
type Place struct {
	Source schema.Source // with the default name, kind, mode, lifetime and board
	Start  bool          // the URL is one at which a crawl begins; false: it is reached by links
}

// Page is one answer, as a parser sees it.
type Page struct {
	URL       string
	FetchedAt time.Time
	Status    int
	Header    http.Header
	Body      []byte
	Source    schema.Source
}

// Parsed is what one page holds.
type Parsed struct {
	Postings []schema.Posting // Source and Key set, not sealed
	Links    []string         // absolute URLs of further pages of this source that the crawl must fetch
	Rejects  []schema.Reject  // Place, Field, Reason and Excerpt set
	Facts    []schema.Fact    // Subject, Name and Value set
	Complete bool             // read to its end; false: the crawl closes nothing
}

// Source returns the source of this kind for a board, with its default name:
// the kind alone where there is but one, else "kind/board".
func (k Kind) Source(board string) schema.Source {
	s := schema.Source{Name: k.Name, Kind: k.Name, Mode: k.Mode, LifetimeDays: k.Lifetime, Board: board}
	if board != "" {
		s.Name += "/" + board
	}
	return s
}

// Between is what stands between a prefix and a suffix of a path, where that is
// one segment.
func Between(path, prefix, suffix string) (string, bool) {
	rest, ok := strings.CutPrefix(path, prefix)
	if !ok {
		return "", false
	}
	rest, ok = strings.CutSuffix(rest, suffix)
	return rest, ok && rest != "" && !strings.Contains(rest, "/")
}
