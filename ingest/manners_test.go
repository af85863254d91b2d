package ingest_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"jobmarket/ingest"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// village is a few hosts on pipes: real HTTP, and within synctest a time that
// passes only when everyone waits.
type village struct {
	mu    sync.Mutex
	hosts map[string]*villager
}

type villager struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	mu     sync.Mutex
	asked  []asked
	flying int
	most   int // requests under way at once
}

func (v *villager) Accept() (net.Conn, error) {
	select {
	case c := <-v.conns:
		return c, nil
	case <-v.closed:
		return nil, net.ErrClosed
	}
}
func (v *villager) Close() error   { v.once.Do(func() { close(v.closed) }); return nil }
func (v *villager) Addr() net.Addr { return &net.TCPAddr{} }

// host starts a host of that name.
func (g *village) host(t *testing.T, name string, h http.HandlerFunc) *villager {
	v := &villager{conns: make(chan net.Conn), closed: make(chan struct{})}
	g.mu.Lock()
	if g.hosts == nil {
		g.hosts = map[string]*villager{}
	}
	g.hosts[name+":80"] = v
	g.mu.Unlock()
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		v.asked = append(v.asked, asked{r.URL.RequestURI(), time.Now(), r.Header.Clone()})
		v.flying++
		v.most = max(v.most, v.flying)
		v.mu.Unlock()
		h(w, r)
		v.mu.Lock()
		v.flying--
		v.mu.Unlock()
	})}
	go srv.Serve(v)
	t.Cleanup(func() { srv.Close() })
	return v
}

func (g *village) transport() *http.Transport {
	return &http.Transport{DisableCompression: true, DialContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
		g.mu.Lock()
		v := g.hosts[addr]
		g.mu.Unlock()
		if v == nil {
			return nil, fmt.Errorf("no host at %s", addr)
		}
		here, there := net.Pipe()
		select {
		case v.conns <- there:
			return here, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
}

// chain answers /0 with a link to /1 and so on up to /last.
func chain(robots string, last int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, robots)
			return
		}
		var n int
		fmt.Sscanf(r.URL.Path, "/%d", &n)
		links := ""
		if n < last {
			links = fmt.Sprintf(`"/%d"`, n+1)
		}
		fmt.Fprintf(w, `{"jobs":["%s"],"links":[%s]}`, r.URL.Path, links)
	}
}

// star answers /0 with links to all others.
func star(robots string, last int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, robots)
			return
		}
		var links []string
		for i := 1; i <= last && r.URL.Path == "/0"; i++ {
			links = append(links, fmt.Sprintf(`"/%d"`, i))
		}
		time.Sleep(300 * time.Millisecond) // of the bubble's time: answers take a while
		fmt.Fprintf(w, `{"jobs":["%s"],"links":[%s]}`, r.URL.Path, strings.Join(links, ","))
	}
}

func (g *village) options(t *testing.T, hosts ...string) ingest.Options {
	tr := g.transport()
	t.Cleanup(tr.CloseIdleConnections)
	o := ingest.Options{Kinds: []kinds.Kind{sheets(schema.Feed)}, ArchiveDir: t.TempDir(), UserAgent: "jobmarket/1.0", Transport: tr, HTTP: ingest.DefaultHTTP}
	o.HTTP.Delay = 2 * time.Second
	o.HTTP.MaxDepth = 100
	for _, name := range hosts {
		o.Sources = append(o.Sources, schema.Source{Name: name, Kind: "sheets", Mode: schema.Feed, URL: "http://" + name + "/0"})
	}
	return o
}

// gaps checks the time between one request at a host and the next.
func (v *villager) gaps(t *testing.T, name string, least time.Duration) {
	t.Helper()
	for i := 1; i < len(v.asked); i++ {
		if d := v.asked[i].at.Sub(v.asked[i-1].at); d < least {
			t.Errorf("%s: %s was asked %s after %s, want at least %s", name, v.asked[i].path, d, v.asked[i-1].path, least)
		}
	}
	seen := map[string]int{}
	for _, a := range v.asked {
		if seen[a.path]++; seen[a.path] > 1 {
			t.Errorf("%s: %s was asked %d times", name, a.path, seen[a.path])
		}
	}
}

// TestPace counts at the servers: each host's pace is kept, a Crawl-delay wins
// over ours, and hosts do not wait for each other.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g village
		a := g.host(t, "a.example", star("", 20))
		b := g.host(t, "b.example", star("User-agent: jobmarket\nCrawl-delay: 7.5\n", 10))
		slow := g.host(t, "c.example", star("User-agent: *\nCrawl-delay: 0.1\n", 10))
		began := time.Now()
		tallies := run(t, g.options(t, "a.example", "b.example", "c.example"), newMemory())
		for name, n := range map[string]int64{"a.example": 21, "b.example": 11, "c.example": 11} {
			if tallies[name].Pages != n {
				t.Errorf("%s: %+v", name, tallies[name])
			}
		}
		a.gaps(t, "a", 2*time.Second)
		b.gaps(t, "b", 7500*time.Millisecond)
		slow.gaps(t, "c", 2*time.Second)
		if b.most > 1 || slow.most > 1 {
			t.Errorf("hosts with a Crawl-delay had %d and %d requests at once", b.most, slow.most)
		}
		if took := time.Since(began); took > 90*time.Second {
			t.Errorf("three hosts took %s: they wait for each other", took)
		}
	})
}

