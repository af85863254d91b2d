package forum

import "testing"

// TestCompany says of first lines which company they name. Where it is not plain,
// none is better than a wrong one.
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
		"Want to help?":                                  "",
		"Everybody makes brooms.":                        "",
		"Location : Bengaluru":                           "",
	} {
		if got := header(line, rest).company; got != want {
			t.Errorf("%q: company %q, want %q", line, got, want)
		}
	}
}

// TestHeaderFields says what first lines state beside the company.
func TestHeaderFields(t *testing.T) {
	for line, want := range map[string]head{
		"Fenwick | Rust Developer | Leeds | Full-time | Interns welcome": {title: "Rust Developer", location: "Leeds", employment: "full-time, internship"},
		"Fenwick - Leeds, UK": {title: "Fenwick - Leeds, UK", location: "Leeds, UK"},
		"Fenwick (YC W21) | Leeds | Onsite | We make brooms that fly. They are made of birch, they are light, and they go far. Come and make them with us.": {
			title: "Fenwick (YC W21) | Leeds | Onsite | We make brooms that fly.", location: "Leeds", remote: "no"},
	} {
		want.company = "Fenwick"
		if got := header(line, ""); got != want {
			t.Errorf("%q:\n got %+v\nwant %+v", line, got, want)
		}
	}
}

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
