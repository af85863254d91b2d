package extract

import (
	"slices"

	"jobmarket/transform/extract/cues"
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
		if office && mixWords.Has(t[i].Hash) {
			return true
		}
		office = office || officeWords.Has(t[i].Hash)
	}
	return false
}

var (
	mixWords                    = lexis.SetOf("mix both combination blend")
	distributedHash, officeHash = lexis.Hash("distributed"), lexis.Hash("office")
)

// apart says that nothing stands beside the cue but separators that end a fact, or the
// word for a team.
func (s *scene) apart(q cues.Cue) bool {
	t := s.doc.Tokens
	_, to := s.doc.In(t[q.First].Where)
	next := int(q.Last) + 1
	return ends(t[q.First].Sep) && (next >= to || ends(t[next].Sep) || teamWords.Has(t[next].Hash))
}

var workWords = lexis.SetOf("position role job opportunity company candidates possible working welcome work model policy schedule arrangement setup")

func (s *scene) beforeWork(q cues.Cue) bool {
	i := int(q.Last) + 1
	return i < len(s.doc.Tokens) && s.doc.Tokens[i].Sep == lexis.Space && workWords.Has(s.doc.Tokens[i].Hash)
}
