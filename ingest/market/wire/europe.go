package wire

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"jobmarket/ingest/market/prose"
)

// Recruitee appends an offer of the careers site API: what is asked of applicants
// stands in a text of its own.
func Recruitee(dst []byte, a *Ad) []byte {
	o := begin(dst)
	o.raw("id", a.ID)
	o.text("title", a.Title)
	o.text("company_name", a.Company)
	o.text("department", a.Team)
	d := &a.Doc
	html := paragraphs(paragraphs(nil, "<p>", d.About), "<p>", d.Intro)
	o.text("description", string(list(html, d.Headings[0], d.Duties)))
	html = html[:0]
	for i, items := range sections(d) {
		if i > 0 {
			html = list(html, d.Headings[i], items)
		}
	}
	o.text("requirements", string(paragraphs(html, "<p>", d.Closing)))
	o.text("careers_url", a.Address("recruitee"))
	o.text("careers_apply_url", a.Address("recruitee")+"/c/new")
	o.text("location", a.Location)
	o.key("locations")
	o.b = append(o.b, '[')
	for i, p := range append([]string{a.Location}, a.More...) {
		if i > 0 {
			o.b = append(o.b, ", "...)
		}
		place := begin(o.b)
		place.text("name", p)
		o.b = place.end()
	}
	o.b = append(o.b, ']')
	o.raw("remote", strconv.FormatBool(a.Remote == prose.Remote))
	o.raw("hybrid", strconv.FormatBool(a.Remote == prose.Hybrid))
	o.text("employment_type_code", map[bool]string{true: "freelance", false: "fulltime_permanent"}[a.Contract])
	o.text("published_at", a.Published.Format("2006-01-02 15:04:05 UTC"))
	o.text("status", "published")
	return o.end()
}

// Personio appends a position of the XML feed.
func Personio(dst []byte, a *Ad) []byte {
	element := func(name, text string) {
		dst = append(append(append(dst, '<'), name...), '>')
		dst = append(escape(dst, xmlText(text)), "</"...)
		dst = append(append(dst, name...), ">\n"...)
	}
	dst = append(dst, "<position>\n"...)
	element("id", a.ID)
	element("subcompany", a.Company)
	element("office", a.Location)
	if len(a.More) > 0 {
		dst = append(dst, "<additionalOffices>\n"...)
		for _, p := range a.More {
			element("office", p)
		}
		dst = append(dst, "</additionalOffices>\n"...)
	}
	element("department", a.Team)
	element("name", a.Title)
	dst = append(dst, "<jobDescriptions>\n"...)
	d := &a.Doc
	describe := func(heading string, html []byte) {
		dst = append(dst, "<jobDescription>\n"...)
		element("name", heading)
		dst = append(append(append(dst, "<value><![CDATA["...), xmlText(string(html))...), "]]></value>\n</jobDescription>\n"...)
	}
	describe("", paragraphs(paragraphs(nil, "<p>", d.About), "<p>", d.Intro))
	for i, items := range sections(d) {
		if len(items) > 0 {
			describe(d.Headings[i], list(nil, "", items))
		}
	}
	describe("", paragraphs(nil, "<p>", d.Closing))
	dst = append(dst, "</jobDescriptions>\n"...)
	element("employmentType", map[bool]string{true: "freelance", false: "permanent"}[a.Contract])
	element("schedule", "full-time")
	element("createdAt", a.Published.Format("2006-01-02T15:04:05+00:00"))
	return append(dst, "</position>\n"...)
}

// xmlText drops the characters that XML cannot hold in any form.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}
