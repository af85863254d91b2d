// Package market is a simulated job market: invented employers, their openings
// over several years, and the sources that advertise them, each in its own wire
// format, so that the real collectors can read it. It is the demo, the test bed
// and the load generator of the project.
//
// It knows what is true, since it made it up: which postings are one job, of
// which domain, open from when to when. It hands that out as [schema.Truth],
// which tests compare with what the pipeline found. It must not know how the
// pipeline judges, and nothing of the pipeline may read the truth.
//
// The same [Config] gives the same bytes: pages, archive and truth. No employer
// exists, and none can be mistaken for one that does: their names end in "sim",
// or have it before a second word, their hosts lie under .example, their board
// tokens begin with "sim-". The hosts that answer are the real ones of the wire
// formats, but only through [Market.Transport] or a replayed archive, never over
// a network.
//
// # How pages come about
//
// Package world says what is true, package prose finds the words, package wire
// writes the formats; this one puts them together into the answer of a URL on a
// day, serves those answers, and writes their history as an archive.
//
// # Decisions
//
// 2026-11-22: truth comes as (source, key), and keys of newsletters are hashes of
// what the parser read. So their truth is taken from the parser itself, run over
// the issue that was made: what is asserted is which job a line stands for, not
// how a key is spelt.
package market

import (
	"time"

	"jobmarket/ingest/market/world"
	"jobmarket/warehouse/schema"
)

// Config says how large a market to simulate and what to plant in it. Begin with
// [Default] or [Small]: the zero value plants nothing.
type Config = world.Config

// Turn is a point of a domain's trend in [Config].
type Turn = world.Turn

// Default is the demo's market: about 20,000 sightings from 2019 to 2024.
func Default() Config { return world.Default() }

// Small is a market of one year and about 1,000 sightings, cheap enough to make
// a thousand of.
func Small(seed uint64) Config { return world.Small(seed) }

// Market is a simulated job market. Its methods may be called from several
// goroutines.
type Market struct{ w *world.World }

// New makes the market of a config.
func New(c Config) *Market { return &Market{world.New(c)} }

// Config is what the market was made of.
func (m *Market) Config() Config { return m.w.Config }

// Planned is the number of sightings that the crawls of the whole time hold,
// about as many as the config asked for.
func (m *Market) Planned() int { return m.w.Planned() }

// Sources are the sources of the market, as a config would name them.
func (m *Market) Sources() []schema.Source { return m.w.Sources() }

// Crawls are the times at which [Market.WriteArchive] crawls the sources. Boards
// of the config's LateBoard join in later than the first.
func (m *Market) Crawls() []time.Time {
	var out []time.Time
	for _, on := range m.w.Crawls {
		out = append(out, world.Moment(on))
	}
	return out
}
