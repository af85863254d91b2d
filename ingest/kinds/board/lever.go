package board

import (
	"net/url"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Lever reads the postings API of Lever, documented at
// https://github.com/lever/postings-api. All postings come on one page. What is
// asked of applicants stands in lists beside the description.
var Lever = kind.Kind{
	Name:    "lever",
	Doc:     "a company's job board on Lever, by its site name; \"eu:NAME\" for a site kept in Europe",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		host, site := "api.lever.co", s.Board
		if eu, ok := strings.CutPrefix(site, "eu:"); ok {
			host, site = "api.eu.lever.co", eu
		}
		return []string{"https://" + host + "/v0/postings/" + token(site) + "?mode=json"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		board, ok := kind.Between(u.Path, "/v0/postings/", "")
		switch u.Host {
		case "api.eu.lever.co":
			board = "eu:" + board
		case "api.lever.co":
		default:
			return kind.Place{}, false
		}
		return kind.Place{Source: source("lever", board), Start: true}, ok
	},
	Parse: list[leverPosting]("lever site", ""),
}

type leverPosting struct {
	ID         string `json:"id"`
	Title      string `json:"text"`
	Created    *int64 `json:"createdAt"` // milliseconds since 1970
	Updated    *int64 `json:"updatedAt"`
	URL        string `json:"hostedUrl"`
	Apply      string `json:"applyUrl"`
	Country    string `json:"country"`
	Workplace  string `json:"workplaceType"`
	Categories struct {
		Commitment string     `json:"commitment"`
		Department string     `json:"department"`
		Team       string     `json:"team"`
		Location   string     `json:"location"`
		All        kind.Texts `json:"allLocations"`
	} `json:"categories"`
	Tags        kind.Texts `json:"tags"`
	Opening     string     `json:"opening"`
	Description string     `json:"description"`
	Plain       string     `json:"descriptionPlain"`
	Lists       []struct {
		Heading string `json:"text"`
		Content string `json:"content"`
	} `json:"lists"`
	Additional string `json:"additional"`
	Salary     struct {
		Min      kind.Amount `json:"min"`
		Max      kind.Amount `json:"max"`
		Currency string      `json:"currency"`
		Interval string      `json:"interval"`
	} `json:"salaryRange"`
	SalaryText string `json:"salaryDescription"`
}

func (j leverPosting) posting(r *kind.Reading, place string) schema.Posting {
	out := schema.Posting{
		Key:         j.ID,
		URL:         j.URL,
		Link:        j.Apply,
		Title:       j.Title,
		Company:     employer(r.Page.Source),
		Location:    kind.Join(append([]string{j.Categories.Location}, j.Categories.All...)...),
		Remote:      kind.Remote(j.Workplace),
		Department:  kind.Join(j.Categories.Department, j.Categories.Team),
		Employment:  j.Categories.Commitment,
		Tags:        kind.Join(j.Tags...),
		PayLow:      float64(j.Salary.Min),
		PayHigh:     float64(j.Salary.Max),
		PayCurrency: j.Salary.Currency,
		PayPeriod:   kind.Period(j.Salary.Interval),
		PublishedAt: r.Milliseconds(place, "createdAt", j.Created),
		UpdatedAt:   r.Milliseconds(place, "updatedAt", j.Updated),
		Text:        j.text(),
	}
	if out.Location == "" {
		out.Location = j.Country
	}
	out.Pay = kind.PayRange(out.PayLow, out.PayHigh, out.PayCurrency, out.PayPeriod)
	if out.Pay == "" {
		out.Pay = htmltext.Text(j.SalaryText)
	}
	return out
}

// text joins what stands in the description, the lists and the closing words. The
// opening is part of the description.
func (j leverPosting) text() string {
	description := htmltext.Text(j.Description)
	if description == "" {
		description = j.Plain
	}
	if description == "" {
		description = htmltext.Text(j.Opening)
	}
	parts := []string{description}
	for _, l := range j.Lists {
		parts = append(parts, htmltext.Text(l.Heading), htmltext.Text(l.Content))
	}
	return strings.Join(append(parts, htmltext.Text(j.Additional)), "\n")
}
