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
	"jobmarket/ingest/market/world"
	"jobmarket/warehouse/schema"
)

// ad is a listing as its board shows it on a day.
func (m *Market) ad(b *world.Board, l *world.Listing, on world.Day) wire.Ad {
	j, owner := &m.w.Jobs[l.Job], &m.w.Employers[b.Owner]
	o := m.w.Opening(j, on)
	f := o.Facts()
	a := wire.Ad{
		ID: b.ID(m.w, l.Number), Board: owner.Token, Company: owner.CompanyOn(on), Title: f.Title,
		Location: f.Places[0], More: f.Places[1:], Remote: f.Remote, Contract: f.Contract, Pay: f.Pay,
		Doc: o.Doc(), Team: schema.Domains[j.Domain], Published: opened(l), Updated: opened(l),
	}
	a.Team = o.TeamName()
	if f.Remote == prose.Remote {
		a.Location = f.Line()
	}
	if on >= j.Edited && j.Edited > l.From {
		a.Updated = world.Moment(j.Edited)
	}
	if owner.Agency {
		a.Doc = a.Doc.Copy(&o, &owner.Employer, j.Seed)
		a.Pay = prose.Pay{}
		return a
	}
	if b.Kind == world.Greenhouse {
		a.Requisition = "R-" + strconv.FormatUint(j.Seed%100_000, 10) // a repost keeps the opening's number
		if b.OwnSite {
			a.URL = "https://" + owner.Host + "/careers?gh_jid=" + a.ID
		}
	}
	if j.Hostile {
		m.spoil(j, &a)
	}
	return a
}

// opened is when a listing went up.
func opened(l *world.Listing) time.Time {
	return world.TimeOf(l.From).Add(9*time.Hour + time.Duration(l.Number%480)*time.Minute)
}

