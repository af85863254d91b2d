package forum

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"jobmarket/ingest/kinds/kind"
)

// head is what the first line of an ad says.
type head struct {
	company, title, location, remote, employment, pay, site string
}

// roles are words that stand in titles, and seldom in places.
var roles = set(`engineer engineers engineering developer developers dev devs programmer programmers architect
	architects scientist scientists researcher researchers designer designers manager managers analyst analysts devops
	sre cto vp lead leads head director intern interns internship internships stack fullstack frontend backend role
	roles position positions hacker hackers qa administrator sysadmin product software multiple various several
	marketing sales data ml ios android mobile web ruby rails python java javascript react golang rust scala php node
	c++ embedded security technical founder cofounder specialist consultant consultants writer recruiter support
	graduate graduates doctoral postdoc phd associate executive officer controller accountant representative partner
	counsel coordinator`)

// fillers are words that say how one works and neither what as nor where.
var fillers = set(`remote on site onsite in office hybrid only or and ok okay possible friendly optional preferred
	full part time fulltime parttime contract contractor contractors contracting permanent temporary visa visas h1b
	intern interns internship internships sponsor sponsored sponsorship considered welcome available no not yes partial
	partially some for the right candidate candidates freelance relocation distributed work from home wfh ft local`)

// employments are the words for kinds of employment, and what they say.
var employments = [][2]string{
	{"full time", "full-time"}, {"fulltime", "full-time"}, {"ft", "full-time"}, {"part time", "part-time"},
	{"parttime", "part-time"}, {"contract", "contract"}, {"contractor", "contract"}, {"contractors", "contract"},
	{"contracting", "contract"}, {"freelance", "freelance"}, {"permanent", "permanent"}, {"perm", "permanent"},
	{"temporary", "temporary"}, {"intern", "internship"}, {"interns", "internship"}, {"internship", "internship"},
	{"internships", "internship"},
}

var (
	headSite     = regexp.MustCompile(`(?i)^\(?<?(https?://\S+|(www\.)?[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.(com|io|co|org|net|ai|dev|xyz|app|de|uk|ch|se|tech|me|tv|so|us|eu|fr|nl|ca)(/\S*)?)>?\)?\.?$`)
	headPay      = regexp.MustCompile(`(?i)[$€£¥]\s?\d|\d\s?[€£]|\b\d{2,3}\s?k\b|\b(usd|eur|gbp|chf)\b.*\d`)
	headAnnounce = regexp.MustCompile(`(?i)^(.{2,60}?)\s+(?:is|are) (?:hiring|looking|searching|seeking|growing|building|a |an |the )`)
	headDash     = regexp.MustCompile(`\s+[-–—]+\s+`)
	headPaged    = regexp.MustCompile(`\s*[(<\[]?\s*https?://\S+`)
	headFounded  = regexp.MustCompile(`(?i)\s*[(\[]\s*(yc|ycombinator|y combinator)?[^()\[\]]*\b[swf]?\d{2}\s*[)\]]`)
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// part is a part of a first line.
type part struct {
	text  string
	words []string // in lower case
	line  string   // the words with a blank before and behind each
}

func read(text string) part {
	p := part{text: strings.TrimSpace(text)}
	p.words = strings.FieldsFunc(strings.ToLower(p.text), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsNumber(c) && c != '+'
	})
	p.line = " " + strings.Join(p.words, " ") + " "
	return p
}

// says tells whether one of the phrases stands in the part.
func (p part) says(phrases ...string) bool {
	for _, phrase := range phrases {
		if strings.Contains(p.line, " "+phrase+" ") {
			return true
		}
	}
	return false
}

// role tells whether the part names what one works as.
func (p part) role() bool {
	for _, w := range p.words {
		if roles[w] {
			return true
		}
	}
	return p.says("front end", "back end", "machine learning")
}

// filler tells whether the part has fewer than two letters beside words such as
// "full-time" and "remote".
func (p part) filler() bool {
	letters := 0
	for _, w := range p.words {
		if fillers[w] {
			continue
		}
		for _, c := range w {
			if unicode.IsLetter(c) {
				letters++
			}
		}
	}
	return letters < 2
}

// pay tells whether the part states a pay.
func (p part) pay() bool {
	return p.says("equity", "salary", "competitive") ||
		strings.ContainsAny(p.text, "0123456789") && headPay.MatchString(p.text)
}

// site is the address that the part is, or holds; the rest is what stands beside.
func (p part) site() (site, rest string) {
	if strings.Contains(p.text, ".") && !strings.Contains(p.text, " ") && headSite.MatchString(p.text) {
		return absolute(p.text), ""
	}
	if !strings.Contains(p.text, "http") {
		return "", p.text
	}
	at := headPaged.FindString(p.text)
	return absolute(strings.Trim(at, " (<[)>]")), strings.TrimSpace(headPaged.ReplaceAllString(p.text, " "))
}

