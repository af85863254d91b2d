// Package fetch is the transport under Colly: it asks other people's servers the
// way they want to be asked, and brings back what they said.
//
// One [http.RoundTripper] holds it all, so that each hop of a redirect passes
// the same gates as the first request: robots.txt (RFC 9309), the host's pace and
// holds, a guard against addresses that are not public, validators, caps on time
// and size, and the archive, to which every answer goes before anyone reads it.
//
// It knows HTTP. It must not know what the pages say, nor what a crawl is: which
// URL is asked for next, and again after a failure, is the engine's to say.
//
// # Decisions
//
// 2026-11-22: a failure that may pass ([MayPass]) holds the host and is
// returned. Waiting in here would occupy a worker for as long as one host is ill,
// and sixteen ill hosts would stop the crawl.
//
// 2026-11-22: a robots.txt that cannot be had (5xx, 429, no answer) is a failure
// of the host and not a prohibition: the page counts as failed, is tried again
// later, and the user hears about it. "Forbidden" is kept for what rules say.
package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/warehouse/schema"
)

// Stack is the transport. Fill in the exported fields, then call [New].
type Stack struct {
	Policy  Policy
	Agent   string                                     // User-Agent, the product's name first
	Archive *archive.Writer                            // gets every answer
	Base    http.RoundTripper                          // bottom of the stack; nil: guarded connections
	Now     func() time.Time                           // clock
	Sleep   func(context.Context, time.Duration) error // waits, or returns the context's error
	Robots  func(url string) *archive.Record           // an answer for robots.txt not older than a day; nil: none is held

	mu      sync.Mutex
	hosts   map[string]*host
	public  http.RoundTripper
	private http.RoundTripper
}

// robotsFor is how long a robots.txt holds (RFC 9309, 2.4).
const robotsFor = 24 * time.Hour

// keptOfCut is how much of a body is archived that was cut short, bytes.
const keptOfCut = 64 << 10

// New readies the stack.
func New(s *Stack) *Stack {
	s.hosts = map[string]*host{}
	s.public, s.private = s.Base, s.Base
	if s.Base == nil {
		s.public, s.private = base(s.Policy, false), base(s.Policy, true)
	}
	return s
}

// Close ends idle connections.
func (s *Stack) Close() {
	for _, t := range []http.RoundTripper{s.public, s.private} {
		if c, ok := t.(interface{ CloseIdleConnections() }); ok {
			c.CloseIdleConnections()
		}
	}
}

// RoundTrip asks for one URL. The answer's body is decompressed, in UTF-8, whole
// and in memory. Answers that mean "later" (429, 5xx) are errors that [MayPass].
func (s *Stack) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, v := req.Context(), Of(req.Context())
	if v.File != "" && req.URL.String() == v.File {
		return s.file(req, v)
	}
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return nil, fmt.Errorf("only http and https are asked, not %s", req.URL.Scheme)
	}
	h := s.host(req.URL.Host)
	rules, err := s.rulesOf(ctx, h, req.URL, v)
	if err != nil {
		return nil, err
	}
	if !rules.Allowed(s.Agent, req.URL) {
		v.Outcome = schema.Forbidden
		return nil, ErrForbidden
	}
	prior := v.Prior
	if prior != nil && prior.URL != archive.CanonicalURL(req.URL.String()) {
		prior = nil
	}
	rec, err := s.ask(ctx, h, req.URL, req.Header, v, prior)
	if err != nil {
		return nil, err
	}
	if rec.Status == http.StatusNotModified {
		if prior == nil {
			return nil, errors.New("the server answered 304 to a question without validators")
		}
		old, err := prior.Body()
		if err != nil { // the archive lost it: ask for the whole
			v.Prior = nil
			return s.RoundTrip(req)
		}
		v.Place, v.Outcome, v.Status = old.Place, schema.Unchanged, http.StatusNotModified
		v.ETag, v.Modified = old.Header.Get("ETag"), old.Header.Get("Last-Modified")
		return Answer(req, old), nil
	}
	v.Outcome = schema.Fetched
	return Answer(req, rec), nil
}

