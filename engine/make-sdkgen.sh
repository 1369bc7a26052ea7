#!/bin/sh
# Puts sdkgen, which writes the SDKs of the packaged plugin from its schema, into .engine/bin: see sdkgen/main.go.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/build-go.sh"

build_once sdkgen . sdkgen
