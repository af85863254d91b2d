package transform_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobmarket/transform"
	"jobmarket/transform/evaluate"
	"jobmarket/warehouse/schema"
)

func newJudge(t testing.TB) *transform.Judge {
	t.Helper()
	j, err := transform.New(transform.Options{Language: "rust"})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

var ad = schema.Posting{
	Source: "hn", Key: "1", Company: "Moorcraft Robotics", Title: "Embedded Software Engineer (Rust)", Location: "Berlin, Germany",
	Text: "We make autonomous robots for farms. You will write firmware in embedded Rust.\nFull-time, 70,000 - 90,000 EUR a year. 3+ years of experience.",
}

func TestJudgeFillsEveryRow(t *testing.T) {
	j := newJudge(t)
	p := ad
	p.Seal()
	got := j.Judge(&p)
	l := got.Label
	if l.PostingID != p.ID || l.Digest != p.Digest || l.Version != j.Version() || got.Feature.PostingID != p.ID {
		t.Errorf("ids: %+v, feature of %q", l, got.Feature.PostingID)
	}
	if l.Domain != "embedded" || l.MarketRole != schema.RoleCore || !l.IsJob || l.Country != "DE" {
		t.Errorf("judged %s, rust %s, job %v, country %q", l.Domain, l.MarketRole, l.IsJob, l.Country)
	}
	var reasons []schema.Reason
	if err := json.Unmarshal([]byte(l.Reasons), &reasons); err != nil || len(reasons) == 0 {
		t.Errorf("reasons %q: %v", l.Reasons, err)
	}
	for _, m := range got.Mentions {
		if m.PostingID != p.ID || m.Version != j.Version() {
			t.Errorf("mention %+v is not of this posting and version", m)
		}
	}
	if len(got.Mentions) == 0 {
		t.Error("no language was found")
	}
}

func TestJudgeIsSafeForConcurrentUse(t *testing.T) {
	j := newJudge(t)
	want := j.Judge(&ad)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 50 {
				p := ad
				if i%2 == 1 {
					p = schema.Posting{Title: "Chef", Text: strings.Repeat("Soup. ", i)}
					j.Judge(&p)
					continue
				}
				if d := cmp.Diff(want, j.Judge(&p)); d != "" {
					t.Error(d)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestJudgeHostileText(t *testing.T) {
	j := newJudge(t)
	for _, s := range []string{
		"", "\x00", strings.Repeat("rust ", 10_000), strings.Repeat("$1-", 20_000), strings.Repeat("(", 100_000),
		strings.Repeat("\xff", 1<<20), strings.Repeat("区块链游戏", 20_000), strings.Repeat("10+ years of Rust, ", 10_000),
		strings.Repeat("a", 10<<20), strings.Repeat("https://", 20_000),
	} {
		p := schema.Posting{Title: s[:min(len(s), 1000)], Company: s[:min(len(s), 1000)], Location: s[:min(len(s), 10_000)], Link: s[:min(len(s), 1000)], Pay: s[:min(len(s), 1000)], Text: s}
		if l := j.Judge(&p).Label; l.Domain == "" {
			t.Errorf("no domain for %.20q", s)
		}
	}
}

func TestUnknownLanguageIsAnError(t *testing.T) {
	if _, err := transform.New(transform.Options{Language: "klingon"}); err == nil {
		t.Error("a language that the taxonomy lacks was taken")
	}
}

// TestGold holds the level of the whole on the labelled postings. The shipped
// weights were trained on them too: this notices a regression, the honest
// figures are in domain/MODEL.md.
func TestGold(t *testing.T) {
	j := newJudge(t)
	rep := evaluate.Run(gold(t), func(p *schema.Posting) schema.Label { return j.Judge(p).Label })
	t.Logf("domain macro-F1 %.3f, rust accuracy %.3f", rep.Domain.MacroF1, rep.Rust.Accuracy)
	if rep.Domain.MacroF1 < 0.95 {
		t.Errorf("domain macro-F1 %.3f fell below 0.95", rep.Domain.MacroF1)
	}
	if rep.Rust.Accuracy < 0.9 {
		t.Errorf("rust accuracy %.3f fell below 0.90", rep.Rust.Accuracy)
	}
}
