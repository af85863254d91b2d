package employer

import (
	"bytes"
	"iter"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// name is an employer's name. A short form lacks the last word of what the posting
// has, and where that word names a domain it is good for that domain only: "Acme
// Health" is also the Acme of web, but not that of crypto.
type name struct{ text, only, of string } // of: what a short form is short for

// with is list and s, unless s is none, or one of list.
func with(list []name, s, only, of string) []name {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 80 || len(s) <= 6 && notNames[strings.ToLower(s)] {
		return list
	}
	for _, n := range list {
		if n.text == s {
			return list
		}
	}
	return append(list, name{s, only, of})
}

// names appends to out, which is empty, the employer's names that the posting gives,
// the fullest first: "Acme Labs (YC S16), Berlin" is also "Acme Labs" and "Acme".
func names(out []name, p *schema.Posting) []name {
	full := p.Company
	if full == "" {
		if first, _, ok := strings.Cut(p.Title, "|"); ok {
			full = first
		} else if i := strings.LastIndex(p.Title, " at "); i > 0 {
			full = p.Title[i+4:]
		}
	}
	full = strings.TrimSpace(full)
	out = with(out, full, "", "")
	for _, mark := range []string{"(", " - ", " – ", " — ", ",", ":", "/", "http", " is ", " at ", " in ", " by "} {
		if before, after, ok := strings.Cut(full, mark); ok {
			out = with(out, before, "", "")
			if mark == "(" {
				inner, _, _ := strings.Cut(after, ")")
				out = with(out, inner, "", "")
			}
			if mark == " by " || mark == " at " {
				out = with(out, after, "", "")
			}
		}
	}
	for _, n := range out { // as it is before any short form
		i := strings.LastIndexByte(n.text, ' ')
		if i <= 3 {
			continue
		}
		if only, ok := endings[strings.ToLower(n.text[i+1:])]; ok {
			out = with(out, n.text[:i], only, n.text)
		}
	}
	return out
}

// notNames are employers' names that, alone at the head of a forum's ad, are
// something else. Their employers are found by site and board. None is longer
// than six bytes.
var notNames = map[string]bool{"remote": true, "visa": true, "june": true, "onsite": true}

// endings are last words of a name that its short form lacks, and the domain that
// such a word names, if any.
var endings = map[string]string{
	"labs": "", "technologies": "", "technology": "", "systems": "", "software": "", "solutions": "", "group": "",
	"holdings": "", "international": "", "network": "", "networks": "", "foundation": "", "research": "", "team": "",
	"engineering": "", "protocol": "", "digital": "", "europe": "", "uk": "", "usa": "",
	"studios": "gaming", "studio": "gaming", "games": "gaming", "entertainment": "gaming", "interactive": "gaming",
	"health": "web", "ai": "data_ai", "robotics": "embedded", "security": "security",
}

// maxLinks is how many links of one posting are looked up.
const maxLinks = 6

// maxSearched is how many bytes of a text are searched for links.
const maxSearched = 1 << 14

// links appends to dst what the addresses that the posting gives say, the
// employer's own first.
func links(dst []link, p *schema.Posting) []link {
	kind, _, _ := strings.Cut(p.Source, "/")
	for part, s := range [...]string{p.CompanyURL, p.Link} {
		if s != "" {
			at := readLink(s)
			at.text = part == 1 && p.Company != "" && (kind == "hn" || kind == "reddit") // a forum's link is one of the text's
			dst = append(dst, at)
		}
	}
	for part, s := range [...]string{p.Title, p.Text} {
		s = s[:min(len(s), maxSearched)]
		for len(dst) < maxLinks {
			i := strings.Index(s, "://") // rarer than any letter, so quicker to find than "http"
			if i < 0 {
				break
			}
			end := i
			for end < len(s) && !lexis.EndsLink(s[end]) {
				end++
			}
			scheme := strings.TrimSuffix(s[:i], "s")
			if strings.HasSuffix(scheme, "http") {
				at := readLink(s[len(scheme)-len("http") : end])
				at.text = part == 1
				dst = append(dst, at)
			}
			s = s[end:]
		}
	}
	return dst
}

// boardPaths are hosts on which the first part of the path names the employer,
// and the board's kind; a host with an empty kind names none.
var boardPaths = map[string]string{
	"jobs.lever.co": "lever", "lever.co": "lever", "jobs.eu.lever.co": "lever",
	"boards.greenhouse.io": "greenhouse", "boards.eu.greenhouse.io": "greenhouse", "job-boards.greenhouse.io": "greenhouse",
	"job-boards.eu.greenhouse.io": "greenhouse", "boards.greenhouse.com": "greenhouse", "apply.workable.com": "workable",
	"jobs.ashbyhq.com": "ashby", "jobs.smartrecruiters.com": "smartrecruiters", "www.smartrecruiters.com": "smartrecruiters", "careers.smartrecruiters.com": "smartrecruiters",
	"jobs.jobvite.com": "jobvite", "github.com": "github", "gitlab.com": "gitlab", "angel.co": "angel", "wellfound.com": "angel",
	"jobs.gem.com": "gem", "careers.jobscore.com": "jobscore", "jobs.polymer.co": "polymer", "keybase.io": "keybase",
	"grnh.se": "", "hire.withgoogle.com": "", "www.workable.com": "", "www.linkedin.com": "", "linkedin.com": "",
	"stackoverflow.com": "", "docs.google.com": "", "news.ycombinator.com": "", "www.youtube.com": "", "medium.com": "",
	"twitter.com": "", "bit.ly": "", "goo.gl": "", "forms.gle": "", "www.indeed.com": "", "www.glassdoor.com": "",
	"cryptocurrencyjobs.co": "", "www.ziprecruiter.com": "", "ziprecruiter.com": "", "www.reddit.com": "", "techcrunch.com": "", "www.crunchbase.com": "", "en.wikipedia.org": "",
}

// boardHosts are the domains under which a host's first label names the
// employer, and the board's kind.
var boardHosts = map[string]string{
	"workable.com": "workable", "bamboohr.com": "bamboohr", "recruitee.com": "recruitee", "breezy.hr": "breezy",
	"teamtailor.com": "teamtailor", "jobs.personio.de": "personio", "jobs.personio.com": "personio", "homerun.co": "homerun",
	"myworkdayjobs.com": "workday", "applytojob.com": "jazzhr", "recruiterbox.com": "recruiterbox", "freshteam.com": "freshteam",
	"zohorecruit.com": "zoho", "notion.site": "notion", "join.com": "join", "rippling-ats.com": "rippling",
	"catsone.com": "cats", "pinpointhq.com": "pinpoint", "careers.hibob.com": "hibob", "gitlab.io": "gitlab",
	"github.io": "github", "hrmdirect.com": "clearcompany", "theresumator.com": "jazzhr", "icims.com": "icims",
	"onhires.com": "onhires", "welcomekit.co": "welcomekit", "lever.co": "lever", "greenhouse.io": "greenhouse",
	"medium.com": "medium", "tumblr.com": "tumblr", "typeform.com": "typeform", "jobscore.com": "jobscore",
}

// link is what an address says of the employer: the registrable host of its own
// site, or the board and the token that names it there.
type link struct {
	host, board, token string
	text               bool // it stands in the text, which may speak of others
	careers            bool // it leads to openings: "careers.acme.com"
}

// social are boards on which anybody has a page, and to whose pages an ad links
// that speaks of somebody else.
var social = map[string]bool{"github": true, "gitlab": true, "keybase": true, "medium": true, "tumblr": true, "typeform": true, "notion": true}

// longName is how many letters a company's name has that is told in a longer host.
const longName = 6

// strange says that the link is one of a text's, and leads neither to openings nor
// to a host or page that the ad's head names: ads link to what others wrote of the
// employer and to what it works with.
func (at link) strange(p *schema.Posting) bool {
	if !at.text || at.careers || at.host == "" && !social[at.board] {
		return false
	}
	word := at.token
	if at.host != "" {
		word, _, _ = strings.Cut(at.host, ".")
	}
	word = NameKey(word)
	line, _, _ := strings.Cut(p.Text, "\n")
	if strings.Contains(NameKey(p.Company+p.Title+line[:min(len(line), 200)]), word) {
		return false
	}
	company := NameKey(p.Company)
	return company == "" || !affixed(word, company) && (len(company) < longName || !strings.HasPrefix(word, company))
}

func readLink(s string) link {
	if h, plain := plainHost(s); plain {
		switch kind, board := boardPaths[h]; {
		case !board:
			return hostLink(h)
		case kind == "":
			return link{}
		}
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return link{}
	}
	h, _, _ := strings.Cut(strings.ToLower(u.Hostname()), ":")
	kind, board := boardPaths[h]
	if !board {
		return hostLink(h)
	}
	if kind == "" {
		return link{}
	}
	path := strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	if len(path) > 1 && (path[0] == "company" || path[0] == "embed") {
		path = path[1:]
	}
	token := strings.ToLower(u.Query().Get("for"))
	if token == "" {
		token = path[0]
	}
	if token == "" {
		return link{}
	}
	return link{board: kind, token: token}
}

// hostLink reads a host that is no key of boardPaths.
func hostLink(h string) link {
	first, rest, under := strings.Cut(h, ".")
	for under {
		if kind, ok := boardHosts[rest]; ok {
			return link{board: kind, token: first}
		}
		_, rest, under = strings.Cut(rest, ".")
	}
	return link{host: registered(strings.Trim(h, ".")), careers: first == "careers" || first == "career" || first == "jobs"}
}

// plainHost is the host, in lower case, of an address so plain that it need not
// be parsed, as nearly all are: no user, port, escapes or white space.
func plainHost(s string) (host string, plain bool) {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return "", false
		}
	}
	end := 0
	for end < len(rest) && addressBytes[rest[end]] == inHost {
		end++
	}
	if end < len(rest) && strings.IndexByte("/?#", rest[end]) < 0 {
		return "", false
	}
	for i := end; i < len(rest); i++ {
		if addressBytes[rest[i]] == odd {
			return "", false
		}
	}
	return strings.ToLower(rest[:end]), end > 0
}

