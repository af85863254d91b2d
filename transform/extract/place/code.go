package place

import (
	"slices"

	"jobmarket/transform/lexis"
)

// trades are the codes of countries that are more often the name of a trade: "IoT,
// AI, making cool stuff". Behind a city they are countries.
var trades = lexis.SetOf("ai ml qa pm io tv bi cv ar vr")

// wordCodes are the codes of states and countries that are English words, too. They
// count behind the city that lies there, and behind a comma and a name.
var wordCodes = lexis.SetOf("ok or in me hi on as at am be by do is it my no so to")

// otherCodes are the codes that are more often something else where nothing that they
// belong to stands before them: Palo Alto (PA), a permit to work (TN), engineers (SE),
// managers (PM), time zones (ET, PT, TZ), residents (PR), money (VC), Silicon Valley
// (SV), North America (NA), the forum itself (HN).
var otherCodes = lexis.SetOf("pa tn se pm et pt tz pr vc sv na hn td ci")

// cityCodes are the codes of states that stand for their greatest city: behind the
// name of a city elsewhere in the country they begin another place: "Chicago, NY", but
// "Rome, NY".
var cityCodes = lexis.SetOf("ny la")

// premises are words before which "on" and "in" are no codes: "ON-SITE".
var premises = lexis.SetOf("site premise premises office house person")

// notNames are words that may begin with a capital and are no place's name, so that a
// code behind them is of no place, or of none that they tell.
var notNames = lexis.SetOf(`remote remotely onsite site office offices hybrid relocation visa visas h1b transfer transfers xfer sponsor
	sponsors sponsored sponsorship time fulltime contract contractor contractors intern interns internship local only greater
	downtown west east north south central or and in at near also some`)

// sense is what the code h may mean by what stands before it: before, the name that it
// follows closely, or a name that the table lacks, or neither. Tokens from..to are read.
func sense(d *lexis.Doc, from, to int, h hit, before *hit) []meaning {
	i := int(h.first)
	code, comma := d.Tokens[i].Hash, d.Tokens[i].Sep&lexis.Comma != 0
	word := wordCodes.Has(code)
	if i+1 < to && word && premises.Has(d.Tokens[i+1].Hash) {
		return nil
	}
	switch {
	case before != nil && lieIn(before.means, h.means):
		return without(h.means, city)
	case before == nil && i > from && named(d, i) || before != nil && pick(before.means, city) != nil && !cityCodes.Has(code):
		if word && !comma || before != nil && (otherCodes.Has(code) || word && pick(h.means, region) == nil) {
			return nil // "NYC, TO"
		}
		return without(h.means, city)
	case to-from == 1 && word: // it is all that is said: "IT"
		return without(h.means, region)
	case to-from == 1 && otherCodes.Has(code):
		return h.means
	case word || otherCodes.Has(code):
		return nil
	case pick(h.means, city) != nil:
		return without(h.means, region) // "SF, LA"
	}
	return h.means
}

// lieIn says that one of the cities lies in one of the regions and countries.
func lieIn(cities, means []meaning) bool {
	for _, c := range cities {
		for _, m := range means {
			if c.kind == city && c.country == m.country && (m.kind == country || m.kind == region && c.region == m.name) {
				return true
			}
		}
	}
	return false
}

// elsewhere says that one of the cities lies in the country of one of the regions,
// and none in the region itself.
func elsewhere(cities, means []meaning) bool {
	return !lieIn(cities, means) && slices.ContainsFunc(cities, func(c meaning) bool {
		return c.kind == city && slices.ContainsFunc(means, func(m meaning) bool { return m.kind == region && m.country == c.country })
	})
}

// without is ms without those of kind k, unless none is left.
func without(ms []meaning, k kind) []meaning {
	is := func(m meaning) bool { return m.kind == k }
	if !slices.ContainsFunc(ms, is) || !slices.ContainsFunc(ms, func(m meaning) bool { return !is(m) }) {
		return ms
	}
	return slices.DeleteFunc(slices.Clone(ms), is)
}

// named says that the word before token i may be a place's name.
func named(d *lexis.Doc, i int) bool {
	t, before := d.Tokens[i], d.Tokens[i-1]
	code := before.Flags&lexis.AllCaps != 0 && before.End-before.Start <= 2
	return t.Sep&^(lexis.Space|lexis.Comma|lexis.Dot|lexis.Stop|lexis.Open) == 0 && before.Flags&lexis.Upper != 0 && before.Flags&lexis.Link == 0 &&
		!code && !notNames.Has(d.Tokens[i-1].Hash)
}
