package domain

import (
	"bytes"
	_ "embed"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"sync"
	"unicode/utf8"

	"jobmarket/transform/domain/employer"
	"jobmarket/transform/domain/logistic"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

//go:embed registry.csv
var registryText []byte

//go:embed listed.csv
var listedText []byte

// codeVersion changes with any change of this package that changes a verdict.
const codeVersion = "7"

// Classifier judges domains. It is read-only and safe for concurrent use.
type Classifier struct {
	lexicon  *lexicon
	registry *employer.Registry
	model    *model
	version  string
	pool     sync.Pool

	phraseWord []int32 // of each phrase of the lexicon: its word in the model plus one, 0 none
}

// Verdict is what was judged of one posting.
type Verdict struct {
	Domain        string
	Also          []string   // at most two, the most probable first
	Probabilities [9]float64 // in the order of schema.Domains
	Abstained     bool       // the evidence did not suffice: Domain is other
	Reasons       []schema.Reason
}

// New compiles what ships: lexicon, registry and weights. An error is a mistake
// in these files.
func New() (*Classifier, error) { return newClassifier(weightsText) }

// Untrained is a classifier with weights set by hand, which have seen no label.
// Training starts from it.
func Untrained() (*Classifier, error) { return newClassifier("") }

func newClassifier(weights string) (*Classifier, error) {
	l, err := parseLexicon(lexiconText)
	if err != nil {
		return nil, err
	}
	r := new(employer.Registry)
	if err := r.Read(bytes.NewReader(registryText), false); err != nil {
		return nil, err
	}
	if err := r.Read(bytes.NewReader(listedText), true); err != nil {
		return nil, err
	}
	m, err := readModel(weights)
	if err != nil {
		return nil, err
	}
	if n := max(len(l.phrases)*zones, (len(m.words)+1)*groups); n > math.MaxUint16 {
		return nil, fmt.Errorf("%d phrases or %d words are more than a reading can tell apart by 16 bits (see reading.slot)", len(l.phrases), len(m.words))
	}
	h := fnv.New64a()
	for _, part := range []string{codeVersion, lexiconText, weights} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	h.Write(registryText)
	h.Write(listedText)
	c := &Classifier{lexicon: l, registry: r, model: m, version: hex.EncodeToString(h.Sum(nil)[:4])}
	c.link()
	c.pool.New = func() any { return c.newReading() }
	return c, nil
}

// link finds the lexicon's phrases among the model's words.
func (c *Classifier) link() {
	index := map[string]int32{}
	for i, w := range c.model.words {
		index[w] = int32(i + 1)
	}
	c.phraseWord = make([]int32, len(c.lexicon.phrases))
	for i, p := range c.lexicon.phrases {
		if k := wordsKey(p); strings.Contains(k, " ") {
			c.phraseWord[i] = index[k]
		}
	}
}

// Phrases finds what of the lexicon stands in a posting, for a [lexis.Joint].
func (c *Classifier) Phrases() *lexis.Matcher { return c.lexicon.matcher }

// Version names code, lexicon, registry and weights in eight characters.
func (c *Classifier) Version() string { return c.version }

// A domain needs some probability, and more where no phrase of the lexicon and no
// employer's fact speaks of any: of such ads that the words put between the two
// bounds, most were something else (see MODEL.md).
const (
	abstainBelow     = 0.35
	abstainBareBelow = 0.5
)

// abstains says that a probability is too little to name a domain. Bare is an ad
// with nothing to go by but the model's words.
func abstains(p float64, bare bool) bool {
	return p < abstainBelow || bare && p < abstainBareBelow
}

// Judge judges the posting that was read into d. It writes the verdict over v,
// whose memory it uses again.
func (c *Classifier) Judge(v *Verdict, d *lexis.Doc, p *schema.Posting) {
	r := c.pool.Get().(*reading)
	defer c.pool.Put(r)
	c.read(r, d, p)
	probabilities := logistic.Softmax(c.model.scores(r.features), c.model.temperature)
	order := ranked(probabilities)
	*v = Verdict{Probabilities: probabilities, Domain: schema.Domains[order[0]], Also: v.Also[:0], Reasons: v.Reasons[:0]}
	if !r.known && len(r.seen) == 0 || abstains(probabilities[order[0]], bare(r.features)) {
		v.Abstained = true
		v.Domain = schema.Domains[domains-1]
	}
	if !v.Abstained {
		r.also.see(r.features, order[0], probabilities)
		v.Also = c.model.also.name(v.Also, &r.also)
	}
	r.said.Reset()
	r.said.Grow(mostSaid)
	v.Reasons = c.reasons(v.Reasons, r, domainIndex(v.Domain), order)
}

// maxSpan is how many bytes of the text a reason quotes.
const maxSpan = 80

// cut is s on one line, at most maxSpan bytes of it.
func cut(s string) string {
	s = s[:min(len(s), maxSpan)]
	for _, c := range []byte(s) {
		if c < ' ' || c >= utf8.RuneSelf {
			return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
		}
	}
	return s
}

func round3(x float64) float64 { return math.Round(x*1000) / 1000 }
