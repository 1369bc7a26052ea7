import * as assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'

export const root = path.resolve(__dirname, '../../..')
const script = path.join(root, 'engine/make-engine.sh')

/** What engine/make-engine.sh calls of the system. Nothing else is on its PATH, least of all a real curl, go or pulumi. */
const utilities = [
  'cat',
  'chmod',
  'cmp',
  'cp',
  'dirname',
  'ln',
  'mkdir',
  'mv',
  'readlink',
  'rm',
  'sed',
  'sh',
  'sleep',
  'tail'
]

export interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A program of a given version. */
export const program = (version: string): string => `#!/bin/sh\necho ${version}\n`

/** A directory with stand-ins for what make-engine.sh finds on a machine; each call of a stand-in for curl or go is noted. */
export interface Workshop {
  readonly engine: string
  readonly home: string
  /** Puts a program on PATH, in a directory of its own. */
  readonly onPath: (directory: string, name: string, text: string) => string
  /** Puts a program into the engine directory, as an earlier call would have. */
  readonly inEngine: (name: string, text: string) => void
  readonly environment: (more?: NodeJS.ProcessEnv) => NodeJS.ProcessEnv
  readonly make: (more?: NodeJS.ProcessEnv) => Outcome
  readonly start: () => ReturnType<typeof spawn>
  /** Which stand-ins were called with what. */
  readonly calls: () => string[]
  /** Every file and link in the engine directory, a link with its target. */
  readonly contents: () => string[]
  readonly remove: () => void
}

const filesUnder = (directory: string): string[] =>
  fs.readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name)
    return entry.isDirectory() ? filesUnder(file) : [file]
  })

export const workshop = (): Workshop => {
  const base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'engine-script-')))
  const engine = path.join(base, 'engine')
  const home = path.join(base, 'home')
  const system = path.join(base, 'system')
  const journal = path.join(base, 'calls')
  const directories = [system]
  fs.mkdirSync(home)
  fs.mkdirSync(system)
  fs.writeFileSync(journal, '')
  for (const name of utilities) {
    const found = (process.env['PATH'] ?? '')
      .split(path.delimiter)
      .map((directory) => path.join(directory, name))
      .find((file) => fs.existsSync(file))
    assert.ok(found !== undefined, `${name} is not on PATH`)
    fs.symlinkSync(found, path.join(system, name))
  }

  const write = (file: string, text: string): string => {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, text, { mode: 0o755 })
    return file
  }
  const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: [...directories].reverse().join(path.delimiter),
    HOME: home,
    ENGINE_DIR: engine,
    JOURNAL: journal,
    ...more
  })

  return {
    engine,
    home,
    environment,
    onPath: (directory, name, text) => {
      const full = path.join(base, directory)
      if (!directories.includes(full)) directories.push(full)
      return write(path.join(full, name), text)
    },
    inEngine: (name, text) => {
      write(path.join(engine, 'bin', name), text)
    },
    make: (more) => {
      const { status, stdout, stderr } = spawnSync('/bin/sh', [script], { env: environment(more), encoding: 'utf8' })
      return { code: status, out: stdout, err: stderr }
    },
    start: () => spawn('/bin/sh', [script], { env: environment(), stdio: 'ignore' }),
    calls: () =>
      fs
        .readFileSync(journal, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    contents: () =>
      fs.existsSync(engine)
        ? filesUnder(engine)
            .map((file) => {
              const name = path.relative(engine, file)
              return fs.lstatSync(file).isSymbolicLink()
                ? `${name} -> ${path.relative(base, fs.readlinkSync(file))}`
                : name
            })
            .sort()
        : [],
    remove: () => {
      fs.rmSync(base, { recursive: true, force: true })
    }
  }
}

/** A curl that is cut off from the world. */
export const closedCurl = '#!/bin/sh\necho "curl" >>"$JOURNAL"\nexit 7\n'

/** A curl that fetches an installer, which puts programs of that version where `--install-root` says. */
export const openCurl = (version: string): string => `#!/bin/sh
echo curl >>"$JOURNAL"
while [ "$1" != -o ]; do shift; done
cat >"$2" <<'END'
echo "installer $1 $2" >>"$JOURNAL"
while [ "$1" != --install-root ]; do shift; done
mkdir -p "$2/bin"
for name in pulumi pulumi-language-nodejs pulumi-resource-pulumi-nodejs; do
  printf '#!/bin/sh\\necho ${version}\\n' >"$2/bin/$name"
  chmod 755 "$2/bin/$name"
done
echo left >"$HOME/left"
END
`

/** A go that "compiles" a program of the version in the linker flags, after what `first` does. */
export const go = (first = ''): string => `#!/bin/sh
target=
version=v0.0.0
for argument; do
  case $argument in *Version=*) version=\${argument##*Version=} ;; esac
  [ "$previous" != -o ] || target=$argument
  previous=$argument
done
echo "go $1 $2 $argument in \${PWD##*/}" >>"$JOURNAL"
echo half >"$target"
${first}
printf '#!/bin/sh\\necho %s\\n' "$version" >"$target"
`
