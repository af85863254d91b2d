package extract

import (
	"bytes"
	"slices"
	"strings"

	"jobmarket/transform/extract/cues"
	"jobmarket/transform/extract/place"
	"jobmarket/transform/lexis"
)

// region is what stands in brackets or after a dash behind "remote", or before
// it in a location field, as stated; a field that names areas only is one as a whole.
// What stands beside an "or" is another place to work at, and no region.
func (s *scene) region(q cues.Cue) string {
	d := s.doc
	inField := d.Tokens[q.First].Where == lexis.Location
	if inField && !bytes.ContainsRune(d.Field(lexis.Location), '(') {
		if areas := s.areas(); areas != "" {
			return areas
		}
	}
	first, end := s.regionBehind(q)
	behind := first <= end
	if !behind && inField && s.doc.Tokens[min(int(q.Last)+1, len(d.Tokens)-1)].Hash != orHash {
		first, end = s.regionBefore(q)
	}
	for end > first && (d.Tokens[end].Hash == orHash || d.Tokens[end].Hash == andHash || d.Tokens[end].Hash == remoteHash) {
		end--
	}
	for i := end; i > first; i-- { // what is cut short in a bracket: "US (travel to HQ)"
		if d.Tokens[i].Sep&lexis.Open != 0 && !bytes.ContainsAny(d.Raw[d.Tokens[end].End:min(int(d.Tokens[end].End)+2, len(d.Raw))], ")]") {
			end = i - 1
		}
	}
	if first > end {
		return ""
	}
	found := s.places.Find(d, int(first), int(end)+1, true)
	if behind && inField && d.Tokens[first].Sep&lexis.Comma != 0 && !limitWords.Has(d.Tokens[end].Hash) && namesCity(found) {
		return "" // "Remote, Berlin or Lisbon": cities to work in instead
	}
	out := string(d.Raw[d.Tokens[first].Start:d.Tokens[end].End])
	if next := d.Raw[d.Tokens[end].End]; next == '.' && d.Tokens[end].End-d.Tokens[end].Start == 1 || // "U.S."
		next == ')' && strings.Count(out, "(") > strings.Count(out, ")") {
		out += string(next)
	}
	if len(found) == 0 || len(out) > 80 {
		return ""
	}
	return strings.Join(strings.Fields(out), " ")
}

// regionBehind is the run of tokens behind the cue that may be a region, to included;
// empty, with its end before its beginning, where none stands there.
func (s *scene) regionBehind(q cues.Cue) (first, end int32) {
	const reach = 8
	t := s.doc.Tokens
	line := s.doc.LineOf(int(q.First))
	first, end = q.Last+1, q.Last
	for i := q.Last + 1; i < line.Last && i <= q.Last+reach; i++ {
		sep, h := t[i].Sep, t[i].Hash
		if end < first && hoursWords.Has(h) { // "Remote, full time, US only"
			for i+1 < line.Last && (t[i+1].Sep == lexis.Space || hoursWords.Has(t[i+1].Hash) || t[i+1].Hash == timeHash) {
				i++
			}
			first, end = i+1, i
			continue
		}
		direct := i == q.Last+1
		switch {
		case employerWords.Has(h): // "US, HQ in Berlin"
			for j := i; end >= first && t[j].Sep&(lexis.Comma|lexis.Open|lexis.Dash) == 0; j-- {
				end = j - 2
			}
			return first, end
		case direct && h == orHash, s.isOnsite(i), hoursWords.Has(h), termWords.Has(h), sep&(lexis.Break|lexis.Close|lexis.Semicolon) != 0,
			t[i].Flags&lexis.Link != 0, t[i].Flags&lexis.Digit != 0 && t[i].End-t[i].Start > 1,
			direct && sep&(lexis.Open|lexis.Dash|lexis.Hyphen|lexis.Colon|lexis.Comma) == 0 && sep != lexis.Space:
			return first, end
		}
		end = i
	}
	return first, end
}

