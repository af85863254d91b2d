package identity

import (
	"slices"
	"strings"
	"unicode"
)

// PlaceKey is the normalised places of a location, sorted and joined by "; ".
func PlaceKey(location string) string {
	parts := strings.FieldsFunc(location, func(r rune) bool { return r == ';' || r == '|' || r == '/' })
	for i, p := range parts {
		parts[i] = strings.Join(strings.FieldsFunc(plain(p), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}), " ")
	}
	slices.Sort(parts)
	parts = slices.Compact(parts)
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.Join(parts, "; ")
}

// TitleKey is the normalised title of the opening: lower case, one spelling of
// each common word, without markers of gender, requisition numbers, places and
// "remote"; the seniority stays, because a junior and a senior opening are two.
func TitleKey(title string) string { return titleKey(title, "") }

func titleKey(title, company string) string {
	if len(title) > 400 {
		title = title[:400]
	}
	words := strings.FieldsFunc(plain(withoutBrackets(title)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '#'
	})
	return strings.Join(words, " ")
}
