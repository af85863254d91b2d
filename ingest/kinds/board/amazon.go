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

// Amazon reads a search on amazon.jobs by the JSON that the site's own page uses;
// it documents none of it. A page lists up to 100 jobs, with their descriptions.
// The count of hits stops at 10,000.
var Amazon = kind.Kind{
	Name:    "amazon",
	Doc:     "the jobs at Amazon that a search finds, by the words searched for",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{amazonSearch(s.Board, 0)}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		if u.Host != "www.amazon.jobs" && u.Host != "amazon.jobs" || !strings.HasSuffix(u.Path, "/search.json") {
			return kind.Place{}, false
		}
		q := u.Query()
		offset := q.Get("offset")
		return kind.Place{
			Source: source("amazon", q.Get("base_query")),
			Start:  offset == "" || offset == "0",
		}, true
	},
	Parse: parseAmazon,
}

const amazonPage = 100

func amazonSearch(words string, offset int) string {
	return "https://www.amazon.jobs/en/search.json?base_query=" + url.QueryEscape(words) +
		"&result_limit=" + strconv.Itoa(amazonPage) + "&sort=recent&offset=" + strconv.Itoa(offset)
}

type amazonJob struct {
	ID           kind.Text  `json:"id_icims"`
	UUID         string     `json:"id"`
	Title        string     `json:"title"`
	Company      string     `json:"company_name"`
	Path         string     `json:"job_path"`
	Apply        string     `json:"url_next_step"`
	Category     string     `json:"job_category"`
	Business     string     `json:"business_category"`
	Schedule     string     `json:"job_schedule_type"`
	Description  string     `json:"description"`
	Short        string     `json:"description_short"`
	Basic        string     `json:"basic_qualifications"`
	Preferred    string     `json:"preferred_qualifications"`
	Location     string     `json:"location"`
	Normalized   string     `json:"normalized_location"`
	Locations    kind.Texts `json:"locations"` // JSON objects inside strings
	Posted       string     `json:"posted_date"`
	SearchLabels kind.Texts `json:"optional_search_labels"`
}

func parseAmazon(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	env, err := kind.Records(r, "jobs", func(place string, j amazonJob) {
		r.Add(place, j.posting(r, place))
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("amazon search %q: %w", p.Source.Board, err)
	}
	u, err := url.Parse(p.URL)
	hits, ok := env.Int("hits")
	if err == nil && ok && r.Seen > 0 {
		offset, _ := strconv.Atoi(u.Query().Get("offset"))
		if next := offset + amazonPage; offset >= 0 && next < hits {
			r.Follow(amazonSearch(p.Source.Board, next))
		}
	}
	return r.Parsed, nil
}

func (j amazonJob) posting(r *kind.Reading, place string) schema.Posting {
	out := schema.Posting{
		Key:         string(j.ID),
		Title:       j.Title,
		Company:     j.Company,
		Link:        j.Apply,
		Department:  kind.Join(j.Category, j.Business),
		Employment:  j.Schedule,
		Tags:        kind.Join(j.SearchLabels...),
		PublishedAt: r.Time(place, "posted_date", j.Posted),
	}
	if out.Key == "" {
		out.Key = j.UUID
	}
	if strings.HasPrefix(j.Path, "/") {
		out.URL = "https://www.amazon.jobs" + j.Path
	}
	if j.Description == "" {
		j.Description = j.Short
	}
	out.Text = strings.Join([]string{htmltext.Text(j.Description), htmltext.Text(j.Basic), htmltext.Text(j.Preferred)}, "\n")
	var places []string
	for _, stated := range j.Locations {
		var l struct {
			Normalized string `json:"normalizedLocation"`
			Location   string `json:"location"`
			Type       string `json:"type"`
		}
		if err := json.Unmarshal([]byte(stated), &l); err != nil {
			r.Reject(place, "locations", "a location is no JSON object; it is passed over", stated)
			continue
		}
		if l.Normalized == "" {
			l.Normalized = l.Location
		}
		places = append(places, l.Normalized)
		if out.Remote == "" {
			out.Remote = kind.Remote(l.Type)
		}
	}
	if out.Location = kind.Join(places...); out.Location == "" {
		out.Location = j.Normalized
	}
	if out.Location == "" {
		out.Location = j.Location
	}
	return out
}
