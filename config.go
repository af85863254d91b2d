package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jobmarket/dashboards"
	"jobmarket/ingest"
	"jobmarket/ingest/fetch"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// shippedConfig is used where no pipeline.yaml is named and none lies in the
// working directory, so that the program does its job wherever it is started.
//
//go:embed pipeline.yaml
var shippedConfig []byte

// Config is pipeline.yaml, decoded over [DefaultConfig] and checked.
type Config struct {
	File       string // as opened; messages name it
	Language   string // the market: a language of the taxonomy
	Definition string // what counts as a job of the market: core or some
	Data       string // data folder, absolute or relative to the working directory
	Contact    string
	UserAgent  string
	HTTP       ingest.HTTP
	Sources    []schema.Source
	Claims     []dashboards.Claim
}

// configFile is the form of pipeline.yaml. Durations and sizes are strings
// here, so that a mistake in one is reported like every other.
type configFile struct {
	Market struct {
		Language   string `yaml:"language"`
		Definition string `yaml:"definition"`
	} `yaml:"market"`
	Data    string             `yaml:"data"`
	HTTP    httpConfig         `yaml:"http"`
	Sources []sourceConfig     `yaml:"sources"`
	Claims  []dashboards.Claim `yaml:"claims"`
}

type httpConfig struct {
	UserAgent string `yaml:"user_agent"`
	Contact   string `yaml:"contact"`
	Delay     string `yaml:"delay"`
	Timeout   string `yaml:"timeout"`
	MaxBody   string `yaml:"max_body"`
	MaxPages  int    `yaml:"max_pages"`
	Retries   *int   `yaml:"retries"`
}

type sourceConfig struct {
	Name        string            `yaml:"name"`
	Kind        string            `yaml:"kind"`
	Board       string            `yaml:"board"`
	Boards      []string          `yaml:"boards"`
	URL         string            `yaml:"url"`
	Mode        string            `yaml:"mode"`
	Lifetime    string            `yaml:"lifetime"`
	Selects     string            `yaml:"selects"`
	Employer    string            `yaml:"employer"`
	EmployerURL string            `yaml:"employer_url"`
	Columns     map[string]string `yaml:"columns"`
	Private     bool              `yaml:"private"`
}

// DefaultConfig is what holds where pipeline.yaml says nothing.
func DefaultConfig() Config {
	return Config{
		Language:   "rust",
		Definition: schema.RoleCore,
		Data:       "data",
		UserAgent:  "jobmarket",
		HTTP:       ingest.DefaultHTTP,
	}
}

// LoadConfig reads and checks a configuration. An empty path means
// ./pipeline.yaml and, where there is none, the one that ships in the program.
// Its error has one line for each mistake: file, line, field, value, and what
// to do.
func LoadConfig(path string) (*Config, error) {
	if path != "" {
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usagef("%s: there is no such file; name one by --config, or leave the flag out to use the shipped configuration", path)
		} else if err != nil {
			return nil, usagef("%s: cannot be read: %v", path, err)
		}
		return parseConfig(path, b)
	}
	b, err := os.ReadFile("pipeline.yaml")
	switch {
	case err == nil:
		return parseConfig("pipeline.yaml", b)
	case errors.Is(err, fs.ErrNotExist):
		return parseConfig("pipeline.yaml (as shipped)", shippedConfig)
	}
	return nil, usagef("pipeline.yaml: cannot be read: %v", err)
}

func parseConfig(file string, b []byte) (*Config, error) {
	m := &mistakes{file: file}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	line := 0
	for text := range bytes.Lines(b) {
		if line++; !utf8.Valid(text) {
			return nil, usagef("%s: line %d: is no UTF-8; save the file in that encoding", file, line)
		}
	}
	if len(bytes.TrimSpace(b)) == 0 {
		return nil, usagef("%s: is empty; `jobmarket validate --kinds` lists what sources there are", file)
	}
	var f configFile
	if err := m.decode(b, &f); err != nil {
		return nil, err
	}
	c := DefaultConfig()
	c.File = file
	m.market(&c, f)
	m.http(&c, f.HTTP)
	dir := filepath.Dir(file)
	if f.Data != "" {
		c.Data = f.Data
	}
	if !filepath.IsAbs(c.Data) {
		c.Data = filepath.Join(dir, c.Data)
	}
	for i, s := range f.Sources {
		c.Sources = append(c.Sources, m.source(fmt.Sprintf("sources[%d]", i), dir, s)...)
	}
	m.names(c.Sources)
	m.claims(&c, f.Claims)
	if err := m.err(); err != nil {
		return nil, err
	}
	return &c, nil
}

