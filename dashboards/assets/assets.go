// Package assets holds what every page loads: our style sheet, the small script
// that starts the charts, and ECharts where the build has brought it. It knows
// nothing of what pages show.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed site.css charts.js dist
var files embed.FS

// EChartsURL is the pinned version on a public CDN, for builds without npm, and
// EChartsIntegrity is the digest that a browser holds it to. Both are of the
// file that package-lock.json pins; a test compares them with it.
const (
	EChartsURL       = "https://cdn.jsdelivr.net/npm/echarts@5.6.0/dist/echarts.min.js"
	EChartsIntegrity = "sha384-pPi0zxBAoDu6+JXW/C68UZLvBUUtU+7zonhif43rqj7pxsGyqyqzcian2Rj37Rss"
)

// ECharts is the script as the build brought it; ok is false where it did not.
func ECharts() (script []byte, ok bool) {
	b, err := fs.ReadFile(files, "dist/echarts.min.js")
	return b, err == nil
}

// Own lists our own files by name.
func Own() map[string][]byte {
	out := map[string][]byte{}
	for _, name := range []string{"site.css", "charts.js"} {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err) // embedded by name above
		}
		out[name] = b
	}
	return out
}
