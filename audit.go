package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"jobmarket/transform/correct"
	"jobmarket/warehouse/schema"
)

// An audit is a file of two parts: a head that says what was drawn from what,
// and a line for each posting drawn. The labels of a person are kept in the
// lines, so that an audit that was broken off goes on where it stopped.
type audit struct {
	Head  auditHead
	Lines []auditLine
}

type auditHead struct {
	Version    string         `json:"label_version"`
	Definition string         `json:"definition"` // of a job of the market: core, some, or any
	Seed       uint64         `json:"seed"`
	Sizes      map[string]int `json:"sizes"` // postings by predicted domain, of which the lines are a sample
	Simulated  bool           `json:"simulated"`
}

type auditLine struct {
	PostingID string `json:"posting_id"`
	Source    string `json:"source"`
	SourceID  string `json:"source_id"`
	Company   string `json:"company"`
	Title     string `json:"title"`
	Location  string `json:"location"`
	Date      string `json:"date"`
	URL       string `json:"url,omitempty"`
	Text      string `json:"text"`
	Predicted string `json:"predicted"` // not shown to the person who labels
	Domain    string `json:"domain,omitempty"`
	Rust      string `json:"rust,omitempty"` // role of the market's language
	Skipped   bool   `json:"skipped,omitempty"`
}

func (l auditLine) done() bool { return l.Domain != "" || l.Skipped }

func (a *app) auditCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "audit", GroupID: "check",
		Short: "Measure the classifier's error on your own data, and correct for it",
		Long: `audit draws a random sample of the warehouse's postings, stratified by predicted
domain, lets a person label it in the terminal, and corrects the domains' shares
for the error that shows, with intervals that include the audit's own error.

  jobmarket audit sample      draws the sample into audit.jsonl in the data folder
  jobmarket audit label       labels it, key by key; undo, skip, stop and go on later
  jobmarket audit report      counted and corrected shares

Sources that select on the answer are left out, as they are of every share. When
all of audit.jsonl is labelled, claims and dashboards carry its error into their
numbers and intervals. It holds texts of ads: keep it to yourself.`,
	}
	c.RunE = func(_ *cobra.Command, args []string) error {
		return usagef("audit what? sample, label or report%s", didYouMean(strings.Join(args, " "), []string{"sample", "label", "report"}))
	}
	c.AddCommand(a.auditSampleCommand(), a.auditLabelCommand(), a.auditReportCommand())
	return c
}

func (a *app) auditSampleCommand() *cobra.Command {
	var n, least int
	var seed uint64
	var any, force bool
	c := &cobra.Command{
		Use: "sample [FILE]", Args: cobra.MaximumNArgs(1),
		Short: "Draw a random sample, stratified by predicted domain",
		RunE: func(cmd *cobra.Command, args []string) error {
			if n < 1 || least < 1 {
				return usagef("--n %d --least %d: both must be at least 1", n, least)
			}
			cfg, path, err := a.auditFile(args)
			if err != nil {
				return err
			}
			if _, err := os.Stat(path); err == nil {
				old, err := readAudit(path)
				if err != nil {
					return usagef("%s is there and no audit; name a file that is not there yet", path)
				}
				if !force && slices.ContainsFunc(old.Lines, auditLine.done) {
					return usagef("%s holds labels already; --force throws them away", path)
				}
			}
			definition := cfg.Definition
			if any {
				definition = "any"
			}
			drawn, err := a.drawAudit(cmd.Context(), definition, n, least, seed)
			if err != nil {
				return err
			}
			if err := writeWhole(path, drawn.write); err != nil {
				return err
			}
			why := ""
			if len(drawn.Lines) > n {
				why = fmt.Sprintf(" (more than --n %d, since --least asks for %d of each)", n, least)
			}
			fmt.Fprintf(a.out, "%s: %d postings of %d strata%s; label them by `jobmarket audit label`\n", path, len(drawn.Lines), len(drawn.Head.Sizes), why)
			return nil
		},
	}
	c.Flags().IntVar(&n, "n", 200, "postings to draw")
	c.Flags().IntVar(&least, "least", 10, "at least so many of each predicted domain")
	c.Flags().Uint64Var(&seed, "seed", 1, "another seed is another draw")
	c.Flags().BoolVar(&any, "any", false, "of all job ads, not only those of the market's language")
	c.Flags().BoolVar(&force, "force", false, "replace a sample that is labelled already")
	return c
}

