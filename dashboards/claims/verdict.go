package claims

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/stats"
)

// Outcome is the verdict in one word.
type Outcome string

const (
	Supported     Outcome = "supported"
	Refuted       Outcome = "refuted"
	Undecided     Outcome = "undecided"
	NotAnswerable Outcome = "not_answerable"
)

// Words is the outcome as a reader sees it.
func (o Outcome) Words() string { return strings.ReplaceAll(string(o), "_", " ") }

// Verdict is what the warehouse says to one claim, and all that stands behind it.
type Verdict struct {
	Claim       Claim         `json:"claim"`
	Outcome     Outcome       `json:"verdict"`
	Sentence    string        `json:"sentence"` // what was found, with its numbers
	Why         string        `json:"why"`      // which arm of the rule decided
	Rule        string        `json:"rule"`
	Unit        string        `json:"unit"`
	Count       string        `json:"count"`             // stock, flow or seen
	Period      string        `json:"period"`            // the day or period, in words
	Covered     string        `json:"covered,omitempty"` // what of it the sources were watched in; empty: all
	Lifetime    string        `json:"lifetime"`
	Definition  string        `json:"definition"`
	N           float64       `json:"n"`                           // units that were looked at
	Employers   int           `json:"employers"`                   // that are known
	Unknown     float64       `json:"unknown_employers,omitempty"` // units whose employer is not
	Figures     []Figure      `json:"figures"`
	Contrasts   []Figure      `json:"contrasts,omitempty"`
	Strata      []Figure      `json:"strata,omitempty"` // a contrast's differences, source by source
	Bucket      string        `json:"bucket,omitempty"` // the periods of a trend: month, quarter or year
	Series      []Point       `json:"series,omitempty"`
	Trend       *stats.Trend  `json:"trend,omitempty"`
	Kendall     float64       `json:"mann_kendall_p,omitempty"`
	Mix         *Mix          `json:"mix,omitempty"` // of a trend of a share
	Sensitivity []Sensitivity `json:"sensitivity,omitempty"`
	Sources     []SourceUse   `json:"sources"`
	Error       string        `json:"classifier_error"` // what is known of it, a sentence
	Query       string        `json:"query"`            // lists the ads; for `jobmarket sql`
	Ads         []Ad          `json:"ads"`              // the first of them
	AdsTotal    int           `json:"ads_total"`
	Parts       []Verdict     `json:"parts,omitempty"`
	Simulated   bool          `json:"simulated"`
}

// Figure is one number with its interval: a share, a difference of shares, or a
// rate a year.
type Figure struct {
	Label    string         `json:"label"`
	Count    float64        `json:"count"`        // units; corrected for error where an audit is given; 0 of a difference of two groups, whose counts Detail tells
	Of       float64        `json:"of,omitempty"` // of so many, where it is a share
	Value    float64        `json:"value"`
	Interval stats.Interval `json:"interval"`
	Subject  bool           `json:"subject,omitempty"`
	Detail   string         `json:"detail,omitempty"` // the counts behind it, in words
}

// Point is one period of a trend.
type Point struct {
	Period time.Time `json:"period"` // its first day
	Hits   float64   `json:"hits"`
	N      float64   `json:"n"`
}

// Sensitivity is what another lifetime of printed ads would give.
type Sensitivity struct {
	Days    int     `json:"days"` // 0: each source's own
	N       float64 `json:"n"`
	Subject float64 `json:"subject"`
	Of      float64 `json:"of,omitempty"` // of so many, where that is not all of n
	Rival   string  `json:"rival"`        // the strongest; empty where there is none
	Count   float64 `json:"rival_count"`
	RivalOf float64 `json:"rival_of,omitempty"`
	Detail  string  `json:"detail,omitempty"` // the difference that decides, where counts do not show it
	Outcome Outcome `json:"verdict"`
}

// Mine is the subject's count: "7", or of another group than the rival "35 of 50".
func (s Sensitivity) Mine() string { return of(s.Subject, s.Of) }

// Theirs is the rival's count, as Mine is the subject's.
func (s Sensitivity) Theirs() string { return of(s.Count, s.RivalOf) }

func of(count, all float64) string {
	if all == 0 {
		return Number(count)
	}
	return Number(count) + " of " + Number(all)
}

// words says what the lifetime would give: "7 of 25, against cloud with 3".
func (s Sensitivity) words() string {
	if s.N == 0 {
		return "nothing counted"
	}
	text := s.Mine()
	if s.Of == 0 {
		text = of(s.Subject, s.N)
	}
	if s.Rival != "" {
		text += ", against " + Field(plain(s.Rival)) + " with " + s.Theirs()
	}
	if s.Detail != "" {
		text += "; " + s.Detail
	}
	return text
}

// SourceUse says whether a source counted, and why not.
type SourceUse struct {
	Source string    `json:"source"`
	Kind   string    `json:"kind"`
	Mode   string    `json:"mode"`
	Used   bool      `json:"used"`
	Why    string    `json:"why"`
	First  time.Time `json:"first_seen"` // the days from which and to which its ads were seen
	Last   time.Time `json:"last_seen"`
	N      float64   `json:"n"`    // units that it showed, and none had before it
	Hits   float64   `json:"hits"` // of those, the subject's

	unwatched     bool      // nobody looked then, as far as its crawls tell
	before, after time.Time // days nearest on which somebody did; zero for none
}

