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

// remote reads where the work is done: what a field of the source says, else the
// location and title, else a plain statement in the text. "Onsite or remote" is
// remote: one may live elsewhere. Feeds' flag knows two states, yes and no, of which
// either is also said of hybrid work: what the ad itself says of it counts for more.
func (s *scene) remote(p *schema.Posting) (kind, region string) {
	var in cues.Set
	var at cues.Cue
	for _, w := range []lexis.Where{lexis.Location, lexis.Title, lexis.Tags} {
		for _, q := range s.found(w) {
			if w == lexis.Title && s.doc.Tokens[q.First].Hash == distributedHash && q.First == q.Last && !s.apart(q) {
				continue // "Engineer, Distributed Storage"
			}
			if q.Is.Has(cues.Remote) && !in.Has(cues.Remote) {
				at = q
			}
			in |= q.Is
		}
	}
	days := s.officeDays()
	switch {
	case in.Has(cues.NoRemote), p.Remote == "yes" && s.refusesRemote(), p.Remote == "yes" && days == workWeek && !in.Has(cues.Remote):
		return "onsite", ""
	case p.Remote == "yes" && !in.Has(cues.Remote) && (in.Has(cues.Hybrid) || days > 0 && days < workWeek || s.remoteInText(days) == "hybrid"):
		kind = "hybrid"
	case p.Remote == "yes":
		kind = "remote"
	case p.Remote == "hybrid", in.Has(cues.Hybrid):
		kind = "hybrid"
	case in.Has(cues.Remote):
		kind = "remote"
	case in.Has(cues.Onsite):
		kind = "onsite"
	case p.Remote == "no":
		if kind = "onsite"; s.remoteInText(days) == "hybrid" {
			kind = "hybrid"
		}
	default:
		kind = s.remoteInText(days)
	}
	switch {
	case kind == "remote" && in.Has(cues.Remote):
		region = s.region(at)
	case kind == "remote":
		region = s.areas()
	}
	return kind, region
}

// refusesRemote says that the text says in plain words that the work is not
// remote, which counts for more than a feed's flag.
func (s *scene) refusesRemote() bool {
	return slices.ContainsFunc(s.found(lexis.Text), func(q cues.Cue) bool { return q.Is.Has(cues.NoRemote) })
}

// workWeek is how many days of a week are worked.
const workWeek = 5

// officeDays is how many days of a week are to be spent in an office, as the text
// says: "three days a week in our office", "in the office on Mondays and Thursdays"; 0
// where it does not.
func (s *scene) officeDays() (days int) {
	t := s.doc.Tokens
	from, to := s.doc.In(lexis.Text)
	for i := from; i < to; i++ {
		if !mayBeDay[byte(t[i].Hash)] {
			continue
		}
		switch is := dayWords.Of(t[i].Hash); {
		case is == 0:
		case is&aDay != 0:
			if i > from && i+2 < to && (weekWords[t[i+1].Hash] || weekWords[t[i+2].Hash]) {
				days = max(days, s.daysAWeek(i))
			}
		case i == from || dayWords.Of(t[i-1].Hash) == 0:
			days = max(days, s.weekdays(i))
		}
	}
	return days
}

// daysAWeek is officeDays for a number of days at token i.
func (s *scene) daysAWeek(i int) int {
	t := s.doc.Tokens
	n := int(s.number(i - 1))
	if n < 1 || n > workWeek {
		return 0
	}
	sentence := s.doc.SentenceOf(i)
	office, home := false, false
	for j := max(int(sentence.First), i-14); j < min(int(sentence.Last), i+14); j++ {
		office, home = office || officeWords[t[j].Hash], home || homeWords[t[j].Hash]
	}
	switch {
	case home && !office:
		return workWeek - n // "two days a week you work from home"
	case office && (!home || n > workWeek/2): // "three days in the office, two from home"
		return n
	}
	return 0
}

// weekdays is officeDays for a list of weekdays that begins at token i: "from our
// offices on Mondays and Thursdays". What is eaten, drunk or held there on a day tells
// nothing of the others, and "Monday to Friday" are hours.
func (s *scene) weekdays(i int) int {
	const reach = 10
	t := s.doc.Tokens
	sentence := s.doc.SentenceOf(i)
	named, last := uint16(0), i
	for j := i; j < min(int(sentence.Last), i+reach); j++ {
		switch is := dayWords.Of(t[j].Hash); {
		case is&^aDay != 0 && (j == i || t[j].Sep&(lexis.Hyphen|lexis.Dash) == 0):
			if j > i && t[j-1].Hash == toWord {
				return 0
			}
			named, last = named|is, j
		case j-last > 2, throughWords[t[j].Hash]:
			j = int(sentence.Last)
		}
	}
	n := bits.OnesCount16(named)
	if n < 2 || n >= workWeek {
		return 0
	}
	office := false
	for j := max(int(sentence.First), i-reach); j < min(int(sentence.Last), last+reach); j++ {
		if eventWords[t[j].Hash] || throughWords[t[j].Hash] {
			return 0
		}
		office = office || officeWords[t[j].Hash]
	}
	if !office {
		return 0
	}
	return n
}

