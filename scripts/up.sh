#!/bin/sh
# `make up`: a simulator in the background, a stack with a file backend, and `pulumi up` of the program in Pulumi.yaml.

set -eu
. "$(dirname "$0")/quickstart.sh"

config() { "$pulumi" config "$@" --stack $stack --non-interactive; }

node scripts/simulator.mjs start
url=http://127.0.0.1:$(cat .state/simulator.port)/tenantui
token=$(node -p 'require("./dist/simulator").STATIC_TOKEN')

"$pulumi" stack select --create $stack --non-interactive --color never >.state/stack.log 2>&1 || {
  cat .state/stack.log >&2
  exit 1
}

before=$(config get audiocodes-live:baseUrl 2>/dev/null || true)
if [ -n "$before" ] && [ "$before" != "$url" ]; then
  # The stack remembers its platform and refuses another one, unless it is told that the address has changed.
  moved=$(config get audiocodes-live:movedFrom 2>/dev/null || true)
  config set audiocodes-live:movedFrom "$before${moved:+,$moved}"
fi
config set audiocodes-live:baseUrl "$url"
config get audiocodes-live:accessToken >/dev/null 2>&1 ||
  printf %s "$token" | config set --secret audiocodes-live:accessToken
config get carrierPassword >/dev/null 2>&1 ||
  node -p 'require("node:crypto").randomBytes(12).toString("hex")' | config set --secret carrierPassword

# A simulator that was started anew knows nothing of what the stack made in the last one, and may have another address. The
# program is run for the refresh, because without it the engine gives the provider the settings of the last `up`.
refresh=
if [ -f .state/simulator.fresh ] && has_resources; then refresh="--refresh --run-program"; fi

unlock
echo "\$ pulumi up --yes --skip-preview${refresh:+ $refresh}"
"$pulumi" up --stack $stack --yes --skip-preview --non-interactive --color $color $refresh
rm -f .state/simulator.fresh

echo '$ pulumi stack output --json'
"$pulumi" stack output --json --stack $stack --non-interactive
