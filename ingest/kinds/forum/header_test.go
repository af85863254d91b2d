package forum

import "testing"

// TestToldCompany says of first lines that are no headers which company they name,
// where the rest of the ad names it, too.
func TestToldCompany(t *testing.T) {
	rest := "We make brooms at Fenwick Brooms. Write to ada@fenwickbrooms.example or see https://otter-y.example/jobs"
	for line, want := range map[string]string{
		"Fenwick Brooms":                                 "Fenwick Brooms",
		"Fenwick Brooms makes brooms that fly.":          "Fenwick Brooms",
		"Fenwick Brooms was founded in 2012.":            "Fenwick Brooms",
		"Fenwick Brooms (https://fenwickbrooms.example)": "Fenwick Brooms",
		"Join Fenwick Brooms (https://x.example)!":       "Fenwick Brooms",
		"We, at Fenwick Brooms, have a place for you":    "Fenwick Brooms",
		"Ottery (https://otter-y.example)":               "Ottery",
		"Fenwick Broomers":                               "",
		"Otterly makes brooms. Otterly is in Leeds.":     "Otterly",
		"Want to help?":                                  "",
		"Everybody makes brooms.":                        "",
		"Location : Bengaluru":                           "",
		"Hi! We at Fenwick Brooms in Amsterdam":          "Fenwick Brooms",
		"I work at Fenwick Brooms and love it":           "Fenwick Brooms",
		"Rust Developer - Fenwick Brooms | Leeds":        "Fenwick Brooms",
		"Birch Platform Developer at Fenwick Brooms":     "Fenwick Brooms",
		"Rust Developer - Payments | Leeds":              "",
	} {
		if got := parted(line, rest).company; got != want {
			t.Errorf("%q: company %q, want %q", line, got, want)
		}
	}
}

// TestHeaderFields says what first lines state beside the company.
func TestHeaderFields(t *testing.T) {
	for line, want := range map[string]head{
		"Fenwick | Rust Developer | Leeds | Full-time | Interns welcome": {title: "Rust Developer", location: "Leeds", employment: "full-time, internship"},
		"Fenwick - Leeds, UK": {location: "Leeds, UK"},
		"Fenwick | Healthcare | Leeds | VISA SPONSORSHIP | H1B Transfers OK | hr@fenwick.example": {location: "Leeds", department: "Healthcare"},
		"Fenwick | Rust Developer | Broom Personalization | Vik, Norway | Will relocate":          {title: "Rust Developer", location: "Vik, Norway", department: "Broom Personalization"},
		"Fenwick | Rust Developer | Sweeping, Mopping, and more | Series A | 3+ years":            {title: "Rust Developer"},
		"Fenwick | Rust Developer | Fenwick Park, NJ, Broomville, CO, and others":                 {title: "Rust Developer", location: "Fenwick Park, NJ, Broomville, CO, and others"},
		"Fenwick | Rust Developer | Remote within two hours of Oslo":                              {title: "Rust Developer", location: "Remote within two hours of Oslo", remote: "yes"},
		"Fenwick | Rust Developer | Hawthorne | several arrangements | Do good, help teachers!":   {title: "Rust Developer", location: "Hawthorne"},
		"Fenwick | Rust Developer | Broomville, ON | VISA OK | US or CA Citizen":                  {title: "Rust Developer", location: "Broomville, ON"},
		"Fenwick | Rust Developer | Singapore (citizens only)":                                    {title: "Rust Developer", location: "Singapore (citizens only)"},
		"Fenwick is hiring engineers and managers":                                                {},
		"Fenwick is the place for sales managers.":                                                {},
		"Birch Platform Developer at Fenwick | Leeds":                                             {title: "Birch Platform Developer", location: "Leeds"},
		"Rust Developer - Broom Frameworks | Fenwick | Leeds | Onsite":                            {title: "Rust Developer - Broom Frameworks", location: "Leeds", remote: "no"},
		"Rust Developer - Leeds, UK | Fenwick":                                                    {title: "Rust Developer", location: "Leeds, UK"},
		"Fenwick | Rust Developer | Broomlingen, CH":                                              {title: "Rust Developer", location: "Broomlingen, CH"},
		"Fenwick | Rust Developer | Remote (US citizens)":                                         {title: "Rust Developer", location: "Remote (US citizens)", remote: "yes"},
		"Fenwick | Multiple positions | Leeds":                                                    {location: "Leeds"},
		"Fenwick | Various engineering roles | Leeds | INTERNS, VISA":                             {location: "Leeds", employment: "internship"},
		"Fenwick | Senior Engineers | Leeds":                                                      {title: "Senior Engineers", location: "Leeds"},
		"Fenwick is hiring a senior broom engineer in Leeds.":                                     {},
		"Fenwick is looking for two senior Rust developers who like brooms and birch a lot.":      {title: "senior Rust developers"},
		"Fenwick (YC W21) | Leeds | Onsite | We make brooms that fly. They are made of birch, they are light, and they go far. Come and make them with us.": {
			location: "Leeds", remote: "no"},
	} {
		want.company = "Fenwick"
		if got := header(line, ""); got != want {
			t.Errorf("%q:\n got %+v\nwant %+v", line, got, want)
		}
	}
}

