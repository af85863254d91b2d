package aggregator

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Arbeitnow reads the job board API of Arbeitnow, documented at
// https://www.arbeitnow.com/blog/job-board-api. It lists all ads that are open, in
// pages that each name the next.
var Arbeitnow = kind.Kind{
	Name:      "arbeitnow",
	Doc:       "the ads on Arbeitnow, most of them in Germany",
	Version:   1,
	Mode:      schema.Feed,
	Start:     func(schema.Source) []string { return []string{arbeitnowURL} },
	Recognise: recogniseArbeitnow,
	Parse:     parseArbeitnow,
}

const arbeitnowURL = "https://www.arbeitnow.com/api/job-board-api"

func recogniseArbeitnow(u *url.URL) (kind.Place, bool) {
	page := u.Query().Get("page")
	return kind.Place{
		Source: schema.Source{Name: "arbeitnow", Kind: "arbeitnow", Mode: schema.Feed},
		Start:  page == "" || page == "1",
	}, strings.TrimPrefix(u.Host, "www.") == "arbeitnow.com" && strings.TrimRight(u.Path, "/") == "/api/job-board-api"
}

type arbeitnowJob struct {
	Slug        string     `json:"slug"`
	Company     string     `json:"company_name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Remote      bool       `json:"remote"`
	URL         string     `json:"url"`
	Tags        kind.Texts `json:"tags"`
	Types       kind.Texts `json:"job_types"`
	Location    string     `json:"location"`
	Created     kind.Text  `json:"created_at"` // seconds since 1970
}

func parseArbeitnow(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	env, err := kind.Records(r, "data", func(place string, j arbeitnowJob) {
		out := schema.Posting{
			Key:         j.Slug,
			URL:         j.URL,
			Title:       j.Title,
			Company:     j.Company,
			Location:    j.Location,
			Employment:  kind.Join(j.Types...),
			Tags:        kind.Join(j.Tags...),
			Text:        htmltext.Text(j.Description),
			PublishedAt: r.Time(place, "created_at", string(j.Created)),
		}
		if j.Remote {
			out.Remote = "yes"
		}
		r.Print(&out)
		r.Add(place, out)
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("arbeitnow: %w", err)
	}
	if next := env.Text("links.next"); next != "" {
		u, err := url.Parse(next)
		if err == nil {
			_, ok := recogniseArbeitnow(u)
			if page, bad := strconv.Atoi(u.Query().Get("page")); ok && bad == nil && page > 1 {
				r.Follow(next)
				return r.Parsed, nil
			}
		}
		r.Complete = false
		r.Reject("links.next", "next", "the next page is none of this site", next)
	}
	return r.Parsed, nil
}
