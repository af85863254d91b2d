package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobmarket/ingest"
	"jobmarket/ingest/archive"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// TestDamagedArchive replays an archive that ends within a record, and one with a
// damaged record in its middle: the run is partial, a reject names file and
// place, and everything else is read.
func TestDamagedArchive(t *testing.T) {
	whole := shelfOf(t, `01-01 /acme {"jobs":["a"]}`, `01-02 /fern {"jobs":["b"]}`, `01-03 /moss {"jobs":["c"]}`)
	text, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	var at []int64
	for rec, err := range archive.Heads(whole) {
		if err != nil {
			t.Fatal(err)
		}
		at = append(at, rec.Offset)
	}
	flipped := slices.Clone(text)
	flipped[(at[1]+at[2])/2] ^= 0x55
	noHead := slices.Clone(text)
	noHead[at[1]] ^= 0x55
	for _, c := range []struct {
		name  string
		bytes []byte
		place int64
		left  string
	}{
		{"cut", text[:len(text)-7], at[2], "a b"},
		{"flipped", flipped, at[1], "a c"},
		{"head", noHead, at[1], "a c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hurt.warc.gz")
			if err := os.WriteFile(path, c.bytes, 0o644); err != nil {
				t.Fatal(err)
			}
			m := newMemory()
			tallies := run(t, ingest.Options{Replay: []string{path}, Kinds: []kinds.Kind{boards(schema.Feed)}}, m)
			var titles []string
			for _, p := range m.postings {
				titles = append(titles, p.Title)
			}
			slices.Sort(titles)
			if got := strings.Join(titles, " "); got != c.left {
				t.Errorf("read %q, want %q", got, c.left)
			}
			if got := tallies["archive hurt.warc.gz"]; got.Outcome != "partial" || got.Rejects != 1 {
				t.Errorf("the archive's tally is %+v", got)
			}
			want := fmt.Sprintf("hurt.warc.gz at byte %d", c.place)
			for _, x := range m.rejects {
				if x.Place != want || !strings.Contains(x.Reason, "hurt.warc.gz") {
					t.Errorf("reject %+v, want the place %q", x, want)
				}
			}
			if len(m.rejects) != 1 {
				t.Errorf("%d rejects, want 1", len(m.rejects))
			}
		})
	}
}
