// Package terms finds the languages and technologies that a posting names. What
// they are called, which spellings are ordinary words too, and what vouches for
// those, is data: taxonomy.csv, decoys.csv and context.csv, each commented. The
// package must not know how much a term matters to the job; see package role.
//
// # Decisions
//
// 2026-11-22: meaning is told by what stands beside a word, never by a regular
// expression over the text. A phrase of decoys.csv swallows the word in it
// ("go to market", "Rust Belt", "R&D"), a guarded spelling counts only where a
// list of languages, a word of context.csv or a near word vouches for it. The
// cost is one pass over the tokens.
package terms

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"jobmarket/transform/lexis"
)

var (
	//go:embed taxonomy.csv
	taxonomyCSV string
	//go:embed decoys.csv
	decoysCSV string
	//go:embed context.csv
	contextCSV string
)

// Data is the text of the embedded tables, for the version of what reads them.
func Data() string { return taxonomyCSV + decoysCSV + contextCSV }

// Kinds of terms.
const (
	Language   = "language"
	Technology = "technology"
)

// Term is one entry of the taxonomy.
type Term struct {
	Kind string // Language or Technology
	Name string // canonical, lower case
}

// Use is one place where a posting names a term: tokens First..Last, inclusive.
type Use struct {
	Term        int32 // index for [Taxonomy.Term]
	First, Last int32
	sure        bool
	plain       bool // of a guarded spelling: see spelling
}

// Taxonomy is the compiled data. It is immutable and safe for concurrent use.
type Taxonomy struct {
	terms    []Term
	near     [][]uint64 // by term: hashes of the words that vouch for it
	matcher  *lexis.Matcher
	spelling []spelling // by phrase of the matcher
	before   lexis.Set
	after    lexis.Set
	gloss    lexis.Set // last words of a bracket behind a name that is something else's
}

// spelling is what a phrase stands for.
type spelling struct {
	term    int32 // -1: a decoy
	guarded bool
	strict  bool // guarded, and context words do not vouch for it: a place or a person
	small   bool // guarded, and a near word vouches for it in lower case too
	plain   bool // guarded, of a technology that a capital and a word before it make sure
	soft    bool // decoys: see decoys.csv
}

// New compiles the embedded data. An error names the file and the line.
func New() (*Taxonomy, error) {
	t := &Taxonomy{}
	var phrases []string
	add := func(phrase string, s spelling) {
		phrases = append(phrases, phrase)
		t.spelling = append(t.spelling, s)
	}
	err := eachRow("taxonomy.csv", taxonomyCSV, 5, func(row []string) {
		id := int32(len(t.terms))
		t.terms = append(t.terms, Term{row[0], row[1]})
		for _, p := range split(row[2]) {
			add(p, spelling{term: id})
		}
		for _, p := range split(row[3]) {
			p, strict := strings.CutSuffix(p, "!")
			p, small := strings.CutSuffix(p, "~")
			p, plain := strings.CutSuffix(p, "^")
			add(p, spelling{term: id, guarded: true, strict: strict, small: small || row[0] == Technology, plain: plain})
		}
		var near []uint64
		for _, w := range split(row[4]) {
			near = append(near, lexis.Hash(w))
		}
		t.near = append(t.near, near)
	})
	if err != nil {
		return nil, err
	}
	err = eachRow("decoys.csv", decoysCSV, 2, func(row []string) {
		add(row[0], spelling{term: -1, soft: row[1] == "yes"})
	})
	if err != nil {
		return nil, err
	}
	context := map[string]string{} // the words that stand before a name, after it, or in its gloss
	err = eachRow("context.csv", contextCSV, 2, func(row []string) { context[row[0]] += " " + row[1] })
	if err != nil {
		return nil, err
	}
	t.before, t.after, t.gloss = lexis.SetOf(context["before"]), lexis.SetOf(context["after"]), lexis.SetOf(context["gloss"])
	if t.matcher, err = lexis.NewMatcher(phrases); err != nil {
		return nil, fmt.Errorf("taxonomy.csv and decoys.csv: %w", err)
	}
	return t, nil
}