// regionBefore is regionBehind for what stands before the cue.
func (s *scene) regionBefore(q cues.Cue) (first, end int32) {
	t := s.doc.Tokens
	line := s.doc.LineOf(int(q.First))
	if q.First == line.First || t[q.First].Sep&lexis.And != 0 {
		return 1, 0
	}
	first, end = line.First, q.First-1
	for i := q.First; i > first; i-- {
		if t[i].Sep&(lexis.Semicolon|lexis.Break|lexis.Slash) != 0 || t[i-1].Hash == orHash {
			first = i
		}
	}
	if first <= end && namesCity(s.places.Find(s.doc, int(first), int(end)+1, true)) {
		return 1, 0 // "Berlin, Remote": a city to work in instead
	}
	return first, end
}

// namesCity says that one of the places is a city.
func namesCity(places []place.Place) bool {
	return slices.ContainsFunc(places, func(p place.Place) bool { return p.City != "" })
}

// termWords end what is said of the region: terms of the job, and what stands there
// of the employer.
var termWords = lexis.SetOf(`visa visas h1b sponsor sponsored sponsorship relocation relocate relo
	salary equity bonus week weeks month months day days times intern interns team funded`)

var (
	hoursWords           = lexis.SetOf("full fulltime part contract contractor contractors")
	employerWords        = lexis.SetOf("hq headquarters company founders founder vacation people office offices") // of the employer
	limitWords           = lexis.SetOf("preferred only based ok okay preferably prefered")
	remoteHash, timeHash = lexis.Hash("remote"), lexis.Hash("time")
)

// areas is the location field where it names areas and countries only, besides that
// the work is remote: where somebody who works elsewhere than at an employer's place may
// live.
func (s *scene) areas() string {
	from, to := s.doc.In(lexis.Location)
	if to-from > 40 {
		return ""
	}
	remote := func(i int) bool {
		return slices.ContainsFunc(s.found(lexis.Location), func(q cues.Cue) bool {
			return q.Is.Has(cues.Remote) && int(q.First) <= i && i <= int(q.Last)
		})
	}
	for i := from; i < to; i++ { // "Berlin or remote": another place to work at
		apart := i > from && remote(i) != remote(i-1)
		if h := s.doc.Tokens[i].Hash; apart && (s.doc.Tokens[i].Sep&(lexis.Slash|lexis.And) != 0) ||
			(h == orHash || h == andHash) && (i > from && remote(i-1) || i+1 < to && remote(i+1)) {
			return ""
		}
	}
	for from < to && remote(from) {
		from++
	}
	for from < to && remote(to-1) {
		to--
	}
	if from == to || s.doc.Tokens[to-1].End-s.doc.Tokens[from].Start > 80 {
		return ""
	}
	found := s.places.Find(s.doc, from, to, true)
	if len(found) == 0 || namesCity(found) {
		return ""
	}
	for i := from; i < to; i++ { // nothing else may stand there, as a town that nobody knows
		in := func(p place.Place) bool { return int(p.First) <= i && i <= int(p.Last) }
		if h := s.doc.Tokens[i].Hash; h != orHash && h != andHash && !remote(i) && !slices.ContainsFunc(found, in) {
			return ""
		}
	}
	var out strings.Builder
	for i := from; i < to; i++ {
		start := s.doc.Tokens[i].Start
		for i+1 < to && !remote(i+1) {
			i++
		}
		if out.Len() > 0 {
			out.WriteString("; ") // "Canada - Remote, Mexico - Remote"
		}
		out.Write(s.doc.Raw[start:s.doc.Tokens[i].End])
		for i+1 < to && remote(i+1) {
			i++
		}
	}
	if last := s.doc.Tokens[to-1]; last.End-last.Start == 1 && s.doc.Raw[last.End] == '.' {
		out.WriteString(".") // "U.S."
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// isOnsite says that a cue for work on site begins at token i.
func (s *scene) isOnsite(i int32) bool {
	for _, q := range cues.Within(s.cues, i, i+1) {
		if q.Is.Has(cues.Onsite) {
			return true
		}
	}
	return false
}
