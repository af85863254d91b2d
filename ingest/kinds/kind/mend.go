package kind

import (
	"regexp"
	"unicode/utf8"
)

// mojibake is a run of characters that are bytes of UTF-8, each taken for one of
// Latin-1.
var mojibake = regexp.MustCompile("[\u00c2-\u00f4][\u0080-\u00bf]+")

// Mend restores UTF-8 that was decoded as Latin-1 once too often ("â\u0080\u0099"
// for "’"). Text that was not is left as it is.
func Mend(s string) string {
	return mojibake.ReplaceAllStringFunc(s, func(run string) string {
		raw := make([]byte, 0, len(run))
		for _, c := range run {
			raw = append(raw, byte(c))
		}
		if !utf8.Valid(raw) {
			return run
		}
		return string(raw)
	})
}
