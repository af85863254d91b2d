package extract

import (
	"slices"
	"strings"

	"jobmarket/transform/extract/cues"
	"jobmarket/transform/lexis"
)

var employments = []struct {
	class cues.Class
	name  string
}{{cues.Intern, "internship"}, {cues.PartTime, "part_time"}, {cues.Temporary, "temporary"}, {cues.Contract, "contract"}, {cues.FullTime, "full_time"}}

// employment reads the source's field, else the title, else a plain statement in
// the text. "Full-time or contract" is full time: the employer offers it.
func (s *scene) employment(forum bool) string {
	welcome := false // interns, but others are wanted
	if forum {
		_, ranks := s.ranks()
		from, to := s.doc.In(lexis.Title)
		welcome = !ranks.Has(cues.Intern) && slices.ContainsFunc(s.doc.Tokens[from:to], func(t lexis.Token) bool { return roleNouns[t.Hash] })
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
		if kind := employmentField(s.doc.Field(w)); w == lexis.Employment && kind != "" && !(welcome && kind == "internship") {
			return kind
		}
	}
	var in cues.Set
	for _, q := range s.found(lexis.Text) {
		next := int(q.Last) + 1
		if s.stated(q) || next < len(s.doc.Tokens) && s.doc.Tokens[next].Sep == lexis.Space && jobWords[s.doc.Tokens[next].Hash] {
			in |= q.Is
		}
	}
	return kindOf(in &^ cues.Of(cues.Intern))
}

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
func employmentField(field string) string {
	switch f := strings.ToLower(field); {
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
	return ""
}

// jobWords stand behind a kind of employment that is the job's: "a full-time role".
var jobWords = wordSet(`position positions role roles job jobs opportunity opportunities opening openings employment employee employees
	hire hires engineer engineers developer developers designer designers basis`)
