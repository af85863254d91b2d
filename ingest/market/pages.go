package market

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jobmarket/ingest/market/dice"
	"jobmarket/ingest/market/prose"
	"jobmarket/ingest/market/wire"
	"jobmarket/warehouse/schema"
)

// moment is the time of day at which sources are crawled and pages are true.
func moment(on day) time.Time { return timeOf(on).Add(6 * time.Hour) }

// ad is a listing as its board shows it on a day.
func (m *Market) ad(b *board, l *listing, on day) wire.Ad {
	j, owner := &m.jobs[l.job], &m.employers[b.owner]
	o := m.prose(j, on)
	f := o.Facts()
	a := wire.Ad{
		ID: b.id(m, l.number), Board: owner.Token, Company: owner.company(on), Title: f.Title,
		Location: f.Places[0], More: f.Places[1:], Remote: f.Remote, Contract: f.Contract, Pay: f.Pay,
		Doc: o.Doc(), Team: schema.Domains[j.domain], Published: opened(l), Updated: opened(l),
	}
	a.Team = o.TeamName()
	if f.Remote == prose.Remote {
		a.Location = f.Line()
	}
	if on >= j.edited && j.edited > l.from {
		a.Updated = moment(j.edited)
	}
	if owner.agency {
		a.Doc = a.Doc.Copy(&o, &owner.Employer, j.seed)
		a.Pay = prose.Pay{}
		return a
	}
	if b.kind == greenhouse {
		a.Requisition = "R-" + strconv.FormatUint(j.seed%100_000, 10) // a repost keeps the opening's number
		if b.ownSite {
			a.URL = "https://" + owner.Host + "/careers?gh_jid=" + a.ID
		}
	}
	if j.hostile {
		m.spoil(j, &a)
	}
	return a
}

// opened is when a listing went up.
func opened(l *listing) time.Time {
	return timeOf(l.from).Add(9*time.Hour + time.Duration(l.number%480)*time.Minute)
}

// spoil puts a hostile string into one of the ad's fields.
func (m *Market) spoil(j *job, a *wire.Ad) {
	d := dice.New(j.seed, 'x')
	s := prose.Hostile(&d)
	switch d.N(3) {
	case 0:
		a.Title += " " + s
	case 1:
		a.Company += " " + s
	default:
		a.Location += " " + s
	}
}

// link is where an ad of the job points on a day: to the opening on the board, or
// to the employer's own site.
func (m *Market) link(j *job, on day) string {
	e := &m.employers[j.employer]
	d := dice.New(j.seed, 'l')
	if e.board >= 0 && d.Chance(0.75) {
		b := &m.boards[e.board]
		number := j.listed
		if j.reopen > 0 && on >= j.reopen {
			number++
		}
		a := wire.Ad{ID: b.id(m, number), Board: e.Token}
		if b.kind == greenhouse && b.ownSite {
			a.URL = "https://" + e.Host + "/careers?gh_jid=" + a.ID
		}
		return a.Address(boardKinds[b.kind])
	}
	return "https://" + e.Host + "/jobs/" + strconv.FormatUint(j.seed%1_000_000, 10)
}

// boardPage is the board's answer on a day, appended to body. Fragments of ads
// that did not change since an earlier page come from the cache, which may be
// nil.
func (m *Market) boardPage(body []byte, at int32, on day, content bool, cache map[int32]fragment) answer {
	b := &m.boards[at]
	open, readable, what := m.shown(at, on, nil)
	switch what {
	case unavailable:
		return answer{503, textType, append(body, "upstream connect error\n"...)}
	case maintenance:
		return answer{200, "text/html", append(body, "<!doctype html><title>Maintenance</title><p>We will be back soon (simulated).\n"...)}
	}
	bad := m.malformed(at, on, readable)
	total := len(open)
	if bad != "" {
		total++
	}
	head, tail := wire.Envelopes(boardKinds[b.kind], total)
	body = append(body, head...)
	start := len(body)
	comma := func() {
		if len(body) > start {
			body = append(body, ", "...)
		}
	}
	for _, l := range readable {
		comma()
		body = m.fragment(body, b, l, on, content, cache)
	}
	if bad != "" {
		comma()
		body = append(body, bad...)
	}
	if what == cut {
		comma()
		return answer{200, jsonType, append(body, `{"title": "Engin`...)}
	}
	return answer{200, jsonType, append(body, tail...)}
}

// fragment is an ad as it stands on a page, and the text it was made of.
type fragment struct {
	edited bool
	name   string
	body   []byte
}

