package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gocolly/colly/v2"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/fetch"
	"jobmarket/ingest/journal"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// worker fetches and parses one page at a time, with a collector of its own:
// Colly gives each request the collector's context, and that context carries
// what the transport must know of the visit.
type worker struct {
	engine    *engine
	collector *colly.Collector
	response  *colly.Response
}

// result is what became of a page.
type result struct {
	item      *item
	page      schema.Page
	postings  []schema.Posting
	sightings []schema.Sighting
	rejects   []schema.Reject
	facts     []schema.Fact
	links     []string
	err       error
	again     bool // the failure may pass
	silent    bool // nothing was asked and nothing is missing
	unread    bool // the page as a whole could not be parsed
}

func newWorker(e *engine, transport http.RoundTripper) *worker {
	c := colly.NewCollector(colly.AllowURLRevisit(), colly.IgnoreRobotsTxt(), colly.ParseHTTPErrorResponse(), colly.MaxBodySize(0))
	w := &worker{engine: e, collector: c}
	// Settings are made again here: COLLY_ variables of the environment have
	// overridden those above.
	c.MaxBodySize, c.MaxDepth, c.MaxRequests, c.CacheDir = 0, 0, 0, ""
	c.IgnoreRobotsTxt, c.AllowURLRevisit, c.ParseHTTPErrorResponse, c.DetectCharset = true, true, true, false
	c.AllowedDomains, c.DisallowedDomains = nil, nil
	c.UserAgent = e.agent
	c.DisableCookies()
	c.WithTransport(transport)
	c.SetRequestTimeout(0) // the transport limits each hop, so that waiting for a host's turn costs nothing
	c.SetRedirectHandler(func(req *http.Request, via []*http.Request) error {
		if len(via) > max(1, e.o.HTTP.MaxRedirect) {
			return fmt.Errorf("more than %d redirects", max(1, e.o.HTTP.MaxRedirect))
		}
		if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
			return fmt.Errorf("a redirect to %s: is not followed", req.URL.Scheme)
		}
		req.Header.Del("If-None-Match")
		req.Header.Del("If-Modified-Since")
		return nil
	})
	c.OnResponse(func(r *colly.Response) { w.response = r })
	return w
}

// visit fetches and parses the page.
func (w *worker) visit(ctx context.Context, it *item) *result {
	r := &result{item: it}
	v := w.engine.visitOf(it)
	w.response = nil
	w.collector.Context = fetch.With(ctx, v)
	if w.engine.net != nil {
		defer w.engine.net.stack.Release(v)
	}
	err := w.collector.Request(http.MethodGet, it.url, nil, nil, nil)
	if w.response == nil && err == nil {
		err = errors.New("no answer came")
	}
	at := v.FetchedAt
	if at.IsZero() || v.Outcome == schema.Forbidden {
		at = w.engine.clock(it.crawl, v.Outcome)
	}
	src := it.crawl.source
	r.page = schema.Page{
		RunID: w.engine.o.RunID, CrawlID: it.crawl.row.ID, Source: src.Name, URL: it.url, FetchedAt: at.UTC().Truncate(time.Second),
		Status: int32(v.Status), Outcome: v.Outcome, Archive: v.Place.File, ArchiveOffset: v.Place.Offset, ArchiveLength: v.Place.Length,
		ETag: v.ETag, LastModified: v.Modified, Kind: src.kind.Name, ParserVersion: src.kind.Version, Simulated: it.crawl.row.Simulated,
	}
	r.page.ID = schema.PageID(src.Name, it.url, r.page.FetchedAt)
	if err != nil {
		w.failed(r, v, err)
		return r
	}
	if body := w.response.Body; !journal.Later(w.response.StatusCode) {
		r.page.Bytes, r.page.Digest = int64(len(body)), archive.Digest(body)
	}
	r.page.Status = int32(w.response.StatusCode)
	if w.judge(r, w.response.StatusCode) {
		w.parse(r, w.response)
	}
	return r
}

// failed says what became of a page without an answer.
func (w *worker) failed(r *result, v *fetch.Visit, err error) {
	switch {
	case errors.Is(err, fetch.ErrForbidden):
		r.page.Outcome = schema.Forbidden
	case errors.Is(err, fetch.ErrNotArchived):
		r.page.Outcome = schema.NotArchived
		r.silent = w.engine.heldElsewhere(r.item)
	default:
		r.page.Outcome = schema.Failed
		r.again = fetch.MayPass(err)
	}
	var at *url.Error
	if errors.As(err, &at) && archive.CanonicalURL(at.URL) == archive.CanonicalURL(r.item.url) {
		err = at.Err // the row names the URL already; a redirect's target stays named
	}
	r.err = err
	r.page.Error = plainError(err)
}

