package world

import (
	"math"
	"testing"
	"time"

	"jobmarket/ingest/market/prose"
	"jobmarket/warehouse/schema"
)

func large() *World {
	c := Default()
	c.Sightings = 100_000
	return New(c)
}

// TestRates compares what was planted with the config's shares.
func TestRates(t *testing.T) {
	w := large()
	var reposts, edits, places, closed, renamed, hiring, copies float64
	for i := range w.Jobs {
		j := &w.Jobs[i]
		if j.Reopen > 0 {
			reposts++
		}
		if j.Edited != Never {
			edits++
		}
		if j.more > 0 {
			places++
		}
		if j.Close != Never {
			closed++
		}
	}
	for i := range w.Employers {
		if e := &w.Employers[i]; e.Agency {
			copies += float64(len(w.Boards[e.Board].Listings))
		} else if hiring++; e.NewName != "" {
			renamed++
		}
	}
	jobs := float64(len(w.Jobs))
	for _, c := range []struct {
		name           string
		got, want, tol float64
	}{
		{"reposts", reposts / closed, w.Repost, 0.02},
		{"ads with several places", places / jobs, w.ManyPlaces, 0.01},
		{"agencies' copies", copies / jobs, w.Config.Agency, 0.01},
		{"renamed employers", renamed / hiring, w.Rename, 0.06},
	} {
		if math.Abs(c.got-c.want) > c.tol {
			t.Errorf("share of %s: %.3f, asked for %.3f", c.name, c.got, c.want)
		}
	}
	if edits == 0 || edits/jobs > w.Edit {
		t.Errorf("share of edited ads: %.3f, at most %.3f asked for", edits/jobs, w.Edit)
	}
}

// TestDays compares how long jobs stay open with their domain's mean. Jobs that
// were cut off by the end of the time are left out by leaving out all that
// opened near it.
func TestDays(t *testing.T) {
	w := large()
	sum, n := make([]float64, len(schema.Domains)), make([]float64, len(schema.Domains))
	for i := range w.Jobs {
		if j := &w.Jobs[i]; j.Open >= w.First && j.Open < w.Last-700 {
			at := w.Employers[j.Employer].Domain
			sum[at] += float64(min(j.Close, w.Last) - j.Open)
			n[at]++
		}
	}
	for at, days := range sum {
		if mean := days / n[at]; n[at] > 300 && math.Abs(mean-openDays[at]) > openDays[at]/8 {
			t.Errorf("jobs of %s stay open for %.1f days, want %.1f", schema.Domains[at], mean, openDays[at])
		}
	}
}

// TestSpells holds the order of every job's days, and that it can be told from
// its employer's others.
func TestSpells(t *testing.T) {
	w := large()
	type ad struct {
		employer     int32
		title, place string
	}
	until := map[ad]Day{}
	for i := range w.Jobs {
		j := &w.Jobs[i]
		if j.Close < j.Open+minDays || j.Reopen != 0 && (j.Reopen < j.Close || j.Redo < j.Reopen+minDays) {
			t.Fatalf("job %d is open from %d to %d, and from %d to %d", i, j.Open, j.Close, j.Reopen, j.Redo)
		}
		o := w.Opening(j, j.Open)
		f := o.Facts()
		key := ad{j.Employer, f.Title, f.Line()}
		if before, ok := until[key]; ok && j.Open < before+sameTitle {
			t.Fatalf("job %d has the title, place and employer of one that closed on day %d", i, before)
		}
		until[key] = j.Last()
	}
}

func TestTrend(t *testing.T) {
	c := Default()
	for _, x := range []struct {
		domain string
		on     time.Time
		want   float64
	}{
		{"crypto", Date(2010, 1, 1), 0.4}, {"crypto", Date(2022, 2, 1), 2.4}, {"crypto", Date(2022, 4, 2), 2.3},
		{"crypto", Date(2030, 1, 1), 0.5}, {"embedded", Date(2022, 1, 1), 1},
	} {
		if got := c.level(x.domain, DayOf(x.on)); math.Abs(got-x.want) > 0.01 {
			t.Errorf("level of %s on %s: %.3f, want %.3f", x.domain, x.on.Format(time.DateOnly), got, x.want)
		}
	}
}

// TestDomains holds that a job's domain is its employer's but where its role has
// one of its own.
func TestDomains(t *testing.T) {
	w := large()
	desks, moved := 0, 0
	for i := range w.Jobs {
		j := &w.Jobs[i]
		employer := schema.Domains[w.Employers[j.Employer].Domain]
		got := schema.Domains[j.Domain]
		switch {
		case int(j.role) == prose.CryptoDesk:
			desks++
			if employer != "finance" || got != "crypto" {
				t.Fatalf("a crypto desk at an employer of %s is filed under %s", employer, got)
			}
		case got != employer:
			moved++
			if employer != "web" && employer != "other" {
				t.Fatalf("a job at an employer of %s is filed under %s", employer, got)
			}
		}
	}
	if desks == 0 || moved == 0 {
		t.Errorf("%d crypto desks and %d jobs of another domain than their employer's", desks, moved)
	}
}

// TestNothingToSee holds that a market in which every crawl fails is made, too.
func TestNothingToSee(t *testing.T) {
	c := Small(1)
	c.Failure, c.CrossPost, c.Sightings = 1, 0, 100
	c.To = c.From.AddDate(0, 0, -1)
	if w := New(c); len(w.Crawls) != 1 {
		t.Errorf("%d crawls in no time", len(w.Crawls))
	}
}
