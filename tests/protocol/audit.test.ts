import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { CLIENT_ID, CLIENT_SECRET, SCOPE, TENANT_ID, type Simulator, startSimulator } from '../../simulator'
import { until } from '../support/Children'
import { failureOf } from '../support/ProtocolServer'
import { type TemporaryProject, temporaryProject } from '../support/TemporaryProject'
import { least } from './support/Connections'
import { create, withRig } from './support/Rig'

const add = { method: 'POST', path: 'sitelocation' }
const killed = 'unknown: the process was ended before the answer'

type Line = Readonly<Record<string, unknown>>

describe('protocol: the audit log has every write', () => {
  let platform: Simulator
  let folder: TemporaryProject
  let audit: string
  before(async () => {
    platform = await startSimulator()
  })
  beforeEach(() => {
    platform.reset()
    folder = temporaryProject()
    audit = path.join(folder.directory, 'audit.jsonl')
  })
  afterEach(() => {
    folder.dispose()
  })
  after(async () => {
    await platform.close()
  })

  const lines = (): readonly Line[] =>
    !fs.existsSync(audit)
      ? []
      : fs
          .readFileSync(audit, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Line)

  const onTheWay = (): readonly string[] => fs.readdirSync(folder.directory).filter((name) => name.endsWith('.sent'))

  /** The writes that the platform has seen: a creation by its name, the others by the id of the connection. */
  const seen = (): readonly string[] =>
    platform.requests().flatMap(({ method, path: asked, body }) => {
      if (method === 'GET' || asked.endsWith('/token')) return []
      const name = method === 'POST' ? (JSON.parse(body) as { siteLocationName: string }).siteLocationName : undefined
      return [`${method} ${name ?? asked.split('/').at(-1) ?? ''}`]
    })

  const told = (): readonly string[] =>
    lines().map(
      ({ method, siteName, siteGuid }) => `${String(method)} ${String(method === 'POST' ? siteName : siteGuid)}`
    )

  /** Kills the provider while a write is on its way. */
  const killDuring = async (siteName: string): Promise<void> => {
    platform.addFault({ match: add, fault: { kind: 'delay', ms: 400 } })
    await withRig({ platform, settings: { audit } }, async ({ provider, server }) => {
      const before = platform.requests().length
      const failure = failureOf(provider.create({ ...least, siteName }))
      await until(
        'the write has arrived',
        () =>
          platform
            .requests()
            .slice(before)
            .some(({ method }) => method === 'POST') || undefined
      )
      process.kill(server.pid, 'SIGKILL')
      await Promise.all([failure, server.exited])
    })
  }

  it('a process that is killed leaves what it had sent beside the log, and the next one makes the line of it', async () => {
    await killDuring('branch-07')
    const left = onTheWay()
    assert.deepStrictEqual(
      {
        left: left.length,
        lines: lines(),
        mode: left.map((name) => fs.statSync(path.join(folder.directory, name)).mode & 0o777)
      },
      { left: 1, lines: [], mode: [0o600] }
    )
    await withRig({ platform, settings: { audit } }, async (rig) => {
      await create(rig, { ...least, siteName: 'branch-08' })
    })
    assert.deepStrictEqual(
      { left: onTheWay(), lines: lines().map(({ method, siteName, result }) => [method, siteName, result]) },
      {
        left: [],
        lines: [
          ['POST', 'branch-07', killed],
          ['POST', 'branch-08', 'answered']
        ]
      }
    )
  })

  it('a write of a process that still runs is left to it', () =>
    withRig({ platform, settings: { audit } }, async (rig) => {
      platform.addFault({ match: add, fault: { kind: 'delay', ms: 1500 } })
      const first = create(rig, least)
      await until('the write is on its way', () => onTheWay().length === 1 || undefined)
      await withRig({ platform, settings: { audit } }, async (other) => {
        await failureOf(other.provider.update('00000000-0000-4000-8000-000000000000', {}, { ...least }))
      })
      await first
      assert.deepStrictEqual(
        lines().map(({ siteName, result }) => [siteName, result]),
        [['branch-07', 'answered']]
      )
    }))

  it('several processes that begin at the same time make one line of it', async () => {
    await killDuring('branch-07')
    await Promise.all(
      [1, 2, 3].map((n) =>
        withRig({ platform, settings: { audit } }, async (rig) => {
          await create(rig, { ...least, siteName: `next-${n}` })
        })
      )
    )
    assert.deepStrictEqual([onTheWay(), lines().filter(({ siteName }) => siteName === 'branch-07').length], [[], 1])
  })

  it('a line that cannot be written is kept beside the log', async () => {
    fs.mkdirSync(audit)
    await withRig({ platform, settings: { audit } }, async (rig) => {
      await create(rig, least)
    })
    assert.strictEqual(onTheWay().length, 1)
    fs.rmdirSync(audit)
    await withRig({ platform, settings: { audit } }, async (rig) => {
      await create(rig, { ...least, siteName: 'branch-08' })
    })
    assert.deepStrictEqual([onTheWay(), lines().map(({ siteName }) => siteName)], [[], ['branch-07', 'branch-08']])
  })

  it('of a run with throttling, lost answers, refusals and kills: each request once', async () => {
    await killDuring('killed')
    await withRig(
      {
        platform,
        settings: { audit, maxRetries: '3', programTimeout: '1', pollInterval: '0.05', writesPerSbc: '0' }
      },
      async (rig) => {
        platform.addFault({ match: add, times: 2, fault: { kind: 'status', status: 429, retryAfter: '0' } })
        const { id, inputs, outs } = await create(rig, { ...least, cacProfile: '5 sessions' })
        platform.addFault({ match: add, fault: { kind: 'resetAfter' } })
        await create(rig, { ...least, siteName: 'lost' })
        platform.addFault({ match: add, fault: { kind: 'status', status: 400 } })
        await failureOf(rig.provider.create({ ...least, siteName: 'refused' }))
        platform.addFault({ match: { method: 'PATCH' }, fault: { kind: 'resetBefore' } })
        const updated = await rig.provider.update(id, outs, { ...inputs, cacProfile: '10 sessions' })
        platform.addFault({ match: { method: 'DELETE' }, times: 2, fault: { kind: 'status', status: 502 } })
        await rig.provider.delete(id, updated)
        await rig.printed()
      }
    )
    assert.deepStrictEqual([...told()].sort(), [...seen()].sort())
    assert.deepStrictEqual(
      lines().map(({ method, attempt, result }) => `${String(method)} ${String(attempt)} ${String(result)}`),
      [
        `POST 1 ${killed}`,
        'POST 1 rejected 429',
        'POST 2 rejected 429',
        'POST 3 answered',
        'POST 1 lost',
        'POST 1 rejected 400',
        'PATCH 1 lost',
        'PATCH 1 answered',
        'DELETE 1 lost 502',
        'DELETE 2 lost 502',
        'DELETE 3 answered'
      ]
    )
  })

  it('a write that was repeated with a fresh token has both', async () => {
    await withRig(
      {
        platform,
        settings: {
          audit,
          accessToken: null,
          tenantId: TENANT_ID,
          clientId: CLIENT_ID,
          clientSecret: CLIENT_SECRET,
          scope: SCOPE,
          tokenUrl: platform.tokenUrl
        }
      },
      async (rig) => {
        platform.addFault({ match: add, fault: { kind: 'status', status: 401 } })
        await create(rig, least)
      }
    )
    assert.deepStrictEqual([...told()].sort(), [...seen()].sort())
    assert.deepStrictEqual(
      lines().map(({ attempt, result }) => [attempt, result]),
      [
        [1, 'unauthorised 401'],
        [2, 'answered']
      ]
    )
  })
})
