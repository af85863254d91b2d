package ingest_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/gocolly/colly/v2"

	"jobmarket/ingest"
	"jobmarket/ingest/kinds"
	"jobmarket/warehouse/schema"
)

// meadow serves a start page and n pages of 4 KB from memory.
func meadow(b testing.TB, n int) *httptest.Server {
	page := []byte(`{"jobs":["an ad"],"links":[]}` + strings.Repeat(" ", 4096-29))
	var start strings.Builder
	start.WriteString(`{"jobs":[],"links":["/1"`)
	for i := 2; i <= n; i++ {
		fmt.Fprintf(&start, `,"/%d"`, i)
	}
	start.WriteString("]}")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			io.WriteString(w, "User-agent: *\nDisallow: /private\n")
		case "/start":
			io.WriteString(w, start.String())
		case "/index.html": // the same for crawlers that read HTML
			for i := 1; i <= n; i++ {
				fmt.Fprintf(w, "<a href=/%d>%d</a>\n", i, i)
			}
		default:
			w.Header().Set("Content-Type", "application/json")
			w.Write(page)
		}
	}))
	b.Cleanup(s.Close)
	return s
}

const benchPages = 3000

// BenchmarkCrawl is the whole of ingest without pauses: robots.txt, Colly,
// archive, parser, batches. Beside it stand bare Colly and Scrapy.
func BenchmarkCrawl(b *testing.B) {
	s := meadow(b, benchPages)
	for b.Loop() {
		o := ingest.Options{Kinds: []kinds.Kind{sheets(schema.Feed)}, ArchiveDir: b.TempDir(), UserAgent: "jobmarket/1.0", HTTP: fast(),
			Sources: []schema.Source{{Name: "acme", Kind: "sheets", Mode: schema.Feed, URL: s.URL + "/start", Private: true}}}
		list, err := ingest.Run(context.Background(), o, nowhere{})
		if err != nil || list[0].Pages != benchPages+1 {
			b.Fatalf("%+v %v", list, err)
		}
	}
	b.ReportMetric(float64(benchPages*b.N)/b.Elapsed().Seconds(), "pages/s")
}

// nowhere is a sink that keeps nothing.
type nowhere struct{}

func (nowhere) Load(context.Context, schema.Batch) (schema.Loaded, error) {
	return schema.Loaded{}, nil
}

// BenchmarkColly is Colly alone, as its users would write it.
func BenchmarkColly(b *testing.B) {
	s := meadow(b, benchPages)
	link := regexp.MustCompile(`"/\d+"`)
	for b.Loop() {
		c := colly.NewCollector(colly.Async(true))
		c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: 8})
		n := 0
		c.OnResponse(func(r *colly.Response) {
			if strings.HasSuffix(r.Request.URL.Path, "/start") {
				for _, l := range link.FindAllString(string(r.Body), -1) {
					r.Request.Visit(strings.Trim(l, `"`))
					n++
				}
			}
		})
		c.Visit(s.URL + "/start")
		c.Wait()
		if n != benchPages {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(benchPages*b.N)/b.Elapsed().Seconds(), "pages/s")
}

const spider = `
import scrapy
class S(scrapy.Spider):
    name = "s"
    start_urls = ["%s/start"]
    def parse(self, response):
        d = response.json()
        for l in d["links"]:
            yield response.follow(l, self.parse)
        for j in d["jobs"]:
            yield {"title": j, "url": response.url}
`

// BenchmarkScrapy is Scrapy on the same pages, its own start-up left out, where
// it is installed (Debian: python3-scrapy).
func BenchmarkScrapy(b *testing.B) {
	scrapy, err := exec.LookPath("scrapy")
	if err != nil {
		b.Skip("scrapy is not installed (Debian's package python3-scrapy)")
	}
	s := meadow(b, benchPages)
	path := filepath.Join(b.TempDir(), "spider.py")
	if err := os.WriteFile(path, fmt.Appendf(nil, spider, s.URL), 0o644); err != nil {
		b.Fatal(err)
	}
	seconds := 0.0
	for b.Loop() {
		cmd := exec.Command(scrapy, "runspider", path, "-s", "ROBOTSTXT_OBEY=True", "-s", "CONCURRENT_REQUESTS=16",
			"-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "LOG_LEVEL=INFO", "-s", "TELNETCONSOLE_ENABLED=False", "-o", filepath.Join(b.TempDir(), "out.jsonl"))
		out, err := cmd.CombinedOutput()
		m := regexp.MustCompile(`'elapsed_time_seconds': ([\d.]+)`).FindSubmatch(out)
		if err != nil || m == nil {
			b.Fatalf("%v\n%s", err, out)
		}
		n, _ := strconv.ParseFloat(string(m[1]), 64)
		seconds += n
	}
	b.ReportMetric(float64(benchPages*b.N)/seconds, "pages/s")
}

// BenchmarkMemory crawls lists of 10,000, 50,000 and 200,000 pages. The heap that is
// in use at most must be about the same, but that 10,000 do not fill a batch.
func BenchmarkMemory(b *testing.B) {
	for _, pages := range []int{10_000, 50_000, 200_000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			s := meadow(b, pages)
			for b.Loop() {
				heap, goroutines := uint64(0), 0
				o := ingest.Options{Kinds: []kinds.Kind{sheets(schema.Feed)}, ArchiveDir: b.TempDir(), UserAgent: "jobmarket/1.0", HTTP: fast(),
					Sources: []schema.Source{{Name: "acme", Kind: "sheets", Mode: schema.Feed, URL: s.URL + "/start", Private: true}}}
				o.HTTP.MaxPages = 0
				n := 0
				o.Progress = func(ingest.Event) {
					if n++; n%500 == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						heap, goroutines = max(heap, m.HeapInuse), max(goroutines, runtime.NumGoroutine())
					}
				}
				list, err := ingest.Run(context.Background(), o, nowhere{})
				if err != nil || list[0].Pages != int64(pages+1) {
					b.Fatalf("%+v %v", list, err)
				}
				b.ReportMetric(float64(heap>>20), "MB-heap")
				b.ReportMetric(float64(goroutines), "goroutines")
			}
			b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
