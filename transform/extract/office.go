package extract

import (
	"math/bits"

	"jobmarket/transform/lexis"
)

// workWeek is how many days of a week are worked.
const workWeek = 5

// officeDays is how many days of a week are to be spent in an office, as the text
// says: "three days a week in our office", "in the office on Mondays and Thursdays"; 0
// where it does not.
func (s *scene) officeDays() (days int) {
	t := s.doc.Tokens
	from, to := s.doc.In(lexis.Text)
	for i := from; i < to; i++ {
		if !mayBeDay[byte(t[i].Hash)] {
			continue
		}
		switch is := dayWords.Of(t[i].Hash); {
		case is == 0:
		case is&aDay != 0:
			if i > from && i+2 < to && (weekWords.Has(t[i+1].Hash) || weekWords.Has(t[i+2].Hash)) {
				days = max(days, s.daysAWeek(i))
			}
		case i == from || dayWords.Of(t[i-1].Hash) == 0:
			days = max(days, s.weekdays(i))
		}
	}
	return days
}

// daysAWeek is officeDays for a number of days at token i.
func (s *scene) daysAWeek(i int) int {
	t := s.doc.Tokens
	n := int(s.number(i - 1))
	if n < 1 || n > workWeek {
		return 0
	}
	sentence := s.doc.SentenceOf(i)
	office, home := false, false
	for j := max(int(sentence.First), i-14); j < min(int(sentence.Last), i+14); j++ {
		office, home = office || officeWords.Has(t[j].Hash), home || homeWords.Has(t[j].Hash)
	}
	switch {
	case home && !office:
		return workWeek - n // "two days a week you work from home"
	case office && (!home || n > workWeek/2): // "three days in the office, two from home"
		return n
	}
	return 0
}

// weekdays is officeDays for a list of weekdays that begins at token i: "from our
// offices on Mondays and Thursdays". What is eaten, drunk or held there on a day tells
// nothing of the others, and "Monday to Friday" are hours.
func (s *scene) weekdays(i int) int {
	const reach = 10
	t := s.doc.Tokens
	sentence := s.doc.SentenceOf(i)
	named, last := uint16(0), i
	for j := i; j < min(int(sentence.Last), i+reach); j++ {
		switch is := dayWords.Of(t[j].Hash); {
		case is&^aDay != 0 && (j == i || t[j].Sep&(lexis.Hyphen|lexis.Dash) == 0):
			if j > i && t[j-1].Hash == toWord {
				return 0
			}
			named, last = named|is, j
		case j-last > 2, throughWords.Has(t[j].Hash):
			j = int(sentence.Last)
		}
	}
	n := bits.OnesCount16(named)
	if n < 2 || n >= workWeek {
		return 0
	}
	office := false
	for j := max(int(sentence.First), i-reach); j < min(int(sentence.Last), last+reach); j++ {
		if eventWords.Has(t[j].Hash) || throughWords.Has(t[j].Hash) {
			return 0
		}
		office = office || officeWords.Has(t[j].Hash)
	}
	if !office {
		return 0
	}
	return n
}

var (
	weekWords    = lexis.SetOf("week weekly wk")
	officeWords  = lexis.SetOf("office onsite site person hq headquarters offices")
	homeWords    = lexis.SetOf("remote remotely home wfh")
	throughWords = lexis.SetOf("through thru until till hours")
	eventWords   = lexis.SetOf("lunch lunches dinner dinners breakfast breakfasts bagels beer beers drinks snacks catered cater catering food pizza party yoga massages talks")
)

// dayWords has a bit for the word day, and one for each weekday; mayBeDay tells most
// other words apart by a byte of their hash.
var dayWords, mayBeDay = func() (w lexis.Words, first [256]bool) {
	for i, name := range []string{"day", "monday", "tuesday", "wednesday", "thursday", "friday"} {
		for _, word := range []string{name, name + "s"} {
			w.Add(word, aDay<<i)
			first[byte(lexis.Hash(word))] = true
		}
	}
	return w, first
}()

const aDay = 1
