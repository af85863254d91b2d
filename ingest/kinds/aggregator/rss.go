package aggregator

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Feed reads any feed in RSS 0.9x, 1.0 or 2.0 (https://www.rssboard.org/rss-specification)
// or Atom (RFC 4287). A feed lists the newest items only; one that is gone says
// nothing of its job. A source that lists all that is open may say mode: feed.
var Feed = kind.Kind{
	Name:      "feed",
	Doc:       "any RSS or Atom feed of job ads, by its URL",
	Version:   1,
	Mode:      schema.Periodical,
	Lifetime:  30,
	Either:    true,
	Needs:     []string{"url"},
	Start:     func(s schema.Source) []string { return []string{s.URL} },
	Recognise: func(*url.URL) (kind.Place, bool) { return kind.Place{}, false },
	Parse: func(p kind.Page) (kind.Parsed, error) {
		return parseItems(p, func(i item) schema.Posting { return i.posting(p) })
	},
}

// WeWorkRemotely reads the RSS feeds of We Work Remotely, listed at
// https://weworkremotely.com/remote-job-rss-feed. A title is "Company: Role".
var WeWorkRemotely = kind.Kind{
	Name:     "weworkremotely",
	Doc:      "the newest ads on We Work Remotely; with a category as its board (remote-programming-jobs), those of the category",
	Version:  1,
	Mode:     schema.Periodical,
	Lifetime: 30,
	Start: func(s schema.Source) []string {
		if s.Board != "" {
			return []string{"https://weworkremotely.com/categories/" + url.PathEscape(s.Board) + ".rss"}
		}
		return []string{"https://weworkremotely.com/remote-jobs.rss"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		k := kind.Kind{Name: "weworkremotely", Mode: schema.Periodical, Lifetime: 30}
		board, ok := kind.Between(u.Path, "/categories/", ".rss")
		return kind.Place{Source: k.Source(board), Start: true},
			u.Host == "weworkremotely.com" && (ok || u.Path == "/remote-jobs.rss")
	},
	Parse: func(p kind.Page) (kind.Parsed, error) {
		return parseItems(p, func(i item) schema.Posting {
			out := i.posting(p)
			if company, role, ok := strings.Cut(out.Title, ": "); ok {
				out.Company, out.Title = company, role
			}
			out.Remote = "yes"
			if m := wwrSite.FindStringSubmatch(i.body()); m != nil {
				out.CompanyURL = m[1]
			}
			return out
		})
	},
}

// wwrSite is the employer's address at the head of a description.
var wwrSite = regexp.MustCompile(`(?i)<strong>\s*URL:\s*</strong>\s*<a href=['"](https?://[^'"]{4,200})['"]`)

// item is an RSS item or an Atom entry. Feeds of job boards add fields of their
// own under many names.
type item struct {
	Title       markup   `xml:"title"`
	Links       []target `xml:"link"`
	GUID        string   `xml:"guid"`
	ID          string   `xml:"id"`
	About       string   `xml:"about,attr"` // RSS 1.0
	Description markup   `xml:"description"`
	Encoded     markup   `xml:"encoded"`
	Content     []markup `xml:"content"` // Atom; media:content too
	Summary     markup   `xml:"summary"`
	PubDate     string   `xml:"pubDate"`
	Published   string   `xml:"published"`
	Date        string   `xml:"date"`
	Updated     string   `xml:"updated"`
	Expires     string   `xml:"expires_at"`
	Creator     string   `xml:"creator"`
	Author      struct {
		Name string `xml:"name"`
		Text string `xml:",chardata"`
	} `xml:"author"`
	Categories []struct {
		Term string `xml:"term,attr"`
		Text string `xml:",chardata"`
	} `xml:"category"`
	Company    string   `xml:"company"`
	CompanyToo string   `xml:"company_name"`
	Location   []string `xml:"location"`
	Region     string   `xml:"region"`
	City       string   `xml:"city"`
	State      string   `xml:"state"`
	Country    string   `xml:"country"`
	Type       string   `xml:"type"`
	JobType    string   `xml:"job_type"`
	Salary     string   `xml:"salary"`
	Skills     string   `xml:"skills"`
}

// markup is an element that holds text, escaped HTML, or HTML itself.
type markup struct {
	Type  string `xml:"type,attr"`
	Text  string `xml:",chardata"`
	Inner string `xml:",innerxml"`
}

type target struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Text string `xml:",chardata"`
}

// html is the element's content as HTML.
func (m markup) html() string {
	if m.Type == "xhtml" || strings.TrimSpace(m.Text) == "" && strings.Contains(m.Inner, "<") && !strings.Contains(m.Inner, "<![CDATA[") {
		return m.Inner
	}
	return m.Text
}

// body is the longest text that the item offers.
func (i item) body() string {
	longest := i.Description.html()
	for _, m := range append(i.Content, i.Encoded, i.Summary) {
		if s := m.html(); len(s) > len(longest) {
			longest = s
		}
	}
	return longest
}

func parseItems(p kind.Page, posting func(item) schema.Posting) (kind.Parsed, error) {
	r := kind.Read(p)
	read := func(place string, i item) {
		out := posting(i)
		for _, date := range []string{i.PubDate, i.Published, i.Date, i.Updated} {
			if out.PublishedAt.IsZero() {
				out.PublishedAt = r.Time(place, "date", date)
			}
		}
		out.UpdatedAt = r.Time(place, "updated", i.Updated)
		out.ExpiresAt = r.Time(place, "expires_at", i.Expires)
		r.Print(&out)
		r.Add(place, out)
	}
	if err := kind.Elements(r, []string{"rss", "RDF", "feed"}, []string{"item", "entry"}, read); err != nil {
		return kind.Parsed{}, fmt.Errorf("%s: %w", p.Source.Name, err)
	}
	return r.Parsed, nil
}

func (i item) posting(p kind.Page) schema.Posting {
	link := ""
	for _, l := range i.Links {
		at := strings.TrimSpace(l.Href + l.Text)
		if at != "" && (link == "" || l.Rel == "alternate") {
			link = at
		}
	}
	key := kind.First(i.GUID, i.ID, i.About, link)
	link = kind.Resolve(p.URL, kind.First(link, i.About, i.GUID))
	if len(key) > 200 {
		key = schema.ID(key)
	}
	var tags []string
	for _, c := range i.Categories {
		tags = append(tags, kind.First(c.Text, c.Term))
	}
	tags = append(tags, strings.Split(i.Skills, ",")...)
	return schema.Posting{
		Key:        key,
		URL:        link,
		Title:      htmltext.Text(i.Title.html()),
		Company:    kind.First(p.Source.Employer, i.Company, i.CompanyToo),
		Author:     kind.First(i.Creator, i.Author.Name, i.Author.Text),
		Location:   kind.First(kind.Join(i.Location...), i.Region, kind.Address(i.City, i.State, i.Country)),
		Employment: kind.First(i.JobType, i.Type),
		Pay:        i.Salary,
		Tags:       kind.Join(tags...),
		Text:       htmltext.Text(i.body()),
	}
}
