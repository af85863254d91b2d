package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"jobmarket/dashboards"
	"jobmarket/warehouse"
)

func (a *app) serveCommand() *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use: "serve", GroupID: "read", Args: cobra.NoArgs,
		Short: "Serve the site on this machine",
		Long: `serve shows the site at an address of this machine, with a page for read-only
SQL at /sql. It reads the published snapshot, so a crawl may run beside it, and
what is published later appears without a restart.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, port, err := net.SplitHostPort(addr); err != nil || port == "" {
				return usagef("--addr %q: is no address; write HOST:PORT, such as 127.0.0.1:8080, or :0 for any port", addr)
			}
			cfg, err := a.load()
			if err != nil {
				return err
			}
			site := filepath.Join(cfg.Data, "site")
			if f, err := os.Open(filepath.Join(site, "index.html")); errors.Is(err, fs.ErrPermission) {
				return withHint(err, "")
			} else if err == nil {
				f.Close()
			} else {
				return usagef("%s holds no site yet; `jobmarket run` or `jobmarket dashboards` draws it", cfg.Data)
			}
			q := &newest{data: cfg.Data}
			defer q.close()
			return dashboards.Serve(cmd.Context(), dashboards.ServeOptions{
				Addr: addr, Dir: site, Querier: q, Write: warehouse.WriteRows,
				Ready: func(url string) { fmt.Fprintf(a.out, "%s (Ctrl-C stops)\n", url) },
			})
		},
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "address to listen at; port 0 takes any")
	return c
}

// newest answers queries from the snapshot that was published last, however
// often another takes its place.
type newest struct {
	data string

	mu   sync.Mutex
	file os.FileInfo
	snap *warehouse.Snapshot
}

// QueryContext runs a query on the newest snapshot.
func (n *newest) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	s, err := n.open(ctx)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, q, args...)
}

func (n *newest) open(ctx context.Context) (*warehouse.Snapshot, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	file, err := os.Stat(filepath.Join(n.data, "snapshot.duckdb"))
	if err != nil {
		return nil, fmt.Errorf("nothing is published: %w", err)
	}
	if n.snap != nil && os.SameFile(file, n.file) {
		return n.snap, nil
	}
	s, err := warehouse.OpenSnapshot(ctx, n.data, warehouse.Options{})
	if err != nil {
		return nil, err
	}
	if n.snap != nil {
		n.snap.Close() // waits for the queries that still read it
	}
	n.snap, n.file = s, file
	return s, nil
}

func (n *newest) close() {
	if n.snap != nil {
		n.snap.Close()
	}
}
