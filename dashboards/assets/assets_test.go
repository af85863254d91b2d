package assets

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func TestPinnedVersion(t *testing.T) {
	b, err := os.ReadFile("package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct{ Version, Integrity, Resolved string }
	}
	if err := json.Unmarshal(b, &lock); err != nil {
		t.Fatal(err)
	}
	p := lock.Packages["node_modules/echarts"]
	if !strings.Contains(EChartsURL, "/echarts@"+p.Version+"/") {
		t.Errorf("the lock file pins %s, the address is %s", p.Version, EChartsURL)
	}
	for name, p := range lock.Packages {
		if p.Resolved != "" || name != "" && p.Integrity == "" {
			t.Errorf("%s: names a registry's host, or has no digest", name)
		}
	}
}

func TestIntegrity(t *testing.T) {
	script, ok := ECharts()
	if !ok {
		t.Skip("echarts.min.js was not brought in (make assets): its digest was not compared")
	}
	sum := sha512.Sum384(script)
	if got := "sha384-" + base64.StdEncoding.EncodeToString(sum[:]); got != EChartsIntegrity {
		t.Errorf("the script's digest is %s, the pages ask for %s", got, EChartsIntegrity)
	}
}

// The page's policy forbids what would make an ad's words run.
func TestScriptIsPlain(t *testing.T) {
	js := string(Own()["charts.js"])
	for _, never := range []string{"eval(", "new Function", "innerHTML", "document.write", "insertAdjacentHTML", "fetch(", "XMLHttpRequest"} {
		if strings.Contains(js, never) {
			t.Errorf("charts.js uses %s", never)
		}
	}
}
