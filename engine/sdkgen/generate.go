package main

import (
	"fmt"
	"path"
	"runtime/debug"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"golang.org/x/mod/modfile"
)

// The name that stands in the first comment of every generated file.
const tool = "sdkgen"

const goSDK = "github.com/pulumi/pulumi/sdk/v3"

type language struct {
	name  string
	files map[string][]byte
}

func generate(spec schema.PackageSpec) ([]language, error) {
	generators := []struct {
		name string
		run  func(*schema.Package) (map[string][]byte, error)
	}{
		{"python", func(pkg *schema.Package) (map[string][]byte, error) {
			files, err := python.GeneratePackage(tool, pkg, nil, nil)
			// The manifest names a README beside it, but there is only the one in the package.
			for name, content := range files {
				if path.Base(name) == "README.md" {
					files["README.md"] = content
				}
			}
			return files, err
		}},
		{"go", func(pkg *schema.Package) (map[string][]byte, error) {
			files, err := gogen.GeneratePackage(tool, pkg, nil)
			if err != nil {
				return nil, err
			}
			files["go.mod"], err = requireOurGoSDK(files["go.mod"])
			return files, err
		}},
		{"nodejs", func(pkg *schema.Package) (map[string][]byte, error) {
			return nodejs.GeneratePackage(tool, pkg, nil, nil, false, nil)
		}},
	}
	var sdks []language
	for _, generator := range generators {
		pkg, err := bind(spec)
		if err != nil {
			return nil, err
		}
		files, err := generator.run(pkg)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", generator.name, err)
		}
		sdks = append(sdks, language{generator.name, files})
	}
	return sdks, nil
}

// requireOurGoSDK lets the Go SDK require the version of Pulumi that this generator is built with, so that the version
// is pinned in one go.mod only. The generator's own choice is a number in its source.
func requireOurGoSDK(goMod []byte) ([]byte, error) {
	file, err := modfile.Parse("go.mod", goMod, nil)
	if err != nil {
		return nil, err
	}
	if err := file.AddRequire(goSDK, builtWith(goSDK)); err != nil {
		return nil, err
	}
	return file.Format()
}

// builtWith is the version of a module that is part of this program.
func builtWith(module string) string {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == module {
			return dependency.Version
		}
	}
	panic(module + " is no part of this program")
}
