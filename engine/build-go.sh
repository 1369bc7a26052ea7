# Sourced by the make-*.sh beside it, with `here` as their folder: a program from a Go module of engine/, into .engine/bin.

engine=${ENGINE_DIR:-$(dirname "$here")/.engine}
bin=$engine/bin

say() { echo "engine: $1"; }
fail() {
  echo "engine: $1" >&2
  exit 1
}

# sources FOLDER: all that decides what is built from engine/FOLDER, where go.mod pins every version
sources() { cat "$here/$1"/*.go "$here/$1/go.mod"; }

# made_from NAME COMMAND...: NAME was made from what the command prints
made_from() {
  made=$engine/$1.source
  shift
  [ -f "$made" ] && "$@" | cmp -s - "$made"
}

go_caches() {
  # Go keeps modules and objects under HOME; without a usable one they go beside the result.
  if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
    export GOPATH="${GOPATH:-$engine/cache/go}" GOCACHE="${GOCACHE:-$engine/cache/build}"
    export GOFLAGS="${GOFLAGS:-} -modcacherw"
  fi
}

# build_once FOLDER PACKAGE NAME: .engine/bin/NAME, if it is not there yet or engine/FOLDER has changed
build_once() {
  [ ! -x "$bin/$3" ] || ! made_from "$3" sources "$1" || return 0
  command -v go >/dev/null 2>&1 || fail "Go is needed to build $3"
  go_caches
  mkdir -p "$bin"
  say "building $3 from source, once"
  # By rename, so that nobody ever sees half a program.
  scratch=$bin/.$3.$$
  trap 'rm -f "$scratch"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # Into a file, because Go names every module that it downloads.
  log=$engine/$3.log
  (cd "$here/$1" && exec go build -mod=readonly -buildvcs=false -ldflags '-s -w' -o "$scratch" "$2") >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    fail "the build of $3 failed, see $log"
  }
  rm -f "$log"
  mv -f "$scratch" "$bin/$3"
  sources "$1" >"$engine/$3.source"
}