// auditFile is the file that the command names, or the data folder's.
func (a *app) auditFile(args []string) (*Config, string, error) {
	cfg, err := a.load()
	if err != nil {
		return nil, "", err
	}
	if len(args) == 1 {
		return cfg, args[0], nil
	}
	return cfg, filepath.Join(cfg.Data, auditName), nil
}

const auditName = "audit.jsonl"

const auditQuery = `SELECT posting_id, source, posting_key, coalesce(company, ''), coalesce(title, ''), coalesce(location, ''),
	strftime(first_seen, '%Y-%m-%d'), coalesce(url, ''), coalesce(text, ''), domain, label_version, simulated
FROM postings
WHERE is_job AND selects IS NULL AND (? = 'any' OR market_role = 'core' OR (? = 'some' AND market_role = 'some'))
ORDER BY posting_id`

// drawAudit draws from all job ads that the definition holds.
func (a *app) drawAudit(ctx context.Context, definition string, n, least int, seed uint64) (audit, error) {
	s, err := a.snapshot(ctx)
	if err != nil {
		return audit{}, err
	}
	defer s.Close()
	rows, err := s.QueryContext(ctx, auditQuery, definition, definition)
	if err != nil {
		return audit{}, err
	}
	defer rows.Close()
	out := audit{Head: auditHead{Definition: definition, Seed: seed, Sizes: map[string]int{}}}
	all := map[string]auditLine{}
	var items []correct.Item
	for rows.Next() {
		var l auditLine
		if err := rows.Scan(&l.PostingID, &l.Source, &l.SourceID, &l.Company, &l.Title, &l.Location, &l.Date, &l.URL,
			&l.Text, &l.Predicted, &out.Head.Version, &out.Head.Simulated); err != nil {
			return audit{}, err
		}
		all[l.PostingID] = l
		out.Head.Sizes[l.Predicted]++
		items = append(items, correct.Item{ID: l.PostingID, Stratum: l.Predicted})
	}
	for _, it := range correct.Sample(items, n, least, seed) {
		out.Lines = append(out.Lines, all[it.ID])
	}
	if len(out.Lines) == 0 && rows.Err() == nil {
		return audit{}, usagef("no posting to draw from; `jobmarket run` collects some")
	}
	return out, rows.Err()
}

