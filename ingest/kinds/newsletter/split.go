package newsletter

import (
	"regexp"
	"strings"
)

// words is what the words of an entry say.
type words struct {
	company  string
	title    string
	location string
}

var (
	// role are words that stand in titles and not in the names of companies or
	// places.
	role = regexp.MustCompile(`(?i)\b(engineer|engineers|engineering|developer|developers|developper|programmer|architect|scientist|researcher|rust|rustacean|c\+\+|golang|backend|back-end|frontend|front-end|full[- ]?stack|senior|junior|lead|intern|internship|manager|devops|sre|qa|software|embedded|blockchain|distributed systems|typescript|javascript|js|ios|android|mpc|python|java|php|grpc|postgresql|remote working)\b|/`)
	// remote are words that say where one may work.
	remote = regexp.MustCompile(`(?i)\b(remote|onsite|on-site|hybrid|anywhere|worldwide|relocation|timezones?|home office|emea|amer|apac)\b`)
	// gender are the marks that German titles carry in parentheses.
	gender = regexp.MustCompile(`(?i)^\(?\s*(m/w/d|m/f/d|f/m/d|w/m/d|m/f/x|f/m/x|f/h|h/f|m/f|all genders|x/f/m|d/f/m)\s*\)?$`)
	// suffix are the legal forms that follow a comma in a company's name.
	suffix = regexp.MustCompile(`(?i)^(inc|llc|ltd|gmbh|ag|corp|s\.?a|co)\b\.?`)
	// ending is a title that ends in a city and a country's code.
	ending = regexp.MustCompile(`^(.+), (\p{Lu}[^,]+, [A-Z]{2})$`)
	year   = regexp.MustCompile(`\b(19|20)\d\d\b`)
	hiring = regexp.MustCompile(`(?i)^(.{2,60}?) (?:is|are) (?:hiring|looking for|searching for)\b`)
	dashes = regexp.MustCompile(`\s+[-–—]\s+`)
)

// place tells whether words in parentheses, or behind a dash, say where the job
// is: they begin with a capital or say "remote", and are no part of a title.
func place(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || gender.MatchString(text) {
		return false
	}
	if remote.MatchString(text) && !strings.Contains(strings.ToLower(text), "engineer") {
		return true
	}
	first := rune(text[0])
	return (first >= 'A' && first <= 'Z' || first >= 0x80) && !role.MatchString(strings.ReplaceAll(text, "/", " ")) &&
		!strings.ContainsAny(text, "+#")
}

// located takes the last parentheses that say a place off the end of a title.
// The writers sometimes forget to close them, or close them twice.
func located(title string) (rest, location string) {
	rest = strings.TrimRight(title, " .")
	kept := ""
	for range 4 {
		rest = strings.TrimRight(rest, " ")
		open := opening(rest)
		if open < 1 {
			break
		}
		inside := strings.TrimSpace(strings.Trim(rest[open:], " ()"))
		if strings.Contains(inside, "(") && !strings.Contains(inside, ")") {
			inside += ")"
		}
		if place(inside) {
			return strings.TrimRight(rest[:open], " ,") + kept, inside
		}
		if !gender.MatchString(inside) && !strings.HasSuffix(rest, ")") {
			break
		}
		kept = " " + strings.TrimSpace(rest[open:]) + kept
		rest = rest[:open]
	}
	return strings.TrimRight(title, " ."), ""
}

// opening is where the parenthesis begins that ends the text, or one that is
// never closed; -1 where there is none.
func opening(text string) int {
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')':
			if i != len(text)-1 && depth == 0 {
				return -1
			}
			depth++
		case '(':
			if depth--; depth <= 0 {
				// "(Remote))" closes once too often: the outer one is none.
				return i
			}
		}
	}
	if depth > 0 && strings.HasSuffix(text, "))") {
		return strings.LastIndexByte(text, '(')
	}
	return -1
}

// under reads an entry that stands under its company's heading.
func under(company, title string) words {
	w := words{company: company}
	w.title, w.location = located(title)
	// "Rust Engineer at Confio GmbH" under "Confio GmbH".
	low := strings.ToLower(w.title)
	if tail := " at " + strings.ToLower(company); company != "" && strings.HasSuffix(low, tail) && len(low) == len(w.title) {
		w.title = w.title[:len(w.title)-len(tail)]
	}
	return w
}

// alone reads an entry that names its company itself: "T at Co, City",
// "T at Co (City)", "T - Co - City", "T - Co, City, CC", "Co is hiring …", or a
// title and, behind the link, "at Co".
func alone(title, behind string) words {
	behind = strings.TrimSpace(behind)
	if at, ok := strings.CutPrefix(behind, "at "); ok && !strings.Contains(title, " at ") {
		return behindLink(title, at)
	}
	rest, location := located(title)
	if t, co, ok := lastCut(rest, " at "); ok && t != "" {
		company, city := named(co)
		if what, where, ok := strings.Cut(company, " in "); ok && strings.HasPrefix(what, "a ") { // "a startup in San Francisco"
			company, city = "", where
		}
		return words{company: company, title: t, location: join(city, location)}
	}
	if m := hiring.FindStringSubmatch(rest); m != nil {
		return words{company: m[1], title: rest, location: location}
	}
	return dashed(rest, location)
}

// behindLink reads "Co. More words" or "[Co] (City)" behind a linked title.
func behindLink(title, at string) words {
	w := words{title: strings.TrimRight(title, " .")}
	co, rest, stop := strings.Cut(at, ". ")
	if stop && suffix.MatchString(lastWord(co)) { // "Commure, Inc. San Francisco"
		co, _, _ = strings.Cut(co+". "+rest, ". ")
	}
	co, w.location = located(co)
	var city string
	w.company, city = named(co)
	w.location = join(city, w.location)
	return w
}

// dashed reads the parts of a title between dashes. Which part is the company is
// told by the words of the others.
func dashed(title, location string) words {
	parts := dashes.Split(title, 8)
	last := parts[len(parts)-1]
	n := len(parts)
	switch {
	case n == 1 || year.MatchString(last):
		if m := ending.FindStringSubmatch(title); m != nil && location == "" {
			return words{title: m[1], location: m[2]}
		}
		return words{title: title, location: location}
	case remote.MatchString(last) && (n == 2 || role.MatchString(parts[n-2])):
		return words{title: strings.Join(parts[:n-1], " - "), location: join(last, location)}
	case n >= 3 && !role.MatchString(parts[n-2]) && !year.MatchString(parts[n-2]):
		return words{company: parts[n-2], title: strings.Join(parts[:n-2], " - "), location: join(last, location)}
	case role.MatchString(last):
		return words{title: title, location: location}
	default:
		company, city := named(last)
		return words{company: company, title: strings.Join(parts[:n-1], " - "), location: join(city, location)}
	}
}

// named splits "Co, City, CC", minding "Commure, Inc. San Francisco".
func named(text string) (company, city string) {
	text = strings.Trim(text, " .,")
	company, city, _ = strings.Cut(text, ",")
	city = strings.TrimSpace(city)
	if form := suffix.FindString(city); form != "" {
		company += ", " + form
		city = strings.Trim(city[len(form):], " ,")
	}
	return strings.TrimSpace(company), city
}

func lastCut(text, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+len(sep):]), true
}

func lastWord(text string) string {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}

func join(a, b string) string {
	a, b = strings.Trim(a, " .,"), strings.Trim(b, " .,")
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}
