package market

import (
	"math"

	"jobmarket/ingest/market/dice"
	"jobmarket/ingest/market/prose"
	"jobmarket/warehouse/schema"
)

// employer is who hires, or an agency.
type employer struct {
	prose.Employer
	newName string // after renamed; empty when it keeps its name
	renamed day
	board   int32 // index into Market.boards; -1: it has none
	agency  bool
	size    float64 // openings that it has at a time, on average, at a trend of 1
	prints  bool    // it advertises in newsletters
	posts   bool    // it advertises in forums
}

// company is the name that the employer goes by on a day.
func (e *employer) company(d day) string {
	if d >= e.renamed {
		return e.newName
	}
	return e.Name
}

// job is one opening. It is kept small: ten million sightings are of about a
// million of them. Its words are made anew from its seed wherever they are
// wanted.
type job struct {
	seed         uint64
	employer     int32
	listed       int32 // number of its listing on the employer's board, the repost's is the next; -1: none
	open, close  day   // never: open at the end
	reopen, redo day   // of the repost; 0: none
	edited       day   // never: not
	role         uint8
	domain       uint8
	rust         uint8
	seniority    uint8
	team         uint8
	place        uint8
	more         uint8
	remote       uint8
	hostile      bool
}

// openOn tells whether the job is open on a day.
func (j *job) openOn(d day) bool {
	return d >= j.open && d < j.close || j.reopen > 0 && d >= j.reopen && d < j.redo
}

// last is the day on which the job closes for good.
func (j *job) last() day { return max(j.close, j.redo) }

// shares of employers by domain, mean days that a job stays open, and chance
// that the market's language is core to programming work; in the order of
// schema.Domains.
var (
	employerShare = []float64{0.23, 0.14, 0.08, 0.20, 0.09, 0.08, 0.08, 0.05, 0.05}
	openDays      = []float64{42, 50, 60, 45, 55, 70, 45, 50, 60}
	coreShare     = []float64{0.50, 0.30, 0.20, 0.13, 0.20, 0.30, 0.18, 0.28, 0.24}
)

const (
	minDays   = 9   // no job closes sooner
	warmUp    = 150 // days before From from which jobs open, so that From finds a market
	sameTitle = 200 // days for which an employer does not open another job of the same title and place
)

// hire draws the openings of an employer over the whole time and appends them.
func (m *Market) hire(index int32) {
	e := &m.employers[index]
	d := dice.New(m.Seed, 'h', uint64(index))
	taken := map[string]day{}
	domain := schema.Domains[e.Domain]
	rate := e.size / openDays[e.Domain]
	for at := m.first - warmUp; at < m.last; at++ {
		for range d.Poisson(rate * m.level(domain, at)) {
			j := m.opening(&d, index, at)
			if j.last() <= m.first {
				continue
			}
			o := m.prose(&j, at)
			f := o.Facts()
			key := f.Title + "\x00" + f.Line()
			if until, ok := taken[key]; ok && at < until {
				continue // two openings that no reader could tell apart
			}
			taken[key] = j.last() + sameTitle
			if j.last() == never {
				taken[key] = never
			}
			m.jobs = append(m.jobs, j)
		}
	}
}

// opening draws one job that opens on a day.
func (m *Market) opening(d *dice.Dice, index int32, at day) job {
	e := &m.employers[index]
	j := job{seed: d.Uint64(), employer: index, listed: -1, open: at, edited: never}
	role := d.Weighted(roleWeights)
	if schema.Domains[e.Domain] == "finance" && d.Chance(0.07) {
		role = prose.CryptoDesk
	}
	j.role = uint8(role)
	r := &prose.Roles[role]
	j.domain = uint8(prose.DomainIndex(r.DomainOf(schema.Domains[e.Domain])))
	if role == prose.CryptoDesk {
		j.domain = uint8(prose.DomainIndex("crypto"))
	}
	if r.Code {
		switch core := min(0.85, coreShare[j.domain]*r.Lift); {
		case d.Chance(core):
			j.rust = prose.RustCore
		case d.Chance(0.22):
			j.rust = prose.RustSome
		}
	}
	j.seniority = uint8(d.Weighted([]float64{0.1, 0.35, 0.38, 0.1, 0.07}))
	j.team = uint8(d.N(36))
	// An employer has a home, and few other places.
	home := dice.New(m.Seed, 'p', uint64(index))
	j.place = uint8(min(home.N(len(prose.Places)), home.N(len(prose.Places))))
	if d.Chance(0.3) {
		j.place = uint8(d.N(len(prose.Places)))
	}
	j.remote = uint8(d.Weighted([]float64{0.45, 0.2, 0.35}))
	if d.Chance(m.ManyPlaces) {
		j.more = uint8(d.Between(1, 5))
	}
	j.hostile = d.Chance(m.Hostile)
	mean := openDays[e.Domain] - minDays
	j.close = m.end(at, d.Exp(mean))
	if d.Chance(m.Edit) && j.close-at > 20 {
		j.edited = at + day(d.Between(8, 19))
	}
	if d.Chance(m.Repost) && j.close != never {
		if back := j.close + day(d.Between(3, 35)); back < m.last {
			j.reopen, j.redo = back, m.end(back, d.Exp(mean/2))
		}
	}
	return j
}

func (m *Market) end(open day, days float64) day {
	end := open + minDays + day(math.Min(days, 700))
	if end > m.last {
		return never
	}
	return end
}

// prose is the opening as its employer would describe it on a day.
func (m *Market) prose(j *job, at day) prose.Opening {
	e := &m.employers[j.employer]
	return prose.Opening{
		Employer: &e.Employer, Company: e.company(at), Role: int(j.role), Domain: int(j.domain), Rust: j.rust,
		Seniority: j.seniority, Team: int(j.team), Place: int(j.place), More: int(j.more), Remote: j.remote,
		Seed: j.seed, Edited: at >= j.edited, Confusers: m.Confusers, Brief: m.Brief,
	}
}

var roleWeights = func() []float64 {
	w := make([]float64, len(prose.Roles))
	for i := range w {
		w[i] = prose.Roles[i].Weight
	}
	return w
}()
