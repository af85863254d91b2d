package domain

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

//go:embed lexicon.txt
var lexiconText string

// kind is what a phrase of the lexicon is evidence of.
type kind uint8

const (
	topic  kind = iota // what the product or the employer is about
	role               // what the person will do
	tool               // what is used
	cue                // which part of an ad this is; domain holds the zone
	hide               // nothing: hides what it overlaps
	stop               // nothing: a word that the model must not learn from
	turn               // nothing: the rest of its sentence speaks of somebody else
	office             // nothing: a title that has it names work which every employer has
)

const kinds = 3 // those that are evidence

var kindNames = [...]string{"topic", "role", "tool", "cue", "none", "stop", "turn", "office"}

// entry is one meaning of a phrase.
type entry struct {
	kind   kind
	domain uint8 // index in schema.Domains; of a cue, the zone
	weight float32
}

// lexicon is the compiled lexicon.txt.
type lexicon struct {
	matcher *lexis.Matcher
	phrases []string // as listed or, for plurals, as derived
	all     []entry  // the phrases' entries, one phrase's after another's
	ends    []int32  // of each phrase: where its entries end
	kinds   []uint8  // of each phrase: a bit for each kind of its entries
	stops   map[string]bool
}

// parseLexicon reads the format that the head of lexicon.txt describes. A
// mistake is an error with its line.
func parseLexicon(text string) (*lexicon, error) {
	l := &lexicon{stops: map[string]bool{}}
	index := map[string]int{} // words of a phrase -> its index
	var entries [][]entry     // of each phrase
	var derived []struct {
		phrase string
		of     int
	}
	var at entry
	inSection := false
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			e, err := parseSection(line)
			if err != nil {
				return nil, fmt.Errorf("lexicon line %d: %w", n+1, err)
			}
			at, inSection = e, true
			continue
		}
		head, list, ok := strings.Cut(line, ":")
		weight, err := strconv.ParseFloat(head, 32)
		if !ok || err != nil || !inSection || weight <= 0 {
			return nil, fmt.Errorf("lexicon line %d: %q is not \"weight: phrase, phrase\" under a [section]", n+1, line)
		}
		at.weight = float32(weight)
		for phrase := range strings.SplitSeq(list, ",") {
			phrase = strings.TrimSpace(phrase)
			if phrase == "" {
				continue
			}
			if at.kind == stop {
				l.stops[phrase] = true
				continue
			}
			i := l.add(index, phrase)
			if i == len(entries) {
				entries = append(entries, nil)
			}
			if !hasEntry(entries[i], at) {
				entries[i] = append(entries[i], at)
			}
			if v := variant(phrase); v != "" {
				derived = append(derived, struct {
					phrase string
					of     int
				}{v, i})
			}
		}
	}
	for _, d := range derived { // a listed phrase is stronger than a derived one
		if _, ok := index[wordsKey(d.phrase)]; !ok {
			l.add(index, d.phrase)
			entries = append(entries, entries[d.of])
		}
	}
	for _, list := range entries {
		bits := uint8(0)
		for _, e := range list {
			bits |= 1 << e.kind
		}
		l.all = append(l.all, list...)
		l.ends, l.kinds = append(l.ends, int32(len(l.all))), append(l.kinds, bits)
	}
	var err error
	l.matcher, err = lexis.NewMatcher(l.phrases)
	return l, err
}

func (l *lexicon) add(index map[string]int, phrase string) int {
	k := wordsKey(phrase)
	i, ok := index[k]
	if !ok {
		i = len(l.phrases)
		index[k] = i
		l.phrases = append(l.phrases, phrase)
	}
	return i
}

// entries are the meanings of a phrase.
func (l *lexicon) entries(phrase int32) []entry {
	from := int32(0)
	if phrase > 0 {
		from = l.ends[phrase-1]
	}
	return l.all[from:l.ends[phrase]]
}

// is says that the phrase has a meaning of that kind.
func (l *lexicon) is(phrase int32, k kind) bool { return l.kinds[phrase]&(1<<k) != 0 }

// hasEntry says that a phrase already means this; the first weight holds.
func hasEntry(list []entry, e entry) bool {
	for _, x := range list {
		if x.kind == e.kind && x.domain == e.domain {
			return true
		}
	}
	return false
}

func parseSection(line string) (entry, error) {
	f := strings.Fields(strings.Trim(line, "[]"))
	if len(f) == 1 {
		if k := slices.Index(kindNames[:], f[0]); k > int(cue) {
			return entry{kind: kind(k)}, nil
		}
	}
	if len(f) == 2 && f[0] == "cue" {
		for z, name := range zoneNames {
			if name == f[1] {
				return entry{kind: cue, domain: uint8(z)}, nil
			}
		}
	}
	if len(f) == 2 {
		for k, name := range kindNames[:kinds] {
			if name != f[1] {
				continue
			}
			for d, domain := range schema.Domains {
				if domain == f[0] {
					return entry{kind: kind(k), domain: uint8(d)}, nil
				}
			}
		}
	}
	return entry{}, fmt.Errorf("section %s is none of [domain kind], [cue zone], [none], [turn], [office] and [stop]", line)
}

// variant is the plural of a phrase in the singular, and the other way round;
// empty where it is not plain.
func variant(phrase string) string {
	n := len(phrase)
	if n < 4 {
		return ""
	}
	last, before := phrase[n-1], phrase[n-2]
	switch {
	case strings.HasSuffix(phrase, "ies"):
		return phrase[:n-3] + "y"
	case last == 's' && (before == 's' || before == 'u' || before == 'i'):
		return ""
	case last == 's':
		if n-strings.LastIndexByte(phrase, ' ') <= 6 { // too short to be a plural: "adas", "aws"
			return ""
		}
		return phrase[:n-1]
	case last == 'y' && !strings.ContainsRune("aeiou", rune(before)):
		return phrase[:n-1] + "ies"
	case last >= 'a' && last <= 'z':
		return phrase + "s"
	}
	return ""
}

// wordsKey is the phrase as the matcher sees it.
func wordsKey(phrase string) string {
	d := lexis.Borrow(&schema.Posting{Text: phrase})
	defer d.Return()
	var b strings.Builder
	for i := range d.Tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.Write(d.Word(i))
	}
	return b.String()
}
