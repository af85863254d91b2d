package market

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/ingest/kinds/newsletter"
	"jobmarket/ingest/market/prose"
	"jobmarket/ingest/market/wire"
	"jobmarket/ingest/market/world"
	"jobmarket/warehouse/schema"
)

// Job is one opening of the market, for whom it is the unit.
type Job struct {
	ID       string
	Employer string // canonical name
	Title    string
	Domain   string
	Role     string // of the market's language
	Country  string // ISO 3166-1 code of the first place
	Places   []string
	Spells   []Spell // more than one when it was advertised again
}

// Spell is an interval of days in which a job is open: From inclusive, To
// exclusive, zero when it is open at the end of the simulated time.
type Spell struct{ From, To time.Time }

// Jobs yields every opening that overlaps the simulated time, whether or not a
// source shows it.
func (m *Market) Jobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for i := range m.w.Jobs {
			j := &m.w.Jobs[i]
			o := m.w.Opening(j, j.Open)
			f := o.Facts()
			job := Job{
				ID: jobID(int32(i)), Employer: m.w.Employers[j.Employer].Name, Title: f.Title, Domain: schema.Domains[j.Domain],
				Role: roles[j.Rust], Country: o.Country(), Places: f.Places,
				Spells: []Spell{{world.TimeOf(j.Open), ended(j.Close)}},
			}
			if j.Reopen > 0 {
				job.Spells = append(job.Spells, Spell{world.TimeOf(j.Reopen), ended(j.Redo)})
			}
			if !yield(job) {
				return
			}
		}
	}
}

// Stock is the number of jobs open on a day by domain, of one role of the
// market's language or, when role is empty, of all.
func (m *Market) Stock(on time.Time, role string) map[string]int {
	out := map[string]int{}
	for i := range m.w.Jobs {
		if j := &m.w.Jobs[i]; j.OpenOn(world.DayOf(on)) && (role == "" || roles[j.Rust] == role) {
			out[schema.Domains[j.Domain]]++
		}
	}
	return out
}

var roles = [...]string{prose.RustNo: schema.RoleNo, prose.RustSome: schema.RoleSome, prose.RustCore: schema.RoleCore}

func jobID(index int32) string { return "job-" + strconv.Itoa(int(index)) }

func ended(d world.Day) time.Time {
	if d == world.Never {
		return time.Time{}
	}
	return world.TimeOf(d)
}

// truth is what is true of an ad of a job.
func (m *Market) truth(source, key string, index int32) schema.Truth {
	j := &m.w.Jobs[index]
	return schema.Truth{
		Source: source, Key: key, JobID: jobID(index), Employer: m.w.Employers[j.Employer].Name,
		Domain: schema.Domains[j.Domain], Role: roles[j.Rust], IsJob: true,
		OpenedOn: world.TimeOf(j.Open), ClosedOn: ended(j.Last()),
	}
}

// noAd is the truth of what is no ad.
func noAd(source, key string) schema.Truth {
	return schema.Truth{Source: source, Key: key, Domain: "other", Role: schema.RoleNo}
}

// Truth yields what is planted for each posting that the crawls of the whole
// time can read, once for each (source, key).
func (m *Market) Truth() iter.Seq[schema.Truth] {
	return func(yield func(schema.Truth) bool) {
		for _, t := range m.postings(false) {
			if !yield(t) {
				return
			}
		}
	}
}

// Postings yields each posting of [Market.Truth] with its content as it was when
// it was last seen, without the detour over the wire: what the parsers make of
// its page, but for fields that they split differently (of forums, the first
// line). Postings are not sealed.
func (m *Market) Postings() iter.Seq2[schema.Posting, schema.Truth] { return m.postings(true) }

func (m *Market) postings(content bool) iter.Seq2[schema.Posting, schema.Truth] {
	return func(yield func(schema.Posting, schema.Truth) bool) {
		_ = m.newsletterPostings("twir", m.w.TWiR, newsletter.TWiR, m.twirPage, twirRaw, twirName, yield) &&
			m.newsletterPostings("rib", m.w.RiB, newsletter.RiB, m.ribPage, ribRaw, ribName, yield) &&
			m.hnPostings(content, yield) && m.redditPostings(content, yield) && m.boardPostings(content, yield)
	}
}

type yielder = func(schema.Posting, schema.Truth) bool

// newsletterPostings reads the issues with the real parser: see the package
// comment. Its postings come in the order of the lines.
func (m *Market) newsletterPostings(source string, issues []world.Issue, k kind.Kind, page func(*world.Issue) []byte, raw string, name func(*world.Issue) string, yield yielder) bool {
	seen := map[string]bool{}
	for i := range issues {
		is := &issues[i]
		if is.On > m.w.Last {
			return true
		}
		parsed, err := k.Parse(kind.Page{URL: raw + name(is), Body: page(is), Source: schema.Source{Name: source, Simulated: true}})
		_, jobs := m.lines(is)
		if err != nil || len(parsed.Postings) != len(jobs) {
			panic("market: an issue that we made was not read back line by line: " + name(is)) // a test reads all
		}
		for n, p := range parsed.Postings {
			if seen[p.Key] {
				continue
			}
			seen[p.Key] = true
			if !yield(p, m.truth(source, p.Key, jobs[n])) {
				return false
			}
		}
	}
	return true
}

