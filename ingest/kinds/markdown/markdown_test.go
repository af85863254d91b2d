package markdown_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/ingest/kinds/markdown"
)

func TestInline(t *testing.T) {
	d := markdown.Read("[named]: https://named.example\n[Self]: <https://self.example>\n")
	for _, c := range []struct {
		text, plain string
		targets     []string
	}{
		{"[a](https://a.example) b", "a b", []string{"https://a.example"}},
		{"[a [b] c](https://a.example/(x)/y)", "a [b] c", []string{"https://a.example/(x)/y"}},
		{"[a (b](https://a.example)", "a (b", []string{"https://a.example"}},
		{"[a (b))](https://a.example)", "a (b))", []string{"https://a.example"}},
		{"[a][named] and [self] and [none] and [none][nor this]", "a and self and [none] and [none][nor this]", []string{"https://named.example", "https://self.example"}},
		{"[a]()", "a", []string{""}},
		{`[a](https://a.example "title")`, "a", []string{"https://a.example"}},
		{"see https://a.example/b, or <https://c.example>.", "see https://a.example/b, or https://c.example.", []string{"https://a.example/b", "https://c.example"}},
		{"**bold** `code` and \\*stars\\*", "bold code and *stars*", nil},
		{"[french] [a](https://a.example)", "[french] a", []string{"https://a.example"}},
		{"[", "[", nil}, {"](", "](", nil}, {"[a](", "[a](", nil}, {`\`, `\`, nil},
	} {
		plain, links := d.Inline(c.text)
		var targets []string
		for _, l := range links {
			targets = append(targets, l.Target)
			if plain[l.Start:l.End] != l.Text {
				t.Errorf("%q: the link %q stands elsewhere", c.text, l.Text)
			}
		}
		if d := cmp.Diff(c.plain, plain) + cmp.Diff(c.targets, targets); d != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, d)
		}
	}
}

func TestSection(t *testing.T) {
	d := markdown.Read("# A\nx\n## Jobs ##\n* one <!-- no --> more\n<!--\n* hidden\n--->\n### Deeper\n* two\n## Next\n* three\n# Jobs\n* four\n<!-- never closed\n* five")
	var got []string
	for _, l := range d.Section(func(title string) bool { return title == "Jobs" }) {
		if _, text, ok := markdown.Bullet(l.Text); ok {
			got = append(got, text)
		}
	}
	if diff := cmp.Diff([]string{"one  more", "two"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHostile: half a megabyte of anything takes about as long as half a megabyte of text.
func TestHostile(t *testing.T) {
	const size = 1 << 19
	for _, unit := range []string{"[", "[](", "(", "]", "[a](b", "<!--", "-->", "\\", "http://", "[a]: b\n", "* \n", "**", "<http://a>", "[a][", "#"} {
		start := time.Now()
		d := markdown.Read(strings.Repeat(unit, size/len(unit)))
		for _, l := range d.Lines {
			d.Inline(l.Text)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%d bytes of %q took %s", size, unit, took)
		}
	}
}

func FuzzInline(f *testing.F) {
	for _, s := range []string{"[a](b)", "[a][b]\n\n[b]: c", "<!-- x -->", "* [a](b) at c", "https://a.example).", "<https://a>", "\\["} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := markdown.Read(s)
		for _, l := range d.Lines {
			plain, links := d.Inline(l.Text)
			for _, k := range links {
				if plain[k.Start:k.End] != k.Text {
					t.Errorf("%q: the link %q stands elsewhere in %q", l.Text, k.Text, plain)
				}
			}
			if depth, title := markdown.Heading(l.Text); depth < 0 || depth > 6 || depth == 0 && title != "" {
				t.Errorf("%q is a heading %q of depth %d", l.Text, title, depth)
			}
			if indent, _, ok := markdown.Bullet(l.Text); ok && (indent < 0 || indent >= len(l.Text)) {
				t.Errorf("%q is a bullet, indented by %d", l.Text, indent)
			}
		}
	})
}
