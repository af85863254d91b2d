package board

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Greenhouse reads the job board API of Greenhouse, documented at
// https://developers.greenhouse.io/job-board.html. All jobs come on one page;
// descriptions only with content=true.
var Greenhouse = kind.Kind{
	Name:    "greenhouse",
	Doc:     "a company's job board on Greenhouse, by its board token",
	Version: 2,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{"https://boards-api.greenhouse.io/v1/boards/" + token(s.Board) + "/jobs?content=true"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		if u.Host != "boards-api.greenhouse.io" {
			return kind.Place{}, false
		}
		board, ok := kind.Between(u.Path, "/v1/boards/", "/jobs")
		return kind.Place{Source: source("greenhouse", board), Start: true}, ok
	},
	Parse: parseGreenhouse,
}

type greenhouseJob struct {
	ID          kind.Text `json:"id"`
	URL         string    `json:"absolute_url"`
	Title       string    `json:"title"`
	Company     string    `json:"company_name"`
	Requisition kind.Text `json:"requisition_id"`
	Opening     kind.Text `json:"internal_job_id"`
	Updated     string    `json:"updated_at"`
	Published   string    `json:"first_published"`
	Deadline    string    `json:"application_deadline"`
	Content     string    `json:"content"`
	Location    struct {
		Name string `json:"name"`
	} `json:"location"`
	Departments []struct {
		Name string `json:"name"`
	} `json:"departments"`
	Offices []struct {
		Name     string `json:"name"`
		Location string `json:"location"`
	} `json:"offices"`
	Metadata []greenhouseMetadata `json:"metadata"`
	Pay      []struct {
		Min      kind.Amount `json:"min_cents"`
		Max      kind.Amount `json:"max_cents"`
		Currency string      `json:"currency_type"`
		Title    string      `json:"title"`
	} `json:"pay_input_ranges"`
}

// greenhouseMetadata is a field that the employer made up. Its value may have
// any type.
type greenhouseMetadata struct {
	Name  string          `json:"name"`
	Value json.RawMessage `json:"value"`
}

// text is the value where it is a string or a list of strings.
func (m greenhouseMetadata) text() string {
	var values kind.Texts
	if json.Unmarshal(m.Value, &values) != nil {
		return ""
	}
	return kind.Join(values...)
}

func parseGreenhouse(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	env, err := kind.Records(r, "jobs", func(place string, j greenhouseJob) {
		r.Add(place, j.posting(r, place))
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("greenhouse board %s: %w", p.Source.Board, err)
	}
	if total, ok := env.Int("meta.total"); ok && total > r.Seen {
		r.Complete = false
		r.Reject("meta.total", "total", fmt.Sprintf("the board says %d jobs and lists %d", total, r.Seen), "")
	}
	return r.Parsed, nil
}

// requisition is the board's own number for the opening, which its posts share, or
// else the employer's: employers write one number on several openings.
func (j greenhouseJob) requisition() string {
	if j.Opening != "" {
		return string(j.Opening)
	}
	return string(j.Requisition)
}

func (j greenhouseJob) posting(r *kind.Reading, place string) schema.Posting {
	out := schema.Posting{
		Key:         string(j.ID),
		URL:         j.URL,
		Title:       j.Title,
		Company:     j.Company,
		Requisition: j.requisition(),
		Text:        htmltext.Unescaped(j.Content),
		PublishedAt: r.Time(place, "first_published", j.Published),
		UpdatedAt:   r.Time(place, "updated_at", j.Updated),
		ExpiresAt:   r.Time(place, "application_deadline", j.Deadline),
	}
	if out.Company == "" {
		out.Company = employer(r.Page.Source)
	}
	places := []string{j.Location.Name}
	var departments []string
	for _, d := range j.Departments {
		departments = append(departments, d.Name)
	}
	for _, m := range j.Metadata {
		switch strings.ToLower(strings.TrimSpace(m.Name)) {
		case "job posting location", "additional location", "additional locations", "posting location", "locations":
			places = append(places, m.text())
		case "location range 1", "location range 2", "location range 3", "location range 4", "location range - international":
			out.Pay = kind.Join(out.Pay, m.text())
		case "time type", "employment type":
			out.Employment = m.text()
		case "career site department", "careers site department":
			if len(departments) == 0 {
				departments = append(departments, m.text())
			}
		}
	}
	out.Location = kind.Join(places...)
	if out.Location == "" {
		for _, o := range j.Offices {
			places = append(places, o.Name)
		}
		out.Location = kind.Join(places...)
	}
	out.Department = kind.Join(departments...)
	for _, pay := range j.Pay {
		out.Pay = kind.Join(out.Pay, kind.PayRange(float64(pay.Min)/100, float64(pay.Max)/100, pay.Currency, ""))
		if out.PayHigh == 0 {
			out.PayLow, out.PayHigh = float64(pay.Min)/100, float64(pay.Max)/100
			out.PayCurrency = pay.Currency
		}
	}
	return out
}
