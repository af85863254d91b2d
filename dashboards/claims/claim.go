// Package claims judges written sentences about the market. It knows how a claim
// is put, the rule by which each kind of claim is decided, and the published
// views that it asks; it knows neither pages nor the engine that answers.
//
// A claim says what would have to be true for a sentence to hold: a subject
// (ads of a domain, ads that name a term, ads of an employer), what it is
// compared with, the day or period, the unit, and the sources. [Evaluate] counts
// by employer, puts intervals on the counts and applies the rule. The rule is a
// function of the claim alone ([Claim.Rule] writes it out) so that it stands
// before any data is looked at.
//
// # Decisions
//
// 2026-11-22: four verdicts. "undecided" is given whenever an interval straddles
// the line, or fewer than [MinUnits] units of [MinEmployers] employers are
// counted: below that the bootstrap by employer covers too little (Cameron,
// Gelbach and Miller 2008 find it so from a few dozen clusters down), and one
// employer's campaign is a verdict. A verdict by point estimate was refused.
//
// 2026-11-22: the interval of a difference is the hull of an analytic one (which
// is honest for few ads) and the bootstrap by employer (which is honest for
// employers that advertise much). Neither alone is safe on both counts; the hull
// errs towards undecided.
//
// 2026-11-25: the interval of a share is Wilson's at the effective number of ads
// ([stats.ShareInterval]). The bootstrap's percentiles, which it was the hull of,
// gave 0 % as the low end where 5 of 20 ads had been seen: of 16 employers a draw
// may well hold none of the five, and that is no evidence that there are none.
//
// 2026-11-25: share_higher compares within each source and pools the differences
// (Mantel and Haenszel 1959; Greenland and Robins 1985). Pooled over all ads, C++
// was named 3.4 points less often in crypto and finance than elsewhere; within
// the forum, whose ads are texts, it was 13.7 points more: a newsletter that
// prints titles alone, and much crypto, made the difference (Simpson 1951).
// Sources that cannot show the trait are left out: they would say "no" for every
// ad, of a field that they happen to be full of. A regression on the source was
// refused: it says the same with more to explain.
//
// Of the sources that can, those count that show both sides: what one shows of a
// single side is compared with nothing, and must fill no minimum.
//
// 2026-11-25: the bootstrap of share_higher draws an employer with all its ads in
// every source. Drawn within each source, one that advertises in three was three,
// and a board of one employer never varied; that the sources do not keep their sizes
// in a draw is the price.
//
// 2026-11-25: an ad of an unknown employer is counted as an ad, drawn by itself, and
// is no employer: thirty ads of nobody known are no thirty employers. Counted by
// employers it is left out, and each employer counts once, in the field of most of
// its ads. Refusing such claims was considered; how many employers hire in a field is
// a fair question.
//
// 2026-11-25: a source is one that showed no such ad only if it was watched on the
// claim's day or in its period. A board that was first read three years later showed
// none then because nobody looked. What is counted of a source makes it one that
// counts, whenever it was watched: an ad on a board at two crawls is open between
// them.
//
// 2026-11-22: finding no ad does not refute "some ads …": our sources are not
// all ads. Existence is supported or undecided.
package claims

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jobmarket/warehouse/schema"
)

// MinUnits and MinEmployers are the least that a comparison or a trend is
// decided on; Confidence is that of every interval, or of all intervals of one
// claim together.
const (
	MinUnits     = 20
	MinEmployers = 10
	Confidence   = 0.95
)

// Comparisons that a claim may make of its subject.
const (
	// Outnumbers: the subject's domain has more units than each other field.
	Outnumbers = "outnumbers"
	// Fewest: the subject's domain has fewer units than each other field.
	Fewest = "fewest"
	// NamesMore: among the ads, more name one of the subject's terms than one of the rival's.
	NamesMore = "names_more"
	// ShareAbove: the subject's share of the ads is above Than.
	ShareAbove = "share_above"
	// ShareHigher: the subject's share is higher in Within's domains than in the others.
	ShareHigher = "share_higher"
	// Exists: at least AtLeast ads, of as many employers unless employers are
	// named, are such as the subject says.
	Exists = "exists"
	// Grows: the flow of the subject's units rises by more than Than a year.
	Grows = "grows"
	// AllOf: every part holds.
	AllOf = "all_of"
	// NotObservable: ads cannot tell; Reason says why.
	NotObservable = "not_observable"
)

var comparisons = []string{Outnumbers, Fewest, NamesMore, ShareAbove, ShareHigher, Exists, Grows, AllOf, NotObservable}

