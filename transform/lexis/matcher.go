package lexis

import (
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"

	"jobmarket/warehouse/schema"
)

// Matcher finds phrases in a Doc: a trie over token hashes, kept in one
// open-addressed table. It looks at each token once for each word of the
// longest phrase that begins there, so the time is linear in the text whatever
// the number of phrases. It is immutable and safe for concurrent use.
type Matcher struct {
	slots   []slot
	mask    uint64
	phrases []string

	// What most tokens stop at, in a near cache: the values of start.word for
	// phrases of one word, and those of start.pair for the words that the others
	// begin with.
	alone, paired set
}

// start is a token as matchers first look at it: 16 bits of its hash, and of its
// hash with that of the token before, 0 where the two are of no one phrase.
type start struct{ word, pair uint16 }

// pairOf is the start.pair of two words that follow one another.
func pairOf(a, b uint64) uint16 {
	return max(1, uint16((a^bits.RotateLeft64(b, 29))*0x9e3779b97f4a7c15>>48))
}

// set is a set of numbers of 16 bits.
type set [1 << 16 / 64]uint64

func (s *set) add(n uint16) { s[n>>6] |= 1 << (n & 63) }

// has is 1 in its lowest bit when n is in the set.
func (s *set) has(n uint16) uint64 { return s[n>>6] >> (n & 63) }

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
	m := &Matcher{phrases: phrases}
	root, d := new(twig), new(Doc)
	nodes := 0
	for i, p := range phrases {
		at := root
		d.Read(&schema.Posting{Text: p})
		tokens := d.Tokens
		for _, t := range tokens {
			if at = at.child(t.Hash); at.node == 0 {
				nodes++
				at.node, at.phrase = nodes, -1
			}
		}
		if len(tokens) == 0 {
			return nil, fmt.Errorf("phrase %q holds no word", p)
		}
		if at.phrase >= 0 {
			return nil, fmt.Errorf("phrase %q has the same words as %q", p, phrases[at.phrase])
		}
		at.phrase = i
		if h := tokens[0].Hash; len(tokens) == 1 {
			m.alone.add(uint16(h))
		} else {
			m.paired.add(pairOf(h, tokens[1].Hash))
		}
	}
	if len(phrases) > mostPhrases || nodes > mostNodes {
		return nil, fmt.Errorf("%d phrases of %d words are too many (hint: at most %d of %d)", len(phrases), nodes, mostPhrases, mostNodes)
	}
	size := uint64(16)
	for size < uint64(nodes)*2 {
		size *= 2
	}
	m.slots, m.mask = make([]slot, size), size-1
	m.plant(root)
	return m, nil
}

// twig is a node of the trie while it grows.
type twig struct {
	node, phrase int
	children     map[uint64]*twig
}

// child is the child by a token's hash; its node is 0 when it is new.
func (t *twig) child(h uint64) *twig {
	if t.children == nil {
		t.children = map[uint64]*twig{}
	}
	c := t.children[h]
	if c == nil {
		c = new(twig)
		t.children[h] = c
	}
	return c
}

// plant puts the edges from t, and from all below it, into the table.
func (m *Matcher) plant(t *twig) {
	for _, h := range slices.Sorted(maps.Keys(t.children)) {
		c := t.children[h]
		key, at := edge(uint16(t.node), h)
		for at &= m.mask; m.slots[at].node != 0; at = (at + 1) & m.mask {
		}
		m.slots[at] = slot{key: key, node: uint16(c.node), phrase: int16(c.phrase)}
		m.plant(c)
	}
}

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

// Longest reports, from left to right, the longest phrase at each place, and
// goes on after it: no two matches overlap. What a [Joint] found need not be sought.
func (m *Matcher) Longest(d *Doc, yield func(Match) bool) {
	for _, f := range d.found {
		if f.of != m {
			continue
		}
		for _, x := range f.matches {
			if !yield(x) {
				return
			}
		}
		return
	}
	m.LongestIn(d, 0, len(d.Tokens), yield)
}

// window is how many tokens are looked through at once for those that may begin
// a phrase.
const window = 128

// LongestIn is Longest on tokens from..to, to not included.
func (m *Matcher) LongestIn(d *Doc, from, to int, yield func(Match) bool) {
	tokens := d.Tokens[:to]
	var room [window]int32
	next := from // the first token behind the last match
	for ; from < to; from += window {
		for _, at := range room[:m.beginnings(&room, d.starts[:to], from)] {
			i, paired := int(at>>1), at&1 != 0
			if i < next {
				continue
			}
			best, last := m.longest(tokens, i, paired)
			if best < 0 {
				continue
			}
			if !yield(Match{int32(best), int32(i), int32(last)}) {
				return
			}
			next = last + 1
		}
	}
}

// beginnings fills room with those of the window's tokens that may begin a phrase,
// each doubled, and one more where that may be a phrase of several words; it
// returns how many they are. It takes no branch that depends on a word: which
// way one goes cannot be foretold, and each surprise would cost more than all that
// is done here for a token.
func (m *Matcher) beginnings(room *[window]int32, starts []start, from int) (n int) {
	starts = starts[from:]
	starts = starts[:min(window+1, len(starts))]
	for i, next := range starts[1:] {
		paired := m.paired.has(next.pair) & 1
		room[n&(window-1)] = int32((from+i)<<1 | int(paired))
		n += int((m.alone.has(starts[i].word) | paired) & 1)
	}
	if len(starts) <= window { // the last token
		room[n&(window-1)] = int32((from + len(starts) - 1) << 1)
		n++
	}
	return n
}

// longest is the longest phrase that begins at token i, and its last token; -1
// when none does. Phrases of several words are sought only when paired.
func (m *Matcher) longest(tokens []Token, i int, paired bool) (phrase int16, last int) {
	s := m.child(0, tokens[i].Hash)
	if s == nil {
		return -1, i
	}
	phrase, last = s.phrase, i
	for j := i + 1; paired && j < len(tokens) && tokens[j].Flags&Joined != 0; j++ {
		if s = m.child(s.node, tokens[j].Hash); s == nil {
			break
		}
		if s.phrase >= 0 {
			phrase, last = s.phrase, j
		}
	}
	return phrase, last
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
