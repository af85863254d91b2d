package domain

import (
	"math"
	"strconv"

	"jobmarket/transform/domain/logistic"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// How many reasons are given for the domain that won and for its rival, and the
// least log-odds that one adds.
const (
	maxReasons = 8
	maxRival   = 3
	leastShown = 0.1
	leastRival = 0.3
)

// mostSaid is how many bytes the reasons of nearly all ads quote and say.
const mostSaid = 640

// part is what one piece of evidence adds to one domain.
type part struct {
	weight  float64
	feature logistic.Feature
	seen    int32 // index in reading.seen for a phrase of a bucket, else -1
}

// reasons appends to dst the features' true contributions: for each feature,
// weight times value for the domain, less the mean over all domains. A bucket of
// the lexicon is shared out among its phrases. They are given for the domain that
// won and, as what speaks against it, for the runner-up: of the latter's only
// those that speak for it more than for the domain that won.
func (c *Classifier) reasons(dst []schema.Reason, r *reading, won int, order [domains]int) []schema.Reason {
	rival := order[0]
	if rival == won {
		rival = order[1]
	}
	var roomFor [maxReasons + 1]part
	var roomAgainst [maxRival + 1]part
	spoken, against := roomFor[:0], roomAgainst[:0]
	temperature, weights := c.model.temperature, c.model.weights
	// What is nearer to nothing than these need not be divided to be known for too weak.
	least, leastAgainst := float32(leastShown*temperature)*0.999, float32(leastRival*temperature)*0.999
	for _, f := range r.features {
		if f.ID == fBias {
			continue // true of every ad, so a reason for none
		}
		w := &weights[f.ID]
		a, b := w.contrast(won)*f.Value, w.contrast(rival)*f.Value
		if a >= least || a <= -least {
			if x := float64(a) / temperature; math.Abs(x) >= leastShown {
				spoken = r.share(spoken, maxReasons, f, x)
			}
		}
		if b >= leastAgainst {
			if x := float64(b) / temperature; x >= leastRival && x-float64(a)/temperature >= leastRival {
				against = r.share(against, maxRival, f, x)
			}
		}
	}
	dst = c.inWords(dst, r, spoken, won)
	return c.inWords(dst, r, against, rival)
}

// share adds a feature that counts w to the strongest parts: a bucket's is shared
// out among its phrases.
func (r *reading) share(top []part, most int, f logistic.Feature, w float64) []part {
	if f.ID >= fShare {
		return keep(top, most, part{w, f, -1})
	}
	b := &r.buckets[f.ID-fLexicon]
	for i := b.first; i >= 0; i = r.shares[i].next {
		s := &r.shares[i]
		top = keep(top, most, part{w * float64(s.strength/b.sum), f, s.seen})
	}
	return top
}

// inWords appends parts that speak for domain k as reasons.
func (c *Classifier) inWords(dst []schema.Reason, r *reading, parts []part, k int) []schema.Reason {
	for _, p := range parts {
		reason := c.word(r, p)
		reason.Domain, reason.Weight = schema.Domains[k], round3(p.weight)
		dst = append(dst, reason)
	}
	return dst
}

// keep puts p in its place among the most strongest parts, behind those that
// are as strong, unless it is too weak to be shown.
func keep(top []part, most int, p part) []part {
	w := math.Abs(p.weight)
	if w < leastShown || len(top) == most && w <= math.Abs(top[most-1].weight) {
		return top
	}
	top = append(top, p)
	i := len(top) - 1
	for ; i > 0 && math.Abs(top[i-1].weight) < w; i-- {
		top[i] = top[i-1]
	}
	top[i] = p
	return top[:min(len(top), most)]
}

// bucketOf undoes lexiconFeature.
func bucketOf(id int32) (kind, int, zone) {
	i := int(id) - fLexicon
	return kind(i / zones / domains), i / zones % domains, zone(i % zones)
}

// word puts one part into words.
func (c *Classifier) word(r *reading, p part) schema.Reason {
	id := int(p.feature.ID)
	switch {
	case p.seen >= 0:
		return whyPhrase(r, &r.seen[p.seen], p.feature.ID)
	case id < fLead:
		return schema.Reason{Kind: "lexicon", Where: "text", Span: r.strongest((id - fShare) % domains),
			Why: whyShares[id-fShare][int(p.feature.Value*100+0.5)]}
	case id < fRegistry:
		return schema.Reason{Kind: "lexicon", Where: "text", Span: r.strongest(id - fLead), Why: whyLeads[id-fLead]}
	case id < fRoleAt:
		return r.whyFact(id)
	case id >= fSole && id < fNothing:
		return schema.Reason{Kind: "role", Where: "title", Span: r.title(),
			Why: r.say("The title names roles of ", schema.Domains[(id-fSole)%domains], " and of nothing else.")}
	case id < fNothing:
		return schema.Reason{Kind: "role", Where: "title", Span: r.title(),
			Why: r.say("The title names a role of ", schema.Domains[(id-fRoleAt)/domains], " at an employer of ", schema.Domains[(id-fRoleAt)%domains], ".")}
	case id == fNothing:
		return schema.Reason{Kind: "model", Where: "text", Why: "No phrase of the lexicon and no known employer was found."}
	}
	return c.whyWord(r, id-fWords, p.weight)
}

// whyShares are the sentences for a share of the evidence, by feature and per cent;
// whyLeads those for the domain that leads.
var whyShares, whyLeads = func() (shares [fLead - fShare][101]string, leads [domains]string) {
	for i := range shares {
		where := "the whole ad"
		if i < domains {
			where = "the title and what the employer says of itself"
		}
		for n := range shares[i] {
			shares[i][n] = "Of what the phrases of " + where + " are worth, " + strconv.Itoa(n) + " % speaks for " + schema.Domains[i%domains] + "."
		}
	}
	for d := range leads {
		leads[d] = "In the title and in what the employer says of itself, " + schema.Domains[d] + " leads."
	}
	return shares, leads
}()

// whyWord is the reason of a word of the model.
func (c *Classifier) whyWord(r *reading, i int, w float64) schema.Reason {
	reason := schema.Reason{Kind: "model", Where: "text"}
	u := &r.words[r.wordSlot[i+groups]-1]
	if u.group == gHead {
		reason.Where = r.doc.Tokens[u.first].Where.String()
	}
	// Not that it is rarer or commoner there: what else is counted may say too much of it.
	learnt := " speaks against this domain, as labelled ads taught."
	if w > 0 {
		learnt = " speaks for this domain, as labelled ads taught."
	}
	reason.Span = r.quote(u.first, u.last)
	reason.Why = r.say(`"`, c.model.words[u.word], `" `, groupNames[u.group], learnt)
	return reason
}

var groupNames = [...]string{"in the title or the employer's name", "where an employer says what it makes", "in the rest of an ad"}

var zoneWhere = [...]string{zTitle: "title", zCompany: "company", zAbout: "text", zRole: "text", zReqs: "text", zPerks: "text", zBody: "text"}

var zonePhrase = [...]string{
	zTitle: "in the title", zCompany: "in the employer's name", zAbout: "where the employer says what it makes",
	zRole: "where the ad says what the work is", zReqs: "among the skills and tools asked",
	zPerks: "among benefits and legal notices", zBody: "in the text",
}

// besideTitle is where a phrase of the title's zone stands that is in another field.
var besideTitle = [...]string{lexis.Department: "in the department's name", lexis.Tags: "among the tags", lexis.Text: "in the ad's first line"}

// whyPhrase is the reason of a phrase of the lexicon in the bucket of a feature.
func whyPhrase(r *reading, s *evidence, id int32) schema.Reason {
	k, _, z := bucketOf(id)
	reason := schema.Reason{Kind: "lexicon", Where: zoneWhere[z], Span: r.quote(s.first, s.last)}
	if k == role {
		reason.Kind = "role"
	}
	if z == zPerks {
		reason.Kind = "boilerplate"
	}
	why, where := &whyPhrases[id-fLexicon], zonePhrase[z]
	if at := r.doc.Tokens[s.first].Where; z == zTitle && at != lexis.Title {
		reason.Where, where = at.String(), besideTitle[at]
	}
	switch {
	case s.count > 1:
		reason.Why = r.say(why.start, where, ", ", strconv.Itoa(int(s.count)), " times.")
	case where != zonePhrase[z]:
		reason.Why = r.say(why.start, where, ".")
	default:
		reason.Why = why.whole
	}
	return reason
}

// whyPhrases are the sentences for a phrase in each bucket, and the same up to where it
// stands.
var whyPhrases = func() (out [kinds * domains * zones]struct{ start, whole string }) {
	for i := range out {
		k, d, z := bucketOf(int32(fLexicon + i))
		what := [...]string{topic: "is a word of", role: "names a role of", tool: "is a tool common in"}[k]
		out[i].start = "It " + what + " " + schema.Domains[d] + " and stands "
		out[i].whole = out[i].start + zonePhrase[z] + "."
	}
	return out
}()

// strongest is the span of the strongest phrase of a domain.
func (r *reading) strongest(d int) string {
	best, out := float32(0), int32(-1)
	for i := range r.shares {
		if s := &r.shares[i]; s.kind < tool && int(s.domain) == d && s.zone != zPerks && s.strength > best {
			best, out = s.strength, s.seen
		}
	}
	if out < 0 {
		return ""
	}
	return r.quote(r.seen[out].first, r.seen[out].last)
}

// whyFact is the reason of a feature that the registry gave.
func (r *reading) whyFact(id int) schema.Reason {
	f := r.fact.Fact
	why := ""
	switch {
	case id < fAlso:
		why = r.say(f.Name, " is an employer of ", f.Domain, ".")
	case id < fListed:
		why = r.say(f.Name, " also works in ", schema.Domains[id-fAlso], ".")
	case id < fGiant && f.Listed:
		why = r.say("A public list files ", f.Name, " under ", f.Domain, ".")
	case id < fGiant:
		why = r.say("An employer named ", f.Name, " is one of ", f.Domain, ", but its site is not the one linked.")
	default:
		why = r.say(f.Name, " works in many fields, so its team decides.")
	}
	reason := schema.Reason{Kind: "employer", Where: "registry", Why: why}
	if f.Source != "" {
		reason.Span = r.say(r.fact.How, " ", cut(r.fact.By), " (", f.Source, ")")
	} else {
		reason.Span = r.say(r.fact.How, " ", cut(r.fact.By))
	}
	return reason
}

// say puts the parts of a sentence together. What is said of one posting stands in one
// piece of memory.
func (r *reading) say(parts ...string) string {
	from := r.said.Len()
	for _, p := range parts {
		r.said.WriteString(p)
	}
	return r.said.String()[from:]
}

// quote is the text of the tokens, cut to maxSpan.
func (r *reading) quote(first, last int32) string {
	return r.cutText(r.doc.Raw[r.doc.Tokens[first].Start:r.doc.Tokens[last].End])
}

// title is the posting's, cut to maxSpan.
func (r *reading) title() string { return r.cutText(r.doc.Field(lexis.Title)) }

func (r *reading) cutText(raw []byte) string {
	from := r.said.Len()
	r.said.Write(raw[:min(len(raw), maxSpan)])
	return cut(r.said.String()[from:])
}
