package ingest

// hashes is a set of 64-bit hashes in one open-addressed table: ten to twenty
// bytes for each URL that a crawl has met, half of what a map takes.
type hashes struct {
	table []uint64 // zero: free; its length is a power of two
	size  int
	zero  bool // the hash 0 is in the set
}

// add puts the hash in, and tells whether it was not there.
func (s *hashes) add(h uint64) bool {
	if h == 0 {
		fresh := !s.zero
		s.zero = true
		return fresh
	}
	if s.size*5 >= len(s.table)*4 {
		s.grow()
	}
	if !s.put(h) {
		return false
	}
	s.size++
	return true
}

// put enters a hash that is not 0 where there is room.
func (s *hashes) put(h uint64) bool {
	mask := uint64(len(s.table) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch s.table[i] {
		case 0:
			s.table[i] = h
			return true
		case h:
			return false
		}
	}
}

func (s *hashes) grow() {
	old := s.table
	s.table = make([]uint64, max(64, 2*len(old)))
	for _, h := range old {
		if h != 0 {
			s.put(h)
		}
	}
}

// len is how many hashes the set holds.
func (s *hashes) len() int {
	if s.zero {
		return s.size + 1
	}
	return s.size
}
