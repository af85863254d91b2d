package extract

import (
	"jobmarket/transform/extract/cues"
	"jobmarket/transform/lexis"
)

// asked is a number of years that an ad asks for.
type asked struct {
	years  float64
	market bool // of the market's language
	reason string
}

var (
	yearWords = wordSet("years year yrs yr jahre jahren ans années años anni")
	ofWords   = wordSet("experience experiences exp expertise background working building developing writing programming designing professional hands industry software engineering development in with of as leading managing erfahrung berufserfahrung practical relevant commercial")
	notYears  = wordSet("collaboration company alternative combined now ago old vest vests vesting cliff founded history runway anniversary birthday next past contract warranty term growth degree university age funding since consecutive")
	pastYears = wordSet("resulting result results after been established") // before the number: years that went by
	numerals  = map[uint64]float64{lexis.Hash("one"): 1, lexis.Hash("two"): 2, lexis.Hash("three"): 3, lexis.Hash("four"): 4, lexis.Hash("five"): 5,
		lexis.Hash("six"): 6, lexis.Hash("seven"): 7, lexis.Hash("eight"): 8, lexis.Hash("nine"): 9, lexis.Hash("ten"): 10, lexis.Hash("fifteen"): 15, lexis.Hash("twenty"): 20}
)

// mostYears is the most experience anybody is believed to ask for.
const mostYears = 40

// readYears finds the years of experience asked: the least of all that the ad
// asks, of alternatives ("a degree and 5 years, or 8 years") and not of parts
// ("8 years, of which 2 as a lead"), and the most that it asks of the market's language ("10+ years of
// Rust"), however absurd: whether a language has existed for so long is for the
// reader to judge.
func (s *scene) readYears() (all, market asked) {
	d := s.doc
	last := -1 // the years read before
	for _, q := range s.cues {
		i := int(q.First)
		if !q.Is.Has(cues.Years) || i == 0 {
			continue
		}
		n, first := s.numberBefore(i)
		if n <= 0 || n > mostYears {
			continue
		}
		of, language := s.yearsOf(i)
		if !of {
			continue
		}
		reason := d.Excerpt(first, min(i+6, len(d.Tokens)-1), 110)
		if language && n > market.years {
			market = asked{n, true, reason}
		}
		outer, within := last, s.partOf(last, i)
		last = i
		if (all.years == 0 || n < all.years) && !within && !s.isBonus(i) {
			all = asked{n, language, reason}
		} else if within {
			last = outer
		}
	}
	return all, market
}

// numberBefore is the number before token i: of "3-5 years" the 3, of "5+ years"
// the 5; 0 for none.
func (s *scene) numberBefore(i int) (n float64, first int) {
	d := s.doc
	k := i - 1
	if k >= 1 && d.Tokens[i].Sep&lexis.Line == 0 && d.Tokens[k].Flags&lexis.Number == 0 && moreWords[d.Tokens[k].Hash] {
		k-- // "5 or more years", "five plus years"
		if k >= 1 && orWord == d.Tokens[k].Hash {
			k--
		}
	}
	n = s.number(k)
	if n == 0 || d.Tokens[i].Sep&(lexis.Line|lexis.Stop) != 0 {
		return 0, i
	}
	if k >= 1 {
		sep := d.Tokens[k].Sep
		if low := s.number(k - 1); low > 0 && low < n && sep&(lexis.Hyphen|lexis.Dash) != 0 && sep&lexis.Line == 0 {
			return low, k - 1
		}
		if low := s.number(k - 2); k >= 2 && low > 0 && low < n && toWord == d.Tokens[k-1].Hash {
			return low, k - 2
		}
		if sep&(lexis.Hyphen|lexis.Dash) == 0 && sep&(lexis.Dot|lexis.Comma) != 0 && sep&lexis.Space == 0 && d.Tokens[k-1].Flags&lexis.Number != 0 {
			return 0, i // "1.5 years", "1,000 years"
		}
	}
	return n, k
}

var (
	orWord, toWord = lexis.Hash("or"), lexis.Hash("to")
	moreWords      = wordSet("more plus full")
)

