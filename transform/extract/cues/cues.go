// Package cues finds the phrases that tell what an ad says of itself: "nice to
// have", "our stack is", "on behalf of our client". Which phrase speaks for what
// is data (cues.csv, commented); what follows from it is decided by those who
// ask. It must not know any language, place or amount.
package cues

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"jobmarket/transform/lexis"
)

//go:embed cues.csv
var cuesCSV string

// Data is the text of the embedded table, for the version of what reads it.
func Data() string { return cuesCSV }

// Class is what a phrase speaks for.
type Class uint8

// The classes, in the order of the names in cues.csv.
const (
	Plus       Class = iota // a bonus, no condition
	Alt                     // one of several that would do
	Must                    // a condition
	Stack                   // what is in use
	Small                   // in use, but little
	Built                   // the product is made of it
	Seek                    // somebody is wanted
	Seeker                  // somebody offers himself
	Notice                  // no ad: a rule, a thread, an answer
	Agency                  // a firm that recruits for others
	Learn                   // need not be known beforehand
	Intern                  // seniorities, from here
	Junior                  //
	Mid                     //
	Senior                  //
	Staff                   //
	Lead                    //
	Manager                 //
	Director                // to here
	FullTime                // kinds of employment, from here
	PartTime                //
	Contract                //
	Temporary               // to here
	Remote                  // where the work is done, from here
	Hybrid                  //
	Onsite                  //
	NoRemote                // to here
	Experience              // holds a word of seniority and means none
	Years                   // the word for years
	Aside                   // what people do besides the work
	Other                   // holds a word of another class and means something else
	Client                  // somebody for whom others work
	classes
)

var names = [classes]string{"plus", "alt", "must", "stack", "small", "built", "seek", "seeker", "notice", "agency", "learn",
	"intern", "junior", "mid", "senior", "staff", "lead", "manager", "director", "full_time", "part_time", "contract",
	"temporary", "remote", "hybrid", "onsite", "no_remote", "experience", "years", "aside", "other", "client"}

// String is the class's name in cues.csv.
func (c Class) String() string { return names[c] }

// Set is a set of classes.
type Set uint32

// Has says that c is in the set.
func (s Set) Has(c Class) bool { return s&(1<<c) != 0 }

// Of is the set of the classes.
func Of(cs ...Class) (s Set) {
	for _, c := range cs {
		s |= 1 << c
	}
	return s
}

// Cue is one phrase found: tokens First..Last, inclusive.
type Cue struct {
	Is          Set
	First, Last int32
}

// Finder is the compiled data. It is immutable and safe for concurrent use.
type Finder struct {
	matcher *lexis.Matcher
	is      []Set // by phrase
}

// New compiles the embedded data. The error names what is wrong with it.
func New() (*Finder, error) {
	r := csv.NewReader(strings.NewReader(cuesCSV))
	r.Comment = '#'
	r.FieldsPerRecord = 2
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("cues.csv: %w", err)
	}
	f := &Finder{}
	var phrases []string
	at := map[string]int{}
	for _, row := range rows[1:] {
		c := slices.Index(names[:], row[0])
		if c < 0 {
			return nil, fmt.Errorf("cues.csv: %q is no class (hint: see the list in cues.go)", row[0])
		}
		for _, p := range strings.Split(row[1], "|") {
			i, known := at[p]
			if !known {
				i = len(phrases)
				at[p] = i
				phrases = append(phrases, p)
				f.is = append(f.is, 0)
			}
			f.is[i] |= 1 << c
		}
	}
	if f.matcher, err = lexis.NewMatcher(phrases); err != nil {
		return nil, fmt.Errorf("cues.csv: %w", err)
	}
	return f, nil
}

// Phrases finds the cues, for a [lexis.Joint].
func (f *Finder) Phrases() *lexis.Matcher { return f.matcher }

// Find appends to dst the cues of d, by their first token; of those that begin
// at one token only the longest.
func (f *Finder) Find(dst []Cue, d *lexis.Doc) []Cue {
	f.matcher.Longest(d, func(m lexis.Match) bool {
		dst = append(dst, Cue{f.is[m.Phrase], m.First, m.Last})
		return true
	})
	return dst
}

// Within returns the cues, sorted as Find sorts them, whose first token is in
// from <= token < to.
func Within(all []Cue, from, to int32) []Cue {
	less := func(c Cue, at int32) int { return int(c.First - at) }
	i, _ := slices.BinarySearchFunc(all, from, less)
	j, _ := slices.BinarySearchFunc(all, to, less)
	return all[i:max(i, j)]
}