// spoil puts a hostile string into one of the ad's fields.
func (m *Market) spoil(j *world.Job, a *wire.Ad) {
	d := dice.New(j.Seed, 'x')
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
func (m *Market) link(j *world.Job, on world.Day) string {
	e := &m.w.Employers[j.Employer]
	d := dice.New(j.Seed, 'l')
	if e.Board >= 0 && d.Chance(0.75) {
		b := &m.w.Boards[e.Board]
		number := j.Listed
		if j.Reopen > 0 && on >= j.Reopen {
			number++
		}
		a := wire.Ad{ID: b.ID(m.w, number), Board: e.Token}
		if b.Kind == world.Greenhouse && b.OwnSite {
			a.URL = "https://" + e.Host + "/careers?gh_jid=" + a.ID
		}
		return a.Address(world.BoardKinds[b.Kind])
	}
	return "https://" + e.Host + "/jobs/" + strconv.FormatUint(j.Seed%1_000_000, 10)
}

// boardPage is the board's answer on a day, appended to body. Fragments of ads
// that did not change since an earlier page come from the cache, which may be
// nil.
func (m *Market) boardPage(body []byte, at int32, on world.Day, content bool, cache map[int32]fragment) answer {
	b := &m.w.Boards[at]
	open, readable, what := m.w.Shown(at, on, nil)
	switch what {
	case world.Unavailable:
		return answer{503, textType, append(body, "upstream connect error\n"...)}
	case world.Maintenance:
		return answer{200, "text/html", append(body, "<!doctype html><title>Maintenance</title><p>We will be back soon (simulated).\n"...)}
	}
	bad := m.malformed(at, on, readable)
	total := len(open)
	if bad != "" {
		total++
	}
	head, tail := wire.Envelopes(world.BoardKinds[b.Kind], total)
	body = append(body, head...)
	start := len(body)
	comma := func() {
		if len(body) > start && b.Kind != world.Personio {
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
	kind, torn := jsonType, `{"title": "Engin`
	if b.Kind == world.Personio {
		kind, torn = "text/xml; charset=utf-8", "<position><name>Engin"
	}
	if what == world.Cut {
		comma()
		return answer{200, kind, append(body, torn...)}
	}
	return answer{200, kind, append(body, tail...)}
}

// fragment is an ad as it stands on a page, and the text it was made of.
type fragment struct {
	edited bool
	name   string
	body   []byte
}

// fragment appends a listing in the format of its board.
func (m *Market) fragment(dst []byte, b *world.Board, l *world.Listing, on world.Day, content bool, cache map[int32]fragment) []byte {
	edited, name := on >= m.w.Jobs[l.Job].Edited, m.w.Employers[b.Owner].CompanyOn(on)
	if f, ok := cache[l.Number]; ok && f.edited == edited && f.name == name {
		return append(dst, f.body...)
	}
	from := len(dst)
	a := m.ad(b, l, on)
	switch b.Kind {
	case world.Greenhouse:
		dst = wire.Greenhouse(dst, &a, content)
	case world.Ashby:
		dst = wire.Ashby(dst, &a)
	case world.Recruitee:
		dst = wire.Recruitee(dst, &a)
	case world.Personio:
		dst = wire.Personio(dst, &a)
	default:
		dst = wire.Lever(dst, &a)
	}
	if cache != nil {
		cache[l.Number] = fragment{edited, name, bytes.Clone(dst[from:])}
	}
	return dst
}

// malformed is a record that nobody can read, for some pages; else empty.
func (m *Market) malformed(at int32, on world.Day, readable []*world.Listing) string {
	d := dice.New(m.w.Seed, 'm', uint64(at), uint64(on))
	if !d.Chance(m.w.Malformed) {
		return ""
	}
	b := &m.w.Boards[at]
	title := `"title"`
	if b.Kind == world.Lever {
		title = `"text"`
	}
	switch n := d.N(6); {
	case b.Kind == world.Personio && n < 4 || b.Kind == world.Personio && len(readable) == 0:
		return "<position><name>An ad without an id</name></position>\n"
	case b.Kind == world.Personio:
		return "<position><id>" + b.ID(m.w, readable[0].Number) + "</id><name>An ad with the id of another</name></position>\n"
	case n == 0:
		return `null`
	case n == 1:
		return `"Engineer"`
	case n == 2:
		return `{"id": "x-` + strconv.Itoa(int(on)) + `", ` + title + `: ["Engineer"]}`
	case n == 3:
		return `{` + title + `: "An ad without an id"}`
	case n == 4 && b.Kind == world.Ashby:
		return `{"id": "x-` + strconv.Itoa(int(on)) + `", "title": "A hidden ad", "isListed": false}`
	case len(readable) > 0: // the same id again
		return `{"id": "` + b.ID(m.w, readable[0].Number) + `", ` + title + `: "An ad with the id of another"}`
	}
	return `17`
}

// lines are the ads of an issue as printed, and their jobs.
func (m *Market) lines(is *world.Issue) ([]wire.Line, []int32) {
	jobs := slices.Clone(is.Lines)
	slices.SortStableFunc(jobs, func(a, b int32) int { return int(m.w.Jobs[a].Employer - m.w.Jobs[b].Employer) })
	out := make([]wire.Line, len(jobs))
	for i, at := range jobs {
		j := &m.w.Jobs[at]
		o := m.w.Opening(j, is.On)
		f := o.Facts()
		if j.Hostile {
			d := dice.New(j.Seed, 'x')
			f.Title += " " + prose.Hostile(&d)
		}
		out[i] = wire.Line{
			Title: wire.Markdown(f.Title), Company: wire.Markdown(m.w.CompanyName(j, is.On)),
			Place: wire.Markdown(f.Line()), URL: m.link(j, is.On),
		}
	}
	return out, jobs
}

func (m *Market) twirPage(is *world.Issue) []byte {
	lines, _ := m.lines(is)
	d := dice.New(m.w.Seed, 'b', uint64(is.On))
	return wire.TWiR(nil, world.TimeOf(is.On), is.Number, lines, d.Chance(m.w.Malformed))
}

func (m *Market) ribPage(is *world.Issue) []byte {
	lines, _ := m.lines(is)
	return wire.RiB(nil, world.TimeOf(is.On), is.Number, lines)
}

// comment is a note as a forum shows it.
func (m *Market) comment(n *world.Note) wire.Comment {
	c := wire.Comment{ID: n.ID, At: n.At, Deleted: n.Deleted, Author: "sim_reader_" + strconv.FormatUint(n.ID%997, 10)}
	if n.Job == world.NoJob {
		d := dice.New(m.w.Seed, 'k', n.ID)
		c.Paragraphs = []string{prose.Chatter(&d)}
		return c
	}
	j := &m.w.Jobs[n.Job]
	e := &m.w.Employers[j.Employer]
	on := world.DayOf(n.At)
	o := m.w.Opening(j, on)
	company := m.w.CompanyName(j, on)
	if j.Hostile {
		d := dice.New(j.Seed, 'x')
		company += " " + strings.ReplaceAll(prose.Hostile(&d), "|", "")
	}
	if n.Agency > 0 {
		agency := &m.w.Employers[n.Agency]
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

func (m *Market) threadPage(t *world.Thread, on world.Day) []byte {
	notes := world.UpTo(t.Notes, world.Moment(on))
	comments := make([]wire.Comment, len(notes))
	for i := range notes {
		comments[i] = m.comment(&notes[i])
	}
	return wire.HNThread(nil, t.ID, t.Opened(), comments)
}

const hitsPerPage = 20

// threadsOn are the threads that a search finds on a day, newest first.
func (m *Market) threadsOn(on world.Day) []*world.Thread {
	var out []*world.Thread
	for i := len(m.w.Threads) - 1; i >= 0; i-- {
		if m.w.Threads[i].Opened().Before(world.Moment(on)) {
			out = append(out, &m.w.Threads[i])
		}
	}
	return out
}

func (m *Market) searchPage(on world.Day, page int) []byte {
	all := m.threadsOn(on)
	var hits []wire.Hit
	for _, t := range all[min(len(all), page*hitsPerPage):min(len(all), (page+1)*hitsPerPage)] {
		at := t.Opened()
		hits = append(hits, wire.Hit{ID: t.ID, At: at, Title: wire.HNTitle(at), Comments: len(world.UpTo(t.Notes, world.Moment(on)))})
	}
	return wire.HNSearch(nil, hits, len(all), page, hitsPerPage)
}

// post is a post as reddit shows it.
func (m *Market) post(p *world.Post) wire.Post {
	out := wire.Post{ID: strconv.FormatUint(p.ID, 36), At: p.At, Flair: "💼 jobs"}
	switch {
	case p.Thread:
		out.Title = fmt.Sprintf("Official /r/rust \"Who's Hiring\" thread for job-seekers and job-offerers [Rust 1.%d]", 32+(world.DayOf(p.At)-17897)/42)
		out.Text = "A simulated thread. Top-level comments are for employers: company, type, description, location, remote, visa, contact."
		out.Author = "sim_moderator"
	case p.Job == world.NoJob:
		d := dice.New(m.w.Seed, 'q', p.ID)
		out.Title, out.Text = prose.Post(&d)
		out.Author = "sim_reader_" + strconv.FormatUint(p.ID%997, 10)
	default:
		c := m.comment(&p.Note)
		out.Author = c.Author
		out.Title = c.Header[0] + " is hiring: " + c.Header[1] + " (" + c.Header[2] + ")"
		out.Text = strings.Join(c.Paragraphs, "\n\n") + "\n\n" + c.Links[1]
		if p.ID%3 == 0 {
			out.Text, out.Link = "", c.Links[1]
		}
	}
	return out
}

// redditComment is an ad in the form that the hiring threads ask for.
func (m *Market) redditComment(n *world.Note) wire.Post {
	c := m.comment(n)
	j := &m.w.Jobs[n.Job]
	o := m.w.Opening(j, world.DayOf(n.At))
	f := o.Facts()
	remote := [...]string{"No", "Partially (hybrid)", "Yes"}[f.Remote]
	text := fmt.Sprintf("COMPANY: %s\n\nTYPE: Full time\n\nTITLE: %s\n\nDESCRIPTION: %s\n\nLOCATION: %s\n\nREMOTE: %s\n\nVISA: Ask\n\nCONTACT: %s",
		c.Header[0], f.Title, strings.Join(c.Paragraphs, "\n\n"), f.Line(), remote, c.Links[1])
	return wire.Post{ID: strconv.FormatUint(n.ID, 36), Author: c.Author, At: n.At, Text: text}
}

const (
	postsPerPage = 100
	postsFound   = 200 // a search shows no more
)

// postsOn are the posts that a search finds on a day, newest first.
func (m *Market) postsOn(on world.Day) []*world.Post {
	var out []*world.Post
	for i := len(m.w.Posts) - 1; i >= 0 && len(out) < postsFound; i-- {
		if p := &m.w.Posts[i]; p.At.Before(world.Moment(on)) {
			out = append(out, p)
		}
	}
	return out
}

// redditPage is the page of the search whose newest post stands behind after.
func (m *Market) redditPage(on world.Day, after string) []byte {
	all := m.postsOn(on)
	from := 0
	if after != "" {
		from = 1 + slices.IndexFunc(all, func(p *world.Post) bool { return "t3_"+strconv.FormatUint(p.ID, 36) == after })
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

func (m *Market) redditThread(p *world.Post, on world.Day) []byte {
	var comments []wire.Post
	for _, n := range world.UpTo(p.Comments, world.Moment(on)) {
		comments = append(comments, m.redditComment(&n))
	}
	return wire.RedditThread(nil, "rust", m.post(p), comments)
}
