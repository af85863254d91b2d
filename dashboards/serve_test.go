package dashboards

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobmarket/dashboards/assets"
	"jobmarket/dashboards/fixture"
)

// writeRows is a stand-in for the warehouse's formatter, which this room does
// not see: one line a row, and its format on top.
func writeRows(w io.Writer, rows *sql.Rows, format string) error {
	defer rows.Close()
	if _, err := fmt.Fprintln(w, format); err != nil {
		return err
	}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, s); err != nil {
			return err
		}
	}
	return rows.Err()
}

func TestHandler(t *testing.T) {
	db := fixture.Open(t, fixtureSources, []fixture.Ad{{Domain: "web", Source: "letter", Title: "<script>x</script>", Seen: []string{"2022-06-20"}}}, false)
	rep := build(t, db, nil)
	if err := os.WriteFile(filepath.Join(rep.Dir, ".secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := handler(ServeOptions{Dir: rep.Dir, Querier: db, Write: writeRows, Timeout: time.Minute}, "127.0.0.1:8080")
	q := func(text, format string) string { return "/sql?format=" + format + "&q=" + url.QueryEscape(text) }
	for _, test := range []struct {
		name, path, host, site string
		status                 int
		want                   string
	}{
		{"overview", "/", "127.0.0.1:8080", "", 200, "Overview"},
		{"by name", "/how.html", "localhost:8080", "", 200, "How we count"},
		{"health", "/healthz", "[::1]:8080", "", 200, "ok"},
		{"a name that points here", "/", "evil.example:8080", "", 421, "own address"},
		{"another port", "/", "127.0.0.1:9999", "", 421, "own address"},
		{"no listing", "/data/", "127.0.0.1:8080", "", 404, "not found"},
		{"no hidden file", "/.secret", "127.0.0.1:8080", "", 404, "not found"},
		{"no way up", "/..%2f..%2fetc/passwd", "127.0.0.1:8080", "", 404, ""},
		{"query page", q("SELECT title FROM postings", ""), "127.0.0.1:8080", "", 200, "&lt;script&gt;x"},
		{"csv", q("SELECT title FROM postings", "csv"), "127.0.0.1:8080", "same-origin", 200, "csv\n<script>x"},
		{"csv for a spreadsheet", q("SELECT title FROM postings", "spreadsheet"), "127.0.0.1:8080", "same-origin", 200, "spreadsheet\n<script>x"},
		{"button", "/sql", "127.0.0.1:8080", "", 200, `value="spreadsheet">CSV<`},
		{"mistake", q("SELEC", "json"), "127.0.0.1:8080", "", 400, "syntax error"},
		{"format", q("SELECT 1", "xml"), "127.0.0.1:8080", "", 400, "not known"},
		{"from elsewhere", q("SELECT 1", "csv"), "127.0.0.1:8080", "cross-site", 403, "own pages"},
		{"too much", q("SELECT repeat('x', 1000) FROM range(100000)", "csv"), "127.0.0.1:8080", "", 400, "larger than 8 MB"},
		{"too long", "/sql?q=" + strings.Repeat("x", maxQuery+1), "127.0.0.1:8080", "", 414, "longer than"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", test.path, nil)
			r.Host = test.host
			if test.site != "" {
				r.Header.Set("Sec-Fetch-Site", test.site)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("%d, %.200q; want %d with %q", w.Code, w.Body.String(), test.status, test.want)
			}
			for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options"} {
				if w.Header().Get(name) == "" {
					t.Errorf("no %s", name)
				}
			}
		})
	}
	// Of a site that was drawn without the charts' script the server allows the one that
	// its pages name; of another, nothing from elsewhere.
	script := filepath.Join(rep.Dir, "assets", "echarts.min.js")
	for _, offline := range []bool{false, true} {
		if err := os.RemoveAll(script); err != nil {
			t.Fatal(err)
		}
		if offline {
			if err := os.WriteFile(script, []byte("1"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		r, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
		r.Host = "127.0.0.1:8080"
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Content-Security-Policy"); strings.Contains(got, assets.EChartsURL) == offline {
			t.Errorf("with the script at hand %v the policy is %s", offline, got)
		}
	}
	r := httptest.NewRequest("POST", "/sql?q=SELECT+1", nil)
	r.Host = "127.0.0.1:8080"
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a POST gets %d", w.Code)
	}
}

func TestServe(t *testing.T) {
	rep := build(t, fixture.Open(t, nil, nil, false), nil)
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Serve(ctx, ServeOptions{Addr: "127.0.0.1:0", Dir: rep.Dir, Ready: func(url string) { ready <- url }})
	}()
	var address string
	select {
	case address = <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != 200 {
		t.Errorf("the overview is %d", answer.StatusCode)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := Serve(context.Background(), ServeOptions{Dir: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "no site is there") {
		t.Errorf("serving an empty folder: %v", err)
	}
}