var (
	weekWords    = wordSet("week weekly wk")
	officeWords  = wordSet("office onsite site person hq headquarters offices")
	homeWords    = wordSet("remote remotely home wfh")
	throughWords = wordSet("through thru until till hours")
	eventWords   = wordSet("lunch lunches dinner dinners breakfast breakfasts bagels beer beers drinks snacks catered cater catering food pizza party yoga massages talks")
)

// dayWords has a bit for the word day, and one for each weekday; mayBeDay tells most
// other words apart by a byte of their hash.
var dayWords, mayBeDay = func() (w lexis.Words, first [256]bool) {
	for i, name := range []string{"day", "monday", "tuesday", "wednesday", "thursday", "friday"} {
		for _, word := range []string{name, name + "s"} {
			w.Add(word, aDay<<i)
			first[byte(lexis.Hash(word))] = true
		}
	}
	return w, first
}()

const aDay = 1

// remoteInText believes a phrase ("fully remote", "remote position") and what stands
// in capitals or as a fact of its own, not the bare word, which ads use of teams,
// servers and sensing. What is said first of the role counts: what an employer says
// of itself in general comes last.
func (s *scene) remoteInText(officeDays int) string {
	kind := ""
	for _, q := range s.found(lexis.Text) {
		bare := q.Last == q.First || s.doc.Tokens[q.Last].Hash == officeHash && q.Is.Has(cues.Remote) // "home office"
		capitals := s.doc.Tokens[q.First].Flags&lexis.AllCaps != 0
		switch {
		case q.Is.Has(cues.NoRemote):
			return "onsite"
		case kind != "":
		case bare && !capitals && !s.stated(q) && !s.beforeWork(q):
		case q.Is.Has(cues.Hybrid), q.Is.Has(cues.Remote) && s.mixed(q):
			kind = "hybrid"
		case q.Is.Has(cues.Remote):
			kind = "remote"
		case q.Is.Has(cues.Onsite) && (capitals || s.stated(q)):
			kind = "onsite"
		}
	}
	switch {
	case officeDays == workWeek && kind != "remote":
		return "onsite"
	case officeDays > 0 && officeDays < workWeek:
		return "hybrid"
	}
	return kind
}

// mixed says that the sentence goes on with the office: "work from home, the office or a
// mix of both".
func (s *scene) mixed(q cues.Cue) bool {
	const reach = 9
	t := s.doc.Tokens
	office := false
	for i := int(q.Last) + 1; i < min(int(s.doc.SentenceOf(int(q.First)).Last), int(q.Last)+reach); i++ {
		if office && mixWords[t[i].Hash] {
			return true
		}
		office = office || officeWords[t[i].Hash]
	}
	return false
}

var (
	mixWords                    = wordSet("mix both combination blend")
	distributedHash, officeHash = lexis.Hash("distributed"), lexis.Hash("office")
)

