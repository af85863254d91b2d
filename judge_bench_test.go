package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"jobmarket/transform"
	"jobmarket/transform/evaluate"
	"jobmarket/warehouse/schema"

	_ "github.com/duckdb/duckdb-go/v2"
)

// BenchmarkJudgeBesideOthers sets what transform does with the labelled postings
// beside two scans of the same texts for some of the 6,000 words for which the
// classifier has weights, and for all: ripgrep, one thread, which prints each that it
// finds, and DuckDB's regexp_matches, which finds the postings that hold one. Neither
// tells a part of an ad from another, joins phrases or explains anything. All are
// taken in one run, in processor time, since on a shared machine the clock on the
// wall measures the neighbours.
func BenchmarkJudgeBesideOthers(b *testing.B) {
	rg, err := exec.LookPath("rg")
	if err != nil {
		b.Skip("ripgrep is not installed; see BenchmarkJudge for the judge alone")
	}
	postings := labelled(b)
	words := weighedWords(b)
	judge, err := transform.New(transform.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var texts strings.Builder
	for _, p := range postings {
		fmt.Fprintf(&texts, "%s\n%s\n", p.Title, p.Text)
	}
	dir := b.TempDir()
	db := loaded(b, postings)
	// Few words are found so fast that ripgrep's start would be most of it.
	copies := map[int]int{16: 40, 128: 40, 1024: 1, len(words): 1}
	for n, times := range copies {
		write(b, filepath.Join(dir, fmt.Sprint("texts", n)), strings.Repeat(texts.String(), times))
		write(b, filepath.Join(dir, fmt.Sprint("words", n)), strings.Join(spread(words, n), "\n"))
	}

	const passes = 10 // of the judge, so that one of its measurements lasts as long as the clock needs
	spent := map[string]time.Duration{}
	b.ResetTimer()
	for b.Loop() {
		spent["judge"] += took(syscall.RUSAGE_SELF, func() {
			for range passes {
				for i := range postings {
					judge.Judge(&postings[i])
				}
			}
		}) / passes
		for n, times := range copies {
			list, file := filepath.Join(dir, fmt.Sprint("words", n)), filepath.Join(dir, fmt.Sprint("texts", n))
			spent[fmt.Sprint("rg-", n)] += took(syscall.RUSAGE_CHILDREN, func() {
				if out, err := exec.Command(rg, "-j1", "-o", "-i", "-w", "-F", "-f", list, file).Output(); err != nil || len(out) == 0 {
					b.Fatalf("ripgrep found nothing: %v", err)
				}
			}) / time.Duration(times)
			spent[fmt.Sprint("duckdb-", n)] += took(syscall.RUSAGE_SELF, func() { scan(b, db, spread(words, n)) })
		}
	}
	rate := func(who string) float64 {
		return float64(texts.Len()) * float64(b.N) / 1e6 / spent[who].Seconds()
	}
	for who := range spent {
		b.ReportMetric(rate(who), who+"-MB/cpu-s")
		if who != "judge" {
			b.ReportMetric(rate("judge")/rate(who), "judge/"+who)
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range postings {
		judge.Judge(&postings[i])
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(len(postings)), "B/posting")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(len(postings)), "allocs/posting")
}

// took is the processor time of this process, or of its ended children, that
// work takes.
func took(who int, work func()) time.Duration {
	used := func() time.Duration {
		var u syscall.Rusage
		syscall.Getrusage(who, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	start := used()
	work()
	return used() - start
}

// spread is n of the words, one from each part of the list.
func spread(words []string, n int) (out []string) {
	for i := range n {
		out = append(out, words[i*len(words)/n])
	}
	return out
}

// labelled are the labelled postings of the corpus.
func labelled(b *testing.B) (out []schema.Posting) {
	f, err := os.Open(filepath.Join("..", "shared", "corpus", "gold_dev.jsonl"))
	if err != nil {
		b.Skipf("the corpus is not here: %v", err)
	}
	defer f.Close()
	rows, err := evaluate.Read(f)
	if err != nil {
		b.Fatal(err)
	}
	for _, r := range rows {
		out = append(out, *r.Posting())
	}
	return out
}

// weighedWords are the words for which the classifier has weights.
func weighedWords(b *testing.B) (out []string) {
	weights, err := os.ReadFile(filepath.Join("transform", "domain", "weights.csv"))
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.SplitSeq(string(weights), "\n") {
		if f := strings.Split(line, ","); f[0] == "word" && len(f) == 3 {
			out = append(out, f[1])
		}
	}
	return out
}

// loaded is a database in memory with a row for each posting.
func loaded(b *testing.B, postings []schema.Posting) *sql.DB {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if _, err := db.Exec("CREATE TABLE ads (said VARCHAR)"); err != nil {
		b.Fatal(err)
	}
	for _, p := range postings {
		if _, err := db.Exec("INSERT INTO ads VALUES (?)", strings.ToValidUTF8(p.Title+"\n"+p.Text, "")); err != nil {
			b.Fatal(err)
		}
	}
	return db
}

// scan counts the rows that hold one of the words.
func scan(b *testing.B, db *sql.DB, words []string) {
	n := 0
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
	}
	pattern := `(?i)\b(?:` + strings.Join(quoted, "|") + `)\b`
	if err := db.QueryRow("SELECT count(*) FROM ads WHERE regexp_matches(said, '" + strings.ReplaceAll(pattern, "'", "''") + "')").Scan(&n); err != nil || n == 0 {
		b.Fatalf("DuckDB found %d rows: %v", n, err)
	}
}

func write(b *testing.B, path, text string) {
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
}
