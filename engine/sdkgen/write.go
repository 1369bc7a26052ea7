package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// manifest lists, in the folder of an SDK, the files that sdkgen wrote there, one a line, sorted.
const manifest = ".sdkgen"

// write makes <outdir>/<language> hold these files, and takes away what an earlier run wrote besides.
func write(outdir, language string, files map[string][]byte) error {
	folder := filepath.Join(outdir, language)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, filepath.ToSlash(name))
	}
	sort.Strings(names)

	earlier, err := listed(folder)
	if err != nil {
		return err
	}
	for _, name := range earlier {
		if _, kept := files[name]; !kept {
			if err := remove(folder, name); err != nil {
				return err
			}
		}
	}
	for _, name := range names {
		if err := writeFile(filepath.Join(folder, name), files[name]); err != nil {
			return err
		}
	}
	return writeFile(filepath.Join(folder, manifest), []byte(strings.Join(names, "\n")+"\n"))
}

// listed are the files of the last run, if there was one. A name that leads out of the folder is not ours.
func listed(folder string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(folder, manifest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, name := range strings.Fields(string(text)) {
		if filepath.IsLocal(name) {
			names = append(names, name)
		}
	}
	return names, err
}

// remove takes a file away, and the folders that are empty without it.
func remove(folder, name string) error {
	if err := os.Remove(filepath.Join(folder, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for parent := filepath.Dir(name); parent != "."; parent = filepath.Dir(parent) {
		if os.Remove(filepath.Join(folder, parent)) != nil {
			break
		}
	}
	return nil
}

// writeFile leaves a file alone that is right already, so that its time tells when it last changed.
func writeFile(file string, content []byte) error {
	if present, err := os.ReadFile(file); err == nil && string(present) == string(content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}
