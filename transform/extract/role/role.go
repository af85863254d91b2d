// Package role judges what part a language has in a job, once it is known to be
// named: core (a main language of the work) or some (one of several, or a plus).
// It is a logistic model over two dozen features that a person can check by
// eye; weights.csv holds them with a sentence each, and `go test -train` makes
// them again (see the test). No feature knows which language is asked about, so
// the model that was trained on Rust serves every language of the taxonomy.
//
// # Decisions
//
// 2026-11-22: what speaks for core counts when any use shows it; what speaks
// against (a plus, one of several that would do, "a dash of") only when every
// use does, because an ad that names its main language five times will once
// name it in a list. A model over words was refused: with some 500 labelled ads
// it learns employers.
package role

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"

	"jobmarket/transform/extract/cues"
	"jobmarket/transform/extract/terms"
	"jobmarket/transform/lexis"
)

//go:embed weights.csv
var weightsCSV string

// Data is the text of the embedded weights, for the version of what reads them.
func Data() string { return weightsCSV }

// The features, in the order of weights.csv.
const (
	bias = iota
	inTitle
	titleAlone
	inHeader
	roleWord
	lineStart
	built
	stack
	must
	plus
	alt
	small
	learn
	sole
	fewLanguages
	manyLanguages
	alone
	chain2
	chain3
	chain5
	chainFirst
	chainOr
	twice
	often
	half
	dense
	early
	stackShort
	titleOther
	offRole
	builtFirst
	roleLine
	stackAlone
	features
)

var names = [features]string{"bias", "in_title", "title_alone", "in_header", "role_word", "line_start", "built", "stack", "must",
	"plus", "alt", "small", "learn", "sole", "few_languages", "many_languages", "alone", "chain_2", "chain_3", "chain_5",
	"chain_first", "chain_or", "twice", "often", "half", "dense", "early",
	"stack_short", "title_other", "off_role", "built_first", "role_line", "stack_alone"}

// Vector are the features of one language in one posting.
type Vector [features]float64

// Model is the compiled weights. It is immutable and safe for concurrent use.
type Model struct {
	weight [features]float64
	why    [features]string
}

// New reads the embedded weights. The error names the line that is wrong.
func New() (*Model, error) {
	r := csv.NewReader(strings.NewReader(weightsCSV))
	r.Comment = '#'
	r.FieldsPerRecord = 3
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("weights.csv: %w", err)
	}
	if len(rows) != features+1 {
		return nil, fmt.Errorf("weights.csv: %d features, want %d (hint: train again)", len(rows)-1, features)
	}
	m := &Model{}
	for i, row := range rows[1:] {
		w, err := strconv.ParseFloat(row[1], 64)
		if err != nil || row[0] != names[i] {
			return nil, fmt.Errorf("weights.csv: line of %q, want %q with a number", row[0], names[i])
		}
		m.weight[i], m.why[i] = w, row[2]
	}
	return m, nil
}

// Verdict is the role of one language in one posting.
type Verdict struct {
	Core  bool
	P     float64 // probability of core
	Why   string  // what decided most, a clause
	First int32   // token of the use that is shown as evidence
	Idle  bool    // only a rhetorical question names it: it is none of the job's
}

// Judge reads the role of a term that s uses at least once. A term in the title
// is core by definition, and so is one that somebody strong in is asked for, by itself
// or with one other; what only a rhetorical question names is not. The model is asked
// for the rest.
func (m *Model) Judge(s *Scene, term int32) Verdict {
	v, shown, plain := s.features(term)
	switch {
	case v[inTitle] == 1:
		return Verdict{Core: true, P: 0.98, Why: m.why[inTitle], First: shown}
	case plain == strongly:
		return Verdict{Core: true, P: 0.9, Why: "somebody strong in it is asked for", First: shown}
	case plain == rhetorically:
		return Verdict{P: 0.05, Why: "only a rhetorical question names it", First: shown, Idle: true}
	}
	z := 0.0
	best, most := bias, 0.0
	for i := range v {
		z += v[i] * m.weight[i]
	}
	for i := bias + 1; i < features; i++ {
		if c := v[i] * m.weight[i]; c*z > 0 && math.Abs(c) > most {
			best, most = i, math.Abs(c)
		}
	}
	return Verdict{Core: z > 0, P: 1 / (1 + math.Exp(-z)), Why: m.why[best], First: shown}
}

// Judge reads the role of a term that s uses at least once. The model speaks of
// languages; a technology is core where the title names it.
func (s *Scene) Judge(m *Model, term int32, language bool) Verdict {
	if language {
		return m.Judge(s, term)
	}
	for _, u := range s.Uses {
		if u.Term == term {
			in := s.Doc.Tokens[u.First].Where == lexis.Title
			return Verdict{Core: in, First: u.First, Why: m.why[inTitle]}
		}
	}
	return Verdict{}
}

