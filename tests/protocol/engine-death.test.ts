import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { type Simulator, startSimulator } from '../../simulator'
import { until } from '../support/Children'
import { failureOf } from '../support/ProtocolServer'
import { repositoryRoot } from '../support/repository'
import { type TemporaryProject, temporaryProject } from '../support/TemporaryProject'
import { acme, least } from './support/Connections'
import { calls, create, type Rig, withRig } from './support/Rig'

const add = { method: 'POST', path: 'sitelocation' }

/** The exit code of a provider that leaves because its engine is gone. */
const left = { code: 1, signal: null }

describe('protocol: the death of the engine', () => {
  let platform: Simulator
  let logs: TemporaryProject
  let audit: string
  before(async () => {
    platform = await startSimulator()
    logs = temporaryProject()
    audit = path.join(logs.directory, 'audit.jsonl')
  })
  beforeEach(() => {
    platform.reset()
    fs.rmSync(audit, { force: true })
  })
  after(async () => {
    logs.dispose()
    await platform.close()
  })

  const auditLines = (): readonly Readonly<Record<string, unknown>>[] =>
    fs
      .readFileSync(audit, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)

  const arrived = (rig: Rig, method: string): Promise<true> =>
    until(
      `a ${method} has arrived`,
      () => rig.platform.requests().some((request) => request.method === method) || undefined
    )

  it('lets the write in flight end, sends nothing more, and ends the process', () =>
    withRig({ platform, settings: { audit } }, async (rig) => {
      platform.addFault({ match: add, fault: { kind: 'delay', ms: 300 } })
      const failure = failureOf(rig.provider.create({ ...least, phones: ['49301234'] }))
      await arrived(rig, 'POST')
      rig.server.closeStdin()
      assert.deepStrictEqual(await rig.server.exited, left)
      // Nobody listens any more: whether the error still goes out before the process ends is of no interest.
      assert.ok([2, 14].includes((await failure).code))
      assert.deepStrictEqual(calls(rig), [
        'GET v3/customer/ACME?allDetails=true',
        'POST v2/customer/ACME/sitelocation/'
      ])
      assert.deepStrictEqual(
        auditLines().map(({ method, customerGuid, siteName, sbcId, result }) => ({
          method,
          customerGuid,
          siteName,
          sbcId,
          result
        })),
        [{ method: 'POST', customerGuid: acme, siteName: 'branch-07', sbcId: 3, result: 'answered' }]
      )
    }))

  it('lets no write begin that waits for its turn', () =>
    withRig({ platform, settings: { audit } }, async (rig) => {
      platform.addFault({ match: add, times: 'always', fault: { kind: 'delay', ms: 300 } })
      const failures = ['a', 'b', 'c'].map((siteName) => failureOf(rig.provider.create({ ...least, siteName })))
      await arrived(rig, 'POST')
      rig.server.closeStdin()
      assert.deepStrictEqual(await rig.server.exited, left)
      await Promise.all(failures)
      assert.deepStrictEqual(
        calls(rig).filter((call) => !call.startsWith('GET')),
        ['POST v2/customer/ACME/sitelocation/']
      )
      assert.deepStrictEqual(
        auditLines().flatMap(({ result }) => (result === 'refused' ? [] : [result])),
        ['answered']
      )
      assert.strictEqual(platform.state().sites.filter(({ customerGuid }) => customerGuid === acme).length, 1)
    }))

  it('ends a wait for a task without another look', () =>
    withRig({ platform, settings: { pollInterval: '0.3' } }, async (rig) => {
      platform.setSwitches({ addTaskMs: 60_000 })
      const failure = failureOf(rig.provider.create(least))
      await until('the task was looked at', () => calls(rig).some((call) => call.startsWith('GET v2/task/')))
      rig.server.closeStdin()
      const seen = calls(rig)
      assert.deepStrictEqual(await rig.server.exited, left)
      await failure
      assert.deepStrictEqual(calls(rig), seen)
    }))

  it('stops a retry', () =>
    withRig({ platform, settings: { maxRetries: '5' } }, async (rig) => {
      const { id, outs } = await create(rig, least)
      platform.clearRequests()
      platform.addFault({
        match: { method: 'DELETE' },
        times: 'always',
        fault: { kind: 'status', status: 503, retryAfter: '1' }
      })
      const failure = failureOf(rig.provider.delete(id, outs))
      await arrived(rig, 'DELETE')
      rig.server.closeStdin()
      assert.deepStrictEqual(await rig.server.exited, left)
      await failure
      assert.deepStrictEqual(calls(rig, id), ['DELETE v2/sitelocation/SITE'])
    }))

  it('ends a long wait at once', () =>
    withRig({ platform, settings: { operationTimeout: '600' } }, async (rig) => {
      platform.addFault({ match: add, fault: { kind: 'status', status: 429, retryAfter: '300' } })
      const failure = failureOf(rig.provider.create(least))
      await arrived(rig, 'POST')
      rig.server.closeStdin()
      assert.deepStrictEqual(await rig.server.exited, left)
      await failure
    }))

  it('ends an idle process', () =>
    withRig({ platform }, async (rig) => {
      await create(rig, least)
      rig.server.closeStdin()
      assert.deepStrictEqual(await rig.server.exited, left)
    }))

  it('ends a process that has only checked so far', () =>
    withRig({ platform }, async (rig) => {
      await rig.provider.check({}, least)
      rig.server.closeStdin()
      assert.deepStrictEqual(await rig.server.exited, left)
    }))

  it('is not seen where no pipe leads to an engine: the provider works as ever', async () => {
    // The real server, started with /dev/null as its standard input.
    const sdk = temporaryProject()
    try {
      const server = path.join(repositoryRoot, 'node_modules', '@pulumi', 'pulumi', 'cmd', 'dynamic-provider')
      sdk.write(
        'cmd/dynamic-provider/index.js',
        `const fs = require('node:fs')
         fs.closeSync(0)
         if (fs.openSync('/dev/null', 'r') !== 0) throw new Error('standard input is something else')
         require(${JSON.stringify(server)})`
      )
      await withRig({ platform, sdk: sdk.directory, settings: { audit } }, async (rig) => {
        const { id, inputs, outs } = await create(rig, least)
        const updated = await rig.provider.update(id, outs, { ...inputs, cacProfile: '5 sessions' })
        await rig.provider.delete(id, updated)
        assert.deepStrictEqual(
          auditLines().map(({ method, result }) => [method, result]),
          [
            ['POST', 'answered'],
            ['PATCH', 'answered'],
            ['DELETE', 'answered']
          ]
        )
        assert.deepStrictEqual(await rig.printed(), { out: '', err: '' })
      })
    } finally {
      sdk.dispose()
    }
  })
})
