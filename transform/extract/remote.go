package extract

import (
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
	case p.Remote == "yes" && (in.Has(cues.Hybrid) || days > 0 && days < workWeek) && !in.Has(cues.Remote):
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
// says: "three days a week in our office"; 0 where it does not.
func (s *scene) officeDays() (days int) {
	t := s.doc.Tokens
	from, to := s.doc.In(lexis.Text)
	for i := from + 1; i+2 < to; i++ {
		if !dayWords[t[i].Hash] || !weekWords[t[i+1].Hash] && !weekWords[t[i+2].Hash] {
			continue
		}
		n := int(s.number(i - 1))
		if n < 1 || n > workWeek {
			continue
		}
		sentence := s.doc.SentenceOf(i)
		office, home := false, false
		for j := max(int(sentence.First), i-14); j < min(int(sentence.Last), i+14); j++ {
			office, home = office || officeWords[t[j].Hash], home || homeWords[t[j].Hash]
		}
		switch {
		case home && !office:
			days = max(days, workWeek-n) // "two days a week you work from home"
		case office && (!home || n > workWeek/2): // "three days in the office, two from home"
			days = max(days, n)
		}
	}
	return days
}

var (
	dayWords    = wordSet("day days")
	weekWords   = wordSet("week weekly wk")
	officeWords = wordSet("office onsite site person hq headquarters offices")
	homeWords   = wordSet("remote remotely home wfh")
)

// remoteInText believes a phrase ("fully remote", "remote position") and what stands
// in capitals or as a fact of its own, not the bare word, which ads use of teams,
// servers and sensing. What is said first of the role counts: what an employer says
// of itself in general comes last.
func (s *scene) remoteInText(officeDays int) string {
	kind := ""
	for _, q := range s.found(lexis.Text) {
		bare := q.Last == q.First
		capitals := s.doc.Tokens[q.First].Flags&lexis.AllCaps != 0
		switch {
		case q.Is.Has(cues.NoRemote):
			return "onsite"
		case kind != "":
		case bare && !capitals && !s.stated(q) && !s.beforeWork(q):
		case q.Is.Has(cues.Hybrid):
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

// areas is the location field where it names areas and countries only: where
// somebody who works elsewhere than at an employer's place may live.
func (s *scene) areas() string {
	from, to := s.doc.In(lexis.Location)
	if from == to {
		return ""
	}
	found := s.places.Find(s.doc, from, to, true)
	field := strings.Join(strings.Fields(s.doc.Field(lexis.Location)), " ")
	if len(found) == 0 || len(field) > 80 || slices.ContainsFunc(found, func(p place.Place) bool { return p.City != "" }) {
		return ""
	}
	for i := from; i < to; i++ { // nothing else may stand there, as a town that nobody knows
		in := func(p place.Place) bool { return int(p.First) <= i && i <= int(p.Last) }
		if h := s.doc.Tokens[i].Hash; h != orHash && h != andHash && !slices.ContainsFunc(found, in) {
			return ""
		}
	}
	return field
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
