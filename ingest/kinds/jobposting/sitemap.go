package jobposting

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/url"
	"strings"

	"jobmarket/ingest/kinds/kind"
)

// maxMap is the longest site map that the protocol allows, in bytes.
const maxMap = 50 << 20

// gunzip unpacks a body that is a gzip file, as sitemap.xml.gz is.
func gunzip(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, maxMap+1))
	if err != nil {
		return nil, err
	}
	if len(out) > maxMap {
		return nil, errors.New("the packed page is longer than a site map may be")
	}
	return out, nil
}

// isMap tells a site map (https://www.sitemaps.org/protocol.html) from a page.
func isMap(body []byte) bool {
	head := body[:min(len(body), 1024)]
	return bytes.Contains(head, []byte("<urlset")) || bytes.Contains(head, []byte("<sitemapindex"))
}

// readMap follows what a site map names: further maps, and pages of jobs.
func readMap(r *kind.Reading) error {
	seen := map[string]bool{}
	index := bytes.Contains(r.Page.Body[:min(len(r.Page.Body), 1024)], []byte("<sitemapindex"))
	return kind.Elements(r, []string{"urlset", "sitemapindex"}, []string{"loc"}, func(place string, loc string) {
		loc = strings.TrimSpace(loc)
		u, err := url.Parse(loc)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" {
			r.Reject(place, "loc", "this is no address", loc)
			return
		}
		if seen[loc] || !sameHost(r.Page.URL, loc) {
			return
		}
		seen[loc] = true
		if index || wanted(r.Page.Source, r.Page.URL, loc) {
			r.Follow(loc)
		}
	})
}
