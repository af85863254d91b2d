package kind

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// Envelope is what stands around a list in a JSON answer, by dotted path.
type Envelope map[string]json.RawMessage

// Int is the number at a path; false where there is none.
func (e Envelope) Int(path string) (int, bool) {
	n, err := strconv.Atoi(string(e[path]))
	return n, err == nil
}

// Text is the string at a path; empty where there is none.
func (e Envelope) Text(path string) string {
	var s string
	if json.Unmarshal(e[path], &s) != nil {
		return ""
	}
	return s
}

// Records reads the JSON list at a dotted path of the page ("" for a page that is
// a list) and hands on each record. A record with a field of the wrong type is a
// reject and the next one is read. Where the JSON breaks off, what stood before
// is kept and the reading is incomplete. A page without such a list is an error.
func Records[T any](r *Reading, path string, each func(place string, record T)) (Envelope, error) {
	body := bytes.TrimSpace(bytes.TrimPrefix(r.Page.Body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return nil, errors.New("the answer is empty")
	}
	if body[0] == '<' {
		return nil, errors.New("the answer is HTML or XML where JSON is wanted")
	}
	s := stream{dec: json.NewDecoder(bytes.NewReader(body)), env: Envelope{}}
	name := path
	if name == "" {
		name = "list"
	}
	i := 0
	s.record = func(raw json.RawMessage) {
		place := fmt.Sprintf("%s[%d]", name, i)
		i++
		r.Seen++
		var record T
		if Unmarshal(r, place, raw, &record) {
			each(place, record)
		}
	}
	var keys []string
	if path != "" {
		keys = strings.Split(path, ".")
	}
	err := s.walk(keys, "")
	switch {
	case err != nil && s.found:
		r.Complete = false
		r.Reject(fmt.Sprintf("%s[%d]", name, i), "", "the JSON breaks off: "+syntax(err), tail(body))
	case err != nil:
		return nil, fmt.Errorf("the JSON cannot be read: %s", syntax(err))
	case !s.found:
		return nil, fmt.Errorf("the answer has no list %q", name)
	}
	return s.env, nil
}

// Unmarshal decodes one record, or rejects it and says false.
func Unmarshal(r *Reading, place string, raw json.RawMessage, record any) bool {
	if string(raw) == "null" {
		r.Reject(place, "", "the record is null", "null")
		return false
	}
	err := json.Unmarshal(raw, record)
	if err == nil {
		return true
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		want := wrong.Type.String()
		switch wrong.Type.Kind() {
		case reflect.Struct, reflect.Map:
			want = "object"
		case reflect.Slice:
			want = "list"
		case reflect.Float64, reflect.Int64:
			want = "number"
		}
		r.Reject(place, wrong.Field, fmt.Sprintf("a JSON %s where %s is wanted", wrong.Value, want), string(raw))
	} else {
		r.Reject(place, "", "the record cannot be decoded: "+err.Error(), string(raw))
	}
	return false
}

// stream walks a JSON text to one list in it, keeping what it passes.
type stream struct {
	dec    *json.Decoder
	env    Envelope
	record func(json.RawMessage)
	found  bool
}

func (s *stream) walk(keys []string, prefix string) error {
	open := json.Delim('{')
	if len(keys) == 0 {
		open = '['
	}
	t, err := s.dec.Token()
	if err != nil {
		return err
	}
	if t != open {
		return fmt.Errorf("%s where %s is wanted", shape(t), shape(open))
	}
	if len(keys) == 0 {
		s.found = true
		for s.dec.More() {
			var raw json.RawMessage
			if err := s.dec.Decode(&raw); err != nil {
				return err
			}
			s.record(raw)
		}
		_, err = s.dec.Token()
		return err
	}
	for s.dec.More() {
		t, err := s.dec.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if key == keys[0] {
			if err := s.walk(keys[1:], prefix+key+"."); err != nil {
				return err
			}
			continue
		}
		var raw json.RawMessage
		if err := s.dec.Decode(&raw); err != nil {
			return err
		}
		s.keep(prefix+key, raw)
	}
	_, err = s.dec.Token()
	return err
}

// shape says what begins with a token.
func shape(t json.Token) string {
	switch t {
	case json.Delim('{'):
		return "an object"
	case json.Delim('['):
		return "a list"
	}
	return "a bare value"
}

// keep notes a value around the list, and those of a flat object by their own
// paths.
func (s *stream) keep(path string, raw json.RawMessage) {
	s.env[path] = raw
	if len(raw) == 0 || raw[0] != '{' || strings.Count(path, ".") > 2 {
		return
	}
	var inner map[string]json.RawMessage
	if json.Unmarshal(raw, &inner) != nil {
		return
	}
	for k, v := range inner {
		s.keep(path+"."+k, v)
	}
}

// syntax says what is wrong with a JSON text in words.
func syntax(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends in the middle"
	}
	return err.Error()
}

func tail(body []byte) string {
	return string(body[max(0, len(body)-200):])
}

// Text is a string that some boards write as a number or null.
type Text string

// UnmarshalJSON takes a string, a number or null.
func (t *Text) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		*t = Text(raw)
		return nil
	}
	return json.Unmarshal(raw, (*string)(t))
}

// Texts is a list of strings that some boards write as one string, or null.
type Texts []string

// UnmarshalJSON takes a list of strings, one string, or null.
func (t *Texts) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		*t = make(Texts, 1)
		return json.Unmarshal(raw, &(*t)[0])
	}
	return json.Unmarshal(raw, (*[]string)(t))
}

// Amount is a number that some boards write as a string or null; what is not
// positive is unknown, 0.
type Amount float64

// UnmarshalJSON takes a number, a string that holds one or is empty, or null.
func (a *Amount) UnmarshalJSON(raw []byte) error {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil || v == nil {
		return err
	}
	f, ok := v.(float64)
	if text, isText := v.(string); isText {
		if text = strings.TrimSpace(text); text == "" {
			return nil
		}
		n, err := strconv.ParseFloat(text, 64)
		f, ok = n, err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
	}
	if !ok {
		return &json.UnmarshalTypeError{Value: Excerpt(string(raw)), Type: reflect.TypeFor[float64]()}
	}
	*a = Amount(max(f, 0))
	return nil
}
