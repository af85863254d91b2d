package dashboards

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"jobmarket/dashboards/assets"
	"jobmarket/dashboards/chart"
	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
)

// marker is a file that every site of ours holds: a folder without it is
// somebody else's and is not replaced.
const marker = "verdicts.json"

// write puts the site at dir: into a fresh folder beside it, then by rename, so
// that a reader sees the old site or the new one. It lists the pages written.
func (s *site) write(dir string) (_ []string, err error) {
	dir = filepath.Clean(dir)
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(dir, marker)); err != nil {
			return nil, fmt.Errorf("%s holds files and no site of ours: name another folder", dir)
		}
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, err
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), ".site-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(fresh)
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	for name, content := range files {
		path := filepath.Join(fresh, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return nil, err
		}
	}
	if err := os.Chmod(fresh, 0o755); err != nil {
		return nil, err
	}
	if err := replace(fresh, dir); err != nil {
		return nil, err
	}
	var pages []string
	for _, p := range s.pages {
		pages = append(pages, p.Name)
	}
	return pages, nil
}

// replace renames fresh to dir, with the old dir moved away first, since a
// rename replaces no folder that holds files.
func replace(fresh, dir string) error {
	old := fresh + "-old"
	if err := os.Rename(dir, old); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(fresh, dir); err != nil {
		os.Rename(old, dir)
		return err
	}
	return os.RemoveAll(old)
}

// files is the whole site by name.
func (s *site) files() (out map[string][]byte, err error) {
	out = map[string][]byte{}
	for _, p := range s.pages {
		if out[p.Name], err = s.render(p); err != nil {
			return nil, err
		}
		for _, c := range p.charts() {
			if len(c.Table.Rows) == 0 {
				continue
			}
			if out["data/"+c.ID+".csv"], err = s.csv(c.Table); err != nil {
				return nil, err
			}
		}
	}
	for _, v := range s.verdicts {
		for _, w := range append([]Verdict{v}, v.Parts...) {
			if out["data/"+adsFile(w.Claim)], err = s.csv(adsTable(w.Ads)); err != nil {
				return nil, err
			}
		}
	}
	if out["data/jobs.csv"], err = s.csv(jobsTable(s.m.Listed)); err != nil {
		return nil, err
	}
	for name, b := range assets.Own() {
		out["assets/"+name] = b
	}
	if b, ok := assets.ECharts(); ok {
		out["assets/echarts.min.js"] = b
	}
	b, err := json.MarshalIndent(struct {
		Simulated bool      `json:"simulated"`
		Ads       string    `json:"ads_behind"`
		Verdicts  []Verdict `json:"verdicts"`
	}{s.m.Simulated, "data/ads-ID.csv lists the ads of each claim", withoutAds(s.verdicts)}, "", " ")
	out[marker] = b
	return out, err
}

// withoutAds are the verdicts without the ads behind them, which have files of
// their own.
func withoutAds(list []Verdict) []Verdict {
	out := slices.Clone(list)
	for i := range out {
		out[i].Ads = []claims.Ad{}
		out[i].Parts = withoutAds(out[i].Parts)
	}
	return out
}

// charts are all that the page draws.
func (p page) charts() []chart.Chart {
	out := slices.Clone(p.Charts)
	for _, g := range p.Groups {
		out = append(out, g.Charts...)
	}
	for _, x := range p.Parts {
		out = append(out, x.Charts...)
	}
	for _, sec := range p.Sections {
		out = append(out, sec.Chart)
	}
	return out
}

func (s *site) csv(t chart.Table) ([]byte, error) {
	var b bytes.Buffer
	err := chart.WriteCSV(&b, t, s.m.Simulated)
	return b.Bytes(), err
}

func adsFile(c Claim) string { return "ads-" + c.ID + ".csv" }

// adsTable is the ads behind a verdict as a file.
func adsTable(ads []claims.Ad) chart.Table {
	t := chart.Table{Columns: []string{"posting_id", "job_id", "subject", "domain", "employer", "title", "source", "first_seen", "last_seen", "url", "link", "archive", "archive_offset"}}
	for _, a := range ads {
		t.Rows = append(t.Rows, []any{a.PostingID, a.JobID, a.Hit, a.Domain, a.Employer, a.Title, a.Source, day(a.FirstSeen), day(a.LastSeen), a.URL, a.Link, a.Archive, a.Offset})
	}
	return t
}

// jobsTable is the jobs that charts count as a file.
func jobsTable(list []market.Job) chart.Table {
	t := chart.Table{Columns: []string{"job_id", "first_seen", "last_seen", "field", "employer", "title", "source", "country", "remote", "seniority", "url", "link"}}
	for _, l := range list {
		t.Rows = append(t.Rows, []any{l.ID, day(l.First), day(l.Last), l.Domain, l.Employer, l.Title, l.Source, l.Country, l.Remote, l.Seniority, l.URL, l.Link})
	}
	return t
}