func (d audit) write(w io.Writer) error {
	e := json.NewEncoder(w)
	if err := e.Encode(d.Head); err != nil {
		return err
	}
	for _, l := range d.Lines {
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

func readAudit(path string) (audit, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return audit{}, usagef("%s: there is no such audit; `jobmarket audit sample` draws one", path)
	} else if err != nil {
		return audit{}, err
	}
	defer f.Close()
	var d audit
	dec := json.NewDecoder(bufio.NewReader(f))
	if err := dec.Decode(&d.Head); err != nil || len(d.Head.Sizes) == 0 {
		return audit{}, usagef("%s: line 1: is no head of an audit; draw one by `jobmarket audit sample`", path)
	}
	for n := 2; ; n++ {
		var l auditLine
		switch err := dec.Decode(&l); {
		case err == io.EOF:
			return d, nil
		case err != nil:
			return audit{}, usagef("%s: line %d: is damaged (%v); restore the file, or move it away and draw another by `jobmarket audit sample`", path, n, err)
		case l.Domain != "" && !slices.Contains(schema.Domains, l.Domain):
			return audit{}, usagef("%s: line %d: domain: %q is none; use one of %s", path, n, l.Domain, strings.Join(schema.Domains, ", "))
		}
		d.Lines = append(d.Lines, l)
	}
}

func (a *app) auditLabelCommand() *cobra.Command {
	return &cobra.Command{
		Use: "label [FILE]", Args: cobra.MaximumNArgs(1),
		Short: "Label the sample in the terminal, key by key",
		Long: `label shows one ad after the other, without what was predicted, and takes one key:

  c crypto   l cloud      g gaming   w web        f finance
  e embedded d data_ai    s security o other

and then the role of the market's language: 1 core, 2 some, 3 no.
k skips an ad, u takes the last label back, m shows more of the text, ? says what
each domain means, q stops.
Every label is on disk at once; label again to go on.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, path, err := a.auditFile(args)
			if err != nil {
				return err
			}
			d, err := readAudit(path)
			if err != nil {
				return err
			}
			if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
				old, err := term.MakeRaw(int(f.Fd()))
				if err != nil {
					return err
				}
				defer term.Restore(int(f.Fd()), old)
			}
			return a.label(cmd.Context(), &d, func() error { return writeWhole(path, d.write) })
		},
	}
}

// domainMeanings are the definitions that the classifier's own labels follow.
const domainMeanings = `Judge by what the employer makes and what the person will do, not by the tools named.
  crypto    chains, coins, wallets and exchanges for them, zero-knowledge proofs for chains; not mere cryptography
  gaming    video games, their engines, publishers, tools and back ends; not gambling
  security  products or roles of security, identity, privacy, fraud; cryptography that is of no chain
  finance   banking, payments, trading but of coins, insurance, accounting, lending
  embedded  hardware, firmware, robots, cars, aircraft, chips, energy, industry
  data_ai   artificial intelligence, analytics, search, data engineering, as product or role
  cloud     infrastructure sold or run: platforms, networks, databases, observability; operations roles
  web       sites, apps and services in a browser, shops, media, markets; browsers and WebAssembly
  other     anything else: developer tools, compilers, telecoms, science, consulting, gambling
Where several fit, the one that stands higher in this list. At a giant of many fields, the team's.
Role of the language: core, a main language of the work or in the title; some, one of those listed or a
plus; no, not asked, or another meaning of the word.
`

var domainKeys = map[byte]string{'c': "crypto", 'l': "cloud", 'g': "gaming", 'w': "web", 'f': "finance",
	'e': "embedded", 'd': "data_ai", 's': "security", 'o': "other"}

var roleKeys = map[byte]string{'1': schema.RoleCore, '2': schema.RoleSome, '3': schema.RoleNo}

// label asks about each line that is not done. Lines end in \r\n: a terminal in
// raw mode needs it, and nothing else minds.
func (a *app) label(ctx context.Context, d *audit, save func() error) error {
	keys := bufio.NewReader(a.in)
	say := func(format string, args ...any) {
		fmt.Fprint(a.out, strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", "\r\n"))
	}
	var undo []int
	for ctx.Err() == nil {
		at := slices.IndexFunc(d.Lines, func(l auditLine) bool { return !l.done() })
		if at < 0 {
			say("\nall %d are labelled; `jobmarket audit report` corrects the shares\n", len(d.Lines))
			return nil
		}
		l := &d.Lines[at]
		length := 900
		show := func() { say("\n%s", auditCard(*l, at+1, len(d.Lines), length)) }
		show()
		for !l.done() {
			key, err := keys.ReadByte()
			if err == io.EOF || key == 'q' || key == 3 || key == 4 {
				say("\n%d of %d are labelled\n", at, len(d.Lines))
				return nil
			} else if err != nil {
				return err
			}
			switch {
			case key == 'u' && len(undo) > 0:
				last := &d.Lines[undo[len(undo)-1]]
				last.Domain, last.Rust, last.Skipped = "", "", false
				undo = undo[:len(undo)-1]
				l = last
				if err := save(); err != nil {
					return err
				}
				at = slices.IndexFunc(d.Lines, func(l auditLine) bool { return !l.done() })
				show()
				continue
			case key == '?':
				say("\n%s", domainMeanings)
				show()
				continue
			case key == 'k':
				l.Skipped = true
			case key == 'm':
				length *= 4
				show()
				continue
			case domainKeys[key] != "":
				role, err := readRole(keys, say, domainKeys[key])
				if err != nil {
					return err
				}
				if role == "" {
					continue
				}
				l.Domain, l.Rust = domainKeys[key], role
			default:
				continue
			}
			undo = append(undo, at)
			if err := save(); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// readRole reads the second key; u, or the end of input, takes the domain back.
func readRole(keys *bufio.Reader, say func(string, ...any), domain string) (string, error) {
	say("%s; role of the language: 1 core, 2 some, 3 no, u back: ", domain)
	for {
		key, err := keys.ReadByte()
		if err == io.EOF || key == 'u' {
			return "", nil
		} else if err != nil {
			return "", err
		}
		if role := roleKeys[key]; role != "" {
			say("%s\n", role)
			return role, nil
		}
	}
}

// auditCard is one ad as the labeller sees it.
func auditCard(l auditLine, n, of, length int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d   %s   %s   %s\n%s | %s | %s\n", n, of, printable(l.Source), l.Date, printable(l.URL),
		printable(l.Company), printable(l.Title), printable(l.Location))
	text := []rune(l.Text)
	more := ""
	if len(text) > length {
		text, more = text[:length], " … (m for more)"
	}
	for _, line := range strings.Split(string(text), "\n") {
		fmt.Fprintf(&b, "  %s\n", printable(line))
	}
	fmt.Fprintf(&b, "%s\nc crypto, l cloud, g gaming, w web, f finance, e embedded, d data_ai, s security, o other; k skip, u undo, m more, ? meanings, q stop: ", more)
	return b.String()
}
