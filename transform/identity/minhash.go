package identity

import (
	"math"
	"math/bits"
	"slices"
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
	sparse       = 256 // a text of fewer shingles fills the bins several times over
)

// signText sets f's TextHash, Shingles and bands from the text of d; it leaves
// them empty where the text is too short.
func signText(d *lexis.Doc, f *schema.Feature) {
	from, to := d.In(lexis.Text)
	room := spoken.Get().(*[]uint64)
	defer spoken.Put(room)
	words := said((*room)[:0], d.Tokens[from:to])
	*room = words
	if int(to-from) < fewestWords || len(words) < fewestWords/2 {
		return
	}
	f.Shingles = int32(len(words) - shingleWords + 1)
	hash, least := leastHashes(words)
	f.TextHash = strconv.FormatUint(hash, 36)
	b := bandsOf(&least)
	f.Band0, f.Band1, f.Band2, f.Band3 = b[0], b[1], b[2], b[3]
	f.Band4, f.Band5, f.Band6, f.Band7 = b[4], b[5], b[6], b[7]
}

// spoken is room for the hashes of a text's words.
var spoken = sync.Pool{New: func() any { return new([]uint64) }}

// said appends the hashes of the words of a text. Addresses are left out: a forum
// shortens them, and where an ad leads is another key's to tell.
func said(dst []uint64, tokens []lexis.Token) []uint64 {
	for i := range tokens {
		if tokens[i].Flags&lexis.Link == 0 {
			dst = append(dst, tokens[i].Hash)
		}
	}
	return dst
}

// Similarity is the Jaccard similarity of the sets of five-word shingles of two
// texts, 0 to 1. Case, punctuation and white space do not count, nor does an address
// that was changed: with the addresses or without them, whatever is more. Texts of
// fewer than five words are compared as one shingle each; with no word at all, 0.
func Similarity(a, b string) float64 {
	if a == b && a != "" {
		return 1
	}
	c := comparers.Get().(*comparer)
	defer comparers.Put(c)
	c.read(&c.a, a)
	c.read(&c.b, b)
	most := jaccard(c.a.said, c.b.said)
	if c.a.links || c.b.links {
		most = max(most, jaccard(c.a.all, c.b.all))
	}
	return most
}

// comparer is the memory that a comparison needs. It keeps the shingles of the texts
// that it compared last, since one is often compared with several.
type comparer struct {
	posting schema.Posting
	doc     lexis.Doc
	words   []uint64
	a, b    shingled
}

// shingled is a text's shingles, with and without addresses, in ascending order and
// each once.
type shingled struct {
	text      string
	all, said []uint64
	links     bool // the two differ
}

var comparers = sync.Pool{New: func() any { return new(comparer) }}

func (c *comparer) read(s *shingled, text string) {
	if s.text == text && text != "" {
		return
	}
	c.posting.Text = text
	c.doc.Read(&c.posting)
	s.text = text
	c.words = said(c.words[:0], c.doc.Tokens)
	s.said, s.links = shinglesOf(s.said[:0], c.words), len(c.words) < len(c.doc.Tokens)
	if !s.links {
		s.all = append(s.all[:0], s.said...)
		return
	}
	c.words = hashesOf(c.words[:0], c.doc.Tokens)
	s.all = shinglesOf(s.all[:0], c.words)
}

// jaccard is what two sets in ascending order have in common.
func jaccard(x, y []uint64) float64 {
	union := len(x) + len(y)
	common := 0
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			x = x[1:]
		case x[0] > y[0]:
			y = y[1:]
		default:
			common++
			x, y = x[1:], y[1:]
		}
	}
	if union -= common; union == 0 {
		return 0
	}
	return float64(common) / float64(union)
}

func hashesOf(dst []uint64, tokens []lexis.Token) []uint64 {
	for i := range tokens {
		dst = append(dst, tokens[i].Hash)
	}
	return dst
}

// shinglesOf appends the words' shingles to dst, which is empty, in ascending order
// and each once.
func shinglesOf(dst, words []uint64) []uint64 {
	n := min(shingleWords, len(words))
	for i := 0; n > 0 && i+n <= len(words); i++ {
		h := uint64(0)
		for _, w := range words[i : i+n] {
			h = h*roll + w
		}
		dst = append(dst, h)
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

const roll = 0x9e3779b97f4a7c15 | 1

// rollOut takes the oldest word out of a rolling hash of shingleWords words.
var rollOut = func() uint64 {
	x := uint64(1)
	for range shingleWords - 1 {
		x *= roll
	}
	return x
}()

// leastHashes is a hash of the sequence of shingles, and a one-permutation hashing of
// their shingles (Li, Owen and Zhang 2012): each falls into one of the bins, which
// keeps its least value. A short text throws each shingle several times with other
// numbers, so that few bins stay empty. A bin that does holds the largest number. The
// words are written over.
func leastHashes(words []uint64) (sequence uint64, least [bins]uint64) {
	for i := range least {
		least[i] = math.MaxUint64
	}
	throws := 1
	for n := len(words) - shingleWords + 1; n < sparse && throws < len(thrown); n *= 2 {
		throws *= 2
	}
	h := uint64(0)
	for _, word := range words[:shingleWords-1] {
		h = h*roll + word
	}
	last := words[shingleWords-1:] // of each shingle
	shingles := words[:len(last)]  // first the first word of each
	for i, word := range last {
		h = h*roll + word
		x := fold(h)
		sequence += x * uint64(2*i+1)
		h, shingles[i] = h-shingles[i]*rollOut, x
	}
	for _, k := range thrown[:throws] {
		for _, x := range shingles {
			bin, rest := bits.Mul64(x*k, bins)
			least[bin] = min(least[bin], rest)
		}
	}
	return sequence, least
}

// thrown are odd multipliers, by each of which a shingle falls elsewhere.
var thrown = func() (out [16]uint64) {
	for k := range out {
		out[k] = mix(uint64(k)) | 1
	}
	return out
}()

// bandsOf are the hashes of the bands. An empty bin borrows from another that is
// chosen by a hash (Shrivastava 2017).
func bandsOf(least *[bins]uint64) (out [bands]int64) {
	filled := *least
	for i := range filled {
		for try := uint64(1); filled[i] == math.MaxUint64; try++ {
			from, _ := bits.Mul64(mix(uint64(i)<<32|try), bins)
			if least[from] != math.MaxUint64 {
				filled[i] = mix(least[from] + try)
			}
		}
	}
	for b := range out {
		h := uint64(b + 1)
		for _, v := range filled[b*rows : (b+1)*rows] {
			h = mix(h*roll ^ v)
		}
		out[b] = int64(h | 1) // never 0, which means too short
	}
	return out
}

// fold multiplies to 128 bits and folds them into 64: quicker than mix, and good
// enough for what is a hash already.
func fold(x uint64) uint64 {
	hi, lo := bits.Mul64(x^0x2d358dccaa6c78a5, roll)
	return hi ^ lo
}

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
