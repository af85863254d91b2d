package market

import (
	"bytes"
	"crypto/sha256"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// archived writes the market's archive to a file and returns its path.
func archived(t *testing.T, m *Market) string {
	t.Helper()
	var b bytes.Buffer
	if err := m.WriteArchive(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "market.warc.gz")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

type seen struct {
	posting   schema.Posting
	sightings map[string]bool
}

// replayed reads the archive with the real parsers.
func replayed(t *testing.T, path string) (map[string]*seen, []schema.Reject, int) {
	t.Helper()
	postings := map[string]*seen{}
	sightings := 0
	var rejects []schema.Reject
	for rec, err := range archive.Read(path) {
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(rec.URL)
		if err != nil || rec.Type != archive.Response || u.Path == "/robots.txt" {
			continue
		}
		known := false
		for _, k := range kinds.All {
			place, ok := k.Recognise(u)
			if !ok {
				continue
			}
			known = true
			if rec.Status != 200 {
				continue
			}
			parsed, err := k.Parse(kinds.Page{URL: rec.URL, FetchedAt: rec.Date, Status: rec.Status, Header: rec.Header, Body: rec.Body, Source: place.Source})
			if err != nil {
				rejects = append(rejects, schema.Reject{Source: place.Source.Name, URL: rec.URL, Reason: err.Error(), FetchedAt: rec.Date})
			}
			rejects = append(rejects, parsed.Rejects...)
			for _, p := range parsed.Postings {
				p.Seal()
				at := p.SeenAt
				if at.IsZero() {
					at = rec.Date
				}
				s := postings[p.Source+" "+p.Key]
				if s == nil {
					s = &seen{sightings: map[string]bool{}}
					postings[p.Source+" "+p.Key] = s
				}
				s.posting = p
				if id := schema.SightingID(&p, at); !s.sightings[id] {
					s.sightings[id] = true
					sightings++
				}
			}
		}
		if !known {
			t.Errorf("no kind recognises %s", rec.URL)
		}
	}
	return postings, rejects, sightings
}

func TestLoop(t *testing.T) {
	c := Default()
	c.Sightings = 20000
	c.Malformed, c.Failure, c.Hostile = 0.05, 0.03, 0.02
	m := New(c)
	postings, rejects, sightings := replayed(t, archived(t, m))
	t.Log(len(postings), "postings", sightings, "sightings", m.planned, "planned", len(rejects), "rejects")
	n := 0
	bad := map[string]int{}
	for p, truth := range m.Postings() {
		n++
		id := truth.Source + " " + truth.Key
		s := postings[id]
		if s == nil {
			bad["lost "+truth.Source]++
			continue
		}
		if s.posting.Title != p.Title {
			if bad["title "+truth.Source]++; bad["title "+truth.Source] < 3 {
				t.Logf("%s: title %q, planted %q", id, s.posting.Title, p.Title)
			}
		}
		if s.posting.Text != p.Text {
			if bad["text "+truth.Source]++; bad["text "+truth.Source] < 2 {
				t.Logf("%s: text %q, planted %q", id, s.posting.Text, p.Text)
			}
		}
		delete(postings, id)
	}
	for id := range postings {
		bad["extra"]++
		if bad["extra"] < 10 {
			t.Log("extra ", id, postings[id].posting.Title)
		}
	}
	t.Log(n, bad)
	r := map[string]int{}
	for _, x := range rejects {
		if r[x.Reason]++; r[x.Reason] < 2 {
			t.Logf("%+v", x)
		}
	}
	t.Log(r)
	_ = sha256.New
}
