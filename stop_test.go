package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// child is the program in a process of its own, its exit code and what it
// printed.
type child struct {
	cmd  *exec.Cmd
	out  bytes.Buffer
	errs bytes.Buffer
}

func start(t *testing.T, args ...string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: exec.Command(self, args...)}
	c.cmd.Env = append(os.Environ(), asProgram+"=1")
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.errs
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// stopped waits for the end of a child that is interrupted, and checks how it
// ended: soon after that moment, with the exit code for it, and in plain words.
func (c *child) stopped(t *testing.T, at *time.Time) {
	t.Helper()
	c.cmd.Wait()
	if code := c.cmd.ProcessState.ExitCode(); code != exitStopped {
		t.Errorf("exit code %d, want %d: %s", code, exitStopped, c.errs.String())
	}
	took := time.Since(*at)
	t.Logf("it stopped after %v", took.Round(time.Millisecond))
	if took > 5*time.Second { // one second on a machine that does nothing else
		t.Errorf("it took %v to stop", took)
	}
	if got := c.errs.String(); !strings.HasSuffix(got, "jobmarket: stopped by a signal; what was loaded is kept\n") || strings.Contains(got, "INTERRUPT") {
		t.Errorf("standard error ends with %q", got)
	}
}

// TestStopCrawl interrupts a crawl in its middle. The tally says what is fetched
// and not loaded; the next run loads it without asking for it again.
func TestStopCrawl(t *testing.T) {
	const pages, moment = 60, 30
	var mu sync.Mutex
	asked := map[string]int{}
	var crawl *child
	var at time.Time
	begun := make(chan bool)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-begun
		mu.Lock()
		defer mu.Unlock()
		if asked[r.URL.Path]++; len(asked) == moment && at.IsZero() {
			at = time.Now()
			crawl.cmd.Process.Signal(os.Interrupt)
		}
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/jobs":
			for i := range pages {
				fmt.Fprintf(w, "<a href=/jobs/%d>%d</a>\n", i, i)
			}
		default:
			fmt.Fprintf(w, `<script type="application/ld+json">{"@type":"JobPosting","title":"Job %s","hiringOrganization":{"name":"Fen"}}</script>`, r.URL.Path)
		}
	}))
	defer s.Close()
	dir := t.TempDir()
	config := filepath.Join(dir, "pipeline.yaml")
	text := fmt.Sprintf("http: {delay: 0s}\nsources:\n  - {name: fen, kind: jobposting, url: %s/jobs, private: true}\n", s.URL)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	crawl = start(t, "ingest", "--config", config)
	close(begun)
	crawl.stopped(t, &at)
	said := regexp.MustCompile(`(?m)^(\d+) pages fetched and not loaded yet: the next run reads them from the archive`).FindStringSubmatch(crawl.out.String())
	if said == nil || said[1] == "0" {
		t.Errorf("the tally does not say what is not loaded:\n%s", crawl.out.String())
	}
	before := len(asked)
	must(t, "run", "--quiet", "--config", config)
	if got := number(t, filepath.Join(dir, "data"), "SELECT count(*) FROM postings"); got != pages {
		t.Errorf("%d postings, want %d", got, pages)
	}
	again := 0
	for path, n := range asked {
		if path != "/robots.txt" {
			again += n - 1
		}
	}
	if len(asked) != pages+2 || again > 2 { // two requests were under way
		t.Errorf("%d addresses were asked, %d of them before the stop; %d requests were repeated", len(asked), before, again)
	}
}

// TestStopReplay interrupts a replay at several moments. The same command again
// comes to the content of one that nobody stopped.
func TestStopReplay(t *testing.T) {
	dir := t.TempDir()
	must(t, "simulate", "--sightings", "1000", "--seed", "7", filepath.Join(dir, "market"))
	archive := filepath.Join(dir, "market", "*.warc.gz")
	begin := time.Now()
	must(t, "ingest", "--quiet", "--replay", archive, "--data", filepath.Join(dir, "whole"))
	took := time.Since(begin)
	must(t, "transform", "--quiet", "--data", filepath.Join(dir, "whole"))
	want := digest(t, filepath.Join(dir, "whole"))
	told := 0
	for part := range 2 {
		data := filepath.Join(dir, fmt.Sprint("stopped", part))
		c := start(t, "ingest", "--quiet", "--replay", archive, "--data", data)
		time.AfterFunc(took*time.Duration(part+1)/3, func() { c.cmd.Process.Signal(os.Interrupt) })
		c.cmd.Wait()
		if code := c.cmd.ProcessState.ExitCode(); code != exitStopped && code != exitOK {
			t.Errorf("exit code %d: %s", code, c.errs.String())
		}
		if strings.Contains(c.out.String(), "read and not loaded yet: the same command reads them again") {
			told++
		}
		must(t, "run", "--quiet", "--replay", archive, "--data", data)
		if got := digest(t, data); got != want {
			t.Errorf("stopped at moment %d: digest %s, want %s", part, got, want)
		}
	}
	t.Logf("%d of 2 tallies named pages that were not loaded", told)
}
