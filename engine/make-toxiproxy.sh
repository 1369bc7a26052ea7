#!/bin/sh
# Puts toxiproxy, the proxy that the network tests make faulty, into .engine/bin: a few seconds.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/build-go.sh"

build_once toxiproxy github.com/Shopify/toxiproxy/v2/cmd/server toxiproxy-server
