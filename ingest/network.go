package ingest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"jobmarket/ingest/archive"
	"jobmarket/ingest/fetch"
	"jobmarket/ingest/journal"
	"jobmarket/warehouse/schema"
)

// network is how a crawl meets the world: what this very crawl has had answered
// before a kill comes from the archive, all else through the stack.
type network struct {
	o       *Options
	stack   *fetch.Stack
	journal *journal.Journal
	writer  *archive.Writer
}

// heldLane is the lane of pages that the archive answers: nobody is asked, so
// nothing has to be waited for.
const heldLane = "archive"

// openNetwork opens the archive for a crawl, and the stack.
func openNetwork(ctx context.Context, o *Options, agent string) (*network, error) {
	j, err := journal.Open(ctx, o.ArchiveDir, false)
	if err != nil {
		return nil, err
	}
	w, err := archive.NewWriter(o.ArchiveDir, o.RunID, o.Now(), "user-agent: "+agent)
	if err != nil {
		j.Close()
		return nil, err
	}
	n := &network{o: o, journal: j, writer: w}
	n.stack = fetch.New(&fetch.Stack{Policy: o.HTTP, Agent: agent, Archive: w, Base: o.Transport, Now: o.Now, Sleep: o.Sleep,
		Robots: func(url string) *archive.Record {
			if o.Full {
				return nil
			}
			return j.Robots(url, o.Now())
		}})
	return n, nil
}

// RoundTrip answers from the archive what this crawl has asked before, and asks
// the rest.
func (n *network) RoundTrip(req *http.Request) (*http.Response, error) {
	v := fetch.Of(req.Context())
	if k, ok := n.journal.Answered(v.Source, v.Crawl, req.URL.String()); ok {
		if rec, err := n.journal.Body(k); err == nil {
			v.Place, v.FetchedAt, v.Status, v.Outcome = rec.Place, k.Asked(), rec.Status, schema.Fetched
			v.ETag, v.Modified = rec.Header.Get("ETag"), rec.Header.Get("Last-Modified")
			if k.Same {
				v.Status, v.Outcome = http.StatusNotModified, schema.Unchanged
			}
			return fetch.Answer(req, rec), nil
		}
	}
	if !n.o.Full {
		v.Prior = n.journal.Prior(v.Source, req.URL.String())
	}
	return n.stack.RoundTrip(req)
}

func (n *network) lane(it *item) string {
	if _, ok := n.journal.Answered(it.crawl.source.Name, it.crawl.start, it.url); ok {
		return heldLane
	}
	if u, err := url.Parse(archive.CanonicalURL(it.url)); err == nil {
		return u.Host
	}
	return ""
}

func (n *network) enter(l *lane) (bool, time.Duration) {
	if l.name == heldLane {
		return true, 0
	}
	return n.stack.Reserve(l.name)
}

// ended writes into the archive that a crawl is over, once its rows are loaded:
// after a kill before that, it is gone through again.
func (n *network) ended(row schema.Crawl, suspect bool, parser int32) error {
	if err := n.writer.Sync(); err != nil {
		return err
	}
	end := archive.End{Outcome: row.Outcome, Complete: row.Complete, Suspect: suspect, Pages: int(row.Pages),
		Sightings: int(row.Sightings), Parser: parser}
	_, err := n.writer.Append(&archive.Record{Type: archive.Metadata, Date: n.o.Now(), Source: row.Source, Crawl: row.StartedAt,
		Body: []byte(end.String())})
	return err
}

// close gives the archive free.
func (n *network) close() error {
	n.stack.Close()
	return errors.Join(n.writer.Close(), n.journal.Close())
}

// dry is the transport of a dry run: it shows the parsers what the archive
// holds, so that they name the pages that would be next, and asks nobody.
type dry struct{ journal *journal.Journal }

func (d *dry) RoundTrip(req *http.Request) (*http.Response, error) {
	v := fetch.Of(req.Context())
	if k, ok := d.journal.Last(v.Source, req.URL.String()); ok {
		if rec, err := d.journal.Body(k); err == nil {
			v.Outcome = schema.Unchanged
			return fetch.Answer(req, rec), nil
		}
	}
	v.Outcome = schema.NotArchived
	return nil, fetch.ErrNotArchived
}

func (d *dry) lane(*item) string                 { return heldLane }
func (d *dry) enter(*lane) (bool, time.Duration) { return true, 0 }
