package forum

import (
	"regexp"
	"strings"
)

// cities, regions and countries that ads name most, in lower case and letters
// only, a comma or a line between them. They tell a place from a company's name
// and need not be complete: a place that is not among them and says neither its
// state nor its country stays a name.
var places = phrases(`san francisco, sf, bay area, sf bay area, san francisco bay area, silicon valley, south san francisco, soma, east bay,
	palo alto, mountain view, menlo park, redwood city, sunnyvale, san mateo, santa clara, santa monica, san jose, oakland, berkeley,
	emeryville, los angeles, la, venice, san diego, irvine, pasadena, new york, new york city, nyc, ny, brooklyn, manhattan, boston,
	cambridge, somerville, chicago, seattle, bellevue, redmond, kirkland, austin, dallas, houston, san antonio, denver, boulder, portland,
	atlanta, miami, orlando, tampa, philadelphia, pittsburgh, baltimore, washington dc, washington d c, dc, minneapolis, milwaukee,
	detroit, ann arbor, columbus, cleveland, cincinnati, st louis, nashville, raleigh, durham, charlotte, salt lake city, phoenix,
	las vegas, indianapolis, kansas city, toronto, vancouver, montreal, montréal, ottawa, waterloo, kitchener, calgary, edmonton, victoria,
	london, central london, cambridge, oxford, manchester, bristol, brighton, leeds, birmingham, edinburgh, glasgow, belfast, dublin,
	cork, paris, lyon, toulouse, berlin, munich, münchen, hamburg, cologne, köln, frankfurt, stuttgart, karlsruhe, düsseldorf, leipzig,
	amsterdam, rotterdam, utrecht, the hague, den haag, eindhoven, delft, brussels, ghent, antwerp, zurich, zürich, geneva, lausanne,
	basel, bern, vienna, wien, graz, salzburg, stockholm, gothenburg, malmö, copenhagen, aarhus, oslo, helsinki, tallinn, riga, vilnius,
	warsaw, krakow, kraków, wroclaw, wrocław, gdansk, prague, brno, bratislava, budapest, bucharest, cluj, sofia, belgrade, zagreb,
	ljubljana, athens, istanbul, kiev, kyiv, lviv, minsk, moscow, st petersburg, barcelona, madrid, valencia, lisbon, porto, milan, rome,
	turin, tel aviv, jerusalem, haifa, dubai, bangalore, bengaluru, mumbai, delhi, new delhi, pune, hyderabad, chennai, gurgaon, noida,
	singapore, hong kong, shanghai, beijing, shenzhen, taipei, tokyo, osaka, kyoto, seoul, bangkok, jakarta, kuala lumpur, manila,
	ho chi minh city, sydney, melbourne, brisbane, perth, adelaide, auckland, wellington, christchurch, cape town, johannesburg, nairobi,
	lagos, mexico city, guadalajara, bogota, medellin, lima, santiago, buenos aires, montevideo, sao paulo, são paulo, rio de janeiro`)

var countries = phrases(`usa, us, u s, u s a, united states, america, north america, south america, latin america, latam, uk, u k, united kingdom,
	england, scotland, wales, great britain, northern ireland, ireland, germany, deutschland, france, spain, italy, netherlands,
	the netherlands, nl, belgium, luxembourg, switzerland, austria, sweden, norway, denmark, finland, iceland, estonia, latvia, lithuania,
	poland, czech republic, czechia, slovakia, hungary, romania, bulgaria, serbia, croatia, slovenia, greece, cyprus, malta, turkey,
	ukraine, belarus, russia, portugal, israel, uae, united arab emirates, egypt, india, china, taiwan, japan, south korea, korea,
	singapore, hong kong, thailand, vietnam, indonesia, malaysia, philippines, australia, new zealand, nz, canada, mexico, brazil,
	argentina, chile, colombia, peru, uruguay, costa rica, south africa, kenya, nigeria, ghana, europe, eu, emea, asia, apac, africa,
	worldwide, california, texas, massachusetts, washington, washington dc, new york, new jersey, florida, illinois, ohio, michigan,
	minnesota, wisconsin, colorado, utah, arizona, nevada, oregon, georgia, virginia, maryland, pennsylvania, connecticut,
	north carolina, south carolina, alabama, alaska, arkansas, delaware, hawaii, idaho, iowa, kansas, kentucky, louisiana, maine,
	mississippi, montana, nebraska, new hampshire, new mexico, north dakota, oklahoma, rhode island, south dakota, vermont, west virginia,
	wyoming, manitoba, saskatchewan, tennessee, missouri, indiana, ontario, quebec, québec, british columbia, alberta, nova scotia, nsw,
	bavaria, catalonia`)

