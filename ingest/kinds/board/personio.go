package board

import (
	"fmt"
	"net/url"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Personio reads the XML feed of a Personio career page, documented at
// https://developer.personio.de/docs/retrieving-open-job-positions. All positions
// come on one page, with their descriptions.
var Personio = kind.Kind{
	Name:    "personio",
	Doc:     "a company's career page on Personio, by its account; \"com:NAME\" for one under personio.com",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		return []string{"https://" + personioHost(s.Board) + "/xml?language=en"}
	},
	Recognise: func(u *url.URL) (kind.Place, bool) {
		board, ok := strings.CutSuffix(u.Host, ".jobs.personio.de")
		if !ok {
			board, ok = strings.CutSuffix(u.Host, ".jobs.personio.com")
			board = "com:" + board
		}
		return kind.Place{Source: source("personio", board), Start: true}, ok && strings.TrimRight(u.Path, "/") == "/xml"
	},
	Parse: parsePersonio,
}

func personioHost(board string) string {
	if name, ok := strings.CutPrefix(board, "com:"); ok {
		return host(name, ".jobs.personio.com")
	}
	return host(board, ".jobs.personio.de")
}

type personioPosition struct {
	ID          string   `xml:"id"`
	Name        string   `xml:"name"`
	Company     string   `xml:"subcompany"`
	Office      string   `xml:"office"`
	More        []string `xml:"additionalOffices>office"`
	Department  string   `xml:"department"`
	Category    string   `xml:"recruitingCategory"`
	Employment  string   `xml:"employmentType"`
	Schedule    string   `xml:"schedule"`
	Keywords    string   `xml:"keywords"`
	Created     string   `xml:"createdAt"`
	Description []struct {
		Name  string `xml:"name"`
		Value string `xml:"value"`
	} `xml:"jobDescriptions>jobDescription"`
}

func parsePersonio(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	err := kind.Elements(r, []string{"workzag-jobs"}, []string{"position"}, func(place string, j personioPosition) {
		var parts []string
		for _, d := range j.Description {
			parts = append(parts, htmltext.Text(d.Name), htmltext.Text(d.Value))
		}
		id := strings.TrimSpace(j.ID)
		out := schema.Posting{
			Key:         id,
			URL:         "https://" + personioHost(p.Source.Board) + "/job/" + url.PathEscape(id),
			Title:       j.Name,
			Company:     j.Company,
			Location:    kind.Join(append([]string{j.Office}, j.More...)...),
			Department:  kind.Join(j.Department, j.Category),
			Employment:  kind.Join(j.Employment, j.Schedule),
			Tags:        strings.ReplaceAll(j.Keywords, ",", "; "),
			Text:        strings.Join(parts, "\n"),
			PublishedAt: r.Time(place, "createdAt", j.Created),
		}
		if strings.TrimSpace(out.Company) == "" {
			out.Company = employer(p.Source)
		}
		r.Add(place, out)
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("personio page %s: %w", p.Source.Board, err)
	}
	return r.Parsed, nil
}
