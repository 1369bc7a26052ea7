import * as assert from 'node:assert'
import { succeeded } from '../support/EngineRun'
import {
  acme,
  complaintAbout,
  connectionType,
  contoso,
  guidOf,
  minimal,
  planned,
  program,
  resource,
  sites,
  startWorld,
  traffic,
  type World
} from './World'

describe('A replacement', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({ program: program({ branch: minimal('branch') }) })
    succeeded(await world.stack.up())
  })
  after(() => world.end())

  /** A program in which the customer is known only while it runs. */
  const later = (customerGuid: string): string =>
    program(
      { other: minimal('other') },
      `const customerGuid = declared.other.siteGuid.apply(() => ${JSON.stringify(customerGuid)})
       new live.SipConnection('branch', { ...${JSON.stringify(minimal('branch'))}, customerGuid })`
    )

  it('is planned for a customer that is not known yet, and does not happen when it is the same one', async () => {
    const { stack, simulator } = world
    const guid = guidOf(simulator, 'branch')
    stack.setProgram(later(acme))
    const steps = await stack.previewSteps()
    assert.deepStrictEqual(
      steps.map(({ op, name, replaceReasons }) => ({ op, name, replaceReasons })),
      [
        { op: 'create', name: 'other', replaceReasons: [] },
        { op: 'replace', name: 'branch', replaceReasons: ['customerGuid'] }
      ]
    )
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), ['GET details v3', 'POST other', 'GET other'])
    assert.strictEqual(guidOf(simulator, 'branch'), guid)
  })

  it('deletes first and then creates, in another customer', async () => {
    const { stack, simulator } = world
    const guid = guidOf(simulator, 'branch')
    stack.setProgram(later(contoso))
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), [
      'DELETE (gone)',
      'GET task',
      'GET details v3',
      'POST branch',
      'GET branch'
    ])
    assert.deepStrictEqual(sites(simulator), ['branch', 'other'])
    assert.notStrictEqual(guidOf(simulator, 'branch'), guid)
    assert.strictEqual(simulator.site(guidOf(simulator, 'branch'))?.customerGuid, contoso)
    assert.strictEqual((await resource(stack, 'branch')).id, guidOf(simulator, 'branch'))
    assert.deepStrictEqual((await resource(stack, 'branch')).outputs?.['customerGuid'], contoso)
  })

  it('deletes first also when the engine is told to replace, which asks no provider', async () => {
    const { stack, simulator } = world
    stack.setProgram(program({ branch: { ...minimal('branch'), customerGuid: contoso }, other: minimal('other') }))
    simulator.clearRequests()
    succeeded(await stack.up(['--target-replace', stack.urn(connectionType, 'branch')]))
    assert.deepStrictEqual(traffic(simulator), [
      'DELETE (gone)',
      'GET task',
      'GET details v3',
      'POST branch',
      'GET branch'
    ])
    assert.deepStrictEqual(sites(simulator), ['branch', 'other'])
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('creates first where the program asks for that, and is then told of the name that is taken', async () => {
    const { stack, simulator } = world
    const branch = { args: { ...minimal('branch'), customerGuid: contoso }, options: '{ deleteBeforeReplace: false }' }
    stack.setProgram(program({ branch, other: minimal('other') }))
    simulator.clearRequests()
    const result = await stack.up(['--target-replace', stack.urn(connectionType, 'branch')])
    assert.match(
      complaintAbout(result, 'branch')[0] ?? '',
      /: A connection "branch" exists already at customer 22222222-2222-4222-8222-222222222222 \(site [0-9a-f-]{36}\); nothing was sent$/
    )
    assert.deepStrictEqual(traffic(simulator), ['GET details v3'])
    assert.deepStrictEqual(sites(simulator), ['branch', 'other'])
  })
})
