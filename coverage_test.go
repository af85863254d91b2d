package main

import (
	"flag"
	"math"
	"testing"

	"jobmarket/ingest/market"
	"jobmarket/transform"
	"jobmarket/transform/correct"
	"jobmarket/warehouse/schema"
)

var markets = flag.Int("markets", 60, "how many small simulated markets TestCorrectedSharesCover makes; 1000 for the full count")

// coverage counts, over markets, the intervals of one domain's share.
type coverage struct {
	corrected, counted float64 // intervals that hold the planted share
	width, blind       float64 // sums of their widths
}

// TestCorrectedSharesCover: small markets, whose texts confuse the classifier as
// real ones do, are judged, audited at random as `jobmarket audit` draws by
// default, and corrected. The 95 % intervals of the corrected shares hold the
// planted share about 95 times in a hundred; those of plain counts do not.
//
//	go test -run TestCorrectedSharesCover -v . -markets 1000
func TestCorrectedSharesCover(t *testing.T) {
	judge, err := transform.New(transform.Options{Language: "rust"})
	if err != nil {
		t.Fatal(err)
	}
	count := make([]coverage, len(schema.Domains))
	right, all := 0.0, 0.0
	for seed := range *markets {
		r, n := audited(t, judge, uint64(seed+1), count)
		right, all = right+r, all+n
	}
	n := float64(*markets)
	t.Logf("%d markets of about %.0f ads; the classifier is right on %.3f of them", *markets, all/n, right/all)
	t.Logf("%-9s %19s %19s %12s %12s", "domain", "corrected covers", "counted covers", "mean width", "counted's")
	// 2 % to either side are allowed, and what chance does to so few markets.
	slack := 0.02 + 3.3*math.Sqrt(0.95*0.05/n)
	if *markets >= 1000 {
		slack = 0.02
	}
	worst := 1.0
	for k, c := range count {
		t.Logf("%-9s %19.3f %19.3f %12.4f %12.4f", schema.Domains[k], c.corrected/n, c.counted/n, c.width/n, c.blind/n)
		if math.Abs(c.corrected/n-0.95) > slack+1e-9 {
			t.Errorf("%s: the corrected interval covers %.3f of the markets, wanted 0.95 within %.3f", schema.Domains[k], c.corrected/n, slack)
		}
		worst = min(worst, c.counted/n)
	}
	if worst > 0.7 {
		t.Errorf("plain counts cover at least %.3f: the texts are too easy to test anything", worst)
	}
}

// audited makes one market and counts its intervals; it returns how many of its
// ads were judged right.
func audited(t *testing.T, judge *transform.Judge, seed uint64, count []coverage) (right, n float64) {
	t.Helper()
	truth, sizes, planted := map[string]string{}, map[string]int{}, map[string]float64{}
	var items []correct.Item
	for p, is := range market.New(market.Small(seed)).Postings() {
		if !is.IsJob {
			continue
		}
		p.Seal()
		domain := judge.Judge(&p).Label.Domain
		id := p.Source + "/" + p.Key
		truth[id] = is.Domain
		sizes[domain]++
		planted[is.Domain]++
		items = append(items, correct.Item{ID: id, Stratum: domain})
		n++
		if domain == is.Domain {
			right++
		}
	}
	found := map[string]map[string]int{}
	for _, it := range correct.Sample(items, 200, 10, seed) {
		if found[it.Stratum] == nil {
			found[it.Stratum] = map[string]int{}
		}
		found[it.Stratum][truth[it.ID]]++
	}
	var strata []correct.Stratum
	for _, d := range schema.Domains {
		strata = append(strata, correct.Stratum{Name: d, Predicted: d, Size: sizes[d], Audited: found[d]})
	}
	shares, err := correct.Correct(strata, schema.Domains, correct.Collected)
	if err != nil {
		t.Fatal(err)
	}
	for k, s := range shares {
		is := planted[s.Class] / n
		if s.Low <= is && is <= s.High {
			count[k].corrected++
		}
		if s.CountedLow <= is && is <= s.CountedHigh {
			count[k].counted++
		}
		count[k].width += s.High - s.Low
		count[k].blind += s.CountedHigh - s.CountedLow
	}
	return right, n
}
