import * as assert from 'node:assert'
import { now } from '../../provider/live/Clock'
import { engineLog } from '../../provider/plugin/EngineLog'
import { listen } from '../../provider/plugin/Server'
import { type Site, startSimulator } from '../../simulator'
import { least } from '../protocol/support/Connections'
import { steadyLines } from '../protocol/support/Rig'
import { until } from '../support/Children'
import type { JsonObject } from '../support/Json'
import { fakeEngine } from './support/FakeEngine'
import { PluginClient, failed, urn } from './support/PluginClient'
import { type Rig, configOf, withRig } from './support/PluginProcess'

/** A fleet in the plugin: what a person sees of a long run, and what becomes of one that is stopped. */

const type = 'audiocodes-live:index:SipConnectionFleet'

const { siteName: _siteName, ...defaults } = least

const fleetOf = (connections: JsonObject, rollout: JsonObject = {}): JsonObject => ({ defaults, connections, rollout })

const branches = (count: number, more: JsonObject = {}): JsonObject =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`branch-${index + 1}`, { siteName: `b-${index + 1}`, ...more }])
  )

const sent = ({ platform }: Pick<Rig, 'platform'>): readonly string[] => platform.requests().map(({ method }) => method)

const counted = (rig: Pick<Rig, 'platform'>, method: string): number =>
  sent(rig).filter((each) => each === method).length

const names = ({ platform }: Pick<Rig, 'platform'>): readonly string[] =>
  platform
    .state()
    .sites.filter(({ name }) => name.startsWith('b-'))
    .map(({ name }) => name)
    .sort()

const siteOf = ({ platform }: Pick<Rig, 'platform'>, name: string): Site | undefined =>
  platform.state().sites.find((site) => site.name === name)

/** Waits that would be too long for any test. */
const patient = { pollInterval: '60', operationTimeout: '600', programTimeout: '60', requestTimeout: '60' }

describe('a cancelled run of a fleet in the plugin', () => {
  it('ends between two connections, and the next run goes on', async () => {
    await withRig({ settings: patient }, async (rig) => {
      const { plugin, platform } = rig
      platform.addFault({ match: { method: 'POST' }, times: 'always', fault: { kind: 'delay', ms: 300 } })
      // On an SBC of its own, so that two are under way; and a field that Add does not carry would follow in a PATCH.
      const inputs = fleetOf(
        { ...branches(5), 'branch-1': { siteName: 'b-1', sbcId: 5, configureSbc: false } },
        { maxParallel: 2 }
      )
      const create = failed(plugin.create(inputs, { type }))
      await until('two are under way', () => counted(rig, 'POST') === 2)
      await plugin.cancel()
      const { initFailed, message } = await create
      assert.deepStrictEqual([counted(rig, 'POST'), counted(rig, 'PATCH'), names(rig)], [2, 0, ['b-1', 'b-2']])
      assert.ok(initFailed)
      assert.deepStrictEqual(steadyLines(message), [
        'Create of fleet of SIP connections failed: 1 connection failed; 3 connections were not begun; the run was cancelled',
        '    Done: 1 created (branch-2).',
        `    Failed: branch-1: Create of SIP connection "b-1" (customer ${least.customerGuid}, site ${siteOf(rig, 'b-1')?.guid ?? ''}, SBC 5) failed: The run was cancelled, so nothing more is sent; Next: run the same command again; it goes on where this ended`,
        '    Not begun: branch-3, branch-4, branch-5.',
        '    Calls: those of the connections that failed may be affected.',
        '    Next: "pulumi up": it goes on from here, those that failed first.',
        '    correlation id <id>, <time>'
      ])
      assert.deepStrictEqual(initFailed.properties.summary, {
        created: 1,
        updated: 0,
        deleted: 0,
        unchanged: 0,
        failed: 1,
        notBegun: 3
      })

      // The process of the next run goes on with it, and first with what it has left half done.
      await withRig({ settings: { ...patient, baseUrl: platform.url } }, async ({ plugin: next }) => {
        platform.clearFaults()
        platform.clearRequests()
        const { id, properties } = initFailed
        assert.strictEqual((await next.diff(id, properties, inputs, { type, oldInputs: inputs })).changes, 'some')
        const outs = await next.update(id, properties, inputs, { type })
        assert.deepStrictEqual(
          [outs.failures, counted(rig, 'POST'), counted(rig, 'PATCH'), names(rig)],
          [{}, 3, 1, ['b-1', 'b-2', 'b-3', 'b-4', 'b-5']]
        )
        assert.strictEqual(siteOf(rig, 'b-1')?.configureSbc, false)
        assert.strictEqual((await next.diff(id, outs, inputs, { type, oldInputs: inputs })).changes, 'none')
      })
    })
  })

  it('ends a pause between batches, and a deletion', async () => {
    await withRig({ settings: patient }, async (rig) => {
      const { plugin, platform } = rig
      const inputs = fleetOf(branches(2), { batchSize: 1, pauseBetweenBatches: 600 })
      const create = failed(plugin.create(inputs, { type }))
      await until('the first batch has ended', () => sent(rig).length === 3)
      await plugin.cancel()
      const { message, initFailed } = await create
      assert.match(message, /failed: 1 connection was not begun; the run was cancelled\n/)
      assert.match(message, /\n {4}Not begun: branch-2\.\n/)
      assert.ok(initFailed)

      await withRig({ settings: { ...patient, baseUrl: platform.url } }, async ({ plugin: next }) => {
        const { id, properties } = initFailed
        const outs = await next.update(id, properties, { ...inputs, rollout: { maxParallel: 1 } }, { type })
        platform.addFault({ match: { method: 'DELETE' }, fault: { kind: 'delay', ms: 300 } })
        const deletion = failed(next.delete(id, outs, { type }))
        await until('the first is being deleted', () => counted(rig, 'DELETE') === 1)
        await next.cancel()
        assert.match((await deletion).message, /the run was cancelled/)
        assert.deepStrictEqual([counted(rig, 'DELETE'), names(rig)], [1, ['b-2']])
      })
    })
  })
})

