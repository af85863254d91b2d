package wire

import (
	"strconv"
	"strings"
	"time"

	"jobmarket/ingest/market/prose"
)

// Ad is one opening as a board shows it.
type Ad struct {
	ID          string
	Board       string
	Company     string
	Title       string
	Requisition string
	URL         string // of the ad, where it is not on the board's own host
	Location    string
	More        []string // further places
	Remote      uint8    // as package prose counts
	Team        string
	Contract    bool
	Pay         prose.Pay
	Doc         prose.Doc
	Published   time.Time
	Updated     time.Time
}

// Address is where the ad stands on its board's host.
func (a *Ad) Address(kind string) string {
	switch {
	case a.URL != "":
		return a.URL
	case kind == "greenhouse":
		return "https://boards.greenhouse.io/" + a.Board + "/jobs/" + a.ID
	case kind == "ashby":
		return "https://jobs.ashbyhq.com/" + a.Board + "/" + a.ID
	case kind == "recruitee":
		return "https://" + a.Board + ".recruitee.com/o/" + a.ID
	case kind == "personio":
		return "https://" + a.Board + ".jobs.personio.de/job/" + a.ID
	default:
		return "https://jobs.lever.co/" + a.Board + "/" + a.ID
	}
}

// Greenhouse appends a job of the job board API; without content it has no
// description, as when the API is not asked for it.
func Greenhouse(dst []byte, a *Ad, content bool) []byte {
	o := begin(dst)
	o.text("absolute_url", a.Address("greenhouse"))
	o.raw("data_compliance", `[{"type": "gdpr", "requires_consent": false, "retention_period": null}]`)
	o.raw("internal_job_id", "3"+a.ID[1:])
	o.key("location")
	place := begin(o.b)
	place.text("name", a.Location)
	o.b = place.end()
	o.key("metadata")
	o.b = greenhouseMetadata(o.b, a)
	o.raw("id", a.ID)
	o.text("updated_at", eastern(a.Updated))
	o.orNull("requisition_id", a.Requisition)
	o.text("title", a.Title)
	o.text("company_name", a.Company)
	o.text("first_published", eastern(a.Published))
	if content {
		// The description is HTML, escaped once more, in a JSON string.
		inner := document(nil, &a.Doc, "<p>")
		o.text("content", string(escape(nil, string(inner))))
		o.raw("departments", `[{"id": 1, "name": `+string(quote(nil, a.Team))+`, "child_ids": [], "parent_id": null}]`)
	}
	return o.end()
}

func greenhouseMetadata(dst []byte, a *Ad) []byte {
	kind := "Full-time"
	if a.Contract {
		kind = "Contract"
	}
	dst = append(dst, `[{"id": 11, "name": "Employment Type", "value": "`+kind+`", "value_type": "single_select"}`...)
	if len(a.More) > 0 {
		o := begin(append(dst, ", "...))
		o.number("id", 12)
		o.text("name", "Additional Locations")
		o.texts("value", a.More)
		o.text("value_type", "multi_select")
		dst = o.end()
	}
	return append(dst, ']')
}

// eastern is how Greenhouse writes times: with a New York offset.
func eastern(t time.Time) string { return t.Add(-5*time.Hour).Format("2006-01-02T15:04:05") + "-05:00" }

// Ashby appends a job of the posting API.
func Ashby(dst []byte, a *Ad) []byte {
	o := begin(dst)
	o.text("id", a.ID)
	o.text("title", a.Title)
	o.text("department", "Engineering")
	o.text("team", a.Team)
	if a.Contract {
		o.text("employmentType", "Contract")
	} else {
		o.text("employmentType", "FullTime")
	}
	o.text("location", a.Location)
	o.key("secondaryLocations")
	o.b = append(o.b, '[')
	for i, p := range a.More {
		if i > 0 {
			o.b = append(o.b, ", "...)
		}
		s := begin(o.b)
		s.text("location", p)
		s.raw("address", "null")
		o.b = s.end()
	}
	o.b = append(o.b, ']')
	o.text("publishedAt", a.Published.Format("2006-01-02T15:04:05.000-07:00"))
	o.raw("isListed", "true")
	o.raw("isRemote", [...]string{"false", "null", "true"}[a.Remote])
	o.raw("address", "null")
	o.text("jobUrl", a.Address("ashby"))
	o.text("applyUrl", a.Address("ashby")+"/application")
	o.text("descriptionHtml", string(document(nil, &a.Doc, `<p style="min-height:1.5em">`)))
	o.text("descriptionPlain", Plain(&a.Doc))
	o.key("compensation")
	o.b = ashbyPay(o.b, a.Pay)
	return o.end()
}

