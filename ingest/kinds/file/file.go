// Package file reads tables of ads that somebody else collected: CSV, JSON (a list,
// or one object a line) and Parquet. The source's columns say which of the file's
// columns holds which of our fields.
//
// It knows tables. It must not know HTTP clients, SQL, or what makes a job ad.
package file

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Kind reads the file at the source's URL. Its columns map our fields (those of
// Fields) to the file's; a field that is not mapped is read from a column of its
// own name, where the file has one. In JSON a column may be a path: "company.name".
// A file is a print by default: an ad counts as open for the source's lifetime from
// its published_at on. A file that lists all that is open says mode: feed.
var Kind = kind.Kind{
	Name:      "file",
	Doc:       "a CSV, JSON or Parquet file of ads, by its URL and a map of its columns",
	Version:   1,
	Mode:      schema.Periodical,
	Lifetime:  30,
	Either:    true,
	Needs:     []string{"url"},
	Start:     func(s schema.Source) []string { return []string{s.URL} },
	Recognise: func(*url.URL) (kind.Place, bool) { return kind.Place{}, false },
	Parse:     parse,
}

// fields are the texts of a posting that a column may hold.
var fields = map[string]func(*schema.Posting) *string{
	"key":          func(p *schema.Posting) *string { return &p.Key },
	"url":          func(p *schema.Posting) *string { return &p.URL },
	"link":         func(p *schema.Posting) *string { return &p.Link },
	"title":        func(p *schema.Posting) *string { return &p.Title },
	"company":      func(p *schema.Posting) *string { return &p.Company },
	"company_url":  func(p *schema.Posting) *string { return &p.CompanyURL },
	"location":     func(p *schema.Posting) *string { return &p.Location },
	"remote":       func(p *schema.Posting) *string { return &p.Remote },
	"department":   func(p *schema.Posting) *string { return &p.Department },
	"employment":   func(p *schema.Posting) *string { return &p.Employment },
	"pay":          func(p *schema.Posting) *string { return &p.Pay },
	"pay_currency": func(p *schema.Posting) *string { return &p.PayCurrency },
	"pay_period":   func(p *schema.Posting) *string { return &p.PayPeriod },
	"tags":         func(p *schema.Posting) *string { return &p.Tags },
	"author":       func(p *schema.Posting) *string { return &p.Author },
	"requisition":  func(p *schema.Posting) *string { return &p.Requisition },
	"text":         func(p *schema.Posting) *string { return &p.Text },
}

// times and amounts are the fields that are no texts.
var (
	times = map[string]func(*schema.Posting) *time.Time{
		"published_at": func(p *schema.Posting) *time.Time { return &p.PublishedAt },
		"updated_at":   func(p *schema.Posting) *time.Time { return &p.UpdatedAt },
		"expires_at":   func(p *schema.Posting) *time.Time { return &p.ExpiresAt },
	}
	amounts = map[string]func(*schema.Posting) *float64{
		"pay_low":  func(p *schema.Posting) *float64 { return &p.PayLow },
		"pay_high": func(p *schema.Posting) *float64 { return &p.PayHigh },
	}
)

// names are all of them, sorted: rows are read in this order.
var names = slices.Sorted(func(yield func(string) bool) {
	for _, table := range []iter.Seq[string]{maps.Keys(fields), maps.Keys(times), maps.Keys(amounts)} {
		for name := range table {
			if !yield(name) {
				return
			}
		}
	}
})

// Fields are the names that Source.Columns may map, sorted.
func Fields() []string { return slices.Clone(names) }

// row is one row of a table: the text in a column, empty where there is none.
type row func(column string) string

// table reads a file's rows one by one. Columns it returns first, nil where rows
// name their own.
type table func(r *kind.Reading, columns func(names []string) error, each func(place string, get row)) error

func parse(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	r.Page.Body = bytes.TrimPrefix(p.Body, []byte("\xef\xbb\xbf"))
	for _, name := range slices.Sorted(maps.Keys(p.Source.Columns)) {
		if !slices.Contains(names, name) {
			return kind.Parsed{}, fmt.Errorf("%s: columns: %q is no field; there are %s", p.Source.Name, name, strings.Join(names, ", "))
		}
	}
	check := func(columns []string) error {
		for _, field := range slices.Sorted(maps.Keys(p.Source.Columns)) {
			if column := p.Source.Columns[field]; !slices.Contains(columns, column) {
				return fmt.Errorf("the file has no column %q for %s; it has %s", column, field, kind.Excerpt(strings.Join(columns, ", ")))
			}
		}
		return nil
	}
	err := format(p.URL, r.Page.Body)(r, check, func(place string, get row) {
		r.Add(place, posting(r, place, get))
	})
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("%s: %w", p.Source.Name, err)
	}
	return r.Parsed, nil
}

// format tells a file's format by its first bytes, and JSON from CSV by its first
// character; the name decides nothing but between commas and tabs.
func format(address string, body []byte) table {
	head := bytes.TrimSpace(body[:min(len(body), 256)])
	switch {
	case bytes.HasPrefix(body, []byte("PAR1")):
		return readParquet
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[{")), bytes.HasPrefix(head, []byte("[\n")):
		return readJSON
	}
	u, err := url.Parse(address)
	if err == nil && strings.HasPrefix(path.Ext(u.Path), ".json") {
		return readJSON
	}
	return readCSV
}

var markup = regexp.MustCompile(`(?i)</?(p|div|br|li|ul|h\d|strong|b)\b[^>]*>|&(amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-f]+);`)

func posting(r *kind.Reading, place string, get row) schema.Posting {
	var out schema.Posting
	read := func(field string) string {
		if column, ok := r.Page.Source.Columns[field]; ok {
			return get(column)
		}
		return get(field)
	}
	for _, name := range names {
		switch {
		case fields[name] != nil:
			*fields[name](&out) = read(name)
		case times[name] != nil:
			*times[name](&out) = r.Time(place, name, read(name))
		default:
			*amounts[name](&out) = amount(r, place, name, read(name))
		}
	}
	if markup.MatchString(out.Text) {
		out.Text = htmltext.Text(out.Text)
	}
	switch strings.ToLower(out.Remote) {
	case "true", "yes", "1", "t", "y":
		out.Remote = "yes"
	case "false", "no", "0", "f", "n":
		out.Remote = "no"
	default:
		out.Remote = kind.Remote(out.Remote)
	}
	out.PayPeriod = kind.Period(out.PayPeriod)
	out.URL, out.Link = kind.Resolve(r.Page.URL, out.URL), kind.Resolve(r.Page.URL, out.Link)
	if out.Key == "" && (out.Title != "" || out.Company != "") {
		out.Key = schema.ID(out.Company, out.Title, out.Location, out.Link, out.URL)
	}
	r.Print(&out)
	return out
}

func amount(r *kind.Reading, place, field, stated string) float64 {
	stated = strings.ReplaceAll(strings.TrimSpace(stated), ",", "")
	if stated == "" {
		return 0
	}
	f, err := strconv.ParseFloat(stated, 64)
	if err != nil || f < 0 || f > 1e12 {
		r.Reject(place, field, "this is no amount; the field stays empty", stated)
		return 0
	}
	return f
}

var errEmpty = errors.New("the file is empty")
