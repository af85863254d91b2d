// Package lexis turns a posting into words once, so that everything that reads
// it afterwards (terms, places, pay, the domain classifier) walks over the same
// tokens and never over the bytes again. It knows words, separators, sentences
// and lines; it must not know what any word means, and it holds no list of
// words beyond a few abbreviations after which a full stop ends no sentence.
//
// # Decisions
//
// 2026-11-22: a token carries the class of what separates it from the token
// before. "node.js", "node-js" and "node js" are then the same two tokens and
// one phrase matches all three, while a comma, a slash or a line's end between
// two words keeps them from being a phrase. The price is a few names whose
// punctuation is the name: "c++", "c#", "f#" and ".net" are single tokens by
// rule.
//
// 2026-11-22: fields are joined into one buffer and lower-cased into a second
// of the same length, so that an offset is good in both. A letter whose lower
// case has another length in UTF-8 stays as it is.
//
// 2026-11-25: which bytes are letters is found for the whole text before it is cut, as
// a bit for each, eight bytes at once. The next word cannot be sought before this one's
// end is known, and to read that from bits takes a third of the time that it took to
// read it from letters.
package lexis

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"jobmarket/warehouse/schema"
)

// Where says which field of the posting a token stands in.
type Where uint8

// The fields, in the order in which they stand in a Doc.
const (
	Title Where = iota
	Company
	Location
	Department
	Tags
	Employment
	Pay
	Text
)

var whereNames = [...]string{"title", "company", "location", "department", "tags", "employment", "pay", "text"}

// String is the name of the field as reasons print it.
func (w Where) String() string { return whereNames[w] }

// Sep is the set of classes of separators between a token and the one before
// it. Zero: they touch ("c++" and "17").
type Sep uint16

// The classes. Stop is a full stop, question or exclamation mark that ends a
// sentence; Dot is one that does not. Break is a pipe or a bullet.
const (
	Space Sep = 1 << iota
	Line
	Stop
	Dot
	Comma
	Semicolon
	Colon
	Slash
	Hyphen
	Dash
	Break
	Open
	Close
	And // & and +
	Apostrophe
	Other
)

// Flag says how a token is written.
type Flag uint8

// The flags of a token.
const (
	Upper   Flag = 1 << iota // begins with a capital
	AllCaps                  // has no small letter, and at least one capital
	Number                   // digits only
	Digit                    // has a digit
	Link                     // stands in a web address: a slug is not what an ad says
	Joined                   // may belong to one phrase with the token before: see joins
)

// Token is one word of a Doc.
type Token struct {
	Start, End int32  // bytes of Doc.Raw and Doc.Lower
	Sentence   int32  // index in Doc.Sentences
	Sep        Sep    // what stands between it and the token before
	Flags      Flag   // how it is written
	Where      Where  // field it stands in
	Hash       uint64 // of its lower-case form; see [Hash]
}

// Span is a run of tokens, First <= i < Last, with no gap; it may be empty.
type Span struct {
	First, Last int32
	Line        int32 // sentences: index of the line in Doc.Lines; lines: their own index
}

// Len is the number of tokens in the span.
func (s Span) Len() int { return int(s.Last - s.First) }

// Doc is one posting, cut into tokens. Its slices are valid until the next Read.
type Doc struct {
	Raw       []byte // the fields, each on lines of its own
	Lower     []byte // Raw in lower case, of the same length
	Tokens    []Token
	Sentences []Span
	Lines     []Span   // lines that hold a token
	Numbers   []int32  // tokens that have a digit
	Fields    [8]Range // bytes of each field in Raw
	Repeated  bool     // the text began a line of its head with the title's words, which stand in the Doc once

	firsts     [9]int32 // index of each field's first token, and the number of tokens
	letters    []byte   // a bit for each byte of raw that is a letter of ASCII, eight more bytes behind them
	starts     []start  // of each token
	found      []found  // see Joint
	raw, lower []byte   // Raw and Lower with at least two dozen zero bytes behind them
	ragged     bool     // there may be white space that is no single blank
}

// Range is a run of bytes.
type Range struct{ Start, End int32 }

// maxBytes is how much of one posting is read. The longest real ads have 30 kB;
// what comes after a megabyte is no job ad.
const maxBytes = 1 << 20

// NewDoc reads a posting into a Doc of its own.
func NewDoc(p *schema.Posting) *Doc {
	d := new(Doc)
	d.Read(p)
	return d
}

