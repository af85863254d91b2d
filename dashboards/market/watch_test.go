package market

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func at(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }

// watchers are a newsletter that stops for two months, and a board that was looked
// at once, two years later.
func watchers() *Market {
	return &Market{
		First: at("2020-01-01"), Last: at("2022-07-01"), On: at("2022-07-01"), Jobs: 1,
		Watch: Watch{
			{"letter", at("2020-01-01"), at("2020-03-20"), at("2020-04-18")},
			{"letter", at("2020-06-01"), at("2020-12-31"), at("2021-01-29")},
			{"board", at("2022-06-01"), at("2022-06-01"), at("2022-07-01")},
		},
	}
}

// What was printed on 20 March for thirty days is open up to 18 April, and of the day
// after nobody tells.
func TestGaps(t *testing.T) {
	want := []Gap{{From: at("2020-04-19"), To: at("2020-06-01")}, {From: at("2021-01-30"), To: at("2022-06-01")}}
	if d := cmp.Diff(want, watchers().Watch.Gaps(at("2020-01-01"), at("2022-07-02"))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]Gap{{From: at("2019-01-01"), To: at("2020-01-01")}}, watchers().Watch.Gaps(at("2019-01-01"), at("2020-02-01"))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]Gap{{From: at("2023-01-01"), To: at("2024-01-01")}}, watchers().Watch.Gaps(at("2023-01-01"), at("2024-01-01"))); d != "" {
		t.Error(d)
	}
}

// A quarter of which the source that brought most was watched over a part is a part
// of a quarter; a week at its end is nothing.
func TestPart(t *testing.T) {
	m := watchers()
	of := func(source string) []Cohort {
		return []Cohort{{Source: source, N: 9}, {Source: "another", N: 1}}
	}
	for _, c := range []struct {
		source, from, to string
		want             bool
	}{
		{"letter", "2020-01-01", "2020-04-01", true}, {"letter", "2020-01-01", "2020-03-24", false},
		{"letter", "2020-07-01", "2020-10-01", false}, {"letter", "2020-04-01", "2020-07-01", true}, {"board", "2022-06-01", "2022-07-01", true},
	} {
		if got := m.Watch.Part(of(c.source), at(c.from), at(c.to)); got != c.want {
			t.Errorf("%s, %s to %s: in part %v", c.source, c.from, c.to, got)
		}
	}
	if !m.Watch.Part(nil, at("2022-07-01"), at("2022-10-01")) {
		t.Error("a quarter that the data end in is whole")
	}
}

// Marks of one day and kind are one; that a source was last seen is a mark only
// where it is not seen any more.
func TestChanges(t *testing.T) {
	m := watchers()
	m.Marks = []Mark{
		{at("2020-01-01"), "letter", "source", "Begins."}, {at("2022-06-01"), "board", "source", "Begins."}, {at("2022-06-01"), "shelf", "source", "Begins."}, {at("2022-06-01"), "list", "source", "Begins."},
		{at("2020-12-31"), "letter", "end", "Last seen."}, {at("2022-06-01"), "board", "end", "Last seen."}, {at("2021-05-01"), "", "classifier", "Version 2."},
	}
	var got []string
	for _, g := range m.Changes(true) {
		got = append(got, g.Day.Format(time.DateOnly)+" "+g.Short()+" / "+g.Sentence())
	}
	want := []string{
		"2020-01-01 letter begins / letter is watched from here on.",
		"2020-12-31 letter ends / letter is not watched from here on.",
		"2021-05-01 another classifier / Version 2.",
		"2022-06-01 3 sources begin / 3 sources are watched from here on.",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if g := m.Changes(false); len(g[3].Sources) != 1 || g[3].Sources[0] != "board" {
		t.Errorf("charts show that %v begin, of which they count the board alone", g[3].Sources)
	}
	by := []Brought{{"letter", 95}, {"board", 5}}
	if g := m.Changes(false); !g[0].Main(by) || g[2].Main(by) || g[3].Main(by) {
		t.Error("the beginning of a source with most of the jobs, and it alone, is a main mark")
	}
}

// Of three years with ten jobs a month, quarters hold the thirty that shares are
// drawn from; ten jobs in all are shown by the longest periods there are four of.
func TestBucketOfNew(t *testing.T) {
	m := &Market{First: at("2019-01-01"), Last: at("2021-12-31"), Watch: Watch{{"letter", at("2019-01-01"), at("2021-12-31"), at("2022-01-29")}}}
	for i := range 36 {
		m.New = append(m.New, Cohort{Month: at("2019-01-01").AddDate(0, i, 0), Source: "letter", N: 10})
	}
	if got := m.bucketOfNew(); got != "quarter" {
		t.Errorf("ten a month are drawn by %s", got)
	}
	for i := range m.New {
		m.New[i].N = 40
	}
	if got := m.bucketOfNew(); got != "month" {
		t.Errorf("forty a month are drawn by %s", got)
	}
	m.New = m.New[:1]
	if got := m.bucketOfNew(); got != "quarter" {
		t.Errorf("one month of three years is drawn by %s", got)
	}
}

// The last twelve months with enough are found behind years with next to nothing.
func TestRecent(t *testing.T) {
	m := &Market{First: at("2019-01-01"), Last: at("2022-03-15"), Jobs: 22}
	for i := range 20 {
		m.New = append(m.New, Cohort{Month: at("2019-06-01"), Source: "letter", Employer: string(rune('a' + i)), Known: true, N: 1})
	}
	m.New = append(m.New, Cohort{Month: at("2022-02-01"), Source: "letter", Employer: "z", N: 2})
	list, from, to := m.Recent()
	if len(list) != 20 || from != at("2019-04-01") || to != at("2020-04-01") {
		t.Errorf("%d of %s to %s, want the twenty of 2019-04-01 to 2020-04-01", len(list), from, to)
	}
	m.New = m.New[15:]
	if list, _, _ := m.Recent(); list != nil {
		t.Errorf("%v are enough", list)
	}
}