func (m *Market) hnPostings(content bool, yield yielder) bool {
	for i := range m.w.Threads {
		notes := world.UpTo(m.w.Threads[i].Notes, world.Moment(m.w.Last))
		for n := range notes {
			if notes[n].Deleted {
				continue
			}
			key := strconv.FormatUint(notes[n].ID, 10)
			t := noAd("hn", key)
			if notes[n].Job != world.NoJob {
				t = m.truth("hn", key, notes[n].Job)
				t.Agency = notes[n].Agency > 0
			}
			p := schema.Posting{Source: "hn", Key: key, Simulated: true}
			if content {
				p = m.hnPosting(&notes[n], p)
			}
			if !yield(p, t) {
				return false
			}
		}
	}
	return true
}

func (m *Market) hnPosting(n *world.Note, p schema.Posting) schema.Posting {
	c := m.comment(n)
	p.URL, p.Author = "https://news.ycombinator.com/item?id="+p.Key, c.Author
	p.PublishedAt, p.SeenAt = n.At, n.At
	text := strings.Join(c.Paragraphs, "\n")
	p.Title = text
	if n.Job != world.NoJob {
		p.Company, p.Title, p.Location = htmltext.Line(c.Header[0]), c.Header[1], c.Header[2]
		p.CompanyURL, p.Link = c.Links[0], c.Links[len(c.Links)-1]
		text = strings.Join(c.Header, " | ") + " | " + c.Links[0] + "\n" + text
		if len(c.Links) > 1 {
			text += "\nApply: " + c.Links[1]
		}
	}
	p.Text = htmltext.Plain(text)
	return p
}

func (m *Market) redditPostings(content bool, yield yielder) bool {
	const source = "reddit/rust"
	one := func(prefix string, n *world.Note, fill func(*schema.Posting)) bool {
		key := prefix + strconv.FormatUint(n.ID, 36)
		t := noAd(source, key)
		if n.Job != world.NoJob {
			t = m.truth(source, key, n.Job)
		}
		p := schema.Posting{Source: source, Key: key, Simulated: true, PublishedAt: n.At.Truncate(time.Second)}
		p.SeenAt = p.PublishedAt
		if content {
			fill(&p)
		}
		return yield(p, t)
	}
	for i := range m.w.Posts {
		p := &m.w.Posts[i]
		if !p.At.Before(world.Moment(m.w.Last)) {
			continue
		}
		if !one("t3_", &p.Note, func(out *schema.Posting) {
			w := m.post(p)
			out.Title, out.Text, out.Author, out.Link = htmltext.Line(w.Title), htmltext.Plain(w.Text), w.Author, w.Link
			if p.Job != world.NoJob {
				out.Company = htmltext.Line(m.comment(&p.Note).Header[0])
			}
		}) {
			return false
		}
		for _, n := range world.UpTo(p.Comments, world.Moment(m.w.Last)) {
			if !one("t1_", &n, func(out *schema.Posting) {
				w, header := m.redditComment(&n), m.comment(&n).Header
				out.Text, out.Author = htmltext.Plain(w.Text), w.Author
				out.Company, out.Title = htmltext.Line(header[0]), htmltext.Line(header[1])
			}) {
				return false
			}
		}
	}
	return true
}

func (m *Market) boardPostings(content bool, yield yielder) bool {
	var open []*world.Listing
	for i := range m.w.Boards {
		at, b := int32(i), &m.w.Boards[i]
		last := make([]world.Day, len(b.Listings)) // on which a crawl could read the listing
		for _, on := range m.w.Crawls {
			if on < b.Since {
				continue
			}
			var readable []*world.Listing
			open, readable, _ = m.w.Shown(at, on, open[:0])
			for _, l := range readable {
				last[l.Number] = on
			}
		}
		source := b.Name(m.w)
		for n := range b.Listings {
			l := &b.Listings[n]
			if last[n] == 0 {
				continue
			}
			t := m.truth(source, b.ID(m.w, l.Number), l.Job)
			t.Agency = m.w.Employers[b.Owner].Agency
			p := schema.Posting{Source: source, Key: t.Key, Simulated: true}
			if content {
				p = m.boardPosting(b, l, last[n], p)
			}
			if !yield(p, t) {
				return false
			}
		}
	}
	return true
}

func (m *Market) boardPosting(b *world.Board, l *world.Listing, on world.Day, p schema.Posting) schema.Posting {
	a := m.ad(b, l, on)
	p.URL, p.Company, p.Title = a.Address(world.BoardKinds[b.Kind]), htmltext.Line(a.Company), htmltext.Line(a.Title)
	p.Location = kind.Join(append([]string{a.Location}, a.More...)...)
	p.Requisition, p.Text = a.Requisition, wire.Plain(&a.Doc)
	p.PublishedAt = a.Published
	if b.Kind != world.Greenhouse && a.Pay.Low > 0 {
		p.Pay, p.PayLow, p.PayHigh, p.PayCurrency, p.PayPeriod = a.Pay.Words, a.Pay.Low, a.Pay.High, a.Pay.Currency, a.Pay.Period
	}
	return p
}
