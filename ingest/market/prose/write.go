package prose

import (
	"strings"

	"jobmarket/ingest/market/dice"
)

// Opening is one job as its employer would describe it. The same opening gives
// the same words.
type Opening struct {
	Employer  *Employer
	Company   string // name that the employer goes by at the time; empty: its canonical one
	Role      int    // index into Roles
	Domain    int    // of the job, index into schema.Domains
	Rust      uint8  // RustNo, RustSome or RustCore
	Seniority uint8  // 0 junior to 4 lead
	Team      int    // drawn from the field's teams
	Place     int    // index into Places
	More      int    // further places of the same ad
	Remote    uint8  // OnSite, Hybrid or Remote
	Seed      uint64 // of this opening's own choices
	Edited    bool   // the text was changed while it was open

	Confusers float64 // chance of each misleading sentence
	Brief     bool    // a short text, for load tests
}

// Doc is the text of an ad by its parts; formats arrange them.
type Doc struct {
	About    []string
	Intro    []string
	Headings [4]string // of duties, wants, plus and perks
	Duties   []string
	Wants    []string
	Plus     []string
	Perks    []string
	Closing  []string
}

// Facts are what an ad states in fields, where its format has such.
type Facts struct {
	Title     string
	Places    []string
	Remote    uint8
	Region    string // where a remote worker may live, as stated
	Pay       Pay
	Contract  bool
	Years     int // of experience asked; 0 when none
	RustYears int // of Rust asked; may exceed Rust's age
}

// Streams of an opening's dice, so that one part may change without the others.
const (
	streamTitle = iota + 1
	streamFacts
	streamText
	streamEdit
	streamConfusers
)

var seniorities = [5][]string{{"Junior", "Associate", "Junior"}, {""}, {"Senior"}, {"Staff", "Principal", "Senior Staff"}, {"Lead", "Lead"}}

// Title is the opening's title. It names Rust in about two core jobs of three,
// and never in others.
func (o *Opening) Title() string {
	d := dice.New(o.Seed, streamTitle)
	role := &Roles[o.Role]
	s := scene{dice: &d}
	title := s.text(role.Title)
	if o.Rust == RustCore && d.Chance(0.65) {
		switch d.N(4) {
		case 0:
			title += " (Rust)"
		case 1:
			title = "Rust " + title
		case 2:
			title = "Rust " + strings.TrimPrefix(title, "Software ")
		default:
			title += ", Rust"
		}
	}
	if rank := dice.Pick(&d, seniorities[o.Seniority]); rank != "" && !strings.Contains(title, "Manager") {
		title = rank + " " + title
	}
	if !role.Plain && d.Chance(0.7) {
		team := o.team()
		if strings.HasSuffix(title, ")") || d.Chance(0.4) {
			title += " / " + team
		} else {
			title += ", " + team
		}
	}
	if strings.HasSuffix(o.text(), "de") {
		title += " (m/w/d)"
	}
	return title
}

func (o *Opening) team() string {
	teams := fields[o.Domain].teams
	return teams[o.Team%len(teams)]
}

// text is the language of the ad's text: "en", for a few employers "de" or "fr".
func (o *Opening) text() string {
	d := dice.New(o.Employer.seed, 'l')
	if d.Chance(0.04) {
		return dice.Pick(&d, []string{"de", "de", "fr"})
	}
	return "en"
}

// Facts draws what the ad states beside its text.
func (o *Opening) Facts() Facts {
	d := dice.New(o.Seed, streamFacts)
	f := Facts{Title: o.Title(), Remote: o.Remote}
	form := d.N(4)
	for i := range o.More + 1 {
		f.Places = append(f.Places, Places[(o.Place+i*5)%len(Places)].form(form))
	}
	if o.Remote == Remote {
		f.Region = dice.Pick(&d, regions)
	}
	f.Pay = pay(&d, Places[o.Place], o.Seniority)
	f.Contract = d.Chance(0.06)
	if d.Chance(0.5) {
		f.Years = 1 + 2*int(o.Seniority) + d.N(3)
	}
	if o.Rust == RustCore && d.Chance(0.25) {
		f.RustYears = 1 + int(o.Seniority) + d.N(2)
		if d.Chance(0.12) {
			f.RustYears = 12 + d.N(9) // more than the language has existed for
		}
	}
	return f
}

