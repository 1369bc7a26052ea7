#!/bin/sh
# Puts into .engine what runs programs in other languages than Node.js's on the engine there:
#
#   bin/pulumi-language-python   and its script pulumi-language-python-exec
#   bin/pulumi-language-go
#   bin/pulumi-language-yaml
#   python                       a virtual environment with what a generated Python SDK needs
#
# Hosts that came with an installed Pulumi, when bin/pulumi is a link to one, are linked. The others are built from the Go
# module proxy. Hosts for Python and Go newer than the pinned ones are no modules of it; those run programs, but do not
# generate code (`pulumi import --generate-code=false`).
#
# Exit code 0: all of it is there. 1: the last line says what is missing.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/build-go.sh"

host_module=github.com/pulumi/pulumi/sdk/v3
script=pulumi-language-python-exec

# link_installed NAME: the one beside the Pulumi that bin/pulumi links to, if there is such a one
link_installed() {
  [ -L "$bin/pulumi" ] || return 1
  for program in "$(readlink "$bin/pulumi")" "$(readlink -f "$bin/pulumi")"; do
    beside=$(dirname "$program")/$1
    if [ -x "$beside" ]; then
      rm -f "$bin/$1" "$engine/$1.source"
      ln -s "$beside" "$bin/$1"
      return
    fi
  done
  return 1
}

host() { link_installed "$3" || build_once "$1" "$2" "$3"; }

python_host() {
  if link_installed pulumi-language-python && link_installed $script; then return; fi
  build_once language-hosts $host_module/python/cmd/pulumi-language-python pulumi-language-python
  if [ ! -x "$bin/$script" ] || [ "$engine/pulumi-language-python.source" -nt "$bin/$script" ]; then
    modules=$(cd "$here/language-hosts" && go list -mod=readonly -m -f '{{.Dir}}' $host_module)
    # The host may have been built elsewhere, and the module cache of this machine be empty.
    if [ -z "$modules" ]; then
      (cd "$here/language-hosts" && go mod download $host_module)
      modules=$(cd "$here/language-hosts" && go list -mod=readonly -m -f '{{.Dir}}' $host_module)
    fi
    cp "$modules/python/cmd/$script" "$bin/.$script.$$"
    chmod 755 "$bin/.$script.$$"
    mv -f "$bin/.$script.$$" "$bin/$script"
  fi
}

# What decides the content of the virtual environment.
environment() {
  python3 -c 'import sys; print(sys.base_prefix, sys.version)'
  cat "$here/python/requirements.txt"
}

python_packages() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1 ||
    fail 'Python 3.10 or newer is needed for programs in Python'
  ! made_from python environment || return 0
  say "preparing a virtual environment for Python programs, once"
  rm -rf "$engine/python" "$engine/python.source"
  python3 -m venv "$engine/python" || fail "python3 cannot make a virtual environment (on Debian: the package python3-venv)"
  "$engine/python/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps \
    -r "$here/python/requirements.txt" || fail 'the packages of engine/python/requirements.txt cannot be installed'
  environment >"$engine/python.source"
}

mkdir -p "$bin"
python_host
host language-hosts $host_module/go/pulumi-language-go pulumi-language-go
host yaml-host github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml pulumi-language-yaml
python_packages
