package main

import (
	"slices"

	"jobmarket/transform/extract/terms"
)

// languageNames are the languages that a market may be, as the taxonomy has them.
func languageNames() []string {
	t, err := terms.New()
	if err != nil {
		panic("the taxonomy that ships does not compile: " + err.Error()) // a test compiles it
	}
	return t.Names(terms.Language)
}

func knownLanguage(name string) bool { return slices.Contains(languageNames(), name) }
