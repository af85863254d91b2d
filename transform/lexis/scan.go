package lexis

import (
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

// fold makes b lower case in place; letters whose lower case has another length
// stay.
func fold(b []byte) []byte {
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				b[i] = c + 'a' - 'A'
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if l := unicode.ToLower(r); l != r && utf8.RuneLen(l) == n && r != utf8.RuneError {
			utf8.EncodeRune(b[i:i+n], l)
		}
		i += n
	}
	return b
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

// scanner cuts a lower-case buffer; the state between two tokens.
type scanner struct {
	raw  string
	low  []byte
	pos  int
	sep  Sep
	stop bool // a full stop stands since the last token
}

// next skips separators and returns the next word's bounds; ok is false at end.
func (s *scanner) next(end int) (start, stop int, ok bool) {
	s.sep, s.stop = 0, false
	low := s.low
	for s.pos < end {
		c := low[s.pos]
		class, n := Sep(0), 1
		if c < utf8.RuneSelf {
			class = ascii[c]
		} else {
			var r rune
			r, n = utf8.DecodeRune(low[s.pos:end])
			class = classOf(r)
		}
		if class == 0 {
			start = s.pos
			return start, s.wordEnd(end), true
		}
		if class == Dot {
			if c == '.' && s.dotNet(end) {
				start = s.pos
				s.pos++
				return start, s.wordEnd(end), true
			}
			s.stop = true
		}
		if s.stop && class&(Space|Close) != 0 && s.sep&Dot != 0 {
			s.sep |= Stop
		}
		s.sep |= class
		s.pos += n
	}
	return 0, 0, false
}

// dotNet says that the full stop at pos begins ".net".
func (s *scanner) dotNet(end int) bool {
	i := s.pos
	if i+4 > end || string(s.low[i:i+4]) != ".net" || i > 0 && ascii[s.low[i-1]&0x7f] == 0 {
		return false
	}
	return i+4 == end || s.low[i+4] >= utf8.RuneSelf || ascii[s.low[i+4]] != 0
}

// wordEnd moves pos over the word that begins there. "++" after "c" and "#"
// after a single letter belong to the word.
func (s *scanner) wordEnd(end int) int {
	i, start, low := s.pos, s.pos, s.low
	for i < end {
		c := low[i]
		if c < utf8.RuneSelf {
			if ascii[c] != 0 {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(low[i:end])
		if r == utf8.RuneError || classOf(r) != 0 {
			break
		}
		i += n
	}
	if i == start {
		i++
	}
	if i-start == 1 && i < end {
		switch {
		case low[i] == '#' && (low[start] == 'c' || low[start] == 'f'):
			i++
		case low[start] == 'c' && i+1 < end && low[i] == '+' && low[i+1] == '+':
			i += 2
		}
	}
	s.pos = i
	return i
}

// cut fills Tokens, Sentences and Lines.
func (d *Doc) cut() {
	d.Tokens, d.Sentences, d.Lines = d.Tokens[:0], d.Sentences[:0], d.Lines[:0]
	s := scanner{raw: d.Raw, low: d.Lower}
	for w := Title; w <= Text; w++ {
		r := d.Fields[w]
		s.pos = int(r.Start)
		for first := true; ; first = false {
			a, b, ok := s.next(int(r.End))
			if !ok {
				break
			}
			t := Token{Start: int32(a), End: int32(b), Sep: s.sep, Where: w}
			d.write(&t)
			if first {
				t.Sep |= Line
			}
			d.place(&t)
			d.Tokens = append(d.Tokens, t)
		}
	}
	d.close()
}

// write sets a token's hash and flags from its bytes.
func (d *Doc) write(t *Token) {
	h := uint64(hashSeed)
	digits, small, capitals := 0, false, false
	for i := t.Start; i < t.End; i++ {
		c := d.Lower[i]
		h = (h ^ uint64(c)) * hashPrime
		switch {
		case '0' <= c && c <= '9':
			digits++
		case d.Raw[i] != c:
			capitals = true
			if i == t.Start {
				t.Flags |= Upper
			}
		case 'a' <= c && c <= 'z' || c >= utf8.RuneSelf && d.Raw[i] == c && i == t.Start:
			small = true
		}
	}
	t.Hash = h
	// A capital beyond ASCII may differ from its small letter in the second byte only.
	if t.Flags&Upper == 0 && d.Lower[t.Start] >= utf8.RuneSelf {
		if r, _ := utf8.DecodeRuneInString(d.Raw[t.Start:t.End]); unicode.IsUpper(r) {
			t.Flags |= Upper
		}
	}
	if capitals && !small {
		t.Flags |= AllCaps
	}
	if digits > 0 {
		t.Flags |= Digit
		if digits == int(t.End-t.Start) {
			t.Flags |= Number
		}
	}
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
