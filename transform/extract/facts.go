package extract

import (
	"math/bits"
	"slices"
	"strings"

	"jobmarket/transform/extract/cues"
	"jobmarket/transform/extract/place"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// seniorities from the lowest to the highest; where a title names several, the
// order of ranks decides (see seniority).
var seniorities = []struct {
	class cues.Class
	name  string
}{
	{cues.Intern, "intern"}, {cues.Director, "director"}, {cues.Manager, "manager"}, {cues.Staff, "staff"}, {cues.Lead, "lead"},
	{cues.Senior, "senior"}, {cues.Junior, "junior"}, {cues.Mid, "mid"},
}

// seniority reads the title, or the part of a forum's header that names the
// role. The first of the list above that is named wins: a "Senior Engineering
// Manager" is a manager, an "Internship, Senior Year" an intern. A header that
// names both junior and senior roles has none.
func (s *scene) seniority() string {
	var in cues.Set
	for _, q := range s.found(lexis.Title) {
		if q.Is.Has(cues.Experience) {
			continue
		}
		in |= q.Is
	}
	if in.Has(cues.Junior) && (in.Has(cues.Senior) || in.Has(cues.Mid)) {
		return ""
	}
	if in.Has(cues.FullTime) {
		in &^= cues.Of(cues.Intern) // "full-time or interns": a header of several roles
	}
	for _, x := range seniorities {
		if in.Has(x.class) {
			return x.name
		}
	}
	return ""
}

var employments = []struct {
	class cues.Class
	name  string
}{{cues.Intern, "internship"}, {cues.PartTime, "part_time"}, {cues.Temporary, "temporary"}, {cues.Contract, "contract"}, {cues.FullTime, "full_time"}}

// employment reads the source's field, else the title. "Full-time or contract"
// is full time: the employer offers it.
func (s *scene) employment() string {
	for _, w := range []lexis.Where{lexis.Employment, lexis.Title, lexis.Tags} {
		var in cues.Set
		for _, q := range s.found(w) {
			in |= q.Is
		}
		if in.Has(cues.FullTime) {
			return "full_time"
		}
		for _, x := range employments {
			if in.Has(x.class) {
				return x.name
			}
		}
		if w == lexis.Employment {
			// FullTime, PartTime: as feeds write it, in one word.
			switch f := strings.ToLower(s.doc.Field(w)); {
			case strings.Contains(f, "intern"):
				return "internship"
			case strings.Contains(f, "part"):
				return "part_time"
			case strings.Contains(f, "contract"), strings.Contains(f, "freelance"):
				return "contract"
			case strings.Contains(f, "temp"):
				return "temporary"
			case strings.Contains(f, "full"), strings.Contains(f, "permanent"):
				return "full_time"
			}
		}
	}
	return ""
}

// remote reads where the work is done: what a field of the source says, else the
// location and title, else a plain statement in the text. "Onsite or remote" is
// remote: one may live elsewhere.
func (s *scene) remote(p *schema.Posting) (kind, region string) {
	var in cues.Set
	var at cues.Cue
	for _, w := range []lexis.Where{lexis.Location, lexis.Title, lexis.Tags} {
		for _, q := range s.found(w) {
			if q.Is.Has(cues.Remote) && !in.Has(cues.Remote) {
				at = q
			}
			in |= q.Is
		}
	}
	switch {
	case in.Has(cues.NoRemote), p.Remote == "yes" && s.refusesRemote():
		return "onsite", ""
	case p.Remote == "yes":
		kind = "remote"
	case p.Remote == "hybrid", in.Has(cues.Hybrid):
		kind = "hybrid"
	case in.Has(cues.Remote):
		kind = "remote"
	case in.Has(cues.Onsite):
		kind = "onsite"
	case p.Remote == "no":
		// Feeds' flag knows two states: "no" is also said of hybrid work.
		if kind = "onsite"; s.remoteInText() == "hybrid" {
			kind = "hybrid"
		}
	default:
		kind = s.remoteInText()
	}
	if kind == "remote" && in.Has(cues.Remote) {
		region = s.region(at)
	}
	return kind, region
}

// refusesRemote says that the text says in plain words that the work is not
// remote, which counts for more than a feed's flag.
func (s *scene) refusesRemote() bool {
	return slices.ContainsFunc(s.found(lexis.Text), func(q cues.Cue) bool { return q.Is.Has(cues.NoRemote) })
}

// remoteInText believes a phrase ("fully remote", "remote position"), not the
// bare word, which ads use of teams, servers and sensing. What is said first of
// the role counts: what an employer says of itself in general comes last.
func (s *scene) remoteInText() string {
	kind := ""
	for _, q := range s.found(lexis.Text) {
		switch {
		case q.Is.Has(cues.NoRemote):
			return "onsite"
		case kind != "" || q.Last == q.First && !s.beforeWork(q):
		case q.Is.Has(cues.Hybrid):
			kind = "hybrid"
		case q.Is.Has(cues.Remote):
			kind = "remote"
		}
	}
	return kind
}

var workWords = wordSet("position role job opportunity company candidates possible working welcome work model policy schedule arrangement setup")

func (s *scene) beforeWork(q cues.Cue) bool {
	i := int(q.Last) + 1
	return i < len(s.doc.Tokens) && s.doc.Tokens[i].Sep == lexis.Space && workWords[s.doc.Tokens[i].Hash]
}

// region is what stands in brackets or after a dash behind "remote", or before
// it in a location field, as stated. What stands beside an "or" is another place
// to work at, and no region.
func (s *scene) region(q cues.Cue) string {
	d := s.doc
	line := d.LineOf(int(q.First))
	end := q.Last
	for i := q.Last + 1; i < line.Last && i <= q.Last+8; i++ {
		sep := d.Tokens[i].Sep
		if i == q.Last+1 && d.Tokens[i].Hash == orHash {
			return ""
		}
		if s.isOnsite(i) {
			break
		}
		if i == q.Last+1 && sep&(lexis.Open|lexis.Dash|lexis.Hyphen|lexis.Colon|lexis.Comma) == 0 && sep != lexis.Space {
			break
		}
		if sep&(lexis.Break|lexis.Close|lexis.Semicolon) != 0 {
			break
		}
		end = i
	}
	first := q.Last + 1
	if end == q.Last {
		if d.Tokens[q.First].Where != lexis.Location || q.First == line.First {
			return ""
		}
		first, end = line.First, q.First-1
		for i := q.First; i > first; i-- {
			if d.Tokens[i].Sep&(lexis.Semicolon|lexis.Break|lexis.Slash) != 0 {
				first = i
			} else if d.Tokens[i-1].Hash == orHash {
				first = i
			}
		}
		if first > end || slices.ContainsFunc(s.places.Find(d, int(first), int(end)+1, true), func(p place.Place) bool { return p.City != "" }) {
			return "" // "Berlin, Remote": a city to work in instead
		}
	}
	for end > first && (d.Tokens[end].Hash == orHash || d.Tokens[end].Hash == andHash) {
		end--
	}
	out := d.Raw[d.Tokens[first].Start:d.Tokens[end].End]
	if strings.Count(out, "(") > strings.Count(out, ")") && int(d.Tokens[end].End) < len(d.Raw) && d.Raw[d.Tokens[end].End] == ')' {
		out += ")"
	}
	if len(s.places.Find(d, int(first), int(end)+1, true)) == 0 || len(out) > 80 {
		return ""
	}
	return strings.Join(strings.Fields(out), " ")
}

// isOnsite says that a cue for work on site begins at token i.
func (s *scene) isOnsite(i int32) bool {
	for _, q := range cues.Within(s.cues, i, i+1) {
		if q.Is.Has(cues.Onsite) {
			return true
		}
	}
	return false
}

var orHash, andHash = lexis.Hash("or"), lexis.Hash("and")

// found are the cues in a field.
func (s *scene) found(w lexis.Where) []cues.Cue {
	from, to := s.doc.In(w)
	return cues.Within(s.cues, int32(from), int32(to))
}

func wordSet(words string) map[uint64]bool {
	m := map[uint64]bool{}
	for _, w := range strings.Fields(words) {
		m[lexis.Hash(w)] = true
	}
	return m
}

// isJob tells ads from what else stands in the same places: rules of a thread,
// answers, people who look for work. Boards carry nothing else than ads, so only
// forums and newsletters are doubted.
func (s *scene) isJob(p *schema.Posting) (bool, string) {
	kind, _, _ := strings.Cut(p.Source, "/")
	forum := kind == "hn" || kind == "reddit"
	if strings.TrimSpace(p.Title) == "" && len(s.doc.Tokens) < 3 {
		return false, "it says nothing"
	}
	title := strings.ToLower(p.Title)
	for _, w := range []string{"[for hire]", "(for hire)", "seeking work", "seeking freelancer", "who wants to be hired"} {
		if strings.HasPrefix(title, w) {
			return false, "its title offers work or a worker: " + w
		}
	}
	if linksThread(p, title) {
		return false, "it links a thread of ads and is none"
	}
	if !forum {
		return true, "it stands in a source of ads"
	}
	seek, seeker, notice := 0, 0, 0
	var firstSeeker, firstNotice cues.Cue
	for _, q := range s.cues {
		if q.Is.Has(cues.Seek) {
			seek++
		}
		if q.Is.Has(cues.Seeker) {
			if seeker++; seeker == 1 {
				firstSeeker = q
			}
		}
		if q.Is.Has(cues.Notice) {
			if notice++; notice == 1 {
				firstNotice = q
			}
		}
	}
	words := len(s.doc.Tokens)
	header := strings.Count(p.Title, "|") >= 2 || strings.Contains(title, "is hiring") || strings.Contains(title, "are hiring")
	switch {
	case header && seeker <= 1:
		return true, "it begins with the header of an ad"
	case seeker >= 2 && seeker*2 >= seek, seeker >= 1 && seek <= 1:
		return false, "somebody looks for work: " + s.doc.Excerpt(int(firstSeeker.First), int(firstSeeker.Last), 100)
	case notice >= 1 && (notice*2 >= seek || words < 60 && !header):
		return false, "it answers or regulates: " + s.doc.Excerpt(int(firstNotice.First), int(firstNotice.Last), 100)
	case seek == 0 && words < 40:
		return false, "nobody is sought in it"
	case words < 60 && seek <= 1 && !reachable(p) && !strings.Contains(p.Title, "|"):
		return false, "it is short and names no way to apply"
	case words < 12 && seek <= 1:
		return false, "it is too short for an ad"
	}
	return true, "somebody is sought"
}

// reachable says that the ad gives an address to write to or to open.
func reachable(p *schema.Posting) bool {
	return strings.Contains(p.Text, "http") || strings.Contains(p.Text, "@") || p.Link != ""
}

// linksThread says that a newsletter's entry is the link to a thread of ads.
func linksThread(p *schema.Posting, title string) bool {
	if strings.Contains(title, "official /r/rust") || strings.Contains(title, "official r/rust") || strings.Contains(title, "who's hiring thread") {
		return true
	}
	return strings.Contains(title, "who is hiring") && !strings.Contains(title, "|") && len(title) < 80
}

// languages are those that textLanguage tells apart by the commonest words of
// ads in them.
var languages = [...]struct{ code, words string }{
	{"en", "the and to of in we for with you our is are your that on as will be or at this have"},
	{"de", "und der die das mit für wir sie du ist von den ein eine zu auf im bei oder deine unser werden"},
	{"fr", "et le la les des vous nous pour dans avec une est sur votre notre du en au sont qui"},
	{"es", "el los las y para con una en por que tu nuestro como más experiencia del se trabajo"},
	{"pt", "e os para com uma em por que você nosso mais experiência não na dos são ou"},
	{"nl", "het een van en voor met je wij zijn op ons bij aan dat naar jij onze"},
	{"it", "il di e per con una che in nostro più alla dei della sono gli lavoro"},
	{"pl", "i w na z do oraz się jest dla pracy doświadczenie nie od"},
	{"sv", "och att det som en på är av för med vi du till ett"},
}

// stopwords gives of each word the set of languages that use it.
var stopwords = func() (m lexis.Words) {
	for i, l := range languages {
		for _, w := range strings.Fields(l.words) {
			m.Add(w, 1<<i)
		}
	}
	return m
}()

// textLanguage guesses the language of the text by its commonest words, or by
// its script; empty when it is short or undecided. A hundred words tell.
func (s *scene) textLanguage() string {
	from, to := s.doc.In(lexis.Text)
	tokens := s.doc.Tokens[from:to]
	if len(tokens) < 8 {
		tokens = s.doc.Tokens
	}
	tokens = tokens[:min(len(tokens), 100)]
	if len(tokens) < 8 {
		return ""
	}
	var counts [len(languages)]int
	var scripts map[string]int
	for _, t := range tokens {
		if c := s.doc.Lower[t.Start]; c >= 0xd0 {
			if scripts == nil {
				scripts = map[string]int{}
			}
			scripts[scriptOf(s.doc.Raw[t.Start:t.End])]++
		}
		if t.End-t.Start > 12 {
			continue
		}
		for set := stopwords.Of(t.Hash); set != 0; set &= set - 1 {
			counts[bits.TrailingZeros16(set)]++
		}
	}
	for _, l := range []string{"ja", "zh", "ko", "ru", "he", "ar"} {
		if scripts[l]*3 >= len(tokens) {
			return l
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	if counts[best] < 2 || counts[best]*12 < len(tokens) {
		return ""
	}
	return languages[best].code
}

func scriptOf(word string) string {
	for _, r := range word {
		switch {
		case r >= 0x3040 && r <= 0x30ff:
			return "ja"
		case r >= 0x4e00 && r <= 0x9fff:
			return "zh"
		case r >= 0xac00 && r <= 0xd7a3:
			return "ko"
		case r >= 0x400 && r <= 0x4ff:
			return "ru"
		case r >= 0x590 && r <= 0x5ff:
			return "he"
		case r >= 0x600 && r <= 0x6ff:
			return "ar"
		}
	}
	return ""
}
