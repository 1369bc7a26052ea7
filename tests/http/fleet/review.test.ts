import * as assert from 'node:assert'
import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/Either'
import type { Fetch } from '../../../provider/Env'
import type { SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import type { Extras, TestEnv } from '../../support/TestEnv'
import { type World, contoso, onCall, story } from '../support/Simulated'
import { connection, connections, fleetStack } from './Stack'

/** A process whose ids are its own, as those of a real one are. */
const process = (world: World, extras: Extras = {}): TestEnv => {
  const plain = world.process({}, extras)
  return { ...plain, env: { ...plain.env, newId: randomUUID } }
}

/** What a takeover needs to be told. */
const told = { enableCac: true, carrierRegistration: false }

const guidOf = (world: World, siteName: string): string => {
  const found = world.sites().find(({ name }) => name === siteName)
  assert.ok(found, `there is no site ${siteName}`)
  return found.guid
}

const names = (world: World): ReadonlyArray<string> => world.sites().map(({ name }) => name)

/** The line that says why. */
const failures = (said: ReadonlyArray<string>): ReadonlyArray<string> =>
  said.filter((line) => line.startsWith('Failed: '))

describe('a resource that was renamed in the program, and could not take over what the old one has', () => {
  const kept = (world: World): string =>
    `Connection ${guidOf(world, 'A')} was taken over by another resource of this program: it is not deleted.`

  story('a fleet: the engine goes on and deletes the old one, whose connections stay', {}, async (world) => {
    const [old, renamed, run] = [fleetStack(world), fleetStack(world), process(world)]
    const args: SipConnectionFleetArgs = { connections: connections(['A']) }
    await old.up(args, process(world))
    assert.match((await renamed.up(args, run)).said.join(), /exists already/)
    assert.deepStrictEqual(
      [(await old.destroy(run)).done, run.warnings, names(world)],
      ['deleted', [kept(world)], ['A']]
    )
  })

  story('a connection: the same', {}, async (world) => {
    const run = process(world)
    const created = await SipConnection.create(connection('A'))(process(world).env)()
    const again = await SipConnection.create(connection('A'))(run.env)()
    if (E.isLeft(created)) throw new Error('it was not created')
    const { id, state } = created.right
    assert.ok(E.isLeft(again))
    assert.deepStrictEqual(
      [await SipConnection.remove(id, state)(run.env)(), run.warnings, names(world)],
      [E.right(undefined), [kept(world)], ['A']]
    )
  })
})

describe('a fleet: no connection is taken for another', () => {
  const renamed = async (world: World) => {
    const stack = fleetStack(world)
    const args: SipConnectionFleetArgs = { connections: { a: connection('A', told) }, adopt: true }
    await stack.up(args, process(world))
    const siteGuid = guidOf(world, 'A')
    world.simulator.editSite(siteGuid, { name: 'B' })
    return { stack, args, siteGuid }
  }

  story('an entry does not take over the site of another one, whose name was changed outside', {}, async (world) => {
    const { stack, args, siteGuid } = await renamed(world)
    const both = { ...args, connections: { ...args.connections, b: connection('B', told) } }
    const ran = await stack.up(both, process(world))
    assert.strictEqual(failures(ran.said).length, 1)
    assert.match(
      failures(ran.said).join(),
      /^Failed: b: .*: Connection \S+ is managed by another resource of this program already; nothing was sent/
    )
    assert.deepStrictEqual([stack.state().siteGuids, ran.sent], [{ a: siteGuid }, { 'GET details': 1 }])
    // Without the second entry all is as it was.
    assert.deepStrictEqual(
      [await stack.up(args, process(world)), names(world)],
      [{ done: 'updated', said: [], sent: {} }, ['B']]
    )
  })

  story('an entry that takes over the site of one which is taken out keeps it', {}, async (world) => {
    const { stack, args, siteGuid } = await renamed(world)
    const ran = await stack.up({ ...args, connections: { b: connection('B', told) } }, process(world))
    assert.deepStrictEqual(
      [ran, stack.state().siteGuids, names(world)],
      [{ done: 'updated', said: [], sent: { 'GET details': 1, GET: 1 } }, { b: siteGuid }, ['B']]
    )
  })

  story('a name that is free again is that of a new connection, not of the leftover', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(['a', 'z']) })
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400 }))
    await stack.up({ connections: connections(['z']) })
    world.simulator.clearFaults()
    const old = guidOf(world, 'a')
    const ran = await stack.up({ connections: { ...connections(['z']), a: connection('other') } })
    assert.deepStrictEqual(ran, {
      done: 'updated',
      said: [],
      sent: { 'GET details': 1, POST: 1, GET: 1, DELETE: 1, 'GET task': 1 }
    })
    assert.deepStrictEqual([names(world), stack.state().leftovers], [['z', 'other'], {}])
    assert.notStrictEqual(stack.state().siteGuids.a, old)
  })

  story('an id in adopt that is the site of another entry changes and deletes nothing', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(['a', 'b'], told), adopt: true })
    const [a, b] = [guidOf(world, 'a'), guidOf(world, 'b')]
    const wrong = { a: connection('a', { ...told, adopt: b }), b: connection('b', told) }
    const ran = await stack.up({ connections: wrong, adopt: true })
    assert.deepStrictEqual([ran.done, ran.sent, names(world)], ['failed', {}, ['a', 'b']])
    assert.match(
      ran.said.join('\n'),
      new RegExp(
        `connections\\.a\\.adopt: names site ${b}, which the fleet has under the name "b", and customerGuid and siteName are those of site ${a}; correct one of them`
      )
    )
  })
})

