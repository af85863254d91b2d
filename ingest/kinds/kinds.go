// Package kinds lists the kinds of source that can be crawled. Each is a plain
// value with a pure parser: bytes and URL in; postings, links to follow, rejects
// and facts out.
//
// It knows formats. It must not know how pages are fetched, stored or judged.
//
// # How to add a kind
//
//  1. Write one file in the package that fits (board, aggregator, forum,
//     newsletter, registry), with one [Kind] in it. Its comment says where the
//     format is documented, and what is odd about it.
//  2. Name tells the kind in pipeline.yaml; Needs the fields that a source of it
//     must set; Mode what it means when an ad is gone: all that is open is listed
//     (feed), or an ad is printed once (periodical, with a Lifetime in days).
//  3. Start gives the URLs at which a crawl of a source begins; Recognise does the
//     reverse, so that an archive can be replayed by its addresses alone.
//  4. Parse begins with kind.Read, reads records with kind.Records (JSON) or
//     kind.Elements (XML), and calls Add for each. A bad record is a reject and
//     costs only itself; a bad page is an error. Follow adds further pages.
//  5. Fill in what the source states and nothing else. Key is the source's own id.
//     Text is plain text (package htmltext). Judging is for others.
//  6. Add the kind to All below, a file testdata/NAME.txtar with pages you wrote
//     after the documented form, each odd thing and a broken record among them, and
//     a line to fuzz_test.go. `go test . -update` writes what the parser gives
//     beside each page: read it.
//  7. Raise Version whenever Parse gives something else for the same page.
package kinds

import (
	"net/url"

	"jobmarket/ingest/kinds/aggregator"
	"jobmarket/ingest/kinds/board"
	"jobmarket/ingest/kinds/file"
	"jobmarket/ingest/kinds/forum"
	"jobmarket/ingest/kinds/jobposting"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/ingest/kinds/newsletter"
	"jobmarket/ingest/kinds/registry"
)

// The types are those of package kind, so that each kind's package can use them
// without seeing this list.
type (
	Kind   = kind.Kind
	Place  = kind.Place
	Page   = kind.Page
	Parsed = kind.Parsed
)

// All is every kind, in the order in which help shows them.
var All = []Kind{
	newsletter.TWiR,
	newsletter.RiB,
	forum.HN,
	forum.Reddit,
	board.Greenhouse,
	board.Ashby,
	board.Lever,
	board.Workable,
	board.SmartRecruiters,
	board.Recruitee,
	board.Teamtailor,
	board.Personio,
	board.Workday,
	board.Amazon,
	aggregator.RemoteOK,
	aggregator.Remotive,
	aggregator.Arbeitnow,
	aggregator.WeWorkRemotely,
	aggregator.Feed,
	jobposting.Kind,
	file.Kind,
	registry.AwesomeBlockchain,
	registry.AreWeWebYet,
}

// Recognise tells which source a URL belongs to, for replays of archives that name
// no source.
func Recognise(u *url.URL) (Place, bool) {
	for _, k := range All {
		if k.Recognise == nil {
			continue
		}
		if at, ok := k.Recognise(u); ok {
			return at, true
		}
	}
	return Place{}, false
}

// ByName returns the kind called name.
func ByName(name string) (Kind, bool) {
	for _, k := range All {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}
