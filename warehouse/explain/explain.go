// Package explain tells where a row of the warehouse comes from: why a posting
// belongs to its job, why two postings are one job or are not, why names are one
// employer's, and in which bytes of which archive each sighting was read. It reads a snapshot and decides
// nothing; what it must not know is how the models are made up to date.
package explain

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

//go:embed *.sql
var queries embed.FS

// ErrUnknown says that no posting, job or employer has the id.
var ErrUnknown = errors.New("nothing has this id")

// Querier reads the published views and the store behind them.
type Querier interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
}

// Posting is one ad and the chain of evidence that leads to its bytes.
type Posting struct {
	ID         string    `json:"posting_id"`
	Source     string    `json:"source"`
	Kind       string    `json:"kind"`
	Mode       string    `json:"mode"`
	Key        string    `json:"key"`
	URL        string    `json:"url,omitempty"`
	Link       string    `json:"link,omitempty"`
	Title      string    `json:"title,omitempty"`
	Company    string    `json:"company,omitempty"`
	Location   string    `json:"location,omitempty"`
	FirstSeen  time.Time `json:"first_seen"`
	LastSeen   time.Time `json:"last_seen"`
	Sightings  int64     `json:"sightings"`
	JobID      string    `json:"job_id"`
	EmployerID string    `json:"employer_id,omitempty"`
	Employer   string    `json:"employer,omitempty"`

	Reason   string          `json:"reason"`             // what joined it to its job; "first" for the job's first
	Evidence json.RawMessage `json:"evidence,omitempty"` // the facts behind the reason

	Domain        string             `json:"domain,omitempty"`
	Also          []string           `json:"also,omitempty"`          // further domains, the likelier first
	Abstained     bool               `json:"abstained"`               // too little spoke for any domain: Domain is other
	Probabilities map[string]float64 `json:"probabilities,omitempty"` // by domain
	MarketRole    string             `json:"market_role,omitempty"`
	MarketReason  string             `json:"market_reason,omitempty"`
	IsJob         bool               `json:"is_job"`
	Reasons       json.RawMessage    `json:"reasons,omitempty"` // for the domain, strongest first
	LabelVersion  string             `json:"label_version,omitempty"`
	Simulated     bool               `json:"simulated"`

	Spells []Spell    `json:"spells"`
	Seen   []Sighting `json:"seen"` // the first 200
}

// Spell is an interval in which the posting was open; days, the last exclusive.
type Spell struct {
	From        time.Time  `json:"open_from"`
	To          *time.Time `json:"open_to,omitempty"`      // nil: open when last seen
	WatchedTo   *time.Time `json:"watched_to,omitempty"`   // with To nil: the last day of which that is known
	ClosedAfter *time.Time `json:"closed_after,omitempty"` // feeds: the last crawl that showed it
	ClosedBy    *time.Time `json:"closed_by,omitempty"`    // feeds: the first complete crawl that did not
}

// Sighting is one reading of the posting, and the record it was read from.
type Sighting struct {
	SeenAt        time.Time `json:"seen_at"`
	Digest        string    `json:"digest"`
	URL           string    `json:"url"`
	Archive       string    `json:"archive"`
	Offset        int64     `json:"offset"`
	Length        int64     `json:"length"`
	ParserVersion int32     `json:"parser_version"`
	Ordinal       int32     `json:"ordinal"` // place on the page, from 0
}

// Job is one opening with all ads for it, the earliest first.
type Job struct {
	ID       string    `json:"job_id"`
	Postings []Posting `json:"postings"`
}

// OfPosting explains one posting. The error is [ErrUnknown] when there is none.
func OfPosting(ctx context.Context, q Querier, id string) (p Posting, err error) {
	var reasons, evidence, also1, also2, probabilities string
	err = one(ctx, q, "posting.sql", []any{id}, &p.ID, &p.Source, &p.Kind, &p.Mode, &p.Key, &p.URL, &p.Link, &p.Title, &p.Company,
		&p.Location, &p.FirstSeen, &p.LastSeen, &p.Sightings, &p.JobID, &p.EmployerID, &p.Employer, &p.Reason, &evidence,
		&p.Domain, &also1, &also2, &p.Abstained, &probabilities, &p.MarketRole, &p.MarketReason, &p.IsJob, &reasons, &p.LabelVersion, &p.Simulated)
	if err != nil {
		return p, err
	}
	p.Reasons = json.RawMessage(reasons)
	p.Also = words(also1, also2)
	if p.Domain != "" {
		if err := json.Unmarshal([]byte(probabilities), &p.Probabilities); err != nil {
			return p, fmt.Errorf("probabilities of posting %s: %w", id, err)
		}
	}
	if evidence != "" {
		p.Evidence = json.RawMessage(evidence)
	}
	err = each(ctx, q, "spells.sql", []any{id}, func(scan func(...any) error) error {
		var s Spell
		var to, watched, after, by sql.NullTime
		if err := scan(&s.From, &to, &watched, &after, &by); err != nil {
			return err
		}
		s.To, s.WatchedTo, s.ClosedAfter, s.ClosedBy = known(to), known(watched), known(after), known(by)
		p.Spells = append(p.Spells, s)
		return nil
	})
	if err != nil {
		return p, err
	}
	return p, each(ctx, q, "seen.sql", []any{id}, func(scan func(...any) error) error {
		var s Sighting
		if err := scan(&s.SeenAt, &s.Digest, &s.URL, &s.Archive, &s.Offset, &s.Length, &s.ParserVersion, &s.Ordinal); err != nil {
			return err
		}
		p.Seen = append(p.Seen, s)
		return nil
	})
}

// OfJob explains the job with the id, or the job that the posting with the id
// advertises.
func OfJob(ctx context.Context, q Querier, id string) (j Job, err error) {
	ids, err := membersOf(ctx, q, id)
	if err != nil {
		return j, err
	}
	if len(ids) == 0 {
		return j, fmt.Errorf("%w: %s", ErrUnknown, id)
	}
	for _, id := range ids {
		p, err := OfPosting(ctx, q, id)
		if err != nil {
			return j, err
		}
		j.ID, j.Postings = p.JobID, append(j.Postings, p)
	}
	return j, nil
}

// membersOf are the postings of the job that the posting advertises.
func membersOf(ctx context.Context, q Querier, id string) (ids []string, err error) {
	err = each(ctx, q, "members.sql", []any{id}, func(scan func(...any) error) error {
		var member string
		err := scan(&member)
		ids = append(ids, member)
		return err
	})
	return ids, err
}

func known(t sql.NullTime) *time.Time {
	if !t.Valid {
		return nil
	}
	return &t.Time
}

// each calls f with every row of the named query.
func each(ctx context.Context, q Querier, name string, args []any, f func(scan func(...any) error) error) error {
	text, err := queries.ReadFile(name)
	if err != nil {
		return err
	}
	rows, err := q.QueryContext(ctx, string(text), args...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return rows.Err()
}

// one reads the only row of the named query.
func one(ctx context.Context, q Querier, name string, args []any, into ...any) error {
	n := 0
	err := each(ctx, q, name, args, func(scan func(...any) error) error {
		n++
		return scan(into...)
	})
	if err == nil && n == 0 {
		return fmt.Errorf("%w: %v", ErrUnknown, args[0])
	}
	return err
}