// judge tells by its status whether an answer is to be parsed.
func (w *worker) judge(r *result, status int) bool {
	switch {
	case status/100 == 2:
		return true
	case (status == http.StatusNotFound || status == http.StatusGone) && !r.item.start:
		r.page.Complete = true // it is gone, and that is an answer
		return false
	}
	r.page.Outcome = schema.Failed
	r.err = fmt.Errorf("the server answered %d %s", status, http.StatusText(status))
	r.page.Error = r.err.Error()
	return false
}

// plainError is the error's text for a row: one line, not too long, valid UTF-8.
func plainError(err error) string { return clip(strings.ReplaceAll(err.Error(), "\n", " "), 400) }

// clip makes s valid UTF-8 without NUL and cuts it after at most n bytes.
func clip(s string, n int) string {
	s = clean(s)
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clean makes s fit for a database: valid UTF-8 without NUL.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// parse reads the page with the kind's parser and makes its rows.
func (w *worker) parse(r *result, resp *colly.Response) {
	src := r.item.crawl.source
	parsed, err := parse(src.kind, kinds.Page{URL: resp.Request.URL.String(), FetchedAt: r.page.FetchedAt, Status: resp.StatusCode,
		Header: *resp.Headers, Body: resp.Body, Source: src.Source})
	if err != nil {
		parsed.Complete = false
		parsed.Rejects = append(parsed.Rejects, schema.Reject{Reason: plainError(err), Excerpt: string(resp.Body[:min(len(resp.Body), 200)])})
		r.page.Error = plainError(err)
		r.unread = true
	}
	r.links = parsed.Links
	for i := range parsed.Postings {
		w.posting(r, &parsed.Postings[i], int32(i))
	}
	for _, x := range parsed.Rejects {
		x.PageID, x.RunID, x.Source, x.URL = r.page.ID, r.page.RunID, src.Name, r.page.URL
		x.ParserVersion, x.FetchedAt, x.Simulated = src.kind.Version, r.page.FetchedAt, r.page.Simulated
		x.Place, x.Field, x.Reason, x.Excerpt = clip(x.Place, 200), clean(x.Field), clip(x.Reason, 400), clip(x.Excerpt, 200)
		x.ID = schema.ID(x.PageID, x.Place, x.Reason)
		r.rejects = append(r.rejects, x)
	}
	for _, x := range parsed.Facts {
		x.Source, x.PageID, x.FetchedAt, x.Simulated = src.Name, r.page.ID, r.page.FetchedAt, r.page.Simulated
		x.Subject, x.Name, x.Value = clean(x.Subject), clean(x.Name), clean(x.Value)
		x.ID = schema.ID(x.Source, x.Subject, x.Name, x.Value)
		r.facts = append(r.facts, x)
	}
	r.page.Postings, r.page.Rejects, r.page.Complete = int32(len(r.sightings)), int32(len(r.rejects)), parsed.Complete
}

// posting seals an ad and makes its sighting.
func (w *worker) posting(r *result, p *schema.Posting, ordinal int32) {
	src := r.item.crawl.source
	p.Source, p.Simulated = src.Name, r.page.Simulated
	for _, field := range []*string{&p.Key, &p.URL, &p.Link, &p.Title, &p.Company, &p.CompanyURL, &p.Location, &p.Remote, &p.Department,
		&p.Employment, &p.Pay, &p.PayCurrency, &p.PayPeriod, &p.Tags, &p.Author, &p.Requisition, &p.Text} {
		*field = clean(*field)
	}
	if p.Company == "" && src.Employer != "" {
		p.Company, p.CompanyURL = src.Employer, src.EmployerURL
	}
	if p.SeenAt.IsZero() {
		p.SeenAt = r.page.FetchedAt
	}
	p.SeenAt = p.SeenAt.UTC().Truncate(time.Second)
	if p.SeenAt.Before(w.engine.o.Since) {
		return
	}
	p.Seal()
	r.postings = append(r.postings, *p)
	r.sightings = append(r.sightings, schema.Sighting{
		ID: schema.SightingID(p, p.SeenAt), PostingID: p.ID, Source: src.Name, SeenAt: p.SeenAt, FetchedAt: r.page.FetchedAt,
		PageID: r.page.ID, CrawlID: r.page.CrawlID, Digest: p.Digest, Ordinal: ordinal, Simulated: r.page.Simulated,
	})
}

// parse calls the kind's parser. A panic in it costs the page, not the run.
func parse(k kinds.Kind, p kinds.Page) (parsed kinds.Parsed, err error) {
	defer func() {
		if x := recover(); x != nil {
			parsed, err = kinds.Parsed{}, fmt.Errorf("the parser of %s failed: %v", k.Name, x)
		}
	}()
	parsed, err = k.Parse(p)
	parsed.Links = slices.DeleteFunc(parsed.Links, func(u string) bool {
		return !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://")
	})
	return parsed, err
}
