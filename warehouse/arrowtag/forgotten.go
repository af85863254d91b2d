//go:build !duckdb_arrow

package arrowtag

var _ = build_with__tags_duckdb_arrow__or_with_make_build
