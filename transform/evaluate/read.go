// Package evaluate measures a classifier against labels that people made, and
// corrects counts for what the classifier is known to get wrong.
//
// It knows files of labelled postings, confusion matrices and intervals. It
// must not know how anything is judged: the judge is a function that it is given.
package evaluate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"

	"jobmarket/warehouse/schema"
)

// Row is one posting of an evaluation file. Domain and Rust are empty where
// the file has no label; Sure is nil there.
type Row struct {
	Source   string   `json:"source"`
	SourceID string   `json:"source_id"`
	Company  string   `json:"company"`
	Title    string   `json:"title"`
	Location string   `json:"location"`
	Date     string   `json:"date"` // a day, as 2006-01-02, or empty
	Text     string   `json:"text"`
	URL      string   `json:"url,omitempty"`  // of the employer's site, where given
	Link     string   `json:"link,omitempty"` // where the ad points, where given
	Domain   string   `json:"domain"`
	Also     []string `json:"also"` // nil: no label, empty: none applies
	Rust     string   `json:"rust"`
	Sure     *bool    `json:"sure"`

	Line int `json:"-"` // in the file, from 1
}

// MaxBad is how many bad lines Read names before it gives up reading for more.
const MaxBad = 20

// maxLine is the longest line that is read, in bytes.
const maxLine = 64 << 20

// Read reads an evaluation file: one JSON object a line, empty lines left out.
// Where lines are bad, the error joins one sentence for each (at most MaxBad)
// with the line's number and what to do, and the good rows are returned beside
// it.
func Read(r io.Reader) ([]Row, error) {
	var rows []Row
	var bad []error
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), maxLine)
	line := 0
	for in.Scan() {
		line++
		b := bytes.TrimSpace(bytes.TrimPrefix(in.Bytes(), []byte("\ufeff")))
		if len(b) == 0 {
			continue
		}
		row, err := readRow(b)
		if err != nil {
			bad = append(bad, fmt.Errorf("line %d: %w", line, err))
			if len(bad) == MaxBad {
				bad = append(bad, fmt.Errorf("line %d: too many bad lines, the rest was not read", line))
				break
			}
			continue
		}
		row.Line = line
		rows = append(rows, row)
	}
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		bad = append(bad, fmt.Errorf("line %d: is longer than %d MB: is this a file of one JSON object a line?", line+1, maxLine>>20))
	} else if err != nil {
		bad = append(bad, fmt.Errorf("line %d: %w: is this a file of one JSON object a line?", line+1, err))
	}
	return rows, errors.Join(bad...)
}

func readRow(b []byte) (Row, error) {
	var row Row
	if err := json.Unmarshal(b, &row); err != nil {
		var syntax *json.SyntaxError
		var wrong *json.UnmarshalTypeError
		switch {
		case errors.As(err, &wrong) && wrong.Field == "":
			return row, errors.New("this is no object: write one object a line")
		case errors.As(err, &wrong):
			wanted := map[reflect.Kind]string{reflect.String: "text in quotes", reflect.Bool: "true or false", reflect.Slice: "a list"}[wrong.Type.Kind()]
			return row, fmt.Errorf("field %q holds a %s, wanted %s: correct the line", wrong.Field, wrong.Value, wanted)
		case errors.As(err, &syntax):
			return row, fmt.Errorf("no JSON at byte %d (%v): write one object a line", syntax.Offset, syntax)
		}
		return row, err
	}
	if row.SourceID == "" {
		return row, errors.New("no source_id: give each posting one, predictions are written under it")
	}
	if row.Title == "" && row.Text == "" && row.Company == "" {
		return row, errors.New("no title, company or text: nothing is there to judge")
	}
	if row.Domain != "" && !slices.Contains(schema.Domains, row.Domain) {
		return row, fmt.Errorf("domain %q is unknown: use one of %s, or leave it out", row.Domain, strings.Join(schema.Domains, ", "))
	}
	if row.Rust != "" && !slices.Contains(Roles, row.Rust) {
		return row, fmt.Errorf("rust %q is unknown: use one of %s, or leave it out", row.Rust, strings.Join(Roles, ", "))
	}
	for _, a := range row.Also {
		if !slices.Contains(schema.Domains, a) {
			return row, fmt.Errorf("also names %q, which is no domain: use %s", a, strings.Join(schema.Domains, ", "))
		}
	}
	if row.Date != "" {
		if _, err := row.day(); err != nil {
			return row, fmt.Errorf("date %q is no day: write it as 2006-01-02, or leave it out", row.Date)
		}
	}
	return row, nil
}

func (r *Row) day() (time.Time, error) {
	return time.Parse("2006-01-02", r.Date[:min(len(r.Date), 10)])
}

// Roles are the classes of the label rust.
var Roles = []string{schema.RoleCore, schema.RoleSome, schema.RoleNo}

// Posting is the row as a classifier reads postings: no label goes into it.
func (r *Row) Posting() *schema.Posting {
	p := &schema.Posting{
		Source: r.Source, Key: r.SourceID, Title: r.Title, Company: r.Company, CompanyURL: r.URL,
		Link: r.Link, Location: r.Location, Text: r.Text,
	}
	if r.Date != "" {
		p.SeenAt, _ = r.day()
		p.PublishedAt = p.SeenAt
	}
	p.Seal()
	return p
}
