// Package employer knows what registries say of employers, and finds the
// employer of a posting by its name, its site and its place on a job board. It
// must not know what an ad says of its work.
package employer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"jobmarket/warehouse/schema"
)

// Fact is what a registry says of an employer.
type Fact struct {
	Name   string
	Host   string   // of its site, where known
	Boards []string // job boards, "lever/acme"
	Domain string   // one of schema.Domains
	Also   []string
	Since  time.Time // zero: always
	Until  time.Time // zero: still
	Source string    // where the fact stands
	Giant  bool      // an employer of many fields: its teams' domains count, not its own
	Listed bool      // from a public list, coarser than what was looked up

	site string // the registrable domain of Host
}

// Registry finds facts by an employer's name, site or job board.
type Registry struct {
	facts   []Fact
	byName  map[string][]int32
	byHost  map[string][]int32
	byBoard map[string][]int32 // "lever/acme"
}

// Found is a fact and what led to it.
type Found struct {
	Fact *Fact
	By   string // the name, host or board as the posting has it
	How  string // name, board, host
	Weak bool   // a public list's, or of an employer of this name with another site
}

// columns of a registry file; those that a file lacks are empty.
var columns = []string{"name", "host", "boards", "domain", "also", "since", "until", "giant", "source"}

// Read adds the facts of a CSV whose header names the columns. Lists are
// separated by semicolons, boards are written "lever/acme", since and until are
// years, months or days, giant is true or empty. Listed says that the facts are
// a public list's. The error names the row.
func (r *Registry) Read(in io.Reader, listed bool) error {
	c := csv.NewReader(in)
	c.Comment = '#'
	rows, err := c.ReadAll()
	if err != nil {
		return fmt.Errorf("employer registry: %w", err)
	}
	if len(rows) == 0 {
		return errors.New("employer registry: no header row")
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		if !slices.Contains(columns, name) {
			return fmt.Errorf("employer registry: column %q is none of %s", name, strings.Join(columns, ", "))
		}
		at[name] = i
	}
	for i, row := range rows[1:] {
		f, err := readFact(func(name string) string {
			if k, ok := at[name]; ok {
				return strings.TrimSpace(row[k])
			}
			return ""
		})
		if err != nil {
			return fmt.Errorf("employer registry row %d: %w", i+2, err)
		}
		f.Listed = listed
		r.Add(f)
	}
	return nil
}

func readFact(field func(string) string) (Fact, error) {
	f := Fact{
		Name: field("name"), Host: field("host"), Boards: list(field("boards")), Domain: field("domain"),
		Also: list(field("also")), Source: field("source"), Giant: field("giant") == "true",
	}
	if f.Name == "" {
		return f, errors.New("the name is empty")
	}
	for _, d := range append(f.Also, f.Domain) {
		if !slices.Contains(schema.Domains, d) {
			return f, fmt.Errorf("%q is no domain", d)
		}
	}
	var err error
	if f.Since, err = parseDay(field("since")); err != nil {
		return f, err
	}
	f.Until, err = parseDay(field("until"))
	return f, err
}

