package assets

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"testing"
)

// colour is linear RGB, 0 to 1.
type colour [3]float64

// colours reads the style sheet's colours, for light (0) and for dark (1).
func colours(t *testing.T) (out [2]map[string]colour) {
	t.Helper()
	out = [2]map[string]colour{{}, {}}
	for _, m := range regexp.MustCompile(`--([a-z_-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)`).FindAllSubmatch(Own()["site.css"], -1) {
		for k := range 2 {
			n, err := strconv.ParseUint(string(m[2+k]), 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			var c colour
			for i := range c {
				v := float64(n>>(16-8*i)&255) / 255
				if c[i] = v / 12.92; v > 0.04045 {
					c[i] = math.Pow((v+0.055)/1.055, 2.4)
				}
			}
			out[k][string(m[1])] = c
		}
	}
	if len(out[0]) < 20 {
		t.Fatalf("%d colours are read", len(out[0]))
	}
	return out
}

// contrast is that of WCAG 2.2.
func contrast(a, b colour) float64 {
	light := func(c colour) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

var (
	text   = []string{"ink", "ink-soft", "link", "mark", "good", "bad", "open", "none"}
	fields = []string{"crypto", "cloud", "gaming", "web", "finance", "embedded", "data_ai", "security", "other"}
)

// Text has 4.5 to 1 on what it stands on, what is drawn 3 to 1 (WCAG 1.4.3, 1.4.11);
// an interval's bar is drawn at 0.8 of its colour.
func TestContrast(t *testing.T) {
	for k, c := range colours(t) {
		for _, name := range text {
			for _, on := range []string{"paper", "wash"} {
				if got := contrast(c[name], c[on]); got < 4.5 {
					t.Errorf("%s: %s on %s has %.1f to 1", mode(k), name, on, got)
				}
			}
		}
		for _, name := range fields {
			if got := contrast(c[name], c["paper"]); got < 3 {
				t.Errorf("%s: %s on paper has %.1f to 1", mode(k), name, got)
			}
		}
	}
}

func mode(k int) string { return []string{"light", "dark"}[k] }

// sights are how normal, protan and deutan eyes see linear RGB (Machado, Oliveira
// and Fernandes 2009, severity 1).
var sights = map[string][3]colour{
	"normal": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protan": {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deutan": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
}

// The fields' colours are told apart by readers who do not see red or green: no two
// are nearer than a tenth of the way from black to white in Ottosson's OKLab (2020).
func TestColoursAreToldApart(t *testing.T) {
	for k, c := range colours(t) {
		for sight, m := range sights {
			for i, a := range fields {
				for _, b := range fields[:i] {
					if d := distance(seen(m, c[a]), seen(m, c[b])); d < 0.1 {
						t.Errorf("%s, %s: %s and %s are %.3f apart", mode(k), sight, a, b, d)
					}
				}
			}
		}
	}
}

func seen(m [3]colour, c colour) (out colour) {
	for i, row := range m {
		out[i] = min(1, max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return out
}

func distance(a, b colour) float64 {
	x, y := lab(a), lab(b)
	return math.Sqrt(math.Pow(x[0]-y[0], 2) + math.Pow(x[1]-y[1], 2) + math.Pow(x[2]-y[2], 2))
}

func lab(c colour) colour {
	l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
	m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
	s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
	return colour{0.2104542553*l + 0.7936177850*m - 0.0040720468*s, 1.9779984951*l - 2.4285922050*m + 0.4505937099*s, 0.0259040371*l + 0.7827717662*m - 0.8086757660*s}
}

// White is 21 to 1 on black, and has no hue.
func TestContrastItself(t *testing.T) {
	if got := fmt.Sprintf("%.1f", contrast(colour{1, 1, 1}, colour{})); got != "21.0" {
		t.Errorf("white on black has %s to 1", got)
	}
	if got := lab(colour{1, 1, 1}); math.Abs(got[0]-1) > 1e-6 || math.Abs(got[1])+math.Abs(got[2]) > 1e-6 {
		t.Errorf("white is %v", got)
	}
}
