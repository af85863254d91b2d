package jobposting

import (
	"net/url"
	"strconv"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// node is an item of schema.org. Any of its properties may be a text, a number, an
// item, or a list of these; the accessors take each as it comes.
type node map[string]any

// add adds a value to a property, which may have some already.
func (n node) add(name string, v any) {
	switch old := n[name].(type) {
	case nil:
		n[name] = v
	case []any:
		n[name] = append(old, v)
	default:
		n[name] = []any{old, v}
	}
}

// is tells whether the item has the type, however its address is written.
func (n node) is(name string) bool {
	for _, t := range append(all(n["@type"]), all(n["type"])...) {
		s, _ := t.(string)
		if s = strings.TrimRight(s, "/ "); s == name || strings.HasSuffix(s, "/"+name) || strings.HasSuffix(s, "#"+name) || strings.HasSuffix(s, ":"+name) {
			return true
		}
	}
	return false
}

// all is the values of a property.
func all(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// text is the first value of the first of the properties that says something.
func (n node) text(names ...string) string {
	for _, name := range names {
		for _, v := range all(n[name]) {
			if s := said(v); s != "" {
				return s
			}
		}
	}
	return ""
}

// texts is all values of a property.
func (n node) texts(name string) []string {
	var out []string
	for _, v := range all(n[name]) {
		if s := said(v); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// said is a value as a text: itself, or the name or value of an item.
func said(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case map[string]any:
		for _, key := range []string{"@value", "name", "value", "@id"} {
			switch inner := v[key].(type) {
			case string:
				return strings.TrimSpace(inner)
			case float64:
				return strconv.FormatFloat(inner, 'f', -1, 64)
			}
		}
	}
	return ""
}

// items is the values of a property that are items.
func (n node) items(name string) []node {
	var out []node
	for _, v := range all(n[name]) {
		if m, ok := v.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

// identifier is what names the job at the employer: a text, or the value of a
// PropertyValue, whose name is the employer's.
func (n node) identifier() string {
	if items := n.items("identifier"); len(items) > 0 {
		return items[0].text("value")
	}
	return n.text("identifier")
}

// number is the first value of a property as a number; 0 where it is none.
func (n node) number(name string) float64 {
	f, err := strconv.ParseFloat(strings.ReplaceAll(n.text(name), ",", ""), 64)
	if err != nil || f < 0 || f > 1e12 {
		return 0
	}
	return f
}

// posting makes a posting of a JobPosting. Its key is the page's address, since
// the identifier that a page states is often the employer's; where the page has
// several, each one's own address or identifier tells them apart.
func posting(r *kind.Reading, place string, n node, several bool) schema.Posting {
	out := schema.Posting{
		URL:         address(r.Page.URL),
		Title:       htmltext.Text(n.text("title", "name")),
		Text:        described(n),
		Employment:  kind.Join(n.texts("employmentType")...),
		Department:  n.text("department"),
		Requisition: n.identifier(),
		Tags:        kind.Join(append(append(n.texts("skills"), n.texts("industry")...), n.texts("occupationalCategory")...)...),
		PublishedAt: r.Time(place, "datePosted", n.text("datePosted")),
		ExpiresAt:   r.Time(place, "validThrough", n.text("validThrough")),
	}
	own := kind.Resolve(r.Page.URL, n.text("url", "@id"))
	out.Key = out.URL
	if several {
		if own != "" {
			out.URL = own
		}
		out.Key = out.URL
		if id := out.Requisition; id != "" {
			out.Key += "#" + id
		}
	} else if own != out.URL {
		out.Link = own
	}
	out.Company = htmltext.Text(n.text("hiringOrganization"))
	for _, o := range n.items("hiringOrganization") {
		out.CompanyURL = kind.Resolve(r.Page.URL, o.text("sameAs", "url"))
	}
	places(&out, n)
	pay(&out, n)
	return out
}

// described is the description as text. Some pages escape its HTML once more.
func described(n node) string {
	text := htmltext.Text(n.text("description"))
	if strings.Contains(text, "</") {
		text = htmltext.Text(text)
	}
	for _, name := range []string{"responsibilities", "qualifications", "experienceRequirements", "jobBenefits"} {
		if more := htmltext.Text(n.text(name)); more != "" && !strings.Contains(text, more) {
			text += "\n" + more
		}
	}
	return text
}

// address is a page's address without what only says who follows it.
func address(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return page
	}
	u.Fragment = ""
	query := u.Query()
	for name := range query {
		if strings.HasPrefix(name, "utm_") || name == "ref" || name == "source" {
			query.Del(name)
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// places reads where the job is done: addresses, and whence one may work from
// home.
func places(out *schema.Posting, n node) {
	var at []string
	for _, v := range all(n["jobLocation"]) {
		place, ok := v.(map[string]any)
		if !ok {
			at = append(at, said(v))
			continue
		}
		found := ""
		for _, a := range append(node(place).items("address"), place) {
			if found = kind.Address(a.text("addressLocality"), a.text("addressRegion"), a.text("addressCountry")); found != "" {
				break
			}
		}
		at = append(at, kind.First(found, node(place).text("address", "name")))
	}
	if kind.Remote(n.text("jobLocationType")) == "yes" {
		out.Remote = "yes"
		if len(at) == 0 {
			at = n.texts("applicantLocationRequirements")
		}
	}
	out.Location = kind.Join(at...)
}

// pay reads baseSalary: an amount with a range and a unit, or a bare number.
func pay(out *schema.Posting, n node) {
	out.Pay = n.text("baseSalary", "estimatedSalary")
	salaries := n.items("baseSalary")
	if len(salaries) == 0 {
		return
	}
	salary, value := salaries[0], salaries[0]
	if inner := salary.items("value"); len(inner) > 0 {
		value = inner[0]
	}
	out.PayLow, out.PayHigh = value.number("minValue"), value.number("maxValue")
	if out.PayLow == 0 && out.PayHigh == 0 {
		out.PayLow = value.number("value")
		out.PayHigh = out.PayLow
	}
	out.PayCurrency = strings.ToUpper(kind.First(salary.text("currency"), n.text("salaryCurrency")))
	out.PayPeriod = kind.Period(kind.First(value.text("unitText"), salary.text("unitText")))
	out.Pay = kind.PayRange(out.PayLow, out.PayHigh, out.PayCurrency, out.PayPeriod)
}
