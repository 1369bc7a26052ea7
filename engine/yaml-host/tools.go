//go:build tools

// Package yaml pins the language host for YAML programs.
package yaml

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
