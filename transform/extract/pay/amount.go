package pay

import (
	"bytes"
	"strings"

	"jobmarket/transform/lexis"
)

// amount is one number as ads write it.
type amount struct {
	value     float64
	unit      float64 // 1, 1e3 for "k", 1e5 for "lakh", 1e6 for "m"
	thousands bool    // "k", or groups of three digits
	end       int     // byte after it
}

// readAmount reads "150", "150k", "150,000", "60.000", "45 000", "37.50", "1.2M".
func readAmount(b []byte, at int) (amount, bool) {
	a := amount{unit: 1}
	i := at
	digits := 0
	for i < len(b) && isDigit(b[i]) && digits < 10 {
		a.value = a.value*10 + float64(b[i]-'0')
		i++
		digits++
	}
	if digits == 0 || digits == 10 {
		return a, false
	}
	for i+3 < len(b) && digits <= 3 && separator(b, i) > 0 && threeDigits(b, i+separator(b, i)) {
		i += separator(b, i)
		for range 3 {
			a.value = a.value*10 + float64(b[i]-'0')
			i++
		}
		a.thousands = true
		if a.value > 1e10 {
			return a, false
		}
	}
	if i+1 < len(b) && (b[i] == '.' || b[i] == ',') && isDigit(b[i+1]) {
		i++
		for place := 0.1; i < len(b) && isDigit(b[i]); place /= 10 {
			a.value += float64(b[i]-'0') * place
			i++
			if place < 1e-4 {
				return a, false
			}
		}
	}
	a.readUnit(b, i)
	return a, true
}

