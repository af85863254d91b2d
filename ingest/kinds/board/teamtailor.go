package board

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Teamtailor reads the RSS feed that every Teamtailor career site publishes,
// described at https://support.teamtailor.com/en/articles/1042068-rss-feed. It
// lists 100 jobs a page, with their descriptions.
var Teamtailor = kind.Kind{
	Name:    "teamtailor",
	Doc:     "a company's career site on Teamtailor, by its subdomain or by the host of its own",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{"https://" + host(s.Board, ".teamtailor.com") + "/jobs.rss"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		if u.Path != "/jobs.rss" {
			return kind.Place{}, false
		}
		return kind.Place{
			Source: source("teamtailor", strings.TrimSuffix(u.Host, ".teamtailor.com")),
			Start:  u.Query().Get("offset") == "",
		}, true
	},
	Parse: parseTeamtailor,
}

const (
	teamtailorPage = 100
	// teamtailorMost is where following ends, for a site that gives the same page
	// again whatever the offset.
	teamtailorMost = 5000
)

type teamtailorItem struct {
	Title       string `xml:"title"`
	Description string `xml:"description"`
	Published   string `xml:"pubDate"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	Remote      string `xml:"remoteStatus"`
	Department  string `xml:"department"`
	Role        string `xml:"role"`
	Company     string `xml:"company_name"`
	Locations   []struct {
		Name    string `xml:"name"`
		City    string `xml:"city"`
		Country string `xml:"country"`
	} `xml:"locations>location"`
}

// teamtailorID is the number of a job in its address: /jobs/910166-open-source-engineer.
var teamtailorID = regexp.MustCompile(`/jobs/(\d+)`)

func parseTeamtailor(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	err := kind.Elements(r, []string{"rss"}, []string{"item"}, func(place string, i teamtailorItem) {
		r.Add(place, i.posting(r, place))
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("teamtailor site %s: %w", p.Source.Board, err)
	}
	if u, err := url.Parse(p.URL); err == nil && r.Seen >= teamtailorPage {
		offset, _ := strconv.Atoi(u.Query().Get("offset"))
		if next := offset + teamtailorPage; next > 0 && next < teamtailorMost {
			r.Follow("https://" + u.Host + "/jobs.rss?offset=" + strconv.Itoa(next) + "&per_page=" + strconv.Itoa(teamtailorPage))
		}
	}
	return r.Parsed, nil
}

func (i teamtailorItem) posting(r *kind.Reading, place string) schema.Posting {
	key := strings.TrimSpace(i.GUID)
	if m := teamtailorID.FindStringSubmatch(i.Link); m != nil {
		key = m[1]
	}
	var places []string
	for _, l := range i.Locations {
		if at := kind.Address(l.City, l.Country); at != "" {
			l.Name = at
		}
		places = append(places, l.Name)
	}
	out := schema.Posting{
		Key:         key,
		URL:         i.Link,
		Title:       i.Title,
		Company:     i.Company,
		Location:    kind.Join(places...),
		Remote:      kind.Remote(i.Remote),
		Department:  kind.Join(i.Department, i.Role),
		Text:        htmltext.Text(i.Description),
		PublishedAt: r.Time(place, "pubDate", i.Published),
	}
	if strings.TrimSpace(out.Company) == "" {
		out.Company = employer(r.Page.Source)
	}
	return out
}
