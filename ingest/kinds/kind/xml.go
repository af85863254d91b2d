package kind

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// Elements reads the XML elements of the given names, wherever they stand, and
// hands on each. The document's root must have one of the wanted names. Where the
// XML breaks off, what stood before is kept and the reading is incomplete.
func Elements[T any](r *Reading, roots, names []string, each func(place string, element T)) error {
	d := decoder(r.Page.Body)
	root := ""
	for i := 0; ; {
		t, err := d.Token()
		if err == io.EOF && root != "" {
			return nil
		}
		if err != nil {
			if root == "" {
				return errors.New("the answer is no XML")
			}
			broken(r, fmt.Sprintf("%s[%d]", names[0], i), err)
			return nil
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if root == "" {
			if root = start.Name.Local; !slices.Contains(roots, root) {
				return fmt.Errorf("the answer is a document <%s>, not <%s>", Excerpt(root), strings.Join(roots, "> or <"))
			}
		}
		if !slices.Contains(names, start.Name.Local) {
			continue
		}
		place := fmt.Sprintf("%s[%d]", names[0], i)
		i++
		r.Seen++
		var element T
		if err := d.DecodeElement(&element, &start); err != nil {
			broken(r, place, err)
			return nil
		}
		each(place, element)
	}
}

func broken(r *Reading, place string, err error) {
	r.Complete = false
	reason := err.Error()
	if errors.Is(err, io.EOF) || strings.Contains(reason, "unexpected EOF") {
		reason = "it ends in the middle"
	}
	r.Reject(place, "", "the XML breaks off: "+reason, tail(r.Page.Body))
}

// decoder reads XML as feeds write it: with HTML's entities, in any charset, with
// characters that XML forbids (they are dropped).
func decoder(body []byte) *xml.Decoder {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if head := strings.ToLower(string(body[:min(len(body), 200)])); !strings.Contains(head, "encoding=") ||
		strings.Contains(head, "utf-8") {
		body = bytes.Map(func(c rune) rune {
			if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == utf8.RuneError || c == 0xfffe || c == 0xffff {
				return -1
			}
			return c
		}, body)
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	return d
}
