package extract

import (
	"math/bits"
	"strings"

	"jobmarket/transform/lexis"
)

// languages are those that textLanguage tells apart by the commonest words of
// ads in them.
var languages = [...]struct{ code, words string }{
	{"en", "the and to of in we for with you our is are your that on as will be or at this have"},
	{"de", "und der die das mit für wir sie du ist von den ein eine zu auf im bei oder deine unser werden"},
	{"fr", "et le la les des vous nous pour dans avec une est sur votre notre du en au sont qui"},
	{"es", "el los las y para con una en por que tu nuestro como más experiencia del se trabajo"},
	{"pt", "e os para com uma em por que você nosso mais experiência não na dos são ou"},
	{"nl", "het een van en voor met je wij zijn op ons bij aan dat naar jij onze"},
	{"it", "il di e per con una che in nostro più alla dei della sono gli lavoro"},
	{"pl", "na z do oraz się jest dla pracy doświadczenie nie od"},
	{"sv", "och att det som en på är av för med vi du till ett"},
}

// english is the bit of the first of languages.
const english = 1

// stopwords gives of each word the set of languages that use it; mayBeStopword tells
// most other words apart by some bits of their hash.
var stopwords, mayBeStopword = func() (m lexis.Words, may [1 << 12]bool) {
	for i, l := range languages {
		for _, w := range strings.Fields(l.words) {
			m.Add(w, 1<<i)
			may[lexis.Hash(w)%uint64(len(may))] = true
		}
	}
	return m, may
}()

// leastJudged is how many bytes of text tell its language by common words: in less
// a town's name and two words of an address are a share that counts.
const leastJudged = 120

// mostWords is how many words are read; of a hundred too few are common to tell.
const mostWords = 150

// textLanguage guesses the language of the text by its commonest words, or by
// its script; empty when it is short or undecided. The first words tell. A script
// needs few words.
func (s *scene) textLanguage() string {
	from, to := s.doc.In(lexis.Text)
	tokens := s.doc.Tokens[from:to]
	text := s.doc.Fields[lexis.Text]
	size := text.End - text.Start
	if s.doc.Repeated { // the title was cut out of the text
		size += s.doc.Fields[lexis.Title].End - s.doc.Fields[lexis.Title].Start
	}
	if len(tokens) < 8 || s.doc.Repeated && len(tokens) < 40 {
		tokens = s.doc.Tokens
	}
	tokens = tokens[:min(len(tokens), mostWords)]
	short := size < leastJudged
	var counts [len(languages)]int
	var scripts map[string]int
	words := 0
	for i := range tokens {
		t := &tokens[i]
		if t.Flags&lexis.Link != 0 {
			continue
		}
		words++
		if c := s.doc.Lower[t.Start]; c >= 0xd0 {
			if scripts == nil {
				scripts = map[string]int{}
			}
			scripts[scriptOf(string(s.doc.Raw[t.Start:t.End]))]++
		}
		if !mayBeStopword[t.Hash%uint64(len(mayBeStopword))] || t.Sep == lexis.Dot {
			continue // ".com" is no Portuguese
		}
		set := stopwords.Of(t.Hash)
		if t.Flags&lexis.Upper != 0 {
			set &= english // "Los", "Das": names as often as not
		}
		for ; set != 0; set &= set - 1 {
			counts[bits.TrailingZeros16(set)]++
		}
	}
	for _, l := range []string{"ja", "zh", "ko", "ru", "he", "ar"} {
		if scripts[l] > 0 && scripts[l]*3 >= words {
			return l
		}
	}
	if short || words < 8 {
		return ""
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	if counts[best] < 2 || counts[best]*12 < words {
		return ""
	}
	return languages[best].code
}

func scriptOf(word string) string {
	for _, r := range word {
		switch {
		case r >= 0x3040 && r <= 0x30ff:
			return "ja"
		case r >= 0x4e00 && r <= 0x9fff:
			return "zh"
		case r >= 0xac00 && r <= 0xd7a3:
			return "ko"
		case r >= 0x400 && r <= 0x4ff:
			return "ru"
		case r >= 0x590 && r <= 0x5ff:
			return "he"
		case r >= 0x600 && r <= 0x6ff:
			return "ar"
		}
	}
	return ""
}
