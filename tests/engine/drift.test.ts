import * as assert from 'node:assert'
import { type RunResult, succeeded } from '../support/EngineRun'
import { nameOf } from '../support/Stack'
import {
  acme,
  complaintAbout,
  diagnostics,
  full,
  guidOf,
  minimal,
  planned,
  program,
  properties,
  resource,
  sites,
  startWorld,
  traffic,
  type World
} from './World'

describe('A connection that was changed outside', function () {
  this.timeout(60_000)
  let world: World
  const declarations = { whole: { ...full('whole'), allow: ['rename', 'sbcMove'] }, bare: minimal('bare') }
  before(async () => {
    world = await startWorld({ program: program(declarations) })
    succeeded(await world.stack.up())
  })
  after(() => world.end())

  it('shows in the refresh and in the preview, field by field, and is put back by one PATCH', async () => {
    const { stack, simulator } = world
    const guid = guidOf(simulator, 'whole')
    const before = simulator.site(guid)
    simulator.editSite(guid, {
      cacProfile: '50 sessions',
      carrierHostName: 'sip.other.example',
      carrierMainLine: 'other',
      carrierUserName: 'other',
      configureSbc: false,
      customerVariables: { Region: 'APAC' },
      m365CleanupScript: 13001,
      name: 'other',
      onlinePstnGateway: 'sbc5.provider.example',
      sbcId: 5
    })
    const fields = [
      ...['cacProfile', 'carrierHostName', 'carrierMainLine', 'carrierUserName', 'configureSbc', 'm365Scripts'],
      ...['onlinePstnGateway', 'sbcId', 'sbcScripts', 'siteName']
    ]
    // The bare connection declares none of these.
    simulator.editSite(guidOf(simulator, 'bare'), { cacProfile: '5 sessions', carrierUserPassword: 'set outside' })

    const { stdout } = succeeded(await stack.refresh())
    assert.strictEqual(/whole updated .*\[diff: (.*)\]/.exec(stdout)?.[1], `~${fields.join(',')}`)
    assert.match(stdout, /\nResources:\n +~ 1 updated\n +2 unchanged\n/)
    const { inputs, outputs } = await resource(stack, 'whole')
    const live = { cacProfile: '50 sessions', configureSbc: false, sbcId: 5, siteName: 'other' }
    for (const side of [properties(inputs), properties(outputs)]) {
      const { cacProfile, configureSbc, sbcId, siteName } = side
      assert.deepStrictEqual({ cacProfile, configureSbc, sbcId, siteName }, live)
    }

    assert.deepStrictEqual(await planned(stack), [`update whole: ${fields.join(', ')}`])
    const { stdout: shown } = await stack.preview(['--diff'])
    for (const line of [
      /~ cacProfile +: "50 sessions" => "10 sessions"/,
      /~ configureSbc +: false => true/,
      /~ Region *: "APAC" => "EMEA"/,
      /~ sbcId +: 5 => 3/
    ]) {
      assert.match(shown, line)
    }

    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), ['GET whole', 'PATCH whole', 'GET whole'])
    assert.deepStrictEqual(simulator.site(guid), before)
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('is not touched while nothing looks', async () => {
    const { stack, simulator } = world
    const guid = guidOf(simulator, 'whole')
    simulator.editSite(guid, { cacProfile: '20 sessions' })
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), [])
    assert.strictEqual(simulator.site(guid)?.cacProfile, '20 sessions')
  })

  it('is named in a warning when another field is changed, and is put back as well', async () => {
    const { stack, simulator } = world
    stack.setProgram(program({ ...declarations, whole: { ...declarations.whole, carrierUserName: 'user-2' } }))
    const result = succeeded(await stack.up())
    assert.match(
      diagnostics(result),
      /^Connection "whole" was changed outside of Pulumi since the last run: cacProfile\. The declared values are sent\.$/m
    )
    assert.deepStrictEqual(traffic(simulator), ['GET whole', 'PATCH whole', 'GET whole'])
    const { cacProfile, carrierUserName } = simulator.site(guidOf(simulator, 'whole')) ?? {}
    assert.deepStrictEqual({ cacProfile, carrierUserName }, { cacProfile: '10 sessions', carrierUserName: 'user-2' })
  })
})

