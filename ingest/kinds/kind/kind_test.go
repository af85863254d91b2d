package kind_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"jobmarket/ingest/kinds/kind"
)

func TestTime(t *testing.T) {
	for stated, want := range map[string]string{
		"2026-10-01T08:00:00.000Z":         "2026-10-01T08:00:00Z",
		"2025-10-23T16:24:33-04:00":        "2025-10-23T20:24:33Z",
		"2025-08-22T13:33:29.422+00:00":    "2025-08-22T13:33:29Z",
		"2020-02-15T10:23:26":              "2020-02-15T10:23:26Z",
		"2026-10-01 08:15:00 UTC":          "2026-10-01T08:15:00Z",
		"2026-10-01T08:15:00+0200":         "2026-10-01T06:15:00Z",
		"2026-10-01":                       "2026-10-01T00:00:00Z",
		"October  5, 2026":                 "2026-10-05T00:00:00Z",
		" Oct 5, 2026 ":                    "2026-10-05T00:00:00Z",
		"Thu, 10 Sep 2026 21:30:33 +0000":  "2026-09-10T21:30:33Z",
		"Thu, 10 Sep 2026 21:30:33 GMT":    "2026-09-10T21:30:33Z",
		"Thu, 1 Sep 2026 21:30:33 +0200":   "2026-09-01T19:30:33Z",
		"1790000000":                       "2026-09-21T14:13:20Z",
		"1790000000000":                    "2026-09-21T14:13:20Z",
		"-86400000000":                     "-0768-02-04T00:00:00Z",
		"9999-12-31T23:59:59Z":             "9999-12-31T23:59:59Z",
		"9999-12-31T23:59:59-10:00":        "",
		"0001-01-01T00:00:00Z":             "",
		"10000-01-01":                      "",
		"9223372036854775807":              "",
		"-9223372036854775808":             "",
		"2026-13-01":                       "",
		"soon":                             "",
		"20261001":                         "",
		strings.Repeat("2026-10-01", 1000): "",
		"\x00\xff":                         "",
	} {
		got, ok := kind.Time(stated)
		if want == "" || strings.HasPrefix(want, "-") {
			if ok {
				t.Errorf("%.40q is read as %s; it is no time", stated, got)
			}
			continue
		}
		if !ok || got.Format("2006-01-02T15:04:05Z07:00") != want {
			t.Errorf("%.40q is read as %s (%v), want %s", stated, got, ok, want)
		}
	}
}

func TestPeriodAndRemote(t *testing.T) {
	for stated, want := range map[string]string{"1 YEAR": "year", "per-year-salary": "year", "HOUR": "hour", " month ": "month", "fortnight": "", "": ""} {
		if got := kind.Period(stated); got != want {
			t.Errorf("Period(%q) = %q, want %q", stated, got, want)
		}
	}
	for stated, want := range map[string]string{"Remote": "yes", "Fully Remote": "yes", "on-site": "no", "On_Site": "no", "hybrid": "hybrid", "TELECOMMUTE": "yes", "unspecified": "", "": ""} {
		if got := kind.Remote(stated); got != want {
			t.Errorf("Remote(%q) = %q, want %q", stated, got, want)
		}
	}
}

func TestPayRange(t *testing.T) {
	for _, c := range []struct {
		low, high        float64
		currency, period string
		want             string
	}{
		{90000, 120000, "eur", "year", "EUR 90000-120000 a year"},
		{90000, 90000, "EUR", "", "EUR 90000"},
		{0, 55.5, "USD", "hour", "USD up to 55.5 a hour"},
		{10, 0, "", "month", "from 10 a month"},
		{0, 0, "USD", "year", ""},
	} {
		if got := kind.PayRange(c.low, c.high, c.currency, c.period); got != c.want {
			t.Errorf("PayRange(%v, %v, %q, %q) = %q, want %q", c.low, c.high, c.currency, c.period, got, c.want)
		}
	}
}

