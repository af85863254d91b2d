// Package wire writes the pages of the simulated market's sources, byte for byte
// as their APIs and repositories would: JSON of job boards and forums, Markdown
// of newsletters. It knows formats and their quirks; it knows neither what is
// true of the ads it writes nor when a page is asked for.
//
// All functions append to a byte slice and return it, as those of package strconv
// do.
package wire

import (
	"strconv"
	"time"
	"unicode/utf8"
)

const hex = "0123456789abcdef"

// quote appends s as a JSON string. Characters beyond ASCII stand for themselves.
func quote(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// object writes the members of a JSON object one after the other.
type object struct {
	b     []byte
	begun bool
}

func begin(dst []byte) object { return object{b: append(dst, '{')} }

func (o *object) end() []byte { return append(o.b, '}') }

func (o *object) key(name string) {
	if o.begun {
		o.b = append(o.b, ", "...)
	}
	o.begun = true
	o.b = append(quote(o.b, name), ": "...)
}

func (o *object) text(name, value string) {
	o.key(name)
	o.b = quote(o.b, value)
}

// orNull writes the text, or null where it is empty.
func (o *object) orNull(name, value string) {
	if value == "" {
		o.raw(name, "null")
		return
	}
	o.text(name, value)
}

func (o *object) number(name string, value int64) {
	o.key(name)
	o.b = strconv.AppendInt(o.b, value, 10)
}

func (o *object) raw(name, value string) {
	o.key(name)
	o.b = append(o.b, value...)
}

func (o *object) texts(name string, values []string) {
	o.key(name)
	o.b = append(o.b, '[')
	for i, v := range values {
		if i > 0 {
			o.b = append(o.b, ", "...)
		}
		o.b = quote(o.b, v)
	}
	o.b = append(o.b, ']')
}

func rfc3339(t time.Time) string { return t.Format("2006-01-02T15:04:05.000Z") }
