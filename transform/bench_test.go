package transform_test

import (
	"os"
	"path/filepath"
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

// BenchmarkJudge judges the labelled postings. BenchmarkJudgeBesideOthers at the
// root sets it beside ripgrep and DuckDB.
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
	start := cpu()
	for b.Loop() {
		for _, p := range ps {
			j.Judge(p)
		}
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpu()-start).Seconds(), "MB/cpu-s")
}
