package transform_test

import (
	"fmt"
	"strings"
	"testing"

	"jobmarket/transform"
	"jobmarket/warehouse/schema"
)

func BenchmarkZZ(b *testing.B) {
	j, _ := transform.New(transform.Options{})
	by := map[string][]*schema.Posting{}
	for _, r := range gold(b) {
		p := r.Posting()
		s, _, _ := strings.Cut(p.Source, "/")
		by[s] = append(by[s], p)
	}
	by["empty"] = []*schema.Posting{{Title: "Engineer", Company: "Foo"}}
	for _, s := range []string{"hn", "ashby", "twir", "empty"} {
		b.Run(s, func(b *testing.B) {
			n := 0
			for _, p := range by[s] {
				n += len(p.Text) + len(p.Title)
			}
			b.SetBytes(int64(n))
			start := cpu()
			for b.Loop() {
				for _, p := range by[s] {
					j.Judge(p)
				}
			}
			_ = fmt.Sprint()
			b.ReportMetric((cpu()-start).Seconds()*1e6/float64(b.N)/float64(len(by[s])), "us/ad")
		})
	}
}
