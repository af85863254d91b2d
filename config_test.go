package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobmarket/warehouse/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestBadConfigs gives every mistake in testdata/config its message: the file
// beside NAME.bad.yml holds it.
func TestBadConfigs(t *testing.T) {
	files, err := filepath.Glob("testdata/config/*.bad.yml")
	if err != nil || len(files) < 15 {
		t.Fatalf("found %d bad configurations: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, err := LoadConfig(file)
			if err == nil {
				t.Fatal("was taken as good")
			}
			if code := exitCode(err); code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
			got := err.Error() + "\n"
			for _, line := range strings.Split(strings.TrimSpace(got), "\n") {
				if !strings.HasPrefix(line, file+":") {
					t.Errorf("a message that does not begin with file and line: %s", line)
				}
			}
			golden := strings.TrimSuffix(file, ".bad.yml") + ".want"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestShippedConfig checks the file that people start from.
func TestShippedConfig(t *testing.T) {
	c, err := LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, s := range c.Sources {
		kinds[s.Kind]++
		if s.Mode == "periodical" && s.LifetimeDays == 0 {
			t.Errorf("%s prints ads once and has no lifetime", s.Name)
		}
	}
	for _, k := range []string{"twir", "rib", "hn", "reddit", "greenhouse", "ashby", "lever"} {
		if kinds[k] == 0 {
			t.Errorf("no source of kind %s", k)
		}
	}
	if len(c.Claims) == 0 {
		t.Error("no claims")
	}
}

// TestMode: kinds whose sites differ take either mode, with what belongs to it.
func TestMode(t *testing.T) {
	c, err := parseConfig("x", []byte(`sources:
  - {name: all, kind: feed, url: "https://fen.example/jobs.xml", mode: feed}
  - {name: once, kind: jobposting, url: "https://fen.example/jobs", mode: periodical, lifetime: 45d}
  - {name: kept, kind: feed, url: "https://moss.example/jobs.xml"}
`))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		mode schema.Mode
		days int
	}{{schema.Feed, 0}, {schema.Periodical, 45}, {schema.Periodical, 30}} {
		if s := c.Sources[i]; s.Mode != want.mode || s.LifetimeDays != want.days {
			t.Errorf("%s: %s, %d days, want %v", s.Name, s.Mode, s.LifetimeDays, want)
		}
	}
}
