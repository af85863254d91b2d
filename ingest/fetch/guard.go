package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// ErrAddress says that a host's address is not a public one.
var ErrAddress = errors.New("not a public address")

// inside are ranges that are not public and that netip has no word for.
var inside = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carrier-grade NAT
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarks
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), // NAT64: any IPv4 address within
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("2001::/32"), // Teredo
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // 6to4
	netip.MustParsePrefix("fec0::/10"), // site-local, of old
}

// Public tells whether the address is one of the public internet.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, p := range inside {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// guard is asked for each connection, after the name was resolved: whatever a
// name or a redirect leads to, and however often an answer of DNS changes, it is
// this address that counts.
func guard(_ context.Context, network, address string, _ syscall.RawConn) error {
	host, err := netip.ParseAddrPort(address)
	if err != nil || !Public(host.Addr()) {
		return fmt.Errorf("%s: %w", address, ErrAddress)
	}
	return nil
}

// base returns a transport that connects to public addresses only, or to any. It
// uses no proxy, which would resolve names behind our back.
func base(p Policy, anywhere bool) *http.Transport {
	d := net.Dialer{Timeout: min(p.Timeout, 15*time.Second), KeepAlive: 30 * time.Second}
	if !anywhere {
		d.ControlContext = guard
	}
	return &http.Transport{
		DialContext:            d.DialContext,
		DisableCompression:     true, // bodies are archived as sent
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    15 * time.Second,
		ResponseHeaderTimeout:  p.HeadTimeout,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConnsPerHost:    max(p.Parallel, 2),
		MaxIdleConns:           2 * max(p.Workers, 2),
		IdleConnTimeout:        90 * time.Second,
	}
}
