// Package newsletter reads newsletters that list job ads in Markdown: This Week in
// Rust and Rust in Blockchain, from their repositories.
//
// It knows how their entries are written. It must not know HTTP clients, SQL, or
// what makes a job ad: every entry of the job section is a posting.
//
// An ad printed again next week is the same posting seen again: its key is a hash
// of company, title and link, and nothing in its content names the issue. That is
// why a posting has no URL of its own here (its page has it) and no date of
// publication (its sighting has it).
package newsletter

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"jobmarket/ingest/kinds/kind"
	"jobmarket/ingest/kinds/markdown"
	"jobmarket/warehouse/schema"
)

// entry is one ad as an issue prints it.
type entry struct {
	line    int
	company string // of the heading that it stands under
	site    string // of that company, where the heading links it
	place   string // of that heading
	text    string // Markdown of the entry's first paragraph
	more    []string
}

// file is one element of GitHub's listing of a directory, documented at
// https://docs.github.com/en/rest/repos/contents#get-repository-content. It names
// up to 1,000 files.
type file struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Download string `json:"download_url"`
}

// listing follows the issues that a repository's directory names.
func listing(p kind.Page, wanted func(name string) bool, recognise func(*url.URL) (kind.Place, bool)) (kind.Parsed, error) {
	r := kind.Read(p)
	_, err := kind.Records(r, "", func(place string, f file) {
		if f.Type != "file" || !wanted(f.Name) {
			return
		}
		u, err := url.Parse(f.Download)
		if err != nil {
			r.Reject(place, "download_url", "this is no URL", f.Download)
			return
		}
		if at, ok := recognise(u); !ok || at.Start {
			r.Reject(place, "download_url", "the URL of "+f.Name+" leads out of the newsletter", f.Download)
			return
		}
		r.Follow(f.Download)
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("listing of issues: %w", err)
	}
	return r.Parsed, nil
}

// repository is where a newsletter's issues lie on GitHub.
type repository struct {
	name, listing, raw string
}

// recognise tells whether the URL is the listing or an issue.
func (repo repository) recognise(source schema.Source, issue func(name string) bool) func(*url.URL) (kind.Place, bool) {
	return func(u *url.URL) (kind.Place, bool) {
		switch u.Host {
		case "api.github.com":
			return kind.Place{Source: source, Start: true}, u.Path == "/repos/"+repo.name+"/contents/"+repo.listing
		case "raw.githubusercontent.com":
			return kind.Place{Source: source}, strings.HasPrefix(u.Path, "/"+repo.name+"/") &&
				path.Base(path.Dir(u.Path)) == repo.raw && issue(path.Base(u.Path))
		}
		return kind.Place{}, false
	}
}

// mark is what may stand before the link of an entry: nothing, or a note on its
// language.
var mark = regexp.MustCompile(`^\s*(\[[^\]]{1,20}\]\s*)?$`)

var dated = regexp.MustCompile(`(?im)^date:\s*["']?(\d{4}-\d{2}-\d{2})`)

// printed is when an issue came out: by its front matter, else by its file name.
func printed(p kind.Page) (time.Time, error) {
	head := string(p.Body[:min(len(p.Body), 4096)])
	stated := path.Base(p.URL)
	if m := dated.FindStringSubmatch(head); m != nil {
		stated = m[1]
	}
	t, err := time.Parse(time.DateOnly, stated[:min(len(stated), len(time.DateOnly))])
	if err != nil {
		return time.Time{}, fmt.Errorf("the issue %s says no date", path.Base(p.URL))
	}
	return t, nil
}

// add makes a posting of an entry.
func add(d markdown.Document, r *kind.Reading, e entry, seen time.Time) {
	place := fmt.Sprintf("line %d", e.line)
	plain, links := d.Inline(e.text)
	if strings.Trim(markdown.Clean(plain), " .*-") == "" {
		r.Reject(place, "title", "the entry is empty", e.text)
		return
	}
	title, behind := headline(plain, links)
	var w words
	if e.company != "" {
		w = under(e.company, title)
	} else {
		w = alone(title, behind)
	}
	out := schema.Posting{
		Title: strings.TrimRight(w.title, " .…"), Company: w.company, CompanyURL: e.site, Location: w.location,
		SeenAt: seen,
	}
	if out.Location == "" {
		out.Location = e.place
	}
	point(&out, links)
	lines := []string{e.company, markdown.Clean(plain)}
	for _, m := range e.more {
		text, _ := d.Inline(m)
		lines = append(lines, markdown.Clean(text))
	}
	out.Text = strings.TrimLeft(strings.Join(lines, "\n"), "\n")
	out.Key = schema.ID(plainKey(out.Company), plainKey(out.Title), linkKey(out.Link))
	r.AddPrinted(place, out)
}

// headline is the title of an entry and what stands behind it: the text of its link
// where the entry is little but a link, perhaps after a mark such as "[french]",
// else its first sentence.
func headline(plain string, links []markdown.Link) (title, behind string) {
	title = plain
	if len(links) > 0 && mark.MatchString(plain[:links[0].Start]) && links[0].Text != "" {
		if !hiring.MatchString(plain) {
			title, behind = links[0].Text, plain[links[0].End:]
		}
	} else if first, _, ok := strings.Cut(plain, ". "); ok {
		title = first
	}
	return markdown.Clean(title), markdown.Clean(behind)
}

// point sets where the ad points: its first link, and the one on its company's
// name.
func point(out *schema.Posting, links []markdown.Link) {
	for _, l := range links {
		switch {
		case !kind.Web(l.Target):
		case out.Link == "":
			out.Link = l.Target
		case out.CompanyURL == "" && l.Text != "" && l.Text == out.Company:
			out.CompanyURL = l.Target
		}
	}
}

// plainKey is the words of s in lower case.
func plainKey(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return strings.ContainsRune(" \t.,;:!?\"'()[]{}/\\|&-–—_*", c)
	}), " ")
}

// tracking are the parts of a query that say who follows a link, not where to.
var tracking = regexp.MustCompile(`^(utm_\w+|gh_src|lever-\w+|lever-source\[\]|hss_channel|ref|refId|trk|src|source|r)$`)

// linkKey is a link without what changes from week to week while it leads to the
// same page.
func linkKey(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return strings.ToLower(link)
	}
	query := u.Query()
	for name := range query {
		if tracking.MatchString(name) {
			query.Del(name)
		}
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(u.Path, "/") + "?" + query.Encode() + "#" + u.Fragment
}
