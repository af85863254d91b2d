package world

import (
	"math"

	"jobmarket/ingest/market/dice"
	"jobmarket/ingest/market/prose"
	"jobmarket/warehouse/schema"
)

// Employer is who hires, or an agency.
type Employer struct {
	prose.Employer
	NewName string // from the day of its renaming on; empty when it keeps its name
	renamed Day    // Never: not
	Board   int32  // index into World.Boards; -1: it has none
	Agency  bool
	size    float64 // openings that it has at a time, on average, at a trend of 1
	prints  bool    // it advertises in newsletters
	posts   bool    // it advertises in forums
}

// CompanyOn is the name that the employer goes by on a day.
func (e *Employer) CompanyOn(d Day) string {
	if d >= e.renamed {
		return e.NewName
	}
	return e.Name
}

// Job is one opening. It is kept small: ten million sightings are of about a
// million of them. Its words are made anew from its seed wherever they are
// wanted.
type Job struct {
	Seed         uint64
	Employer     int32
	Listed       int32 // number of its listing on the employer's board, the repost's is the next; -1: none
	Open, Close  Day   // Close is Never when it is open at the end
	Reopen, Redo Day   // of the repost; 0: none
	Edited       Day   // the day on which its text changed; Never: not
	role         uint8
	Domain       uint8
	Rust         uint8
	seniority    uint8
	team         uint8
	place        uint8
	more         uint8
	remote       uint8
	Hostile      bool
}

// OpenOn tells whether the job is open on a day.
func (j *Job) OpenOn(d Day) bool {
	return d >= j.Open && d < j.Close || j.Reopen > 0 && d >= j.Reopen && d < j.Redo
}

// Last is the day on which the job closes for good.
func (j *Job) Last() Day { return max(j.Close, j.Redo) }

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
func (w *World) hire(index int32) {
	e := &w.Employers[index]
	d := dice.New(w.Seed, 'h', uint64(index))
	taken := map[string]Day{}
	domain := schema.Domains[e.Domain]
	rate := e.size / openDays[e.Domain]
	for at := w.First - warmUp; at < w.Last; at++ {
		for range d.Poisson(rate * w.level(domain, at)) {
			j := w.opening(&d, index, at)
			if j.Last() <= w.First {
				continue
			}
			o := w.Opening(&j, at)
			f := o.Facts()
			key := f.Title + "\x00" + f.Line()
			if until, ok := taken[key]; ok && at < until {
				continue // two openings that no reader could tell apart
			}
			taken[key] = j.Last() + sameTitle
			if j.Last() == Never {
				taken[key] = Never
			}
			w.Jobs = append(w.Jobs, j)
		}
	}
}

// opening draws one job that opens on a day.
func (w *World) opening(d *dice.Dice, index int32, at Day) Job {
	e := &w.Employers[index]
	j := Job{Seed: d.Uint64(), Employer: index, Listed: -1, Open: at, Edited: Never}
	role := d.Weighted(roleWeights)
	if schema.Domains[e.Domain] == "finance" && d.Chance(0.07) {
		role = prose.CryptoDesk
	}
	j.role = uint8(role)
	r := &prose.Roles[role]
	j.Domain = uint8(prose.DomainIndex(r.DomainOf(schema.Domains[e.Domain])))
	if role == prose.CryptoDesk {
		j.Domain = uint8(prose.DomainIndex("crypto"))
	}
	if r.Code {
		switch core := min(0.85, coreShare[j.Domain]*r.Lift); {
		case d.Chance(core):
			j.Rust = prose.RustCore
		case d.Chance(0.22):
			j.Rust = prose.RustSome
		}
	}
	j.seniority = uint8(d.Weighted([]float64{0.1, 0.35, 0.38, 0.1, 0.07}))
	j.team = uint8(d.N(36))
	// An employer has a home, and few other places.
	home := dice.New(w.Seed, 'p', uint64(index))
	j.place = uint8(min(home.N(len(prose.Places)), home.N(len(prose.Places))))
	if d.Chance(0.3) {
		j.place = uint8(d.N(len(prose.Places)))
	}
	j.remote = uint8(d.Weighted([]float64{0.45, 0.2, 0.35}))
	if d.Chance(w.ManyPlaces) {
		j.more = uint8(d.Between(1, 5))
	}
	j.Hostile = d.Chance(w.Hostile)
	mean := openDays[e.Domain] - minDays
	j.Close = w.end(at, d.Exp(mean))
	if d.Chance(w.Edit) && j.Close-at > 20 {
		j.Edited = at + Day(d.Between(8, 19))
	}
	if d.Chance(w.Repost) && j.Close != Never {
		if back := j.Close + Day(d.Between(3, 35)); back < w.Last {
			j.Reopen, j.Redo = back, w.end(back, d.Exp(mean/2))
		}
	}
	return j
}

func (w *World) end(open Day, days float64) Day {
	end := open + minDays + Day(math.Min(days, 700))
	if end > w.Last {
		return Never
	}
	return end
}

// Opening is the opening as its employer would describe it on a day.
func (w *World) Opening(j *Job, at Day) prose.Opening {
	e := &w.Employers[j.Employer]
	return prose.Opening{
		Employer: &e.Employer, Company: e.CompanyOn(at), Role: int(j.role), Domain: int(j.Domain), Rust: j.Rust,
		Seniority: j.seniority, Team: int(j.team), Place: int(j.place), More: int(j.more), Remote: j.remote,
		Seed: j.Seed, Edited: at >= j.Edited, Confusers: w.Confusers, Brief: w.Brief,
	}
}

var roleWeights = func() []float64 {
	w := make([]float64, len(prose.Roles))
	for i := range w {
		w[i] = prose.Roles[i].Weight
	}
	return w
}()

// CompanyName is the name under which another source advertises the job: one of
// its variants, always the same for one employer and year.
func (w *World) CompanyName(j *Job, on Day) string {
	e := &w.Employers[j.Employer]
	if on >= e.renamed {
		return e.NewName
	}
	d := dice.New(w.Seed, 'v', uint64(j.Employer), uint64(TimeOf(on).Year()))
	return e.Variant(&d)
}
