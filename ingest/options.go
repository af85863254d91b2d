package ingest

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"jobmarket/ingest/fetch"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// Sink takes what a crawl read. Loading one batch twice must be harmless: after
// a kill, batches come again.
type Sink interface {
	Load(ctx context.Context, b schema.Batch) (schema.Loaded, error)
}

// HTTP is how the crawl behaves towards other people's servers.
type HTTP = fetch.Policy

// DefaultHTTP suits a few requests a day to public job boards.
var DefaultHTTP = fetch.DefaultPolicy

// Options says what to crawl and how.
type Options struct {
	Kinds      []kinds.Kind      // the kinds of source that are known; nil: kinds.All
	Sources    []schema.Source   // the configured sources; their names are unique
	Only       []string          // names or kinds of sources to take; empty: all
	Replay     []string          // archives to read in place of the network; nil: the network
	ArchiveDir string            // where answers are appended and known answers are looked up; unused in a replay
	Transport  http.RoundTripper // bottom of the stack; nil: one that connects to public addresses only
	UserAgent  string            // product name and version, the name first: robots.txt rules are matched with it
	Contact    string            // address or URL at which an operator reaches us; goes into the User-Agent
	HTTP       HTTP              // the zero value stands for DefaultHTTP
	Since      time.Time         // pass over what was printed, or captured, before it; zero: nothing
	Full       bool              // ask for everything anew and without validators
	DryRun     bool              // report what would be fetched through Progress; fetch, archive and load nothing
	Parser     int32             // Reparse: only what this version of its parser, or an older one, read; 0: everything
	RunID      string            // goes into every row; empty: made from the clock
	Simulated  bool              // every row comes from the simulated market
	Progress   func(Event)       // called from one goroutine at a time; nil: nobody listens

	// Yields are how many ads a source's earlier crawls saw that were complete, or
	// would have been but for their yield, the oldest first: a replay takes them for
	// its history, as a crawl of the network takes its archive. nil: there is none.
	Yields func(source string, before time.Time) ([]int, error)

	Now   func() time.Time                           // the clock; nil: time.Now
	Sleep func(context.Context, time.Duration) error // waits, or returns the context's error; nil: a timer

	own   bool            // Replay is the archive of our own crawls
	later map[string]bool // crawls that Reparse leaves out
}

// UnknownSourceError says that [Options.Only] names what is neither a source of
// the configuration or the archives nor a kind.
type UnknownSourceError struct {
	Name  string
	Known []string // names of sources that there are
}

func (e *UnknownSourceError) Error() string { return "no source is called " + strconv.Quote(e.Name) }

// kind returns the kind called name.
func (o *Options) kind(name string) (kinds.Kind, bool) {
	for _, k := range o.Kinds {
		if k.Name == name {
			return k, true
		}
	}
	return kinds.Kind{}, false
}

// Event is one step of a crawl, for people who watch it.
type Event struct {
	Time     time.Time
	Source   string
	Action   string // fetch (dry runs: would be fetched), page, retry, crawl (one ended), or note
	URL      string
	Status   int            // HTTP status; 0 when no answer came
	Outcome  schema.Outcome // of a page
	Postings int            // read from the page, or in the crawl
	Pages    int            // pages of the crawl up to here
	Queued   int            // pages of the crawl that are known and not fetched yet
	Text     string         // what went wrong or what is waited for, a sentence
}
