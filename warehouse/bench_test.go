package warehouse

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobmarket/warehouse/schema"
)

var sightings = flag.Int("sightings", 100_000, "rows of the benchmarks; the targets are for 1,000,000")

// filler is about 1 KB of words that differ from posting to posting.
func filler(i int) string {
	var b strings.Builder
	for n := 0; b.Len() < 1000; n++ {
		fmt.Fprintf(&b, "word%d and%d the team builds %x ", (i*31+n)%5000, n, i*7919+n*104729)
	}
	return b.String()
}

// BenchmarkLoad loads postings of 1 KB, each sighted once, and then the same
// again.
func BenchmarkLoad(b *testing.B) {
	ctx := context.Background()
	for b.Loop() {
		dir := b.TempDir()
		w := open(b, dir)
		var batches []schema.Batch
		for from := 0; from < *sightings; from += chunkRows {
			n := min(chunkRows, *sightings-from)
			at := clock.Add(time.Duration(from) * time.Second)
			batch := schema.Batch{ID: fmt.Sprint(from)}
			for i := range n {
				p := schema.Posting{ID: schema.ID("p", fmt.Sprint(from+i)), Digest: schema.ID("d", fmt.Sprint(from+i)), Source: "s", Key: fmt.Sprint(from + i),
					Title: "Engineer", Company: "Acme", Text: filler(from + i), SeenAt: at}
				batch.Postings = append(batch.Postings, p)
				batch.Sightings = append(batch.Sightings, schema.Sighting{ID: schema.SightingID(&p, at), PostingID: p.ID, Source: "s",
					SeenAt: at, FetchedAt: at, Digest: p.Digest})
			}
			batches = append(batches, batch)
		}
		for _, pass := range []string{"first", "again"} {
			start := time.Now()
			var rows int64
			for _, batch := range batches {
				l, err := w.Load(ctx, batch)
				if err != nil {
					b.Fatal(err)
				}
				rows += l.Rows
			}
			took := time.Since(start).Seconds()
			b.ReportMetric(float64(*sightings)/took, pass+"-sightings/s")
			if pass == "again" && rows != 0 {
				b.Errorf("loading again added %d rows", rows)
			}
		}
		start := time.Now()
		if _, err := w.Publish(ctx); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "publish-s")
		st, err := os.Stat(filepath.Join(dir, File))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(st.Size())/(1<<20), "MiB")
	}
}