describe('a fleet: rules about what was before, by the state', () => {
  story('an id in adopt is no way around the words of a rename and a move', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(['a']) })
    const moved = connection('Z', { ...told, adopt: guidOf(world, 'a'), sbcId: 3 })
    const ran = await stack.up({ connections: { z: moved } })
    assert.deepStrictEqual([ran.done, ran.sent, names(world)], ['failed', {}, ['a']])
    assert.match(
      ran.said.join('\n'),
      /connections\.z\.siteName: differs .*allow: \["rename"\].*connections\.z\.sbcId: /
    )
    assert.match(ran.said.join('\n'), /Next: correct the program, or add the words that are named, and run again\./)
    const meant = await stack.up({ connections: { z: { ...moved, allow: ['rename', 'sbcMove'] } } })
    assert.deepStrictEqual([meant, names(world)], [{ done: 'updated', said: [], sent: { GET: 2, PATCH: 1 } }, ['Z']])
  })

  story('a move to another customer that was not begun deletes nothing once it could not create', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(['a']) })
    const moved = connection('a', { customerGuid: contoso })
    const changeWindow = { start: '2020-01-01T00:00:00Z', end: '2020-01-02T00:00:00Z' }
    await stack.up({ connections: { a: moved }, rollout: { changeWindow } })
    const { sbcScripts: _, ...without } = moved
    const ran = await stack.up({ connections: { a: without } })
    assert.deepStrictEqual([ran.done, ran.sent, names(world)], ['failed', {}, ['a']])
    assert.match(ran.said.join('\n'), /connections\.a\.sbcScripts: is required for a new connection/)
  })
})

describe('a fleet: defects, and a canary that is called by name', () => {
  story('a defect in one connection loses nothing of the others', {}, async (world) => {
    const stack = fleetStack(world)
    const args = { connections: connections(['a1', 'a2', 'a3', 'a4']), rollout: { maxParallel: 1 } }
    const plain = world.process()
    let posts = 0
    const fetch: Fetch = (request) => {
      if (request.method === 'POST' && ++posts === 3) throw new TypeError('made up')
      return plain.env.fetch(request)
    }
    const ran = await stack.up(args, { ...plain, env: { ...plain.env, fetch } })
    const { siteGuids, pending, lastOperation } = stack.state()
    assert.deepStrictEqual(
      [failures(ran.said).length, Object.keys(siteGuids), pending, lastOperation.outcome],
      [1, ['a1', 'a2', 'a4'], { a3: { outcome: 'failed' } }, 'unknown']
    )
    assert.match(
      failures(ran.said).join(),
      /^Failed: a3: .*: pulumi-audiocodes-live ended a call with an unexpected TypeError/
    )
    assert.deepStrictEqual(
      [(await stack.up(args)).sent, names(world)],
      [{ 'GET details': 1, POST: 1, GET: 1 }, ['a1', 'a2', 'a4', 'a3']]
    )
  })

  story('a canary that the SBC does not have is waited for again before the others follow', {}, async (world) => {
    const stack = fleetStack(world)
    const args: SipConnectionFleetArgs = {
      connections: connections(['a1', 'a2', 'a3']),
      rollout: { canary: ['a1'] }
    }
    const isSite = (url: string): boolean => url.toLowerCase().includes('/sitelocation')
    const pending = (): TestEnv => {
      const plain = world.process()
      const fetch: Fetch = (request) => async () => {
        const answer = await plain.env.fetch(request)()
        if (E.isLeft(answer) || request.method !== 'GET' || !isSite(request.url)) return answer
        return E.right({
          ...answer.right,
          body: answer.right.body.replace(/("sbcDeploymentState":)[^,}]*/i, '$1"Pending"')
        })
      }
      return { ...plain, env: { ...plain.env, fetch } }
    }
    const why = 'failed: 2 connections were not begun; the canary did not pass: a1 is not deployed'
    const first = await stack.up(args, pending())
    const second = await stack.up(args, pending())
    assert.deepStrictEqual(
      [first.said[0], second.said[0], names(world)],
      [`Create of fleet of SIP connections ${why}`, `Update of fleet of SIP connections ${why}`, ['a1']]
    )
    assert.deepStrictEqual(
      [await stack.up(args), names(world)],
      [{ done: 'updated', said: [], sent: { GET: 3, 'GET details': 1, POST: 2 } }, ['a1', 'a2', 'a3']]
    )
  })

  const canaries: ReadonlyArray<readonly [name: string, canary: number | string[], asked: ReadonlyArray<string>]> = [
    ['a canary by its names', ['a1'], ['a1', 'a1', 'a1']],
    ['a canary by its number: another run is no way around it', 1, ['a1', 'a1', 'a1', 'a2']]
  ]
  for (const [name, canary, questions] of canaries)
    story(`verify that has said no is asked again before the others follow; ${name}`, {}, async (world) => {
      const stack = fleetStack(world)
      const args: SipConnectionFleetArgs = {
        connections: connections(['a1', 'a2', 'a3']),
        rollout: { canary, verify: 'registered' }
      }
      const asked: Array<string | undefined> = []
      const answering = (answer: E.Either<string, void>) =>
        world.process(
          {},
          {
            verify: ({ environment }) => {
              asked.push(environment.AUDIOCODES_LIVE_SITES)
              return Promise.resolve(answer)
            }
          }
        )
      const no = E.left('not registered')
      const headlines: Array<string | undefined> = []
      for (const answer of [no, no, E.right(undefined)])
        headlines.push((await stack.up(args, answering(answer))).said[0])
      const why = 'failed: 2 connections were not begun; the canary did not pass: verify said no: not registered'
      assert.deepStrictEqual(
        [headlines, asked, names(world)],
        [
          [`Create of fleet of SIP connections ${why}`, `Update of fleet of SIP connections ${why}`, undefined],
          questions,
          ['a1', 'a2', 'a3']
        ]
      )
    })
})
