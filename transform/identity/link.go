package identity

import (
	"net/url"
	"strings"

	"jobmarket/warehouse/schema"
)

// link is one job on one board.
type link struct{ kind, board, id string }

// global are the kinds whose ids are unique over all boards.
var global = set("greenhouse ashby workable hn reddit amazon linkedin wellfound stackoverflow smartrecruiters")

// key is the link's form in Feature.LinkKey.
func (l link) key() string {
	board := l.board
	if global[l.kind] {
		board = ""
	}
	return l.kind + "/" + board + "/" + l.id
}

// forum says that the link names a comment or a thread, where an employer may
// advertise several jobs.
func (l link) forum() bool { return l.kind == "hn" || l.kind == "reddit" }

// LinkKey reads a URL that names one job on a job board whose addresses we know:
// the kind of board ("greenhouse"), the employer's token on it (lower case,
// empty where the address lacks it) and the job's id there. ok is false for
// every other URL, a board's front page among them.
func LinkKey(rawURL string) (kind, board, id string, ok bool) {
	l, ok := readLink(rawURL)
	return l.kind, l.board, l.id, ok
}

// ownLink is the job that p is by its own place in its source: source
// "greenhouse/acme" with key "123".
func ownLink(p *schema.Posting) (link, bool) {
	kind, board, _ := strings.Cut(p.Source, "/")
	id := strings.ToLower(p.Key)
	good := false
	switch kind {
	case "greenhouse", "smartrecruiters":
		good = digits(id)
	case "ashby", "lever":
		good = isUUID(id)
	case "workable":
		good = isCode(id)
	case "hn":
		good = digits(id)
	case "reddit":
		id = strings.TrimPrefix(id, "t3_")
		good = isCode(id)
	case "amazon":
		good = digits(id)
	}
	return link{kind, strings.ToLower(board), id}, good
}

// address is a URL cut for reading: host in lower case without "www.", path
// segments as they stand.
type address struct {
	name  string // of the host as it stands; set even where the rest was not read
	host  string
	path  []string
	query url.Values
}

// at is the path's segment i in lower case, or empty.
func (a *address) at(i int) string {
	if i < 0 || i >= len(a.path) {
		return ""
	}
	return strings.ToLower(a.path[i])
}

// after is the segment that follows the first one called name.
func (a *address) after(name string) string {
	for i := range a.path {
		if a.at(i) == name {
			return a.at(i + 1)
		}
	}
	return ""
}

func cutURL(raw string) (address, bool) {
	raw = withoutEnd(raw)
	if raw == "" {
		return address{}, false
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return address{}, false
	}
	a := address{name: strings.TrimRight(u.Hostname(), sentence)}
	if len(raw) > 2000 {
		return a, false
	}
	a.host = strings.TrimPrefix(strings.ToLower(a.name), "www.")
	if u.RawQuery != "" {
		a.query = u.Query()
	}
	a.path = make([]string, 0, 8)
	for s := range strings.SplitSeq(u.Path, "/") {
		if s != "" && s != "." {
			a.path = append(a.path, s)
		}
	}
	return a, true
}

// sentence are the marks of the sentence in which an address stands, and none of its own.
const sentence = ",;:!.'\"”’"

// withoutEnd cuts what follows an address in a text: "acme.com/jobs),". Dots that
// say that the address itself was cut stay.
func withoutEnd(raw string) string {
	raw = strings.TrimSpace(raw)
	for {
		short := raw
		if !strings.HasSuffix(raw, "..") {
			short = strings.TrimRight(raw, sentence)
		}
		for _, brackets := range []string{"()", "[]", "{}", "<>"} {
			if strings.HasSuffix(short, brackets[1:]) && strings.Count(short, brackets[:1]) < strings.Count(short, brackets[1:]) {
				short = short[:len(short)-1]
			}
		}
		if short == raw {
			return raw
		}
		raw = short
	}
}

// page is a URL that was read.
type page struct {
	address
	good   bool // the address could be read
	link   link
	onJobs bool // link is one job on a board
}

// nowhere is what an empty address leads to.
var nowhere page

func readPage(raw string) *page {
	if raw == "" {
		return &nowhere
	}
	p := new(page)
	if p.address, p.good = cutURL(raw); p.good {
		p.link, p.onJobs = p.address.job()
	}
	return p
}

