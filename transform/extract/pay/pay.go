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
// words such as "salary" beside it beat both.
func Find(d *lexis.Doc) (best Pay, ok bool) {
	most, read := 0, 0
	end := int32(0)
	for i := range d.Tokens {
		t := &d.Tokens[i]
		if t.Flags&lexis.Digit == 0 || t.Start < end || d.Lower[t.Start] > '9' {
			continue
		}
		s, valid := readStatement(d, i)
		if !valid {
			continue
		}
		end = int32(s.end)
		if read++; read > mostStatements {
			break
		}
		p, score := s.judge(d)
		if score > most {
			best, most, ok = p, score, true
		}
	}
	return best, ok
}
