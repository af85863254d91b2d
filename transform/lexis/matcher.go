package lexis

import (
	"fmt"
	"math"
	"math/bits"

	"jobmarket/warehouse/schema"
)

// Matcher finds phrases in a Doc: a trie over token hashes, kept in one
// open-addressed table. It looks at each token once for each word of the
// longest phrase that begins there, so the time is linear in the text whatever
// the number of phrases. It is immutable and safe for concurrent use.
type Matcher struct {
	slots []slot
	mask  uint64
	count int

	// What most tokens stop at, in a near cache: two bits for each value of
	// h&0xffff, see aloneBit and pairedBit; and a bit for each pair of words that
	// a phrase begins with.
	first     [1 << 16 / 32]uint64
	pairs     []uint64
	pairShift uint8
}

// What may begin with a word: a phrase that is that word alone, and one of
// several words.
const (
	aloneBit = 1 << iota
	pairedBit
)

// slot is an edge of the trie. Half of its key is kept, so that the table stays
// in a near cache: of four billion strange words one is taken for a word that
// it is not.
type slot struct {
	key    uint32 // of the node and the token's hash
	node   uint16 // the child; 0: the slot is free
	phrase int16  // index of the phrase that ends here, or -1
}

// mostPhrases and mostNodes are what a slot can tell apart.
const mostPhrases, mostNodes = math.MaxInt16, math.MaxUint16

// Match is one phrase found: tokens First..Last, both inclusive.
type Match struct {
	Phrase      int32 // index in the list given to NewMatcher
	First, Last int32
}

// inPhrase are the separators that may stand between two words of a phrase,
// each alone: "ci/cd" is written as a phrase with a slash and found with one.
const inPhrase = Space | Hyphen | Dot | Apostrophe | And | Slash

// NewMatcher compiles phrases. Each is cut into tokens as a posting is, so case
// and the kind of separator do not matter; a phrase that holds no word, or the
// same tokens as another, is an error.
func NewMatcher(phrases []string) (*Matcher, error) {
	words := 0
	cut := make([][]uint64, len(phrases))
	for i, p := range phrases {
		d := NewDoc(&schema.Posting{Text: p})
		for _, t := range d.Tokens {
			cut[i] = append(cut[i], t.Hash)
		}
		if len(cut[i]) == 0 {
			return nil, fmt.Errorf("phrase %q holds no word", p)
		}
		words += len(cut[i])
	}
	if len(phrases) > mostPhrases || words > mostNodes {
		return nil, fmt.Errorf("%d phrases of %d words are too many (hint: at most %d of %d)", len(phrases), words, mostPhrases, mostNodes)
	}
	size := uint64(16)
	for size < uint64(words)*2 {
		size *= 2
	}
	m := &Matcher{slots: make([]slot, size), mask: size - 1, count: len(phrases), pairs: make([]uint64, size/8), pairShift: uint8(64 - bits.Len64(size*8-1))}
	next := uint16(1)
	for i, hashes := range cut {
		h := hashes[0]
		if len(hashes) == 1 {
			m.first[h&0xffff>>5] |= aloneBit << (h & 31 * 2)
		} else {
			m.first[h&0xffff>>5] |= pairedBit << (h & 31 * 2)
			at := m.pairBit(h, hashes[1])
			m.pairs[at>>6] |= 1 << (at & 63)
		}
		node := uint16(0)
		var s *slot
		for _, h := range hashes {
			key, at := edge(node, h)
			if s = m.child(node, h); s == nil {
				at &= m.mask
				for m.slots[at].node != 0 {
					at = (at + 1) & m.mask
				}
				s = &m.slots[at]
				*s = slot{key: key, node: next, phrase: -1}
				next++
			}
			node = s.node
		}
		if s.phrase >= 0 {
			return nil, fmt.Errorf("phrase %q has the same words as %q", phrases[i], phrases[s.phrase])
		}
		s.phrase = int16(i)
	}
	return m, nil
}

