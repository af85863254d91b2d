package schema

import (
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Column is one field of a row of type T: its name, Arrow type and meaning.
type Column[T any] struct {
	Name    string
	Type    arrow.DataType
	Comment string // a sentence for people who ask SQL, units included
	put     func(array.Builder, *T)
	get     func(arrow.Array, int, *T)
}

// Table is the Arrow form of rows of type T.
type Table[T any] struct {
	Name    string
	Comment string
	Columns []Column[T]
}

// Schema is the table's Arrow schema; all fields are nullable.
func (t Table[T]) Schema() *arrow.Schema {
	fields := make([]arrow.Field, len(t.Columns))
	for i, c := range t.Columns {
		fields[i] = arrow.Field{Name: c.Name, Type: c.Type, Nullable: true}
	}
	return arrow.NewSchema(fields, nil)
}

// Record builds one record batch of the rows. The caller releases it. Memory
// that DuckDB keeps wants a C allocator.
func (t Table[T]) Record(mem memory.Allocator, rows []T) arrow.RecordBatch {
	b := array.NewRecordBuilder(mem, t.Schema())
	defer b.Release()
	b.Reserve(len(rows))
	for i, c := range t.Columns {
		f := b.Field(i)
		for r := range rows {
			c.put(f, &rows[r])
		}
	}
	return b.NewRecordBatch()
}

// Rows reads a record batch back. Columns are matched by name; those that the
// batch lacks stay zero, those that the table lacks are passed over.
func (t Table[T]) Rows(rec arrow.RecordBatch) []T {
	rows := make([]T, rec.NumRows())
	for _, c := range t.Columns {
		at := rec.Schema().FieldIndices(c.Name)
		if len(at) == 0 {
			continue
		}
		col := rec.Column(at[0])
		for r := range rows {
			if !col.IsNull(r) {
				c.get(col, r, &rows[r])
			}
		}
	}
	return rows
}

var timestamp = &arrow.TimestampType{Unit: arrow.Microsecond}

// text holds a string; the empty one is NULL.
func text[T any, S ~string](name, comment string, field func(*T) *S) Column[T] {
	return Column[T]{name, arrow.BinaryTypes.String, comment,
		func(b array.Builder, row *T) {
			if s := *field(row); s != "" {
				b.(*array.StringBuilder).Append(string(s))
			} else {
				b.AppendNull()
			}
		},
		func(a arrow.Array, i int, row *T) { *field(row) = S(clone(a.(*array.String).Value(i))) }}
}

// clone copies out of Arrow memory, which its owner may release.
func clone(s string) string { return string([]byte(s)) }

// moment holds a time in UTC, to the microsecond; the zero time is NULL.
func moment[T any](name, comment string, field func(*T) *time.Time) Column[T] {
	return Column[T]{name, timestamp, comment,
		func(b array.Builder, row *T) {
			if t := *field(row); !t.IsZero() {
				b.(*array.TimestampBuilder).Append(arrow.Timestamp(t.UnixMicro()))
			} else {
				b.AppendNull()
			}
		},
		func(a arrow.Array, i int, row *T) {
			*field(row) = time.UnixMicro(int64(a.(*array.Timestamp).Value(i))).UTC()
		}}
}

// flag holds a boolean.
func flag[T any](name, comment string, field func(*T) *bool) Column[T] {
	return Column[T]{name, arrow.FixedWidthTypes.Boolean, comment,
		func(b array.Builder, row *T) { b.(*array.BooleanBuilder).Append(*field(row)) },
		func(a arrow.Array, i int, row *T) { *field(row) = a.(*array.Boolean).Value(i) }}
}

// count holds a whole number up to 2³¹; zero is zero.
func count[T any](name, comment string, field func(*T) *int32) Column[T] {
	return Column[T]{name, arrow.PrimitiveTypes.Int32, comment,
		func(b array.Builder, row *T) { b.(*array.Int32Builder).Append(*field(row)) },
		func(a arrow.Array, i int, row *T) { *field(row) = a.(*array.Int32).Value(i) }}
}

// long holds a whole number; zero is zero.
func long[T any](name, comment string, field func(*T) *int64) Column[T] {
	return Column[T]{name, arrow.PrimitiveTypes.Int64, comment,
		func(b array.Builder, row *T) { b.(*array.Int64Builder).Append(*field(row)) },
		func(a arrow.Array, i int, row *T) { *field(row) = a.(*array.Int64).Value(i) }}
}

// number holds a number; zero is zero.
func number[T any](name, comment string, field func(*T) *float64) Column[T] {
	return Column[T]{name, arrow.PrimitiveTypes.Float64, comment,
		func(b array.Builder, row *T) { b.(*array.Float64Builder).Append(*field(row)) },
		func(a arrow.Array, i int, row *T) { *field(row) = a.(*array.Float64).Value(i) }}
}

// amount holds a number of which zero means unknown, and loads as NULL.
func amount[T any](name, comment string, field func(*T) *float64) Column[T] {
	c := number(name, comment, field)
	put := c.put
	c.put = func(b array.Builder, row *T) {
		if *field(row) == 0 {
			b.AppendNull()
		} else {
			put(b, row)
		}
	}
	return c
}
