package query

import (
	"testing"
	"testing/fstest"
	"time"
)

func TestText(t *testing.T) {
	s := MustParse(fstest.MapFS{"q.sql": {Data: []byte("\nSELECT {{str .Name}} WHERE s IN {{list .Names}} AND d = {{date .Day}}\n")}}, "*.sql")
	type values struct {
		Name  string
		Names []string
		Day   time.Time
	}
	day := time.Date(2022, 6, 21, 23, 0, 0, 0, time.UTC)
	got, err := s.Text("q.sql", values{"O'Neil; DROP TABLE x --", []string{"a", "b'"}, day})
	if want := "SELECT 'O''Neil; DROP TABLE x --' WHERE s IN ('a', 'b''') AND d = DATE '2022-06-21'"; err != nil || got != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
	if got, err := s.Text("q.sql", values{"x", nil, day}); err != nil || got != "SELECT 'x' WHERE s IN ('') AND d = DATE '2022-06-21'" {
		t.Errorf("an empty list gives %s, %v", got, err)
	}
	for _, bad := range []string{`a\' OR 1=1 --`, "a\nb", "a\x00b", "\xff"} {
		if got, err := s.Text("q.sql", values{bad, nil, day}); err == nil {
			t.Errorf("%q was written as %s: engines read it differently", bad, got)
		}
	}
	if _, err := s.Text("none.sql", nil); err == nil {
		t.Error("a query that is not there has a text")
	}
}
