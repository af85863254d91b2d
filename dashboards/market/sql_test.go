package market

import (
	"database/sql"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/dashboards/fixture"
	"jobmarket/dashboards/stats"
)

// marketOfTen is ten ads and two more of j1, of which charts count five jobs up to 1
// March 2022: j1 stands in three sources, in two of them since its first day and in
// one of those twice; j2 was on the board at its first crawl; of j3 nobody knows the
// employer; j6 was printed twice; j9 was missed by a crawl. j4 names the language as a
// plus, j5 stands in a source that selects, j7 came later, and j8 has a date of 1970.
func marketOfTen(t *testing.T) *sql.DB {
	db := fixture.Open(t, []fixture.Source{
		{Name: "letter", Kind: "letter", Lifetime: 30}, {Name: "forum", Kind: "forum", Lifetime: 30, Titles: true},
		{Name: "board", Kind: "board"}, {Name: "zine", Kind: "zine", Lifetime: 30}, {Name: "coins", Kind: "coins", Lifetime: 30, Selects: "crypto"},
	}, []fixture.Ad{
		{ID: "p1", Job: "j1", Employer: "Acme", Title: "One", Domain: "crypto", Source: "letter", Seen: []string{"2022-01-10"}, Names: []string{"go", "rust"}, URL: "https://letter/1"},
		{ID: "p0", Job: "j1", Employer: "Acme", Title: "One", Domain: "crypto", Source: "board", Seen: []string{"2022-01-12", "2022-02-12"}, Names: []string{"go"}, URL: "https://board/1"},
		{ID: "p2", Job: "j2", Employer: "Bolt", Title: "Two", Domain: "web", Source: "board", Seen: []string{"2022-01-05", "2022-02-12"}, Until: "2022-02-20", Names: []string{"c++"}, URL: "https://board/2"},
		{ID: "p3", Job: "j3", Unknown: true, Title: "Three", Domain: "cloud", Source: "forum", Seen: []string{"2022-02-01"}, Names: []string{"go"}, URL: "https://forum/3"},
		{ID: "p4", Job: "j4", Employer: "Acme", Domain: "crypto", Source: "letter", Seen: []string{"2022-02-15"}, Role: "some"},
		{ID: "p5", Job: "j5", Employer: "Acme", Domain: "crypto", Source: "coins", Seen: []string{"2022-02-15"}},
		{ID: "p6", Job: "j6", Employer: "Acme", Title: "Six", Domain: "crypto", Source: "letter", Seen: []string{"2022-02-16", "2022-02-20"}, Names: []string{"c++"}, URL: "https://letter/6"},
		{ID: "p7", Job: "j7", Employer: "Acme", Domain: "crypto", Source: "letter", Seen: []string{"2022-03-05"}, Names: []string{"go"}},
		{ID: "p8", Job: "j8", Employer: "Old", Domain: "web", Source: "letter", Seen: []string{"1970-01-01"}},
		{ID: "p9", Job: "j9", Employer: "Bolt", Title: "Nine", Domain: "web", Source: "board", Seen: []string{"2022-01-20"}, Until: "2022-02-03", URL: "https://board/9"},
		{ID: "q1", Job: "j1", Employer: "Acme", Title: "One", Domain: "crypto", Source: "letter", Seen: []string{"2022-01-10"}, URL: "https://letter/again"},
		{ID: "a1", Job: "j1", Employer: "Acme", Title: "One", Domain: "crypto", Source: "zine", Seen: []string{"2022-01-10"}, URL: "https://zine/1"},
	}, false)
	if _, err := db.Exec(`
		INSERT INTO runs VALUES ('r1', 'run', 'dev', '2022-02-01', '2022-02-01 00:01:00', 'ok', NULL, false, false), ('r2', 'run', 'dev', '2022-03-02', '2022-03-02 00:01:00', 'failed', 'no', false, false);
		INSERT INTO run_sources VALUES ('r1', 'letter', 30, 700, 600, 1, 4, 2, 3, 1.5, 'ok', NULL), ('r1', 'forum', 5, 7, 6, 0, 0, 0, 1, 1.5, 'ok', NULL), ('r2', 'letter', 1, 0, 0, 0, 1, 1, 1, 1, 'failed', NULL);
		INSERT INTO crawls VALUES ('c2', 'board', '2022-02-12', true), ('c3', 'board', '2022-02-13', false), ('c4', 'board', '2022-03-04', false);
		INSERT INTO rejects VALUES ('letter', 'https://a', 'line 9', 'title', 'No title.', 'z'), ('letter', 'https://b', 'line 1', 'title', 'No title.', 'y'), ('forum', 'https://c', 'line 2', NULL, 'Broken.', 'x');
		INSERT INTO marks VALUES ('2022-01-10', 'letter', 'source', 'Begins.'), ('2022-03-04', 'board', 'crawl', 'A crawl failed.')`); err != nil {
		t.Fatal(err)
	}
	return db
}

