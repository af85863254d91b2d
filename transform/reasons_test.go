package transform

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jobmarket/warehouse/schema"
)

func FuzzReasonsJSON(f *testing.F) {
	f.Add("a \"b\" \\ \n\x00\x7f </script>", -1.25)
	f.Add("\u2028 日本 \xff", 1e-9)
	f.Fuzz(func(t *testing.T, s string, w float64) {
		if w != w || w > 1e300 || w < -1e300 || !utf8.ValidString(s) {
			t.Skip("no JSON has such a number, and bad bytes do not come back")
		}
		in := []schema.Reason{{Domain: "web", Weight: w, Span: s}, {Why: s}}
		var out []schema.Reason
		if err := json.Unmarshal([]byte(reasonsJSON(nil, in)), &out); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(in, out); d != "" {
			t.Error(d)
		}
	})
}

func TestReasonsJSONOfBadBytes(t *testing.T) {
	if got := string(reasonsJSON(nil, []schema.Reason{{Span: "\xff"}})); !json.Valid([]byte(got)) || !utf8.ValidString(got) {
		t.Errorf("%q is no JSON", got)
	}
	if got := string(reasonsJSON(nil, nil)); got != "[]" {
		t.Errorf("no reasons are written %s", got)
	}
}
