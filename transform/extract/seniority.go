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
// word "INTERNS" in one says that interns are welcome too, not who is wanted. Where
// no word names a rank a level may: see level.
func (s *scene) seniority(forum bool) string {
	var in cues.Set
	associate := true // the only word for a junior
	for _, q := range s.found(lexis.Title) {
		is := s.rank(q)
		if is.Has(cues.Junior) {
			associate = associate && s.doc.Tokens[q.Last].Hash == associateHash
		}
		in |= is
	}
	if forum {
		if !s.list.same {
			return ""
		}
		unsure := s.list.welcome | cues.Of(cues.Intern)
		in = in&^unsure | s.list.ranks&unsure
	}
	if in&seniority == 0 {
		in |= s.level()
	}
	if in.Has(cues.Junior) && (in.Has(cues.Senior) || in.Has(cues.Mid) || in.Has(cues.Lead)) {
		if !associate {
			return ""
		}
		in &^= cues.Of(cues.Junior) // "Lead Senior Compliance Associate"
	}
	if in.Has(cues.FullTime) && !in.Has(cues.PartTime) {
		in &^= cues.Of(cues.Intern) // "full-time or interns": a header of several roles
	}
	for _, x := range seniorities {
		if in.Has(x.class) {
			return x.name
		}
	}
	return ""
}

// rank is what a cue in the title says of the role's rank: nothing where it only
// holds a word of one ("Product Manager", "Account Manager"), or names one role twice
// ("Engineer/Architect").
func (s *scene) rank(q cues.Cue) cues.Set {
	t := s.doc.Tokens
	switch i := int(q.First); {
	case q.Is.Has(cues.Experience):
		return 0
	case q.First != q.Last:
	case managerHashes.Has(t[i].Hash) && !s.managesPeople(i):
		return q.Is &^ cues.Of(cues.Manager)
	case t[i].Hash == architectHash && i > 0 && t[i].Sep == lexis.Slash && roleNouns.Has(t[i-1].Hash):
		return q.Is &^ cues.Of(cues.Staff)
	}
	return q.Is
}

// managesPeople tells the manager of people from the one of accounts, brands or
// sales, who is an employee as others are. Before token i stands whom he manages
// ("Engineering Manager"), or nothing ("Senior Manager, Tax"), or else the text says
// that he leads people.
func (s *scene) managesPeople(i int) bool {
	t := s.doc.Tokens
	from, _ := s.doc.In(lexis.Title)
	if i == from || s.parts(i) {
		return true
	}
	before := t[i-1].Hash
	if before == orHash || before == andHash {
		return true
	}
	if before == developmentHash && i-2 >= from && salesWords.Has(t[i-2].Hash) {
		return s.leadsPeople()
	}
	for _, q := range cues.Within(s.cues, int32(i-2), int32(i)) {
		if int(q.Last) == i-1 && q.Is&cues.Of(cues.Senior, cues.Lead, cues.Staff, cues.Mid, cues.Junior) != 0 {
			return true
		}
	}
	return managed.Has(before) || s.leadsPeople()
}

// leadsPeople says that the text speaks of leading people. It is read once, however
// many managers a title names.
func (s *scene) leadsPeople() bool {
	if s.leads == unread {
		s.leads = leadsNone
		if s.speaksOfPeople() {
			s.leads = leadsSome
		}
	}
	return s.leads == leadsSome
}

const (
	unread = iota
	leadsNone
	leadsSome
)

// speaksOfPeople is leadsPeople: the text speaks of direct reports, or "you manage a
// team".
func (s *scene) speaksOfPeople() bool {
	const near = 5
	t := s.doc.Tokens
	from, to := s.doc.In(lexis.Text)
	for i := from; i+1 < to; i++ {
		switch next := t[i+1].Hash; {
		case t[i].Hash == directHash && reportWords.Has(next), t[i].Hash == peopleHash && peopleWords.Has(next):
			return true
		case !leadWords.Has(t[i].Hash):
			continue
		}
		own := false
		for j := i + 1; j < min(to, i+near) && t[j].Sep&(lexis.Line|lexis.Stop|lexis.Comma|lexis.Semicolon) == 0 && !acrossWords.Has(t[j].Hash); j++ {
			if own && teamWords.Has(t[j].Hash) {
				return true
			}
			own = own || ownWords.Has(t[j].Hash)
		}
	}
	return false
}

