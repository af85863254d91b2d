package domain

import (
	"os"
	"path/filepath"
	"testing"

	"jobmarket/transform/evaluate"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

func corpus(t testing.TB, name string) *os.File {
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skipf("the corpus is not here (%v); set JOBMARKET_CORPUS to its folder", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestGold(t *testing.T) {
	rows, err := evaluate.Read(corpus(t, "gold_dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	rep := evaluate.Run(rows, func(p *schema.Posting) schema.Label {
		v := c.Judge(lexis.NewDoc(p), p)
		return schema.Label{Domain: v.Domain, Probabilities: v.Probabilities, Version: c.Version(), Abstained: v.Abstained}
	})
	rep.WriteText(os.Stdout)
}
