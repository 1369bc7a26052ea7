#!/bin/sh
# `make customer`: builds the customers of examples/customer from nothing on the simulator, changes nothing in a second run, and tears them down.

set -eu
. "$(dirname "$0")/quickstart.sh"
stack=customer
program=examples/customer

run() {
  echo "\$ pulumi $*"
  "$pulumi" "$@" -C $program --stack $stack --non-interactive --color $color
}
config() { "$pulumi" config set "$@" -C $program --stack $stack --non-interactive; }

node scripts/simulator.mjs start
"$pulumi" stack select --create $stack -C $program --non-interactive --color never >.state/stack.log 2>&1 || {
  cat .state/stack.log >&2
  exit 1
}
config audiocodes-live:baseUrl "http://127.0.0.1:$(cat .state/simulator.port)/tenantui"
node -p 'require("./dist/simulator").STATIC_TOKEN' | tr -d '\n' | config --secret audiocodes-live:accessToken
config audiocodes-live:pollInterval 0.2
config audiocodes-live:requestsPerSecond 0
config deletable false

run up --yes --skip-preview
run stack output --json
run preview --expect-no-changes
# A service is protected: its deletion takes everything of the customer with it.
config deletable true
run up --yes --skip-preview
run destroy --yes --skip-preview
"$pulumi" stack rm --yes $stack -C $program --non-interactive --color never >/dev/null
stack=dev
has_resources || node scripts/simulator.mjs stop
