package domain

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"jobmarket/warehouse/schema"
)

// Fact is what a registry says of an employer.
type Fact struct {
	Name   string
	Host   string // registrable domain of its site, where known
	Domain string // one of schema.Domains
	Also   []string
	Since  time.Time // zero: always
	Until  time.Time // zero: still
	Source string    // where the fact stands
	Giant  bool      // an employer of many fields: its teams' domains count, not its own
	Listed bool      // from a public list, coarser than what was looked up
}

// Registry finds facts by an employer's name, site or board token.
type Registry struct {
	facts  []Fact
	byName map[string][]int32
	byHost map[string][]int32
}

// found is a fact and what led to it.
type found struct {
	fact *Fact
	by   string // the name or host as the posting has it
	how  string // name, board, host
}

// ReadRegistry adds the facts of a CSV with the header
// name,host,domain,also,since,until,source,giant. Also is separated by blanks or
// semicolons, dates are years or days, giant is yes or empty.
func (r *Registry) ReadRegistry(in io.Reader, listed bool) error {
	c := csv.NewReader(in)
	c.FieldsPerRecord = -1
	c.Comment = '#'
	rows, err := c.ReadAll()
	if err != nil {
		return fmt.Errorf("employer registry: %w", err)
	}
	for i, row := range rows {
		if i == 0 && len(row) > 0 && row[0] == "name" {
			continue
		}
		row = append(row, make([]string, max(0, 8-len(row)))...)
		f := Fact{Name: strings.TrimSpace(row[0]), Host: strings.TrimSpace(row[1]), Domain: row[2], Source: row[6], Listed: listed}
		if !slices.Contains(schema.Domains, f.Domain) || f.Name == "" {
			return fmt.Errorf("employer registry row %d: %q is no domain, or the name is empty", i+1, row[2])
		}
		for _, a := range strings.FieldsFunc(row[3], func(c rune) bool { return c == ';' || c == ' ' || c == ',' || c == '|' }) {
			if !slices.Contains(schema.Domains, a) {
				return fmt.Errorf("employer registry row %d: %q is no domain", i+1, a)
			}
			f.Also = append(f.Also, a)
		}
		if f.Since, err = parseDay(row[4]); err != nil {
			return fmt.Errorf("employer registry row %d: %w", i+1, err)
		}
		if f.Until, err = parseDay(row[5]); err != nil {
			return fmt.Errorf("employer registry row %d: %w", i+1, err)
		}
		switch strings.ToLower(row[7]) {
		case "yes", "true", "1", "giant":
			f.Giant = true
		}
		r.Add(f)
	}
	return nil
}

// Add enters a fact. A later fact of the same name and time is the weaker.
func (r *Registry) Add(f Fact) {
	if r.byName == nil {
		r.byName, r.byHost = map[string][]int32{}, map[string][]int32{}
	}
	i := int32(len(r.facts))
	r.facts = append(r.facts, f)
	if k := NameKey(f.Name); k != "" {
		r.byName[k] = append(r.byName[k], i)
	}
	if h := hostKey(f.Host); h != "" {
		r.byHost[h] = append(r.byHost[h], i)
	}
}

// parseDay reads a year, a month or a day; empty is the zero time.
func parseDay(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no year, month or day", s)
}

// look returns the first fact that holds on the day, by the surest key first.
func (r *Registry) look(p *schema.Posting) (found, bool) {
	day := p.SeenAt
	if day.IsZero() {
		day = p.PublishedAt
	}
	for _, name := range names(p) {
		if f := r.pick(r.byName[NameKey(name)], day); f != nil {
			return found{f, name, "name"}, true
		}
	}
	for _, link := range links(p) {
		host, token := splitLink(link)
		if f := r.pick(r.byHost[host], day); f != nil && host != "" {
			return found{f, host, "host"}, true
		}
		if token == "" {
			continue
		}
		for _, k := range tokenKeys(token) {
			if f := r.pick(r.byName[k], day); f != nil {
				return found{f, token, "board"}, true
			}
		}
	}
	return found{}, false
}

// pick is the first of the facts that holds on the day. A fact whose time is
// over is better than none only when the day is unknown.
func (r *Registry) pick(list []int32, day time.Time) *Fact {
	for _, i := range list {
		f := &r.facts[i]
		if !day.IsZero() && (!f.Since.IsZero() && day.Before(f.Since) || !f.Until.IsZero() && !day.Before(f.Until)) {
			continue
		}
		return f
	}
	return nil
}