// state is the code of a state or a province behind a place's name.
var state = regexp.MustCompile(`[\pL.)],? +(A[BLKZR]|BC|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[ADEINSOTB]|N[EVHJMYCDSB]|O[HKRN]|PA|QC|RI|S[CDK]|T[NX]|UT|V[TA]|W[AVIY])\W*$`)

// around are words that stand beside a place's name.
var around = set(`greater downtown ok okay preferred possible mostly central north south east west northern southern eastern western area region metro near based in the and or
	remote onsite office offices hq only`)

func phrases(list string) map[string]bool {
	out := map[string]bool{}
	for p := range strings.SplitSeq(list, ",") {
		out[strings.Join(strings.Fields(p), " ")] = true
	}
	return out
}

var (
	// headList parts a list of places.
	headList = regexp.MustCompile(`(?i)[,/;&+]|\bor\b|\band\b`)
	// headApart parts what may be about different things.
	headApart = regexp.MustCompile(`\s[-–—]+\s|[()]`)
	// headAside is a word or two in parentheses: "London (Soho)".
	headAside = regexp.MustCompile(`\s\([\pL. ]{2,24}\)`)
	// headRegion is a code behind a place that is known.
	headRegion = regexp.MustCompile(`^\W*[A-Z]{2,3}\W*$`)
)

// place tells whether the part names a place and nothing else.
func (p part) place() bool {
	return p.region() || headAside.MatchString(p.text) && read(headAside.ReplaceAllString(p.text, " ")).region()
}

// region is place where nothing stands aside.
func (p part) region() bool {
	named := false
	for _, text := range headApart.Split(p.text, 8) {
		switch piece := read(text); {
		case len(piece.words) == 0 || piece.working():
		case piece.list():
			named = true
		case named && headRegion.MatchString(text): // "Fayetteville, Arkansas - AR"
		default:
			return false
		}
	}
	return named
}

// list tells whether the part is one place or a list of them.
func (p part) list() bool {
	named := false
	pieces := headList.Split(p.text, 20)
	for i, text := range pieces {
		piece := read(text)
		switch {
		case len(piece.words) == 0 || piece.working():
		case piece.known(), i > 0 && within(text):
			named = true
		case i+1 < len(pieces) && len(piece.words) <= 3 && within(pieces[i+1]):
			named = true // "Milwaukee, WI", "Salzburg, Austria"
		case named && headRegion.MatchString(text): // "Bangalore, KA"
		default:
			return false
		}
	}
	return named
}

// working tells whether the part says only how one works.
func (p part) working() bool {
	for _, w := range p.words {
		if !fillers[w] {
			return false
		}
	}
	return len(p.words) > 0
}

// known tells whether the part is a place of the lists, whatever stands beside.
func (p part) known() bool {
	line := strings.Join(p.words, " ")
	if places[line] || countries[line] {
		return true
	}
	var rest []string
	for _, w := range p.words {
		if !around[w] {
			rest = append(rest, w)
		}
	}
	line = strings.Join(rest, " ")
	return len(rest) > 0 && (places[line] || countries[line])
}

// within tells whether the text is a state or a country, which may stand behind
// the name of any place.
func within(text string) bool {
	return countries[strings.Join(read(text).words, " ")] || state.MatchString("X, "+strings.TrimSpace(text))
}

