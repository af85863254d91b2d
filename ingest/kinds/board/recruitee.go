package board

import (
	"net/url"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Recruitee reads the careers site API of Recruitee, documented at
// https://docs.recruitee.com/reference/intro-to-careers-site-api. All offers come
// on one page, with their descriptions.
var Recruitee = kind.Kind{
	Name:    "recruitee",
	Doc:     "a company's careers site on Recruitee, by its subdomain or by the host of its own",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{"https://" + host(s.Board, ".recruitee.com") + "/api/offers/"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		board, ok := strings.CutSuffix(u.Host, ".recruitee.com")
		ok = ok && strings.TrimRight(u.Path, "/") == "/api/offers"
		return kind.Place{Source: source("recruitee", board), Start: true}, ok
	},
	Parse: list[recruiteeOffer]("recruitee site", "offers"),
}

type recruiteeOffer struct {
	ID           kind.Text  `json:"id"`
	Title        string     `json:"title"`
	Company      string     `json:"company_name"`
	Department   string     `json:"department"`
	Description  string     `json:"description"`
	Requirements string     `json:"requirements"`
	URL          string     `json:"careers_url"`
	Apply        string     `json:"careers_apply_url"`
	Location     string     `json:"location"`
	City         string     `json:"city"`
	Country      string     `json:"country"`
	Remote       *bool      `json:"remote"`
	Hybrid       bool       `json:"hybrid"`
	OnSite       *bool      `json:"on_site"`
	Employment   string     `json:"employment_type_code"`
	Tags         kind.Texts `json:"tags"`
	Published    string     `json:"published_at"` // "2026-10-01 08:00:00 UTC"
	Created      string     `json:"created_at"`
	Updated      string     `json:"updated_at"`
	Close        string     `json:"close_at"`
	Status       string     `json:"status"`
	Locations    []struct {
		Name    string `json:"name"`
		City    string `json:"city"`
		State   string `json:"state"`
		Country string `json:"country"`
	} `json:"locations"`
	Salary struct {
		Min      kind.Amount `json:"min"`
		Max      kind.Amount `json:"max"`
		Period   string      `json:"period"`
		Currency string      `json:"currency"`
	} `json:"salary"`
}

func (o recruiteeOffer) posting(r *kind.Reading, place string) schema.Posting {
	out := schema.Posting{
		Key:         string(o.ID),
		URL:         o.URL,
		Link:        o.Apply,
		Title:       o.Title,
		Company:     o.Company,
		Department:  o.Department,
		Employment:  o.Employment,
		Tags:        kind.Join(o.Tags...),
		PayLow:      float64(o.Salary.Min),
		PayHigh:     float64(o.Salary.Max),
		PayCurrency: o.Salary.Currency,
		PayPeriod:   kind.Period(o.Salary.Period),
		Text:        htmltext.Text(o.Description) + "\n" + htmltext.Text(o.Requirements),
		PublishedAt: r.Time(place, "published_at", o.Published),
		UpdatedAt:   r.Time(place, "updated_at", o.Updated),
		ExpiresAt:   r.Time(place, "close_at", o.Close),
	}
	if out.PublishedAt.IsZero() {
		out.PublishedAt = r.Time(place, "created_at", o.Created)
	}
	if out.Company == "" {
		out.Company = employer(r.Page.Source)
	}
	out.Pay = kind.PayRange(out.PayLow, out.PayHigh, out.PayCurrency, out.PayPeriod)
	var places []string
	for _, l := range o.Locations {
		if l.City != "" {
			l.Name = kind.Address(l.City, l.State, l.Country)
		}
		places = append(places, l.Name)
	}
	if out.Location = kind.Join(places...); out.Location == "" {
		out.Location = o.Location
	}
	if out.Location == "" {
		out.Location = kind.Address(o.City, o.Country)
	}
	switch {
	case o.Hybrid:
		out.Remote = "hybrid"
	case o.Remote != nil && *o.Remote:
		out.Remote = "yes"
	case o.Remote != nil || o.OnSite != nil && *o.OnSite:
		out.Remote = "no"
	}
	return out
}
