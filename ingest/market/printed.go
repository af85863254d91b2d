package market

import (
	"math"
	"sort"
	"time"

	"jobmarket/ingest/market/dice"
	"jobmarket/ingest/market/prose"
	"jobmarket/warehouse/schema"
)

// periodicals are the sources that print an ad once, as a config names them.
var periodicals = []schema.Source{
	{Name: "twir", Kind: "twir", Mode: schema.Periodical, LifetimeDays: 30},
	{Name: "rib", Kind: "rib", Mode: schema.Periodical, LifetimeDays: 30, Selects: "crypto"},
	{Name: "hn", Kind: "hn", Mode: schema.Periodical, LifetimeDays: 30},
	{Name: "reddit/rust", Kind: "reddit", Mode: schema.Periodical, LifetimeDays: 30, Board: "rust"},
}

// issue is one issue of a newsletter.
type issue struct {
	on     day
	number int
	lines  []int32 // jobs, in the order in which they joined
}

// noJob stands for what is printed and is no ad.
const noJob int32 = -1

// note is a comment or post in a forum.
type note struct {
	job     int32 // noJob: chatter
	agency  int32 // employer that posts it in the job's stead; 0: none (the first employer is no agency)
	deleted bool  // taken back by its author: nothing of it can be read
	at      time.Time
	id      uint64
}

// thread is a hiring thread of a forum.
type thread struct {
	on    day
	id    uint64
	notes []note // by time
}

// post is a post on reddit; a hiring thread has comments.
type post struct {
	note
	thread   bool
	comments []note
}

// periodicals lays out the issues and threads of the whole time, still empty.
func (m *Market) periodicals() {
	for d := m.first - 6; d <= m.last; d++ {
		t := timeOf(d)
		if t.Weekday() == time.Wednesday {
			m.twir = append(m.twir, issue{on: d, number: 1 + int(d-15862)/7}) // number 1 came out in June 2013
		}
		if t.Day() == 3 {
			m.rib = append(m.rib, issue{on: d, number: 1 + (t.Year()-2019)*12 + int(t.Month()) - 6})
		}
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && firstWorkday(t) {
			m.threads = append(m.threads, thread{on: d, id: uint64(d) * 2000})
		}
		if d%42 == 0 {
			p := post{thread: true}
			p.job, p.at = noJob, t.Add(15*time.Hour)
			m.posts = append(m.posts, p)
			if p.at.Before(moment(m.last)) {
				m.planned++
			}
		}
	}
}

// firstWorkday tells whether no workday of the month came before t.
func firstWorkday(t time.Time) bool {
	return t.Day() == 1 || t.Weekday() == time.Monday && t.Day() <= 3
}

// advertise puts a job on its employer's board, and in newsletters and forums
// while it is open.
func (m *Market) advertise(index int32) {
	m.list(index)
	j := &m.jobs[index]
	e := &m.employers[j.employer]
	d := dice.New(j.seed, 'a')
	boardless := e.board < 0
	core := j.rust == prose.RustCore
	if e.prints && core && (boardless || d.Chance(m.CrossPost/0.6)) {
		m.print(m.twir, index, 1+d.Poisson(3.5))
		if prose.DomainIndex("crypto") == int(j.domain) && (boardless || d.Chance(0.5)) {
			m.print(m.rib, index, 1+d.N(3))
		}
	}
	if e.posts && (boardless || d.Chance(map[bool]float64{true: 0.5, false: 0.22}[core])) {
		m.discuss(index, &d)
	}
	if core && e.prints && d.Chance(0.15) {
		m.share(index, &d)
	}
}

// print puts a job into the next n issues in which it is open. Now and then it
// is printed once more after it closed, as happens.
func (m *Market) print(issues []issue, index int32, n int) {
	j := &m.jobs[index]
	at := sort.Search(len(issues), func(i int) bool { return issues[i].on > j.open })
	for ; n > 0 && at < len(issues) && issues[at].on < j.last()+6; at++ {
		if !j.openOn(issues[at].on) && j.openOn(issues[at].on-6) == j.openOn(issues[at].on) {
			continue
		}
		issues[at].lines = append(issues[at].lines, index)
		m.planned++
		n--
	}
}

