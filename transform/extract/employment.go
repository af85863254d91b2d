package extract

import (
	"bytes"
	"slices"

	"jobmarket/transform/extract/cues"
	"jobmarket/transform/lexis"
)

var employments = []struct {
	class cues.Class
	name  string
}{{cues.Intern, "internship"}, {cues.PartTime, "part_time"}, {cues.Temporary, "temporary"}, {cues.Contract, "contract"}, {cues.FullTime, "full_time"}}

// employment reads the source's field, else the title, else a plain statement in
// the text. "Full-time or contract" is full time: the employer offers it. Who works
// "as a contractor" has a contract, whatever the hours. In a forum's ad that lists
// roles, what stands beside one of them is not the ad's.
func (s *scene) employment(forum bool) string {
	if s.asContractor() {
		return "contract"
	}
	welcome := false // interns, but others are wanted
	if forum {
		from, to := s.doc.In(lexis.Title)
		welcome = !s.list.ranks.Has(cues.Intern) && slices.ContainsFunc(s.doc.Tokens[from:to], func(t lexis.Token) bool { return roleNouns.Has(t.Hash) })
	}
	for _, w := range []lexis.Where{lexis.Employment, lexis.Title, lexis.Tags} {
		var in cues.Set
		for _, q := range s.found(w) {
			in |= q.Is
		}
		if welcome {
			in &^= cues.Of(cues.Intern)
		}
		if kind := kindOf(in); kind != "" {
			return kind
		}
		if w != lexis.Employment {
			continue
		}
		if kind := employmentField(s.lower(w)); kind != "" && !(welcome && kind == "internship") {
			return kind
		}
	}
	var in cues.Set
	for _, q := range s.found(lexis.Text) {
		if forum && q.Is&kinds != 0 && s.ofOneRole(q) {
			continue
		}
		next := int(q.Last) + 1
		if s.stated(q) || next < len(s.doc.Tokens) && s.doc.Tokens[next].Sep == lexis.Space && jobWords.Has(s.doc.Tokens[next].Hash) {
			in |= q.Is
		}
	}
	return kindOf(in &^ cues.Of(cues.Intern))
}

// asContractor says that the work is a contractor's: the title says "as a contractor",
// or a sentence that says so speaks of what the reader will be, and not of what else
// he may be or was.
func (s *scene) asContractor() bool {
	t := s.doc.Tokens
	for _, q := range s.cues {
		first := int(q.First) - 1
		if !q.Is.Has(cues.Contract) || first < 1 {
			continue
		}
		if articles.Has(t[first].Hash) {
			first--
		}
		if t[first].Hash != asHash || t[first+1].Sep != lexis.Space {
			continue
		}
		if t[q.First].Where == lexis.Title {
			return true
		}
		sentence := s.doc.SentenceOf(first)
		will, other := false, false
		for i := max(int(sentence.First), first-sentenceReach); i < min(int(sentence.Last), first+sentenceReach); i++ {
			will = will || t[i].Hash == willHash || t[i].Hash == llHash
			other = other || t[i].Hash == orHash || experienceWord == t[i].Hash || yearWords.Has(t[i].Hash)
		}
		if will && !other {
			return true
		}
	}
	return false
}

// sentenceReach is how many words on either side of a cue are its sentence: the
// sentences of ads can be lists of a hundred.
const sentenceReach = 16

// ofOneRole says that the cue stands in a short line that names a role, of a text with
// other such lines: "Freelance Writer (REMOTE)" below "Talent Analyst (Berlin)".
func (s *scene) ofOneRole(q cues.Cue) bool {
	own := s.doc.SentenceOf(int(q.First)).Line
	from, to := s.doc.In(lexis.Text)
	head := s.doc.SentenceOf(from).Line
	if own == head || !s.namesRole(own) {
		return false
	}
	for line := head + 1; line <= s.doc.SentenceOf(to-1).Line; line++ {
		if line != own && s.namesRole(line) {
			return true
		}
	}
	return false
}

// namesRole says that a line is short and names a role.
func (s *scene) namesRole(line int32) bool {
	const short = 14
	l := s.doc.Lines[line]
	return l.Len() <= short && slices.ContainsFunc(s.doc.Tokens[l.First:l.Last], func(t lexis.Token) bool { return roleNouns.Has(t.Hash) })
}

var (
	articles                 = lexis.SetOf("a an independent")
	asHash, willHash, llHash = lexis.Hash("as"), lexis.Hash("will"), lexis.Hash("ll")
	kinds                    = cues.Of(cues.PartTime, cues.Temporary, cues.Contract)
)

// kindOf is the kind of employment that the classes say; full time sooner than any
// other.
func kindOf(in cues.Set) string {
	if in.Has(cues.FullTime) {
		return "full_time"
	}
	for _, x := range employments {
		if in.Has(x.class) {
			return x.name
		}
	}
	return ""
}

// employmentField reads what feeds write in one word: FullTime, PartTime.
func employmentField(field []byte) string {
	if len(field) == 0 {
		return ""
	}
	for _, x := range feedWords {
		if bytes.Contains(field, x.part) {
			return x.kind
		}
	}
	return ""
}

var feedWords = []struct {
	part []byte
	kind string
}{
	{[]byte("intern"), "internship"}, {[]byte("part"), "part_time"}, {[]byte("contract"), "contract"}, {[]byte("freelance"), "contract"},
	{[]byte("temp"), "temporary"}, {[]byte("full"), "full_time"}, {[]byte("permanent"), "full_time"},
}

// jobWords stand behind a kind of employment that is the job's: "a full-time role".
var jobWords = lexis.SetOf(`position positions role roles job jobs opportunity opportunities opening openings employment employee employees
	hire hires engineer engineers developer developers designer designers basis`)
