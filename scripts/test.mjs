// Runs the checks of the house and the test suites, all of them even if one fails, and ends with one line that sums up:
//
//   123 passed, 0 failed
//
// Usage: node scripts/test.mjs                everything
//        node scripts/test.mjs checks         lint rules, format, import rules, types outside of the build
//        node scripts/test.mjs unit http      these suites
//
// A suite is a folder of tests/ that has *.test.ts files. A check counts as one, passed or failed. Exit code 1 when
// anything failed, and also when a suite ran no test or ended without telling its counts.
//
// Needs no npm package, since installing them is the first check.

import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, seconds: number, note: string }} Result */
/** @typedef {{ name: string, command: string, args: string[] }} Check */

const root = path.dirname(import.meta.dirname)
process.chdir(root)

/** Suites that must exist, in the order of the summary. Others that are found come after them. */
const suites = [
  'unit',
  'house',
  'docs',
  'simulator',
  'http',
  'cli',
  'schema',
  'protocol',
  'plugin',
  'conformance',
  'languages',
  'schedules',
  'secrets',
  'compat',
  'network',
  'engine-script',
  'faults',
  'engine'
]
/** Those that run the real Pulumi. */
const needEngine = ['house', 'schema', 'languages', 'schedules', 'secrets', 'compat', 'network', 'faults', 'engine']
/** What takes more than 20 s, the longest first, so that the lanes end at nearly the same time. The rest comes after it. */
const longest = [
  'engine',
  'compat',
  'faults',
  'schedules',
  'secrets',
  'languages',
  'protocol',
  'network',
  'house',
  'lint',
  'docs',
  'conformance'
]
/** So many at a time: one more than there are processors, since several of them wait as long as they compute. */
const lanes = os.availableParallelism() + 1
/** Folders of tests/ that are no suites: measurements, data, and code that breaks rules on purpose. */
const noSuites = ['bench', 'fixtures', 'planted']
/** Longer than any suite takes; one that hangs is ended and counts as failed. */
const limitSeconds = 1800

const node = process.execPath
const bin = 'node_modules/.bin/'

/** @type {Check[]} */
const preparation = [
  { name: 'install', command: 'make', args: ['install'] },
  { name: 'build', command: 'make', args: ['build'] }
]
/** @type {Check[]} */
const checks = [
  { name: 'lint', command: bin + 'eslint', args: ['.'] },
  { name: 'format', command: bin + 'prettier', args: ['--check', '.'] },
  {
    name: 'imports',
    command: bin + 'depcruise',
    args: [
      '--config',
      '.dependency-cruiser.cjs',
      ...existing('provider', 'sdk', 'simulator', 'cli', 'examples', 'tests')
    ]
  },
  { name: 'scripts', command: bin + 'tsc', args: ['-p', 'scripts'] },
  ...existing('examples/tsconfig.json').map((file) => ({
    name: 'examples',
    command: bin + 'tsc',
    args: ['--noEmit', '-p', file]
  }))
]
/** @type {Check} */
const engine = { name: 'engine', command: 'make', args: ['engine'] }

/** A make inside of a make would look for the outer one's job server. */
const { MAKEFLAGS, MFLAGS, MAKELEVEL, ...environment } = process.env

/** @param {string[]} paths */
function existing(...paths) {
  return paths.filter((each) => fs.existsSync(each))
}

/** How to end each command that runs. @type {Set<(signal: NodeJS.Signals) => void>} */
const ending = new Set()
const interrupted = () => {
  for (const end of ending) end('SIGTERM')
  process.exit(130)
}
process.once('SIGINT', interrupted)
process.once('SIGTERM', interrupted)

/**
 * Runs a command in a process group of its own, so that nothing it started survives it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {boolean} quiet keep the output for the case that it fails
 * @returns {Promise<{ code: number, output: string, note: string }>}
 */
const run = (command, args, quiet) =>
  new Promise((resolve) => {
    const channel = quiet ? 'pipe' : 'inherit'
    const child = spawn(command, args, { detached: true, env: environment, stdio: ['ignore', channel, channel] })
    let output = ''
    let note = ''
    child.stdout?.on('data', (data) => (output += String(data)))
    child.stderr?.on('data', (data) => (output += String(data)))
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal)
      } catch {
        // The group is gone already.
      }
    }
    ending.add(end)
    const timer = setTimeout(() => {
      note = `ended after ${limitSeconds} s`
      end('SIGKILL')
    }, limitSeconds * 1000)
    /** @param {number} code @param {string} more */
    const done = (code, more) => {
      clearTimeout(timer)
      ending.delete(end)
      end('SIGKILL')
      resolve({ code, output, note: note || more })
    }
    child.once('error', (error) => done(1, error.message))
    // What it has left running would keep its output open.
    child.once('exit', () => end('SIGKILL'))
    child.once('close', (code, signal) => done(code ?? 1, signal === null ? '' : `ended by ${signal}`))
  })

