package transform

import (
	"math/bits"
	"strconv"
	"unicode/utf8"

	"jobmarket/warehouse/schema"
)

// reasonsJSON is what encoding/json would write of the reasons, without its
// reflection, which took as long as judging a short ad. It is written over room. Of
// the fields only span and why may hold any text; the others are words of our own.
func reasonsJSON(room []byte, list []schema.Reason) []byte {
	b := append(room[:0], '[')
	for i := range list {
		r := &list[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, `{"domain":"`...), r.Domain...)
		b = appendWeight(append(b, `","weight":`...), r.Weight)
		b = append(append(b, `,"kind":"`...), r.Kind...)
		b = append(append(b, `","where":"`...), r.Where...)
		b = appendString(append(b, `","span":`...), r.Span)
		b = appendString(append(b, `,"why":`...), r.Why)
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendWeight writes a number of at most three decimals, as weights are, and
// leaves any other to strconv.
func appendWeight(b []byte, w float64) []byte {
	n := int64(w * 1000)
	if n > 0 != (w > 0) || n == 0 || n > 1e9 || n < -1e9 {
		return strconv.AppendFloat(b, w, 'f', -1, 64)
	}
	for _, k := range [...]int64{n, n + 1, n - 1} { // the product may fall short of the whole number
		if float64(k)/1000 != w {
			continue
		}
		if k < 0 {
			b, k = append(b, '-'), -k
		}
		b = strconv.AppendInt(b, k/1000, 10)
		if k %= 1000; k != 0 {
			b = append(b, '.', byte('0'+k/100), byte('0'+k/10%10), byte('0'+k%10))
			for b[len(b)-1] == '0' {
				b = b[:len(b)-1]
			}
		}
		return b
	}
	return strconv.AppendFloat(b, w, 'f', -1, 64)
}

// appendString writes s as a JSON string. Bytes that are no UTF-8 become the
// replacement character.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for {
		plain := plainJSON(s)
		b = append(b, s[:plain]...)
		if s = s[plain:]; s == "" {
			return append(b, '"')
		}
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029':
			b = append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
}

// plainJSON is how many bytes at the beginning of s are of ASCII and stand in JSON
// as they are.
func plainJSON(s string) (n int) {
	for ; len(s)-n >= 8; n += 8 {
		w := s[n : n+8]
		x := uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 | uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
		if x = special(x); x != 0 {
			return n + bits.TrailingZeros64(x)/8
		}
	}
	last := uint64(0) // the rest, with zeros behind it, which are not plain
	for i := len(s) - 1; i >= n; i-- {
		last = last<<8 | uint64(s[i])
	}
	return n + bits.TrailingZeros64(special(last))/8
}

// special has the high bit of the first of eight bytes that is not plain, and of some
// behind it: a borrow marks it.
func special(x uint64) uint64 {
	const every, high = 0x0101010101010101, 0x8080808080808080
	quote, slash, del := (x^'"'*every)-every, (x^'\\'*every)-every, (x^0x7f*every)-every
	return (x | (x - ' '*every) | quote | slash | del) & high
}