// longest is how many characters of a first line, when nothing in it is a title,
// stand in for one.
const longest = 200

// header reads the first line of an ad: parts between bars, of which the first is
// mostly the company and the others are told by their words. Where the first is
// plainly a place, a title or a greeting, the company is the first of the others
// that may be a name; without one it stays empty, which is better than wrong. A
// line without bars is its own title.
func header(first string) head {
	var h head
	parts := strings.Split(strings.NewReplacer("│", "|", "¦", "|", "•", "|").Replace(first), "|")
	if len(parts) < 2 && len(first) < longest {
		if dashed := headDash.Split(first, 12); len(dashed) >= 3 {
			parts = dashed
		}
	}
	if len(parts) < 2 {
		h.title = cut(first, longest)
		if m := headAnnounce.FindStringSubmatch(first[:min(len(first), longest)]); m != nil && len(strings.Fields(m[1])) <= 5 && !read(m[1]).noCompany() {
			h.company = m[1]
		} else if at := headDash.FindStringIndex(first); at != nil && at[0] < 60 && read(first[at[1]:]).place() && !read(first[:at[0]]).noCompany() {
			h.company, h.location = company(first[:at[0]]), strings.TrimSpace(first[at[1]:]) // "Acme - Berlin"
		}
		return h
	}
	var titles, places []string
	title, place := h.firstPart(parts[0])
	if title != "" {
		titles = append(titles, title)
	}
	if place != "" {
		places = append(places, place)
	}
	for i, text := range parts {
		p := read(text)
		site, rest := p.site()
		if h.site == "" {
			h.site = site
		}
		if i > 0 && rest == "" && h.company == "" && site != "" && !strings.ContainsRune(p.text, '/') {
			h.company = strings.TrimPrefix(p.text, "www.") // "Backend Engineer | acme.io | London"
		}
		if i == 0 || rest == "" {
			continue
		}
		if rest != p.text {
			p = read(rest)
		}
		h.where(p)
		switch {
		case p.pay() && !p.role():
			if h.pay == "" {
				h.pay = p.text
			}
		case p.filler():
		case h.company == "" && p.named() != "":
			h.company = p.named()
		case p.role():
			titles = append(titles, p.text)
		default:
			places = append(places, p.text)
		}
	}
	h.title = cut(strings.Join(titles, ", "), longest)
	h.location = cut(strings.Join(places, "; "), longest)
	if h.title == "" {
		h.title = cut(first, longest)
	}
	return h
}

// where notes what a part says of remote work and of employment. An ad that offers
// both says yes.
func (h *head) where(p part) {
	switch {
	case p.says("no remote", "not remote", "non remote", "remote no"):
		h.remote = "no"
	case p.says("remote", "distributed", "work from home", "wfh"):
		h.remote = "yes"
	case p.says("hybrid") && h.remote == "":
		h.remote = "hybrid"
	case p.says("onsite", "on site", "in office", "local only") && h.remote == "":
		h.remote = "no"
	}
	if h.employment != "" {
		return
	}
	var found []string
	for _, e := range employments {
		if p.says(e[0]) && !slices.Contains(found, e[1]) {
			found = append(found, e[1])
		}
	}
	h.employment = strings.Join(found, ", ")
}

// company is the name in the first part, without the address and the batch of an
// accelerator that may stand in parentheses behind it.
func company(text string) string {
	name := text
	if strings.ContainsAny(text, "([") {
		name = headFounded.ReplaceAllString(text, " ")
	}
	if strings.Contains(name, "http") {
		if without := strings.TrimSpace(headPaged.ReplaceAllString(name, "")); without != "" {
			name = without
		}
	}
	name = strings.TrimLeftFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
	return cut(strings.TrimRight(name, " -–—:;,*"), 100)
}

// boards are hosts that no employer calls its own.
var boards = regexp.MustCompile(`(?i)\b(jobvite|greenhouse|lever|workable|angel|linkedin|stackoverflow|smartrecruiters|ashbyhq|recruitee|breezy|bamboohr|google|github|medium|indeed|glassdoor|ycombinator|workatastartup|twitter|facebook|bit|goo|grnh|applytojob|myworkdayjobs|icims|typeform)\.(com|co|io|hr|ly|gl|se)\b`)

// absolute is the address of an employer's site; empty for a page of a board.
func absolute(site string) string {
	site = strings.Trim(site, "<>() ")
	if boards.MatchString(site) {
		return ""
	}
	if !strings.HasPrefix(strings.ToLower(site), "http") {
		site = "https://" + site
	}
	if !kind.Web(site) {
		return ""
	}
	return site
}

// cut is s up to a length, ended at a word.
func cut(s string, most int) string {
	s = strings.TrimSpace(s)
	if len(s) <= most {
		return s
	}
	s = strings.ToValidUTF8(s[:most], "")
	if i := strings.LastIndexByte(s, ' '); i > most/2 {
		s = s[:i]
	}
	return s
}