// TestMend also has text that must stay as it is.
func TestMend(t *testing.T) {
	for in, want := range map[string]string{
		"We\u00e2\u0080\u0099re": "We’re", "caf\u00c3\u00a9": "café", "café": "café", "Ã": "Ã", "Þór ‘x’": "Þór ‘x’", "": "",
	} {
		if got := kind.Mend(in); got != want {
			t.Errorf("Mend(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestRecordsHostile: half a megabyte of anything is read, or refused, in a moment.
func TestRecordsHostile(t *testing.T) {
	const size = 1 << 19
	type record struct {
		ID   kind.Text   `json:"id"`
		Pay  kind.Amount `json:"pay"`
		Tags kind.Texts  `json:"tags"`
	}
	for _, body := range []string{
		strings.Repeat("[", size), strings.Repeat(`{"jobs":`, size/8), `{"jobs":[` + strings.Repeat(`{"id":1},`, size/9),
		`{"jobs":[` + strings.Repeat("[", size), `{"jobs":[{"id":` + strings.Repeat("9", size) + `}]}`,
		`{"jobs":[{"pay":` + strings.Repeat("9", size) + `}]}`, `{"jobs":[{"id":"` + strings.Repeat(`\u0000`, size/6) + `"}]}`,
		`{"x":` + strings.Repeat(`{"y":`, 5000) + "1" + strings.Repeat("}", 5000) + `,"jobs":[]}`,
		strings.Repeat(`{"jobs":[]}`, size/11), `{"jobs":[` + strings.Repeat(`{"pay":"x"},`, size/12) + `{}]}`,
	} {
		start := time.Now()
		r := kind.Read(kind.Page{Body: []byte(body)})
		_, err := kind.Records(r, "jobs", func(string, record) {})
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%d bytes that begin with %.30q took %s", len(body), body, took)
		}
		if err != nil && len(err.Error()) > 500 {
			t.Errorf("%.30q: the error has %d characters", body, len(err.Error()))
		}
	}
}

// TestRecordsKeeps: what stands before the break is kept, and the page incomplete.
func TestRecordsKeeps(t *testing.T) {
	for body, want := range map[string]struct {
		records, rejects int
		complete, fails  bool
	}{
		`{"a": 1, "jobs": [{"id": 1}, {"id": "2"}], "b": {"c": "d"}}`: {2, 0, true, false},
		"\xef\xbb\xbf" + `{"jobs": []}`:                               {0, 0, true, false},
		`{"jobs": [{"id": 1}, {"id": []}, null, 7, {"id": 3}]}`:       {2, 3, true, false},
		`{"jobs": [{"id": 1}, {"id": 2`:                               {1, 1, false, false},
		`{"jobs": [{"id": 1}], "b": `:                                 {1, 1, false, false},
		`{"jobs": [{"id": 1}] "b"`:                                    {1, 1, false, false},
		`{"jobs": null}`:                                              {fails: true},
		`{"jobs": {"id": 1}}`:                                         {fails: true},
		`{"error": "x"}`:                                              {fails: true},
		`[{"id": 1}]`:                                                 {fails: true},
		`<html>`:                                                      {fails: true},
		``:                                                            {fails: true},
		`nonsense`:                                                    {fails: true},
	} {
		type record struct {
			ID kind.Text `json:"id"`
		}
		r, n := kind.Read(kind.Page{Body: []byte(body)}), 0
		env, err := kind.Records(r, "jobs", func(string, record) { n++ })
		if (err != nil) != want.fails {
			t.Errorf("%s: the error is %v", body, err)
		}
		if err == nil && (n != want.records || len(r.Rejects) != want.rejects || r.Complete != want.complete) {
			t.Errorf("%s: %d records, %d rejects, complete %v; want %+v", body, n, len(r.Rejects), r.Complete, want)
		}
		if strings.Contains(body, `"d"`) && env.Text("b.c") != "d" {
			t.Errorf("%s: b.c is %q", body, env.Text("b.c"))
		}
	}
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{"2026-10-01", "1790000000", `"12.5"`, "1e999", "null", "October  5, 2026", `["a"]`, "â\u0080\u0099"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if at, ok := kind.Time(s); ok && (at.Year() < 1 || at.Year() > 9999 || at.Location() != time.UTC) {
			t.Errorf("Time(%q) = %s", s, at)
		}
		var a kind.Amount
		if err := json.Unmarshal([]byte(s), &a); err == nil && !(a >= 0 && a <= math.MaxFloat64) {
			t.Errorf("Amount of %q is %v", s, a)
		}
		var text kind.Text
		var texts kind.Texts
		json.Unmarshal([]byte(s), &text)
		json.Unmarshal([]byte(s), &texts)
		if e := kind.Excerpt(s); utf8.RuneCountInString(e) > 200 || !utf8.ValidString(e) {
			t.Errorf("Excerpt(%q) = %q", s, e)
		}
		if !utf8.ValidString(kind.Mend(strings.ToValidUTF8(s, ""))) {
			t.Errorf("Mend(%q) is no UTF-8", s)
		}
		kind.Remote(s)
		kind.Period(s)
		kind.Join(s, s)
		kind.Resolve("https://a.example/b", s)
	})
}