// rowsOf is the answer to a query, a line a row.
func rowsOf(t *testing.T, db *sql.DB, text string) string {
	t.Helper()
	rows, err := db.Query(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	var b strings.Builder
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, v := range values {
			if d, ok := v.(time.Time); ok {
				v = d.Format(time.DateOnly)
			}
			values[i] = fmt.Sprint(v)
		}
		fmt.Fprintln(&b, strings.ReplaceAll(strings.Join(strings.Split(fmt.Sprintf("%q", values), `" "`), " | "), `"`, ""))
	}
	return b.String()
}

// TestQueries holds each query of this package to the rows that these ads give, on a
// day in the middle of them and with all that came after left out.
func TestQueries(t *testing.T) {
	db := marketOfTen(t)
	f := frame{Roles: []string{"core"}, First: at("2000-01-01"), On: at("2022-03-01"), Cut: true, Days: []time.Time{at("2022-01-15"), at("2022-02-15"), at("2022-03-01")}, Language: "rust"}
	files, err := fs.Glob(sqlFiles, "sql/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		name = strings.TrimPrefix(name, "sql/")
		if name == "counted.sql" { // what the others have in common
			continue
		}
		text, err := queries.Text(name, f)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(strings.TrimPrefix(wanted[name], "\n"), rowsOf(t, db, text)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	f.On = at("2022-03-20") // more than thirty days after the board was crawled last
	text, err := queries.Text("unknown.sql", f)
	if got := rowsOf(t, db, text); err != nil || got != "[1 | 1 | 2022-02-12]\n" {
		t.Errorf("of j1, open when it was last seen, there is %q, %v", got, err)
	}
}

// What pages show adds up, on the last day and on one before.
func TestLoad(t *testing.T) {
	db := marketOfTen(t)
	for day, want := range map[string]string{
		"":           "2022-01-05 to 2022-03-05: 6 jobs of 2 employers and 1 of nobody's, by source 6, new 5; 3 open, of 3 from sources, marks and runs 2 2",
		"2022-03-01": "2022-01-05 to 2022-02-20: 5 jobs of 2 employers and 1 of nobody's, by source 5, new 4; 3 open, of 3 from sources, marks and runs 1 2",
	} {
		m, err := Load(t.Context(), db, Options{Language: "rust", Definition: "core", On: at(day)})
		if err != nil {
			t.Fatal(err)
		}
		sum := func(by []Brought) (n float64) {
			for _, b := range by {
				n += b.N
			}
			return n
		}
		open := 0.0
		for _, c := range m.Open.Clusters {
			open += stats.Whole(c)
		}
		got := fmt.Sprintf("%s to %s: %d jobs of %d employers and %d of nobody's, by source %v, new %v; %v open, of %v from sources, marks and runs %d %d", m.First.Format(time.DateOnly), m.Last.Format(time.DateOnly),
			m.Jobs, m.Employers, m.Nobodys, sum(m.BySource), Total(m.New), open, sum(m.OpenBySource), len(m.Marks), len(m.Runs))
		if got != want {
			t.Errorf("%q: %s\nwant %s", day, got, want)
		}
		if int64(len(m.Listed)) != m.Jobs {
			t.Errorf("%d of %d jobs are listed", len(m.Listed), m.Jobs)
		}
		for _, s := range m.Sources {
			if day != "" && s.LastSeen.Valid && s.LastSeen.Time.After(at(day)) {
				t.Errorf("%s was seen on %v, after the day that is measured", s.Name, s.LastSeen.Time)
			}
		}
	}
}

var wanted = map[string]string{
	"by_source.sql": `
[board | 2 | 0]
[letter | 2 | 2]
[forum | 1 | 1]
`,
	"employers.sql": `
[crypto | Acme | 2]
[web | Bolt | 2]
`,
	"lifetimes.sql": `
[acme | 1 | board | crypto | 31 | 31 | 0 | 1 | 2022-01-12 | 2022-02-12]
[bolt | 1 | board | web | 0 | 14 | 1 | 1 | 2022-01-20 | 2022-01-20]
`,
	"listed.sql": `
[j6 | Six | Acme | crypto | letter | 2022-02-16 | 2022-02-20 | https://letter/6 |  | DE | remote | senior]
[j3 | Three |  | cloud | forum | 2022-02-01 | 2022-02-01 | https://forum/3 |  | DE | remote | ]
[j9 | Nine | Bolt | web | board | 2022-01-20 | 2022-01-20 | https://board/9 |  | DE | remote | ]
[j1 | One | Acme | crypto | letter | 2022-01-10 | 2022-02-12 | https://letter/1 |  | DE | remote | senior]
[j2 | Two | Bolt | web | board | 2022-01-05 | 2022-02-12 | https://board/2 |  | DE |  | senior]
`,
	"marks.sql": `
[2022-01-10 | letter | source | Begins.]
`,
	"new.sql": `
[2022-01-01 | board | bolt | 1 | web | DE | remote |  | 1]
[2022-01-01 | letter | acme | 1 | crypto | DE | onsite | senior | 1]
[2022-02-01 | forum | j3 | 0 | cloud | DE | remote |  | 1]
[2022-02-01 | letter | acme | 1 | crypto | DE | remote | senior | 1]
`,
	"of.sql": `
[cloud | 1 | 0]
[crypto | 2 | 2]
[web | 2 | 2]
`,
	"open_now.sql": `
[acme | 1 | crypto | 2]
[j3 | 0 | cloud | 1]
`,
	"rejects.sql": `
[letter | No title. | title | 2 | https://a | line 9 | z]
[forum | Broken. |  | 1 | https://c | line 2 | x]
`,
	"runs.sql": `
[r2 | run | dev | 2022-03-02 | 2022-03-02 | failed | no | 1 | 0 | 0 | 0 | 1 | 1 | 1]
[r1 | run | dev | 2022-02-01 | 2022-02-01 | ok |  | 35 | 707 | 606 | 1 | 4 | 4 | 2]
`,
	"sources.sql": `
[letter | letter | periodical | 30 |  | true | 1970-01-01 | 2022-02-20 | 1 | 0 | 1970-01-01 | 5 | 4]
[board | board | feed | 0 |  | true | 2022-01-05 | 2022-02-12 | 3 | 1 | 2022-02-13 | 3 | 3]
[coins | coins | periodical | 30 | crypto | true | 2022-02-15 | 2022-02-15 | 1 | 0 | 2022-02-15 | 1 | 1]
[forum | forum | periodical | 30 |  | true | 2022-02-01 | 2022-02-01 | 1 | 0 | 2022-02-01 | 1 | 1]
[zine | zine | periodical | 30 |  | true | 2022-01-10 | 2022-01-10 | 1 | 0 | 2022-01-10 | 1 | 1]
`,
	"span.sql": `
[2022-01-05 | 2022-02-20 | 5 | 8 | 2 | 1]
`,
	"stock.sql": `
[2022-01-15 | crypto | 1]
[2022-01-15 | web | 1]
[2022-02-15 | cloud | 1]
[2022-02-15 | crypto | 1]
[2022-02-15 | web | 1]
[2022-03-01 | cloud | 1]
[2022-03-01 | crypto | 2]
`,
	"terms.sql": `
[crypto | language | c++ | 1]
[crypto | language | go | 1]
[web | language | c++ | 1]
`,
	"totals.sql": `
[5 | 11 | 0 | 2022-03-05 | v1]
`,
	"troubles.sql": `
[5 | 3 | 5 | 3]
`,
	"unknown.sql": `
[0 | 0 | <nil>]
`,
	"watched.sql": `
[board | 2022-01-05 | 2022-02-12 | 2022-03-14]
[forum | 2022-02-01 | 2022-02-01 | 2022-03-02]
[letter | 1970-01-01 | 1970-01-01 | 1970-01-30]
[letter | 2022-01-10 | 2022-03-01 | 2022-04-03]
[zine | 2022-01-10 | 2022-01-10 | 2022-02-08]
`,
}
