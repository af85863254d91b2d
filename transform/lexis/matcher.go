package lexis

import (
	"fmt"
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

	// What most tokens stop at, in a near cache: bit h&0xffff is set when a
	// phrase begins with hash h, and when it is that word alone; and a bit for
	// each pair of words that a phrase begins with.
	first, alone [1024]uint64
	pairs        []uint64
	pairShift    uint8
}

type slot struct {
	key    uint64 // of the node and the token's hash; 0: free
	node   uint32 // the child
	phrase int32  // index of the phrase that ends here, or -1
}

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
	size := uint64(16)
	for size < uint64(words)*3 {
		size *= 2
	}
	m := &Matcher{slots: make([]slot, size), mask: size - 1, count: len(phrases), pairs: make([]uint64, size/16), pairShift: uint8(64 - bits.Len64(size*4-1))}
	next := uint32(1)
	for i, hashes := range cut {
		node := uint32(0)
		var s *slot
		m.first[hashes[0]&0xffff>>6] |= 1 << (hashes[0] & 63)
		if len(hashes) == 1 {
			m.alone[hashes[0]&0xffff>>6] |= 1 << (hashes[0] & 63)
		} else {
			at := m.pairBit(hashes[0], hashes[1])
			m.pairs[at>>6] |= 1 << (at & 63)
		}
		for _, h := range hashes {
			s = m.find(node, h)
			if s.key == 0 {
				*s = slot{key: edge(node, h), node: next, phrase: -1}
				next++
			}
			node = s.node
		}
		if s.phrase >= 0 {
			return nil, fmt.Errorf("phrase %q has the same words as %q", phrases[i], phrases[s.phrase])
		}
		s.phrase = int32(i)
	}
	return m, nil
}

// Len is the number of phrases.
func (m *Matcher) Len() int { return m.count }

func edge(node uint32, h uint64) uint64 {
	h ^= uint64(node) * 0x9e3779b97f4a7c15
	h ^= h >> 32
	return h*0xd6e8feb86659fd93 | 1
}

// find is the slot of the edge, or the free slot where it belongs.
func (m *Matcher) find(node uint32, h uint64) *slot {
	key := edge(node, h)
	for i := (key >> 20) & m.mask; ; i = (i + 1) & m.mask {
		if s := &m.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// child is the slot of the edge, or nil.
func (m *Matcher) child(node uint32, h uint64) *slot {
	key := edge(node, h)
	for i := (key >> 20) & m.mask; ; i = (i + 1) & m.mask {
		switch s := &m.slots[i]; s.key {
		case key:
			return s
		case 0:
			return nil
		}
	}
}

// begins says that a phrase may begin with the token hash h.
func (m *Matcher) begins(h uint64) bool { return m.first[h&0xffff>>6]&(1<<(h&63)) != 0 }

// isAlone says that the word of hash h may be a phrase.
func (m *Matcher) isAlone(h uint64) bool { return m.alone[h&0xffff>>6]&(1<<(h&63)) != 0 }

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
		if !m.begins(d.Tokens[i].Hash) {
			continue
		}
		s := m.child(0, d.Tokens[i].Hash)
		for j := i; s != nil; {
			if s.phrase >= 0 && !yield(Match{s.phrase, int32(i), int32(j)}) {
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
		if !m.begins(h) {
			continue
		}
		paired := i+1 < len(tokens) && m.isPair(h, tokens[i+1].Hash)
		if !paired && !m.isAlone(h) {
			continue
		}
		best := Match{Phrase: -1}
		s := m.child(0, h)
		for j := i; s != nil; {
			if s.phrase >= 0 {
				best = Match{s.phrase, int32(i), int32(j)}
			}
			j++
			if !paired || j == len(tokens) || !joins(tokens[j].Sep) {
				break
			}
			s = m.child(s.node, tokens[j].Hash)
		}
		if best.Phrase >= 0 {
			if !yield(best) {
				return
			}
			i = int(best.Last)
		}
	}
}

// Word is the phrase that consists of the one word with that hash.
func (m *Matcher) Word(hash uint64) (phrase int32, ok bool) {
	s := m.child(0, hash)
	if s == nil || s.phrase < 0 {
		return -1, false
	}
	return s.phrase, true
}

// joins says that two tokens with s between them may be words of one phrase:
// they touch, or a single class of separator stands between them.
func joins(s Sep) bool { return s&(s-1) == 0 && s&^inPhrase == 0 || s == Space|And }
