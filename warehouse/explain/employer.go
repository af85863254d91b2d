package explain

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"jobmarket/warehouse/tabular"
)

// Employer is one employer under all its names, and why they are taken for one.
type Employer struct {
	ID     string         `json:"employer_id"`
	Name   string         `json:"employer"`
	Agency bool           `json:"agency"` // it places others' people
	Names  []Name         `json:"names"`  // the most used first
	Boards []Board        `json:"boards,omitempty"`
	Joins  []EmployerJoin `json:"joins,omitempty"`
}

// Name is what the employer's ads that lead to one site call it.
type Name struct {
	Key       string    `json:"key"`
	Host      string    `json:"host,omitempty"` // empty: the ads name no site
	Written   string    `json:"written"`        // as the ads write it, joined by semicolons
	Postings  int64     `json:"postings"`
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
}

// Board is a source that lists the employer's own openings.
type Board struct {
	Source   string `json:"source"`
	Postings int64  `json:"postings"`
}

// EmployerJoin is why two names, or one at two sites, are one employer's.
type EmployerJoin struct {
	Rule      string `json:"rule"`           // name, site, board, link, author
	What      string `json:"what,omitempty"` // what they have in common beyond the rule
	KeyOne    string `json:"key_one"`
	HostOne   string `json:"host_one,omitempty"`
	KeyTwo    string `json:"key_two"`
	HostTwo   string `json:"host_two,omitempty"`
	PostingID string `json:"posting_id"` // an ad of the second that shows it
	Title     string `json:"title,omitempty"`
	Company   string `json:"company,omitempty"`
	Source    string `json:"source"`
}

// OfEmployer explains the employer with the id, or that of the posting with the id.
func OfEmployer(ctx context.Context, q Querier, id string) (e Employer, err error) {
	if err := one(ctx, q, "employer.sql", []any{id}, &e.ID, &e.Name, &e.Agency); err != nil {
		return e, err
	}
	err = each(ctx, q, "names.sql", []any{e.ID}, func(scan func(...any) error) error {
		var n Name
		err := scan(&n.Key, &n.Host, &n.Written, &n.Postings, &n.FirstSeen, &n.LastSeen)
		e.Names = append(e.Names, n)
		return err
	})
	if err != nil {
		return e, err
	}
	err = each(ctx, q, "boards.sql", []any{e.ID}, func(scan func(...any) error) error {
		var b Board
		err := scan(&b.Source, &b.Postings)
		e.Boards = append(e.Boards, b)
		return err
	})
	if err != nil {
		return e, err
	}
	return e, each(ctx, q, "joins.sql", []any{e.ID}, func(scan func(...any) error) error {
		var j EmployerJoin
		err := scan(&j.Rule, &j.What, &j.KeyOne, &j.HostOne, &j.KeyTwo, &j.HostTwo, &j.PostingID, &j.Title, &j.Company, &j.Source)
		e.Joins = append(e.Joins, j)
		return err
	})
}

// Write prints the employer for a terminal.
func (e *Employer) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "employer %s: %s\n", tabular.Shown(e.ID), tabular.Shown(e.Name))
	if e.Agency {
		b.WriteString("  an agency: its name says nothing about who hires\n")
	}
	b.WriteString("names:\n")
	for _, n := range e.Names {
		fmt.Fprintf(&b, "  %s: %d ads from %s to %s, written %s\n", nameAt(n.Key, n.Host), n.Postings,
			n.FirstSeen.Format("2006-01-02"), n.LastSeen.Format("2006-01-02"), orDash(n.Written))
	}
	for _, board := range e.Boards {
		fmt.Fprintf(&b, "board %s: %d ads\n", tabular.Shown(board.Source), board.Postings)
	}
	if len(e.Joins) > 0 {
		b.WriteString("one employer, since:\n")
	}
	for _, j := range e.Joins {
		fmt.Fprintf(&b, "  %s and %s: %s\n    posting %s  %s (%s)\n", nameAt(j.KeyOne, j.HostOne), nameAt(j.KeyTwo, j.HostTwo), j.why(),
			j.PostingID, tabular.Shown(strings.Join(words(j.Title, j.Company), ", ")), tabular.Shown(j.Source))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func nameAt(key, host string) string {
	if host == "" {
		return tabular.Shown(key) + " (no site)"
	}
	return tabular.Shown(key) + " at " + tabular.Shown(host)
}

// why is the rule as a sentence's end.
func (j *EmployerJoin) why() string {
	what := tabular.Shown(j.What)
	switch j.Rule {
	case "site":
		return "ads under both lead to " + what + ", which is the site of one of them"
	case "board":
		return "the board " + what + " carries both"
	case "link":
		return "ads under both lead to the same opening, " + what
	case "author":
		return what + " signs ads under both"
	}
	if j.What != "" {
		return "the name is one, and at both sites there is one " + what
	}
	return "the name is one, and nothing tells two employers apart"
}
