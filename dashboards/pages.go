package dashboards

import (
	"bytes"
	"database/sql/driver"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"math/rand/v2"
	"net/url"
	"regexp"
	"strings"
	"time"

	"jobmarket/dashboards/assets"
	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/stats"
	"jobmarket/warehouse/schema"
)

//go:embed templates/*.html
var templateFiles embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"number":  func(v any) string { return number(v) },
	"percent": claims.Percent, "day": day, "cell": cell, "numeric": numeric, "domain": func(s string) bool { return domainIndex(s) >= 0 },
	"prose": prose, "field": claims.Field, "definition": claims.DefinitionInWords, "stop": stop, "web": web, "reasons": reasons, "add": func(a, b int) int { return a + b }, "fields": strings.Fields,
}).ParseFS(templateFiles, "templates/*.html"))

// page is one file of the site, and what the templates see.
type page struct {
	Name, Title string
	Site        *site
	Charts      []chart.Chart
	Verdict     *Verdict
	Sections    []section
}

// section is one domain on the domains page.
type section struct {
	Domain                             string
	Chart                              chart.Chart
	Employers, Languages, Technologies []count
}

// site is everything that is about to be written.
type site struct {
	m       *market
	o       Options
	offline bool
	drawn   time.Time
	pages   []page
	draws   [][]float64
}

// newSite makes the pages of the market.
func newSite(m *market, o Options) (*site, error) {
	_, offline := assets.ECharts()
	s := &site{m: m, o: o, offline: offline, drawn: o.Now().UTC()}
	overview := page{Name: "index.html", Title: "Overview"}
	for _, make := range []func() (chart.Chart, error){
		func() (chart.Chart, error) { return s.shares("shares") },
		func() (chart.Chart, error) {
			return s.trend("stock", "Open jobs by field", unitStock, howStock, m.Stock, schema.Domains)
		},
		func() (chart.Chart, error) {
			return s.trend("flow", "New jobs by field", unitFlow, howFlow, m.Flow, schema.Domains)
		},
		s.panel,
		s.lifetimes,
	} {
		c, err := make()
		if err != nil {
			return nil, err
		}
		overview.Charts = append(overview.Charts, c)
	}
	s.pages = append(s.pages, overview)
	fields, err := s.domainsPage()
	if err != nil {
		return nil, err
	}
	s.pages = append(s.pages, fields)
	for i := range m.Verdicts {
		p, err := s.claimPage(&m.Verdicts[i])
		if err != nil {
			return nil, err
		}
		s.pages = append(s.pages, p)
	}
	s.pages = append(s.pages,
		page{Name: "sources.html", Title: "Sources"},
		page{Name: "how.html", Title: "How we count"},
		page{Name: "data.html", Title: "Data quality"})
	return s, nil
}

// bootstrap draws the shares of the open jobs by employer, once for all charts.
func (s *site) bootstrap() [][]float64 {
	if s.draws == nil {
		s.draws = stats.Bootstrap(s.m.Shares, len(schema.Domains), 1, func(t []float64, r *rand.Rand) []float64 {
			if s.o.Audit != nil {
				t = s.o.Audit.Draw(t, r)
			}
			n := 0.0
			for _, x := range t {
				n += x
			}
			out := make([]float64, len(t))
			for i, x := range t {
				out[i] = x / max(n, 1e-9)
			}
			return out
		})
	}
	return s.draws
}

// domainsPage is one section a domain: its share of the open jobs over time
// with intervals, and who and what is in it.
func (s *site) domainsPage() (page, error) {
	p := page{Name: "domains.html", Title: "Fields"}
	for _, d := range schema.Domains {
		c, err := s.shareOverTime(d)
		if err != nil {
			return p, err
		}
		p.Sections = append(p.Sections, section{Domain: d, Chart: c, Employers: s.m.Top[d], Languages: s.m.Languages[d], Technologies: s.m.Technologies[d]})
	}
	return p, nil
}

