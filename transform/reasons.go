package transform

import (
	"strconv"
	"unicode/utf8"

	"jobmarket/warehouse/schema"
)

// reasonsJSON is what encoding/json would write of the reasons, without its
// reflection, which took as long as judging a short ad.
func reasonsJSON(list []schema.Reason) string {
	b := make([]byte, 0, 2+256*len(list))
	b = append(b, '[')
	for i := range list {
		r := &list[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"domain":`...), r.Domain)
		b = strconv.AppendFloat(append(b, `,"weight":`...), r.Weight, 'f', -1, 64)
		b = appendString(append(b, `,"kind":`...), r.Kind)
		b = appendString(append(b, `,"where":`...), r.Where)
		b = appendString(append(b, `,"span":`...), r.Span)
		b = appendString(append(b, `,"why":`...), r.Why)
		b = append(b, '}')
	}
	return string(append(b, ']'))
}

// appendString writes s as a JSON string. Bytes that are no UTF-8 become the
// replacement character.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029':
			b = append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
