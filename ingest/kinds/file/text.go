package file

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"jobmarket/ingest/kinds/kind"
)

// readCSV reads a table whose first line names its columns, separated by commas,
// semicolons, tabs or bars. A row of another length is a reject.
func readCSV(r *kind.Reading, columns func([]string) error, each func(string, row)) error {
	body := r.Page.Body
	if len(bytes.TrimSpace(body)) == 0 {
		return errEmpty
	}
	if !utf8.Valid(body) {
		encoding, _, _ := charset.DetermineEncoding(body[:min(len(body), 1024)], r.Page.Header.Get("Content-Type"))
		decoded, err := encoding.NewDecoder().Bytes(body)
		if err != nil {
			return fmt.Errorf("the file's characters cannot be decoded: %w", err)
		}
		body = decoded
	}
	c := csv.NewReader(bytes.NewReader(body))
	c.Comma = separator(body)
	c.FieldsPerRecord = -1
	c.LazyQuotes = true
	header, err := c.Read()
	if err != nil {
		return fmt.Errorf("the file's first line: %w", err)
	}
	at := map[string]int{}
	for i, name := range header {
		header[i] = strings.TrimSpace(name)
		if _, twice := at[header[i]]; !twice {
			at[header[i]] = i
		}
	}
	if err := columns(header); err != nil {
		return err
	}
	for {
		cells, err := c.Read()
		if err == io.EOF {
			return nil
		}
		line, _ := c.FieldPos(0)
		place := fmt.Sprintf("line %d", line)
		if err != nil {
			var bad *csv.ParseError
			if !errors.As(err, &bad) {
				return err
			}
			r.Reject(fmt.Sprintf("line %d", bad.StartLine), "", "the row cannot be read: "+bad.Err.Error(), "")
			continue
		}
		if len(cells) != len(header) {
			r.Reject(place, "", fmt.Sprintf("the row has %d cells, the header %d", len(cells), len(header)), strings.Join(cells, ", "))
			continue
		}
		each(place, func(column string) string {
			if i, ok := at[column]; ok {
				return strings.TrimSpace(cells[i])
			}
			return ""
		})
	}
}

// separator is the one that the first line has most of.
func separator(body []byte) rune {
	first, _, _ := bytes.Cut(body, []byte("\n"))
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := bytes.Count(first, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// readJSON reads a list of objects, or one object a line.
func readJSON(r *kind.Reading, _ func([]string) error, each func(string, row)) error {
	body := bytes.TrimSpace(r.Page.Body)
	if len(body) == 0 {
		return errEmpty
	}
	if body[0] == '[' {
		_, err := kind.Records(r, "", func(place string, record map[string]any) { each(place, object(record)) })
		return err
	}
	number := 0
	for line := range bytes.Lines(r.Page.Body) {
		number++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		place := fmt.Sprintf("line %d", number)
		var record map[string]any
		if kind.Unmarshal(r, place, line, &record) {
			each(place, object(record))
		}
	}
	return nil
}

// object reads a column of a JSON object, by its name or by a path of names.
func object(record map[string]any) row {
	return func(column string) string {
		if v, ok := record[column]; ok {
			return text(v)
		}
		var v any = record
		for part := range strings.SplitSeq(column, ".") {
			inner, ok := v.(map[string]any)
			if !ok {
				return ""
			}
			v = inner[part]
		}
		return text(v)
	}
}

// text is a JSON value as a text; lists are joined, objects hold nothing to say.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case json.Number:
		return v.String()
	case []any:
		var parts []string
		for _, e := range v {
			if _, nested := e.([]any); !nested {
				parts = append(parts, text(e))
			}
		}
		return kind.Join(parts...)
	}
	return ""
}
