package ingest

import "time"

// frontier holds the pages that wait, in lanes: one for each host on the network
// (pace and back-off belong to a host), one for each source in a replay (a
// source's captures are read in order). Only the engine's loop touches it.
type frontier struct {
	now   func() time.Time
	lane  func(*item) string
	pace  func(lane string) (delay time.Duration, parallel int)
	lanes map[string]*lane
	order []*lane // round robin
	turn  int
	size  int // items that wait
}

type lane struct {
	name    string
	waiting []*item
	head    int
	flying  int
	ready   time.Time // not before
}

func newFrontier(now func() time.Time, key func(*item) string, pace func(string) (time.Duration, int)) *frontier {
	return &frontier{now: now, lane: key, pace: pace, lanes: map[string]*lane{}}
}

func (f *frontier) push(it *item) {
	name := f.lane(it)
	l := f.lanes[name]
	if l == nil {
		l = &lane{name: name}
		f.lanes[name] = l
		f.order = append(f.order, l)
	}
	l.waiting = append(l.waiting, it)
	f.size++
}

// pop returns the next item whose lane is ready, taking lanes in turn. Without
// one, it says how long to wait until a lane is; 0 when only a result helps.
func (f *frontier) pop() (*item, time.Duration) {
	now := f.now()
	var wait time.Duration
	for i := range f.order {
		l := f.order[(f.turn+i)%len(f.order)]
		if l.head == len(l.waiting) {
			continue
		}
		delay, parallel := f.pace(l.name)
		if l.flying >= max(1, parallel) {
			continue
		}
		if left := l.ready.Sub(now); left > 0 {
			if wait == 0 || left < wait {
				wait = left
			}
			continue
		}
		f.turn = (f.turn + i + 1) % len(f.order)
		it := l.waiting[l.head]
		l.waiting[l.head] = nil
		if l.head++; l.head == len(l.waiting) {
			l.waiting, l.head = l.waiting[:0], 0
		}
		l.flying++
		l.ready = now.Add(delay)
		f.size--
		return it, 0
	}
	return nil, wait
}

// release says that an item is no longer under way.
func (f *frontier) release(it *item) { f.lanes[f.lane(it)].flying-- }