// discuss comments on the hiring threads of the months in which the job is open,
// each time under a new id.
func (m *Market) discuss(index int32, d *dice.Dice) {
	j := &m.jobs[index]
	for i := range m.threads {
		t := &m.threads[i]
		if t.on >= j.last() {
			return
		}
		if !j.openOn(t.on) || len(t.notes) >= 1800 || !d.Chance(0.8) {
			continue
		}
		n := note{job: index, at: replyTime(t.on, d)}
		t.notes = append(t.notes, n)
		if n.at.Before(moment(m.last)) {
			m.planned++
		}
	}
}

// broker lets an agency comment on the first thread after a job opened.
func (m *Market) broker(agency, index int32, d *dice.Dice) {
	j := &m.jobs[index]
	for i := range m.threads {
		if t := &m.threads[i]; t.on > j.open {
			if j.openOn(t.on) {
				n := note{job: index, agency: agency, at: replyTime(t.on, d)}
				t.notes = append(t.notes, n)
				if n.at.Before(moment(m.last)) {
					m.planned++
				}
			}
			return
		}
	}
}

// replyTime is when somebody answers to a thread of a day: most in its first
// hours.
func replyTime(on day, d *dice.Dice) time.Time {
	minutes := 15*60 + 2 + int(math.Min(d.Exp(400), 5*24*60))
	return timeOf(on).Add(time.Duration(minutes)*time.Minute + time.Duration(d.N(60))*time.Second)
}

// share posts a job on reddit: by itself, or as a comment on the open thread.
func (m *Market) share(index int32, d *dice.Dice) {
	j := &m.jobs[index]
	on := max(j.open, m.first-5) + day(d.N(8))
	if on >= m.last || !j.openOn(on) {
		return
	}
	n := note{job: index, at: timeOf(on).Add(time.Duration(d.N(86400)) * time.Second)}
	m.planned++
	if d.Chance(0.5) {
		for i := range m.posts {
			if p := &m.posts[i]; p.thread && on > dayOf(p.at) && on <= dayOf(p.at)+40 && len(p.comments) < 300 {
				p.comments = append(p.comments, n)
				return
			}
		}
	}
	m.posts = append(m.posts, post{note: n})
}

// chatter adds what is no ad, and agencies' comments, puts everything in the
// order of time and gives it ids.
func (m *Market) chatter() {
	d := dice.New(m.Seed, 'c')
	for i := range m.threads {
		t := &m.threads[i]
		for range d.Poisson(m.Chatter * float64(len(t.notes)+1)) {
			n := note{job: noJob, at: replyTime(t.on, &d), deleted: d.Chance(10 * m.Malformed)}
			t.notes = append(t.notes, n)
			if !n.deleted {
				m.planned++
			}
		}
		order(t.notes)
		for k := range t.notes {
			t.notes[k].id = t.id + 1 + uint64(k)
		}
	}
	real := len(m.posts)
	for range d.Poisson(m.Chatter * float64(real)) {
		at := m.first + day(d.N(int(max(1, m.last-m.first))))
		n := note{job: noJob, at: timeOf(at).Add(time.Duration(d.N(86400)) * time.Second)}
		m.posts = append(m.posts, post{note: n})
		m.planned++
	}
	sort.SliceStable(m.posts, func(a, b int) bool { return m.posts[a].at.Before(m.posts[b].at) })
	for i := range m.posts {
		p := &m.posts[i]
		p.id = 50_000_000 + uint64(i)
		order(p.comments)
		for k := range p.comments {
			p.comments[k].id = p.id*1000 + uint64(k)
		}
	}
}

func order(notes []note) {
	sort.SliceStable(notes, func(a, b int) bool { return notes[a].at.Before(notes[b].at) })
}
