package identity

import (
	"math/bits"
	"strconv"
	"sync"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

const (
	shingleWords = 5  // words in a shingle
	fewestWords  = 24 // of a text that can be told from another
	bands        = 8
	rows         = 5 // hashes in a band
	bins         = bands * rows
	sparse       = 512 // a text of fewer shingles fills the bins several times over
)

// signText sets f's TextHash, Shingles and bands from the text of d.
func signText(d *lexis.Doc, f *schema.Feature) {
	s := signers.Get().(*signer)
	defer signers.Put(s)
	if !s.shingle(d) {
		return
	}
	f.TextHash = strconv.FormatUint(s.hash, 36)
	f.Shingles = int32(len(s.distinct))
	b := s.sign()
	f.Band0, f.Band1, f.Band2, f.Band3 = b[0], b[1], b[2], b[3]
	f.Band4, f.Band5, f.Band6, f.Band7 = b[4], b[5], b[6], b[7]
}

// Similarity is the Jaccard similarity of the sets of five-word shingles of two
// texts, 0 to 1. Case, punctuation and white space do not count. Texts of fewer
// than five words are compared as one shingle each; with no word at all, 0.
func Similarity(a, b string) float64 {
	if a == b && a != "" {
		return 1
	}
	x, y := shinglesOf(a), shinglesOf(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	common := 0
	for h := range x {
		if _, ok := y[h]; ok {
			common++
		}
	}
	union := len(x) + len(y) - common
	if union == 0 {
		return 0
	}
	return float64(common) / float64(union)
}

func shinglesOf(text string) map[uint64]struct{} {
	d := lexis.NewDoc(&schema.Posting{Text: text})
	m := make(map[uint64]struct{}, len(d.Tokens))
	n := min(shingleWords, len(d.Tokens))
	for i := 0; n > 0 && i+n <= len(d.Tokens); i++ {
		h := uint64(0)
		for _, t := range d.Tokens[i : i+n] {
			h = h*roll + t.Hash
		}
		m[mix(h)] = struct{}{}
	}
	return m
}

// signer holds the memory of one signature.
type signer struct {
	distinct []uint64 // shingles, each once
	table    []uint64 // open-addressed set of the shingles seen; 0 is free
	hash     uint64   // of the sequence of words
}

var signers = sync.Pool{New: func() any { return new(signer) }}

const roll = 0x9e3779b97f4a7c15 | 1

// rollOut takes the oldest word out of a rolling hash of shingleWords words.
var rollOut = func() uint64 {
	x := uint64(1)
	for range shingleWords - 1 {
		x *= roll
	}
	return x
}()

// shingle collects the distinct shingles of d's text; false when it is too short.
func (s *signer) shingle(d *lexis.Doc) bool {
	s.distinct, s.hash = s.distinct[:0], 0
	tokens := d.Tokens
	for len(tokens) > 0 && tokens[0].Where != lexis.Text {
		tokens = tokens[1:]
	}
	if len(tokens) < fewestWords {
		return false
	}
	size := 1 << bits.Len(uint(len(tokens)*2))
	if len(s.table) < size {
		s.table = make([]uint64, size)
	}
	table := s.table[:size]
	clear(table)
	mask := uint64(size - 1)
	h := uint64(0)
	for i, t := range tokens {
		s.hash = mix(s.hash ^ t.Hash)
		if i >= shingleWords {
			h -= tokens[i-shingleWords].Hash * rollOut
		}
		h = h*roll + t.Hash
		if i < shingleWords-1 {
			continue
		}
		x := mix(h) | 1
		for j := x >> 20 & mask; ; j = (j + 1) & mask {
			if table[j] == x {
				break
			}
			if table[j] == 0 {
				table[j] = x
				s.distinct = append(s.distinct, x)
				break
			}
		}
	}
	return true
}

// sign is one-permutation hashing (Li, Owen and Zhang 2012): each shingle falls
// into one of the bins, which keeps its least value. A short text throws each
// shingle several times with other numbers, so that few bins stay empty; a bin
// that does borrows from another chosen by a hash (Shrivastava 2017).
func (s *signer) sign() [bands]int64 {
	var least [bins]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	throws := uint64(1)
	for n := len(s.distinct); n < sparse && throws < 16; n *= 2 {
		throws *= 2
	}
	for _, x := range s.distinct {
		for k := range throws {
			y := x
			if k > 0 {
				y = mix(x + k*roll)
			}
			bin, rest := bits.Mul64(y, bins)
			least[bin] = min(least[bin], rest)
		}
	}
	filled := least
	for i := range least {
		for try := uint64(1); filled[i] == ^uint64(0); try++ {
			from, _ := bits.Mul64(mix(uint64(i)<<32|try), bins)
			if least[from] != ^uint64(0) {
				filled[i] = mix(least[from] + try)
			}
		}
	}
	var out [bands]int64
	for b := range out {
		h := uint64(b + 1)
		for _, v := range filled[b*rows : (b+1)*rows] {
			h = mix(h*roll ^ v)
		}
		out[b] = int64(h | 1) // never 0, which means too short
	}
	return out
}

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
