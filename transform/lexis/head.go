package lexis

import (
	"bytes"
	"strings"
)

// headBytes is how much of a text may stand before a line that repeats the title.
const headBytes = 200

// withoutTitle is the text without the title's words, where they begin the text
// or a line near its beginning, in the two parts before and behind them: forums'
// ads begin with them, newsletters' entries have them behind the employer's name
// or as the words of a link. What is said twice for the sake of layout is not said
// twice.
func withoutTitle(text, title string) (before, behind string, repeated bool) {
	if rest, ok := strings.CutPrefix(strings.TrimLeft(text, " \n\t"), title); ok {
		return "", rest, true
	}
	head := text[:min(len(text), headBytes+len(title))]
	i := strings.Index(head, title)
	if i < 0 || i > 0 && text[i-1] != '\n' && text[i-1] != '[' {
		return text, "", false
	}
	return text[:i], text[i+len(title):], true
}

// EndsLink says that an address in running text ends before the byte.
func EndsLink(c byte) bool { return endsLink[c] }

var endsLink = func() (t [256]bool) {
	for _, c := range []byte(" \t\n\r)>]\"'|,<") {
		t[c] = true
	}
	return t
}()

// markLinks sets [Link] on the tokens of web addresses that name their scheme.
func (d *Doc) markLinks() {
	k := 0
	for at := 0; ; {
		i := bytes.Index(d.Lower[at:], schemeEnd)
		if i < 0 {
			return
		}
		start := at + i
		end := start
		for end < len(d.Lower) && !endsLink[d.Lower[end]] {
			end++
		}
		for start > at && d.Lower[start-1] >= 'a' && d.Lower[start-1] <= 'z' {
			start--
		}
		for k < len(d.Tokens) && int(d.Tokens[k].Start) < start {
			k++
		}
		for ; k < len(d.Tokens) && int(d.Tokens[k].End) <= end; k++ {
			d.Tokens[k].Flags |= Link
		}
		at = end
	}
}

var schemeEnd = []byte("://")
