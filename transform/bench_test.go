package transform_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
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

// cpu is the processor time that this process has used: on a shared machine the
// clock on the wall measures the neighbours.
func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkJudge judges the labelled postings, and those of each kind of source by
// themselves: an ad costs something whatever its length. BenchmarkJudgeBesideOthers at
// the root sets it beside ripgrep and DuckDB.
func BenchmarkJudge(b *testing.B) {
	j, err := transform.New(transform.Options{})
	if err != nil {
		b.Fatal(err)
	}
	of := map[string][]*schema.Posting{}
	for _, r := range gold(b) {
		kind, _, _ := strings.Cut(r.Source, "/")
		for _, k := range []string{"all", kind} {
			of[k] = append(of[k], r.Posting())
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(of)) {
		b.Run(kind, func(b *testing.B) { judgeAll(b, j, of[kind]) })
	}
}

func judgeAll(b *testing.B, j *transform.Judge, ps []*schema.Posting) {
	size := 0
	for _, p := range ps {
		size += len(p.Text) + len(p.Title)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	start := cpu()
	for b.Loop() {
		for _, p := range ps {
			j.Judge(p)
		}
	}
	spent := (cpu() - start).Seconds() / float64(b.N)
	b.ReportMetric(float64(size)/1e6/spent, "MB/cpu-s")
	b.ReportMetric(spent*1e6/float64(len(ps)), "cpu-us/posting")
}
