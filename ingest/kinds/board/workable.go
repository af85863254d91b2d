package board

import (
	"fmt"
	"net/url"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Workable reads the public jobs of a Workable account, documented at
// https://workable.readme.io/reference/jobs-1. All jobs come on one page.
var Workable = kind.Kind{
	Name:    "workable",
	Doc:     "a company's job board on Workable, by its account",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{"https://apply.workable.com/api/v1/widget/accounts/" + token(s.Board) + "?details=true"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		var board string
		var ok bool
		switch u.Host {
		case "apply.workable.com":
			board, ok = kind.Between(u.Path, "/api/v1/widget/accounts/", "")
		case "www.workable.com":
			board, ok = kind.Between(u.Path, "/api/accounts/", "")
		}
		return kind.Place{Source: source("workable", board), Start: true}, ok
	},
	Parse: parseWorkable,
}

type workableJob struct {
	Title       string    `json:"title"`
	Code        kind.Text `json:"code"`
	Shortcode   string    `json:"shortcode"`
	Employment  string    `json:"employment_type"`
	Remote      bool      `json:"telecommuting"`
	Workplace   string    `json:"workplace_type"`
	Department  string    `json:"department"`
	Function    string    `json:"function"`
	URL         string    `json:"url"`
	Apply       string    `json:"application_url"`
	Published   string    `json:"published_on"`
	Created     string    `json:"created_at"`
	Country     string    `json:"country"`
	State       string    `json:"state"`
	City        string    `json:"city"`
	Description string    `json:"description"`
	Locations   []struct {
		Country string `json:"country"`
		Region  string `json:"region"`
		City    string `json:"city"`
		Hidden  bool   `json:"hidden"`
	} `json:"locations"`
}

func parseWorkable(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	env, err := kind.Records(r, "jobs", func(place string, j workableJob) {
		r.Add(place, j.posting(r, place))
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("workable account %s: %w", p.Source.Board, err)
	}
	// The account's name may stand behind the jobs, so they get it last.
	company := p.Source.Employer
	if company == "" {
		company = htmltext.Line(env.Text("name"))
	}
	for i := range r.Postings {
		if company != "" {
			r.Postings[i].Company = company
		}
	}
	return r.Parsed, nil
}

func (j workableJob) posting(r *kind.Reading, place string) schema.Posting {
	out := schema.Posting{
		Key:         j.Shortcode,
		URL:         j.URL,
		Link:        j.Apply,
		Title:       j.Title,
		Company:     employer(r.Page.Source),
		Department:  kind.Join(j.Department, j.Function),
		Employment:  j.Employment,
		Requisition: string(j.Code),
		Remote:      kind.Remote(j.Workplace),
		Text:        htmltext.Text(j.Description),
		PublishedAt: r.Time(place, "published_on", j.Published),
	}
	if out.PublishedAt.IsZero() {
		out.PublishedAt = r.Time(place, "created_at", j.Created)
	}
	if out.Remote == "" && j.Remote {
		out.Remote = "yes"
	}
	var places []string
	for _, l := range j.Locations {
		if !l.Hidden {
			places = append(places, kind.Address(l.City, l.Region, l.Country))
		}
	}
	if out.Location = kind.Join(places...); out.Location == "" {
		out.Location = kind.Address(j.City, j.State, j.Country)
	}
	out.Title = strings.TrimSpace(out.Title)
	return out
}
