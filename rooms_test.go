package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestRooms holds the direction of imports. Shipped code of a room may import
// warehouse/schema, its own packages, and nothing else of ours; the leaf imports
// Arrow alone. Rooms that knew each other could not be replaced, tested or read
// one at a time: a collector that sees the classifier begins to judge, and a
// dashboard that sees the warehouse begins to write.
func TestRooms(t *testing.T) {
	out, err := exec.Command("go", "list", "-tags", "duckdb_arrow", "-f", `{{.ImportPath}}:{{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	rooms := map[string]int{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		pkg, imports, _ := strings.Cut(line, ":")
		room := roomOf(pkg)
		rooms[room]++
		for _, imp := range strings.Fields(imports) {
			if why := wrongImport(pkg, room, imp); why != "" {
				t.Errorf("%s imports %s: %s", pkg, imp, why)
			}
		}
	}
	for _, room := range []string{"ingest", "transform", "warehouse", "dashboards"} {
		if rooms[room] == 0 {
			t.Errorf("room %s has no package", room)
		}
	}
}

const leaf = "jobmarket/warehouse/schema"

// roomOf is the first folder of a package, empty for main.
func roomOf(pkg string) string {
	room, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(pkg, "jobmarket"), "/"), "/")
	return room
}

func wrongImport(pkg, room, imp string) string {
	ours := imp == "jobmarket" || strings.HasPrefix(imp, "jobmarket/")
	switch {
	case pkg == leaf:
		if ours {
			return "the leaf imports nothing of ours, so that every room may import it"
		}
		if strings.Contains(imp, ".") && !strings.HasPrefix(imp, "github.com/apache/arrow-go/") {
			return "the leaf imports Arrow and the standard library only"
		}
	case !ours || room == "" || imp == leaf:
	case roomOf(imp) != room:
		return "a room sees warehouse/schema and itself; rooms meet in pipeline.go"
	}
	return ""
}

// TestRoomsCatches shows that the check can fail.
func TestRoomsCatches(t *testing.T) {
	for _, c := range []struct{ pkg, imp string }{
		{"jobmarket/ingest/kinds", "jobmarket/transform"},
		{"jobmarket/dashboards", "jobmarket/warehouse"},
		{"jobmarket/transform/domain", "jobmarket"},
		{leaf, "github.com/gocolly/colly/v2"},
		{leaf, "jobmarket/warehouse"},
	} {
		if wrongImport(c.pkg, roomOf(c.pkg), c.imp) == "" {
			t.Errorf("%s may import %s", c.pkg, c.imp)
		}
	}
}
