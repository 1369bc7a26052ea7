import * as assert from 'node:assert'
import type { SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import { nthId } from '../../support/TestEnv'
import { acme, addSaid, contoso, modifySaid, onCall, story } from '../support/Simulated'
import { connection, connections, fleetStack, numbered, profiles } from './Stack'

const text = (messages: typeof addSaid): string => messages.map(({ message }) => message).join('\n')
const nothing = { created: 0, updated: 0, deleted: 0, unchanged: 0, failed: 0, notBegun: 0 }

describe('a fleet: create', () => {
  story('a POST and a GET each, one look at each customer, and all outputs', {}, async (world) => {
    const stack = fleetStack(world)
    const args: SipConnectionFleetArgs = {
      defaults: { cacProfile: '5 sessions', sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } },
      connections: {
        one: { customerGuid: acme, siteName: 'a1', sbcId: 5 },
        two: { customerGuid: acme, siteName: 'a2', sbcId: 3 },
        three: { customerGuid: contoso, siteName: 'c1', sbcId: 5, cacProfile: '10 sessions' }
      }
    }
    const ran = await stack.up(args)
    const { lastOperation, ...state } = stack.state()
    const guids = Object.fromEntries(world.simulator.state().sites.map(({ name, guid }) => [name, guid]))
    assert.deepStrictEqual(
      { ran, state, outcome: [lastOperation.kind, lastOperation.outcome], profiles: profiles(world) },
      {
        ran: { done: 'created', said: [], sent: { 'GET details': 2, POST: 3, GET: 3 } },
        state: {
          ...args,
          siteGuids: { one: guids['a1'], two: guids['a2'], three: guids['c1'] },
          deploymentStates: { one: '3', two: '3', three: '3' },
          executionMessages: { one: text(addSaid), two: text(addSaid), three: text(addSaid) },
          summary: { ...nothing, created: 3 },
          failures: {},
          pending: {},
          leftovers: {},
          platform: world.simulator.url,
          schemaVersion: 1
        },
        outcome: ['create', 'ok'],
        profiles: { a1: '5 sessions', a2: '5 sessions', c1: '10 sessions' }
      }
    )
    assert.deepStrictEqual(await stack.preview(args), [])
  })

  story('what an Add cannot carry follows in one PATCH', {}, async (world) => {
    const stack = fleetStack(world)
    const args = { connections: { a: connection('a', { phones: ['+49301234'], enableCac: true }), b: connection('b') } }
    assert.deepStrictEqual(await stack.up(args), {
      done: 'created',
      said: [],
      sent: { 'GET details': 1, POST: 2, GET: 3, PATCH: 1 }
    })
    assert.deepStrictEqual(await stack.preview(args), [])
  })

  story(
    'no more on one SBC at a time than the settings allow, and no more in all than the rollout',
    {},
    async (world) => {
      const most = { open: 0, sbc: 0 }
      const open = new Map<string, number>()
      const inner = world.env.fetch
      const process = world.process(
        {},
        {
          fetch: (request) => async () => {
            const sbc = /"sbcId":(\d)/.exec(request.body ?? '')?.[1]
            if (request.method !== 'POST' || sbc === undefined) return inner(request)()
            open.set(sbc, (open.get(sbc) ?? 0) + 1)
            most.sbc = Math.max(most.sbc, ...open.values())
            most.open = Math.max(
              most.open,
              [...open.values()].reduce((sum, n) => sum + n, 0)
            )
            const answer = await inner(request)()
            open.set(sbc, (open.get(sbc) ?? 0) - 1)
            return answer
          }
        }
      )
      const args: SipConnectionFleetArgs = {
        connections: Object.fromEntries(
          numbered('a', 12).map((name, index) => [name, connection(name, { sbcId: [3, 5, 8][index % 3] ?? 3 })])
        ),
        rollout: { maxParallel: 2 }
      }
      await fleetStack(world).up(args, process)
      assert.deepStrictEqual({ most, sites: world.sites().length }, { most: { open: 2, sbc: 1 }, sites: 12 })
    }
  )
})