// Languages is the number of languages named, companions such as HTML left out.
func (s *Scene) Languages() int { return s.languages }

// view is what one use of a language shows.
type view struct {
	title, titleAlone, header, roleWord, roleLine, lineStart, early            bool
	built, stack, must, plus, alt, small, learn, first, chOr, strong, rhetoric bool
	languages                                                                  int32 // in its list
}

// What is plain without the model.
type plain int

const (
	nothing plain = iota
	strongly
	rhetorically
)

// features reads the features of a term, the token of its most telling use, and what is
// plain without them.
func (s *Scene) features(term int32) (Vector, int32, plain) {
	var v Vector
	strong := false
	any := func(f int, is bool) {
		if is {
			v[f] = 1
		}
	}
	least := int32(math.MaxInt32)
	all := view{plus: true, alt: true, small: true, chOr: true, rhetoric: true}
	n, shown, score := 0, int32(0), -1
	for i, u := range s.Uses {
		if u.Term != term {
			continue
		}
		n++
		w := s.look(i, u)
		any(inTitle, w.title)
		any(titleAlone, w.titleAlone)
		any(inHeader, w.header)
		any(roleWord, w.roleWord)
		any(lineStart, w.lineStart)
		any(built, w.built)
		any(stack, w.stack)
		any(builtFirst, w.built && w.first)
		any(roleLine, w.roleLine && w.languages <= 2 && !w.plus && !w.alt)
		any(stackAlone, w.stack && w.languages <= 1 && !w.alt && !w.plus)
		any(stackShort, w.stack && w.languages <= 2 && !w.alt && !w.plus)
		any(must, w.must && !w.plus && !w.alt)
		strong = strong || w.strong && !w.plus && !w.alt && !w.small
		any(chainFirst, w.first)
		any(early, w.early)
		all.plus, all.alt, all.small = all.plus && w.plus, all.alt && w.alt, all.small && w.small
		all.rhetoric = all.rhetoric && w.rhetoric
		all.learn, all.chOr = all.learn || w.learn, all.chOr && w.chOr
		least = min(least, w.languages)
		if g := w.telling(); g > score {
			shown, score = u.First, g
		}
	}
	any(plus, all.plus)
	any(alt, all.alt)
	any(small, all.small)
	any(learn, all.learn)
	any(chainOr, all.chOr)
	any(sole, s.languages == 1)
	any(fewLanguages, s.languages == 2 || s.languages == 3)
	any(manyLanguages, s.languages >= 6)
	any(alone, least <= 1)
	any(chain2, least == 2)
	any(chain3, least == 3 || least == 4)
	any(chain5, least >= 5)
	any(twice, n == 2)
	any(often, n >= 3)
	any(half, s.total > 0 && n*2 > s.total)
	any(dense, n*80 >= len(s.Doc.Tokens))
	any(titleOther, s.titled && v[inTitle] == 0)
	any(offRole, s.off && v[inTitle] == 0)
	v[bias] = 1
	switch {
	case strong:
		return v, shown, strongly
	case all.rhetoric:
		return v, shown, rhetorically
	}
	return v, shown, nothing
}

// telling ranks uses for the evidence.
func (w *view) telling() (g int) {
	for _, b := range []bool{w.title, w.title, w.titleAlone, w.header, w.roleWord, w.built, w.must, !w.plus, !w.alt} {
		if b {
			g++
		}
	}
	return g
}

// reach is how many words on either side of a use belong to it: sentences of
// ads can be lists of a hundred words.
const reach = 16

