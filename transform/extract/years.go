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
	yearWords = lexis.SetOf("years year yrs yr jahre jahren ans années años anni")
	ofWords   = lexis.SetOf("experience experiences exp expertise background working building developing writing programming designing professional hands industry software engineering development in with of as leading managing erfahrung berufserfahrung practical relevant commercial")
	notYears  = lexis.SetOf("collaboration company alternative now ago old vest vests vesting cliff founded history runway anniversary anniversaries birthday next past contract warranty term growth degree university age funding since consecutive activity later employment tenure service launch launching existence")
	pastYears = lexis.SetOf("resulting result results after been established last first just took stretching bootstrapped within every") // before the number: years that went by
	schooling = lexis.SetOf("degree university age term alternative")                                                                    // before the number: of something else than the years
)

// numerals are the numbers that ads write as words.
var numerals = func() (w lexis.Words) {
	for n, word := range []string{1: "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", 15: "fifteen", 20: "twenty"} {
		if word != "" {
			w.Add(word, uint16(n))
		}
	}
	return w
}()

// mostYears is the most experience anybody is believed to ask for.
const mostYears = 40

// mostAdded is the most that is believed where the ad asks for less elsewhere: beyond
// it stands how long the employer has been at it.
const mostAdded = 15

// ask is what an ad asks for in one place.
type ask struct {
	asked
	at     int // token of the word for years
	first  int // token of the number
	role   bool
	degree bool
}

// readYears finds the years of experience asked: what somebody must have who has
// all that is required, which is the most of the conditions ("5+ years of backend
// work", "3+ years of Go"), of alternatives the least ("a degree and 5 years, or 8
// years"), and of several roles in one ad the least too. It also finds the most that
// the ad asks of the market's language ("10+ years of Rust"), however absurd: whether a
// language has existed for so long is for the reader to judge.
func (s *scene) readYears(several bool) (all, market asked) {
	d := s.doc
	var last ask
	roles := 0
	for _, q := range s.cues {
		i := int(q.First)
		if !q.Is.Has(cues.Years) || i == 0 {
			continue
		}
		n, first := s.numberBefore(i)
		if n <= 0 || n > mostYears {
			continue
		}
		of, language := s.yearsOf(i, first)
		if !of {
			continue
		}
		a := ask{asked{n, language, d.Excerpt(first, min(i+6, len(d.Tokens)-1), 110)}, i, first, s.afterRole(last.at, first), s.ofDegree(i)}
		if language && n > market.years {
			market = asked{n, true, a.reason}
		}
		if s.isBonus(i) || first >= 2 && d.Tokens[first-1].Hash == toWord && d.Tokens[first-2].Hash == upHash {
			continue
		}
		if a.role {
			roles++
		}
		same := last.at > 0 && d.Tokens[last.at].Sentence == d.Tokens[i].Sentence
		if same && !a.role && n < last.years && !s.alternative(last, a) {
			continue // "8+ years of experience, with 1+ years in a lead role"
		}
		least := several || roles > 1 || s.alternative(last, a)
		if all.years == 0 || n > all.years && n <= mostAdded && !least || n < all.years && (least || all.years > mostAdded) {
			all = a.asked
		}
		last = a
	}
	return all, market
}

// alternative says that somebody who has the years that b asks need not have those
// that a asks: an "or" or a rank stands between them, or each goes with a degree of
// its own.
func (s *scene) alternative(a, b ask) bool {
	d := s.doc
	if a.at == 0 {
		return false
	}
	if d.SentenceOf(a.at).Line != d.SentenceOf(b.at).Line {
		return a.degree && b.degree
	}
	for j := max(a.at+1, b.at-orReach); j < b.at; j++ {
		if d.Tokens[j].Hash == orHash { // "or 8 years", and not "and/or"
			return true
		}
	}
	for _, q := range cues.Within(s.cues, int32(max(a.at+1, b.at-12)), int32(b.first)) {
		if q.Is&cues.Of(cues.Junior, cues.Mid, cues.Senior, cues.Staff, cues.Lead) != 0 && int(q.Last) >= b.first-2 {
			return true // "Senior (5+ years), Staff (8+ years)"
		}
	}
	return a.degree && b.degree
}

// afterRole says that a role is named at the beginning of the line or in the words
// right before the number at token first, and behind the years at token last:
// "Backend Engineer: 5+ years".
func (s *scene) afterRole(last, first int) bool {
	const near = 6
	from := max(int(s.doc.LineOf(first).First), last+1)
	for j := from; j < first; j++ {
		if j == from+near {
			j = max(j, first-near)
		}
		if roleNouns.Has(s.doc.Tokens[j].Hash) {
			return true
		}
	}
	return false
}

// ofDegree says that a degree is named right before or behind the years at token i.
func (s *scene) ofDegree(i int) bool {
	sentence := s.doc.SentenceOf(i)
	for j := max(int(sentence.First), i-10); j < min(int(sentence.Last), i+8); j++ {
		if degreeWords.Has(s.doc.Tokens[j].Hash) {
			return true
		}
	}
	return false
}

var degreeWords = lexis.SetOf("phd master masters bachelor bachelors bs ms bsc msc degree doctorate")

// numberBefore is the number before token i: of "3-5 years" the 3, of "5+ years"
// the 5; 0 for none.
func (s *scene) numberBefore(i int) (n float64, first int) {
	d := s.doc
	k := i - 1
	if k >= 1 && d.Tokens[i].Sep&lexis.Line == 0 && d.Tokens[k].Flags&lexis.Number == 0 && moreWords.Has(d.Tokens[k].Hash) {
		k-- // "5 or more years", "five plus years"
		if k >= 1 && d.Tokens[k].Hash == orHash {
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
			switch low := s.number(k - 1); {
			case sep != lexis.Dot || low == 0 || n > 9:
				return 0, i // "1,000 years"
			case s.itemised(k - 1):
				return n, k // "1.5+ years": the list's first item
			default:
				return low + n/10, k - 1
			}
		}
	}
	return n, k
}