// level is the rank that a number behind the role gives: boards write I for the first
// rung, II for who has done it for some years (the median of what ads of II ask is 5
// years of experience, with 2 to 4 nearly as often), III for who has for long (8). Other
// figures are as often the number of people wanted as a level, and two levels
// ("Engineer II/III") are none.
func (s *scene) level() (in cues.Set) {
	from, to := s.doc.In(lexis.Title)
	for i := from + 1; i < to; i++ {
		t := &s.doc.Tokens[i]
		if t.Flags&lexis.AllCaps == 0 {
			continue
		}
		class, known := levels[t.Hash]
		if !known || t.Sep&^(lexis.Space|lexis.Slash) != 0 || i+1 < to && s.doc.Tokens[i+1].Sep == lexis.Space && t.End-t.Start == 1 {
			continue
		}
		if t.End-t.Start == 1 && !roleNouns.Has(s.doc.Tokens[i-1].Hash) {
			continue // "Type I", "Unit V"
		}
		if is := cues.Of(class); in == 0 {
			in = is
		} else if in != is {
			return 0
		}
	}
	return in
}

var levels = map[uint64]cues.Class{lexis.Hash("i"): cues.Junior, lexis.Hash("ii"): cues.Mid, lexis.Hash("iii"): cues.Senior,
	lexis.Hash("iv"): cues.Senior}

// roleList is what a title says that lists roles.
type roleList struct {
	roles   int      // how many it names
	ranks   cues.Set // classes of seniority of all of them
	same    bool     // all roles have the same
	welcome cues.Set // what the parts say that only say that interns are welcome
}

// ranks reads the title as a list of roles. A part of the list without a word for a
// role belongs to the next: "Lead/Senior Engineer"; a second name of one role to the
// one before: "Senior Tester/Quality Analyst".
func (s *scene) ranks() (list roleList) {
	from, to := s.doc.In(lexis.Title)
	found := s.found(lexis.Title)
	var part, own, first cues.Set // own: of the part alone, without what the ones before lend it
	role, alias := false, false
	list.same = true
	for i := from; i <= to; i++ {
		if i == to || i > from && s.parts(i) {
			if role && !(alias && part == 0) {
				if list.roles++; list.roles == 1 {
					first = part
				}
				list.same = list.same && part == first
				list.ranks |= part
			}
			if role {
				part = 0
			}
			if own.Has(cues.Intern) && !role { // alone it is a keyword
				list.welcome |= own
				part &^= own
			}
			own = 0
			if i == to {
				break
			}
			alias, role = role && s.doc.Tokens[i].Sep == lexis.Slash, false
		}
		for len(found) > 0 && int(found[0].First) <= i {
			q := found[0]
			found = found[1:]
			if q.Is.Has(cues.Experience) {
				role = true
				continue
			}
			own |= s.rank(q) & seniority
			part |= own
			role = role || q.Is&cues.Of(cues.Manager, cues.Director) != 0 || q.Is.Has(cues.Lead) && q.Last > q.First
		}
		role = role || roleNouns.Has(s.doc.Tokens[i].Hash)
	}
	return list
}

// severalRanks says that the title names two ranks, either of which will do:
// "Senior/Staff Engineer".
func (s *scene) severalRanks() bool {
	last := cues.Cue{Last: -2}
	for _, q := range s.found(lexis.Title) {
		if q.Is&seniority == 0 {
			continue
		}
		between := q.First - last.Last - 1
		if last.Last >= 0 && (between == 0 && s.doc.Tokens[q.First].Sep&lexis.Slash != 0 || between == 1 && s.parts(int(q.First-1))) {
			return true
		}
		last = q
	}
	return false
}

// parts says that token i begins another part of a list.
func (s *scene) parts(i int) bool {
	t := &s.doc.Tokens[i]
	return t.Sep&(lexis.Comma|lexis.Slash|lexis.Break|lexis.Semicolon|lexis.And|lexis.Line|lexis.Dash) != 0 || t.Hash == orHash || t.Hash == andHash
}

var (
	associateHash                                          = lexis.Hash("associate")
	architectHash, developmentHash, directHash, peopleHash = lexis.Hash("architect"), lexis.Hash("development"), lexis.Hash("direct"), lexis.Hash("people")
	managerHashes                                          = lexis.SetOf("manager managers")
	// whom a manager of people manages, as a title puts it
	managed = lexis.SetOf(`engineering engineer engineers development developer developers dev software team teams qa science scientists design sre devops
		infrastructure platform shift general country city regional facilities store sdr bdr`)
	salesWords  = lexis.SetOf("business corporate sales partner partnership market")
	reportWords = lexis.SetOf("reports report")
	peopleWords = lexis.SetOf("management manager leader leadership managing")
	leadWords   = lexis.SetOf("lead leading manage managing mentor mentoring coach coaching supervise supervising")
	ownWords    = lexis.SetOf("a an our your")
	teamWords   = lexis.SetOf("team teams")
	acrossWords = lexis.SetOf("cross functional virtual distributed")
	roleNouns   = lexis.SetOf(`engineer engineers developer developers programmer programmers architect architects designer designers
		scientist scientists analyst analysts devops sre researcher researchers consultant consultants writer recruiter administrator
		administrators qa tester testers dev devs specialist specialists dba sysadmin hacker hackers`)
	seniority = func() (all cues.Set) {
		for _, x := range seniorities {
			all |= cues.Of(x.class)
		}
		return all
	}()
)
