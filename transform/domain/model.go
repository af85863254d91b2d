package domain

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"jobmarket/transform/domain/logistic"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

//go:embed weights.csv
var weightsText string

// model is a multinomial logistic regression over the features.
type model struct {
	words       []string
	idf         []float32
	table       wordTable
	sieve       lexis.Sieve // of the words
	weights     []row       // by feature
	temperature float64     // divides the scores; found on held-out employers
	also        alsoModel
}

// scale is the unit of the weights: hundredths.
const scale = 100

// row is what one feature weighs for each domain, and the sum of that. It is small, so
// that the rows which most ads need stay in a near cache.
type row struct {
	of  [domains]int16
	sum int16
}

// mostWeight is the largest weight that a row can hold, so that the sum fits, too.
const mostWeight = math.MaxInt16 / domains

// set sets the weight for domain k, to the nearest hundredth and at most mostWeight of
// them either way.
func (r *row) set(k int, weight float64) {
	x := int16(max(-mostWeight, min(mostWeight, math.Round(weight*scale))))
	r.sum += x - r.of[k]
	r.of[k] = x
}

// contrast is the weight for domain k less the mean over all.
func (r *row) contrast(k int) float32 {
	return float32(domains*int32(r.of[k])-int32(r.sum)) / (domains * scale)
}

// write stores the model: a line a word with its document frequency weight, and
// a line a feature with its nine weights.
func (m *model) write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# Written by the train command; see MODEL.md. Columns of a feature's row: %s, in hundredths.\n", strings.Join(schema.Domains, ","))
	fmt.Fprintf(b, "layout,%d\ntemperature,%.4f\n%s\n", fWords, m.temperature, m.also.line())
	for i, word := range m.words {
		fmt.Fprintf(b, "word,%s,%d\n", word, int(math.Round(float64(m.idf[i])*scale)))
	}
	for i, row := range m.weights {
		if row.of == [domains]int16{} {
			continue
		}
		b.WriteString(strconv.Itoa(i))
		for _, x := range row.of {
			b.WriteByte(',')
			if x != 0 {
				b.WriteString(strconv.Itoa(int(x)))
			}
		}
		b.WriteByte('\n')
	}
	return b.Flush()
}

// readModel reads what write wrote. The error names the line.
func readModel(text string) (*model, error) {
	m := &model{temperature: 1, also: untrainedAlso()}
	line := 0
	bad := func(s string) error { return fmt.Errorf("classifier weights line %d: cannot read %q", line, s) }
	for s := range strings.SplitSeq(text, "\n") {
		line++
		if s == "" || s[0] == '#' {
			continue
		}
		f := strings.Split(s, ",")
		switch {
		case f[0] == "layout" && len(f) == 2:
			if f[1] != strconv.Itoa(fWords) {
				return nil, fmt.Errorf("classifier weights are for %s features before the words, the code has %d: run the train command", f[1], fWords)
			}
		case f[0] == "temperature" && len(f) == 2:
			t, err := strconv.ParseFloat(f[1], 64)
			if err != nil || !(t > 0) {
				return nil, bad(s)
			}
			m.temperature = t
		case f[0] == "also":
			if !m.also.read(f) {
				return nil, bad(s)
			}
		case f[0] == "word" && len(f) == 3:
			n, err := strconv.Atoi(f[2])
			if err != nil {
				return nil, bad(s)
			}
			m.words = append(m.words, f[1])
			m.idf = append(m.idf, float32(n)/scale)
		case len(f) == 1+domains:
			if m.weights == nil {
				m.weights = make([]row, fWords+len(m.words)*groups)
			}
			if !m.readRow(f) {
				return nil, bad(s)
			}
		default:
			return nil, bad(s)
		}
	}
	if m.weights == nil {
		m.weights = priorWeights(len(m.words))
	}
	m.commonFirst()
	m.indexWords()
	return m, nil
}

// indexWords makes the words findable.
func (m *model) indexWords() {
	m.table.build(m.words)
	for _, w := range m.words {
		m.sieve.Add(w)
	}
}

