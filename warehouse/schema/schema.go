// Package schema is the leaf of the house: the rows that rooms hand to each
// other, and their Arrow form. It imports Arrow and nothing of ours, and it
// knows neither HTTP, nor SQL, nor what a job ad means.
//
// A row type and its [Table] stand side by side. The Table is the single place
// that names a column, gives its type and says in a sentence what it holds; the
// warehouse takes its DDL comments from there, so that a person who asks SQL
// reads the same sentence as a person who reads this file.
//
// # How a page becomes rows
//
// A collector fetches a [Page]; its parser reads ads from it. Each ad read from
// one page at one time is a [Sighting]; what the ad said is a [Posting], stored
// once for each distinct text (its Digest), however often it was sighted. A
// [Crawl] is one pass over one source: a feed's jobs close only between two
// complete crawls. What could not be read is a [Reject]. Judging makes a
// [Label] and its [Mention]s and [Feature]s for one version of one posting.
//
// # Decisions
//
// 2026-11-22: ids are 12 characters of base32 over a 60-bit hash of what
// identifies the row (see [ID]). They are the same in every run and in whatever
// order pages arrive, DuckDB keeps 12 bytes inline, and a person can type one.
// At ten million rows of one kind the chance of any collision is 4 in 100,000.
// Random ids and sequences were refused: a repeated load must find its own rows.
//
// 2026-11-22: an empty string, a zero time and a zero optional number load as
// NULL: unknown is not a value. Columns stay flat (the driver's Arrow views do
// not bear nested lists); a field with several values joins them by "; ".
package schema

import "time"

// Outcome says what became of one request.
type Outcome string

const (
	Fetched     Outcome = "fetched"      // an answer with a body, whatever its status
	Unchanged   Outcome = "unchanged"    // 304: what the last answer held is still so
	Forbidden   Outcome = "forbidden"    // robots.txt keeps us out
	Failed      Outcome = "failed"       // no usable answer after the last try
	NotArchived Outcome = "not_archived" // a replay's archives lack the URL
)

// Mode says what a source's silence means.
type Mode string

const (
	Feed       Mode = "feed"       // lists all that is open at each crawl
	Periodical Mode = "periodical" // prints an ad once; it counts as open for a lifetime
	Registry   Mode = "registry"   // lists employers or technologies, no postings
)

// Source is one place that is crawled, as pipeline.yaml configures it or as a
// replay recognised it.
type Source struct {
	Name         string            // unique; "kind" or "kind/board" unless configured otherwise
	Kind         string            // which collector reads it
	Mode         Mode              // what silence means
	LifetimeDays int               // periodicals: days that an ad counts as open after it was printed
	Selects      string            // on what the source selects ("crypto", "no crypto"); empty when on nothing
	Board        string            // board token, subreddit, search, … whatever the kind asks for
	URL          string            // start URL, for kinds that take one
	Employer     string            // employer that the whole source belongs to; empty when many
	EmployerURL  string            // that employer's site
	Columns      map[string]string // file kinds: our field -> their column
	Private      bool              // may be on a private or loopback address
	Configured   bool              // false: recognised by a replay, not in pipeline.yaml
	Simulated    bool
}

// Run is one invocation that may write.
type Run struct {
	ID         string
	Command    string
	Version    string // of the program
	StartedAt  time.Time
	FinishedAt time.Time
	Replay     bool
	Outcome    string // running, ok, partial, failed, stopped
	Error      string
	Simulated  bool
}

// Tally is what one run did for one source; the end-of-run table shows these.
type Tally struct {
	RunID       string  `json:"run_id"`
	Source      string  `json:"source"`
	Pages       int64   `json:"pages"`        // answers with a body or a 304
	Sightings   int64   `json:"sightings"`    // ads read: one that stands on two pages counts twice, and is one row of the view sightings
	NewPostings int64   `json:"new_postings"` // postings that the warehouse did not know
	Rejects     int64   `json:"rejects"`
	Forbidden   int64   `json:"forbidden"`    // URLs that robots.txt keeps us out of
	NotArchived int64   `json:"not_archived"` // replays: URLs that the archives lack
	Failed      int64   `json:"failed"`       // URLs without a usable answer
	Pending     int64   `json:"pending"`      // pages whose answer is in the archive and whose rows are not loaded, since the run ended before
	Seconds     float64 `json:"seconds"`
	Outcome     string  `json:"outcome"` // ok, forbidden, failed, partial, stopped
	Error       string  `json:"error,omitempty"`
}

