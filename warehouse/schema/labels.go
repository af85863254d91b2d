package schema

import "time"

// Domains are the fields a posting may belong to, in the order in which charts
// and tables show them. The last, "other", is a heap and not a field: it never
// takes part in a comparison of fields.
var Domains = []string{"crypto", "cloud", "gaming", "web", "finance", "embedded", "data_ai", "security", "other"}

// Roles that a language may have in a job, strongest first.
const (
	RoleCore = "core" // a main language of the work, or the title names it
	RoleSome = "some" // one of the languages listed or used, or a plus
	RoleNo   = "no"   // not part of the job: absent, or another meaning of the word
)

// Label is what was judged of one version of one posting by one version of the
// classifier.
type Label struct {
	PostingID  string
	Digest     string // the posting's content that was read
	Version    string // of the classifier: its code, lexicon, registry and weights
	LabelledAt time.Time

	IsJob       bool // false: a notice, a job seeker, a discussion, a link to a thread
	IsJobReason string

	Domain        string     // one of Domains
	Also1, Also2  string     // further domains that truly apply, most probable first
	Probabilities [9]float64 // in the order of Domains; they sum to 1
	Abstained     bool       // the evidence did not suffice: Domain is "other" by default
	Reasons       string     // JSON array of [Reason], strongest first

	MarketRole   string // role of the market's language: core, some, no
	MarketReason string // a sentence with the span that decided

	Country           string // ISO 3166-1 alpha-2 of the first place; empty when unknown
	Countries         string // all of them, joined by "; "
	City              string
	Remote            string  // remote, hybrid, onsite or empty
	RemoteRegion      string  // where a remote worker may live, as stated
	Seniority         string  // intern, junior, mid, senior, staff, lead, manager, director or empty
	Employment        string  // full_time, part_time, contract, internship, temporary or empty
	PayCurrency       string  // ISO 4217
	PayPeriod         string  // period in which the pay was stated
	PayLow            float64 // a year, in PayCurrency; 0 unknown
	PayHigh           float64 // a year
	PayReason         string  // the span it was read from
	Years             float64 // years of experience asked: the least with which one meets all that is required; 0 when none
	YearsReason       string
	YearsMarket       float64 // years of the market's language asked; 0 when none
	YearsMarketReason string
	LearnMarket       bool // the ad says that the language may be learnt on the job
	LearnReason       string
	Agency            bool // a staffing agency's copy, where the text says so
	AgencyReason      string
	TextLanguage      string // ISO 639-1 guess, empty when unknown
}

// Reason is one piece of evidence for or against a domain, in Label.Reasons.
type Reason struct {
	Domain string  `json:"domain"`
	Weight float64 `json:"weight"` // log-odds that it adds; negative speaks against
	Kind   string  `json:"kind"`   // lexicon, employer, model, role, boilerplate
	Where  string  `json:"where"`  // title, company, text, link, registry
	Span   string  `json:"span"`   // the words, or the fact and its source
	Why    string  `json:"why"`    // a full sentence
}

// Mention is one language or technology that an ad names.
type Mention struct {
	PostingID string
	Digest    string
	Version   string
	Kind      string // language or technology
	Term      string // canonical name in the taxonomy: "rust", "c++", "kubernetes"
	Role      string // core or some
	Count     int32
	Evidence  string // the words around the first use, at most 120 characters
}

// Feature is what identity is decided by: keys of one version of one posting.
// An empty key matches nothing.
type Feature struct {
	PostingID                                              string
	Digest                                                 string
	Version                                                string // of the identity code
	EmployerKey                                            string // normalised employer name
	EmployerHost                                           string // registrable domain of the employer's site, where known
	TitleKey                                               string // normalised title
	TitlePlaceKey                                          string // places that the title names and TitleKey leaves out, likewise
	PlaceKey                                               string // normalised places, sorted, joined by "; "
	LinkKey                                                string // the job on its board, "greenhouse/acme/123", from the ad's own id or its link
	URLKey                                                 string // canonical form of the link, where it names one ad
	OpeningKey                                             string // the opening by its number on its board, "greenhouse/acme/r-17", which several ads may share
	TextHash                                               string // of the normalised text; empty when too short to tell
	Shingles                                               int32  // shingles of five words in the text
	Band0, Band1, Band2, Band3, Band4, Band5, Band6, Band7 int64  // MinHash bands; 0 when too short
}

// Truth is what the simulated market planted for one posting, and what nothing
// in the pipeline may read: tests compare with it.
type Truth struct {
	Source   string
	Key      string
	JobID    string // postings of one opening share it
	Employer string // canonical name
	Domain   string
	Role     string // of the market's language
	IsJob    bool
	Agency   bool      // an agency's copy
	OpenedOn time.Time // of the opening
	ClosedOn time.Time // zero: open at the end of the simulated time
}
