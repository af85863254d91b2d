package market

import (
	"bytes"
	"errors"
	"fmt"

	"jobmarket/ingest/archive"
)

// simulatedField is the line of a warcinfo record by which an archive says that
// its pages come from a simulated market.
const simulatedField = "jobmarket-simulated: true"

// Simulated says whether archives hold a simulated market, by their warcinfo
// records. Simulated and real archives together are an error that names one of
// each. A file that cannot be read is left to those who will read all of it.
func Simulated(files []string) (bool, error) {
	real, simulated := "", ""
	for _, f := range files {
		if saysSimulated(f) {
			simulated = f
		} else {
			real = f
		}
	}
	if real != "" && simulated != "" {
		return false, fmt.Errorf("%s is of a simulated market and %s is not; %w", simulated, real, errMixed)
	}
	return simulated != "", nil
}

var errMixed = errors.New("they never share a run")

func saysSimulated(file string) bool {
	for rec, err := range archive.Heads(file) {
		if err != nil {
			return false
		}
		if rec.Type != archive.Info {
			return false
		}
		whole, err := archive.ReadAt(file, rec.Offset)
		return err == nil && bytes.Contains(whole.Body, []byte(simulatedField))
	}
	return false
}
