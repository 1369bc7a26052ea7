import * as assert from 'node:assert'
import { startSimulator, type Simulator } from '../../simulator'
import { type RunResult, succeeded } from '../support/EngineRun'
import type { Json } from '../support/Json'
import {
  acme,
  complaintAbout,
  guidOf,
  minimal,
  planned,
  program,
  resource,
  startWorld,
  traffic,
  type World
} from './World'

describe('Another base URL than that of the state', function () {
  this.timeout(60_000)
  let world: World
  let other: Simulator
  const changed = program({ branch: { ...minimal('branch'), cacProfile: '5 sessions' } })

  before(async () => {
    // A platform with the same contents at another address: what a move looks like, and what a mix-up must not touch.
    world = await startWorld({ connected: 'environment', program: program({ branch: minimal('branch') }) })
    succeeded(await world.stack.up())
    other = await startSimulator()
    other.addSite({
      customerGuid: acme,
      name: 'branch',
      sbcId: 3,
      onboardingScript: 12001,
      cleanupScript: 12002,
      guid: guidOf(world.simulator, 'branch')
    })
    connect(other)
  })
  after(async () => {
    await world.end()
    await other.close()
  })

  const connect = (to: Simulator, movedFrom?: string): void => {
    world.stack.setEnv('AUDIOCODES_LIVE_BASE_URL', to.url)
    world.stack.setEnv('AUDIOCODES_LIVE_MOVED_FROM', movedFrom)
  }
  const platform = async (): Promise<Json | undefined> => (await resource(world.stack, 'branch')).outputs?.['platform']

  const refused = async (run: Promise<RunResult>): Promise<void> => {
    const said = (await run).output
    const guid = guidOf(other, 'branch')
    const { simulator } = world
    assert.ok(
      said.includes(
        `failed: Connection ${guid} belongs to the platform ${simulator.url}, and the configuration names ${other.url}; nothing was sent`
      ),
      said
    )
    assert.ok(
      said.includes(
        `Next: correct audiocodes-live:baseUrl; if the platform's address really changed, set audiocodes-live:movedFrom to ${simulator.url}.`
      ),
      said
    )
    assert.deepStrictEqual([traffic(other), (await run).code], [[], 1])
  }

  it('is refused by refresh, by an up that changes something and by destroy, which name both and the way', async () => {
    const { stack } = world
    await refused(stack.refresh())
    await refused(stack.destroy())
    stack.setProgram(changed)
    await refused(stack.up())
    assert.strictEqual((await resource(stack, 'branch')).id, guidOf(other, 'branch'))
  })

  it('is accepted by an up with movedFrom, and the state then names the new one', async () => {
    const { stack, simulator } = world
    connect(other, `https://older.example.net/tenantui,${simulator.url}`)
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(other), ['GET branch', 'PATCH branch', 'GET branch'])
    assert.strictEqual(await platform(), other.url)
    connect(other)
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('is accepted by a refresh and by a destroy with movedFrom', async () => {
    const { stack, simulator } = world
    connect(simulator, other.url)
    succeeded(await stack.refresh())
    assert.strictEqual(await platform(), simulator.url)
    connect(other, simulator.url)
    other.clearRequests()
    succeeded(await stack.destroy())
    assert.deepStrictEqual(traffic(other), ['DELETE (gone)', 'GET task'])
  })

  it('is refused as well when the configuration of the stack names it', async () => {
    const { stack, simulator } = world
    simulator.clearRequests()
    other.clearRequests()
    stack.setEnv('AUDIOCODES_LIVE_BASE_URL', undefined)
    stack.setEnv('AUDIOCODES_LIVE_MOVED_FROM', undefined)
    await stack.setConfig('audiocodes-live:baseUrl', simulator.url)
    stack.setProgram(program({ second: minimal('second') }))
    succeeded(await stack.up())
    await stack.setConfig('audiocodes-live:baseUrl', other.url)
    // Without --run-program the engine refreshes with the configuration of the last up.
    succeeded(await stack.refresh())
    assert.deepStrictEqual(traffic(simulator), ['GET details v3', 'POST second', 'GET second', 'GET second'])
    const said = complaintAbout(await stack.refresh(['--run-program']), 'second')
    assert.match(
      said[0] ?? '',
      / belongs to the platform http:\/\/<host>\/tenantui, and the configuration names http:\/\/<host>\/tenantui; nothing was sent$/
    )
    assert.deepStrictEqual(traffic(other), [])
  })
})
