import * as assert from 'node:assert'
import type { Env } from '../../../provider/Env'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import * as Requests from '../../../provider/sip-connection/Requests'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import type { SipConnectionState } from '../../../provider/sip-connection/State'
import type { Written } from '../../../provider/Written'
import { operation } from '../../../provider/Operations'
import { HEADQUARTERS_GUID } from '../../../simulator'
import { startOfTime, valueOf } from '../../support/TestEnv'
import {
  type World,
  created,
  faultOf,
  full,
  onCall,
  plain,
  removed,
  story,
  told,
  unfaulted,
  updated
} from '../support/Simulated'

const numbered = (sbcId: number, count: number): ReadonlyArray<SipConnectionArgs> =>
  Array.from({ length: count }, (_, n) => ({ ...plain, siteName: `branch-${sbcId}-${n}`, sbcId }))

/** The most writes at one time, per SBC and altogether, as the platform sees them. */
const watched = (world: World, changes: Parameters<World['process']>[0]) => {
  const running = new Map<number, number>()
  const most = new Map<number, number>()
  let all = 0
  let mostOfAll = 0
  const { env, ...rest } = world.process(changes)
  const fetch = env.fetch
  const counting = {
    ...env,
    fetch: (request: Parameters<typeof fetch>[0]) => async () => {
      const sbcId = (JSON.parse(request.body ?? '{}') as { sbcId?: number }).sbcId
      if (sbcId === undefined) return fetch(request)()
      const now = (running.get(sbcId) ?? 0) + 1
      running.set(sbcId, now)
      most.set(sbcId, Math.max(most.get(sbcId) ?? 0, now))
      mostOfAll = Math.max(mostOfAll, ++all)
      const result = await fetch(request)()
      running.set(sbcId, (running.get(sbcId) ?? 0) - 1)
      all--
      return result
    }
  }
  return { ...rest, env: counting, seen: () => ({ ...Object.fromEntries(most), all: mostOfAll }) }
}

describe('lifecycle: writesPerSbc', () => {
  for (const [writesPerSbc, expected] of [
    [1, { 3: 1, 5: 1, all: 2 }],
    [2, { 3: 2, 5: 2, all: 4 }],
    [0, { 3: 5, 5: 5, all: 10 }]
  ] as const) {
    story(`${writesPerSbc}: ten creates on two SBCs`, { switches: { latencyMs: 20 } }, async (world) => {
      const { env, seen } = watched(world, { writesPerSbc })
      const results = await Promise.all(
        [...numbered(3, 5), ...numbered(5, 5)].map((args) => valueOf(SipConnection.create(args), env))
      )
      results.map(unfaulted)
      const concurrency = Math.max(
        ...world.simulator
          .requests()
          .filter(({ method }) => method === 'POST')
          .map((request) => request.concurrency)
      )
      assert.deepStrictEqual(
        { seen: seen(), within: concurrency <= expected.all, sites: world.sites().length },
        { seen: expected, within: true, sites: 10 }
      )
    })
  }

  story(
    'updates and deletes count too, and a slot is free again after a failure',
    { switches: { latencyMs: 10 } },
    async (world) => {
      const states = await Promise.all(numbered(5, 4).map((args) => created(world, args)))
      world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 400 }))
      world.forget()
      const later = world.process()
      await Promise.all(
        states.map((state, n) =>
          n % 2 === 0
            ? SipConnection.update(state.siteGuid, state, {
                ...plain,
                siteName: state.siteName,
                cacProfile: '10 sessions'
              })(later.env)()
            : SipConnection.remove(state.siteGuid, state)(later.env)()
        )
      )
      assert.deepStrictEqual(
        {
          concurrency: Math.max(...world.simulator.requests().map(({ concurrency }) => concurrency)),
          calls: [...world.calls()].sort(),
          sites: world
            .sites()
            .map(({ cacProfile }) => cacProfile)
            .sort()
        },
        {
          concurrency: 1,
          calls: ['DELETE', 'DELETE', 'GET', 'GET', 'GET', 'GET task', 'GET task', 'PATCH', 'PATCH'],
          sites: ['10 sessions', '5 sessions']
        }
      )
    }
  )

  story(
    'time in the queue is not held against the deadline',
    { switches: { addTaskMs: 60_000 }, settings: { operationTimeout: 100 } },
    async (world) => {
      const results = await Promise.all(numbered(5, 4).map((args) => valueOf(SipConnection.create(args), world.env)))
      const states = results.map(unfaulted)
      assert.deepStrictEqual(
        states.map(({ sbcDeploymentState }) => sbcDeploymentState),
        ['3', '3', '3', '3']
      )
    }
  )

  story('two moves in opposite directions do not wait for each other', {}, async (world) => {
    const a = await created(world, { ...plain, siteName: 'a', sbcId: 3 })
    const b = await created(world, { ...plain, siteName: 'b', sbcId: 5 })
    const later = world.process()
    // One of the SBCs is busy at first, so that both moves have to queue for it.
    let release: () => void = () => undefined
    const busy = later.env.slots.hold('sbc 5', 1, () => new Promise<void>((resolve) => (release = resolve)))
    const moves = [
      updated(later, a, { ...plain, siteName: 'a', sbcId: 5, allow: ['sbcMove'] }),
      updated(later, b, { ...plain, siteName: 'b', sbcId: 3, allow: ['sbcMove'] })
    ]
    await new Promise((resolve) => setTimeout(resolve, 20))
    release()
    await Promise.all([busy, ...moves])
    assert.deepStrictEqual(
      world.sites().map(({ name, sbcId }) => [name, sbcId]),
      [
        ['a', 5],
        ['b', 3]
      ]
    )
  })

  story('reads take no slot', {}, async (world) => {
    const state = await created(world, plain)
    const later = world.process()
    await later.env.slots.hold('sbc 5', 1, () => valueOf(SipConnection.read(state.siteGuid, state), later.env))
    assert.deepStrictEqual(world.calls().slice(-1), ['GET'])
  })
})

