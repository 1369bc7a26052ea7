# Where the quickstart keeps its things: read by up.sh and down.sh. Everything is in .state, so that no Pulumi account,
# no login and no stack of the user's own is touched.

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root" || exit 1
stack=dev
pulumi=$root/.engine/bin/pulumi

# Settings of the user's own platform must not reach the simulator: credentials in the environment win over the stack's.
port=${AUDIOCODES_LIVE_SIMULATOR_PORT:-}
for name in $(env | sed -n 's/^\(AUDIOCODES_LIVE_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
[ -z "$port" ] || export AUDIOCODES_LIVE_SIMULATOR_PORT="$port"

mkdir -p .state/backend
unset PULUMI_STACK
export PULUMI_BACKEND_URL="file://$root/.state/backend"
export PULUMI_HOME="$root/.state/pulumi-home"
export PULUMI_SKIP_UPDATE_CHECK=true
if [ -z "${PULUMI_CONFIG_PASSPHRASE_FILE:-}" ]; then
  # It protects made-up passwords of a simulator. A passphrase of your own is used when it is set.
  export PULUMI_CONFIG_PASSPHRASE="${PULUMI_CONFIG_PASSPHRASE-quickstart}"
fi

if [ -t 1 ]; then color=always; else color=never; fi

# An engine that was killed leaves its lock on the stack. Nobody else uses this stack, so the lock of a dead process is void.
unlock() {
  for lock in .state/backend/.pulumi/locks/*/*/$stack/*.json; do
    [ -f "$lock" ] || continue
    owner=$(sed -n 's/.*"pid":\([0-9]*\).*/\1/p' "$lock")
    kill -0 "${owner:-0}" 2>/dev/null && continue
    "$pulumi" cancel --stack $stack --yes --non-interactive --color never >/dev/null 2>&1 || true
  done
}

# Whether the stack has made something, or may have.
has_resources() { grep -qs '"urn"' .state/backend/.pulumi/stacks/*/$stack.json; }
