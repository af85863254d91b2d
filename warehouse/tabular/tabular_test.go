package tabular

import (
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"
)

func write(t *testing.T, f Form, query string) (string, error) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	_, err = f.Write(&b, rows)
	return b.String(), err
}

// everyType has a value of every type that a query may return.
const everyType = `SELECT 1::TINYINT AS a, sum(x)::HUGEINT AS b, 12.50::DECIMAL(9,2) AS c, 0.1::DOUBLE AS d, 'nan'::DOUBLE AS e, true AS f,
	DATE '2024-02-29' AS g, TIMESTAMP '2024-02-29 01:02:03.5' AS h, TIME '01:02:03' AS i, INTERVAL '14 months 3 days 5 seconds' AS j,
	[1, NULL, 3] AS k, {x: 1, y: 'z'} AS l, MAP {'p': 1} AS m, NULL AS n, 'ab'::BLOB AS o, -0.05::DECIMAL(4,2) AS p,
	'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID AS q, '{"u": [1]}'::JSON AS r, 1e300::DOUBLE AS s FROM (SELECT unnest([1, 2]) AS x)`

func TestEveryTypeAsJSON(t *testing.T) {
	got, err := write(t, Form{Format: "json"}, everyType)
	if err != nil {
		t.Fatal(err)
	}
	want := `[
{"a": 1, "b": 3, "c": 12.50, "d": 0.1, "e": "NaN", "f": true, "g": "2024-02-29", "h": "2024-02-29T01:02:03.5Z", "i": "01:02:03", ` +
		`"j": "1 year 2 months 3 days 00:00:05", "k": [1, null, 3], "l": {"x": 1, "y": "z"}, "m": {"p": 1}, "n": null, "o": "\\x6162", "p": -0.05, ` +
		`"q": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "r": {"u": [1]}, "s": 1e+300}
]
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !json.Valid([]byte(got)) {
		t.Error("no valid JSON")
	}
}

// hostile is a text of everything that a terminal, a spreadsheet or a reader of
// CSV may trip over.
const hostile = `SELECT '=1+1' || chr(27) || '[31mred' || chr(10) || 'two, "three"' || chr(8238) || 'x' || chr(155) AS "a` + "\x1b" + `b", 7 AS n`

func TestHostileText(t *testing.T) {
	for _, format := range []string{"table", "json"} {
		got, err := write(t, Form{Format: format}, hostile)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range strings.ReplaceAll(got, "\n", "") {
			if obeyed(r) {
				t.Errorf("%s writes the rune %U", format, r)
			}
		}
	}
	got, _ := write(t, Form{Format: "csv"}, hostile)
	cells, err := csv.NewReader(strings.NewReader(got)).ReadAll()
	if err != nil || cells[1][0] != "=1+1\x1b[31mred\ntwo, \"three\"\u202ex\u009b" {
		t.Errorf("csv is not exact: %q, %v", cells, err)
	}
	got, _ = write(t, Form{Format: "csv", Terminal: true}, hostile)
	if strings.ContainsRune(got, 0x1b) {
		t.Errorf("csv on a terminal has an escape: %q", got)
	}
	got, _ = write(t, Form{Format: "spreadsheet"}, hostile)
	cells, err = csv.NewReader(strings.NewReader(got)).ReadAll()
	if err != nil || !strings.HasPrefix(cells[1][0], "'=") || cells[1][1] != "7" {
		t.Errorf("spreadsheet: %q, %v", cells, err)
	}
}

func TestTable(t *testing.T) {
	got, err := write(t, Form{MaxWidth: 8}, "SELECT * FROM (VALUES (1, 'a long text'), (22, NULL), (333, '日本語テキスト')) AS t(n, name)")
	if err != nil {
		t.Fatal(err)
	}
	want := `  n  name
---  --------
  1  a long …
 22  NULL
333  日本語…
(3 rows)
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMaxRows(t *testing.T) {
	got, err := write(t, Form{Format: "csv", MaxRows: 2}, "SELECT unnest([1, 2, 3]) AS n")
	if !errors.Is(err, ErrMoreRows) || got != "n\n1\n2\n" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := write(t, Form{Format: "csv", MaxRows: 3}, "SELECT unnest([1, 2, 3]) AS n"); err != nil || got != "n\n1\n2\n3\n" {
		t.Errorf("as many rows as allowed: got %q, %v", got, err)
	}
	if _, err := write(t, Form{Format: "xml"}, "SELECT 1"); !errors.Is(err, ErrFormat) {
		t.Errorf("unknown format: %v", err)
	}
	if got, err := write(t, Form{Format: "json"}, "SELECT 1 AS a, 2 AS a WHERE false"); err != nil || got != "[\n]\n" {
		t.Errorf("no rows: %q, %v", got, err)
	}
}
