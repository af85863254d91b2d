# What a person types. `make demo` does the main job on the simulated market,
# offline; `make test` runs every check. Both install what they need.

TAGS     := duckdb_arrow
GO       := go
GOFLAGS  := -tags=$(TAGS)
export GOFLAGS
ECHARTS  := dashboards/assets/dist/echarts.min.js

.PHONY: all build demo test short lint bench fuzz clean assets need-go need-chromium

all: build

build: need-go assets
	$(GO) build -o bin/jobmarket .

need-go:
	@command -v $(GO) >/dev/null || { echo "make: Go is missing: install Go 1.26 or later" >&2; exit 1; }
	@command -v $${CC:-cc} >/dev/null || { echo "make: a C compiler is missing: DuckDB needs one (apt-get install gcc g++)" >&2; exit 1; }

# The charts' script. Without npm the build goes on and the pages take the same
# pinned version from a public network, and say so.
assets: $(ECHARTS)

$(ECHARTS): dashboards/assets/package-lock.json
	@if command -v npm >/dev/null; then \
	  npm ci --prefix dashboards/assets --ignore-scripts --no-audit --no-fund --silent && \
	  mkdir -p $(@D) && cp dashboards/assets/node_modules/echarts/dist/echarts.min.js $@; \
	else echo "make: npm is missing: pages will take their charts' script from the network"; fi

demo: build
	rm -rf demo
	bin/jobmarket demo --data demo

lint: need-go assets
	@out=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$out" ] || { echo "gofmt would change: $$out" >&2; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck -tags $(TAGS) ./...

need-chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || echo "make: Chromium is missing: the check of the pages in a browser is skipped (apt-get install chromium)"

# The tests of the whole program run under the race detector where they are
# small; the large ones, and those that read all real pages, which take ten times
# as long under it, run without.
#
# Every check: format, vet, staticcheck, the tests under the race detector (the
# pages in a real browser among them), and the demo end to end by the program.
test: build lint need-chromium
	$(GO) test -race -timeout 40m -skip 'Corpus$$' $$($(GO) list ./... | grep /)
	$(GO) test -timeout 40m -run 'Corpus$$' $$($(GO) list ./... | grep /)
	$(GO) test -race -timeout 40m -run 'TestCLI|Config|TestRooms' .
	$(GO) test -timeout 40m .
	rm -rf bin/check && bin/jobmarket demo --quiet --data bin/check >/dev/null && rm -rf bin/check

short: build
	$(GO) test -short ./...

bench: need-go assets
	$(GO) test -run '^$$' -bench . -benchmem -timeout 60m ./...

# Each parser of foreign bytes for FUZZTIME. Making a find smaller is limited, or
# it takes most of that time.
FUZZTIME ?= 60s
fuzz: need-go
	@for pkg in $$($(GO) list ./...); do for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	  echo "$$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$pkg || exit 1; done; done

clean:
	rm -rf bin demo dashboards/assets/dist/*.js dashboards/assets/node_modules
