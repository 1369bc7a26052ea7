//go:build tools

// Package nodejshost pins the language host that runs Node.js programs; the newer separate module is not served by the Go module proxy.
package nodejshost

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
