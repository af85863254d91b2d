package lexis

import (
	"bytes"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"
)

// class of each byte below 0x80: a word's byte, or a separator.
var ascii = func() (c [128]Sep) {
	for i := range c {
		c[i] = Other
	}
	for _, b := range " \t\r\f\v" {
		c[b] = Space
	}
	for sep, chars := range map[Sep]string{
		Line: "\n", Dot: ".!?", Comma: ",", Semicolon: ";", Colon: ":", Slash: "/\\", Hyphen: "-",
		Break: "|*", Open: "([{<", Close: ")]}>", And: "&+", Apostrophe: "'`",
	} {
		for _, b := range chars {
			c[b] = sep
		}
	}
	for b := 'a'; b <= 'z'; b++ {
		c[b], c[b-'a'+'A'] = 0, 0
	}
	for b := '0'; b <= '9'; b++ {
		c[b] = 0
	}
	c['_'] = 0
	return c
}()

// classOf is the class of a character beyond ASCII; zero for a letter.
func classOf(r rune) Sep {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
		return 0
	case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
		return Space
	}
	switch r {
	case '‐', '‑':
		return Hyphen
	case '–', '—', '―', '‒', '−':
		return Dash
	case '•', '·', '●', '▪', '◦', '‣', '∙', '│', '¦', '★', '☆', '►', '→':
		return Break
	case '’', '‘', 'ʼ', '´':
		return Apostrophe
	case '。', '！', '？':
		return Stop
	case '、', '，':
		return Comma
	case '\u2028', '\u2029':
		return Line
	}
	return Other
}

// How the bytes of a word are written.
const (
	small = 1 << iota
	capital
	digit
	other
)

// written says of each ASCII byte that words consist of how it is written; it is
// zero for the others and for all beyond ASCII.
var written = func() (w [256]byte) {
	for i, class := range ascii {
		switch c := byte(i); {
		case class != 0:
		case c >= 'a' && c <= 'z':
			w[i] = small
		case c >= 'A' && c <= 'Z':
			w[i] = capital
		case c >= '0' && c <= '9':
			w[i] = digit
		default:
			w[i] = other
		}
	}
	return w
}()

// separators moves over the separators at i and returns where the next word
// begins and the set of their classes.
func (d *Doc) separators(i, end int) (at int, sep Sep) {
	raw := d.Raw
	for i < end {
		c := raw[i]
		var class Sep
		n := 1
		if c < utf8.RuneSelf {
			class = ascii[c]
		} else {
			var r rune
			r, n = utf8.DecodeRune(raw[i:end])
			class = classOf(r)
		}
		switch {
		case class == 0:
			return i, sep
		case class == Dot && c == '.' && d.dotNet(i, end):
			return i, sep
		case sep&Dot != 0 && class&(Space|Close) != 0:
			sep |= Stop
		}
		d.ragged = d.ragged || class == Space && (c != ' ' || i > 0 && raw[i-1] == ' ')
		sep |= class
		i += n
	}
	return end, sep
}

// dotNet says that the full stop at i begins ".net".
func (d *Doc) dotNet(i, end int) bool {
	raw := d.Raw
	if i+4 > end || !bytes.EqualFold(raw[i:i+4], []byte(".net")) || i > 0 && raw[i-1] < utf8.RuneSelf && ascii[raw[i-1]] == 0 {
		return false
	}
	return i+4 == end || raw[i+4] >= utf8.RuneSelf || ascii[raw[i+4]] != 0
}

// oddWord reads the word at t.Start, whatever it is written with, and sets the token's
// end, hash and flags. Letters beyond ASCII become lower case; ".net", "c++", "c#" and
// "f#" are words.
func (d *Doc) oddWord(t *Token, end int) {
	raw := d.Raw[:end]
	low := d.Lower[:len(raw)]
	start := int(t.Start)
	i := start
	var how byte
	if raw[i] == '.' {
		i++
	}
	for i < len(raw) {
		if w := written[raw[i]]; w != 0 {
			how |= w
			i++
			continue
		}
		if raw[i] < utf8.RuneSelf {
			break
		}
		next, ok := d.letter(i, end, start, t)
		if !ok {
			break
		}
		how |= other
		i = next
	}
	if i-start == 1 && i < end {
		switch {
		case raw[i] == '#' && (low[start] == 'c' || low[start] == 'f'):
			i++
		case low[start] == 'c' && i+1 < end && raw[i] == '+' && raw[i+1] == '+':
			i += 2
		}
	}
	t.End, t.Hash = int32(i), hash(low[start:i])
	t.Flags |= flagsOf[how]
	if written[raw[start]] == capital {
		t.Flags |= Upper
	}
}

