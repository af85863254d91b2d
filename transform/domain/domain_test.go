package domain

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/transform/domain/employer"
	"jobmarket/transform/domain/logistic"
	"jobmarket/transform/evaluate"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func classifier(t testing.TB) *Classifier {
	t.Helper()
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func judge(c *Classifier, p *schema.Posting) (v Verdict) {
	c.Judge(&v, lexis.NewDoc(p), p)
	return v
}

// ads are invented. What they are judged to be, and why, is in testdata.
var ads = []struct {
	name string
	p    schema.Posting
	want string
}{
	{"a chain", schema.Posting{Title: "Protocol Engineer", Company: "Vexolumi", Text: "Vexolumi is building a proof-of-stake blockchain for smart contracts.\nYou will work on our consensus protocol in Rust.\nBenefits: health insurance, 401k."}, "crypto"},
	{"a studio", schema.Posting{Title: "Gameplay Programmer", Company: "Brontowave Studios", Text: "We are a game studio in Malmö making multiplayer games for consoles.\nYou will write gameplay code in C++ and a little Rust for our game servers."}, "gaming"},
	{"a shop that runs on a cloud", schema.Posting{Title: "Backend Developer", Company: "Kettlefish", Text: "Kettlefish is an online marketplace for used furniture. Sellers list, buyers pick up.\nWe run on AWS with Kubernetes and Terraform. Experience with cloud is a plus."}, "web"},
	{"operations at a shop", schema.Posting{Title: "Site Reliability Engineer", Company: "Kettlefish", Text: "Kettlefish is an online marketplace for used furniture.\nYou will run our Kubernetes clusters, keep the uptime up and automate the infrastructure with Terraform."}, "cloud"},
	{"a database", schema.Posting{Title: "Software Engineer, Storage Engine", Company: "Quorblet", Text: "Quorblet makes a distributed SQL database that you can host anywhere. We build the storage engine and the replication in Rust."}, "cloud"},
	{"cryptography is not crypto", schema.Posting{Title: "Cryptography Engineer", Company: "Sealwick", Text: "Sealwick is a security company: we build end-to-end encrypted email and a password manager. You know TLS, authentication and public key infrastructure."}, "security"},
	{"game theory is not gaming", schema.Posting{Title: "Quantitative Researcher", Company: "Lindqvist Hale Partners", Text: "We are a hedge fund. Our trading strategies use game theory and statistics. It is a game changer for financial markets."}, "finance"},
	{"a rover", schema.Posting{Title: "Embedded Software Engineer", Company: "Moorcraft Robotics", Text: "We make autonomous robots for farms. You will write firmware for microcontrollers, drive motors and read lidar sensors in embedded Rust."}, "embedded"},
	{"a language model", schema.Posting{Title: "Machine Learning Engineer", Company: "Parlwood", Text: "Parlwood trains large language models for lawyers' dictation. You will own the training data and our inference engine on GPUs, with PyTorch and Rust."}, "data_ai"},
	{"a compiler", schema.Posting{Title: "Compiler Engineer", Company: "Tessellux", Text: "Tessellux makes developer tools: a compiler, a debugger and static analysis for embedded in-house languages. LLVM experience is a plus."}, "other"},
	{"investors in banks are not the field", schema.Posting{Source: "hn", Title: "Hollowbrack | Backend Engineer | Berlin", Text: "Hollowbrack | Backend Engineer | Berlin\nHollowbrack runs a marketplace for used bicycles, backed by investors who also funded banks and an insurer.\nWrite to jobs@hollowbrack.example"}, "web"},
	{"help with a move is not the field", schema.Posting{Source: "hn", Title: "Hollowbrack | Backend Engineer | Berlin", Text: "Hollowbrack | Backend Engineer | Berlin\nHollowbrack runs a marketplace for used bicycles.\nWe offer help with banking, insurance and tax when you move.\nWrite to jobs@hollowbrack.example"}, "web"},
	{"a level is no layer", schema.Posting{Title: "Software Engineer (L2)", Company: "Kettlefish", Text: "Kettlefish is an online marketplace for used furniture. An L2 engineer works alone on most things."}, "web"},
	{"bookkeeping of a database", schema.Posting{Title: "Senior Tax Manager", Company: "Quorblet", Text: "Quorblet makes a distributed SQL database that you can host anywhere.\nYou will file income tax returns, talk to banks on payments and know accounting software and insurance."}, "cloud"},
	{"a language is no field", schema.Posting{Title: "Freelance Rust developer in Paris", Text: "We look for a Rust developer, available at once. Rust, Rust, Rust."}, "other"},
	{"who trains a model is no railway", schema.Posting{Title: "Software Engineer", Company: "Ostrick", Text: "Ostrick trains a vision model for radiologists. You keep the trains of batches running."}, "data_ai"},
	{"nothing to go by", schema.Posting{Title: "Senior Rust Developer", Company: "Ombrel Vantry", Text: "[Senior Rust Developer at Ombrel Vantry](https://example.org/jobs/1)"}, "other"},
	{"empty", schema.Posting{}, "other"},
}

func TestReasons(t *testing.T) {
	c := classifier(t)
	var got strings.Builder
	for _, ad := range ads {
		v := judge(c, &ad.p)
		if v.Domain != ad.want {
			t.Errorf("%s: judged %s, wanted %s", ad.name, v.Domain, ad.want)
		}
		fmt.Fprintf(&got, "== %s: %s %v, abstained %v, p %.2f\n", ad.name, v.Domain, v.Also, v.Abstained, v.Probabilities[domainIndex(v.Domain)])
		for _, r := range v.Reasons {
			fmt.Fprintf(&got, "%+.2f %s %s/%s %q %s\n", r.Weight, r.Domain, r.Kind, r.Where, r.Span, r.Why)
		}
	}
	golden := filepath.Join("testdata", "reasons.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); d != "" {
		t.Errorf("reasons differ from %s (run with -update after a look):\n%s", golden, d)
	}
}

// TestReasonsAreTrue: taking away the words of a reason takes away its weight.
func TestReasonsAreTrue(t *testing.T) {
	c := classifier(t)
	p := schema.Posting{Title: "Engineer", Text: "We are building a blockchain for shipping papers."}
	with := judge(c, &p)
	p.Text = strings.ReplaceAll(p.Text, "blockchain", "thing")
	without := judge(c, &p)
	if a, b := with.Probabilities[0], without.Probabilities[0]; a < 0.8 || b > a/2 {
		t.Errorf("crypto is %.2f probable with the word and %.2f without", a, b)
	}
	if with.Reasons[0].Span != "blockchain" {
		t.Errorf("the first reason is %+v, wanted the word blockchain", with.Reasons[0])
	}
}

func TestGiantsTeamsDecide(t *testing.T) {
	c := classifier(t)
	c.registry = new(employer.Registry)
	if err := c.registry.Read(strings.NewReader("name,domain,giant\nMegalomart,web,true\n"), false); err != nil {
		t.Fatal(err)
	}
	v := judge(c, &schema.Posting{Company: "Megalomart", Title: "Security Engineer", Text: "You will hunt malware and run penetration tests on our firewall."})
	if v.Domain != "security" {
		t.Errorf("a giant's security team was judged %s", v.Domain)
	}
}

func TestLexiconRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"4: x":                   `lexicon line 1: "4: x" is not "weight: phrase, phrase" under a [section]`,
		"[crypto topic]\nx, y":   `lexicon line 2: "x, y" is not "weight: phrase, phrase" under a [section]`,
		"# c\n\n[crypto things]": "lexicon line 3: section [crypto things] is none of [domain kind], [cue zone], [none], [turn], [office] and [stop]",
	} {
		if _, err := parseLexicon(in); err == nil || err.Error() != want {
			t.Errorf("%q: %v, wanted %s", in, err, want)
		}
	}
}

