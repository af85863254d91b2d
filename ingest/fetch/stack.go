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
	"strings"
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

// ask sends one request when its host's turn comes, and archives the answer.
func (s *Stack) ask(ctx context.Context, h *host, u *url.URL, header http.Header, v *Visit, prior *Prior) (*archive.Record, error) {
	if err := s.turn(ctx, h, v); err != nil {
		return nil, err
	}
	defer h.leave()
	ctx, cancel := context.WithTimeout(ctx, s.timeout())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header = header.Clone()
	req.Header.Set("Accept-Encoding", "gzip, deflate, zstd")
	if prior != nil {
		setUnlessEmpty(req.Header, "If-None-Match", prior.ETag)
		setUnlessEmpty(req.Header, "If-Modified-Since", prior.Modified)
	}
	v.FetchedAt = s.Now().UTC().Truncate(time.Second)
	bottom := s.public
	if v.Private[u.Host] {
		bottom = s.private
	}
	res, err := bottom.RoundTrip(req)
	if err != nil {
		return nil, s.noAnswer(ctx, h, v, err)
	}
	defer res.Body.Close()
	return s.receive(ctx, h, u, v, prior, res)
}

func (s *Stack) timeout() time.Duration {
	if s.Policy.Timeout > 0 {
		return s.Policy.Timeout
	}
	return DefaultPolicy.Timeout
}

func setUnlessEmpty(h http.Header, name, value string) {
	if value != "" {
		h.Set(name, value)
	}
}

// noAnswer says what a failed connection means: an address that is not public,
// or a stop of ours, is no fault of the host.
func (s *Stack) noAnswer(ctx context.Context, h *host, v *Visit, err error) error {
	switch {
	case errors.Is(err, ErrAddress):
		return err
	case errors.Is(context.Cause(ctx), context.Canceled):
		return err
	}
	s.failed(h, 0, shortly(err))
	return passing{err}
}

// shortly is an error's text without the URL that net/http puts before it.
func shortly(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return err.Error()
}

// receive reads an answer and archives it.
func (s *Stack) receive(ctx context.Context, h *host, u *url.URL, v *Visit, prior *Prior, res *http.Response) (*archive.Record, error) {
	v.Status = res.StatusCode
	v.ETag, v.Modified = res.Header.Get("ETag"), res.Header.Get("Last-Modified")
	rec := &archive.Record{Type: archive.Response, URL: u.String(), Date: v.FetchedAt, Source: v.Source, Crawl: v.Crawl,
		Status: res.StatusCode, Header: res.Header}
	raw, err := readBody(res, s.Policy.MaxBody)
	var body []byte
	if err == nil {
		body, err = archive.Decode(res.Header.Get("Content-Encoding"), raw, s.Policy.MaxBody)
		if err != nil && !errors.Is(err, archive.ErrTooLong) {
			err = fmt.Errorf("the body cannot be decompressed: %w", err)
		}
	} else if !errors.Is(err, archive.ErrTooLong) {
		err = s.noAnswer(ctx, h, v, fmt.Errorf("the body broke off after %d bytes: %w", len(raw), err))
		rec.Truncated = "disconnect"
		if errors.Is(err, context.DeadlineExceeded) {
			rec.Truncated = "time"
		}
	}
	if errors.Is(err, archive.ErrTooLong) {
		rec.Truncated = "length"
		err = fmt.Errorf("%w: more than %d bytes", err, s.Policy.MaxBody)
	}
	if rec.Body = raw; rec.Truncated != "" {
		rec.Body = raw[:min(len(raw), keptOfCut)]
	}
	if bad := s.keep(rec, v, prior); bad != nil {
		return nil, bad
	}
	rec.Body = body
	if res.StatusCode == http.StatusTooManyRequests || res.StatusCode/100 == 5 || res.StatusCode == http.StatusRequestTimeout || res.StatusCode == http.StatusTooEarly {
		why := fmt.Sprintf("the server answered %d %s", res.StatusCode, http.StatusText(res.StatusCode))
		s.failed(h, retryAfter(res.Header, s.Now()), why)
		return nil, passing{errors.New(why)}
	}
	if err != nil {
		return nil, err
	}
	h.well()
	return rec, nil
}

// readBody reads at most limit bytes; more are [archive.ErrTooLong]. What was
// read comes with the error.
func readBody(res *http.Response, limit int64) ([]byte, error) {
	var b bytes.Buffer
	// What the head promises is believed up to a megabyte.
	b.Grow(int(min(max(res.ContentLength, 0), limit, 1<<20)) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(res.Body, limit+1))
	if err == nil && n > limit {
		err = archive.ErrTooLong
	}
	return b.Bytes(), err
}

// keep appends the answer to the archive: as a revisit where the body is one
// that is held already.
func (s *Stack) keep(rec *archive.Record, v *Visit, prior *Prior) error {
	if s.Archive == nil {
		return nil
	}
	stored := *rec
	stored.Digest = archive.Digest(rec.Body)
	if prior != nil && rec.Truncated == "" {
		switch {
		case rec.Status == http.StatusNotModified:
			stored.Profile = archive.NotModified
		case rec.Status == http.StatusOK && stored.Digest == prior.Digest:
			stored.Profile = archive.SameDigest
		}
	}
	if stored.Profile != "" {
		stored.Type, stored.Body = archive.Revisit, nil
		stored.Digest, stored.RefersURL, stored.RefersTo = prior.Digest, prior.URL, prior.Date
	}
	place, err := s.Archive.Append(&stored)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	if v.Place = place; stored.Profile != "" {
		v.Place = prior.Place // where the bytes are
	}
	return nil
}

// ErrArchive says that an answer could not be archived: the run must stop,
// because what is not archived must not be loaded.
var ErrArchive = errors.New("the answer could not be archived")

// retryAfter reads the header of that name, in seconds or as a date; 0 when it
// says nothing.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && n > 0 {
		return time.Duration(min(n, 1<<31)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}
