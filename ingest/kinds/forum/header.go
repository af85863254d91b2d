package forum

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// head is what the first line of an ad says.
type head struct {
	company, title, location, remote, employment, pay, site string
}

var (
	headRole     = regexp.MustCompile(`(?i)\b(engineers?|engineering|developers?|devs?|programmers?|architects?|scientists?|researchers?|designers?|managers?|analysts?|devops|sre|cto|vp|lead|leads|head of|director|interns?|internships?|full[- ]?stack|front[- ]?end|back[- ]?end|frontend|backend|roles?|positions?|hackers?|qa|administrator|sysadmin|product|software|multiple|various|several|marketing|sales|data|machine learning|ml|ios|android|mobile|web|ruby|rails|python|java|javascript|react|golang|rust|scala|php|node|c\+\+|embedded|security|technical|founder|co-founder|specialist|consultants?|writer|recruiter|support|support engineer|graduates?|doctoral|postdoc|phd|associate|executive|officer)\b`)
	headSite     = regexp.MustCompile(`(?i)^\(?<?(https?://\S+|(www\.)?[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.(com|io|co|org|net|ai|dev|xyz|app|de|uk|ch|se|tech|me|tv|so|us|eu|fr|nl|ca)(/\S*)?)>?\)?\.?$`)
	headPay      = regexp.MustCompile(`(?i)([$€£¥]\s?\d|\d\s?[€£]|\b\d{2,3}\s?k\b|\b(usd|eur|gbp|chf)\b.*\d|\bequity\b|\bsalary\b|\bcompetitive\b)`)
	headJob      = regexp.MustCompile(`(?i)\b(full[- ]?time|part[- ]?time|fulltime|parttime|contract(or|ors|ing)?|freelance|permanent|temporary|perm|ft|intern(ship)?s?)\b`)
	headYes      = regexp.MustCompile(`(?i)\bremote\b|\bdistributed\b|\bwork from home\b|\bwfh\b`)
	headNo       = regexp.MustCompile(`(?i)\b(no|not|non)[- ]+remote\b|\bremote[: -]+no\b`)
	headOnsite   = regexp.MustCompile(`(?i)\bon[- ]?site\b|\bin[- ]?office\b|\blocal only\b`)
	headMix      = regexp.MustCompile(`(?i)\bhybrid\b`)
	headRest     = regexp.MustCompile(`(?i)\b(remote|on[- ]?site|in[- ]?office|hybrid|only|or|and|ok|okay|possible|friendly|optional|preferred|full[- ]?time|part[- ]?time|fulltime|parttime|contract(or|ors|ing)?|permanent|temporary|visa|visas|h1b|intern(ship)?s?|sponsor(ed|ship)?|considered|welcome|available|no|not|yes|partial|partially|some|for|the|right|candidates?|freelance|relocation|distributed|work|from|home|wfh|ft)\b|[^\p{L}]+`)
	headAnnounce = regexp.MustCompile(`(?i)^(.{2,60}?)\s+(?:is|are) (?:hiring|looking|searching|seeking|growing|building|a |an |the )`)
	// headNamed is a part that is plainly a role and no company.
	headNamed   = regexp.MustCompile(`(?i)\b(engineers?|developers?|designers?|managers?|architects?|scientists?)\)?$`)
	headDash    = regexp.MustCompile(`\s+[-–—]+\s+`)
	headPaged   = regexp.MustCompile(`\s*[(<\[]?\s*https?://\S+`)
	headFounded = regexp.MustCompile(`(?i)\s*[(\[]\s*(yc|ycombinator|y combinator)?[^()\[\]]*\b[swf]?\d{2}\s*[)\]]`)
)

// longest is how many characters of a first line, when nothing in it is a title,
// stand in for one.
const longest = 200

// header reads the first line of an ad: parts between bars, of which the first is
// the company and the others are told by their words. A line without bars is its
// own title.
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
		if m := headAnnounce.FindStringSubmatch(first); m != nil && len(strings.Fields(m[1])) <= 5 {
			h.company = m[1]
		}
		return h
	}
	h.company = company(parts[0])
	if m := headSite.FindString(strings.TrimSpace(parts[0])); m != "" {
		h.site = absolute(m)
	} else if at := headPaged.FindString(parts[0]); at != "" {
		h.site = absolute(strings.Trim(at, " (<[)>]"))
	}
	var titles, places []string
	for _, part := range parts[1:] {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if headSite.MatchString(part) {
			if h.site == "" {
				h.site = absolute(part)
			}
			continue
		}
		if at := headPaged.FindString(part); at != "" && h.site == "" {
			h.site = absolute(strings.Trim(at, " (<[)>]"))
		}
		if part = strings.TrimSpace(headPaged.ReplaceAllString(part, " ")); part == "" {
			continue
		}
		h.where(part)
		if headJob.MatchString(part) && h.employment == "" {
			h.employment = strings.Join(headJob.FindAllString(part, 3), ", ")
		}
		switch left := headRest.ReplaceAllString(part, ""); {
		case headPay.MatchString(part) && !headRole.MatchString(part):
			if h.pay == "" {
				h.pay = part
			}
		case utf8.RuneCountInString(left) < 2: // only words such as "full-time" and "remote"
		case headRole.MatchString(part):
			titles = append(titles, part)
		default:
			places = append(places, part)
		}
	}
	if len(titles) == 0 && len(places) > 1 && headNamed.MatchString(strings.TrimSpace(parts[0])) { // "Engineer | Company | City"
		titles, h.company, places = []string{h.company}, company(places[0]), places[1:]
	}
	h.title = cut(strings.Join(titles, ", "), longest)
	h.location = cut(strings.Join(places, "; "), longest)
	if h.title == "" {
		h.title = cut(first, longest)
	}
	return h
}

// where notes what a part says of remote work. An ad that offers both says yes.
func (h *head) where(part string) {
	switch {
	case headNo.MatchString(part):
		h.remote = "no"
	case headYes.MatchString(part):
		h.remote = "yes"
	case headMix.MatchString(part) && h.remote == "":
		h.remote = "hybrid"
	case headOnsite.MatchString(part) && h.remote == "":
		h.remote = "no"
	}
}

// company is the name in the first part, without the address and the batch of an
// accelerator that may stand in parentheses behind it.
func company(part string) string {
	name := headFounded.ReplaceAllString(part, " ")
	if without := strings.TrimSpace(headPaged.ReplaceAllString(name, "")); without != "" {
		name = without
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
		return "https://" + site
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
