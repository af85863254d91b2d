package prose

import (
	"strings"

	"jobmarket/ingest/market/dice"
)

// Comment is the ad as a forum's user writes it: a line of facts parted by
// pipes, then a few paragraphs. Links to the employer's site and to the opening
// stand where the format wants them. Where an agency is given, it is the agency's
// copy.
func (o *Opening) Comment(company string, agency *Employer) (header []string, paragraphs []string) {
	f, doc := o.Facts(), o.Doc()
	if agency != nil {
		doc = doc.Copy(o, agency, o.Seed)
		f.Pay = Pay{}
	}
	d := dice.New(o.Seed, 'c')
	header = []string{company, f.Title, strings.Join(f.Places, " or ")}
	if remote := remoteWord(&d, f); remote != "" {
		header = append(header, remote)
	}
	header = append(header, dice.Pick(&d, []string{"Full-time", "Full time", "FULL-TIME"}))
	if f.Pay.Words != "" && d.Chance(0.6) {
		header = append(header, f.Pay.Words)
	}
	paragraphs = append(paragraphs, doc.About[:1]...)
	paragraphs = append(paragraphs, strings.Join(doc.Intro, " "))
	paragraphs = append(paragraphs, strings.Join(doc.Duties[:min(3, len(doc.Duties))], " "))
	paragraphs = append(paragraphs, strings.Join(append(doc.Wants[max(0, len(doc.Wants)-2):len(doc.Wants):len(doc.Wants)], doc.Plus...), " "))
	if len(doc.Perks) > 0 && d.Chance(0.5) {
		paragraphs = append(paragraphs, strings.Join(doc.Perks[:min(2, len(doc.Perks))], " "))
	}
	return header, paragraphs
}

func remoteWord(d *dice.Dice, f Facts) string {
	switch f.Remote {
	case Remote:
		word := dice.Pick(d, []string{"REMOTE", "Remote", "Remote OK", "100% remote"})
		if f.Region != "" {
			word += " (" + f.Region + ")"
		}
		return word
	case Hybrid:
		return "Hybrid"
	}
	return dice.Pick(d, []string{"", "ONSITE", "Onsite"})
}

// Line is the place of an ad as a newsletter prints it.
func (f Facts) Line() string {
	places := strings.Join(f.Places, "; ")
	switch {
	case f.Remote == Remote && f.Region != "":
		return "Remote, " + f.Region
	case f.Remote == Remote:
		return "Remote"
	case f.Remote == Hybrid:
		return places + " or Remote"
	}
	return places
}

// Copy turns the ad into a staffing agency's: the employer's own paragraphs and
// name go, the client is described instead, and a part of the rest stays.
func (doc Doc) Copy(o *Opening, agency *Employer, seed uint64) Doc {
	d := dice.New(seed, 'A')
	s := o.scene(&d, o.Title())
	clear := func(lines []string) []string {
		var kept []string
		for _, l := range lines {
			if !strings.Contains(l, s.words[slotCo]) && d.Chance(0.85) {
				kept = append(kept, l)
			}
		}
		return kept
	}
	doc.About = []string{
		s.text("{Our client|Our client, a well-funded company,|On behalf of our client we search: the company} {makes|is known for|works on} {product} for {users}."),
		agency.Name + s.text(" is a {recruitment|staffing} agency{| for engineers| with 20 years of experience}."),
	}
	doc.Intro = append([]string{s.text("For {them|our client|this client} we are looking for {a} {title}.")}, clear(doc.Intro[1:])...)
	doc.Duties, doc.Wants, doc.Plus = clear(doc.Duties), clear(doc.Wants), clear(doc.Plus)
	doc.Perks = s.some(nil, perks, 2)
	doc.Closing = []string{s.text("Send your {CV|resume} to our consultant; {our client's name is told in the first call|all applications are confidential}.")}
	return doc
}
