// engine/make-language-hosts.sh with stand-ins for what it finds on a machine.

import * as assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { type Outcome, root, workshop } from '../engine-script/Workshop'
import { sdkModule } from './support/Pins'

const script = path.join(root, 'engine/make-language-hosts.sh')

/** A go that "compiles", and has a module with the script of the Python host. */
const go = `#!/bin/sh
if [ "$1" = list ]; then
  mkdir -p "$HOME/module/python/cmd"
  echo script >"$HOME/module/python/cmd/pulumi-language-python-exec"
  echo "$HOME/module"
  exit
fi
for argument; do
  [ "$previous" != -o ] || target=$argument
  previous=$argument
done
echo "go $1 $2 $argument in \${PWD##*/}" >>"$JOURNAL"
echo built >"$target"
chmod 755 "$target"
`

/** A python3 that makes environments with itself in them, and a pip that does what \`pip\` says. */
const python = (pip = ''): string => `#!/bin/sh
case "$1 $2" in
-c*) echo 3.12 ;;
'-m venv') mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo venv >>"$JOURNAL" ;;
'-m pip') echo "$1 $2 $3 $6 in \${0##*/}" >>"$JOURNAL"; ${pip} ;;
esac
`

const hosts = ['pulumi-language-go', 'pulumi-language-python', 'pulumi-language-python-exec', 'pulumi-language-yaml']
const builds = [
  `go build -mod=readonly ${sdkModule}/python/cmd/pulumi-language-python in language-hosts`,
  `go build -mod=readonly ${sdkModule}/go/pulumi-language-go in language-hosts`,
  'go build -mod=readonly github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml in yaml-host'
]
const environment = ['venv', '-m pip install --require-hashes in python']

describe('make language-hosts', function () {
  this.timeout(60000)

  let shop = workshop()
  beforeEach(() => {
    shop.remove()
    shop = workshop()
  })
  after(() => {
    shop.remove()
  })

  const make = (): Outcome => {
    const { status, stdout, stderr } = spawnSync('/bin/sh', [script], { env: shop.environment(), encoding: 'utf8' })
    return { code: status, out: stdout, err: stderr }
  }
  const building = (name: string): string => `engine: building ${name} from source, once\n`
  const preparing = 'engine: preparing a virtual environment for Python programs, once\n'
  const everything =
    building('pulumi-language-python') + building('pulumi-language-go') + building('pulumi-language-yaml') + preparing

  it('builds the hosts and the environment, and calls nothing the second time', () => {
    shop.onPath('golang', 'go', go)
    shop.onPath('python', 'python3', python())
    assert.deepEqual(make(), { code: 0, out: everything, err: '' })
    assert.deepEqual(
      shop.contents().filter((name) => !name.endsWith('.source')),
      [...hosts.map((name) => `bin/${name}`), 'python/bin/python']
    )
    assert.deepEqual(shop.calls(), [...builds, ...environment])
    assert.deepEqual(make(), { code: 0, out: '', err: '' })
    assert.equal(shop.calls().length, 5)
  })

  it('makes again only what was made from something else', () => {
    shop.onPath('golang', 'go', go)
    shop.onPath('python', 'python3', python())
    make()
    fs.appendFileSync(path.join(shop.engine, 'pulumi-language-yaml.source'), 'other\n')
    assert.deepEqual(make(), { code: 0, out: building('pulumi-language-yaml'), err: '' })
    fs.appendFileSync(path.join(shop.engine, 'python.source'), 'other\n')
    assert.deepEqual(make(), { code: 0, out: preparing, err: '' })
    assert.deepEqual(shop.calls(), [...builds, ...environment, builds[2], ...environment])
  })

  it('links the hosts that came with an installed Pulumi, and builds those that it lacks', () => {
    shop.onPath('golang', 'go', go)
    shop.onPath('python', 'python3', python())
    const cli = shop.onPath('pulumi', 'pulumi', '')
    for (const name of hosts.slice(0, 3)) shop.onPath('pulumi', name, '')
    fs.mkdirSync(path.join(shop.engine, 'bin'), { recursive: true })
    fs.symlinkSync(cli, path.join(shop.engine, 'bin/pulumi'))
    const out = building('pulumi-language-yaml') + preparing
    assert.deepEqual(make(), { code: 0, out, err: '' })
    assert.deepEqual(
      shop.contents().filter((name) => name.startsWith('bin/pulumi-')),
      [...hosts.slice(0, 3).map((name) => `bin/${name} -> pulumi/${name}`), 'bin/pulumi-language-yaml']
    )
    assert.deepEqual(make(), { code: 0, out: '', err: '' })
  })

  it('says that Go is missing', () => {
    shop.onPath('python', 'python3', python())
    assert.deepEqual(make(), { code: 1, out: '', err: 'engine: Go is needed to build pulumi-language-python\n' })
  })

  it('leaves no half program behind when the compiler fails', () => {
    shop.onPath('golang', 'go', go.replace('chmod 755 "$target"', 'echo no space left; exit 1'))
    const log = `${shop.engine}/pulumi-language-python.log`
    const err = `no space left\nengine: the build of pulumi-language-python failed, see ${log}\n`
    assert.deepEqual(make(), { code: 1, out: building('pulumi-language-python'), err })
    assert.deepEqual(shop.contents(), ['pulumi-language-python.log'])
  })

  for (const old of [false, true]) {
    it(`says that Python is ${old ? 'too old' : 'missing'}`, () => {
      shop.onPath('golang', 'go', go)
      if (old) shop.onPath('python', 'python3', '#!/bin/sh\nexit 1\n')
      const { code, err } = make()
      assert.deepEqual(
        { code, err },
        { code: 1, err: 'engine: Python 3.10 or newer is needed for programs in Python\n' }
      )
    })
  }

  it('tries again after an installation that failed', () => {
    shop.onPath('golang', 'go', go)
    shop.onPath('python', 'python3', python('echo no network >&2; exit 1'))
    const err = 'no network\nengine: the packages of engine/python/requirements.txt cannot be installed\n'
    assert.deepEqual(make(), { code: 1, out: everything, err })
    shop.onPath('python', 'python3', python())
    assert.deepEqual(make(), { code: 0, out: preparing, err: '' })
  })
})
