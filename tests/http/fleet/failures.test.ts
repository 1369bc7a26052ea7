import * as assert from 'node:assert'
import type { SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import { HEADQUARTERS_GUID } from '../../../simulator'
import { acme, contoso, onCall, story } from '../support/Simulated'
import { connection, connections, fleetStack, numbered, profiles } from './Stack'

const failed = (said: ReadonlyArray<string>): ReadonlyArray<string> =>
  said.filter((line) => line.startsWith('Failed: '))

describe('a fleet: connections that fail', () => {
  story(
    'what was done is in the state, and the text says what was not, in the words of the platform',
    {},
    async (world) => {
      const stack = fleetStack(world)
      const args = { connections: connections(['a1', 'a2', 'a3']) }
      world.simulator.addFault(
        onCall('POST', { kind: 'status', status: 400, body: { message: 'No such gateway.' } }, { nth: 2 })
      )
      const ran = await stack.up(args)
      const { pending, failures, siteGuids, summary, lastOperation } = stack.state()
      const why = `Create of SIP connection "a2" (customer ${acme}, SBC 5) failed: the platform rejected POST with status 400; Platform: No such gateway.`
      assert.deepStrictEqual(
        {
          said: ran.said.slice(0, -1),
          pending,
          failures,
          names: Object.keys(siteGuids),
          summary,
          outcome: lastOperation.outcome
        },
        {
          said: [
            'Create of fleet of SIP connections failed: 1 connection failed',
            'Done: 2 created (a1, a3).',
            `Failed: a2: ${why}`,
            'Calls: those of the connections that failed may be affected.',
            'Next: "pulumi up": it goes on from here, those that failed first.'
          ],
          pending: { a2: { outcome: 'failed' } },
          failures: { a2: why },
          names: ['a1', 'a3'],
          summary: { created: 2, updated: 0, deleted: 0, unchanged: 0, failed: 1, notBegun: 0 },
          outcome: 'failed'
        }
      )
      assert.deepStrictEqual(await stack.preview(args), ['update fleet'])
      assert.deepStrictEqual(await stack.up(args), {
        done: 'updated',
        said: [],
        sent: { 'GET details': 1, POST: 1, GET: 1 }
      })
      assert.deepStrictEqual([stack.state().failures, stack.state().pending, await stack.preview(args)], [{}, {}, []])
    }
  )

  story('changes that fail: the next run sends only theirs', {}, async (world) => {
    const stack = fleetStack(world)
    const names = numbered('b', 20)
    await stack.up({ connections: connections(names) })
    const sites = world.sites().filter((_, index) => index % 7 === 3)
    for (const { guid } of sites)
      world.simulator.addFault(
        onCall('PATCH', { kind: 'errorMessage', effect: false }, { path: `sitelocation/${guid}` })
      )
    const args = { connections: connections(names, { cacProfile: '10 sessions' }) }
    await stack.up(args)
    assert.deepStrictEqual(
      { failed: Object.keys(stack.state().failures).sort(), summary: stack.state().summary },
      {
        failed: sites.map(({ name }) => name).sort(),
        summary: { created: 0, updated: 17, deleted: 0, unchanged: 0, failed: 3, notBegun: 0 }
      }
    )
    assert.deepStrictEqual(await stack.up(args), { done: 'updated', said: [], sent: { PATCH: 3, GET: 6 } })
    assert.deepStrictEqual(
      [new Set(Object.values(profiles(world))), await stack.preview(args)],
      [new Set(['10 sessions']), []]
    )
  })

  story('failed ones of the last run go first, and in the canary', {}, async (world) => {
    const stack = fleetStack(world)
    const args: SipConnectionFleetArgs = { connections: connections(['a1', 'a2', 'a3']), rollout: { maxParallel: 1 } }
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 400 }, { nth: 3 }))
    await stack.up(args)
    await stack.up({ ...args, connections: connections(['a0', 'a1', 'a2', 'a3', 'a4']) })
    assert.deepStrictEqual(
      world.sites().map(({ name }) => name),
      ['a1', 'a2', 'a3', 'a0', 'a4']
    )
  })

  story(
    'an answer to POST that is lost after its effect: the connection is found, and not made twice',
    {},
    async (world) => {
      const stack = fleetStack(world)
      const args = { connections: connections(['a1', 'a2']) }
      world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
      const { done } = await stack.up(args)
      assert.deepStrictEqual([done, world.sites().length, await stack.preview(args)], ['created', 2, []])
    }
  )

  story(
    'an answer to PATCH that is lost, and nothing tells what came of it: the next run sends it again',
    {},
    async (world) => {
      const stack = fleetStack(world)
      await stack.up({ connections: connections(['a1', 'a2']) })
      const args = { connections: connections(['a1', 'a2'], { cacProfile: '10 sessions' }) }
      const [site] = world.sites()
      world.simulator.addFault(onCall('PATCH', { kind: 'resetBefore' }, { path: site?.guid ?? '', times: 'always' }))
      const ran = await stack.up(args)
      const { pending, lastOperation } = stack.state()
      assert.deepStrictEqual(
        { done: ran.done, pending, outcome: lastOperation.outcome, profiles: profiles(world) },
        {
          done: 'failed',
          pending: { a1: { args: args.connections['a1'], outcome: 'unknown', wrote: 'update' } },
          outcome: 'unknown',
          profiles: { a1: '5 sessions', a2: '10 sessions' }
        }
      )
      world.simulator.clearFaults()
      assert.deepStrictEqual(await stack.up(args), { done: 'updated', said: [], sent: { PATCH: 1, GET: 2 } })
      assert.deepStrictEqual(
        [profiles(world), await stack.preview(args)],
        [{ a1: '10 sessions', a2: '10 sessions' }, []]
      )
    }
  )

  story('a deletion that fails is a leftover, which the next run deletes, or declares again', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(['a1', 'a2']) })
    const { siteGuids } = stack.state()
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400 }, { times: 2 }))
    const less = { connections: connections(['a1']) }
    const first = await stack.up(less)
    assert.deepStrictEqual(
      { failed: failed(first.said), leftovers: stack.state().leftovers, siteGuids: stack.state().siteGuids },
      {
        failed: [
          `Failed: a2: Delete of SIP connection "a2" (customer ${acme}, site ${siteGuids['a2']}, SBC 5) failed: the platform rejected DELETE with status 400; Platform: Scripted failure`
        ],
        leftovers: { [siteGuids['a2'] ?? '']: { name: 'a2', args: connection('a2'), outcome: 'ok' } },
        siteGuids: { a1: siteGuids['a1'] }
      }
    )
    await stack.up(less)
    // Declared again, under another name: it is the same connection.
    const again = await stack.up({ connections: { ...less.connections, again: connection('a2') } })
    assert.deepStrictEqual(
      { again, leftovers: stack.state().leftovers, siteGuids: stack.state().siteGuids },
      {
        again: { done: 'updated', said: [], sent: {} },
        leftovers: {},
        siteGuids: { a1: siteGuids['a1'], again: siteGuids['a2'] }
      }
    )
    const { done } = await stack.up(less)
    assert.deepStrictEqual([done, Object.keys(profiles(world)), await stack.preview(less)], ['updated', ['a1'], []])
  })

  story('a deletion and a change under one name fail both: both are told and counted', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(['a1', 'a2']) })
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400 }))
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 403 }))
    const args = { connections: { a1: connection('a2', { cacProfile: '10 sessions' }) } }
    const ran = await stack.up(args)
    const { failures, summary } = stack.state()
    assert.deepStrictEqual(
      {
        lines: failed(ran.said).length,
        both: /Update of .* 403.*; Delete of .* 400/.test(failures['a1'] ?? ''),
        failed: summary.failed
      },
      { lines: 2, both: true, failed: 2 }
    )
    await stack.up(args)
    assert.deepStrictEqual(
      [profiles(world), stack.state().failures, await stack.preview(args)],
      [{ a2: '10 sessions' }, {}, []]
    )
  })

  story('a move whose DELETE fails says so, and the next run moves it', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(['a1']) })
    const { siteGuids } = stack.state()
    const args = { connections: { a1: connection('a1', { customerGuid: contoso }) } }
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400 }))
    const ran = await stack.up(args)
    assert.deepStrictEqual(
      { failed: failed(ran.said), siteGuids: stack.state().siteGuids, pending: stack.state().pending },
      {
        failed: [
          `Failed: a1: Delete of SIP connection "a1" (customer ${acme}, site ${siteGuids['a1']}, SBC 5) failed: the platform rejected DELETE with status 400; Platform: Scripted failure`
        ],
        siteGuids,
        pending: { a1: { args: connection('a1'), outcome: 'ok' } }
      }
    )
    await stack.up(args)
    assert.deepStrictEqual(
      [
        world.simulator
          .state()
          .sites.filter(({ name }) => name === 'a1')
          .map(({ customerGuid }) => customerGuid),
        await stack.preview(args)
      ],
      [[contoso], []]
    )
  })

  story(
    'the id of another connection, from a wrong answer, is never deleted, however often a run fails between',
    {},
    async (world) => {
      const stack = fleetStack(world)
      await stack.up({ connections: connections(['a1']) })
      world.simulator.addFault(onCall('POST', { kind: 'otherSite', siteGuid: HEADQUARTERS_GUID }))
      world.simulator.addFault(
        onCall('GET', { kind: 'status', status: 404 }, { path: '/customer/', nth: 2, times: 'always' })
      )
      await stack.up({ connections: connections(['a1', 'a2']) })
      const [kept, wrong] = [stack.state().pending['a2'], stack.state().siteGuids['a2']]
      world.simulator.clearFaults()
      // A run that does not come to it, one that drops it and fails, and one that goes through.
      await stack.up(
        { connections: connections(['a1', 'a2']), rollout: { pauseFile: '/pause' } },
        world.process({}, { files: { '/pause': () => '' } })
      )
      const less = { connections: connections(['a1']) }
      await stack.up(
        { ...less, rollout: { pauseFile: '/pause' } },
        world.process({}, { files: { '/pause': () => '' } })
      )
      await stack.up(less)
      const headquarters = world.simulator.state().sites.find(({ guid }) => guid === HEADQUARTERS_GUID)
      assert.deepStrictEqual(
        { wrong, kept: kept?.wrote, headquarters: headquarters?.name, sites: world.sites().map(({ name }) => name) },
        { wrong: HEADQUARTERS_GUID, kept: 'create', headquarters: 'headquarters', sites: ['a1', 'a2'] }
      )
    }
  )
})
