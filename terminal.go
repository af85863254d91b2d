package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
	"unicode"

	"golang.org/x/term"

	"jobmarket/dashboards/claims"
	"jobmarket/ingest"
	"jobmarket/warehouse/schema"
)

// printable makes a string fit for one line of a terminal: what is not
// printable (escape sequences, line breaks, marks that turn the direction of
// writing) becomes U+FFFD.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if !unicode.IsPrint(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// progress shows what is going on: one line that rewrites itself on a terminal,
// and elsewhere a line for each crawl that is done.
type progress struct {
	mu       sync.Mutex
	w        io.Writer
	list     io.Writer // takes what a dry run would fetch: that is its answer
	live     bool
	width    int // of the terminal, in columns
	quiet    bool
	replay   bool // the tally says it all: an archive may hold thousands of crawls
	now      func() time.Time
	last     time.Time
	drawn    bool
	pages    int64
	found    int64
	finished int
}

func newProgress(w io.Writer, quiet bool, now func() time.Time) *progress {
	p := &progress{w: w, list: w, quiet: quiet, now: now, width: 80}
	if f, isFile := w.(*os.File); isFile && term.IsTerminal(int(f.Fd())) {
		p.live = true
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			p.width = width
		}
	}
	return p
}

// line draws the live line, at most ten times a second.
func (p *progress) line(text string, force bool) {
	if p.quiet || !p.live {
		return
	}
	if at := p.now(); force || at.Sub(p.last) >= 100*time.Millisecond {
		p.last, p.drawn = at, true
		shown := []rune(printable(text)) // a line that wraps could not be drawn over
		fmt.Fprintf(p.w, "\r\x1b[K%s", string(shown[:min(len(shown), p.width-1)]))
	}
}

// stage is what the pipeline reports of its own stages.
func (p *progress) stage(name string, done, _ int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if done > 0 {
		p.line(fmt.Sprintf("%s %s postings", name, grouped(done)), false)
		return
	}
	p.line(name+" …", true)
}

// event is what the collectors report.
func (p *progress) event(e ingest.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.show(e)
}

// clear takes the live line away before something lasting is printed.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clearLine()
}

func (p *progress) clearLine() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

// grouped writes a count with thin groups of three: 12,345.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// writeTally prints the table of what a run did, one line a source and a sum.
// Sources of which a replay's archives hold nothing are counted below it, so
// that a hundred of them do not bury the one that failed. Ads read are counted as
// they stand on pages: one on two pages twice, while it is one sighting. Pages
// whose rows are not loaded are counted as well.
func writeTally(w io.Writer, tallies []schema.Tally, replay bool) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "source\tpages\tads read\tnew postings\trejects\tforbidden\tnot archived\tfailed\tseconds\toutcome\t")
	sum, absent := schema.Tally{}, 0
	row := func(s schema.Tally) {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%.1f\t%s\t\n", printable(s.Source), grouped(s.Pages), grouped(s.Sightings),
			grouped(s.NewPostings), grouped(s.Rejects), grouped(s.Forbidden), grouped(s.NotArchived), grouped(s.Failed), s.Seconds, s.Outcome)
	}
	for _, s := range tallies {
		if s.Pages == 0 && s.Forbidden == 0 && s.Failed == 0 && s.NotArchived > 0 {
			absent++
			continue
		}
		row(s)
		sum.Pages += s.Pages
		sum.Sightings += s.Sightings
		sum.NewPostings += s.NewPostings
		sum.Rejects += s.Rejects
		sum.Forbidden += s.Forbidden
		sum.NotArchived += s.NotArchived
		sum.Failed += s.Failed
		sum.Pending += s.Pending
		sum.Seconds = max(sum.Seconds, s.Seconds) // sources are collected side by side
	}
	sum.Source = claims.Amount(float64(len(tallies)-absent), "sources")
	row(sum)
	t.Flush()
	if sum.Pending > 0 && replay {
		fmt.Fprintf(w, "%s pages read and not loaded yet: the same command reads them again\n", grouped(sum.Pending))
	} else if sum.Pending > 0 {
		fmt.Fprintf(w, "%s pages fetched and not loaded yet: the next run reads them from the archive (after a day: jobmarket ingest --reparse)\n",
			grouped(sum.Pending))
	}
	if absent > 0 {
		fmt.Fprintf(w, "the archives hold nothing of %s\n", claims.Amount(float64(absent), "further configured sources"))
	}
	for _, s := range tallies {
		if s.Error != "" {
			fmt.Fprintf(w, "%s: %s\n", printable(s.Source), printable(s.Error))
		}
	}
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// show turns an event of the collectors into progress.
func (p *progress) show(e ingest.Event) {
	switch e.Action {
	case "fetch":
		fmt.Fprintf(p.list, "%s\t%s\n", printable(e.Source), printable(e.URL))
		return
	case "page":
		p.pages++
		p.found += int64(e.Postings)
	case "crawl":
		p.finished++
		if !p.live && !p.quiet && !p.replay {
			fmt.Fprintf(p.w, "%s: %s, %s read %s\n", printable(e.Source), claims.Amount(float64(e.Pages), "pages"), claims.Amount(float64(e.Postings), "ads"), printable(e.Text))
		}
	case "retry", "note":
		if !p.quiet {
			p.clearLine()
			source := e.Source
			if source != "" {
				source += ": "
			}
			fmt.Fprintf(p.w, "%s%s %s\n", printable(source), printable(e.Text), printable(e.URL))
		}
	}
	p.line(fmt.Sprintf("collecting: %s pages, %s ads read, %d crawls done, at %s", grouped(p.pages), grouped(p.found), p.finished, e.Source), false)
}