func TestZones(t *testing.T) {
	for text, want := range map[string][]string{
		"We make lathes for schools.\nResponsibilities\nOil the lathes daily.\nRequirements\nThree years at a lathe.\nBenefits\nA lathe of your own.": {
			"title", "company", "about", "role", "role", "reqs", "reqs", "perks", "perks"},
		"Acme | Turner | Berlin | Onsite\nWe make lathes for schools.": {"title", "company", "title", "about"},
	} {
		testZones(t, text, want)
	}
}

func testZones(t *testing.T, text string, want []string) {
	t.Helper()
	c := classifier(t)
	p := schema.Posting{Title: "Engineer", Company: "Acme", Text: text}
	d := lexis.NewDoc(&p)
	r := c.newReading()
	c.read(r, d, &p)
	var got []string
	for i, s := range d.Sentences {
		if s.Len() > 0 {
			got = append(got, zoneNames[r.zoneOf[i]])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestHostileText reads what no ad is, and a quarter of it. The whole must take
// about four times as long; quadratic work takes sixteen. The least of three
// readings counts, since the machine does other things too.
func TestHostileText(t *testing.T) {
	c := classifier(t)
	read := func(text string) (v Verdict, least time.Duration) {
		p := schema.Posting{Title: text[:100], Company: text[:100], Text: text}
		least = time.Hour
		for range 3 {
			start := time.Now()
			v = judge(c, &p)
			least = min(least, time.Since(start))
		}
		return v, least
	}
	for name, text := range map[string]string{
		"one word":       strings.Repeat("blockchain ", 10_000),
		"one phrase":     strings.Repeat("video game studio of ", 10_000),
		"no blanks":      strings.Repeat("x", 1<<20),
		"nulls":          strings.Repeat("\x00", 1<<20),
		"invalid utf-8":  strings.Repeat("\xff\xc3\xe2\x80", 1<<18),
		"another script": strings.Repeat("我们正在建设区块链。Мы делаем игры. ", 10_000),
		"links":          strings.Repeat("http://http://https://%zz/ ", 10_000),
		"lines":          strings.Repeat("\n", 1<<20),
	} {
		_, quarter := read(text[:len(text)/4])
		v, whole := read(text)
		if whole > 10*max(quarter, 5*time.Millisecond) {
			t.Errorf("%s: a quarter took %v, the whole %v", name, quarter, whole)
		}
		sum := 0.0
		for _, x := range v.Probabilities {
			sum += x
		}
		if !(sum > 0.999 && sum < 1.001) {
			t.Errorf("%s: probabilities sum to %v", name, sum)
		}
	}
}

func TestSameAdSameVerdict(t *testing.T) {
	c, other := classifier(t), classifier(t)
	if c.Version() != other.Version() || len(c.Version()) != 8 {
		t.Errorf("versions %q and %q", c.Version(), other.Version())
	}
	for range 3 {
		for i := range ads { // the pool's memory goes from ad to ad
			a, b := judge(c, &ads[i].p), judge(other, &ads[len(ads)-1-i].p)
			again := judge(other, &ads[i].p)
			if d := cmp.Diff(a, again); d != "" {
				t.Fatalf("%s: %s", ads[i].name, d)
			}
			_ = b
		}
	}
}

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

// TestGold holds the level on the labelled postings. The shipped weights were
// trained on them too, so this notices a regression and measures nothing; what
// was measured on held-out employers is in MODEL.md. Without the weights, the
// hand-set ones have seen no label: that level is a measurement.
func TestGold(t *testing.T) {
	rows, err := evaluate.Read(corpus(t, "gold_dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	untrained, err := Untrained()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name  string
		c     *Classifier
		macro float64
	}{{"shipped", classifier(t), 0.95}, {"untrained", untrained, 0.75}} {
		rep := evaluate.Run(rows, func(p *schema.Posting) schema.Label {
			v := judge(x.c, p)
			return schema.Label{Domain: v.Domain, Probabilities: v.Probabilities}
		})
		t.Logf("%s: macro-F1 %.3f, accuracy %.3f, ECE %.3f", x.name, rep.Domain.MacroF1, rep.Domain.Accuracy, rep.Calibration.ECE)
		for _, class := range rep.Domain.ByClass {
			t.Logf("  %-9s F1 %.3f", class.Name, class.F1)
		}
		if rep.Domain.MacroF1 < x.macro {
			t.Errorf("%s: macro-F1 %.3f fell below %.2f", x.name, rep.Domain.MacroF1, x.macro)
		}
	}
}

// TestThin: no domain has a greater share of the unread than of the read.
func TestThin(t *testing.T) {
	var es []Example
	for range 30 {
		es = append(es, Example{Domain: "web"}, Example{Domain: "cloud"}, Example{Domain: "web", Weak: true}, Example{Domain: "web", Weak: true})
	}
	for range 20 {
		es = append(es, Example{Domain: "cloud", Weak: true})
	}
	got := thin(es)
	if math.Abs(got["web"]-2.0/3) > 1e-9 || got["cloud"] != 1 {
		t.Errorf("60 of 80 unread ads are of web and 30 of 60 read: they weigh %v, want 0.667 and, of cloud, 1", got)
	}
}

func TestUndecided(t *testing.T) {
	weak, strong := logistic.Scores{1.75}, logistic.Scores{5} // 0.42 and 0.95
	n, right := Undecided([]Held{
		{Scores: weak, Bare: [2]bool{true, true}, Label: 0},
		{Scores: weak, Bare: [2]bool{true, true}, Label: 3},
		{Scores: weak, Bare: [2]bool{false, true}, Label: 0},
		{Scores: strong, Bare: [2]bool{true, true}, Label: 0},
		{Scores: logistic.Scores{}, Bare: [2]bool{true, true}, Label: 0},
	}, false, 1)
	if n != 2 || right != 1 {
		t.Errorf("%d undecided, %d right, want 2 and 1", n, right)
	}
}
