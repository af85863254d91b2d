// Package htmltext turns HTML, as job boards and forums write it, into plain
// text: paragraphs, list items and table rows on lines of their own, entities
// decoded, scripts and styles dropped.
//
// It reads a stream of tokens and builds no tree, so that unclosed or absurdly
// nested elements cost no more than their bytes. It knows nothing of jobs.
package htmltext

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Text is the plain text of an HTML fragment: lines joined by "\n", none of them
// empty, white space within a line collapsed. A link whose text is its shortened
// address, as Hacker News writes them, gives the whole address.
func Text(fragment string) string {
	text, _ := read(fragment, false)
	return text
}

// Lines is Text of HTML whose writers end lines by line ends too, as those of
// Hacker News do. It gives the addresses that are linked, too.
func Lines(fragment string) (text string, links []string) { return read(fragment, true) }

// Unescaped is Text of HTML that was escaped once more, as Greenhouse sends it in
// "content" and Reddit in "body_html". That one escaping is undone here, on
// purpose and before reading; entities of the HTML itself are decoded once, by
// Text.
func Unescaped(escaped string) string { return Text(html.UnescapeString(escaped)) }

// Links are the addresses that the fragment links to, in their order, as
// written: relative ones stay relative.
func Links(fragment string) []string {
	_, links := read(fragment, false)
	return links
}

// Plain is the same for text that is none: lines trimmed, empty ones dropped,
// white space collapsed, what is no valid UTF-8 or prints nothing removed.
func Plain(text string) string {
	var w writer
	w.b = make([]byte, 0, len(text))
	w.write(text, true)
	return string(w.b)
}

// Line is text on one line.
func Line(text string) string {
	var w writer
	w.b = make([]byte, 0, len(text))
	w.write(text, false)
	return string(w.b)
}

func read(fragment string, breaks bool) (text string, links []string) {
	if !strings.Contains(fragment, "<") {
		return Plain(html.UnescapeString(fragment)), nil // no HTML: its line ends are meant
	}
	r := reader{z: html.NewTokenizer(strings.NewReader(fragment))}
	r.w.b = make([]byte, 0, len(fragment)/2)
	for {
		switch kind := r.z.Next(); kind {
		case html.ErrorToken:
			return string(r.w.b), r.links
		case html.TextToken:
			if r.skip == 0 {
				r.w.write(string(r.z.Text()), breaks || r.pre > 0)
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			r.tag(kind)
		}
	}
}

// reader is where the reading of a fragment stands.
type reader struct {
	w       writer
	z       *html.Tokenizer
	skip    atom.Atom // element whose content is dropped, until it ends
	skipped int       // how deep elements of that name are nested in it
	pre     int       // how deep in preformatted text
	href    string    // address of the open link
	anchor  int       // where its text began
	links   []string
}

// tag takes the tag that the tokenizer stands at.
func (r *reader) tag(kind html.TokenType) {
	name, more := r.z.TagName()
	tag := atom.Lookup(name)
	start, end := kind == html.StartTagToken, kind == html.EndTagToken
	switch {
	case r.skip != 0 && tag == r.skip && start:
		r.skipped++
	case r.skip != 0 && tag == r.skip && end:
		if r.skipped--; r.skipped == 0 {
			r.skip = 0
		}
	case r.skip != 0:
	case dropped[tag] && start:
		r.skip, r.skipped = tag, 1
	case tag == atom.Td || tag == atom.Th:
		r.w.space = true
	case tag == atom.A && start:
		if r.href = attribute(r.z, more, "href"); r.href != "" {
			r.links = append(r.links, r.href)
		}
		r.anchor = len(r.w.b)
	case tag == atom.A && end:
		r.w.restore(r.anchor, r.href)
		r.href = ""
	case lines[tag]:
		r.w.newline()
		if tag == atom.Pre && start {
			r.pre++
		} else if tag == atom.Pre && end {
			r.pre = max(0, r.pre-1)
		}
	}
}

func attribute(z *html.Tokenizer, more bool, name string) string {
	for more {
		var key, value []byte
		if key, value, more = z.TagAttr(); string(key) == name {
			return strings.TrimSpace(string(value))
		}
	}
	return ""
}

// dropped elements hold no text that a reader sees. Void ones must not be here.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Iframe: true,
	atom.Svg: true, atom.Title: true, atom.Object: true, atom.Select: true, atom.Textarea: true, atom.Button: true,
}

// lines are the elements that begin and end a line.
var lines = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Tr: true,
	atom.Table: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Hr: true, atom.Pre: true, atom.Blockquote: true, atom.Section: true, atom.Article: true, atom.Header: true,
	atom.Footer: true, atom.Nav: true, atom.Aside: true, atom.Main: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.Form: true, atom.Fieldset: true, atom.Figure: true, atom.Figcaption: true, atom.Address: true,
	atom.Details: true, atom.Summary: true, atom.Body: true, atom.Head: true, atom.Html: true, atom.Caption: true,
}

// writer joins runs of text, collapsing white space.
type writer struct {
	b     []byte
	space bool // a space is due before the next word
	line  bool // a line end is due before the next word
}

func (w *writer) newline() { w.line, w.space = true, false }

// write appends text. Where breaks is true a line end in it ends the line, as it
// does within <pre>; else it is a space.
func (w *writer) write(text string, breaks bool) {
	for i := 0; i < len(text); {
		// Words are copied whole: most of the time goes by here.
		start := i
		for i < len(text) && text[i] > ' ' && text[i] < utf8.RuneSelf-1 {
			i++
		}
		if i > start {
			w.gap()
			w.b = append(w.b, text[start:i]...)
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case r == '\n' && breaks:
			w.newline()
		case unicode.IsSpace(r):
			w.space = true
		case r == utf8.RuneError && size == 1, invisible(r):
		default:
			w.gap()
			w.b = utf8.AppendRune(w.b, r)
		}
	}
}

// gap writes what is due before a word.
func (w *writer) gap() {
	switch {
	case len(w.b) == 0:
	case w.line:
		w.b = append(w.b, '\n')
	case w.space:
		w.b = append(w.b, ' ')
	}
	w.line, w.space = false, false
}

// restore completes the text written since from, if it is a shortened form of
// the address.
func (w *writer) restore(from int, href string) {
	if href == "" {
		return
	}
	shown := bytes.TrimLeft(w.b[min(from, len(w.b)):], " \n")
	cut, short := bytes.CutSuffix(shown, []byte("..."))
	if !short || len(cut) < len("https://") {
		return
	}
	if href = Line(href); strings.HasPrefix(href, string(cut)) && !strings.Contains(href, " ") {
		w.b = append(w.b[:len(w.b)-len("...")], href[len(cut):]...)
	}
}

// invisible tells the characters that print nothing and would only keep equal
// texts from being equal: control characters, zero-width ones, direction marks.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d'
}
