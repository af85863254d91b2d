package forum

import "testing"

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
		"Fenwick (Thailand) | Senior Software Engineer | Bangkok":        "Fenwick (Thailand)",
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
		"We are hiring for front-end work on a listing site":    "",
		"Hi! Fenwick is looking for people":                     "",
		"Fenwick is hiring full stack engineers in Los Angeles": "Fenwick",
		"Fenwick - San Francisco":                               "Fenwick",
		"Project Manager/Scrum Master":                          "",
	} {
		if got := header(line).company; got != want {
			t.Errorf("%q: company %q, want %q", line, got, want)
		}
	}
}