// shareOverTime draws one domain's share of the new jobs with its interval.
func (s *site) shareOverTime(domain string) (chart.Chart, error) {
	c := chart.Chart{ID: "share_" + domain, Title: "Share of " + claims.Field(domain) + " among new jobs", Unit: "share of jobs first seen", Height: "short",
		How: append(s.how(howFlow), s.span(), chart.Fact{Name: "Intervals", Value: "95 %, Wilson, each period for itself; periods with fewer than 5 jobs are gaps"})}
	c.Table.Columns = []string{"period", "jobs", "of", "share", "low", "high", "panel jobs", "panel of", "panel share"}
	c.Alt = c.Title + " over time with its 95 % interval. The numbers stand in the table below."
	c.Marks = s.marks()
	if mix, ok := s.m.Mix[domain]; ok {
		c.How = append([]chart.Fact{{Name: "Change", Value: mix.String()}}, c.How...)
	}
	line := chart.Series{Name: "all sources", Colour: domain, Dash: "solid"}
	fixed := chart.Series{Name: "fixed panel", Colour: "ink-soft", Dash: "dashed"}
	total, drawn, panel := 0.0, 0, 0
	for _, day := range s.m.Periods {
		n, x := shareOf(s.m.Flow, domain, day)
		total += x
		i := stats.Wilson(x, n, claims.Confidence)
		row := []any{label(day, s.m.Bucket), x, n, "", "", ""}
		var value *float64
		if n >= 5 {
			v := x / n
			value = &v
			drawn++
			row = []any{row[0], x, n, round(v), round(i.Low), round(i.High)}
		}
		line.Values, line.Band = append(line.Values, value), append(line.Band, chart.Span(i))
		n, x = shareOf(s.m.PanelFlow, domain, day)
		row, value = append(row, x, n, ""), nil
		if n >= 5 {
			v := x / n
			value, row[len(row)-1] = &v, round(v)
			panel++
		}
		fixed.Values = append(fixed.Values, value)
		c.Table.Rows = append(c.Table.Rows, row)
	}
	c.How = append(c.How, chart.Fact{Name: "n", Value: claims.Amount(total, claims.Jobs) + " in " + claims.Field(domain)})
	if drawn == 0 {
		c.Empty = "No period holds five new jobs."
		return c, nil
	}
	if panel == 0 {
		c.How = append(c.How, chart.Fact{Name: "Fixed panel", Value: "none: too few new jobs stood in sources that were seen both in the first period and in the last"})
		return chart.Lines(c, s.labels(), []chart.Series{line}, true)
	}
	c.How = append(c.How, chart.Fact{Name: "Fixed panel", Value: "the sources that were seen in the first period and in the last, " + claims.Amount(float64(len(s.m.Panel)), "sources") + "; a change that only the other line shows is due to sources that came and went"})
	return chart.Lines(c, s.labels(), []chart.Series{line, fixed}, true)
}

// shareOf is the number of a period's jobs, and how many of them are the domain's.
func shareOf(flow series, domain string, day time.Time) (n, x float64) {
	for _, d := range schema.Domains {
		n += flow[d][day]
	}
	return n, flow[domain][day]
}

// claimPage is a verdict with everything that stands behind it.
func (s *site) claimPage(v *Verdict) (page, error) {
	p := page{Name: claimFile(v.Claim), Title: v.Claim.Text, Verdict: v}
	id := "claim_" + strings.ReplaceAll(v.Claim.ID, "-", "_")
	add := func(c chart.Chart, err error) error {
		p.Charts = append(p.Charts, c)
		return err
	}
	if len(v.Series) > 0 {
		return p, add(trendOf(id+"_trend", *v))
	}
	if len(v.Figures) > 0 {
		if err := add(figures(id+"_shares", "Shares with 95 % intervals", "share of "+v.Unit, *v, v.Figures, true)); err != nil {
			return p, err
		}
	}
	if len(v.Contrasts) > 0 {
		c, err := figures(id+"_differences", "Differences of shares, with the intervals that decide", "difference of shares", *v, v.Contrasts, true)
		if len(v.Contrasts) > 1 {
			c.How[len(c.How)-1].Value = "hold all together at 95 % (Bonferroni)"
		}
		return p, add(c, err)
	}
	return p, nil
}

// trendOf draws the series that a trend was fitted to.
func trendOf(id string, v Verdict) (chart.Chart, error) {
	bucket := claims.Bucket(day0(v.Claim.From), day0(v.Claim.To))
	c := chart.Chart{ID: id, Title: "What the panel showed", Unit: v.Unit + " first seen", How: verdictHow(v), Alt: "The series that the trend was fitted to."}
	c.Table.Columns = []string{"period", "subject", "all"}
	line := chart.Series{Name: "subject", Colour: "link", Dash: "solid"}
	if v.Claim.OfShare {
		c.Unit = "share of " + v.Unit + " first seen"
	}
	if v.Mix != nil {
		change := v.Mix.String() + " That is in all sources that count; the trend is fitted to the panel alone"
		c.How = append([]chart.Fact{{Name: "Change", Value: change}}, c.How...)
	}
	var labels []string
	for _, q := range v.Series {
		x := q.Hits
		value := &x
		if v.Claim.OfShare {
			if x = x / q.N; q.N == 0 {
				value = nil
			}
		}
		labels = append(labels, label(q.Period, bucket))
		line.Values = append(line.Values, value)
		c.Table.Rows = append(c.Table.Rows, []any{label(q.Period, bucket), q.Hits, q.N})
	}
	return chart.Lines(c, labels, []chart.Series{line}, v.Claim.OfShare)
}

