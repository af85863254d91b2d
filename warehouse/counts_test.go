package warehouse

import (
	"strings"
	"testing"
)

// counted are four periods of a market of two sources, written by hand: news
// prints, and board, which begins in April, is about crypto alone. Job a stands in
// both; job z was on the board when it was first looked at.
const counted = `
CREATE OR REPLACE VIEW main.sources AS SELECT * FROM (VALUES
	('news', TIMESTAMP '2024-01-03', TIMESTAMP '2024-06-05'), ('board', TIMESTAMP '2024-04-01', TIMESTAMP '2024-06-10')) AS t(source, first_seen, last_seen);
CREATE OR REPLACE VIEW main.openings AS SELECT *, CASE WHEN open_to IS NULL THEN DATE '2024-06-09' END AS watched_to, true AS is_job, NULL::VARCHAR AS selects, 'mid' AS seniority, false AS simulated FROM (VALUES
	('n1', 'a', 'acme', 'news',  'periodical', 'crypto', 'core', 'DE', 'remote', DATE '2024-01-03', DATE '2024-02-02'),
	('n2', 'b', 'brem', 'news',  'periodical', 'web',    'core', 'DE', 'onsite', DATE '2024-01-03', DATE '2024-02-02'),
	('n3', 'c', 'brem', 'news',  'periodical', 'web',    'some', 'US', 'onsite', DATE '2024-01-10', DATE '2024-02-09'),
	('n4', 'd', 'acme', 'news',  'periodical', 'crypto', 'core', 'US', 'remote', DATE '2024-04-03', DATE '2024-05-03'),
	('n5', 'e', 'brem', 'news',  'periodical', 'web',    'core', NULL, 'onsite', DATE '2024-04-03', DATE '2024-05-03'),
	('n6', 'f', 'crow', 'news',  'periodical', 'web',    'core', 'DE', 'onsite', DATE '2024-05-01', DATE '2024-05-31'),
	('n7', 'g', 'crow', 'news',  'periodical', 'web',    'core', 'DE', 'onsite', DATE '2024-05-01', DATE '2024-05-31'),
	('b1', 'a', 'acme', 'board', 'feed',       'crypto', 'core', 'DE', 'remote', DATE '2024-04-15', NULL),
	('b2', 'h', 'acme', 'board', 'feed',       'crypto', 'core', 'DE', 'remote', DATE '2024-04-15', DATE '2024-06-02'),
	('b3', 'i', 'acme', 'board', 'feed',       'crypto', 'core', 'DE', 'remote', DATE '2024-04-15', NULL),
	('b4', 'z', 'acme', 'board', 'feed',       'crypto', 'core', 'DE', 'remote', DATE '2024-04-01', NULL)
) AS t(posting_id, job_id, employer_id, source, mode, domain, market_role, country, remote, open_from, open_to);
CREATE OR REPLACE VIEW main.mentions AS SELECT * FROM (VALUES ('n1', 'language', 'rust'), ('n1', 'language', 'go'), ('n2', 'language', 'rust'), ('n2', 'technology', 'aws')) AS t(posting_id, kind, term);
CREATE OR REPLACE VIEW main.sightings AS SELECT * FROM (VALUES
	('n1', TIMESTAMP '2024-01-03 10:00'), ('n1', TIMESTAMP '2024-01-10 10:00'), ('n1', TIMESTAMP '2024-01-17 10:00'), ('n2', TIMESTAMP '2024-01-03 10:00')) AS t(posting_id, seen_at);`

func TestCounts(t *testing.T) {
	w := open(t, t.TempDir())
	if _, err := w.conn.ExecContext(t.Context(), counted); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ ask, want string }{
		// Of April's: a was new in January, z on the board at its first crawl.
		{"period, part, n FROM flow()", "2024-01-01 all 2; 2024-04-01 all 4; 2024-05-01 all 2"},
		{"period, part, n FROM flow(role := 'some', every := 'quarter')", "2024-01-01 all 3; 2024-04-01 all 6"},
		{"period, part, n FROM flow('postings', 'country')", "2024-01-01 DE 2; 2024-04-01 DE 3; 2024-04-01 US 1; 2024-04-01 - 1; 2024-05-01 DE 2"},
		{"period, part, n FROM flow(by := 'source', every := 'year')", "2024-01-01 board 3; 2024-01-01 news 6"},
		{"period, part, n FROM flow('employers', every := 'week')", "2024-01-01 all 1; 2024-04-29 all 1"},
		{"period, part, n FROM flow('sightings', every := 'day')", "2024-01-03 all 2; 2024-01-10 all 1; 2024-01-17 all 1"},
		{"period, part, n FROM flow('sightings', 'language')", "2024-01-01 go 3; 2024-01-01 rust 4"},
		// News' ads of January are open up to 2 February: on the first of it, and not of March.
		{"day, part, n FROM stock()", "2024-02-01 all 2; 2024-04-01 all 1; 2024-05-01 all 8; 2024-06-01 all 4"},
		{"day, part, n FROM stock('employers', 'remote')", "2024-02-01 onsite 1; 2024-02-01 remote 1; 2024-04-01 remote 1; 2024-05-01 onsite 2; 2024-05-01 remote 1; 2024-06-01 remote 1"},
		{"day, part, n FROM stock('postings', every := 'day') WHERE day BETWEEN '2024-06-01' AND '2024-06-30' AND n <> 3", "2024-06-01 all 4"},
		// The board's ads without an end are known up to 9 June, though it was seen on the 10th.
		{"max(day) FROM stock(every := 'day')", "2024-06-09"},
	} {
		got := strings.ReplaceAll(strings.ReplaceAll(query(t, w, "SELECT "+c.ask), "|", " "), "\n", "; ")
		if got != c.want {
			t.Errorf("%s gave\n%s, want\n%s", c.ask, got, c.want)
		}
	}
	for ask, want := range map[string]string{
		"flow('ads')":                "unit is jobs",
		"flow(by := 'city')":         "by is all",
		"stock(role := 'main')":      "role is core",
		"stock(unit := 'sightings')": "has no stock",
	} {
		_, err := w.conn.ExecContext(t.Context(), "SELECT * FROM "+ask)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gave error %v, want %q", ask, err, want)
		}
	}
}

// TestShareChanges compares with numbers computed by hand. January: news alone, 1
// of 2 crypto. April: news 1 of 2, board 2 of 2, so crypto is 3 of 4 and rose by
// 0.25: news kept its half (within 0), the board came (mix +0.25: its 0.5 * 1 less
// the half of news' weight, 0.5 * 0.5). May: news alone, 0 of 2: within news
// mean(0.5, 1) * -0.5 = -0.375; mix 0.5 * 0.25 - 0.5 = -0.375; -0.75 in all.
func TestShareChanges(t *testing.T) {
	w := open(t, t.TempDir())
	if _, err := w.conn.ExecContext(t.Context(), counted); err != nil {
		t.Fatal(err)
	}
	got := query(t, w, "SELECT period, before, jobs_before, jobs, share_before, share, within, mix, total FROM share_changes('month') WHERE domain = 'crypto'")
	want := `2024-04-01|2024-01-01|2|4|0.5|0.75|0|0.25|0.25
2024-05-01|2024-04-01|4|2|0.75|0|-0.375|-0.375|-0.75`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if odd := query(t, w, "SELECT * FROM share_changes('week') WHERE abs(within + mix - total) > 1e-12 OR abs(share - share_before - total) > 1e-12"); odd != "" {
		t.Errorf("parts that do not add up:\n%s", odd)
	}
}
