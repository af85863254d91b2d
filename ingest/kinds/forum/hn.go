// Package forum reads ads that people post in forums: the monthly "Who is hiring?"
// thread of Hacker News, and reddit.
//
// It knows the formats of their APIs. It must not know HTTP clients, SQL, or what
// makes a job ad: a top-level comment that is none is still a posting.
package forum

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// HN reads the top-level comments of the threads "Ask HN: Who is hiring?", by the
// search API documented at https://hn.algolia.com/api. Its threads on freelancers
// and on those who want to be hired are passed over.
var HN = kind.Kind{
	Name:     "hn",
	Doc:      "the monthly thread \"Who is hiring?\" of Hacker News",
	Version:  4,
	Mode:     schema.Periodical,
	Lifetime: 30,
	Start: func(schema.Source) []string {
		return []string{hnSearch + "0"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		at := kind.Place{Source: schema.Source{Name: "hn", Kind: "hn", Mode: schema.Periodical, LifetimeDays: 30}}
		switch {
		case u.Host == "hn.algolia.com" && u.Path == "/api/v1/search_by_date":
			q := u.Query()
			at.Start = q.Get("page") == "0"
			return at, strings.Contains(q.Get("tags"), "author_whoishiring")
		case u.Host == "hn.algolia.com":
			_, ok := kind.Between(u.Path, "/api/v1/items/", "")
			return at, ok
		}
		return at, recogniseFirebase(u)
	},
	Parse: parseHN,
}

const hnSearch = "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&query=hiring&hitsPerPage=20&page="

var hnThread = regexp.MustCompile(`(?i)\bwho('s| is) hiring\b`)

func parseHN(p kind.Page) (kind.Parsed, error) {
	u, err := url.Parse(p.URL)
	if err != nil {
		return kind.Parsed{}, err
	}
	if strings.HasSuffix(u.Path, "/search_by_date") {
		return parseHNSearch(p)
	}
	if u.Host == "hacker-news.firebaseio.com" {
		return parseFirebase(p)
	}
	return parseHNThread(p)
}

func parseHNSearch(p kind.Page) (kind.Parsed, error) {
	type hit struct {
		ID    kind.Text `json:"objectID"`
		Title string    `json:"title"`
	}
	r := kind.Read(p)
	env, err := kind.Records(r, "hits", func(place string, h hit) {
		switch id, err := strconv.ParseInt(string(h.ID), 10, 64); {
		case !hnThread.MatchString(h.Title):
		case err != nil:
			r.Reject(place, "objectID", "this is no number of an item", string(h.ID))
		default:
			r.Follow("https://hn.algolia.com/api/v1/items/" + strconv.FormatInt(id, 10))
		}
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("hn search: %w", err)
	}
	page, ok := env.Int("page")
	pages, ok2 := env.Int("nbPages")
	if ok && ok2 && page >= 0 && page+1 < pages {
		r.Follow(hnSearch + strconv.Itoa(page+1))
	}
	return r.Parsed, nil
}

// hnComment is a top-level comment; its replies are no ads and are passed over.
type hnComment struct {
	ID      kind.Text `json:"id"`
	Created string    `json:"created_at"`
	Author  string    `json:"author"`
	Text    *string   `json:"text"`
	Type    string    `json:"type"`
}

func parseHNThread(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	env, err := kind.Records(r, "children", func(place string, c hnComment) {
		if c.Text == nil || strings.TrimSpace(*c.Text) == "" {
			r.Reject(place, "text", "the comment is deleted or dead", string(c.ID))
			return
		}
		created, ok := kind.Time(c.Created)
		if !ok {
			r.Reject(place, "created_at", "the comment says no time, so we cannot tell when the ad was printed", c.Created)
			return
		}
		out := hnPosting(string(c.ID), c.Author, *c.Text)
		out.PublishedAt, out.SeenAt = created, created
		r.Add(place, out)
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("hn thread: %w", err)
	}
	if title := env.Text("title"); title != "" && !hnThread.MatchString(title) {
		return kind.Parsed{}, fmt.Errorf("hn item: the thread %q is not Who is hiring", kind.Excerpt(title))
	}
	return r.Parsed, nil
}

var hnQuoted = regexp.MustCompile(`^\d+ points? by \S+ .*\bago\b`)

// hnPosting reads a comment. Its first line says, between bars, who hires whom and
// where; the text keeps that line.
func hnPosting(id, author, html string) schema.Posting {
	text, links := htmltext.Lines(html)
	first, rest, _ := strings.Cut(text, "\n")
	if hnQuoted.MatchString(first) { // the forum's own line above a comment, pasted with it
		first, rest, _ = strings.Cut(rest, "\n")
	}
	h := header(first, rest)
	out := schema.Posting{
		Key: id, URL: "https://news.ycombinator.com/item?id=" + id, Author: author, Text: text,
		Title: h.title, Company: h.company, CompanyURL: h.site, Location: h.location, Department: h.department,
		Remote: h.remote, Employment: h.employment, Pay: h.pay,
	}
	out.Link = applyLink(links)
	return out
}

// careers are parts of the addresses that lead to the job rather than to the
// employer or the press.
var careers = []string{
	"job", "career", "hiring", "hire", "position", "opening", "vacanc", "apply", "join", "greenhouse", "lever.co",
	"workable", "ashby", "recruit", "angel.co", "/o/",
}

// applyLink is the first link that seems to lead to the job, else the first.
func applyLink(links []string) string {
	first := ""
	for _, link := range links {
		if !kind.Web(link) {
			continue
		}
		low := strings.ToLower(link)
		if slices.ContainsFunc(careers, func(word string) bool { return strings.Contains(low, word) }) {
			return link
		}
		if first == "" {
			first = link
		}
	}
	return first
}
