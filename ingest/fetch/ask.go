package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jobmarket/ingest/archive"
)

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
	req.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
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
