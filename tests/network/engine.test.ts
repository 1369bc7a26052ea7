import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { succeeded } from '../support/EngineRun'
import { type TemporaryProject, temporaryProject } from '../support/TemporaryProject'
import { minimal, planned, program, sites, startWorld, type World } from '../engine/World'
import { type Toxic, type Toxiproxy, startToxiproxy } from './Toxiproxy'

const names = ['branch-1', 'branch-2', 'branch-3', 'branch-4', 'branch-5', 'branch-6']

/** Declared so that a connection whose creation nobody saw the end of is taken over, which is what the error of the first run tells. */
const declarations = (cacProfile: string) =>
  program(
    Object.fromEntries(
      names.map((name) => [
        name,
        { ...minimal(name), cacProfile, configureSbc: true, enableCac: true, carrierRegistration: false, adopt: true }
      ])
    )
  )

/** Each strikes some of the connections to the platform, chosen by the seed. */
const unreliable: ReadonlyArray<Toxic> = [
  { type: 'reset_peer', toxicity: 0.25, attributes: { timeout: 0 } },
  { type: 'limit_data', toxicity: 0.15, attributes: { bytes: 200 } },
  { type: 'timeout', toxicity: 0.1, attributes: { timeout: 300 } },
  { type: 'latency', toxicity: 0.5, attributes: { latency: 50, jitter: 50 } }
]

describe('network: the real engine over a network that breaks at random', function () {
  this.timeout(180_000)
  let world: World
  let proxy: Toxiproxy
  let folder: TemporaryProject
  before(async () => {
    folder = temporaryProject()
    proxy = await startToxiproxy(20_261_124)
    world = await startWorld({
      program: declarations('5 sessions'),
      settings: { requestTimeout: '1', programTimeout: '1', maxRetries: '2', trace: wireLog() }
    })
    await world.stack.setConfig('audiocodes-live:baseUrl', await proxy.through(world.simulator.url))
  })
  after(async () => {
    await world.end()
    await proxy.end()
    folder.dispose()
  })

  const everywhere = (): ReadonlyArray<string | null> =>
    world.simulator.state().sites.flatMap(({ name, cacProfile }) => (names.includes(name) ? [cacProfile] : []))

  const wireLog = (): string => path.join(folder.directory, 'wire.jsonl')

  /** Requests without an answer so far. */
  const struck = (): number =>
    fs
      .readFileSync(wireLog(), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"fault"')).length

  /** A run on the broken network, which may fail, and one on a whole network, which may not. */
  const brokenThenWhole = async (): Promise<void> => {
    for (const toxic of unreliable) await proxy.add(toxic)
    const before = fs.existsSync(wireLog()) ? struck() : 0
    await world.stack.up(['--continue-on-error'])
    await proxy.heal()
    assert.ok(struck() > before, 'the network was not broken for any request')
    succeeded(await world.stack.up())
  }

  it('creation: each connection once in the end, and nothing left to do', async () => {
    await brokenThenWhole()
    assert.deepStrictEqual(
      { sites: sites(world.simulator), planned: await planned(world.stack), profiles: new Set(everywhere()) },
      { sites: names, planned: [], profiles: new Set(['5 sessions']) }
    )
  })

  it('a change: everywhere in the end', async () => {
    world.stack.setProgram(declarations('10 sessions'))
    await brokenThenWhole()
    assert.deepStrictEqual(
      { sites: sites(world.simulator), planned: await planned(world.stack), profiles: everywhere() },
      { sites: names, planned: [], profiles: names.map(() => '10 sessions') }
    )
  })

  it('destruction: nothing left, on the platform and in the state', async () => {
    for (const toxic of unreliable) await proxy.add(toxic)
    await world.stack.destroy(['--continue-on-error'])
    await proxy.heal()
    succeeded(await world.stack.destroy())
    assert.deepStrictEqual(
      { sites: sites(world.simulator), resources: await world.stack.resources() },
      { sites: [], resources: [] }
    )
  })
})