// fragment appends a listing in the format of its board.
func (m *Market) fragment(dst []byte, b *board, l *listing, on day, content bool, cache map[int32]fragment) []byte {
	edited, name := on >= m.jobs[l.job].edited, m.employers[b.owner].company(on)
	if f, ok := cache[l.number]; ok && f.edited == edited && f.name == name {
		return append(dst, f.body...)
	}
	from := len(dst)
	a := m.ad(b, l, on)
	switch b.kind {
	case greenhouse:
		dst = wire.Greenhouse(dst, &a, content)
	case ashby:
		dst = wire.Ashby(dst, &a)
	default:
		dst = wire.Lever(dst, &a)
	}
	if cache != nil {
		cache[l.number] = fragment{edited, name, bytes.Clone(dst[from:])}
	}
	return dst
}

// malformed is a record that nobody can read, for some pages; else empty.
func (m *Market) malformed(at int32, on day, readable []*listing) string {
	d := dice.New(m.Seed, 'm', uint64(at), uint64(on))
	if !d.Chance(m.Malformed) {
		return ""
	}
	b := &m.boards[at]
	title := `"title"`
	if b.kind == lever {
		title = `"text"`
	}
	switch n := d.N(6); {
	case n == 0:
		return `null`
	case n == 1:
		return `"Engineer"`
	case n == 2:
		return `{"id": "x-` + strconv.Itoa(int(on)) + `", ` + title + `: ["Engineer"]}`
	case n == 3:
		return `{` + title + `: "An ad without an id"}`
	case n == 4 && b.kind == ashby:
		return `{"id": "x-` + strconv.Itoa(int(on)) + `", "title": "A hidden ad", "isListed": false}`
	case len(readable) > 0: // the same id again
		return `{"id": "` + b.id(m, readable[0].number) + `", ` + title + `: "An ad with the id of another"}`
	}
	return `17`
}

// lines are the ads of an issue as printed, and their jobs.
func (m *Market) lines(is *issue) ([]wire.Line, []int32) {
	jobs := slices.Clone(is.lines)
	slices.SortStableFunc(jobs, func(a, b int32) int { return int(m.jobs[a].employer - m.jobs[b].employer) })
	out := make([]wire.Line, len(jobs))
	for i, at := range jobs {
		j := &m.jobs[at]
		o := m.prose(j, is.on)
		f := o.Facts()
		if j.hostile {
			d := dice.New(j.seed, 'x')
			f.Title += " " + prose.Hostile(&d)
		}
		out[i] = wire.Line{
			Title: wire.Markdown(f.Title), Company: wire.Markdown(m.companyName(j, is.on)),
			Place: wire.Markdown(f.Line()), URL: m.link(j, is.on),
		}
	}
	return out, jobs
}

// companyName is the name under which another source advertises the job: one of
// its variants, always the same for one employer and year.
func (m *Market) companyName(j *job, on day) string {
	e := &m.employers[j.employer]
	if on >= e.renamed {
		return e.newName
	}
	d := dice.New(m.Seed, 'v', uint64(j.employer), uint64(timeOf(on).Year()))
	return e.Variant(&d)
}

func (m *Market) twirPage(is *issue) []byte {
	lines, _ := m.lines(is)
	d := dice.New(m.Seed, 'b', uint64(is.on))
	return wire.TWiR(nil, timeOf(is.on), is.number, lines, d.Chance(m.Malformed))
}

func (m *Market) ribPage(is *issue) []byte {
	lines, _ := m.lines(is)
	return wire.RiB(nil, timeOf(is.on), is.number, lines)
}

// comment is a note as a forum shows it.
func (m *Market) comment(n *note) wire.Comment {
	c := wire.Comment{ID: n.id, At: n.at, Deleted: n.deleted, Author: "sim_reader_" + strconv.FormatUint(n.id%997, 10)}
	if n.job == noJob {
		d := dice.New(m.Seed, 'k', n.id)
		c.Paragraphs = []string{prose.Chatter(&d)}
		return c
	}
	j := &m.jobs[n.job]
	e := &m.employers[j.employer]
	on := dayOf(n.at)
	o := m.prose(j, on)
	company := m.companyName(j, on)
	if j.hostile {
		d := dice.New(j.seed, 'x')
		company += " " + strings.ReplaceAll(prose.Hostile(&d), "|", "")
	}
	if n.agency > 0 {
		agency := &m.employers[n.agency]
		c.Header, c.Paragraphs = o.Comment(agency.Name+" (for a client)", &agency.Employer)
		c.Author = "sim_" + strings.ToLower(agency.Stem)
		c.Links = []string{"https://" + agency.Host}
		return c
	}
	c.Header, c.Paragraphs = o.Comment(company, nil)
	c.Author = "sim_" + strings.ToLower(e.Stem)
	c.Links = []string{"https://" + e.Host, m.link(j, on)}
	return c
}

func (m *Market) threadPage(t *thread, on day) []byte {
	notes := upTo(t.notes, moment(on))
	comments := make([]wire.Comment, len(notes))
	for i := range notes {
		comments[i] = m.comment(&notes[i])
	}
	return wire.HNThread(nil, t.id, t.opened(), comments)
}

