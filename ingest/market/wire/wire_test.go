package wire

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"jobmarket/ingest/market/prose"
)

// FuzzQuote compares our JSON strings with what a JSON reader makes of them.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "plain", "\x00\x1b[31m", `"\"`, "Zürich – 東京 🦀", "</script>", "\u2028\u202e", "line\nbreak\t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("texts of the market are valid UTF-8")
		}
		var back string
		if err := json.Unmarshal(quote(nil, s), &back); err != nil || back != s {
			t.Errorf("%q came back as %q, %v", s, back, err)
		}
	})
}

// FuzzEscape does the same for HTML, in both of the forms that sources use.
func FuzzEscape(f *testing.F) {
	f.Add(`<a href="x">'&amp;'</a>`)
	f.Fuzz(func(t *testing.T, s string) {
		if html.UnescapeString(string(escape(nil, s))) != s || html.UnescapeString(string(hnText(nil, s))) != s {
			t.Errorf("%q was not escaped so that it can be read back", s)
		}
	})
}

// TestPositions holds that a Personio feed is XML with whatever stands in an ad.
func TestPositions(t *testing.T) {
	bad := "\x00]]></value>\"'&<b>\\ \u2028 Straße"
	ad := Ad{ID: "1", Board: "sim-a", Company: bad, Title: bad, Location: bad, More: []string{bad}, Team: bad, Doc: prose.Doc{About: []string{bad}, Duties: []string{bad}}}
	head, tail := Envelopes("personio", 1)
	var feed struct {
		Positions []struct {
			Name string `xml:"name"`
		} `xml:"position"`
	}
	page := append(Personio([]byte(head), &ad), tail...)
	if err := xml.Unmarshal(page, &feed); err != nil || len(feed.Positions) != 1 || feed.Positions[0].Name != strings.TrimPrefix(bad, "\x00") {
		t.Errorf("%v, %+v, in\n%s", err, feed, page)
	}
}

// TestObjects holds that every format is JSON with whatever stands in an ad.
func TestObjects(t *testing.T) {
	bad := "\x00</script>\"'&<b>\\ \u2028 Straße"
	at := time.Date(2021, 2, 3, 4, 5, 6, 0, time.UTC)
	ad := Ad{
		ID: "4000000001", Board: "sim-" + bad, Company: bad, Title: bad, Requisition: bad, Location: bad, More: []string{bad, bad}, Team: bad,
		Pay:       prose.Pay{Low: 1, High: 2, Currency: "EUR", Period: "year", Words: bad},
		Doc:       prose.Doc{About: []string{bad}, Intro: []string{bad}, Duties: []string{bad, bad}, Closing: []string{bad}},
		Published: at, Updated: at, Remote: prose.Remote, Contract: true,
	}
	comment := Comment{ID: 1, Author: bad, At: at, Header: []string{bad, bad}, Paragraphs: []string{bad}, Links: []string{"https://a.example/" + strings.Repeat("x", 80), "https://b.example"}}
	post := Post{ID: "a", Title: bad, Author: bad, At: at, Text: bad, Flair: bad}
	for name, page := range map[string][]byte{
		"greenhouse": Greenhouse(nil, &ad, true), "greenhouse without content": Greenhouse(nil, &ad, false),
		"ashby": Ashby(nil, &ad), "ashby without pay": Ashby(nil, &Ad{ID: "x"}), "lever": Lever(nil, &ad), "recruitee": Recruitee(nil, &ad), "lever without lists": Lever(nil, &Ad{ID: "x"}),
		"hn thread": HNThread(nil, 1, at, []Comment{comment, {Deleted: true}}), "hn search": HNSearch(nil, []Hit{{1, at, bad, 2}}, 1, 0, 20),
		"reddit": RedditListing(nil, "t3", "rust", []Post{post, post}, "t3_a"), "reddit thread": RedditThread(nil, "rust", post, []Post{post}),
		"listing": Listing(nil, "dir", []File{{bad, bad}, {"a", "b"}}),
	} {
		if !json.Valid(page) {
			t.Errorf("%s: this is no JSON: %s", name, page)
		}
	}
}
