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
	if at, ok := rangeSign(low, afterBracket(low, s.end)); ok {
		c, at := currencyAt(low, at)
		first := s.currency != ""
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
			if !first && c != "" && !a.thousands && a.value*100 < b.value {
				return s, false // "grade 14 - $90,000": the dash is none of a range
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
	if a.unit == 1 && b.unit == 1 && b.thousands && !a.thousands && a.value < 1000 && a.value*1000 < b.value*1.01 {
		s.low = a.value * 1000 // "£40-60,000"
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
	word := func(back int) []byte {
		for i := s.token - 1; i >= int(line.First) && i >= s.token-4; i-- {
			if int(d.Tokens[i].Start) >= s.start {
				continue // the currency's code
			}
			if back--; back == 0 {
				return d.Word(i)
			}
		}
		return nil
	}
	switch string(word(1)) {
	case "to":
		s.upTo = string(word(2)) == "up"
	case "upto", "max", "maximum", "bis":
		s.upTo = true
	case "from", "least", "minimum", "min", "starting", "ab", "over":
		s.from = true
	}
	if s.end < len(d.Lower) && d.Lower[s.end] == '+' {
		s.from = true
	}
}

// candidate is a statement that is believed.
type candidate struct {
	Pay
	score   int
	start   int
	isRange bool
	of      near
	stated  bool // its period is
	where   lexis.Where
}

// judge turns a statement into pay with a score; 0 when it is no pay.
func (s *statement) judge(d *lexis.Doc) (c candidate) {
	of := context(d, s)
	if of&ofOther != 0 {
		return c
	}
	salary := of&ofSalary != 0
	hinted := salary || s.thousands && s.currency != "" && (of&ofYear != 0 || s.alone(d))
	t := d.Tokens[s.token]
	where := 0
	switch t.Where {
	case lexis.Pay:
		where = 4
	case lexis.Title:
		where = 2
	}
	if s.impliesThousands(of) {
		s.low, s.high = s.low*1000, s.high*1000
	}
	period := s.period
	if period == "" {
		period = "year"
		if s.high < 15_000*worth[s.currency] {
			return c // "$500", "$9,000": no salary without a period
		}
		if !hinted && !s.isRange && where == 0 {
			return c
		}
	} else if !salary && where == 0 && period != "year" && !s.isRange && period != "hour" && period != "day" {
		return c // "$50 a month for the gym"
	}
	if s.currency == "" && where == 0 && !salary {
		return c
	}
	if !plausible(s.high, s.currency, period) || s.low < s.high/8 {
		return c
	}
	f := Factor(period)
	c = candidate{Pay{s.currency, period, s.low * f, s.high * f, excerpt(d, s)}, 1 + where, s.start, s.isRange, of, s.period != "", t.Where}
	switch {
	case s.upTo:
		c.Low = 0
	case s.from:
		c.High = 0
	}
	if salary {
		c.score += 3
	}
	if s.isRange {
		c.score += 2
	}
	if c.stated {
		c.score++
	}
	switch {
	case of&ofBase != 0:
		c.score += 2
	case of&ofTarget != 0:
		c.score--
	}
	return c
}

// alone says that nothing else stands between the bars of a header on either side:
// "Berlin | €80k+ | Rust".
func (s *statement) alone(d *lexis.Doc) bool {
	const most = 3
	line := d.LineOf(s.token)
	first := s.token
	for first > int(line.First) && int(d.Tokens[first-1].Start) >= s.start {
		first--
	}
	next := s.token + 1
	for next < int(line.Last) && next < s.token+most && int(d.Tokens[next].Start) < s.end {
		next++
	}
	before, after := d.Tokens[first].Sep&lexis.Break != 0, next == int(line.Last) || d.Tokens[next].Sep&lexis.Break != 0
	return before && after && (first > int(line.First) || next < int(line.Last))
}

// impliesThousands says that a range of small figures is of thousands a year: "$110-150
// + equity".
func (s *statement) impliesThousands(of near) bool {
	return s.isRange && !s.thousands && s.period == "" && of&ofYear != 0 && s.low >= 40 && s.low < s.high && s.high <= 400 &&
		s.currency != "" && worth[s.currency] < 2
}

func excerpt(d *lexis.Doc, s *statement) string {
	end := s.end
	for end < len(d.Raw) && end < s.end+4 && d.Lower[end] >= 0x80 {
		end++
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(d.Raw[s.start:end]), "")), " ")
}

