package board

import (
	"fmt"
	"net/url"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Ashby reads the public job posting API of Ashby, documented at
// https://developers.ashbyhq.com/docs/public-job-posting-api. All jobs come on one
// page, with their descriptions.
var Ashby = kind.Kind{
	Name:    "ashby",
	Doc:     "a company's job board on Ashby, by its board name",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{"https://api.ashbyhq.com/posting-api/job-board/" + token(s.Board) + "?includeCompensation=true"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		if u.Host != "api.ashbyhq.com" {
			return kind.Place{}, false
		}
		board, ok := kind.Between(u.Path, "/posting-api/job-board/", "")
		return kind.Place{Source: source("ashby", board), Start: true}, ok
	},
	Parse: parseAshby,
}

type ashbyJob struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Department string `json:"department"`
	Team       string `json:"team"`
	Employment string `json:"employmentType"`
	Location   string `json:"location"`
	Secondary  []struct {
		Location string `json:"location"`
	} `json:"secondaryLocations"`
	Published    string `json:"publishedAt"`
	Updated      string `json:"updatedAt"`
	Listed       *bool  `json:"isListed"`
	Remote       *bool  `json:"isRemote"` // null: the board does not say
	Workplace    string `json:"workplaceType"`
	URL          string `json:"jobUrl"`
	Apply        string `json:"applyUrl"`
	HTML         string `json:"descriptionHtml"`
	Plain        string `json:"descriptionPlain"`
	Compensation struct {
		Summary    string           `json:"compensationTierSummary"`
		Salary     string           `json:"scrapeableCompensationSalarySummary"`
		Components []ashbyComponent `json:"summaryComponents"`
	} `json:"compensation"`
	Address struct {
		Postal struct {
			Locality string `json:"addressLocality"`
			Region   string `json:"addressRegion"`
			Country  string `json:"addressCountry"`
		} `json:"postalAddress"`
	} `json:"address"`
}

type ashbyComponent struct {
	Type     string      `json:"compensationType"`
	Interval string      `json:"interval"`
	Currency string      `json:"currencyCode"`
	Min      kind.Amount `json:"minValue"`
	Max      kind.Amount `json:"maxValue"`
}

func parseAshby(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	_, err := kind.Records(r, "jobs", func(place string, j ashbyJob) {
		if j.Listed != nil && !*j.Listed {
			// Reachable by its link only: not on the board, so not advertised there.
			r.Reject(place, "isListed", "the job is not listed on the board", j.Title)
			return
		}
		r.Add(place, j.posting(r, place))
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("ashby board %s: %w", p.Source.Board, err)
	}
	return r.Parsed, nil
}

func (j ashbyJob) posting(r *kind.Reading, place string) schema.Posting {
	out := schema.Posting{
		Key:         j.ID,
		URL:         j.URL,
		Link:        j.Apply,
		Title:       j.Title,
		Department:  kind.Join(j.Department, j.Team),
		Employment:  j.Employment,
		Text:        htmltext.Text(j.HTML),
		PublishedAt: r.Time(place, "publishedAt", j.Published),
		UpdatedAt:   r.Time(place, "updatedAt", j.Updated),
		Pay:         j.Compensation.Summary,
		Company:     employer(r.Page.Source),
	}
	if out.Text == "" {
		out.Text = j.Plain
	}
	places := []string{j.Location}
	for _, s := range j.Secondary {
		places = append(places, s.Location)
	}
	if out.Location = kind.Join(places...); out.Location == "" {
		a := j.Address.Postal
		out.Location = kind.Address(a.Locality, a.Region, a.Country)
	}
	out.Remote = kind.Remote(j.Workplace)
	if out.Remote == "" && j.Remote != nil {
		out.Remote = map[bool]string{true: "yes", false: "no"}[*j.Remote]
	}
	for _, c := range j.Compensation.Components {
		if c.Type == "Salary" && (c.Min > 0 || c.Max > 0) {
			out.PayLow, out.PayHigh = float64(c.Min), float64(c.Max)
			out.PayCurrency, out.PayPeriod = c.Currency, kind.Period(c.Interval)
			break
		}
	}
	return out
}
