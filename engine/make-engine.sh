#!/bin/sh
# Puts the Pulumi engine for development into .engine/bin: `pulumi`, its host for Node.js programs and its starter for
# dynamic providers. The first way that works is taken:
#
#   1. what is there already;
#   2. what is on PATH, if it is new enough: links;
#   3. the official installer, if the network lets it through;
#   4. a build from the Go module proxy, with the modules that engine/*/go.mod and go.sum pin.
#
# The version is pinned in one place, engine/cli/go.mod, since a build needs it there anyway.
#
#   ENGINE_DIR   where to put it; the repository's .engine unless set (the tests of this script set it)
#
# Exit code 0: the three programs are there. 1: no way worked, and the last lines say what is missing.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
engine=${ENGINE_DIR:-$(dirname "$here")/.engine}
bin=$engine/bin

cli_module=github.com/pulumi/pulumi/pkg/v3
host_module=github.com/pulumi/pulumi/sdk/v3

# pin DIRECTORY MODULE: the version that go.mod requires, as v1.2.3
pin() { sed -n "s|^require $2 \\(v[0-9][^ ]*\\).*|\\1|p" "$here/$1/go.mod"; }

pinned=$(pin cli $cli_module)
host_pinned=$(pin nodejs-host $host_module)
# The first version whose import file takes inputs and outputs, which is how dynamic resources are imported.
oldest=v3.254.0

say() { echo "engine: $1"; }
fail() {
  echo "engine: $1" >&2
  exit 1
}
[ -n "$pinned" ] && [ -n "$host_pinned" ] || fail "engine/*/go.mod must say 'require <module> v<version>' on one line"

# number v1.2.3-rc4: one integer that orders versions; 0 for what is no version
number() {
  case $1 in v[0-9]*.[0-9]*.[0-9]*) ;; *) echo 0 && return ;; esac
  version=${1#v}
  version=${version%%[-+]*}
  case $version in *[!0-9.]*) echo 0 && return ;; esac
  IFS=.
  # shellcheck disable=SC2086 # split at the dots
  set -- $version
  echo $(($1 * 1000000 + $2 * 1000 + $3))
}

# version_of PROGRAM: what it says it is, empty if it does not run
version_of() {
  [ -x "$1" ] || return 0
  PULUMI_SKIP_UPDATE_CHECK=true "$1" version 2>/dev/null </dev/null | sed -n '/^v[0-9]/{p;q;}' || true
}

# at_least VERSION NEEDED
at_least() { [ "$(number "${1:-none}")" -ge "$(number "$2")" ]; }

# place FILE NAME: by rename, so that nobody ever sees half a program
place() {
  chmod 755 "$1"
  mv -f "$1" "$bin/$2"
}

# link TARGET NAME
link() {
  rm -f "$bin/.$2.$$"
  ln -s "$1" "$bin/.$2.$$"
  mv -f "$bin/.$2.$$" "$bin/$2"
}

starter_is_current() {
  [ -x "$bin/pulumi-resource-pulumi-nodejs" ] || return 1
  # A link belongs to an installed Pulumi, which knows best.
  [ -L "$bin/pulumi-resource-pulumi-nodejs" ] ||
    cmp -s "$here/pulumi-resource-pulumi-nodejs" "$bin/pulumi-resource-pulumi-nodejs"
}

host_is_current() {
  [ -x "$bin/pulumi-language-nodejs" ] || return 1
  [ -L "$bin/pulumi-language-nodejs" ] || [ ! -f "$engine/nodejs-host.version" ] ||
    [ "$(cat "$engine/nodejs-host.version")" = "$host_pinned" ]
}