// Len is the number of phrases.
func (m *Matcher) Len() int { return m.count }

// edge is the key of the edge from a node, and where in the table it belongs.
func edge(node uint16, h uint64) (key uint32, at uint64) {
	h = (h ^ uint64(node)) * 0x9e3779b97f4a7c15
	return uint32(h), h >> 32
}

// child is the slot of the edge, or nil.
func (m *Matcher) child(node uint16, h uint64) *slot {
	for key, at := edge(node, h); ; at++ {
		if s := &m.slots[at&m.mask]; s.node == 0 {
			return nil
		} else if s.key == key {
			return s
		}
	}
}

// begins says in two bits what may begin with the token hash h.
func (m *Matcher) begins(h uint64) uint64 { return m.first[h&0xffff>>5] >> (h & 31 * 2) & 3 }

// pairBit is the place in pairs of two words.
func (m *Matcher) pairBit(a, b uint64) uint64 {
	return (a ^ bits.RotateLeft64(b, 29)) * 0x9e3779b97f4a7c15 >> m.pairShift
}

// isPair says that a phrase may begin with the two words.
func (m *Matcher) isPair(a, b uint64) bool {
	at := m.pairBit(a, b)
	return m.pairs[at>>6]&(1<<(at&63)) != 0
}

// Each reports every phrase that begins at each token, shorter ones first,
// until yield returns false. Phrases may overlap.
func (m *Matcher) Each(d *Doc, yield func(Match) bool) {
	for i := range d.Tokens {
		if m.begins(d.Tokens[i].Hash) == 0 {
			continue
		}
		s := m.child(0, d.Tokens[i].Hash)
		for j := i; s != nil; {
			if s.phrase >= 0 && !yield(Match{int32(s.phrase), int32(i), int32(j)}) {
				return
			}
			j++
			if j == len(d.Tokens) || !joins(d.Tokens[j].Sep) {
				break
			}
			s = m.child(s.node, d.Tokens[j].Hash)
		}
	}
}

// Longest reports, from left to right, the longest phrase at each place, and
// goes on after it: no two matches overlap.
func (m *Matcher) Longest(d *Doc, yield func(Match) bool) {
	m.LongestIn(d, 0, len(d.Tokens), yield)
}

// LongestIn is Longest on tokens from..to, to not included.
func (m *Matcher) LongestIn(d *Doc, from, to int, yield func(Match) bool) {
	tokens := d.Tokens[:to]
	for i := from; i < len(tokens); i++ {
		h := tokens[i].Hash
		begins := m.begins(h)
		if begins == 0 {
			continue
		}
		paired := begins&pairedBit != 0 && i+1 < len(tokens) && m.isPair(h, tokens[i+1].Hash) && joins(tokens[i+1].Sep)
		if !paired && begins&aloneBit == 0 {
			continue
		}
		s := m.child(0, h)
		if s == nil {
			continue
		}
		best, last := s.phrase, i
		for j := i + 1; paired && j < len(tokens) && joins(tokens[j].Sep); j++ {
			if s = m.child(s.node, tokens[j].Hash); s == nil {
				break
			}
			if s.phrase >= 0 {
				best, last = s.phrase, j
			}
		}
		if best >= 0 {
			if !yield(Match{int32(best), int32(i), int32(last)}) {
				return
			}
			i = last
		}
	}
}

// Word is the phrase that consists of the one word with that hash.
func (m *Matcher) Word(hash uint64) (phrase int32, ok bool) {
	s := m.child(0, hash)
	if s == nil || s.phrase < 0 {
		return -1, false
	}
	return int32(s.phrase), true
}

// joins says that two tokens with s between them may be words of one phrase:
// they touch, or a single class of separator stands between them.
func joins(s Sep) bool { return s&(s-1) == 0 && s&^inPhrase == 0 || s == Space|And }
