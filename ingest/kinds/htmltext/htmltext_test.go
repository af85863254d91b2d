package htmltext_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jobmarket/ingest/kinds/htmltext"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"nothing", "", ""},
		{"plain text keeps its lines", "One\n\n two &amp; three ", "One\ntwo & three"},
		{"paragraphs", "<p>One</p><p>Two</p>\n\n<p></p><p>&nbsp;</p><p>Three</p>", "One\nTwo\nThree"},
		{"unclosed paragraphs", "One<p>Two<p>Three", "One\nTwo\nThree"},
		{"list items", "<ul><li><p>One</p></li>\n<li>Two<ul><li>Two and a half</ul></ul>End", "One\nTwo\nTwo and a half\nEnd"},
		{"breaks", "One<br>Two<br/><br />Three", "One\nTwo\nThree"},
		{"white space within a line", "<p>One\n   two\t<b>three</b> <i>four</i>,five</p>", "One two three four,five"},
		{"entities", "<p>A &lt;T&gt; &amp;amp; &#x2F; &#8364; &rsquo; &nosuch;", "A <T> &amp; / € ’ &nosuch;"},
		{"entities are decoded once", "<p>Write &amp;lt;b&amp;gt; for &lt;b&gt;</p>", "Write &lt;b&gt; for <b>"},
		{"once without tags too", "&amp;lt;b&amp;gt;", "&lt;b&gt;"},
		{"scripts", "a<script>if (1<2) alert('<p>')</script>b<style>p{}</style><!-- c --><noscript>d</noscript>e", "abe"},
		{"a script that never ends", "a<script>b<p>c", "a"},
		{"table", "<table><tr><td>One</td><td>Two</td></tr><tr><th>Three</th></tr></table>", "One Two\nThree"},
		{"preformatted", "<pre><code>  a\n  b\n</code></pre>c", "a\nb\nc"},
		{"shortened link", `<a href="https:&#x2F;&#x2F;kelp.example&#x2F;jobs&#x2F;1234">https:&#x2F;&#x2F;kelp.example&#x2F;jo...</a> now`, "https://kelp.example/jobs/1234 now"},
		{"another link that ends in dots", `<a href="https://kelp.example">Read on...</a>`, "Read on..."},
		{"invisible characters", "<b>a\u200bb\u00adc\ufeffd\x00e\x07</b>", "abcde"},
		{"invalid UTF-8", "<b>a\xffb\xc3</b>", "ab"},
		{"no tags at all", "1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
		{"dropped elements nested", "<svg><svg><text>x</text></svg>y</svg>z", "z"},
	} {
		if d := cmp.Diff(c.want, htmltext.Text(c.html)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
	if got := htmltext.Unescaped("&lt;p&gt;A &amp;amp; B&lt;/p&gt;"); got != "A & B" {
		t.Errorf("Unescaped: %q", got)
	}
	if got := htmltext.Unescaped("&lt;p&gt;Write &amp;amp;lt;b&amp;amp;gt;&lt;/p&gt;"); got != "Write &lt;b&gt;" {
		t.Errorf("Unescaped: %q", got)
	}
	if got, _ := htmltext.Lines("One\nTwo <b>three\nfour</b>"); got != "One\nTwo three\nfour" {
		t.Errorf("Lines: %q", got)
	}
	if d := cmp.Diff([]string{"/a", "https://b.example/?x=1&y"}, htmltext.Links(`<a href="/a">x</a><a name=y><A HREF='https://b.example/?x=1&amp;y'>`)); d != "" {
		t.Errorf("Links (-want +got):\n%s", d)
	}
}

// TestHostile: half a megabyte of anything takes about as long as half a megabyte of text.
func TestHostile(t *testing.T) {
	const size = 1 << 19
	for _, unit := range []string{
		"<p>", "<div>", "<div><p>", "<a href='https://a.example/aaaaaaaa'>https://a.example/a...</a>", "<", "<!--", "<a ", "&", "&#", "<svg>", "</svg>", "<script>", "<pre>\n",
		"<b a='", "<![CDATA[", "\u200b", "<a href=x", "<title>", "]]>",
	} {
		start := time.Now()
		text := htmltext.Text(strings.Repeat(unit, size/len(unit)))
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%d bytes of %q took %s", size, unit, took)
		}
		if len(text) > 2*size {
			t.Errorf("%q grew to %d bytes", unit, len(text))
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"<p>a<p>b", "&lt;p&gt;", "<a href=https://a.example/bcd>https://a...</a>", "<script>x", "<pre>\n a</pre>", "a\x00b", "<svg><svg>", "<td>a<td>b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		lines, _ := htmltext.Lines(s)
		for name, text := range map[string]string{
			"Text": htmltext.Text(s), "Lines": lines, "Unescaped": htmltext.Unescaped(s), "Plain": htmltext.Plain(s), "Line": htmltext.Line(s),
		} {
			if !utf8.ValidString(text) || strings.TrimSpace(text) != text || strings.Contains(text, "\n\n") || strings.Contains(text, "  ") {
				t.Errorf("%s(%q) is not clean: %q", name, s, text)
			}
			if again := htmltext.Plain(text); again != text {
				t.Errorf("%s(%q): cleaned again, %q is %q", name, s, text, again)
			}
		}
		if strings.Contains(htmltext.Line(s), "\n") {
			t.Errorf("Line(%q) has several lines", s)
		}
		htmltext.Links(s)
	})
}

func BenchmarkText(b *testing.B) {
	page := strings.Repeat(`<div class="content"><p>We build <strong>tide gauges</strong> &amp; the software behind them.&nbsp;</p><ul><li>Rust</li><li>C++</li></ul></div>`, 40)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		htmltext.Text(page)
	}
}
