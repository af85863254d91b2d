package tabular

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// obeyed says whether a terminal might act on the rune, or hide or turn text by
// it, instead of showing it.
func obeyed(r rune) bool {
	switch {
	case unicode.IsControl(r):
		return true
	case r == '\u2028', r == '\u2029', r == '\ufeff', r == '\u061c', r == '\u180e':
		return true
	case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f':
		return true
	case r >= 0xe0000 && r <= 0xe007f, r >= '\ufff9' && r <= '\ufffb':
		return true
	}
	return false
}

// Shown is s with every rune that a terminal would obey, and every byte that is
// no UTF-8, written as an escape.
func Shown(s string) string {
	clean := true
	for _, r := range s {
		if r == utf8.RuneError || obeyed(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case !obeyed(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		i += n
	}
	return b.String()
}

// columnsOfRune is how many columns of a terminal the rune takes.
func columnsOfRune(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// fit cuts shown text to max columns, with an ellipsis where something is lost,
// and returns how many it takes.
func fit(s string, max int) (string, int) {
	total, cut, atCut := 0, -1, 0
	for i, r := range s {
		n := columnsOfRune(r)
		if cut < 0 && total+n > max-1 {
			cut, atCut = i, total
		}
		if total+n > max {
			return s[:cut] + "…", atCut + 1
		}
		total += n
	}
	return s, total
}
