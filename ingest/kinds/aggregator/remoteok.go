// Package aggregator reads the lists of ads that job boards of many employers
// publish for others to use.
//
// It knows the formats of their APIs and feeds. It must not know HTTP clients,
// SQL, or what makes a job ad.
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

// RemoteOK reads the API of Remote OK, whose terms stand in its own first element:
// https://remoteok.com/api. It lists the newest ads; one that is gone was pushed
// out by newer ones and says nothing of its job.
var RemoteOK = kind.Kind{
	Name:     "remoteok",
	Doc:      "the newest ads on Remote OK; with a tag as its board, those of the tag",
	Version:  1,
	Mode:     schema.Periodical,
	Lifetime: 30,
	Start: func(s schema.Source) []string {
		if s.Board != "" {
			return []string{"https://remoteok.com/api?tag=" + url.QueryEscape(s.Board)}
		}
		return []string{"https://remoteok.com/api"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		k := kind.Kind{Name: "remoteok", Mode: schema.Periodical, Lifetime: 30}
		ok := strings.TrimPrefix(strings.ToLower(u.Host), "www.") == "remoteok.com" && strings.TrimRight(u.Path, "/") == "/api"
		return kind.Place{Source: k.Source(u.Query().Get("tag")), Start: true}, ok
	},
	Parse: parseRemoteOK,
}

type remoteOKJob struct {
	Legal       string      `json:"legal"`
	ID          kind.Text   `json:"id"`
	Company     string      `json:"company"`
	Position    string      `json:"position"`
	Tags        kind.Texts  `json:"tags"`
	Description string      `json:"description"`
	Location    string      `json:"location"`
	URL         string      `json:"url"`
	Apply       string      `json:"apply_url"`
	Date        string      `json:"date"`
	Min         kind.Amount `json:"salary_min"` // 0: unknown
	Max         kind.Amount `json:"salary_max"`
}

// bait is what Remote OK appends to tell applicants who read from those who do
// not. It holds the address of whoever asked, so that it is no part of the ad.
var bait = regexp.MustCompile(`(?s)(<br\s*/?>\s*)*Please mention the word \*\*.*$`)

func parseRemoteOK(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	_, err := kind.Records(r, "", func(place string, j remoteOKJob) {
		if j.Legal != "" && j.ID == "" {
			return
		}
		out := schema.Posting{
			Key:         string(j.ID),
			URL:         j.URL,
			Link:        j.Apply,
			Title:       kind.Mend(j.Position),
			Company:     kind.Mend(j.Company),
			Location:    kind.Mend(j.Location),
			Remote:      "yes",
			Tags:        kind.Join(j.Tags...),
			Text:        htmltext.Text(kind.Mend(bait.ReplaceAllString(j.Description, ""))),
			PayLow:      float64(j.Min),
			PayHigh:     float64(j.Max),
			PublishedAt: r.Time(place, "date", j.Date),
		}
		if j.Min > 0 || j.Max > 0 { // the site states all pay in US dollars a year
			out.PayCurrency, out.PayPeriod = "USD", "year"
			out.Pay = kind.PayRange(out.PayLow, out.PayHigh, "USD", "year")
		}
		r.Print(&out)
		r.Add(place, out)
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("remoteok: %w", err)
	}
	return r.Parsed, nil
}
