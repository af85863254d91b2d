package employer

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"jobmarket/warehouse/schema"
)

func TestLook(t *testing.T) {
	r := new(Registry)
	if err := r.Read(strings.NewReader("name,host,boards,domain,also,since,until,giant,source\nQuibblestone Inc.,quibblestone.com,lever/quibble,embedded,data_ai,,,,https://quibblestone.com/\nMegalomart,megalomart.com,,web,,,,true,\nTurnabout,,,gaming,,,2018,,\nTurnabout,,,crypto,,2018,,,\nDrizzle Labs,,,crypto,,,,,\n"), false); err != nil {
		t.Fatal(err)
	}
	day := func(y int) time.Time { return time.Date(y, 6, 1, 0, 0, 0, 0, time.UTC) }
	for _, x := range []struct {
		name string
		p    schema.Posting
		want string // domain, how and by what
	}{
		{"name", schema.Posting{Company: "QuibbleStone"}, "embedded name QuibbleStone"},
		{"longer name", schema.Posting{Company: "Quibblestone, Inc. (YC S16), Berlin"}, "embedded name Quibblestone, Inc."},
		{"first line", schema.Posting{Title: "Quibblestone | Berlin | Rust"}, "embedded name Quibblestone"},
		{"board", schema.Posting{Link: "https://jobs.lever.co/quibble/123-abc"}, "embedded board lever/quibble"},
		{"board with two labels before it", schema.Posting{Link: "https://quibblestone.wd5.myworkdayjobs.com/jobs/1"}, "embedded board quibblestone"},
		{"token as name", schema.Posting{Link: "https://quibblestone.bamboohr.com/jobs/1"}, "embedded board quibblestone"},
		{"site in the text", schema.Posting{Company: "QS", Text: "See https://careers.quibblestone.com/rust?x=1."}, "embedded host quibblestone.com"},
		{"site that the head names", schema.Posting{Company: "Quibblestone Rust Team at M.", Text: "See https://www.quibblestone.com/."}, "embedded host quibblestone.com"},
		{"somebody's site in the text", schema.Posting{Company: "QS", Text: "We make things.\nRead https://quibblestone.com/2016/article and https://github.com/quibblestone/rocks."}, ""},
		{"token that lacks a word of a name", schema.Posting{Link: "https://jobs.lever.co/turn/1", Text: "Turn"}, ""},
		{"token that lacks a common word of a name", schema.Posting{Link: "https://jobs.lever.co/drizzle/1"}, "crypto board drizzle weak"},
		{"a field in the name", schema.Posting{Company: "Turnabout Games", SeenAt: day(2016)}, "gaming name Turnabout"},
		{"another field in the name", schema.Posting{Company: "Turnabout Games", SeenAt: day(2021)}, ""},
		{"another site of the name", schema.Posting{Company: "Quibblestone", Link: "https://quibblestone.org/jobs"}, "embedded name Quibblestone weak"},
		{"then", schema.Posting{Company: "Turnabout", SeenAt: day(2016)}, "gaming name Turnabout"},
		{"now", schema.Posting{Company: "Turnabout", SeenAt: day(2021)}, "crypto name Turnabout"},
		{"unknown", schema.Posting{Company: "Nobody", Link: "https://news.ycombinator.com/item?id=1"}, ""},
		{"broken links", schema.Posting{Company: "Nobody", Link: "http://[::1", Text: "http:// https://% http"}, ""},
	} {
		got := ""
		if f, ok := r.Look(&x.p); ok {
			got = f.Fact.Domain + " " + f.How + " " + f.By
			if f.Weak {
				got += " weak"
			}
		}
		if got != x.want {
			t.Errorf("%s: found %q, wanted %q", x.name, got, x.want)
		}
	}
}

// TestSameNameElsewhere: of employers that share a name, the site tells.
func TestSameNameElsewhere(t *testing.T) {
	r := new(Registry)
	if err := r.Read(strings.NewReader("name,host,domain\nQuibble,quibble.com,crypto\n"), false); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		company, site string
		weak          bool
	}{
		{"Quibble", "", false},
		{"Quibble", "https://jobs.quibble.com/", false},
		{"Quibble", "https://quibble.tv/", true},
		{"Quibble", "https://www.quibbleinvesting.com/", true},
		{"Quibble Inc", "https://quibblehealth.com/", true},
		{"Quibble", "https://getquibble.com/", false},
		{"Quibble", "https://quibbleapp.com/", false},
		{"Quibble", "https://example.org/quibble", false},
		{"Quibble Labs", "", false},
		{"Quibble Labs", "https://quibble-labs.com/", true},
	} {
		f, ok := r.Look(&schema.Posting{Company: c.company, CompanyURL: c.site})
		if !ok || f.Weak != c.weak {
			t.Errorf("%s of %s: found %v, weak %v, want %v", c.company, c.site, ok, f.Weak, c.weak)
		}
	}
}

func TestRegistryRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "employer registry: no header row",
		"name,colour\nA,red\n":           `employer registry: column "colour" is none of name, host, boards, domain, also, since, until, giant, source`,
		"name,domain\nA,red\n":           `employer registry row 2: "red" is no domain`,
		"name,domain\n,web\n":            "employer registry row 2: the name is empty",
		"name,domain,since\nA,web,Mon\n": `employer registry row 2: "Mon" is no year, month or day`,
	} {
		if err := new(Registry).Read(strings.NewReader(in), false); err == nil || err.Error() != want {
			t.Errorf("%q: %v, wanted %s", in, err, want)
		}
	}
}

func TestNameKey(t *testing.T) {
	for in, want := range map[string]string{
		"Parity Technologies, Ltd.": "paritytechnologies",
		"AlephAlpha":                "alephalpha",
		"The Engineering Company":   "engineering",
		"Inc.":                      "inc",
		"Zürich Rück AG":            "zürichrück",
		" – ":                       "",
	} {
		if got := NameKey(in); got != want {
			t.Errorf("NameKey(%q) = %q, wanted %q", in, got, want)
		}
	}
}

func FuzzLook(f *testing.F) {
	r := new(Registry)
	r.Add(Fact{Name: "Acme", Host: "acme.co.uk", Domain: "web", Boards: []string{"lever/acme"}})
	f.Add("Acme (UK)", "A | B", "https://jobs.lever.co/acme?for=x", "see http://acme.co.uk/.")
	f.Add("(", "|", "http://[::1", "http:// https://%zz")
	f.Fuzz(func(t *testing.T, company, title, link, text string) {
		p := schema.Posting{Company: company, Title: title, Link: link, Text: text}
		a, ok := r.Look(&p)
		b, again := r.Look(&p)
		if ok != again || a != b || ok && a.Fact.Name != "Acme" {
			t.Errorf("found %+v, then %+v", a, b)
		}
	})
}

// FuzzPlainHost holds what is read without parsing to what parsing reads.
func FuzzPlainHost(f *testing.F) {
	for _, s := range []string{"https://Acme.com/jobs?x=1#y", "http://acme.com", "https://acme.com:80/", "https://me@acme.com", "https://acme.com/%zz", "https:///x", "https://acme.com?x#%", "https://a/\x7f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		host, plain := plainHost(s)
		if !plain {
			return
		}
		u, err := url.Parse(s)
		if err != nil || strings.ToLower(u.Hostname()) != host {
			t.Errorf("%q: host %q, but parsed %v, %v", s, host, u, err)
		}
	})
}
