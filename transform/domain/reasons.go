package domain

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"jobmarket/warehouse/schema"
)

// Reasons shown for a verdict, and the least log-odds that one adds.
const (
	maxReasons = 8
	leastShown = 0.05
)

// reasons explains the verdict by the features' true contributions: for each
// feature, weight times value for the domain, less the mean over all domains.
// They are given for the domain that won and, as what speaks against it, for
// the runner-up.
func (c *Classifier) reasons(r *reading, won int, order [domains]int) []schema.Reason {
	rival := order[0]
	if rival == won {
		rival = order[1]
	}
	var out []schema.Reason
	for _, k := range []int{won, rival} {
		var list []schema.Reason
		for _, f := range r.features {
			if w := c.contribution(f, k); math.Abs(w) >= leastShown {
				list = c.explain(list, r, f, k, w)
			}
		}
		if k == rival { // only what speaks for the rival
			list = slices.DeleteFunc(list, func(x schema.Reason) bool { return x.Weight < 0.3 })
		}
		slices.SortStableFunc(list, func(a, b schema.Reason) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
		n := maxReasons
		if k == rival {
			n = 3
		}
		out = append(out, list[:min(n, len(list))]...)
	}
	for i := range out {
		out[i].Weight = round3(out[i].Weight)
	}
	return out
}

// contribution is the log-odds that the feature adds to domain k against the
// mean of all.
func (c *Classifier) contribution(f feature, k int) float64 {
	row := &c.model.weights[f.id]
	mean := float32(0)
	for _, x := range row {
		mean += x
	}
	return float64(row[k]-mean/domains) * float64(f.value) / c.model.temperature
}

// explain appends the reasons that a feature stands for: a bucket of the
// lexicon is shared out among its phrases.
func (c *Classifier) explain(list []schema.Reason, r *reading, f feature, k int, w float64) []schema.Reason {
	name := schema.Domains[k]
	id := int(f.id)
	switch {
	case id == fBias:
		return append(list, schema.Reason{Domain: name, Weight: w, Kind: "model", Where: "text", Span: "", Why: fmt.Sprintf("Before anything is read, %s is this much more or less common than others.", name)})
	case id < fShare:
		return c.explainBucket(list, r, id-fLexicon, name, w)
	case id < fLead:
		d, where := (id-fShare)%domains, "whole ad"
		if id < fShare+domains {
			where = "title and what the employer says of itself"
		}
		return append(list, schema.Reason{Domain: name, Weight: w, Kind: "lexicon", Where: "text", Span: c.strongest(r, d), Why: fmt.Sprintf("The share of %s in the phrases of the %s is %.0f %%.", schema.Domains[d], where, f.value*100)})
	case id < fRegistry:
		return append(list, schema.Reason{Domain: name, Weight: w, Kind: "lexicon", Where: "text", Span: c.strongest(r, id-fLead), Why: fmt.Sprintf("%s leads in the title and in what the employer says of itself.", schema.Domains[id-fLead])})
	case id < fRoleAt:
		return append(list, r.explainFact(id, name, w))
	case id < fNothing:
		return append(list, schema.Reason{Domain: name, Weight: w, Kind: "role", Where: "title", Span: r.doc.Field(0), Why: fmt.Sprintf("The title names a role of %s at an employer of %s.", schema.Domains[(id-fRoleAt)/domains], schema.Domains[(id-fRoleAt)%domains])})
	case id == fNothing:
		return append(list, schema.Reason{Domain: name, Weight: w, Kind: "model", Where: "text", Why: "No phrase of the lexicon and no known employer was found."})
	}
	i := id - fWords
	for _, u := range r.words {
		if int(u.word) == i/groups && int(u.group) == i%groups {
			where := "text"
			if u.group == gHead {
				where = "title"
			}
			return append(list, schema.Reason{Domain: name, Weight: w, Kind: "model", Where: where, Span: span(r.doc, u.first, u.first), Why: fmt.Sprintf("The word %q in the ad's %s is %s in labelled ads of %s.", c.model.words[u.word], groupNames[u.group], oftener(w), name)})
		}
	}
	return list
}

func oftener(w float64) string {
	if w > 0 {
		return "commoner"
	}
	return "rarer"
}

// explainBucket shares the weight of one bucket among the phrases in it.
func (c *Classifier) explainBucket(list []schema.Reason, r *reading, i int, name string, w float64) []schema.Reason {
	z := zone(i % zones)
	d := i / zones % domains
	k := kind(i / zones / domains)
	total := r.buckets[k][d][z]
	for j := range r.seen {
		s := &r.seen[j]
		if s.zone != z {
			continue
		}
		for _, e := range c.lexicon.entries[s.phrase] {
			if e.kind != k || int(e.domain) != d {
				continue
			}
			part := w * float64(s.strength(e.weight)/total)
			if math.Abs(part) < leastShown {
				continue
			}
			reason := schema.Reason{Domain: name, Weight: part, Kind: "lexicon", Where: zoneWhere[z], Span: span(r.doc, s.first, s.last), Why: whyPhrase(k, schema.Domains[d], z, int(s.count))}
			if k == role {
				reason.Kind = "role"
			}
			if z == zPerks {
				reason.Kind = "boilerplate"
			}
			list = append(list, reason)
		}
	}
	return list
}

var zoneWhere = [...]string{zTitle: "title", zCompany: "company", zAbout: "text", zRole: "text", zReqs: "text", zPerks: "text", zBody: "text"}

var zonePhrase = [...]string{
	zTitle: "in the title", zCompany: "in the employer's name", zAbout: "where the employer says what it makes",
	zRole: "where the ad says what the work is", zReqs: "among the skills and tools asked",
	zPerks: "among benefits and legal notices", zBody: "in the text",
}

func whyPhrase(k kind, domain string, z zone, count int) string {
	what := [...]string{topic: "is a word of", role: "names a role of", tool: "is a tool common in"}[k]
	times := ""
	if count > 1 {
		times = fmt.Sprintf(", %d times", count)
	}
	return fmt.Sprintf("It %s %s and stands %s%s.", what, domain, zonePhrase[z], times)
}

// strongest is the span of the strongest phrase of a domain.
func (c *Classifier) strongest(r *reading, d int) string {
	best, out := float32(0), ""
	for j := range r.seen {
		s := &r.seen[j]
		for _, e := range c.lexicon.entries[s.phrase] {
			if v := s.strength(e.weight); e.kind < tool && int(e.domain) == d && s.zone != zPerks && v > best {
				best, out = v, span(r.doc, s.first, s.last)
			}
		}
	}
	return out
}

// explainFact is the reason of a feature that the registry gave.
func (r *reading) explainFact(id int, name string, w float64) schema.Reason {
	f := r.fact.fact
	why := ""
	switch {
	case id < fAlso:
		why = fmt.Sprintf("%s is an employer of %s.", f.Name, f.Domain)
	case id < fListed:
		why = fmt.Sprintf("%s also works in %s.", f.Name, schema.Domains[id-fAlso])
	case id < fGiant:
		why = fmt.Sprintf("A public list files %s under %s.", f.Name, f.Domain)
	default:
		why = fmt.Sprintf("%s works in many fields, so its team decides.", f.Name)
	}
	s := r.fact.how + " " + r.fact.by
	if f.Source != "" {
		s += " (" + f.Source + ")"
	}
	return schema.Reason{Domain: name, Weight: w, Kind: "employer", Where: "registry", Span: s, Why: why}
}
