package claims

import (
	"fmt"
	"math"
	"strings"

	"jobmarket/warehouse/schema"
)

// Field is a domain as readers see it. Files and queries keep the domain's name.
func Field(domain string) string {
	return strings.ReplaceAll(domain, "data_ai", "data & AI")
}

func fields(domains []string) []string {
	out := make([]string, len(domains))
	for i, d := range domains {
		out[i] = Field(d)
	}
	return out
}

// quoted sets terms apart from the words around them: ads that name “go”.
func quoted(terms []string) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = "“" + t + "”"
	}
	return out
}

// DefinitionInWords says which ads a definition lets in.
func DefinitionInWords(definition string) string {
	switch definition {
	case schema.RoleCore:
		return "a main language of the work (core)"
	case schema.RoleSome:
		return "a language of the work, or a plus (some)"
	}
	return "ads of whatever language (any)"
}

// Words names the ads that a subject describes: "ads of Fastly in cloud that
// name “go”".
func (s Subject) Words() string {
	text := "ads"
	if len(s.Employers) > 0 {
		text += " of " + or(s.Employers)
	}
	if len(s.Domains) > 0 {
		text += " in " + or(fields(s.Domains))
	}
	if asks := s.asks(); len(asks) > 0 {
		text += " that " + strings.Join(asks, " and ")
	}
	return text
}

// are is the same as what a sentence says of them: "were in cloud and name “go”".
func (s Subject) are() string {
	var parts []string
	if len(s.Employers) > 0 {
		parts = append(parts, "were of "+or(s.Employers))
	}
	if len(s.Domains) > 0 {
		parts = append(parts, "were in "+or(fields(s.Domains)))
	}
	return strings.Join(append(parts, s.asks()...), " and ")
}

func (s Subject) asks() (out []string) {
	if len(s.Names) > 0 {
		out = append(out, "name "+or(quoted(s.Names)))
	}
	if s.OlderThan != "" {
		out = append(out, "ask for more years than had passed since "+s.OlderThan)
	}
	return out
}

// Points writes a difference of shares in percentage points, with its sign.
func Points(x float64) string {
	s := fmt.Sprintf("%+.1f", 100*x)
	return strings.Replace(strings.Replace(s, "-0.0", "+0.0", 1), "-", "−", 1)
}

// rounded warns where figures rounded to tenths of a point do not add up.
func rounded(total float64, parts ...float64) string {
	left := math.Round(1000 * total)
	for _, p := range parts {
		left -= math.Round(1000 * p)
	}
	if left != 0 {
		return " (rounded)"
	}
	return ""
}