// Holds says what the intervals of the contrasts hold: each for itself, or where the
// rule asks for several, all together.
func (v Verdict) Holds() string {
	if len(v.Contrasts) > 1 {
		return "intervals hold together at 95 %"
	}
	return "95 % interval"
}

// most is how many sources a table shows before it names the others only.
const most = 12

// Shown are the sources that showed most.
func (v Verdict) Shown() (out []SourceUse) {
	for _, s := range v.Sources {
		if s.N > 0 && len(out) < most {
			out = append(out, s)
		}
	}
	return out
}

// Silence is sources that a table only names, and why: most showed nothing.
type Silence struct {
	Why, Names string
	N          int
}

// Silent are the sources that Shown leaves out, by why.
func (v Verdict) Silent() (out []Silence) {
	shown := 0
	for _, s := range v.Sources {
		why, name := s.Why, s.Source
		if s.N > 0 {
			if shown++; shown <= most {
				continue
			}
			why, name = "count too, each with fewer", fmt.Sprintf("%s %s", s.Source, Number(s.N))
		}
		for _, one := range []string{"not watched then", "not in the panel", OneSide} { // each with days of its own
			if strings.HasPrefix(why, one) {
				why = one
			}
		}
		if i := slices.IndexFunc(out, func(x Silence) bool { return x.Why == why }); i >= 0 {
			out[i].N, out[i].Names = out[i].N+1, out[i].Names+", "+name
		} else {
			out = append(out, Silence{why, name, 1})
		}
	}
	return out
}

// Ad is one posting behind a verdict, and where its bytes lie.
type Ad struct {
	PostingID  string    `json:"posting_id"`
	JobID      string    `json:"job_id"`
	Hit        bool      `json:"hit"` // the subject's
	Domain     string    `json:"domain"`
	Employer   string    `json:"employer"`
	Title      string    `json:"title"`
	Source     string    `json:"source"`
	URL        string    `json:"url"`
	Link       string    `json:"link"`
	Location   string    `json:"location"`
	FirstSeen  time.Time `json:"first_seen"`
	LastSeen   time.Time `json:"last_seen"`
	Sightings  int64     `json:"sightings"`
	Role       string    `json:"market_role"`
	RoleReason string    `json:"market_reason"`
	Reasons    string    `json:"reasons"` // JSON, as the label has it
	Version    string    `json:"label_version"`
	Years      float64   `json:"years_market,omitempty"`
	YearsWhy   string    `json:"years_market_reason,omitempty"`
	Named      []string  `json:"named,omitempty"` // the claim's terms, with the words around them
	Archive    string    `json:"archive"`
	Offset     int64     `json:"archive_offset"`
	PageURL    string    `json:"page_url"`
	Simulated  bool      `json:"simulated"`
}

// WriteText writes the verdict for a terminal, five or six lines.
func (v Verdict) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", strings.ToUpper(v.Outcome.Words()), plain(v.Claim.Text))
	fmt.Fprintf(&b, "  %s\n", plain(v.Sentence))
	if v.Why != "" {
		fmt.Fprintf(&b, "  why: %s\n", plain(v.Why))
	}
	if v.N > 0 {
		fmt.Fprintf(&b, "  counted: %s, %s, %s; definition: %s%s\n", v.Counted(), v.Count, v.Period, DefinitionInWords(v.Definition), lifetimeNote(v.Lifetime))
	}
	if v.Mix != nil {
		fmt.Fprintf(&b, "  sources: %s\n", v.Mix)
	}
	for _, s := range v.Sensitivity {
		if s.Days > 0 {
			fmt.Fprintf(&b, "  with a lifetime of %2d days: %s: %s\n", s.Days, s.words(), s.Outcome.Words())
		}
	}
	for _, p := range v.Parts {
		fmt.Fprintf(&b, "  - %s: %s %s\n", p.Outcome.Words(), plain(p.Claim.Text), plain(p.Sentence))
	}
	if v.Simulated {
		b.WriteString("  SIMULATED data: it says nothing about a real market\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func lifetimeNote(l string) string {
	if l == "" {
		return ""
	}
	return "; " + l
}

// plain takes what moves a terminal's cursor out of foreign text.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

// Number writes a count: whole, or to one decimal where a correction made it
// broken, with thin grouping by commas.
func Number(x float64) string {
	s := fmt.Sprintf("%.1f", x)
	s = strings.TrimSuffix(s, ".0")
	whole, rest, _ := strings.Cut(s, ".")
	neg := strings.HasPrefix(whole, "-")
	whole = strings.TrimPrefix(whole, "-")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if neg {
		whole = "−" + whole
	}
	if rest != "" {
		whole += "." + rest
	}
	return whole
}

// Amount writes a count with its unit: "1 posting", "2 postings".
func Amount(n float64, units string) string {
	if n == 1 {
		units = strings.TrimSuffix(units, "s")
	}
	return Number(n) + " " + units
}

// Percent writes a share to a whole percent, or finer where it is small.
func Percent(x float64) string {
	switch p := x * 100; {
	case p > 0 && p < 0.05:
		return "<\u00a00.1\u00a0%"
	case p == 0:
		return "0\u00a0%"
	case p > -10 && p < 10:
		return strings.Replace(fmt.Sprintf("%.1f\u00a0%%", p), "-", "−", 1)
	case p >= 1000 || p <= -1000:
		return Number(math.Round(p)) + "\u00a0%"
	default:
		return strings.Replace(fmt.Sprintf("%.0f\u00a0%%", p), "-", "−", 1)
	}
}
