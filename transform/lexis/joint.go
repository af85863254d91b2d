package lexis

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"jobmarket/warehouse/schema"
)

// mostJoined is how many matchers a [Joint] joins.
const mostJoined = 3

// Joint finds the phrases of several matchers in one pass over a Doc, whose matchers
// then need none of their own. It is immutable and safe for concurrent use.
type Joint struct {
	all  *Matcher // of every phrase that one of them has
	of   []*Matcher
	ends []end // by phrase of all
}

// end says whose phrase one is: a bit for each of the matchers, and which of theirs.
type end struct {
	whose  uint8
	phrase [mostJoined]int16
}

// found are the matches of one matcher in a Doc, as [Matcher.Longest] reports them.
type found struct {
	of      *Matcher
	matches []Match
}

// Join joins at most three matchers.
func Join(ms ...*Matcher) (*Joint, error) {
	if len(ms) > mostJoined {
		return nil, fmt.Errorf("%d matchers are more than %d that can be joined", len(ms), mostJoined)
	}
	j := &Joint{of: ms}
	var phrases []string
	index := map[string]int{} // hashes of a phrase's words -> its index
	d := new(Doc)
	for k, m := range ms {
		for n, p := range m.phrases {
			d.Read(&schema.Posting{Text: p})
			var key []byte
			for i := range d.Tokens {
				key = binary.LittleEndian.AppendUint64(key, d.Tokens[i].Hash)
			}
			i, ok := index[string(key)]
			if !ok {
				i = len(phrases)
				index[string(key)] = i
				phrases = append(phrases, p)
				j.ends = append(j.ends, end{})
			}
			j.ends[i].whose |= 1 << k
			j.ends[i].phrase[k] = int16(n)
		}
	}
	var err error
	j.all, err = NewMatcher(phrases)
	return j, err
}

// Find finds in d what [Matcher.Longest] of each matcher then reports.
func (j *Joint) Find(d *Doc) {
	for len(d.found) < len(j.of) {
		d.found = append(d.found, found{})
	}
	lists := d.found[:len(j.of)]
	for k, m := range j.of {
		lists[k] = found{of: m, matches: lists[k].matches[:0]}
	}
	var room [window]int32
	var longest [mostJoined]Match // of each at one place
	var next [mostJoined]int32    // the first token behind the last match of each
	for from := 0; from < len(d.Tokens); from += window {
		for _, at := range room[:j.all.beginnings(&room, d.starts, from)] {
			i, paired := at>>1, at&1 != 0
			whose := j.longest(&longest, d.Tokens, i, paired)
			for ; whose != 0; whose &= whose - 1 {
				if k := bits.TrailingZeros8(whose) % mostJoined; i >= next[k] {
					lists[k].matches = append(lists[k].matches, longest[k])
					next[k] = longest[k].Last + 1
				}
			}
		}
	}
}

// longest sets the longest phrase of each matcher that begins at token i, and tells by
// a bit for each which of them have one.
func (j *Joint) longest(out *[mostJoined]Match, tokens []Token, i int32, paired bool) (whose uint8) {
	s := j.all.child(0, tokens[i].Hash)
	for at := i; s != nil; s = j.all.child(s.node, tokens[at].Hash) {
		if s.phrase >= 0 {
			e := &j.ends[s.phrase]
			whose |= e.whose
			for of := e.whose; of != 0; of &= of - 1 {
				k := bits.TrailingZeros8(of) % mostJoined
				out[k] = Match{int32(e.phrase[k]), i, at}
			}
		}
		if at++; !paired || int(at) == len(tokens) || tokens[at].Flags&Joined == 0 {
			break
		}
	}
	return whose
}
