package file_test

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/parquet"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	pq "github.com/apache/arrow-go/v18/parquet/schema"
	"github.com/google/go-cmp/cmp"

	"jobmarket/ingest/kinds/file"
	"jobmarket/ingest/kinds/kind"
	"jobmarket/warehouse/schema"
)

// table writes a Parquet file of two groups of three rows each, with a null, a
// time, a date, a number and a flag.
func table(t testing.TB) []byte {
	t.Helper()
	optional := parquet.Repetitions.Optional
	must := func(n pq.Node, err error) pq.Node {
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	text := func(name string) pq.Node {
		return must(pq.NewPrimitiveNodeLogical(name, optional, pq.StringLogicalType{}, parquet.Types.ByteArray, -1, -1))
	}
	root, err := pq.NewGroupNode("schema", parquet.Repetitions.Required, pq.FieldList{
		text("Job Title"), text("company"),
		must(pq.NewPrimitiveNodeLogical("posted", optional, pq.NewTimestampLogicalType(true, pq.TimeUnitMillis), parquet.Types.Int64, -1, -1)),
		must(pq.NewPrimitiveNodeLogical("expires_at", optional, pq.DateLogicalType{}, parquet.Types.Int32, -1, -1)),
		pq.NewFloat64Node("pay_low", parquet.Repetitions.Required, -1),
		pq.NewBooleanNode("remote", parquet.Repetitions.Required, -1),
	}, -1)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := pqfile.NewParquetWriter(&b, root)
	day := time.Date(2020, 3, 1, 10, 0, 0, 0, time.UTC)
	for g := range 2 {
		group, err := w.AppendRowGroupChecked()
		if err != nil {
			t.Fatal(err)
		}
		some, all := []int16{1, 0, 1}, []int16{1, 1, 1}
		next := func() pqfile.ColumnChunkWriter {
			c, err := group.NextColumn()
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		titles := []parquet.ByteArray{[]byte("Lead"), []byte("Clerk"), []byte("Cook")}
		next().(*pqfile.ByteArrayColumnChunkWriter).WriteBatch(titles, all, nil)
		next().(*pqfile.ByteArrayColumnChunkWriter).WriteBatch([]parquet.ByteArray{[]byte("Moss"), []byte("Fen")}, some, nil)
		next().(*pqfile.Int64ColumnChunkWriter).WriteBatch([]int64{day.AddDate(0, g, 0).UnixMilli(), day.UnixMilli()}, some, nil)
		next().(*pqfile.Int32ColumnChunkWriter).WriteBatch([]int32{18322, 18323, 18324}, all, nil)
		next().(*pqfile.Float64ColumnChunkWriter).WriteBatch([]float64{100, 0, 55.5}, nil, nil)
		next().(*pqfile.BooleanColumnChunkWriter).WriteBatch([]bool{true, false, true}, nil, nil)
		if err := group.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func page(body []byte) kind.Page {
	return kind.Page{URL: "https://data.example/jobs.parquet", Body: body, Source: schema.Source{
		Name: "file/history", Kind: "file", Mode: schema.Periodical, Columns: map[string]string{"title": "Job Title", "published_at": "posted"},
	}}
}

func TestParquet(t *testing.T) {
	got, err := file.Kind.Parse(page(table(t)))
	if err != nil {
		t.Fatal(err)
	}
	// Of the second group, what has no other company, place or link is there twice.
	if len(got.Postings) != 3 || len(got.Rejects) != 3 || !got.Complete {
		t.Fatalf("%d postings, %d rejects %v, complete %v; want 3, 3 and true", len(got.Postings), len(got.Rejects), got.Rejects, got.Complete)
	}
	first := got.Postings[0]
	first.Key = ""
	day := time.Date(2020, 3, 1, 10, 0, 0, 0, time.UTC)
	want := schema.Posting{
		Source: "file/history", Title: "Lead", Company: "Moss", PayLow: 100, Remote: "yes",
		PublishedAt: day, SeenAt: day, ExpiresAt: time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC),
	}
	if d := cmp.Diff(want, first); d != "" {
		t.Errorf("the first row (-want +got):\n%s", d)
	}
	if second := got.Postings[1]; second.Title != "Clerk" || second.Company != "" || !second.PublishedAt.IsZero() || second.PayLow != 0 {
		t.Errorf("the second row, with its nulls: %+v", second)
	}
}

// TestParquetDamaged cuts the file everywhere and changes bytes of it: there may be
// an error, a reject, or other rows, and never a panic.
func TestParquetDamaged(t *testing.T) {
	whole := table(t)
	for n := range whole {
		if _, err := file.Kind.Parse(page(whole[:n])); err == nil && n > 12 {
			t.Errorf("cut after %d of %d bytes, the file is read without an error", n, len(whole))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		body := bytes.Clone(whole)
		for range 1 + random.IntN(3) {
			body[random.IntN(len(body))] = byte(random.Uint32())
		}
		file.Kind.Parse(page(body)) // must return
	}
}
