package kind

import (
	"strconv"
	"strings"
)

// PayRange writes a stated pay as a person would: "USD 90000-120000 a year".
// Amounts that are 0 are unknown; both unknown give "".
func PayRange(low, high float64, currency, period string) string {
	if low == 0 && high == 0 {
		return ""
	}
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	s := strings.ToUpper(currency)
	switch {
	case high == 0:
		s += " from " + number(low)
	case low == 0:
		s += " up to " + number(high)
	case low == high:
		s += " " + number(low)
	default:
		s += " " + number(low) + "-" + number(high)
	}
	if period != "" {
		s += " a " + period
	}
	return strings.TrimSpace(s)
}

// periods are the words that boards use for the period of a pay.
var periods = map[string]string{
	"year": "year", "yearly": "year", "annual": "year", "annually": "year", "annum": "year", "1 year": "year",
	"per-year-salary": "year", "yearly salary": "year", "p.a.": "year", "per year": "year",
	"month": "month", "monthly": "month", "1 month": "month", "per-month-salary": "month", "per month": "month",
	"week": "week", "weekly": "week", "1 week": "week", "per-week-salary": "week", "per week": "week",
	"day": "day", "daily": "day", "1 day": "day", "per-day-wage": "day", "per day": "day",
	"hour": "hour", "hourly": "hour", "1 hour": "hour", "per-hour-wage": "hour", "per hour": "hour",
}

// Period is the period that a board's word means: year, month, week, day, hour,
// or empty.
func Period(stated string) string { return periods[strings.ToLower(strings.TrimSpace(stated))] }
