// The ways of docs/fleet.md from single connections to a fleet, from one fleet to another, and back.

import * as assert from 'node:assert'
import { succeeded } from '../support/EngineRun'
import { nameOf } from '../support/Stack'
import { common, declaringFleet, fleetOf, fleetType, named, outputsOf, programOf } from './Fleets'
import { complaint, diagnostics, guidOf, planned, program, resource, startWorld, traffic, type World } from './World'

const single = (siteName: string): object => ({ ...common, siteName })

/** A text of JavaScript that declares a connection to take over, in a variable of its name. */
const taking = (name: string): string =>
  `const ${name} = new live.SipConnection('${name}', ${JSON.stringify({ ...single(name), adopt: true })})`

describe('Connections that move', function () {
  this.timeout(120_000)
  let world: World
  /** All of the platform's connections, as they were made. */
  let made: unknown
  const platform = (): unknown => world.simulator.state().sites
  const inState = async (): Promise<ReadonlyArray<string>> =>
    (await world.stack.resources()).map(({ urn }) => nameOf(urn)).sort()
  const kept = (name: string): string =>
    `Connection ${guidOf(world.simulator, name)} was taken over by another resource of this program: it is not deleted.`
  const keptIn = (text: string): ReadonlyArray<string> =>
    text
      .split('\n')
      .filter((line) => line.includes('it is not deleted'))
      .sort()
  const all = ['a', 'b', 'c']

  before(async () => {
    world = await startWorld({ program: program(Object.fromEntries(all.map((name) => [name, single(name)]))) })
    succeeded(await world.stack.up())
    made = platform()
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  afterEach(() => {
    assert.deepStrictEqual(platform(), made, 'no connection is touched')
  })
  after(() => world.end())

  const alone = programOf(declaringFleet('first', fleetOf(named(...all), { adopt: true })))

  it('from single ones to a fleet stay as they are when the fleet cannot take one over', async () => {
    const { simulator, stack } = world
    simulator.addFault({
      match: { method: 'GET', path: guidOf(simulator, 'b') },
      fault: { kind: 'status', status: 403 }
    })
    stack.setProgram(alone)
    assert.match(complaint(await stack.up()), /^Failed: b: Create of .*: the platform rejected GET with status 403/m)
    // The engine has not come to their deletion.
    assert.deepStrictEqual(await inState(), [...all, 'first'])
    const { siteGuids } = await outputsOf(stack, 'first')
    assert.deepStrictEqual(Object.keys(siteGuids as object), ['a', 'c'])
    assert.deepStrictEqual([...traffic(simulator)].sort(), ['GET a', 'GET b', 'GET c', 'GET details v3'])
  })

  it('are in it after the next run, which deletes none of them', async () => {
    const { simulator, stack } = world
    const result = succeeded(await stack.up())
    assert.deepStrictEqual(keptIn(diagnostics(result)), all.map(kept).sort())
    assert.deepStrictEqual(traffic(simulator), ['GET details v3', 'GET b'])
    assert.deepStrictEqual(await inState(), ['first'])
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('are not let go where the fleet may delete none', async () => {
    const { simulator, stack } = world
    const limits = { maxDeletes: 0 }
    stack.setProgram(programOf(declaringFleet('first', fleetOf(named('a', 'b'), { limits }))))
    assert.match(
      complaint(await stack.up()),
      /limits\.maxDeletes: the plan deletes 1 connection \(c\), none is allowed; /
    )
    assert.deepStrictEqual(traffic(simulator), [])
  })

  /** The last fleet has what neither the connection nor the other fleet has taken. */
  const spread = programOf(
    taking('a'),
    declaringFleet('second', fleetOf(named('b'), { adopt: true, limits: { maxDeletes: 0 } })),
    declaringFleet('first', fleetOf(named('c'), { limits: { maxDeletes: 2 } }), '{ dependsOn: [a, second] }')
  )

  it('to another fleet or to a single one stay where they are when they cannot be taken over', async () => {
    const { simulator, stack } = world
    simulator.addFault({
      match: { method: 'GET', path: guidOf(simulator, 'b') },
      fault: { kind: 'status', status: 403 }
    })
    stack.setProgram(spread)
    assert.match(complaint(await stack.up()), /^Failed: b: Create of .*: the platform rejected GET with status 403/m)
    const { siteGuids } = await outputsOf(stack, 'first')
    assert.deepStrictEqual(Object.keys(siteGuids as object), all)
    assert.deepStrictEqual([...traffic(simulator)].sort(), ['GET a', 'GET b', 'GET details v3'])
  })

  it('are let go when they are taken over, in this run or in an earlier one', async () => {
    const { simulator, stack } = world
    const result = succeeded(await stack.up())
    // The single one was taken over by the run before.
    assert.deepStrictEqual(keptIn(diagnostics(result)), ['a', 'b'].map(kept).sort())
    assert.deepStrictEqual(traffic(simulator), ['GET details v3', 'GET b'])
    const { siteGuids } = await outputsOf(stack, 'first')
    assert.deepStrictEqual(siteGuids, { c: guidOf(simulator, 'c') })
    assert.deepStrictEqual(await inState(), ['a', 'first', 'second'])
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('from whole fleets to single ones are not deleted with them', async () => {
    const { simulator, stack } = world
    stack.setProgram(programOf(...all.map(taking)))
    const text = complaint(await stack.up())
    assert.deepStrictEqual(keptIn(text), [kept('c')])
    assert.match(
      text,
      /limits\.maxDeletes: the plan deletes 1 connection \(b\), none is allowed; .*; nothing was sent$/m
    )
    assert.deepStrictEqual([...traffic(simulator)].sort(), ['GET b', 'GET c', 'GET details v3'])
    assert.deepStrictEqual(await inState(), [...all, 'second'])
    // The other way: what is out of the state is not deleted.
    succeeded(await stack.run(['state', 'delete', stack.urn(fleetType, 'second'), '--yes']))
    assert.deepStrictEqual(await inState(), all)
    assert.deepStrictEqual(
      await Promise.all(all.map(async (name) => (await resource(stack, name)).id)),
      all.map((name) => guidOf(simulator, name))
    )
    assert.deepStrictEqual(await planned(stack), [])
  })
})