// readUnit reads "k", "m" and "lakh" behind the digits.
func (a *amount) readUnit(b []byte, i int) {
	a.end = i
	rest := b[i:min(len(b), i+8)]
	rest = bytes.TrimPrefix(rest, []byte(" "))
	skip := min(len(b), i+8) - i - len(rest)
	if len(rest) == 0 || !bytes.ContainsRune([]byte("kmbl"), rune(rest[0])) {
		return // most amounts are followed by none of the units below
	}
	for _, u := range []struct {
		word  string
		value float64
	}{{"k", 1e3}, {"m", 1e6}, {"mm", 1e6}, {"mio", 1e6}, {"million", 1e6}, {"bn", 1e9}, {"b", 1e9}, {"billion", 1e9}, {"lakhs", 1e5}, {"lakh", 1e5}, {"lpa", 1e5}} {
		if !bytes.HasPrefix(rest, []byte(u.word)) || skip > 0 && len(u.word) == 1 && u.word != "k" {
			continue
		}
		if n := len(u.word); n < len(rest) && (rest[n] >= 'a' && rest[n] <= 'z' || isDigit(rest[n])) {
			continue
		}
		a.value *= u.value
		a.unit = u.value
		a.thousands = a.thousands || u.value <= 1e5
		a.end = i + skip + len(u.word)
		return
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// separator is the length of a separator of thousands at i, 0 for none.
func separator(b []byte, i int) int {
	switch b[i] {
	case ',', '.', '\'', ' ':
		return 1
	case 0xc2: // no-break space
		if b[i+1] == 0xa0 {
			return 2
		}
	case 0xe2: // thin spaces, apostrophe
		if i+2 < len(b) && b[i+1] == 0x80 && (b[i+2] == 0x89 || b[i+2] == 0xaf || b[i+2] == 0x99) {
			return 3
		}
	}
	return 0
}

// threeDigits says that exactly three digits stand at i.
func threeDigits(b []byte, i int) bool {
	return i+3 <= len(b) && isDigit(b[i]) && isDigit(b[i+1]) && isDigit(b[i+2]) && (i+3 == len(b) || !isDigit(b[i+3]))
}

type sign struct{ sign, currency string }

// signs are the currencies' signs, longest first; "$" is the US dollar unless a
// letter before it says otherwise.
var signs = []sign{
	{"us$", "USD"}, {"ca$", "CAD"}, {"cad$", "CAD"}, {"c$", "CAD"}, {"au$", "AUD"}, {"a$", "AUD"}, {"nz$", "NZD"},
	{"s$", "SGD"}, {"hk$", "HKD"}, {"r$", "BRL"}, {"mx$", "MXN"}, {"nt$", "TWD"}, {"$", "USD"}, {"€", "EUR"}, {"£", "GBP"},
	{"¥", "JPY"}, {"₹", "INR"}, {"₽", "RUB"}, {"₴", "UAH"}, {"₪", "ILS"}, {"zł", "PLN"}, {"₩", "KRW"}, {"฿", "THB"}, {"kč", "CZK"},
}

// The signs, in the same order, by their first and by their last byte.
var signsFirst, signsLast = func() (first, last [256][]sign) {
	for _, s := range signs {
		a, z := s.sign[0], s.sign[len(s.sign)-1]
		first[a], last[z] = append(first[a], s), append(last[z], s)
	}
	return first, last
}()

// codes are the currencies' codes and names.
var codes = map[string]string{
	"usd": "USD", "eur": "EUR", "gbp": "GBP", "chf": "CHF", "cad": "CAD", "aud": "AUD", "nzd": "NZD", "sgd": "SGD", "hkd": "HKD",
	"jpy": "JPY", "cny": "CNY", "rmb": "CNY", "inr": "INR", "krw": "KRW", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN",
	"czk": "CZK", "huf": "HUF", "ron": "RON", "bgn": "BGN", "rub": "RUB", "uah": "UAH", "ils": "ILS", "nis": "ILS", "try": "",
	"zar": "ZAR", "brl": "BRL", "mxn": "MXN", "ars": "ARS", "aed": "AED", "sar": "SAR", "thb": "THB", "myr": "MYR", "idr": "IDR",
	"php": "", "twd": "TWD", "vnd": "VND", "euro": "EUR", "euros": "EUR", "dollars": "USD", "pounds": "GBP", "yen": "JPY",
	"francs": "CHF", "sfr": "CHF", "kr": "SEK", "lpa": "INR", "lakh": "INR", "lakhs": "INR",
}

// currencyBefore is the currency that stands before token i, and where it begins.
func currencyBefore(d *lexis.Doc, i int) (string, int) {
	at := int(d.Tokens[i].Start)
	b := d.Lower
	end := at
	for end > 0 && (b[end-1] == ' ' || b[end-1] == '~') && at-end < 2 {
		end--
	}
	if end == 0 || b[end-1] != '$' && b[end-1] < 0x80 && at-end == 0 {
		return "", at
	}
	for _, s := range signsLast[b[end-1]] {
		if n := len(s.sign); end >= n && string(b[end-n:end]) == s.sign {
			if from := end - n; from == 0 || b[from-1] >= 0x80 || b[from-1] < 'a' || b[from-1] > 'z' || s.sign == "$" {
				if c, at := dollarsBefore(d, i); s.sign == "$" && c != "" {
					return c, at
				}
				return s.currency, from
			}
		}
	}
	if i > 0 && d.Tokens[i].Sep&^lexis.Space == 0 {
		if c := codes[string(d.Word(i-1))]; c != "" && len(d.Word(i-1)) <= 4 {
			return c, int(d.Tokens[i-1].Start)
		}
	}
	return "", at
}

// dollarsBefore is the code that says whose dollars: "CAD $110,000".
func dollarsBefore(d *lexis.Doc, i int) (string, int) {
	if i == 0 {
		return "", 0
	}
	switch c := codes[string(d.Word(i-1))]; c {
	case "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN":
		if d.Tokens[i].Sep&^(lexis.Space|lexis.Other) == 0 {
			return c, int(d.Tokens[i-1].Start)
		}
	}
	return "", 0
}

// currencyAt skips a currency and spaces at byte i.
func currencyAt(b []byte, i int) (string, int) {
	i = spaces(b, i)
	if i == len(b) || b[i] != '$' && b[i] < 'a' {
		return "", i
	}
	for _, s := range signsFirst[b[i]] {
		if n := len(s.sign); i+n <= len(b) && string(b[i:i+n]) == s.sign {
			return s.currency, spaces(b, i+len(s.sign))
		}
	}
	w := wordAt(b, i)
	if c := codes[string(w)]; c != "" {
		return c, spaces(b, i+len(w))
	}
	return "", i
}

// currencyAfter is the currency right after an amount, and where it ends.
func currencyAfter(b []byte, i int) (string, int) {
	c, end := currencyAt(b, i)
	if c == "" {
		return "", i
	}
	if next := end; next < len(b) && isDigit(b[next]) && next == spaces(b, i)+1 {
		return "", i // "150$200": the sign belongs to what follows
	}
	for end > i && b[end-1] == ' ' {
		end--
	}
	return c, end
}

func spaces(b []byte, i int) int {
	for n := 0; n < 3 && i < len(b); n++ {
		switch {
		case b[i] == ' ':
			i++
		case b[i] == 0xc2 && i+1 < len(b) && b[i+1] == 0xa0:
			i += 2
		default:
			return i
		}
	}
	return i
}

// wordAt is the run of ASCII letters at i, at most ten of them.
func wordAt(b []byte, i int) []byte {
	j := i
	for j < len(b) && j < i+10 && b[j] >= 'a' && b[j] <= 'z' {
		j++
	}
	return b[i:j]
}

// rangeSign reads what stands between the ends of a range, and where the second
// end begins.
func rangeSign(b []byte, i int) (int, bool) {
	i = spaces(b, i)
	if i == len(b) || b[i] < 0x80 && !strings.ContainsRune("-~tabu", rune(b[i])) {
		return i, false // as nearly always
	}
	for _, sign := range []string{"--", "-", "–", "—", "−", "‑", "~", "to ", "and ", "bis ", "through ", "up to "} {
		if n := len(sign); i+n <= len(b) && string(b[i:i+n]) == sign {
			return spaces(b, i+len(sign)), true
		}
	}
	return i, false
}

// mostBracket is how many bytes of a remark in brackets may stand between the ends of a
// range.
const mostBracket = 120

// afterBracket is where a remark in brackets at byte i ends, or i: "$80,000 [lowest market]
// to $90,000". What tells base pay from all pay makes two statements of the two ends.
func afterBracket(b []byte, i int) int {
	at := spaces(b, i)
	if at == len(b) || b[at] != '[' && b[at] != '(' {
		return i
	}
	closing := byte(']')
	if b[at] == '(' {
		closing = ')'
	}
	remark := b[at:min(len(b), at+mostBracket)]
	n := bytes.IndexByte(remark, closing)
	if n < 0 || bytes.IndexByte(remark[:n], '\n') >= 0 || bytes.Contains(remark[:n], []byte("base")) || bytes.Contains(remark[:n], []byte("ote")) {
		return i
	}
	return at + n + 1
}

// readPeriod reads "per year", "/h", "a day", "p.a." at s.end.
func (s *statement) readPeriod(b []byte) {
	if s.period != "" {
		return
	}
	i := spaces(b, s.end)
	if i < len(b) && b[i] == '+' {
		i = spaces(b, i+1)
	}
	slash := i < len(b) && b[i] == '/'
	if slash {
		i = spaces(b, i+1)
	}
	w := string(wordAt(b, i))
	switch w {
	case "per", "a", "an", "each", "every", "pro", "par", "p":
		j := i + len(w)
		if w == "p" && j+1 < len(b) && b[j] == '.' {
			j++
		}
		j = spaces(b, j)
		next := string(wordAt(b, j))
		if w == "p" && (next == "a" || next == "y") {
			next = "year"
		}
		if p := periods[next]; p != "" {
			s.period, s.end = p, j+len(wordAt(b, j))
		}
		return
	}
	p := periods[w]
	if p == "" || !slash && len(w) < 4 && w != "pa" && w != "ph" && w != "pd" && w != "pcm" && w != "lpa" {
		return
	}
	s.period, s.end = p, i+len(w)
}

var periods = map[string]string{
	"year": "year", "yr": "year", "y": "year", "annum": "year", "annual": "year", "annually": "year", "yearly": "year", "pa": "year", "lpa": "year",
	"jahr": "year", "an": "year", "month": "month", "mo": "month", "mth": "month", "monthly": "month", "pcm": "month", "monat": "month", "mois": "month",
	"week": "week", "wk": "week", "weekly": "week", "pw": "week", "day": "day", "daily": "day", "pd": "day", "tag": "day", "d": "day", "jour": "day",
	"hour": "hour", "hr": "hour", "h": "hour", "hourly": "hour", "ph": "hour", "stunde": "hour", "hrs": "hour",
}
