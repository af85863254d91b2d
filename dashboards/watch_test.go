package dashboards

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobmarket/dashboards/chart"
)

func at(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }

// watchers are a newsletter that stops for two months, and a board that was looked
// at once, two years later.
func watchers() *market {
	return &market{
		First: at("2020-01-01"), Last: at("2022-07-01"), On: at("2022-07-01"), Jobs: 1,
		Stretches: []stretch{
			{"letter", at("2020-01-01"), at("2020-03-20"), 30},
			{"letter", at("2020-06-01"), at("2020-12-31"), 30},
			{"board", at("2022-06-01"), at("2022-06-01"), 30},
		},
	}
}

// What was printed on 20 March is known for thirty days after it, up to 20 April.
func TestGaps(t *testing.T) {
	want := []chart.Gap{{From: at("2020-04-20"), To: at("2020-06-01")}, {From: at("2021-01-31"), To: at("2022-06-01")}}
	if d := cmp.Diff(want, watchers().gaps(at("2020-01-01"), at("2022-07-02"))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]chart.Gap{{From: at("2019-01-01"), To: at("2020-01-01")}}, watchers().gaps(at("2019-01-01"), at("2020-02-01"))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]chart.Gap{{From: at("2023-01-01"), To: at("2024-01-01")}}, watchers().gaps(at("2023-01-01"), at("2024-01-01"))); d != "" {
		t.Error(d)
	}
}

// A stock is told on a day that a source was watched, told from before some days
// later, and not told at all after that: a gap is no nought.
func TestStockPoint(t *testing.T) {
	s := &site{m: watchers()}
	for _, c := range []struct {
		day         string
		told, part  bool
		sourcesSeen int
	}{{"2020-02-01", true, false, 1}, {"2020-04-01", true, true, 1}, {"2020-05-01", false, false, 0}, {"2022-06-01", true, false, 1}, {"2022-07-01", true, true, 1}, {"2022-07-02", false, false, 0}} {
		p, n := s.stockPoint(at(c.day), 0)
		if (p.Value != nil) != c.told || p.Part != c.part || n != c.sourcesSeen {
			t.Errorf("%s: told %v, in part %v, by %d sources; want %+v", c.day, p.Value != nil, p.Part, n, c)
		}
	}
}

// A quarter of which the source that brought most was watched over a part is a part
// of a quarter; a week at its end is nothing.
func TestPart(t *testing.T) {
	m := watchers()
	of := func(source string) []cohort { return []cohort{{Source: source, N: 9}, {Source: "another", N: 1}} }
	for _, c := range []struct {
		source, from, to string
		want             bool
	}{
		{"letter", "2020-01-01", "2020-04-01", true}, {"letter", "2020-01-01", "2020-03-24", false},
		{"letter", "2020-07-01", "2020-10-01", false}, {"letter", "2020-04-01", "2020-07-01", true}, {"board", "2022-06-01", "2022-07-01", true},
	} {
		if got := m.part(of(c.source), at(c.from), at(c.to)); got != c.want {
			t.Errorf("%s, %s to %s: in part %v", c.source, c.from, c.to, got)
		}
	}
	if !m.part(nil, at("2022-07-01"), at("2022-10-01")) {
		t.Error("a quarter that the data end in is whole")
	}
}

// Marks of one day and kind are one; that a source was last seen is a mark only
// where it is not seen any more.
func TestMarks(t *testing.T) {
	m := watchers()
	m.Marks = []mark{
		{at("2020-01-01"), "letter", "source", "Begins."}, {at("2022-06-01"), "board", "source", "Begins."}, {at("2022-06-01"), "shelf", "source", "Begins."},
		{at("2020-12-31"), "letter", "end", "Last seen."}, {at("2022-06-01"), "board", "end", "Last seen."}, {at("2021-05-01"), "", "classifier", "Version 2."},
	}
	s := &site{m: m}
	var got []string
	for _, g := range s.marks() {
		got = append(got, g.Day.Format(time.DateOnly)+" "+g.Short()+" / "+g.Sentence())
	}
	want := []string{
		"2020-01-01 letter begins / letter is watched from here on.",
		"2020-12-31 letter ends / letter was seen for the last time.",
		"2021-05-01 another classifier / Version 2.",
		"2022-06-01 2 sources begin / 2 sources are watched from here on.",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	by := []share{{"letter", 95}, {"board", 5}}
	if g := s.marks(); !g[0].main(by) || g[2].main(by) || g[3].main(by) {
		t.Error("the beginning of a source with most of the jobs, and it alone, is a main mark")
	}
}

// Of three years with ten jobs a month, quarters hold the thirty that shares are
// drawn from; ten jobs in all are shown by the longest periods there are four of.
func TestBucketOfNew(t *testing.T) {
	m := &market{First: at("2019-01-01"), Last: at("2021-12-31"), Stretches: []stretch{{"letter", at("2019-01-01"), at("2021-12-31"), 30}}}
	for i := range 36 {
		m.New = append(m.New, cohort{Month: at("2019-01-01").AddDate(0, i, 0), Source: "letter", N: 10})
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
	m := &market{First: at("2019-01-01"), Last: at("2022-03-15"), Jobs: 22}
	for i := range 20 {
		m.New = append(m.New, cohort{Month: at("2019-06-01"), Source: "letter", Employer: string(rune('a' + i)), N: 1})
	}
	m.New = append(m.New, cohort{Month: at("2022-02-01"), Source: "letter", Employer: "z", N: 2})
	list, from, to := m.recent()
	if len(list) != 20 || from != at("2019-04-01") || to != at("2020-04-01") {
		t.Errorf("%d of %s to %s, want the twenty of 2019-04-01 to 2020-04-01", len(list), from, to)
	}
	m.New = m.New[15:]
	if list, _, _ := m.recent(); list != nil {
		t.Errorf("%v are enough", list)
	}
}
