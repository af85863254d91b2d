//go:build unix

package warehouse

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// takeLock holds the folder's lock file, with our process id in it. The engine
// has a lock of its own, but one that a second opening in the same process
// passes and that closing any other descriptor of the file gives up.
func takeLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(path)
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w (process %s): wait until it ends, or read the snapshot", ErrLocked, strings.TrimSpace(string(holder)))
		}
		return nil, err
	}
	if err := f.Truncate(0); err == nil {
		fmt.Fprintln(f, os.Getpid())
	}
	return f, nil
}

// freeLock lets the next writer in. The file stays: removing it would race with
// a process that has it open and waits.
func freeLock(f *os.File) error {
	if f == nil {
		return nil
	}
	return f.Close()
}
