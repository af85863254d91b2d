package identity

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"jobmarket/transform/extract/place"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

//go:embed employers.csv
var employersCSV string

// aliases maps an employer's other keys to the one it is filed under.
var aliases = sync.OnceValue(func() map[string]string {
	r := csv.NewReader(strings.NewReader(employersCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("identity: employers.csv: %v", err)) // the file is part of the program
	}
	m := make(map[string]string, len(rows))
	for _, row := range rows[1:] {
		m[row[0]] = row[1]
	}
	return m
})

// legal are the words after a name that say how the firm is constituted.
var legal = set(`inc incorporated llc ltd limited gmbh mbh ag sa sas sarl bv nv pty pte plc corp corporation co company
	oy oyj ab as asa aps srl spa kk kg ug se sl llp lp ou sro doo dao pbc kft bvba ltda eood eg ev`)

// common are words that name no employer by themselves: as a host's or a
// board's only word they would merge strangers.
var common = set(`base block capital chain crypto meta metal near rain snap stack standard token app apps api blog board boards career careers cloud code company data dev docs employment engineering
	form forms get github global group hello help hire hiring home info into jobs job join labs lab link life mail media
	meet micro mobile network news next notion online open page pages people platform play portal public recruit
	recruiting recruitment remote site sites smart social software startup stealth studio studios system systems talent
	team teams tech technologies technology test this time tools work workable works world www your`)

// EmployerKey is the normalised name of an employer: lower case without accents,
// legal form, brackets, a leading "the" and spaces, so that "Acme, Inc.", "ACME"
// and "acme.com" have one key. The registry employers.csv then maps a renamed
// or differently written employer to one key. Empty when nothing is left.
func EmployerKey(name string) string {
	name = strings.TrimSpace(name)
	if len(name) > 200 {
		name = name[:200]
	}
	name = withoutHeader(name)
	if host := hostIn(name); host != "" {
		if d := registrable(host); d != "" && !shared[d] {
			if label, _, _ := strings.Cut(d, "."); telling(EmployerKey(label)) {
				name = label
			}
		}
	}
	var room [12]string
	words := joinInitials(wordsOf(room[:0], plain(withoutBrackets(name))))
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && legal[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	key := strings.Join(words, "")
	if to, ok := aliases()[key]; ok {
		return to
	}
	return key
}

// wordsOf appends the runs of letters and digits in s.
func wordsOf(dst []string, s string) []string {
	start := -1
	for i, r := range s {
		var in bool
		if r < utf8.RuneSelf {
			in = r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
		} else {
			in = unicode.IsLetter(r) || unicode.IsDigit(r)
		}
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			dst = append(dst, s[start:i])
			start = -1
		}
	}
	if start >= 0 {
		dst = append(dst, s[start:])
	}
	return dst
}

// renamed are the keys that employers.csv files others under.
var renamed = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, to := range aliases() {
		m[to] = true
	}
	return m
})

