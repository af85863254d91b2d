package lexis

import (
	"slices"
	"strings"
)

// Words maps words to small numbers. It answers by a token's hash out of one
// flat table, several times faster than a map. The zero value holds none.
type Words struct {
	slots []wordSlot
	held  int
}

type wordSlot struct {
	hash uint64
	bits uint16 // 0: free
}

// Add sets bits for a word in lower case.
func (w *Words) Add(word string, bits uint16) {
	if bits == 0 {
		return
	}
	if w.held*2 >= len(w.slots) {
		old := w.slots
		w.slots = make([]wordSlot, max(16, len(old)*2))
		for _, s := range old {
			if s.bits != 0 {
				*w.slot(s.hash) = s
			}
		}
	}
	s := w.slot(Hash(word))
	if s.bits == 0 {
		w.held++
	}
	s.hash, s.bits = Hash(word), s.bits|bits
}

// Of is the bits of the word with the hash, 0 when it is not held.
func (w *Words) Of(hash uint64) uint16 {
	if len(w.slots) == 0 {
		return 0
	}
	return w.slot(hash).bits
}

// slot is where the word is or belongs.
func (w *Words) slot(hash uint64) *wordSlot {
	mask := uint64(len(w.slots) - 1)
	for i := (hash ^ hash>>29) & mask; ; i = (i + 1) & mask {
		if s := &w.slots[i]; s.hash == hash || s.bits == 0 {
			return s
		}
	}
}

// Sieve tells quickly which words of a Doc may be among many, and takes about a tenth
// of the others for such. The zero value lets none through.
type Sieve struct{ words set }

// Add lets a word in lower case through.
func (s *Sieve) Add(word string) { s.words.add(uint16(Hash(word))) }

// Sift appends to dst the tokens of d that may be among the words. It takes no branch
// that depends on a word; see [Matcher].
func (s *Sieve) Sift(dst []int32, d *Doc) []int32 {
	n := len(dst)
	dst = slices.Grow(dst, len(d.starts)+1)[:n+len(d.starts)+1]
	for i := range d.starts {
		dst[n] = int32(i)
		n += int(s.words.has(d.starts[i].word) & 1)
	}
	return dst[:n]
}

// Set is a set of words that is asked by a token's hash, in half the room of [Words]. It
// is made by [SetOf].
type Set struct{ slots []uint64 } // 0: free

// SetOf is the set of the words, in lower case, that stand between blanks.
func SetOf(words string) Set {
	list := strings.Fields(words)
	size := 8
	for size < 4*len(list) {
		size *= 2
	}
	s := Set{make([]uint64, size)}
	for _, w := range list {
		h := Hash(w)
		for i := h; !s.Has(h); i++ {
			if at := &s.slots[i&uint64(size-1)]; *at == 0 {
				*at = h
			}
		}
	}
	return s
}

// Has says that the word with the hash is in the set.
func (s Set) Has(hash uint64) bool {
	for i := hash; ; i++ {
		switch s.slots[i&uint64(len(s.slots)-1)] {
		case 0: // before the hash, which is 0 where a caller has no word
			return false
		case hash:
			return true
		}
	}
}
