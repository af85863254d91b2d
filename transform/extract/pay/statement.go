package pay

import (
	"strings"

	"jobmarket/transform/lexis"
)

// statement is an amount or a range as it stands, before it is believed.
type statement struct {
	token      int // of the first amount
	start, end int // bytes of the Doc, with the currency and period
	low, high  float64
	currency   string
	thousands  bool // written with a "k" or a thousands separator
	isRange    bool
	upTo, from bool
	period     string
}

// readStatement reads the amount that begins at token i and what belongs to it.
func readStatement(d *lexis.Doc, i int) (statement, bool) {
	t := d.Tokens[i]
	low := d.Lower
	s := statement{token: i, start: int(t.Start)}
	s.currency, s.start = currencyBefore(d, i)
	a, ok := readAmount(low, int(t.Start))
	if !ok {
		return s, false
	}
	s.end = a.end
	s.low, s.high, s.thousands = a.value, a.value, a.thousands
	if c, end := currencyAfter(low, s.end); c != "" {
		if s.currency == "" {
			s.currency = c
		}
		s.end = end
	}
	// The period may stand after either amount.
	s.readPeriod(low)
	if at, ok := rangeSign(low, s.end); ok {
		c, at := currencyAt(low, at)
		if b, ok := readAmount(low, at); ok && b.end > at {
			s.high, s.isRange, s.end = b.value, true, b.end
			if s.currency == "" {
				s.currency = c
			}
			if c, end := currencyAfter(low, s.end); c != "" {
				if s.currency == "" || s.currency == "USD" && c != "USD" {
					s.currency = c
				}
				s.end = end
			}
			s.scale(a, b)
			s.thousands = s.thousands || b.thousands
			s.readPeriod(low)
		}
	}
	if a.unit >= 1e6 && worth[s.currency] < 60 || a.unit >= 1e9 {
		return s, false // millions are no pay, but of yen, rupees and won
	}
	if s.end < len(low) && (low[s.end] == '%' || low[s.end] == '+' && s.end+1 < len(low) && low[s.end+1] == '%') {
		return s, false
	}
	if !s.isRange {
		s.openEnds(d)
	}
	return s, s.currency != "" || s.thousands && s.isRange
}

// scale gives both ends of "80-120k" and "$6 - 8M" the same unit.
func (s *statement) scale(a, b amount) {
	if a.unit == 1 && b.unit > 1 && a.value < b.value/b.unit*1.5 && a.value < 1000 {
		s.low = a.value * b.unit
	}
	if s.low > s.high && s.high > 0 && a.unit > b.unit && b.value < 1000 {
		s.high = b.value * a.unit
	}
	if s.low > s.high {
		s.isRange = false
		s.high = s.low
	}
}

// openEnds reads "up to" before and "+" after a single amount.
func (s *statement) openEnds(d *lexis.Doc) {
	line := d.LineOf(s.token)
	word := func(back int) string {
		for i := s.token - 1; i >= int(line.First) && i >= s.token-4; i-- {
			if int(d.Tokens[i].Start) >= s.start {
				continue // the currency's code
			}
			if back--; back == 0 {
				return string(d.Word(i))
			}
		}
		return ""
	}
	switch w := word(1); {
	case w == "to" && word(2) == "up", w == "max", w == "maximum", w == "bis":
		s.upTo = true
	case w == "from", w == "least", w == "minimum", w == "min", w == "starting", w == "ab", w == "over":
		s.from = true
	}
	if s.end < len(d.Lower) && d.Lower[s.end] == '+' {
		s.from = true
	}
}

// judge turns a statement into pay with a score; 0 when it is no pay.
func (s *statement) judge(d *lexis.Doc) (Pay, int) {
	salary, other := context(d, s)
	if other {
		return Pay{}, 0
	}
	t := d.Tokens[s.token]
	where := 0
	switch t.Where {
	case lexis.Pay:
		where = 4
	case lexis.Title:
		where = 2
	}
	period := s.period
	if period == "" {
		period = "year"
		if s.high < 15_000*worth[s.currency] {
			return Pay{}, 0 // "$500", "$9,000": no salary without a period
		}
		if !salary && !s.isRange && where == 0 {
			return Pay{}, 0
		}
	} else if !salary && where == 0 && period != "year" && !s.isRange && period != "hour" && period != "day" {
		return Pay{}, 0 // "$50 a month for the gym"
	}
	if s.currency == "" && where == 0 && !salary {
		return Pay{}, 0
	}
	if !plausible(s.high, s.currency, period) || s.low < s.high/8 {
		return Pay{}, 0
	}
	f := Factor(period)
	p := Pay{s.currency, period, s.low * f, s.high * f, excerpt(d, s)}
	switch {
	case s.upTo:
		p.Low = 0
	case s.from:
		p.High = 0
	}
	score := 1 + where
	if salary {
		score += 3
	}
	if s.isRange {
		score += 2
	}
	if s.period != "" {
		score++
	}
	return p, score
}

func excerpt(d *lexis.Doc, s *statement) string {
	end := s.end
	for end < len(d.Raw) && end < s.end+4 && d.Lower[end] >= 0x80 {
		end++
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(d.Raw[s.start:end], "")), " ")
}

// The words that speak for and against pay, within a few words of the amount.
const (
	ofSalary = 1 << iota
	ofOther
)

var amountWords = func() (m lexis.Words) {
	for _, w := range strings.Fields(`salary salaries compensation pay base ote wage wages remuneration earn paying range gehalt
		salaire rate rates annually annual annum hourly daily yearly paid p.a comp`) {
		m.Add(w, ofSalary)
	}
	for _, w := range strings.Fields(`raised raise raising funding funded fund funds series seed round revenue revenues arr mrr valuation valued
		investment invested investors investor backed assets aum customers customer billion million market saved savings saving
		stipend allowance reimbursement reimbursed budget bonus referral relocation donation donated grant prize prizes
		transactions volume spend spending portfolio deals deal deposit fee fees gmv tvl capital annualized tokens
		401k learning conference equipment insurance signing commission commissions worth processed costs cost price priced sales quota capped`) {
		m.Add(w, ofOther)
	}
	return m
}()

// context says whether words of pay, or of other amounts, stand near s. Words
// behind a pipe, a bullet or a sentence's end speak of pay still, but not of
// other amounts: "$150K - $170K • Offers Bonus".
func context(d *lexis.Doc, s *statement) (salary, other bool) {
	line := d.LineOf(s.token)
	const apart = lexis.Break | lexis.Stop | lexis.Semicolon
	nearest, distance := false, 99
	note := func(i, far int, same bool) {
		of := amountWords.Of(d.Tokens[i].Hash)
		pay, no := of&ofSalary != 0, of&ofOther != 0 && same
		salary = salary || pay
		if (pay || no) && far < distance {
			nearest, distance = no, far
		}
	}
	same := true
	for i, far := s.token-1, 1; i >= int(line.First) && far <= 12; i, far = i-1, far+1 {
		same = same && d.Tokens[i+1].Sep&apart == 0
		if int(d.Tokens[i].Start) < s.start {
			note(i, far, same)
		}
	}
	same = true
	for i, far := s.token+1, 2; i < int(line.Last) && far <= 14; i++ {
		if int(d.Tokens[i].Start) < s.end {
			continue
		}
		same = same && d.Tokens[i].Sep&apart == 0
		note(i, far, same)
		far++
	}
	return salary, nearest && distance <= 5
}
