package domain

import (
	"bytes"
	"hash/fnv"
	"math"
	"slices"
	"sort"
	"unicode/utf8"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// Example is a labelled posting to train on.
type Example struct {
	Posting  *schema.Posting
	Domain   string
	Employer string // ads of one employer stay on one side of a split
	Sure     bool   // the readers were sure; others weigh less
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
	Steps     int     // of the optimiser, at most
}

// DefaultSettings are those that the shipped weights were trained with.
var DefaultSettings = Settings{Employers: 5, Lexicon: 0.006, Words: 0.0007, Prior: 0.5, Blind: 1, Unsure: 0.6, Steps: 120}

// Trainer holds examples as vectors.
type Trainer struct {
	c        *Classifier
	settings Settings
	examples []Example
	seeing   [][]feature // with employer facts
	blind    [][]feature // without
	weight   []float64
}

// NewTrainer picks the vocabulary and reads the examples.
func NewTrainer(examples []Example, s Settings) (*Trainer, error) {
	c, err := newClassifier("")
	if err != nil {
		return nil, err
	}
	c.model = vocabulary(examples, s.Employers)
	t := &Trainer{c: c, settings: s, examples: examples}
	perEmployer := map[string]int{}
	for _, e := range examples {
		perEmployer[e.Employer]++
	}
	d := new(lexis.Doc)
	r := c.pool.Get().(*reading)
	for _, e := range examples {
		d.Read(e.Posting)
		c.read(r, d, e.Posting)
		t.seeing = append(t.seeing, slices.Clone(r.features))
		r.features, r.known, r.words = r.features[:0], false, r.words[:0]
		r.buckets = [kinds][domains][zones]float32{}
		clear(r.wordSlot)
		c.vectorise(r)
		t.blind = append(t.blind, slices.Clone(r.features))
		w := 1 / math.Sqrt(float64(perEmployer[e.Employer])) // twenty ads of one employer are not twenty facts
		if !e.Sure {
			w *= s.Unsure
		}
		t.weight = append(t.weight, w)
	}
	return t, nil
}

// vocabulary is the words that stand in the ads of enough employers, with their
// inverse document frequency. No number and no single letter is a word.
func vocabulary(examples []Example, employers int) *model {
	type use struct {
		employers map[string]bool
		documents int
	}
	uses := map[string]*use{}
	d := new(lexis.Doc)
	for _, e := range examples {
		d.Read(e.Posting)
		seen := map[string]bool{}
		for i := range d.Tokens {
			word := d.Word(i)
			if d.Tokens[i].Flags&lexis.Digit != 0 || utf8.RuneCount(word) < 2 || len(word) > 30 || bytes.ContainsAny(word, ",\n") || !utf8.Valid(word) {
				continue
			}
			if seen[string(word)] {
				continue
			}
			seen[string(word)] = true
			u := uses[string(word)]
			if u == nil {
				u = &use{employers: map[string]bool{}}
				uses[string(word)] = u
			}
			u.employers[e.Employer] = true
			u.documents++
		}
	}
	m := &model{temperature: 1}
	for word, u := range uses {
		if len(u.employers) >= employers && u.documents < len(examples)/2 {
			m.words = append(m.words, word)
		}
	}
	sort.Strings(m.words)
	for _, word := range m.words {
		idf := math.Log(float64(len(examples)) / float64(uses[word].documents))
		m.idf = append(m.idf, float32(math.Round(idf*scale)/scale))
	}
	m.table.build(m.words)
	m.weights = priorWeights(len(m.words))
	return m
}

// fit trains on the examples that keep says.
func (t *Trainer) fit(keep func(i int) bool) [][domains]float64 {
	p := problem{}
	for i, e := range t.examples {
		if !keep(i) {
			continue
		}
		y := domainIndex(e.Domain)
		p.x, p.y, p.weight = append(p.x, t.seeing[i]), append(p.y, y), append(p.weight, t.weight[i])
		if t.settings.Blind > 0 {
			p.x, p.y, p.weight = append(p.x, t.blind[i]), append(p.y, y), append(p.weight, t.weight[i]*t.settings.Blind)
		}
	}
	prior := priorWeights(len(t.c.model.words))
	p.prior = make([][domains]float64, len(prior))
	p.penalty = make([]float64, len(prior))
	for i, row := range prior {
		for k, x := range row {
			p.prior[i][k] = float64(x) * t.settings.Prior
		}
		p.penalty[i] = t.settings.Lexicon
		if i >= fWords {
			p.penalty[i] = t.settings.Words
		}
	}
	p.penalty[fBias] = 1e-4
	return p.solve(t.settings.Steps)
}

// Fold puts an employer into one of n folds, the same in every run.
func Fold(employer string, n int) int {
	h := fnv.New32a()
	h.Write([]byte(employer))
	return int((h.Sum32() >> 8) % uint32(n))
}

// Held is one example's scores by a model that saw no ad of its employer.
type Held struct {
	Scores [domains]float64
	Label  int
}

// Hold trains on the examples that out does not say and scores all of them.
func (t *Trainer) Hold(out func(i int) bool) []Held {
	w := t.fit(func(i int) bool { return !out(i) })
	held := make([]Held, len(t.examples))
	for i := range t.examples {
		held[i] = t.held(w, i)
	}
	return held
}

func (t *Trainer) held(w [][domains]float64, i int) Held {
	return Held{score(w, t.seeing[i]), domainIndex(t.examples[i].Domain)}
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

func score(w [][domains]float64, fs []feature) (s [domains]float64) {
	for _, f := range fs {
		for k, x := range w[f.id] {
			s[k] += x * float64(f.value)
		}
	}
	return s
}

// temperature is what the scores must be divided by so that the held-out
// examples are the most likely (Guo et al., ICML 2017), to a hundredth.
func temperature(held []Held) float64 {
	best, least := 1.0, math.Inf(1)
	for k := 30; k <= 400; k++ {
		t := float64(k) / 100
		loss := 0.0
		for _, h := range held {
			loss -= math.Log(max(softmax(h.Scores, t)[h.Label], 1e-300))
		}
		if loss < least {
			best, least = t, loss
		}
	}
	return best
}

// Weights trains on all examples and returns the file that ships. The
// temperature comes from the held-out scores.
func (t *Trainer) Weights(held []Held) ([]byte, error) {
	w := t.fit(func(int) bool { return true })
	m := t.c.model
	m.temperature = temperature(held)
	for i, row := range w {
		for k, x := range row {
			m.weights[i][k] = float32(x)
		}
	}
	var b bytes.Buffer
	err := m.write(&b)
	return b.Bytes(), err
}

// Verdict is the domain that the scores say, for measuring.
func (h Held) Verdict() (domain string, probabilities [9]float64) {
	p := softmax(h.Scores, 1)
	return schema.Domains[ranked(p)[0]], p
}
