package ingest_test

import (
	"bytes"
	"fmt"
	"io"
	"jobmarket/warehouse/schema"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// misbehaviour is one way in which a server is not as one would like it. The
// start page of each names /bad, /good1 and /good2; /bad misbehaves, or what the
// set-up says.
type misbehaviour struct {
	name  string
	setup func(s *site)
	start string         // where the crawl begins; empty: /start of the site
	bad   schema.Outcome // of /bad, or of the start page; empty: it never became a page
	text  string         // within the page's error; empty: there is none
	ads   int            // read from /bad
	good  int            // of the two good pages, how many are collected
	check func(t *testing.T, s *site)
}

func misbehaviours() []misbehaviour {
	var list []misbehaviour
	for _, group := range [][]misbehaviour{slowOnes(), laterOnes(), robotsOnes(), redirects(), bodies(), answers()} {
		list = append(list, group...)
	}
	return list
}

func slowOnes() []misbehaviour {
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(bytes.Repeat([]byte(" "), 32<<10)); err != nil {
				return
			}
		}
	}
	reset := func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
		c.(*net.TCPConn).SetLinger(0)
		c.Close()
	}
	return []misbehaviour{
		{name: "head that never comes", setup: at("/bad", hang), bad: schema.Failed, text: "timeout awaiting response headers", good: 2},
		{name: "body that never ends", setup: at("/bad", endless), bad: schema.Failed, text: "longer than allowed", good: 2, check: askedTimes("/bad", 1)},
		{name: "body that stops flowing", setup: func(s *site) {
			s.put("/start", sheet{Links: []string{"/bad?body", "/good1", "/good2"}})
			s.handle("/bad", hang)
		}, bad: schema.Failed, text: "broke off after 9 bytes", good: 2},
		{name: "gzip bomb", setup: at("/bad", encoded("gzip", gz(strings.Repeat(" ", 64<<20)))), bad: schema.Failed, text: "longer than allowed", good: 2},
		{name: "zstd bomb", setup: at("/bad", encoded("zstd", zstandard(strings.Repeat(" ", 64<<20)))), bad: schema.Failed, text: "longer than allowed", good: 2},
		{name: "brotli bomb", setup: at("/bad", encoded("br", brotlied(strings.Repeat(" ", 64<<20)))), bad: schema.Failed, text: "longer than allowed", good: 2},
		{name: "Content-Length too long", setup: at("/bad", raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"+bad)), bad: schema.Failed, text: "broke off", good: 2},
		{name: "Content-Length too short", setup: at("/bad", raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n"+bad)), bad: schema.Fetched, text: "no sheet", good: 2},
		{name: "Content-Length negative", setup: at("/bad", raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"+bad)), bad: schema.Failed, text: "Content-Length", good: 2},
		{name: "connection reset in the body", setup: at("/bad", reset), bad: schema.Failed, text: "broke off", good: 2},
		{name: "connection closed without answer", setup: at("/bad", raw("")), bad: schema.Failed, text: "EOF", good: 2},
		{name: "connection closed once, then fine", setup: at("/bad", first(1, raw(""))), bad: schema.Fetched, ads: 1, good: 2},
		{name: "no HTTP at all", setup: at("/bad", raw("SSH-2.0-OpenSSH_9.6\r\n\r\n")), bad: schema.Failed, text: "malformed HTTP", good: 2},
		{name: "broken chunks", setup: at("/bad", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n")), bad: schema.Failed, text: "broke off", good: 2},
		{name: "head of a megabyte", setup: at("/bad", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
		}), bad: schema.Failed, text: "exceed", good: 2},
		{name: "HTTP/1.0 without length", setup: at("/bad", raw("HTTP/1.0 200 OK\r\n\r\n"+bad)), bad: schema.Fetched, ads: 1, good: 2},
	}
}

func laterOnes() []misbehaviour {
	wait := func(code int, after func() string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", after())
			w.WriteHeader(code)
		}
	}
	seconds := func(s string) func() string { return func() string { return s } }
	return []misbehaviour{
		{name: "429, Retry-After: 90", setup: at("/bad", first(1, wait(429, seconds("90")))), bad: schema.Fetched, ads: 1, good: 2, check: waited(90*time.Second, 100*time.Second)},
		{name: "429, Retry-After as a date", setup: func(s *site) {
			s.handle("/bad", first(1, wait(429, func() string { return s.clock.Now().Add(time.Minute).Format(http.TimeFormat) })))
		}, bad: schema.Fetched, ads: 1, good: 2, check: waited(59*time.Second, 70*time.Second)},
		{name: "429, Retry-After: 86400", setup: at("/bad", wait(429, seconds("86400"))), bad: schema.Failed, text: "asks to be left alone for 24h", check: askedTimes("/bad", 1)},
		{name: "429, Retry-After: soon", setup: at("/bad", first(1, wait(429, seconds("soon")))), bad: schema.Fetched, ads: 1, good: 2, check: waited(time.Second, 3*time.Second)},
		{name: "503 twice, then fine", setup: at("/bad", first(2, status(503))), bad: schema.Fetched, ads: 1, good: 2, check: askedTimes("/bad", 3)},
		{name: "503 for ever", setup: at("/bad", status(503)), bad: schema.Failed, text: "503", good: 2, check: askedTimes("/bad", 4)},
		{name: "503 from the whole host", setup: func(s *site) {
			s.handle("/start", status(503))
		}, bad: schema.Failed, text: "503", check: askedTimes("/start", 4)},
		{name: "502, body a page of HTML", setup: at("/bad", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(502)
			io.WriteString(w, "<h1>Bad gateway</h1>")
		}), bad: schema.Failed, text: "502", good: 2},
		{name: "500 once", setup: at("/bad", first(1, status(500))), bad: schema.Fetched, ads: 1, good: 2},
	}
}

func robotsOnes() []misbehaviour {
	big := "User-agent: *\nDisallow: /bad\n" + strings.Repeat("# a long comment about nothing at all\n", 20_000) + "Disallow: /good1\n"
	return []misbehaviour{
		{name: "robots.txt 500", setup: at("/robots.txt", status(500)), bad: schema.Failed, text: "robots.txt answered 500, staying out", check: askedTimes("/start", 0)},
		{name: "robots.txt 503 once", setup: func(s *site) {
			s.text("/bad", bad)
			s.handle("/robots.txt", first(1, status(503)))
		}, bad: schema.Fetched, ads: 1, good: 2, check: askedTimes("/robots.txt", 2)},
		{name: "robots.txt 429", setup: at("/robots.txt", status(429)), bad: schema.Failed, text: "robots.txt answered 429", check: askedTimes("/start", 0)},
		{name: "robots.txt never comes", setup: at("/robots.txt", hang), bad: schema.Failed, text: "robots.txt", check: askedTimes("/start", 0)},
		{name: "robots.txt 404", setup: at("/bad", body("", bad)), bad: schema.Fetched, ads: 1, good: 2},
		{name: "robots.txt 403", setup: func(s *site) {
			s.text("/bad", bad)
			s.handle("/robots.txt", status(403))
		}, bad: schema.Fetched, ads: 1, good: 2},
		{name: "robots.txt of 700 KB", setup: at("/robots.txt", body("text/plain", big)), bad: schema.Forbidden, text: "robots.txt forbids", good: 2, check: askedTimes("/bad", 0)},
		{name: "robots.txt of garbage", setup: func(s *site) {
			s.text("/bad", bad)
			s.text("/robots.txt", "\x00\xff\xfeDisallow\n: :\n<html>Disallow: /</html>\n\r\r")
		}, bad: schema.Fetched, ads: 1, good: 2},
		{name: "robots.txt forbids all", setup: at("/robots.txt", body("text/plain", "User-agent: jobmarket\nDisallow: /\n")), bad: schema.Forbidden, text: "robots.txt forbids", check: askedTimes("/start", 0)},
		{name: "robots.txt behind a redirect", setup: func(s *site) {
			s.handle("/robots.txt", redirect("/r.txt"))
			s.text("/r.txt", "User-agent: *\nDisallow: /bad$\n")
		}, bad: schema.Forbidden, text: "robots.txt forbids", good: 2},
		{name: "robots.txt redirects in a circle", setup: func(s *site) {
			s.text("/bad", bad)
			s.handle("/robots.txt", redirect("/robots.txt"))
		}, bad: schema.Fetched, ads: 1, good: 2},
	}
}

func redirects() []misbehaviour {
	return []misbehaviour{
		{name: "redirect in a circle", setup: at("/bad", redirect("/bad")), bad: schema.Failed, text: "more than 5 redirects", good: 2},
		{name: "redirect without Location", setup: at("/bad", status(302)), bad: schema.Failed, text: "302", good: 2},
		{name: "redirect to no URL", setup: at("/bad", redirect("http://[::1")), bad: schema.Failed, text: "Location", good: 2},
		{name: "redirect to file:", setup: at("/bad", redirect("file:///etc/passwd")), bad: schema.Failed, text: "file:", good: 2},
		{name: "redirect to 127.0.0.1", setup: at("/bad", redirect("http://127.0.0.1:1/")), bad: schema.Failed, text: "not a public address", good: 2},
		{name: "redirect to localhost by name", setup: at("/bad", redirect("http://localhost:1/")), bad: schema.Failed, text: "not a public address", good: 2},
		{name: "redirect to ::1", setup: at("/bad", redirect("http://[::1]:1/")), bad: schema.Failed, text: "not a public address", good: 2},
		{name: "redirect to ::ffff:127.0.0.1", setup: at("/bad", redirect("http://[::ffff:127.0.0.1]:1/")), bad: schema.Failed, text: "not a public address", good: 2},
		{name: "redirect to 169.254.169.254", setup: at("/bad", redirect("http://169.254.169.254/latest/meta-data/")), bad: schema.Failed, text: "not a public address", good: 2},
		{name: "redirect to what robots.txt forbids", setup: func(s *site) {
			s.text("/robots.txt", "User-agent: *\nDisallow: /secret\n")
			s.text("/secret", bad)
			s.handle("/bad", redirect("/secret"))
		}, bad: schema.Forbidden, text: "robots.txt forbids", good: 2, check: askedTimes("/secret", 0)},
		{name: "redirect that is well meant", setup: func(s *site) {
			s.text("/moved", bad)
			s.handle("/bad", redirect("/moved"))
		}, bad: schema.Fetched, ads: 1, good: 2},
	}
}

func bodies() []misbehaviour {
	broken := gz(bad + strings.Repeat(" ", 4000))
	return []misbehaviour{
		{name: "JSON cut short", setup: at("/bad", body("application/json", `{"jobs":["bad"`)), bad: schema.Fetched, text: "no sheet", good: 2},
		{name: "HTML instead of JSON", setup: at("/bad", body("text/html", "<html>Please enable JavaScript")), bad: schema.Fetched, text: "no sheet", good: 2},
		{name: "empty body", setup: at("/bad", body("application/json", "")), bad: schema.Fetched, text: "no sheet", good: 2},
		{name: "empty list", setup: at("/bad", body("application/json", `{"jobs":[]}`)), bad: schema.Fetched, good: 2},
		{name: "invalid UTF-8", setup: at("/bad", body("application/json; charset=utf-8", "{\"jobs\":[\"bad\xff\xfe\"]}")), bad: schema.Fetched, ads: 1, good: 2},
		{name: "Latin-1, and says so", setup: at("/bad", body("application/json; charset=iso-8859-1", "{\"jobs\":[\"bad\xe9\"]}")), bad: schema.Fetched, ads: 1, good: 2},
		{name: "Latin-1, says UTF-8", setup: at("/bad", body("application/json; charset=utf-8", "{\"jobs\":[\"bad\xe9\"]}")), bad: schema.Fetched, ads: 1, good: 2},
		{name: "UTF-16 with a mark", setup: at("/bad", body("application/json", utf16le(bad))), bad: schema.Fetched, ads: 1, good: 2},
		{name: "charset that nobody knows", setup: at("/bad", body("application/json; charset=klingon", bad)), bad: schema.Fetched, ads: 1, good: 2},
		{name: "NUL in a string", setup: at("/bad", body("application/json", `{"jobs":["ba\u0000d"]}`)), bad: schema.Fetched, ads: 1, good: 2},
		{name: "one key twice", setup: at("/bad", body("application/json", `{"jobs":["bad","bad"]}`)), bad: schema.Fetched, ads: 2, good: 2},
		{name: "says gzip, is plain", setup: at("/bad", encoded("gzip", []byte(bad))), bad: schema.Failed, text: "cannot be decompressed", good: 2},
		{name: "gzip cut short", setup: at("/bad", encoded("gzip", broken[:len(broken)-12])), bad: schema.Failed, text: "cannot be decompressed", good: 2},
		{name: "gzip", setup: at("/bad", encoded("gzip", gz(bad))), bad: schema.Fetched, ads: 1, good: 2},
		{name: "deflate without zlib's head", setup: at("/bad", encoded("deflate", deflated(bad))), bad: schema.Fetched, ads: 1, good: 2},
		{name: "zstd", setup: at("/bad", encoded("zstd", zstandard(bad))), bad: schema.Fetched, ads: 1, good: 2},
		{name: "brotli", setup: at("/bad", encoded("br", brotlied(bad))), bad: schema.Fetched, ads: 1, good: 2},
		{name: "says brotli, is plain", setup: at("/bad", encoded("br", []byte(bad))), bad: schema.Failed, text: "cannot be decompressed", good: 2},
		{name: "brotli cut short", setup: at("/bad", encoded("br", brotlied(bad)[:20])), bad: schema.Failed, text: "cannot be decompressed", good: 2},
		{name: "an encoding that was not asked for", setup: at("/bad", encoded("compress", []byte("\x1f\x9d\x90x\x03"))), bad: schema.Failed, text: "unknown content encoding", good: 2},
		{name: "JSON that calls itself application/gzip", setup: at("/bad", body("application/gzip", bad)), bad: schema.Fetched, ads: 1, good: 2},
		{name: "a page on which the parser panics", setup: at("/bad", body("application/json", `{"crash":true}`)), bad: schema.Fetched, text: "a parser with a mistake", good: 2},
	}
}

func answers() []misbehaviour {
	trap := func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"jobs":[],"links":["%s?x"]}`, r.URL.RequestURI())
	}
	return []misbehaviour{
		{name: "404", setup: func(*site) {}, bad: schema.Fetched, good: 2},
		{name: "410", setup: at("/bad", status(410)), bad: schema.Fetched, good: 2},
		{name: "403", setup: at("/bad", status(403)), bad: schema.Failed, text: "403", good: 2, check: askedTimes("/bad", 1)},
		{name: "451", setup: at("/bad", status(451)), bad: schema.Failed, text: "451", good: 2},
		{name: "204", setup: at("/bad", status(204)), bad: schema.Fetched, text: "no sheet", good: 2},
		{name: "206", setup: at("/bad", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(206)
			io.WriteString(w, bad)
		}), bad: schema.Fetched, ads: 1, good: 2},
		{name: "304 that was not asked for", setup: at("/bad", status(304)), bad: schema.Failed, text: "304", good: 2},
		{name: "status 999", setup: at("/bad", raw("HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n")), bad: schema.Failed, text: "999", good: 2},
		{name: "404 for the start page", setup: at("/start", status(404)), bad: schema.Failed, text: "404"},
		{name: "links that are no web addresses", setup: func(s *site) {
			s.put("/start", sheet{Links: []string{"javascript:alert(1)", "mailto:jobs@example.org", "file:///etc/passwd", "", "http://", "/good1", "/good2"}})
		}, bad: schema.Failed, text: "http", good: 2},
		{name: "pages that link deeper for ever", setup: at("/bad", trap), bad: schema.Fetched, good: 2},
		{name: "a certificate that does not fit", setup: func(s *site) {
			s.put("/start", sheet{})
			tls := httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
			tls.Config.ErrorLog = log.New(io.Discard, "", 0)
			tls.StartTLS()
			s.Config.RegisterOnShutdown(tls.Close)
			s.other = tls.URL
		}, start: "other", bad: schema.Failed, text: "certificate"},
	}
}

// TestMisbehaviour crawls each of the servers above, beside one that behaves. It
// prints what the crawl did; in each case all else must have been collected.
func TestMisbehaviour(t *testing.T) {
	list := misbehaviours()
	if len(list) < 40 {
		t.Errorf("only %d ways to misbehave", len(list))
	}
	lines := make([]string, len(list))
	t.Run("servers", func(t *testing.T) {
		for i, x := range list {
			t.Run(strings.ReplaceAll(x.name, "/", "|"), func(t *testing.T) {
				t.Parallel()
				lines[i] = x.try(t)
			})
		}
	})
	t.Logf("%-42s %-10s %5s %4s %4s  %s", "the server", "page", "asked", "ads", "good", "what the crawl says")
	for _, line := range lines {
		t.Log(line)
	}
}

// try crawls the server and a good one, and returns the line of the table.
func (x misbehaviour) try(t *testing.T) string {
	c := newClock()
	s, fine := newSite(t, c), small(t, c)
	s.put("/start", sheet{Links: []string{"/bad", "/good1", "/good2"}})
	s.put("/good1", sheet{Jobs: []string{"good1"}})
	s.put("/good2", sheet{Jobs: []string{"good2"}})
	x.setup(s)
	src := s.source("bad", "/start")
	if x.start == "other" {
		src.URL = s.other + "/start"
	}
	o := options(t.TempDir(), c, src, fine.source("fine", "/jobs"))
	o.HTTP.HeadTimeout, o.HTTP.Timeout, o.HTTP.MaxBody = 500*time.Millisecond, time.Second, 1<<20
	if strings.HasPrefix(x.name, "body that never ends") {
		o.HTTP.Timeout = 10 * time.Second
	}
	o.HTTP.Backoff = 2 * time.Second
	o.HTTP.Workers, o.HTTP.Parallel = 2, 1
	m := newMemory()
	tallies := run(t, o, m)

	if got := tallies["fine"]; got.Sightings != 5 || got.Outcome != "ok" {
		t.Errorf("the server that behaves: %+v", got)
	}
	if x.check != nil {
		x.check(t, s)
	}
	return x.judge(t, s, m, tallies)
}

func (x misbehaviour) judge(t *testing.T, s *site, m *memory, tallies map[string]schema.Tally) string {
	good, ads := 0, 0
	var page schema.Page
	for _, p := range m.pages {
		path := strings.TrimPrefix(strings.TrimPrefix(p.URL, s.URL), s.other)
		switch {
		case p.Source != "bad":
		case strings.HasPrefix(path, "/good") && p.Outcome == schema.Fetched && p.Postings == 1:
			good++
		case path == "/start" && p.Outcome == schema.Fetched && p.Error == "":
		case path != "/start" && strings.Contains(path, "?x"):
		case page.URL == "" || p.Error != "" || !p.FetchedAt.Before(page.FetchedAt):
			if page.URL == "" || !p.FetchedAt.Before(page.FetchedAt) {
				page = p
			}
			ads = int(page.Postings)
		}
	}
	if page.Outcome != x.bad || ads != x.ads || good != x.good || (page.Error == "") != (x.text == "") || !strings.Contains(page.Error, x.text) {
		t.Errorf("the page is %q with %d ads (%q), want %q with %d ads (%q); %d good pages, want %d",
			page.Outcome, ads, page.Error, x.bad, x.ads, x.text, good, x.good)
	}
	n := 0
	s.mu.Lock()
	for _, a := range s.asked {
		if strings.HasPrefix(a.path, "/bad") || x.good == 0 && a.path == "/start" {
			n++
		}
	}
	s.mu.Unlock()
	says := strings.ReplaceAll(strings.ReplaceAll(page.Error, s.URL, ""), s.other+"/", "/")
	return fmt.Sprintf("%-42s %-10s %5d %4d %4d  %-8s %.110s", x.name, page.Outcome, n, ads, good, tallies["bad"].Outcome, says)
}