// addressBytes tells of each byte whether it may stand in a host's name, else whether
// an address that has it need be parsed.
var addressBytes = func() (t [256]byte) {
	for i := range t {
		switch c := byte(i); {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.':
			t[i] = inHost
		case c <= ' ' || c == '%' || c == 0x7f:
			t[i] = odd
		}
	}
	return t
}()

const (
	inHost = 1 + iota
	odd
)

// doubled are public suffixes of two labels that employers' sites stand under.
var doubled = []string{"co.uk", "com.au", "co.jp", "co.nz", "com.br", "co.in", "org.uk", "co.il", "com.sg", "co.za", "ac.uk", "com.cn", "com.tr", "com.mx"}

// hostKey is the registrable domain of a host or address, "" when there is none.
func hostKey(host string) string {
	host = strings.ToLower(strings.TrimSpace(host))
	if i := strings.Index(host, "://"); i >= 0 {
		host = host[i+3:]
	}
	host, _, _ = strings.Cut(host, "/")
	host, _, _ = strings.Cut(host, ":")
	return registered(strings.Trim(host, "."))
}

// registered is the registrable domain of a host in lower case.
func registered(host string) string {
	dot := strings.LastIndexByte(host, '.')
	if dot < 0 {
		return ""
	}
	if dot = strings.LastIndexByte(host[:dot], '.'); dot >= 0 && slices.Contains(doubled, host[dot+1:]) {
		dot = strings.LastIndexByte(host[:dot], '.')
	}
	return host[dot+1:]
}

