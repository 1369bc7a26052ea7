// The runner of all suites (scripts/test.mjs), on small repositories made for the purpose: whatever a suite does, its tests
// are counted or its fault is.

import * as assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'

const root = path.resolve(__dirname, '../../..')

/** Compiled tests, by their path in dist/tests. Each has a source, unless `withoutSource` names it. */
interface Tests {
  readonly compiled: Readonly<Record<string, string>>
  readonly withoutSource?: readonly string[]
  readonly sourceOnly?: readonly string[]
}

describe('the runner of the suites', function () {
  this.timeout(60000)

  const repositories: string[] = []
  after(() => {
    for (const repository of repositories) fs.rmSync(repository, { recursive: true })
  })

  const write = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, text)
  }

  const repository = ({ compiled, withoutSource = [], sourceOnly = [] }: Tests): string => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'runner-'))
    repositories.push(folder)
    fs.cpSync(path.join(root, 'scripts'), path.join(folder, 'scripts'), { recursive: true })
    fs.mkdirSync(path.join(folder, 'node_modules'))
    fs.symlinkSync(path.join(root, 'node_modules/mocha'), path.join(folder, 'node_modules/mocha'))
    const sources = [...Object.keys(compiled).filter((file) => !withoutSource.includes(file)), ...sourceOnly]
    for (const file of sources) write(path.join(folder, 'tests', `${file}.test.ts`), '')
    for (const [file, text] of Object.entries(compiled)) write(path.join(folder, 'dist/tests', `${file}.test.js`), text)
    return folder
  }

  /** Exit code, and the lines of the summary without their times. */
  const run = (tests: Tests, ...suites: string[]): { code: number | null; summary: string[] } => {
    const folder = repository(tests)
    const { status, stdout } = spawnSync(process.execPath, [path.join(folder, 'scripts/test.mjs'), ...suites], {
      encoding: 'utf8'
    })
    const lines = stdout.trimEnd().split('\n')
    const summary = lines.slice(-suites.length - 2).map((line) => line.replace(/ +\d+\.\d s/, '').replace(/ +/g, ' '))
    return { code: status, summary }
  }

  const passing = 'it("one", () => {}); it("two", () => {})'
  const failing = 'it("one", () => {}); it("two", () => { throw new Error("no") })'

  it('sums up suites that pass', () => {
    assert.deepEqual(
      run({ compiled: { 'unit/A': passing, 'unit/deep/B': passing, 'http/C': passing } }, 'unit', 'http'),
      {
        code: 0,
        summary: ['ok unit 4 passed, 0 failed', 'ok http 2 passed, 0 failed', '', '6 passed, 0 failed']
      }
    )
  })

  it('runs further suites after as many have failed as run side by side', () => {
    const bad = Array.from({ length: os.availableParallelism() + 1 }, (_, index) => `bad-${index}`)
    const compiled = { ...Object.fromEntries(bad.map((name) => [`${name}/A`, failing])), 'http/B': passing }
    assert.deepEqual(run({ compiled }, ...bad, 'http'), {
      code: 1,
      summary: [
        ...bad.map((name) => `FAILED ${name} 1 passed, 1 failed`),
        'ok http 2 passed, 0 failed',
        '',
        `${bad.length + 2} passed, ${bad.length} failed`
      ]
    })
  })

  it('runs two suites side by side, and sums them up in the order asked for', () => {
    // Each waits until the other has begun. The engine is missing here, which is a failed check of its own.
    const meeting = (mine: string, other: string): string => `
      const fs = require('node:fs')
      it('meets the other', async () => {
        fs.writeFileSync(__dirname + '/../${mine}', '')
        while (!fs.existsSync(__dirname + '/../${other}')) await new Promise((resolve) => setTimeout(resolve, 10))
      }).timeout(20000)`
    assert.deepEqual(
      run({ compiled: { 'faults/A': meeting('a', 'b'), 'protocol/B': meeting('b', 'a') } }, 'faults', 'protocol'),
      {
        code: 1,
        summary: ['ok faults 1 passed, 0 failed', 'ok protocol 1 passed, 0 failed', '', '2 passed, 1 failed']
      }
    )
  })

  it('tells skipped tests', () => {
    assert.deepEqual(run({ compiled: { 'unit/A': `${passing}; it.skip("three", () => {})` } }, 'unit'), {
      code: 0,
      summary: ['ok unit 2 passed, 0 failed, 1 skipped', '', '2 passed, 0 failed, 1 skipped']
    })
  })

  const faults: readonly (readonly [string, Tests, string])[] = [
    ['has a file without tests', { compiled: { 'unit/A': '' } }, 'no test ran'],
    ['skips all its tests', { compiled: { 'unit/A': 'it.skip("one", () => {})' } }, 'no test ran'],
    ['does not exist', { compiled: {} }, 'no test ran'],
    [
      'dies half-way with exit code 0',
      { compiled: { 'unit/A': 'it("one", () => process.exit(0))' } },
      'ended without its counts'
    ],
    [
      'kills itself',
      { compiled: { 'unit/A': 'it("one", () => process.kill(process.pid, "SIGKILL"))' } },
      'ended by SIGKILL'
    ],
    ['was not compiled', { compiled: {}, sourceOnly: ['unit/A'] }, 'ended without its counts'],
    [
      'is left over from a source that is gone',
      { compiled: { 'unit/A': passing }, withoutSource: ['unit/A'] },
      'no test ran'
    ]
  ]
  for (const [what, tests, note] of faults) {
    it(`counts a suite as failed that ${what}`, () => {
      const counts = `0 passed, 1 failed${what.startsWith('skips') ? ', 1 skipped' : ''}`
      assert.deepEqual(run(tests, 'unit'), { code: 1, summary: [`FAILED unit ${counts} ${note}`, '', counts] })
    })
  }

  it('counts an error that comes after the last test', () => {
    const late = `${passing}; after(() => { setTimeout(() => { throw new Error('late') }, 50) })`
    assert.deepEqual(run({ compiled: { 'unit/A': late } }, 'unit'), {
      code: 1,
      summary: ['FAILED unit 2 passed, 1 failed exit code 7 in spite of no failed test', '', '2 passed, 1 failed']
    })
  })
})

describe('the clearing of dist before a build', () => {
  it('removes what has no source, and the record of the compiler when an output is missing', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'prune-'))
    const write = (file: string): void => {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
      fs.writeFileSync(path.join(folder, file), '')
    }
    const prune = (): string[] => {
      spawnSync(process.execPath, [path.join(folder, 'scripts/prune.mjs')])
      return fs
        .readdirSync(path.join(folder, 'dist'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(path.join(folder, 'dist'), path.join(entry.parentPath, entry.name)))
        .sort()
    }
    fs.cpSync(path.join(root, 'scripts/prune.mjs'), path.join(folder, 'scripts/prune.mjs'))
    for (const file of ['sdk/A.ts', 'dist/sdk/A.js', 'dist/sdk/A.d.ts', 'dist/.tsbuildinfo']) write(file)
    for (const file of ['dist/sdk/B.js', 'dist/sdk/B.js.map', 'dist/sdk/B.d.ts', 'dist/tests/unit/Old.test.js'])
      write(file)
    assert.deepEqual(prune(), ['.tsbuildinfo', 'sdk/A.d.ts', 'sdk/A.js'])
    write('sdk/C.ts')
    assert.deepEqual(prune(), ['sdk/A.d.ts', 'sdk/A.js'])
    fs.rmSync(folder, { recursive: true })
  })
})
