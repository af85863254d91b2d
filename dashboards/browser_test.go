package dashboards

import (
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"jobmarket/dashboards/browsertest"
	"jobmarket/dashboards/fixture"
)

var pictures = flag.String("pictures", "", "folder for pictures of the pages, for people to look at")

// TestInBrowser opens every page of a full, an empty, a one-job and a huge site
// from disk, wide and narrow, light and dark.
func TestInBrowser(t *testing.T) {
	b, err := browsertest.Start()
	if errors.Is(err, browsertest.ErrMissing) {
		t.Skip("no Chromium is installed: the pages were not opened in a browser")
	} else if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	one := []fixture.Ad{{Domain: "web", Source: "letter", Seen: []string{"2022-06-20"}}}
	for name, db := range map[string]*sql.DB{"full": full(t, true), "empty": fixture.Open(t, nil, nil, false), "one": fixture.Open(t, fixtureSources, one, false), "huge": huge(t)} {
		list := fixtureClaims
		if name == "huge" {
			list = list[:1]
		}
		rep := build(t, db, list)
		if !rep.Offline {
			t.Skip("echarts.min.js was not brought in (make assets): the pages would ask the network")
		}
		for _, view := range []struct {
			name  string
			width int
			dark  bool
		}{{"wide", 1280, false}, {"phone-dark", 390, true}} {
			if err := b.View(view.width, 900, view.dark); err != nil {
				t.Fatal(err)
			}
			pages := rep.Pages
			if name != "full" { // the pages with charts; the others differ in text only
				pages = pages[:3]
			}
			for _, page := range pages {
				t.Run(name+"/"+page+"/"+view.name, func(t *testing.T) {
					look(t, b, filepath.Join(rep.Dir, page), fmt.Sprintf("%s-%s-%s.png", name, page, view.name))
				})
			}
		}
	}
}

// huge is a market of a few hundred thousand jobs in a month.
func huge(t *testing.T) *sql.DB {
	db := full(t, false)
	if _, err := db.Exec(`INSERT INTO openings
		SELECT 'x' || i, 'x' || i, 'e' || i % 500, 'Employer with a rather long name ' || i % 500, 'letter', 'letter', 'periodical', NULL, 'Rust Engineer', 'cloud', 'core', true,
			DATE '2022-06-01', DATE '2022-07-01', DATE '2022-06-01', NULL, NULL, false, 'DE', 'remote', 'senior', false
		FROM range(300000) AS r(i)`); err != nil {
		t.Fatal(err)
	}
	return db
}

// look opens one page and holds it to what every page must keep.
func look(t *testing.T, b *browsertest.Browser, path, picture string) {
	notes, err := b.Open("file://" + path)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		t.Error(n)
	}
	var seen struct {
		Charts, Drawn, Blank, Overflow int
		Unlabelled                     []string
		Scripts                        int
	}
	err = b.Eval(`(() => {
		const boxes = [...document.querySelectorAll(".chart")];
		const inked = c => { const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data; for (let i = 3; i < d.length; i += 4) if (d[i]) return true; return false; };
		const canvases = boxes.map(b => b.querySelector("canvas"));
		return {
			charts: boxes.length, drawn: canvases.filter(Boolean).length, blank: canvases.filter(c => c && !inked(c)).length,
			overflow: document.documentElement.scrollWidth - innerWidth,
			unlabelled: boxes.filter(b => b.getAttribute("role") !== "img" || !b.getAttribute("aria-label")).map(b => b.id),
			scripts: document.querySelectorAll("script:not([src]):not([type='application/json']), img, [onerror]").length,
		};
	})()`, &seen)
	if err != nil {
		t.Fatal(err)
	}
	if seen.Drawn != seen.Charts || seen.Blank > 0 {
		t.Errorf("%d charts, %d drawn, %d of them blank", seen.Charts, seen.Drawn, seen.Blank)
	}
	if seen.Overflow > 0 {
		t.Errorf("the page is %d pixels too wide", seen.Overflow)
	}
	if len(seen.Unlabelled) > 0 {
		t.Errorf("charts that say nothing to a screen reader: %v", seen.Unlabelled)
	}
	if seen.Scripts > 0 {
		t.Errorf("%d elements that an ad's text has made", seen.Scripts)
	}
	if *pictures == "" {
		return
	}
	b2, err := b.Picture()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*pictures, picture), b2, 0o644); err != nil {
		t.Fatal(err)
	}
}
