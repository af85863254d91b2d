package kind

import (
	"strconv"
	"strings"
	"time"
)

// layouts are the forms in which sources write times, most common first. A time
// without a zone is UTC.
var layouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02T15:04:05.999999999",
	"2006-01-02 15:04:05.999999999 MST",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	time.DateOnly,
	"2006/01/02",
	"January 2, 2006",
	"Jan 2, 2006",
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST",
	"Mon, 2 Jan 2006 15:04 -0700",
	"2 January 2006",
	"2 Jan 2006",
}

// Time reads a time in any form that sources write; false where it cannot, or
// where the year has not four digits. Padding ("October  5, 2026") is passed
// over.
func Time(s string) (time.Time, bool) {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 64 {
		return time.Time{}, false
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return sane(t.UTC())
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 9 {
		return Epoch(n)
	}
	return time.Time{}, false
}

// Epoch reads seconds or, from 10¹¹ on, milliseconds since 1970.
func Epoch(n int64) (time.Time, bool) {
	if n >= 1e11 || n <= -1e11 {
		return Milliseconds(n)
	}
	return sane(time.Unix(n, 0).UTC())
}

// Milliseconds reads milliseconds since 1970.
func Milliseconds(n int64) (time.Time, bool) { return sane(time.UnixMilli(n).UTC()) }

// sane refuses times that no calendar column holds.
func sane(t time.Time) (time.Time, bool) {
	if y := t.Year(); y < 1 || y > 9999 || t.IsZero() {
		return time.Time{}, false
	}
	return t, true
}

// Time reads a time stated at a place of the page. An empty one is unknown. One
// that cannot be read is unknown too, and noted as a reject of that field alone.
func (r *Reading) Time(place, field, stated string) time.Time {
	if strings.TrimSpace(stated) == "" {
		return time.Time{}
	}
	t, ok := Time(stated)
	if !ok {
		r.Reject(place, field, "this is no time that we can read; the field stays empty", stated)
	}
	return t
}

// Milliseconds reads milliseconds since 1970, stated at a place of the page, in
// the way of [Reading.Time].
func (r *Reading) Milliseconds(place, field string, stated *int64) time.Time {
	if stated == nil || *stated == 0 {
		return time.Time{}
	}
	t, ok := Milliseconds(*stated)
	if !ok {
		r.Reject(place, field, "this is no time that we can read; the field stays empty", strconv.FormatInt(*stated, 10))
	}
	return t
}
