package world

import (
	"fmt"
	"strconv"

	"jobmarket/ingest/market/dice"
	"jobmarket/ingest/market/prose"
)

// The kinds of board: indexes into BoardKinds, in the order in which the first
// employers get one.
const (
	Greenhouse uint8 = iota
	Ashby
	Lever
	Recruitee
	Personio
)

// BoardKinds are the kinds of source that are boards.
var BoardKinds = [...]string{"greenhouse", "ashby", "lever", "recruitee", "personio"}

// Board is one employer's or agency's job board.
type Board struct {
	Kind     uint8
	Owner    int32 // employer
	Since    Day   // of its first crawl
	OwnSite  bool  // links lead to the employer's site and not to the board's host
	Listings []Listing
}

// Listing is one ad on a board, under an id of its own.
type Listing struct {
	Job      int32 // index into World.Jobs
	From, To Day   // shown on days in [From, To)
	Number   int32 // index into Board.Listings
}

// open makes a board for the employer and returns its index.
func (w *World) open(kind int, owner int32, d *dice.Dice) int32 {
	b := Board{Kind: uint8(kind), Owner: owner, Since: w.First, OwnSite: d.Chance(0.3)}
	if int(owner) >= len(BoardKinds) && d.Chance(w.LateBoard) {
		b.Since += Day(d.N(int(w.Last-w.First)*2/3 + 1))
	}
	at := int32(len(w.Boards))
	w.Boards = append(w.Boards, b)
	return at
}

// list puts the spells of a job on its employer's board.
func (w *World) list(index int32) {
	j := &w.Jobs[index]
	at := w.Employers[j.Employer].Board
	if at < 0 {
		return
	}
	b := &w.Boards[at]
	j.Listed = int32(len(b.Listings))
	b.add(index, j.Open, j.Close)
	if j.Reopen > 0 {
		b.add(index, j.Reopen, j.Redo)
	}
}

func (b *Board) add(job int32, from, to Day) {
	b.Listings = append(b.Listings, Listing{job, from, to, int32(len(b.Listings))})
}

// Trouble is what goes wrong with a crawl of a board.
type Trouble uint8

// What may go wrong.
const (
	Fine        Trouble = iota
	Unavailable         // 503
	Maintenance         // 200, and a page of HTML
	Cut                 // the answer breaks off in the middle of a record
	Short               // half of the ads, well formed (of Greenhouse, which says how many there should be)
)

// troubleOn is what goes wrong with the board on a day.
func (w *World) troubleOn(at int32, on Day) Trouble {
	d := dice.New(w.Seed, 't', uint64(at), uint64(on))
	if !d.Chance(w.Failure) {
		return Fine
	}
	t := Trouble(1 + d.N(4))
	if t == Short && w.Boards[at].Kind != Greenhouse {
		t = Cut
	}
	return t
}

// Shown returns the listings that a crawl of the board on a day can read: all
// that are open, or as many of the first as the trouble lets through. Listings
// stand in the order in which their jobs came up, a repost behind its first.
func (w *World) Shown(at int32, on Day, dst []*Listing) (open, readable []*Listing, what Trouble) {
	b := &w.Boards[at]
	for i := range b.Listings {
		if l := &b.Listings[i]; l.From <= on && on < l.To {
			dst = append(dst, l)
		}
	}
	switch what = w.troubleOn(at, on); what {
	case Unavailable, Maintenance:
		return dst, nil, what
	case Cut, Short:
		return dst, dst[:len(dst)/2], what
	}
	return dst, dst, what
}

// count is how many sightings the crawls of a board hold.
func (w *World) count(b *Board) int {
	at := w.Employers[b.Owner].Board
	n := 0
	var open []*Listing
	for _, on := range w.Crawls {
		if on >= b.Since {
			var readable []*Listing
			open, readable, _ = w.Shown(at, on, open[:0])
			n += len(readable)
		}
	}
	return n
}

// agencies lets staffing agencies copy jobs. Their boards come last, so that
// every employer is known.
func (w *World) agencies() {
	if w.Agency == 0 || len(w.Jobs) == 0 {
		return
	}
	employers := len(w.Employers)
	n := 1 + employers/60
	first := int32(employers)
	for i := range n {
		index := int32(employers + i)
		w.Employers = append(w.Employers, Employer{
			Employer: prose.NewAgency(w.Seed, employers+i), renamed: Never, Board: -1, Agency: true,
		})
		d := dice.New(w.Seed, 'g', uint64(index))
		w.Employers[index].Board = w.open(d.N(len(BoardKinds)), index, &d)
	}
	for i := range w.Jobs {
		j := &w.Jobs[i]
		d := dice.New(j.Seed, 'g')
		if !d.Chance(w.Agency) {
			continue
		}
		agency := first + int32(d.N(n))
		if d.Chance(0.2 * w.quiet()) {
			w.broker(agency, int32(i), &d)
		}
		b := &w.Boards[w.Employers[agency].Board]
		from, to := j.Open+Day(d.Between(3, 15)), j.Close
		if to != Never {
			to += Day(d.Between(0, 9))
		}
		b.add(int32(i), from, to)
	}
	for i := range n {
		w.planned += w.count(&w.Boards[w.Employers[first+int32(i)].Board])
	}
}

// Name is the board's source name.
func (b *Board) Name(w *World) string { return BoardKinds[b.Kind] + "/" + w.Employers[b.Owner].Token }

// ID is the id of a listing, as its kind of board gives them out.
func (b *Board) ID(w *World, number int32) string {
	at := uint64(w.Employers[b.Owner].Board)
	switch b.Kind {
	case Greenhouse, Recruitee, Personio:
		return strconv.FormatUint(4_000_000_000+at*100_000+uint64(number), 10)
	}
	d := dice.New(w.Seed, 'u', at, uint64(number))
	high, low := d.Uint64()&^0xf000|0x4000, d.Uint64()&^(3<<62)|1<<63
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", high>>32, high>>16&0xffff, high&0xffff, low>>48, low&(1<<48-1))
}
