//go:build duckdb_arrow

// Package arrowtag turns a forgotten build tag into one clear message.
//
// The DuckDB driver hides its Arrow interface behind the tag duckdb_arrow.
// Without the tag this package does not compile, and what imports it is not
// tried: one line that names the tag, where the driver's missing symbols would
// be many. It holds nothing else.
package arrowtag
