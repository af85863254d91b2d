// Package place reads where the work is done: countries, cities and areas of the
// world, from what a location field or the head of an ad says, and how names of
// one place become one key. What places there are is data (places.csv); the
// package must not know what an ad is.
package place

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

//go:embed places.csv
var placesCSV string

// Data is the text of the embedded table, for the version of what reads it.
func Data() string { return placesCSV }

type kind uint8

const (
	country kind = iota
	region
	city
	area
)

var kinds = map[string]kind{"country": country, "region": region, "city": city, "area": area}

// meaning is one thing that a name may stand for.
type meaning struct {
	kind    kind
	country string
	name    string // first spelling
	wary    bool   // also an ordinary word
}

// Gazetteer is the compiled table. It is immutable and safe for concurrent use.
type Gazetteer struct {
	matcher  *lexis.Matcher
	meanings [][]meaning // by phrase
	codes    []bool      // by phrase: counts only in capitals
}

// Table is the compiled places.csv; it panics when the embedded file is broken,
// which its test would have shown.
var Table = sync.OnceValue(func() *Gazetteer {
	g, err := compile(placesCSV)
	if err != nil {
		panic(err)
	}
	return g
})

func compile(text string) (*Gazetteer, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	r.FieldsPerRecord = 3
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("places.csv: %w", err)
	}
	g := &Gazetteer{}
	at := map[string]int{}
	var phrases []string
	for _, row := range rows[1:] {
		k, ok := kinds[row[0]]
		if !ok {
			return nil, fmt.Errorf("places.csv: %q is no kind of place", row[0])
		}
		for _, group := range strings.Split(row[2], "|") {
			spellings := strings.Split(group, "=")
			for i, s := range spellings {
				spellings[i] = strings.TrimSuffix(s, "!")
				m := meaning{k, row[1], spellings[0], spellings[i] != s}
				words := lexis.NewDoc(&schema.Posting{Text: spellings[i]})
				id := ""
				for j := range words.Tokens {
					id += string(words.Word(j)) + " "
				}
				n, known := at[id]
				if !known {
					n = len(phrases)
					at[id] = n
					phrases = append(phrases, spellings[i])
					g.meanings = append(g.meanings, nil)
					g.codes = append(g.codes, len(spellings[i]) == 2)
				}
				g.meanings[n] = append(g.meanings[n], m)
			}
		}
	}
	addCodes(g, at, &phrases)
	if g.matcher, err = lexis.NewMatcher(phrases); err != nil {
		return nil, fmt.Errorf("places.csv: %w", err)
	}
	return g, nil
}

// addCodes makes each country's ISO code a name of it, after the states that
// share the letters.
func addCodes(g *Gazetteer, at map[string]int, phrases *[]string) {
	for _, ms := range slices.Clone(g.meanings) {
		for _, m := range ms {
			if m.kind != country {
				continue
			}
			code := strings.ToLower(m.country)
			n, known := at[code+" "]
			if !known {
				n = len(*phrases)
				at[code+" "] = n
				*phrases = append(*phrases, code)
				g.meanings = append(g.meanings, nil)
				g.codes = append(g.codes, true)
			}
			same := func(o meaning) bool { return o.kind == country && o.country == m.country }
			if !slices.ContainsFunc(g.meanings[n], same) {
				g.meanings[n] = append(g.meanings[n], meaning{country, m.country, m.name, false})
			}
		}
	}
}

// Place is one place read.
type Place struct {
	Country     string // ISO 3166-1 alpha-2; empty for an area
	City        string // first spelling in the table, empty when none is named
	Region      string // state or province, or the area, likewise
	First, Last int32  // tokens
}

// Key is the place's part of a key that compares places: "berlin, DE", "DE",
// "europe".
func (p Place) Key() string {
	switch {
	case p.City != "":
		return p.City + ", " + p.Country
	case p.Region != "" && p.Country != "":
		return p.Region + ", " + p.Country
	case p.Country != "":
		return p.Country
	}
	return p.Region
}

// same says that the places have one key.
func (p Place) same(o Place) bool {
	return p.Country == o.Country && p.City == o.City && (p.City != "" || p.Region == o.Region)
}

// Find reads the places named by tokens from..to of d, each once, in order.
// Trusted says that the words are a location field; elsewhere names that are
// also ordinary words do not count alone.
func (g *Gazetteer) Find(d *lexis.Doc, from, to int, trusted bool) []Place {
	type hit struct {
		phrase, first, last int32
	}
	var room [16]hit
	hits := room[:0]
	g.matcher.LongestIn(d, from, to, func(m lexis.Match) bool {
		t := d.Tokens[m.First]
		if g.codes[m.Phrase] && t.Flags&lexis.AllCaps == 0 {
			return true
		}
		if t.Flags&lexis.Upper == 0 && !trusted || g.codes[m.Phrase] && isWord(d, m.First) {
			return true
		}
		hits = append(hits, hit{m.Phrase, m.First, m.Last})
		return true
	})
	var out []Place
	for i := 0; i < len(hits); {
		h := hits[i]
		n := i + 1
		// The names that follow a city closely say where it lies: "Paris, TX, US".
		for n < len(hits) && n < i+4 && follows(d, hits[n-1].last, hits[n].first) {
			n++
		}
		var links [4][]meaning
		chain := links[:0]
		for _, x := range hits[i:n] {
			chain = append(chain, g.meanings[x.phrase])
		}
		p, used, ok := resolve(chain, trusted, g.codes[h.phrase])
		if ok && g.codes[h.phrase] && trades[string(d.Word(int(h.first)))] && (h.first == 0 || d.Tokens[h.first].Sep&lexis.Line == 0) {
			ok = false
		}
		if ok {
			p.First, p.Last = h.first, hits[i+used-1].last
			if !slices.ContainsFunc(out, func(o Place) bool { return o.same(p) }) {
				out = append(out, p)
			}
		}
		i += used
	}
	if slices.ContainsFunc(out, func(p Place) bool { return p.Country != "" }) {
		out = slices.DeleteFunc(out, func(p Place) bool { return p.Region == "worldwide" }) // "anywhere in France"
	}
	return out
}

