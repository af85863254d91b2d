package extract

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jobmarket/transform/extract/pay"
	"jobmarket/transform/extract/place"
	"jobmarket/transform/lexis"
	"jobmarket/warehouse/schema"
)

// bodies reads the HTTP bodies of an archive of the corpus, or skips the test.
func bodies(t *testing.T, name string) (out [][]byte) {
	t.Helper()
	dir := os.Getenv("JOBMARKET_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skip("the corpus of real pages is not here (set JOBMARKET_CORPUS to its folder)")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(z)
	length := 0
	for {
		line, err := r.ReadString('\n')
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		line = strings.TrimSpace(line)
		if v, ok := strings.CutPrefix(strings.ToLower(line), "content-length:"); ok {
			length, _ = strconv.Atoi(strings.TrimSpace(v))
		}
		if line != "" || length == 0 {
			continue
		}
		record := make([]byte, length)
		if _, err := io.ReadFull(r, record); err != nil {
			t.Fatal(err)
		}
		length = 0
		if _, body, ok := bytes.Cut(record, []byte("\r\n\r\n")); ok {
			out = append(out, body)
		}
	}
}

type ashbyJob struct {
	Title, Location, DescriptionPlain string
	Compensation                      struct {
		CompensationTierSummary string
		SummaryComponents       []struct {
			CompensationType, Interval, CurrencyCode string
			MinValue, MaxValue                       float64
		}
	}
}

// TestPayAgainstAshby compares what is read from words with the fields that the
// board states beside them.
func TestPayAgainstAshby(t *testing.T) {
	var stated, read, right, textRead, textRight int
	for _, body := range bodies(t, "ashby.warc.gz") {
		var board struct{ Jobs []ashbyJob }
		if json.Unmarshal(body, &board) != nil {
			continue
		}
		for _, j := range board.Jobs {
			for _, c := range j.Compensation.SummaryComponents {
				period := map[string]string{"1 YEAR": "year", "1 HOUR": "hour", "1 MONTH": "month"}[c.Interval]
				if c.CompensationType != "Salary" || c.MaxValue == 0 || period == "" {
					continue
				}
				stated++
				f := pay.Factor(period)
				same := func(p pay.Pay) bool {
					return p.Currency == c.CurrencyCode && math.Abs(p.High-c.MaxValue*f) < 0.01*p.High &&
						(c.MinValue == 0 || c.MinValue == c.MaxValue || math.Abs(p.Low-c.MinValue*f) < 0.01*p.High)
				}
				if p, ok := pay.Find(lexis.NewDoc(&schema.Posting{Pay: j.Compensation.CompensationTierSummary})); ok {
					read++
					if same(p) {
						right++
					} else {
						t.Logf("%q read as %+v", j.Compensation.CompensationTierSummary, p)
					}
				} else {
					t.Logf("%q not read", j.Compensation.CompensationTierSummary)
				}
				if p, ok := pay.Find(lexis.NewDoc(&schema.Posting{Text: j.DescriptionPlain})); ok {
					textRead++
					if same(p) {
						textRight++
					} else {
						t.Logf("fields %v %v, text %+v", c.MinValue, c.MaxValue, p)
					}
				}
				break
			}
		}
	}
	t.Logf("%d jobs state pay in fields; the summary's words were read for %d, alike for %d; the description's for %d, alike for %d",
		stated, read, right, textRead, textRight)
	if right*100 < stated*97 {
		t.Errorf("only %d of %d summaries are read as their fields say", right, stated)
	}
	// Some descriptions state another range than the fields, or one a place or level.
	if textRight*100 < textRead*72 {
		t.Errorf("only %d of %d descriptions are read as the fields say", textRight, textRead)
	}
}

// TestPlacesOfBoards counts the locations of Ashby and Greenhouse in which a
// country or a part of the world is read, or which name none ("Remote").
func TestPlacesOfBoards(t *testing.T) {
	type job struct{ Location json.RawMessage }
	for _, name := range []string{"ashby.warc.gz", "greenhouse.warc.gz", "greenhouse_history.warc.gz"} {
		n, read := 0, 0
		for _, body := range bodies(t, name) {
			var board struct{ Jobs []job }
			if json.Unmarshal(body, &board) != nil {
				continue
			}
			for _, j := range board.Jobs {
				var s string
				var o struct{ Name string }
				if json.Unmarshal(j.Location, &s) != nil {
					if json.Unmarshal(j.Location, &o) != nil {
						continue
					}
					s = o.Name
				}
				if s == "" {
					continue
				}
				n++
				if _, known := place.Table().Key(lexis.NewDoc(&schema.Posting{Location: s})); known {
					read++
				}
			}
		}
		t.Logf("%s: %d of %d locations read", name, read, n)
		if read*100 < n*98 {
			t.Errorf("%s: only %d of %d locations are read", name, read, n)
		}
	}
}
