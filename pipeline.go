package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"jobmarket/dashboards"
	"jobmarket/ingest"
	"jobmarket/transform"
	"jobmarket/warehouse"
	"jobmarket/warehouse/schema"
)

// Pipeline is one invocation that writes: it holds the warehouse for as long as
// it runs. It is the only place that sees all four rooms.
type Pipeline struct {
	Config    *Config
	Command   string
	Simulated bool
	Replay    []string // archives to read instead of the network
	Ingest    ingest.Options
	Progress  func(stage string, done, total int64)

	now   func() time.Time
	house *warehouse.Warehouse
	judge *transform.Judge
	run   schema.Run
}

// Report is what a run did, for the tally and for --json.
type Report struct {
	RunID     string               `json:"run_id"`
	Outcome   string               `json:"outcome"` // ok, partial, failed, stopped
	Simulated bool                 `json:"simulated"`
	Replay    bool                 `json:"replay"` // pages came from archives
	Sources   []schema.Tally       `json:"sources"`
	Labelled  int64                `json:"labelled"`
	Seconds   float64              `json:"seconds"`
	Stages    []Stage              `json:"stages"`
	Snapshot  string               `json:"snapshot,omitempty"`
	Page      string               `json:"page,omitempty"`
	Verdicts  []dashboards.Verdict `json:"verdicts,omitempty"`
}