func (m *mistakes) market(c *Config, f configFile) {
	if f.Market.Language != "" {
		c.Language = f.Market.Language
	}
	if !knownLanguage(c.Language) {
		m.add("market.language", c.Language, "is no language of the taxonomy; `jobmarket validate --languages` lists them")
	}
	switch f.Market.Definition {
	case "":
	case schema.RoleCore, schema.RoleSome:
		c.Definition = f.Market.Definition
	default:
		m.add("market.definition", f.Market.Definition, "must be core (a main language of the work) or some (listed among others)")
	}
}

func (m *mistakes) http(c *Config, f httpConfig) {
	if f.UserAgent != "" {
		c.UserAgent = f.UserAgent
	}
	c.Contact = f.Contact
	if f.Delay != "" {
		c.HTTP.Delay = m.duration("http.delay", f.Delay)
	}
	if f.Timeout != "" {
		c.HTTP.Timeout = m.duration("http.timeout", f.Timeout)
	}
	if f.MaxBody != "" {
		n, ok := parseSize(f.MaxBody)
		if !ok {
			m.add("http.max_body", f.MaxBody, "is no size; write 8MB or 512KB")
		}
		c.HTTP.MaxBody = n
	}
	if f.MaxPages < 0 {
		m.add("http.max_pages", strconv.Itoa(f.MaxPages), "must not be negative; leave it out for no limit of yours")
	} else if f.MaxPages > 0 {
		c.HTTP.MaxPages = f.MaxPages
	}
	if f.Retries != nil {
		if *f.Retries < 0 || *f.Retries > 10 {
			m.add("http.retries", strconv.Itoa(*f.Retries), "must be 0 to 10")
		}
		c.HTTP.Retries = *f.Retries
	}
}

func (m *mistakes) duration(field, value string) time.Duration {
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 {
		m.add(field, value, "is no duration; write 500ms, 2s or 1m30s")
	}
	return d
}

// source checks one entry and gives a source for each of its boards.
func (m *mistakes) source(field, dir string, s sourceConfig) []schema.Source {
	if s.Kind == "" {
		m.add(field+".kind", "", "is missing; kinds are "+kindNames())
		return nil
	}
	kind, ok := kinds.ByName(s.Kind)
	if !ok {
		m.add(field+".kind", s.Kind, "is no kind of source"+didYouMean(s.Kind, kindList())+"; kinds are "+kindNames())
		return nil
	}
	src := schema.Source{
		Name: s.Name, Kind: s.Kind, Mode: kind.Mode, LifetimeDays: kind.Lifetime, Selects: s.Selects,
		Board: s.Board, URL: s.URL, Employer: s.Employer, EmployerURL: s.EmployerURL,
		Columns: s.Columns, Private: s.Private, Configured: true,
	}
	m.mode(field, kind, s, &src)
	if len(s.Boards) > 0 && (s.Board != "" || s.Name != "" || s.Employer != "") {
		m.add(field+".boards", "", "stands beside board, name or employer; give such a board an entry of its own")
	}
	m.resolve(field, dir, &src)
	boards := s.Boards
	if len(boards) == 0 {
		boards = []string{s.Board}
	}
	var out []schema.Source
	for i, b := range boards {
		one := src
		one.Board = b
		if len(s.Boards) > 0 && strings.TrimSpace(b) == "" {
			m.add(fmt.Sprintf("%s.boards[%d]", field, i), b, "is empty; write the board's token or take the line out")
			continue
		}
		m.needs(field, kind, one)
		if one.Name == "" {
			one.Name = defaultName(one)
		}
		out = append(out, one)
	}
	return out
}

