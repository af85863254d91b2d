package ingest_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/ingest"
	"jobmarket/ingest/archive"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// shelfOf writes an archive of captures: "DAY PATH BODY", or "DAY PATH STATUS
// BODY" for other answers than 200.
func shelfOf(t *testing.T, captures ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, c := range captures {
		f := strings.SplitN(c, " ", 3)
		day, err := time.Parse("01-02", f[0])
		if err != nil {
			t.Fatal(err)
		}
		rec := &archive.Record{Type: archive.Response, URL: "https://board.example" + f[1], Date: day.AddDate(2025, 0, 0), Status: 200,
			Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(f[2])}
		if n, _ := fmt.Sscanf(f[2], "%d", &rec.Status); n == 1 {
			rec.Body = nil
		}
		if _, to, ok := strings.Cut(f[2], "->"); ok {
			rec.Header.Set("Location", strings.TrimSpace(to))
		}
		if err := archive.Encode(&b, rec); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "foreign.warc.gz")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// boards recognises https://board.example/TOKEN as a start and
// /TOKEN/ANYTHING as a page of that board.
func boards(mode schema.Mode) kinds.Kind {
	k := sheets(mode)
	k.Start = func(s schema.Source) []string { return []string{"https://board.example/" + s.Board} }
	k.Recognise = func(u *url.URL) (kinds.Place, bool) {
		board, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
		if u.Host != "board.example" || board == "" || board == "robots.txt" {
			return kinds.Place{}, false
		}
		return kinds.Place{Source: schema.Source{Name: "sheets/" + board, Kind: "sheets", Board: board, Mode: mode, LifetimeDays: 30}, Start: rest == ""}, true
	}
	return k
}

// TestForeign holds replays of archives that are not ours to the rules of how
// captures make crawls.
func TestForeign(t *testing.T) {
	for name, x := range map[string]struct {
		mode     schema.Mode
		captures []string
		crawls   []string // source, start, pages, sightings, complete
		missing  int64
	}{
		"each capture of the start opens a crawl": {schema.Feed, []string{
			`01-01 /a {"jobs":["1","2"]}`, `01-08 /a {"jobs":["2"]}`, `01-15 /a {"jobs":["2","3"]}`, `01-08 /b {"jobs":["9"]}`,
		}, []string{"sheets/a 01-01 1 2 true", "sheets/a 01-08 1 1 true", "sheets/a 01-15 1 2 true", "sheets/b 01-08 1 1 true"}, 0},
		"what follows belongs to it": {schema.Feed, []string{
			`01-01 /a {"links":["/a/1","/a/2"]}`, `01-02 /a/1 {"jobs":["1"]}`, `01-02 /a/2 {"jobs":["2"]}`,
			`01-08 /a {"links":["/a/1"]}`, `01-09 /a/1 {"jobs":["1"]}`,
		}, []string{"sheets/a 01-01 3 2 true", "sheets/a 01-08 2 1 true"}, 0},
		"a page that lacks closes nothing": {schema.Feed, []string{
			`01-01 /a {"jobs":["1"],"links":["/a/1","/a/2"]}`, `01-02 /a/1 {"jobs":["2"]}`,
		}, []string{"sheets/a 01-01 2 2 false"}, 1},
		"a page of another crawl does not stand in for a feed's": {schema.Feed, []string{
			`01-01 /a {"links":["/a/1"]}`, `01-02 /a/1 {"jobs":["1"]}`, `01-08 /a {"links":["/a/1"]}`,
		}, []string{"sheets/a 01-01 2 1 true", "sheets/a 01-08 1 0 false"}, 1},
		"a periodical's issue is captured once": {schema.Periodical, []string{
			`01-01 /a {"links":["/a/1"]}`, `01-02 /a/1 {"jobs":["1"]}`, `01-08 /a {"links":["/a/1","/a/2"]}`, `01-09 /a/2 {"jobs":["2"]}`,
		}, []string{"sheets/a 01-01 2 1 true", "sheets/a 01-08 2 1 true"}, 0},
		"an issue without its list": {schema.Periodical, []string{
			`01-01 /a/1 {"jobs":["1"]}`, `01-02 /a/2 {"jobs":["2","3"]}`,
		}, []string{"sheets/a 01-01 2 3 false"}, 0},
		"an issue that no list names": {schema.Periodical, []string{
			`01-01 /a {"links":[]}`, `01-02 /a/1 {"jobs":["1"]}`,
		}, []string{"sheets/a 01-01 2 1 true"}, 0},
		"robots.txt of the time": {schema.Feed, []string{
			"01-01 /robots.txt User-agent: *\nDisallow:", `01-01 /a {"jobs":["1"]}`,
			"01-05 /robots.txt User-agent: *\nDisallow: /a", `01-08 /a {"jobs":["1"]}`,
			"01-12 /robots.txt 404", `01-15 /a {"jobs":["1"]}`,
		}, []string{"sheets/a 01-01 1 1 true", "sheets/a 01-08 0 0 false", "sheets/a 01-15 1 1 true"}, 0},
		"a start page that failed": {schema.Feed, []string{
			`01-01 /a {"jobs":["1"]}`, `01-08 /a 503`, `01-15 /a {"jobs":["1"]}`,
		}, []string{"sheets/a 01-01 1 1 true", "sheets/a 01-08 0 0 false", "sheets/a 01-15 1 1 true"}, 0},
		"a redirect that was captured too": {schema.Feed, []string{
			`01-01 /a {"links":["/a/1"]}`, `01-01 /a/1 302 -> https://board.example/a/2`, `01-01 /a/2 {"jobs":["1"]}`,
		}, []string{"sheets/a 01-01 2 1 true"}, 0},
		"one capture twice": {schema.Feed, []string{
			`01-01 /a {"jobs":["1"]}`, `01-01 /a {"jobs":["1"]}`,
		}, []string{"sheets/a 01-01 1 1 true"}, 0},
		"a page that links in a circle": {schema.Feed, []string{
			`01-01 /a {"links":["/a/1","/a"]}`, `01-01 /a/1 {"jobs":["1"],"links":["/a","/a/1"]}`,
		}, []string{"sheets/a 01-01 2 1 true"}, 0},
		"nothing that any kind knows": {schema.Feed, []string{`01-01 /robots.txt x`}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			o := ingest.Options{Kinds: []kinds.Kind{boards(x.mode)}, Replay: []string{shelfOf(t, x.captures...)}, UserAgent: "jobmarket/1"}
			var missing int64
			m := newMemory()
			for _, tally := range run(t, o, m) {
				missing += tally.NotArchived
			}
			var got []string
			for _, c := range m.crawls {
				got = append(got, fmt.Sprintf("%s %s %d %d %t", c.Source, c.StartedAt.Format("01-02"), c.Pages, c.Sightings, c.Complete))
			}
			slices.Sort(got)
			if diff := cmp.Diff(x.crawls, got); diff != "" || missing != x.missing {
				t.Errorf("%d missing, want %d; crawls -want +got:\n%s", missing, x.missing, diff)
			}
			if len(x.crawls) > 0 && (len(m.sources) == 0 || m.sources["sheets/a"].Mode != x.mode) {
				t.Errorf("the sink was not told of the sources: %+v", m.sources)
			}
			again := newMemory()
			o.Now = func() time.Time { return time.Now().Add(time.Hour) }
			run(t, o, again)
			if diff := cmp.Diff(stripped(m), stripped(again)); diff != "" {
				t.Errorf("a second replay differs:\n%s", diff)
			}
		})
	}
}

