package identity

import (
	"slices"
	"strings"
	"unicode"

	"jobmarket/transform/extract/place"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// TitleKey is the normalised title of the opening: lower case, one spelling of
// each common word, without markers of gender, requisition numbers, places,
// terms of work and brackets that hold such; the seniority stays, because a
// junior and a senior opening are two. Of a forum's header ("Acme | Rust
// Engineer | Berlin") the part that names the role. Empty when none is named.
func TitleKey(title string) string {
	key, _ := titleKey(lexis.NewDoc(&schema.Posting{Title: title}), title, "", "")
	return key
}

// spellings makes one word of what titles write in several ways, and nothing of the
// words that are dropped.
var spellings = func() map[string]string {
	m := map[string]string{
		"sr": "senior", "snr": "senior", "jr": "junior", "eng": "engineer", "engr": "engineer", "engineers": "engineer",
		"engineering": "engineer", "developers": "developer", "dev": "developer", "devs": "developer", "programmers": "programmer", "swe": "software engineer",
		"sde": "software engineer", "fullstack": "full stack", "backend": "back end", "frontend": "front end", "devops": "devops",
		"ii": "2", "iii": "3", "iv": "4", "i": "1", "mgr": "manager", "architects": "architect", "scientists": "scientist",
		"designers": "designer", "managers": "manager", "golang": "go", "rustlang": "rust", "cofounder": "co founder", "internship": "intern",
		"interns": "intern", "development": "developer", "ml": "machine learning", "sre": "site reliability engineer", "qa": "qa",
		"ingenieur": "engineer", "entwickler": "developer", "softwareentwickler": "software developer",
	}
	for w := range strings.FieldsSeq(dropped) {
		m[w] = ""
	}
	return m
}()

// dropped are words of a title that do not tell one opening from another.
const dropped = `remote remotely onsite hybrid wfh fulltime parttime permanent contract m f d w x mfd fmd mwd wmd mfx hf mx fm
	mf gn all genders gender us usa uk eu emea apac latam europe worldwide anywhere only based based hiring urgent urgently
	new wanted needed job position role opening opportunity vacancy visa relocation at in for the a an and or of to our with
	immediate start asap time full_time www http https com io`

// roleNouns are the words by which the part of a header is known to name a role.
var roleNouns = lexis.SetOf(`engineer engineers developer developers programmer programmers architect manager designer scientist analyst
	lead director intern interns internship devops sre researcher consultant specialist administrator head cto vp dev devs
	founder cofounder hacker coder tester writer recruiter advocate technician officer fellow swe devrel expert hackers
	development entwickler rustacean rustaceans controller accountant executive representative partner counsel coordinator`)

// longestTitle is how many bytes of a title are read.
const longestTitle = 400

// titleKey is the key of a title, which d was read from, of an ad of the company
// whose EmployerKey is firm, and that of the places that it names, which the former
// leaves out.
func titleKey(d *lexis.Doc, title, company, firm string) (key, places string) {
	if len(title) > longestTitle {
		title = strings.ToValidUTF8(title[:longestTitle], "")
		d = lexis.Borrow(&schema.Posting{Title: title})
		defer d.Return()
	}
	from, to := roleTokens(d, title, firm)
	named := place.Table().Find(d, from, to, false)
	words := titleWords{d: d, to: to, low: string(d.Lower[:d.Fields[lexis.Title].End])}
	name := plain(company)
	places = place.Keys(named)
	var most [longestTitle]byte
	room := most[:0]
	last := 0 // where the key's last word begins
	telling := false
	for i := from; i < to; i++ {
		// A country's or area's name may belong to the role ("Head of Europe"); a city does not.
		for len(named) > 0 && named[0].Last < int32(i) {
			named = named[1:]
		}
		if len(named) > 0 && named[0].First <= int32(i) {
			continue
		}
		w := plain(words.at(i))
		s, known := spellings[w]
		if known && s == "" || words.requisition(i, w) || (w == "full" || w == "part") && words.at(i+1) == "time" {
			continue
		}
		if known {
			w = s
		}
		telling = telling || !hasField(name, w)
		for rest := w; rest != ""; {
			w, rest, _ = strings.Cut(rest, " ")
			if w == "" || len(room) > 0 && string(room[last:]) == w {
				continue
			}
			if len(room) > 0 {
				room = append(room, ' ')
			}
			last = len(room)
			room = append(room, w...)
		}
	}
	if !telling {
		return "", places
	}
	return string(room), places
}

// roleTokens are the tokens of the title's part that names the role.
func roleTokens(d *lexis.Doc, title, firm string) (from, to int) {
	start, end := rolePart(d, title, firm)
	return tokensIn(d, start, end)
}

// tokensIn are the tokens of the title between two of its bytes.
func tokensIn(d *lexis.Doc, start, end int) (from, to int) {
	from, to = d.In(lexis.Title)
	for from < to && int(d.Tokens[from].Start) < start {
		from++
	}
	for from < to && int(d.Tokens[to-1].End) > end {
		to--
	}
	return from, to
}

// hasField says that w is one of the words between blanks of s.
func hasField(s, w string) bool {
	for f := range strings.FieldsSeq(s) {
		if f == w {
			return true
		}
	}
	return false
}

// titleWords are the words of a title.
type titleWords struct {
	d   *lexis.Doc
	to  int    // the token at which they end
	low string // the title in lower case
}

// at is the word of token i, or empty behind the last.
func (t *titleWords) at(i int) string {
	if i >= t.to {
		return ""
	}
	return t.low[t.d.Tokens[i].Start:t.d.Tokens[i].End]
}

// requisition says that word i, plain w, is the number of an opening or the
// letters before it: "R-12345", "#4711", "JR10023". A level ("Engineer 2") is
// none.
func (t *titleWords) requisition(i int, w string) bool {
	if t.d.Tokens[i].Flags&lexis.Digit == 0 {
		n := t.at(i + 1)
		return (w == "req" || w == "id" || w == "ref" || w == "jr" || w == "r") && len(n) >= 3 && digits(n)
	}
	n := 0
	for _, c := range w {
		if unicode.IsDigit(c) {
			n++
		}
	}
	start := t.d.Tokens[i].Start
	return n >= 3 || n >= 2 && start > 0 && t.d.Raw[start-1] == '#'
}

// rolePart is where the part of a header between pipes that names a role begins
// and ends; of "Role at Company" and "Company: Role" the role; else the title.
func rolePart(d *lexis.Doc, title, firm string) (start, end int) {
	pipes := strings.Count(title, "|")
	firstEnd := strings.IndexByte(title, '|')
	if pipes >= 2 || pipes == 1 && !namesRole(d, 0, firstEnd) {
		for at := 0; at <= len(title); {
			p, _, _ := strings.Cut(title[at:], "|")
			if namesRole(d, at, at+len(p)) && (!mayBe(p, firm) || EmployerKey(p) != firm) {
				return at, at + len(p)
			}
			at += len(p) + 1
		}
		if pipes >= 2 {
			return 0, 0
		}
	}
	end = len(title)
	if pipes == 1 {
		end = firstEnd
	}
	if firm != "" {
		for _, sep := range []string{" at ", " @ ", " - ", " – ", ": ", ", "} {
			if a, b, ok := strings.Cut(title[:end], sep); ok {
				switch {
				case mayBe(b, firm) && EmployerKey(b) == firm:
					return 0, len(a)
				case mayBe(a, firm) && EmployerKey(a) == firm:
					return end - len(b), end
				}
			}
		}
	}
	return 0, end
}

// namesRole says that a word for a role stands between two bytes of the title.
func namesRole(d *lexis.Doc, start, end int) bool {
	from, to := tokensIn(d, start, end)
	return slices.ContainsFunc(d.Tokens[from:to], func(t lexis.Token) bool { return roleNouns.Has(t.Hash) })
}
