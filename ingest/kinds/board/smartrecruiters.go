package board

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// SmartRecruiters reads the posting API of SmartRecruiters, documented at
// https://developers.smartrecruiters.com/docs/posting-api. The list, in pages of
// 100, names the postings; each has a page of its own, with its text, and is read
// from there.
var SmartRecruiters = kind.Kind{
	Name:    "smartrecruiters",
	Doc:     "a company's job board on SmartRecruiters, by its company identifier",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{smartList(token(s.Board), 0)}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		rest, ok := strings.CutPrefix(u.Path, "/v1/companies/")
		board, rest, _ := strings.Cut(rest, "/")
		if !ok || u.Host != "api.smartrecruiters.com" || board == "" ||
			rest != "postings" && !strings.HasPrefix(rest, "postings/") {
			return kind.Place{}, false
		}
		offset := u.Query().Get("offset")
		return kind.Place{
			Source: source("smartrecruiters", board),
			Start:  rest == "postings" && (offset == "" || offset == "0"),
		}, true
	},
	Parse: parseSmart,
}

func smartList(company string, offset int) string {
	return "https://api.smartrecruiters.com/v1/companies/" + company + "/postings?limit=100&offset=" + strconv.Itoa(offset)
}

type smartLabel struct {
	Label string `json:"label"`
}

type smartPosting struct {
	ID       kind.Text `json:"id"`
	Name     string    `json:"name"`
	Ref      string    `json:"refNumber"`
	Released string    `json:"releasedDate"`
	URL      string    `json:"postingUrl"`
	Apply    string    `json:"applyUrl"`
	Company  struct {
		Name string `json:"name"`
	} `json:"company"`
	Location struct {
		City    string `json:"city"`
		Region  string `json:"region"`
		Country string `json:"country"`
		Full    string `json:"fullLocation"`
		Remote  *bool  `json:"remote"`
		Hybrid  *bool  `json:"hybrid"`
	} `json:"location"`
	Department smartLabel `json:"department"`
	Function   smartLabel `json:"function"`
	Employment smartLabel `json:"typeOfEmployment"`
	Ad         struct {
		Sections struct {
			Company        smartSection `json:"companyDescription"`
			Job            smartSection `json:"jobDescription"`
			Qualifications smartSection `json:"qualifications"`
			Additional     smartSection `json:"additionalInformation"`
		} `json:"sections"`
	} `json:"jobAd"`
}

type smartSection struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

func parseSmart(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	if u, err := url.Parse(p.URL); err == nil && !strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/postings") {
		return parseSmartPosting(r)
	}
	company := token(p.Source.Board)
	env, err := kind.Records(r, "content", func(place string, s smartPosting) {
		if s.ID == "" {
			r.Reject(place, "id", "the record has no id", s.Name)
			return
		}
		r.Follow("https://api.smartrecruiters.com/v1/companies/" + company + "/postings/" + url.PathEscape(string(s.ID)))
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("smartrecruiters company %s: %w", p.Source.Board, err)
	}
	offset, _ := env.Int("offset")
	total, ok := env.Int("totalFound")
	if next := offset + r.Seen; ok && r.Seen > 0 && offset >= 0 && next < total {
		r.Follow(smartList(company, next))
	}
	return r.Parsed, nil
}

func parseSmartPosting(r *kind.Reading) (kind.Parsed, error) {
	var s smartPosting
	if !json.Valid(r.Page.Body) {
		return kind.Parsed{}, fmt.Errorf("smartrecruiters posting of %s: the answer is no JSON", r.Page.Source.Board)
	}
	if !kind.Unmarshal(r, "posting", r.Page.Body, &s) {
		return r.Parsed, nil
	}
	out := schema.Posting{
		Key:         string(s.ID),
		URL:         s.URL,
		Link:        s.Apply,
		Title:       s.Name,
		Company:     s.Company.Name,
		Location:    s.Location.Full,
		Department:  kind.Join(s.Department.Label, s.Function.Label),
		Employment:  s.Employment.Label,
		Requisition: s.Ref,
		PublishedAt: r.Time("posting", "releasedDate", s.Released),
	}
	if out.Company == "" {
		out.Company = employer(r.Page.Source)
	}
	if out.Location == "" {
		out.Location = kind.Address(s.Location.City, s.Location.Region, strings.ToUpper(s.Location.Country))
	}
	switch l := s.Location; {
	case l.Hybrid != nil && *l.Hybrid:
		out.Remote = "hybrid"
	case l.Remote != nil && *l.Remote:
		out.Remote = "yes"
	case l.Remote != nil:
		out.Remote = "no"
	}
	var parts []string
	ad := s.Ad.Sections
	for _, section := range []smartSection{ad.Company, ad.Job, ad.Qualifications, ad.Additional} {
		if text := htmltext.Text(section.Text); text != "" {
			parts = append(parts, htmltext.Text(section.Title), text)
		}
	}
	out.Text = strings.Join(parts, "\n")
	r.Add("posting", out)
	return r.Parsed, nil
}
