package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// corpus gives the archives of real pages, or skips: their texts are not ours to
// ship, so they lie outside the project.
func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "shared", "corpus")
	}
	if _, err := os.Stat(filepath.Join(dir, "twir.warc.gz")); err != nil {
		t.Skip("the archives of real pages are not here; JOBMARKET_CORPUS names their folder")
	}
	return dir
}

// command runs one command line in this process and gives what it printed.
func command(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &o, err: &e, now: time.Now}
	code = a.main(context.Background(), args)
	return code, o.String(), e.String()
}

func must(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errs := command(t, args...)
	if code != exitOK {
		t.Fatalf("jobmarket %s: exit %d: %s", strings.Join(args, " "), code, errs)
	}
	return out
}

// number asks the warehouse for one whole number.
func number(t *testing.T, data, query string) int {
	t.Helper()
	out := strings.TrimSpace(must(t, "sql", "--data", data, "--format", "csv", query))
	_, last, _ := strings.Cut(out, "\n")
	n, err := strconv.Atoi(strings.TrimSpace(last))
	if err != nil {
		t.Fatalf("%s: %q is no number", query, out)
	}
	return n
}

// TestRealPages replays the archives of real pages and compares with what an
// independent reading of them found.
func TestRealPages(t *testing.T) {
	archives := filepath.Join(corpus(t), "*.warc.gz")
	data := t.TempDir()
	var first Report
	if err := json.Unmarshal([]byte(must(t, "run", "--quiet", "--json", "--replay", archives, "--data", data)), &first); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, query string
		want, slack int
	}{
		{"entries of This Week in Rust", "SELECT count(*) FROM sightings WHERE source = 'twir'", 1003, 20},
		{"entries of Rust in Blockchain", "SELECT count(*) FROM sightings WHERE source = 'rib'", 259, 5},
		{"comments of Hacker News", "SELECT count(*) FROM sightings WHERE source = 'hn'", 28145, 0},
		{"jobs on Ashby", "SELECT count(*) FROM postings WHERE kind = 'ashby'", 1669, 0},
		{"sightings on Greenhouse", "SELECT count(*) FROM sightings WHERE source LIKE 'greenhouse/%'", 16350, 0},
		{"postings on Greenhouse", "SELECT count(*) FROM postings WHERE kind = 'greenhouse'", 3372, 0},
		{"crawls of boards over time", "SELECT count(*) FROM crawls WHERE source IN ('greenhouse/riotgames','greenhouse/cloudflare','greenhouse/consensys','greenhouse/discord','greenhouse/mozilla')", 105, 0},
	} {
		if got := number(t, data, c.query); got < c.want-c.slack || got > c.want+c.slack {
			t.Errorf("%s: %d, want %d ± %d", c.what, got, c.want, c.slack)
		}
	}
	before, rows := digest(t, data), number(t, data, "SELECT count(*) FROM pages")
	var second Report
	if err := json.Unmarshal([]byte(must(t, "run", "--quiet", "--json", "--replay", archives, "--data", data)), &second); err != nil {
		t.Fatal(err)
	}
	for _, s := range second.Sources {
		if s.NewPostings != 0 {
			t.Errorf("the same archives again: %d new postings of %s", s.NewPostings, s.Source)
		}
	}
	if second.Labelled != 0 {
		t.Errorf("the same archives again: %d postings judged again", second.Labelled)
	}
	if got := number(t, data, "SELECT count(*) FROM pages"); got != rows {
		t.Errorf("the same archives again: %d pages, want %d", got, rows)
	}
	if after := digest(t, data); after != before {
		t.Errorf("the same archives again: digest %s, want %s", after, before)
	}
}

func digest(t *testing.T, data string) string {
	t.Helper()
	return strings.TrimSpace(must(t, "digest", "--data", data))
}

// TestKill kills the program at moments of a run and lets the next run finish:
// the content is that of a run that nobody killed.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	must(t, "simulate", "--sightings", "1500", "--seed", "7", filepath.Join(dir, "market"))
	archive := filepath.Join(dir, "market", "*.warc.gz")
	whole := filepath.Join(dir, "whole")
	start := time.Now()
	must(t, "run", "--quiet", "--replay", archive, "--data", whole)
	took := time.Since(start)
	want := digest(t, whole)

	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	moments, random := 5, rand.New(rand.NewPCG(1, 2))
	if testing.Short() {
		moments = 2
	}
	killed := 0
	for i := range moments {
		data := filepath.Join(dir, fmt.Sprint("killed", i))
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.Float64()*float64(took)))
		c := exec.CommandContext(ctx, self, "run", "--quiet", "--replay", archive, "--data", data)
		c.Env = append(os.Environ(), asProgram+"=1")
		if err := c.Run(); err != nil {
			killed++
		}
		cancel()
		must(t, "run", "--quiet", "--replay", archive, "--data", data)
		if got := digest(t, data); got != want {
			t.Errorf("killed at moment %d: digest %s, want %s", i, got, want)
		}
	}
	if killed == 0 {
		t.Error("no run was killed")
	}
}
