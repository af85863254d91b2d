package wire

import (
	"strings"

	"jobmarket/ingest/market/prose"
)

// escape appends text as HTML.
func escape(dst []byte, s string) []byte { return escapeAs(dst, s, "&#39;", "/") }

// escapeAs appends text as HTML, its apostrophes and slashes written as given.
func escapeAs(dst []byte, s, apostrophe, slash string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '&':
			dst = append(dst, "&amp;"...)
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '"':
			dst = append(dst, "&quot;"...)
		case '\'':
			dst = append(dst, apostrophe...)
		case '/':
			dst = append(dst, slash...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func paragraphs(dst []byte, open string, lines []string) []byte {
	for _, l := range lines {
		dst = append(dst, open...)
		dst = escape(dst, l)
		dst = append(dst, "</p>"...)
	}
	return dst
}

func list(dst []byte, heading string, items []string) []byte {
	if len(items) == 0 {
		return dst
	}
	if heading != "" {
		dst = append(dst, "<h3>"...)
		dst = append(escape(dst, heading), "</h3>"...)
	}
	dst = append(dst, "<ul>\n"...)
	for _, l := range items {
		dst = append(dst, "<li>"...)
		dst = append(escape(dst, l), "</li>\n"...)
	}
	return append(dst, "</ul>"...)
}

// sections are the lists of a text with their headings, in order.
func sections(d *prose.Doc) [4][]string { return [4][]string{d.Duties, d.Wants, d.Plus, d.Perks} }

// document appends the whole text as HTML; open is how a paragraph begins.
func document(dst []byte, d *prose.Doc, open string) []byte {
	dst = paragraphs(dst, open, d.About)
	dst = paragraphs(dst, open, d.Intro)
	for i, items := range sections(d) {
		dst = list(dst, d.Headings[i], items)
	}
	return paragraphs(dst, open, d.Closing)
}

// Plain is the text as plain lines: what is left of any of the formats when its
// markup is taken away.
func Plain(d *prose.Doc) string {
	lines := append(append([]string(nil), d.About...), d.Intro...)
	for i, items := range sections(d) {
		if len(items) > 0 {
			lines = append(append(lines, d.Headings[i]), items...)
		}
	}
	return strings.Join(append(lines, d.Closing...), "\n")
}
