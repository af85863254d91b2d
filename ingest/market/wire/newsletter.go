package wire

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Line is one ad as a newsletter prints it.
type Line struct {
	Title, Company, Place, URL string
}

// TWiR appends an issue of the weekly newsletter. The style of its entries and
// the heading of its job section change over the years, as the real one's did.
// Where blank is set, an entry without words stands among the ads.
func TWiR(dst []byte, on time.Time, number int, lines []Line, blank bool) []byte {
	dst = fmt.Appendf(dst, "Title: This Week in Rust %d\nNumber: %d\nDate: %s\nCategory: This Week in Rust\n\n",
		number, number, on.Format(time.DateOnly))
	dst = append(dst, "This issue is part of a simulated job market; its employers do not exist.\n\n# Updates from the simulated community\n\n"+
		"* [A crate that sorts jobs by weight](https://crates.example/jobsort)\n* [Meetup on lifetimes](https://meetup.example/lifetimes)\n\n"...)
	switch year := on.Year(); {
	case year < 2017:
		dst = append(dst, "# fn work(on: RustProject) -> Money\n\n"...)
	case on.Before(time.Date(2022, 6, 23, 0, 0, 0, 0, time.UTC)):
		dst = append(dst, "# Rust Jobs\n\n"...)
	default:
		dst = append(dst, "## Jobs\n\n<!--\n\n**Company**\n\n* [Template (Place)](https://template.example)\n\n-->\n\n"...)
	}
	if blank {
		dst = append(dst, "* \n"...)
	}
	dst = twirEntries(dst, on, lines)
	return append(dst, "\n*Write to us to get your simulated job offers listed here!*\n\n# Quote of the Week\n\n> Nothing here is real, and it still compiles.\n"...)
}

func twirEntries(dst []byte, on time.Time, lines []Line) []byte {
	company := ""
	for _, l := range lines {
		switch t := on; {
		case t.Before(time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC)):
			dst = fmt.Appendf(dst, "* [%s at %s, %s](%s).\n", l.Title, l.Company, l.Place, l.URL)
		case t.Before(time.Date(2020, 11, 1, 0, 0, 0, 0, time.UTC)):
			dst = fmt.Appendf(dst, "* [%s - %s - %s](%s)\n", l.Title, l.Company, l.Place, l.URL)
		case t.Before(time.Date(2021, 2, 1, 0, 0, 0, 0, time.UTC)):
			dst = fmt.Appendf(dst, "* [%s at %s (%s)](%s)\n", l.Title, l.Company, l.Place, l.URL)
		default:
			if l.Company != company {
				dst = fmt.Appendf(dst, "\n**%s**\n\n", l.Company)
				company = l.Company
			}
			dst = fmt.Appendf(dst, "* [%s (%s)](%s)\n", l.Title, l.Place, l.URL)
		}
	}
	return dst
}

// RiB appends an issue of the monthly blockchain newsletter.
func RiB(dst []byte, on time.Time, number int, lines []Line) []byte {
	dst = fmt.Appendf(dst, "---\ntitle: \"RiB Newsletter #%d\"\ndescription: \"%s\"\ndate: %s\ncategories:\n  - \"newsletters\"\n---\n\n"+
		"Issue %d of a simulated newsletter; its employers do not exist.\n\n## Interesting Things\n\n- [A proof of work for jobs](https://chain.example/proof)\n\n## Careers\n\n",
		number, on.Format("January 2006"), on.Format(time.DateOnly), number)
	company := ""
	for _, l := range lines {
		if l.Company != company {
			if company != "" {
				dst = append(dst, '\n')
			}
			company = l.Company
			dst = append(dst, company...)
			if on.Year() >= 2020 {
				dst = append(append(dst, " | "...), l.Place...)
			}
			dst = append(dst, '\n')
			if on.Year() < 2021 {
				dst = append(dst, '\n')
			}
		}
		if on.Year() >= 2021 {
			dst = append(dst, "- "...)
		}
		dst = fmt.Appendf(dst, "[%s](%s)\n", l.Title, l.URL)
		if on.Year() < 2021 {
			dst = append(dst, '\n')
		}
	}
	return append(dst, "\n&nbsp;\n\nWant to be included in the next issue? You would have to be simulated too.\n"...)
}

// File is one file in a listing of a repository's directory.
type File struct{ Name, URL string }

// Listing appends GitHub's listing of a directory.
func Listing(dst []byte, dir string, files []File) []byte {
	dst = append(dst, '[')
	for i, f := range files {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		o := begin(dst)
		o.text("name", f.Name)
		o.text("path", dir+"/"+f.Name)
		o.number("size", int64(4000+len(f.Name)))
		o.text("download_url", f.URL)
		o.text("type", "file")
		dst = o.end()
	}
	return append(dst, ']')
}

// Markdown is text that may stand in the text of a link: brackets that do not
// match would end it.
func Markdown(s string) string {
	if !strings.ContainsAny(s, "[]()*`\\<>&") {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '[', ']', '*', '`', '\\', '<', '>', '&':
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }
