package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jobmarket/transform/evaluate"
	"jobmarket/warehouse/schema"
)

// texts holds what ads say, by source and id.
type texts map[string]evaluate.Row

func (t texts) put(r evaluate.Row) {
	key := r.Source + "/" + r.SourceID
	if _, ok := t[key]; !ok {
		t[key] = r
	}
}

// others are the forum's ads that are not among the rows, in the order of their
// ids. A first line names the employer before its first bar.
func (t texts) others(rows []evaluate.Row) []*schema.Posting {
	used := map[string]bool{}
	for _, r := range rows {
		used[r.Source+"/"+r.SourceID] = true
	}
	var out []*schema.Posting
	for _, k := range slices.Sorted(maps.Keys(t)) {
		r := t[k]
		if used[k] || r.Source != "hn" {
			continue
		}
		if company, _, ok := strings.Cut(r.Title, "|"); ok {
			r.Company = strings.TrimSpace(company)
		}
		out = append(out, r.Posting())
	}
	return out
}

// readLabels joins the labels of a CSV with the texts. Labels whose text the
// corpus lacks are counted.
func readLabels(path string, t texts) (rows []evaluate.Row, missing int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", path, err)
	}
	for _, l := range lines[1:] {
		r, ok := t[l[0]+"/"+l[1]]
		if !ok {
			missing++
			continue
		}
		sure := l[7] == "true"
		r.Company, r.Date, r.Domain, r.Rust, r.Sure = l[2], l[3], l[4], l[6], &sure
		r.Also = []string{}
		if l[5] != "" {
			r.Also = strings.Split(l[5], ";")
		}
		rows = append(rows, r)
	}
	return rows, missing, nil
}

// readCorpus reads the ads of the archives that labels were made from.
func readCorpus(dir string) (texts, error) {
	t := texts{}
	for _, file := range []struct {
		name string
		read func(texts, string, []byte) error
	}{{"hn.warc.gz", readThread}, {"ashby.warc.gz", readBoard}, {"twir.warc.gz", readIssue}} {
		err := eachResponse(filepath.Join(dir, file.name), func(url string, body []byte) error { return file.read(t, url, body) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.name, err)
		}
	}
	return t, nil
}

// eachResponse gives the body of every HTTP response in a WARC file.
func eachResponse(path string, yield func(url string, body []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(z, 1<<16)
	for {
		line, err := in.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if !strings.HasPrefix(line, "WARC/") {
			continue
		}
		head, err := textproto.NewReader(in).ReadMIMEHeader()
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(head.Get("Content-Length"))
		if err != nil {
			return fmt.Errorf("record length %q", head.Get("Content-Length"))
		}
		block := make([]byte, n)
		if _, err := io.ReadFull(in, block); err != nil {
			return err
		}
		if head.Get("WARC-Type") != "response" {
			continue
		}
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return err
		}
		if err := yield(head.Get("WARC-Target-URI"), body); err != nil {
			return err
		}
	}
}

// readThread takes the top-level comments of a hiring thread.
func readThread(t texts, url string, body []byte) error {
	if !strings.Contains(url, "/items/") {
		return nil
	}
	var thread struct {
		Children []struct {
			ID   int64  `json:"id"`
			Text string `json:"text"`
			At   string `json:"created_at"`
		} `json:"children"`
	}
	if err := json.Unmarshal(body, &thread); err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	for _, c := range thread.Children {
		text := plainText(c.Text)
		if text == "" {
			continue
		}
		title, _, _ := strings.Cut(text, "\n")
		t.put(evaluate.Row{Source: "hn", SourceID: strconv.FormatInt(c.ID, 10), Title: title, Date: c.At[:min(10, len(c.At))], Text: text})
	}
	return nil
}

var (
	paragraph = regexp.MustCompile(`</?p>|<br ?/?>`)
	anchor    = regexp.MustCompile(`(?s)<a href="([^"]*)"[^>]*>.*?</a>`)
	tag       = regexp.MustCompile(`<[^>]+>`)
	blank     = regexp.MustCompile(`\n{2,}`)
)

// plainText is a comment's HTML as lines of text.
func plainText(s string) string {
	s = paragraph.ReplaceAllString(s, "\n")
	s = anchor.ReplaceAllString(s, " $1 ")
	s = html.UnescapeString(tag.ReplaceAllString(s, " "))
	return strings.TrimSpace(blank.ReplaceAllString(s, "\n"))
}

// readBoard takes the jobs of an Ashby board.
func readBoard(t texts, url string, body []byte) error {
	if !strings.Contains(url, "/job-board/") {
		return nil
	}
	var board struct {
		Jobs []struct {
			ID       string `json:"id"`
			Title    string `json:"title"`
			Location string `json:"location"`
			Text     string `json:"descriptionPlain"`
		} `json:"jobs"`
	}
	if err := json.Unmarshal(body, &board); err != nil {
		return nil // a board that answered with an error page has no jobs
	}
	for _, j := range board.Jobs {
		t.put(evaluate.Row{Source: "ashby", SourceID: j.ID, Title: j.Title, Location: j.Location, Text: strings.TrimSpace(j.Text)})
	}
	return nil
}

var markdownLink = regexp.MustCompile(`\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]*(?:\([^)]*\)[^)\s]*)*)\)`)

// readIssue takes the list entries of a newsletter; an entry's id is the
// beginning of the SHA-1 of its first link, or of itself.
func readIssue(t texts, _ string, body []byte) error {
	for line := range strings.SplitSeq(string(body), "\n") {
		entry := strings.TrimSpace(strings.TrimLeft(line, " *-•"))
		name, title := entry, entry
		if m := markdownLink.FindStringSubmatch(entry); m != nil {
			title, name = m[1], m[2]
		} else if len(entry) < 8 || entry[0] == '{' {
			continue
		}
		sum := sha1.Sum([]byte(name))
		if at := strings.LastIndex(title, " at "); at > 0 {
			title = title[:at]
		}
		t.put(evaluate.Row{Source: "twir", SourceID: hex.EncodeToString(sum[:])[:12], Title: title, Text: entry})
	}
	return nil
}
