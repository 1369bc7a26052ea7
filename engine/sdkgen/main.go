// Command sdkgen writes the Python, Go and Node.js SDKs of a Pulumi package schema.
//
//	sdkgen <schema.json> <outdir>
//
// writes <outdir>/python, <outdir>/go and <outdir>/nodejs. The same schema always gives the same bytes. A file that an
// earlier run wrote and this one does not is removed; files that sdkgen did not write are never touched.
//
// Exit code 0: all three are written. 1: the schema is not valid, or a file cannot be read or written; nothing is
// written for a schema that is not valid. 2: wrong usage.
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: sdkgen <schema.json> <outdir>")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintf(os.Stderr, "sdkgen: %v\n", err)
		os.Exit(1)
	}
}

func run(schemaFile, outdir string) error {
	spec, err := readSchema(schemaFile)
	if err != nil {
		return err
	}
	// Everything is generated before anything is written.
	sdks, err := generate(spec)
	if err != nil {
		return fmt.Errorf("%s: %w", schemaFile, err)
	}
	for _, language := range sdks {
		err = errors.Join(err, write(outdir, language.name, language.files))
	}
	return err
}