// TestParallel keeps to the number of requests under way at a host.
func TestParallel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g village
		a := g.host(t, "a.example", star("", 40))
		o := g.options(t, "a.example")
		o.HTTP.Delay, o.HTTP.Parallel, o.HTTP.Workers = 10*time.Millisecond, 3, 16
		run(t, o, newMemory())
		if a.most != 3 {
			t.Errorf("%d requests at once, want 3", a.most)
		}
	})
}

// TestHold lets one host ask for a pause: it alone is held.
func TestHold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g village
		began := time.Now()
		ill := chain("", 3)
		count := 0
		a := g.host(t, "a.example", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/1" {
				if count++; count == 1 {
					w.Header().Set("Retry-After", "100")
					w.WriteHeader(http.StatusServiceUnavailable)
					return
				}
			}
			ill(w, r)
		})
		b := g.host(t, "b.example", chain("", 20))
		o := g.options(t, "a.example", "b.example")
		o.HTTP.Workers = 2
		tallies := run(t, o, newMemory())
		if tallies["a.example"].Pages != 4 || tallies["b.example"].Pages != 21 {
			t.Errorf("%+v", tallies)
		}
		if last := b.asked[len(b.asked)-1].at.Sub(began); last > 60*time.Second {
			t.Errorf("the well host's last page came after %s", last)
		}
		for i, x := range a.asked {
			if i > 2 && x.at.Sub(a.asked[2].at) < 100*time.Second {
				t.Errorf("the ill host was asked for %s %s after it asked for 100 s of rest", x.path, x.at.Sub(a.asked[2].at))
			}
		}
	})
}

// TestBreaker leaves a host alone that keeps failing, and says so.
func TestBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g village
		ok := star("", 50)
		a := g.host(t, "a.example", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/0" || r.URL.Path == "/robots.txt" {
				ok(w, r)
				return
			}
			w.WriteHeader(http.StatusInternalServerError)
		})
		b := g.host(t, "b.example", star("", 5))
		o := g.options(t, "a.example", "b.example")
		m := newMemory()
		tallies := run(t, o, m)
		got := tallies["a.example"]
		if got.Outcome != "partial" || got.Failed != 50 || tallies["b.example"].Outcome != "ok" || len(b.asked) != 7 {
			t.Errorf("%+v", tallies)
		}
		if n := len(a.asked); n > 2+o.HTTP.Breaker+1 { // one more may be under way
			t.Errorf("the failing host was asked %d times", n)
		}
		said := 0
		for _, p := range m.pages {
			if strings.Contains(p.Error, "left alone") && strings.Contains(p.Error, "failed 6 times in a row") {
				said++
			}
		}
		if said < 40 {
			t.Errorf("%d pages say why they were not asked", said)
		}
	})
}

// TestCancelQuickly ends a run while hosts are waited for.
func TestCancelQuickly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g village
		g.host(t, "a.example", chain("User-agent: *\nCrawl-delay: 3000\n", 20))
		g.host(t, "b.example", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		began := time.Now()
		list, err := ingest.Run(ctx, g.options(t, "a.example", "b.example"), newMemory())
		if took := time.Since(began); err == nil || took > 10500*time.Millisecond {
			t.Errorf("ended after %s: %v", took, err)
		}
		for _, x := range list {
			if x.Outcome != "stopped" {
				t.Errorf("%+v", x)
			}
		}
	})
}

// TestMaxTime ends a run when its time is over; the next run goes on with it.
func TestMaxTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g village
		a := g.host(t, "a.example", chain("", 20))
		o := g.options(t, "a.example")
		o.HTTP.MaxTime = 15 * time.Second
		m := newMemory()
		if got := run(t, o, m)["a.example"]; got.Outcome != "stopped" || got.Pages < 5 || got.Pages > 9 || len(m.crawls) > 0 {
			t.Errorf("the first run: %+v", got)
		}
		o.HTTP.MaxTime = 0
		if got := run(t, o, m)["a.example"]; got.Outcome != "ok" || got.Pages != 21 || len(m.pages) != 21 {
			t.Errorf("the second run: %+v", got)
		}
		a.gaps(t, "a", 0) // nothing is asked twice
	})
}

// TestCaps ends a crawl that finds ever more pages, and says so.
func TestCaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, x := range map[string]struct {
			set  func(*ingest.HTTP)
			last int64
			says string
		}{
			"depth": {func(p *ingest.HTTP) { p.MaxDepth = 5 }, 6, "deeper than 5"},
			"pages": {func(p *ingest.HTTP) { p.MaxPages = 7 }, 7, "more than 7 pages"},
		} {
			var g village
			a := g.host(t, "a.example", chain("", 1000))
			o := g.options(t, "a.example")
			x.set(&o.HTTP)
			m := newMemory()
			if got := run(t, o, m)["a.example"]; got.Pages != x.last || len(a.asked) != int(x.last)+1 {
				t.Errorf("%s: %+v", name, got)
			}
			for _, c := range m.crawls {
				if c.Complete || !strings.Contains(c.Error, x.says) {
					t.Errorf("%s: %+v", name, c)
				}
			}
		}
	})
}
