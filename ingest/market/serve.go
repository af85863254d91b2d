package market

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"jobmarket/ingest/market/wire"
	"jobmarket/ingest/market/world"
)

// Hosts of the wire formats, and where on them the newsletters lie.
const (
	twirListing = "https://api.github.com/repos/rust-lang/this-week-in-rust/contents/content?ref=main"
	twirRaw     = "https://raw.githubusercontent.com/rust-lang/this-week-in-rust/main/content/"
	ribListing  = "https://api.github.com/repos/rust-in-blockchain/rust-in-blockchain/contents/content/newsletters?ref=master"
	ribRaw      = "https://raw.githubusercontent.com/rust-in-blockchain/rust-in-blockchain/master/content/newsletters/"
	hnSearch    = "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&query=hiring&hitsPerPage=20&page="
	hnItems     = "https://hn.algolia.com/api/v1/items/"
	redditFind  = "https://www.reddit.com/r/rust/search.json?q=flair_name%3A%22%F0%9F%92%BC%20jobs%22&restrict_sr=1&sort=new&limit=100"
)

var hosts = []string{
	"api.github.com", "raw.githubusercontent.com", "hn.algolia.com", "www.reddit.com",
	"boards-api.greenhouse.io", "api.ashbyhq.com", "api.lever.co",
}

// answer is what a host says to a request for a URL.
type answer struct {
	status int
	kind   string // Content-Type
	body   []byte
}

const (
	jsonType = "application/json; charset=utf-8"
	textType = "text/plain; charset=utf-8"
)

var absent = answer{404, jsonType, []byte(`{"message": "Not Found (simulated)"}`)}

// answer is what a URL gives on a day.
func (m *Market) answer(u *url.URL, on world.Day) answer {
	if u.Path == "/robots.txt" {
		return answer{200, "text/plain", []byte("User-agent: *\nDisallow:\n")}
	}
	switch u.Host {
	case "api.github.com":
		return m.listing(u, on)
	case "raw.githubusercontent.com":
		return m.issuePage(u, on)
	case "hn.algolia.com":
		return m.hn(u, on)
	case "www.reddit.com":
		return m.reddit(u, on)
	case "boards-api.greenhouse.io":
		token, ok := between(u.Path, "/v1/boards/", "/jobs")
		return m.boardAnswer("greenhouse/"+token, ok, on, u.Query().Get("content") == "true")
	case "api.ashbyhq.com":
		token, ok := between(u.Path, "/posting-api/job-board/", "")
		return m.boardAnswer("ashby/"+token, ok, on, true)
	case "api.lever.co":
		token, ok := between(u.Path, "/v0/postings/", "")
		return m.boardAnswer("lever/"+token, ok, on, true)
	}
	for suffix, at := range map[string]struct{ kind, path string }{
		".recruitee.com": {"recruitee/", "/api/offers/"}, ".jobs.personio.de": {"personio/", "/xml"},
	} {
		if token, ok := strings.CutSuffix(u.Host, suffix); ok && u.Path == at.path {
			return m.boardAnswer(at.kind+token, true, on, true)
		}
	}
	return absent
}

func between(s, prefix, suffix string) (string, bool) {
	s, ok := strings.CutPrefix(s, prefix)
	s, ok2 := strings.CutSuffix(s, suffix)
	return s, ok && ok2
}

func (m *Market) boardAnswer(name string, ok bool, on world.Day, content bool) answer {
	at, known := m.w.Tokens[name]
	if !ok || !known || on < m.w.Boards[at].Since {
		return absent
	}
	return m.boardPage(nil, at, on, content, nil)
}

func (m *Market) listing(u *url.URL, on world.Day) answer {
	var files []wire.File
	switch u.String() {
	case twirListing:
		for i := range m.w.TWiR {
			if is := &m.w.TWiR[i]; is.On <= on {
				files = append(files, wire.File{Name: twirName(is), URL: twirRaw + twirName(is)})
			}
		}
		return answer{200, jsonType, wire.Listing(nil, "content", files)}
	case ribListing:
		for i := range m.w.RiB {
			if is := &m.w.RiB[i]; is.On <= on {
				files = append(files, wire.File{Name: ribName(is), URL: ribRaw + ribName(is)})
			}
		}
		return answer{200, jsonType, wire.Listing(nil, "content/newsletters", files)}
	}
	return absent
}

func twirName(is *world.Issue) string {
	return world.TimeOf(is.On).Format(time.DateOnly) + "-this-week-in-rust.md"
}
func ribName(is *world.Issue) string { return "rib-newsletter-" + strconv.Itoa(is.Number) + ".md" }

func (m *Market) issuePage(u *url.URL, on world.Day) answer {
	name, dir := path.Base(u.Path), "https://"+u.Host+path.Dir(u.Path)+"/"
	for i := range m.w.TWiR {
		if is := &m.w.TWiR[i]; dir == twirRaw && is.On <= on && twirName(is) == name {
			return answer{200, textType, m.twirPage(is)}
		}
	}
	for i := range m.w.RiB {
		if is := &m.w.RiB[i]; dir == ribRaw && is.On <= on && ribName(is) == name {
			return answer{200, textType, m.ribPage(is)}
		}
	}
	return absent
}

func (m *Market) hn(u *url.URL, on world.Day) answer {
	if u.Path == "/api/v1/search_by_date" {
		page, err := strconv.Atoi(u.Query().Get("page"))
		if err != nil || page < 0 {
			return answer{400, jsonType, []byte(`{"message": "page should be a number"}`)}
		}
		return answer{200, jsonType, m.searchPage(on, page)}
	}
	id, _ := strings.CutPrefix(u.Path, "/api/v1/items/")
	for i := range m.w.Threads {
		if t := &m.w.Threads[i]; strconv.FormatUint(t.ID, 10) == id && t.Opened().Before(world.Moment(on)) {
			return answer{200, jsonType, m.threadPage(t, on)}
		}
	}
	return absent
}

func (m *Market) reddit(u *url.URL, on world.Day) answer {
	if u.Path == "/r/rust/search.json" {
		return answer{200, jsonType, m.redditPage(on, u.Query().Get("after"))}
	}
	id, _ := between(u.Path, "/r/rust/comments/", ".json")
	for i := range m.w.Posts {
		if p := &m.w.Posts[i]; p.Thread && strconv.FormatUint(p.ID, 36) == id && p.At.Before(world.Moment(on)) {
			return answer{200, jsonType, m.redditThread(p, on)}
		}
	}
	return absent
}

// Transport answers requests as the sources' hosts would on a day, and never
// touches a network. A request that names the ETag of the answer gets a 304.
func (m *Market) Transport(on time.Time) http.RoundTripper { return transport{m, world.DayOf(on)} }

type transport struct {
	market *Market
	on     world.Day
}

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	if req.Body != nil {
		req.Body.Close()
	}
	a := t.market.answer(req.URL, t.on)
	sum := sha256.Sum256(a.body)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	header := http.Header{"Content-Type": {a.kind}, "Date": {world.Moment(t.on).Format(http.TimeFormat)}}
	if a.status == http.StatusOK {
		header.Set("ETag", tag)
		if req.Header.Get("If-None-Match") == tag {
			a.status, a.body = http.StatusNotModified, nil
		}
	}
	return &http.Response{
		Status: strconv.Itoa(a.status) + " " + http.StatusText(a.status), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: header,
		Body: io.NopCloser(bytes.NewReader(a.body)), ContentLength: int64(len(a.body)), Request: req,
	}, nil
}
