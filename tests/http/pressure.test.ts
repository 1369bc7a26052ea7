import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'
import * as t from 'io-ts'
import type { Env, Fetch } from '../../provider/Env'
import * as Http from '../../provider/Http'
import { operation } from '../../provider/Operations'
import type { SipConnectionArgs } from '../../provider/sip-connection/Args'
import * as SipConnection from '../../provider/sip-connection/SipConnection'
import { startOfTime, testEnv, valueOf } from '../support/TestEnv'
import { fakeClock } from '../unit/live/clock'
import { type World, created, faultOf, onCall, plain, story } from './support/Simulated'

const numbered = (sbcId: number, count: number): ReadonlyArray<SipConnectionArgs> =>
  Array.from({ length: count }, (_, n) => ({ ...plain, siteName: `branch-${sbcId}-${n}`, sbcId }))

/** The process of the world, and when its requests set out, in ms from the start. */
const timed = ({ env }: World): { readonly env: Env; readonly times: Array<number> } => {
  const times: Array<number> = []
  const { fetch, now } = env
  return {
    times,
    env: {
      ...env,
      fetch: (request) => () => {
        times.push(now() - startOfTime)
        return fetch(request)()
      }
    }
  }
}

describe('pressure: a platform that throttles', () => {
  it('nobody asks while it wants to be left alone', async () => {
    const clock = fakeClock()
    const sent: Array<readonly [at: number, name: string]> = []
    const { env } = testEnv({ requestsPerSecond: 5 }, { clock: { ...clock, advance: () => undefined } })
    // The platform takes half a second for an answer, and throttles from the second request on, for 30 s.
    const fetch: Fetch =
      ({ url }) =>
      async () => {
        const at = clock.now()
        sent.push([at, url.slice(-1)])
        await clock.sleep(500)
        return at > 0 && at < 30_000
          ? E.right({ status: 429, headers: { 'retry-after': '30' }, body: '' })
          : E.right({ status: 200, headers: {}, body: '{}' })
      }
    const results = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) =>
      operation('read', [])(Http.send({ method: 'GET', path: `/${name}`, answer: t.UnknownRecord }))({
        ...env,
        fetch
      })()
    )
    await clock.pass(100_000)
    // b, c and d had set out before its first answer came, and are the only ones that are asked again.
    assert.deepStrictEqual(
      { sent, ended: (await Promise.all(results)).map(E.isRight) },
      {
        sent: [
          [0, 'a'],
          [200, 'b'],
          [400, 'c'],
          [600, 'd'],
          [31_100, 'g'],
          [31_300, 'h'],
          [31_500, 'e'],
          [31_700, 'f'],
          [31_900, 'b'],
          [32_100, 'c'],
          [32_300, 'd']
        ],
        ended: results.map(() => true)
      }
    )
  })

  it('who has less time than the platform asks for is told at once, and the others wait', async () => {
    const clock = fakeClock()
    const { env } = testEnv(
      { requestsPerSecond: 0, maxRetries: 0, operationTimeout: 50 },
      { clock: { ...clock, advance: () => undefined } }
    )
    const ended: Array<readonly [at: number, name: string, end: string]> = []
    const ask = (name: string, operationTimeout: number): void => {
      const request = operation('read', [])(Http.send({ method: 'GET', path: `/${name}`, answer: t.UnknownRecord }))
      const fetch: Fetch = ({ url }) =>
        TE.right({ status: url.endsWith('a') ? 429 : 200, headers: { 'retry-after': '90' }, body: '{}' })
      void request({ ...env, fetch, settings: { ...env.settings, operationTimeout } })().then((end) =>
        ended.push([clock.now(), name, E.isRight(end) ? 'answered' : end.left._tag])
      )
    }
    ask('a', 50)
    await clock.pass(1000)
    ask('b', 50)
    ask('c', 500)
    await clock.pass(200_000)
    assert.deepStrictEqual(ended, [
      [0, 'a', 'Rejected'],
      [1000, 'b', 'Deadline'],
      [90_000, 'c', 'answered']
    ])
  })

  story(
    'after the pause the requests come one by one, at the configured rate, and not as a herd',
    { settings: { requestsPerSecond: 5, writesPerSbc: 0 } },
    async (world) => {
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 429, retryAfter: '20' }, { times: 3 }))
      const states = await Promise.all(numbered(5, 10).map((args) => created(world, args)))
      world.forget()
      const { env, times } = timed(world)
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 429, retryAfter: '20' }, { times: 3 }))
      await Promise.all(states.map((state) => valueOf(SipConnection.read(state.siteGuid, state), env)))
      const gaps = times.slice(1).map((time, n) => time - (times[n] ?? 0))
      assert.deepStrictEqual(
        { requests: times.length, closest: Math.min(...gaps), pauses: gaps.filter((gap) => gap >= 20_000).length > 0 },
        { requests: 13, closest: 200, pauses: true }
      )
    }
  )
})

describe('pressure: a connection that hangs', () => {
  story(
    'does not hold up those of other SBCs, nor, when it has ended, those of its own',
    { settings: { operationTimeout: 100, requestsPerSecond: 0 } },
    async (world) => {
      const [first, ...others] = [...numbered(5, 4), ...numbered(3, 4)]
      assert.ok(first !== undefined)
      world.simulator.setSwitches({ addTaskMs: 1_000_000 })
      const hanging = valueOf(SipConnection.create(first), world.env)
      await new Promise((resolve) => setTimeout(resolve, 30))
      world.simulator.setSwitches({ addTaskMs: 0 })
      const results = await Promise.all(others.map((args) => SipConnection.create(args)(world.env)()))
      const fault = faultOf(await hanging)
      assert.deepStrictEqual(
        {
          hanging: fault._tag,
          others: results.map((result) => E.isRight(result) && O.isNone(result.right.fault)),
          sites: world.sites().length
        },
        { hanging: 'Deadline', others: others.map(() => true), sites: 8 }
      )
    }
  )
})