func ashbyPay(dst []byte, p prose.Pay) []byte {
	o := begin(dst)
	if p.Low == 0 {
		o.raw("compensationTierSummary", "null")
		o.raw("summaryComponents", "[]")
		return o.end()
	}
	o.text("compensationTierSummary", p.Words)
	o.text("scrapeableCompensationSalarySummary", p.Words)
	o.key("summaryComponents")
	c := begin(append(o.b, '['))
	c.text("compensationType", "Salary")
	c.text("interval", "1 "+strings.ToUpper(p.Period))
	c.text("currencyCode", p.Currency)
	c.number("minValue", int64(p.Low))
	c.number("maxValue", int64(p.High))
	o.b = append(c.end(), ']')
	return o.end()
}

// Lever appends a posting of the postings API: what is asked of applicants
// stands in lists beside the description.
func Lever(dst []byte, a *Ad) []byte {
	o := begin(dst)
	intro := paragraphs(paragraphs(nil, "<p>", a.Doc.About), "<p>", a.Doc.Intro)
	o.text("additional", string(paragraphs(nil, "<p>", a.Doc.Closing)))
	o.key("categories")
	c := begin(o.b)
	c.text("commitment", map[bool]string{true: "Contract", false: "Permanent"}[a.Contract])
	c.text("department", "Engineering")
	c.text("location", a.Location)
	c.text("team", a.Team)
	c.texts("allLocations", append([]string{a.Location}, a.More...))
	o.b = c.end()
	o.number("createdAt", a.Published.UnixMilli())
	o.text("description", "<div>"+string(intro)+"</div>")
	o.text("id", a.ID)
	o.key("lists")
	o.b = append(o.b, '[')
	first := true
	for i, items := range sections(&a.Doc) {
		if len(items) == 0 {
			continue
		}
		if !first {
			o.b = append(o.b, ", "...)
		}
		first = false
		l := begin(o.b)
		l.text("text", a.Doc.Headings[i])
		l.text("content", string(list(nil, "", items)))
		o.b = l.end()
	}
	o.b = append(o.b, ']')
	o.text("text", a.Title)
	o.text("workplaceType", [...]string{"onsite", "hybrid", "remote"}[a.Remote])
	if a.Pay.Low > 0 {
		o.raw("salaryRange", `{"min": `+strconv.Itoa(int(a.Pay.Low))+`, "max": `+strconv.Itoa(int(a.Pay.High))+
			`, "currency": "`+a.Pay.Currency+`", "interval": "per-`+a.Pay.Period+`-salary"}`)
	}
	o.text("hostedUrl", a.Address("lever"))
	o.text("applyUrl", a.Address("lever")+"/apply")
	return o.end()
}

// Envelopes of the boards' lists: what stands before the first job and behind the
// last. Listed is the number that Greenhouse says it lists.
func Envelopes(kind string, listed int) (head, tail string) {
	switch kind {
	case "greenhouse":
		return `{"jobs": [`, `], "meta": {"total": ` + strconv.Itoa(listed) + `}}`
	case "ashby":
		return `{"jobs": [`, `], "apiVersion": "1"}`
	case "recruitee":
		return `{"offers": [`, `]}`
	case "personio":
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<workzag-jobs>\n", "</workzag-jobs>\n"
	default:
		return `[`, `]`
	}
}
