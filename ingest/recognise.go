package ingest

import (
	"net/url"
	"path/filepath"
	"slices"

	"jobmarket/ingest/archive"
)

// recogniser tells which source a URL belongs to.
type recogniser struct {
	o       *Options
	sources map[string]*source // by the name that recognition gives, and by configured name
	starts  map[string]*source // configured start URLs
	places  map[string]*place
	order   []*source
}

type place struct {
	source *source
	start  bool
}

// knows tells whether the name is that of a source that was recognised, or of a
// kind of source.
func (r *recogniser) knows(name string) bool {
	_, kind := r.o.kind(name)
	return kind || slices.Contains(r.names(), name)
}

// names are those of the sources that were recognised.
func (r *recogniser) names() (out []string) {
	for _, s := range r.order {
		out = append(out, s.Name)
	}
	return out
}

// configured takes in the sources of the configuration, under the names that
// recognition would give them, so that an archive's pages go to them.
func (r *recogniser) configured() {
	r.starts = map[string]*source{}
	for _, c := range r.o.Sources {
		kind, _ := r.o.kind(c.Kind)
		c.Configured = true
		s := &source{Source: c, kind: kind, starts: map[string]bool{}}
		r.order = append(r.order, s)
		r.sources["="+c.Name] = s
		for _, raw := range kind.Start(c) {
			if filepath.IsAbs(raw) {
				raw = fileURL(raw)
			}
			r.starts[archive.CanonicalURL(raw)] = s
			s.starts[archive.CanonicalURL(raw)] = true
			if u, err := url.Parse(raw); err == nil && kind.Recognise != nil {
				if p, ok := kind.Recognise(u); ok && r.sources[p.Source.Name] == nil {
					r.sources[p.Source.Name] = s
				}
			}
		}
	}
}

// place returns the source that the capture belongs to, nil when no kind
// recognises it, and whether a crawl begins there.
func (r *recogniser) place(c *capture) (*source, bool) {
	if p := r.places[c.from+" "+c.url]; p != nil {
		return p.source, p.start
	}
	p := r.recognise(c)
	r.places[c.from+" "+c.url] = &p
	return p.source, p.start
}

func (r *recogniser) recognise(c *capture) place {
	if s := r.sources["="+c.from]; c.from != "" && s != nil {
		return place{s, s.starts[c.url]}
	}
	if s := r.starts[c.url]; s != nil {
		return place{s, true}
	}
	u, err := url.Parse(c.url)
	if err != nil {
		return place{}
	}
	for _, k := range r.o.Kinds {
		if k.Recognise == nil {
			continue
		}
		p, ok := k.Recognise(u)
		if !ok {
			continue
		}
		s := r.sources[p.Source.Name]
		if s == nil {
			s = &source{Source: p.Source, kind: k, starts: map[string]bool{}}
			s.Simulated = r.o.Simulated
			for _, raw := range k.Start(p.Source) {
				s.starts[archive.CanonicalURL(raw)] = true
			}
			r.sources[p.Source.Name] = s
			r.order = append(r.order, s)
		}
		return place{s, p.Start}
	}
	return place{}
}