// near is what the words near an amount speak of.
type near uint16

const (
	ofSalary near = 1 << iota // pay
	ofOther                   // another amount
	ofBase                    // pay without what depends on sales
	ofTarget                  // pay with it
	ofYear                    // terms of a job that is paid by the year, right behind it
	ofShares                  // a part of the employer, which with a plus before it is such a term
	ofPlace                   // where somebody lives
)

var amountWords = func() (m lexis.Words) {
	for _, w := range strings.Fields(`salary salaries compensation pay base ote wage wages remuneration earn paying range gehalt
		salaire rate rates annually annual annum hourly daily yearly paid p.a comp doe`) {
		m.Add(w, uint16(ofSalary))
	}
	m.Add("base", uint16(ofBase))
	m.Add("ote", uint16(ofTarget))
	for _, w := range strings.Fields("depending doe dependent negotiable") {
		m.Add(w, uint16(ofYear))
	}
	for _, w := range strings.Fields("equity stock options") {
		m.Add(w, uint16(ofShares))
	}
	for _, w := range strings.Fields(`state states california colorado washington york jersey connecticut maryland illinois
		zone zones tier geographic location locations area areas region regions market across`) {
		m.Add(w, uint16(ofPlace))
	}
	for _, w := range strings.Fields(`raised raise raising funding funded fund funds series seed round revenue revenues arr mrr valuation valued
		investment invested investors investor backed assets aum customers customer billion million market saved savings saving
		stipend allowance reimbursement reimbursed budget bonus referral relocation donation donated grant prize prizes
		transactions volume spend spending portfolio deals deal deposit fee fees gmv tvl capital annualized tokens
		401k learning conference equipment insurance signing commission commissions worth processed costs cost price priced sales quota capped`) {
		m.Add(w, uint16(ofOther))
	}
	return m
}()

// context is what the words near s speak of. Words behind a pipe, a bullet, a plus or a
// sentence's end speak of pay still, but not of other amounts: "$150K - $170K • Offers
// Bonus", "$150k + bonus".
func context(d *lexis.Doc, s *statement) (of near) {
	line := d.LineOf(s.token)
	const apart = lexis.Break | lexis.Stop | lexis.Semicolon
	other, nearest, target := false, 99, 99
	note := func(i, far int, same bool) {
		w := near(amountWords.Of(d.Tokens[i].Hash))
		if w == 0 {
			return
		}
		pay, no := w&ofSalary != 0, w&ofOther != 0 && same && !ofLiving(d, i)
		of |= w & (ofSalary | ofPlace)
		if (pay || no) && far < nearest {
			other, nearest = no, far
		}
		if w&(ofBase|ofTarget) != 0 && far < target && far <= 5 && same {
			of, target = of&^(ofBase|ofTarget)|w&(ofBase|ofTarget), far
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
		added := d.Tokens[i].Sep&lexis.And != 0 || d.Tokens[i].Hash == plusHash
		same = same && d.Tokens[i].Sep&apart == 0 && !(s.isRange && added)
		if far <= 3 {
			w := near(amountWords.Of(d.Tokens[i].Hash))
			of |= w & ofYear
			if w&ofShares != 0 && (added || d.Tokens[i-1].Hash == plusHash) {
				of |= ofYear
			}
		}
		note(i, far, same)
		far++
	}
	if other && nearest <= 5 {
		of |= ofOther
	}
	return of
}

var plusHash, ofHash, livingHash = lexis.Hash("plus"), lexis.Hash("of"), lexis.Hash("living")

// ofLiving says that token i is the cost of living, to which pay is adjusted.
func ofLiving(d *lexis.Doc, i int) bool {
	return i+2 < len(d.Tokens) && d.Tokens[i+1].Hash == ofHash && d.Tokens[i+2].Hash == livingHash
}