// apart says that nothing stands beside the cue but separators that end a fact, or the
// word for a team.
func (s *scene) apart(q cues.Cue) bool {
	t := s.doc.Tokens
	_, to := s.doc.In(t[q.First].Where)
	next := int(q.Last) + 1
	return ends(t[q.First].Sep) && (next >= to || ends(t[next].Sep) || teamWords[t[next].Hash])
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
	if d.Tokens[q.First].Where == lexis.Location && !strings.Contains(d.Field(lexis.Location), "(") {
		if areas := s.areas(); areas != "" {
			return areas
		}
	}
	line := d.LineOf(int(q.First))
	end, after := q.Last, q.Last+1
	for i := q.Last + 1; i < line.Last && i <= q.Last+8; i++ {
		sep := d.Tokens[i].Sep
		if end == q.Last && hoursWords[d.Tokens[i].Hash] { // "Remote, full time, US only"
			for i+1 < line.Last && (d.Tokens[i+1].Sep == lexis.Space || hoursWords[d.Tokens[i+1].Hash] || d.Tokens[i+1].Hash == timeHash) {
				i++
			}
			after = i + 1
			continue
		}
		if hoursWords[d.Tokens[i].Hash] || termWords[d.Tokens[i].Hash] || d.Tokens[i].Flags&lexis.Link != 0 || d.Tokens[i].Flags&lexis.Digit != 0 && d.Tokens[i].End-d.Tokens[i].Start > 1 {
			break
		}
		if ownWord[d.Tokens[i].Hash] { // "US, HQ in Berlin"
			const apart = lexis.Comma | lexis.Open | lexis.Dash
			for j := i; end > q.Last && d.Tokens[j].Sep&apart == 0; j-- {
				end = j - 2
			}
			end = max(end, q.Last)
			break
		}
		if i == q.Last+1 && d.Tokens[i].Hash == orHash {
			return ""
		}
		if s.isOnsite(i) {
			break
		}
		if i == after && i == q.Last+1 && sep&(lexis.Open|lexis.Dash|lexis.Hyphen|lexis.Colon|lexis.Comma) == 0 && sep != lexis.Space {
			break
		}
		if sep&(lexis.Break|lexis.Close|lexis.Semicolon) != 0 {
			break
		}
		end = i
	}
	first := after
	if end == q.Last {
		if d.Tokens[q.First].Where != lexis.Location || q.First == line.First || d.Tokens[q.First].Sep&lexis.And != 0 {
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
	for end > first && (d.Tokens[end].Hash == orHash || d.Tokens[end].Hash == andHash || d.Tokens[end].Hash == remoteHash) {
		end--
	}
	for i := end; i > first; i-- { // what is cut short in a bracket: "US (travel to HQ)"
		if d.Tokens[i].Sep&lexis.Open != 0 && !strings.ContainsAny(d.Raw[d.Tokens[end].End:min(int(d.Tokens[end].End)+2, len(d.Raw))], ")]") {
			end = i - 1
		}
	}
	found := s.places.Find(d, int(first), int(end)+1, true)
	if first == q.Last+1 && d.Tokens[q.First].Where == lexis.Location && d.Tokens[first].Sep&lexis.Comma != 0 && !limitWords[d.Tokens[end].Hash] &&
		slices.ContainsFunc(found, func(p place.Place) bool { return p.City != "" }) {
		return "" // "Remote, Berlin or Lisbon": cities to work in instead
	}
	out := d.Raw[d.Tokens[first].Start:d.Tokens[end].End]
	if d.Tokens[end].End-d.Tokens[end].Start == 1 && d.Raw[d.Tokens[end].End] == '.' {
		out += "." // "U.S."
	}
	if strings.Count(out, "(") > strings.Count(out, ")") && int(d.Tokens[end].End) < len(d.Raw) && d.Raw[d.Tokens[end].End] == ')' {
		out += ")"
	}
	if len(found) == 0 || len(out) > 80 {
		return ""
	}
	return strings.Join(strings.Fields(out), " ")
}

// termWords end what is said of the region: terms of the job, and what stands there
// of the employer.
var termWords = wordSet(`visa visas h1b sponsor sponsored sponsorship relocation relocate relo
	salary equity bonus week weeks month months day days times intern interns team funded`)

var (
	hoursWords           = wordSet("full fulltime part contract contractor contractors")
	ownWord              = wordSet("hq headquarters company founders founder vacation people office offices") // of the employer
	limitWords           = wordSet("preferred only based ok okay preferably prefered")
	remoteHash, timeHash = lexis.Hash("remote"), lexis.Hash("time")
)

// areas is the location field where it names areas and countries only, besides that
// the work is remote: where somebody who works elsewhere than at an employer's place may
// live.
func (s *scene) areas() string {
	from, to := s.doc.In(lexis.Location)
	if to-from > 40 {
		return ""
	}
	remote := func(i int) bool {
		return slices.ContainsFunc(s.found(lexis.Location), func(q cues.Cue) bool {
			return q.Is.Has(cues.Remote) && int(q.First) <= i && i <= int(q.Last)
		})
	}
	for i := from; i < to; i++ { // "Berlin or remote": another place to work at
		apart := i > from && remote(i) != remote(i-1)
		if h := s.doc.Tokens[i].Hash; apart && (s.doc.Tokens[i].Sep&(lexis.Slash|lexis.And) != 0) ||
			(h == orHash || h == andHash) && (i > from && remote(i-1) || i+1 < to && remote(i+1)) {
			return ""
		}
	}
	for from < to && remote(from) {
		from++
	}
	for from < to && remote(to-1) {
		to--
	}
	if from == to || s.doc.Tokens[to-1].End-s.doc.Tokens[from].Start > 80 {
		return ""
	}
	found := s.places.Find(s.doc, from, to, true)
	if len(found) == 0 || slices.ContainsFunc(found, func(p place.Place) bool { return p.City != "" }) {
		return ""
	}
	for i := from; i < to; i++ { // nothing else may stand there, as a town that nobody knows
		in := func(p place.Place) bool { return int(p.First) <= i && i <= int(p.Last) }
		if h := s.doc.Tokens[i].Hash; h != orHash && h != andHash && !remote(i) && !slices.ContainsFunc(found, in) {
			return ""
		}
	}
	var out strings.Builder
	for i := from; i < to; i++ {
		start := s.doc.Tokens[i].Start
		for i+1 < to && !remote(i+1) {
			i++
		}
		if out.Len() > 0 {
			out.WriteString("; ") // "Canada - Remote, Mexico - Remote"
		}
		out.WriteString(s.doc.Raw[start:s.doc.Tokens[i].End])
		for i+1 < to && remote(i+1) {
			i++
		}
	}
	if last := s.doc.Tokens[to-1]; last.End-last.Start == 1 && s.doc.Raw[last.End] == '.' {
		out.WriteString(".") // "U.S."
	}
	return strings.Join(strings.Fields(out.String()), " ")
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