// mode settles what the source's silence means, and for how long an ad counts as
// open that it prints once.
func (m *mistakes) mode(field string, kind kinds.Kind, s sourceConfig, src *schema.Source) {
	switch mode := schema.Mode(s.Mode); {
	case s.Mode == "":
	case mode != schema.Feed && mode != schema.Periodical:
		m.add(field+".mode", s.Mode, "must be feed (lists all that is open) or periodical (prints an ad once)")
		return
	case mode != kind.Mode && !kind.Either:
		m.add(field+".mode", s.Mode, "cannot be: a source of kind "+s.Kind+" is a "+string(kind.Mode)+"; take the line out")
		return
	default:
		src.Mode = mode
	}
	switch {
	case src.Mode == schema.Periodical && s.Lifetime != "":
		src.LifetimeDays = m.days(field+".lifetime", s.Lifetime)
	case src.Mode == schema.Periodical && src.LifetimeDays == 0:
		m.add(field+".lifetime", "", "is missing; a source that prints an ad once says for how long it counts as open, such as 30d")
	case s.Lifetime != "":
		m.add(field+".lifetime", s.Lifetime, "is only for sources that print an ad once; this one lists what is open, so take it out")
	case src.Mode == schema.Feed:
		src.LifetimeDays = 0
	}
}

// resolve takes a file's path from the configuration's folder and checks that the file is there.
func (m *mistakes) resolve(field, dir string, s *schema.Source) {
	if s.Kind != "file" || s.URL == "" {
		return
	}
	if !filepath.IsAbs(s.URL) {
		s.URL = filepath.Join(dir, s.URL)
	}
	if _, err := os.Stat(s.URL); err != nil {
		m.add(field+".url", s.URL, "names a file that is not there; paths are relative to "+m.file)
	}
}

func (m *mistakes) needs(field string, kind kinds.Kind, s schema.Source) {
	have := map[string]string{"board": s.Board, "url": s.URL, "employer": s.Employer, "employer_url": s.EmployerURL}
	if s.URL != "" && s.Kind != "file" {
		u, err := url.Parse(s.URL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			m.add(field+".url", s.URL, "is no address on the web; write http:// or https:// and a host")
		} else if ip, err := netip.ParseAddr(u.Hostname()); !s.Private && (u.Hostname() == "localhost" || err == nil && !fetch.Public(ip)) {
			m.add(field+".url", s.URL, "is no public address; a source on a private one says private: true")
		}
	}
	for _, n := range kind.Needs {
		if v, known := have[n]; known && v == "" {
			m.add(field+"."+n, "", "is missing; a source of kind "+s.Kind+" needs it")
		}
	}
}

func (m *mistakes) days(field, value string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(value, "d"))
	if err != nil || !strings.HasSuffix(value, "d") || n < 1 || n > 3650 {
		m.add(field, value, "is no lifetime; write whole days, such as 30d")
		return 0
	}
	return n
}

// names refuses two sources of one name: their histories would mix.
func (m *mistakes) names(sources []schema.Source) {
	seen := map[string]bool{}
	for _, s := range sources {
		if seen[s.Name] {
			m.add("sources", s.Name, "is the name of two sources; take one out, or give one a name of its own")
		}
		seen[s.Name] = true
	}
}

func (m *mistakes) claims(c *Config, claims []dashboards.Claim) {
	seen := map[string]bool{}
	for i, cl := range claims {
		field := fmt.Sprintf("claims[%d]", i)
		if seen[cl.ID] {
			m.add(field+".id", cl.ID, "is the id of two claims; give each its own")
		}
		seen[cl.ID] = true
		for _, p := range cl.Check() {
			m.add(field+"."+p.Field, p.Value, p.What)
		}
	}
	c.Claims = claims
}

func defaultName(s schema.Source) string {
	switch {
	case s.Board != "":
		return s.Kind + "/" + s.Board
	case s.URL != "":
		return s.Kind + "/" + strings.TrimPrefix(strings.TrimPrefix(s.URL, "https://"), "http://")
	}
	return s.Kind
}

func kindList() []string {
	var out []string
	for _, k := range kinds.All {
		out = append(out, k.Name)
	}
	return out
}

func kindNames() string { return strings.Join(kindList(), ", ") }

var sizePattern = regexp.MustCompile(`^(\d+)\s*(B|KB|MB|GB)$`)

// parseSize reads a size in bytes with a decimal unit.
func parseSize(s string) (int64, bool) {
	m := sizePattern.FindStringSubmatch(strings.ToUpper(s))
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(m[1], 10, 40)
	power := slices.Index([]string{"B", "KB", "MB", "GB"}, m[2])
	for range power {
		n *= 1000
	}
	return n, err == nil && n > 0
}
