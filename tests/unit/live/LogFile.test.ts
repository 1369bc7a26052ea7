import * as assert from 'node:assert'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logFile } from '../../../provider/live/LogFile'

describe('LogFile', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-file-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)
  const told: Array<string> = []
  const warn = (text: string): void => {
    told.push(text)
  }
  beforeEach(() => {
    told.length = 0
  })

  it('appends one JSON line an entry, to a file that only its owner may read', () => {
    const file = join(folder, 'wire.log')
    const log = logFile(file, warn)
    log({ a: 1, text: 'two\nlines' })
    log({ b: [null, 'ü'] })
    assert.deepStrictEqual(
      { text: readFileSync(file, 'utf8'), mode: mode(file), told },
      { text: '{"a":1,"text":"two\\nlines"}\n{"b":[null,"ü"]}\n', mode: '600', told: [] }
    )
  })

  it('goes on in a file that is there', () => {
    const file = join(folder, 'audit.log')
    logFile(file, warn)({ a: 1 })
    logFile(file, warn)({ a: 2 })
    assert.strictEqual(readFileSync(file, 'utf8'), '{"a":1}\n{"a":2}\n')
  })

  it('takes the rights of others off a file that is there', () => {
    const file = join(folder, 'audit.log')
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    logFile(file, warn)({ a: 1 })
    assert.deepStrictEqual([readFileSync(file, 'utf8'), mode(file)], ['{"a":1}\n', '600'])
  })

  it('makes no file before there is an entry', () => {
    const file = join(folder, 'wire.log')
    logFile(file, warn)
    assert.throws(() => statSync(file), { code: 'ENOENT' })
  })

  it('does nothing without a path', () => {
    const log = logFile(undefined, warn)
    log({ a: 1 })
    assert.deepStrictEqual(told, [])
  })

  it('tells once that it cannot write, and lets the run go on', () => {
    const file = join(folder, 'missing', 'wire.log')
    const log = logFile(file, warn)
    log({ a: 1 })
    log({ a: 2 })
    assert.deepStrictEqual(told, [`The log file ${file} cannot be written (ENOENT); the run goes on without it.`])
  })

  it('tells of an entry that is no JSON, without its content', () => {
    const file = join(folder, 'wire.log')
    const circle: { self?: object; secret: string } = { secret: 'hunter2' }
    circle.self = circle
    const log = logFile(file, warn)
    log(circle)
    log({ a: 1 })
    assert.deepStrictEqual(
      [told, readFileSync(file, 'utf8')],
      [[`The log file ${file} cannot be written (unknown reason); the run goes on without it.`], '{"a":1}\n']
    )
  })
})
