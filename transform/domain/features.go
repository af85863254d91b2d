package domain

import (
	"math"
	"math/bits"
	"slices"
	"strings"

	"jobmarket/transform/domain/employer"
	"jobmarket/transform/domain/logistic"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

const domains = 9 // len(schema.Domains)

// Groups of zones in which the model's words are told apart.
const (
	gHead  = iota // title, company
	gAbout        // what the employer makes
	gRest         // role, requirements, unplaced
	groups
)

// groupOf maps zones to groups; words among the benefits are not read.
var groupOf = [zones]int{zTitle: gHead, zCompany: gHead, zAbout: gAbout, zRole: gRest, zReqs: gRest, zBody: gRest, zPerks: -1}

// Layout of the features. Lexicon features come first, then shares, then the
// registry's; words follow.
const (
	fBias      = 0
	fLexicon   = 1                              // kind, domain, zone
	fShare     = fLexicon + kinds*domains*zones // domain's share of the evidence in head and about, then in all
	fLead      = fShare + 2*domains             // the domain that leads head and about
	fRegistry  = fLead + domains                // an employer's domain as looked up
	fAlso      = fRegistry + domains            // a further domain of the employer
	fListed    = fAlso + domains                // an employer's domain as a public list has it
	fGiant     = fListed + domains              // an employer of many fields
	fRoleAt    = fGiant + 1                     // a title's role, for employers that are known: role, employer's domain
	fSole      = fRoleAt + domains*domains      // the only domain whose roles the title names
	fSoleTerse = fSole + domains                // the same in a title that is nothing but a title
	fNothing   = fSoleTerse + domains           // no evidence at all
	fWords     = fNothing + 1                   // word, group
)

// evidence is what was seen of one phrase in one zone.
type evidence struct {
	phrase int32
	zone   zone
	count  int32
	first  int32 // token
	last   int32
}

// share is what one phrase put into one bucket.
type share struct {
	seen     int32 // index in reading.seen
	next     int32 // index in reading.shares of the bucket's next share, -1 for none
	strength float32
	kind     kind
	domain   uint8
	zone     zone
}

// bucket is the evidence of one kind for one domain in one zone.
type bucket struct {
	sum         float32
	first, last int32 // indices in reading.shares, good where sum is not 0
}

// reading is all that the classifier saw in one posting. It is reused.
type reading struct {
	doc        *lexis.Doc
	hits       []hit
	zoneOf     []zone // of each sentence
	seen       []evidence
	slot       []uint16                                // phrase and zone -> index in seen plus one
	buckets    [kinds * domains * zones]bucket         // by lexiconFeature
	touched    [(kinds*domains*zones + 63) / 64]uint64 // a bit for each bucket that holds something
	shares     []share                                 // what the buckets hold, in the order of seen
	fact       employer.Found
	known      bool
	titleWords int     // tokens of the title and of a forum's header
	perhaps    []int32 // tokens that may be words of the model
	words      []wordUse
	wordSlot   []uint16 // word and group -> index in words plus one
	features   []logistic.Feature
	also       alsoSight
	said       strings.Builder // what the reasons quote and say, one behind the other
}

// wordUse is a word of the model in a group of zones.
type wordUse struct {
	word  int32
	group int32
	count int32
	first int32 // token
	last  int32
}

// newReading has room for what the classifier may find.
func (c *Classifier) newReading() *reading {
	return &reading{
		slot:     make([]uint16, len(c.lexicon.phrases)*zones),
		wordSlot: make([]uint16, (len(c.model.words)+1)*groups),
	}
}

// forget empties r for the next posting.
func (r *reading) forget() {
	for _, s := range r.seen {
		r.slot[s.phrase*int32(zones)+int32(s.zone)] = 0
	}
	r.hits, r.seen = r.hits[:0], r.seen[:0]
	r.forgetFeatures()
}

// forgetFeatures empties what [Classifier.vectorise] fills.
func (r *reading) forgetFeatures() {
	for _, u := range r.words {
		r.wordSlot[(u.word+1)*groups+u.group] = 0
	}
	r.words, r.features, r.shares = r.words[:0], r.features[:0], r.shares[:0]
	r.buckets, r.touched = [kinds * domains * zones]bucket{}, [len(r.touched)]uint64{}
}

// read fills r from the posting: phrases, zones, evidence, employer, words.
func (c *Classifier) read(r *reading, d *lexis.Doc, p *schema.Posting) {
	r.forget()
	r.doc = d
	c.lexicon.matcher.Longest(d, func(m lexis.Match) bool {
		if d.Tokens[m.First].Flags&lexis.Link == 0 {
			r.hits = append(r.hits, hit{m.Phrase, m.First, m.Last})
		}
		return true
	})
	r.zoneOf = zoneSentences(r.zoneOf, d, c.lexicon, r.hits)
	if c.isOffice(d, r.hits) {
		muteWork(r.zoneOf)
	}
	turned := int32(-1) // the sentence that speaks of somebody else
	for _, h := range r.hits {
		sentence := d.Tokens[h.first].Sentence
		z := r.zoneOf[sentence]
		if sentence == turned {
			z = zPerks
		}
		if z > zCompany && c.lexicon.is(h.phrase, turn) {
			turned = sentence
		}
		r.note(h, z)
	}
	_, r.titleWords = d.In(lexis.Title)
	for i, s := range d.Sentences {
		if s.Len() > 0 && r.zoneOf[i] == zTitle && d.Tokens[s.First].Where == lexis.Text {
			r.titleWords += s.Len()
		}
	}
	r.fact, r.known = c.registry.Look(p)
	c.vectorise(r)
}

// note counts a phrase in a zone.
func (r *reading) note(h hit, z zone) {
	key := h.phrase*int32(zones) + int32(z)
	if i := r.slot[key]; i > 0 {
		r.seen[i-1].count++
		return
	}
	r.seen = append(r.seen, evidence{h.phrase, z, 1, h.first, h.last})
	r.slot[key] = uint16(len(r.seen))
}

// strength is what a phrase adds to its bucket: a repeated phrase is worth a
// little more, never in proportion.
func (e *evidence) strength(weight float32) float32 {
	return weight * (1 + logOf(e.count)/(2*math.Ln2))
}

// vectorise turns what was seen into features.
func (c *Classifier) vectorise(r *reading) {
	for i := range r.seen {
		s := &r.seen[i]
		for _, e := range c.lexicon.entries(s.phrase) {
			if e.kind < kinds {
				r.put(share{seen: int32(i), strength: s.strength(e.weight), kind: e.kind, domain: e.domain, zone: s.zone})
			}
		}
	}
	r.add(fBias, 1)
	var head, all [domains]float32
	for k, some := range r.touched {
		for ; some != 0; some &= some - 1 {
			i := 64*k + bits.TrailingZeros64(some)
			v := r.buckets[i].sum
			r.add(int32(fLexicon+i), log1p(v))
			k, d, z := bucketOf(int32(fLexicon + i))
			if k == tool || z == zPerks {
				continue
			}
			all[d] += v
			if z <= zAbout {
				head[d] += v
			}
		}
	}
	c.shares(r, &head, &all)
	c.soleRole(r)
	c.employer(r)
	c.useWords(r)
}

// put puts a share into its bucket.
func (r *reading) put(s share) {
	at := lexiconFeature(s.kind, int(s.domain), s.zone) - fLexicon
	r.touched[at>>6] |= 1 << (at & 63)
	b := &r.buckets[at]
	i := int32(len(r.shares))
	s.next = -1
	if b.sum == 0 {
		b.first = i
	} else {
		r.shares[b.last].next = i
	}
	b.sum, b.last = b.sum+s.strength, i
	r.shares = append(r.shares, s)
}

// bucket is the evidence of one kind for one domain in one zone.
func (r *reading) bucket(k kind, d int, z zone) *bucket {
	return &r.buckets[lexiconFeature(k, d, z)-fLexicon]
}

func lexiconFeature(k kind, d int, z zone) int32 {
	return int32(fLexicon + (int(k)*domains+d)*zones + int(z))
}

// slight is how much evidence is little: a share of so much counts half.
const slight = 4

// shares adds how the evidence is divided among the domains: long ads have
// more of everything.
func (c *Classifier) shares(r *reading, head, all *[domains]float32) {
	var sumHead, sumAll float32
	lead, second := -1, float32(0)
	for d := range domains {
		sumHead += head[d]
		sumAll += all[d]
		if lead < 0 || head[d] > head[lead] {
			if lead >= 0 {
				second = head[lead]
			}
			lead = d
		} else if head[d] > second {
			second = head[d]
		}
	}
	for d := range domains {
		if head[d] > 0 {
			r.add(int32(fShare+d), head[d]/(sumHead+slight))
		}
		if all[d] > 0 {
			r.add(int32(fShare+domains+d), all[d]/(sumAll+slight))
		}
	}
	if sumHead > 0 && head[lead] > second {
		r.add(int32(fLead+lead), (head[lead]-second)/(head[lead]+slight))
	}
	if sumAll == 0 && !r.known {
		r.add(fNothing, 1)
	}
}

// terse is the most words of a title that names one role and no more. A forum's
// first line is longer: it has places and several roles.
const terse = 8

// soleRole adds the one domain whose roles a title names: such a role may count
// for more than what the employer makes.
func (c *Classifier) soleRole(r *reading) {
	sole := -1
	for d := range domains {
		if r.bucket(role, d, zTitle).sum == 0 {
			continue
		}
		if sole >= 0 {
			return
		}
		sole = d
	}
	if sole < 0 {
		return
	}
	r.add(int32(fSole+sole), 1)
	if r.titleWords <= terse {
		r.add(int32(fSoleTerse+sole), 1)
	}
}

// employer adds what the registry knows, and how the title's role stands to it.
func (c *Classifier) employer(r *reading) {
	if !r.known {
		return
	}
	f := r.fact.Fact
	if f.Giant {
		r.add(fGiant, 1)
		return
	}
	d := domainIndex(f.Domain)
	if r.fact.Weak {
		r.add(int32(fListed+d), 1)
	} else {
		r.add(int32(fRegistry+d), 1)
	}
	for _, a := range f.Also {
		r.add(int32(fAlso+domainIndex(a)), 1)
	}
	for k := range domains {
		if v := r.bucket(role, k, zTitle).sum; v > 0 {
			r.add(int32(fRoleAt+k*domains+d), log1p(v))
		}
	}
}

// useWords adds the model's words, each group's as a vector of length one, so
// that a long ad does not shout.
func (c *Classifier) useWords(r *reading) {
	if len(c.model.words) == 0 {
		return
	}
	d, words, slot := r.doc, r.words, r.wordSlot
	r.perhaps = c.model.sieve.Sift(r.perhaps[:0], d)
	for _, i := range r.perhaps {
		t := &d.Tokens[i]
		g := groupOf[r.zoneOf[t.Sentence]]
		if g < 0 || t.Flags&(lexis.Number|lexis.Link) != 0 {
			continue
		}
		if w := c.model.table.get(t.Hash); w != 0 {
			words = use(words, slot, w, int32(g), 1, i, i)
		}
	}
	words = c.usePhrases(r, words)
	r.words = words
	var square [groups]float64
	fs := slices.Grow(r.features, len(words))
	for i := range words {
		u := &words[i]
		v := c.model.idf[u.word] // times the logarithm of how often it stands there
		if u.count > 1 {
			v *= 1 + logOf(u.count)
		}
		square[u.group] += float64(v) * float64(v)
		fs = append(fs, logistic.Feature{ID: int32(fWords + int(u.word)*groups + int(u.group)), Value: v})
	}
	r.features = fs
	var length [groups]float32
	for g, x := range square {
		length[g] = float32(math.Sqrt(x))
	}
	fs = fs[len(fs)-len(words):]
	for i := range fs {
		fs[i].Value /= length[words[i].group]
	}
}

// usePhrases adds to words the lexicon's phrases of several words as words of the
// model, so that what each is worth is learnt where it is common enough.
func (c *Classifier) usePhrases(r *reading, words []wordUse) []wordUse {
	for i := range r.seen {
		s := &r.seen[i]
		w := c.phraseWord[s.phrase]
		g := groupOf[s.zone]
		if w == 0 || g < 0 {
			continue
		}
		words = use(words, r.wordSlot, w, int32(g), s.count, s.first, s.last)
	}
	return words
}

// use counts in words a word, given by its index plus one, in a group; slot is the
// reading's wordSlot.
func use(words []wordUse, slot []uint16, w, group, n, first, last int32) []wordUse {
	at := &slot[w*groups+group]
	if *at > 0 {
		words[*at-1].count += n
		return words
	}
	words = append(words, wordUse{w - 1, group, n, first, last})
	*at = uint16(len(words))
	return words
}

// logs of small counts, which nearly all are.
var logs = func() (t [64]float32) {
	for i := range t {
		t[i] = float32(math.Log(float64(max(i, 1))))
	}
	return t
}()

func logOf(n int32) float32 {
	if int(n) < len(logs) {
		return logs[n]
	}
	return float32(math.Log(float64(n)))
}

// bare says that there is no evidence but the model's words.
func bare(fs []logistic.Feature) bool {
	return slices.ContainsFunc(fs, func(f logistic.Feature) bool { return f.ID == fNothing })
}

func (r *reading) add(id int32, v float32) {
	r.features = append(r.features, logistic.Feature{ID: id, Value: v})
}

func log1p(v float32) float32 { return float32(math.Log(1 + float64(v))) }

func domainIndex(name string) int {
	for i, d := range schema.Domains {
		if d == name {
			return i
		}
	}
	return domains - 1
}