// list is the parts of s between semicolons, blanks cut off.
func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// Add enters a fact. Of two facts that hold, the one entered first counts.
func (r *Registry) Add(f Fact) {
	if r.byName == nil {
		r.byName, r.byHost, r.byBoard = map[string][]int32{}, map[string][]int32{}, map[string][]int32{}
	}
	f.site = hostKey(f.Host)
	i := int32(len(r.facts))
	r.facts = append(r.facts, f)
	put := func(m map[string][]int32, k string) {
		if k != "" && !slices.Contains(m[k], i) {
			m[k] = append(m[k], i)
		}
	}
	put(r.byName, NameKey(f.Name))
	if at := readLink("https://" + f.Host); at.host != "" { // a public list may give a board as a site
		put(r.byHost, at.host)
	}
	for _, b := range f.Boards {
		put(r.byBoard, strings.ToLower(b))
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

// Look returns the first fact that holds on the posting's day: by name, then by
// board, then by host, then by a board's token read as a name. A public list
// counts only where nothing was looked up.
func (r *Registry) Look(p *schema.Posting) (Found, bool) {
	day := p.SeenAt
	if day.IsZero() {
		day = p.PublishedAt
	}
	var room [maxLinks]link
	linked := links(room[:0], p)
	var weak Found
	take := func(f *Fact, by, how string, doubtful bool) (Found, bool) {
		if f != nil && !f.Listed && !doubtful {
			return Found{f, by, how, false}, true
		}
		if f != nil && weak.Fact == nil {
			weak = Found{f, by, how, true}
		}
		return Found{}, false
	}
	var keyRoom [80]byte
	var nameRoom [8]name
	for _, n := range names(nameRoom[:0], p) {
		key := appendKey(keyRoom[:0], n.text)
		f := r.pick(r.byName[string(key)], day)
		if f == nil || n.only != "" && !f.of(n.only) {
			continue
		}
		if f, ok := take(f, n.text, "name", elsewhere(linked, f, string(key)) || n.of != "" && stranger(linked, f, n)); ok {
			return f, true
		}
	}
	for _, at := range linked {
		var board []int32
		if at.board != "" {
			board = r.byBoard[at.board+"/"+at.token]
		}
		host := r.byHost[at.host]
		if (len(board) > 0 || len(host) > 0 || at.token != "") && at.strange(p) {
			continue
		}
		if at.board != "" {
			if f, ok := take(r.pick(board, day), at.board+"/"+at.token, "board", false); ok {
				return f, true
			}
		}
		if at.host != "" {
			if f, ok := take(r.pick(host, day), at.host, "host", false); ok {
				return f, true
			}
		}
		if at.token == "" {
			continue
		}
		for k, longer := range tokenKeys(at.token) {
			if f, ok := take(r.pick(r.byName[string(k)], day), at.token, "board", longer); ok {
				return f, true
			}
		}
	}
	return weak, weak.Fact != nil
}

// of says that the employer works in the domain.
func (f *Fact) of(domain string) bool { return f.Domain == domain || slices.Contains(f.Also, domain) }

// elsewhere says that a posting links to a site whose name is the employer's, or
// begins or ends with it, but which is not the employer's: honeycomb.tv is not
// honeycomb.io, and the "Blink" whose site is blinkhealth.com not that of blink.sv.
// Key is the NameKey by which the posting was found.
func elsewhere(linked []link, f *Fact, key string) bool {
	label, _, _ := strings.Cut(f.site, ".")
	if label == "" {
		return false
	}
	other := false
	for _, at := range linked {
		if at.host == f.site {
			return false
		}
		first, _, _ := strings.Cut(at.host, ".")
		if plain := strings.ReplaceAll(first, "-", ""); plain != key && plain != strings.ReplaceAll(label, "-", "") {
			if len(key) < shortest || affixed(plain, key) || !strings.HasPrefix(plain, key) && !strings.HasSuffix(plain, key) {
				continue
			}
		} else if first != label {
			continue
		}
		other = true
	}
	return other
}

// stranger says that a short form need not be the employer's: it is a word so short
// that many have it, or the posting links to the full name's own site.
func stranger(linked []link, f *Fact, n name) bool {
	full := NameKey(n.of)
	return len(NameKey(n.text)) < tellsApart || slices.ContainsFunc(linked, func(at link) bool {
		label, _, _ := strings.Cut(at.host, ".")
		return at.host != f.site && strings.ReplaceAll(label, "-", "") == full
	})
}

// tellsApart is how many letters a name has that few others share.
const tellsApart = 6

// affixed says that the site is named by the key and a word that sites of one
// employer add: discordapp.com is Discord's too.
func affixed(site, key string) bool {
	if rest, ok := strings.CutPrefix(site, key); ok {
		return slices.Contains([]string{"app", "hq", "labs", "inc", "io", "jobs", "careers", "team", "tech"}, rest)
	}
	rest, ok := strings.CutSuffix(site, key)
	return ok && slices.Contains([]string{"get", "try", "use", "join", "go", "the", "hello", "my", "team", "jobs", "with"}, rest)
}

// shortest is how many letters a name must have to be sought in a site's.
const shortest = 4

// pick is the first of the facts that holds on the day; of an unknown day, the
// first.
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
