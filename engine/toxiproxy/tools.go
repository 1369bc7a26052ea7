//go:build tools

// Package toxiproxy pins the proxy between provider and simulator that the network tests make faulty.
package toxiproxy

import _ "github.com/Shopify/toxiproxy/v2/cmd/server"