// stripped is what a sink holds, without the run.
func stripped(m *memory) []any {
	var list []any
	for _, id := range slices.Sorted(keysOf(m.pages)) {
		p := m.pages[id]
		p.RunID = ""
		list = append(list, p)
	}
	for _, id := range slices.Sorted(keysOf(m.crawls)) {
		c := m.crawls[id]
		c.RunID = ""
		list = append(list, c)
	}
	for _, id := range slices.Sorted(keysOf(m.sightings)) {
		list = append(list, m.sightings[id])
	}
	for _, id := range slices.Sorted(keysOf(m.postings)) {
		list = append(list, m.postings[id])
	}
	for _, id := range slices.Sorted(keysOf(m.rejects)) {
		r := m.rejects[id]
		r.RunID = ""
		list = append(list, r)
	}
	return list
}

// TestConfiguredReplay reads an archive's pages as those of the configured
// source, name, lifetime and all.
func TestConfiguredReplay(t *testing.T) {
	o := ingest.Options{Kinds: []kinds.Kind{boards(schema.Feed)}, UserAgent: "jobmarket/1",
		Replay:  []string{shelfOf(t, `01-01 /a {"jobs":["1"]}`, `01-01 /b {"jobs":["2"]}`)},
		Sources: []schema.Source{{Name: "Acme", Kind: "sheets", Board: "a", Mode: schema.Feed}, {Name: "Absent", Kind: "sheets", Board: "z", Mode: schema.Feed}}}
	m := newMemory()
	got := run(t, o, m)
	if got["Acme"].Sightings != 1 || got["sheets/b"].Sightings != 1 || got["Absent"].NotArchived != 1 || got["Absent"].Outcome != "ok" || len(got) != 3 {
		t.Errorf("%+v", got)
	}
	if len(m.sources) != 1 || m.sources["sheets/b"].Board != "b" {
		t.Errorf("sources told of: %+v", m.sources)
	}
}

// TestWholeGzip replays an archive that was compressed as a whole: the same rows
// come out, and each page's place leads to its bytes.
func TestWholeGzip(t *testing.T) {
	byRecord := shelfOf(t, `01-01 /a {"links":["/a/1","/a/2"]}`, `01-02 /a/1 {"jobs":["1"]}`, `01-02 /a/2 {"jobs":["2"]}`)
	whole := filepath.Join(t.TempDir(), "whole.warc.gz")
	var plain, packed bytes.Buffer
	if err := archive.Unpack(&plain, byRecord); err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(&packed)
	z.Write(plain.Bytes())
	z.Close()
	if err := os.WriteFile(whole, packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	o := ingest.Options{Kinds: []kinds.Kind{boards(schema.Feed)}, UserAgent: "jobmarket/1", Replay: []string{byRecord}}
	want, got := newMemory(), newMemory()
	run(t, o, want)
	o.Replay = []string{whole}
	run(t, o, got)
	if diff := cmp.Diff(want.sightings, got.sightings); diff != "" || len(got.sightings) != 2 {
		t.Errorf("sightings -by record +whole:\n%s", diff)
	}
	for _, p := range got.pages {
		rec, err := archive.ReadAt(whole, p.ArchiveOffset)
		if err != nil || archive.Digest(rec.Body) != p.Digest || p.Archive != "whole.warc.gz" {
			t.Errorf("%s at %s %d: %v", p.URL, p.Archive, p.ArchiveOffset, err)
		}
	}
}
