package fetch_test

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"jobmarket/ingest/fetch"
)

// TestRobots holds the rules to RFC 9309, with its own examples among them.
func TestRobots(t *testing.T) {
	long := "User-agent: *\nDisallow: /x\n" + strings.Repeat("#"+strings.Repeat("x", 99)+"\n", 5300) + "Disallow: /y\n"
	for _, x := range []struct {
		name, robots string
		allow, deny  string // paths, parted by blanks
	}{
		{"empty", "", "/ /a", ""},
		{"all", "User-agent: *\nDisallow: /\n", "/robots.txt", "/ /a /a?b"},
		{"nothing", "User-agent: *\nDisallow:\n", "/ /a", ""},
		{"the longest match wins", "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n", "/example/page/x /example", "/example/page/disallowed.gif"},
		{"allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a /ab", ""},
		{"our own group only", "User-agent: *\nDisallow: /\nUser-agent: JobMarket\nDisallow: /b\n", "/ /a", "/b"},
		{"our name, not its beginning", "User-agent: job\nDisallow: /\nUser-agent: jobmarket-images\nDisallow: /\n", "/a", ""},
		{"a name with a version", "User-agent: jobmarket/9.9 (x)\nDisallow: /a\n", "/b", "/a"},
		{"groups of one name are one", "User-agent: jobmarket\nDisallow: /a\n\nUser-agent: x\nDisallow: /c\n\nUser-agent: jobmarket\nDisallow: /b\n", "/c", "/a /b"},
		{"a group of several names", "User-agent: x\nUser-agent: jobmarket\nUser-agent: y\nDisallow: /a\n", "/b", "/a"},
		{"star in the middle", "User-agent: *\nDisallow: /*/private/*.json\n", "/private/x.json /a/private/x.xml", "/a/private/x.json /a/b/private/c/x.json?q"},
		{"dollar", "User-agent: *\nDisallow: /*.gif$\nDisallow: /end$\n", "/a.gif?x /a.gifs /ending", "/a.gif /end"},
		{"star and dollar", "User-agent: *\nDisallow: /a*b*$\n", "/a", "/ab /axbx"},
		{"query, in its order", "User-agent: *\nDisallow: /s?b=1&a=2\n", "/s?a=2&b=1 /s", "/s?b=1&a=2 /s?b=1&a=2&c"},
		{"percent-encoding is one", "User-agent: *\nDisallow: /foo/bar/\u30c4\nDisallow: /%7ejoe\nDisallow: /a%3cd\nDisallow: /q%2fr\n", "/q/r", "/foo/bar/%E3%83%84 /~joe /%7Ejoe /a%3Cd /q%2Fr"},
		{"comments and case", "USER-AGENT: *  # all\ndisAllow : /a # that\n", "/b", "/a"},
		{"mark and carriage returns", "\ufeffUser-agent: *\rDisallow: /a\r\nDisallow: /b", "/c", "/a /b"},
		{"rules before any name", "Disallow: /a\nUser-agent: *\nDisallow: /b\n", "/a", "/b"},
		{"other lines do not part a group's names", "User-agent: jobmarket\nSitemap: https://a.example/s.xml\nUser-agent: x\nDisallow: /a\n", "/b", "/a"},
		{"no more than 512 KiB", long, "/y", "/x"},
	} {
		rules := fetch.ParseRobots([]byte(x.robots))
		for want, paths := range map[bool]string{true: x.allow, false: x.deny} {
			for _, p := range strings.Fields(paths) {
				u, err := url.Parse("https://a.example" + p)
				if err != nil {
					t.Fatal(err)
				}
				if got := rules.Allowed("jobmarket/1.0 (+https://a.example)", u); got != want {
					t.Errorf("%s: %s allowed: %t, want %t", x.name, p, got, want)
				}
			}
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	for robots, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 10\n":                                        10 * time.Second,
		"User-agent: *\nCrawl-delay: 0.5\nDisallow: /a\n":                         500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 10\nUser-agent: jobmarket\nCrawl-delay: 3\n": 3 * time.Second,
		"User-agent: *\nCrawl-delay: -1\n":                                        0,
		"User-agent: *\nCrawl-delay: soon\n":                                      0,
		"User-agent: *\nCrawl-delay: 1e300\n":                                     0,
	} {
		if got := fetch.ParseRobots([]byte(robots)).Delay("jobmarket/1.0"); got != want {
			t.Errorf("%q: %s, want %s", robots, got, want)
		}
	}
}

func TestRulesOf(t *testing.T) {
	for status, want := range map[int]string{200: "rules", 204: "rules", 401: "none", 403: "none", 404: "none", 410: "none", 429: "error", 500: "error", 503: "error", 0: "error"} {
		rules, err := fetch.RulesOf(status, []byte("User-agent: *\nDisallow: /\n"))
		got := "error"
		if err == nil {
			got = "none"
			if !rules.Allowed("x", &url.URL{Path: "/"}) {
				got = "rules"
			}
		}
		if got != want {
			t.Errorf("%d: %s, want %s", status, got, want)
		}
	}
}

func TestPublic(t *testing.T) {
	for _, s := range strings.Fields("8.8.8.8 1.1.1.1 2606:4700::1111 140.82.121.4") {
		if !fetch.Public(netip.MustParseAddr(s)) {
			t.Errorf("%s is public", s)
		}
	}
	for _, s := range strings.Fields(`127.0.0.1 127.8.8.8 0.0.0.0 0.1.2.3 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
		192.0.0.8 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
		64:ff9b::7f00:1 2002:7f00:1:: 2001::1 fec0::1`) {
		if fetch.Public(netip.MustParseAddr(s)) {
			t.Errorf("%s is not public", s)
		}
	}
}

func TestUTF8(t *testing.T) {
	for _, x := range []struct{ kind, in, want string }{
		{"application/json", `{"a":"é"}`, `{"a":"é"}`},
		{"application/json; charset=iso-8859-1", "\"\xe9\"", `"é"`},
		{"application/json; charset=utf-8", "\"\xe9\"", "\"\uFFFD\""},
		{"application/json", "\"\xe9\"", "\"\uFFFD\""},
		{"text/html", "<meta charset=windows-1251>\xcf\xf0\xe8", "<meta charset=windows-1251>При"},
		{"text/html; charset=shift_jis", "\x83\x65\x83\x58\x83\x67", "テスト"},
		{"text/plain", "caf\xe9", "café"},
		{"text/plain; charset=utf-16le", "h\x00i\x00", "hi"},
		{"text/xml", "\xff\xfe<\x00a\x00/\x00>\x00", "<a/>"},
		{"text/plain; charset=utf-8", "\xef\xbb\xbfhi", "hi"},
		{"text/plain; charset=\"klingon\"", "hi", "hi"},
		{"", "plain text", "plain text"},
		{"application/octet-stream", "PAR1\x00\xff\x00\x01", "PAR1\x00\xff\x00\x01"},
		{"image/png", "\xff\xd8", "\xff\xd8"},
		{"text/html;;; =", "ok", "ok"},
	} {
		got, kind := fetch.UTF8(x.kind, []byte(x.in))
		if string(got) != x.want {
			t.Errorf("%s %q: %q (%s), want %q", x.kind, x.in, got, kind, x.want)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b$\nCrawl-delay: 3\n", "/a%2fb?c")
	f.Fuzz(func(t *testing.T, robots, path string) {
		fetch.ParseRobots([]byte(robots)).Allowed("jobmarket/1", &url.URL{Path: path})
	})
}

func FuzzUTF8(f *testing.F) {
	f.Add("text/html; charset=utf-16", []byte("\xff\xfea"))
	f.Add("text/html", []byte("<meta charset=hz-gb-2312>~{"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		out, now := fetch.UTF8(kind, body)
		if strings.HasSuffix(now, "charset=utf-8") && now != kind && !utf8.Valid(out) {
			t.Errorf("%q %q is not UTF-8 as it says: %q", kind, body, out)
		}
	})
}
