package kinds_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jobmarket/ingest/kinds"
)

// hostile are pages of 256 KB of what makes careless parsers take quadratic time or
// all the stack.
func hostile() map[string]string {
	const size = 1 << 18
	fill := func(before, unit, after string) string {
		return before + strings.Repeat(unit, size/len(unit)) + after
	}
	var record strings.Builder
	for i := range size / 64 {
		fmt.Fprintf(&record, `{"id":%d,"title":"a","text":"a","name":"a","created_at":"x"},`, i)
	}
	return map[string]string{
		"paragraphs":      fill("", "<p>", ""),
		"divs":            fill(`<div itemscope itemtype="http://schema.org/JobPosting">`, "<div>", ""),
		"nested items":    fill("", `<div itemscope itemtype="http://schema.org/JobPosting" itemprop="a">`, ""),
		"many items":      fill("", `<div itemscope itemtype="http://schema.org/JobPosting"><b itemprop="title">a</b></div>`, ""),
		"scripts":         fill("", `<script type="application/ld+json">{"@type":"JobPosting","title":"a"}</script>`, ""),
		"deep script":     fill(`<script type="application/ld+json">`, `{"@graph":[`, "</script>"),
		"links":           fill("<html>", `<a href="/jobs/1">a</a>`, ""),
		"brackets":        fill("", "[", ""),
		"objects":         fill("", `{"data":{"children":`, ""),
		"one long number": fill(`{"jobs":[{"id":`, "9", "}]}"),
		"records":         `{"jobs":[` + record.String() + `{}]}`,
		"list of records": `[` + record.String() + `{}]`,
		"children":        `{"children":[` + record.String() + `{}]}`,
		"long line":       fill("Date: 2021-01-01\n\n## Jobs\n* ", "[a](b", ""),
		"long company":    fill("Date: 2021-01-01\n\n## Jobs\n**", "a ", "**\n* [a (b)](c)"),
		"bullets":         fill("date: 2021-01-01\n\n## Careers\n", "- [a at b - c - (d](e)\n", ""),
		"parentheses":     fill("Date: 2021-01-01\n\n## Jobs\n* [", "a (", "](b)"),
		"dashes":          fill("Date: 2021-01-01\n\n## Jobs\n* [a", " - a", "](b)"),
		"comment":         fill(`{"children":[{"id":1,"created_at":"2026-10-01T15:00:00Z","author":"a","text":"`, "a | ", `"}]}`),
		"comment in HTML": fill(`{"children":[{"id":1,"created_at":"2026-10-01T15:00:00Z","author":"a","text":"`, "<a href=https://a.example/jobs>https://a...</a>", `"}]}`),
		"elements":        fill("<rss>", "<item>", ""),
		"items":           fill("<rss><channel>", "<item><title>a</title><link>https://a.example</link></item>", "</channel></rss>"),
		"positions":       fill("<workzag-jobs>", "<position><id>1</id>", ""),
		"map":             fill("<urlset>", "<url><loc>https://moss.example/jobs/1</loc></url>", "</urlset>"),
		"entities":        fill(`<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><rss><item><title>`, "&a;", "</title></item></rss>"),
		"commas":          fill("", ",", "\n,,"),
		"quotes":          fill("a,b\n", `"`, ""),
		"rows":            fill("title,company\n", "a,b\n", ""),
		"lines":           fill("", `{"title":"a"}`+"\n", ""),
		"front matter":    fill("+++\n", `a = ["b"]`+"\n", "+++"),
		"headings":        fill("", "# a\n- [b](https://c.example)\n", ""),
		"NUL":             fill("", "\x00", ""),
		"invalid UTF-8":   fill("<rss>", "\xff", "</rss>"),
		"Parquet":         fill("PAR1", "\x15\x00", "\xff\xff\x00\x00PAR1"),
		"gzip":            fill("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "\x00", ""),
	}
}

// TestHostile gives them to every parser as its pages.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute of a busy machine")
	}
	bodies := hostile()
	for _, k := range kinds.All {
		// The second page, where there is one: the first is often but a list of links.
		pages := seeds(t, k)
		p := pages[min(1, len(pages)-1)]
		for name, body := range bodies {
			p.Body = []byte(body)
			start := time.Now()
			_, err := k.Parse(p)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%s at %s: %d bytes of %s took %s", k.Name, p.URL, len(body), name, took)
			}
			if err != nil && len(err.Error()) > 1000 {
				t.Errorf("%s: the error about %s has %d characters", k.Name, name, len(err.Error()))
			}
		}
	}
}
