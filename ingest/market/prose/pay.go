package prose

import (
	"strconv"

	"jobmarket/ingest/market/dice"
)

// Pay is what a job pays, and how an ad says so. The zero value: it says nothing.
type Pay struct {
	Low, High float64 // in Currency a Period
	Currency  string  // ISO 4217
	Period    string  // year, month, day or hour
	Words     string
}

// pay draws what a job of the seniority pays; about two ads in five say it.
func pay(d *dice.Dice, p Place, seniority uint8) Pay {
	if !d.Chance(0.42) {
		return Pay{Words: dice.Pick(d, []string{"", "", "", "competitive", "DOE"})}
	}
	base := 70 + 18*int(seniority) + 5*d.N(5)
	low, high := base, base+10+5*d.N(8)
	k := strconv.Itoa
	out := Pay{Low: float64(low) * 1000, High: float64(high) * 1000, Period: "year"}
	switch p.Code {
	case "US", "SG", "IL":
		out.Currency = "USD"
		out.Words = dice.Pick(d, []string{
			"$" + k(low) + "k - $" + k(high) + "k", "$" + k(low) + ",000 to $" + k(high) + ",000 a year",
			"USD " + k(low) + ",000-" + k(high) + ",000", "$" + k(low) + "-" + k(high) + "K + equity",
		})
	case "UK":
		out.Currency = "GBP"
		if d.Chance(0.2) {
			out.Period, out.Low, out.High = "day", float64(5*low), float64(5*high)
			out.Words = "£" + k(5*low) + "-£" + k(5*high) + " per day"
			break
		}
		out.Words = dice.Pick(d, []string{"£" + k(low) + "k-£" + k(high) + "k", "£" + k(low) + ",000 - £" + k(high) + ",000 per annum"})
	case "CH":
		out.Currency = "CHF"
		out.Words = "CHF " + k(low) + "'000 - " + k(high) + "'000"
	case "CA":
		out.Currency = "CAD"
		out.Words = "CAD " + k(low) + "k-" + k(high) + "k"
	default:
		out.Currency = "EUR"
		if d.Chance(0.12) {
			out.Period, out.Low, out.High = "hour", float64(low/2), float64(high/2)
			out.Words = k(low/2) + "-" + k(high/2) + " EUR/hour"
			break
		}
		out.Words = dice.Pick(d, []string{
			"€" + k(low) + "k–€" + k(high) + "k", k(low) + ".000 € - " + k(high) + ".000 € per year",
			"EUR " + k(low) + ",000 to " + k(high) + ",000",
		})
	}
	return out
}