var (
	// headTitle is a part that ends as titles do.
	headTitle = regexp.MustCompile(`(?i)\b(engineers?|developers?|devs?|programmers?|designers?|architects?|scientists?|devops|sysadmins?|administrators?|managers?|analysts?|hackers?|interns?|internships?|cto|researchers?|sre|mentors?|tutors?|instructors?|interviewers?|representatives?|fellows?|positions?|roles?|jobs?|openings?|leads?|leaders?|dbas?|evangelists?|advocates?|directors?|marketers?|co-?founders?|editors?|and others|postdocs?)[\s).!:;,*]*$`)
	// headTitled is one that begins so.
	headTitled = regexp.MustCompile(`(?i)^\W*((senior|junior|sr|jr|lead|principal|staff|head of|software|front[ -]?end|back[ -]?end|full[ -]?stack|positions?:)\b.*\b(engineer|developer|programmer|designer|architect|scientist|manager)s?\b|(position|role|job|hiring|seeking|looking for|wanted)s?\s*:)`)
	// headField is one that is the name of a trade.
	headField = regexp.MustCompile(`(?i)^\W*(head|vp|vice president|director) of\s|^\W*((senior|junior|sr|jr)\.?\s+)?((head|vp|vice president|director|dir\.?)( of|,)?(\s.*)?|((site reliability|software|qa|data|web|mobile|security|platform|infrastructure|front[ -]?end|back[ -]?end|full[ -]?stack|systems?|embedded|product|cloud|ios|android)[\s,&/]*)+)\s+(engineering|development|product|design|marketing|sales|operations|technology)\W*$|^\W*(senior|junior|sr|jr)\.?\s.*\b(full[ -]?stack|front[ -]?end|back[ -]?end|software|web|mobile|ios|android)\W*$`)
	// headSpeaks is one in which somebody speaks.
	headSpeaks = regexp.MustCompile(`(?i)^\W*((we|i|us|you|they|this|that|it|there|my|our|our (company|team|client|startup)|my (company|team|startup)|startup|hello|hi|hey|locations?|positions?|titles?|roles?|company|description|about|keywords?|hiring)\W*$|(locations?|positions?|titles?|roles?|comp|compensation|salary|pay|type|keywords?|apply|contact|e-?mail|visas?|stack|tech)\s*:|(we|i|they)\s+(are|am|have|need|want)\b|(we|i)['’](re|m|ve)\b|(hello|hi|hey)\b)`)
	// headHidden is one that hides who hires, or says it badly.
	headHidden = regexp.MustCompile(`(?i)\b(stealth|unnamed|undisclosed|confidential|(brand )?new|early[ -]stage|my|our)\b.*\b(start-?up|company|consultancy|venture|fund|client)\b|^\W*(various|several|multiple|hedge fund|start-?up)\W*$|\bstart-?up (working|building)\b|^\W*(company|startup) i work\b|^\W*under the radar\b|^\d+ points? by\b`)
	// headSort is one that says what sort of employer it is, or how it pays.
	headSort = regexp.MustCompile(`(?i)\b(startup|start-up|fintech|saas|b2b|funded|funding|series [a-e]|seed|stealth|yc|full[ -]?time|part[ -]?time|remote|onsite|on-site|visa|relocation|equity|salary|contract|permanent|perm|junior|senior|mid|experienced?|apply|based|https?)\b`)
	// headAt stands between a title and an employer.
	headAt = regexp.MustCompile(`(?i)^(.+?)\s+(?:at|@)\s+(.+)$`)
	// headColon stands between an employer and a title or a place.
	headColon = regexp.MustCompile(`\s+[-–—]+\s+|\s*:\s+`)
)

// headBehind is what stands in parentheses, or behind a comma in a title.
var headBehind = regexp.MustCompile(`(?i)\s*(\([^()]*\)?|,\s*(sr|jr|senior|junior|and|or|int|mid)\b.*)\s*$`)

// title tells whether the part is a title and no company.
func (p part) title() bool {
	return headTitle.MatchString(headBehind.ReplaceAllString(p.text, "")) || headTitled.MatchString(p.text) ||
		headField.MatchString(headBehind.ReplaceAllString(p.text, ""))
}

// noCompany tells whether the part is plainly something else than a company.
func (p part) noCompany() bool {
	return p.text == "" || p.title() || p.place() || p.working() || p.hollow() || headMail.MatchString(p.text) || headSpeaks.MatchString(p.text) || headHidden.MatchString(headBehind.ReplaceAllString(p.text, "")) ||
		headSentence.MatchString(p.text) || headOpen.MatchString(p.text)
}