describe('a fleet: update', () => {
  const before = { connections: connections(['a1', 'a2', 'a3']) }

  story('one changed: exactly one PATCH and two GET; the others are not looked at', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(before)
    const { siteGuids } = stack.state()
    const args = { connections: { ...before.connections, a2: connection('a2', { cacProfile: '10 sessions' }) } }
    assert.deepStrictEqual(await stack.up(args), { done: 'updated', said: [], sent: { PATCH: 1, GET: 2 } })
    const { summary, executionMessages, connections: declared, siteGuids: after, lastOperation } = stack.state()
    assert.deepStrictEqual(
      { summary, executionMessages, declared, after, kind: lastOperation.kind, profiles: profiles(world) },
      {
        summary: { ...nothing, updated: 1, unchanged: 2 },
        executionMessages: { a1: text(addSaid), a2: text(modifySaid), a3: text(addSaid) },
        declared: args.connections,
        after: siteGuids,
        kind: 'update',
        profiles: { a1: '5 sessions', a2: '10 sessions', a3: '5 sessions' }
      }
    )
    assert.deepStrictEqual(await stack.preview(args), [])
  })

  story('nothing changed: nothing is sent', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(before)
    assert.deepStrictEqual(await stack.up(before), { done: 'nothing', said: [], sent: {} })
  })

  story('options alone: nothing is sent, and the state has them', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(before)
    const args = {
      connections: { ...before.connections, a1: connection('a1', { allow: ['rename'] }) },
      rollout: { canary: 1 },
      limits: { maxDeletes: 0 }
    } as const
    assert.deepStrictEqual(await stack.up(args), { done: 'updated', said: [], sent: {} })
    const { connections: declared, rollout, limits } = stack.state()
    assert.deepStrictEqual({ connections: declared, rollout, limits }, args)
    assert.deepStrictEqual(await stack.preview(args), [])
  })

  story('other names in the program for the same connections: nothing is sent', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(before)
    const { siteGuids, executionMessages } = stack.state()
    const { a1, a2, a3 } = before.connections
    const args = { connections: { a2: a1, a1: a2, x: a3 } as SipConnectionFleetArgs['connections'] }
    assert.deepStrictEqual(await stack.up(args), { done: 'updated', said: [], sent: {} })
    const { siteGuids: after, executionMessages: said, summary } = stack.state()
    assert.deepStrictEqual(
      { after, said, summary },
      {
        after: { a2: siteGuids['a1'], a1: siteGuids['a2'], x: siteGuids['a3'] },
        said: { a2: executionMessages['a1'], a1: executionMessages['a2'], x: executionMessages['a3'] },
        summary: { ...nothing, unchanged: 3 }
      }
    )
    assert.deepStrictEqual(await stack.preview(args), [])
  })

  story('an entry less, an entry more: the deletion comes at the end', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(before)
    world.forget()
    const args = { connections: connections(['a2', 'a3', 'a4']) }
    const { done } = await stack.up(args)
    const { summary, siteGuids, leftovers } = stack.state()
    assert.deepStrictEqual(
      {
        done,
        writes: world.calls().filter((call) => !call.startsWith('GET')),
        summary,
        names: Object.keys(siteGuids),
        leftovers
      },
      {
        done: 'updated',
        writes: ['POST', 'DELETE'],
        summary: { ...nothing, created: 1, deleted: 1, unchanged: 2 },
        names: ['a2', 'a3', 'a4'],
        leftovers: {}
      }
    )
    assert.deepStrictEqual([Object.keys(profiles(world)), await stack.preview(args)], [['a2', 'a3', 'a4'], []])
  })

  story(
    'an entry that moves to another customer: DELETE, then POST; the look at the new customer comes first',
    {},
    async (world) => {
      const stack = fleetStack(world)
      await stack.up(before)
      const old = stack.state().siteGuids['a2']
      const args = { connections: { ...before.connections, a2: connection('a2', { customerGuid: contoso }) } }
      const { done } = await stack.up(args)
      const { summary, siteGuids } = stack.state()
      const [moved] = world.simulator.state().sites.filter(({ name }) => name === 'a2')
      assert.deepStrictEqual(
        {
          done,
          calls: world.calls().filter((call) => call !== 'GET task'),
          summary,
          moved: [moved?.customerGuid, moved?.guid]
        },
        {
          done: 'updated',
          calls: ['GET details', 'DELETE', 'POST', 'GET'],
          summary: { ...nothing, updated: 1, unchanged: 2 },
          moved: [contoso, siteGuids['a2']]
        }
      )
      assert.notStrictEqual(siteGuids['a2'], old)
      assert.deepStrictEqual(await stack.preview(args), [])
    }
  )

  story('a move that fails between DELETE and POST: the next run makes the connection', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(before)
    const args = { connections: { ...before.connections, a2: connection('a2', { customerGuid: contoso }) } }
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 400 }))
    const ran = await stack.up(args)
    const { pending, siteGuids, summary } = stack.state()
    assert.deepStrictEqual(
      { done: ran.done, pending, names: Object.keys(siteGuids), summary },
      {
        done: 'failed',
        pending: { a2: { outcome: 'failed' } },
        names: ['a1', 'a3'],
        summary: { ...nothing, unchanged: 2, failed: 1 }
      }
    )
    assert.deepStrictEqual(await stack.up(args), {
      done: 'updated',
      said: [],
      sent: { 'GET details': 1, POST: 1, GET: 1 }
    })
    assert.deepStrictEqual([stack.state().pending, await stack.preview(args)], [{}, []])
  })

  story('a rename and a move to another SBC need their words, and keep the connection', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(before)
    const { siteGuids } = stack.state()
    const moved = (allow: SipConnectionFleetArgs['defaults']) => ({
      defaults: { ...allow },
      connections: { ...before.connections, a2: connection('z', { sbcId: 3 }) }
    })
    const refused = await stack.up(moved({}))
    assert.deepStrictEqual([refused.done, refused.sent, refused.said.length], ['failed', {}, 1])
    const ran = await stack.up(moved({ allow: ['rename', 'sbcMove'] }))
    assert.deepStrictEqual(ran, { done: 'updated', said: [], sent: { PATCH: 1, GET: 2 } })
    assert.deepStrictEqual(
      { siteGuids: stack.state().siteGuids, sites: world.sites().map(({ name, sbcId }) => [name, sbcId]) },
      {
        siteGuids,
        sites: [
          ['a1', 5],
          ['z', 3],
          ['a3', 5]
        ]
      }
    )
  })

  story('the state of another platform is refused before anything is sent', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(before)
    const elsewhere = world.process({ baseUrl: world.simulator.url.replace('127.0.0.1', 'localhost') })
    const args = { connections: connections(['a1']) }
    for (const run of [
      () => stack.up(args, elsewhere),
      () => stack.refresh(elsewhere),
      () => stack.destroy(elsewhere)
    ]) {
      const { done, said, sent } = await run()
      assert.match(said[0] ?? '', /failed: The fleet belongs to the platform <platform>, and the configuration names /)
      assert.deepStrictEqual([done, sent], ['failed', {}])
    }
  })
})