// mayBe is false only when EmployerKey(name) is not key: a key is made of
// letters of the name in their order, unless the registry renames it.
func mayBe(name, key string) bool {
	if renamed()[key] {
		return true
	}
	k := 0
	for i := 0; i < len(name) && k < len(key); i++ {
		c := name[i]
		switch {
		case c >= utf8.RuneSelf || c == '&':
			return true
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		if c == key[k] {
			k++
		}
	}
	return k == len(key)
}

// headers are what forums write behind a name; mayHaveHeader is to know their
// first bytes.
var headers = []string{" - ", " – ", " — ", " // ", "|", " http", " www.", ": ", " is hiring", " are hiring", " (http", "\n"}

// mayHaveHeader is false only when name holds none of headers.
func mayHaveHeader(name string) bool {
	for i := range len(name) {
		switch name[i] {
		case '|', '\n':
			return true
		case ':':
			if i+1 < len(name) && name[i+1] == ' ' {
				return true
			}
		case ' ':
			if i+1 == len(name) {
				return false
			}
			switch c := name[i+1]; c {
			case '-', '/', 'h', 'w', 'i', 'a', '(':
				return true
			default:
				if c >= utf8.RuneSelf {
					return true
				}
			}
		}
	}
	return false
}

// withoutHeader cuts what forums write behind a name: "Acme - Berlin", "Acme,
// Redwood City, CA", "Acme https://acme.com", "Acme is hiring".
func withoutHeader(name string) string {
	if mayHaveHeader(name) {
		for _, sep := range headers {
			if a, _, ok := strings.Cut(name, sep); ok && strings.TrimSpace(a) != "" {
				name = a
			}
		}
	}
	if a, b, ok := strings.Cut(name, ","); ok && strings.TrimSpace(a) != "" {
		d := lexis.Borrow(&schema.Posting{Location: b})
		defer d.Return()
		if p := place.Table().Find(d, 0, len(d.Tokens), true); len(p) > 0 && p[0].First == 0 {
			name = a
		}
	}
	return name
}

// joinInitials makes "s", "a" of "S.A." one word.
func joinInitials(words []string) []string {
	initial := func(w string) bool { return len(w) == 1 && w[0] >= 'a' }
	pair := false
	for i := 1; i < len(words); i++ {
		pair = pair || initial(words[i-1]) && initial(words[i])
	}
	if !pair {
		return words
	}
	out := words[:0:0]
	joining := false
	for _, w := range words {
		single := initial(w)
		if single && joining {
			out[len(out)-1] += w
		} else {
			out = append(out, w)
		}
		joining = single
	}
	return out
}

// telling says that a key made of a host or a board token alone may stand for
// an employer.
func telling(key string) bool { return len(key) >= 4 && !common[key] }

// plain is s in lower case without accents, with "&" as "and" and without
// apostrophes.
func plain(s string) string {
	ascii, odd, capital := true, false, false
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
		odd = odd || s[i] == '&' || s[i] == '\''
		capital = capital || s[i] >= 'A' && s[i] <= 'Z'
	}
	switch {
	case ascii && !odd && !capital:
		return s
	case ascii && !odd:
		return strings.ToLower(s)
	}
	if !ascii {
		t := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
		if r, _, err := transform.String(t, s); err == nil {
			s = r
		}
	}
	return plainLetters.Replace(strings.ToLower(s))
}

var plainLetters = strings.NewReplacer("&", " and ", "'", "", "’", "", "ß", "ss", "ø", "o", "ł", "l", "æ", "ae", "đ", "d")

// withoutBrackets drops "(…)" and "[…]" unless nothing else is left.
func withoutBrackets(s string) string {
	if strings.IndexByte(s, '(') < 0 && strings.IndexByte(s, '[') < 0 {
		return s
	}
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(' || r == '[':
			depth++
		case (r == ')' || r == ']') && depth > 0:
			depth--
			b.WriteByte(' ')
		case depth == 0:
			b.WriteRune(r)
		}
	}
	if strings.TrimSpace(b.String()) == "" {
		return strings.Trim(s, "()[] ")
	}
	return b.String()
}

// hostIn is the host when s is a URL or a bare host name of a known kind.
func hostIn(s string) string {
	if strings.IndexByte(s, '.') < 0 || strings.ContainsAny(s, " \t\n") {
		return ""
	}
	if i := strings.Index(s, "://"); i >= 0 {
		u, err := url.Parse(s)
		if err != nil {
			return ""
		}
		return strings.ToLower(u.Hostname())
	}
	host, _, _ := strings.Cut(strings.ToLower(s), "/")
	suffix, icann := publicsuffix.PublicSuffix(host)
	if !icann || suffix == host || strings.HasSuffix(host, ".") {
		return ""
	}
	return host
}

// registrable is the domain that somebody registered ("jobs.acme.co.uk" is
// "acme.co.uk"), or empty.
func registrable(host string) string {
	d, err := publicsuffix.EffectiveTLDPlusOne(strings.TrimSuffix(strings.ToLower(host), "."))
	if err != nil {
		return ""
	}
	return d
}

// employerHost is the registrable domain of the employer's own site: what the ad
// states, else where its link leads, unless that host serves many.
func employerHost(company, link, own *page) string {
	for _, at := range [...]*page{company, link, own} {
		if at.name == "" {
			continue
		}
		if d := registrable(at.name); d != "" && !shared[d] {
			return d
		}
	}
	return ""
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
