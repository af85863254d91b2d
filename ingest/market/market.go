// Package market is a simulated job market: invented employers, their openings
// over several years, and the sources that advertise them, each in its own wire
// format, so that the real collectors can read it. It is the demo, the test bed
// and the load generator of the project.
//
// It knows what is true, since it made it up: which postings are one job, of
// which domain, open from when to when. It hands that out as [schema.Truth],
// which tests compare with what the pipeline found. It must not know how the
// pipeline judges, and nothing of the pipeline may read the truth.
//
// The same [Config] gives the same bytes: pages, archive and truth. No employer
// exists, and none can be mistaken for one that does: their names end in "sim",
// or have it before a second word, their hosts lie under .example, their board
// tokens begin with "sim-". The hosts that answer are the real ones of the wire
// formats, but only through [Market.Transport] or a replayed archive, never over
// a network.
//
// # How the market is made
//
// Employers are drawn one by one, each with all its openings and its board, and
// what its ads will add to the sightings is counted, until the number asked for
// is reached. Openings are kept as small records (job); every text is made from
// the record's seed when a page needs it. So ten million sightings cost the
// memory of about a million records, and pages can be made in any order and side
// by side.
//
// # Decisions
//
// 2026-11-22: truth comes as (source, key), and keys of newsletters are hashes of
// what the parser read. So their truth is taken from the parser itself, run over
// the issue that was made: what is asserted is which job a line stands for, not
// how a key is spelt.
//
// 2026-11-22: two openings of one employer with the same title and place are at
// least 200 days apart. Nobody could say of closer ones whether they are one
// job, so a truth about them would be a coin's.
package market

import (
	"math"
	"slices"

	"jobmarket/ingest/market/dice"
	"jobmarket/ingest/market/prose"
	"jobmarket/warehouse/schema"
)

// Market is a simulated job market. Its methods may be called from several
// goroutines.
type Market struct {
	Config
	first, last day   // of the crawls
	crawls      []day // all days on which sources are crawled

	employers []employer
	jobs      []job
	boards    []board
	tokens    map[string]int32 // boards by kind and token, "ashby/sim-…"
	twir, rib []issue
	threads   []thread
	posts     []post
	planned   int // sightings, as counted while the market was made
}

// New makes the market of a config.
func New(c Config) *Market {
	m := &Market{Config: c, first: dayOf(c.From), tokens: map[string]int32{}}
	for d, end, step := m.first, max(m.first, dayOf(c.To)), c.crawlDays(); d <= end; d += step {
		m.crawls = append(m.crawls, d)
		m.last = d
	}
	m.periodicals()
	// Where nothing can be seen, as when every crawl fails, employers end it.
	for m.planned < int(float64(c.Sightings)*0.985) && len(m.employers) <= c.Sightings {
		m.found()
	}
	m.agencies()
	m.chatter()
	for i := range m.boards {
		m.tokens[m.boards[i].name(m)] = int32(i)
	}
	return m
}

// quiet is the share of jobs that are advertised beyond boards, against a market
// of 20,000 sightings: newsletters and threads do not grow with the market.
func (m *Market) quiet() float64 {
	return min(1, 30_000/float64(max(m.Sightings, 1)))
}

// found adds one employer: its openings, its board, and where else it
// advertises.
func (m *Market) found() {
	index := int32(len(m.employers))
	d := dice.New(m.Seed, 'f', uint64(index))
	e := employer{
		Employer: prose.NewEmployer(m.Seed, int(index), d.Weighted(employerShare)),
		renamed:  never, board: -1, size: m.sizeOf(&d),
	}
	if d.Chance(m.Rename) {
		e.newName = e.NewStem()
		e.renamed = m.first + day(d.N(int(max(1, m.last-m.first))))
	}
	quiet := m.quiet()
	e.prints, e.posts = d.Chance(0.6*quiet), d.Chance(0.55*quiet)
	// The first three employers have a board of each kind.
	if index < 3 || d.Chance(1-0.3*quiet) {
		kind := int(index)
		if index >= 3 {
			kind = d.Weighted([]float64{0.4, 0.35, 0.25})
		}
		e.board = m.open(kind, index, &d)
	}
	m.employers = append(m.employers, e)
	from := len(m.jobs)
	m.hire(index)
	for i := from; i < len(m.jobs); i++ {
		m.advertise(int32(i))
	}
	if e.board >= 0 {
		m.planned += m.count(&m.boards[e.board])
	}
}

// sizeOf draws how many openings an employer has at a time. The last employers
// of a market are as small as what is left to reach its sightings.
func (m *Market) sizeOf(d *dice.Dice) float64 {
	// Larger markets have larger boards too, so that pages do not outnumber what
	// a crawl of their size would ask for.
	median := 2.2 * math.Pow(float64(m.Sightings)/20_000, 0.42)
	left := float64(m.Sightings-m.planned) / float64(len(m.crawls)) / 1.6
	return max(0.4, min(median*math.Exp(0.9*d.Normal()), 400, left))
}

// Sources are the sources of the market, as a config would name them.
func (m *Market) Sources() []schema.Source {
	out := slices.Clone(periodicals)
	for i := range m.boards {
		b := &m.boards[i]
		e := &m.employers[b.owner]
		s := schema.Source{Name: b.name(m), Kind: boardKinds[b.kind], Mode: schema.Feed, Board: e.Token}
		if !e.agency {
			s.Employer, s.EmployerURL = e.Name, "https://"+e.Host
		}
		out = append(out, s)
	}
	for i := range out {
		out[i].Configured, out[i].Simulated = true, true
	}
	return out
}

// Sightings that the market planned, about as many as its config asked for.
func (m *Market) Planned() int { return m.planned }

// Employers is the number of employers, agencies among them.
func (m *Market) Employers() int { return len(m.employers) }