/** @param {Check} check @returns {Promise<Result>} */
const runCheck = async ({ name, command, args }) => {
  const started = Date.now()
  const quiet = name !== 'engine' && name !== 'install'
  const { code, output, note } = await run(command, args, quiet)
  if (code !== 0) process.stdout.write(output)
  const passed = code === 0 ? 1 : 0
  return told({ name, passed, failed: 1 - passed, skipped: 0, seconds: (Date.now() - started) / 1000, note })
}

/** @param {string} suite @returns {string[]} its tests, by the sources: what is left in dist/ of a source that is gone never runs */
const testsOf = (suite) =>
  fs
    .readdirSync(path.join('tests', suite), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join('dist/tests', suite, file.replace(/\.ts$/, '.js')))
    .sort()

/** @param {string} file written by scripts/counting-reporter.cjs: passed, failed, skipped */
const readCounts = (file) => {
  const [passed = 0, failed = 0, skipped = 0] = fs.readFileSync(file, 'utf8').split(' ').map(Number)
  return { passed, failed, skipped }
}

/** @param {string} suite @param {boolean} quiet keep the output until the end @returns {Promise<Result>} */
const runSuite = async (suite, quiet) => {
  const started = Date.now()
  const counts = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'counts-')), 'counts')
  const tests = fs.existsSync(path.join('tests', suite)) ? testsOf(suite) : []
  if (!quiet) console.log(`\n--- ${suite}`)
  const { code, output, note } =
    tests.length === 0
      ? { code: 1, output: '', note: '' }
      : await run(
          node,
          [
            'node_modules/mocha/bin/mocha.js',
            '--reporter',
            'scripts/counting-reporter.cjs',
            '--reporter-options',
            `counts=${counts}`,
            ...tests
          ],
          quiet
        )
  if (quiet) console.log(`\n--- ${suite}\n${output}`)
  const reported = fs.existsSync(counts) ? readCounts(counts) : undefined
  fs.rmSync(path.dirname(counts), { recursive: true })
  const { passed, failed, skipped } = reported ?? { passed: 0, failed: 0, skipped: 0 }
  const fault =
    note ||
    (tests.length > 0 && reported === undefined ? 'ended without its counts' : '') ||
    (passed + failed === 0 ? 'no test ran' : '') ||
    (code !== 0 && failed === 0 ? `exit code ${code} in spite of no failed test` : '')
  const seconds = (Date.now() - started) / 1000
  return told({ name: suite, passed, failed: failed + (fault === '' ? 0 : 1), skipped, seconds, note: fault })
}

/** @param {Result} result @returns {Result} */
const told = (result) => {
  console.log(line(result))
  return result
}

/** @param {Result} result */
const line = ({ name, passed, failed, skipped, seconds, note }) =>
  `${failed === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${counted(passed, failed, skipped).padEnd(32)} ` +
  `${seconds.toFixed(1)} s${note === '' ? '' : `  ${note}`}`

/** @param {number} passed @param {number} failed @param {number} skipped */
const counted = (passed, failed, skipped) =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`

/** @returns {string[]} the suites that must exist, and those that do */
const allSuites = () => {
  const found = fs
    .readdirSync('tests', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !noSuites.includes(entry.name) && testsOf(entry.name).length > 0)
    .map((entry) => entry.name)
  return [...suites, ...found.filter((name) => !suites.includes(name)).sort()]
}

const asked = process.argv.slice(2)
const everything = asked.length === 0
const askedSuites = everything ? allSuites() : asked.filter((name) => name !== 'checks')

/** @typedef {{ name: string, run: (alone: boolean) => Promise<Result> }} Job */

/** @type {Job[]} */
const jobs = [
  ...(everything || asked.includes('checks') ? checks : []).map((check) => ({
    name: check.name,
    run: () => runCheck(check)
  })),
  ...askedSuites.map((name) => ({ name, run: (/** @type {boolean} */ alone) => runSuite(name, !alone) }))
]

/** @type {Result[]} */
const results = []
if (everything) {
  for (const check of preparation) results.push(await runCheck(check))
}
if (askedSuites.some((suite) => needEngine.includes(suite))) results.push(await runCheck(engine))

const rank = (/** @type {Job} */ { name }) => (longest.includes(name) ? longest.indexOf(name) : longest.length)
const waiting = [...jobs].sort((a, b) => rank(a) - rank(b))
/** @type {Map<Job, Result>} */
const ended = new Map()
const lane = async () => {
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift())
    ended.set(job, await job.run(jobs.length === 1))
}
await Promise.all(Array.from({ length: lanes }, lane))
for (const job of jobs) results.push(/** @type {Result} */ (ended.get(job)))

/** @param {'passed' | 'failed' | 'skipped'} key */
const sum = (key) => results.reduce((total, result) => total + result[key], 0)

console.log('')
for (const result of results) console.log(line(result))
console.log(`\n${counted(sum('passed'), sum('failed'), sum('skipped'))}`)
process.exitCode = sum('failed') === 0 ? 0 : 1
