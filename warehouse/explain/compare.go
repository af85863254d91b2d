package explain

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// keys are what identity is decided by.
type keys struct {
	employer, title, places, link, url, opening, hash, mode string
	agency                                                  bool
	bands                                                   [8]int64
	text                                                    string
	window                                                  float64 // days, of all postings
}

func keysOf(ctx context.Context, q Querier, id string) (k keys, err error) {
	err = one(ctx, q, "keys.sql", []any{id}, &k.employer, &k.title, &k.places, &k.link, &k.url, &k.opening, &k.hash, &k.mode, &k.agency,
		&k.bands[0], &k.bands[1], &k.bands[2], &k.bands[3], &k.bands[4], &k.bands[5], &k.bands[6], &k.bands[7], &k.text, &k.window)
	return k, err
}

// comparison is what two postings' keys say about each other, by the
// macros that the models use (views/05_agree.sql).
type comparison struct {
	x, y        keys
	bands       int
	similarity  float64
	known       bool // both texts are
	days        float64
	titles      bool // agree, or one is not known
	places      bool // agree, or one is not known
	anotherLink bool
	anotherURL  bool
	together    sql.NullTime
}

func compare(x, y keys, similar func(a, b string) float64) *comparison {
	c := &comparison{x: x, y: y, known: x.hash != "" && y.hash != ""}
	if c.known {
		c.similarity = similar(x.text, y.text)
	}
	for i := range x.bands {
		if x.bands[i] != 0 && x.bands[i] == y.bands[i] {
			c.bands++
		}
	}
	return c
}

// facts lists what was compared. What a posting of the same job is, it is in spite of
// what speaks against it.
func (c *comparison) facts(sameJob bool) []Fact {
	x, y := &c.x, &c.y
	equal := func(name, a, b, same, differ string) Fact {
		switch {
		case a == "" || b == "":
			return Fact{Name: name, A: a, B: b, Says: "nothing"}
		case a == b:
			return Fact{Name: name, A: a, B: b, Says: same}
		}
		return Fact{Name: name, A: a, B: b, Says: differ}
	}
	either := func(yes bool, then, otherwise string) string {
		if yes {
			return then
		}
		return otherwise
	}
	address := "one job"
	if strings.HasPrefix(x.url, "grnh.se/") {
		address = "one job, with title: a short address may lead to a whole board"
	}
	facts := []Fact{
		equal("job on its board", x.link, y.link, "one job", either(c.anotherLink, "two ads, unless title and text are alike", "nothing")),
		equal("address", x.url, y.url, address, either(c.anotherURL, "two ads, unless title and text are alike", "nothing")),
		equal("opening's number", x.opening, y.opening, "one job, with title", "two jobs, unless the texts are alike"),
		equal("employer", x.employer, y.employer, "one job, with title and place", "two jobs"),
		equal("title", x.title, y.title, "one job, with employer and place", either(c.titles, "half of the words are shared: nothing", "too few words are shared: two jobs, unless the text is one")),
		equal("place", x.places, y.places, "one job, with employer and title", either(c.places, "one lies in the other: nothing", "two jobs, unless link, number or text is one")),
	}
	if c.known {
		facts = append(facts, Fact{Name: "likeness of texts", Both: fmt.Sprintf("%.2f", c.similarity), Says: either(c.similarity >= 0.5, "one job, with employer or place", "nothing")})
	} else {
		facts = append(facts, Fact{Name: "likeness of texts", Both: "-", Says: "nothing: a text is not known, or short"})
	}
	if c.bands > 0 {
		facts = append(facts, Fact{Name: "text bands shared", Both: fmt.Sprintf("%d of 8", c.bands), Says: "the texts are compared where titles and places agree"})
	}
	if x.agency != y.agency {
		facts = append(facts, Fact{Name: "agency", A: fmt.Sprint(x.agency), B: fmt.Sprint(y.agency), Says: "the employers' names are not compared"})
	}
	facts = append(facts, Fact{Name: "days between", Both: fmt.Sprintf("%.1f", c.days), Says: either(c.days > x.window, "two jobs", "nothing") + fmt.Sprintf(": the window is %.0f", x.window)})
	if c.together.Valid {
		facts = append(facts, Fact{Name: "open together", Both: c.together.Time.Format("2006-01-02"), Says: either(sameJob, "nothing: it was posted twice, or for several places", "two jobs")})
	}
	for i := range facts {
		if sameJob && strings.HasPrefix(facts[i].Says, "two ") {
			facts[i].Says = "nothing here, though else " + facts[i].Says
		}
	}
	return facts
}

// against are the reasons for which no rule takes the two for one job.
func (c *comparison) against() (reasons []string) {
	x, y := &c.x, &c.y
	say := func(format string, args ...any) { reasons = append(reasons, fmt.Sprintf(format, args...)) }
	if c.days > x.window {
		say("%.0f days lie between them, and the window is %.0f", c.days, x.window)
	}
	if x.employer != y.employer && x.employer != "" && y.employer != "" && x.agency == y.agency {
		say("their employers are two")
	}
	if (x.employer == "" || y.employer == "") && x.agency == y.agency {
		say("the employer of one is not known")
	}
	if !c.titles {
		say("their titles share too few words")
	}
	if x.title != y.title && (x.title == "" || y.title == "") {
		say("the title of one is not known")
	}
	if c.titles && x.title != "" && y.title != "" && x.title != y.title {
		say("their titles are not one")
	}
	if !c.places {
		say("their places contradict each other")
	}
	if x.opening != "" && y.opening != "" && x.opening != y.opening {
		say("their openings' numbers are two")
	}
	if c.anotherLink || c.anotherURL {
		say("they lead to two ads")
	}
	switch {
	case !c.known:
		say("the text of one is not known, or short")
	case c.similarity < 0.85:
		say("their texts are alike by %.2f", c.similarity)
	}
	if len(reasons) == 0 {
		say("others lie between them in time")
	}
	return reasons
}