func readLink(raw string) (link, bool) {
	p := readPage(raw)
	return p.link, p.onJobs
}

// job is the job on a board that the address names.
func (a *address) job() (link, bool) {
	if r, ok := hosts[a.host]; ok {
		l := r(a)
		return l, l.id != ""
	}
	if sub, rest, ok := strings.Cut(a.host, "."); ok {
		if r, ok := subdomains[rest]; ok {
			l := r(a, sub)
			return l, l.id != ""
		}
		if tenant, ok := strings.CutSuffix(a.host, ".myworkdayjobs.com"); ok {
			l := workday(a, tenant)
			return l, l.id != ""
		}
	}
	// An employer's own page in front of a board.
	if id := a.query.Get("gh_jid"); digits(id) {
		return link{"greenhouse", "", id}, true
	}
	if id := strings.ToLower(a.query.Get("ashby_jid")); isUUID(id) {
		return link{"ashby", "", id}, true
	}
	return link{}, false
}

// hosts are the boards that stand under one host.
var hosts = map[string]func(a *address) link{
	"boards.greenhouse.io":        greenhouse,
	"job-boards.greenhouse.io":    greenhouse,
	"boards.eu.greenhouse.io":     greenhouse,
	"job-boards.eu.greenhouse.io": greenhouse,
	"boards-api.greenhouse.io":    greenhouse,
	"api.greenhouse.io":           greenhouse,
	"jobs.lever.co":               func(a *address) link { return link{"lever", a.at(0), uuid(a.at(1))} },
	"jobs.eu.lever.co":            func(a *address) link { return link{"lever", a.at(0), uuid(a.at(1))} },
	"api.lever.co":                func(a *address) link { return link{"lever", a.at(2), uuid(a.at(3))} },
	"jobs.ashbyhq.com":            func(a *address) link { return link{"ashby", a.at(0), uuid(a.at(1))} },
	"apply.workable.com":          workable,
	"workable.com":                workable,
	"jobs.workable.com":           workable,
	"jobs.smartrecruiters.com":    smartRecruiters,
	"careers.smartrecruiters.com": smartRecruiters,
	"smartrecruiters.com":         smartRecruiters,
	"api.smartrecruiters.com":     smartRecruiters,
	"amazon.jobs":                 func(a *address) link { return link{"amazon", "", number(a.after("jobs"))} },
	"news.ycombinator.com":        func(a *address) link { return link{"hn", "", number(a.query.Get("id"))} },
	"hn.algolia.com":              func(a *address) link { return link{"hn", "", number(a.after("items"))} },
	"reddit.com":                  func(a *address) link { return link{"reddit", "", code(a.after("comments"))} },
	"old.reddit.com":              func(a *address) link { return link{"reddit", "", code(a.after("comments"))} },
	"redd.it":                     func(a *address) link { return link{"reddit", "", code(a.at(0))} },
	"linkedin.com":                func(a *address) link { return link{"linkedin", "", lastNumber(a.after("view"))} },
	"angel.co":                    func(a *address) link { return link{"wellfound", "", angel(a)} },
	"wellfound.com":               func(a *address) link { return link{"wellfound", "", angel(a)} },
	"stackoverflow.com":           func(a *address) link { return link{"stackoverflow", "", number(a.after("jobs"))} },
	"jobs.jobvite.com":            func(a *address) link { return link{"jobvite", a.at(0), code(a.after("job"))} },
	"ats.rippling.com":            func(a *address) link { return link{"rippling", a.at(len(a.path) - 3), uuid(a.after("jobs"))} },
	"jobs.apple.com":              func(a *address) link { return link{"apple", "", firstNumber(a.after("details"))} },
	"join.com":                    func(a *address) link { return link{"join", a.after("companies"), firstNumber(a.at(2))} },
}

