package domain

import (
	"bytes"
	"hash/fnv"
	"math"
	"slices"
	"sort"
	"unicode/utf8"

	"jobmarket/transform/domain/employer"
	"jobmarket/transform/domain/logistic"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// Example is a labelled posting to train on.
type Example struct {
	Posting  *schema.Posting
	Domain   string
	Also     []string // further domains, as labelled
	Employer string   // ads of one employer stay on one side of a split
	Sure     bool     // the readers were sure; others weigh less
	Weak     bool     // nobody read it: the domain is its employer's
}

// Settings are what training is tuned by. They were chosen by cross-validation
// by employer.
type Settings struct {
	Employers int     // a word must stand in ads of so many employers to be a feature
	Lexicon   float64 // penalty on the lexicon's and registry's features
	Words     float64 // penalty on words
	Prior     float64 // how much of the hand-set weights the penalty pulls towards
	Blind     float64 // weight of each example's copy that sees no employer facts
	Unsure    float64 // weight of an example whose readers were not sure
	Weak      float64 // weight of an example that nobody read
	Steps     int     // of the optimiser, at most
}

// DefaultSettings are those that the shipped weights were trained with.
var DefaultSettings = Settings{Employers: 8, Lexicon: 0.006, Words: 0.0003, Prior: 0.5, Blind: 1, Unsure: 0.6, Weak: 0.15, Steps: 120}

// Trainer holds examples as vectors.
type Trainer struct {
	c        *Classifier
	settings Settings
	examples []Example
	seeing   [][]logistic.Feature // with employer facts
	blind    [][]logistic.Feature // without
	weight   []float64
}

// WeakExamples are the postings whose employer the registry knows as one of a
// single field, labelled with that field: nobody read them, but there are many.
// A posting whose title names a role of another field is left out, and of one
// employer at most perEmployer are taken, in the order given.
func (c *Classifier) WeakExamples(ps []*schema.Posting, perEmployer int) []Example {
	var out []Example
	taken := map[string]int{}
	d := new(lexis.Doc)
	r := c.newReading()
	for _, p := range ps {
		f, ok := c.registry.Look(p)
		if !ok || f.Fact.Giant || f.Fact.Listed || len(f.Fact.Also) > 0 {
			continue
		}
		key := employer.NameKey(f.Fact.Name)
		if taken[key] == perEmployer {
			continue
		}
		d.Read(p)
		c.read(r, d, p)
		other := false
		for k := range domains {
			other = other || r.bucket(role, k, zTitle).sum > 0 && schema.Domains[k] != f.Fact.Domain && schema.Domains[k] != "web"
		}
		if other {
			continue
		}
		taken[key]++
		out = append(out, Example{Posting: p, Domain: f.Fact.Domain, Employer: key, Weak: true})
	}
	return out
}

// EmployerOf is the key by which ads of one employer are told: the registry's
// name for it, else its own.
func (c *Classifier) EmployerOf(p *schema.Posting) string {
	if f, ok := c.registry.Look(p); ok {
		return employer.NameKey(f.Fact.Name)
	}
	if k := employer.NameKey(p.Company); k != "" {
		return k
	}
	return p.Source + "/" + p.Key
}

// NewTrainer picks the vocabulary and reads the examples.
func NewTrainer(examples []Example, s Settings) (*Trainer, error) {
	c, err := Untrained()
	if err != nil {
		return nil, err
	}
	c.model = c.vocabulary(examples, s.Employers)
	c.link()
	t := &Trainer{c: c, settings: s, examples: examples}
	perEmployer := map[string]int{}
	for _, e := range examples {
		perEmployer[e.Employer]++
	}
	thinned := thin(examples)
	d := new(lexis.Doc)
	r := c.newReading()
	for _, e := range examples {
		d.Read(e.Posting)
		c.read(r, d, e.Posting)
		t.seeing = append(t.seeing, slices.Clone(r.features))
		r.forgetFeatures()
		r.known = false
		c.vectorise(r)
		t.blind = append(t.blind, slices.Clone(r.features))
		w := 1 / math.Sqrt(float64(perEmployer[e.Employer])) // twenty ads of one employer are not twenty facts
		switch {
		case e.Weak:
			w *= s.Weak * thinned[e.Domain]
		case !e.Sure:
			w *= s.Unsure
		}
		t.weight = append(t.weight, w)
	}
	return t, nil
}

// thin is what an unread example of each domain weighs, so that no domain has a
// greater share of the unread than of the read: known employers are mostly of the
// web, and their ads would teach that any ad is.
func thin(examples []Example) map[string]float64 {
	var read, unread map[string]float64 = map[string]float64{}, map[string]float64{}
	var sumRead, sumUnread float64
	for _, e := range examples {
		if e.Weak {
			unread[e.Domain]++
			sumUnread++
		} else {
			read[e.Domain]++
			sumRead++
		}
	}
	out := map[string]float64{}
	for d, n := range unread {
		out[d] = min(1, read[d]/sumRead*sumUnread/n)
	}
	return out
}

// common is the part of the ads, one in so many, in which a word stands that tells no
// field from another: leaving such words out cost nothing held out, whatever the part
// from a half to a thirtieth, and of a short ad they were most.
const common = 20

// vocabulary is the words that stand in the ads of enough employers, and are not
// common, with their inverse document frequency. No number and no single letter is a
// word; a phrase of several words that the lexicon holds is one.
func (c *Classifier) vocabulary(examples []Example, employers int) *model {
	type use struct {
		employers map[string]bool
		documents int
	}
	uses := map[string]*use{}
	count := func(word, employer string) {
		u := uses[word]
		if u == nil {
			u = &use{employers: map[string]bool{}}
			uses[word] = u
		}
		u.employers[employer] = true
		u.documents++
	}
	d := new(lexis.Doc)
	for _, e := range examples {
		d.Read(e.Posting)
		seen := map[string]bool{}
		for i := range d.Tokens {
			word := d.Word(i)
			if d.Tokens[i].Flags&(lexis.Digit|lexis.Link) != 0 || utf8.RuneCount(word) < 2 || len(word) > 30 || bytes.ContainsAny(word, ",\n") || !utf8.Valid(word) {
				continue
			}
			if seen[string(word)] {
				continue
			}
			count(string(word), e.Employer)
			seen[string(word)] = true
		}
		c.lexicon.matcher.Longest(d, func(m lexis.Match) bool {
			if m.Last == m.First || c.lexicon.entries(m.Phrase)[0].kind >= kinds {
				return true
			}
			if phrase := wordsKey(c.lexicon.phrases[m.Phrase]); !seen[phrase] {
				seen[phrase] = true
				count(phrase, e.Employer)
			}
			return true
		})
	}
	m := &model{temperature: 1, also: untrainedAlso()}
	for word, u := range uses {
		if len(u.employers) >= employers && u.documents < len(examples)/common && !c.lexicon.stops[word] {
			m.words = append(m.words, word)
		}
	}
	sort.Strings(m.words)
	for _, word := range m.words {
		idf := math.Log(float64(len(examples)) / float64(uses[word].documents))
		m.idf = append(m.idf, float32(math.Round(idf*scale)/scale))
	}
	m.indexWords()
	m.weights = priorWeights(len(m.words))
	return m
}

// fit trains on the examples that keep says.
func (t *Trainer) fit(keep func(i int) bool) []logistic.Scores {
	p := logistic.Problem{}
	for i, e := range t.examples {
		if !keep(i) {
			continue
		}
		y := domainIndex(e.Domain)
		if !e.Weak { // there the employer's fact is the label
			p.Add(t.seeing[i], y, t.weight[i])
		}
		if t.settings.Blind > 0 {
			p.Add(t.blind[i], y, t.weight[i]*t.settings.Blind)
		}
	}
	prior := priorWeights(len(t.c.model.words))
	p.Prior = make([]logistic.Scores, len(prior))
	p.Penalty = make([]float64, len(prior))
	for i, row := range prior {
		for k, x := range row.of {
			p.Prior[i][k] = float64(x) / scale * t.settings.Prior
		}
		p.Penalty[i] = t.settings.Lexicon
		if i >= fWords {
			p.Penalty[i] = t.settings.Words
		}
	}
	p.Penalty[fBias] = 1e-4
	return p.Solve(t.settings.Steps)
}

// Fold puts an employer into one of n folds, the same in every run.
func Fold(employer string, n int) int {
	h := fnv.New32a()
	h.Write([]byte(employer))
	return int((h.Sum32() >> 8) % uint32(n))
}

// Held is one example's scores by a model that saw no ad of its employer.
type Held struct {
	Scores logistic.Scores // as at run time
	Blind  logistic.Scores // as if no registry knew the employer
	Label  int
	Bare   [2]bool // nothing to go by but words: as at run time, and blind
}

// Employer is the key of example i's employer.
func (t *Trainer) Employer(i int) string { return t.examples[i].Employer }

// Hold trains on the examples that out does not say and scores all of them.
func (t *Trainer) Hold(out func(i int) bool) []Held {
	w := t.fit(func(i int) bool { return !out(i) })
	held := make([]Held, len(t.examples))
	for i := range t.examples {
		held[i] = t.held(w, i)
	}
	return held
}

func (t *Trainer) held(w []logistic.Scores, i int) Held {
	return Held{
		Scores: logistic.Score(w, t.seeing[i]), Blind: logistic.Score(w, t.blind[i]), Label: domainIndex(t.examples[i].Domain),
		Bare: [2]bool{bare(t.seeing[i]), bare(t.blind[i])},
	}
}

// CrossValidate scores every example by a model trained on the other folds of
// employers.
func (t *Trainer) CrossValidate(folds int) []Held {
	out := make([]Held, len(t.examples))
	for f := range folds {
		inside := func(i int) bool { return Fold(t.examples[i].Employer, folds) == f }
		w := t.fit(func(i int) bool { return !inside(i) })
		for i := range t.examples {
			if inside(i) {
				out[i] = t.held(w, i)
			}
		}
	}
	return out
}

// Temperature is what the scores must be divided by so that the held-out
// examples are the most likely (Guo et al., ICML 2017), to a hundredth.
func Temperature(held []Held) float64 {
	best, least := 1.0, math.Inf(1)
	for k := 30; k <= 400; k++ {
		t := float64(k) / 100
		loss := 0.0
		for _, h := range held {
			loss -= math.Log(max(logistic.Softmax(h.Scores, t)[h.Label], 1e-300))
		}
		if loss < least {
			best, least = t, loss
		}
	}
	return best
}

// Weights trains on all examples and returns the file that ships. The
// temperature and the regression for further domains come from the held-out
// scores, which are in the order of the examples.
func (t *Trainer) Weights(held []Held) ([]byte, error) {
	w := t.fit(func(int) bool { return true })
	m := t.c.model
	m.temperature = Temperature(t.readOnly(held))
	m.also = t.fitAlso(t.sights(held, m.temperature), func(int) bool { return true })
	for i, row := range w {
		for k, x := range row {
			m.weights[i].set(k, x)
		}
	}
	var b bytes.Buffer
	err := m.write(&b)
	return b.Bytes(), err
}

// Undecided counts the examples with nothing to go by but words whose best domain has a
// probability that would name it were there any evidence, and does not as it is; right
// are those of them whose label it is.
func Undecided(held []Held, blind bool, temperature float64) (n, right int) {
	for i := range held {
		h := &held[i]
		scores, nothing := h.Scores, h.Bare[0]
		if blind {
			scores, nothing = h.Blind, h.Bare[1]
		}
		p := logistic.Softmax(scores, temperature)
		best := ranked(p)[0]
		if nothing && abstains(p[best], true) && !abstains(p[best], false) {
			n++
			if best == h.Label {
				right++
			}
		}
	}
	return n, right
}

// Decide is the domain that the scores say, as [Classifier.Judge] would decide,
// blind where no registry knows the employer, and the probabilities at the
// temperature.
func (h *Held) Decide(blind bool, temperature float64) (string, logistic.Scores) {
	scores, nothing := h.Scores, h.Bare[0]
	if blind {
		scores, nothing = h.Blind, h.Bare[1]
	}
	p := logistic.Softmax(scores, temperature)
	best := ranked(p)[0]
	if abstains(p[best], nothing) {
		best = domains - 1
	}
	return schema.Domains[best], p
}