// flagsOf are a token's flags by how its bytes are written.
var flagsOf = func() (t [16]Flag) {
	for how := range t {
		if how&(capital|small) == capital {
			t[how] |= AllCaps
		}
		if how&digit != 0 {
			t[how] |= Digit
		}
		if how == digit {
			t[how] |= Number
		}
	}
	return t
}()

// letter reads the letter beyond ASCII at i, makes it lower case where that has
// the same length, and returns where it ends; ok is false when it is no letter.
func (d *Doc) letter(i, end, start int, t *Token) (next int, ok bool) {
	r, n := utf8.DecodeRune(d.Raw[i:end])
	if classOf(r) != 0 {
		return i, false
	}
	if l := unicode.ToLower(r); l != r {
		if utf8.RuneLen(l) == n {
			utf8.EncodeRune(d.Lower[i:i+n], l)
		}
		if i == start {
			t.Flags |= Upper
		}
	}
	return i + n, true
}

// odd tells of each byte behind a run of so many letters, by a bit for each number up
// to sixteen, whether the word may be another than that run: where there is no letter,
// where more of a word follows, and at "c++" and "c#".
var odd = func() (t [256]uint32) {
	const none, one = 1 << 0, 1 << 1
	for i := range t {
		t[i] = none
		if written[i] != 0 || i >= utf8.RuneSelf {
			t[i] = 1<<17 - 1
		}
	}
	t['#'] |= one
	t['+'] |= one
	return t
}()

// cut fills Tokens, Sentences and Lines, and makes Lower lower case.
func (d *Doc) cut() {
	d.Tokens, d.starts, d.Sentences, d.Lines, d.Numbers = d.Tokens[:0], d.starts[:0], d.Sentences[:0], d.Lines[:0], d.Numbers[:0]
	for w := Title; w <= Text; w++ {
		d.firsts[w] = int32(len(d.Tokens))
		d.cutField(w)
	}
	d.firsts[Text+1] = int32(len(d.Tokens))
	d.close(len(d.Tokens))
}

// cutField is cut for one field. Words of at most sixteen letters and nothing else, as
// nearly all are, are read here, by a load and a few operations on eight bytes at once.
func (d *Doc) cutField(w Where) {
	raw := d.raw
	at, end := int(d.Fields[w].Start), int(d.Fields[w].End)
	if at == end {
		return
	}
	n, sentence, line := len(d.Tokens), int32(0), Line // a field's first word begins a line
	most := n + (end-at)/2 + 1                         // no two words stand in less than three bytes
	d.Tokens, d.starts = slices.Grow(d.Tokens, most-n), slices.Grow(d.starts, most-n)
	tokens, starts := d.Tokens[:most], d.starts[:most]
	last := uint64(0)
	for at < end {
		i, sep := at+1, Space
		if raw[at] != ' ' || written[raw[i]] == 0 {
			if i, sep = d.nextWord(at, end); i == end {
				break
			}
		}
		size := d.run(i)
		b := (*[24]byte)(raw[i:]) // one look at the bounds for all that follows
		x, in := load(b[:]), uint64(1)<<(8*size)-1
		low := x | every*' ' // of letters
		capitals := ^x << 2 & in & high
		smalls := in &^ capitals & high
		h := fold(hashSeed, low&in)
		if size > 8 {
			x, in := load(b[8:]), uint64(1)<<(8*(size-8))-1
			low := x | every*' '
			more := ^x << 2 & in & high
			capitals |= more >> 1
			smalls |= in &^ more & high
			h = fold(h, low&in)
		}
		t := &tokens[n]
		*t = Token{Start: int32(i), End: int32(i + size), Hash: h, Sentence: sentence, Sep: sep | line, Where: w}
		t.Flags = Flag(capitals>>7&1)*Upper | Flag(some(capitals)&^some(smalls))*AllCaps
		at = i + size
		if odd[b[size]]>>size&1 != 0 {
			t.Flags = 0
			d.oddWord(t, end)
			at = int(t.End)
			if t.Flags&Digit != 0 {
				d.Numbers = append(d.Numbers, int32(n))
			}
		}
		if t.Sep&(Line|Stop) != 0 {
			t.Sentence = d.begin(tokens[:n+1])
		}
		joined := joining.has(uint16(t.Sep)) & 1
		t.Flags |= Flag(joined) * Joined
		starts[n] = start{uint16(t.Hash), pairOf(last, t.Hash) & -uint16(joined)}
		last = t.Hash
		n++
		sentence, line = t.Sentence, 0
	}
	d.Tokens, d.starts = tokens[:n], starts[:n]
}

