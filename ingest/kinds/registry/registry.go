// Package registry reads lists of projects and packages that say what field a
// name belongs to. They hold no postings: what they say becomes facts.
//
// It knows how the lists are written. It must not know HTTP clients, SQL, or what
// the facts are used for.
package registry

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"jobmarket/ingest/kinds/kind"
	"jobmarket/ingest/kinds/markdown"
	"jobmarket/warehouse/schema"
)

// AwesomeBlockchain reads the list of blockchain projects in Rust at
// https://github.com/rust-in-blockchain/awesome-blockchain-rust: of each project
// its address, the domain crypto, and the heading that it stands under.
var AwesomeBlockchain = kind.Kind{
	Name:    "awesome-blockchain-rust",
	Doc:     "the list of blockchain projects in Rust, for the employer registry",
	Version: 1,
	Mode:    schema.Registry,
	Start:   func(schema.Source) []string { return []string{awesomeURL} },
	Recognise: func(u *url.URL) (kind.Place, bool) {
		s := schema.Source{Name: "awesome-blockchain-rust", Kind: "awesome-blockchain-rust", Mode: schema.Registry}
		return kind.Place{Source: s, Start: true}, u.String() == awesomeURL
	},
	Parse: parseAwesome,
}

const awesomeURL = "https://raw.githubusercontent.com/rust-in-blockchain/awesome-blockchain-rust/main/README.md"

// prose are the headings whose bullets are no projects.
var prose = regexp.MustCompile(`(?i)^(contribut\w*|license|contents|table of contents)$`)

func parseAwesome(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	d := markdown.Read(string(p.Body))
	heading := ""
	for _, l := range d.Lines {
		if depth, title := markdown.Heading(l.Text); depth > 0 {
			heading = title
			if depth == 1 {
				heading = ""
			}
			continue
		}
		_, text, ok := markdown.Bullet(l.Text)
		if !ok || heading == "" || prose.MatchString(heading) {
			continue
		}
		place := fmt.Sprintf("line %d", l.Number)
		_, links := d.Inline(text)
		if len(links) == 0 || links[0].Text == "" || !strings.HasPrefix(links[0].Target, "http") {
			r.Reject(place, "url", "the entry links no project", text)
			continue
		}
		name := markdown.Clean(links[0].Text)
		r.AddFacts(name, [2]string{"domain", "crypto"}, [2]string{"kind", heading}, [2]string{"url", links[0].Target})
	}
	if len(r.Facts) == 0 {
		return kind.Parsed{}, fmt.Errorf("awesome-blockchain-rust: the page has no list under a heading")
	}
	return r.Parsed, nil
}

// AreWeWebYet reads the topics of https://www.arewewebyet.org, whose pages lie in
// https://github.com/rust-lang/arewewebyet: of each package the domain web, and
// the topic that it stands under.
var AreWeWebYet = kind.Kind{
	Name:      "arewewebyet",
	Doc:       "the packages that Are We Web Yet lists, for the technology registry",
	Version:   1,
	Mode:      schema.Registry,
	Start:     func(schema.Source) []string { return []string{webListing} },
	Recognise: recogniseWeb,
	Parse:     parseWeb,
}

func recogniseWeb(u *url.URL) (kind.Place, bool) {
	s := schema.Source{Name: "arewewebyet", Kind: "arewewebyet", Mode: schema.Registry}
	switch u.Host {
	case "api.github.com":
		return kind.Place{Source: s, Start: true}, u.Path == "/repos/rust-lang/arewewebyet/contents/content/topics"
	case "raw.githubusercontent.com":
		return kind.Place{Source: s}, strings.HasPrefix(u.Path, "/rust-lang/arewewebyet/") && webTopic(u.Path)
	}
	return kind.Place{}, false
}

const webListing = "https://api.github.com/repos/rust-lang/arewewebyet/contents/content/topics"

func webTopic(p string) bool {
	return path.Base(path.Dir(p)) == "topics" && strings.HasSuffix(p, ".md") && !strings.HasPrefix(path.Base(p), "_")
}

var (
	webTitle = regexp.MustCompile(`(?m)^title\s*=\s*"([^"\n]{1,100})"`)
	// webList is a list of packages in the TOML before a topic's text.
	webList = regexp.MustCompile(`(?m)^(\w+)\s*=\s*\[([^\]]*)\]`)
	webName = regexp.MustCompile(`"([^"\n]*)"`)
	// webPackage is a name that crates.io allows.
	webPackage = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`)
)

func parseWeb(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	if u, err := url.Parse(p.URL); err == nil && u.Host == "api.github.com" {
		type file struct {
			Name     string `json:"name"`
			Download string `json:"download_url"`
		}
		_, err := kind.Records(r, "", func(place string, f file) {
			if !strings.HasSuffix(f.Name, ".md") || strings.HasPrefix(f.Name, "_") {
				return
			}
			u, err := url.Parse(f.Download)
			if err == nil {
				if at, ok := recogniseWeb(u); ok && !at.Start {
					r.Follow(f.Download)
					return
				}
			}
			r.Reject(place, "download_url", "the URL leads out of the list", f.Download)
		})
		if err != nil {
			return kind.Parsed{}, fmt.Errorf("arewewebyet: %w", err)
		}
		return r.Parsed, nil
	}
	head, _, ok := strings.Cut(strings.TrimPrefix(string(p.Body), "+++"), "+++")
	if !ok {
		return kind.Parsed{}, fmt.Errorf("arewewebyet: the topic has no front matter")
	}
	topic := path.Base(p.URL)
	if m := webTitle.FindStringSubmatch(head); m != nil {
		topic = m[1]
	}
	for _, list := range webList.FindAllStringSubmatch(head, -1) {
		for i, m := range webName.FindAllStringSubmatch(list[2], -1) {
			if !webPackage.MatchString(m[1]) {
				r.Reject(fmt.Sprintf("%s[%d]", list[1], i), "", "this is no name of a package", m[1])
				continue
			}
			r.AddFacts(m[1], [2]string{"domain", "web"}, [2]string{"kind", topic}, [2]string{"url", "https://crates.io/crates/" + m[1]})
		}
	}
	return r.Parsed, nil
}