// Stage is one part of a run and how long it took.
type Stage struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`

	do func(context.Context, *Report) error
}

func (p *Pipeline) stages() (collect, judge, model, publish, draw Stage) {
	return Stage{Name: "collect", do: p.collect}, Stage{Name: "judge", do: p.judgeStale}, Stage{Name: "model", do: p.model},
		Stage{Name: "publish", do: p.publish}, Stage{Name: "draw", do: p.draw}
}

// Run does the whole of it: collect, load, judge, model, publish, draw.
func (p *Pipeline) Run(ctx context.Context) (rep Report, err error) {
	collect, judge, model, publish, draw := p.stages()
	return p.do(ctx, true, p.Config.Sources, collect, judge, model, publish, draw)
}

// IngestOnly collects and loads, and leaves judging to a later transform.
func (p *Pipeline) IngestOnly(ctx context.Context) (Report, error) {
	collect, _, _, _, _ := p.stages()
	return p.do(ctx, true, p.Config.Sources, collect)
}

// Reparse reads archived pages again with the parsers of today, and loads what
// they find. Nothing is fetched.
func (p *Pipeline) Reparse(ctx context.Context) (Report, error) {
	return p.do(ctx, false, p.Config.Sources, Stage{Name: "reparse", do: p.reread})
}

// DryRun tells progress what would be fetched, and fetches and writes nothing.
func (p *Pipeline) DryRun(ctx context.Context) (rep Report, err error) {
	o := p.options()
	o.DryRun = true
	rep.Sources, err = ingest.Run(ctx, o, nil)
	err = stopped(ctx, err)
	rep.Outcome = outcome(rep.Sources, err)
	return rep, err
}

// TransformOnly judges what is stale, models and publishes.
func (p *Pipeline) TransformOnly(ctx context.Context) (Report, error) {
	_, judge, model, publish, _ := p.stages()
	return p.do(ctx, false, nil, judge, model, publish)
}

// do takes the stages in order inside one run, and closes the run whatever
// happens. A run that collects is of the real market unless Simulated says
// otherwise; one that does not is of whatever market the folder holds. A source
// that failed does not keep the later stages from running.
func (p *Pipeline) do(ctx context.Context, collects bool, sources []schema.Source, stages ...Stage) (rep Report, err error) {
	start := p.now()
	p.judge, err = transform.New(transform.Options{Language: p.Config.Language})
	if err != nil {
		return rep, err
	}
	p.house, err = openWarehouse(ctx, p.Config.Data)
	if err != nil {
		return rep, err
	}
	defer func() { err = errors.Join(err, p.house.Close()) }()
	p.run = schema.Run{
		ID: schema.ID(p.Command, start.UTC().Format(time.RFC3339Nano)), Command: p.Command, Version: version(),
		StartedAt: start, Replay: len(p.Replay) > 0, Outcome: "running", Simulated: p.Simulated,
	}
	rep.RunID, rep.Replay = p.run.ID, p.run.Replay
	if !collects {
		p.run.Simulated = p.house.Simulated() // what is there stays what it is
	}
	if p.run.Simulated && (!p.Simulated || len(sources) == 0) { // those of pipeline.yaml are real
		if p.Config.Sources, err = p.house.Sources(ctx); err != nil {
			return rep, err
		}
		sources = nil
	}
	rep.Simulated = p.run.Simulated
	if err := p.house.StartRun(ctx, p.run, sources); err != nil {
		return rep, err
	}
	for _, stage := range stages {
		began := p.now()
		err = stage.do(ctx, &rep)
		stage.Seconds = p.now().Sub(began).Seconds()
		rep.Stages = append(rep.Stages, stage)
		if err != nil {
			break
		}
	}
	err = stopped(ctx, err)
	rep.Seconds = p.now().Sub(start).Seconds()
	// The run's end is written even when the context is what ended it.
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return rep, errors.Join(err, p.finish(finish, &rep, err))
}

// finish notes how the run ended, as far as it has come.
func (p *Pipeline) finish(ctx context.Context, rep *Report, err error) error {
	rep.Outcome = outcome(rep.Sources, err)
	p.run.FinishedAt, p.run.Outcome = p.now(), rep.Outcome
	if err != nil {
		p.run.Error = err.Error()
	}
	return p.house.FinishRun(ctx, p.run, rep.Sources)
}

// outcome sums up a run. A source that robots.txt forbids is no failure.
func outcome(tallies []schema.Tally, err error) string {
	if errors.Is(err, errStopped) {
		return "stopped"
	}
	if err != nil {
		return "failed"
	}
	for _, t := range tallies {
		if t.Outcome == "failed" || t.Outcome == "partial" {
			return "partial"
		}
	}
	return "ok"
}

// options are the collectors' share of the configuration and the command line.
func (p *Pipeline) options() ingest.Options {
	o := p.Ingest
	o.Sources, o.Replay, o.RunID, o.Now, o.Simulated = p.Config.Sources, p.Replay, p.run.ID, p.now, p.run.Simulated
	o.ArchiveDir = filepath.Join(p.Config.Data, "archive")
	o.UserAgent, o.Contact, o.HTTP = p.Config.UserAgent, p.Config.Contact, p.Config.HTTP
	return o
}

func (p *Pipeline) collect(ctx context.Context, rep *Report) (err error) {
	o := p.options()
	o.Yields = func(source string, before time.Time) ([]int, error) { return p.house.Yields(ctx, source, before) }
	rep.Sources, err = ingest.Run(ctx, o, p.house)
	return err
}

func (p *Pipeline) reread(ctx context.Context, rep *Report) (err error) {
	rep.Replay = true
	o := p.options()
	if !p.run.Simulated {
		rep.Sources, err = ingest.Reparse(ctx, o, p.house)
		return err
	}
	// A simulated market was never crawled; what demo wrote of it is its archive.
	if o.Replay, _ = filepath.Glob(filepath.Join(p.Config.Data, "market", "*.warc.gz")); len(o.Replay) == 0 {
		return usagef("--reparse: the pages of this simulated market lie in no folder of %s; read them again by --replay FILE", p.Config.Data)
	}
	rep.Sources, err = ingest.Run(ctx, o, p.house)
	return err
}

// judgeStale judges what these versions of the classifier and of identity have not.
func (p *Pipeline) judgeStale(ctx context.Context, rep *Report) error {
	versions := warehouse.Versions{Labels: p.judge.Version(), Features: p.judge.FeatureVersion()}
	err := p.house.Stale(ctx, versions, func(batch []schema.Posting) error {
		labels, mentions, features := p.judgeAll(batch)
		if err := p.house.LoadJudgements(ctx, labels, mentions, features); err != nil {
			return err
		}
		rep.Labelled += int64(len(batch))
		p.progress("judged", rep.Labelled, 0)
		return nil
	})
	if err != nil {
		return fmt.Errorf("judge postings: %w", err)
	}
	return nil
}

// model works out postings, jobs, employers and spells from all that is known.
func (p *Pipeline) model(ctx context.Context, _ *Report) error {
	p.progress("modelling", 0, 0)
	return p.house.Model(ctx)
}

// judgeAll judges a batch on all processors, in the batch's order.
func (p *Pipeline) judgeAll(batch []schema.Posting) ([]schema.Label, []schema.Mention, []schema.Feature) {
	judged := make([]transform.Judgement, len(batch))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(batch); i += workers {
				judged[i] = p.judge.Judge(&batch[i])
			}
		})
	}
	wg.Wait()
	labels := make([]schema.Label, len(batch))
	features := make([]schema.Feature, len(batch))
	var mentions []schema.Mention
	at := p.now()
	for i, j := range judged {
		j.Label.LabelledAt = at
		labels[i], features[i] = j.Label, j.Feature
		mentions = append(mentions, j.Mentions...)
	}
	return labels, mentions, features
}

// publish notes the run's tally first, so that the snapshot shows it.
func (p *Pipeline) publish(ctx context.Context, rep *Report) (err error) {
	p.progress("publishing", 0, 0)
	if err := p.finish(ctx, rep, nil); err != nil {
		return err
	}
	rep.Snapshot, err = p.house.Publish(ctx)
	return err
}

func (p *Pipeline) draw(ctx context.Context, rep *Report) error {
	p.progress("drawing", 0, 0)
	snap, err := openSnapshot(ctx, p.Config.Data, "")
	if err != nil {
		return err
	}
	defer snap.Close()
	site, err := Draw(ctx, p.Config, snap, "", time.Time{})
	rep.Page, rep.Verdicts = site.Index, site.Verdicts
	return err
}

func (p *Pipeline) progress(stage string, done, total int64) {
	if p.Progress != nil {
		p.Progress(stage, done, total)
	}
}

// Draw judges the claims and draws the site from a snapshot, into the folder
// out; empty, into the data folder's own. The day on counts as now; zero, the
// last on which a source was seen.
func Draw(ctx context.Context, c *Config, snap *warehouse.Snapshot, out string, on time.Time) (dashboards.Report, error) {
	o, err := siteOptions(ctx, c, snap)
	if err != nil {
		return dashboards.Report{}, err
	}
	o.On = on
	if out != "" {
		o.Out = out
	}
	return dashboards.Build(ctx, snap, o)
}

func siteOptions(ctx context.Context, c *Config, snap *warehouse.Snapshot) (dashboards.Options, error) {
	audit, note, err := measured(c.Data, labelVersion(ctx, snap))
	return dashboards.Options{
		Out: filepath.Join(c.Data, "site"), Language: c.Language, Definition: c.Definition, Claims: c.Claims,
		Version: version(), Audit: audit, ErrorNote: note,
	}, err
}
