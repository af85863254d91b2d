package ingest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/fetch"
	"jobmarket/warehouse/schema"
)

// shelf is the transport of a replay: it answers from archives. Only the
// engine's single worker of a source asks for that source's captures, so that
// each is marked as used in a settled order.
type shelf struct {
	library *library
	agent   string
}

// RoundTrip answers with the capture that belongs to the visit's crawl.
func (s *shelf) RoundTrip(req *http.Request) (*http.Response, error) {
	v := fetch.Of(req.Context())
	it, ok := v.Pick.(*item)
	if !ok {
		return nil, fetch.ErrNotArchived
	}
	if err := s.allowed(req.URL, it.crawl.start); err != nil {
		v.Outcome = schema.Forbidden
		return nil, err
	}
	c := it.pick
	if c == nil || c.url != archive.CanonicalURL(req.URL.String()) {
		if c, _ = s.library.find(it.crawl, req.URL.String()); c == nil {
			v.Outcome = schema.NotArchived
			return nil, fetch.ErrNotArchived
		}
	}
	c.used = true
	rec, err := s.library.read(c)
	if rec == nil {
		return nil, err
	}
	v.Place, v.FetchedAt, v.Status, v.Outcome = rec.Place, c.date, rec.Status, schema.Fetched
	v.ETag, v.Modified = rec.Header.Get("ETag"), rec.Header.Get("Last-Modified")
	if c.profile == archive.NotModified {
		v.Outcome = schema.Unchanged
	}
	if err != nil {
		return nil, err
	}
	return answer(req, rec), nil
}

// allowed applies the robots.txt that the archives hold for the time of the
// crawl. Where they hold none there is no rule to apply.
func (s *shelf) allowed(u *url.URL, at time.Time) error {
	c := s.library.rules(u.Scheme+"://"+u.Host, at)
	if c == nil {
		return nil
	}
	rec, err := s.library.read(c)
	if err != nil {
		return fmt.Errorf("robots.txt: %w", err)
	}
	rules, err := fetch.RulesOf(rec.Status, rec.Body)
	if err != nil {
		return err
	}
	if !rules.Allowed(s.agent, u) {
		return fetch.ErrForbidden
	}
	return nil
}

// answer makes a response of an archived answer, with its body decompressed and
// in UTF-8. It says so in its head, because Colly would decompress and decode
// again.
func answer(req *http.Request, rec *archive.Record) *http.Response {
	body, kind := fetch.UTF8(rec.Header.Get("Content-Type"), rec.Body)
	h := rec.Header.Clone()
	if h == nil {
		h = http.Header{}
	}
	h.Del("Content-Encoding")
	h.Del("Transfer-Encoding")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Content-Type", kind)
	return &http.Response{
		Status: http.StatusText(rec.Status), StatusCode: rec.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: h, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Uncompressed: true, Request: req,
	}
}
