import * as assert from 'node:assert'
import type { SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import type { TestEnv } from '../../support/TestEnv'
import { type World, story } from '../support/Simulated'
import { type FleetStack, connection, connections, fleetStack, numbered, profiles } from './Stack'

/** A provider that dies in the middle: nothing of what it did comes back to the engine. */

/** A process that lives for so many writes, and whose next one is carried out and never answered. */
const dying = (world: World, writes: number): { readonly process: TestEnv; readonly dead: Promise<void> } => {
  let left = writes
  let die = (): void => undefined
  const dead = new Promise<void>((resolve) => (die = resolve))
  const process = world.process(
    {},
    {
      fetch: (request) => async () => {
        if (left < 0) return new Promise(() => undefined)
        if (request.method !== 'GET') left -= 1
        const answer = await world.env.fetch(request)()
        if (left >= 0) return answer
        die()
        return new Promise(() => undefined)
      }
    }
  )
  return { process, dead }
}

const killed = async (world: World, stack: FleetStack, args: SipConnectionFleetArgs, writes: number): Promise<void> => {
  const { process, dead } = dying(world, writes)
  stack.doomed(args, process)
  await dead
}

const names = numbered('a', 6)
/** Declared whole, as a takeover needs it. */
const whole = { enableCac: true, carrierRegistration: false }
const slowly = { rollout: { maxParallel: 1 } }

describe('a fleet whose provider is killed', () => {
  story(
    'in the first create: no second connection is made, and adopt: true takes over the declared ones',
    {},
    async (world) => {
      const stack = fleetStack(world)
      const args: SipConnectionFleetArgs = { connections: connections(names, whole), ...slowly }
      // Each has a POST and a PATCH: two are whole, and the third was made and never answered.
      await killed(world, stack, args, 4)
      const made = world
        .sites()
        .map(({ name, guid, customerGuid }) => `${name} (site ${guid} of customer ${customerGuid})`)
      const ran = await stack.up(args)
      assert.deepStrictEqual(
        {
          done: ran.done,
          first: ran.said[0],
          next: ran.said.at(-2)?.includes('adopt: true'),
          sent: ran.sent,
          made: made.length
        },
        {
          done: 'failed',
          first: `Create of fleet of SIP connections failed: 3 of the connections to create exist already: ${made.join(', ')}; nothing was sent`,
          next: true,
          sent: { 'GET details': 1 },
          made: 3
        }
      )
      const adopting = { ...args, adopt: true }
      const { done, sent } = await stack.up(adopting)
      assert.deepStrictEqual(
        {
          done,
          posts: sent['POST'],
          sites: world.sites().map(({ name }) => name),
          preview: await stack.preview(adopting)
        },
        { done: 'created', posts: 3, sites: names, preview: [] }
      )
      assert.strictEqual((await stack.up(args)).done, 'updated')
      assert.deepStrictEqual(await stack.preview(args), [])
    }
  )

  story(
    'in an update: what was changed is found, what was made is told, and nothing is made twice',
    {},
    async (world) => {
      const stack = fleetStack(world)
      const old = names.slice(0, 4)
      await stack.up({ connections: connections(old, whole) })
      const { siteGuids } = stack.state()
      const args: SipConnectionFleetArgs = {
        ...slowly,
        connections: {
          ...connections(old, { ...whole, cacProfile: '10 sessions' }),
          ...connections(['A5', 'A6', 'A7'], whole),
          a4: connection('a4', { ...whole, siteName: 'a4' })
        }
      }
      // Three changes and a creation (a POST and a PATCH) are done; the next write is never answered.
      await killed(world, stack, args, 5)
      assert.deepStrictEqual(stack.state().siteGuids, siteGuids)
      const there = world.sites().map(({ name }) => name)
      const strangers = there.filter((name) => !old.includes(name))
      const ran = await stack.up(args)
      assert.deepStrictEqual(
        {
          done: ran.done,
          sent: ran.sent,
          told: strangers.every((name) => ran.said[0]?.includes(`${name} (site `) === true),
          count: /failed: (\d+) of the connections to create/.exec(ran.said[0] ?? '')?.[1],
          preview: await stack.preview(args)
        },
        {
          done: 'failed',
          sent: { 'GET details': 1 },
          told: true,
          count: String(strangers.length),
          preview: ['update fleet']
        }
      )
      assert.ok(strangers.length > 0, there.join())
      const adopting = { ...args, adopt: true }
      const { done, sent } = await stack.up(adopting)
      assert.deepStrictEqual(
        {
          done,
          posts: sent['POST'],
          profiles: profiles(world),
          kept: Object.fromEntries(old.map((name) => [name, stack.state().siteGuids[name]])),
          preview: await stack.preview(adopting)
        },
        {
          done: 'updated',
          posts: 3 - strangers.length,
          profiles: {
            a1: '10 sessions',
            a2: '10 sessions',
            a3: '10 sessions',
            a4: '5 sessions',
            A5: '5 sessions',
            A6: '5 sessions',
            A7: '5 sessions'
          },
          kept: siteGuids,
          preview: []
        }
      )
    }
  )

  story('in an update without creations: the next run simply goes on', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(names) })
    const args = { ...slowly, connections: connections(names.slice(0, 5), { cacProfile: '10 sessions' }) }
    await killed(world, stack, args, 3)
    const ran = await stack.up(args)
    assert.deepStrictEqual(
      {
        done: ran.done,
        said: ran.said,
        writes: [ran.sent['POST'], ran.sent['DELETE']],
        profiles: profiles(world),
        preview: await stack.preview(args)
      },
      {
        done: 'updated',
        said: [],
        writes: [undefined, 1],
        profiles: Object.fromEntries(names.slice(0, 5).map((name) => [name, '10 sessions'])),
        preview: []
      }
    )
  })

  story('in a delete: the next one meets those as gone that are', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(names) })
    const { process, dead } = dying(world, 2)
    void stack.destroy(process)
    await dead
    const left = world.sites().length
    const { done } = await stack.destroy()
    assert.deepStrictEqual([left < names.length, done, world.sites()], [true, 'deleted', []])
  })
})
