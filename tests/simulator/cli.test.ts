import * as assert from 'node:assert'
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, STATIC_TOKEN, switchNames } from '../../simulator'
import { exchange } from './http'

const main = join(__dirname, '../../cli/main.js')
const packageFile = join(__dirname, '../../../package.json')

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('command: audiocodes-live', () => {
  it('tells its version', () => {
    const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
    assert.deepStrictEqual(run('--version'), { status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('tells its commands, and those of simulate with every switch', () => {
    assert.match(run('--help').stdout, /simulate \[options\]/)
    const { stdout } = run('simulate', '--help')
    assert.deepStrictEqual(
      switchNames.filter((name) => !stdout.includes(`  ${name}: `)),
      []
    )
  })

  it('runs as a program of its own', () => {
    assert.strictEqual(readFileSync(main, 'utf8').startsWith('#!/usr/bin/env node\n'), true)
  })

  it('does without the Pulumi SDK', () => {
    const script = `process.argv = ['node', 'x', '--version']; process.exit = () => { throw 0 }
      try { require(${JSON.stringify(main)}) } catch {}
      console.log(JSON.stringify(Object.keys(require.cache).filter((file) => /@pulumi|dist.provider/.test(file))))`
    const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
    assert.strictEqual(stdout.trim().split('\n').at(-1), '[]')
  })

  const mistakes: readonly [readonly string[], string][] = [
    [['--port', 'x'], '"x" is no port: give a number from 0 (any free port) to 65535.\n'],
    [['--port', '65536'], '"65536" is no port: give a number from 0 (any free port) to 65535.\n'],
    [
      ['--switch', 'states'],
      `"states" is no switch: write key=value, with one of the keys ${switchNames.join(', ')}.\n`
    ],
    [['--switch', 'colour=blue'], `There is no switch "colour": choose one of ${switchNames.join(', ')}.\n`],
    [['--switch', 'states=blue'], 'Switch "states" cannot be "blue": possible is documented, strings, integers.\n'],
    [['--latency', 'long'], 'Switch "latencyMs" cannot be "long": possible is a whole number from 0.\n'],
    [
      ['--host', '192.0.2.1', '--port', '0'],
      '"192.0.2.1" is no address of this machine: choose another one with --host.\n'
    ]
  ]
  for (const [args, stderr] of mistakes) {
    it(`simulate ${args.join(' ')}: one sentence, exit 1`, () => {
      assert.deepStrictEqual(run('simulate', ...args), { status: 1, stdout: '', stderr })
    })
  }

  it('simulate on a port in use: one sentence, exit 1', async () => {
    const other = await startSimulator()
    const child = spawn(process.execPath, [main, 'simulate', '--port', String(other.port)], {
      stdio: ['ignore', 'ignore', 'pipe']
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const status = await new Promise((resolve) => child.once('close', resolve))
    await other.close()
    assert.deepStrictEqual(
      { status, stderr },
      { status: 1, stderr: `Port ${other.port} on 127.0.0.1 is in use already: choose another one with --port.\n` }
    )
  })

  describe('simulate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulate-'))
    const pidFile = join(folder, 'pid')
    let child: ChildProcess
    let printed = ''

    beforeEach(async () => {
      printed = ''
      const args = [
        'simulate',
        '--port',
        '0',
        '--pid-file',
        pidFile,
        '--latency',
        '1',
        '--switch',
        'states=strings',
        '--switch',
        'mainLine=field'
      ]
      child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
      await new Promise<void>((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
        child.stdout?.on('data', (chunk: Buffer) => {
          printed += chunk.toString()
          if (printed.includes('Ctrl+C')) resolve()
        })
      })
    })
    afterEach(() => {
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
    })
    after(() => rmSync(folder, { recursive: true }))

    it('prints what a first try needs', () => {
      const lines = printed.split('\n')
      const url = /AUDIOCODES_LIVE_BASE_URL=(\S+)/.exec(printed)?.[1] ?? ''
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/tenantui$/)
      for (const line of [
        `  base URL      ${url}`,
        `  token         ${STATIC_TOKEN}`,
        '  customer      11111111-1111-4111-8111-111111111111  (acme)',
        '  SBC ids       3, 5, 8',
        '  scripts       onboarding 10007, 12001, 15001, 15002; cleanup 10700, 12002, 15003',
        `  export AUDIOCODES_LIVE_ACCESS_TOKEN=${STATIC_TOKEN}`
      ]) {
        assert.strictEqual(lines.includes(line), true, line)
      }
    })

    it('answers, with the switches as told', async () => {
      const origin = /(http\S+)\/tenantui/.exec(printed)?.[1] ?? ''
      const seen = await exchange(origin, 'GET', '/__simulator/switches')
      const { states, mainLine, latencyMs } = JSON.parse(typeof seen === 'string' ? seen : seen.text) as Record<
        string,
        unknown
      >
      assert.deepStrictEqual({ states, mainLine, latencyMs }, { states: 'strings', mainLine: 'field', latencyMs: 1 })
    })

    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`writes its process id, and ends cleanly on ${signal}`, async () => {
        assert.strictEqual(readFileSync(pidFile, 'utf8'), `${child.pid}\n`)
        child.removeAllListeners('exit')
        const ended = new Promise((resolve) => child.once('exit', (code, by) => resolve([code, by])))
        child.kill(signal)
        assert.deepStrictEqual([await ended, existsSync(pidFile)], [[0, null], false])
      })
    }
  })
})
