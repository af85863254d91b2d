// Package extract reads from a posting what it states besides its domain:
// languages and technologies, what role the market's language has, places, pay,
// seniority, years asked and the like. It knows how ads are written; it knows no
// source's wire format, no database and no other posting.
package extract

import (
	"fmt"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// Options are the settings of an Extractor.
type Options struct {
	Language string // the market's language, as the taxonomy names it: "rust"
}

// Extractor reads postings. It is immutable and safe for concurrent use.
type Extractor struct {
	language string
}

// New compiles the taxonomy. The error says that it does not know the language.
func New(o Options) (*Extractor, error) {
	if o.Language == "" {
		return nil, fmt.Errorf("extract: no market language given (hint: set language in pipeline.yaml)")
	}
	return &Extractor{language: o.Language}, nil
}

// Version changes whenever Extract may say something else of the same posting.
func (x *Extractor) Version() string { return "extract-1/" + x.language }

// Extract fills the fields of l from MarketRole on, and IsJob, from p, which doc
// was read from, and returns what p mentions.
func (x *Extractor) Extract(doc *lexis.Doc, p *schema.Posting, l *schema.Label) []schema.Mention {
	l.IsJob, l.IsJobReason = true, "nothing in it speaks against a job ad"
	l.MarketRole = schema.RoleNo
	want := lexis.Hash(x.language)
	var out []schema.Mention
	for i, t := range doc.Tokens {
		if t.Hash != want {
			continue
		}
		if len(out) == 0 {
			l.MarketRole, l.MarketReason = schema.RoleSome, "names the language: "+doc.Excerpt(i, i, 120)
			out = append(out, schema.Mention{PostingID: p.ID, Digest: p.Digest, Kind: "language", Term: x.language,
				Role: schema.RoleSome, Evidence: doc.Excerpt(i, i, 120)})
		}
		out[0].Count++
	}
	return out
}