var docs = sync.Pool{New: func() any { return new(Doc) }}

// Borrow reads a posting into a Doc that another used before. It is to be given
// back with [Doc.Return].
func Borrow(p *schema.Posting) *Doc {
	d := docs.Get().(*Doc)
	d.Read(p)
	return d
}

// Return gives a borrowed Doc back; nothing of it may be used afterwards.
func (d *Doc) Return() { docs.Put(d) }

// Read cuts p into tokens and reuses the memory of the posting read before. Any
// bytes will do, in time linear in their number; of more than a megabyte the
// rest is left out.
func (d *Doc) Read(p *schema.Posting) {
	text, rest := p.Text, ""
	d.Repeated, d.ragged = false, false
	for i := range d.found {
		d.found[i].of = nil
	}
	if t := strings.TrimSpace(p.Title); len(t) >= 8 {
		text, rest, d.Repeated = withoutTitle(text, t)
	}
	d.raw = d.raw[:0]
	fields := [...]string{p.Title, p.Company, p.Location, p.Department, p.Tags, p.Employment, p.Pay, text}
	most := maxBytes - len(fields)
	for w, f := range fields {
		start := len(d.raw)
		d.raw = append(d.raw, f[:min(len(f), max(most-start, 0))]...)
		if Where(w) == Text {
			d.raw = append(d.raw, rest[:min(len(rest), max(most-len(d.raw), 0))]...)
		}
		d.Fields[w] = Range{int32(start), int32(len(d.raw))}
		d.raw = append(d.raw, '\n')
	}
	size := len(d.raw)
	var zeros [32]byte
	d.raw = append(d.raw, zeros[:32-len(d.raw)%8]...)
	d.Raw = d.raw[:size]
	d.lower = slices.Grow(d.lower[:0], len(d.raw))[:len(d.raw)]
	d.letters = slices.Grow(d.letters[:0], len(d.raw)/8+8)[:len(d.raw)/8+8]
	lowerASCII(d.lower, d.letters, d.raw)
	d.Lower = d.lower[:len(d.Raw)]
	d.cut()
	d.markLinks()
}

// Field is the text of one field as it stands in the Doc. The slice is the Doc's own.
func (d *Doc) Field(w Where) []byte {
	r := d.Fields[w]
	return d.Raw[r.Start:r.End]
}

// In is the run of tokens of a field, to not included.
func (d *Doc) In(w Where) (from, to int) { return int(d.firsts[w]), int(d.firsts[w+1]) }

// Word is token i in lower case. The slice is the Doc's own.
func (d *Doc) Word(i int) []byte { t := &d.Tokens[i]; return d.Lower[t.Start:t.End] }

// SentenceOf is the sentence that token i stands in.
func (d *Doc) SentenceOf(i int) Span { return d.Sentences[d.Tokens[i].Sentence] }

// LineOf is the line that token i stands in.
func (d *Doc) LineOf(i int) Span { return d.Lines[d.SentenceOf(i).Line] }

// Excerpt is the text around tokens first..last (inclusive), at most about n
// bytes, cut at words of the same line, with white space made plain.
func (d *Doc) Excerpt(first, last, n int) string {
	var room [160]byte
	return string(d.AppendExcerpt(room[:0], first, last, n))
}

// AppendExcerpt appends to dst what Excerpt returns.
func (d *Doc) AppendExcerpt(dst []byte, first, last, n int) []byte {
	line := d.LineOf(first)
	a, b := first, min(last, int(line.Last)-1)
	for {
		grew := false
		if a > int(line.First) && int(d.Tokens[b].End-d.Tokens[a-1].Start) <= n {
			a, grew = a-1, true
		}
		if b+1 < int(line.Last) && int(d.Tokens[b+1].End-d.Tokens[a].Start) <= n {
			b, grew = b+1, true
		}
		if !grew {
			break
		}
	}
	s := d.Raw[d.Tokens[a].Start:d.Tokens[b].End]
	if len(s) > n {
		s = bytes.ToValidUTF8(s[:n], nil)
	}
	if !d.ragged {
		return append(dst, s...)
	}
	for i := 1; i < len(s); i++ {
		if c := s[i]; c == '\t' || c == '\r' || c == ' ' && s[i-1] == ' ' {
			s = bytes.Join(bytes.Fields(s), []byte(" "))
		}
	}
	return append(dst, s...)
}
