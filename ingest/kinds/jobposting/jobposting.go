// Package jobposting reads web pages that describe a job in schema.org's
// JobPosting (https://schema.org/JobPosting), as JSON-LD or as microdata: the form
// that search engines ask employers for. Pages are reached by a site map or by a
// listing page.
//
// It knows HTML and schema.org. It must not know HTTP clients, SQL, or what makes
// a job ad.
package jobposting

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Kind begins at the source's URL, which is a site map, an index of site maps, a
// page that lists jobs, or a page of one job. From a site map or a listing it
// follows the addresses that hold the source's board as a part of their path, or,
// where no board is set, a word such as "job" or "career"; of other hosts it
// follows none.
var Kind = kind.Kind{
	Name:      "jobposting",
	Doc:       "any site whose pages hold schema.org JobPosting, by its site map or a page that lists its jobs",
	Version:   1,
	Mode:      schema.Feed,
	Either:    true,
	Needs:     []string{"url"},
	Start:     func(s schema.Source) []string { return []string{s.URL} },
	Recognise: func(*url.URL) (kind.Place, bool) { return kind.Place{}, false },
	Parse:     parse,
}

// jobLike are paths that lead to jobs, where the config does not say which do.
var jobLike = regexp.MustCompile(`(?i)(job|career|position|vacanc|opening|stelle|karriere|emploi|offre|trabajo|empleo|recruit|role)`)

func parse(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	body, err := plain(p)
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("%s: %w", p.Source.Name, err)
	}
	r.Page.Body = body
	if isMap(body) {
		if err := readMap(r); err != nil {
			return kind.Parsed{}, fmt.Errorf("%s: %w", p.Source.Name, err)
		}
		return r.Parsed, nil
	}
	page := scan(r)
	jobs := page.jobs
	if strings.Contains(page.types, "JobPosting") {
		jobs = append(jobs, microdata(body)...)
	}
	for i, job := range jobs {
		place := fmt.Sprintf("JobPosting[%d]", i)
		r.Add(place, posting(r, place, job, len(jobs) > 1))
	}
	if p.URL == p.Source.URL || len(jobs) == 0 && page.paged {
		follow(r, page)
	}
	return r.Parsed, nil
}

// follow follows what a listing links.
func follow(r *kind.Reading, page page) {
	seen := map[string]bool{r.Page.URL: true}
	for _, link := range append(page.links, page.next...) {
		at := kind.Resolve(r.Page.URL, link)
		at, _, _ = strings.Cut(at, "#")
		if at != "" && !seen[at] && (wanted(r.Page.Source, r.Page.URL, at) || contains(page.next, link) && sameHost(r.Page.URL, at)) {
			seen[at] = true
			r.Follow(at)
		}
	}
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

// wanted tells whether an address found on a page leads to a job of the source.
func wanted(s schema.Source, page, at string) bool {
	u, err := url.Parse(at)
	if err != nil || !sameHost(page, at) {
		return false
	}
	if s.Board != "" {
		return strings.Contains(u.Path, s.Board)
	}
	return jobLike.MatchString(u.Path)
}

func sameHost(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	return err == nil && err2 == nil && strings.EqualFold(u.Host, v.Host)
}

// plain is the page's body, unpacked where it is a packed site map, in UTF-8.
func plain(p kind.Page) ([]byte, error) {
	body, err := gunzip(p.Body)
	if err != nil {
		return nil, err
	}
	if utf8.Valid(body) {
		return body, nil
	}
	encoding, _, _ := charset.DetermineEncoding(body[:min(len(body), 1024)], p.Header.Get("Content-Type"))
	decoded, err := encoding.NewDecoder().Bytes(body)
	if err != nil {
		return nil, fmt.Errorf("the page's characters cannot be decoded: %w", err)
	}
	return decoded, nil
}
