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
	region  string // of a city, where it is known
	name    string // first spelling
	wary    bool   // also an ordinary word
}

// Gazetteer is the compiled table. It is immutable and safe for concurrent use.
type Gazetteer struct {
	matcher  *lexis.Matcher
	meanings [][]meaning       // by phrase
	codes    []bool            // by phrase: counts only in capitals
	areas    map[string]string // by country and area: what it lies in, smallest first, each behind a comma
	titles   map[string]string // by city: its name as one writes it
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
	regions, wholes, parents := map[string]bool{}, map[string]bool{}, map[string]string{}
	for _, row := range rows[1:] {
		if row[0] == "part" {
			for _, child := range strings.Split(row[2], "|") {
				if !wholes[child] || !wholes[row[1]] || parents[child] != "" {
					return nil, fmt.Errorf("places.csv: %q in %q: no country or area of the table above, or a part of two", child, row[1])
				}
				parents[child] = row[1]
			}
			continue
		}
		in, of, _ := strings.Cut(row[1], "/")
		if of != "" && !regions[row[1]] {
			return nil, fmt.Errorf("places.csv: %q is no region of the table above its cities", row[1])
		}
		k, ok := kinds[row[0]]
		if !ok {
			return nil, fmt.Errorf("places.csv: %q is no kind of place", row[0])
		}
		for _, group := range strings.Split(row[2], "|") {
			spellings := strings.Split(group, "=")
			for i, s := range spellings {
				spellings[i] = strings.TrimSuffix(s, "!")
				m := meaning{k, in, of, spellings[0], spellings[i] != s}
				switch k {
				case region:
					regions[in+"/"+m.name] = true
				case country:
					wholes[in] = true
				case area:
					wholes[m.name] = true
				}
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
	g.areas, g.titles = map[string]string{}, map[string]string{}
	for _, m := range slices.Concat(g.meanings...) {
		if m.kind == city {
			g.titles[m.name] = title(m.name)
		}
	}
	for child := range parents {
		for up := parents[child]; up != "" && len(g.areas[child]) < 200; up = parents[up] { // a ring would not end
			g.areas[child] += ", " + up
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
				g.meanings[n] = append(g.meanings[n], meaning{kind: country, country: m.country, name: m.name})
			}
		}
	}
}

// Place is one place read.
type Place struct {
	Country     string // ISO 3166-1 alpha-2; empty for an area
	City        string // first spelling in the table, empty when none is named
	Region      string // state or province, also of a city where it is known; or the area
	First, Last int32  // tokens

	areas string // what the country, or the area, lies in: ", europe, emea"
}

// Key is the place's part of a key that compares places: its name and those of
// what it lies in, the smallest first ("toronto, ontario, CA, north america,
// americas"; "DE, dach, europe, emea"). So one key ends with another when the one
// place lies in the other.
func (p Place) Key() string {
	key := make([]byte, 0, 64)
	for _, name := range [...]string{p.City, p.Region, p.Country} {
		if name == "" {
			continue
		}
		if len(key) > 0 {
			key = append(key, ", "...)
		}
		key = append(key, name...)
	}
	return string(append(key, p.areas...))
}

// same says that the places have one key.
func (p Place) same(o Place) bool {
	return p.Country == o.Country && p.City == o.City && p.Region == o.Region
}

// hit is a name found.
type hit struct {
	first, last int32 // tokens
	means       []meaning
	code        bool // it counts only in capitals
	apart       bool // it tells nothing of the name before
}

// Find reads the places named by tokens from..to of d, each once, in order.
// Trusted says that the words are a location field; elsewhere names that are
// also ordinary words do not count alone.
func (g *Gazetteer) Find(d *lexis.Doc, from, to int, trusted bool) []Place {
	var room [16]hit
	hits := room[:0]
	g.matcher.LongestIn(d, from, to, func(m lexis.Match) bool {
		h := hit{first: m.First, last: m.Last, means: g.meanings[m.Phrase], code: g.codes[m.Phrase]}
		switch flags := d.Tokens[m.First].Flags; {
		case h.code && flags&lexis.AllCaps == 0, flags&lexis.Upper == 0 && !trusted:
			return true
		case h.code:
			var before *hit
			if n := len(hits); n > 0 && follows(d, hits[n-1].last, h.first) {
				before = &hits[n-1]
			}
			if h.means = sense(d, from, to, h, before); len(h.means) == 0 {
				return true
			}
			h.apart = before != nil && cityCodes.Has(d.Tokens[h.first].Hash) && elsewhere(before.means, h.means)
		}
		hits = append(hits, h)
		return true
	})
	var out []Place
	var cities [][]meaning // of each place that only its city's name tells, what else it may be
	for i := 0; i < len(hits); {
		h := hits[i]
		n := i + 1
		// The names that follow a city closely say where it lies: "Paris, TX, US".
		for n < len(hits) && n < i+4 && !hits[n].apart && follows(d, hits[n-1].last, hits[n].first) {
			n++
		}
		var links [4][]meaning
		chain := links[:0]
		for _, x := range hits[i:n] {
			chain = append(chain, x.means)
		}
		p, used, ok := resolve(chain, trusted, h.code)
		ok = ok && !(h.code && trades.Has(d.Tokens[h.first].Hash))
		if ok && !slices.ContainsFunc(out, func(o Place) bool { return o.same(p) }) {
			p.First, p.Last = h.first, hits[i+used-1].last
			out = append(out, p)
			var may []meaning
			if used == 1 && p.City != "" {
				may = h.means
			}
			cities = append(cities, may)
		}
		i += used
	}
	return g.settle(out, cities)
}

// settle makes of the places read the places meant, each once. Of two cities of
// one name it is the one in a region that another place lies in, too: "Boston,
// Cambridge".
func (g *Gazetteer) settle(read []Place, cities [][]meaning) []Place {
	out := read[:0]
	some := slices.ContainsFunc(read, func(p Place) bool { return p.Country != "" })
	for i, p := range read {
		if some && p.Region == "worldwide" {
			continue // "anywhere in France"
		}
		for _, m := range cities[i] {
			if m.kind != city || m.country == p.Country && m.region == p.Region {
				continue
			}
			beside := func(o Place) bool {
				return o.Country == m.country && o.Region == m.region && m.region != "" && o.City != p.City
			}
			if slices.ContainsFunc(read[:i], beside) || slices.ContainsFunc(read[i+1:], beside) {
				p.Country, p.Region = m.country, m.region
				break
			}
		}
		if p.areas = g.areas[p.Country]; p.Country == "" {
			p.areas = g.areas[p.Region]
		}
		if !slices.ContainsFunc(out, func(o Place) bool { return o.same(p) }) {
			out = append(out, p)
		}
	}
	return out
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
		if code && r != nil && r.name != c.region {
			r, used, lies = nil, 1, "" // "LA, MN"
		}
		if in := pick(first, region); in != nil && c.wary && lies != c.country {
			// "Victoria" is the Australian state unless British Columbia follows.
			_, used, _ = within(chain, in.country)
			return Place{Country: in.country, Region: in.name}, used, trusted || lies == in.country
		}
		if lies == "" && c.wary && !trusted {
			return Place{}, 1, false
		}
		p := Place{Country: c.country, City: c.name, Region: c.region}
		if lies != "" && lies != c.country {
			p.Country, p.Region = lies, ""
			for _, m := range first { // "Cambridge, US"
				if m.kind == city && m.country == lies {
					p.Region = m.region
				}
			}
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
