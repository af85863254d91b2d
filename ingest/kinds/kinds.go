// Package kinds lists the kinds of source that can be crawled. Each is a plain
// value with a pure parser: bytes and URL in; postings, links to follow, rejects
// and facts out.
//
// It knows formats. It must not know how pages are fetched, stored or judged.
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
