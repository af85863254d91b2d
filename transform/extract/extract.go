// Package extract reads from a posting what it states besides its domain:
// languages and technologies, what role the market's language has, places, pay,
// seniority, years asked and the like. It knows how ads are written; it knows no
// source's wire format, no database and no other posting.
//
// A posting is cut into words once (package lexis). Two passes over the words
// find terms (package terms) and cues (package cues); everything else looks at
// what those found: role, place, pay, and the readers in this package. Every
// judgement keeps the words that it was made from.
//
// # Decisions
//
// 2026-11-22: a newsletter about the market's language that names no language
// in an entry counts as core: it lists such jobs (see newsletters). An entry
// that names other languages and not this one counts as some.
package extract

import (
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"jobmarket/transform/extract/cues"
	"jobmarket/transform/extract/pay"
	"jobmarket/transform/extract/place"
	"jobmarket/transform/extract/role"
	"jobmarket/transform/extract/terms"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// code is the version of the rules of this package and those below it; bump it
// when they change. Their data count by themselves.
const code = "extract-9"

// Options are the settings of an Extractor.
type Options struct {
	Language string // the market's language, as the taxonomy names it: "rust"
}

// Extractor reads postings. It is immutable and safe for concurrent use.
type Extractor struct {
	language string
	version  string
	market   int32
	unnamed  string // why the language has no role where it is not named
	terms    *terms.Taxonomy
	cues     *cues.Finder
	roles    *role.Model
	places   *place.Gazetteer
	scenes   sync.Pool
}

// newsletters are the source kinds that list jobs in one language only.
var newsletters = map[string]string{"twir": "rust", "rib": "rust", "reddit/rust": "rust", "rustjobs": "rust"}

// New compiles the taxonomy and the other data. The error says what is wrong
// with them, or that the taxonomy does not know the language.
func New(o Options) (*Extractor, error) {
	language := strings.ToLower(o.Language)
	x := &Extractor{language: language, version: VersionFor(language), places: place.Table(), unnamed: "no: " + language + " is not named, or means something else"}
	var err error
	if x.terms, err = terms.New(); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	var ok bool
	if x.market, ok = x.terms.Lookup(terms.Language, x.language); !ok {
		return nil, fmt.Errorf("extract: %q is no language of the taxonomy (hint: one of %s)", o.Language,
			strings.Join(x.terms.Names(terms.Language), ", "))
	}
	if x.cues, err = cues.New(); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	if x.roles, err = role.New(); err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	x.scenes.New = func() any { return new(scene) }
	return x, nil
}

// VersionFor is what [Extractor.Version] says of the market of a language: it names the
// code, the data below it and the language.
func VersionFor(language string) string {
	h := fnv.New32a()
	for _, data := range []string{terms.Data(), cues.Data(), role.Data(), place.Data()} {
		io.WriteString(h, data)
	}
	return fmt.Sprintf("%s-%08x/%s", code, h.Sum32(), language)
}

// Phrases find terms and cues, for a [lexis.Joint].
func (x *Extractor) Phrases() (terms, cues *lexis.Matcher) {
	return x.terms.Phrases(), x.cues.Phrases()
}

// Version changes whenever Extract may say something else of the same posting.
func (x *Extractor) Version() string { return x.version }

// scene is one posting with what was found in it, and the memory for that.
type scene struct {
	doc        *lexis.Doc
	uses       []terms.Use
	cues       []cues.Cue
	fields     [lexis.Text + 2]int // index of each field's first cue, and the number of cues
	market     int32
	newsletter bool // the source lists jobs in the market's language only
	mentionAt  []int32
	mentions   []schema.Mention
	evidence   []byte // of all mentions, one behind the other
	ends       []int  // of each mention's in evidence
	places     *place.Gazetteer
	roles      role.Scene
	leads      uint8    // see leadsPeople
	list       roleList // of a forum's ad
}

func (s *scene) read(x *Extractor, d *lexis.Doc) {
	s.doc, s.market, s.places, s.leads = d, x.market, x.places, unread
	s.uses = x.terms.Find(s.uses[:0], d)
	s.cues = x.cues.Find(s.cues[:0], d)
	s.divide()
	s.roles.Set(x.terms, d, s.uses, s.cues)
}

// namesMarket says that a use of the market's language begins at token i.
func (s *scene) namesMarket(i int32) bool {
	k, found := slices.BinarySearchFunc(s.uses, i, func(u terms.Use, i int32) int { return int(u.First - i) })
	return found && s.uses[k].Term == s.market
}

// Extract fills the fields of l from MarketRole on, and IsJob, from p, which doc
// was read from, and returns what p mentions, in the order of first use.
func (x *Extractor) Extract(doc *lexis.Doc, p *schema.Posting, l *schema.Label) []schema.Mention {
	s := x.scenes.Get().(*scene)
	defer x.scenes.Put(s)
	s.read(x, doc)
	s.newsletter = x.newsletter(p.Source)

	mentions, market, named := x.mentions(s, p)
	l.MarketRole, l.MarketReason = x.marketRole(s, p, market, named)
	l.IsJob, l.IsJobReason = s.isJob(p)
	s.place(l)
	l.Remote, l.RemoteRegion = s.remote(p)
	forum := inForum(p)
	if forum {
		s.list = s.ranks()
	}
	l.Seniority = s.seniority(forum)
	l.Employment = s.employment(forum)
	s.pay(p, l)
	several := s.severalRanks()
	several = several || forum && s.list.roles != 1
	all, ofMarket := s.readYears(several)
	l.Years, l.YearsReason = all.years, all.reason
	l.YearsMarket, l.YearsMarketReason = ofMarket.years, ofMarket.reason
	l.LearnMarket, l.LearnReason = s.learn()
	l.Agency, l.AgencyReason = s.agency()
	l.TextLanguage = s.textLanguage()
	return mentions
}

// mentions judges the role of every term that s uses, and returns the verdict on
// the market's language; named is false when it is not named.
func (x *Extractor) mentions(s *scene, p *schema.Posting) (out []schema.Mention, market role.Verdict, named bool) {
	if len(s.uses) == 0 {
		return nil, market, false
	}
	at := s.mention(x.terms.Len())
	s.mentions, s.evidence, s.ends = s.mentions[:0], s.evidence[:0], s.ends[:0]
	for _, u := range s.uses {
		if i := at[u.Term]; i > 0 {
			s.mentions[i-1].Count++
			continue
		}
		at[u.Term] = int32(len(s.mentions) + 1)
		t := x.terms.Term(u.Term)
		v := s.roles.Judge(x.roles, u.Term, t.Kind == terms.Language)
		if u.Term == x.market {
			market, named = v, true
		}
		s.evidence = s.doc.AppendExcerpt(s.evidence, int(u.First), int(u.Last), 120)
		s.ends = append(s.ends, len(s.evidence))
		m := schema.Mention{PostingID: p.ID, Digest: p.Digest, Version: x.version, Kind: t.Kind, Term: t.Name, Role: schema.RoleSome, Count: 1}
		if v.Core {
			m.Role = schema.RoleCore
		}
		s.mentions = append(s.mentions, m)
	}
	if named && s.newsletter {
		s.mentions[at[x.market]-1].Role = schema.RoleCore
	}
	out = slices.Clone(s.mentions)
	evidence, from := string(s.evidence), 0 // one piece of memory for all that one ad says
	for i, end := range s.ends {
		out[i].Evidence, from = evidence[from:end], end
	}
	return out, market, named
}

// mention is a cleared slice with a place for each term: where its mention
// stands, counted from one.
func (s *scene) mention(terms int) []int32 {
	if len(s.mentionAt) < terms {
		s.mentionAt = make([]int32, terms)
	}
	clear(s.mentionAt)
	return s.mentionAt
}

// newsletter says that the source lists jobs in the market's language only.
func (x *Extractor) newsletter(source string) bool {
	kind, _, _ := strings.Cut(source, "/")
	return newsletters[source] == x.language || newsletters[kind] == x.language
}

// marketRole is the role of the market's language and a sentence that says why.
func (x *Extractor) marketRole(s *scene, p *schema.Posting, v role.Verdict, named bool) (string, string) {
	if s.newsletter {
		if named {
			return schema.RoleCore, "core: a newsletter of such jobs names it: " + s.doc.Excerpt(int(v.First), int(v.First), 100)
		}
		if others := s.roles.Languages(); others == 0 {
			return schema.RoleCore, "core: the source lists such jobs, and the entry names no language"
		}
		return schema.RoleSome, "some: the source lists such jobs, and the entry names other languages only"
	}
	if named && (v.Idle || s.inPassing()) {
		return schema.RoleNo, "no: it is only named in passing: " + s.doc.Excerpt(int(v.First), int(v.First), 120)
	}
	if !named {
		return schema.RoleNo, x.unnamed
	}
	name := schema.RoleSome
	if v.Core {
		name = schema.RoleCore
	}
	return name, name + ": " + v.Why + " (probability of core " + strconv.FormatFloat(v.P, 'f', 2, 64) + "): " + s.doc.Excerpt(int(v.First), int(v.First), 120)
}

// inPassing says that every use of the market's language stands right beside a
// word for a meetup or the like.
func (s *scene) inPassing() bool {
	for _, u := range s.uses {
		if u.Term != s.market {
			continue
		}
		if s.doc.Tokens[u.First].Where == lexis.Title {
			return false
		}
		sentence := s.doc.SentenceOf(int(u.First))
		near := cues.Within(s.cues, max(sentence.First, u.First-6), min(sentence.Last, u.Last+4))
		if !slices.ContainsFunc(near, func(q cues.Cue) bool { return q.Is.Has(cues.Aside) }) {
			return false
		}
	}
	return true
}

// place fills the label's countries and city.
func (s *scene) place(l *schema.Label) {
	var room [8]string
	codes := room[:0]
	elsewhere := slices.ContainsFunc(s.found(lexis.Location), func(q cues.Cue) bool { return q.Is.Has(cues.Remote) })
	for _, p := range s.places.Read(s.doc) {
		if s.doc.Tokens[p.First].Where == lexis.Text && !s.isOfJob(p, elsewhere && p.City != "") {
			continue
		}
		if l.City == "" && p.City != "" && (len(codes) == 0 || codes[0] == p.Country) {
			l.City = s.places.Title(p.City) // of the country that is named first
		}
		if p.Country != "" && !slices.Contains(codes, p.Country) {
			codes = append(codes, p.Country)
		}
	}
	if len(codes) > 0 {
		l.Country, l.Countries = codes[0], strings.Join(codes, "; ")
	}
}

// isOfJob says that the text's sentence about a place is not about investors and
// others elsewhere; strictly, that it speaks of the job's place or of an office.
func (s *scene) isOfJob(p place.Place, strictly bool) bool {
	const reach = 16
	sentence := s.doc.SentenceOf(int(p.First))
	for i := max(sentence.First, p.First-4); i < p.First; i++ {
		if baseWords.Has(s.doc.Tokens[i].Hash) {
			return true // "backed by investors and headquartered in Oslo"
		}
	}
	office := false
	for i := max(sentence.First, p.First-reach); i < min(sentence.Last, p.Last+reach); i++ {
		h := s.doc.Tokens[i].Hash
		if moneyWords.Has(h) {
			return false
		}
		office = office || siteWords.Has(h)
	}
	return office || !strictly
}

var (
	moneyWords = lexis.SetOf("investor investors invested vc vcs backers venture")
	baseWords  = lexis.SetOf("headquartered office offices hq headquarters based located")
	siteWords  = lexis.SetOf("office offices headquarters hq headquartered role position job based located location locations onsite site person commute commuting relocate relocation hybrid")
)

// pay fills the label's pay: what fields of the source say, else words.
func (s *scene) pay(p *schema.Posting, l *schema.Label) {
	found, ok := pay.FromFields(p.PayLow, p.PayHigh, p.PayCurrency, p.PayPeriod)
	if !ok {
		found, ok = pay.Find(s.doc)
	} else if base, stated := pay.Base(s.doc, found); stated {
		found = base
	}
	if !ok {
		return
	}
	if found.Currency == "" {
		found.Currency = pay.CurrencyOf(l.Country)
	}
	l.PayCurrency, l.PayPeriod, l.PayLow, l.PayHigh, l.PayReason = found.Currency, found.Period, found.Low, found.High, found.Reason
}