// TestCompany says of first lines which company they name. Where it is not plain,
// none is better than a wrong one.
func TestCompany(t *testing.T) {
	for line, want := range map[string]string{
		"Fenwick | Senior Rust Engineer | Berlin | REMOTE":               "Fenwick",
		"Fenwick (YC W21) | Backend Engineer | Berlin":                   "Fenwick",
		"London, UK | Fenwick | Full Time":                               "Fenwick",
		"San Francisco, CA | ONSITE | Backend Engineers | Fenwick":       "Fenwick",
		"Milwaukee, WI | Fenwick Inc. | Full Time":                       "Fenwick Inc.",
		"Salzburg, Austria - Fenwick - Full time":                        "Fenwick",
		"Bangalore, KA | Backend Engineer | Full time":                   "",
		"Fayetteville, Arkansas (AR) | Full time | ONSITE":               "",
		"Software Engineer | Fenwick | Berlin, Germany":                  "Fenwick",
		"Senior Software Engineer | Berlin | Onsite | Fenwick (YC W21)":  "Fenwick",
		"Senior Frontend Developer at Fenwick Digital | Oslo | ONSITE":   "Fenwick Digital",
		"Software Engineer @ Fenwick | Cambridge, MA":                    "Fenwick",
		"Backend Engineer | www.fenwick.example.com | Brisbane":          "fenwick.example.com",
		"Backend Engineer | https://fenwick.example | Brisbane":          "",
		"FENWICK.COM - Amsterdam, The Netherlands | ONSITE":              "FENWICK.COM",
		"Fenwick - Clojure Developer | Remote | Full-time":               "Fenwick",
		"Fenwick: Software Engineer | Berlin | Full-time":                "Fenwick",
		"Fenwick is Hiring! | NYC/SF | Multiple Openings":                "Fenwick",
		"Fenwick (Thailand) | Senior Software Engineer | Bangkok":        "Fenwick",
		"Software Engineering Institute | Researcher | Pittsburgh, PA":   "Software Engineering Institute",
		"H1 | Full-Stack Engineer | New York":                            "H1",
		"We Got Jam | Backend Engineer | London":                         "We Got Jam",
		"You Need a Broom | Full Stack Developer | Remote":               "You Need a Broom",
		"San Francisco, CA | REMOTE OK in the US | US based only | Ruby": "",
		"Seattle, Onsite | software engineers":                           "",
		"REMOTE (Worldwide) - Open Source Developer - Python/Django":     "",
		"Software Engineer | Fintech startup | London":                   "",
		"We are hiring Engineers at Fenwick | Bangalore, India":          "Fenwick",
		"We | are | hiring": "",
		"We are hiring for front-end work on a listing site":            "",
		"Hi! Fenwick is looking for people":                             "",
		"Fenwick is hiring full stack engineers in Los Angeles":         "Fenwick",
		"Fenwick - San Francisco":                                       "Fenwick",
		"Project Manager/Scrum Master":                                  "",
		"1) Fenwick | Rust Developer | Leeds":                           "Fenwick",
		"https://www.fenwick.example.com | Rust Developer | Leeds":      "fenwick.example.com",
		"Fenwick (the broom app) | Leeds":                               "Fenwick",
		"Fenwick - An Ottery Company | Leeds | Onsite":                  "Fenwick",
		"Fenwick, an Ottery company | Leeds | Onsite":                   "Fenwick",
		"Fenwick (yes, the broom people) | Leeds":                       "Fenwick",
		"Fenwick YC W18 | Rust Developer | Leeds":                       "Fenwick",
		"Fenwick is! | Leeds | Onsite":                                  "Fenwick",
		"Fenwick, New York City | ONSITE | Full Time":                   "Fenwick",
		"Fenwick - Remote | Leeds | Rust":                               "Fenwick",
		"The D. E. Fenwick Group - Rust Developer - Leeds, UK":          "The D. E. Fenwick Group",
		"St. Fenwick Hospital | Multiple Positions | Leeds":             "St. Fenwick Hospital",
		"Rust Developer | Vik, Norway | Full time":                      "",
		"Senior Rust Developer AT Fenwick | Leeds":                      "Fenwick",
		"Technical Cofounder | Leeds, UK | Fenwick | Full time":         "Fenwick",
		"Rust Engineer (WASM) | Fenwick (YC W14) | REMOTE":              "Fenwick",
		"Stealth fintech startup | Leeds, UK | Onsite":                  "",
		"Various | Haskell, PostgreSQL | Remote":                        "",
		"London (Soho) | Senior Backend Engineer | Onsite":              "",
		"San Francisco, CA / REMOTE OK in the US | Fenwick | Full-time": "Fenwick",
		"Fenwick, Edinburgh and REMOTE (UK-only)":                       "Fenwick",
		"Fenwick // Rust Engineer // Berlin // Onsite":                  "Fenwick",
		"Fenwick / Rust Engineer / San Diego, Remote / Fulltime":        "Fenwick",
		"Fenwick; Canberra, Australia; Onsite":                          "Fenwick",
		"Fenwick : New York City : Onsite : Rust Engineer":              "Fenwick",
		"Fenwick (Toronto, Canada - ONSITE)":                            "Fenwick",
		"Fenwick (Berlin, Germany) is always out for engineers":         "Fenwick",
		"Groningen, The Netherlands, ONSITE":                            "",
		"San Francisco - Fenwick | Multiple roles | Onsite":             "Fenwick",
		"Boston MA (US, REMOTE) | Fenwick | Full time":                  "Fenwick",
		"New York City, NY (Broom Square) | Fenwick | Rust Developer":   "Fenwick",
		"Rust Internship | Leeds | Visas welcomed | Fenwick":            "Fenwick",
		"Site Reliability Engineering | Leeds | Fenwick":                "Fenwick",
		"Web Development (Full Stack) | Fenwick | Leeds":                "Fenwick",
		"VP, Engineering | Leeds | Onsite":                              "",
		"Rust Developer | Leeds | Email ada@fenwick.example":            "",
		"Rust Developer | Leeds | Comp: the best":                       "",
		"Rust Developer | Leeds | US or CA Citizen":                     "",
		"LOCATIONS: Boston, Leeds":                                      "",
		"Fenwick (ada@fenwick.example) | Rust Developer | Leeds":        "Fenwick",
		"Seed (YC W15) | Rust Developer | Leeds":                        "Seed",
		"Level 12 | Rust Developer | Leeds":                             "Level 12",
		"We are hiring at Fenwick for brooms":                           "Fenwick",
		"Looking for Rust developers, location is NYC":                  "",
		"If you are looking for remote jobs look here":                  "",
	} {
		if got := header(line, "").company; got != want {
			t.Errorf("%q: company %q, want %q", line, got, want)
		}
	}
}

