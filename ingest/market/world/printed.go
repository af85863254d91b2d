package world

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

// Issue is one issue of a newsletter.
type Issue struct {
	On     Day
	Number int
	Lines  []int32 // jobs, in the order in which they joined
}

// NoJob stands for what is printed and is no ad.
const NoJob int32 = -1

// Note is a comment or post in a forum.
type Note struct {
	Job     int32 // NoJob: chatter
	Agency  int32 // employer that posts it in the job's stead; 0: none (the first employer is no agency)
	Deleted bool  // taken back by its author: nothing of it can be read
	At      time.Time
	ID      uint64
}

// Thread is a hiring thread of a forum.
type Thread struct {
	on    Day
	ID    uint64
	Notes []Note // by time
}

// Post is a post on reddit; a hiring thread has comments.
type Post struct {
	Note
	Thread   bool
	Comments []Note
}

// periodicals lays out the issues and threads of the whole time, still empty.
func (w *World) periodicals() {
	for d := w.First - 6; d <= w.Last; d++ {
		t := TimeOf(d)
		if t.Weekday() == time.Wednesday {
			w.TWiR = append(w.TWiR, Issue{On: d, Number: 1 + int(d-15862)/7}) // number 1 came out in June 2013
		}
		if t.Day() == 3 {
			w.RiB = append(w.RiB, Issue{On: d, Number: 1 + (t.Year()-2019)*12 + int(t.Month()) - 6})
		}
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && firstWorkday(t) {
			w.Threads = append(w.Threads, Thread{on: d, ID: uint64(d) * 2000})
		}
		if d%42 == 0 {
			p := Post{Thread: true}
			p.Job, p.At = NoJob, t.Add(15*time.Hour)
			w.Posts = append(w.Posts, p)
			if p.At.Before(Moment(w.Last)) {
				w.planned++
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
func (w *World) advertise(index int32) {
	w.list(index)
	j := &w.Jobs[index]
	e := &w.Employers[j.Employer]
	d := dice.New(j.Seed, 'a')
	boardless := e.Board < 0
	core := j.Rust == prose.RustCore
	if e.prints && core && (boardless || d.Chance(w.CrossPost/0.6)) {
		w.print(w.TWiR, index, 1+d.Poisson(3.5))
		if prose.DomainIndex("crypto") == int(j.Domain) && (boardless || d.Chance(0.5)) {
			w.print(w.RiB, index, 1+d.N(3))
		}
	}
	if e.posts && (boardless || d.Chance(map[bool]float64{true: 0.5, false: 0.22}[core])) {
		w.discuss(index, &d)
	}
	if core && e.prints && d.Chance(0.15) {
		w.share(index, &d)
	}
}

// print puts a job into the next n issues in which it is open. Now and then it
// is printed once more after it closed, as happens.
func (w *World) print(issues []Issue, index int32, n int) {
	j := &w.Jobs[index]
	at := sort.Search(len(issues), func(i int) bool { return issues[i].On > j.Open })
	for ; n > 0 && at < len(issues) && issues[at].On < j.Last()+6; at++ {
		if !j.OpenOn(issues[at].On) && j.OpenOn(issues[at].On-6) == j.OpenOn(issues[at].On) {
			continue
		}
		issues[at].Lines = append(issues[at].Lines, index)
		w.planned++
		n--
	}
}

// discuss comments on the hiring threads of the months in which the job is open,
// each time under a new id.
func (w *World) discuss(index int32, d *dice.Dice) {
	j := &w.Jobs[index]
	for i := range w.Threads {
		t := &w.Threads[i]
		if t.on >= j.Last() {
			return
		}
		if !j.OpenOn(t.on) || len(t.Notes) >= 1800 || !d.Chance(0.8) {
			continue
		}
		n := Note{Job: index, At: replyTime(t.on, d)}
		t.Notes = append(t.Notes, n)
		if n.At.Before(Moment(w.Last)) {
			w.planned++
		}
	}
}

// broker lets an agency comment on the first thread after a job opened.
func (w *World) broker(agency, index int32, d *dice.Dice) {
	j := &w.Jobs[index]
	for i := range w.Threads {
		if t := &w.Threads[i]; t.on > j.Open {
			if j.OpenOn(t.on) {
				n := Note{Job: index, Agency: agency, At: replyTime(t.on, d)}
				t.Notes = append(t.Notes, n)
				if n.At.Before(Moment(w.Last)) {
					w.planned++
				}
			}
			return
		}
	}
}

// replyTime is when somebody answers to a thread of a day: most in its first
// hours.
func replyTime(on Day, d *dice.Dice) time.Time {
	minutes := 15*60 + 2 + int(math.Min(d.Exp(400), 5*24*60))
	return TimeOf(on).Add(time.Duration(minutes)*time.Minute + time.Duration(d.N(60))*time.Second)
}

// share posts a job on reddit: by itself, or as a comment on the open thread.
func (w *World) share(index int32, d *dice.Dice) {
	j := &w.Jobs[index]
	on := max(j.Open, w.First-5) + Day(d.N(8))
	if on >= w.Last || !j.OpenOn(on) {
		return
	}
	n := Note{Job: index, At: TimeOf(on).Add(time.Duration(d.N(86400)) * time.Second)}
	w.planned++
	if d.Chance(0.5) {
		for i := range w.Posts {
			if p := &w.Posts[i]; p.Thread && on > DayOf(p.At) && on <= DayOf(p.At)+40 && len(p.Comments) < 300 {
				p.Comments = append(p.Comments, n)
				return
			}
		}
	}
	w.Posts = append(w.Posts, Post{Note: n})
}

// chatter adds what is no ad, and agencies' comments, puts everything in the
// order of time and gives it ids.
func (w *World) chatter() {
	d := dice.New(w.Seed, 'c')
	for i := range w.Threads {
		t := &w.Threads[i]
		for range d.Poisson(w.Chatter * float64(len(t.Notes)+1)) {
			n := Note{Job: NoJob, At: replyTime(t.on, &d), Deleted: d.Chance(10 * w.Malformed)}
			t.Notes = append(t.Notes, n)
			if !n.Deleted {
				w.planned++
			}
		}
		order(t.Notes)
		for k := range t.Notes {
			t.Notes[k].ID = t.ID + 1 + uint64(k)
		}
	}
	real := len(w.Posts)
	for range d.Poisson(w.Chatter * float64(real)) {
		at := w.First + Day(d.N(int(max(1, w.Last-w.First))))
		n := Note{Job: NoJob, At: TimeOf(at).Add(time.Duration(d.N(86400)) * time.Second)}
		w.Posts = append(w.Posts, Post{Note: n})
		w.planned++
	}
	sort.SliceStable(w.Posts, func(a, b int) bool { return w.Posts[a].At.Before(w.Posts[b].At) })
	for i := range w.Posts {
		p := &w.Posts[i]
		p.ID = 50_000_000 + uint64(i)
		order(p.Comments)
		for k := range p.Comments {
			p.Comments[k].ID = p.ID*1000 + uint64(k)
		}
	}
}

func order(notes []Note) {
	sort.SliceStable(notes, func(a, b int) bool { return notes[a].At.Before(notes[b].At) })
}

// Opened is when the thread began.
func (t *Thread) Opened() time.Time { return TimeOf(t.on).Add(15 * time.Hour) }

// UpTo are the notes that were there at a time.
func UpTo(notes []Note, at time.Time) []Note {
	n := 0
	for n < len(notes) && notes[n].At.Before(at) {
		n++
	}
	return notes[:n]
}
