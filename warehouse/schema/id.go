package schema

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"io"
	"math"
	"time"
)

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// ID is the id of the row that the parts identify: 12 lower-case base32
// characters, the first 60 bits of the SHA-256 of the parts, each with its
// length before it, so that ("a", "bc") and ("ab", "c") differ.
func ID(parts ...string) string {
	h := sha256.New()
	var n [8]byte
	for _, p := range parts {
		binary.LittleEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		io.WriteString(h, p)
	}
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return idEncoding.EncodeToString(sum[:8])[:12]
}

// Stamp is the form in which a time enters an [ID]: UTC, to the second.
func Stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// Seal sets the posting's ID and Digest from its Source, Key and content. SeenAt
// is not content: the same words printed again are the same content.
func (p *Posting) Seal() {
	p.ID = ID(p.Source, p.Key)
	stamp := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return Stamp(t)
	}
	number := func(f float64) string {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(f))
		return string(b[:])
	}
	p.Digest = ID(p.URL, p.Link, p.Title, p.Company, p.CompanyURL, p.Location, p.Remote, p.Department,
		p.Employment, p.Pay, number(p.PayLow), number(p.PayHigh), p.PayCurrency, p.PayPeriod, p.Tags, p.Author,
		p.Requisition, p.Text, stamp(p.PublishedAt), stamp(p.UpdatedAt), stamp(p.ExpiresAt))
}

// SightingID is the id of a sighting of p at the time seen. The same ad in the
// same words, printed at the same time, is one sighting however often its page
// is read.
func SightingID(p *Posting, seen time.Time) string { return ID(p.Source, p.Key, Stamp(seen), p.Digest) }

// PageID is the id of an answer.
func PageID(source, url string, fetched time.Time) string { return ID(source, url, Stamp(fetched)) }

// CrawlID is the id of a pass over a source that began with an answer at start.
func CrawlID(source string, start time.Time) string { return ID("crawl", source, Stamp(start)) }
