package forum

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// head is what the first line of an ad says.
type head struct {
	company, title, location, department, remote, employment, pay, site string
}

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
	headTells    = regexp.MustCompile(`^(.{2,40}?)\s+(?:is|are|was|has|have|helps?|makes?|builds?|provides?|offers?|develops?|enables?|creates?|brings?)\s+\pL`)
	headOurs     = regexp.MustCompile(`\b(?:[Ww]e,? at|[Uu]s at|[Hh]ere at|[Ww]ork(?:ing)? (?:at|for)|[Ff]ounder,? (?:of|at)|C[ET]O,? (?:of|at)|[Ee]ngineer,? at|[Ll]ead,? at|[Tt]eam at|[Rr]ecruiter,? (?:at|for))\s+(\p{Lu}[\pL\d.&-]*(?: \p{Lu}[\pL\d.&-]*){0,2})`)
	headHires    = regexp.MustCompile(`\b[Hh]iring(?: \pL+){0,3} at (\p{Lu}[\pL\d.&-]*(?: \p{Lu}[\pL\d.&-]*){0,2})`)
	headInvites  = regexp.MustCompile(`(?i)^\W*(?:come )?(?:join (?:us at |the team at |our team at )?|we,? at |at )(.{2,40}?)(?:\s*[(!.,|]|\s+(?:we|team|in|as)\b|$)`)
	headDash     = regexp.MustCompile(`\s+[-–—]+\s+`)
	headSentence = regexp.MustCompile(`(?:(?:\pL{4}|\b[a-z]{3})\)?\.|[!?])\s+\p{Lu}`)
	headPaged    = regexp.MustCompile(`\s*[(<\[]?\s*https?://\S+`)
	headIs       = regexp.MustCompile(`(?i)\s+(is|are)\W*$`)
	headAddress  = regexp.MustCompile(`(?i)^\W*(https?://|www\.)`)
	headNumber   = regexp.MustCompile(`^\(?\d{1,2}[).]\s+`)
	headWhat     = regexp.MustCompile(`(?i)\s*([-–—:,]+|\()\s*(an?|the)\s.+$|,?\s+yc,?\s?[swf]?\d{2}\W*$`)
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
	text    string
	spelled []string // its words
	words   []string // in lower case
	line    string   // those with a blank before and behind each
}

func read(text string) part {
	p := part{text: strings.TrimSpace(text)}
	p.spelled = strings.FieldsFunc(p.text, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsNumber(c) && c != '+'
	})
	p.words = make([]string, len(p.spelled))
	for i, w := range p.spelled {
		p.words[i] = strings.ToLower(w)
	}
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

// longest is how many characters of a first line, or of a title in it, are read.
const longest = 200

// header reads the first line of an ad: parts between bars, of which the first is
// mostly the company and the others are told by their words. Where the first is
// plainly a place, a title or a greeting, the company is the first of the others
// that may be a name, else the one whose own addresses the ad gives; without one it
// stays empty, which is better than wrong. A line without bars names a company where
// the rest of the ad, which may be empty, bears it out.
func header(first, rest string) head {
	h := parted(first, rest)
	if h.company == "" {
		h.company = signed(first+"\n"+rest, h.site)
	}
	return h
}

// parted is what the first line says by itself.
func parted(first, rest string) head {
	var h head
	parts := strings.Split(strings.NewReplacer("│", "|", "¦", "|", "•", "|").Replace(first), "|")
	if len(parts) < 2 {
		if parts = unbarred(first); parts == nil {
			h.title = sought(first, true)
			h.where(read(sentence(first)))
			h.company, h.location = told(first, rest)
			return h
		}
	}
	var titles, places []string
	title, place, may := h.firstPart(parts[0])
	if title != "" && read(title).tells() {
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
		body := len(p.text) > longest/2 // it follows on the same line
		if body {
			p = read(sentence(p.text))
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
			if p.tells() {
				titles = append(titles, p.text)
			}
		case body:
		case p.somewhere():
			places = append(places, p.text)
		case h.department == "" && p.team():
			h.department = p.text
		}
	}
	if h.company == "" && may != "" && again(may, rest) {
		h.company = may
		if at := headColon.FindStringIndex(title); at != nil && len(titles) > 0 && titles[0] == title {
			titles[0] = title[:at[0]]
		}
	}
	h.title = cut(strings.Join(titles, ", "), longest)
	h.location = cut(strings.Join(places, "; "), longest)
	if h.title == "" {
		h.title = sought(parts[0], false)
	}
	return h
}

// sentence is the first sentence of a line, at most longest bytes of it.
func sentence(line string) string {
	line = strings.TrimSpace(line)
	if len(line) > longest/2 {
		for _, at := range headSentence.FindAllStringIndex(line[:min(len(line), longest)], 4) {
			if end := at[0] + strings.LastIndexAny(line[at[0]:at[1]], ".!?") + 1; end > longest/10 {
				return line[:end]
			}
		}
	}
	return cut(line, longest)
}

