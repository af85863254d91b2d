package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jobmarket/ingest/kinds"
)

// TestReadme runs every command of the README against a small simulated market.
// Those that would reach the network, or not end by themselves, are asked for
// their help with the same flags.
func TestReadme(t *testing.T) {
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	dir := t.TempDir()
	data := filepath.Join(dir, "demo")
	must(t, "demo", "--quiet", "--sightings", "2000", "--data", data)
	ids := strings.Fields(must(t, "sql", "--data", data, "--format", "csv", "SELECT posting_id FROM postings ORDER BY 1 LIMIT 2"))[1:]

	commands := readmeCommands(text)
	if len(commands) < 10 {
		t.Fatalf("found %d commands", len(commands))
	}
	for _, args := range commands {
		name := strings.Join(args, " ")
		n := 0
		for i, a := range args {
			switch {
			case a == "ID":
				args[i] = ids[n]
				n++
			case a == "out":
				args[i] = filepath.Join(dir, "out")
			}
		}
		if offline := args[0] != "serve" && (args[0] != "run" || args[len(args)-1] == "--dry-run"); offline {
			args = append(args, "--data", data)
		} else {
			args = append(args, "--help")
		}
		if code, _, errs := command(t, args...); code != exitOK {
			t.Errorf("jobmarket %s: exit %d: %s", name, code, errs)
		}
	}
	if want := fmt.Sprintf("lists the %d that are there", len(kinds.All)); !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
		t.Errorf("the README does not say %q", want)
	}
	card, err := os.ReadFile("transform/domain/MODEL.md")
	if err != nil {
		t.Fatal(err)
	}
	figure := regexp.MustCompile(`macro-F1 (0\.\d\d) on 387 postings`).FindStringSubmatch(text)
	if figure == nil || !regexp.MustCompile(`the 387 \| `+figure[1]).Match(card) {
		t.Errorf("the model card does not have the README's figure %v", figure)
	}
	for _, link := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(link[1]); err != nil {
			t.Errorf("the README links to %s: %v", link[1], err)
		}
	}
}

// readmeCommands are the command lines of bin/jobmarket in the README's shell
// blocks, cut into words as a shell cuts them.
func readmeCommands(text string) (out [][]string) {
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(text, -1) {
		joined := regexp.MustCompile(`\n {4,}`).ReplaceAllString(block[1], " ")
		for _, line := range strings.Split(joined, "\n") {
			rest, ok := strings.CutPrefix(line, "bin/jobmarket ")
			if !ok {
				continue
			}
			var args []string
			for _, w := range regexp.MustCompile(`"[^"]*"|'[^']*'|#.*|\S+`).FindAllString(rest, -1) {
				if strings.HasPrefix(w, "#") {
					break
				}
				args = append(args, strings.Trim(w, `"'`))
			}
			out = append(out, args)
		}
	}
	return out
}

// TestReadmeDependencies compares the README's table with what go.mod requires
// directly, and with its tools.
func TestReadmeDependencies(t *testing.T) {
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(b), "## Dependencies")
	table, _, _ = strings.Cut(table, "\n## ")
	told := map[string]bool{}
	for _, m := range regexp.MustCompile("`([a-z]+\\.[^`]+/[^`]+)`").FindAllStringSubmatch(table, -1) {
		told[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?m)^(?:\t|tool )([a-z]+\.\S+?)(/cmd/\S+)?(?: v\S+)?$`).FindAllStringSubmatch(string(mod), -1) {
		if !told[m[1]] {
			t.Errorf("go.mod requires %s; the README does not say why", m[1])
		}
		delete(told, m[1])
	}
	for module := range told {
		t.Errorf("the README says why there is %s; go.mod does not require it", module)
	}
}