// Units and ways of counting.
const (
	Sightings = "sightings"
	Postings  = "postings"
	Jobs      = "jobs"
	Employers = "employers"

	Stock = "stock" // open on a day
	Flow  = "flow"  // first seen within the period; of sightings, made within it
	Seen  = "seen"  // open at any time within the period
)

// Claim is one sentence about the market, put so that it can be counted.
type Claim struct {
	ID         string       `yaml:"id" json:"id"`                           // lower-case letters, digits and hyphens; names its page
	Text       string       `yaml:"text" json:"text"`                       // the sentence
	Citation   string       `yaml:"citation" json:"citation,omitempty"`     // who says so, and where
	Comparison string       `yaml:"comparison" json:"comparison"`           // one of the constants above
	Subject    Subject      `yaml:"subject" json:"subject"`                 // the ads that the sentence is about
	Rival      Subject      `yaml:"rival" json:"rival"`                     // what they are compared with; for domains, empty means every other field
	Among      Subject      `yaml:"among" json:"among"`                     // the ads that are looked at; empty means all
	Within     []string     `yaml:"within" json:"within,omitempty"`         // share_higher: the domains whose share is claimed to be the higher
	Definition string       `yaml:"definition" json:"definition,omitempty"` // core, some, or any for ads of whatever language; empty: the market's
	Unit       string       `yaml:"unit" json:"unit,omitempty"`             // postings, jobs, employers, or of a flow sightings; empty: postings
	Count      string       `yaml:"count" json:"count,omitempty"`           // stock, flow or seen; empty: what the comparison is usually made on
	On         string       `yaml:"on" json:"on,omitempty"`                 // YYYY-MM-DD, the day of a stock
	From       string       `yaml:"from" json:"from,omitempty"`             // YYYY-MM-DD, first day of a period
	To         string       `yaml:"to" json:"to,omitempty"`                 // YYYY-MM-DD, the day after a period
	Lifetime   int          `yaml:"lifetime" json:"lifetime,omitempty"`     // days a printed ad counts as open; 0: each source's own
	Sources    SourceFilter `yaml:"sources" json:"sources"`
	Than       float64      `yaml:"than" json:"than,omitempty"`         // share_above: the share; grows: the rate a year, 0.1 for 10 %
	OfShare    bool         `yaml:"of_share" json:"of_share,omitempty"` // grows: the subject's share of the ads, and not their number
	AtLeast    int          `yaml:"at_least" json:"at_least,omitempty"` // exists: ads, and employers; 0: 2
	Parts      []Claim      `yaml:"parts" json:"parts,omitempty"`       // all_of: the claims that must all hold
	Reason     string       `yaml:"reason" json:"reason,omitempty"`     // not_observable: why
	Limits     string       `yaml:"limits" json:"limits,omitempty"`     // what the count does not show of the sentence
}

// Subject describes ads. What is left empty does not restrict.
type Subject struct {
	Domains   []string `yaml:"domains" json:"domains,omitempty"`       // primary domain is one of these
	Names     []string `yaml:"names" json:"names,omitempty"`           // names one of these languages or technologies
	Employers []string `yaml:"employers" json:"employers,omitempty"`   // is of one of these employers, by name, whatever its case
	OlderThan string   `yaml:"older_than" json:"older_than,omitempty"` // YYYY-MM-DD: asks for more years of the language than had passed since that day when the ad was first seen
}

func (s Subject) empty() bool {
	return len(s.Domains) == 0 && len(s.Names) == 0 && len(s.Employers) == 0 && s.OlderThan == ""
}

// SourceFilter says which sources count. Sources that select on an answer are
// left out unless Selecting names what they select on.
type SourceFilter struct {
	Only      []string `yaml:"only" json:"only,omitempty"`           // these sources or kinds alone
	Without   []string `yaml:"without" json:"without,omitempty"`     // not these sources or kinds
	Selecting []string `yaml:"selecting" json:"selecting,omitempty"` // sources with these values of selects count as well
}

// Problem is one mistake in a claim: a field as pipeline.yaml spells it, its
// value, and what to do.
type Problem struct{ Field, Value, What string }

