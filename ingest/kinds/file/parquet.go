package file

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	pq "github.com/apache/arrow-go/v18/parquet/schema"

	"jobmarket/ingest/kinds/kind"
)

// mostRows is how many rows a group of a Parquet file may have. A few bytes may
// stand for billions of equal values.
const mostRows = 5_000_000

// readParquet reads a Parquet file, a group of rows at a time and only the columns
// that we ask for. Columns that repeat within a row (lists) are passed over. The
// library answers some damaged files with a panic; here that is the file's error,
// like any other.
//
// 2026-11-22: the columns are read by package parquet/file, since parquet/pqarrow,
// which would give whole Arrow batches, links gRPC.
func readParquet(r *kind.Reading, columns func([]string) error, each func(string, row)) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the Parquet file is damaged: %v", p)
		}
	}()
	f, err := file.NewParquetReader(bytes.NewReader(r.Page.Body))
	if err != nil {
		return fmt.Errorf("the Parquet file cannot be opened: %w", err)
	}
	defer f.Close()
	at := map[string]int{}
	var names []string
	for i := range f.MetaData().Schema.NumColumns() {
		c := f.MetaData().Schema.Column(i)
		names = append(names, c.Path())
		if c.MaxRepetitionLevel() == 0 {
			at[c.Path()] = i
		}
	}
	if err := columns(names); err != nil {
		return err
	}
	number := 0
	for g := range f.NumRowGroups() {
		cells, rows, err := group(f, g, at, r.Page.Source.Columns)
		if err != nil {
			r.Complete = false
			r.Reject(fmt.Sprintf("row %d", number), "", "the Parquet file breaks off: "+err.Error(), "")
			return nil
		}
		for i := range rows {
			each(fmt.Sprintf("row %d", number), func(column string) string {
				if values := cells[column]; i < len(values) {
					return values[i]
				}
				return ""
			})
			number++
		}
	}
	return nil
}

// group reads the columns of one group of rows that we ask for.
func group(f *file.Reader, g int, at map[string]int, mapped map[string]string) (cells map[string][]string, rows int, err error) {
	cells = map[string][]string{}
	asked := Fields()
	for _, column := range mapped {
		asked = append(asked, column)
	}
	for _, name := range asked {
		i, ok := at[name]
		if _, done := cells[name]; !ok || done {
			continue
		}
		c, err := f.RowGroup(g).Column(i)
		if err != nil {
			return nil, 0, err
		}
		if cells[name], err = column(c); err != nil {
			return nil, 0, fmt.Errorf("column %s: %w", name, err)
		}
		rows = max(rows, len(cells[name]))
	}
	return cells, rows, nil
}

// column reads all values of a column as texts; null is "".
func column(c file.ColumnChunkReader) ([]string, error) {
	text := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	switch c := c.(type) {
	case *file.ByteArrayColumnChunkReader:
		return values(c, c.ReadBatch, func(v parquet.ByteArray) string { return string(v) })
	case *file.FixedLenByteArrayColumnChunkReader:
		return values(c, c.ReadBatch, func(v parquet.FixedLenByteArray) string { return string(v) })
	case *file.BooleanColumnChunkReader:
		return values(c, c.ReadBatch, strconv.FormatBool)
	case *file.Float32ColumnChunkReader:
		return values(c, c.ReadBatch, func(v float32) string { return text(float64(v)) })
	case *file.Float64ColumnChunkReader:
		return values(c, c.ReadBatch, text)
	case *file.Int96ColumnChunkReader:
		return values(c, c.ReadBatch, func(v parquet.Int96) string { return v.ToTime().UTC().Format(time.RFC3339) })
	case *file.Int32ColumnChunkReader:
		_, date := c.Descriptor().LogicalType().(pq.DateLogicalType)
		return values(c, c.ReadBatch, func(v int32) string {
			if date {
				return time.Unix(int64(v)*86400, 0).UTC().Format(time.DateOnly)
			}
			return strconv.Itoa(int(v))
		})
	case *file.Int64ColumnChunkReader:
		stamp, ok := c.Descriptor().LogicalType().(pq.TimestampLogicalType)
		return values(c, c.ReadBatch, func(v int64) string {
			if !ok {
				return strconv.FormatInt(v, 10)
			}
			return moment(v, stamp.TimeUnit()).UTC().Format(time.RFC3339)
		})
	}
	return nil, errors.New("its type is none that we read")
}

func moment(v int64, unit pq.TimeUnitType) time.Time {
	switch unit {
	case pq.TimeUnitMillis:
		return time.UnixMilli(v)
	case pq.TimeUnitMicros:
		return time.UnixMicro(v)
	}
	return time.Unix(0, v)
}

// values reads a column in batches. Nulls have no value; the definition levels say
// where they stand.
func values[T any](
	c file.ColumnChunkReader, read func(int64, []T, []int16, []int16) (int64, int, error), text func(T) string,
) ([]string, error) {
	const batch = 4096
	var out []string
	buffer, levels := make([]T, batch), make([]int16, batch)
	full := c.Descriptor().MaxDefinitionLevel()
	for c.HasNext() {
		rows, found, err := read(batch, buffer, levels, nil)
		if err != nil {
			return nil, err
		}
		if rows == 0 {
			break
		}
		if full == 0 {
			rows = int64(found)
		}
		next := 0
		for _, level := range levels[:rows] {
			if full > 0 && level < full || next >= found {
				out = append(out, "")
				continue
			}
			out = append(out, text(buffer[next]))
			next++
		}
		if len(out) > mostRows {
			return nil, fmt.Errorf("it has more than %d rows", mostRows)
		}
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	return slices.Clip(out), nil
}
