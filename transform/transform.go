// Package transform judges postings: which domain, which languages and in what
// role, where, for how much, how senior, and by what keys the ad may be told to
// be one job with another. It is pure: a posting goes in, rows come out.
//
// It knows words, employers and ways of writing ads. It must not know SQL, HTTP
// or how anything is drawn; its sub-packages share the tokens of package lexis
// and no state.
package transform

import (
	"encoding/json"
	"fmt"
	"sync"

	"jobmarket/transform/domain"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// Options says what is asked of postings.
type Options struct {
	Language string // the market's language, as the taxonomy names it; "rust" when empty
}

// Judge judges postings. It is safe for concurrent use.
type Judge struct {
	domain  *domain.Classifier
	version string
	docs    sync.Pool
}

// Judgement is what was made of one posting.
type Judgement struct {
	Label    schema.Label
	Mentions []schema.Mention
	Feature  schema.Feature
}

// New compiles the taxonomies. An error names what is wrong with them, or the
// language that they lack.
func New(o Options) (*Judge, error) {
	c, err := domain.New()
	if err != nil {
		return nil, fmt.Errorf("compiling the classifier: %w", err)
	}
	j := &Judge{domain: c, version: c.Version()}
	j.docs.New = func() any { return new(lexis.Doc) }
	return j, nil
}

// Version names what judges: code, lexicons, registry and weights. Labels of
// another version are stale.
func (j *Judge) Version() string { return j.version }

// Judge judges one posting. Text of any kind and size will do; of more than a
// megabyte only the beginning is read. LabelledAt is left to the caller, who
// has the clock.
func (j *Judge) Judge(p *schema.Posting) Judgement {
	d := j.docs.Get().(*lexis.Doc)
	defer j.docs.Put(d)
	d.Read(p)
	v := j.domain.Judge(d, p)
	label := schema.Label{
		PostingID: p.ID, Digest: p.Digest, Version: j.version, IsJob: true,
		Domain: v.Domain, Probabilities: v.Probabilities, Abstained: v.Abstained, MarketRole: schema.RoleNo,
	}
	if len(v.Also) > 0 {
		label.Also1 = v.Also[0]
	}
	if len(v.Also) > 1 {
		label.Also2 = v.Also[1]
	}
	label.Reasons = reasonsJSON(v.Reasons)
	return Judgement{Label: label}
}

func reasonsJSON(list []schema.Reason) string {
	if len(list) == 0 {
		return "[]"
	}
	b, err := json.Marshal(list)
	if err != nil {
		return "[]" // only a NaN weight could do this, and none is made
	}
	return string(b)
}
