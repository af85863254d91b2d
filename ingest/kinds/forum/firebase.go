package forum

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"jobmarket/ingest/kinds/htmltext"
	"jobmarket/ingest/kinds/kind"
)

// firebaseItem is an item of Hacker News in the form of its own API, documented at
// https://github.com/HackerNews/API. It gives a thread as the numbers of its
// comments, each to be asked for by itself, so that a crawl goes by the search API;
// archives of it are read all the same.
type firebaseItem struct {
	ID      int64   `json:"id"`
	Type    string  `json:"type"`
	By      string  `json:"by"`
	Time    int64   `json:"time"` // seconds since 1970
	Title   string  `json:"title"`
	Text    string  `json:"text"`
	Kids    []int64 `json:"kids"`
	Parent  int64   `json:"parent"`
	Deleted bool    `json:"deleted"`
	Dead    bool    `json:"dead"`
}

const firebaseURL = "https://hacker-news.firebaseio.com/v0/item/"

func recogniseFirebase(u *url.URL) bool {
	id, ok := kind.Between(u.Path, "/v0/item/", ".json")
	_, err := strconv.ParseInt(id, 10, 64)
	return ok && err == nil && u.Host == "hacker-news.firebaseio.com"
}

func parseFirebase(p kind.Page) (kind.Parsed, error) {
	r := kind.Read(p)
	var i firebaseItem
	if !json.Valid(p.Body) {
		return kind.Parsed{}, errors.New("hn item: the answer is no JSON")
	}
	if !kind.Unmarshal(r, "item", p.Body, &i) {
		return r.Parsed, nil
	}
	id := strconv.FormatInt(i.ID, 10)
	switch {
	case i.Type == "story" && !hnThread.MatchString(i.Title):
		return kind.Parsed{}, fmt.Errorf("hn item: the thread %q is not Who is hiring", kind.Excerpt(i.Title))
	case i.Type == "story":
		for _, kid := range i.Kids {
			r.Follow(firebaseURL + strconv.FormatInt(kid, 10) + ".json")
		}
		return r.Parsed, nil
	case i.Type != "comment":
		return kind.Parsed{}, fmt.Errorf("hn item %s: a %q is neither a thread nor a comment", id, kind.Excerpt(i.Type))
	case i.Deleted || i.Dead || htmltext.Text(i.Text) == "":
		r.Reject("item", "text", "the comment is deleted or dead", id)
		return r.Parsed, nil
	}
	created, ok := kind.Epoch(i.Time)
	if !ok || i.Time == 0 {
		r.Reject("item", "time", "the comment says no time, so we cannot tell when the ad was printed", strconv.FormatInt(i.Time, 10))
		return r.Parsed, nil
	}
	out := hnPosting(id, i.By, i.Text)
	out.PublishedAt, out.SeenAt = created, created
	r.Add("item", out)
	return r.Parsed, nil
}
