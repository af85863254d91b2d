// Package transform judges postings: which domain, which languages and in what
// role, where, for how much, how senior, and by what keys the ad may be told to
// be one job with another. It is pure: a posting goes in, rows come out.
//
// It knows words, employers and ways of writing ads. It must not know SQL, HTTP
// or how anything is drawn; its sub-packages share the tokens of package lexis, and
// the phrases found among them, and no other state.
//
// # Decisions
//
// 2026-11-22: what runs for every word looks into flat tables by the word's hash
// and first into a few kilobytes of bits, because a core's time goes into waiting
// for memory. What a Doc says is its own and is overwritten by the next ad; what
// outlives it is copied, once for all that one ad says.
//
// 2026-11-25: the phrases of lexicon, taxonomy and cues are found in one pass, which
// package lexis makes of their matchers ([lexis.Join]): none knows of the others, and
// by itself each finds the same.
//
// 2026-11-25: what an ad costs is spread thinly over all that is read from it: a
// sixth goes to cutting words, a tenth to phrases, no other part takes a tenth. What
// helped was to wait less: to know where a word ends before the next is sought, to
// take no branch that a word decides, to put together once what many ads say. Tried
// and refused, as no faster: judging a batch of ads part by part, so that each part's
// code stays in the nearest cache; building with a profile; smaller filters; looking
// ahead in the table of phrases.
package transform

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"sync"

	"jobmarket/transform/domain"
	"jobmarket/transform/extract"
	"jobmarket/transform/identity"
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
	extract *extract.Extractor
	phrases *lexis.Joint // of the lexicon, the taxonomy and the cues
	version string
	desks   sync.Pool
}

// desk is the memory that judging one posting takes.
type desk struct {
	doc     lexis.Doc
	verdict domain.Verdict
	reasons []byte
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
		return nil, fmt.Errorf("compiling the domain classifier: %w", err)
	}
	if o.Language == "" {
		o.Language = "rust"
	}
	x, err := extract.New(extract.Options{Language: o.Language})
	if err != nil {
		return nil, fmt.Errorf("compiling the taxonomy: %w", err)
	}
	terms, cues := x.Phrases()
	phrases, err := lexis.Join(c.Phrases(), terms, cues)
	if err != nil {
		return nil, fmt.Errorf("joining lexicon, taxonomy and cues: %w", err)
	}
	j := &Judge{domain: c, extract: x, phrases: phrases}
	j.version = j.VersionFor(o.Language)
	j.desks.New = func() any { return new(desk) }
	return j, nil
}

// Version names what judges: code, lexicons, registry, weights and the market's
// language. Labels of another version are stale.
func (j *Judge) Version() string { return j.version }

// VersionFor is the version that a Judge of this make has for the market of
// another language.
func (j *Judge) VersionFor(language string) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %s", j.domain.Version(), extract.VersionFor(language))
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// FeatureVersion names what makes features: code and data of package identity.
// Features of another version cannot be compared with these.
func (j *Judge) FeatureVersion() string { return identity.Version }

// Judge judges one posting. Text of any kind and size will do; of more than a
// megabyte only the beginning is read. LabelledAt is left to the caller, who
// has the clock. What is no job ad has a domain all the same: whether it counts
// is the reader's choice.
func (j *Judge) Judge(p *schema.Posting) Judgement {
	m := j.desks.Get().(*desk)
	defer j.desks.Put(m)
	d := &m.doc
	d.Read(p)
	j.phrases.Find(d)
	v := &m.verdict
	j.domain.Judge(v, d, p)
	m.reasons = reasonsJSON(m.reasons, v.Reasons)
	label := schema.Label{
		PostingID: p.ID, Digest: p.Digest, Version: j.version,
		Domain: v.Domain, Probabilities: v.Probabilities, Abstained: v.Abstained, Reasons: string(m.reasons),
	}
	if len(v.Also) > 0 {
		label.Also1 = v.Also[0]
	}
	if len(v.Also) > 1 {
		label.Also2 = v.Also[1]
	}
	mentions := j.extract.Extract(d, p, &label)
	for i := range mentions {
		mentions[i].Version = j.version
	}
	return Judgement{Label: label, Mentions: mentions, Feature: identity.FeaturesOf(d, p)}
}