func TestRedditCompany(t *testing.T) {
	for title, want := range map[string]string{
		"Fenwick is hiring a team to work on brooms":          "Fenwick",
		"Fenwick hiring Rust engineers for brooms":            "Fenwick",
		"Fenwick Is Hiring To Work On Brooms Written In Rust": "Fenwick",
		"Broom Engineer (SRE) job at Fenwick's (Go, Rust)":    "Fenwick's",
		"[job] Work on Open Source Rust projects at Fenwick!": "Fenwick",
		"We are hiring Rust engineers":                        "",
		"What is everyone working on this week?":              "",
		"Official /r/brooms \"Who's Hiring\" thread":          "",
		"How do I work with futures":                          "",
	} {
		if got := redditCompany(title); got != want {
			t.Errorf("%q: company %q, want %q", title, got, want)
		}
	}
}

// TestSigned says which company an ad names by its own addresses, in its own spelling.
func TestSigned(t *testing.T) {
	for text, want := range map[string]string{
		"Hi! At Fenwick Brooms we sweep. Write to ada@fenwickbrooms.example": "Fenwick Brooms",
		"Fenwick's brooms fly. https://www.fenwick.example/careers":          "Fenwick",
		"Fenwick is great: https://jobs.fenwick.co.uk/apply/3":               "Fenwick",
		"Fenwick is in the news: https://www.fenwick.example/brooms":         "",
		"Brooms that fly. Write to ada@fenwick.example":                      "",
		"Gmail is what I use: fenwick@gmail.example":                         "",
		"Write to Lever: https://jobs.lever.co/fenwick/apply":                "",
		"our team at fenwick: ada@fenwick.example":                           "",
		"Leeds. Onsite. ada@leeds.example":                                   "",
		"We use Fenwick.js and FENWICK, see https://fenwick.example/jobs":    "FENWICK",
		"Join the Otter-y team (https://otter-y.example/careers?from=here)":  "Otter-y",
	} {
		if got := signed(text, ""); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzHeader(f *testing.F) {
	f.Add("Fenwick | Rust Developer | Leeds, UK", "Write to ada@fenwick.example")
	f.Add("(Leeds) - \xff, CA || hiring", "http://a.b/jobs")
	f.Fuzz(func(t *testing.T, first, rest string) {
		h := header(first, rest)
		for _, s := range []string{h.title, h.company, h.location, h.department} {
			if len(s) > len(first)+len(rest)+longest {
				t.Fatalf("%q is longer than what was read", s)
			}
		}
	})
}
