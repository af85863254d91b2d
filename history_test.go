package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/market"
)

// capture is one answer of a board: when, and the ids that it lists.
type capture struct {
	at     time.Time
	listed map[string]bool
	// doubtful captures list what they list, and close nothing.
	doubtful bool
}

// captures reads the boards' answers from the archive without any of the
// collectors.
func captures(t *testing.T, path string) map[string][]capture {
	t.Helper()
	out := map[string][]capture{}
	for r, err := range archive.Read(path) {
		if err != nil {
			t.Fatal(err)
		}
		_, rest, ok := strings.Cut(r.URL, "/v1/boards/")
		if !ok || r.Type != archive.Response {
			continue
		}
		board, _, _ := strings.Cut(rest, "/")
		var body struct {
			Jobs []struct{ ID json.Number }
		}
		if err := json.Unmarshal(r.Body, &body); err != nil {
			t.Fatalf("%s of %s: %v", r.URL, r.Date, err)
		}
		c := capture{at: r.Date.UTC(), listed: map[string]bool{}}
		for _, j := range body.Jobs {
			c.listed[j.ID.String()] = true
		}
		out[board] = append(out[board], c)
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b capture) int { return a.at.Compare(b.at) })
	}
	return out
}

// spells are a job's lines "opened, last listed, first missed", by looking at
// every capture in turn.
func spells(id string, list []capture) (lines []string) {
	var from, last string
	end := func(by string) {
		if from != "" {
			lines = append(lines, fmt.Sprintf("%s %s %s %s", id, from, last, by))
		}
		from = ""
	}
	for _, c := range list {
		switch day := c.at.Format(time.DateOnly); {
		case c.listed[id]:
			from, last = cmp.Or(from, day), day
		case !c.doubtful:
			end(day)
		}
	}
	end("open")
	return lines
}

// TestHistoryOfBoards holds the openings and closings of five real boards over
// ten months against a plain recount of what their captures list.
func TestHistoryOfBoards(t *testing.T) {
	path := filepath.Join(corpus(t), "greenhouse_history.warc.gz")
	boards := captures(t, path)
	if len(boards) != 5 {
		t.Fatalf("%d boards in the archive, want 5", len(boards))
	}
	// One capture lists 198 ads where those before list 462 and more. Whether the
	// rest closed or the answer was cut is told by the capture after it: until
	// then nothing closes.
	doubtful := 0
	for i, c := range boards["cloudflare"] {
		if c.at.Format(time.DateOnly) == "2026-05-09" && len(c.listed) == 198 {
			boards["cloudflare"][i].doubtful = true
			doubtful++
		}
	}
	if doubtful != 1 {
		t.Fatalf("%d captures of 198 ads on the day, want 1", doubtful)
	}

	p := counting(t, nil)
	replay(t, path, nil, p.house)
	derive(t, p)
	t.Logf("%-12s %8s %8s %9s %9s %8s", "board", "captures", "ids", "openings", "closings", "open")
	for _, board := range slices.Sorted(maps.Keys(boards)) {
		ids := map[string]bool{}
		for _, c := range boards[board] {
			for id := range c.listed {
				ids[id] = true
			}
		}
		var want []string
		open := 0
		for id := range ids {
			want = append(want, spells(id, boards[board])...)
		}
		slices.Sort(want)
		for _, line := range want {
			if strings.HasSuffix(line, " open") {
				open++
			}
		}
		if diff := gocmp.Diff(want, openings(t, p, "greenhouse/"+board)); diff != "" {
			t.Errorf("%s: id, opened, last listed, first missed (-recount +views):\n%s", board, diff)
		}
		t.Logf("%-12s %8d %8d %9d %9d %8d", board, len(boards[board]), len(ids), len(want), len(want)-open, open)
	}
	t.Log("\n" + strings.Join(byDomain(t, p), "\n"))
}

// openings are the lines of [spells] by the published views.
func openings(t *testing.T, p *Pipeline, source string) []string {
	t.Helper()
	return column(t, p, `
		SELECT p.posting_key || ' ' || o.open_from || ' ' || o.closed_after || ' ' || coalesce(o.closed_by::VARCHAR, 'open')
		FROM openings AS o JOIN postings AS p USING (posting_id)
		WHERE o.source = ? AND o.censored = (o.closed_by IS NULL) AND o.open_to IS NOT DISTINCT FROM o.closed_by
		ORDER BY 1`, source)
}

// byDomain tells each domain's openings and closings, boards together.
func byDomain(t *testing.T, p *Pipeline) []string {
	t.Helper()
	return column(t, p, `
		SELECT format('{:10} {:6} opened {:6} closed', domain, count(*), count(closed_by))
		FROM openings WHERE kind = 'greenhouse' GROUP BY domain ORDER BY count(*) DESC`)
}

// column is the first column of a query's rows.
func column(t *testing.T, p *Pipeline, query string, args ...any) (out []string) {
	t.Helper()
	rows, err := p.house.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestHalfACrawl cuts a board's last answer in half, and then has the board
// answer with an error: no line moves, and each time a mark says what happened.
func TestHalfACrawl(t *testing.T) {
	m := market.New(market.Small(11))
	path := filepath.Join(t.TempDir(), "market.warc.gz")
	writeArchive(t, path, m.WriteArchive)
	var last archive.Record // of the boards on Greenhouse, the one that lists most at its last crawl
	for r, err := range archive.Read(path) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(r.URL, "https://boards-api.greenhouse.io/v1/") && r.Status == http.StatusOK &&
			(r.URL == last.URL || len(r.Body) > len(last.Body)) {
			last = *r
			last.Body = slices.Clone(r.Body)
		}
	}
	token, _, _ := strings.Cut(strings.TrimPrefix(last.URL, "https://boards-api.greenhouse.io/v1/boards/"), "/")
	source := "greenhouse/" + token

	p := counting(t, m.Sources())
	replay(t, path, m.Sources(), p.house)
	derive(t, p)
	const lines = `SELECT source || ' ' || posting_id || ' ' || domain || ' ' || open_from || ' ' || coalesce(open_to::VARCHAR, 'open') FROM openings ORDER BY 1`
	want := column(t, p, lines)
	if n := len(column(t, p, "SELECT posting_id FROM openings WHERE censored AND source = ?", source)); n < 3 {
		t.Fatalf("%s lists %d ads at the end, too few to lose half", source, n)
	}

	cut, broken := last, last
	cut.Date, cut.Body = last.Date.AddDate(0, 0, 7), last.Body[:len(last.Body)/2]
	broken.Date, broken.Status, broken.Body = last.Date.AddDate(0, 0, 14), http.StatusServiceUnavailable, nil
	path = filepath.Join(t.TempDir(), "half.warc.gz")
	writeArchive(t, path, func(w io.Writer) error {
		var b bytes.Buffer
		err := errors.Join(archive.Encode(&b, &cut), archive.Encode(&b, &broken))
		_, err2 := b.WriteTo(w)
		return errors.Join(err, err2)
	})
	replay(t, path, m.Sources(), p.house)
	derive(t, p)
	if diff := gocmp.Diff(want, column(t, p, lines)); diff != "" {
		t.Errorf("lines moved:\n%s", diff)
	}
	days := column(t, p, "SELECT day::VARCHAR FROM marks WHERE kind = 'crawl' AND source = ? AND day > ? ORDER BY 1", source, last.Date)
	if diff := gocmp.Diff([]string{cut.Date.Format(time.DateOnly), broken.Date.Format(time.DateOnly)}, days); diff != "" {
		t.Errorf("marks of %s:\n%s", source, diff)
	}
}
