package fetch

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// UTF8 returns a text body in UTF-8, and the content type that it then has. What
// is not text is returned as it is. A charset that lies (declared UTF-8, other
// bytes) costs only the bytes that do not fit: they become U+FFFD.
func UTF8(contentType string, body []byte) ([]byte, string) {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(media))
		params = nil
	}
	if !isText(media, body) {
		return body, contentType
	}
	utf8Type := media + "; charset=utf-8"
	if media == "" {
		utf8Type = "text/plain; charset=utf-8"
	}
	body, marked := bytes.CutPrefix(body, []byte("\xef\xbb\xbf"))
	if marked {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), utf8Type
	}
	label := params["charset"]
	wide := bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff"))
	if utf8.Valid(body) && !wide && !strings.HasPrefix(strings.ToLower(label), "utf-16") && !strings.HasPrefix(strings.ToLower(label), "iso-2022") {
		return body, utf8Type
	}
	enc, name := charset.Lookup(label)
	if enc == nil || wide {
		if isJSON(media) && !wide {
			return bytes.ToValidUTF8(body, []byte("\uFFFD")), utf8Type
		}
		enc, name, _ = charset.DetermineEncoding(body, contentType)
	}
	if name != "utf-8" {
		if decoded, err := io.ReadAll(enc.NewDecoder().Reader(bytes.NewReader(body))); err == nil {
			body = bytes.TrimPrefix(decoded, []byte("\xef\xbb\xbf"))
		}
	}
	return bytes.ToValidUTF8(body, []byte("\uFFFD")), utf8Type
}

func isJSON(media string) bool { return strings.HasSuffix(media, "json") }

// isText tells whether a body of that media type is text. What says nothing of
// itself is sniffed.
func isText(media string, body []byte) bool {
	switch {
	case strings.HasPrefix(media, "text/"), isJSON(media), strings.HasSuffix(media, "xml"),
		strings.HasSuffix(media, "javascript"), strings.HasSuffix(media, "x-ndjson"):
		return true
	case media == "" || media == "application/octet-stream":
		return strings.HasPrefix(http.DetectContentType(body), "text/")
	}
	return false
}
