package correct

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"slices"
)

// Item is a posting that may be drawn for an audit.
type Item struct {
	ID      string
	Stratum string
}

// Allocate divides an audit of n postings among strata of the given sizes: least
// to each (or all of it, where it is smaller), the rest in proportion to size,
// by largest remainders. The parts never sum to more than n, unless least alone
// does.
func Allocate(sizes []int, n, least int) []int {
	out := make([]int, len(sizes))
	left, room := n, 0
	for i, size := range sizes {
		out[i] = min(size, least)
		left -= out[i]
		room += size - out[i]
	}
	if left <= 0 || room == 0 {
		return out
	}
	left = min(left, room)
	type rest struct {
		stratum   int
		remainder int
	}
	var rests []rest
	given := 0
	for i, size := range sizes {
		free := size - out[i]
		share := left * free / room
		out[i] += share
		given += share
		rests = append(rests, rest{i, left * free % room})
	}
	slices.SortStableFunc(rests, func(a, b rest) int { return cmp.Compare(b.remainder, a.remainder) })
	for _, r := range rests[:left-given] {
		out[r.stratum]++
	}
	return out
}

// Sample draws n items at random, at least least from each stratum that has so
// many, without replacement. The draw depends on the seed and on the ids alone,
// not on their order; an item that comes later changes little of it. The items
// come back in random order, so that an audit that stops early is still a
// sample.
func Sample(items []Item, n, least int, seed uint64) []Item {
	by := map[string][]Item{}
	for _, it := range items {
		by[it.Stratum] = append(by[it.Stratum], it)
	}
	var names []string
	for s := range by {
		names = append(names, s)
	}
	slices.Sort(names)
	sizes := make([]int, len(names))
	for i, s := range names {
		sizes[i] = len(by[s])
	}
	var out []Item
	for i, k := range Allocate(sizes, n, least) {
		list := by[names[i]]
		shuffle(list, seed)
		out = append(out, list[:k]...)
	}
	shuffle(out, seed+1)
	return out
}

// shuffle orders items by a hash of seed and id.
func shuffle(items []Item, seed uint64) {
	type ranked struct {
		rank uint64
		item Item
	}
	list := make([]ranked, len(items))
	for i, it := range items {
		list[i] = ranked{rank(seed, it.ID), it}
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.item.ID, b.item.ID))
	})
	for i, r := range list {
		items[i] = r.item
	}
}

// rank is a hash of seed and id, as good as a random number. FNV alone is weak
// in the high bits of short ids, so it ends as splitmix64 does.
func rank(seed uint64, id string) uint64 {
	h := fnv.New64a()
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], seed)
	h.Write(b[:])
	h.Write([]byte(id))
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
