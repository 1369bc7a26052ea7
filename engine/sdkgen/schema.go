package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func readSchema(file string) (schema.PackageSpec, error) {
	var spec schema.PackageSpec
	text, err := os.ReadFile(file)
	if err != nil {
		return spec, err
	}
	// A misspelt key would otherwise be ignored, and with it what it was to say.
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&spec); err != nil {
		return spec, fmt.Errorf("%s: no package schema: %w", file, err)
	}
	if spec.Version == "" {
		return spec, fmt.Errorf("%s: #/version: must be set, since the SDKs carry it", file)
	}
	// A package of its own for each language, each with its version and its manifest.
	if spec.Meta == nil {
		spec.Meta = &schema.MetadataSpec{}
	}
	spec.Meta.SupportPack = true
	return spec, nil
}

// bind checks the schema and resolves its references. Each generator gets a package of its own, because binding to a
// language changes it.
func bind(spec schema.PackageSpec) (*schema.Package, error) {
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err := errors.Join(problems(diagnostics), err); err != nil {
		return nil, err
	}
	return pkg, nil
}

// Sentences of the validator that say no more than that something below does not hold.
var hollow = regexp.MustCompile(`: (doesn't validate with '.*'|(allOf|anyOf|oneOf) failed)$`)

// problems tells all errors at once, sorted, one a line. Warnings are no errors.
func problems(diagnostics hcl.Diagnostics) error {
	var all, telling []string
	for _, each := range diagnostics {
		if each.Severity != hcl.DiagError {
			continue
		}
		line := strings.TrimSuffix(each.Summary+": "+each.Detail, ": ")
		all = append(all, line)
		if !hollow.MatchString(line) {
			telling = append(telling, line)
		}
	}
	if len(telling) == 0 {
		telling = all
	}
	if len(telling) == 0 {
		return nil
	}
	slices.Sort(telling)
	return fmt.Errorf("the schema is not valid:\n  %s", strings.Join(slices.Compact(telling), "\n  "))
}
