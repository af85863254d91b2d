// Package prose writes the simulated market's words: employers' names and
// paragraphs, titles, duties, requirements, benefits, pay, places, chatter. It
// knows how ads sound and what confuses a reader of ads; it knows neither the
// formats of sources, nor time, nor who advertises what where.
//
// Everything is our own writing, put together from tables by a small template
// language: {a|b|c} draws one of the choices, {name} takes a word of the scene
// (the employer's name, its product, a language). The tables are wide enough
// that two jobs of one role at two employers share few word triples, while jobs
// of one employer share its paragraphs, as real ones do.
//
// A text must bear out the truth that is planted for it: a core Rust job says
// that Rust is its language, one with another domain than its employer's says
// what its team does. What else stands in it may mislead: see confusers.go.
package prose

import (
	"strings"

	"jobmarket/ingest/market/dice"
)

// scene is where a template is expanded: the words that its slots name.
type scene struct {
	dice  *dice.Dice
	words [slotCount]string
}

type slot int

const (
	slotCo slot = iota
	slotProduct
	slotUsers
	slotTeam
	slotLang
	slotLang2
	slotYears
	slotPlace
	slotHost
	slotTitle
	slotA // "a" or "an", before the title
	slotCount
)

var slotNames = [slotCount]string{"co", "product", "users", "team", "lang", "lang2", "years", "place", "host", "title", "a"}

// expand appends the template to dst with its choices drawn and slots filled.
// Braces do not nest.
func (s *scene) expand(dst []byte, template string) []byte {
	for {
		open := strings.IndexByte(template, '{')
		if open < 0 {
			return append(dst, template...)
		}
		dst = append(dst, template[:open]...)
		template = template[open+1:]
		end := strings.IndexByte(template, '}')
		dst = append(dst, s.fill(template[:end])...)
		template = template[end+1:]
	}
}

func (s *scene) fill(inner string) string {
	choices := strings.Count(inner, "|") + 1
	if choices == 1 {
		for i, name := range slotNames {
			if name == inner {
				return s.words[i]
			}
		}
		panic("prose: no slot named " + inner) // a mistake in our own tables; a test expands them all
	}
	for range s.dice.N(choices) {
		inner = inner[strings.IndexByte(inner, '|')+1:]
	}
	if end := strings.IndexByte(inner, '|'); end >= 0 {
		return inner[:end]
	}
	return inner
}

// text is the template expanded, with a capital first letter where a slot or a
// choice begins it.
func (s *scene) text(template string) string {
	b := s.expand(nil, template)
	if template[0] == '{' && b[0] >= 'a' && b[0] <= 'z' {
		b[0] -= 'a' - 'A'
	}
	return string(b)
}

// some draws n different templates of the table, expands them and appends them
// to dst. No table has more than 64.
func (s *scene) some(dst []string, table []string, n int) []string {
	var taken uint64
	for range min(n, len(table)) {
		at := s.dice.N(len(table))
		for taken&(1<<at) != 0 {
			at = (at + 1) % len(table)
		}
		taken |= 1 << at
		dst = append(dst, s.text(table[at]))
	}
	return dst
}
