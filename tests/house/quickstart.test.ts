// `make up` and `make down`, as a new user calls them: with the real engine, again and again, and after things went wrong.
// The scripts run in a folder of their own, so that the quickstart of whoever runs the tests is left alone.

import * as assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as net from 'node:net'
import * as os from 'node:os'
import * as path from 'node:path'

const root = path.resolve(__dirname, '../../..')

const listen = async (server: net.Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as net.AddressInfo).port
}
const close = (server: net.Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
  })
const freePort = async (): Promise<number> => {
  const server = net.createServer()
  const port = await listen(server)
  await close(server)
  return port
}

describe('the quickstart', function () {
  this.timeout(300000)

  let folder = ''
  let port = 0

  /** Exit code; what was called; the lines that count what happened; errors. */
  const call = (script: 'up' | 'down', more: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync('sh', [path.join(folder, `scripts/${script}.sh`)], {
      encoding: 'utf8',
      env: { ...process.env, AUDIOCODES_LIVE_SIMULATOR_PORT: String(port), ...more }
    })
    const lines = stdout.split('\n')
    const resources = lines.indexOf('Resources:')
    return {
      code: status,
      simulator: lines.filter((line) => line.startsWith('simulator: ')),
      called: lines.filter((line) => line.startsWith('$ ')),
      resources:
        resources < 0 ? [] : lines.slice(resources + 1, lines.indexOf('', resources)).map((line) => line.trim()),
      errors: stderr
    }
  }
  const killSimulator = (): void => {
    process.kill(Number(fs.readFileSync(path.join(folder, '.state/simulator.pid'), 'utf8')), 'SIGKILL')
  }
  const up = '$ pulumi up --yes --skip-preview'
  const outputs = '$ pulumi stack output --json'
  const destroy = '$ pulumi destroy --yes --skip-preview'
  const refreshing = `${up} --refresh --run-program`
  const started = (): string => `simulator: started on port ${port}, log in .state/simulator.log`
  const runs = (): string => `simulator: runs on port ${port}`

  before(async () => {
    assert.ok(fs.existsSync(path.join(root, '.engine/bin/pulumi')), 'no engine: run make engine')
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quickstart-'))
    port = await freePort()
    for (const copied of ['scripts', 'examples', 'Pulumi.yaml', 'package.json', 'tsconfig.json']) {
      fs.cpSync(path.join(root, copied), path.join(folder, copied), { recursive: true })
    }
    for (const linked of ['dist', 'node_modules', '.engine'])
      fs.symlinkSync(path.join(root, linked), path.join(folder, linked))
  })
  after(() => {
    spawnSync(process.execPath, [path.join(folder, 'scripts/simulator.mjs'), 'stop'])
    fs.rmSync(folder, { recursive: true, force: true })
  })

  it('creates its connections, and changes nothing the second time', () => {
    const created = { code: 0, called: [up, outputs], resources: ['+ 4 created'], errors: '' }
    assert.deepEqual(call('up'), { ...created, simulator: [started()] })
    assert.deepEqual(call('up'), { ...created, simulator: [runs()], resources: ['4 unchanged'] })
  })

  it('creates them again on a simulator that was started anew', () => {
    killSimulator()
    assert.deepEqual(call('up'), {
      code: 0,
      simulator: [started()],
      called: [refreshing, outputs],
      resources: ['+ 3 created', '1 unchanged'],
      errors: ''
    })
  })

  it('does not send the settings of a real platform to the simulator', () => {
    const real = { AUDIOCODES_LIVE_ACCESS_TOKEN: 'real', AUDIOCODES_LIVE_BASE_URL: 'https://live.example/tenantui' }
    assert.deepEqual(call('up', real).resources, ['4 unchanged'])
  })

  it('says that its port is taken, and leaves its simulator alone', async () => {
    const server = net.createServer()
    const taken = await listen(server)
    const other = `AUDIOCODES_LIVE_SIMULATOR_PORT=${taken + 1} make up`
    assert.deepEqual(call('up', { AUDIOCODES_LIVE_SIMULATOR_PORT: String(taken) }), {
      code: 1,
      simulator: [],
      called: [],
      resources: [],
      errors: `simulator: port ${taken} is taken by something that is not the simulator; choose another one: ${other}\n`
    })
    await close(server)
    assert.deepEqual(call('up').simulator, [runs()])
  })

  it('goes on after an engine that was killed, at another port', async () => {
    const locks = path.join(folder, '.state/backend/.pulumi/locks/organization/audiocodes-live-quickstart/dev')
    const gone = spawnSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).stdout.trim()
    fs.mkdirSync(locks, { recursive: true })
    fs.writeFileSync(
      path.join(locks, '00000000-0000-4000-8000-000000000000.json'),
      `{"pid":${gone},"username":"somebody","hostname":"here","timestamp":"2026-01-01T00:00:00Z"}`
    )
    port = await freePort()
    assert.deepEqual(call('up'), {
      code: 0,
      simulator: [started()],
      called: [refreshing, outputs],
      resources: ['+ 3 created', '1 unchanged'],
      errors: ''
    })
  })

  it('destroys what it made, even when the simulator is gone, and then has nothing to do', () => {
    killSimulator()
    assert.deepEqual(call('down'), {
      code: 0,
      simulator: [started(), 'simulator: stopped'],
      called: [destroy],
      resources: ['- 4 deleted'],
      errors: ''
    })
    assert.deepEqual(call('down'), {
      code: 0,
      simulator: ['simulator: was not running'],
      called: [],
      resources: [],
      errors: ''
    })
  })
})
