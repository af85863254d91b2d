package kind

import (
	"fmt"
	"iter"
	"net/url"
	"strings"
	"unicode/utf8"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/warehouse/schema"
)

// Reading collects what is read from one page.
type Reading struct {
	Parsed
	Page Page
	Seen int // records read so far, rejected ones too
	keys map[string]int
}

// Read begins the reading of a page, taken to be complete until something on it
// says otherwise.
func Read(p Page) *Reading {
	return &Reading{Parsed: Parsed{Complete: true}, Page: p, keys: map[string]int{}}
}

// Add adds a posting read at a place of the page. It fills in the source, and
// the employer where the whole source belongs to one, and cleans every field. A
// posting without a key, or a blank one, is a reject; so is a key that the page
// had before. Blank is what has no title and no text, or text of nobody.
func (r *Reading) Add(place string, p schema.Posting) {
	r.finish(place, &p)
	switch {
	case p.Key == "":
		r.Reject(place, "id", "the record has no id", p.Title)
		return
	case p.Title == "" && (p.Company == "" && p.Author == "" || p.Text == ""):
		r.Reject(place, "title", "the record is blank: it has no title and little else", p.Text)
		return
	case r.keys[p.Key] > 0:
		r.Reject(place, "id", "repeated id: the page had "+p.Key+" before", p.Title)
		return
	}
	r.keys[p.Key]++
	r.Postings = append(r.Postings, p)
}

// AddPrinted adds a posting of a printed list, whose key is made from its words:
// a line that stands there twice gets a "#2" behind its key.
func (r *Reading) AddPrinted(place string, p schema.Posting) {
	if n := r.keys[p.Key]; n > 0 {
		r.keys[p.Key]++
		p.Key = fmt.Sprintf("%s#%d", p.Key, n+1)
	}
	r.Add(place, p)
}

// finish sets what all postings of the source share and cleans the fields. An
// address that leads nowhere on the web ("javascript:…") is noted and dropped: it
// will be drawn as a link.
func (r *Reading) finish(place string, p *schema.Posting) {
	s := r.Page.Source
	p.Source, p.Simulated = s.Name, s.Simulated
	if p.Company == "" {
		p.Company = s.Employer
	}
	if p.CompanyURL == "" {
		p.CompanyURL = s.EmployerURL
	}
	for _, field := range []*string{
		&p.Key, &p.URL, &p.Link, &p.Title, &p.Company, &p.CompanyURL, &p.Location, &p.Department,
		&p.Employment, &p.Pay, &p.PayCurrency, &p.PayPeriod, &p.Tags, &p.Author, &p.Requisition,
	} {
		*field = htmltext.Line(*field)
	}
	for name, field := range addresses(p) {
		if *field != "" && !Web(*field) {
			r.Reject(place, name, "this is no web address; the field stays empty", *field)
			*field = ""
		}
	}
	p.Text = htmltext.Plain(p.Text)
}

// addresses are the fields that hold one, in a fixed order.
func addresses(p *schema.Posting) iter.Seq2[string, *string] {
	return func(yield func(string, *string) bool) {
		_ = yield("url", &p.URL) && yield("link", &p.Link) && yield("company_url", &p.CompanyURL)
	}
}

// Reject notes that something at a place of the page could not be read. All of it
// may quote the page, so all of it is cut and cleaned.
func (r *Reading) Reject(place, field, reason, excerpt string) {
	r.Rejects = append(r.Rejects, schema.Reject{
		Place: Excerpt(place), Field: Excerpt(field), Reason: Excerpt(reason), Excerpt: Excerpt(excerpt),
	})
}

// Follow adds the address of a further page of the source. One that is none of the
// web is a reject.
func (r *Reading) Follow(address string) {
	if !Web(address) {
		r.Reject("", "link", "this is no web address; it is not followed", address)
		return
	}
	r.Links = append(r.Links, address)
}

// Excerpt is up to 200 characters of s on one line, for a reject.
func Excerpt(s string) string {
	const most = 200
	if len(s) > most*utf8.UTFMax {
		s = s[:most*utf8.UTFMax]
	}
	s = htmltext.Line(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

// Join joins the values that are neither empty nor said before by "; ".
func Join(values ...string) string {
	var kept []string
	seen := map[string]bool{}
	for _, v := range values {
		v = htmltext.Line(v)
		if low := strings.ToLower(v); v != "" && !seen[low] {
			seen[low] = true
			kept = append(kept, v)
		}
	}
	return strings.Join(kept, "; ")
}

// Address joins the parts of an address by commas.
func Address(parts ...string) string {
	return strings.ReplaceAll(Join(parts...), "; ", ", ")
}

// Remote is what a board's word for the kind of workplace says: yes, no, hybrid or
// empty.
func Remote(stated string) string {
	switch strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(stated)) {
	case "remote", "fullyremote", "fully", "telecommute", "remoteonly":
		return "yes"
	case "hybrid", "temporary", "partial", "partially", "partlyremote":
		return "hybrid"
	case "onsite", "office", "inoffice", "none", "noremote":
		return "no"
	}
	return ""
}

// AddFacts adds what a registry says of a subject: pairs of a name and a value.
func (r *Reading) AddFacts(subject string, facts ...[2]string) {
	subject = htmltext.Line(subject)
	for _, f := range facts {
		r.Facts = append(r.Facts, schema.Fact{
			Source: r.Page.Source.Name, Subject: subject, Name: f[0], Value: htmltext.Line(f[1]), Simulated: r.Page.Source.Simulated,
		})
	}
}

// Print sets when the posting was printed, for a source that prints an ad once;
// the zero time leaves it at when the page was fetched.
func (r *Reading) Print(p *schema.Posting) {
	if r.Page.Source.Mode == schema.Periodical {
		p.SeenAt = p.PublishedAt
	}
}

// First is the first of the values that says something.
func First(values ...string) string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

// Web tells whether an address is an absolute one of the web.
func Web(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// Resolve is the absolute http(s) address of a link on a page; empty where it is
// none.
func Resolve(page, link string) string {
	base, err := url.Parse(page)
	if err != nil {
		return ""
	}
	u, err := base.Parse(strings.TrimSpace(link))
	if err != nil || link == "" || !Web(u.String()) {
		return ""
	}
	return u.String()
}