// itemised says that token i is a number that begins a line and is followed by the
// next on the next line.
func (s *scene) itemised(i int) bool {
	d := s.doc
	line := d.LineOf(i)
	if int(line.First) != i || int(line.Line)+1 >= len(d.Lines) {
		return false
	}
	return s.number(int(d.Lines[line.Line+1].First)) == s.number(i)+1
}

var (
	toWord, upHash = lexis.Hash("to"), lexis.Hash("up")
	moreWords      = lexis.SetOf("more plus full")
)

func (s *scene) number(i int) float64 {
	if i < 0 {
		return 0
	}
	t := s.doc.Tokens[i]
	if t.Flags&lexis.Number == 0 {
		return float64(numerals.Of(t.Hash))
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
func (s *scene) yearsOf(i, first int) (experience, market bool) {
	d := s.doc
	sentence := d.SentenceOf(i)
	for j := max(int(sentence.First), i-4); j < i; j++ {
		if h := d.Tokens[j].Hash; notYears.Has(h) && !schooling.Has(h) || pastYears.Has(h) {
			return false, false
		}
	}
	if s.ownYears(sentence, first) {
		return false, false
	}
	if line := d.LineOf(first); int(line.First) == first && (i > first+1 || d.Tokens[i].Sep&lexis.And != 0) {
		experience = true // "- 5+ years selling brooms"
	}
	for j := i + 1; j < int(sentence.Last) && j <= i+14; j++ {
		t := d.Tokens[j]
		if yearWords.Has(t.Hash) {
			break
		}
		if notYears.Has(t.Hash) && j <= i+2 || t.Hash == combinedHash && j <= i+2 && s.number(first) > 10 {
			return false, false
		}
		if t.Sep&(lexis.Semicolon|lexis.Break|lexis.Line) != 0 {
			break
		}
		if ofWords.Has(t.Hash) && j <= i+8 {
			experience = true
		}
		if s.namesMarket(int32(j)) {
			return true, j <= i+10
		}
	}
	if !experience {
		// "experience: 5 years", "Rust: 3+ years", "experience in the sweeping of chimneys (5+ years)".
		back := 6
		if d.Tokens[first].Sep&lexis.Open != 0 {
			back = 14
		}
		for j := i - 2; j >= int(sentence.First) && j >= i-back; j-- {
			if s.namesMarket(int32(j)) {
				return true, true
			}
			if experienceWord == d.Tokens[j].Hash {
				return true, false
			}
		}
	}
	return experience, false
}

// orReach is how many words before "years" an "or" may stand that makes them an
// alternative.
const orReach = 4

var (
	owners                           = lexis.SetOf("we i team company founders founder leadership us")
	owning                           = lexis.SetOf("have has ve bring brings with")
	wanted                           = lexis.SetOf("you your candidate candidates who applicant applicants someone somebody person everyone ideal must needs")
	loose                            = lexis.SetOf("over about nearly almost more than at least around roughly the a")
	soughtWords                      = lexis.SetOf("looking experience ask asking search searching")
	hasHash, leastHash, combinedHash = lexis.Hash("has"), lexis.Hash("least"), lexis.Hash("combined")
)

// ownYears says that the years whose number is token first are the employer's, or
// those of somebody who looks for work: "we have over 10 years of experience",
// "Fenwick has 20 years of experience", "lived through it for 8+ years".
func (s *scene) ownYears(sentence lexis.Span, first int) bool {
	t := s.doc.Tokens
	from := max(int(sentence.First), first-8)
	own, theirs := false, false
	for j := from; j < first; j++ {
		switch {
		case wanted.Has(t[j].Hash):
			own, theirs = false, true
		case owning.Has(t[j].Hash) && j > from && owners.Has(t[j-1].Hash),
			t[j].Hash == hasHash && !theirs && j >= first-3 && j > int(sentence.First) && t[j].Sep == lexis.Space:
			own = true
		}
	}
	j := first - 1
	for j > from && loose.Has(t[j].Hash) {
		theirs = theirs || t[j].Hash == leastHash // "used it for at least two years"
		j--
	}
	return own || j >= from && t[j].Hash == combinedHash || !theirs && j >= from && t[j].Hash == forHash && !(j > from && soughtWords.Has(t[j-1].Hash))
}

var experienceWord = lexis.Hash("experience")

// isBonus says that the sentence of the years at token i is about something
// optional. Behind the years, "ideally in finance" and what stands
// in brackets is about where they were spent.
func (s *scene) isBonus(i int) bool {
	t := s.doc.Tokens
	sentence := s.doc.SentenceOf(i)
	read, open := i, false // whether a bracket that was opened behind the years is open
	for _, q := range cues.Within(s.cues, max(sentence.First, int32(i)-12), min(sentence.Last, int32(i)+12)) {
		if !q.Is.Has(cues.Plus) {
			continue
		}
		if int(q.First) < i {
			return true
		}
		for ; read < int(q.First); read++ {
			open = open && t[read+1].Sep&lexis.Close == 0 || t[read+1].Sep&lexis.Open != 0
		}
		alone := open && t[q.First].Sep&lexis.Open != 0 && (q.Last+1 >= sentence.Last || t[q.Last+1].Sep&lexis.Close != 0) // "(preferred)"
		if alone || !open && !placed.Has(t[q.First].Hash) {
			return true
		}
	}
	return false
}

var placed = lexis.SetOf("ideally ideal preferably familiarity familiar exposure interest interested")

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