func (t *thread) opened() time.Time { return timeOf(t.on).Add(15 * time.Hour) }

// upTo are the notes that were there at a time.
func upTo(notes []note, at time.Time) []note {
	n := 0
	for n < len(notes) && notes[n].at.Before(at) {
		n++
	}
	return notes[:n]
}

const hitsPerPage = 20

// threadsOn are the threads that a search finds on a day, newest first.
func (m *Market) threadsOn(on day) []*thread {
	var out []*thread
	for i := len(m.threads) - 1; i >= 0; i-- {
		if m.threads[i].opened().Before(moment(on)) {
			out = append(out, &m.threads[i])
		}
	}
	return out
}

func (m *Market) searchPage(on day, page int) []byte {
	all := m.threadsOn(on)
	var hits []wire.Hit
	for _, t := range all[min(len(all), page*hitsPerPage):min(len(all), (page+1)*hitsPerPage)] {
		at := t.opened()
		hits = append(hits, wire.Hit{ID: t.id, At: at, Title: wire.HNTitle(at), Comments: len(upTo(t.notes, moment(on)))})
	}
	return wire.HNSearch(nil, hits, len(all), page, hitsPerPage)
}

// post is a post as reddit shows it.
func (m *Market) post(p *post) wire.Post {
	out := wire.Post{ID: strconv.FormatUint(p.id, 36), At: p.at, Flair: "💼 jobs"}
	switch {
	case p.thread:
		out.Title = fmt.Sprintf("Official /r/rust \"Who's Hiring\" thread for job-seekers and job-offerers [Rust 1.%d]", 32+(dayOf(p.at)-17897)/42)
		out.Text = "A simulated thread. Top-level comments are for employers: company, type, description, location, remote, visa, contact."
		out.Author = "sim_moderator"
	case p.job == noJob:
		d := dice.New(m.Seed, 'q', p.id)
		out.Title, out.Text = prose.Post(&d)
		out.Author = "sim_reader_" + strconv.FormatUint(p.id%997, 10)
	default:
		c := m.comment(&p.note)
		out.Author = c.Author
		out.Title = c.Header[0] + " is hiring: " + c.Header[1] + " (" + c.Header[2] + ")"
		out.Text = strings.Join(c.Paragraphs, "\n\n") + "\n\n" + c.Links[1]
		if p.id%3 == 0 {
			out.Text, out.Link = "", c.Links[1]
		}
	}
	return out
}

// redditComment is an ad in the form that the hiring threads ask for.
func (m *Market) redditComment(n *note) wire.Post {
	c := m.comment(n)
	j := &m.jobs[n.job]
	o := m.prose(j, dayOf(n.at))
	f := o.Facts()
	remote := [...]string{"No", "Partially (hybrid)", "Yes"}[f.Remote]
	text := fmt.Sprintf("COMPANY: %s\n\nTYPE: Full time\n\nTITLE: %s\n\nDESCRIPTION: %s\n\nLOCATION: %s\n\nREMOTE: %s\n\nVISA: Ask\n\nCONTACT: %s",
		c.Header[0], f.Title, strings.Join(c.Paragraphs, "\n\n"), f.Line(), remote, c.Links[1])
	return wire.Post{ID: strconv.FormatUint(n.id, 36), Author: c.Author, At: n.at, Text: text}
}

const (
	postsPerPage = 100
	postsFound   = 200 // a search shows no more
)

// postsOn are the posts that a search finds on a day, newest first.
func (m *Market) postsOn(on day) []*post {
	var out []*post
	for i := len(m.posts) - 1; i >= 0 && len(out) < postsFound; i-- {
		if p := &m.posts[i]; p.at.Before(moment(on)) {
			out = append(out, p)
		}
	}
	return out
}

// redditPage is the page of the search whose newest post stands behind after.
func (m *Market) redditPage(on day, after string) []byte {
	all := m.postsOn(on)
	from := 0
	if after != "" {
		from = 1 + slices.IndexFunc(all, func(p *post) bool { return "t3_"+strconv.FormatUint(p.id, 36) == after })
	}
	to := min(len(all), from+postsPerPage)
	var posts []wire.Post
	for _, p := range all[from:to] {
		posts = append(posts, m.post(p))
	}
	next := ""
	if to < len(all) {
		next = "t3_" + posts[len(posts)-1].ID
	}
	return wire.RedditListing(nil, "t3", "rust", posts, next)
}

func (m *Market) redditThread(p *post, on day) []byte {
	var comments []wire.Post
	for _, n := range upTo(p.comments, moment(on)) {
		comments = append(comments, m.redditComment(&n))
	}
	return wire.RedditThread(nil, "rust", m.post(p), comments)
}