func eachRow(name, text string, fields int, row func([]string)) error {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	r.FieldsPerRecord = fields
	rows, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, x := range rows[1:] {
		row(x)
	}
	return nil
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// Phrases finds the spellings and decoys of the tables, for a [lexis.Joint].
func (t *Taxonomy) Phrases() *lexis.Matcher { return t.matcher }

// Len is the number of terms.
func (t *Taxonomy) Len() int { return len(t.terms) }

// Term is the entry with the index that a Use carries.
func (t *Taxonomy) Term(i int32) Term { return t.terms[i] }

// Lookup is the index of the language or technology of that canonical name.
func (t *Taxonomy) Lookup(kind, name string) (int32, bool) {
	i := slices.Index(t.terms, Term{kind, name})
	return int32(i), i >= 0
}

// Names are the canonical names of a kind, in the order of the file.
func (t *Taxonomy) Names(kind string) []string {
	var out []string
	for _, x := range t.terms {
		if x.Kind == kind {
			out = append(out, x.Name)
		}
	}
	return out
}

// Find appends to dst the uses of terms in d, from left to right.
func (t *Taxonomy) Find(dst []Use, d *lexis.Doc) []Use {
	from := len(dst)
	guarded := false
	t.matcher.Longest(d, func(m lexis.Match) bool {
		s := t.spelling[m.Phrase]
		if d.Tokens[m.First].Flags&lexis.Link != 0 {
			return true // "page.html" names no language of the work
		}
		if s.term < 0 {
			if s.soft {
				dst = t.findInside(dst, d, m)
				guarded = true
			}
			return true
		}
		if t.glossed(d, m.Last) {
			return true
		}
		u := Use{Term: s.term, First: m.First, Last: m.Last, sure: !s.guarded}
		if s.guarded {
			guarded = true
			u.plain = s.plain
			u.sure = t.vouched(d, &u, s)
		}
		dst = append(dst, u)
		return true
	})
	if guarded {
		found := t.inLists(d, dst[from:])
		dst = dst[:from+found]
	}
	return dst
}

// mostGloss is the most words of a bracket that says what a name means.
const mostGloss = 4

// glossed says that a bracket behind token i says that the name is something
// else's: "Rust (the game)", "Go (board game)".
func (t *Taxonomy) glossed(d *lexis.Doc, i int32) bool {
	n := int32(len(d.Tokens))
	if i++; i >= n || d.Tokens[i].Sep&lexis.Open == 0 || d.Tokens[i].Sep&(lexis.Close|lexis.Line) != 0 {
		return false
	}
	for last := i; last < n && last < i+mostGloss; last++ {
		if last+1 == n || d.Tokens[last+1].Sep&(lexis.Close|lexis.Line) != 0 {
			return t.gloss.Has(d.Tokens[last].Hash)
		}
		if d.Tokens[last+1].Sep != lexis.Space { // a list: "Swift (UIKit, Metal)"
			return false
		}
	}
	return false
}

// findInside looks for a term that is written with a capital within a soft
// decoy: "rewriting it in Go for speed" holds "go for".
func (t *Taxonomy) findInside(dst []Use, d *lexis.Doc, m lexis.Match) []Use {
	for i := m.First; i <= m.Last; i++ {
		k := &d.Tokens[i]
		if k.Flags&lexis.Upper == 0 || i == d.SentenceOf(int(i)).First {
			continue
		}
		for j := m.First; j <= m.Last; j++ {
			if j != i && d.Tokens[j].Flags&lexis.Upper != 0 {
				return dst
			}
		}
		if p, ok := t.matcher.Word(k.Hash); ok && t.spelling[p].term >= 0 {
			s := t.spelling[p]
			u := Use{Term: s.term, First: i, Last: i}
			u.sure = !s.guarded || t.vouched(d, &u, s)
			return append(dst, u)
		}
	}
	return dst
}

// vouched says that the words around a guarded spelling make it the term.
func (t *Taxonomy) vouched(d *lexis.Doc, u *Use, spelt spelling) bool {
	k := &d.Tokens[u.First]
	upper := k.Flags&lexis.Upper != 0
	if !upper && !spelt.small {
		return false
	}
	s := d.SentenceOf(int(u.First))
	if upper && !spelt.strict && k.End-k.Start > 1 && t.bracketed(d, u) {
		return true // "Frontend (React)"
	}
	if upper && !spelt.strict {
		plain := spelt.plain || t.terms[u.Term].Kind == Language
		if i := u.First - 1; plain && i >= s.First && k.Sep&(lexis.Comma|lexis.Stop|lexis.Break) == 0 && t.before.Has(d.Tokens[i].Hash) {
			return true
		}
		if i := u.Last + 1; i < s.Last && d.Tokens[i].Sep&(lexis.Comma|lexis.Stop|lexis.Break|lexis.Open|lexis.And) == 0 && t.after.Has(d.Tokens[i].Hash) {
			return true
		}
	}
	const reach = 24 // words of the sentence that are looked at on either side
	for i := max(s.First, u.First-reach); i < min(s.Last, u.Last+reach); i++ {
		if (i < u.First || i > u.Last) && slices.Contains(t.near[u.Term], d.Tokens[i].Hash) {
			return true
		}
	}
	return false
}

// bracketed says that the use stands alone in brackets.
func (t *Taxonomy) bracketed(d *lexis.Doc, u *Use) bool {
	next := int(u.Last) + 1
	return d.Tokens[u.First].Sep&lexis.Open != 0 && next < len(d.Tokens) && d.Tokens[next].Sep&lexis.Close != 0
}

// inLists vouches for guarded uses that stand in a list beside a sure one, or
// beside one another where both are plain; it drops the others and returns how many
// uses are left at the front.
func (t *Taxonomy) inLists(d *lexis.Doc, uses []Use) int {
	for i := 1; i < len(uses); i++ {
		a, b := &uses[i-1], &uses[i]
		if a.plain && b.plain && !a.sure && !b.sure && upper(d, a) && upper(d, b) && t.listed(d, a, b, b) {
			a.sure, b.sure = true, true
		}
	}
	for i := 1; i < len(uses); i++ {
		if !uses[i].sure && uses[i-1].sure && t.listed(d, &uses[i-1], &uses[i], &uses[i]) {
			uses[i].sure = true
		}
	}
	for i := len(uses) - 2; i >= 0; i-- {
		if !uses[i].sure && uses[i+1].sure && t.listed(d, &uses[i], &uses[i+1], &uses[i]) {
			uses[i].sure = true
		}
	}
	n := 0
	for _, u := range uses {
		if u.sure {
			uses[n] = u
			n++
		}
	}
	return n
}

// upper says that the use is written with a capital.
func upper(d *lexis.Doc, u *Use) bool { return d.Tokens[u.First].Flags&lexis.Upper != 0 }

// joiners are the words that may stand between two names of a list.
var joiners = lexis.SetOf("and or with plus as well then even also maybe some")

// listed says that a and b are neighbours in a list; doubtful is the one of
// them that wants vouching for.
func (t *Taxonomy) listed(d *lexis.Doc, a, b, doubtful *Use) bool {
	gap := b.First - a.Last - 1
	if gap > 2 {
		return false
	}
	var seps lexis.Sep
	for i := a.Last + 1; i <= b.First; i++ {
		k := &d.Tokens[i]
		if i < b.First && !joiners.Has(k.Hash) {
			return false
		}
		seps |= k.Sep
	}
	capital := upper(d, doubtful)
	single := d.Tokens[doubtful.First].End-d.Tokens[doubtful.First].Start == 1
	switch {
	case seps&lexis.Stop != 0, single && !capital:
		return false
	case seps&lexis.Line != 0:
		return capital && gap == 0 && d.LineOf(int(a.First)).Len() <= 5 && d.LineOf(int(b.First)).Len() <= 5
	case seps&(lexis.Comma|lexis.Slash|lexis.Semicolon|lexis.And|lexis.Break) != 0:
		return true
	}
	return capital || gap > 0 || d.Tokens[doubtful.First].Where == lexis.Tags
}