describe('lifecycle: requestsPerSecond', () => {
  const read = operation('read', [])(Requests.getSite(HEADQUARTERS_GUID))

  /** The process of the world, and when its requests set out, in ms from the start. */
  const timed = ({ env }: World) => {
    const times: Array<number> = []
    const { fetch, now } = env
    const timing: Env = {
      ...env,
      fetch: (request) => () => {
        times.push(now() - startOfTime)
        return fetch(request)()
      }
    }
    return { env: timing, times }
  }

  for (const [requestsPerSecond, expected] of [
    [2, [0, 500, 1000, 1500, 2000, 2500]],
    [5, [0, 200, 400, 600, 800, 1000]],
    [0, [0, 0, 0, 0, 0, 0]]
  ] as const) {
    story(`${requestsPerSecond}: six reads side by side`, { settings: { requestsPerSecond } }, async (world) => {
      const { env, times } = timed(world)
      await Promise.all([1, 2, 3, 4, 5, 6].map(() => valueOf(read, env)))
      assert.deepStrictEqual({ times, calls: world.calls().length }, { times: expected, calls: 6 })
    })
  }

  story('repeats count too', { settings: { requestsPerSecond: 0.5 } }, async (world) => {
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 500 }, { times: 2 }))
    const { env, times } = timed(world)
    await valueOf(read, env)
    assert.deepStrictEqual(times, [0, 2000, 4000])
  })

  story('what was not used is not made up for in a burst', { settings: { requestsPerSecond: 1 } }, async (world) => {
    const { env, times } = timed(world)
    await valueOf(read, env)
    world.clock.advance(10_000)
    await Promise.all([1, 2, 3].map(() => valueOf(read, env)))
    assert.deepStrictEqual(times, [0, 10_000, 11_000, 12_000])
  })
})

describe('lifecycle: secrets', () => {
  const secrets = ['made-up-secret', 'made-up-dpi', 'made-up-token', 'simulator-token', 'made-up-changed']

  story('none in messages, warnings, wire log and audit log, whatever the platform prints', {}, async (world) => {
    const args: SipConnectionArgs = {
      ...full,
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { apiToken: 'made-up-token' } }
    }
    const printed = secrets.join(' and ')
    const texts: Array<unknown> = []
    const keep = (
      world_: Pick<World, 'warnings' | 'trace' | 'audit'>,
      kind: 'create' | 'update',
      result: Written<SipConnectionState>
    ) => {
      texts.push(
        world_.warnings,
        world_.trace,
        world_.audit,
        result.state.executionMessages,
        faultOf(result),
        told(kind, args, faultOf(result), true)
      )
    }
    world.simulator.addFault(onCall('POST', { kind: 'errorMessage', effect: true, message: printed }))
    const first = await valueOf(SipConnection.create(args), world.env)
    keep(world, 'create', first)

    const second = world.process()
    world.simulator.editSite(first.id, { carrierUserPassword: 'made-up-secret' })
    world.simulator.addFault(onCall('PATCH', { kind: 'statusAfterEffect', status: 500 }))
    world.simulator.addFault(
      onCall('GET', { kind: 'status', status: 400, body: { title: printed } }, { nth: 3, times: 'always' })
    )
    keep(second, 'update', await valueOf(SipConnection.update(first.id, first.state, args), second.env))
    world.simulator.clearFaults()

    const third = world.process()
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400, body: JSON.stringify(printed) }))
    const failed = await SipConnection.remove(first.id, first.state)(third.env)()
    texts.push(failed, third.warnings, third.trace, third.audit)
    await removed(third, { ...first.state, siteGuid: first.id })
    texts.push(third.trace)

    const all = JSON.stringify(texts)
    assert.deepStrictEqual(
      secrets.filter((secret) => all.includes(secret)),
      // Never declared, so that nothing tells it from any other word.
      ['made-up-changed']
    )
    assert.ok(all.includes('[secret]'))
  })

  story('a password that was changed in the portal shows nowhere either', {}, async (world) => {
    const state = await created(world, full)
    world.simulator.editSite(state.siteGuid, { carrierUserPassword: 'made-up-changed' })
    const later = world.process()
    await updated(later, state, full)
    const all = JSON.stringify([later.warnings, later.trace, later.audit])
    assert.deepStrictEqual(
      secrets.filter((secret) => all.includes(secret)),
      []
    )
  })
})
