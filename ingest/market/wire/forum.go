package wire

import (
	"strconv"
	"strings"
	"time"
)

// Comment is a comment on a forum's thread.
type Comment struct {
	ID         uint64
	Author     string
	At         time.Time
	Header     []string // the first line's parts; empty: there is none
	Paragraphs []string
	Links      []string // the employer's site, and the opening
	Deleted    bool
}

// HNThread appends a thread as the search API's items call answers it.
func HNThread(dst []byte, id uint64, at time.Time, comments []Comment) []byte {
	o := begin(dst)
	o.number("id", int64(id))
	o.text("created_at", rfc3339(at))
	o.number("created_at_i", at.Unix())
	o.text("type", "story")
	o.text("author", "whoishiring")
	o.text("title", HNTitle(at))
	o.raw("url", "null")
	o.raw("text", "null")
	o.key("children")
	o.b = append(o.b, '[')
	for i := range comments {
		if i > 0 {
			o.b = append(o.b, ", "...)
		}
		o.b = hnComment(o.b, id, &comments[i])
	}
	o.b = append(o.b, ']')
	return o.end()
}

// HNTitle is the title of the month's thread.
func HNTitle(at time.Time) string {
	return "Ask HN: Who is hiring? (" + at.Format("January 2006") + ")"
}

func hnComment(dst []byte, story uint64, c *Comment) []byte {
	o := begin(dst)
	o.number("id", int64(c.ID))
	o.text("created_at", rfc3339(c.At))
	o.number("created_at_i", c.At.Unix())
	o.text("type", "comment")
	if c.Deleted {
		o.raw("author", "null")
		o.raw("text", "null")
	} else {
		o.text("author", c.Author)
		o.text("text", string(hnMarkup(nil, c)))
	}
	o.number("parent_id", int64(story))
	o.number("story_id", int64(story))
	o.raw("children", "[]")
	return o.end()
}

// hnMarkup is a comment as Hacker News stores it: paragraphs that open and never
// close, slashes and quotes as entities.
func hnMarkup(dst []byte, c *Comment) []byte {
	for i, part := range c.Header {
		if i > 0 {
			dst = append(dst, " | "...)
		}
		dst = hnText(dst, part)
	}
	if len(c.Header) > 0 && len(c.Links) > 0 {
		dst = hnLink(append(dst, " | "...), c.Links[0])
	}
	for i, p := range c.Paragraphs {
		if i > 0 || len(c.Header) > 0 {
			dst = append(dst, "<p>"...)
		}
		dst = hnText(dst, p)
	}
	if len(c.Links) > 1 {
		dst = hnLink(append(dst, "<p>Apply: "...), c.Links[1])
	}
	return dst
}

// hnText appends text as Hacker News writes it.
func hnText(dst []byte, s string) []byte {
	return escapeAs(dst, s, "&#x27;", "&#x2F;")
}

func hnLink(dst []byte, url string) []byte {
	dst = hnText(append(dst, `<a href="`...), url)
	shown := url
	if len(shown) > 60 {
		shown = shown[:57] + "..."
	}
	dst = hnText(append(dst, `" rel="nofollow">`...), shown)
	return append(dst, "</a>"...)
}

// Hit is a thread that a search found.
type Hit struct {
	ID       uint64
	At       time.Time
	Title    string
	Comments int
}

// HNSearch appends a page of a search; all is the number of hits of all pages.
func HNSearch(dst []byte, hits []Hit, all, page, perPage int) []byte {
	o := begin(dst)
	o.key("hits")
	o.b = append(o.b, '[')
	for i, h := range hits {
		if i > 0 {
			o.b = append(o.b, ", "...)
		}
		s := begin(o.b)
		s.text("created_at", h.At.Format("2006-01-02T15:04:05Z"))
		s.text("title", h.Title)
		s.text("author", "whoishiring")
		s.number("num_comments", int64(h.Comments))
		s.number("story_id", int64(h.ID))
		s.text("objectID", itoa(h.ID))
		o.b = s.end()
	}
	o.b = append(o.b, ']')
	o.number("nbHits", int64(all))
	o.number("page", int64(page))
	o.number("nbPages", int64((all+perPage-1)/perPage))
	o.number("hitsPerPage", int64(perPage))
	o.text("query", "hiring")
	return o.end()
}

// Post is a post on reddit, or, with a Body and no Title, a comment.
type Post struct {
	ID     string // base 36
	Title  string
	Author string
	At     time.Time
	Text   string // Markdown
	Link   string // where the post points; empty: its own text
	Flair  string
}

// RedditListing appends a listing; kind is t3 for posts, t1 for comments.
func RedditListing(dst []byte, kind, subreddit string, posts []Post, after string) []byte {
	o := begin(dst)
	o.text("kind", "Listing")
	o.key("data")
	data := begin(o.b)
	data.orNull("after", after)
	data.raw("before", "null")
	data.number("dist", int64(len(posts)))
	data.key("children")
	data.b = append(data.b, '[')
	for i := range posts {
		if i > 0 {
			data.b = append(data.b, ", "...)
		}
		data.b = thing(data.b, kind, subreddit, &posts[i])
	}
	data.b = append(data.b, ']')
	o.b = data.end()
	return o.end()
}

func thing(dst []byte, kind, subreddit string, p *Post) []byte {
	o := begin(dst)
	o.text("kind", kind)
	o.key("data")
	d := begin(o.b)
	link := "/r/" + subreddit + "/comments/" + p.ID + "/"
	d.text("id", p.ID)
	d.text("name", kind+"_"+p.ID)
	d.text("subreddit", subreddit)
	d.text("author", p.Author)
	d.raw("created_utc", strconv.FormatInt(p.At.Unix(), 10)+".0")
	d.text("permalink", link)
	if kind == "t1" {
		d.text("body", p.Text)
		o.b = d.end()
		return o.end()
	}
	// Titles come with their entities escaped.
	d.text("title", entities.Replace(p.Title))
	d.orNull("link_flair_text", p.Flair)
	d.text("selftext", entities.Replace(p.Text))
	d.raw("is_self", strconv.FormatBool(p.Link == ""))
	if p.Link == "" {
		d.text("url", "https://www.reddit.com"+link)
	} else {
		d.text("url", p.Link)
	}
	o.b = d.end()
	return o.end()
}

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// RedditThread appends a page of comments: the post, then its comments.
func RedditThread(dst []byte, subreddit string, post Post, comments []Post) []byte {
	dst = RedditListing(append(dst, '['), "t3", subreddit, []Post{post}, "")
	return append(RedditListing(append(dst, ", "...), "t1", subreddit, comments, ""), ']')
}
