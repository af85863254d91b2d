package fetch

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// MaxRobots is how much of a robots.txt is read, bytes; RFC 9309 asks for at
// least 500 KiB.
const MaxRobots = 512 << 10

// Rules are the rules of one robots.txt.
type Rules struct{ groups []group }

// group is what one or more user agents may do.
type group struct {
	agents []string // in lower case; "*" for all
	rules  []rule
	delay  time.Duration
}

type rule struct {
	allow   bool
	pattern string // normalised
}

// RulesOf reads an answer to a request for robots.txt: 2xx states rules; other
// 4xx states none, so all is allowed; 429 and 5xx are errors, for while a server
// cannot say what it wants, we stay out (RFC 9309, 2.3.1).
func RulesOf(status int, body []byte) (*Rules, error) {
	switch {
	case status/100 == 2:
		return ParseRobots(body), nil
	case status == http.StatusTooManyRequests || status/100 == 5 || status/100 < 2:
		return nil, fmt.Errorf("robots.txt answered %d: staying out for now", status)
	}
	return &Rules{}, nil
}

// ParseRobots reads a robots.txt after RFC 9309, and Crawl-delay beside it. It
// never fails: lines that it cannot read say nothing.
func ParseRobots(body []byte) *Rules {
	body = bytes.TrimPrefix(body[:min(len(body), MaxRobots)], []byte("\xef\xbb\xbf"))
	var r Rules
	open := false // the last line named an agent
	for _, line := range strings.FieldsFunc(string(body), func(c rune) bool { return c == '\n' || c == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if !open {
				r.groups = append(r.groups, group{})
			}
			g := &r.groups[len(r.groups)-1]
			g.agents = append(g.agents, strings.ToLower(product(value)))
			open = true
			continue
		}
		if len(r.groups) == 0 {
			continue
		}
		g := &r.groups[len(r.groups)-1]
		switch key {
		case "allow", "disallow":
			open = false
			if value != "" {
				g.rules = append(g.rules, rule{key == "allow", normalPath(value)})
			}
		case "crawl-delay":
			open = false
			if s, err := strconv.ParseFloat(value, 64); err == nil && s >= 0 && s < 1e6 {
				g.delay = max(g.delay, time.Duration(s*float64(time.Second)))
			}
		}
	}
	return &r
}

// product is the product token at the head of a user agent.
func product(agent string) string {
	if strings.HasPrefix(agent, "*") {
		return "*"
	}
	end := strings.IndexFunc(agent, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '-' || '0' <= c && c <= '9')
	})
	if end >= 0 {
		agent = agent[:end]
	}
	return agent
}

// of returns the rules for the agent: those of all groups that name it, else
// those for everyone. RFC 9309 has groups of the same agent combined.
func (r *Rules) of(agent string) (rules []rule, delay time.Duration) {
	for _, name := range []string{strings.ToLower(product(agent)), "*"} {
		found := false
		for _, g := range r.groups {
			for _, a := range g.agents {
				if a == name {
					found = true
					rules = append(rules, g.rules...)
					delay = max(delay, g.delay)
					break
				}
			}
		}
		if found {
			break
		}
	}
	return rules, delay
}

// Allowed tells whether the agent may ask for u. The longest pattern that fits
// decides; between an allow and a disallow of one length, the allow.
func (r *Rules) Allowed(agent string, u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = normalPath(path)
	rules, _ := r.of(agent)
	best, allowed := -1, true
	for _, x := range rules {
		if n := len(x.pattern); (n > best || n == best && x.allow) && fits(x.pattern, path) {
			best, allowed = n, x.allow
		}
	}
	return allowed
}

// Delay is the Crawl-delay that is asked of the agent; 0 when none is.
func (r *Rules) Delay(agent string) time.Duration {
	_, delay := r.of(agent)
	return delay
}

// fits matches a path with a pattern: "*" stands for anything, "$" at the end
// for the end.
func fits(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !whole || path == ""
}

// normalPath writes percent-encoding in one way, so that "/é", "/%c3%a9" and
// "/%C3%A9" are the same: reserved characters stay as they were written, all
// others are plain when ASCII and encoded when not.
func normalPath(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, encoded := s[i], false
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, encoded = byte(n), true
				i += 2
			}
		}
		switch {
		case encoded && (c <= ' ' || c >= 0x7f || strings.IndexByte("!#$&'()*+,/:;=?@[]%", c) >= 0), !encoded && (c <= ' ' || c >= 0x7f):
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
