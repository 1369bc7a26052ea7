import * as assert from 'node:assert'
import { isAlive, until } from '../support/Children'
import { type EngineRun, succeeded } from '../support/EngineRun'
import { nameOf } from '../support/Stack'
import {
  acme,
  complaint,
  complaintAbout,
  guidOf,
  minimal,
  planned,
  program,
  resource,
  sites,
  startWorld,
  traffic,
  writes,
  type World
} from './World'

const unattended = ['up', '--skip-preview', '--yes']

/** The connection as it can be taken over: with what the platform does not tell. */
const branch = { ...minimal('branch'), enableCac: false, carrierRegistration: false }

/** Starts an `up` and waits until its `POST` has taken effect; the answer comes `ms` after that. */
const untilPosted = async ({ simulator, stack }: World, ms: number): Promise<EngineRun> => {
  simulator.addFault({ match: { method: 'POST' }, fault: { kind: 'delay', ms } })
  const run = stack.spawn(unattended)
  await until('the POST has arrived', () => writes(simulator).includes('POST branch'), 30)
  return run
}

describe('An engine that is killed in the middle of a POST', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({ program: program({ branch }) })
  })
  after(() => world.end())

  it('takes its provider with it, which sends nothing more', async () => {
    const { simulator, stack } = world
    const run = await untilPosted(world, 1500)
    const providers = run.providers()
    assert.strictEqual(providers.length, 1)
    run.kill('SIGKILL')
    assert.strictEqual((await run.result).signal, 'SIGKILL')
    // It may wait for the answer to what it has sent, and then has nothing left to do.
    await until('the provider has ended', () => !providers.some(isAlive), 10)
    assert.deepStrictEqual(traffic(simulator), ['GET details v3', 'POST branch'])
    assert.deepStrictEqual(sites(simulator), ['branch'])
    assert.deepStrictEqual(await stack.resources(), [])
  })

  it('is followed by an up that sends no second POST and names the site to take over', async () => {
    const { simulator, stack } = world
    const guid = guidOf(simulator, 'branch')
    await stack.cancel()
    simulator.clearRequests()
    const said = complaintAbout(await stack.up(), 'branch')
    assert.deepStrictEqual(traffic(simulator), ['GET details v3'])
    assert.strictEqual(
      said[0],
      `Create of SIP connection "branch" (customer ${acme}, SBC 3) failed: A connection "branch" exists already at customer ${acme} (site ${guid}); nothing was sent`
    )
    assert.ok(said[3]?.startsWith(`Next: to take it over, declare adopt: "${guid}" (or adopt: true)`), said[3])
  })

  it('is over with that adopt', async () => {
    const { simulator, stack } = world
    const guid = guidOf(simulator, 'branch')
    stack.setProgram(program({ branch: { ...branch, adopt: guid } }))
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), ['GET details v3', 'GET branch'])
    assert.deepStrictEqual([(await resource(stack, 'branch')).id, sites(simulator)], [guid, ['branch']])
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('leaves a note of the engine, which a refresh takes away', async () => {
    const { stack } = world
    const pending = async (): Promise<readonly string[]> =>
      ((await stack.export()).deployment.pending_operations ?? []).map(
        ({ type, resource: { urn } }) => `${type} ${nameOf(urn)}`
      )
    assert.deepStrictEqual(await pending(), ['creating branch'])
    succeeded(await stack.refresh(['--clear-pending-creates']))
    assert.deepStrictEqual(await pending(), [])
    assert.deepStrictEqual(await planned(stack), [])
  })
})

describe('An engine that is interrupted once in the middle of a POST', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({ program: program({ branch }) })
  })
  after(() => world.end())

  it('waits for the create, keeps the connection and ends', async () => {
    const { simulator, stack } = world
    const run = await untilPosted(world, 1500)
    run.kill('SIGINT')
    const result = await run.result
    assert.strictEqual(complaint(result), 'pulumi:pulumi:Stack (harness-dev):\nerror: update canceled')
    assert.deepStrictEqual(traffic(simulator), [
      ...['GET details v3', 'POST branch', 'GET branch', 'PATCH branch', 'GET branch']
    ])
    assert.deepStrictEqual(sites(simulator), ['branch'])
    assert.strictEqual((await resource(stack, 'branch')).id, guidOf(simulator, 'branch'))
    assert.deepStrictEqual((await stack.export()).deployment.pending_operations ?? [], [])
  })

  it('is followed by an up that has the one connection', async () => {
    const { simulator, stack } = world
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), [])
    assert.deepStrictEqual(sites(simulator), ['branch'])
    assert.deepStrictEqual(await planned(stack), [])
  })
})
