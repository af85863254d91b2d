package transform_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jobmarket/transform"
	"jobmarket/transform/evaluate"
	"jobmarket/warehouse/schema"
)

// gold is the labelled postings of the corpus; the test is skipped without them.
func gold(t testing.TB) []evaluate.Row {
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	f, err := os.Open(filepath.Join(dir, "gold_dev.jsonl"))
	if err != nil {
		t.Skipf("the corpus is not here (%v); set JOBMARKET_CORPUS to its folder", err)
	}
	defer f.Close()
	rows, err := evaluate.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// cpu is the processor time that this process, or its ended children, have used:
// on a shared machine the clock on the wall measures the neighbours.
func cpu(who int) time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(who, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkJudge judges the labelled postings.
func BenchmarkJudge(b *testing.B) {
	j, err := transform.New(transform.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var ps []*schema.Posting
	size := 0
	for _, r := range gold(b) {
		p := r.Posting()
		ps = append(ps, p)
		size += len(p.Text) + len(p.Title)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	start := cpu(syscall.RUSAGE_SELF)
	for b.Loop() {
		for _, p := range ps {
			j.Judge(p)
		}
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpu(syscall.RUSAGE_SELF)-start).Seconds(), "MB/cpu-s")
}

// BenchmarkRipgrep is a yardstick for BenchmarkJudge: ripgrep counts the lines
// of the same texts that hold a word for which the classifier has weights. It
// tells no part of an ad from another, joins no phrases and explains nothing.
func BenchmarkRipgrep(b *testing.B) {
	rg, err := exec.LookPath("rg")
	if err != nil {
		b.Skip("ripgrep is not installed; the judge's figure stands without a yardstick")
	}
	weights, err := os.ReadFile(filepath.Join("domain", "weights.csv"))
	if err != nil {
		b.Fatal(err)
	}
	var words bytes.Buffer
	for line := range strings.SplitSeq(string(weights), "\n") {
		if f := strings.Split(line, ","); f[0] == "word" && len(f) == 3 {
			fmt.Fprintln(&words, f[1])
		}
	}
	var texts bytes.Buffer
	for _, r := range gold(b) {
		fmt.Fprintf(&texts, "%s\n%s\n", r.Title, r.Text)
	}
	dir := b.TempDir()
	list, file := filepath.Join(dir, "words"), filepath.Join(dir, "texts")
	if err := os.WriteFile(list, words.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, texts.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(texts.Len()))
	start := cpu(syscall.RUSAGE_CHILDREN)
	for b.Loop() {
		if err := exec.Command(rg, "-c", "-i", "-w", "-F", "-f", list, file).Run(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(texts.Len())*float64(b.N)/1e6/(cpu(syscall.RUSAGE_CHILDREN)-start).Seconds(), "MB/cpu-s")
}
