package dashboards

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/assets"
	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/warehouse/schema"
)

//go:embed templates/*.html
var templateFiles embed.FS

var templates = template.Must(template.New("").Funcs(functions).ParseFS(templateFiles, "templates/*.html"))

// page is one file of the site, and what the templates see.
type page struct {
	Name, Title string
	Site        *site
	Charts      []chart.Chart
	Groups      []group // charts of the overview under their headings
	Verdict     *Verdict
	Parts       []part
	Ads         *adsPage
	Sections    []section
}

// group is charts that answer one question.
type group struct {
	Head, Lead string
	Charts     []chart.Chart
	Medians    []medianRow
}

// part is one part of a claim of several.
type part struct {
	Verdict Verdict
	Charts  []chart.Chart
}

// site is everything that is about to be written.
type site struct {
	m        *market.Market
	o        Options
	offline  bool
	drawn    time.Time
	pages    []page
	verdicts []Verdict
	changes  []market.Change
}

// newSite makes the pages of the market.
func newSite(m *market.Market, verdicts []Verdict, o Options) (*site, error) {
	_, offline := assets.ECharts()
	s := &site{m: m, verdicts: verdicts, changes: m.Changes(false), o: o, offline: offline, drawn: o.Now().UTC()}
	overview, err := s.overview()
	if err != nil {
		return nil, err
	}
	fields, err := s.fieldsPage()
	if err != nil {
		return nil, err
	}
	s.pages = append(s.pages, overview, fields)
	for _, v := range verdicts {
		list, err := s.claimPages(v)
		if err != nil {
			return nil, err
		}
		s.pages = append(s.pages, list...)
	}
	s.pages = append(s.pages,
		page{Name: "jobs.html", Title: "Jobs"},
		page{Name: "sources.html", Title: "Sources"},
		page{Name: "how.html", Title: "How we count"},
		page{Name: "data.html", Title: "Data quality"})
	return s, nil
}

// maker makes one chart.
type maker = func() (chart.Chart, error)

// overview is the first page: the headline's verdict, the others, and the market.
func (s *site) overview() (page, error) {
	p := page{Name: "index.html", Title: "Overview"}
	if len(s.verdicts) > 0 {
		v := s.verdicts[0]
		charts, err := s.claimCharts(v)
		if err != nil {
			return p, err
		}
		p.Verdict = &v
		if len(charts) > 0 {
			c := charts[0]
			c.ID, c.How, c.Table.Rows, c.Query = "headline", nil, nil, ""
			p.Charts = charts[:0:0]
			p.Charts = append(p.Charts, c)
		}
	}
	if s.m.Jobs == 0 {
		return p, nil
	}
	lang := s.language()
	for _, g := range []struct {
		group
		make []maker
	}{
		{group{Head: "How many"}, []maker{
			func() (chart.Chart, error) { return s.flow("new_all", "New "+lang+" jobs", s.all(), false) },
			func() (chart.Chart, error) { return s.stock("stock_all", "Open "+lang+" jobs", false) }}},
		{group{Head: "In which fields"}, []maker{s.sharesRecent, s.sharesNow,
			func() (chart.Chart, error) { return s.flow("new", "New jobs by field", s.all(), true) },
			func() (chart.Chart, error) { return s.stock("stock", "Open jobs by field", true) },
			s.panelFlow}},
		{group{Head: "Where, and for whom"}, s.traitCharts()},
		{group{Head: "How long ads stay open", Medians: s.Medians()}, []maker{s.lifetimesChart}},
	} {
		for _, make := range g.make {
			c, err := make()
			if err != nil {
				return p, err
			}
			if c.ID != "" {
				g.Charts = append(g.Charts, c)
			}
		}
		if len(g.Charts) > 0 {
			p.Groups = append(p.Groups, g.group)
		}
	}
	return p, nil
}

// panelFlow draws the flow of the fixed panel, beside that of all: a rise that only
// the latter shows is a source that joined. Without such sources there is nothing to
// draw.
func (s *site) panelFlow() (chart.Chart, error) {
	if len(s.m.Panel) == 0 {
		return chart.Chart{}, nil
	}
	c, err := s.flow("panel", "New jobs by field, in a fixed panel of "+claims.Amount(float64(len(s.m.Panel)), "sources"), s.panel(), true)
	c.How = append(c.How, chart.Fact{Name: "Fixed panel", Value: howPanel})
	return c, err
}

// traitCharts are what ads say of places and people, where enough jobs are recent.
func (s *site) traitCharts() (out []maker) {
	if s.Recent() == "" {
		return nil
	}
	for _, t := range []struct {
		id, title, name, names string
		value                  func(market.Cohort) string
	}{
		{"remote", "Remote or not", "work", "kinds of work", func(c market.Cohort) string { return c.Remote }},
		{"country", "Countries", "country", "countries", func(c market.Cohort) string { return c.Country }},
		{"seniority", "Seniority", "level", "levels", func(c market.Cohort) string { return c.Seniority }},
	} {
		out = append(out, func() (chart.Chart, error) {
			c, err := s.traits(t.id, t.title, t.name, t.names, t.value)
			c.Height = "third"
			return c, err
		})
	}
	return out
}

