package market

import (
	"fmt"
	"strconv"

	"jobmarket/ingest/market/dice"
	"jobmarket/ingest/market/prose"
)

// Kinds of board, in the order in which the first employers get one.
const (
	greenhouse uint8 = iota
	ashby
	lever
)

var boardKinds = [...]string{"greenhouse", "ashby", "lever"}

// board is one employer's or agency's job board.
type board struct {
	kind     uint8
	owner    int32 // employer
	since    day   // of its first crawl
	ownSite  bool  // links lead to the employer's site and not to the board's host
	listings []listing
}

// listing is one ad on a board, under an id of its own.
type listing struct {
	job      int32
	from, to day // shown on days in [from, to)
	number   int32
}

// open makes a board for the employer and returns its index.
func (m *Market) open(kind int, owner int32, d *dice.Dice) int32 {
	b := board{kind: uint8(kind), owner: owner, since: m.first, ownSite: d.Chance(0.3)}
	if owner >= 3 && d.Chance(m.LateBoard) {
		b.since += day(d.N(int(m.last-m.first)*2/3 + 1))
	}
	at := int32(len(m.boards))
	m.boards = append(m.boards, b)
	return at
}

// list puts the spells of a job on its employer's board.
func (m *Market) list(index int32) {
	j := &m.jobs[index]
	at := m.employers[j.employer].board
	if at < 0 {
		return
	}
	b := &m.boards[at]
	j.listed = int32(len(b.listings))
	b.add(index, j.open, j.close)
	if j.reopen > 0 {
		b.add(index, j.reopen, j.redo)
	}
}

func (b *board) add(job int32, from, to day) {
	b.listings = append(b.listings, listing{job, from, to, int32(len(b.listings))})
}

// trouble is what goes wrong with a crawl of a board.
type trouble uint8

const (
	fine        trouble = iota
	unavailable         // 503
	maintenance         // 200, and a page of HTML
	cut                 // the answer breaks off in the middle of a record
	short               // half of the ads, well formed (of Greenhouse, which says how many there should be)
)

// troubleOn is what goes wrong with the board on a day.
func (m *Market) troubleOn(at int32, on day) trouble {
	d := dice.New(m.Seed, 't', uint64(at), uint64(on))
	if !d.Chance(m.Failure) {
		return fine
	}
	t := trouble(1 + d.N(4))
	if t == short && m.boards[at].kind != greenhouse {
		t = cut
	}
	return t
}

// shown returns the listings that a crawl of the board on a day can read: all
// that are open, or as many of the first as the trouble lets through. Listings
// stand in the order in which their jobs came up, a repost behind its first.
func (m *Market) shown(at int32, on day, dst []*listing) (open, readable []*listing, what trouble) {
	b := &m.boards[at]
	for i := range b.listings {
		if l := &b.listings[i]; l.from <= on && on < l.to {
			dst = append(dst, l)
		}
	}
	switch what = m.troubleOn(at, on); what {
	case unavailable, maintenance:
		return dst, nil, what
	case cut, short:
		return dst, dst[:len(dst)/2], what
	}
	return dst, dst, what
}

// count is how many sightings the crawls of a board hold.
func (m *Market) count(b *board) int {
	at := m.employers[b.owner].board
	n := 0
	var open []*listing
	for _, on := range m.crawls {
		if on >= b.since {
			var readable []*listing
			open, readable, _ = m.shown(at, on, open[:0])
			n += len(readable)
		}
	}
	return n
}

// agencies lets staffing agencies copy jobs. Their boards come last, so that
// every employer is known.
func (m *Market) agencies() {
	if m.Agency == 0 || len(m.jobs) == 0 {
		return
	}
	employers := len(m.employers)
	n := 1 + employers/60
	first := int32(employers)
	for i := range n {
		index := int32(employers + i)
		m.employers = append(m.employers, employer{
			Employer: prose.NewAgency(m.Seed, employers+i), renamed: never, board: -1, agency: true,
		})
		d := dice.New(m.Seed, 'g', uint64(index))
		m.employers[index].board = m.open(d.N(3), index, &d)
	}
	for i := range m.jobs {
		j := &m.jobs[i]
		d := dice.New(j.seed, 'g')
		if !d.Chance(m.Agency) {
			continue
		}
		agency := first + int32(d.N(n))
		if d.Chance(0.2 * m.quiet()) {
			m.broker(agency, int32(i), &d)
		}
		b := &m.boards[m.employers[agency].board]
		from, to := j.open+day(d.Between(3, 15)), j.close
		if to != never {
			to += day(d.Between(0, 9))
		}
		b.add(int32(i), from, to)
	}
	for i := range n {
		m.planned += m.count(&m.boards[m.employers[first+int32(i)].board])
	}
}

// name is the board's source name.
func (b *board) name(m *Market) string { return boardKinds[b.kind] + "/" + m.employers[b.owner].Token }

// id is the id of a listing, as its kind of board gives them out.
func (b *board) id(m *Market, number int32) string {
	at := uint64(m.employers[b.owner].board)
	if b.kind == greenhouse {
		return strconv.FormatUint(4_000_000_000+at*100_000+uint64(number), 10)
	}
	d := dice.New(m.Seed, 'u', at, uint64(number))
	high, low := d.Uint64()&^0xf000|0x4000, d.Uint64()&^(3<<62)|1<<63
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", high>>32, high>>16&0xffff, high&0xffff, low>>48, low&(1<<48-1))
}
