// Command jobmarket watches a job market and says what is true about it, with
// the evidence.
//
// The flow is a short list of calls in pipeline.go: collect (ingest), load
// (warehouse), judge (transform), model and publish (warehouse), judge the
// claims and draw (dashboards). The four rooms do not see one another; they
// hand each other the rows of warehouse/schema, and meet only there.
//
// main.go holds flags, signals and exit codes; commands.go a function for each
// command; config.go pipeline.yaml; terminal.go what a person sees while it
// runs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"jobmarket/warehouse"
)

// Exit codes, as `jobmarket help exit-codes` prints them.
const (
	exitOK      = 0
	exitError   = 1 // something failed; standard error says what and what to do
	exitUsage   = 2 // a flag, an argument or pipeline.yaml is wrong; nothing was done
	exitPartial = 3 // done, but a source failed; the others are loaded
	exitLocked  = 4 // another process writes this data folder
	exitStopped = 130
)

const exitCodesHelp = `Exit codes:
  0    done; nothing failed (a source that robots.txt forbids is no failure)
  1    an error; standard error has one line that says what, and a hint
  2    a flag, an argument or pipeline.yaml is wrong; nothing was done
  3    done, but at least one source failed or was read in part; the others are
       loaded (what a simulated market plants does not count)
  4    another process is writing the data folder
  130  stopped by a signal; what was loaded is kept (serve, which ends so, gives 0)`

// usageError is a mistake of the caller's: exit code 2.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// errPartial says that the work is done and a source failed.
var errPartial = errors.New("at least one source failed; the tally says which")

// errStopped says that a signal ended the work.
var errStopped = errors.New("stopped by a signal; what was loaded is kept")

// stopped gives [errStopped] for an error of work whose context has ended: what
// the stop broke off says nothing more.
func stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errStopped
	}
	return err
}

// checked remembers that something could not be written, which most printing does
// not look at.
type checked struct {
	w   io.Writer
	err error
}

func (c *checked) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	if err != nil && c.err == nil {
		c.err = err
	}
	return n, err
}

// app is what a command has of the outside world.
type app struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	config   string // --config
	data     string // --data
	quiet    bool   // --quiet
	json     bool   // --json
	knownAt  string // --known-at
}

// memoryLimit is where Go's collector begins to work harder, in bytes. With
// what the engine may take (warehouse.DefaultOptions) the program stays at 1.2 GB
// on 34,000 ads, and below 2 GB on judging and counting 1,000,000 sightings.
const memoryLimit = 300 << 20

func main() {
	debug.SetMemoryLimit(memoryLimit)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once, as harmlessly as a kill does
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now}
	os.Exit(a.main(ctx, os.Args[1:]))
}

// main runs one command line and gives its exit code.
func (a *app) main(ctx context.Context, args []string) int {
	out := &checked{w: a.out}
	a.out = out
	err := stopped(ctx, a.run(ctx, args))
	if err == nil && out.err != nil {
		err = fmt.Errorf("the output could not be written: %w", out.err)
	}
	code := exitCode(err)
	if code != exitOK && err.Error() != "" {
		for _, line := range strings.Split(err.Error(), "\n") {
			if line != "" {
				fmt.Fprintln(a.err, "jobmarket: "+printable(line))
			}
		}
	}
	return code
}

func exitCode(err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errStopped):
		return exitStopped
	case errors.As(err, &usage), errors.Is(err, warehouse.ErrMixed), errors.Is(err, warehouse.ErrNotReading), errors.Is(err, warehouse.ErrExport):
		return exitUsage
	case errors.Is(err, errPartial):
		return exitPartial
	case errors.Is(err, warehouse.ErrLocked):
		return exitLocked
	}
	return exitError
}

func (a *app) run(ctx context.Context, args []string) error {
	root := &cobra.Command{
		Use:   "jobmarket",
		Short: "Says what is true about a job market, with the evidence",
		Long: `jobmarket collects job postings from newsletters, forums, company boards and
APIs, keeps every page as fetched, loads postings into a DuckDB warehouse, works
out which real job each stands for and what it is about, and turns the result
into trend charts, verdicts on written claims, and tables for your own SQL.

Start with:
  jobmarket demo                 the whole of it on a simulated market, offline
  jobmarket run                  the whole of it on the sources of pipeline.yaml
  jobmarket sql "SELECT ..."     ask the warehouse; "SHOW TABLES" lists the views`,
		SilenceErrors: true, SilenceUsage: true,
		Version: version(),
	}
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetVersionTemplate("jobmarket {{.Version}}\n")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if c.Name() == "sql" {
			return usagef("%s; a query that begins with a dash goes to standard input: jobmarket sql - < FILE", strings.ReplaceAll(err.Error(), "\n", " "))
		}
		return usagef("%v; `%s --help` lists the flags", err, c.CommandPath())
	})
	f := root.PersistentFlags()
	f.StringVar(&a.config, "config", "", "the configuration (default: ./pipeline.yaml, else the one that ships)")
	f.StringVar(&a.data, "data", "", "the data folder (default: the configuration's, data)")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "print no progress")
	root.AddGroup(
		&cobra.Group{ID: "flow", Title: "The flow:"},
		&cobra.Group{ID: "read", Title: "Reading:"},
		&cobra.Group{ID: "check", Title: "Checking:"})
	root.AddCommand(a.commands()...)
	root.AddCommand(&cobra.Command{Use: "exit-codes", Short: "The meaning of the exit codes", Long: exitCodesHelp})
	if len(args) > 1 && args[0] == "help" {
		if found, rest, err := root.Find(args[1:]); err != nil || len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
			var names []string
			for _, c := range found.Commands() {
				names = append(names, c.Name())
			}
			return usagef("help: there is no command %q%s; `%s --help` lists them", strings.Join(args[1:], " "), didYouMean(args[len(args)-1], names), found.CommandPath())
		}
	}
	err := root.ExecuteContext(ctx)
	if err != nil && wrongArguments.MatchString(err.Error()) {
		return usagef("%v; `jobmarket help COMMAND` shows how it is used", err)
	}
	if err != nil && strings.HasPrefix(err.Error(), "unknown command") {
		first, suggestion, _ := strings.Cut(err.Error(), "\n")
		suggestion = strings.Join(strings.Fields(strings.ReplaceAll(suggestion, "Did you mean this?", "")), ", ")
		if suggestion != "" {
			suggestion = "; did you mean " + suggestion + "?"
		} else {
			suggestion = "; `jobmarket --help` lists the commands"
		}
		return usagef("%s%s", first, suggestion)
	}
	return err
}

// wrongArguments are cobra's words for too few or too many of them.
var wrongArguments = regexp.MustCompile(`^accepts .* arg\(s\)`)

// version is what was built: the module's version, or the commit.
func version() string {
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := b.Main.Version
	for _, s := range b.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") {
			v = s.Value[:min(12, len(s.Value))]
		}
	}
	if v == "" {
		v = "devel"
	}
	return v
}

// load reads the configuration and lets --data override its folder.
func (a *app) load() (*Config, error) {
	c, err := LoadConfig(a.config)
	if err != nil {
		return nil, err
	}
	if a.data != "" {
		c.Data = a.data
	}
	return c, nil
}
