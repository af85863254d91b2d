package dashboards

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"jobmarket/dashboards/query"
)

// ServeOptions is what [Serve] needs.
type ServeOptions struct {
	Addr    string                                                 // empty: 127.0.0.1:8080; port 0 takes any
	Dir     string                                                 // a built site
	Querier Querier                                                // answers /sql; it must be read-only and locked down itself. Nil: no /sql
	Write   func(w io.Writer, rows *sql.Rows, format string) error // writes and closes rows as csv, as spreadsheet, which is csv that runs in none, or as json
	Timeout time.Duration                                          // of one query; 0: 10 s
	Ready   func(url string)                                       // called once with the address of the overview; may be nil
}

const (
	maxQuery  = 64 << 10 // bytes of SQL
	maxAnswer = 8 << 20  // bytes of a query's answer
	atOnce    = 2        // queries at one time; more wait
)

// Serve shows the site until the context ends, at an address of this machine
// unless another is named. It answers /healthz, and /sql?q=…&format=html|csv|spreadsheet|json.
// A request whose Host is not the address served is refused, so that a web page
// elsewhere cannot reach the data through a name that it points here.
func Serve(ctx context.Context, o ServeOptions) error {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:8080"
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if _, err := os.Stat(filepath.Join(o.Dir, "index.html")); err != nil {
		return fmt.Errorf("serve %s: no site is there; draw one first (%w)", o.Dir, err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Addr)
	if err != nil {
		return fmt.Errorf("serve: %w; name another address by --addr, or port 0 for any", err)
	}
	server := &http.Server{
		Handler:           handler(o, listener.Addr().String()),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: o.Timeout + 30*time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: maxQuery + 16<<10,
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		stopped <- server.Shutdown(end)
	}()
	if o.Ready != nil {
		o.Ready("http://" + listener.Addr().String() + "/")
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-stopped
}

// handler is the whole server without its socket.
func handler(o ServeOptions, addr string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	mux.Handle("GET /", http.FileServerFS(onlyFiles{os.DirFS(o.Dir)}))
	if o.Querier != nil {
		mux.Handle("GET /sql", &sqlPage{o: o, turns: make(chan struct{}, atOnce)})
	}
	packed := gzhttp.GzipHandler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		_, err := os.Stat(filepath.Join(o.Dir, "assets", "echarts.min.js"))
		h.Set("Content-Security-Policy", policy(err == nil)+"; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		if !ours(r.Host, addr) {
			http.Error(w, "this server answers to its own address only", http.StatusMisdirectedRequest)
			return
		}
		if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" && r.URL.Path == "/sql" {
			http.Error(w, "queries come from this site's own pages only", http.StatusForbidden)
			return
		}
		packed.ServeHTTP(w, r)
	})
}

// ours says whether a Host header names the address served: itself, or this
// machine by a loopback name or number with the same port.
func ours(host, addr string) bool {
	if host == addr {
		return true
	}
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	name, p, err := net.SplitHostPort(host)
	if err != nil {
		name, p = strings.Trim(host, "[]"), "80"
	}
	if p != port {
		return false
	}
	if name == "localhost" {
		return true
	}
	ip := net.ParseIP(name)
	bound, _, _ := net.SplitHostPort(addr)
	all := net.ParseIP(bound)
	return ip != nil && (ip.IsLoopback() || all != nil && all.IsUnspecified())
}

// sqlPage answers queries that read.
type sqlPage struct {
	o     ServeOptions
	turns chan struct{}
}

func (p *sqlPage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q, format := r.URL.Query().Get("q"), r.URL.Query().Get("format")
	types := map[string]string{"csv": "text/csv; charset=utf-8", "spreadsheet": "text/csv; charset=utf-8", "json": "application/json", "html": "text/html; charset=utf-8", "": "text/html; charset=utf-8"}
	kind, known := types[format]
	switch {
	case !known:
		http.Error(w, fmt.Sprintf("format %q is not known; use html, csv, spreadsheet or json", format), http.StatusBadRequest)
		return
	case len(q) > maxQuery:
		http.Error(w, fmt.Sprintf("the query is longer than %d bytes", maxQuery), http.StatusRequestURITooLong)
		return
	}
	w.Header().Set("Content-Type", kind)
	page := sqlAnswer{Name: "sql", Query: q, Answered: strings.TrimSpace(q) != ""}
	status := http.StatusOK
	var answer []byte
	if page.Answered {
		as := format
		if as == "" || as == "html" {
			as = "csv"
		}
		var err error
		if answer, err = p.answer(r.Context(), q, as); err != nil {
			status, page.Mistake = http.StatusBadRequest, err.Error()
		}
	}
	if format != "" && format != "html" {
		if page.Mistake != "" {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			answer = []byte(page.Mistake + "\n")
		}
		w.WriteHeader(status)
		w.Write(answer)
		return
	}
	if page.Mistake == "" && page.Answered {
		page.read(answer)
	}
	simulated, err := query.Rows(r.Context(), p.o.Querier, "SELECT source FROM sources WHERE simulated LIMIT 1",
		func(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) })
	if err != nil && page.Mistake == "" {
		status, page.Mistake = http.StatusInternalServerError, err.Error()
	}
	page.Simulated = len(simulated) > 0
	w.WriteHeader(status)
	templates.ExecuteTemplate(w, "sql.html", page)
}

// sqlAnswer is what the page of SQL shows.
type sqlAnswer struct {
	Name, Query, Mistake      string
	Columns                   []string
	Numeric                   []bool // by column
	Rows                      [][]string
	More, Answered, Simulated bool
}

// maxRows is how many rows the page shows; the files have all.
const maxRows = 500

// read takes the table from CSV, in which every value is written as everywhere.
func (a *sqlAnswer) read(b []byte) {
	lines := csv.NewReader(bytes.NewReader(b))
	lines.FieldsPerRecord = -1
	for {
		row, err := lines.Read()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			a.Mistake = err.Error()
			return
		case a.Columns == nil:
			a.Columns, a.Numeric = row, slices.Repeat([]bool{true}, len(row))
		case len(a.Rows) == maxRows:
			a.More = true
			return
		default:
			a.Rows = append(a.Rows, row)
			for i, cell := range row {
				_, err := strconv.ParseFloat(cell, 64)
				a.Numeric[i] = a.Numeric[i] && (err == nil || cell == "")
			}
		}
	}
}

// answer runs one query within the limits of time, size and turns.
func (p *sqlPage) answer(ctx context.Context, q, format string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, p.o.Timeout)
	defer cancel()
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-ctx.Done():
		return nil, errors.New("too many queries at once; try again")
	}
	rows, err := p.o.Querier.QueryContext(ctx, q)
	if err != nil {
		return nil, timedOut(ctx, err)
	}
	var out limited
	err = p.o.Write(&out, rows, format)
	if out.full {
		return nil, fmt.Errorf("the answer is larger than %d MB; add a LIMIT, or use `jobmarket sql`", maxAnswer>>20)
	}
	return out.b.Bytes(), timedOut(ctx, err)
}

func timedOut(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errors.New("the query took too long and was stopped")
	}
	return err
}

// limited is a buffer that takes maxAnswer bytes and no more.
type limited struct {
	b    bytes.Buffer
	full bool
}

func (l *limited) Write(p []byte) (int, error) {
	if l.b.Len()+len(p) > maxAnswer {
		l.full = true
		return 0, errors.New("answer too large")
	}
	return l.b.Write(p)
}
