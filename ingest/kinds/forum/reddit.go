package forum

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"math"
	"net/url"
	"regexp"
	"strings"
	"time"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Reddit reads a subreddit's posts with the jobs flair and the comments of its
// "Who's Hiring" threads, as JSON listings documented at
// https://www.reddit.com/dev/api#listings.
var Reddit = kind.Kind{
	Name:     "reddit",
	Doc:      "a subreddit's job posts and the comments of its \"Who's Hiring\" threads, by its name",
	Version:  4,
	Mode:     schema.Periodical,
	Lifetime: 30,
	Needs:    []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{"https://www.reddit.com/r/" + url.PathEscape(s.Board) +
			"/search.json?q=flair_name%3A%22%F0%9F%92%BC%20jobs%22&restrict_sr=1&sort=new&limit=100"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		m := redditPage.FindStringSubmatch(u.Path)
		if u.Host != "www.reddit.com" || m == nil {
			return kind.Place{}, false
		}
		return kind.Place{
			Source: schema.Source{Name: "reddit/" + m[1], Kind: "reddit", Mode: schema.Periodical, LifetimeDays: 30, Board: m[1]},
			Start:  m[2] == "search" && u.Query().Get("after") == "",
		}, true
	},
	Parse: parseReddit,
}

var (
	redditPage   = regexp.MustCompile(`^/r/([A-Za-z0-9_]{2,30})/(search|new|hot|comments/[a-z0-9]+(?:/[^/]*)?(?:/[a-z0-9]+)?)\.json$`)
	redditThread = regexp.MustCompile(`(?i)\bwho(['’]s| is) hiring\b`)
	redditID     = regexp.MustCompile(`^[a-z0-9]{1,13}$`)
)

// thing is one element of a listing: t3 is a post, t1 a comment, more stands for
// comments that the page leaves out.
type thing struct {
	Kind string `json:"kind"`
	Data struct {
		ID         string     `json:"id"`
		Name       string     `json:"name"`
		Title      string     `json:"title"`
		Flair      string     `json:"link_flair_text"`
		Author     string     `json:"author"`
		Permalink  string     `json:"permalink"`
		URL        string     `json:"url"`
		Self       bool       `json:"is_self"`
		Text       string     `json:"selftext"`
		HTML       string     `json:"selftext_html"`
		Body       string     `json:"body"`
		BodyHTML   string     `json:"body_html"`
		Created    *float64   `json:"created_utc"`
		ParentID   string     `json:"parent_id"`
		LinkID     string     `json:"link_id"`
		Children   kind.Texts `json:"children"`
		RemovedWhy string     `json:"removed_by_category"`
	} `json:"data"`
}

func parseReddit(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	if strings.HasPrefix(strings.TrimSpace(string(p.Body[:min(len(p.Body), 64)])), "[") {
		return parseRedditThread(r)
	}
	env, err := kind.Records(r, "data.children", func(place string, t thing) { addThing(r, place, t) })
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("reddit listing: %w", err)
	}
	if after := env.Text("data.after"); after != "" {
		base, _, _ := strings.Cut(p.URL, "&after=")
		if strings.Contains(base, "/search.json?") {
			r.Follow(base + "&after=" + url.QueryEscape(after))
		}
	}
	return r.Parsed, nil
}

// parseRedditThread reads a page of comments: a listing with the post, then one
// with its top-level comments. The post itself came with the search.
func parseRedditThread(r *kind.Reading) (kind.Parsed, error) {
	var listings []json.RawMessage
	if err := json.Unmarshal(r.Page.Body, &listings); err != nil || len(listings) < 2 {
		return kind.Parsed{}, errors.New("reddit thread: the answer is not a post and its comments")
	}
	comments := *r
	comments.Page.Body = listings[1]
	if _, err := kind.Records(&comments, "data.children", func(place string, t thing) { addThing(&comments, place, t) }); err != nil {
		return kind.Parsed{}, fmt.Errorf("reddit thread: %w", err)
	}
	return comments.Parsed, nil
}