// trades are the codes of countries that are more often the name of a trade, unless
// they stand alone: "IoT, AI, making cool stuff". Behind a city they are countries.
var trades = map[string]bool{"ai": true, "ml": true, "qa": true, "it": true, "pm": true, "io": true, "tv": true, "bi": true, "cv": true, "ar": true, "vr": true}

// wordCodes are the codes of states and countries that are English words too.
var wordCodes = map[string]bool{"ok": true, "or": true, "in": true, "me": true, "hi": true, "oh": true}

// workTerms stand before such a word: "Remote OK", "REMOTE OR ONSITE".
var workTerms = map[string]bool{
	"remote": true, "remotely": true, "onsite": true, "site": true, "office": true, "hybrid": true, "relocation": true,
	"visa": true, "time": true, "fulltime": true, "contract": true, "intern": true, "interns": true, "internship": true, "local": true,
}

// isWord says that the code at token i is a word: nothing but a blank parts it
// from a term of work before it.
func isWord(d *lexis.Doc, i int32) bool {
	return i > 0 && d.Tokens[i].Sep == lexis.Space && wordCodes[string(d.Word(int(i)))] && workTerms[string(d.Word(int(i-1)))]
}

// follows says that only a comma, a bracket or a space stands between a name's
// last word and the next name's first.
func follows(d *lexis.Doc, last, first int32) bool {
	return first == last+1 && d.Tokens[first].Sep&^(lexis.Space|lexis.Comma|lexis.Open|lexis.Hyphen|lexis.Dot) == 0
}

// pick is the first of a name's meanings that is of kind k, or nil.
func pick(ms []meaning, k kind) *meaning {
	for i := range ms {
		if ms[i].kind == k {
			return &ms[i]
		}
	}
	return nil
}

// within reads, after the first name of a chain, the region or country that it
// lies in: how many names belong to the place, and the country, or empty. Want
// is the country where the first name is usually found.
func within(chain [][]meaning, want string) (in *meaning, used int, lies string) {
	for used = 1; used < len(chain); used++ {
		next := chain[used]
		r := pick(next, region)
		if c := pick(next, country); c != nil && (c.country == want || r == nil && twins[c.country]) {
			return in, used + 1, c.country
		}
		if r == nil || in != nil {
			break
		}
		in, lies, want = r, r.country, r.country
	}
	return in, used, lies
}

// resolve reads a chain of names, the first of which begins a place, and how
// many of them belong to it.
func resolve(chain [][]meaning, trusted, code bool) (Place, int, bool) {
	first := chain[0]
	if c := pick(first, city); c != nil {
		r, used, lies := within(chain, c.country)
		if in := pick(first, region); in != nil && c.wary && lies != c.country {
			// "Victoria" is the Australian state unless British Columbia follows.
			_, used, _ = within(chain, in.country)
			return Place{Country: in.country, Region: in.name}, used, trusted || lies == in.country
		}
		p := Place{Country: c.country, City: c.name}
		if lies == "" && c.wary && !trusted {
			return Place{}, 1, false
		}
		if lies != "" {
			p.Country = lies
		}
		if r != nil {
			p.Region = r.name
		}
		return p, used, true
	}
	c := pick(first, country)
	if r := pick(first, region); r != nil && (trusted || !code) {
		_, used, lies := within(chain, r.country)
		switch {
		case c != nil && lies == "" && code && c.country == "DE": // Germany sooner than Delaware; of the others the state
			return Place{Country: c.country}, 1, true
		case r.wary && lies == "" && !trusted:
			return Place{}, 1, false
		case lies != "" && lies != r.country:
			used = 1
		}
		return Place{Country: r.country, Region: r.name}, used, true
	}
	if c != nil && (trusted || !code || commonCodes[c.country]) {
		return Place{Country: c.country}, 1, true
	}
	if a := pick(first, area); a != nil {
		return Place{Region: a.name}, 1, true
	}
	return Place{}, 1, false
}

// twins are the countries whose cities are named after others' ("London, CA"):
// elsewhere, a country behind a city of another country begins a new place.
var twins = map[string]bool{"US": true, "CA": true, "GB": true, "AU": true, "NZ": true, "IE": true}

// commonCodes are the codes that people write as words: "US only", "UK".
var commonCodes = map[string]bool{"US": true, "GB": true}
