package lexis

import (
	"encoding/binary"
	"math/bits"
)

const (
	hashSeed = 0x2d358dccaa6c78a5
	hashMult = 0x8bb84b93962eacc9
)

// Hash is the hash of a lower-case word, as tokens carry it: its bytes in groups
// of eight, each folded in by one multiplication to 128 bits, after wyhash
// (Wang Yi, 2019). Words hold no zero byte, so the last group needs no length.
func Hash(word string) uint64 { return hash([]byte(word)) }

func hash(word []byte) uint64 {
	h := uint64(hashSeed)
	for len(word) >= 8 {
		h = fold(h, load(word))
		word = word[8:]
	}
	if len(word) > 0 {
		var last [8]byte
		copy(last[:], word)
		h = fold(h, load(last[:]))
	}
	return h
}

func fold(h, x uint64) uint64 {
	hi, lo := bits.Mul64(h^x, hashMult)
	return hi ^ lo
}

// load is eight bytes as one number, the first byte lowest.
func load(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// What follows works on eight bytes of a number at once and answers with the
// high bit of each byte.
const (
	every = 0x0101010101010101 // one in each byte
	high  = 0x80 * every
)

// atLeast has the high bit of each byte of x, all below 0x80, that is c or more.
func atLeast(x uint64, c byte) uint64 { return x + every*(0x80-uint64(c)) }

// lowerASCII writes src, whose length is a multiple of eight, to dst with its
// ASCII letters in lower case, and to letters a bit for each byte that is one.
func lowerASCII(dst, letters, src []byte) {
	for i := 0; i+8 <= len(src) && i+8 <= len(dst); i += 8 {
		x := binary.LittleEndian.Uint64(src[i : i+8])
		y := (x | every*' ') &^ high // of letters, in lower case
		letter := atLeast(y, 'a') &^ atLeast(y, 'z'+1) &^ x & high
		binary.LittleEndian.PutUint64(dst[i:i+8], x|letter>>2)
		letters[i/8] = byte(letter >> 7 * gather >> 56)
	}
}

// gather brings the lowest bits of eight bytes, by a multiplication, to the highest
// byte, the first byte's lowest.
const gather = 0x0102040810204080