func claimFile(c Claim) string { return "claim-" + c.ID + ".html" }

// render writes one page.
func (s *site) render(p page) ([]byte, error) {
	p.Site = s
	var b bytes.Buffer
	name := strings.TrimSuffix(p.Name, ".html")
	if p.Verdict != nil {
		name = "claim"
	}
	if err := templates.ExecuteTemplate(&b, name+".html", p); err != nil {
		return nil, fmt.Errorf("page %s: %w", p.Name, err)
	}
	return b.Bytes(), nil
}

// What the templates ask of the site.

func (s *site) Simulated() bool     { return s.m.Simulated }
func (s *site) Market() *market     { return s.m }
func (s *site) Verdicts() []Verdict { return s.m.Verdicts }
func (s *site) Domains() []string   { return schema.Domains }
func (s *site) Offline() bool       { return s.offline }
func (s *site) Drawn() string       { return s.drawn.Format("2006-01-02 15:04 UTC") }
func (s *site) Version() string     { return s.o.Version }
func (s *site) Definition() string  { return s.definition() }
func (s *site) ErrorNote() string   { return s.o.ErrorNote }
func (s *site) Audited() bool       { return s.o.Audit != nil }
func (s *site) MinUnits() int       { return claims.MinUnits }
func (s *site) MinEmployers() int   { return claims.MinEmployers }
func (s *site) Language() string    { return s.language() }
func (s *site) Integrity() string   { return assets.EChartsIntegrity }
func (s *site) EChartsURL() string  { return assets.EChartsURL }
func (s *site) File(c Claim) string { return claimFile(c) }
func (s *site) Policy() string      { return policy(s.offline) }
func (s *site) language() string    { return strings.ToUpper(s.o.Language[:1]) + s.o.Language[1:] }

// policy is the content security policy of every page. Nothing but our own
// files loads; where ECharts is not one of them, that one address as well.
func policy(offline bool) string {
	script := "'self'"
	if !offline {
		script += " " + assets.EChartsURL
	}
	return "default-src 'none'; script-src " + script + "; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
}

func number(v any) string {
	switch n := v.(type) {
	case int:
		return claims.Number(float64(n))
	case int64:
		return claims.Number(float64(n))
	case float64:
		return claims.Number(n)
	}
	return fmt.Sprint(v)
}

// cell shows a value of a chart's table: shares as per cent where the column is one.
func cell(column string, v any) string {
	f, ok := v.(float64)
	if !ok {
		return fmt.Sprint(v)
	}
	switch column {
	case "share", "low", "high", "value", "panel share", "earliest", "latest":
		return claims.Percent(f)
	}
	return claims.Number(f)
}

func numeric(v any) bool { _, ok := v.(float64); return ok }

// day shows a time as a day; nothing for none.
func day(v any) string {
	switch t := v.(type) {
	case time.Time:
		if !t.IsZero() {
			return t.UTC().Format(time.DateOnly)
		}
	case driver.Valuer:
		if x, err := t.Value(); err == nil {
			if t, ok := x.(time.Time); ok {
				return day(t)
			}
		}
	}
	return ""
}

func day0(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }

// web is the address if a browser may go there: http and https only.
func web(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return s
}

// reasons reads a label's reasons; what is no such JSON has none.
func reasons(s string) []schema.Reason {
	var out []schema.Reason
	if json.Unmarshal([]byte(s), &out) != nil {
		return nil
	}
	return out[:min(len(out), 8)]
}

var (
	isoDate = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)
	perCent = regexp.MustCompile(`(\d) %`)
	command = regexp.MustCompile("`([^`]+)`")
)

// prose escapes a sentence, keeps the dates and the percentages in it on one
// line, and sets what stands between backticks as something to type.
func prose(s string) template.HTML {
	s = isoDate.ReplaceAllString(template.HTMLEscapeString(s), `<span class="nb">$0</span>`)
	s = perCent.ReplaceAllString(s, "$1\u00a0%")
	return template.HTML(command.ReplaceAllString(s, "<code>$1</code>")) // #nosec: escaped in the first line
}

// stop ends a phrase with one full stop.
func stop(s string) string { return strings.TrimRight(s, ". ") + "." }
