package jobposting

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jobmarket/ingest/kinds/kind"
)

// page is what a listing or a job's page holds, besides its text.
type page struct {
	jobs  []node   // JobPostings in JSON-LD
	links []string // addresses that it links, and those of its lists in JSON-LD
	next  []string // addresses of its next page
	paged bool     // it says that it is one page of several
	types string   // the types of its microdata
}

// scan reads the page's scripts and links in one pass, without building a tree.
func scan(r *kind.Reading) page {
	var p page
	z := html.NewTokenizer(bytes.NewReader(r.Page.Body))
	ld := false
	blocks := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p
		case html.TextToken:
			if ld {
				place := fmt.Sprintf("script[%d]", blocks)
				blocks++
				p.jsonLD(r, place, z.Text())
			}
		case html.EndTagToken:
			ld = false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			ld = false
			var href, rel, kindOf string
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				switch string(key) {
				case "href":
					href = string(value)
				case "rel":
					rel = strings.ToLower(string(value))
				case "type":
					kindOf = strings.ToLower(strings.TrimSpace(string(value)))
				case "itemtype":
					if len(p.types) < 1<<10 {
						p.types += " " + string(value)
					}
				}
			}
			switch tag {
			case atom.Script:
				ld = strings.HasPrefix(kindOf, "application/ld+json")
			case atom.A, atom.Link:
				p.link(tag, href, rel)
			}
		}
	}
}

func (p *page) link(tag atom.Atom, href, rel string) {
	switch {
	case href == "":
	case strings.Contains(rel, "next"):
		p.next = append(p.next, href)
		p.paged = true
	case strings.Contains(rel, "prev"):
		p.paged = true
	case tag == atom.A:
		p.links = append(p.links, href)
	}
}

// jsonLD reads one block of JSON-LD. Writers wrap it in comments or CDATA, and put
// bare line ends into strings; both are mended first.
func (p *page) jsonLD(r *kind.Reading, place string, raw []byte) {
	text := bytes.TrimSpace(raw)
	for _, wrap := range []string{"<!--", "-->", "//<![CDATA[", "<![CDATA[", "//]]>", "]]>", "/*", "*/"} {
		text = bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimPrefix(text, []byte(wrap)), []byte(wrap)))
	}
	if len(text) == 0 {
		return
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		mended := bytes.Map(func(c rune) rune {
			if c < ' ' {
				return ' '
			}
			return c
		}, text)
		if err := json.Unmarshal(mended, &v); err != nil {
			if bytes.Contains(text, []byte("JobPosting")) {
				r.Complete = false
				r.Reject(place, "", "the JSON-LD cannot be decoded: "+err.Error(), string(text))
			}
			return
		}
	}
	p.walk(v, 0)
}

// deepest is how deep JobPostings are looked for; real ones lie at most in a list
// in a graph.
const deepest = 12

// walk finds the JobPostings in a JSON-LD value, and the addresses in its lists.
func (p *page) walk(v any, depth int) {
	if depth > deepest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			p.walk(e, depth+1)
		}
	case map[string]any:
		n := node(v)
		if n.is("JobPosting") {
			p.jobs = append(p.jobs, n)
			return
		}
		if n.is("ListItem") {
			if at := n.text("url"); at != "" {
				p.links = append(p.links, at)
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "about"} {
			if inner, ok := v[key]; ok {
				p.walk(inner, depth+1)
			}
		}
	}
}

// microdata reads the JobPostings that the page's elements spell out.
func microdata(body []byte) []node {
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil { // nested deeper than any page is
		return nil
	}
	var jobs []node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && strings.Contains(attr(n, "itemtype"), "JobPosting") && attr(n, "itemprop") == "" {
			jobs = append(jobs, item(n, 0))
		}
	}
	return jobs
}

// item reads the properties of an element that is an item.
func item(scope *html.Node, depth int) node {
	out := node{"@type": attr(scope, "itemtype")}
	if depth > deepest {
		return out
	}
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode {
				continue
			}
			names := strings.Fields(attr(c, "itemprop"))
			_, scoped := lookup(c, "itemscope")
			for _, name := range names {
				if scoped {
					out.add(name, map[string]any(item(c, depth+1)))
				} else {
					out.add(name, value(c))
				}
			}
			if !scoped {
				visit(c)
			}
		}
	}
	visit(scope)
	return out
}

// value is what an element says as a property.
func value(n *html.Node) string {
	switch n.DataAtom {
	case atom.Meta:
		return attr(n, "content")
	case atom.A, atom.Link:
		return attr(n, "href")
	case atom.Time:
		if at, ok := lookup(n, "datetime"); ok {
			return at
		}
	case atom.Data:
		return attr(n, "value")
	}
	if at, ok := lookup(n, "content"); ok {
		return at
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if html.Render(&b, c) != nil {
			break
		}
	}
	return b.String()
}

func attr(n *html.Node, name string) string {
	s, _ := lookup(n, name)
	return s
}

func lookup(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val), true
		}
	}
	return "", false
}