cli_is_current() {
  needed=$pinned
  if [ -L "$bin/pulumi" ]; then
    # A link out of here is a Pulumi of the user's own, which only has to be new enough.
    case $(readlink "$bin/pulumi") in "$engine"/*) ;; *) needed=$oldest ;; esac
  fi
  at_least "$(version_of "$bin/pulumi")" "$needed"
}

report() { say "pulumi $(version_of "$bin/pulumi") is ready in $bin"; }

# --- 2. links to what is on PATH

# find_program NAME [DIRECTORY...]: in the directories first, then on PATH, never in our own directory
find_program() {
  name=$1
  shift
  for directory in "$@"; do
    if [ -x "$directory/$name" ]; then
      echo "$directory/$name"
      return
    fi
  done
  (
    IFS=:
    for directory in $PATH; do
      if [ "$directory" != "$bin" ] && [ -f "$directory/$name" ] && [ -x "$directory/$name" ]; then
        echo "$directory/$name"
        return
      fi
    done
  )
}

link_from_path() {
  cli=$(find_program pulumi)
  [ -n "$cli" ] || return 1
  found=$(version_of "$cli")
  if ! at_least "$found" $oldest; then
    say "$cli is ${found:-of unknown version}, older than $oldest: not used"
    return 1
  fi
  beside=$(dirname "$cli")
  installed=$(dirname "$(readlink -f "$cli" 2>/dev/null || echo "$cli")")
  host=$(find_program pulumi-language-nodejs "$beside" "$installed")
  starter=$(find_program pulumi-resource-pulumi-nodejs "$beside" "$installed")
  if [ -z "$host" ] || [ -z "$starter" ]; then
    say "$cli comes without pulumi-language-nodejs or pulumi-resource-pulumi-nodejs: not used"
    return 1
  fi
  link "$host" pulumi-language-nodejs
  link "$starter" pulumi-resource-pulumi-nodejs
  link "$cli" pulumi
  say "using $cli"
}

# --- 3. the official installer

install_officially() {
  command -v curl >/dev/null 2>&1 || return 1
  scratch=$engine/.installing.$$
  mkdir -p "$scratch"
  if curl -fsSL --connect-timeout 5 --max-time 30 -o "$scratch/install.sh" https://get.pulumi.com 2>/dev/null; then
    say "downloading pulumi $pinned with the official installer"
    # HOME as well as --install-root, so that no version of the installer writes outside of this directory.
    if HOME=$scratch sh "$scratch/install.sh" --version "${pinned#v}" --no-edit-path --install-root "$scratch/.pulumi" \
      >"$engine/installer.log" 2>&1 && at_least "$(version_of "$scratch/.pulumi/bin/pulumi")" "$pinned"; then
      release=$engine/$pinned
      rm -rf "$release"
      mv "$scratch/.pulumi" "$release"
      rm -rf "$scratch"
      for name in pulumi-language-nodejs pulumi-resource-pulumi-nodejs pulumi; do link "$release/bin/$name" $name; done
      return 0
    fi
    say "the installer did not succeed ($engine/installer.log)"
  fi
  rm -rf "$scratch"
  return 1
}

# --- 4. a build

go_caches() {
  # Go keeps modules and objects under HOME; without a usable one they go beside the result.
  if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
    export GOPATH="${GOPATH:-$engine/cache/go}" GOCACHE="${GOCACHE:-$engine/cache/build}"
    export GOFLAGS="${GOFLAGS:-} -modcacherw"
  fi
}

# go_build DIRECTORY PACKAGE NAME LDFLAGS
go_build() {
  # In the background, because a shell answers a signal only after its foreground command has ended; into a file, because
  # Go names every one of the hundreds of modules that it downloads.
  (cd "$here/$1" && exec go build -mod=readonly -buildvcs=false -ldflags "$4" -o "$bin/.$3.$$" "$2") >"$engine/build.log" 2>&1 &
  compiler=$!
  wait $compiler || {
    compiler=
    tail -n 20 "$engine/build.log" >&2
    return 1
  }
  compiler=
  rm -f "$engine/build.log"
  place "$bin/.$3.$$" "$3"
}

build() {
  command -v go >/dev/null 2>&1 || return 1
  say "building pulumi $pinned from source, once: about 4 minutes on 2 cores"
  go_caches
  if ! host_is_current; then
    go_build nodejs-host $host_module/nodejs/cmd/pulumi-language-nodejs pulumi-language-nodejs '-s -w' || return 1
    echo "$host_pinned" >"$engine/nodejs-host.version"
  fi
  # Without the flag `pulumi version` prints nothing.
  cli_is_current ||
    go_build cli $cli_module/cmd/pulumi pulumi "-s -w -X $host_module/go/common/version.Version=$pinned" || return 1
  place_starter
}

place_starter() {
  cp "$here/pulumi-resource-pulumi-nodejs" "$bin/.pulumi-resource-pulumi-nodejs.$$"
  place "$bin/.pulumi-resource-pulumi-nodejs.$$" pulumi-resource-pulumi-nodejs
}

# ---

if cli_is_current && host_is_current; then
  starter_is_current || place_starter
  report
  exit 0
fi

compiler=
stop() {
  if [ -n "$compiler" ]; then
    kill "$compiler" 2>/dev/null || true
    wait "$compiler" 2>/dev/null || true
  fi
  exit "$1"
}
# Whatever ends this script, its temporary files go; those of a killed one go at the next start.
trap 'rm -rf "$bin"/.*."$$" "$engine/.installing.$$"' EXIT
trap 'stop 130' INT
trap 'stop 143' TERM HUP
mkdir -p "$bin"
rm -f "$engine/build.log"
for left in "$bin"/.*.[0-9]* "$engine"/.installing.*; do
  kill -0 "${left##*.}" 2>/dev/null || rm -rf "$left"
done

link_from_path || install_officially || build || {
  [ ! -f "$engine/build.log" ] || fail "the build failed, see $engine/build.log"
  fail "no Pulumi engine: put pulumi $oldest or newer on PATH, or install Go, or allow access to get.pulumi.com"
}
cli_is_current && host_is_current && starter_is_current ||
  fail "the programs in $bin do not run; remove that directory and try again"
report
