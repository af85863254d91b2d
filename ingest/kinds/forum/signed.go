package forum

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobmarket/ingest/kinds/kind"
)

// headHost is the host of a mail address, or of a link with its path.
var headHost = regexp.MustCompile(`(?i)@([a-z0-9-]+(?:\.[a-z0-9-]+)+)|https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[^\s<>"]*)?`)

// mailers are hosts at which anybody has an address.
var mailers = set(`gmail googlemail hotmail outlook live yahoo ymail icloud me mac aol gmx web mail email protonmail proton pm
	fastmail hey zoho qq 163 yandex riseup hushmail posteo mailbox example domain company`)

// mostHosts is how many addresses of an ad are looked at.
const mostHosts = 20

// signed is the company whose own domain the site in an ad's first line, its mail
// addresses and its links to jobs are under, spelled as the ad spells it elsewhere;
// empty where the ad does not.
func signed(text, site string) string {
	var labels []string
	if m := headHost.FindStringSubmatch(site); m != nil {
		labels = append(labels, ownLabel(strings.ToLower(m[2])))
	}
	for _, m := range headHost.FindAllStringSubmatch(text, mostHosts) {
		low := strings.ToLower(m[2] + m[3])
		if m[1] == "" && !slices.ContainsFunc(careers, func(word string) bool { return strings.Contains(low, word) }) || boards.MatchString(m[1]+m[2]) {
			continue
		}
		if label := ownLabel(strings.ToLower(m[1] + m[2])); len(label) >= 3 && !mailers[label] {
			labels = append(labels, label)
		}
	}
	if len(labels) == 0 {
		return ""
	}
	var words []string // those before, without the signs around them
	for word := range strings.FieldsSeq(text) {
		word = strings.TrimFunc(word, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
		if word == "" || strings.ContainsAny(word, "@/") || strings.Contains(strings.TrimRight(word, "."), ".") {
			words = words[:0]
			continue
		}
		words = append(words[max(0, len(words)-2):], word)
		for from := range words {
			name := strings.TrimSuffix(strings.TrimSuffix(strings.Join(words[from:], " "), "'s"), "’s")
			first, _ := utf8.DecodeRuneInString(name)
			if first == unicode.ToLower(first) || !slices.Contains(labels, strings.ToLower(strings.Join(read(name).words, ""))) {
				continue
			}
			if p := read(name); !p.noCompany() {
				return p.text
			}
		}
	}
	return ""
}

// public are labels under a country's that anybody may have a name under.
var public = set("co com org net ac gov edu")

// ownLabel is the part of a host that its owner has chosen, without hyphens: "acme"
// of "jobs.acme.co.uk".
func ownLabel(host string) string {
	labels := strings.Split(host, ".")
	at := len(labels) - 2
	if at > 0 && len(labels[at+1]) == 2 && public[labels[at]] {
		at--
	}
	return strings.ReplaceAll(labels[at], "-", "")
}

// boards are hosts that no employer calls its own.
var boards = regexp.MustCompile(`(?i)\b(jobvite|greenhouse|lever|workable|angel|linkedin|stackoverflow|smartrecruiters|ashbyhq|recruitee|breezy|bamboohr|google|github|medium|indeed|glassdoor|ycombinator|workatastartup|twitter|facebook|bit|goo|grnh|applytojob|myworkdayjobs|icims|typeform)\.(com|co|io|hr|ly|gl|se)\b`)

// absolute is the address of an employer's site; empty for a page of a board.
func absolute(site string) string {
	site = strings.Trim(site, "<>() ")
	if boards.MatchString(site) {
		return ""
	}
	if !strings.HasPrefix(strings.ToLower(site), "http") {
		site = "https://" + site
	}
	if !kind.Web(site) {
		return ""
	}
	return site
}
