import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { cancellation } from '../../provider/plugin/Cancel'
import { testEnv } from '../support/TestEnv'
import { until } from '../support/Children'
import type { JsonObject } from '../support/Json'
import { least } from '../protocol/support/Connections'
import { steadyLines } from '../protocol/support/Rig'
import { failed } from './support/PluginClient'
import { type Rig, withRig } from './support/PluginProcess'

const sent = ({ platform }: Rig): readonly string[] => platform.requests().map(({ method }) => method)

const untilSent = (rig: Rig, method: string, times = 1): Promise<boolean> =>
  until(`${method} has arrived`, () => sent(rig).filter((each) => each === method).length >= times)

/** Waits that would be too long for any test. */
const patient = { pollInterval: '60', operationTimeout: '600', programTimeout: '60', requestTimeout: '60' }

describe('a cancelled run of the plugin', () => {
  it('waits for the answer to a POST, keeps the connection, and sends nothing more but a look', async () => {
    await withRig({ settings: patient }, async (rig) => {
      const { plugin, platform } = rig
      platform.addFault({ match: { method: 'POST' }, fault: { kind: 'delay', ms: 300 } })
      // A field that Add does not carry would follow in a PATCH.
      const inputs = { ...least, configureSbc: false }
      const create = failed(plugin.create(inputs))
      await untilSent(rig, 'POST')
      await plugin.cancel()
      const { initFailed, message } = await create
      assert.deepStrictEqual(sent(rig), ['GET', 'POST', 'GET'])
      assert.ok(initFailed)
      assert.deepStrictEqual(steadyLines(message), [
        `Create of SIP connection "branch-07" (customer ${least.customerGuid}, site ${initFailed.id}, SBC 3) failed: The run was cancelled, so nothing more is sent`,
        '    Applied: the connection exists and is kept in the state; not all of its fields may be applied.',
        '    Calls: those of this connection may be affected until a run succeeds.',
        '    Next: run the same command again; it goes on where this ended.',
        '    correlation id <id>, <time>'
      ])

      // The process of the next run goes on with it.
      await withRig({ settings: { ...patient, baseUrl: platform.url } }, async ({ plugin: next }) => {
        const { id, properties } = initFailed
        assert.strictEqual((await next.diff(id, properties, inputs, { oldInputs: inputs })).changes, 'some')
        const outs = await next.update(id, properties, inputs)
        assert.deepStrictEqual(
          [(outs.lastOperation as JsonObject).outcome, platform.site(id)?.configureSbc],
          ['ok', false]
        )
      })
    })
  })

  it('looks a connection up by its name when the answer to its POST is lost', async () => {
    await withRig({ settings: patient }, async (rig) => {
      const { plugin, platform } = rig
      platform.addFault({ match: { method: 'POST' }, fault: { kind: 'delay', ms: 300 } })
      platform.addFault({ match: { method: 'POST' }, fault: { kind: 'resetAfter' } })
      const create = failed(plugin.create({ ...least, configureSbc: false }))
      await untilSent(rig, 'POST')
      await plugin.cancel()
      const { initFailed } = await create
      assert.deepStrictEqual(
        [sent(rig).filter((method) => method === 'POST'), sent(rig).includes('PATCH')],
        [['POST'], false]
      )
      assert.strictEqual(platform.site(initFailed?.id ?? '')?.name, 'branch-07')
    })
  })

  it('begins nothing, and lets nobody wait for his turn', async () => {
    await withRig({ settings: { ...patient, requestsPerSecond: '0.01' } }, async (rig) => {
      const { plugin } = rig
      // The first request has its turn at once, all others in minutes.
      const creates = [1, 2, 3, 4].map((n) => failed(plugin.create({ ...least, siteName: `branch-${n}` })))
      await untilSent(rig, 'GET')
      await plugin.cancel()
      for (const { message, initFailed } of await Promise.all(creates)) {
        assert.match(
          message,
          /failed: The run was cancelled, so nothing more is sent\n {4}Applied: nothing was created\./
        )
        assert.strictEqual(initFailed, undefined)
      }
      assert.deepStrictEqual(sent(rig), ['GET'])
      assert.match((await failed(plugin.read('contoso/headquarters'))).message, /The run was cancelled/)
      assert.deepStrictEqual((await plugin.check({}, { ...least })).failures, [])
    })
  })

  it('ends a wait for a task, and keeps what is waited for', async () => {
    await withRig({ settings: patient, switches: { addTaskMs: 600_000 } }, async (rig) => {
      const { plugin } = rig
      const create = failed(plugin.create({ ...least }))
      await until('the task is asked for', () => rig.platform.requests().some(({ path }) => path.includes('/task/')))
      await plugin.cancel()
      const { message, initFailed } = await create
      assert.match(message, /failed: The run was cancelled, so the end of task \S+ is not waited for\n/)
      assert.ok(initFailed)
    })
  })

  it('ends a deletion, which the next run goes on with', async () => {
    await withRig({ settings: patient, switches: { deleteTaskMs: 600_000 } }, async (rig) => {
      const { plugin, platform } = rig
      const { id, outs } = await plugin.create({ ...least })
      const deletion = failed(plugin.delete(id, outs))
      await until('the task is asked for', () => platform.requests().some(({ path }) => path.includes('/task/')))
      await plugin.cancel()
      const { message } = await deletion
      assert.match(
        message,
        /The run was cancelled, so the end of cleanup task \S+ is not waited for\n {4}Applied: the deletion was sent/
      )
    })
  })
})

describe('a cancellation', () => {
  const hanging = new Promise<never>(() => undefined)
  const request = { method: 'POST', url: 'x', headers: {}, timeout: 1000 } as const

  it('gives what is on its way a little time, and then no more', async () => {
    let now = 0
    const stop = cancellation(() => now, { answer: 20, looks: 50 })
    const fetch = stop.around(() => () => hanging)
    const before = fetch(request)()
    stop.request()
    stop.request()
    assert.deepStrictEqual(
      await before,
      E.left({
        _tag: 'TransportFault',
        sent: true,
        passing: false,
        cause: 'the run was cancelled, and no answer came within 1 s'
      })
    )
    now = 30
    assert.deepStrictEqual(E.isLeft(await fetch(request)()), true)
    now = 51
    const late = await fetch(request)()
    assert.deepStrictEqual(
      late,
      E.left({
        _tag: 'TransportFault',
        sent: false,
        passing: false,
        cause: 'the run was cancelled, so it was not sent'
      })
    )
  })

  it('ends pauses, and leaves a run alone that is not cancelled', async () => {
    const stop = cancellation(() => 0)
    const { env } = testEnv()
    const stoppable = stop.stoppable({ ...env, sleep: () => hanging, pacer: { ...env.pacer, turn: () => hanging } })
    const ended: string[] = []
    const pause = stoppable.sleep(60_000).then(() => ended.push('pause'))
    const turn = stoppable.pacer.turn().then((mine) => ended.push(`turn ${mine}`))
    await new Promise((resolve) => setTimeout(resolve, 5))
    assert.deepStrictEqual([ended, stoppable.cancelled()], [[], false])
    stop.request()
    await Promise.all([pause, turn, stoppable.sleep(60_000)])
    assert.deepStrictEqual([ended.sort(), stoppable.cancelled()], [['pause', 'turn true'], true])
    assert.deepStrictEqual(
      await cancellation(() => 0).around(() => () => Promise.resolve(E.right({ status: 200, headers: {}, body: '' })))(
        request
      )(),
      E.right({ status: 200, headers: {}, body: '' })
    )
  })
})
