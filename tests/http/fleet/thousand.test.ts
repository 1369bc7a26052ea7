import * as assert from 'node:assert'
import type { Fetch } from '../../../provider/Env'
import { STATIC_TOKEN, initialState } from '../../../simulator'
import * as Table from '../../../simulator/Table'
import { StepSimulator, delivered } from '../../schedules/support/Delivery'
import { type TestEnv, baseUrl, testClock, testEnv } from '../../support/TestEnv'
import { acme, onCall } from '../support/Simulated'
import { connections, fleetStack, numbered } from './Stack'

/** With the simulator as a function: the time of the test is that of the core. */
const thousand = () => {
  const clock = testClock()
  const simulator = new StepSimulator(initialState(), clock.now)
  let calls: Array<string> = []
  const fetch: Fetch = (request) => () => {
    const isDetails = request.method === 'GET' && request.url.includes('/customer/')
    calls.push(isDetails ? 'GET details' : request.method)
    return delivered(simulator.answer(request), request, clock)
  }
  return {
    simulator,
    sites: () => Table.values(simulator.state().sites).filter(({ customerGuid }) => customerGuid === acme),
    process: (): TestEnv =>
      testEnv({ baseUrl, credentials: { _tag: 'Token', accessToken: STATIC_TOKEN } }, { clock, fetch }),
    calls: () => calls,
    forget: () => {
      calls = []
    }
  }
}

describe('a fleet of 1,000', () => {
  const names = numbered('b', 1000)
  const args = { connections: connections(names) }
  const none = { created: 0, updated: 0, deleted: 0, unchanged: 0, failed: 0, notBegun: 0 }

  it('30 creations that fail: exactly those are told, and the next run sends only theirs', async () => {
    const world = thousand()
    const stack = fleetStack(world)
    world.simulator.arm(
      Array.from({ length: 30 }, (_, index) =>
        onCall('POST', { kind: 'status', status: index % 2 === 0 ? 400 : 500 }, { nth: 30 * (index + 1) })
      )
    )
    const first = await stack.up(args)
    const { failures, summary, siteGuids } = stack.state()
    const unmade = names.filter((name) => siteGuids[name] === undefined)
    assert.deepStrictEqual(
      {
        failed: Object.keys(failures).sort(),
        count: unmade.length,
        summary,
        lines: first.said.filter((line) => line.startsWith('Failed: ')).length,
        sites: world.sites().length
      },
      { failed: unmade.sort(), count: 30, summary: { ...none, created: 970, failed: 30 }, lines: 30, sites: 970 }
    )
    assert.deepStrictEqual(await stack.up(args), {
      done: 'updated',
      said: [],
      sent: { 'GET details': 1, POST: 30, GET: 30 }
    })
    assert.deepStrictEqual(
      {
        summary: stack.state().summary,
        names: world
          .sites()
          .map(({ name }) => name)
          .sort(),
        preview: await stack.preview(args)
      },
      { summary: { ...none, created: 30, unchanged: 970 }, names: [...names].sort(), preview: [] }
    )
  })
})
