package forum

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fillers are words that say how one works and neither what as nor where.
var fillers = set(`remote on site onsite in office hybrid only or and ok okay possible friendly optional preferred
	full part time fulltime parttime contract contractor contractors contracting permanent temporary visa visas h1b
	intern interns internship internships sponsor sponsored sponsorship considered welcome available no not yes partial
	partially some for the right candidate candidates freelance relocation distributed work from home wfh ft local doe`)

// terms are words about an ad's terms and about how firms describe themselves: seniority, kind
// of employment, permits, pay, stage. Beside fillers and places they make no name.
var terms = set(`senior junior mid mids level levels experienced entry principal staff founding sr jr all any
	perm fte hire hires hiring direct gig hourly months month long short term negotiable days week weekly
	visas transfer transfers transferred h1bs tn sponsoring citizen citizens citizenship clearance permit permits
	welcomed mostly provided offered supported assistance assist package relo relocate relocating paid costs expenses reimbursed
	comp compensation salary equity stock options base bonus benefits pay pto best rate rates usd eur gbp chf inr cad aud
	early late seed growth stage series start-up startup startups stealth funded profitable pre post yc
	location locations apply email mail e contact website site web link more info please see resume cv details below here
	opening openings many lots tons most job jobs multiple various several new wanted needed other others everything everyone
	student students travel flexible hours initially usually likely also negotiated international global locally virtual telecommute no now`)

// remotely are words by which a part is about where one works though it names no place.
var remotely = []string{"remote", "remotely", "wfh", "work from home", "anywhere", "worldwide", "globally", "hybrid", "telecommute"}

//go:embed towns.txt
var townsText string

// towns are further places; see towns.txt.
var towns = func() map[string]bool {
	var lines []string
	for line := range strings.Lines(townsText) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return phrases(strings.Join(lines, ","))
}()

var (
	headMail = regexp.MustCompile(`[\w.+-]@\s?[\w-]+(\.\w|\s?\[)`)
	// headSigns are signs that stand in no name of a team or a product.
	headSigns = regexp.MustCompile(`[0-9@.,!?:;"“”$€£%<>*#=~|₹()\[\]]|//`)
	// headWordCode is a code behind a comma and a name, though it may be a word, too.
	headWordCode = regexp.MustCompile(`^\p{Lu}[\pL.' -]{0,20}\p{Ll}[\pL.' -]{0,20}, ?[A-Z]{2}(\W*$|\W+(Canada|CA|USA?)\b)`)
	// headCode is the code of a state or a province, alone among words.
	headCode = regexp.MustCompile(`^(A[BKLRZ]|BC|C[AOT]|D[CE]|FL|GA|I[ADL]|K[SY]|LA|M[ABDINOST]|N[BCDEHJMSVY]|OH|PA|QC|RI|S[CDK]|T[NX]|UT|V[AT]|W[AIVY])$`)
)

// longestPlace is how many words the name of a place has at most.
const longestPlace = 5

// placeAt is how many of the words from i on are the name of a place of one of the
// lists. Short ones are words, too ("us", "la"), and count in capitals only.
func (p part) placeAt(i int, lists ...map[string]bool) int {
	for n := min(longestPlace, len(p.words)-i); n > 0; n-- {
		line := strings.Join(p.words[i:i+n], " ")
		for _, list := range lists {
			if list[line] && (len(line) > 3 || p.spelled[i] == strings.ToUpper(p.spelled[i])) {
				return n
			}
		}
	}
	return 0
}

// somewhere tells whether the part says where one works: it names a place that is
// known, or speaks of remote work, or it is a list of names as addresses are.
func (p part) somewhere() bool {
	if p.says(remotely...) {
		return true
	}
	if p.says("citizen", "citizens", "citizenship", "passport") && p.placeAt(0, places, towns) == 0 {
		return false
	}
	if towns[strings.Join(p.words, " ")+"!"] || headWordCode.MatchString(p.text) {
		return true
	}
	for i, w := range p.spelled {
		if p.placeAt(i, places, countries, towns) > 0 {
			return true
		}
		if i > 0 && headCode.MatchString(w) && !fillers[p.words[i]] && !around[p.words[i]] && !fillers[p.words[i-1]] && !terms[p.words[i-1]] {
			return true // "Fenwick Park, NJ"
		}
	}
	return p.address()
}

// address tells whether the part may be a place and what it lies in, though neither
// is known: two or three names with commas between.
func (p part) address() bool {
	pieces := strings.Split(p.text, ",")
	if len(pieces) < 2 || len(pieces) > 3 || p.role() {
		return false
	}
	for _, text := range pieces {
		piece := read(text)
		if len(piece.words) == 0 || len(piece.words) > 2 || headSigns.MatchString(text) || piece.anyTerm() {
			return false
		}
		for _, w := range piece.spelled {
			if w == strings.ToLower(w) || w == strings.ToUpper(w) {
				return false
			}
		}
	}
	return true
}

// anyTerm tells whether one of the part's words is of terms of work.
func (p part) anyTerm() bool {
	for _, w := range p.words {
		if terms[w] || fillers[w] && w != "the" && w != "and" && w != "for" && w != "or" {
			return true
		}
	}
	return false
}

// team tells whether the part may name a team, a product or a field: a few words with
// capitals and none of the terms of work.
func (p part) team() bool {
	if len(p.words) == 0 || len(p.words) > 4 || headSigns.MatchString(p.text) || p.anyTerm() || headSpeaks.MatchString(p.text) {
		return false
	}
	letters := 0
	for i, w := range p.spelled {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(first):
		case i > 0 && (w == "and" || w == "of" || w == "for" || w == "the" || w == "in"):
		default:
			return false
		}
		letters += len(w)
	}
	return letters > 3
}

// bare tells whether the part is nothing but places, terms of work and roles, which
// together name nobody: "Boston MA (US, REMOTE)", "Visas welcomed".
func (p part) bare() bool {
	said := false
	for i := 0; i < len(p.spelled); i++ {
		w := p.words[i]
		n := p.placeAt(i, places, countries)
		switch {
		case n > 0:
			i += n - 1
			said = true
		case terms[w], fillers[w], nouns[w], techs[w], headCode.MatchString(p.spelled[i]) && i > 0:
			said = true
		case around[w], w == "a", w == "an", w == "to", w == "with", w[0] >= '0' && w[0] <= '9':
		default:
			return false
		}
	}
	return said
}

// hollow tells whether the part is bare and, if it begins an ad, no name either: one
// word of the terms may be ("Seed"), and what has a number ("Level 12").
func (p part) hollow() bool {
	return p.bare() && (len(p.words) > 1 && !strings.ContainsAny(p.text, "0123456789") || len(p.words) == 1 && (nouns[p.words[0]] || techs[p.words[0]]))
}
