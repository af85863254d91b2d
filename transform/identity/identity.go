// Package identity reduces a posting to the keys by which two ads are told to
// be one opening: employer, title, places, the job on its board, the canonical
// link, and a MinHash of the text. It knows how names, titles and links are
// written; it decides no merge, reads no other posting and knows no database.
//
// # Decisions
//
// 2026-11-22: a key that could be wrong is left empty, because an empty key
// matches nothing and a wrong one merges two jobs for good. A careers home page
// is no URLKey, a form or social host is no EmployerHost, a text of fewer than
// 24 words has neither hash nor bands.
//
// 2026-11-22: Greenhouse, Ashby and Workable ids are unique over all boards and
// appear on employers' own sites without the board (gh_jid, ashby_jid,
// workable.com/j/ID). Their keys leave the board out ("greenhouse//123"), else a
// newsletter's link would miss the board's own ad.
//
// 2026-11-22: MinHash has 8 bands of 5 rows: two texts of Jaccard similarity s
// share a band with probability 1-(1-s^5)^8, that is 0.22 at 0.5, 0.48 at 0.6,
// 0.77 at 0.7, 0.96 at 0.8, 0.998 at 0.9. Candidates want checking by
// [Similarity]; bands of 4 rows were refused because employers' boilerplate
// (s about 0.5) then makes a candidate of every other pair.
//
// 2026-11-25: a shingle that stands twice in a text is thrown twice, since a least
// value does not mind; Shingles counts it twice. Telling repeats from the others
// took as long as all the rest.
package identity

import (
	"fmt"
	"hash/fnv"
	"io"
	"strings"

	"jobmarket/transform/extract/place"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// Version changes when any key may change for the same posting: with the code,
// whose number is to be bumped by hand, and with the data, which count by
// themselves.
var Version = func() string {
	h := fnv.New32a()
	io.WriteString(h, employersCSV)
	io.WriteString(h, place.Data())
	return fmt.Sprintf("identity-14-%08x", h.Sum32())
}()

// Features reads p and returns its keys. See [FeaturesOf] where p is already cut
// into words.
func Features(p *schema.Posting) schema.Feature { return FeaturesOf(lexis.NewDoc(p), p) }

// FeaturesOf returns the keys of p, which d was read from.
func FeaturesOf(d *lexis.Doc, p *schema.Posting) schema.Feature {
	firm := EmployerKey(p.Company)
	f := schema.Feature{
		PostingID: p.ID, Digest: p.Digest, Version: Version,
		PlaceKey: placeKey(d, p.Source),
	}
	f.TitleKey, f.TitlePlaceKey = titleKey(d, p.Title, p.Company, firm)
	company, linked, own := readPage(p.CompanyURL), readPage(p.Link), readPage(p.URL)
	board := ""
	f.LinkKey, board = linkKeyOf(p, linked, own)
	if f.URLKey = linked.urlKey(); f.URLKey == "" {
		f.URLKey = own.urlKey()
	}
	f.OpeningKey = openingKey(p)
	f.EmployerHost = employerHost(company, linked, own)
	f.EmployerKey = employerOf(firm, f.EmployerHost, board)
	signText(d, &f)
	return f
}

// placeKey is the key of the places of an ad. What a forum's ad has in the place of
// a location is a part of its first line, which may as well be a slogan, pay or a
// role: of that, only names of places count.
func placeKey(d *lexis.Doc, source string) string {
	key, known := place.Table().Key(d)
	if kind, _, _ := strings.Cut(source, "/"); !known && (link{kind: kind}).forum() {
		return ""
	}
	return key
}

// linkKeyOf is the key of the job that p advertises, and the token of its board.
// A job on an employer's board, whether p stands there or links to it, comes
// before p's own place in a forum, which names the comment and not the job.
func linkKeyOf(p *schema.Posting, linked, own *page) (key, board string) {
	var forum string
	links := make([]link, 0, 3)
	if l, ok := ownLink(p); ok {
		links = append(links, l)
	}
	for _, at := range [...]*page{linked, own} {
		if at.onJobs {
			links = append(links, at.link)
		}
	}
	for _, l := range links {
		if board == "" && !l.forum() { // a forum's board is named for its subject
			board = l.board
		}
		switch {
		case l.forum():
			if forum == "" {
				forum = l.key()
			}
		case key == "":
			key = l.key()
		}
	}
	if key == "" {
		key = forum
	}
	return key, board
}

// openingKey is the opening by its number on its board. Ads elsewhere state what
// they call an identifier, which is often the employer's.
func openingKey(p *schema.Posting) string {
	kind, board, _ := strings.Cut(p.Source, "/")
	switch number := strings.ToLower(strings.TrimSpace(p.Requisition)); kind {
	case "greenhouse", "smartrecruiters", "workable", "workday":
		if strings.ContainsAny(number, "123456789") {
			return kind + "/" + strings.ToLower(board) + "/" + number
		}
	}
	return ""
}

// employerOf is the employer's key: its name's, else its site's, else its
// board token's. The last two count only when they are no short or common word.
func employerOf(named, host, board string) string {
	if named != "" {
		return named
	}
	if host != "" {
		label, _, _ := strings.Cut(host, ".")
		if k := EmployerKey(label); telling(k) {
			return k
		}
	}
	if k := EmployerKey(board); telling(k) {
		return k
	}
	return ""
}
