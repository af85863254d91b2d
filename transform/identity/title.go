package identity

import (
	"strings"
	"unicode"

	"jobmarket/transform/extract/place"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// PlaceKey is the normalised places of a location, sorted and joined by "; ":
// "Berlin, Germany" and "Berlin" are both "berlin, DE". See [place.Gazetteer.Key].
func PlaceKey(location string) string { return place.Table().Key(location) }

// TitleKey is the normalised title of the opening: lower case, one spelling of
// each common word, without markers of gender, requisition numbers, places,
// terms of work and brackets that hold such; the seniority stays, because a
// junior and a senior opening are two. Of a forum's header ("Acme | Rust
// Engineer | Berlin") the part that names the role. Empty when none is named.
func TitleKey(title string) string { return titleKey(title, "") }

// spellings makes one word of what titles write in several ways.
var spellings = map[string]string{
	"sr": "senior", "snr": "senior", "jr": "junior", "eng": "engineer", "engr": "engineer", "engineers": "engineer",
	"engineering": "engineer", "developers": "developer", "dev": "developer", "devs": "developer", "programmers": "programmer", "swe": "software engineer",
	"sde": "software engineer", "fullstack": "full stack", "backend": "back end", "frontend": "front end", "devops": "devops",
	"ii": "2", "iii": "3", "iv": "4", "i": "1", "mgr": "manager", "architects": "architect", "scientists": "scientist",
	"designers": "designer", "managers": "manager", "golang": "go", "rustlang": "rust", "cofounder": "co founder", "internship": "intern",
	"interns": "intern", "development": "developer", "ml": "machine learning", "sre": "site reliability engineer", "qa": "qa",
	"ingenieur": "engineer", "entwickler": "developer", "softwareentwickler": "software developer",
}

// dropped are words of a title that do not tell one opening from another.
var dropped = set(`remote remotely onsite hybrid wfh fulltime parttime permanent contract m f d w x mfd fmd mwd wmd mfx hf mx fm
	mf gn all genders gender us usa uk eu emea apac latam europe worldwide anywhere only based based hiring urgent urgently
	new wanted needed job position role opening opportunity vacancy visa relocation at in for the a an and or of to our with
	immediate start asap time full_time www http https com io`)

// roleNouns are the words by which the part of a header is known to name a role.
var roleNouns = set(`engineer engineers developer developers programmer programmers architect manager designer scientist analyst
	lead director intern interns internship devops sre researcher consultant specialist administrator head cto vp dev devs
	founder cofounder hacker coder tester writer recruiter advocate technician officer fellow swe devrel expert hackers
	development entwickler rustacean rustaceans controller accountant executive representative partner counsel coordinator`)

func titleKey(title, company string) string {
	if len(title) > 400 {
		title = strings.ToValidUTF8(title[:400], "")
	}
	title = rolePart(title, company)
	d := lexis.Borrow(&schema.Posting{Location: title})
	defer d.Return()
	places := place.Table().Find(d, 0, len(d.Tokens), false)
	low := string(d.Lower)
	firm := plain(company)
	key := make([]byte, 0, len(title)+16)
	last := 0 // where the key's last word begins
	telling := false
	for i := range d.Tokens {
		// A country's or area's name may belong to the role ("Head of Europe"); a city does not.
		for len(places) > 0 && places[0].Last < int32(i) {
			places = places[1:]
		}
		if len(places) > 0 && places[0].First <= int32(i) {
			continue
		}
		w := plain(low[d.Tokens[i].Start:d.Tokens[i].End])
		if dropped[w] || requisition(d, low, i, w) || (w == "full" || w == "part") && next(d, low, i) == "time" {
			continue
		}
		if s, ok := spellings[w]; ok {
			w = s
		}
		telling = telling || !hasField(firm, w)
		for v := range strings.FieldsSeq(w) {
			if len(key) > 0 {
				if string(key[last:]) == v {
					continue
				}
				key = append(key, ' ')
			}
			last = len(key)
			key = append(key, v...)
		}
	}
	if !telling {
		return ""
	}
	return string(key)
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

// next is the word after token i, or empty; low is the Doc in lower case.
func next(d *lexis.Doc, low string, i int) string {
	if i+1 == len(d.Tokens) {
		return ""
	}
	return low[d.Tokens[i+1].Start:d.Tokens[i+1].End]
}

// requisition says that word i, plain w, is the number of an opening or the
// letters before it: "R-12345", "#4711", "JR10023". A level ("Engineer 2") is
// none.
func requisition(d *lexis.Doc, low string, i int, w string) bool {
	if d.Tokens[i].Flags&lexis.Digit == 0 {
		n := next(d, low, i)
		return (w == "req" || w == "id" || w == "ref" || w == "jr" || w == "r") && len(n) >= 3 && digits(n)
	}
	n := 0
	for _, c := range w {
		if unicode.IsDigit(c) {
			n++
		}
	}
	start := d.Tokens[i].Start
	return n >= 3 || n >= 2 && start > 0 && d.Raw[start-1] == '#'
}

// rolePart is the part of a header between pipes that names a role; of "Role at
// Company" and "Company: Role" the role; else the title.
func rolePart(title, company string) string {
	var parts []string
	if strings.IndexByte(title, '|') >= 0 {
		parts = strings.Split(title, "|")
	}
	key := EmployerKey(company)
	if len(parts) >= 3 || len(parts) == 2 && !namesRole(parts[0]) {
		for _, p := range parts {
			if namesRole(p) && (!mayBe(p, key) || EmployerKey(p) != key) {
				return p
			}
		}
		if len(parts) >= 3 {
			return ""
		}
	}
	if len(parts) == 2 {
		title = parts[0]
	}
	if key != "" {
		for _, sep := range []string{" at ", " @ ", " - ", " – ", ": ", ", "} {
			if a, b, ok := strings.Cut(title, sep); ok {
				switch {
				case mayBe(b, key) && EmployerKey(b) == key:
					return a
				case mayBe(a, key) && EmployerKey(a) == key:
					return b
				}
			}
		}
	}
	return title
}

func namesRole(s string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if roleNouns[w] {
			return true
		}
	}
	return false
}