// Doc writes the ad's text.
func (o *Opening) Doc() Doc {
	facts := o.Facts()
	d := dice.New(o.Seed, streamText)
	s := o.scene(&d, facts.Title)
	if lang := o.text(); lang != "en" {
		return o.foreign(s, lang)
	}
	role, field := &Roles[o.Role], &fields[o.Domain]
	n := func(full int) int {
		if o.Brief {
			return (full + 2) / 3
		}
		return full
	}
	doc := o.employerParts(s, n)
	doc.Intro = s.some(nil, intros, 1)
	doc.Duties = s.some(nil, role.Duties, n(3))
	doc.Wants = s.some(nil, role.Wants, n(2))
	if role.Code {
		doc.Duties = s.some(doc.Duties, field.duties, n(4))
		doc.Wants = s.some(doc.Wants, field.wants, n(2))
		o.languages(&s, &doc, facts)
	} else if d.Chance(0.5) {
		doc.Duties = s.some(doc.Duties, []string{"Work with {team} and with {users} in mind."}, 1)
	}
	if facts.Years > 0 {
		s.words[slotYears] = number(facts.Years)
		doc.Wants = s.some(doc.Wants, otherYears, 1)
	}
	if facts.Pay.Words != "" {
		doc.Perks = append(doc.Perks, s.text("{Pay|Salary|Compensation}: ")+facts.Pay.Words+".")
	}
	o.confuse(&s, &doc)
	if o.Edited {
		edit := dice.New(o.Seed, streamEdit)
		s.dice = &edit
		doc.Plus = s.some(doc.Plus, field.duties, 1)
	}
	return doc
}

// employerParts are the parts that all ads of one employer share word for word.
func (o *Opening) employerParts(s scene, n func(int) int) Doc {
	e := o.Employer
	d := dice.New(e.seed, 'b')
	s.dice = &d
	doc := Doc{Headings: dice.Pick(&d, headings)}
	doc.About = s.some(nil, fields[e.Domain].about, n(2))
	doc.Perks = s.some(nil, perks, n(4))
	doc.Closing = s.some(nil, closings, n(2))
	return doc
}

func (o *Opening) scene(d *dice.Dice, title string) scene {
	e := o.Employer
	s := scene{dice: d}
	s.words[slotCo] = e.Name
	if o.Company != "" {
		s.words[slotCo] = o.Company
	}
	s.words[slotProduct], s.words[slotUsers] = e.product, e.users
	s.words[slotTeam], s.words[slotTitle] = o.team(), title
	s.words[slotHost], s.words[slotA] = e.Host, "a"
	if title != "" && strings.IndexByte("AEIO", title[0]) >= 0 {
		s.words[slotA] = "an"
	}
	langs := languages[o.Domain]
	at := d.N(len(langs))
	s.words[slotLang], s.words[slotLang2] = langs[at], langs[(at+1)%len(langs)]
	return s
}

// languages writes the sentences that bear out the role of the market's language.
func (o *Opening) languages(s *scene, doc *Doc, facts Facts) {
	switch o.Rust {
	case RustCore:
		doc.Intro = s.some(doc.Intro, rustCore, 1)
		doc.Wants = s.some(doc.Wants, rustCore[len(rustCore)-1:], s.dice.N(2))
		if facts.RustYears > 0 {
			s.words[slotYears] = number(facts.RustYears)
			doc.Wants = s.some(doc.Wants, rustYears, 1)
		} else if s.dice.Chance(0.1) {
			doc.Plus = s.some(doc.Plus, rustLearn, 1)
		}
	case RustSome:
		doc.Plus = s.some(doc.Plus, rustSome, 1)
		doc.Wants = s.some(doc.Wants, rustNone, s.dice.N(2))
	default:
		doc.Wants = s.some(doc.Wants, rustNone, 1)
	}
}

// confuse adds sentences that mislead a reader who counts words, and none that
// the truth bears out.
func (o *Opening) confuse(s *scene, doc *Doc) {
	d := dice.New(o.Employer.seed, streamConfusers)
	own := dice.New(o.Seed, streamConfusers)
	add := func(table []string) {
		s.dice = &own
		if d.Chance(0.7) { // most boilerplate is the employer's, in all its ads
			s.dice = &d
		}
		if own.Chance(0.5) {
			doc.Closing = s.some(doc.Closing, table, 1)
		} else {
			doc.Plus = s.some(doc.Plus, table, 1)
		}
	}
	for i, table := range confusers {
		if hit := d.Chance(o.Confusers * frequency[i]); hit && i != o.Domain && i != o.Employer.Domain {
			add(table)
		}
	}
	if d.Chance(o.Confusers) {
		add(verbs)
	}
	if o.Rust == RustNo && own.Chance(o.Confusers/4) {
		add(oxides)
	}
}

func number(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return string([]byte{byte('0' + n/10), byte('0' + n%10)})
}

// TeamName is the team that the opening belongs to.
func (o *Opening) TeamName() string { return o.team() }

// Country is the ISO 3166-1 code of the opening's first place.
func (o *Opening) Country() string {
	if c := Places[o.Place].Code; c != "UK" {
		return c
	}
	return "GB"
}
