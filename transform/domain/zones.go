package domain

import "jobmarket/transform/lexis"

// zone is a part of an ad, told apart because the same words weigh differently
// in each: "payments" in what a company makes is its field, among the benefits
// it is nothing.
type zone uint8

const (
	zTitle   zone = iota // title, department, tags, the header of a forum's ad
	zCompany             // the employer's name
	zAbout               // what the employer makes
	zRole                // what the person will do
	zReqs                // what the person should know, and what is used
	zPerks               // benefits, how to apply, legal notices
	zBody                // none of these is plain
)

const zones = 7 // zBody + 1, untyped so that it counts in any arithmetic

var zoneNames = [...]string{"title", "company", "about", "role", "reqs", "perks", "body"}

// opening is how many sentences of a text without headings are taken to say
// what the employer makes.
const opening = 3

// headingWords is the most words that a line has which heads a part.
const headingWords = 7

// hit is a phrase of the lexicon in a posting.
type hit struct {
	phrase      int32
	first, last int32 // tokens, both inclusive
}

// zoneSentences sets out[i] to the zone of sentence i. A sentence's own cues
// come first, then the heading that it stands under, then its place.
func zoneSentences(out []zone, d *lexis.Doc, l *lexicon, hits []hit) []zone {
	out = out[:0]
	under, underLine := zBody, int32(-1)
	seen, h, first, header := 0, 0, int32(-1), false
	for _, s := range d.Sentences {
		if s.Len() == 0 {
			out = append(out, zBody)
			continue
		}
		switch d.Tokens[s.First].Where {
		case lexis.Text:
			if first < 0 {
				first, header = s.Line, bars(d, d.Lines[s.Line]) >= 2
			}
			if s.Line == first && header {
				out = append(out, zTitle)
				continue
			}
		case lexis.Company:
			out = append(out, zCompany)
			continue
		case lexis.Title, lexis.Department, lexis.Tags:
			out = append(out, zTitle)
			continue
		default:
			out = append(out, zPerks)
			continue
		}
		var cues [zones]int
		some := false
		for h < len(hits) && hits[h].first < s.First {
			h++
		}
		for ; h < len(hits) && hits[h].first < s.Last; h++ {
			if !l.is(hits[h].phrase, cue) {
				continue
			}
			for _, e := range l.entries(hits[h].phrase) {
				if e.kind == cue {
					cues[e.domain]++
					some = true
				}
			}
		}
		z := zBody
		if some {
			z = strongestCue(&cues, seen < opening)
		}
		line := d.Lines[s.Line]
		if some && line.Len() <= headingWords && int(line.Last) < len(d.Tokens) {
			under, underLine = z, s.Line
		}
		switch {
		case some:
		case underLine >= 0:
			z = under
		case seen < opening:
			z = zAbout
		}
		seen++
		out = append(out, z)
	}
	return out
}

// isOffice says that the title names work which every employer has, and none of an
// engineer: what such a person does says nothing of the employer's field.
func (c *Classifier) isOffice(d *lexis.Doc, hits []hit) bool {
	found := false
	for _, h := range hits {
		found = found || d.Tokens[h.first].Where == lexis.Title && c.lexicon.is(h.phrase, office)
	}
	if !found {
		return false
	}
	from, to := d.In(lexis.Title)
	for i := from; i < to; i++ {
		if makers.Has(d.Tokens[i].Hash) {
			return false
		}
	}
	return true
}

// makers are the words by which a title names somebody who makes the product.
var makers = lexis.SetOf(`engineer engineers engineering developer developers programmer scientist scientists architect designer
	devops sre multiple various several positions`)

// muteWork takes what an ad says of the work for what says nothing.
func muteWork(zones []zone) {
	for i, z := range zones {
		if z == zTitle || z == zRole || z == zReqs {
			zones[i] = zPerks
		}
	}
}

// bars is how many bars part a line: two make a forum's header, which names
// employer, role and place as a title does.
func bars(d *lexis.Doc, line lexis.Span) (n int) {
	for i := line.First + 1; i < line.Last; i++ {
		if d.Tokens[i].Sep&lexis.Break != 0 {
			n++
		}
	}
	return n
}

// strongestCue is the zone with the most cues, where some zone has any. On a tie, early in the text the
// employer speaks of itself; later the duller part wins.
func strongestCue(cues *[zones]int, early bool) zone {
	order := [...]zone{zPerks, zReqs, zRole, zAbout}
	if early {
		order = [...]zone{zAbout, zRole, zReqs, zPerks}
	}
	best, n := zBody, 0
	for _, z := range order {
		if cues[z] > n {
			best, n = z, cues[z]
		}
	}
	return best
}
