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

// Unescaped is Text of HTML that was escaped once more, as Greenhouse sends it.
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
	var (
		w       writer
		z       = html.NewTokenizer(strings.NewReader(fragment))
		skip    atom.Atom // element whose content is dropped, until it ends
		skipped int       // how deep elements of that name are nested in it
		pre     int
		href    string
		anchor  int // where the text of the open link began
	)
	w.b = make([]byte, 0, len(fragment)/2)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return string(w.b), links
		case html.TextToken:
			if skip == 0 {
				w.write(string(z.Text()), breaks || pre > 0)
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			if skip != 0 {
				if tag == skip && kind == html.StartTagToken {
					skipped++
				} else if tag == skip && kind == html.EndTagToken {
					if skipped--; skipped == 0 {
						skip = 0
					}
				}
				continue
			}
			if kind == html.StartTagToken && dropped[tag] {
				skip, skipped = tag, 1
				continue
			}
			if lines[tag] {
				w.newline()
			}
			switch {
			case tag == atom.Td || tag == atom.Th:
				w.space = true
			case tag == atom.Pre && kind == html.StartTagToken:
				pre++
			case tag == atom.Pre && kind == html.EndTagToken:
				pre = max(0, pre-1)
			case tag == atom.A && kind == html.StartTagToken:
				if href = attribute(z, more, "href"); href != "" {
					links = append(links, href)
				}
				anchor = len(w.b)
			case tag == atom.A && kind == html.EndTagToken:
				w.restore(anchor, href)
				href = ""
			}
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
	if short && len(cut) >= len("https://") && strings.HasPrefix(href, string(cut)) {
		w.b = append(w.b[:len(w.b)-len("...")], href[len(cut):]...)
	}
}

// invisible tells the characters that print nothing and would only keep equal
// texts from being equal: control characters, zero-width ones, direction marks.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d'
}
