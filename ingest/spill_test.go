package ingest

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// open lets all go.
type open struct{}

func (open) lane(*item) string                 { return "a" }
func (open) enter(*lane) (bool, time.Duration) { return true, 0 }

// TestFrontierOnDisk pushes more than stays in memory, and gets all back in order.
func TestFrontierOnDisk(t *testing.T) {
	f := newFrontier(open{})
	f.dir = t.TempDir()
	defer f.close()
	crawls := []*crawl{{}, {}}
	var want, got []string
	name := func(it *item) string {
		return fmt.Sprint(it.url, it.depth, it.start, it.tries, it.crawl == crawls[1])
	}
	pop := func() {
		if it, _ := f.pop(); it != nil {
			got = append(got, name(it))
		}
	}
	for i := range 5 * laneLength {
		it := &item{link: link{url: fmt.Sprintf("https://a.example/%d", i), depth: i % 300, start: i%7 == 0}, crawl: crawls[i%2], tries: i % 3}
		want = append(want, name(it))
		f.push(it)
		if i%3 == 0 {
			pop()
		}
		if n := len(f.lanes["a"].waiting); n > 2*laneLength+1 {
			t.Fatalf("%d items in memory", n)
		}
	}
	for f.size > 0 {
		pop()
	}
	if diff := cmp.Diff(want, got); diff != "" || f.err != nil {
		t.Errorf("%v; -want +got:\n%.500s", f.err, diff)
	}
	if left, _ := os.ReadDir(f.dir); len(left) > 0 {
		t.Errorf("%d files are left behind", len(left))
	}
}
