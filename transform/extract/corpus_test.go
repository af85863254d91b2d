package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// gold is one labelled posting of the corpus.
type gold struct {
	Source   string
	SourceID string `json:"source_id"`
	Company  string
	Title    string
	Location string
	Text     string
	Rust     string
}

func (g *gold) posting() *schema.Posting {
	return &schema.Posting{Source: g.Source, Key: g.SourceID, Company: g.Company, Title: g.Title, Location: g.Location, Text: g.Text}
}

// readGold reads the labelled postings, or skips the test where there are none.
func readGold(t testing.TB) []gold {
	t.Helper()
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	f, err := os.Open(filepath.Join(dir, "gold_dev.jsonl"))
	if err != nil {
		t.Skip("the corpus of real postings is not here (set JOBMARKET_CORPUS to its folder)")
	}
	defer f.Close()
	var out []gold
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var g gold
		if err := json.Unmarshal(s.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

func rustExtractor(t testing.TB) *Extractor {
	t.Helper()
	x, err := New(Options{Language: "rust"})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestRoleOnTheCorpus holds the role of Rust above what it measured when the
// weights were made. The weights have seen some of these postings; the
// cross-validated figure is the training test's.
func TestRoleOnTheCorpus(t *testing.T) {
	x := rustExtractor(t)
	postings := readGold(t)
	confusion := map[[2]string]int{}
	right := 0
	for _, g := range postings {
		var l schema.Label
		p := g.posting()
		x.Extract(lexis.NewDoc(p), p, &l)
		confusion[[2]string{g.Rust, l.MarketRole}]++
		if l.MarketRole == g.Rust {
			right++
		}
	}
	accuracy := float64(right) / float64(len(postings))
	t.Logf("role of Rust: %.3f of %d; [wanted, got]: %v", accuracy, len(postings), confusion)
	if accuracy < 0.90 {
		t.Errorf("accuracy %.3f is below 0.90", accuracy)
	}
}

func BenchmarkExtract(b *testing.B) {
	x := rustExtractor(b)
	postings := readGold(b)
	var ps []*schema.Posting
	bytes := 0
	for _, g := range postings {
		p := g.posting()
		ps = append(ps, p)
		bytes += len(p.Title) + len(p.Text)
	}
	b.SetBytes(int64(bytes))
	var d lexis.Doc
	for b.Loop() {
		for _, p := range ps {
			var l schema.Label
			d.Read(p)
			x.Extract(&d, p, &l)
		}
	}
}
