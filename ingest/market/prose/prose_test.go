package prose

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jobmarket/ingest/market/dice"
	"jobmarket/warehouse/schema"
)

// openings yields one opening of every field, role and role of the language, for
// several employers of each field.
func openings(yield func(Opening)) {
	for domain := range schema.Domains {
		for n := range 12 {
			e := NewEmployer(7, domain*100+n, domain)
			for role := range Roles {
				for rust := range uint8(3) {
					if rust != RustNo && !Roles[role].Code {
						continue
					}
					of := DomainIndex(Roles[role].DomainOf(schema.Domains[domain]))
					yield(Opening{Employer: &e, Role: role, Domain: of, Rust: rust, Seniority: uint8(n % 5), Team: n, Place: n,
						More: n % 3, Remote: uint8(n % 3), Seed: uint64(role*1000 + n), Confusers: 0.6, Edited: n%2 == 0})
				}
			}
		}
	}
}

// TestWords expands the tables: no slot is left open or unknown (that would
// panic), no text is empty, and the language is named where the truth says so
// and, but for words that are no language, nowhere else.
func TestWords(t *testing.T) {
	n := 0
	openings(func(o Opening) {
		n++
		doc := o.Doc()
		all := strings.Join(slices.Concat([]string{o.Title()}, doc.About, doc.Intro, doc.Duties, doc.Wants, doc.Plus, doc.Perks, doc.Closing), "\n")
		if strings.ContainsAny(all, "{}") || !utf8.ValidString(all) || strings.Contains(all, "\n\n") {
			t.Fatalf("a template is left open, or a line is empty:\n%s", all)
		}
		without := all
		for _, other := range []string{"Rust Belt", "Rust (the game)", "games such as Rust"} {
			without = strings.ReplaceAll(without, other, "")
		}
		if named := strings.Contains(without, "Rust"); named != (o.Rust != RustNo) {
			t.Fatalf("Rust is planted as %d and named: %t in\n%s", o.Rust, named, all)
		}
		if len(doc.About) == 0 || len(doc.Intro) == 0 || len(doc.Duties) < 2 {
			t.Fatalf("a short text: %+v", doc)
		}
	})
	if n < 5000 {
		t.Errorf("only %d openings were written", n)
	}
}

// TestEmployersDiffer holds that no two employers of a market share a name.
func TestEmployersDiffer(t *testing.T) {
	seen := map[string]int{}
	for i := range 60_000 {
		e := NewEmployer(9, i, i%len(fields))
		if other, ok := seen[e.Stem]; ok {
			t.Fatalf("employers %d and %d are both called %s", other, i, e.Stem)
		}
		seen[e.Stem] = i
	}
}

// TestCopyHidesTheClient holds that an agency's copy names the agency and never
// its client.
func TestCopyHidesTheClient(t *testing.T) {
	agency := NewAgency(7, 9999)
	openings(func(o Opening) {
		doc := o.Doc().Copy(&o, &agency, o.Seed)
		all := strings.Join(slices.Concat(doc.About, doc.Intro, doc.Duties, doc.Wants, doc.Plus, doc.Closing), "\n")
		if strings.Contains(all, o.Employer.Stem) || !strings.Contains(all, agency.Name) {
			t.Fatalf("the copy of %s by %s:\n%s", o.Employer.Name, agency.Name, all)
		}
	})
}

func TestTables(t *testing.T) {
	if len(fields) != len(schema.Domains) || len(confusers) != len(schema.Domains) || len(languages) != len(schema.Domains) {
		t.Fatal("a table does not have one entry for each domain")
	}
	for i, f := range fields {
		if len(f.products) == 0 {
			t.Errorf("employers of %s make nothing", schema.Domains[i])
		}
		for _, table := range [][]string{f.suffixes, f.about, f.teams, f.duties, f.wants} {
			if len(table) == 0 || len(table) > 64 {
				t.Errorf("a table of %s has %d entries", schema.Domains[i], len(table))
			}
		}
	}
	d := dice.New(1)
	for range 200 {
		if title, text := Post(&d); title == "" || text == "" || Chatter(&d) == "" || Hostile(&d) == "" {
			t.Fatal("something that is no ad is empty")
		}
	}
}
