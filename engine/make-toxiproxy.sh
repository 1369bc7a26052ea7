#!/bin/sh
# Puts toxiproxy, the proxy that the network tests make faulty, into .engine/bin. It is built from the Go module proxy, with
# the modules that engine/toxiproxy/go.mod and go.sum pin, when it is not there yet: a few seconds.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
engine=${ENGINE_DIR:-$(dirname "$here")/.engine}
program=$engine/bin/toxiproxy-server
module=github.com/Shopify/toxiproxy/v2
pinned=$(sed -n "s|^require $module \\(v[0-9][^ ]*\\).*|\\1|p" "$here/toxiproxy/go.mod")
stamp=$engine/toxiproxy.version

[ -n "$pinned" ] || { echo "toxiproxy: engine/toxiproxy/go.mod must name its version on one line" >&2; exit 1; }
if [ -x "$program" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$pinned" ]; then exit 0; fi
command -v go >/dev/null 2>&1 || { echo 'toxiproxy: Go is needed to build it' >&2; exit 1; }

# Go keeps modules and objects under HOME; without a usable one they go beside the result.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  export GOPATH="${GOPATH:-$engine/cache/go}" GOCACHE="${GOCACHE:-$engine/cache/build}"
  export GOFLAGS="${GOFLAGS:-} -modcacherw"
fi
mkdir -p "$engine/bin"
echo "toxiproxy: building $pinned from source, once"
scratch=$program.$$
trap 'rm -f "$scratch"' EXIT
(cd "$here/toxiproxy" && go build -mod=readonly -buildvcs=false -ldflags '-s -w' -o "$scratch" $module/cmd/server)
mv -f "$scratch" "$program"
echo "$pinned" >"$stamp"
