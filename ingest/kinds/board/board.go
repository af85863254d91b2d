// Package board reads the job boards that companies rent: each lists all openings
// of one employer at every crawl.
//
// It knows the formats of their public APIs. It must not know HTTP clients, SQL,
// or what makes a job ad.
package board

import (
	"fmt"
	"net/url"
	"strings"

	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// opening is a record of a vendor's list.
type opening interface {
	posting(r *kind.Reading, place string) schema.Posting
}

// list is the parser of pages that hold all of a board's openings in one array,
// at that path of the JSON. In an error, what says whose board it is.
func list[O opening](what, path string) func(kind.Page) (kind.Parsed, error) {
	return func(p kind.Page) (kind.Parsed, error) {
		r := kind.Read(p)
		_, err := kind.Records(r, path, func(place string, o O) { r.Add(place, o.posting(r, place)) })
		if err != nil {
			return kind.Parsed{}, fmt.Errorf("%s %s: %w", what, p.Source.Board, err)
		}
		return r.Parsed, nil
	}
}

// token is a board's token as it stands in a URL, whether or not the config has
// it escaped.
func token(board string) string {
	if plain, err := url.PathUnescape(board); err == nil {
		board = plain
	}
	return url.PathEscape(board)
}

// source is the source of a feed kind for a board.
func source(name, board string) schema.Source {
	return kind.Kind{Name: name, Mode: schema.Feed}.Source(board)
}

// employer is whom a board belongs to: as configured, else the board's own name,
// for APIs that state none. Of a host it is the name in it: "careers.acme.com" is
// acme's.
func employer(s schema.Source) string {
	if s.Employer != "" {
		return s.Employer
	}
	name := strings.TrimPrefix(strings.TrimPrefix(s.Board, "eu:"), "com:")
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	if labels := strings.Split(name, "."); len(labels) > 2 {
		return labels[len(labels)-2]
	}
	return name
}

// host is the host of a board that has a subdomain of its vendor's domain, or,
// where the name has a dot, a host of its own.
func host(board, domain string) string {
	board = strings.ToLower(strings.TrimSpace(board))
	if strings.Contains(board, ".") {
		return board
	}
	return board + domain
}
