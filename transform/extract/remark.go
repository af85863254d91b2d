package extract

import (
	"regexp"
	"strings"

	"jobmarket/warehouse/schema"
)

// mostRemark is how much of a comment is read to tell a remark from an ad.
const mostRemark = 3000

var (
	// seekersForm are the lines in which people who look for work describe
	// themselves, as the threads for them ask; ads say such things within a line.
	seekersForm = [2]*regexp.Regexp{
		regexp.MustCompile(`(?im)^\W*(willing to relocate|relocation)\s*\??\s*:`),
		regexp.MustCompile(`(?im)^\W*(r[eé]sum[eé]s?|cv)(\s*/\s*(cv|r[eé]sum[eé]))?\s*:|^\W*technologies\s*:`),
	}
	// seekersWords are how they begin, or what only they say.
	seekersWords = []*regexp.Regexp{
		regexp.MustCompile(`(?m)^[^\n\pL]*SEEKING (WORK|EMPLOYMENT)\b`),
		regexp.MustCompile(`(?i)^\W*(i('|’)?m |i am |currently )?(looking for|seeking)\s+(an?\s+)?(((full|part)[- ]?time|remote|on-?site|new|internship|co-?op|summer|junior|entry[- ]level|contract|freelance)\b[\s/,]*)*(positions?|roles?|jobs?|internships?|opportunit(y|ies)|gigs?)\b`),
		regexp.MustCompile(`(?i)\b(i('|’)?m|i am) (currently )?looking for (an?|any) [^.!?\n]{0,50}\b(position|job|internship)\b (in|at|as)\b`),
		regexp.MustCompile(`(?i)\bmy (current )?(work )?visa status\b|\bi have (over |more than |about )?\d+\+? years of (work )?experience\b[^|]{0,200}\blooking for\b`),
		regexp.MustCompile(`(?i)^\W*(is |are )?(anyone|anybody|there anyone)\b[^.?!\n]{0,80}\b(amenable to|interested in|wants? to|want|willing to|looking to) (hir(e|ing))\b`),
	}
	// tools are comments on the thread by those who made something of it.
	tools = regexp.MustCompile(`(?i)\b(curat|pars|scann?|scrap|aggregat|index|categori[sz])(e|es|ed|ing)\b[^.\n]{0,80}\bth(is|e) (hiring )?thread\b|\b(all|takes) (the |of the )?(jobs|job posts|submissions|postings)( listed| posted)? (here|in this thread|of this thread|, sorts)|\btakes all the submissions\b|\b(better|simple|own) search (and filter(ing)?|engine|tool|page)\b`)
	// tales are what people tell of interviews, and of employers that are not theirs.
	tales = regexp.MustCompile(`(?i)\bi ((recently|once|actually|just|also|have|had|did|was|even|ever|previously)\s+)*interview(ed|ing)?\b|\b(interviewed|applied) (here|with (them|you|this))\b|\b(rejected|ghosted|declined) me\b|\b(wouldn('|’)t|don('|’)t|do not|would not|can('|’)t|cannot) recommend\b|\bnever (heard|hear) back\b|\bcouldn('|’)t pay me\b|\bbe careful (during|with) (their|this)\b|\bhorror stories\b|\bage discrimination\b|\bplace to work: https?:|\b(recently|just) purchased\b|\bwith all due respect\b`)
	// frauds are words of offers that spam the threads; two of them are one.
	frauds = regexp.MustCompile(`(?i)\b(hack into|hackers? for hire|ethical hacker|black ?hat|hacking services?|cyber hacking|cyber services?|identity transformation|cheating|spy on|whatsapp hack\w*|loan lenders?|loan service|need (of )?(a )?loan|bad credit|credit (fix|repair)|guarantee loan|spell caster|herpes|hiv|testimony|god bless|business was|financial assistance)\b`)
	// invites is what tells an ad from a remark after all.
	invites = regexp.MustCompile(`(?i)\b(we('|’)?re|we are|is|are|i('|’)?m|i am|currently|now) ((currently|always|actively|also|still|now|just) )?(hiring|recruiting|looking (for|to)|seeking|searching)\b|\bapply (at|here|now|via|online|by|through)\b|\b(send|email|e-mail|drop|contact|ping|reach) (us|me|your)\b|\b(join|work (for|with|at)) (us|our)\b|\bwe need\b|\bopen (roles|positions)\b|(^|[.!?\n] ?)looking (to (add|hire|grow)|for)\b|\b(jobs|careers|hr|hiring|work|recruiting|talent)@`)
	// several is where somebody speaks of seeking for several: "we're in need of help".
	several = regexp.MustCompile(`(?i)\bwe('|’)?( a)?re (in need of|hiring|looking for|seeking)\b`)
	// customs are words that the threads ask employers to write in capitals.
	customs = regexp.MustCompile(`\b(ON-?SITE|ON SITE|Onsite|REMOTE|VISA|INTERNS?|FULL[- ]?TIME|Full[- ]?[Tt]ime|CONTRACT|PART[- ]?TIME|POSITION|LOCATION|Location|Position|Citizenship|citizenship)\b`)
	// sought are nouns of those whom an ad seeks, with the capital of a title.
	sought = regexp.MustCompile(`\b(Engineers?|ENGINEERS?|Developers?|DEVELOPERS?|Programmers?|Designers?|Architects?|Scientists?|Managers?|Analysts?|Interns?|CTO|DevOps|SRE|consultants?|contract)\b`)
	// offices are parts of addresses that lead to a job.
	offices = regexp.MustCompile(`(?i)https?://\S*(jobs?\b|career|hiring|/hire|position|opening|vacanc|apply|greenhouse|grnh|lever\.co|workable|ashby|recruit)|www\.\S+/(jobs|careers)`)
)

