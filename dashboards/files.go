package dashboards

import (
	"io/fs"
	"path"
)

// onlyFiles serves files and no listings: a folder is there only if it holds an
// index.html, and no name that begins with a dot is.
type onlyFiles struct{ fs.FS }

func (o onlyFiles) Open(name string) (fs.File, error) {
	if base := path.Base(name); name != "." && base[0] == '.' {
		return nil, fs.ErrNotExist
	}
	f, err := o.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	if info.IsDir() {
		if _, err := fs.Stat(o.FS, path.Join(name, "index.html")); err != nil {
			f.Close()
			return nil, fs.ErrNotExist
		}
	}
	return f, nil
}
