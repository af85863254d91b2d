// Package kinds lists the kinds of source that can be crawled. Each is a plain
// value with a pure parser: bytes and URL in; postings, links to follow, rejects
// and facts out.
//
// It knows formats. It must not know how pages are fetched, stored or judged.
package kinds

import (
	"jobmarket/ingest/kinds/board"
	"jobmarket/ingest/kinds/kind"
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
	board.Greenhouse,
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