// commonFirst puts the words in the order of how common they are, so that what most
// ads need lies together and stays in a near cache.
func (m *model) commonFirst() {
	order := make([]int, len(m.words))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(m.idf[a], m.idf[b]), a-b) })
	was := *m
	m.words, m.idf = make([]string, len(order)), make([]float32, len(order))
	m.weights = slices.Clone(was.weights)
	for to, from := range order {
		m.words[to], m.idf[to] = was.words[from], was.idf[from]
		copy(m.weights[fWords+to*groups:][:groups], was.weights[fWords+from*groups:][:groups])
	}
}

// readRow reads one feature's weights; false when they cannot be read.
func (m *model) readRow(f []string) bool {
	i, err := strconv.Atoi(f[0])
	if err != nil || i < 0 || i >= len(m.weights) {
		return false
	}
	for k, x := range f[1:] {
		if x == "" {
			continue
		}
		n, err := strconv.Atoi(x)
		if err != nil || n > mostWeight || n < -mostWeight {
			return false
		}
		m.weights[i].set(k, float64(n)/scale)
	}
	return true
}

// priorWeights are the weights before any training: each domain's evidence
// speaks for it, most where an ad says what the employer makes.
func priorWeights(words int) []row {
	w := make([]row, fWords+words*groups)
	w[fBias].set(domains-1, 1)
	byZone := [zones]float64{zTitle: 1, zCompany: 1, zAbout: 0.7, zRole: 0.4, zReqs: 0.15, zBody: 0.3}
	byKind := [kinds]float64{topic: 1, role: 0.6, tool: 0.1}
	for d := range domains {
		for k := range kinds {
			for z := range zones {
				w[lexiconFeature(kind(k), d, zone(z))].set(d, byZone[z]*byKind[k])
			}
		}
		w[fShare+d].set(d, 2)
		w[fShare+domains+d].set(d, 2)
		w[fLead+d].set(d, 1)
		if name := schema.Domains[d]; name == "cloud" || name == "data_ai" || name == "security" {
			w[fSoleTerse+d].set(d, 1)
		}
		w[fRegistry+d].set(d, 5)
		w[fListed+d].set(d, 2)
		w[fAlso+d].set(d, 1)
	}
	return w
}

// scores are the linear scores of the features.
func (m *model) scores(fs []logistic.Feature) (s [domains]float64) {
	var sum [domains]float32
	weights := m.weights
	for _, f := range fs {
		w := &weights[f.ID].of
		sum[0] += float32(w[0]) * f.Value // written out, since a loop costs as much as what it does
		sum[1] += float32(w[1]) * f.Value
		sum[2] += float32(w[2]) * f.Value
		sum[3] += float32(w[3]) * f.Value
		sum[4] += float32(w[4]) * f.Value
		sum[5] += float32(w[5]) * f.Value
		sum[6] += float32(w[6]) * f.Value
		sum[7] += float32(w[7]) * f.Value
		sum[8] += float32(w[8]) * f.Value
	}
	for k, x := range sum {
		s[k] = float64(x) / scale
	}
	return s
}

// wordTable finds the model's words by their hash. Half of the hash is kept, so
// that the table stays in a near cache: of four billion strange words one is
// taken for a word that it is not.
type wordTable []struct {
	key uint32
	val int32 // index + 1; 0 free
}

func (t *wordTable) build(words []string) {
	size := 64
	for size < 2*len(words) {
		size *= 2
	}
	*t = make(wordTable, size)
	for i, w := range words {
		h := lexis.Hash(w)
		s := &(*t)[t.slot(h)]
		s.key, s.val = uint32(h>>32), int32(i+1)
	}
}

func (t wordTable) slot(h uint64) uint64 {
	mask := uint64(len(t) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if s := &t[i]; s.key == uint32(h>>32) || s.val == 0 {
			return i
		}
	}
}

// get is the index of the word plus one, 0 when the model lacks it.
func (t wordTable) get(h uint64) int32 { return t[t.slot(h)].val }

// ranked are the domains by probability, the most probable first; ties keep the
// order of schema.Domains.
func ranked(p [domains]float64) (order [domains]int) {
	for i := range order {
		j := i
		for ; j > 0 && p[order[j-1]] < p[i]; j-- {
			order[j] = order[j-1]
		}
		order[j] = i
	}
	return order
}