// run is how many letters of ASCII stand at i, at most sixteen. It is read from bits
// that are there already, since the next word cannot be looked for before it is known.
func (d *Doc) run(i int) int {
	return min(bits.TrailingZeros64(^(load(d.letters[i>>3:]) >> (i & 7))), 16)
}

// some is 1 when x is not 0.
func some(x uint64) uint64 { return (x | -x) >> 63 }

// joining are the separators that [joins].
var joining = func() (s set) {
	for sep := range 1 << 16 {
		if joins(Sep(sep)) {
			s.add(uint16(sep))
		}
	}
	return s
}()

// nextWord moves over what stands at the byte at and returns where the next word
// begins, or end, and the set of the classes between. One sign, or one and a blank,
// are looked at here, all else by separators.
func (d *Doc) nextWord(at, end int) (i int, sep Sep) {
	b := d.raw[at : at+3]
	c := b[0]
	if c >= utf8.RuneSelf || written[c] != 0 {
		return d.separators(at, end)
	}
	d.ragged = d.ragged || c == '\t' || c == '\r'
	if written[b[1]] != 0 && c != '.' { // ".net" is a word
		return at + 1, ascii[c]
	}
	if b[1] == ' ' && written[b[2]] != 0 {
		d.ragged = d.ragged || c == ' '
		if ascii[c] == Dot {
			return at + 2, Dot | Stop | Space
		}
		return at + 2, ascii[c] | Space
	}
	return d.separators(at, end)
}

// abbreviations after which a full stop ends no sentence.
var abbreviations = map[string]bool{
	"inc": true, "ltd": true, "vs": true, "sr": true, "jr": true, "dr": true, "mr": true, "ms": true,
	"mrs": true, "st": true, "approx": true, "eg": true, "ie": true, "incl": true, "dept": true, "no": true,
}

// begin opens the sentence, and the line, that begins with the last token, unless
// what looks like a sentence's end before it is none. It returns the sentence that
// the token stands in.
func (d *Doc) begin(tokens []Token) (sentence int32) {
	n := len(tokens) - 1
	t := &tokens[n]
	if t.Sep&Line == 0 {
		last := &tokens[n-1]
		word := d.Lower[last.Start:last.End]
		initials := len(word) == 1 && last.Sep&Dot != 0 // e.g., U.S.
		if initials || len(word) <= 6 && abbreviations[string(word)] {
			t.Sep &^= Stop
			return int32(len(d.Sentences) - 1)
		}
	}
	d.close(n)
	if t.Sep&Line != 0 {
		d.Lines = append(d.Lines, Span{First: int32(n), Line: int32(len(d.Lines))})
	}
	d.Sentences = append(d.Sentences, Span{First: int32(n), Line: int32(len(d.Lines) - 1)})
	return int32(len(d.Sentences) - 1)
}

// close ends the open sentence and line before token n.
func (d *Doc) close(n int) {
	if k := len(d.Sentences); k > 0 {
		d.Sentences[k-1].Last = int32(n)
	}
	if k := len(d.Lines); k > 0 {
		d.Lines[k-1].Last = int32(n)
	}
}