// look reads what use i shows.
func (s *Scene) look(i int, u terms.Use) view {
	d := s.Doc
	k := &d.Tokens[u.First]
	sentence := d.SentenceOf(int(u.First))
	line := d.Lines[sentence.Line]
	c := s.chains[s.chain[i]]
	c.languages = max(c.languages, 1)
	w := view{languages: c.languages, chOr: c.or, first: c.languages > 1 && c.first == int32(i)}
	w.title = k.Where == lexis.Title
	w.titleAlone = w.title && c.languages == 1
	text, _ := d.In(lexis.Text)
	w.header = k.Where == lexis.Text && sentence.Line == d.SentenceOf(text).Line && line.Len() <= 30 || k.Where == lexis.Tags
	w.lineStart = k.Where == lexis.Text && u.First-line.First <= 1 && line.Len() <= 12 && c.languages <= 1
	w.roleWord = s.beforeRole(u, c, line)
	w.roleLine = line.Len() <= 14 && k.Where == lexis.Text && s.namesRole(line)
	w.early = k.Where == lexis.Text && int(k.Start-d.Fields[lexis.Text].Start) < int(d.Fields[lexis.Text].End-d.Fields[lexis.Text].Start)/3
	from, to := max(sentence.First, u.First-reach), min(sentence.Last, u.Last+reach)
	for _, q := range cues.Within(s.Cues, from, to) {
		if q.First > u.Last && q.Is.Has(cues.Built) {
			continue // "Rust code, rewritten in Go"
		}
		w.built = w.built || q.Is.Has(cues.Built) && u.First-q.Last <= 8
		w.stack = w.stack || q.Is.Has(cues.Stack)
		w.must = w.must || q.Is.Has(cues.Must)
		w.plus = w.plus || q.Is.Has(cues.Plus)
		w.alt = w.alt || q.Is.Has(cues.Alt)
		w.small = w.small || q.Is.Has(cues.Small) && q.Last < u.First && u.First-q.Last <= 4
		w.learn = w.learn || q.Is.Has(cues.Learn)
	}
	w.rhetoric = s.rhetorical(u, sentence)
	w.strong = c.languages <= 2 && c.uses <= 4 && !c.or && s.strongIn(u, c, sentence)
	head := s.heads[sentence.Line]
	w.plus = w.plus || head.Has(cues.Plus)
	w.stack = w.stack || head.Has(cues.Stack)
	w.must = w.must || head.Has(cues.Must)
	return w
}

// strongIn says that the sentence asks for somebody who is strong in what the list
// names: "proficiency in Python and Go", "strong Rust skills".
func (s *Scene) strongIn(u terms.Use, c chain, sentence lexis.Span) bool {
	const reach = 6
	const apart = lexis.Stop | lexis.Comma | lexis.Line | lexis.Break | lexis.Colon | lexis.Semicolon | lexis.Open | lexis.Close
	t := s.Doc.Tokens
	for i := s.Uses[c.first].First; i > sentence.First && i > s.Uses[c.first].First-reach && t[i].Sep&apart == 0; i-- {
		if strongWords.Has(t[i-1].Hash) && t[i].Hash != learningHash {
			return true
		}
	}
	for i := u.Last + 1; i < sentence.Last && i <= u.Last+2 && t[i].Sep&apart == 0; i++ {
		if skillWords.Has(t[i].Hash) {
			return true
		}
	}
	return false
}

// rhetorical says that the use stands in a question that paints the reader's feelings:
// "Are you tired of C and possessed by the urge to rewrite it all in Rust?"
func (s *Scene) rhetorical(u terms.Use, sentence lexis.Span) bool {
	const reach = 32
	if s.Doc.Tokens[u.First].Where != lexis.Text || s.ends(sentence) != '?' {
		return false
	}
	for _, t := range s.Doc.Tokens[max(sentence.First, u.First-reach):min(sentence.Last, u.Last+reach)] {
		if feelingWords.Has(t.Hash) {
			return true
		}
	}
	return false
}

var (
	strongWords  = lexis.SetOf("strong expert expertise proficient proficiency proficiencies fluent fluency mastery deep solid skilled advanced excellent")
	skillWords   = lexis.SetOf("expert expertise proficiency fluency mastery")
	feelingWords = lexis.SetOf("terrified scared afraid tired sick fed bored frustrated possessed urge urges dread nightmares haunted")
	learningHash = lexis.Hash("learning")
)

// namesRole says that a short line names who is wanted.
func (s *Scene) namesRole(line lexis.Span) bool {
	for _, t := range s.Doc.Tokens[line.First:line.Last] {
		if roleWords.Has(t.Hash) {
			return true
		}
	}
	return false
}

var roleWords = lexis.SetOf(`developer developers engineer engineers programmer programmers dev devs hacker hackers
		expert experts architect backend software aficionado rustacean rustaceans intern specialist coder coders`)

// beforeRole says that the use names who is wanted: "Rust developer", "Engineer
// - Rust", "Engineer (Scala, Rust)".
func (s *Scene) beforeRole(u terms.Use, c chain, line lexis.Span) bool {
	t := s.Doc.Tokens
	const apart = lexis.Stop | lexis.Comma | lexis.Line | lexis.Break | lexis.Colon | lexis.Semicolon
	for i := u.Last + 1; i < line.Last && i <= u.Last+3 && t[i].Sep&apart == 0; i++ {
		if roleWords.Has(t[i].Hash) {
			return true
		}
	}
	u = s.Uses[c.first]
	if i := u.First - 1; i >= line.First && t[u.First].Sep&(lexis.Dash|lexis.Hyphen|lexis.Open) != 0 && line.Len() <= 14 {
		return roleWords.Has(t[i].Hash)
	}
	return false
}
