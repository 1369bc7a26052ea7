import * as assert from 'node:assert'
import { HEADQUARTERS_GUID } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import {
  acme,
  complaintAbout,
  contoso,
  program,
  properties,
  providerText,
  resource,
  startWorld,
  traffic,
  type World
} from './World'

describe('A connection that is only looked at', function () {
  this.timeout(60_000)
  let world: World
  const looking = (id: string, customerGuid: string = contoso): string =>
    program(
      {},
      `const hq = live.SipConnection.get('hq', ${JSON.stringify(id)}, { customerGuid: ${JSON.stringify(customerGuid)} })
       exports.hq = pulumi.all([hq.siteName, hq.sbcId, hq.cacProfile, hq.carrierUserName, hq.carrierUserPassword, hq.lastOperation])
         .apply((values) => values.map((value) => value === undefined ? 'none' : value))`
    )
  before(async () => {
    world = await startWorld({ program: looking(HEADQUARTERS_GUID) })
  })
  after(() => world.end())

  it('gives what is no secret to the program', async () => {
    const { stack, simulator } = world
    const result = succeeded(await stack.up())
    assert.deepStrictEqual([...new Set(traffic(simulator))].sort(), ['GET details v3', 'GET headquarters'])
    assert.deepStrictEqual(await stack.outputs(), {
      hq: ['headquarters', 3, '20 sessions', 'contoso-hq', 'none', 'none']
    })
    assert.strictEqual(result.output.includes('made-up-hq-password'), false)
    assert.deepStrictEqual(stack.filesWith('made-up-hq-password'), [])
  })

  it('stands in the state without a secret', async () => {
    const { external, id, outputs } = await resource(world.stack, 'hq')
    assert.deepStrictEqual([external, id], [true, HEADQUARTERS_GUID])
    assert.deepStrictEqual(properties(outputs), {
      __provider: providerText,
      cacProfile: '20 sessions',
      carrierHostName: 'sip.carrier.example',
      carrierMainLine: '15550100',
      carrierUserName: 'contoso-hq',
      configureSbc: true,
      customerGuid: contoso,
      executionMessages: [],
      m365Scripts: { configureM365Routing: false },
      onlinePstnGateway: 'headquarters.sbc3.provider.example',
      pendingTasks: [],
      platform: world.simulator.url,
      sbcDeploymentState: '3',
      sbcId: 3,
      sbcProgrammed: true,
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 },
      schemaVersion: 1,
      siteGuid: HEADQUARTERS_GUID,
      siteName: 'headquarters',
      tenantId: 'a0a0a0a0-0001-4000-8000-000000000002'
    })
  })

  it('is left alone by refresh, up and destroy', async () => {
    const { stack, simulator } = world
    const before = simulator.site(HEADQUARTERS_GUID)
    simulator.clearRequests()
    succeeded(await stack.refresh())
    succeeded(await stack.up())
    succeeded(await stack.destroy())
    assert.deepStrictEqual([...new Set(traffic(simulator))].sort(), ['GET details v3', 'GET headquarters'])
    assert.deepStrictEqual(simulator.site(HEADQUARTERS_GUID), before)
    assert.deepStrictEqual(stack.filesWith('made-up-hq-password'), [])
  })

  it('fails the run when the customer has none with that id', async () => {
    const { stack, simulator } = world
    simulator.clearRequests()
    const missing = '44444444-4444-4444-8444-444444444445'
    for (const [id, customerGuid] of [
      [missing, contoso],
      [HEADQUARTERS_GUID, acme]
    ] as const) {
      stack.setProgram(looking(id, customerGuid))
      assert.deepStrictEqual(complaintAbout(await stack.preview(), 'hq'), [
        `Preview failed: Read of SIP connection (customer ${customerGuid}, site ${id}) failed: Customer ${customerGuid} has no connection ${id}`,
        'Applied: nothing is changed by reading.',
        'Next: correct the id, or the customer, that get names.',
        'correlation id <id>, <time>'
      ])
    }
    assert.deepStrictEqual([...new Set(traffic(simulator))], ['GET details v3'])
  })
})
