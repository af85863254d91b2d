package lexis

import (
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

const (
	hashSeed  = 14695981039346656037
	hashPrime = 1099511628211
)

// Hash is the hash of a lower-case word, as tokens carry it (FNV-1a, 64 bits).
func Hash(word string) uint64 {
	h := uint64(hashSeed)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * hashPrime
	}
	return h
}

// How the bytes of a word are written.
const (
	small = 1 << iota
	capital
	digit
	other
)

// written and lowered say of each ASCII byte how it is written, and its
// lower-case form.
var written, lowered = func() (w, l [256]byte) {
	for i := range w {
		c := byte(i)
		l[i], w[i] = c, other
		switch {
		case c >= 'a' && c <= 'z':
			w[i] = small
		case c >= 'A' && c <= 'Z':
			w[i], l[i] = capital, c+'a'-'A'
		case c >= '0' && c <= '9':
			w[i] = digit
		}
	}
	return w, l
}()

// wordBytes are the bytes of which words consist, and what [written] and
// [lowered] say of them; how is zero for the others and for all beyond ASCII.
var wordBytes = func() (t [256]struct{ low, how byte }) {
	for i, class := range ascii {
		if class == 0 {
			t[i].low, t[i].how = lowered[i], written[i]
		}
	}
	return t
}()

// separators moves over the separators at i and returns where the next word
// begins and the set of their classes.
func (d *Doc) separators(i, end int) (at int, sep Sep) {
	raw := d.Raw
	if i+1 < end && raw[i] == ' ' && wordBytes[raw[i+1]].how != 0 {
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

// word reads the word at t.Start and sets the token's end, hash and flags and
// its lower-case form. "++" after "c" and "#" after "c" or "f" belong to it.
func (d *Doc) word(t *Token, end int) {
	raw := d.Raw[:end]
	low := d.Lower[:len(raw)]
	h := uint64(hashSeed)
	start := int(t.Start)
	i := start
	var how byte
	if raw[i] == '.' {
		h = (h ^ '.') * hashPrime
		i++
	}
	for i < len(raw) {
		c := raw[i]
		if w := wordBytes[c]; w.how != 0 {
			how |= w.how
			low[i] = w.low
			h = (h ^ uint64(w.low)) * hashPrime
			i++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		next, ok := d.letter(i, end, start, t)
		if !ok {
			break
		}
		how |= other
		for ; i < next; i++ {
			h = (h ^ uint64(low[i])) * hashPrime
		}
	}
	if i-start == 1 && i < end {
		extra := 0
		switch {
		case raw[i] == '#' && (low[start] == 'c' || low[start] == 'f'):
			extra = 1
		case low[start] == 'c' && i+1 < end && raw[i] == '+' && raw[i+1] == '+':
			extra = 2
		}
		for ; extra > 0; extra-- {
			h = (h ^ uint64(raw[i])) * hashPrime
			i++
		}
	}
	t.End, t.Hash = int32(i), h
	if written[raw[start]] == capital {
		t.Flags |= Upper
	}
	if how&(capital|small) == capital {
		t.Flags |= AllCaps
	}
	if how&digit != 0 {
		t.Flags |= Digit
		if how == digit {
			t.Flags |= Number
		}
	}
}

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
