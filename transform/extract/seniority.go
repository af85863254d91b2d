package extract

import (
	"jobmarket/transform/extract/cues"
	"jobmarket/transform/lexis"
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

// seniority reads the title, or the part of a forum's header that names the role.
// The first of the list above that is named wins: a "Senior Engineering Manager" is
// a manager. A header that names several roles of several ranks has none, and the
// word "INTERNS" in one says that interns are welcome too, not who is wanted.
func (s *scene) seniority(forum bool) string {
	var in cues.Set
	associate := true // the only word for a junior
	for _, q := range s.found(lexis.Title) {
		if q.Is.Has(cues.Experience) {
			continue
		}
		if q.Is.Has(cues.Junior) {
			associate = associate && s.doc.Tokens[q.Last].Hash == associateHash
		}
		in |= q.Is
	}
	if forum {
		same, ranks := s.ranks()
		if !same {
			return ""
		}
		in = in&^cues.Of(cues.Intern) | ranks&cues.Of(cues.Intern)
	}
	if in.Has(cues.Junior) && (in.Has(cues.Senior) || in.Has(cues.Mid) || in.Has(cues.Lead)) {
		if !associate {
			return ""
		}
		in &^= cues.Of(cues.Junior) // "Lead Senior Compliance Associate"
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

// ranks are the classes of seniority of the roles that a title lists, and whether
// all its roles have the same. A part of the list without a word for a role belongs
// to the next: "Lead/Senior Engineer".
func (s *scene) ranks() (same bool, ranks cues.Set) {
	from, to := s.doc.In(lexis.Title)
	found := s.found(lexis.Title)
	var part, first cues.Set
	same, role, roles := true, false, 0
	for i := from; i <= to; i++ {
		if i == to || i > from && s.parts(i) {
			if role {
				if roles++; roles == 1 {
					first = part
				}
				same = same && part == first
				ranks |= part
				part, role = 0, false
			}
			part &^= cues.Of(cues.Intern) // alone it is a keyword
			if i == to {
				break
			}
		}
		for len(found) > 0 && int(found[0].First) <= i {
			q := found[0]
			found = found[1:]
			if q.Is.Has(cues.Experience) {
				role = true
				continue
			}
			part |= q.Is & seniority
			role = role || q.Is&cues.Of(cues.Manager, cues.Director) != 0 || q.Is.Has(cues.Lead) && q.Last > q.First
		}
		role = role || roleNouns[s.doc.Tokens[i].Hash]
	}
	return same, ranks
}

// parts says that token i begins another part of a list.
func (s *scene) parts(i int) bool {
	t := &s.doc.Tokens[i]
	return t.Sep&(lexis.Comma|lexis.Slash|lexis.Break|lexis.Semicolon|lexis.And|lexis.Line|lexis.Dash) != 0 || t.Hash == orHash || t.Hash == andHash
}

var (
	associateHash = lexis.Hash("associate")
	roleNouns     = wordSet(`engineer engineers developer developers programmer programmers architect architects designer designers
		scientist scientists analyst analysts devops sre researcher researchers consultant consultants writer recruiter administrator
		administrators qa tester testers dev devs specialist specialists dba sysadmin hacker hackers`)
	seniority = func() (all cues.Set) {
		for _, x := range seniorities {
			all |= cues.Of(x.class)
		}
		return all
	}()
)
