// Package markdown reads the Markdown that lists of links are written in: lines
// under a heading, bullets, and links of every style. It is no whole Markdown
// reader (nobody needs tables here), and takes the texts as their writers leave
// them: brackets unbalanced, references undefined.
package markdown

import (
	"strings"

	"jobmarket/ingest/kinds/htmltext"
)

// Line is one line of a Markdown text that the reader sees.
type Line struct {
	Number int // from 1
	Text   string
}

// Document is a Markdown text in lines, without HTML comments, and the targets
// of its reference-style links.
type Document struct {
	Lines []Line
	refs  map[string]string // by label in lower case
}

// Read splits a Markdown text. What stands in HTML comments (the newsletters keep
// a template ad in one) is no text.
func Read(body string) Document {
	d := Document{refs: map[string]string{}}
	hidden := false
	number := 0
	for raw := range strings.SplitSeq(strings.ToValidUTF8(body, ""), "\n") {
		number++
		var text string
		text, hidden = uncomment(strings.TrimRight(raw, " \t\r"), hidden)
		if label, target, ok := definition(text); ok {
			d.refs[label] = target
			continue
		}
		d.Lines = append(d.Lines, Line{number, text})
	}
	return d
}

// uncomment removes what is within HTML comments. Hidden tells whether a comment
// is open before the line; the result says whether one is after it.
func uncomment(text string, hidden bool) (string, bool) {
	if !hidden && !strings.Contains(text, "<!--") {
		return text, false
	}
	var b strings.Builder
	for {
		if hidden {
			_, rest, closed := strings.Cut(text, "-->")
			if !closed {
				return b.String(), true
			}
			text, hidden = rest, false
			continue
		}
		before, rest, opened := strings.Cut(text, "<!--")
		b.WriteString(before)
		if !opened {
			return b.String(), false
		}
		text, hidden = rest, true
	}
}

// definition reads "[label]: target".
func definition(text string) (label, target string, ok bool) {
	if !strings.HasPrefix(text, "[") {
		return "", "", false
	}
	label, rest, ok := strings.Cut(text[1:], "]:")
	if !ok || label == "" || strings.ContainsAny(label, "[]") {
		return "", "", false
	}
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return "", "", false
	}
	return strings.ToLower(label), strings.Trim(fields[0], "<>"), true
}

// Heading reads "## Jobs": its depth and text; depth 0 is no heading.
func Heading(text string) (depth int, title string) {
	rest := strings.TrimLeft(text, "#")
	depth = len(text) - len(rest)
	if depth == 0 || depth > 6 || rest != "" && rest[0] != ' ' {
		return 0, ""
	}
	return depth, strings.TrimSpace(strings.TrimRight(rest, "# "))
}

// Section is the lines under the first heading that is wanted, up to the next of
// its depth or above.
func (d Document) Section(wanted func(title string) bool) []Line {
	var out []Line
	open := 0
	for _, l := range d.Lines {
		depth, title := Heading(l.Text)
		switch {
		case depth > 0 && open == 0 && wanted(title):
			open = depth
		case depth > 0 && open > 0 && depth <= open:
			return out
		case open > 0:
			out = append(out, l)
		}
	}
	return out
}

// Bullet reads "* text": how far it is indented and the text behind it.
func Bullet(text string) (indent int, rest string, ok bool) {
	trimmed := strings.TrimLeft(text, " \t")
	indent = len(text) - len(trimmed)
	if len(trimmed) < 1 || !strings.ContainsRune("*-+", rune(trimmed[0])) {
		return 0, "", false
	}
	if len(trimmed) == 1 {
		return indent, "", true
	}
	if trimmed[1] != ' ' && trimmed[1] != '\t' {
		return 0, "", false
	}
	return indent, strings.TrimSpace(trimmed[2:]), true
}

// Link is one link of a rendered text.
type Link struct {
	Text       string
	Target     string
	Start, End int // where its text stands in the rendered text
}

// Inline renders a line of Markdown as plain text and lists its links: inline,
// reference-style and bare. A link's text may hold brackets, and its target
// parentheses, as long as they are balanced.
func (d Document) Inline(text string) (plain string, links []Link) {
	close := matching(text)
	var b strings.Builder
	angle := false // a bare link in angle brackets has begun
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && strings.IndexByte("\\`*_{}[]()#+-.!|<>@&", text[i+1]) >= 0:
			b.WriteByte(text[i+1])
			i += 2
		case c == '[' && close[i] > 0:
			target, end, ok := d.target(text, close, i)
			if !ok {
				b.WriteByte(c)
				i++
				continue
			}
			l := Link{Text: bare(text[i+1 : close[i]]), Target: target, Start: b.Len()}
			b.WriteString(l.Text)
			l.End = b.Len()
			links = append(links, l)
			i = end
		case c == 'h' && (strings.HasPrefix(text[i:], "http://") || strings.HasPrefix(text[i:], "https://")):
			url := address(text[i:])
			links = append(links, Link{Text: url, Target: url, Start: b.Len(), End: b.Len() + len(url)})
			b.WriteString(url)
			i += len(url)
			if angle && i < len(text) && text[i] == '>' {
				i++
			}
			angle = false
		case c == '`' || c == '*':
			i++
		case c == '<' && strings.HasPrefix(text[i:], "<http"):
			angle = true
			i++
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String(), links
}

// address is the bare address that the text begins with, without the punctuation
// of the sentence that it stands in.
func address(text string) string {
	if end := strings.IndexAny(text, " \t<>\"|"); end >= 0 {
		text = text[:end]
	}
	return strings.TrimRight(text, ".,;:!?)*_`")
}

// target reads where the link whose text begins at the bracket i points, and
// where it ends.
func (d Document) target(text string, close []int, i int) (target string, end int, ok bool) {
	j := close[i] + 1
	if j < len(text) && text[j] == '(' && close[j] > 0 {
		inside := strings.Fields(text[j+1 : close[j]])
		if len(inside) == 0 { // "[text]()"
			return "", close[j] + 1, true
		}
		return strings.Trim(inside[0], "<>"), close[j] + 1, true
	}
	label, end := text[i+1:close[i]], j
	if j < len(text) && text[j] == '[' && close[j] > 0 {
		if named := text[j+1 : close[j]]; named != "" {
			label = named
		}
		end = close[j] + 1
	}
	target, ok = d.refs[strings.ToLower(label)]
	return target, end, ok
}

// matching gives, for each opening bracket or parenthesis, where it closes; 0
// where it does not. One pass: a hostile line of brackets costs its length.
func matching(text string) []int {
	close := make([]int, len(text))
	var square, round []int
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			square = append(square, i)
		case '(':
			round = append(round, i)
		case ']':
			if n := len(square); n > 0 {
				close[square[n-1]] = i
				square = square[:n-1]
			}
		case ')':
			if n := len(round); n > 0 {
				close[round[n-1]] = i
				round = round[:n-1]
			}
		}
	}
	return close
}

// bare is text without emphasis marks, for the text of a link.
func bare(text string) string {
	return strings.TrimSpace(strings.NewReplacer("**", "", "`", "", "\\", "").Replace(text))
}

// Clean decodes entities and inline HTML of a rendered text.
func Clean(text string) string {
	if strings.ContainsAny(text, "<&") {
		text = htmltext.Text(text)
	}
	return htmltext.Line(text)
}
