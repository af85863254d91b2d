package kinds_test

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

var update = flag.Bool("update", false, "write what the parsers give into testdata")

// fetched is when all test pages were fetched.
var fetched = time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)

// TestPages parses the pages in testdata and compares with what stands beside
// each. A file is KIND.txtar or KIND_more.txtar. Its comment may give the source as
// JSON; else the kind must recognise the page's URL. Of each kind there must be
// something good and something rejected.
func TestPages(t *testing.T) {
	good, bad := map[string]int{}, map[string]int{}
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".txtar"), "_")
		k, ok := kinds.ByName(base)
		if !ok {
			t.Errorf("%s: there is no kind %q", name, base)
			continue
		}
		for i := 0; i+1 < len(ar.Files); i += 2 {
			page, want := ar.Files[i], &ar.Files[i+1]
			if want.Name != "want" {
				t.Fatalf("%s: %s: no want behind the page", name, page.Name)
			}
			got := parsePage(t, k, ar.Comment, page)
			good[k.Name] += strings.Count(got, "posting ") + strings.Count(got, "fact ")
			bad[k.Name] += strings.Count(got, "reject ")
			if *update {
				want.Data = []byte(got)
			} else if d := cmp.Diff(string(want.Data), got); d != "" {
				t.Errorf("%s: %s (-want +got):\n%s", name, page.Name, d)
			}
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, k := range kinds.All {
		if good[k.Name] == 0 || bad[k.Name] == 0 {
			t.Errorf("testdata has %d postings or facts of kind %s and %d rejects; it wants some of both",
				good[k.Name], k.Name, bad[k.Name])
		}
	}
}

func parsePage(t *testing.T, k kinds.Kind, comment []byte, file txtar.File) string {
	t.Helper()
	p := pageOf(t, k, comment, file)
	parsed, err := k.Parse(p)
	if err != nil {
		return "error " + err.Error() + "\n"
	}
	check(t, k, p, parsed)
	start := false
	if u, err := url.Parse(file.Name); err == nil {
		at, _ := k.Recognise(u)
		start = at.Start
	}
	return fmt.Sprintf("source %s start=%v\n", p.Source.Name, start) + render(parsed)
}

// render writes what was read in lines, empty fields left out.
func render(p kinds.Parsed) string {
	var b strings.Builder
	for _, post := range p.Postings {
		fmt.Fprintf(&b, "posting %s\n", post.Key)
		v := reflect.ValueOf(post)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if v.Field(i).IsZero() || name == "Key" || name == "Source" {
				continue
			}
			switch f := v.Field(i).Interface().(type) {
			case time.Time:
				fmt.Fprintf(&b, "  %s: %s\n", name, f.Format(time.RFC3339))
			case string:
				fmt.Fprintf(&b, "  %s: %s\n", name, strings.ReplaceAll(f, "\n", "\n    | "))
			default:
				fmt.Fprintf(&b, "  %s: %v\n", name, f)
			}
		}
	}
	for _, f := range p.Facts {
		fmt.Fprintf(&b, "fact %s | %s | %s\n", f.Subject, f.Name, f.Value)
	}
	for _, r := range p.Rejects {
		fmt.Fprintf(&b, "reject %s | %s | %s | %s\n", r.Place, r.Field, r.Reason, r.Excerpt)
	}
	for _, l := range p.Links {
		fmt.Fprintf(&b, "link %s\n", l)
	}
	fmt.Fprintf(&b, "complete %v\n", p.Complete)
	return b.String()
}

// TestKinds checks what help and the engine rely on.
func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range kinds.All {
		if k.Name == "" || seen[k.Name] || k.Doc == "" || k.Version == 0 || k.Start == nil || k.Recognise == nil || k.Parse == nil {
			t.Errorf("kind %q lacks something or is listed twice", k.Name)
		}
		seen[k.Name] = true
		if (k.Mode == schema.Periodical) != (k.Lifetime > 0) {
			t.Errorf("kind %s: mode %s and a lifetime of %d days do not fit", k.Name, k.Mode, k.Lifetime)
		}
		s := k.Source("")
		for _, need := range k.Needs {
			switch need {
			case "board":
				s = k.Source("acme")
			case "url":
				s.URL = "https://example.com/jobs"
			default:
				t.Errorf("kind %s needs %q, which is no field that the config has", k.Name, need)
			}
		}
		if k.Name == "workday" {
			s = k.Source("acme.wd5/Careers")
		}
		for _, start := range k.Start(s) {
			u, err := url.Parse(start)
			if err != nil || u.Scheme != "https" {
				t.Errorf("kind %s starts at %q", k.Name, start)
				continue
			}
			if at, ok := kinds.Recognise(u); ok && (at.Source.Name != s.Name || !at.Start || at.Source.Kind != k.Name) {
				t.Errorf("%s: its start %s is recognised as %+v", s.Name, start, at)
			} else if !ok && s.URL == "" {
				t.Errorf("%s: nothing recognises its start %s", s.Name, start)
			}
		}
	}
}