// Check lists what is wrong with the claim; nothing when it can be evaluated.
func (c Claim) Check() []Problem {
	var out []Problem
	add := func(field, value, what string, args ...any) {
		out = append(out, Problem{field, value, fmt.Sprintf(what, args...)})
	}
	oneOf := func(field, value string, known ...string) {
		if !slices.Contains(known, value) {
			add(field, value, "is not known; use one of %s", strings.Join(known, ", "))
		}
	}
	if c.ID == "" || len(c.ID) > 60 || strings.Trim(c.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		add("id", c.ID, "names a page; use up to 60 lower-case letters, digits and hyphens")
	}
	if strings.TrimSpace(c.Text) == "" {
		add("text", c.Text, "is missing; write the sentence that is claimed")
	}
	oneOf("comparison", c.Comparison, comparisons...)
	oneOf("definition", c.Definition, "", schema.RoleCore, schema.RoleSome, "any")
	oneOf("unit", c.Unit, "", Sightings, Postings, Jobs, Employers)
	oneOf("count", c.Count, "", Stock, Flow, Seen)
	for field, value := range map[string]string{"on": c.On, "from": c.From, "to": c.To,
		"subject.older_than": c.Subject.OlderThan, "rival.older_than": c.Rival.OlderThan, "among.older_than": c.Among.OlderThan} {
		if _, err := time.Parse(time.DateOnly, value); value != "" && err != nil {
			add(field, value, "is no date; write YYYY-MM-DD")
		}
	}
	for field, domains := range map[string][]string{"subject.domains": c.Subject.Domains, "rival.domains": c.Rival.Domains,
		"among.domains": c.Among.Domains, "within": c.Within} {
		for _, d := range domains {
			oneOf(field, d, schema.Domains...)
		}
	}
	for field, words := range map[string][]string{
		"subject.names": c.Subject.Names, "rival.names": c.Rival.Names, "among.names": c.Among.Names,
		"subject.employers": c.Subject.Employers, "among.employers": c.Among.Employers, "rival.employers": c.Rival.Employers,
		"sources.only": c.Sources.Only, "sources.without": c.Sources.Without, "sources.selecting": c.Sources.Selecting,
	} {
		for _, w := range words {
			if strings.ContainsAny(w, "\\\n\r\t\x00") || strings.TrimSpace(w) == "" {
				add(field, w, "is empty or holds a backslash or a control character; write a plain name")
			}
		}
	}
	if c.Lifetime < 0 {
		add("lifetime", fmt.Sprint(c.Lifetime), "is negative; give days")
	}
	if c.Unit == Sightings && c.count() != Flow && c.Comparison != AllOf && c.Comparison != NotObservable {
		add("unit", c.Unit, "are of one moment and have no stock; use count: flow, or another unit")
	}
	c.checkComparison(add)
	slices.SortStableFunc(out, func(a, b Problem) int { return strings.Compare(a.Field, b.Field) })
	return out
}

// checkComparison adds what the comparison asks of the other fields.
func (c Claim) checkComparison(add func(field, value, what string, args ...any)) {
	switch c.Comparison {
	case Outnumbers, Fewest:
		if len(c.Subject.Domains) != 1 || c.Subject.Domains[0] == "other" {
			add("subject.domains", strings.Join(c.Subject.Domains, ", "), `must be one domain, and not "other", which is a heap and no field`)
		}
		if slices.Contains(c.Rival.Domains, "other") {
			add("rival.domains", "other", "is a heap and no field; leave it out")
		}
	case NamesMore:
		if len(c.Subject.Names) == 0 || len(c.Rival.Names) == 0 {
			add("rival.names", strings.Join(c.Rival.Names, ", "), "and subject.names must each hold a term")
		}
	case ShareHigher:
		if len(c.Within) == 0 {
			add("within", "", "is missing; name the domains whose share is claimed to be higher")
		}
		fallthrough
	case ShareAbove, Exists:
		if c.Subject.empty() {
			add("subject", "", "is empty; say which ads the sentence is about")
		}
	case Grows:
		if c.Count != "" && c.Count != Flow {
			add("count", c.Count, "cannot carry a trend: the stock of one month holds the ads of the last; use flow")
		}
		if c.From == "" || c.To == "" {
			add("from", c.From, "and to must give the period of the trend")
		}
	case AllOf:
		if len(c.Parts) < 2 {
			add("parts", "", "needs two claims or more")
		}
		for i, p := range c.Parts {
			for _, q := range p.Check() {
				add(fmt.Sprintf("parts[%d].%s", i, q.Field), q.Value, "%s", q.What)
			}
		}
	case NotObservable:
		if c.Reason == "" {
			add("reason", "", "is missing; say why ads cannot tell")
		}
	}
	if c.count() == Stock && c.On == "" && (c.Comparison != AllOf && c.Comparison != NotObservable) {
		add("on", c.On, "is missing; a stock is of a day")
	}
}

// count is how the claim counts, its default filled in.
func (c Claim) count() string {
	switch {
	case c.Count != "":
		return c.Count
	case c.Comparison == Grows:
		return Flow
	case c.Comparison == Exists || c.On == "":
		return Seen
	}
	return Stock
}

func (c Claim) unit() string {
	if c.Unit == "" {
		return Postings
	}
	return c.Unit
}
