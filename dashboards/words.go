package dashboards

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"html/template"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"jobmarket/dashboards/claims"
	"jobmarket/dashboards/market"
	"jobmarket/warehouse/schema"
)

// functions are what the templates call beside the site's own methods.
var functions = template.FuncMap{
	"number": number, "percent": claims.Percent, "amount": amount, "day": day, "cell": cell, "domain": func(s string) bool { return slices.Contains(schema.Domains, s) },
	"prose": prose, "jobs": jobsHref, "field": claims.Field, "definition": claims.DefinitionInWords, "stop": stop, "web": web, "reasons": reasons, "cap": capital, "list": func(list []market.Count, field string) any {
		return struct {
			List  []market.Count
			Field string
		}{list, field}
	}, "are": func(n any, units string) string { return are(float(n), units) },
}

func float(v any) float64 {
	switch n := v.(type) {
	case int:
		return float64(n)
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return 0
}

func number(v any) string { return claims.Number(float(v)) }

// amount writes a count with its unit, "1 job" or "2 jobs".
func amount(v any, units string) string { return claims.Amount(float(v), units) }

// cell shows a value of a chart's table: shares as per cent and differences in points
// where the column is one.
func cell(column string, v any) string {
	f, ok := v.(float64)
	if !ok {
		return fmt.Sprint(v)
	}
	switch column {
	case "share", "low", "high", "value", "panel share", "open, earliest", "open, latest":
		return claims.Percent(f)
	case "difference", "difference low", "difference high":
		return claims.Points(f) + " points"
	}
	if f != 0 && math.Abs(f) < 1 {
		return fmt.Sprintf("%.3g", f)
	}
	return claims.Number(f)
}

// day shows a time as a day; nothing for none.
func day(v any) string {
	switch t := v.(type) {
	case time.Time:
		if !t.IsZero() {
			return t.UTC().Format(time.DateOnly)
		}
	case driver.Valuer:
		if x, err := t.Value(); err == nil {
			if t, ok := x.(time.Time); ok {
				return day(t)
			}
		}
	}
	return ""
}

// jobsHref leads to the jobs of a field, and of an employer where one is named.
func jobsHref(field, employer string) string {
	asked := url.Values{"field": {field}}
	if employer != "" {
		asked.Set("q", employer)
	}
	return "jobs.html#" + asked.Encode()
}

// web is the address if a browser may go there: http and https only.
func web(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return s
}

// reasons reads a label's reasons; what is no such JSON has none.
func reasons(s string) []schema.Reason {
	var out []schema.Reason
	if json.Unmarshal([]byte(s), &out) != nil {
		return nil
	}
	return out[:min(len(out), 8)]
}

var (
	isoDate = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)
	perCent = regexp.MustCompile(`(\d) %`)
	command = regexp.MustCompile("`([^`]+)`")
)

// prose escapes a sentence, keeps the dates and the percentages in it on one
// line, and sets what stands between backticks as something to type.
func prose(s string) template.HTML {
	s = isoDate.ReplaceAllString(template.HTMLEscapeString(s), `<span class="nb">$0</span>`)
	s = perCent.ReplaceAllString(s, "$1\u00a0%")
	return template.HTML(command.ReplaceAllString(s, "<code>$1</code>")) // #nosec: escaped in the first line
}

// capital writes a phrase as the beginning of a sentence.
func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// stop ends a phrase with one full stop.
func stop(s string) string { return strings.TrimRight(s, ". ") + "." }
