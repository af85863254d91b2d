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
	slotCount
)

var slotNames = [slotCount]string{"co", "product", "users", "team", "lang", "lang2", "years", "place", "host", "title"}

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

func (s *scene) text(template string) string { return string(s.expand(nil, template)) }

// some draws n different templates of the table, in the table's order from a
// drawn start, and expands them.
func (s *scene) some(dst []string, table []string, n int) []string {
	if len(table) == 0 {
		return dst
	}
	n = min(n, len(table))
	at, step := s.dice.N(len(table)), 1
	for _, k := range [...]int{7, 5, 3} { // a step that shares no factor with the length meets every template once
		if len(table)%k != 0 {
			step = k
			break
		}
	}
	for range n {
		dst = append(dst, s.text(table[at%len(table)]))
		at += step
	}
	return dst
}
