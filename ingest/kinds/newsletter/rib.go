package newsletter

import (
	"net/url"
	"regexp"
	"strings"

	"jobmarket/ingest/kinds/kind"
	"jobmarket/ingest/kinds/markdown"
	"jobmarket/warehouse/schema"
)

// RiB reads the careers section of the newsletter Rust in Blockchain, whose issues
// lie as Markdown in https://github.com/rust-in-blockchain/rust-in-blockchain.
var RiB = kind.Kind{
	Name:     "rib",
	Doc:      "the careers section of the newsletter Rust in Blockchain, which lists crypto employers only",
	Version:  1,
	Mode:     schema.Periodical,
	Lifetime: 30,
	Start: func(schema.Source) []string {
		return []string{"https://api.github.com/repos/rust-in-blockchain/rust-in-blockchain/contents/content/newsletters?ref=master"}
	},
	Recognise: rib.recognise(ribSource, ribIssue.MatchString),
	Parse:     parseRiB,
}

var (
	rib       = repository{name: "rust-in-blockchain/rust-in-blockchain", listing: "content/newsletters", raw: "newsletters"}
	ribSource = schema.Source{Name: "rib", Kind: "rib", Mode: schema.Periodical, LifetimeDays: 30, Selects: "crypto"}
	ribIssue  = regexp.MustCompile(`^[^_].*\.(md|markdown)$`)
	ribJobs   = regexp.MustCompile(`(?i)^(careers|jobs)$`)
)

func parseRiB(p kind.Page) (kind.Parsed, error) {
	if u, err := url.Parse(p.URL); err == nil && u.Host == "api.github.com" {
		return listing(p, ribIssue.MatchString, rib.recognise(ribSource, ribIssue.MatchString))
	}
	seen, err := printed(p)
	if err != nil {
		return kind.Parsed{}, err
	}
	r := kind.Read(p)
	d := markdown.Read(string(p.Body))
	for _, e := range ribEntries(d) {
		add(d, r, e, seen)
	}
	return r.Parsed, nil
}

// ribEntries are the bullets of the careers section, and its paragraphs that begin
// with a link. A line without a link names the company, and behind a bar its
// places, of the entries below it. Prose about the newsletter itself has its links
// further in, and is neither.
func ribEntries(d markdown.Document) []entry {
	var out []entry
	var company, places string
	prose := false // the line before belongs to a paragraph that is no entry
	for _, l := range d.Section(ribJobs.MatchString) {
		text := strings.TrimSpace(l.Text)
		_, rest, bulleted := markdown.Bullet(l.Text)
		switch {
		case text == "" || text == "&nbsp;":
			prose = false
		case bulleted:
			out = append(out, entry{line: l.Number, company: company, place: places, text: rest})
			prose = false
		case strings.HasPrefix(text, "[") && !prose && !strings.Contains(text, ") | "):
			out = append(out, entry{line: l.Number, company: company, place: places, text: text})
		default:
			prose = true
			if plain, links := d.Inline(text); len(links) == 0 || strings.HasPrefix(text, "[") {
				name, where, _ := strings.Cut(markdown.Clean(plain), "|")
				company, places = strings.TrimSpace(name), strings.TrimSpace(where)
			}
		}
	}
	return out
}