// claimPages are a verdict with everything that stands behind it: its page, and
// those that its ads run on to.
func (s *site) claimPages(v Verdict) (out []page, err error) {
	p := page{Name: claimFile(v.Claim), Title: v.Claim.Text, Verdict: &v}
	if p.Charts, err = s.claimCharts(v); err != nil {
		return nil, err
	}
	for _, w := range v.Parts {
		charts, err := s.claimCharts(w)
		if err != nil {
			return nil, err
		}
		p.Parts = append(p.Parts, part{w, charts})
	}
	out = append(out, p)
	for _, w := range append([]Verdict{v}, v.Parts...) {
		for k := 2; (k-1)*adsAPage < len(w.Ads); k++ {
			out = append(out, page{Name: adsPageName(w.Claim, k), Title: "Ads behind: " + w.Claim.Text, Ads: newAdsPage(w, claimFile(v.Claim), k)})
		}
	}
	return out, nil
}

// adsAPage is how many ads one page lists.
const adsAPage = 60

// adsPage is a page of the ads behind a verdict.
type adsPage struct {
	Verdict      Verdict
	Ads          []claims.Ad
	Number, Of   int
	First        int // the number of its first ad
	Back         string
	Before, Next string
}

func newAdsPage(v Verdict, back string, k int) *adsPage {
	from, to := (k-1)*adsAPage, min(k*adsAPage, len(v.Ads))
	a := &adsPage{Verdict: v, Ads: v.Ads[from:to], Number: k, Of: (len(v.Ads) + adsAPage - 1) / adsAPage, First: from + 1, Back: back}
	if k > 2 {
		a.Before = adsPageName(v.Claim, k-1)
	}
	if to < len(v.Ads) {
		a.Next = adsPageName(v.Claim, k+1)
	}
	return a
}

// Last is the number of the page's last ad.
func (a *adsPage) Last() int { return a.First + len(a.Ads) - 1 }

// block is the ads that are such as the claim says, or the others.
type block struct {
	Head string
	Ads  []claims.Ad
}

// Blocks parts the page's ads where both kinds are listed.
func (a *adsPage) Blocks() (out []block) {
	c := a.Verdict.Claim
	both := slices.ContainsFunc(a.Verdict.Ads, func(x claims.Ad) bool { return x.Hit }) && slices.ContainsFunc(a.Verdict.Ads, func(x claims.Ad) bool { return !x.Hit })
	for _, x := range a.Ads {
		head := ""
		if both {
			head = map[bool]string{true: capital(c.Subject.Words()), false: "The others"}[x.Hit]
		}
		if n := len(out); n == 0 || out[n-1].Head != head {
			out = append(out, block{Head: head})
		}
		out[len(out)-1].Ads = append(out[len(out)-1].Ads, x)
	}
	return out
}

func adsPageName(c Claim, k int) string { return fmt.Sprintf("ads-%s-%d.html", c.ID, k) }

// adHref leads from a claim's page to the i-th of its ads.
func adHref(v Verdict, i int) string {
	place := "#ad-" + v.Claim.ID + "-" + v.Ads[i].PostingID
	if i < adsAPage {
		return place
	}
	return adsPageName(v.Claim, 1+i/adsAPage) + place
}

func claimFile(c Claim) string { return "claim-" + c.ID + ".html" }

// render writes one page.
func (s *site) render(p page) ([]byte, error) {
	p.Site = s
	var b bytes.Buffer
	name := strings.TrimSuffix(p.Name, ".html")
	switch {
	case p.Ads != nil:
		name = "ads"
	case p.Verdict != nil && p.Name != "index.html":
		name = "claim"
	}
	if err := templates.ExecuteTemplate(&b, name+".html", p); err != nil {
		return nil, fmt.Errorf("page %s: %w", p.Name, err)
	}
	return b.Bytes(), nil
}

// What the templates ask of the site.

func (s *site) Simulated() bool           { return s.m.Simulated }
func (s *site) Market() *market.Market    { return s.m }
func (s *site) Verdicts() []Verdict       { return s.verdicts }
func (s *site) Domains() []string         { return schema.Domains }
func (s *site) Offline() bool             { return s.offline }
func (s *site) Drawn() string             { return s.drawn.Format("2006-01-02 15:04 UTC") }
func (s *site) Version() string           { return s.o.Version }
func (s *site) Definition() string        { return s.definition() }
func (s *site) ErrorNote() string         { return s.o.ErrorNote }
func (s *site) Audited() bool             { return s.o.Audit != nil }
func (s *site) MinUnits() int             { return claims.MinUnits }
func (s *site) MinEmployers() int         { return claims.MinEmployers }
func (s *site) Language() string          { return s.language() }
func (s *site) Integrity() string         { return assets.EChartsIntegrity }
func (s *site) EChartsURL() string        { return assets.EChartsURL }
func (s *site) File(c Claim) string       { return claimFile(c) }
func (s *site) Policy() string            { return policy(s.offline) }
func (s *site) Marks() []market.Change    { return s.changes }
func (s *site) AllMarks() []market.Change { return s.m.Changes(true) }
func (s *site) Span() string              { return s.span() }
func (s *site) Who() string               { return s.who() }
func (s *site) Query(name string) string {
	return s.m.Queries[name]
}
func (s *site) AdsOf(v Verdict) *adsPage { return newAdsPage(v, claimFile(v.Claim), 1) }
func (s *site) language() string         { return strings.ToUpper(s.o.Language[:1]) + s.o.Language[1:] }

// policy is the content security policy of every page. Nothing but our own
// files loads; where ECharts is not one of them, that one address as well.
func policy(offline bool) string {
	script := "'self'"
	if !offline {
		script += " " + assets.EChartsURL
	}
	return "default-src 'none'; script-src " + script + "; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
}