// headOpen ends as no name does: the sentence goes on.
var headOpen = regexp.MustCompile(`(?i)[\s,](we|who|that|which|and|or|is|are|to)\W*$|^\W*(want|for|can|if|who|what|how|why|when|as|with|please|there|searching|looking|hiring|seeking|calling|join) `)

// placed takes from a name the place that may stand behind it: "Acme in Chicago",
// "Acme, New York City", "Acme - Berlin", "Acme (Oslo)".
func placed(name string) (front, place string) {
	at := headPlaced.FindStringIndex(name)
	for at != nil {
		if read(name[at[1]:]).place() {
			return company(name[:at[0]]), strings.Trim(name[at[1]:], " ()")
		}
		next := headPlaced.FindStringIndex(name[at[1]:])
		if next == nil {
			break
		}
		at = []int{at[1] + next[0], at[1] + next[1]}
	}
	return name, ""
}

// headPlaced stands between an employer and its place.
var headPlaced = regexp.MustCompile(`\s+in\s+|,\s+|\s*[-–—]+\s+|\s*:\s+|\s*\(`)

// headMany is a comma with something else behind it than a legal form.
var headMany = regexp.MustCompile(`(?i),\s*(?:[a-hj-km-z]|i[a-mo-z]|l[a-km-su-z])`)

// starts tells whether the part begins with words of how one works.
func (p part) starts() bool {
	first, _, _ := strings.Cut(p.text, " - ")
	return read(first).filler() && len(p.words) > 0
}

// named is the company that a part behind the first one names, empty when it
// seems to name none.
func (p part) named() string {
	name, _ := placed(company(p.text))
	if !strings.HasPrefix(company(p.text), name+",") { // "Vik, Norway" is a place
		p = read(name)
	}
	first, _, _ := strings.Cut(p.text, " ")
	if p.noCompany() || p.bare() || p.pay() || p.role() || p.filler() || len(p.words) > 5 || headMany.MatchString(p.text) || headSort.MatchString(p.text) || first == strings.ToLower(first) {
		return ""
	}
	return p.text
}

// unopened is text without a parenthesis that is opened and not closed.
func unopened(text string) string {
	if i := strings.LastIndexByte(text, '('); i > 1 && !strings.Contains(text[i:], ")") {
		return strings.TrimSpace(text[:i])
	}
	return text
}

// firstPart reads what the first part says: the company, and the title and the
// place that may stand behind it. The company is empty when the part is plainly
// something else; may is what is one only if the rest of the ad names it, too.
func (h *head) firstPart(text string) (title, place, may string) {
	name := company(text)
	if m := headAt.FindStringSubmatch(name); m != nil && read(m[1]).title() {
		h.company = read(m[2]).named()
		return m[1], "", ""
	}
	if m := headAnnounce.FindStringSubmatch(name); m != nil && len(strings.Fields(m[1])) <= 5 {
		name = m[1]
	}
	p := read(name)
	if p.place() {
		return "", p.text, ""
	}
	if front, at := placed(name); at != "" && !read(front).noCompany() {
		h.company = front
		return "", at, ""
	}
	if at := headColon.FindStringIndex(name); at != nil {
		front, behind := read(name[:at[0]]), read(name[at[1]:])
		switch {
		case front.place(): // "Berlin - Acme"
			h.company = behind.named()
			return "", front.text, ""
		case front.title(): // "Developer - Acme", or the name of a team
			if behind.place() || behind.starts() {
				return unopened(front.text), behind.text, ""
			}
			return p.text, "", behind.named()
		case front.noCompany():
		case behind.place(), behind.starts():
			h.company = company(front.text)
			return "", behind.text, ""
		case behind.title():
			h.company = company(front.text)
			return behind.text, "", ""
		}
	}
	switch {
	case h.company != "":
	case p.title(), p.bare() && p.role():
		return p.text, "", ""
	case !p.noCompany():
		h.company = name
	}
	return "", "", ""
}
