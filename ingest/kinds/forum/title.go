package forum

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// roles are words that stand in titles, and seldom in places.
var roles = set(`engineer engineers engineering developer developers dev devs programmer programmers architect
	architects scientist scientists researcher researchers designer designers manager managers analyst analysts devops
	sre cto vp lead leads head director intern interns internship internships stack fullstack frontend backend role
	roles position positions hacker hackers qa administrator sysadmin product software multiple various several
	marketing sales data ml ios android mobile web ruby rails python java javascript react golang rust scala php node
	c++ embedded security technical founder cofounder specialist consultant consultants writer recruiter support
	graduate graduates doctoral postdoc phd associate executive officer controller accountant representative partner
	counsel coordinator technologist ceo cfo cmo coo cpo ciso mentor mentors instructor instructors tutor tutors
	sdet swe swes sde sdes dba dbas copywriter marketer marketers tester testers expert experts admin admins
	interviewer interviewers bioinformatician generalist apprentice apprenticeship fullstacker editor producer animator artist
	pentester pentesters tpm tpms wrangler technician fellow fellows nodejs reactjs angularjs elixir clojure haskell
	erlang kotlin solidity`)

// nouns are what one may be employed as.
var nouns = set(`engineer engineers developer developers devs programmer programmers architect architects scientist scientists
	researcher researchers designer designers manager managers analyst analysts devops sre cto vp director intern interns
	internship internships hacker hackers qa administrator sysadmin sysadmins cofounder writer
	recruiter specialist consultant consultants coordinator technician counsel accountant controller mentor mentors instructor
	instructors technologist swe swes sde sdes sdet dba cmo cfo tester testers marketer fellow fellows expert experts pentester pentesters`)

// articles are words that may stand before a noun of which nothing is left out.
var articles = set("a an the our another one first")

// techs are technologies and trades that tell such work by themselves.
var techs = set("fullstack frontend backend ios android ruby rails python java javascript react golang rust scala php node c++ clojure haskell elixir erlang")

// heaps are words that tell of openings that there are some, and not which.
var heaps = set(`multiple various several many all any some a few lots tons variety of open different new more wanted needed sought
	hiring hire openings opening jobs job tech technical role roles position positions engineers engineering developers devs
	dev programmers hackers level levels kinds types sorts across the board see below for our we are is in and or non of to at also may be
	other others roles available currently now great good talented people every everything experienced both team teams x`)

// numbers are words of roles that say how many openings there are.
var numbers = set("multiple various several role roles position positions")

// ranks are words that make of a heap a title: "Senior Engineers".
var ranks = set("senior junior sr jr lead leads principal staff founding")

// links are words of addresses.
var links = set("http https www com io co org net ai")

// fields are words that say before a noun what work it is.
var fields = set(`senior sr junior jr mid medior experienced entry level lead principal staff founding chief head full stack fullstack front back end frontend
	backend software web mobile data machine learning deep ml ai site reliability systems system security platform infrastructure
	cloud network embedded firmware hardware product project program ui ux visual graphic qa test automation release build
	support solutions sales application applications app research big analytics business database devops ruby on rails python
	java javascript js node react angular vue golang go rust scala clojure haskell elixir erlang php net .net c c++ user interface experience ios android unity
	game games graphics computer vision nlp robotics electrical mechanical quantitative technical engineering distributed database
	development digital marketing operations community account customer success content growth technology django wordpress drupal kotlin swift typescript blockchain solidity smart contract`)

var (
	// headTold are words of a sentence, which are in no title.
	headTold = regexp.MustCompile(`(?i)\b(we|we['’]re|our|us|you|your|is|are|was|has|have|that|who|which|help|helping|looking|seeking|hiring|join|build|building|using|want|need)\b`)
	// headSeeks are words of a sentence that says whom somebody seeks.
	headSeeks = regexp.MustCompile(`(?i)\b(hiring|seeks?|seeking|looking|search|searching|needs?|wants?|join|recruiting)\b`)
	// headHere is somebody who says who he is.
	headHere = regexp.MustCompile(`(?i)\b(here|i['’]m|i am|my name)\b`)
)

// field tells whether the word, or each of its pieces, is one of fields.
func field(word string) bool {
	if fields[word] {
		return true
	}
	pieces := strings.FieldsFunc(word, func(c rune) bool { return c == '/' || c == '-' || c == '&' || c == '+' })
	return len(pieces) > 1 && !slices.ContainsFunc(pieces, func(w string) bool { return !fields[w] })
}

// mostWords is how many words a title has at most where they make a sentence.
const mostWords = 12

// role tells whether the part names what one works as.
func (p part) role() bool {
	for _, w := range p.words {
		if roles[w] {
			return true
		}
	}
	return p.says("front end", "back end", "machine learning")
}

// tells tells whether the part says which opening it is: it names a role, more than
// that there are some, and is no sentence.
func (p part) tells() bool {
	if headAddress.MatchString(p.text) && !strings.Contains(p.text, " ") || len(p.words) > mostWords && len(headTold.FindAllString(p.text, 2)) == 2 {
		return false
	}
	if !p.says("front end", "back end", "machine learning") && !slices.ContainsFunc(p.words, func(w string) bool { return roles[w] && !numbers[w] }) {
		return false
	}
	for i := 0; i < len(p.words); i++ {
		w := p.words[i]
		if n := p.placeAt(i, places, countries); n > 0 {
			i += n - 1
			continue
		}
		if i > 0 && strings.HasPrefix(w, "intern") && heaps[p.words[i-1]] { // "Engineering Intern"
			return true
		}
		if ranks[w] || !heaps[w] && !fillers[w] && !terms[w] && !around[w] && !links[w] && (w[0] < '0' || w[0] > '9') {
			return true
		}
	}
	return false
}

// sought is the title in a line whose parts are none: the role that a sentence says
// is sought, or the line itself where it is nothing else and names one; else empty.
func sought(line string, whole bool) string {
	p := read(sentence(line))
	seeks := headSeeks.MatchString(p.text)
	tale := headTold.MatchString(p.text) || headSpeaks.MatchString(p.text)
	if m := headAt.FindStringSubmatch(p.text); m != nil && !tale && read(m[1]).title() && read(m[1]).tells() {
		return m[1] // "Developer at Acme"
	}
	if whole && !tale && len(p.words) <= mostWords/2 && p.title() && p.tells() {
		return p.text
	}
	if seeks || !tale {
		spelled := strings.FieldsFunc(p.text, func(c rune) bool { return unicode.IsSpace(c) || c == '(' || c == ')' })
		for i, from := 0, 0; i < len(spelled); i++ {
			word := strings.TrimRight(spelled[i], ".,;:!?\"")
			low := strings.ToLower(word)
			switch {
			case nouns[low] && i == from && (!seeks || i == 0 || !articles[strings.ToLower(spelled[i-1])]):
				from = i + 1 // "a broom engineer" is more than an engineer
			case nouns[low]:
				if role := read(strings.Join(append(slices.Clone(spelled[from:i]), word), " ")); role.tells() {
					return role.text
				}
				from = i + 1
			case !field(low), word != spelled[i] && low != "sr" && low != "jr":
				from = i + 1
			}
		}
	}
	if !whole || seeks || tale || len(p.words) > mostWords || headHere.MatchString(p.text) || !p.tells() {
		return ""
	}
	for _, w := range p.words {
		if techs[w] || nouns[w] && !heaps[w] {
			return p.text
		}
	}
	return ""
}
