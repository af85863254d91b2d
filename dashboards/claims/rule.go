package claims

import (
	"fmt"
	"strings"

	"jobmarket/warehouse/schema"
)

// Rule writes out how the claim is decided. It depends on the claim alone.
func (c Claim) Rule() string {
	least := fmt.Sprintf(" With fewer than %d %s, or fewer than %d known employers, it is undecided; with none it is not answerable.", MinUnits, c.unit(), MinEmployers)
	if c.Unit == Employers && (c.Comparison == Outnumbers || c.Comparison == Fewest || c.Comparison == ShareHigher || c.Comparison == ShareAbove && len(c.Subject.Domains) > 0) {
		least = " An employer counts once, in the field of most of its ads that are counted; where fields tie, in the first of " + strings.Join(fields(schema.Domains), ", ") + "." + least
	}
	switch c.Comparison {
	case Outnumbers, Fewest:
		first, second := "above", "below"
		if c.Comparison == Fewest {
			first, second = "below", "above"
		}
		return fmt.Sprintf("For each other field the difference between the share of %s and the share of that field is taken, with intervals that hold all together at 95 %% (Bonferroni). "+
			"Each interval is the wider hull of two: for correlated shares of one multinomial (Bonett and Price 2012), and a bootstrap by employer. "+
			"Supported when every interval lies wholly %s zero; refuted when any lies wholly %s zero; undecided otherwise. \"Other\" is a heap and no field: it counts in the total and is compared with nothing.",
			Field(c.Subject.Domains[0]), first, second) + least
	case NamesMore:
		return fmt.Sprintf("The difference between the share of ads that name %s and the share that name %s, with a 95 %% interval: the hull of the paired one (Bonett and Price 2012) and a bootstrap by employer. "+
			"Supported when it lies wholly above zero, refuted when wholly below, undecided otherwise.", or(quoted(c.Subject.Names)), or(quoted(c.Rival.Names))) + least
	case ShareAbove:
		return fmt.Sprintf("The share with a 95 %% interval: Wilson's at the effective number of ads, since those of one employer are not independent (Korn and Graubard 1998). Supported when it lies wholly above %.4g %%, refuted when wholly below, undecided otherwise.", c.Than*100) + least
	case ShareHigher:
		return fmt.Sprintf("Within each source, the share in %s less the share elsewhere; the sources' differences are pooled, each weighed by how much it tells of either side (Mantel and Haenszel 1959), "+
			"so that sources that differ in their ads cannot turn the sign. The 95 %% interval is the hull of one from the pooled variance (Greenland and Robins 1985) and a bootstrap that draws employers, each with all its ads in every source. "+
			"Left out are sources that cannot show it: those of which no ad ever did and, where words of the ad decide, those that print a line and no text (half of their ads hold less than 200 characters); and sources that show one side only. "+
			"Supported when the interval lies wholly above zero, refuted when wholly below, undecided otherwise. Either side needs the minimum, in the sources that are compared.", or(fields(c.Within))) + least
	case Exists:
		least := fmt.Sprintf("%d such ads of %d known employers", c.atLeast(), c.atLeast())
		if len(c.Subject.Employers) > 0 {
			least = fmt.Sprintf("%d such ads", c.atLeast())
		}
		return "Supported when at least " + least + " were seen. Fewer leave it undecided, since our sources are not all ads; it is not answerable when no ad at all was looked at."
	case Grows:
		of := "number"
		if c.OfShare {
			of = "share"
		}
		return fmt.Sprintf("On a fixed panel (the sources that were seen in the first and the last period and in at least three of four between) a log-linear trend of the %s a period is fitted, "+
			"with quasi-Poisson errors for overdispersion. Supported when the 95 %% interval of the change a year lies wholly above %.4g %%, refuted when wholly below, undecided otherwise. "+
			"Not answerable when no source was seen throughout, or in fewer than eight periods.", of, c.Than*100) +
			fmt.Sprintf(" With fewer than %d %s it is undecided.", MinUnits, c.unit())
	case AllOf:
		return "Each part is judged by its own rule. Supported when all parts are; refuted when any part is; otherwise not answerable when any part is, and else undecided."
	}
	return "No count of ads decides it."
}

func (c Claim) atLeast() int {
	if c.AtLeast > 0 {
		return c.AtLeast
	}
	return 2
}

// or joins words for a sentence: "go", "pyo3 or maturin", "a, b or c".
func or(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