func addThing(r *kind.Reading, place string, t thing) {
	d := t.Data
	switch {
	case t.Kind == "more":
		followMore(r, place, d.ParentID, d.LinkID, d.Children)
		return
	case t.Kind != "t3" && t.Kind != "t1":
		r.Reject(place, "kind", "neither a post nor a comment", t.Kind)
		return
	case d.Author == "[deleted]" && d.Title == "" || d.Body == "[removed]" || d.Body == "[deleted]":
		r.Reject(place, "body", "the comment is deleted or removed", d.ID)
		return
	case !redditID.MatchString(d.ID):
		r.Reject(place, "id", "this is no id of a post or comment", d.ID)
		return
	}
	created, ok := seconds(d.Created)
	if !ok {
		r.Reject(place, "created_utc", "no time that we can read, so we cannot tell when the ad was printed", d.Title)
		return
	}
	// Ids of posts and comments count separately: the kind before them keeps them
	// apart.
	out := schema.Posting{
		Key: t.Kind + "_" + d.ID, Author: d.Author, Tags: html.UnescapeString(d.Flair),
		URL: "https://www.reddit.com" + d.Permalink, SeenAt: created, PublishedAt: created,
	}
	markup := d.HTML
	if t.Kind == "t3" {
		out.Title = html.UnescapeString(d.Title)
		out.Text = htmltext.Plain(html.UnescapeString(d.Text))
		if !d.Self && strings.HasPrefix(d.URL, "http") {
			out.Link = html.UnescapeString(d.URL)
		}
		out.Company = redditCompany(out.Title)
		if redditThread.MatchString(out.Title) {
			r.Follow("https://www.reddit.com/r/" + r.Page.Source.Board + "/comments/" + d.ID + ".json?limit=500&depth=1")
		}
	} else {
		markup = d.BodyHTML
		out.Text = htmltext.Plain(html.UnescapeString(d.Body))
	}
	if text := htmltext.Unescaped(markup); text != "" {
		out.Text = text
	}
	if t.Kind == "t1" {
		describe(&out, markup)
	}
	r.Add(place, out)
}

var (
	redditHiring = regexp.MustCompile(`^(.{2,40}?) (?:[Ii]s |are )?[Hh]iring\b`)
	redditAt     = regexp.MustCompile(`(?i)\b(?:jobs?|roles?|positions?|openings?|engineers?|developers?|projects|work) (?:at|@|with) ([^(!?,.:|]{2,40})`)
)

// redditCompany is the company that the title of a post names: "Acme is hiring …",
// "Rust job at Acme"; empty where it names none.
func redditCompany(title string) string {
	if redditThread.MatchString(title) {
		return ""
	}
	for _, by := range []*regexp.Regexp{headAnnounce, redditHiring, redditAt} {
		if m := by.FindStringSubmatch(title); m != nil {
			name := read(company(m[1]))
			if len(name.words) <= 4 && !name.noCompany() && name.text[:1] != strings.ToLower(name.text[:1]) {
				return name.text
			}
		}
	}
	return ""
}

// redditFields are the headings of the form that the threads of r/rust ask
// employers to fill in.
var redditFields = regexp.MustCompile(`(?im)^\**(company|type|location|remote|visa|title|position|compensation|salary|estimated compensation|description|contact)\**\s*[:：]\s*\**\s*(.+)$`)

// describe reads a comment: the form that the thread asks for, and the first line
// that is none of it.
func describe(out *schema.Posting, markup string) {
	first := ""
	for line := range strings.SplitSeq(out.Text, "\n") {
		if !redditFields.MatchString(line) {
			first = line
			break
		}
	}
	h := header(first, out.Text)
	out.Title, out.Company, out.Location, out.Department, out.Remote = h.title, h.company, h.location, h.department, h.remote
	for _, m := range redditFields.FindAllStringSubmatch(out.Text, 20) {
		value := cut(m[2], longest)
		switch strings.ToLower(m[1]) {
		case "company":
			out.Company = company(value)
		case "type":
			out.Employment = value
		case "location":
			out.Location = value
		case "title", "position":
			out.Title = value
		case "compensation", "salary":
			out.Pay = value
		case "remote":
			switch low := strings.ToLower(value); {
			case strings.HasPrefix(low, "no"):
				out.Remote = "no"
			case strings.HasPrefix(low, "yes"), strings.Contains(low, "remote"):
				out.Remote = "yes"
			case strings.Contains(low, "hybrid"), strings.Contains(low, "partial"):
				out.Remote = "hybrid"
			}
		}
	}
	out.Link = applyLink(htmltext.Links(html.UnescapeString(markup)))
}

// followMore follows the top-level comments that a page leaves out, one by one:
// the call that brings several at once wants a log-in.
func followMore(r *kind.Reading, place, parent, link string, ids []string) {
	thread, ok := strings.CutPrefix(parent, "t3_")
	switch {
	case parent != link && link != "" || !ok:
		return // replies
	case !redditID.MatchString(thread):
		r.Reject(place, "parent_id", "this is no id of a post", parent)
		return
	}
	for _, id := range ids {
		if redditID.MatchString(id) {
			r.Follow("https://www.reddit.com/r/" + r.Page.Source.Board + "/comments/" + thread + "/_/" + id + ".json")
		}
	}
}

// seconds reads a time in seconds since 1970, written as a decimal.
func seconds(stated *float64) (time.Time, bool) {
	if stated == nil || math.Abs(*stated) > 1e11 {
		return time.Time{}, false
	}
	return kind.Epoch(int64(*stated))
}
