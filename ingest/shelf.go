package ingest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/fetch"
	"jobmarket/warehouse/schema"
)

// shelf is the transport of a replay: it answers from archives.
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
	if err := s.allowed(req.Context(), req.URL, it.crawl.start); err != nil {
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
	c.used.Store(true)
	rec, err := s.library.read(req.Context(), c)
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
	return fetch.Answer(req, rec), nil
}

func (s *shelf) lane(it *item) string { return it.crawl.source.Name }

// enter lets a few pages of a source be read at a time; they are taken in in
// their order all the same.
func (s *shelf) enter(l *lane) (bool, time.Duration) { return l.flying < 4, 0 }

// allowed applies the robots.txt that the archives hold for the time of the
// crawl. Where they hold none there is no rule to apply.
func (s *shelf) allowed(ctx context.Context, u *url.URL, at time.Time) error {
	c := s.library.rules(u.Scheme+"://"+u.Host, at)
	if c == nil {
		return nil
	}
	rec, err := s.library.read(ctx, c)
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
