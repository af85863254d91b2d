package journal

import (
	"fmt"
	"slices"
)

// Band is the range in which a feed's yield is expected, from its own history. A
// changed layout often yields little without any error; what is missing then
// must not count as closed.
//
// A yield outside the band is marked and closes nothing. When the next crawl
// yields about the same, it was true: that crawl closes, and history starts
// again from there.
type Band struct {
	history []int // last yields that were believed, at most bandMemory
	suspect int   // the last yield, when it left the band; else -1
	marked  bool
}

const (
	bandMemory = 8
	bandFactor = 2 // of the median, upwards and downwards
	bandSlack  = 5 // ads that small boards gain or lose without a mark
)

// Judge takes the next yield. Its answer is empty when the yield is to be
// believed, else a sentence that says why it is not yet.
func (b *Band) Judge(yield int) string {
	if len(b.history) > 0 && !within(yield, median(b.history)) {
		if !b.marked || !within(yield, b.suspect) {
			b.suspect, b.marked = yield, true
			return fmt.Sprintf("%d ads where its last crawls had about %d: closes nothing until the next crawl confirms it", yield, median(b.history))
		}
		b.history = b.history[:0]
	}
	b.marked = false
	b.history = append(b.history, yield)
	if len(b.history) > bandMemory {
		b.history = b.history[1:]
	}
	return ""
}

func within(yield, middle int) bool {
	return yield >= middle/bandFactor-bandSlack && yield <= middle*bandFactor+bandSlack
}

func median(list []int) int {
	s := slices.Sorted(slices.Values(list))
	return s[len(s)/2]
}
