package role

import (
	"jobmarket/transform/extract/cues"
	"jobmarket/transform/extract/terms"
	"jobmarket/transform/lexis"
)

// Scene is one posting with what was found in it: what a role is read from.
type Scene struct {
	Doc  *lexis.Doc
	Uses []terms.Use
	Cues []cues.Cue

	chain     []int32    // by use: index in chains
	chains    []chain    // lists of languages and technologies
	heads     []cues.Set // by line: the classes of the heading above it
	languages int        // distinct languages
	total     int        // uses of languages
	seen      []int32    // by term: uses
	main      []bool     // by term: a language that is no companion
	named     []bool     // by term: a language
	titled    bool       // the title names some term
	off       bool       // the title names work that is seldom in a systems language
}

// chain is a run of uses that stand beside one another in a list.
type chain struct {
	first     int32 // use
	languages int32
	uses      int32
	or        bool // see beside
}

// Set reads d's lists and headings; uses and found must be d's, in order.
func (s *Scene) Set(x *terms.Taxonomy, d *lexis.Doc, uses []terms.Use, found []cues.Cue) {
	s.Doc, s.Uses, s.Cues = d, uses, found
	if len(s.seen) < x.Len() {
		s.seen, s.main, s.named = make([]int32, x.Len()), make([]bool, x.Len()), make([]bool, x.Len())
		for i := range s.main {
			t := x.Term(int32(i))
			s.named[i] = t.Kind == terms.Language
			s.main[i] = s.named[i] && !companion[t.Name]
		}
	}
	clear(s.seen)
	s.languages, s.total, s.titled = 0, 0, false
	for _, u := range uses {
		if s.main[u.Term] {
			if s.seen[u.Term] == 0 {
				s.languages++
			}
			s.total++
		}
		s.seen[u.Term]++
		s.titled = s.titled || d.Tokens[u.First].Where == lexis.Title
	}
	s.off = s.titleIsOff()
	s.link()
	s.readHeads()
}

// companion are languages that an ad lists beside the one its work is written
// in; they do not make that one of several.
var companion = map[string]bool{"html": true, "css": true, "sql": true, "bash": true, "graphql": true,
	"javascript": true, "typescript": true, "coffeescript": true}

// elsewhere are words of titles whose work is seldom in a systems language.
var elsewhere = lexis.SetOf(`front frontend designer design ui ux qa test tester mobile ios android rails marketing sales
	product data analyst scientist support recruiter growth rails`)

// titleIsOff says that the title names such work.
func (s *Scene) titleIsOff() bool {
	from, to := s.Doc.In(lexis.Title)
	for _, t := range s.Doc.Tokens[from:to] {
		if elsewhere.Has(t.Hash) {
			return true
		}
	}
	return false
}

// link puts the uses into chains.
func (s *Scene) link() {
	s.chain, s.chains = s.chain[:0], s.chains[:0]
	for i, u := range s.Uses {
		joined, or := false, false
		if i > 0 {
			joined, or = s.beside(s.Uses[i-1], u)
		}
		if !joined {
			s.chains = append(s.chains, chain{first: int32(i)})
		}
		c := &s.chains[len(s.chains)-1]
		c.uses++
		c.or = c.or || or
		if s.main[u.Term] {
			c.languages++
		}
		s.chain = append(s.chain, int32(len(s.chains)-1))
	}
}

var (
	hashAnd = lexis.Hash("and")
	hashOr  = lexis.Hash("or")
)

// beside says that b follows a in one list, and whether an "or", or a slash between
// languages, joins them.
func (s *Scene) beside(a, b terms.Use) (joined, or bool) {
	t := s.Doc.Tokens
	gap := b.First - a.Last - 1
	if gap > 3 || t[a.First].Where != t[b.First].Where {
		return false, false
	}
	var seps lexis.Sep
	for i := a.Last + 1; i <= b.First; i++ {
		seps |= t[i].Sep
		if i == b.First {
			break
		}
		switch t[i].Hash {
		case hashOr:
			or, joined = true, true
		case hashAnd:
			joined = true
		default:
			if gap > 2 {
				return false, false
			}
		}
	}
	if seps&lexis.Stop != 0 {
		return false, false
	}
	if seps&lexis.Line != 0 {
		// A bulleted list with one name a line.
		short := s.Doc.LineOf(int(a.First)).Len() <= 3 && s.Doc.LineOf(int(b.First)).Len() <= 3
		return gap == 0 && short, false
	}
	if seps&lexis.Slash != 0 && gap == 0 && s.named[a.Term] && s.named[b.Term] {
		or = true // "Go/Rust", and not "Docker/Kubernetes" in a list with them
	}
	return joined || seps&(lexis.Comma|lexis.Slash|lexis.And|lexis.Semicolon|lexis.Break|lexis.Dash|lexis.Open) != 0, or
}

// readHeads gives each line the classes of the heading that it stands under: a
// short line without a bullet and a full stop, until the next.
func (s *Scene) readHeads() {
	s.heads = s.heads[:0]
	var under cues.Set
	next := 0
	for _, line := range s.Doc.Lines {
		s.heads = append(s.heads, under)
		for next < len(s.Cues) && s.Cues[next].First < line.First {
			next++
		}
		if line.Len() > 7 || line.Len() == 0 || s.bulleted(line) {
			continue
		}
		here := cues.Set(0)
		for j := next; j < len(s.Cues) && s.Cues[j].First < line.Last; j++ {
			here |= s.Cues[j].Is
		}
		if here != 0 || s.ends(line) == ':' {
			under = here
		}
	}
}

// bulleted says that a hyphen, star, bullet or number stands before the line.
func (s *Scene) bulleted(line lexis.Span) bool {
	t := s.Doc.Tokens[line.First]
	return t.Sep&(lexis.Hyphen|lexis.Break|lexis.Dash|lexis.Other) != 0 || t.Flags&lexis.Number != 0
}

// ends is the byte after the line's last word.
func (s *Scene) ends(line lexis.Span) byte {
	if at := int(s.Doc.Tokens[line.Last-1].End); at < len(s.Doc.Raw) {
		return s.Doc.Raw[at]
	}
	return 0
}
