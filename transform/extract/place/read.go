package place

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobmarket/transform/lexis"
)

// The first lines, of which a title is one, are read where they have at most so many
// words together, else so many of the first.
const (
	headLines = 3
	mostHead  = 60
	mostFirst = 40
)

// Read returns the places where d's work is done, first the location field's,
// else those in the title, else those in the first lines of the text, else those
// that the text says somebody is "in" ("our office in Berlin").
func (g *Gazetteer) Read(d *lexis.Doc) []Place {
	from, to := d.In(lexis.Location)
	if out := g.Find(d, from, to, true); len(out) > 0 {
		return out
	}
	from, to = d.In(lexis.Title)
	if out := g.Find(d, from, to, false); len(out) > 0 {
		return out
	}
	from, to = d.In(lexis.Text)
	if from == to {
		return nil
	}
	head, line := to, int(d.SentenceOf(from).Line)+headLines
	if first, last := d.In(lexis.Title); first < last {
		line-- // the title is one of them
	}
	if line < len(d.Lines) {
		head = int(d.Lines[line].First)
	}
	if head-from > mostHead { // the first line alone, or its beginning
		head = min(from+mostFirst, int(d.Lines[d.SentenceOf(from).Line].Last), to)
	}
	if out := g.Find(d, from, head, false); len(out) > 0 {
		return out
	}
	var out []Place
	for _, p := range g.Find(d, from, to, false) {
		if p.First > int32(from) && leads.Has(d.Tokens[p.First-1].Hash) && p.City != "" {
			out = append(out, p)
		}
		if len(out) == 8 {
			break
		}
	}
	return out
}

// leads are the words before a place where work is done.
var leads = lexis.SetOf("in at location locations near our")

// remote are words of a location that name no place.
var remote = lexis.SetOf("remote remotely onsite hybrid office in on site distributed only or and based hq fully ok")

// mostRead is how many bytes of a location are read for its key.
const mostRead = 2000

// Key is the normalised places of d's location field: what Find reads, sorted
// and joined by "; ". Where it reads nothing the words themselves stand, without
// those that name no place; "remote" when only such words are left. known says
// that the key is made of places read, or is "remote".
func (g *Gazetteer) Key(d *lexis.Doc) (key string, known bool) {
	from, to := d.In(lexis.Location)
	for to > from && d.Tokens[to-1].End > d.Fields[lexis.Location].Start+mostRead {
		to--
	}
	if from == to {
		return "", false
	}
	if key = Keys(g.Find(d, from, to, true)); key == "" {
		var words []string
		for i := from; i < to; i++ {
			if !remote.Has(d.Tokens[i].Hash) {
				words = append(words, string(d.Word(i)))
			}
		}
		if len(words) == 0 {
			return "remote", true
		}
		return strings.Join(words, " "), false
	}
	return key, true
}

// Keys is the key of several places: theirs, sorted and joined by "; ".
func Keys(places []Place) string {
	var keys []string
	for _, p := range places {
		keys = append(keys, p.Key())
	}
	slices.Sort(keys)
	return strings.Join(slices.Compact(keys), "; ")
}

// Title is a [Place]'s city as one writes it: "new york" is "New York". It is empty for
// what is no city of the table.
func (g *Gazetteer) Title(city string) string { return g.titles[city] }

func title(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		switch w {
		case "de", "los", "am", "of", "upon", "do", "la":
			if i > 0 {
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}
