package newsletter

import (
	"net/url"
	"regexp"
	"strings"

	"jobmarket/ingest/kinds/kind"
	"jobmarket/ingest/kinds/markdown"
	"jobmarket/warehouse/schema"
)

// TWiR reads the job section of This Week in Rust, whose issues lie as Markdown in
// https://github.com/rust-lang/this-week-in-rust. The section ran from 2015 to
// 2022-06-22; later issues only link a thread, and hold no entries.
var TWiR = kind.Kind{
	Name:     "twir",
	Doc:      "the job section of the newsletter This Week in Rust",
	Version:  1,
	Mode:     schema.Periodical,
	Lifetime: 30,
	Start: func(schema.Source) []string {
		return []string{"https://api.github.com/repos/rust-lang/this-week-in-rust/contents/content?ref=main"}
	},
	Recognise: twir.recognise(twirSource, twirIssue.MatchString),
	Parse:     parseTWiR,
}

var (
	twir       = repository{name: "rust-lang/this-week-in-rust", listing: "content", raw: "content"}
	twirSource = schema.Source{Name: "twir", Kind: "twir", Mode: schema.Periodical, LifetimeDays: 30}
	twirIssue  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}-.*\.(md|markdown)$`)
	twirJobs   = regexp.MustCompile(`(?i)^((rust )?jobs|fn work\(.*\) -> .*)$`)
)

func parseTWiR(p kind.Page) (kind.Parsed, error) {
	if u, err := url.Parse(p.URL); err == nil && u.Host == "api.github.com" {
		return listing(p, twirIssue.MatchString, twir.recognise(twirSource, twirIssue.MatchString))
	}
	seen, err := printed(p)
	if err != nil {
		return kind.Parsed{}, err
	}
	r := kind.Read(p)
	d := markdown.Read(string(p.Body))
	for _, e := range twirEntries(d) {
		add(d, r, e, seen)
	}
	return r.Parsed, nil
}

// twirEntries are the bullets of the job section. A bullet further in belongs to
// the one before it; a line in bold names the company of the bullets below it.
func twirEntries(d markdown.Document) []entry {
	var out []entry
	var company, site string
	open := false // the last entry may go on
	for _, l := range d.Section(twirJobs.MatchString) {
		indent, rest, ok := markdown.Bullet(l.Text)
		switch {
		case strings.TrimSpace(l.Text) == "":
			open = false
		case ok && (indent < 2 || len(out) == 0):
			out = append(out, entry{line: l.Number, company: company, site: site, text: rest})
			open = true
		case ok:
			last := &out[len(out)-1]
			last.more = append(last.more, rest)
		case strings.HasPrefix(l.Text, "**"):
			company, site = bold(d, l.Text)
			open = false
		case open && strings.HasPrefix(l.Text, " "):
			out[len(out)-1].text += " " + strings.TrimSpace(l.Text)
		default:
			open = false
		}
	}
	return out
}

// bold reads "**Company**", perhaps linked.
func bold(d markdown.Document, text string) (company, site string) {
	plain, links := d.Inline(text)
	if len(links) > 0 && kind.Web(links[0].Target) {
		site = links[0].Target
	}
	return strings.Trim(markdown.Clean(plain), " :*"), site
}
