package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"jobmarket/ingest/market"
)

// marketFlags choose a simulated market.
type marketFlags struct {
	sightings int
	seed      uint64
}

func (f *marketFlags) add(c *cobra.Command) {
	d := market.Default()
	c.Flags().IntVar(&f.sightings, "sightings", d.Sightings, "about how many ads the crawls see in all, 1,000 to 10,000,000")
	c.Flags().Uint64Var(&f.seed, "seed", d.Seed, "another seed is another market; the same is the same to the byte")
}

func (f *marketFlags) market() (*market.Market, error) {
	if f.sightings < 1_000 || f.sightings > 10_000_000 {
		return nil, usagef("--sightings %d: must be 1,000 to 10,000,000", f.sightings)
	}
	c := market.Default()
	c.Sightings, c.Seed = f.sightings, f.seed
	return market.New(c), nil
}

func (a *app) demoCommand() *cobra.Command {
	var f marketFlags
	c := &cobra.Command{
		Use: "demo", GroupID: "flow", Args: cobra.NoArgs,
		Short: "The whole flow on a simulated market, offline",
		Long: `demo makes a simulated job market of several years, has the real collectors read
it in every source's own wire format, and does all that run does. Its employers
are invented; every page and every row says that it is simulated.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m, err := f.market()
			if err != nil {
				return err
			}
			if a.data == "" {
				a.data = "demo"
			}
			path, err := demoMarket(m, a.data)
			if err != nil {
				return err
			}
			return a.flow(cmd, &collectFlags{replay: []string{path}}, func(p *Pipeline) (Report, error) {
				p.Simulated, p.Config.Sources = true, m.Sources()
				return p.Run(cmd.Context())
			})
		},
	}
	f.add(c)
	a.jsonFlag(c)
	return c
}

func (a *app) simulateCommand() *cobra.Command {
	var f marketFlags
	c := &cobra.Command{
		Use: "simulate DIR", GroupID: "check", Args: cobra.ExactArgs(1),
		Short: "Write a simulated market's pages as a WARC archive",
		Long: `simulate writes every page that the crawls of a simulated job market would
fetch, in every source's own wire format, to DIR/market.warc.gz. Read it by
run --replay; the archive says that it is simulated, and so will every row.`,
		RunE: func(_ *cobra.Command, args []string) error {
			m, err := f.market()
			if err != nil {
				return err
			}
			path, err := writeMarket(m, args[0])
			if err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s: about %s sightings\n", path, grouped(int64(m.Planned())))
			return nil
		},
	}
	f.add(c)
	return c
}

// demoMarket writes the market's archive into the data folder. A folder whose
// warehouse was made of another market is refused: the two would be one.
func demoMarket(m *market.Market, data string) (path string, err error) {
	dir := filepath.Join(data, "market")
	was := filepath.Join(dir, marketArchive)
	before, err := fileDigest(was)
	if err != nil {
		return "", err
	}
	if before == "" || holdsWarehouse(data) != nil {
		return writeMarket(m, dir)
	}
	fresh, err := os.MkdirTemp(data, ".market-*")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	if path, err = writeMarket(m, fresh); err != nil {
		return "", err
	}
	after, err := fileDigest(path)
	if err != nil {
		return "", err
	}
	if after != before {
		return "", usagef("%s holds another simulated market; name another folder by --data, or take that one away", data)
	}
	return was, nil
}

// fileDigest is the SHA-256 of a file, empty where there is none.
func fileDigest(path string) (string, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return string(h.Sum(nil)), err
}

const marketArchive = "market.warc.gz"

// writeMarket writes the market's archive, which appears whole or not at all.
func writeMarket(m *market.Market, dir string) (path string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	path = filepath.Join(dir, marketArchive)
	return path, writeWhole(path, m.WriteArchive)
}
