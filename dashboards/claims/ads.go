package claims

import (
	"database/sql"
	"fmt"
	"slices"
	"time"

	"jobmarket/dashboards/query"
)

// ads lists the ads behind the verdict, and their evidence.
func (e *evaluation) ads(v *Verdict, f frame) error {
	if e.c.Comparison == Grows && v.N == 0 {
		f.Panel = nil
	}
	var err error
	if v.Query, err = queries.Text("list.sql", f); err != nil {
		return err
	}
	limited := fmt.Sprintf("%s\nLIMIT %d", v.Query, e.o.Ads)
	ads, err := query.Rows(e.ctx, e.q, limited, func(r *sql.Rows) (Ad, error) {
		var a Ad
		var hit int64
		var from time.Time
		var domain, employer, title, url, link sql.NullString
		err := r.Scan(&a.PostingID, &hit, &domain, &employer, &title, &a.Source, &from, &url, &link)
		a.Hit, a.Domain, a.Employer, a.Title, a.URL, a.Link = hit == 1, domain.String, employer.String, title.String, url.String, link.String
		return a, err
	})
	if err != nil {
		return err
	}
	v.Ads, v.AdsTotal = append(v.Ads, ads...), len(ads)
	if len(ads) == e.o.Ads {
		total, err := query.Rows(e.ctx, e.q, "SELECT count(*) FROM (\n"+v.Query+"\n) AS listed", func(r *sql.Rows) (n int, err error) { return n, r.Scan(&n) })
		if err != nil {
			return err
		}
		v.AdsTotal = total[0]
	}
	return e.evidence(v)
}

// evidence fills in what stands behind each ad: its label's reasons and its bytes.
func (e *evaluation) evidence(v *Verdict) error {
	if len(v.Ads) == 0 {
		return nil
	}
	ids, at := make([]string, len(v.Ads)), map[string]*Ad{}
	for i := range v.Ads {
		ids[i] = v.Ads[i].PostingID
		at[ids[i]] = &v.Ads[i]
	}
	text, err := queries.Text("evidence.sql", ids)
	if err != nil {
		return err
	}
	_, err = query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (struct{}, error) {
		var a Ad
		var kind string
		var first, last sql.NullTime
		if err := r.Scan(&a.PostingID, &kind, &a.URL, &a.Link, &a.Location, &first, &last, &a.Sightings, &a.JobID, &a.Role,
			&a.RoleReason, &a.Reasons, &a.Version, &a.Years, &a.YearsWhy, &a.Simulated); err != nil {
			return struct{}{}, err
		}
		if o, ok := at[a.PostingID]; ok {
			a.Hit, a.Domain, a.Employer, a.Title, a.Source = o.Hit, o.Domain, o.Employer, o.Title, o.Source
			a.FirstSeen, a.LastSeen = first.Time, last.Time
			*o = a
		}
		return struct{}{}, nil
	})
	if err != nil {
		return err
	}
	if text, err = queries.Text("bytes.sql", ids); err != nil {
		return err
	}
	_, err = query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (struct{}, error) {
		var id, archive, page string
		var offset int64
		err := r.Scan(&id, &archive, &offset, &page)
		if a, ok := at[id]; ok && err == nil {
			a.Archive, a.Offset, a.PageURL = archive, offset, page
		}
		return struct{}{}, err
	})
	if err != nil {
		return err
	}
	return e.named(at, ids)
}

// named adds the words in which each ad names the claim's terms.
func (e *evaluation) named(at map[string]*Ad, ids []string) error {
	terms := slices.Concat(e.c.Subject.Names, e.c.Rival.Names)
	if len(terms) == 0 {
		return nil
	}
	text, err := queries.Text("mentioned.sql", struct{ IDs, Terms []string }{ids, terms})
	if err != nil {
		return err
	}
	_, err = query.Rows(e.ctx, e.q, text, func(r *sql.Rows) (struct{}, error) {
		var id, term, words string
		err := r.Scan(&id, &term, &words)
		if a, ok := at[id]; ok && err == nil {
			a.Named = append(a.Named, term+": "+words)
		}
		return struct{}{}, err
	})
	return err
}
