package role

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"jobmarket/transform/extract/cues"
	"jobmarket/transform/extract/terms"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

var train = flag.String("train", "", "comma-separated JSONL files of labelled postings: cross-validate and write weights.csv")
var verbose = flag.Bool("errors", false, "with -train: print what the cross-validation got wrong")

type example struct {
	Source, Company, Title, Location, Text, Rust string
	v                                            Vector
	core                                         bool
	p                                            float64
	evidence                                     string
	file                                         int
	weight                                       float64
}

// readExamples reads labelled postings that name Rust, from files in the form
// of the corpus's gold_dev.jsonl.
func readExamples(t *testing.T, paths string) (out []example) {
	t.Helper()
	x, err := terms.New()
	if err != nil {
		t.Fatal(err)
	}
	f, err := cues.New()
	if err != nil {
		t.Fatal(err)
	}
	rust, _ := x.Lookup(terms.Language, "rust")
	for n, path := range strings.Split(paths, ",") {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		s := bufio.NewScanner(file)
		s.Buffer(nil, 1<<24)
		for s.Scan() {
			var e example
			if err := json.Unmarshal(s.Bytes(), &e); err != nil {
				t.Fatal(err)
			}
			if e.Source == "twir" || e.Rust == "no" {
				continue
			}
			d := lexis.NewDoc(&schema.Posting{Title: e.Title, Company: e.Company, Location: e.Location, Text: e.Text})
			var scene Scene
			scene.Set(x, d, x.Find(nil, d), f.Find(nil, d))
			if scene.seen[rust] == 0 {
				t.Logf("no Rust found in %s %q, labelled %s", e.Source, e.Title, e.Rust)
				continue
			}
			var at int32
			var is plain
			e.v, at, is = scene.features(rust)
			if e.v[inTitle] == 1 || is != nothing {
				continue // the model is not asked
			}
			e.evidence = d.Excerpt(int(at), int(at), 160)
			e.core, e.file = e.Rust == schema.RoleCore, n
			out = append(out, e)
		}
	}
	ads := map[string]float64{}
	for _, e := range out {
		ads[e.Company]++
	}
	for i, e := range out {
		out[i].weight = 1 / math.Sqrt(ads[e.Company])
	}
	return out
}

// fit minimises the logistic loss with an L2 penalty on all but the bias, by
// plain gradient descent.
func fit(es []example, l2 float64) (w [features]float64) {
	const steps, rate = 3000, 1.0
	for range steps {
		var g [features]float64
		for _, e := range es {
			z := 0.0
			for i := range w {
				z += w[i] * e.v[i]
			}
			p := 1 / (1 + math.Exp(-z))
			y := 0.0
			if e.core {
				y = 1
			}
			for i := range w {
				g[i] += e.weight * (p - y) * e.v[i]
			}
		}
		for i := range w {
			step := g[i] / float64(len(es))
			if i != bias {
				step += l2 * w[i] / float64(len(es))
			}
			w[i] -= rate * step
		}
	}
	return w
}

func foldOf(company string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(strings.ToLower(company)))
	return h.Sum32() % 10
}

// TestTrain cross-validates by employer in ten folds, and rewrites weights.csv
// from all examples: go test ./transform/extract/role -run Train -train A.jsonl,B.jsonl
func TestTrain(t *testing.T) {
	if *train == "" {
		t.Skip("no labelled postings given with -train")
	}
	es := readExamples(t, *train)
	const l2 = 2.0
	right, core := 0, 0
	var first [2]int // of the first file: examples, right
	var confusion [2][2]int
	for fold := range uint32(10) {
		var in []example
		for _, e := range es {
			if foldOf(e.Company) != fold {
				in = append(in, e)
			}
		}
		w := fit(in, l2)
		for i, e := range es {
			if foldOf(e.Company) != fold {
				continue
			}
			z := 0.0
			for j := range w {
				z += w[j] * e.v[j]
			}
			es[i].p = 1 / (1 + math.Exp(-z))
			a, b := 0, 0
			if e.core {
				a = 1
				core++
			}
			if z > 0 {
				b = 1
			}
			confusion[a][b]++
			if e.file == 0 {
				first[0]++
				if a == b {
					first[1]++
				}
			}
			if a == b {
				right++
			} else if *verbose {
				fmt.Printf("%s p=%.2f %s %.90q\n     %s\n     ", e.Rust, es[i].p, e.Source, e.Title, e.evidence)
				for j := 1; j < features; j++ {
					if e.v[j] != 0 {
						fmt.Printf("%s %.1f  ", names[j], w[j])
					}
				}
				fmt.Println()
			}
		}
	}
	t.Logf("%d examples, %d core; cross-validated by employer: %.3f right; some called core %d, core called some %d; first file %d of %d",
		len(es), core, float64(right)/float64(len(es)), confusion[0][1], confusion[1][0], first[1], first[0])
	for _, at := range []float64{0.3, 0.4, 0.5, 0.6} {
		n := 0
		for _, e := range es {
			if (e.p > at) == e.core {
				n++
			}
		}
		t.Logf("right when core from %.1f on: %.3f", at, float64(n)/float64(len(es)))
	}
	w := fit(es, l2)
	m, err := New()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Weights of the model that tells core from some; log-odds for core. Made by the training test, sentences by hand.\nfeature,weight,why\n")
	for i := range w {
		fmt.Fprintf(&b, "%s,%s,%s\n", names[i], strconv.FormatFloat(w[i], 'f', 3, 64), m.why[i])
	}
	if err := os.WriteFile("weights.csv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
