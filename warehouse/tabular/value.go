package tabular

import (
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// number is the digits of a number as they are to be written.
type number string

// field is one member of a struct or map, in order.
type field struct {
	name  string
	value any
}

// plain turns a value of the engine into nil, bool, number, string, []any or
// []field. kind is the engine's name of the column's type; parts of nested
// values have none.
func plain(v any, kind string) any {
	switch v := v.(type) {
	case nil:
		return nil
	case bool:
		return v
	case string:
		return v
	case int8, int16, int32, int64, int, uint8, uint16, uint32, uint64:
		return number(fmt.Sprint(v))
	case float32:
		return real(float64(v), 32)
	case float64:
		return real(v, 64)
	case *big.Int:
		if v == nil {
			return nil
		}
		return number(v.String())
	case duckdb.Decimal:
		return number(decimal(v))
	case time.Time:
		return moment(v, kind)
	case duckdb.Interval:
		return interval(v)
	case duckdb.UUID:
		return v.String()
	case []byte:
		if kind == "UUID" && len(v) == 16 {
			return (*duckdb.UUID)(v).String()
		}
		return `\x` + hex.EncodeToString(v)
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i], "")
		}
		return list
	case map[string]any:
		return members(v)
	case duckdb.OrderedMap:
		keys, values := v.Keys(), v.Values()
		fields := make([]field, len(keys))
		for i := range keys {
			fields[i] = field{text(plain(keys[i], "")), plain(values[i], "")}
		}
		return fields
	case duckdb.Union:
		return plain(v.Value, "")
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(v)
}

// members orders a struct's fields by name; the driver does not keep their order.
func members(m map[string]any) []field {
	fields := make([]field, 0, len(m))
	for name, v := range m {
		fields = append(fields, field{name, plain(v, "")})
	}
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return fields
}

// real writes a float with as few digits as read back the same.
func real(f float64, bits int) any {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		return number(strconv.FormatFloat(f, 'e', -1, bits))
	}
	return number(strconv.FormatFloat(f, 'f', -1, bits))
}

// decimal writes all digits of the scale: 12.50 and not 12.5, as SQL does.
func decimal(d duckdb.Decimal) string {
	if d.Value == nil {
		return "0"
	}
	digits := new(big.Int).Abs(d.Value).String()
	if scale := int(d.Scale); scale > 0 {
		if missing := scale + 1 - len(digits); missing > 0 {
			digits = strings.Repeat("0", missing) + digits
		}
		digits = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	if d.Value.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// moment writes a day as a day and a time in UTC with as many digits of a second
// as it has.
func moment(t time.Time, kind string) string {
	t = t.UTC()
	switch {
	case kind == "DATE":
		return t.Format("2006-01-02")
	case strings.HasPrefix(kind, "TIMESTAMP"):
		return t.Format("2006-01-02T15:04:05.999999999Z")
	case strings.HasPrefix(kind, "TIME"):
		return t.Format("15:04:05.999999999")
	}
	return t.Format("2006-01-02T15:04:05.999999999Z")
}

// interval writes "1 year 2 months 3 days 04:05:06", leaving out what is zero.
func interval(i duckdb.Interval) string {
	var parts []string
	count := func(n int32, one string) {
		switch n {
		case 0:
		case 1, -1:
			parts = append(parts, fmt.Sprintf("%d %s", n, one))
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", n, one))
		}
	}
	count(i.Months/12, "year")
	count(i.Months%12, "month")
	count(i.Days, "day")
	if i.Micros != 0 || len(parts) == 0 {
		sign, us := "", i.Micros
		if us < 0 {
			sign, us = "-", -us
		}
		s := fmt.Sprintf("%s%02d:%02d:%02d", sign, us/3_600_000_000, us/60_000_000%60, us/1_000_000%60)
		if rest := us % 1_000_000; rest != 0 {
			s += strings.TrimRight(fmt.Sprintf(".%06d", rest), "0")
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

// text writes a plain value as one cell. Nested values read as JSON.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case number:
		return string(v)
	case bool:
		return strconv.FormatBool(v)
	}
	return string(appendJSON(nil, v))
}
