package market

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jobmarket/ingest/archive"
)

// TestSimulated: an archive of a market says what it is, another one does not,
// and the two are refused together.
func TestSimulated(t *testing.T) {
	dir := t.TempDir()
	made, foreign := filepath.Join(dir, "market.warc.gz"), filepath.Join(dir, "foreign.warc.gz")
	var b bytes.Buffer
	if err := New(Small(1)).WriteArchive(&b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(made, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Reset()
	err := archive.Encode(&b, &archive.Record{Type: archive.Response, URL: "https://example.org/", Date: time.Unix(0, 0).UTC(),
		Status: 200, Header: http.Header{"Content-Type": {"text/plain"}}, Body: []byte("a simulated job market")})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(foreign, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		files     []string
		simulated bool
		refused   bool
	}{
		{[]string{made}, true, false},
		{[]string{foreign}, false, false},
		{[]string{made, foreign}, false, true},
		{nil, false, false},
	} {
		got, err := Simulated(c.files)
		if got != c.simulated || (err != nil) != c.refused {
			t.Errorf("%v: simulated %v, error %v", c.files, got, err)
		}
	}
}
