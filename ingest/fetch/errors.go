package fetch

import "errors"

// passing marks an error of a kind that may pass when the same is tried later.
type passing struct{ error }

func (p passing) Unwrap() error { return p.error }

// MayPass tells whether it makes sense to try again what failed with err.
func MayPass(err error) bool {
	var p passing
	return errors.As(err, &p)
}