// Crawl is one pass over one source, from its start URL on.
type Crawl struct {
	ID         string // ID(source, time of the start page)
	RunID      string
	Source     string
	StartedAt  time.Time // fetch time of the start page
	FinishedAt time.Time // fetch time of the last page
	Complete   bool      // every page was fetched and read to its end: absence means closed
	Pages      int32
	Sightings  int32
	Outcome    string // ok, partial, forbidden, failed, stopped
	Error      string
	Simulated  bool
}

// Page is one answer to one request, and where its bytes lie.
type Page struct {
	ID            string // ID(source, URL, fetch time)
	RunID         string
	CrawlID       string
	Source        string
	URL           string
	FetchedAt     time.Time
	Status        int32 // HTTP status; 0 when none came
	Outcome       Outcome
	Error         string
	Digest        string // "sha256:" and the hex digest of the body
	Bytes         int64  // length of the body after decompression
	Archive       string // archive file's base name
	ArchiveOffset int64  // of the record's gzip member, bytes
	ArchiveLength int64
	ETag          string
	LastModified  string
	Kind          string
	ParserVersion int32
	Postings      int32 // ads read
	Rejects       int32
	Complete      bool // read to its end
	Simulated     bool
}

// Sighting is one posting seen on one page at one time.
type Sighting struct {
	ID        string // ID(source, key, SeenAt, digest)
	PostingID string
	Source    string
	SeenAt    time.Time // feeds: when the page was fetched; periodicals: when the ad was printed
	FetchedAt time.Time // when the page was fetched
	PageID    string
	CrawlID   string
	Digest    string // of the posting's content then; joins Posting.Digest
	Ordinal   int32  // place on the page, from 0
	Simulated bool
}

// Posting is what one ad said, once for each distinct content. Collectors fill
// it as the source states it and judge nothing.
type Posting struct {
	ID          string // ID(source, key)
	Digest      string // 12 characters over the content; see [Posting.Seal]
	Source      string
	Key         string // the source's own id, or a hash of what names the ad; unique in the source
	URL         string // where the ad stands
	Link        string // where the ad points (apply page, the job on another board); absolute
	Title       string
	Company     string
	CompanyURL  string
	Location    string // as stated; several places joined by "; "
	Remote      string // as stated by a field of the source: yes, no, hybrid or empty
	Department  string
	Employment  string // as stated (FullTime, Contract, …)
	Pay         string // as stated, in words; numbers also below when the source gives fields
	PayLow      float64
	PayHigh     float64
	PayCurrency string    // ISO 4217
	PayPeriod   string    // year, month, week, day, hour
	Tags        string    // joined by "; "
	Author      string    // who posted it, where that is no employer (a forum's user name)
	Requisition string    // the number of the opening on its board, or else the employer's
	Text        string    // plain text, paragraphs by "\n"
	PublishedAt time.Time // as stated by the source
	UpdatedAt   time.Time
	ExpiresAt   time.Time
	SeenAt      time.Time // periodicals: when it was printed. Zero: the page's fetch time. Not part of the content.
	Simulated   bool
}

// Reject is something that could not be read: a page, or a place on one.
type Reject struct {
	ID            string // ID(page, place, reason)
	PageID        string
	RunID         string
	Source        string
	URL           string
	Place         string // where on the page: "line 12", "jobs[3]", empty for the page
	Field         string // which field, where one is to blame
	Reason        string // a sentence
	Excerpt       string // up to 200 characters of what stood there
	ParserVersion int32
	FetchedAt     time.Time
	Simulated     bool
}

// Fact is something that a registry or list says about an employer or a
// technology.
type Fact struct {
	ID        string // ID(source, subject, name, value)
	Source    string
	PageID    string
	Subject   string // employer's or technology's name as listed
	Name      string // what is said: "domain", "url", "kind"
	Value     string
	FetchedAt time.Time
	Simulated bool
}

// Batch is what is loaded in one transaction. Loading it twice is harmless. A
// page's row stands in the batch of what was read from it, or in an earlier one.
type Batch struct {
	ID        string
	RunID     string
	Sources   []Source // that the run met and was not started with: those a replay recognised
	Crawls    []Crawl
	Pages     []Page
	Sightings []Sighting
	Postings  []Posting
	Rejects   []Reject
	Facts     []Fact
}

// Len is the number of rows in the batch.
func (b *Batch) Len() int {
	return len(b.Sources) + len(b.Crawls) + len(b.Pages) + len(b.Sightings) + len(b.Postings) + len(b.Rejects) + len(b.Facts)
}

// Loaded says what a load added, after what was there already was passed over.
type Loaded struct {
	NewPostings map[string]int64 // by source: postings that no earlier load knew
	Rows        int64            // rows added, all tables
}