// subdomains are the boards that give each employer a host of its own.
var subdomains = map[string]func(a *address, sub string) link{
	"recruitee.com":  func(a *address, sub string) link { return link{"recruitee", sub, a.after("o")} },
	"teamtailor.com": func(a *address, sub string) link { return link{"teamtailor", sub, firstNumber(a.after("jobs"))} },
	"jobs.personio.de": func(a *address, sub string) link {
		return link{"personio", sub, number(a.after("job"))}
	},
	"jobs.personio.com": func(a *address, sub string) link {
		return link{"personio", sub, number(a.after("job"))}
	},
	"workable.com": func(a *address, sub string) link {
		l := workable(a)
		if l.id == "" {
			l.id = number(a.after("jobs")) // as it was up to 2018
		}
		l.board = sub
		return l
	},
	"bamboohr.com":   bamboo,
	"breezy.hr":      func(a *address, sub string) link { return link{"breezy", sub, head(a.after("p"))} },
	"applytojob.com": func(a *address, sub string) link { return link{"jazzhr", sub, code(a.after("apply"))} },
	"pinpointhq.com": func(a *address, sub string) link { return link{"pinpoint", sub, uuid(a.after("postings"))} },
}

func greenhouse(a *address) link {
	l := link{kind: "greenhouse"}
	switch {
	case a.at(0) == "embed":
		l.board, l.id = strings.ToLower(a.query.Get("for")), number(a.query.Get("token"))
		if l.id == "" {
			l.id = number(a.query.Get("gh_jid"))
		}
	case a.at(0) == "v1":
		l.board, l.id = a.after("boards"), number(a.after("jobs"))
	default:
		l.board, l.id = a.at(0), number(a.after("jobs"))
		if l.id == "" {
			l.id = number(a.query.Get("gh_jid"))
		}
	}
	return l
}

// workable reads apply.workable.com/acme/j/0A1B2C3D4E/ and workable.com/j/0A….
func workable(a *address) link {
	l := link{kind: "workable", id: code(a.after("j"))}
	if a.at(1) == "j" {
		l.board = a.at(0)
	}
	return l
}

// smartRecruiters reads /Acme/743999712345678-title, with or without an API's
// prefix.
func smartRecruiters(a *address) link {
	if a.after("companies") != "" {
		return link{"smartrecruiters", a.after("companies"), number(a.after("postings"))}
	}
	return link{"smartrecruiters", a.at(0), long(firstNumber(a.at(1)))}
}

func bamboo(a *address, sub string) link {
	id := number(a.query.Get("id"))
	if id == "" {
		id = number(a.after("careers"))
	}
	return link{"bamboohr", sub, id}
}

// workday reads acme.wd5.myworkdayjobs.com/en-US/site/job/Berlin/Title_R-123-1;
// the number after the last underscore is the requisition, a trailing "-1" tells
// copies of one advertisement apart and is dropped.
func workday(a *address, tenant string) link {
	tenant, _, _ = strings.Cut(tenant, ".")
	if a.after("job") == "" || len(a.path) == 0 {
		return link{}
	}
	last := a.at(len(a.path) - 1)
	if last == "apply" {
		last = a.at(len(a.path) - 2)
	}
	i := strings.LastIndexByte(last, '_')
	if i < 0 || i+1 == len(last) {
		return link{}
	}
	id := last[i+1:]
	if j := strings.LastIndexByte(id, '-'); j > 3 && len(id)-j <= 3 && digits(id[j+1:]) {
		id = id[:j]
	}
	return link{"workday", tenant, id}
}

// angel reads /jobs/123-title and /company/acme/jobs/123-title.
func angel(a *address) string { return firstNumber(a.after("jobs")) }

func digits(s string) bool {
	if s == "" || len(s) > 24 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func number(s string) string {
	if digits(s) {
		return s
	}
	return ""
}

// firstNumber is the number before the first hyphen: "123-title".
func firstNumber(s string) string { return number(head(s)) }

func head(s string) string { h, _, _ := strings.Cut(s, "-"); return h }

// lastNumber is the number after the last hyphen: "title-at-acme-123".
func lastNumber(s string) string { return number(s[strings.LastIndexByte(s, '-')+1:]) }

// long keeps ids too long to be anything else.
func long(s string) string {
	if len(s) >= 9 {
		return s
	}
	return ""
}

// isCode says that s is a short id of letters and digits.
func isCode(s string) bool {
	if len(s) < 4 || len(s) > 16 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func code(s string) string {
	if isCode(s) {
		return s
	}
	return ""
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		hyphen := i == 8 || i == 13 || i == 18 || i == 23
		hex := c >= '0' && c <= '9' || c >= 'a' && c <= 'f'
		if hyphen && c != '-' || !hyphen && !hex {
			return false
		}
	}
	return true
}

func uuid(s string) string {
	if isUUID(s) {
		return s
	}
	return ""
}