describe('A connection that was deleted outside', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({ program: program({ branch: minimal('branch'), other: minimal('other') }) })
    succeeded(await world.stack.up())
  })
  after(() => world.end())

  it('cannot be changed: the error says to refresh', async () => {
    const { stack, simulator } = world
    simulator.deleteSite(guidOf(simulator, 'branch'))
    stack.setProgram(program({ branch: { ...minimal('branch'), cacProfile: '5 sessions' }, other: minimal('other') }))
    simulator.clearRequests()
    const said = complaintAbout(await stack.up(), 'branch')
    const { id } = await resource(stack, 'branch')
    assert.deepStrictEqual(said, [
      `Update of SIP connection "branch" (customer ${acme}, site ${id}, SBC 3) failed: Connection ${id} does not exist any more: it was deleted outside of Pulumi`,
      'Applied: nothing was changed.',
      'Calls: not affected.',
      'Next: run "pulumi refresh", then "pulumi up" to create it again.',
      'correlation id <id>, <time>'
    ])
    assert.deepStrictEqual(traffic(simulator), ['GET (gone)', 'GET details v3'])
  })

  it('is dropped by a refresh and created again by the next up', async () => {
    const { stack, simulator } = world
    simulator.clearRequests()
    const { stdout } = succeeded(await stack.refresh())
    assert.match(stdout, /\nResources:\n +- 1 deleted\n +2 unchanged\n/)
    assert.deepStrictEqual([...traffic(simulator)].sort(), ['GET (gone)', 'GET details v3', 'GET other'])
    assert.deepStrictEqual(
      (await stack.resources()).map(({ urn }) => nameOf(urn)),
      ['other']
    )
    assert.deepStrictEqual(await planned(stack), ['create branch'])
    succeeded(await stack.up())
    assert.deepStrictEqual(sites(simulator), ['branch', 'other'])
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('counts as deleted when it is destroyed', async () => {
    const { stack, simulator } = world
    simulator.deleteSite(guidOf(simulator, 'branch'))
    simulator.clearRequests()
    succeeded(await stack.destroy())
    assert.deepStrictEqual([...traffic(simulator)].sort(), [
      'DELETE (gone)',
      'DELETE (gone)',
      'GET details v3',
      'GET task'
    ])
    assert.deepStrictEqual(sites(simulator), [])
    assert.deepStrictEqual(await stack.resources(), [])
  })
})

describe('A platform that answers 404 to everything', function () {
  this.timeout(60_000)
  let world: World
  const names = async (): Promise<readonly string[]> =>
    (await world.stack.resources()).map(({ urn }) => nameOf(urn)).sort()
  before(async () => {
    world = await startWorld({
      connected: 'environment',
      program: program({ one: minimal('one'), two: minimal('two') })
    })
    succeeded(await world.stack.up())
  })
  after(() => world.end())

  /** What is said of each connection, without its own name and ids. */
  const refused = async (run: Promise<RunResult>): Promise<readonly string[]> => {
    const result = await run
    return ['one', 'two'].map((name) => (complaintAbout(result, name)[0] ?? '').replace(/^.* failed: /, ''))
  }

  it('loses no connection from the state', async () => {
    const { stack, simulator } = world
    simulator.addFault({ times: 'always', fault: { kind: 'status', status: 404 } })
    const text = `The platform knows no customer ${acme} (404: Scripted failure), or http://<host>/tenantui is not its base URL`
    assert.deepStrictEqual(await refused(stack.refresh()), [text, text])
    assert.deepStrictEqual(await names(), ['one', 'two'])
    assert.deepStrictEqual(await refused(stack.destroy()), [text, text])
    assert.deepStrictEqual(await names(), ['one', 'two'])
    simulator.clearFaults()
  })

  it('loses none either when the base URL has a wrong path and the former one is named', async () => {
    const { stack, simulator } = world
    stack.setEnv('AUDIOCODES_LIVE_BASE_URL', `${simulator.origin}/portal`)
    stack.setEnv('AUDIOCODES_LIVE_MOVED_FROM', simulator.url)
    const text = `The platform knows no customer ${acme} (404), or http://<host>/portal is not its base URL`
    assert.deepStrictEqual(await refused(stack.refresh()), [text, text])
    assert.deepStrictEqual(await names(), ['one', 'two'])
  })

  it('has lost none, as the right base URL shows', async () => {
    const { stack, simulator } = world
    stack.setEnv('AUDIOCODES_LIVE_BASE_URL', simulator.url)
    stack.setEnv('AUDIOCODES_LIVE_MOVED_FROM', undefined)
    assert.match(succeeded(await stack.refresh()).stdout, /\nResources:\n +3 unchanged\n/)
    assert.deepStrictEqual(await planned(stack), [])
  })
})