// file answers with a file of this machine, archived like any other answer.
func (s *Stack) file(req *http.Request, v *Visit) (*http.Response, error) {
	f, err := os.Open(filepath.FromSlash(req.URL.Path))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := readBody(&http.Response{Body: f}, archive.MaxBody)
	if err != nil {
		return nil, err
	}
	kind := mime.TypeByExtension(filepath.Ext(f.Name()))
	if kind == "" {
		kind = "application/octet-stream"
	}
	v.FetchedAt, v.Status, v.Outcome = s.Now().UTC().Truncate(time.Second), http.StatusOK, schema.Fetched
	rec := &archive.Record{Type: archive.Response, URL: req.URL.String(), Date: v.FetchedAt, Source: v.Source, Crawl: v.Crawl,
		Status: http.StatusOK, Header: http.Header{"Content-Type": {kind}}, Body: body}
	if err := s.keep(rec, v, v.Prior); err != nil {
		return nil, err
	}
	return Answer(req, rec), nil
}

// Answer makes a response of an answer whose body is decompressed. The body
// comes in UTF-8, and the head says so, because Colly would decompress and
// decode again.
func Answer(req *http.Request, rec *archive.Record) *http.Response {
	body, kind := UTF8(rec.Header.Get("Content-Type"), rec.Body)
	h := rec.Header.Clone()
	if h == nil {
		h = http.Header{}
	}
	h.Del("Content-Encoding")
	h.Del("Transfer-Encoding")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Content-Type", kind)
	return &http.Response{
		Status: strconv.Itoa(rec.Status) + " " + http.StatusText(rec.Status), StatusCode: rec.Status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: h,
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Uncompressed: true, Request: req,
	}
}

// rulesOf returns the robots rules of the URL's host, asking for them when none
// are at hand. Only one request at a time asks; the others wait for its answer.
func (s *Stack) rulesOf(ctx context.Context, h *host, u *url.URL, v *Visit) (*Rules, error) {
	h.robots.Lock()
	defer h.robots.Unlock()
	if s.Now().Before(h.until) {
		return h.rules, h.refuse
	}
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	if s.Robots != nil {
		if rec := s.Robots(at.String()); rec != nil {
			if rules, err := RulesOf(rec.Status, rec.Body); err == nil {
				s.learn(h, rules, rec.Date)
				return rules, nil
			}
		}
	}
	rec, err := s.askRobots(ctx, h, at, v)
	if err != nil {
		return nil, err
	}
	rules, err := RulesOf(rec.Status, rec.Body)
	if err != nil {
		return nil, passing{err}
	}
	s.learn(h, rules, s.Now())
	return rules, nil
}

func (s *Stack) learn(h *host, rules *Rules, at time.Time) {
	h.rules, h.until = rules, at.Add(robotsFor)
	h.mu.Lock()
	h.delay = rules.Delay(s.Agent)
	if at := h.began.Add(h.delay); at.After(h.next) {
		h.next = at
	}
	h.mu.Unlock()
}

// askRobots fetches robots.txt, over up to five redirects. One that redirects
// for ever counts as absent, as does one that leads to what is no web address.
func (s *Stack) askRobots(ctx context.Context, h *host, at *url.URL, v *Visit) (*archive.Record, error) {
	none := &archive.Record{Status: http.StatusNotFound}
	for range 6 {
		hop := &Visit{Private: v.Private, Reserved: v.Reserved}
		v.Reserved = ""
		rec, err := s.ask(ctx, s.host(at.Host), at, http.Header{"User-Agent": {s.Agent}, "Accept": {"text/plain, */*;q=0.5"}}, hop, nil)
		s.Release(hop)
		switch {
		case errors.Is(err, archive.ErrTooLong):
			// What fits is enough: rules beyond the cap are not read anyway.
			return &archive.Record{Status: http.StatusOK}, nil
		case err != nil && hop.Status == 0:
			return nil, fmt.Errorf("robots.txt: %w", err)
		case err != nil:
			return nil, fmt.Errorf("robots.txt answered %d, staying out for now: %w", hop.Status, err)
		case rec.Status/100 != 3:
			return rec, nil
		}
		next, err := at.Parse(rec.Header.Get("Location"))
		if err != nil || next.Scheme != "http" && next.Scheme != "https" {
			return none, nil
		}
		at = next
	}
	return none, nil
}