describe('a fleet: connections that exist already', () => {
  const declared = connections(['a1', 'a2', 'a3'], { enableCac: true, carrierRegistration: false })
  const args: SipConnectionFleetArgs = { connections: declared }

  story('are one error with the whole list, and nothing is sent', {}, async (world) => {
    const [one, three] = ['a1', 'a3'].map((name) =>
      world.simulator.addSite({ customerGuid: acme, name, sbcId: 5, cacProfile: '5 sessions' })
    )
    const ran = await fleetStack(world).up(args)
    assert.deepStrictEqual(ran, {
      done: 'failed',
      sent: { 'GET details': 1 },
      said: [
        `Create of fleet of SIP connections failed: 2 of the connections to create exist already: a1 (site ${one} of customer ${acme}), a3 (site ${three} of customer ${acme}); nothing was sent`,
        'Applied: nothing was created.',
        'Calls: not affected.',
        'Next: if they are yours (of a run that was killed, for instance), declare adopt: true on the fleet, which takes over exactly the declared ones; otherwise correct siteName.',
        `correlation id ${nthId(1)}, <time>`
      ]
    })
  })

  story(
    'are taken over with adopt: true; those that differ are changed, and the rest is created',
    {},
    async (world) => {
      const site = {
        customerGuid: acme,
        sbcId: 5,
        onboardingScript: 12001,
        cleanupScript: 12002,
        cacProfile: '5 sessions'
      }
      const [one, three] = [
        world.simulator.addSite({ ...site, name: 'a1' }),
        world.simulator.addSite({ ...site, name: 'a3', cacProfile: '50 sessions' })
      ]
      const foreign = world.simulator.addSite({ ...site, name: 'not declared', cacProfile: '1 session' })
      const stack = fleetStack(world)
      const adopting = { ...args, adopt: true }
      const ran = await stack.up(adopting)
      const { siteGuids, summary } = stack.state()
      assert.deepStrictEqual(
        { ran, profiles: profiles(world), siteGuids: [siteGuids['a1'], siteGuids['a3']], summary },
        {
          // A new one gets in a PATCH what Add cannot carry.
          ran: { done: 'created', said: [], sent: { 'GET details': 1, GET: 5, POST: 1, PATCH: 2 } },
          profiles: { a1: '5 sessions', a2: '5 sessions', a3: '5 sessions', 'not declared': '1 session' },
          siteGuids: [one, three],
          summary: { ...nothing, created: 3 }
        }
      )
      assert.ok(Object.values(siteGuids).every((guid) => guid !== foreign))
      // adopt goes out of the program when it has done its work.
      assert.deepStrictEqual(await stack.up(args), { done: 'updated', said: [], sent: {} })
      assert.deepStrictEqual(await stack.preview(args), [])
    }
  )

  story(
    'one of them by its id, under another name in the program; an id that is not there fails by itself',
    {},
    async (world) => {
      const guid = world.simulator.addSite({
        customerGuid: acme,
        name: 'old',
        sbcId: 5,
        cacProfile: '5 sessions',
        onboardingScript: 12001,
        cleanupScript: 12002
      })
      const stack = fleetStack(world)
      const entry = { ...declared['a1'], siteName: 'old', adopt: guid }
      const lost = '77777777-7777-4777-8777-777777777777'
      const ran = await stack.up({ connections: { x: entry, y: { ...declared['a2'], adopt: lost } } })
      assert.deepStrictEqual(
        {
          done: ran.done,
          failed: ran.said.filter((line) => line.startsWith('Failed')),
          siteGuids: stack.state().siteGuids
        },
        {
          done: 'failed',
          failed: [
            `Failed: y: Create of SIP connection "a2" (customer ${acme}, SBC 5) failed: Customer ${acme} has no connection ${lost}, which adopt names; nothing was sent; Next: take the id from the service details of the customer (field SiteLocation), or leave adopt out to create a connection; if this run has just replaced the connection, it was deleted before`
          ],
          siteGuids: { x: guid }
        }
      )
      const corrected = { connections: { x: entry, y: declared['a2'] ?? {} } }
      assert.strictEqual((await stack.up(corrected)).done, 'updated')
      assert.deepStrictEqual(await stack.preview(corrected), [])
    }
  )
})
