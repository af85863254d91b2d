// Package pay reads what a job pays from words: currency, period, and the low
// and high end a year. It knows how amounts are written in ads; it must not know
// where the words come from. Funding, revenue, equity and allowances are
// amounts too and are told apart by the words around them.
//
// # Decisions
//
// 2026-11-22: a year has 2,080 hours, 260 days, 52 weeks and 12 months of pay.
// These are the factors of a full-time employee without unpaid leave; a
// contractor bills fewer days. The stated period is kept beside the annual
// figures, so that a reader may undo it.
//
// 2026-11-22: an amount is believed only between bounds that hold for its period
// and currency (see bounds). What lies outside is left unread: a wrong salary is
// worse than none.
//
// 2026-11-25: where an ad states a range for each of several places ("California …, all
// other states …") its pay is from the least to the most of those that overlap. The first
// alone was refused: ads name the dearest place first, and pay read so is too high. Which
// of them holds for a reader the ad cannot know.
package pay

import (
	"strings"

	"jobmarket/transform/lexis"
)

// Pay is one statement of pay.
type Pay struct {
	Currency  string  // ISO 4217; empty when no sign of it is given
	Period    string  // as stated: year, month, week, day, hour
	Low, High float64 // a year, in Currency; 0 for an open end
	Reason    string  // the words it was read from
}

// Factor is how many of the period's pays make a year's; 0 for no period we know.
func Factor(period string) float64 {
	switch period {
	case "year":
		return 1
	case "month":
		return 12
	case "week":
		return 52
	case "day":
		return 260
	case "hour":
		return 2080
	}
	return 0
}

// bounds are the plausible pays of a period, in US dollars.
var bounds = map[string][2]float64{
	"year": {9_000, 1_500_000}, "month": {400, 60_000}, "week": {150, 20_000}, "day": {40, 4_000}, "hour": {7, 600},
}

// worth is about how many of a currency one US dollar buys; it scales bounds and
// nothing else, so its age does not matter.
var worth = map[string]float64{
	"USD": 1, "EUR": 1, "GBP": 0.8, "CHF": 1, "CAD": 1.3, "AUD": 1.5, "NZD": 1.6, "SGD": 1.3, "HKD": 8, "JPY": 130, "CNY": 7,
	"INR": 80, "KRW": 1300, "SEK": 10, "NOK": 10, "DKK": 7, "PLN": 4, "CZK": 22, "HUF": 350, "RON": 4.5, "BGN": 1.8, "RUB": 80,
	"UAH": 35, "ILS": 3.5, "TRY": 20, "ZAR": 18, "BRL": 5, "MXN": 18, "ARS": 500, "AED": 3.7, "SAR": 3.7, "THB": 34, "MYR": 4.5,
	"IDR": 15000, "PHP": 55, "TWD": 31, "VND": 24000, "": 1,
}

// plausible says that an amount may be paid in a period.
func plausible(amount float64, currency, period string) bool {
	b, ok := bounds[period]
	rate := worth[currency]
	return ok && rate > 0 && amount >= b[0]*rate*0.5 && amount <= b[1]*rate
}

// CurrencyOf is the currency in which a country's ads state an amount without a
// sign ("100-130K" in Austin); empty where that is not plain.
func CurrencyOf(country string) string {
	switch country {
	case "US", "PR":
		return "USD"
	case "GB":
		return "GBP"
	case "CA":
		return "CAD"
	case "AU":
		return "AUD"
	case "CH":
		return "CHF"
	case "DE", "FR", "NL", "BE", "AT", "ES", "PT", "IT", "IE", "FI", "EE", "LV", "LT", "GR", "LU":
		return "EUR"
	}
	return ""
}

// FromFields is the pay that a source states in fields; ok is false when they
// hold none that is plausible.
func FromFields(low, high float64, currency, period string) (Pay, bool) {
	currency = strings.ToUpper(strings.TrimSpace(currency))
	if low > high && high > 0 {
		low, high = high, low
	}
	most := max(low, high)
	if most <= 0 || worth[currency] == 0 {
		return Pay{}, false
	}
	if period == "" {
		period = "year"
	}
	if !plausible(most, currency, period) {
		return Pay{}, false
	}
	f := Factor(period)
	return Pay{currency, period, low * f, high * f, "stated in fields of the source"}, true
}

// mostStatements is how many amounts of one ad are looked at; real ones have a
// dozen, and a list of prices is no ad.
const mostStatements = 300

// Find is the best statement of pay in d, or ok false. A statement in the pay
// field or the title beats one in the text, a range beats a single amount, and
// words such as "salary" beside it beat both; base pay beats what somebody earns who
// meets his target of sales. Ranges that differ by place are joined.
func Find(d *lexis.Doc) (Pay, bool) {
	all := candidates(d)
	best := -1
	for i, c := range all {
		if c.score > 0 && (best < 0 || c.score > all[best].score) {
			best = i
		}
	}
	if best < 0 {
		return Pay{}, false
	}
	return joined(all, best), true
}

// Base is the base pay that d's words state beside a higher pay on target, where the
// fields of the source have the latter; ok is false where they state no such thing.
func Base(d *lexis.Doc, fields Pay) (base Pay, ok bool) {
	target := false
	for _, c := range candidates(d) {
		target = target || c.of&ofTarget != 0
		if c.of&ofBase != 0 && c.isRange && c.Currency == fields.Currency && c.High < fields.High && !ok {
			base, ok = c.Pay, true
		}
	}
	return base, ok && target
}

// candidates are the statements of d that are believed.
func candidates(d *lexis.Doc) (all []candidate) {
	read := 0
	end := int32(0)
	for _, i := range d.Numbers {
		t := &d.Tokens[i]
		if t.Start < end || d.Lower[t.Start] > '9' {
			continue
		}
		s, valid := readStatement(d, int(i))
		if !valid {
			continue
		}
		end = int32(s.end)
		if read++; read > mostStatements {
			break
		}
		if c := s.judge(d); c.score > 0 {
			all = append(all, c)
		}
	}
	return all
}

// beside is how many bytes behind one another ranges for several places begin.
const beside = 700

// joined is the best candidate with the ranges beside it that say what the same work
// is paid elsewhere.
func joined(all []candidate, best int) Pay {
	p := all[best].Pay
	if !all[best].isRange || all[best].of&ofPlace == 0 {
		return p
	}
	reason := ""
	last := -1
	for i, c := range all {
		alike := c.isRange && c.of&ofPlace != 0 && c.of&ofTarget == 0 && c.where == all[best].where && c.Currency == p.Currency && c.Period == p.Period &&
			c.Low < all[best].High && c.High > all[best].Low
		if !alike || last < 0 && all[best].start-c.start > beside || last >= 0 && c.start-all[last].start > beside {
			continue
		}
		last = i
		p.Low, p.High = min(p.Low, c.Low), max(p.High, c.High)
		if reason != "" {
			reason += "; "
		}
		if len(reason) < 200 {
			reason += c.Reason
		}
	}
	p.Reason = reason
	return p
}
