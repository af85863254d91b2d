package ingest

import "time"

// frontier holds the pages that wait, in lanes: one for each host on the network
// (pace and holds belong to a host), one for each source in a replay (a source's
// captures are read in order). Only the engine's loop touches it.
type frontier struct {
	gate  gate
	lanes map[string]*lane
	order []*lane // round robin
	turn  int
	size  int    // items that wait
	dir   string // for what does not wait in memory; empty: all does
	err   error  // why a disk let us down

	inOrder bool // results of a lane are handed on in the order of its items
}

// gate says when the items of a lane may go.
type gate interface {
	lane(it *item) string
	// enter tells whether the next item of the lane may go; if not, after what
	// time to ask again, 0 when only the return of another item helps.
	enter(l *lane) (ok bool, wait time.Duration)
}

type lane struct {
	name    string
	waiting []*item
	head    int
	rest    *spill // behind those that wait in memory; nil: none
	flying  int
	out     int             // items that went
	in      int             // items that came back, in order
	early   map[int]*result // came back before their turn
}

func newFrontier(g gate) *frontier { return &frontier{gate: g, lanes: map[string]*lane{}} }

func (f *frontier) push(it *item) {
	it.lane = f.gate.lane(it)
	l := f.lanes[it.lane]
	if l == nil {
		l = &lane{name: it.lane}
		f.lanes[it.lane] = l
		f.order = append(f.order, l)
	}
	f.size++
	if f.dir != "" && len(l.waiting)-l.head >= laneLength && l.rest == nil {
		l.rest, f.err = newSpill(f.dir)
	}
	if l.rest == nil || l.rest.left == 0 && len(l.waiting)-l.head < laneLength {
		l.waiting = append(l.waiting, it)
		return
	}
	if err := l.rest.push(it); err != nil {
		f.err = err
	}
}

// refill fetches what waits on disk once nothing waits in memory.
func (f *frontier) refill(l *lane) {
	if l.head < len(l.waiting) || l.rest == nil || l.rest.left == 0 {
		return
	}
	items, err := l.rest.pop(laneLength, l.name)
	if err != nil {
		f.err = err
	}
	l.waiting, l.head = append(l.waiting[:0], items...), 0
}

// close gives the disk back.
func (f *frontier) close() {
	for _, l := range f.order {
		if l.rest != nil {
			l.rest.close()
		}
	}
}

// pop returns the next item that may go, taking lanes in turn. Without one, it
// says after what time to ask again; 0 when only the return of an item helps.
func (f *frontier) pop() (*item, time.Duration) {
	var soonest time.Duration
	for i := range f.order {
		l := f.order[(f.turn+i)%len(f.order)]
		f.refill(l)
		if l.head == len(l.waiting) {
			continue
		}
		ok, wait := f.gate.enter(l)
		if !ok {
			if wait > 0 && (soonest == 0 || wait < soonest) {
				soonest = wait
			}
			continue
		}
		f.turn = (f.turn + i + 1) % len(f.order)
		f.size--
		it := l.next()
		it.order = l.out
		l.out++
		l.flying++
		return it, 0
	}
	return nil, soonest
}

// next takes the lane's first item. The slice is moved down when half of it is
// empty, so that a long crawl does not keep what it has done.
func (l *lane) next() *item {
	it := l.waiting[l.head]
	l.waiting[l.head] = nil
	l.head++
	if l.head*2 >= len(l.waiting) {
		n := copy(l.waiting, l.waiting[l.head:])
		clear(l.waiting[n:])
		l.waiting, l.head = l.waiting[:n], 0
	}
	return it
}

// arrived says that an item has come back, and returns the results that may be
// handed on.
func (f *frontier) arrived(r *result) []*result {
	l := f.lanes[r.item.lane]
	if !f.inOrder {
		l.flying--
		return []*result{r}
	}
	if l.early == nil {
		l.early = map[int]*result{}
	}
	l.early[r.item.order] = r
	var out []*result
	for {
		r, ok := l.early[l.in]
		if !ok {
			return out
		}
		delete(l.early, l.in)
		l.in++
		l.flying--
		out = append(out, r)
	}
}
