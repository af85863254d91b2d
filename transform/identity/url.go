package identity

import (
	"net/url"
	"slices"
	"strings"
)

// shared are registrable domains that serve many employers: none of them is an
// employer's host.
var shared = set(`
	greenhouse.io grnh.se lever.co ashbyhq.com workable.com smartrecruiters.com recruitee.com personio.de personio.com
	teamtailor.com myworkdayjobs.com workday.com bamboohr.com breezy.hr applytojob.com pinpointhq.com jobvite.com
	rippling.com join.com amazon.jobs icims.com jazz.co jazzhr.com homerun.co gem.com comeet.com comeet.co polymer.co
	hire.trakstar.com recruiterbox.com taleo.net successfactors.com dover.com dover.io freshteam.com zohorecruit.com
	ycombinator.com algolia.com reddit.com redd.it linkedin.com lnkd.in angel.co wellfound.com stackoverflow.com indeed.com
	glassdoor.com monster.com dice.com otta.com hired.com triplebyte.com remoteok.com remoteok.io weworkremotely.com
	cryptojobslist.com cryptocurrencyjobs.co web3.career crypto.jobs rustjobs.dev rustjobs.rs filtra.io jobboard.io
	welcometothejungle.com welcometothejungle.co workatastartup.com functionalworks.com works-hub.com honeypot.io
	github.com github.io gitlab.com gist.github.com gitlab.io bitbucket.org medium.com notion.so notion.site substack.com
	wordpress.com blogspot.com tumblr.com typeform.com google.com goo.gl bit.ly t.co tinyurl.com airtable.com coda.io
	twitter.com x.com facebook.com youtube.com meetup.com discord.gg discord.com t.me telegram.me slack.com
	rust-lang.org users.rust-lang.org dev.to hackernoon.com whoishiring.io hnhiring.com mailchi.mp docsend.com dropbox.com
	vercel.app netlify.app herokuapp.com pages.dev web.app wixsite.com squarespace.com carrd.co webflow.io apple.news
	withgoogle.com theresumator.com jobscore.com arbeitnow.com smrtr.io bamboohr.co.uk jobylon.com seek.com.au ultipro.com
	rolp.co brassring.com selectminds.com silkroad.com applicantpro.com csod.com newtonsoftware.com umantis.com
	trinethire.com rolepoint.com builtinnyc.com builtinchicago.org builtinboston.com builtincolorado.com builtinla.com
	builtinaustin.com builtinsf.com builtinseattle.com themuse.com stackshare.io keyvalues.io keyvalues.com youtu.be aka.ms
	tiny.cc jsco.re short.io stayintech.com force.com instagram.com wikipedia.org vimeo.com techcrunch.com forbes.com
	fortune.com nytimes.com wsj.com venturebeat.com cnbc.com betaboston.com huffingtonpost.com bloomberg.com wired.com
	theverge.com businessinsider.com cnn.com bbc.com bbc.co.uk theguardian.com geekwire.com crunchbase.com trello.com
	hackerrank.com codility.com producthunt.com eventbrite.com slideshare.net surveymonkey.com wufoo.com jotform.com
	imgur.com catsone.com short.sg upwork.com ziprecruiter.com craigslist.org peopleclick.com successfactors.eu
	unicornhunt.io techinasia.com karriere.at workshape.io git.io myjob.io recode.net wbur.org washingtonpost.com
	typescriptlang.org`)

// noise are query parameters that say where a reader came from, or which part of a
// list is shown, and not what the page is.
var noise = set(`ref refid referrer referer source src s t gh_src lever-source lever-origin fbclid gclid mc_cid mc_eid
	trk trackingid cid sid share lang locale hl feature via from utm medium campaign content recommended rx_source
	ashby_source jobsource original_referer igshid location locations loc office city country department dept team
	category`)

// generic are words of a path that name no single ad.
var generic = set(`about us join joinus career careers job jobs work working workwithus with we are is the our team teams
	company contact open opening openings position positions opportunities opportunity vacancies vacancy hire hiring
	now new home index html htm php aspx en us-en uk de fr es page pages list listing all current engineering
	engineers developers people culture life at in for of a an to and you your me my come
	build future available roles role search apply application remote recruitment recruiting talent find department
	departments category tag tags blog news post posts article articles p s o embed board job_board app view`)

// URLKey is the canonical form of a URL that names one ad: no scheme, "www.",
// fragment, tracking parameters or trailing slash, the host in lower case. Empty
// for whatever names no single ad: a home or careers page, a profile, a form
// service, a board's front page, a mail address.
func URLKey(rawURL string) string {
	return readPage(rawURL).urlKey()
}