// names are the employer's names that the posting gives, the fullest first.
func names(p *schema.Posting) []string {
	var out []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && len(s) < 80 {
			out = append(out, s)
		}
	}
	add(p.Company)
	if before, _, ok := strings.Cut(p.Company, "("); ok {
		add(before)
	}
	if p.Company == "" {
		if first, _, ok := strings.Cut(p.Title, "|"); ok {
			add(first)
			if before, _, ok := strings.Cut(first, "("); ok {
				add(before)
			}
		} else if i := strings.LastIndex(p.Title, " at "); i > 0 {
			add(p.Title[i+4:])
		}
	}
	return out
}

// maxLinks is how many links of one posting are looked up.
const maxLinks = 6

// links are the addresses that the posting gives, the employer's own first.
func links(p *schema.Posting) []string {
	var out []string
	for _, s := range []string{p.CompanyURL, p.Link} {
		if s != "" {
			out = append(out, s)
		}
	}
	for _, s := range []string{p.Title, p.Text} {
		s = s[:min(len(s), 1<<14)]
		for len(out) < maxLinks {
			i := strings.Index(s, "http")
			if i < 0 {
				break
			}
			s = s[i:]
			end := strings.IndexAny(s, " \t\n\r)]>\"'|,")
			if end < 0 {
				end = len(s)
			}
			if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
				out = append(out, s[:end])
			}
			s = s[max(end, 4):]
		}
	}
	return out
}

// boardPaths are hosts on which the first part of the path names the employer.
var boardPaths = map[string]bool{
	"jobs.lever.co": true, "lever.co": true, "boards.greenhouse.io": true, "boards.eu.greenhouse.io": true, "job-boards.greenhouse.io": true,
	"grnh.se": false, "apply.workable.com": true, "jobs.ashbyhq.com": true, "jobs.smartrecruiters.com": true,
	"careers.smartrecruiters.com": true, "github.com": true, "hire.withgoogle.com": false, "jobs.jobvite.com": true,
	"www.workable.com": false, "angel.co": true, "wellfound.com": true, "gitlab.com": true, "www.linkedin.com": false,
	"jobs.gem.com": true, "careers.jobscore.com": true, "boards.greenhouse.com": true, "jobs.polymer.co": true,
}

// boardHosts are the domains under which a host's first label names the employer.
var boardHosts = []string{
	".workable.com", ".bamboohr.com", ".recruitee.com", ".breezy.hr", ".teamtailor.com", ".jobs.personio.de", ".jobs.personio.com",
	".jobs.personio.com", ".homerun.co", ".myworkdayjobs.com", ".applytojob.com", ".recruiterbox.com", ".freshteam.com", ".zohorecruit.com",
	".notion.site", ".hr.join.com", ".rippling-ats.com", ".catsone.com", ".pinpointhq.com", ".careers.hibob.com", ".gitlab.io", ".github.io",
	".jobs.lever.co", ".hrmdirect.com", ".theresumator.com", ".icims.com", ".onhires.com", ".welcomekit.co",
}

// splitLink gives the registrable host of an employer's own site, or the token
// that names the employer on a job board.
func splitLink(link string) (host, token string) {
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" {
		return "", ""
	}
	h := strings.ToLower(u.Hostname())
	path := strings.Split(strings.Trim(u.Path, "/"), "/")
	if isBoard, ok := boardPaths[h]; ok {
		if !isBoard {
			return "", ""
		}
		if len(path) > 1 && (path[0] == "company" || path[0] == "embed") {
			path = path[1:]
		}
		if t := u.Query().Get("for"); t != "" {
			return "", t
		}
		return "", path[0]
	}
	for _, suffix := range boardHosts {
		if t, ok := strings.CutSuffix(h, suffix); ok {
			first, _, _ := strings.Cut(t, ".")
			return "", first
		}
	}
	return hostKey(h), ""
}

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
	labels := strings.Split(strings.Trim(host, "."), ".")
	n := 2
	if len(labels) > 2 && slices.Contains(doubled, strings.Join(labels[len(labels)-2:], ".")) {
		n = 3
	}
	if len(labels) < n {
		return ""
	}
	return strings.Join(labels[len(labels)-n:], ".")
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
func NameKey(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80)
	})
	for len(words) > 1 && forms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return strings.Join(words, "")
}

// tokenEnds are what boards' tokens add to a name.
var tokenEnds = []string{"labs", "io", "hq", "inc", "technologies", "careers", "jobs", "network", "foundation", "dev", "tech", "ai", "2", "1"}

// tokenKeys are the names that a board's token may stand for.
func tokenKeys(token string) []string {
	k := NameKey(token)
	out := []string{k}
	for _, end := range tokenEnds {
		if rest, ok := strings.CutSuffix(k, end); ok && len(rest) >= 4 {
			out = append(out, rest)
		}
		out = append(out, k+end)
	}
	return out
}