// forms are words at the end of an employer's name that do not tell it from
// another.
var forms = map[string]bool{
	"inc": true, "llc": true, "ltd": true, "limited": true, "gmbh": true, "ag": true, "sa": true, "sas": true, "bv": true, "corp": true,
	"corporation": true, "co": true, "plc": true, "ab": true, "as": true, "oy": true, "srl": true, "pty": true, "pbc": true, "company": true,
	"the": true, "yc": true, "ug": true, "kg": true, "se": true,
}

// NameKey is an employer's name without case, marks, blanks and legal form:
// "Parity Technologies, Ltd." and "ParityTechnologies" are one.
func NameKey(name string) string { return string(appendKey(nil, name)) }

// appendKey appends NameKey(name) to dst, which is empty.
func appendKey(dst []byte, name string) []byte {
	key := dst
	starts := make([]int, 0, 16) // of each word in key
	inWord := false
	for _, r := range name {
		if r < utf8.RuneSelf {
			low := byte(r)
			if low >= 'A' && low <= 'Z' {
				low += 'a' - 'A'
			}
			if (low < 'a' || low > 'z') && (low < '0' || low > '9') {
				inWord = false
				continue
			}
			if !inWord {
				starts, inWord = append(starts, len(key)), true
			}
			key = append(key, low)
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			inWord = false
			continue
		}
		if !inWord {
			starts, inWord = append(starts, len(key)), true
		}
		key = utf8.AppendRune(key, unicode.ToLower(r))
	}
	for len(starts) > 1 && forms[string(key[starts[len(starts)-1]:])] {
		key = key[:starts[len(starts)-1]]
		starts = starts[:len(starts)-1]
	}
	if len(starts) > 1 && string(key[:starts[1]]) == "the" {
		key = key[starts[1]:]
	}
	return key
}

// tokenEnds are what boards' tokens add to a name.
var tokenEnds = []string{"labs", "io", "hq", "inc", "technologies", "careers", "jobs", "network", "foundation", "dev", "tech", "ai", "2", "1"}

// tokenKeys are the keys of names that a board's token may stand for, each good
// until the next, and whether the name is longer than the token: "drift" need not
// be Drift Labs.
func tokenKeys(token string) iter.Seq2[[]byte, bool] {
	return func(yield func([]byte, bool) bool) {
		k := appendKey(make([]byte, 0, 80), token)
		if !yield(k, false) {
			return
		}
		for _, end := range tokenEnds {
			if rest, ok := bytes.CutSuffix(k, []byte(end)); ok && len(rest) >= 4 && !yield(rest, false) {
				return
			}
			if !yield(append(k, end...), true) {
				return
			}
		}
	}
}
