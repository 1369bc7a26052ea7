//go:build tools

// Package cli pins the Pulumi CLI that the quickstart and the engine tests run on.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
