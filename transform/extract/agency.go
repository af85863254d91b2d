package extract

import (
	"jobmarket/transform/extract/cues"
	"jobmarket/transform/lexis"
)

// agency says that a recruiter wrote the ad for somebody else, and by which words.
// Any firm has clients, and many work with recruiters: so an ad is an agency's only
// where it says of itself that it is one, where its company's name does, or where it
// hires for a client.
func (s *scene) agency() (bool, string) {
	for _, q := range s.cues {
		if q.Is.Has(cues.Agency) && (!firms.Has(s.doc.Tokens[q.Last].Hash) || s.ofItself(q)) || q.Is.Has(cues.Client) && s.hiresFor(q) {
			return true, s.doc.Excerpt(int(q.First), int(q.Last), 120)
		}
	}
	from, to := s.doc.In(lexis.Company)
	for i := from; i < to; i++ {
		if agencyNames.Has(s.doc.Tokens[i].Hash) {
			return true, string(s.doc.Field(lexis.Company))
		}
	}
	return false, ""
}

var (
	firms       = lexis.SetOf("agency firm consultancy headhunter recruiter consultant company business")
	agencyNames = lexis.SetOf("recruitment recruiting recruiters staffing headhunters headhunting")
	itself      = lexis.SetOf("am are is as m re")
	not         = lexis.SetOf("not no never")
)

// ofItself says that the ad says of itself what the cue names: "we are a recruiting
// firm", and not "we are no recruiting firm" or "we use a staffing agency".
func (s *scene) ofItself(q cues.Cue) bool {
	t := s.doc.Tokens
	is := false
	for i := max(s.doc.SentenceOf(int(q.First)).First, q.First-4); i < q.First; i++ {
		if not.Has(t[i].Hash) {
			return false
		}
		is = is || itself.Has(t[i].Hash)
	}
	return is
}

var (
	seeks   = lexis.SetOf("seeks needs wants requires recruits")
	seeking = lexis.SetOf("looking seeking hiring searching search recruiting recruit hire find sourcing")
	makes   = lexis.SetOf("makes develops operates specialises specializes works")
	isSome  = lexis.SetOf("a an the one currently now based located growing expanding")
	behind  = lexis.SetOf("in at we a an the who which based located is to with on")

	aHash, isHash, forHash, behalfHash, ofHash = lexis.Hash("a"), lexis.Hash("is"), lexis.Hash("for"), lexis.Hash("behalf"), lexis.Hash("of")
)

// nearClient is how many words on either side of a client are read.
const nearClient = 24

// hiresFor says that the ad hires for the client that the cue names: "our client is
// looking for", "an engineer is sought on behalf of a client", "our client, a bank,
// needs". What the firm does for its clients, and its client's needs, are nothing.
func (s *scene) hiresFor(q cues.Cue) bool {
	t := s.doc.Tokens
	sentence := s.doc.SentenceOf(int(q.First))
	from, to := max(sentence.First, q.First-nearClient), min(sentence.Last, q.Last+nearClient)
	at := func(i int32) uint64 {
		if i < from || i >= to {
			return 0
		}
		return t[i].Hash
	}
	sought, before := false, false
	for i := from; i < to; i++ {
		if seeking.Has(t[i].Hash) {
			sought, before = true, before || i < q.First
		}
	}
	next := q.Last + 1
	ends := next >= to
	some := t[q.First].Hash == aHash && q.Last == q.First+1 // "a client", which may be anybody
	switch {
	case !ends && t[next].Sep&lexis.Apostrophe != 0:
		return false // "our client's needs"
	case at(q.First-1) == ofHash && at(q.First-2) == behalfHash:
		return sought
	case some:
		return false
	case at(q.First-1) == forHash:
		return before && (ends || behind.Has(t[next].Hash) || t[next].Sep&^lexis.Space != 0)
	case ends:
		return false
	case seeks.Has(t[next].Hash), t[next].Hash == isHash && seeking.Has(at(next+1)):
		return true
	case q.First > sentence.First:
		return false
	case t[next].Sep&lexis.Comma != 0:
		return sought && isSome.Has(t[next].Hash)
	}
	return makes.Has(t[next].Hash) || t[next].Hash == isHash && isSome.Has(at(next+1))
}
