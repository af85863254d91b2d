package board

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// Workday reads career sites on Workday by the JSON that their own pages use
// ("CXS"; Workday documents none of it). The list of jobs answers POST alone, and
// we send only GET: a crawl begins at the site map, which every site publishes
// and its robots.txt names, and reads each job from its JSON. An archived answer of
// the list is understood too.
var Workday = kind.Kind{
	Name:    "workday",
	Doc:     "a company's career site on Workday, by \"TENANT.wdN/SITE\" as its address has them",
	Version: 1,
	Mode:    schema.Feed,
	Needs:   []string{"board"},
	Start: func(s schema.Source) []string {
		host, site, _ := strings.Cut(s.Board, "/")
		return []string{"https://" + host + ".myworkdayjobs.com/" + url.PathEscape(site) + "/siteMap.xml"}
	},
	Recognise: recogniseWorkday,
	Parse:     parseWorkday,
}

func recogniseWorkday(u *url.URL) (kind.Place, bool) {
	host, ok := strings.CutSuffix(u.Host, ".myworkdayjobs.com")
	if !ok || host == "" {
		return kind.Place{}, false
	}
	if m := workdayMapFile.FindStringSubmatch(u.Path); m != nil {
		return kind.Place{Source: source("workday", host+"/"+m[1]), Start: m[2] == "siteMap"}, true
	}
	if m := workdayAPI.FindStringSubmatch(u.Path); m != nil {
		return kind.Place{Source: source("workday", host+"/"+m[1]), Start: m[2] == "jobs"}, true
	}
	return kind.Place{}, false
}

// followWorkday follows an address if it is a further page of the site.
func followWorkday(r *kind.Reading, place, address string) {
	u, err := url.Parse(address)
	if err != nil {
		r.Reject(place, "", "this is no address", address)
		return
	}
	if at, ok := recogniseWorkday(u); !ok || at.Start || at.Source.Board != r.Page.Source.Board {
		r.Reject(place, "", "this is no further page of the site", address)
		return
	}
	r.Follow(address)
}

var (
	workdayMapFile = regexp.MustCompile(`^/([^/]+)/([^/]+)\.xml$`)
	workdayAPI     = regexp.MustCompile(`^/wday/cxs/[^/]+/([^/]+)/(jobs$|job/.)`)
	// workdayJob is the address of a job in the site map: with or without a
	// language before the site.
	workdayJob = regexp.MustCompile(`^/(?:[a-z]{2}(?:-[A-Z]{2})?/)?([^/]+)(/job/.+)$`)
)

func parseWorkday(p kind.Page) (kind.Parsed, error) {
	u, err := url.Parse(p.URL)
	if err != nil {
		return kind.Parsed{}, err
	}
	r := kind.Read(p)
	switch {
	case strings.HasSuffix(u.Path, ".xml"):
		err = workdayMap(r)
	case strings.HasSuffix(u.Path, "/jobs"):
		err = workdayList(r, u)
	default:
		err = workdayPosting(r, u)
	}
	if err != nil {
		return kind.Parsed{}, fmt.Errorf("workday site %s: %w", p.Source.Board, err)
	}
	return r.Parsed, nil
}

// workdayMap follows the jobs that the site map names. One job may stand there in
// several languages; it is followed once.
func workdayMap(r *kind.Reading) error {
	seen := map[string]bool{}
	return kind.Elements(r, []string{"urlset", "sitemapindex"}, []string{"loc"}, func(place string, loc string) {
		loc = strings.TrimSpace(loc)
		u, err := url.Parse(loc)
		if err != nil || !strings.HasSuffix(u.Host, ".myworkdayjobs.com") {
			r.Reject(place, "loc", "this is no address of the site", loc)
			return
		}
		job := loc
		if !strings.HasSuffix(u.Path, ".xml") {
			m := workdayJob.FindStringSubmatch(u.Path)
			if m == nil {
				return // the site's front page and its searches
			}
			job = workdayURL(u.Host, m[1], m[2])
		}
		if !seen[job] {
			seen[job] = true
			followWorkday(r, place, job)
		}
	})
}

// workdayURL is the address of a job's JSON.
func workdayURL(host, site, job string) string {
	tenant, _, _ := strings.Cut(host, ".")
	return (&url.URL{Scheme: "https", Host: host, Path: "/wday/cxs/" + tenant + "/" + site + job}).String()
}

func workdayList(r *kind.Reading, u *url.URL) error {
	m := workdayAPI.FindStringSubmatch(u.Path)
	if m == nil {
		return errors.New("the address names no site")
	}
	type item struct {
		Path string `json:"externalPath"`
	}
	env, err := kind.Records(r, "jobPostings", func(place string, i item) {
		if !strings.HasPrefix(i.Path, "/job/") {
			r.Reject(place, "externalPath", "this is no path of a job", i.Path)
			return
		}
		followWorkday(r, place, workdayURL(u.Host, m[1], i.Path))
	})
	if err != nil {
		return err
	}
	// Further pages want another POST.
	if total, ok := env.Int("total"); !ok || total > r.Seen {
		r.Complete = false
	}
	return nil
}

type workdayInfo struct {
	Info struct {
		Title       string     `json:"title"`
		Description string     `json:"jobDescription"`
		Location    string     `json:"location"`
		More        kind.Texts `json:"additionalLocations"`
		Start       string     `json:"startDate"`
		End         string     `json:"endDate"`
		Time        string     `json:"timeType"`
		Requisition string     `json:"jobReqId"`
		URL         string     `json:"externalUrl"`
		Remote      string     `json:"remoteType"`
		Country     struct {
			Name string `json:"descriptor"`
		} `json:"country"`
	} `json:"jobPostingInfo"`
	Employer struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	} `json:"hiringOrganization"`
}

func workdayPosting(r *kind.Reading, u *url.URL) error {
	if !json.Valid(r.Page.Body) {
		return errors.New("the answer is no JSON")
	}
	var j workdayInfo
	if !kind.Unmarshal(r, "posting", r.Page.Body, &j) {
		return nil
	}
	i := j.Info
	if i.Title == "" && i.Requisition == "" {
		return errors.New("the answer has no jobPostingInfo")
	}
	// A job of several places has several postings of one requisition, numbered
	// behind it in the address: "Engineer_R-17-1".
	_, key, ok := lastCut(path.Base(u.Path), "_")
	if !ok {
		key = i.Requisition
	}
	out := schema.Posting{
		Key:         key,
		URL:         i.URL,
		Title:       i.Title,
		Company:     r.Page.Source.Employer,
		CompanyURL:  j.Employer.URL,
		Location:    kind.Join(append([]string{i.Location}, i.More...)...),
		Remote:      kind.Remote(i.Remote),
		Employment:  i.Time,
		Requisition: i.Requisition,
		Text:        htmltext.Text(i.Description),
		PublishedAt: r.Time("posting", "startDate", i.Start),
		ExpiresAt:   r.Time("posting", "endDate", i.End),
	}
	if out.Company == "" {
		out.Company = j.Employer.Name
	}
	if out.Location == "" {
		out.Location = i.Country.Name
	}
	r.Add("posting", out)
	return nil
}

func lastCut(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
