package extract

import (
	"bytes"
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"jobmarket/transform/extract/cues"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// inForum says that the posting stands among people's comments.
func inForum(p *schema.Posting) bool {
	kind, _, _ := strings.Cut(p.Source, "/")
	return kind == "hn" || kind == "reddit"
}

// isJob tells ads from what else stands in the same places: rules of a thread,
// answers, people who look for work. Boards carry nothing else than ads, so only
// forums and newsletters are doubted.
func (s *scene) isJob(p *schema.Posting) (bool, string) {
	if strings.TrimSpace(p.Title) == "" && len(s.doc.Tokens) < 3 {
		return false, "it says nothing"
	}
	for _, text := range [...]string{p.Title, firstWords(p.Text)} {
		for _, w := range [...]string{"[for hire]", "(for hire)", "seeking work", "seeking freelancer", "who wants to be hired"} {
			if len(text) >= len(w) && strings.EqualFold(text[:len(w)], w) {
				return false, "its title offers work or a worker: " + w
			}
		}
	}
	if s.linksThread() {
		return false, "it links a thread of ads and is none"
	}
	if !inForum(p) {
		return true, "it stands in a source of ads"
	}
	if kind, _, _ := strings.Cut(p.Source, "/"); kind == "reddit" && strings.HasPrefix(p.Key, "t3_") {
		if m := announces.FindString(p.Title); m != "" || strings.Contains(strings.ToLower(p.Tags), "job") {
			return true, "its title announces a job: " + cmp.Or(m, p.Tags)
		}
		return false, "it is a post whose title announces no job"
	}
	line, _, _ := strings.Cut(strings.TrimSpace(p.Text), "\n")
	line = line[:min(len(line), 400)]
	bars := max(strings.Count(line, "|"), strings.Count(p.Title, "|"))
	if bars == 0 {
		for _, w := range noAds {
			if bytes.Contains(s.doc.Lower, w) {
				return false, "it says of itself that it is none: " + string(w)
			}
		}
	}
	header := bars >= 2 || bytes.Contains(s.doc.Lower, hiring) && announcing(line, p.Title)
	if !header {
		if why := remark(p); why != "" {
			return false, why
		}
	}
	return s.isAd(p, header, bars)
}

var hiring = []byte(" hiring") // without which no line needs to be read for it

// announcing says that a first line or a title says who hires.
func announcing(line, title string) bool {
	low := strings.ToLower(line + "\n" + title)
	return (strings.Contains(low, "is hiring") || strings.Contains(low, "are hiring")) && !strings.Contains(low, "who is hiring")
}

// announces finds what tells, in the title of a post on a forum about everything, that
// it is an ad.
var announces = regexp.MustCompile(`(?i)\[(jobs?|hiring)\]|\b(is|are|we.re|now) (hiring|looking for|seeking)\b|\bhiring\b.*\b(engineers?|developers?|programmers?|contractors?|interns?|team)\b|\bjobs? (at|@)|\b(openings?|positions?|roles?|vacanc(y|ies)) (at|@|in|with|for|open|available)\b|\b(job|position|role) (opening|offer|posting)s?\b|\b(engineer|developer|programmer)s? (wanted|needed|sought)\b`)

// noAds are words of comments in threads of ads that are none: reminders, tools that
// read the thread, and fraud. Where a line with bars begins the comment, they are of
// an ad after all.
var noAds = [][]byte{[]byte("friendly reminder"), []byte("parsing the thread"), []byte("job offers added here"), []byte("hacked atm"), []byte("blank atm"),
	[]byte("loan of any kind"), []byte("university grade"), []byte("grade change"), []byte("grades change"), []byte("hackers for hire"), []byte("hire a hacker")}

// firstWords is the beginning of a text, behind the signs that may decorate it.
func firstWords(text string) string {
	text = text[:min(len(text), 300)]
	return strings.TrimLeftFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && r != '[' && r != '('
	})
}

// isAd tells ads from other comments of a forum; header says that it begins as ads
// do.
func (s *scene) isAd(p *schema.Posting, header bool, bars int) (bool, string) {
	seek, seeker, notice := 0, 0, 0
	var firstSeeker, firstNotice cues.Cue
	for _, q := range s.cues {
		if q.Is.Has(cues.Seek) {
			seek++
		}
		if q.Is.Has(cues.Seeker) {
			if seeker++; seeker == 1 {
				firstSeeker = q
			}
		}
		if q.Is.Has(cues.Notice) {
			if notice++; notice == 1 {
				firstNotice = q
			}
		}
	}
	if p.Company != "" {
		seeker = 0 // "I'm looking for a co-founder"
	}
	words := len(s.doc.Tokens)
	excerpt := func(q cues.Cue) string { return s.doc.Excerpt(int(q.First), int(q.Last), 100) }
	switch {
	case header && seeker <= 1:
		return true, "it begins with the header of an ad"
	case seeker >= 2 && seeker*2 >= seek, seeker >= 1 && seek <= 1 && !several.MatchString(p.Text[:min(len(p.Text), mostRemark)]):
		return false, "somebody looks for work: " + excerpt(firstSeeker)
	case notice >= 1 && (notice*2 >= seek || words < 60 && !header):
		return false, "it answers or regulates: " + excerpt(firstNotice)
	case seek == 0 && words < 40:
		return false, "nobody is sought in it"
	case words < 60 && seek <= 1 && !reachable(p) && bars == 0:
		return false, "it is short and names no way to apply"
	case seek == 0 && !header && bars == 0 && unlike(p):
		return false, "it has nothing of an ad"
	case words < 12 && seek <= 1:
		return false, "it is too short for an ad"
	}
	return true, "somebody is sought"
}

// reachable says that the ad gives an address to write to or to open.
func reachable(p *schema.Posting) bool {
	return strings.Contains(p.Text, "http") || strings.Contains(p.Text, "@") || p.Link != ""
}

// linksThread says that a newsletter's entry is the link to a thread of ads.
func (s *scene) linksThread() bool {
	title := s.lower(lexis.Title)
	if !bytes.Contains(title, []byte("official")) && !bytes.Contains(title, []byte("hiring")) {
		return false // as nearly always
	}
	for _, name := range threads {
		if bytes.Contains(title, name) {
			return true
		}
	}
	return len(title) < 80 && bytes.Contains(title, whoHires) && !bytes.Contains(title, []byte("|"))
}

var (
	threads  = [][]byte{[]byte("official /r/rust"), []byte("official r/rust"), []byte("who's hiring thread")}
	whoHires = []byte("who is hiring")
)
