#!/bin/sh
# `make down`: destroys what the stack of `make up` made, and stops the simulator. The stack and its settings stay.

set -eu
. "$(dirname "$0")/quickstart.sh"

# What the stack made is on the simulator of its own port.
unset AUDIOCODES_LIVE_SIMULATOR_PORT

# After an `up` that failed, the settings of the stack may be newer than those that the engine gives the provider.
program=
if [ -f .state/simulator.fresh ]; then program=--run-program; fi

if has_resources; then
  node scripts/simulator.mjs start
  unlock
  echo "\$ pulumi destroy --yes --skip-preview${program:+ $program}"
  "$pulumi" destroy --stack $stack --yes --skip-preview --non-interactive --color $color $program
else
  echo 'nothing to destroy'
fi
node scripts/simulator.mjs stop