func (s *scene) number(i int) float64 {
	if i < 0 {
		return 0
	}
	t := s.doc.Tokens[i]
	if t.Flags&lexis.Number == 0 {
		return numerals[t.Hash]
	}
	if t.End-t.Start > 2 {
		return 0
	}
	n := 0.0
	for _, c := range s.doc.Word(i) {
		n = n*10 + float64(c-'0')
	}
	return n
}

// yearsOf says whether the years at token i are of experience, and whether they
// are of the market's language: its name within the next words of the sentence,
// with no other number of years between.
func (s *scene) yearsOf(i int) (experience, market bool) {
	d := s.doc
	sentence := d.SentenceOf(i)
	for j := max(int(sentence.First), i-4); j < i; j++ {
		if notYears[d.Tokens[j].Hash] || pastYears[d.Tokens[j].Hash] {
			return false, false
		}
	}
	if s.ownYears(int(sentence.First), i) {
		return false, false
	}
	for j := i + 1; j < int(sentence.Last) && j <= i+14; j++ {
		t := d.Tokens[j]
		if yearWords[t.Hash] {
			break
		}
		if notYears[t.Hash] && j <= i+2 {
			return false, false
		}
		if t.Sep&(lexis.Semicolon|lexis.Break|lexis.Line) != 0 {
			break
		}
		if ofWords[t.Hash] && j <= i+8 {
			experience = true
		}
		if s.marketAt[int32(j)] {
			return true, j <= i+10
		}
	}
	if !experience {
		// "experience: 5 years", "Rust: 3+ years".
		for j := i - 2; j >= int(sentence.First) && j >= i-6; j-- {
			if s.marketAt[int32(j)] {
				return true, true
			}
			if experienceWord == d.Tokens[j].Hash {
				return true, false
			}
		}
	}
	return experience, false
}

// partOf says that the years at token i are a part of those at token before, in
// the same sentence: "8+ years of experience, with 1+ years in a lead role".
func (s *scene) partOf(before, i int) bool {
	d := s.doc
	if before < 0 || d.Tokens[before].Sentence != d.Tokens[i].Sentence {
		return false
	}
	part := false
	for j := before + 1; j < i; j++ {
		switch h := d.Tokens[j].Hash; {
		case h == orHash && j >= i-orReach:
			return false // "or 8 years", and not "and/or"
		case partWords[h]:
			part = true
		}
	}
	return part
}

// orReach is how many words before "years" an "or" may stand that makes them an
// alternative.
const orReach = 4

var partWords = wordSet("with including of which plus and")

var (
	owners = wordSet("we i team company founders founder leadership us")
	owning = wordSet("have has ve bring brings with")
)

// ownYears says that the years before token i are the employer's, or those of
// somebody who looks for work: "we have over 10 years of experience".
func (s *scene) ownYears(from, i int) bool {
	d := s.doc
	for j := max(from, i-8); j < i-1; j++ {
		if owners[d.Tokens[j].Hash] && owning[d.Tokens[j+1].Hash] {
			return true
		}
	}
	return false
}

var experienceWord = lexis.Hash("experience")

// isBonus says that the sentence of token i is about something optional. Behind
// the years, "ideally in finance" is about where they were spent.
func (s *scene) isBonus(i int) bool {
	sentence := s.doc.SentenceOf(i)
	for _, q := range cues.Within(s.cues, max(sentence.First, int32(i)-12), min(sentence.Last, int32(i)+12)) {
		if q.Is.Has(cues.Plus) && (int(q.First) < i || !placed[s.doc.Tokens[q.First].Hash]) {
			return true
		}
	}
	return false
}

var placed = wordSet("ideally ideal preferably familiarity familiar exposure interest interested")

// learn says that the market's language may be learnt on the job: words for it
// in a sentence that names the language, or that speaks of it right after.
func (s *scene) learn() (bool, string) {
	d := s.doc
	for _, u := range s.uses {
		if u.Term != s.market {
			continue
		}
		sentence := d.SentenceOf(int(u.First))
		for _, q := range cues.Within(s.cues, max(sentence.First, u.First-14), min(sentence.Last, u.Last+14)) {
			if q.Is.Has(cues.Learn) {
				return true, d.Excerpt(int(min(q.First, u.First)), int(max(q.Last, u.Last)), 140)
			}
		}
	}
	return false, ""
}