describe('a fleet in the plugin', () => {
  it('tells how far a rollout is, on the line of the resource, and nothing of its single connections', async () => {
    const platform = await startSimulator()
    const engine = await fakeEngine()
    // In this process, since nobody waits ten seconds for a test.
    const { port, close } = await listen({ log: engineLog(now), period: 40 })
    const plugin = new PluginClient(port)
    try {
      await plugin.handshake(engine.address)
      await plugin.configure(configOf(platform))
      platform.addFault({ match: { method: 'POST' }, fault: { kind: 'delay', ms: 100 } })
      platform.addFault({ match: { method: 'POST', nth: 2 }, fault: { kind: 'status', status: 400 } })
      platform.addFault({
        match: { method: 'GET', path: 'sitelocation' },
        times: 'always',
        fault: { kind: 'delay', ms: 100 }
      })
      await failed(
        plugin.create(
          fleetOf(branches(3), { canary: 1, batchSize: 1, maxParallel: 1, pauseBetweenBatches: 0.1, soakSeconds: 0.1 }),
          { type }
        )
      )
      const lines = engine.lines.filter(({ severity }) => severity === 'info')
      const told = [...new Set(lines.map(({ text }) => text.replace(/, [\d.]+ s$/, ', N s')))]
      const long = [
        'canary, 0 of 3 sites, 0 failed, N s',
        'soak of 0.1 s after the canary, N s',
        'pause of 0.1 s after batch 1 of 2, N s',
        'batch 2 of 2, 2 of 3 sites, 1 failed, N s'
      ]
      // How long the rest takes is up to the machine.
      const rest = /^(canary|batch 1 of 2|batch 2 of 2), [0-3] of 3 sites, [01] failed, N s$/
      assert.deepStrictEqual(
        [long.filter((line) => !told.includes(line)), told.filter((line) => !long.includes(line) && !rest.test(line))],
        [[], []]
      )
      assert.deepStrictEqual([...new Set(lines.map((line) => [line.urn, line.ephemeral].join(' ')))], [`${urn} true`])
    } finally {
      plugin.close()
      close()
      engine.close()
      await platform.close()
    }
  })

  it('a refresh shows what was changed outside; a run that would change it back without the word is refused', async () => {
    await withRig({}, async (rig) => {
      const { plugin, platform } = rig
      const inputs = fleetOf(branches(2))
      const { id, outs } = await plugin.create(inputs, { type })
      platform.editSite(siteOf(rig, 'b-2')?.guid ?? '', { sbcId: 5 })
      const { props: state } = await plugin.read(id, outs, { type, oldInputs: inputs })
      const { changes } = await plugin.diff(id, state, inputs, { type, oldInputs: inputs })
      platform.clearRequests()
      const refused = [
        await failed(plugin.diff(id, state, inputs, { type, oldInputs: inputs })),
        await failed(plugin.update(id, state, inputs, { type }))
      ]
      assert.deepStrictEqual(
        [changes, refused.map(({ message }) => /connections\S+sbcId/.exec(message)?.[0]), platform.requests()],
        ['some', ['connections["branch-2"].sbcId', 'connections["branch-2"].sbcId'], []]
      )
    })
  })

  it('names every changed property of a connection, and is not imported', async () => {
    await withRig({}, async ({ plugin, platform }) => {
      const inputs = fleetOf({
        ...branches(2),
        Berlin: { siteName: 'berlin', cacProfile: '10 sessions', sbcScripts: { customerVariables: { Region: 'EMEA' } } }
      })
      const { id, outs } = await plugin.create(inputs, { type })
      const news = {
        ...inputs,
        defaults: { ...defaults, sbcId: 5 },
        connections: {
          'branch-1': { siteName: 'b-1', sbcId: 3 },
          Berlin: {
            siteName: 'berlin',
            cacProfile: '20 sessions',
            sbcScripts: { customerVariables: { Zone: 'A' } },
            sbcId: 3
          },
          'branch "3"': { siteName: 'b-3' }
        },
        limits: { maxDeletes: 1 }
      }
      const compared = await plugin.diff(id, outs, news, { type, oldInputs: inputs })
      assert.deepStrictEqual(compared, {
        changes: 'some',
        replaces: [],
        deleteBeforeReplace: false,
        diffs: ['connections', 'defaults', 'limits'],
        detail: {
          'connections["branch-1"].sbcId': 'add',
          'connections["branch-2"]': 'delete',
          'connections["branch \\"3\\""]': 'add',
          'connections.Berlin.cacProfile': 'update',
          'connections.Berlin.sbcId': 'add',
          'connections.Berlin.sbcScripts.customerVariables.Region': 'delete',
          'connections.Berlin.sbcScripts.customerVariables.Zone': 'add',
          'defaults.sbcId': 'update',
          limits: 'add'
        }
      })

      platform.clearRequests()
      const { message } = await failed(plugin.read('contoso/branches', undefined, { type }))
      assert.strictEqual(
        message,
        'There is no import of SipConnectionFleet: declare it, with adopt where it exists already'
      )
      assert.deepStrictEqual(platform.requests(), [])
    })
  })
})
