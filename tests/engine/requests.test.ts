import * as assert from 'node:assert'
import { succeeded } from '../support/EngineRun'
import { full, minimal, planned, program, sites, startWorld, traffic, type World } from './World'

describe('Requests', function () {
  this.timeout(120_000)
  let world: World
  const names = Array.from({ length: 100 }, (_, index) => `branch-${index}`)
  const declared = (cacProfile?: string): string =>
    program(
      Object.fromEntries(
        names.map((name) => [name, { ...minimal(name), ...(cacProfile === undefined ? {} : { cacProfile }) }])
      )
    )
  /** How often each kind of request was sent, whatever connection it was for. */
  const counts = (): Readonly<Record<string, number>> => {
    const kinds = traffic(world.simulator).map((line) => line.replace(/ (branch-\d+|\(gone\))$/, ''))
    return Object.fromEntries(
      [...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((each) => each === kind).length])
    )
  }
  before(async () => {
    world = await startWorld({ program: declared() })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  after(() => world.end())

  it('of 100 creations in one customer: one POST and one GET each, and one look at the customer for all', async () => {
    // Requests take a little, so that some would overlap if they could.
    world.simulator.setSwitches({ latencyMs: 3 })
    succeeded(await world.stack.up())
    world.simulator.setSwitches({ latencyMs: 0 })
    assert.deepStrictEqual(counts(), { GET: 100, 'GET details v3': 1, POST: 100 })
    assert.deepStrictEqual(sites(world.simulator), [...names].sort())
    // They are all on one SBC, which is written to by one at a time unless writesPerSbc says otherwise.
    assert.strictEqual(Math.max(...world.simulator.requests().map(({ concurrency }) => concurrency)), 1)
  })

  it('of previews and of an up without changes: none', async () => {
    assert.deepStrictEqual(await planned(world.stack), [])
    succeeded(await world.stack.up())
    assert.deepStrictEqual(counts(), {})
  })

  it('of 100 reads: one GET each', async () => {
    succeeded(await world.stack.refresh())
    assert.deepStrictEqual(counts(), { GET: 100 })
  })

  it('of 100 changes: one PATCH between two GETs each', async () => {
    world.stack.setProgram(declared('5 sessions'))
    succeeded(await world.stack.up())
    assert.deepStrictEqual(counts(), { GET: 200, PATCH: 100 })
  })

  it('of 100 that are gone: one GET each, and one look at the customer after it', async () => {
    for (const { guid, name } of world.simulator.state().sites) {
      if (names.includes(name)) world.simulator.deleteSite(guid)
    }
    succeeded(await world.stack.refresh())
    assert.deepStrictEqual(counts(), { GET: 100, 'GET details v3': 1 })
    assert.deepStrictEqual(await world.stack.resources(), [])
  })

  it('of a creation with fields that Add cannot carry: one PATCH more, proven by one GET', async () => {
    world.stack.setProgram(program({ whole: full('whole') }))
    succeeded(await world.stack.up())
    assert.deepStrictEqual(traffic(world.simulator), [
      ...['GET details v3', 'POST whole', 'GET whole', 'PATCH whole', 'GET whole']
    ])
  })

  it('of a deletion: one DELETE, and polls of the task that it names', async () => {
    succeeded(await world.stack.destroy())
    assert.deepStrictEqual(counts(), { DELETE: 1, 'GET task': 1 })
  })
})

describe('A limit on requests', function () {
  this.timeout(60_000)

  it('holds for all connections of a run together', async () => {
    const names = ['one', 'two', 'three']
    const world = await startWorld({
      program: program(Object.fromEntries(names.map((name) => [name, minimal(name)]))),
      settings: { requestsPerSecond: '5', writesPerSbc: '0' }
    })
    try {
      succeeded(await world.stack.up())
      const times = world.simulator.requests().map(({ at }) => at)
      assert.strictEqual(times.length, 7)
      // Six pauses of 200 ms; half of that is enough to tell, since only the arrival is seen here.
      const between = (times.at(-1) ?? 0) - (times[0] ?? 0)
      assert.ok(between >= 600, `7 requests within ${between} ms`)
    } finally {
      await world.end()
    }
  })
})