// separators are what parts a header without bars, tried in their order.
var separators = []*regexp.Regexp{
	regexp.MustCompile(`\s+//+\s+`), headDash, regexp.MustCompile(`\s+/\s+`), regexp.MustCompile(`\s*;\s+`),
	regexp.MustCompile(`\s+:\s+`), regexp.MustCompile(`\s*[-–—]+\s+`), regexp.MustCompile(`,\s+`),
}

// unbarred parts a short line by the first separator that makes a header of it:
// three parts or more, or two, one of which is plainly about place or how one
// works; nil where none does.
func unbarred(line string) []string {
	if len(line) >= longest || read(line).place() || headSentence.MatchString(line[:min(len(line), longest/3)]) {
		return nil
	}
	for i, by := range separators {
		parts := by.Split(line, 12)
		if p := read(parts[0]); len(p.words) > 6 || headTells.MatchString(p.text+" x") {
			continue // a sentence
		}
		plain := 0 // parts that are plainly of a header
		for _, text := range parts[1:] {
			if p := read(text); p.place() || p.filler() || p.title() && len(p.words) <= 6 {
				plain++
			}
		}
		dashed := i == 1 && len(parts) >= 3
		if !dashed && (plain == 0 || plain < len(parts)-2) {
			continue
		}
		if by == separators[len(separators)-1] {
			return []string{parts[0], strings.Join(parts[1:], ", ")} // commas part places, too
		}
		if len(parts) > 1 {
			return parts
		}
	}
	return nil
}

// told is the company and the place that a line without bars names: "Acme is
// hiring", "Join Acme", "Acme (Berlin)", or nothing but a name. Where the line is
// less than an announcement the rest of the ad must name the company again.
func told(line, rest string) (name, place string) {
	front := line[:min(len(line), longest)]
	if m := headAnnounce.FindStringSubmatch(front); m != nil && len(strings.Fields(m[1])) <= 5 && !read(m[1]).noCompany() {
		name, _ = placed(company(m[1]))
		return name, ""
	}
	if m := headHires.FindStringSubmatch(front); m != nil && read(m[1]).named() != "" {
		return read(m[1]).named(), ""
	}
	if front, at := placed(company(front)); at != "" && len(front) < 60 && !read(front).noCompany() {
		return front, at // "Acme - Berlin"
	}
	var may string
	if m := headInvites.FindStringSubmatch(front); m != nil {
		may = m[1]
	} else if m := headTells.FindStringSubmatch(front); m != nil {
		may = m[1]
	} else if m := headAt.FindStringSubmatch(front); m != nil && read(m[1]).title() {
		may = m[2]
	} else if m := headOurs.FindStringSubmatch(front); m != nil {
		may = m[1]
	} else if len(strings.Fields(company(line))) <= 4 {
		may = line
	} else if i := strings.IndexByte(line, '('); i > 1 && i < 40 {
		may = line[:i]
		if inner, _, ok := strings.Cut(line[i+1:], ")"); ok && read(inner).place() {
			place = inner
		}
	}
	may, at := placed(company(may))
	if place == "" {
		place = at
	}
	p := read(may)
	if p.named() == "" {
		return "", ""
	}
	if at := strings.Index(line, may); at >= 0 { // a line may be the whole ad
		rest = line[at+len(may):] + "\n" + rest
	}
	if !again(may, rest) {
		return "", ""
	}
	return may, place
}

// again tells whether the rest of an ad names a company: by the same letters, case
// and all, or in an address.
func again(name, rest string) bool {
	if len(name) >= 2 && strings.Contains(rest, name) {
		return true
	}
	key := strings.Join(read(name).words, "")
	if len(key) < 4 {
		return false
	}
	for word := range strings.FieldsSeq(strings.ToLower(rest)) {
		if strings.ContainsAny(word, ".@") && strings.Contains(strings.ReplaceAll(word, "-", ""), key) {
			return true
		}
	}
	return false
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
	var found []string
	if h.employment != "" {
		found = strings.Split(h.employment, ", ")
	}
	for _, e := range employments {
		if p.says(e[0]) && !slices.Contains(found, e[1]) {
			found = append(found, e[1])
		}
	}
	h.employment = strings.Join(found, ", ")
}

// company is the name in the first part, without the number of a list before it,
// and the address, the batch of an accelerator and what the company is that may
// stand behind it. An address alone is the name of its host.
func company(text string) string {
	name := headNumber.ReplaceAllString(strings.TrimSpace(text), "")
	if site, rest := read(name).site(); site != "" && rest == "" && headAddress.MatchString(name) {
		if u, err := url.Parse(site); err == nil {
			return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		}
	}
	if strings.ContainsAny(name, "([") {
		name = headFounded.ReplaceAllString(name, " ")
	}
	if strings.Contains(name, "http") {
		if without := strings.TrimSpace(headPaged.ReplaceAllString(name, "")); without != "" {
			name = without
		}
	}
	name = strings.TrimLeftFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
	if at := headWhat.FindStringIndex(name); at != nil && at[0] > 1 {
		name = name[:at[0]]
	}
	name = headIs.ReplaceAllString(name, "")
	return cut(strings.TrimRight(unopened(name), " -–—:;,*<>"), 100)
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