func (a *page) urlKey() string {
	if !a.good || len(a.path) == 0 && len(a.query) == 0 {
		return ""
	}
	if a.onJobs && !a.link.forum() {
		return a.link.key()
	}
	if _, known := hosts[a.host]; known {
		return "" // a board's address that names no job
	}
	if _, rest, _ := strings.Cut(a.host, "."); subdomains[rest] != nil {
		return ""
	}
	if a.host == "grnh.se" {
		return a.host + "/" + a.at(0) // a board's short address of an opening, or of a list of them
	}
	if strings.HasSuffix(a.at(len(a.path)-1), "..") || isRead(&a.address) {
		return ""
	}
	query := keptQuery(a.query)
	if query == "" && lists[a.at(len(a.path)-1)] || !namesAd(&a.address, query) {
		return ""
	}
	key := a.host + "/" + strings.Join(a.path, "/")
	if query != "" {
		key += "?" + query
	}
	return key
}

// read are words in the path of what one reads about an employer, and no ad.
var read = set(`blog blogs article articles news newsroom press docs doc documentation media story stories podcast podcasts wiki
	video videos watch benefits perks product products features pricing solutions customers investors faq podcast events`)

// readHosts are labels before a registered domain under which one reads, or writes,
// about an employer. A form of docs.google.com asks for all openings alike.
var readHosts = set(`blog blogs news press docs media engineering-blog techblog podcast wiki`)

// lists are the last segments of a path that leads to no single ad.
var lists = set(`about about-us aboutus team our-team career careers jobs join join-us joinus openings positions vacancies
	contact company culture hiring work-with-us`)

// jobs are words in the path of ads, wherever they stand.
var jobs = set(`job jobs career careers position positions opening openings vacancy vacancies hiring hire apply join work-with-us
	opportunity opportunities role roles recruiting jobdetail job-detail jobs-detail employment`)

// companies are hosts where a page of that name is an employer's, and no ad.
var companies = set(`themuse.com stackshare.io keyvalues.com keyvalues.io builtinnyc.com angel.co`)

// isRead says that the address leads to a page about an employer.
func isRead(a *address) bool {
	domain := registrable(a.host)
	about := false
	for label := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSuffix(a.host, domain), "."), ".") {
		about = about || readHosts[label]
	}
	for i := range a.path {
		segment := strings.ToLower(a.path[i])
		if jobs[segment] {
			return false
		}
		about = about || read[segment] || companies[a.host] && (segment == "companies" || segment == "company")
	}
	return about
}

// keptQuery is the query without noise, its parameters in order.
func keptQuery(q url.Values) string {
	for name := range q {
		low := strings.ToLower(name)
		if noise[low] || strings.HasPrefix(low, "utm_") {
			q.Del(name)
		}
	}
	return q.Encode()
}

// profiles are hosts whose first path segments name a person or a firm, or which
// hold apps and articles: what is written of an employer is none of its ads.
var profiles = map[string]int{
	"github.com": 3, "gitlab.com": 3, "twitter.com": 9, "x.com": 9, "facebook.com": 9, "linkedin.com": 9,
	"medium.com": 9, "angel.co": 3, "wellfound.com": 3, "youtube.com": 2, "t.me": 2, "meetup.com": 3, "crates.io": 9,
	"docs.google.com": 4, "forms.gle": 9, "typeform.com": 9, "goo.gl": 9, "bit.ly": 9, "discord.gg": 9, "docs.rs": 9,
	"itunes.apple.com": 9, "apps.apple.com": 9, "play.google.com": 9, "en.wikipedia.org": 9, "arxiv.org": 9, "vimeo.com": 9,
	"nytimes.com": 9, "techcrunch.com": 9, "venturebeat.com": 9, "geekwire.com": 9, "forbes.com": 9, "bloomberg.com": 9, "wired.com": 9,
	"wsj.com": 9, "theguardian.com": 9, "bbc.co.uk": 9, "businessinsider.com": 9, "theverge.com": 9, "crunchbase.com": 9,
	"rustaceans.org": 9, "etherpad.mozilla.org": 9, "internals.rust-lang.org": 9, "users.rust-lang.org": 9, "play.rust-lang.org": 9,
}

// namesAd says that a path or query holds something that may tell one ad from
// another: a number, or a word that is not common to careers pages.
func namesAd(a *address, query string) bool {
	if len(a.path) < profiles[a.host] {
		return false
	}
	var room [8]string
	brand := room[:0]
	for label := range strings.SplitSeq(a.host, ".") {
		brand = append(brand, label)
	}
	telling := 0
	for _, segment := range a.path {
		words := strings.FieldsFuncSeq(strings.ToLower(segment), func(r rune) bool {
			return r == '-' || r == '_' || r == '.' || r == ' ' || r == '+'
		})
		for w := range words {
			switch {
			case generic[w] || len(w) == 1 || slices.Contains(brand, w):
			case digits(w):
				telling += min(len(w)-1, 3)
			case len(w) >= 3:
				telling++
			}
		}
	}
	if query != "" {
		for _, part := range strings.Split(query, "&") {
			_, v, _ := strings.Cut(part, "=")
			if strings.ContainsAny(v, "0123456789") && len(v) >= 3 || len(v) > 12 {
				telling += 2
			}
		}
	}
	return telling >= 2
}
