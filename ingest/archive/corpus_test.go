package archive_test

import (
	"os"
	"path/filepath"
	"testing"

	"jobmarket/ingest/archive"
)

// corpus returns the real archives, or skips the test.
func corpus(t *testing.T) []string {
	t.Helper()
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if len(files) == 0 {
		t.Skip("the corpus of real pages is not here; set JOBMARKET_CORPUS to its folder")
	}
	return files
}

// TestCorpus reads every record of the real archives in turn, and each again at
// its place; stated digests must hold.
func TestCorpus(t *testing.T) {
	records := 0
	for _, path := range corpus(t) {
		var end int64
		for rec, err := range archive.Read(path) {
			if err != nil {
				t.Fatalf("%v", err)
			}
			records++
			if rec.Offset != end {
				t.Errorf("%s: a record at %d after the end of the last at %d", path, rec.Offset, end)
			}
			end = rec.Offset + rec.Length
			if got := archive.Digest(rec.Body); got != rec.Digest {
				t.Errorf("%s at %d: digest %s, stated %s", path, rec.Offset, got, rec.Digest)
			}
			if records%7 != 0 {
				continue
			}
			again, err := archive.ReadAt(path, rec.Offset)
			if err != nil {
				t.Fatal(err)
			}
			if again.URL != rec.URL || again.Length != rec.Length || string(again.Body) != string(rec.Body) {
				t.Errorf("%s at %d: read again, it differs", path, rec.Offset)
			}
		}
	}
	if records != 797 {
		t.Errorf("%d records, want 797", records)
	}
}
