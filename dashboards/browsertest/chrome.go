// Package browsertest opens pages in a headless Chromium for the tests of this
// room, and says what the browser noticed: errors, refused content, requests. It
// knows the browser's debugging protocol and nothing of our pages. Only tests
// import it.
//
// # Decisions
//
// 2026-11-22: the protocol is spoken over the browser's debugging pipe (two file
// descriptors, messages ended by NUL), which takes no dependency, no port and no
// download. Playwright and chromedp were refused: each would be a dependency of
// the module or a package to fetch for six commands.
package browsertest

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// ErrMissing is returned by Start where no Chromium is installed.
var ErrMissing = errors.New("no Chromium is installed")

// Browser is one running Chromium with a profile of its own.
type Browser struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	next    int
	session string
	profile string
	notes   []string // of the page that is open
}

// Start runs the first of chromium, chromium-browser or google-chrome.
func Start() (*Browser, error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		return nil, ErrMissing
	}
	profile, err := os.MkdirTemp("", "chromium-*")
	if err != nil {
		return nil, err
	}
	b := &Browser{profile: profile}
	b.cmd = exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions", "--disable-dev-shm-usage", "--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	toRead, toWrite, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	fromRead, fromWrite, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	b.cmd.ExtraFiles = []*os.File{toRead, fromWrite} // descriptors 3 and 4
	b.in, b.out = toWrite, bufio.NewReaderSize(fromRead, 1<<20)
	if err := b.cmd.Start(); err != nil {
		return nil, err
	}
	toRead.Close()
	fromWrite.Close()
	if err := b.attach(); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() error {
	b.in.Close()
	done := make(chan struct{})
	go func() { b.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		b.cmd.Process.Kill()
		<-done
	}
	return os.RemoveAll(b.profile)
}

func (b *Browser) attach() error {
	var target struct {
		TargetID string `json:"targetId"`
	}
	if err := b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return err
	}
	var session struct {
		SessionID string `json:"sessionId"`
	}
	if err := b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session); err != nil {
		return err
	}
	b.session = session.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network", "Audits"} {
		if err := b.call(domain+".enable", nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// View sets the width and height in CSS pixels, and dark or light.
func (b *Browser) View(width, height int, dark bool) error {
	err := b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
	if err != nil {
		return err
	}
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// Open loads an address and waits until the page's own scripts have run. The
// notes say what went wrong on the way: console errors and warnings, exceptions,
// refused content, and requests that left the machine's disk.
func (b *Browser) Open(url string) (notes []string, err error) {
	b.notes = nil
	if err := b.call("Page.navigate", map[string]any{"url": url}, nil); err != nil {
		return nil, err
	}
	// Two frames after the load event the charts stand.
	var ready string
	err = b.Eval(`new Promise(done => {
		const settle = () => requestAnimationFrame(() => requestAnimationFrame(() => done(location.href)));
		document.readyState === "complete" ? settle() : addEventListener("load", settle);
	})`, &ready)
	if err == nil && ready != url {
		err = fmt.Errorf("opened %s and came to %s", url, ready)
	}
	return b.notes, err
}

// Eval gives the value of a JavaScript expression, awaited, as JSON into v.
func (b *Browser) Eval(expression string, v any) error {
	var out struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		Exception *struct {
			Text string `json:"text"`
		} `json:"exceptionDetails"`
	}
	if err := b.call("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &out); err != nil {
		return err
	}
	if out.Exception != nil {
		return fmt.Errorf("%s: %s", expression, out.Exception.Text)
	}
	if len(out.Result.Value) == 0 {
		return nil
	}
	return json.Unmarshal(out.Result.Value, v)
}

// Picture is a PNG of the whole page.
func (b *Browser) Picture() ([]byte, error) {
	var out struct {
		Data string `json:"data"`
	}
	if err := b.call("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true}, &out); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(out.Data)
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// call sends one command and reads until its answer, noting events on the way.
func (b *Browser) call(method string, params map[string]any, v any) error {
	b.next++
	command := map[string]any{"id": b.next, "method": method}
	if params != nil {
		command["params"] = params
	}
	if b.session != "" {
		command["sessionId"] = b.session
	}
	text, err := json.Marshal(command)
	if err != nil {
		return err
	}
	if _, err := b.in.Write(append(text, 0)); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	for {
		raw, err := b.out.ReadBytes(0)
		if err != nil {
			return fmt.Errorf("%s: the browser is gone: %w", method, err)
		}
		var m message
		if err := json.Unmarshal(bytes.TrimSuffix(raw, []byte{0}), &m); err != nil {
			return err
		}
		if m.ID == 0 {
			b.note(m)
			continue
		}
		if m.ID != b.next {
			continue
		}
		if m.Error != nil {
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		}
		if v == nil {
			return nil
		}
		return json.Unmarshal(m.Result, v)
	}
}

// note keeps what a careful page never causes.
func (b *Browser) note(m message) {
	var p struct {
		Type    string `json:"type"`
		Request struct {
			URL string `json:"url"`
		} `json:"request"`
		Entry struct {
			Level, Text string
		} `json:"entry"`
		ExceptionDetails struct {
			Text string `json:"text"`
		} `json:"exceptionDetails"`
		Issue struct {
			Code string `json:"code"`
		} `json:"issue"`
		Message string `json:"message"`
	}
	if json.Unmarshal(m.Params, &p) != nil {
		return
	}
	switch m.Method {
	case "Runtime.exceptionThrown":
		b.notes = append(b.notes, "exception: "+p.ExceptionDetails.Text)
	case "Runtime.consoleAPICalled":
		if p.Type == "error" || p.Type == "warning" {
			b.notes = append(b.notes, "console "+p.Type+": "+string(m.Params))
		}
	case "Log.entryAdded":
		if p.Entry.Level == "error" || p.Entry.Level == "warning" {
			b.notes = append(b.notes, "log "+p.Entry.Level+": "+p.Entry.Text)
		}
	case "Audits.issueAdded":
		if p.Issue.Code == "ContentSecurityPolicyIssue" {
			b.notes = append(b.notes, "refused by the page's policy: "+string(m.Params))
		}
	case "Network.requestWillBeSent":
		if u := p.Request.URL; !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "about:") {
			b.notes = append(b.notes, "request: "+u)
		}
	case "Page.javascriptDialogOpening":
		b.notes = append(b.notes, "dialog: "+p.Message)
	}
}
