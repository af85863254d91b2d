package domain

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"jobmarket/transform/domain/logistic"
	"jobmarket/warehouse/schema"
)

// A further domain is another question than the domain: not which of nine wins,
// but whether one more truly applies beside the winner. A binary logistic
// regression answers it for each domain in turn from a dozen numbers, and from
// how often the two go together.
const (
	alsoBias    = iota
	alsoP                          // log of the candidate's probability, at least alsoFloor
	alsoLeft                       // log of its part of what the winner leaves over, likewise
	alsoFact                       // the registry says that the employer works in it too
	alsoOwn                        // the registry says that it is the employer's own domain
	alsoSilent                     // the registry knows the employer and does not name it
	alsoHead                       // its share of the evidence in title and about
	alsoAll                        // its share of all evidence
	alsoRole                       // its roles in the title
	alsoTitle                      // its words in the title
	alsoAbout                      // its words where the employer says what it makes
	alsoWork                       // its words where the ad says what the work is, and elsewhere
	alsoDense                      // numbers above; what follows is 0 or 1
	alsoOf      = alsoDense        // the candidate
	alsoPair    = alsoOf + domains // the winner and the candidate
	alsoColumns = alsoPair + domains*domains
)

// alsoFloor is the least logarithm of a probability that is told apart.
const alsoFloor = -8

// alsoModel is the weights of that regression and the probability from which a
// further domain is named.
type alsoModel struct {
	weight [alsoColumns]float64
	above  float64
}

// alsoSight is what the regression sees of one posting, by domain.
type alsoSight struct {
	primary int
	x       [domains][alsoDense]float64
}

// see reads the features of a posting that was judged to be of a domain with
// these probabilities.
func (s *alsoSight) see(features []logistic.Feature, primary int, p logistic.Scores) {
	*s = alsoSight{primary: primary}
	known := false
reading:
	for _, f := range features {
		v := float64(f.Value)
		switch id := int(f.ID); {
		case id >= fWords: // the words, which come last, tell nothing of further domains
			break reading
		case id == fBias:
		case id < fShare:
			k, d, z := bucketOf(f.ID)
			switch {
			case k == role && z == zTitle:
				s.x[d][alsoRole] += v
			case k == topic && z == zTitle:
				s.x[d][alsoTitle] += v
			case k == topic && z == zAbout:
				s.x[d][alsoAbout] += v
			case k != tool && z > zAbout && z != zPerks:
				s.x[d][alsoWork] += v
			}
		case id < fShare+domains:
			s.x[id-fShare][alsoHead] = v
		case id < fLead:
			s.x[id-fShare-domains][alsoAll] = v
		case id >= fRegistry && id < fAlso:
			s.x[id-fRegistry][alsoOwn] = v
			known = true
		case id >= fAlso && id < fListed:
			s.x[id-fAlso][alsoFact] = v
		}
	}
	left := math.Log(max(1-p[primary], 1e-12))
	for k := range s.x {
		x := &s.x[k]
		log := math.Log(p[k])
		x[alsoBias] = 1
		x[alsoP] = max(log, alsoFloor)
		x[alsoLeft] = max(log-left, alsoFloor)
		if known && x[alsoOwn] == 0 && x[alsoFact] == 0 {
			x[alsoSilent] = 1
		}
	}
}

// row is candidate k's row of the regression.
func (s *alsoSight) row(k int) []float64 {
	row := make([]float64, alsoColumns)
	copy(row, s.x[k][:])
	row[alsoOf+k] = 1
	row[alsoPair+s.primary*domains+k] = 1
	return row
}

// odds are the log-odds that candidate k truly applies too.
func (m *alsoModel) odds(s *alsoSight, k int) float64 {
	z := m.weight[alsoOf+k] + m.weight[alsoPair+s.primary*domains+k]
	for i, v := range s.x[k] {
		z += m.weight[i] * v
	}
	return z
}

// name appends to dst the further domains, at most two, the most probable first.
// Other is never one: it is a heap.
func (m *alsoModel) name(dst []string, s *alsoSight) []string {
	least := math.Log(m.above / (1 - m.above))
	first, second := -1, -1
	var z [domains]float64
	for k := range domains - 1 {
		if k == s.primary {
			continue
		}
		if z[k] = m.odds(s, k); z[k] < least {
			continue
		}
		switch {
		case first < 0 || z[k] > z[first]:
			first, second = k, first
		case second < 0 || z[k] > z[second]:
			second = k
		}
	}
	for _, k := range []int{first, second} {
		if k >= 0 {
			dst = append(dst, schema.Domains[k])
		}
	}
	return dst
}

// line is the model as a line of weights.csv: the threshold and the weights, in
// thousandths.
func (m *alsoModel) line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "also,%.2f", m.above)
	for _, w := range m.weight {
		b.WriteByte(',')
		b.WriteString(strconv.Itoa(int(math.Round(w * 1000))))
	}
	return b.String()
}

// read reads the fields of such a line; false when they cannot be read.
func (m *alsoModel) read(f []string) bool {
	if len(f) != 2+alsoColumns {
		return false
	}
	var err error
	if m.above, err = strconv.ParseFloat(f[1], 64); err != nil || m.above <= 0 || m.above >= 1 {
		return false
	}
	for i, x := range f[2:] {
		n, err := strconv.Atoi(x)
		if err != nil {
			return false
		}
		m.weight[i] = float64(n) / 1000
	}
	return true
}

// untrainedAlso names what is probable or what the registry says, by weights set
// by hand.
func untrainedAlso() alsoModel {
	m := alsoModel{above: 0.5}
	m.weight[alsoBias], m.weight[alsoP], m.weight[alsoFact], m.weight[alsoOwn] = 1.6, 1, 8, 8
	return m
}
