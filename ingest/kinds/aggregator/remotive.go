package aggregator

import (
	"fmt"
	"net/url"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Remotive reads the API of Remotive, documented at
// https://github.com/remotive-com/remote-jobs-api. It lists all ads that are open.
var Remotive = kind.Kind{
	Name:    "remotive",
	Doc:     "the ads on Remotive; with a category as its board, those of the category",
	Version: 1,
	Mode:    schema.Feed,
	Start: func(s schema.Source) []string {
		if s.Board != "" {
			return []string{"https://remotive.com/api/remote-jobs?category=" + url.QueryEscape(s.Board)}
		}
		return []string{"https://remotive.com/api/remote-jobs"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		k := kind.Kind{Name: "remotive", Mode: schema.Feed}
		host := u.Host == "remotive.com" || u.Host == "remotive.io"
		return kind.Place{Source: k.Source(u.Query().Get("category")), Start: true},
			host && strings.TrimRight(u.Path, "/") == "/api/remote-jobs"
	},
	Parse: parseRemotive,
}

type remotiveJob struct {
	ID          kind.Text  `json:"id"`
	URL         string     `json:"url"`
	Title       string     `json:"title"`
	Company     string     `json:"company_name"`
	Category    string     `json:"category"`
	Tags        kind.Texts `json:"tags"`
	Employment  string     `json:"job_type"`
	Published   string     `json:"publication_date"` // without a zone
	Location    string     `json:"candidate_required_location"`
	Salary      string     `json:"salary"`
	Description string     `json:"description"`
}

func parseRemotive(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	_, err := kind.Records(r, "jobs", func(place string, j remotiveJob) {
		out := schema.Posting{
			Key:         string(j.ID),
			URL:         j.URL,
			Title:       j.Title,
			Company:     j.Company,
			Location:    j.Location,
			Remote:      "yes",
			Department:  j.Category,
			Employment:  j.Employment,
			Pay:         j.Salary,
			Tags:        kind.Join(j.Tags...),
			Text:        htmltext.Text(j.Description),
			PublishedAt: r.Time(place, "publication_date", j.Published),
		}
		r.Print(&out)
		r.Add(place, out)
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("remotive: %w", err)
	}
	return r.Parsed, nil
}
