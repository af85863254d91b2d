package fetch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// ErrLeftAlone says that a host failed so often, or asked for so long a pause,
// that it is not asked again in this run.
var ErrLeftAlone = errors.New("the host is left alone for this run")

// host is what we keep in mind of one host: when it may be asked next, and its
// robots.txt.
type host struct {
	name string

	mu       sync.Mutex
	began    time.Time // when the last request began
	next     time.Time // by the pace
	hold     time.Time // by back-off or Retry-After
	flying   int
	freed    chan struct{} // closed when a request ends, then replaced
	failures int           // in a row
	closed   string        // why it is left alone; empty: it is not
	delay    time.Duration // Crawl-delay

	robots sync.Mutex // held while robots.txt is fetched
	rules  *Rules
	until  time.Time // the rules are good until then
	refuse error     // robots.txt could not be had, until then
}

// host returns the host called name, which has a port where the URL has one.
func (s *Stack) host(name string) *host {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hosts[name]
	if h == nil {
		h = &host{name: name, freed: make(chan struct{})}
		s.hosts[name] = h
	}
	return h
}

// pace returns the delay between two requests and how many may be under way.
// h.mu is held.
func (h *host) pace(p *Policy) (time.Duration, int) {
	if h.delay > p.Delay {
		return h.delay, 1
	}
	if h.delay > 0 {
		return p.Delay, 1
	}
	return p.Delay, max(1, p.Parallel)
}

// Reserve takes a turn at the host if one is free. Else it says how long to wait
// for one; 0 when only the end of another request helps. Whoever reserves hands
// the turn on in [Visit.Reserved], and calls [Stack.Release] in the end.
func (s *Stack) Reserve(name string) (ok bool, wait time.Duration) {
	h := s.host(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.take(s)
}

// Release gives back a reserved turn that was not used.
func (s *Stack) Release(v *Visit) {
	if v.Reserved != "" {
		s.host(v.Reserved).leave()
		v.Reserved = ""
	}
}

// take takes a turn if one is free; h.mu is held. At a closed host there is
// always one, so that those who wait hear that it is closed.
func (h *host) take(s *Stack) (bool, time.Duration) {
	if h.closed != "" {
		h.flying++
		return true, 0
	}
	delay, parallel := h.pace(&s.Policy)
	now, at := s.Now(), h.next
	if h.hold.After(at) {
		at = h.hold
	}
	if wait := at.Sub(now); wait > 0 {
		return false, wait
	}
	if h.flying >= parallel {
		return false, 0
	}
	h.flying++
	h.began, h.next = now, now.Add(delay)
	return true, 0
}

// turn waits for the host's next free turn and takes it, unless the visit has
// one reserved. The caller ends it with leave.
func (s *Stack) turn(ctx context.Context, h *host, v *Visit) error {
	mine := v.Reserved == h.name
	if mine {
		v.Reserved = ""
	}
	for {
		h.mu.Lock()
		freed, ok, wait := h.freed, mine, time.Duration(0)
		if !ok {
			ok, wait = h.take(s)
		}
		closed := h.closed
		h.mu.Unlock()
		switch {
		case ok && closed != "":
			h.leave()
			return fmt.Errorf("%w: %s", ErrLeftAlone, closed)
		case ok:
			return nil
		case wait > 0:
			if err := s.Sleep(ctx, wait); err != nil {
				return err
			}
		default:
			select {
			case <-freed:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// leave ends a turn.
func (h *host) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.flying--
	close(h.freed)
	h.freed = make(chan struct{})
}

// well says that the host answered as it should.
func (h *host) well() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failures = 0
}

// failed holds the host after a failure, for as long as it asks (wait) or for a
// time that doubles with each failure in a row. A host that fails too often, or
// asks for more than the longest back-off, is closed.
func (s *Stack) failed(h *host, wait time.Duration, why string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failures++
	p := &s.Policy
	if h.closed != "" {
		return
	}
	if p.Breaker > 0 && h.failures >= p.Breaker {
		h.closed = fmt.Sprintf("%s failed %d times in a row, last: %s", h.name, h.failures, why)
		return
	}
	if wait > p.MaxBackoff {
		h.closed = fmt.Sprintf("%s asks to be left alone for %s", h.name, wait.Round(time.Second))
		return
	}
	if wait <= 0 {
		wait = min(p.Backoff<<min(h.failures-1, 20), p.MaxBackoff)
		if wait > 0 {
			wait = wait/2 + rand.N(wait) // jitter: half to one and a half
		}
	}
	if until := s.Now().Add(wait); until.After(h.hold) {
		h.hold = until
	}
}
