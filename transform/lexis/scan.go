package lexis

import (
	"math/bits"
	"strings"
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
	if i+1 < end && raw[i] == ' ' && written[raw[i+1]] != 0 {
		return i + 1, Space // as nearly always
	}
	for i < end {
		c := raw[i]
		var class Sep
		n := 1
		if c < utf8.RuneSelf {
			class = ascii[c]
		} else {
			var r rune
			r, n = utf8.DecodeRuneInString(raw[i:end])
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
		sep |= class
		i += n
	}
	return end, sep
}

// dotNet says that the full stop at i begins ".net".
func (d *Doc) dotNet(i, end int) bool {
	raw := d.Raw
	if i+4 > end || !strings.EqualFold(raw[i:i+4], ".net") || i > 0 && raw[i-1] < utf8.RuneSelf && ascii[raw[i-1]] == 0 {
		return false
	}
	return i+4 == end || raw[i+4] >= utf8.RuneSelf || ascii[raw[i+4]] != 0
}

// word reads the word at t.Start and sets the token's end, hash and flags.
// Eight bytes at a time will do for nearly all words; see [Doc.oddWord] for the
// others.
func (d *Doc) word(t *Token, end int) {
	low, raw := d.lower, d.raw
	start := int(t.Start)
	i := start
	h := uint64(hashSeed)
	var capitals, smalls, digits, others uint64
	for {
		x := load(low[i:])
		letter, number, line := wordBytes(x)
		n := bits.TrailingZeros64(^(letter|number|line)&high) / 8
		in := uint64(1)<<(8*n) - 1 // all ones when n is 8
		upper := (load(raw[i:]) ^ x) << 2 & in
		capitals |= upper
		smalls |= letter &^ upper & in
		digits |= number & in
		others |= line & in
		i += n
		if n > 0 {
			h = fold(h, x&in)
		}
		if n < 8 {
			break
		}
	}
	if c := low[i]; i == start || c >= utf8.RuneSelf || i == start+1 && (c == '#' || c == '+') {
		d.oddWord(t, end)
		return
	}
	t.End, t.Hash = int32(i), h
	var how byte
	if capitals != 0 {
		how = capital
	}
	if smalls != 0 {
		how |= small
	}
	if digits != 0 {
		how |= digit
	}
	if others != 0 {
		how |= other
	}
	t.Flags |= flagsOf[how]
	if raw[start] != low[start] {
		t.Flags |= Upper
	}
}

// oddWord is word for words with letters beyond ASCII, which it makes lower
// case, and for ".net", "c++", "c#" and "f#".
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
	r, n := utf8.DecodeRuneInString(d.Raw[i:end])
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

// cut fills Tokens, Sentences and Lines, and makes Lower lower case.
func (d *Doc) cut() {
	d.Tokens, d.Sentences, d.Lines = d.Tokens[:0], d.Sentences[:0], d.Lines[:0]
	for w := Title; w <= Text; w++ {
		at, end := int(d.Fields[w].Start), int(d.Fields[w].End)
		d.firsts[w] = int32(len(d.Tokens))
		for first := true; ; first = false {
			i, sep := d.separators(at, end)
			if i == end {
				break
			}
			t := Token{Start: int32(i), Sep: sep, Where: w}
			if first {
				t.Sep |= Line
			}
			d.word(&t, end)
			d.place(&t)
			d.Tokens = append(d.Tokens, t)
			at = int(t.End)
		}
	}
	d.firsts[Text+1] = int32(len(d.Tokens))
	d.close()
}

// abbreviations after which a full stop ends no sentence.
var abbreviations = map[string]bool{
	"inc": true, "ltd": true, "vs": true, "sr": true, "jr": true, "dr": true, "mr": true, "ms": true,
	"mrs": true, "st": true, "approx": true, "eg": true, "ie": true, "incl": true, "dept": true, "no": true,
}

// place puts t into its sentence and line, opening new ones where one begins.
func (d *Doc) place(t *Token) {
	n := int32(len(d.Tokens))
	newLine := t.Sep&Line != 0 || n == 0
	newSentence := newLine
	if !newLine && t.Sep&Stop != 0 {
		prev := d.Lower[d.Tokens[n-1].Start:d.Tokens[n-1].End]
		initials := len(prev) == 1 && d.Tokens[n-1].Sep&Dot != 0 // e.g., U.S.
		if initials || len(prev) <= 6 && abbreviations[string(prev)] {
			t.Sep &^= Stop
		} else {
			newSentence = true
		}
	}
	if newSentence {
		d.close()
		if newLine {
			d.Lines = append(d.Lines, Span{First: n, Line: int32(len(d.Lines))})
		}
		d.Sentences = append(d.Sentences, Span{First: n, Line: int32(len(d.Lines) - 1)})
	}
	t.Sentence = int32(len(d.Sentences) - 1)
}

// close ends the open sentence and line at the tokens read so far.
func (d *Doc) close() {
	n := int32(len(d.Tokens))
	if k := len(d.Sentences); k > 0 {
		d.Sentences[k-1].Last = n
	}
	if k := len(d.Lines); k > 0 {
		d.Lines[k-1].Last = n
	}
}
