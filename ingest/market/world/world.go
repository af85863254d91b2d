// Package world makes what is true of the simulated market: who hires, which
// openings there are from when to when, and which source shows which of them,
// when, and with what Troubles. It knows neither words nor formats nor pages.
//
// Employers are drawn one by one, each with all its openings and its board, and
// what its ads will add to the sightings is counted, until the number asked for
// is reached. Openings are kept as small records ([Job]); every text is made
// from the record's seed when a page needs it. So ten million sightings cost the
// memory of about a million records, and pages can be made in any order and side
// by side.
//
// # Decisions
//
// 2026-11-22: two openings of one employer with the same title and place are at
// least 200 days apart. Nobody could say of closer ones whether they are one
// job, so a truth about them would be a coin's.
package world

import (
	"math"
	"slices"

	"jobmarket/ingest/market/dice"
	"jobmarket/ingest/market/prose"
	"jobmarket/warehouse/schema"
)

// World is the whole market. It does not change once it is made, so that it may be
// read from several goroutines.
type World struct {
	Config
	First, Last Day   // of the crawls
	Crawls      []Day // all days on which sources are crawled

	Employers []Employer
	Jobs      []Job
	Boards    []Board
	Tokens    map[string]int32 // boards by kind and token, "ashby/sim-…"
	TWiR, RiB []Issue
	Threads   []Thread
	Posts     []Post
	planned   int // sightings, as counted while the market was made
}

// New makes the world of a config; the same config makes the same world.
func New(c Config) *World {
	w := &World{Config: c, First: DayOf(c.From), Tokens: map[string]int32{}}
	for d, end, step := w.First, max(w.First, DayOf(c.To)), c.crawlDays(); d <= end; d += step {
		w.Crawls = append(w.Crawls, d)
		w.Last = d
	}
	w.periodicals()
	// Where nothing can be seen, as when every crawl fails, employers end it.
	for w.planned < int(float64(c.Sightings)*0.985) && len(w.Employers) <= c.Sightings {
		w.found()
	}
	w.agencies()
	w.chatter()
	for i := range w.Boards {
		w.Tokens[w.Boards[i].Name(w)] = int32(i)
	}
	return w
}

// quiet is the share of jobs that are advertised beyond boards, against a market
// of 20,000 sightings: newsletters and threads do not grow with the market.
func (w *World) quiet() float64 {
	return min(1, 30_000/float64(max(w.Sightings, 1)))
}

// found adds one employer: its openings, its board, and where else it
// advertises.
func (w *World) found() {
	index := int32(len(w.Employers))
	d := dice.New(w.Seed, 'f', uint64(index))
	e := Employer{
		Employer: prose.NewEmployer(w.Seed, int(index), d.Weighted(employerShare)),
		renamed:  Never, Board: -1, size: w.sizeOf(&d),
	}
	if d.Chance(w.Rename) {
		e.NewName = e.NewStem()
		e.renamed = w.First + Day(d.N(int(max(1, w.Last-w.First))))
	}
	quiet := w.quiet()
	e.prints, e.posts = d.Chance(0.6*quiet), d.Chance(0.55*quiet)
	// The first employers have a board of each kind.
	if kind := int(index); kind < len(BoardKinds) || d.Chance(1-0.3*quiet) {
		if kind >= len(BoardKinds) {
			kind = d.Weighted([]float64{0.34, 0.28, 0.2, 0.1, 0.08})
		}
		e.Board = w.open(kind, index, &d)
	}
	w.Employers = append(w.Employers, e)
	from := len(w.Jobs)
	w.hire(index)
	for i := from; i < len(w.Jobs); i++ {
		w.advertise(int32(i))
	}
	if e.Board >= 0 {
		w.planned += w.count(&w.Boards[e.Board])
	}
}

// sizeOf draws how many openings an employer has at a time. The last employers
// of a market are as small as what is left to reach its sightings.
func (w *World) sizeOf(d *dice.Dice) float64 {
	// Larger markets have larger boards too, so that pages do not outnumber what
	// a crawl of their size would ask for.
	median := 2.2 * math.Pow(float64(w.Sightings)/20_000, 0.42)
	left := float64(w.Sightings-w.planned) / float64(len(w.Crawls)) / 1.6
	return max(0.4, min(median*math.Exp(0.9*d.Normal()), 400, left))
}

// Sources are the sources of the market, as a config would name them.
func (w *World) Sources() []schema.Source {
	out := slices.Clone(periodicals)
	for i := range w.Boards {
		b := &w.Boards[i]
		e := &w.Employers[b.Owner]
		s := schema.Source{Name: b.Name(w), Kind: BoardKinds[b.Kind], Mode: schema.Feed, Board: e.Token}
		if !e.Agency {
			s.Employer, s.EmployerURL = e.Name, "https://"+e.Host
		}
		out = append(out, s)
	}
	for i := range out {
		out[i].Configured, out[i].Simulated = true, true
	}
	return out
}

// Planned is the number of sightings that the crawls of the whole time hold.
func (w *World) Planned() int { return w.planned }
