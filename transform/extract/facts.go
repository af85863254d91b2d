package extract

import (
	"jobmarket/transform/extract/cues"
	"jobmarket/transform/lexis"
)

// divide divides the cues among the fields of the posting, in whose order they stand.
func (s *scene) divide() {
	k := 0
	for w := range s.fields[:len(s.fields)-1] {
		s.fields[w] = k
		for _, to := s.doc.In(lexis.Where(w)); k < len(s.cues) && int(s.cues[k].First) < to; k++ {
		}
	}
	s.fields[len(s.fields)-1] = k
}

// found are the cues in a field.
func (s *scene) found(w lexis.Where) []cues.Cue {
	return s.cues[s.fields[w]:s.fields[w+1]]
}

// lower is the text of a field in lower case. The slice is the Doc's own.
func (s *scene) lower(w lexis.Where) []byte {
	r := s.doc.Fields[w]
	return s.doc.Lower[r.Start:r.End]
}

var orHash, andHash = lexis.Hash("or"), lexis.Hash("and")

// stated says that the cue stands in the text as a fact of its own: alone, or with
// one more word, between bars, dashes or the ends of a short line, as a forum's second
// line has it.
func (s *scene) stated(q cues.Cue) bool {
	const short, more = 6, 1
	t := s.doc.Tokens
	line := s.doc.LineOf(int(q.First))
	least, most := max(line.First, q.First-more-1), min(line.Last, q.Last+more+2)
	first, last := q.First, q.Last
	for first > least && !ends(t[first].Sep) {
		first--
	}
	for last+1 < most && !ends(t[last+1].Sep) {
		last++
	}
	if last-first > q.Last-q.First+more {
		return false
	}
	for i := max(line.First+1, first-short); i < min(line.Last, last+short); i++ {
		if t[i].Sep&(lexis.Break|lexis.Dash) != 0 || dashed(t[i].Sep) {
			return true
		}
	}
	return line.Len() <= short
}

// ends says that a fact ends between two words of a line with the separator.
func ends(s lexis.Sep) bool {
	return s&(lexis.Break|lexis.Dash|lexis.Comma|lexis.Slash|lexis.Semicolon|lexis.Open|lexis.Close|lexis.Line) != 0 || dashed(s)
}

// dashed says that a hyphen stands for a dash.
func dashed(s lexis.Sep) bool { return s&lexis.Hyphen != 0 && s&lexis.Space != 0 }