// remark is why a comment without an ad's header is none: somebody looks for work,
// made something of the thread, tells of an interview, or cheats; empty where none of
// that is plain. What names its employer, or invites people, is given the doubt.
func remark(p *schema.Posting) string {
	text := p.Text[:min(len(p.Text), mostRemark)]
	if p.Company != "" {
		return ""
	}
	if seekersForm[0].MatchString(text) && seekersForm[1].MatchString(text) {
		return "somebody looks for work: it has the lines of a seeker's form"
	}
	for _, by := range seekersWords {
		if m := by.FindString(text); m != "" {
			return "somebody looks for work: " + excerpt(m)
		}
	}
	if two := twice(frauds, text); len(two) == 2 {
		return "it offers fraud: " + strings.Join(two, ", ")
	}
	if m := tools.FindString(text); m != "" {
		return "it is about the thread: " + excerpt(m)
	}
	if invites.MatchString(text) || offices.MatchString(text) {
		return ""
	}
	if strings.HasPrefix(text, ">") && !strings.HasPrefix(text, ">>") {
		return "it answers somebody: " + excerpt(text)
	}
	if m := tales.FindString(text); m != "" {
		return "it tells of an employer: " + excerpt(m)
	}
	return ""
}

// unlike says that a comment has none of the signs of an ad: no role and no
// employer, no terms, no place to apply.
func unlike(p *schema.Posting) bool {
	text := p.Text[:min(len(p.Text), mostRemark)]
	return p.Title == "" && p.Company == "" && p.Location == "" && p.Employment == "" && p.Pay == "" &&
		!customs.MatchString(text) && !sought.MatchString(text) && !invites.MatchString(text) && !offices.MatchString(text)
}

// twice are the first two different texts that by finds.
func twice(by *regexp.Regexp, text string) []string {
	var out []string
	for _, m := range by.FindAllString(text, 20) {
		if m = strings.TrimSuffix(strings.ToLower(m), "s"); len(out) == 0 || len(out) == 1 && out[0] != m {
			out = append(out, m)
		}
	}
	return out
}

// excerpt is the beginning of what was found, on one line.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.ToValidUTF8(s[:min(len(s), 100)], "")
}
