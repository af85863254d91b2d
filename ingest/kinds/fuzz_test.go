package kinds_test

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"jobmarket/ingest/kinds"
)

func FuzzTwir(f *testing.F)              { fuzz(f, "twir") }
func FuzzRib(f *testing.F)               { fuzz(f, "rib") }
func FuzzHN(f *testing.F)                { fuzz(f, "hn") }
func FuzzReddit(f *testing.F)            { fuzz(f, "reddit") }
func FuzzGreenhouse(f *testing.F)        { fuzz(f, "greenhouse") }
func FuzzAshby(f *testing.F)             { fuzz(f, "ashby") }
func FuzzLever(f *testing.F)             { fuzz(f, "lever") }
func FuzzWorkable(f *testing.F)          { fuzz(f, "workable") }
func FuzzSmartRecruiters(f *testing.F)   { fuzz(f, "smartrecruiters") }
func FuzzRecruitee(f *testing.F)         { fuzz(f, "recruitee") }
func FuzzTeamtailor(f *testing.F)        { fuzz(f, "teamtailor") }
func FuzzPersonio(f *testing.F)          { fuzz(f, "personio") }
func FuzzWorkday(f *testing.F)           { fuzz(f, "workday") }
func FuzzAmazon(f *testing.F)            { fuzz(f, "amazon") }
func FuzzRemoteOK(f *testing.F)          { fuzz(f, "remoteok") }
func FuzzRemotive(f *testing.F)          { fuzz(f, "remotive") }
func FuzzArbeitnow(f *testing.F)         { fuzz(f, "arbeitnow") }
func FuzzWeWorkRemotely(f *testing.F)    { fuzz(f, "weworkremotely") }
func FuzzFeed(f *testing.F)              { fuzz(f, "feed") }
func FuzzJobPosting(f *testing.F)        { fuzz(f, "jobposting") }
func FuzzFile(f *testing.F)              { fuzz(f, "file") }
func FuzzAwesomeBlockchain(f *testing.F) { fuzz(f, "awesome-blockchain-rust") }
func FuzzAreWeWebYet(f *testing.F)       { fuzz(f, "arewewebyet") }

// fuzz feeds a kind's parser with what becomes of its test pages. Address is the
// number of the test page whose address the body is said to come from.
func fuzz(f *testing.F, name string) {
	k, ok := kinds.ByName(name)
	if !ok {
		f.Fatalf("there is no kind %q", name)
	}
	pages := seeds(f, k)
	for i, p := range pages {
		f.Add(uint8(i), p.Body)
	}
	f.Fuzz(func(t *testing.T, address uint8, body []byte) {
		p := pages[int(address)%len(pages)]
		p.Body = body
		got, err := k.Parse(p)
		if err != nil {
			if err.Error() == "" || !utf8.ValidString(err.Error()) || !reflect.DeepEqual(got, kinds.Parsed{}) {
				t.Errorf("an error %q beside something read", err)
			}
			return
		}
		check(t, k, p, got)
		again, err := k.Parse(p)
		if err != nil || !reflect.DeepEqual(got, again) {
			t.Errorf("parsed again, the page differs: %v", err)
		}
	})
}

// seeds are the kind's test pages.
func seeds(t testing.TB, k kinds.Kind) []kinds.Page {
	t.Helper()
	files, _ := filepath.Glob("testdata/" + k.Name + "*.txtar")
	var pages []kinds.Page
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(ar.Files); i += 2 {
			pages = append(pages, pageOf(t, k, ar.Comment, ar.Files[i]))
		}
	}
	if len(pages) == 0 {
		t.Fatalf("testdata has no page of kind %s", k.Name)
	}
	return pages
}

// pageOf is a test page with its source.
func pageOf(t testing.TB, k kinds.Kind, comment []byte, file txtar.File) kinds.Page {
	t.Helper()
	p := kinds.Page{URL: file.Name, FetchedAt: fetched, Status: 200, Body: file.Data}
	if i := strings.Index(string(comment), "{"); i >= 0 {
		p.Source = k.Source("")
		if err := json.Unmarshal(comment[i:], &p.Source); err != nil {
			t.Fatalf("%s: the source: %v", file.Name, err)
		}
		return p
	}
	u, err := url.Parse(file.Name)
	if err != nil {
		t.Fatal(err)
	}
	at, ok := kinds.Recognise(u)
	if !ok || at.Source.Kind != k.Name {
		t.Fatalf("%s is recognised as %q, not %q", file.Name, at.Source.Kind, k.Name)
	}
	p.Source = at.Source
	return p
}

// check holds what the engine relies on, whatever a page says.
func check(t *testing.T, k kinds.Kind, p kinds.Page, got kinds.Parsed) {
	t.Helper()
	seen := map[string]bool{}
	for _, post := range got.Postings {
		if post.Key == "" || post.Source != p.Source.Name || seen[post.Key] {
			t.Errorf("posting %q of source %q: the key is empty or repeated, or the source not %q", post.Key, post.Source, p.Source.Name)
		}
		seen[post.Key] = true
		v := reflect.ValueOf(post)
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			switch v.Field(i).Kind() {
			case reflect.String:
				s := v.Field(i).String()
				if !utf8.ValidString(s) || strings.TrimSpace(s) != s || strings.ContainsAny(s, "\x00\r") {
					t.Errorf("posting %q: %s is not clean: %q", post.Key, field, s)
				}
				if field != "Text" && strings.Contains(s, "\n") {
					t.Errorf("posting %q: %s has several lines: %q", post.Key, field, s)
				}
			case reflect.Float64:
				if f := v.Field(i).Float(); f < 0 || f > 1e300 {
					t.Errorf("posting %q: %s is %v", post.Key, field, f)
				}
			}
		}
		for _, at := range []string{post.PublishedAt.String(), post.UpdatedAt.String(), post.ExpiresAt.String(), post.SeenAt.String()} {
			if len(at) > len("2006-01-02 15:04:05.999999999 +0000 UTC") {
				t.Errorf("posting %q has the time %s", post.Key, at)
			}
		}
	}
	for _, r := range got.Rejects {
		if r.Reason == "" || utf8.RuneCountInString(r.Excerpt) > 200 || !utf8.ValidString(r.Excerpt+r.Reason+r.Place+r.Field) {
			t.Errorf("a reject is not clean: %+v", r)
		}
	}
	for _, link := range got.Links {
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			t.Errorf("the link %q is no absolute address", link)
			continue
		}
		// A replay knows a page by its address alone.
		from, _ := url.Parse(p.URL)
		if _, known := k.Recognise(from); !known {
			continue
		}
		if at, ok := kinds.Recognise(u); !ok || at.Source.Name != p.Source.Name || at.Start {
			t.Errorf("the link %q is recognised as %q (start %v), not as a further page of %q", link, at.Source.Name, at.Start, p.Source.Name)
		}
	}
}
