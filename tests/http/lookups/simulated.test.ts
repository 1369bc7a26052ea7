// Every call against the simulator, also where it reads the documentation another way.

import * as assert from 'node:assert'
import { getCallingProfiles } from '../../../provider/lookups/CallingProfiles'
import { getLeads } from '../../../provider/lookups/Leads'
import { customerGuid, sbcId, scriptId } from '../../../provider/lookups/Names'
import { getNumbers } from '../../../provider/lookups/Numbers'
import { getOnlinePstnGateways } from '../../../provider/lookups/OnlinePstnGateways'
import { getSbcDevices } from '../../../provider/lookups/SbcDevices'
import { getScriptTemplates } from '../../../provider/lookups/ScriptTemplates'
import { getService } from '../../../provider/lookups/Service'
import { getCustomers, getServices } from '../../../provider/lookups/Services'
import { getSipConnection } from '../../../provider/lookups/SipConnection'
import { getTask } from '../../../provider/lookups/Task'
import {
  HEADQUARTERS_GUID,
  STATIC_TOKEN,
  type Simulator,
  type Switches,
  customerGuids,
  startSimulator
} from '../../../simulator'
import type { Settings } from '../../../provider/Settings'
import { type TestEnv, testEnv } from '../../support/TestEnv'
import { complained, looked } from '../support/Lookups'
import '../support/Scripted'

describe('Lookups against the simulator', () => {
  let simulator: Simulator
  before(async () => {
    simulator = await startSimulator()
  })
  afterEach(() => {
    simulator.reset()
  })
  after(() => simulator.close())

  const { contoso, initech, acme } = customerGuids
  const initechTenant = 'a0a0a0a0-0001-4000-8000-000000000003'
  /** A new process that asks a platform with these switches. */
  const world = (switches: Partial<Switches> = {}, settings: Partial<Settings> = {}): TestEnv => {
    simulator.setSwitches(switches)
    const credentials = { _tag: 'Token', accessToken: STATIC_TOKEN } as const
    return testEnv({ baseUrl: simulator.url, credentials, ...settings })
  }

  it('find services, in brief and in detail', async () => {
    const brief = (await looked(getServices(), world())).map(({ shortName, customerGuid }) => [shortName, customerGuid])
    assert.deepStrictEqual(brief.slice(0, 3), [
      ['acme', acme],
      ['contoso', contoso],
      ['initech', initech]
    ])
    const older = (await looked(getCustomers(), world())).map(({ shortName, customerGuid }) => [
      shortName,
      customerGuid
    ])
    assert.deepStrictEqual(older, brief)
    const { sipConnections, applicationClientId, ...rest } = await looked(
      getService({ customerGuid: contoso }),
      world()
    )
    assert.deepStrictEqual(
      [sipConnections?.map(({ siteName, siteGuid, sbcId }) => [siteName, siteGuid, sbcId]), rest.shortName],
      [[['headquarters', HEADQUARTERS_GUID, 3]], 'contoso']
    )
    assert.ok(applicationClientId !== undefined)
  })

  it('never give the secret of the app registration, however the platform shows it', async () => {
    const found = await looked(getService({ customerGuid: contoso }), world({ applicationSecret: 'clear' }))
    assert.doesNotMatch(JSON.stringify(found), /made-up-application-secret/)
  })

  it('tell a lead without a license from a service', async () => {
    const env = world({ unlicensedLeads: 'nullGuid' })
    assert.strictEqual(
      await complained(customerGuid({ shortName: 'Globex' }), env),
      'Refused: "Globex" has no customer guid: no license has been applied to the lead yet (Create Service from Lead)'
    )
    assert.strictEqual(await looked(customerGuid({ shortName: 'acme' }), env), acme)
  })

  it('find a connection, without its password', async () => {
    const found = await looked(getSipConnection({ siteGuid: HEADQUARTERS_GUID }), world())
    assert.deepStrictEqual(
      [found.siteName, found.sbcId, found.carrierMainLine, found.sbcScripts],
      [
        'headquarters',
        3,
        '15550100',
        { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } }
      ]
    )
    assert.doesNotMatch(JSON.stringify(found), /made-up-hq-password/)
  })

  it('find scripts, whether the platform pages or not', async () => {
    const of = async (switches: Partial<Switches>) =>
      (await looked(getScriptTemplates(), world(switches))).map(({ id }) => id)
    const documented = await of({})
    assert.ok(documented.includes(12001) && documented.includes(13002))
    assert.deepStrictEqual(await of({ paging: 'whole' }), documented)
    assert.deepStrictEqual(await looked(scriptId({ name: 'trunk-cleanup', kind: 'SbcCleanup' }), world()), 12002)
  })

  it('find gateways of a customer, and no customer where there is none', async () => {
    const found = await looked(getOnlinePstnGateways({ customerGuid: contoso }), world())
    assert.deepStrictEqual(
      found.find(({ fqdn }) => fqdn === 'contoso.example'),
      { fqdn: 'contoso.example', trunkModel: 'AzureAdDomainOnly' }
    )
    const nobody = '99999999-9999-4999-8999-999999999999'
    assert.match(
      await complained(getOnlinePstnGateways({ customerGuid: nobody }), world()),
      /^Refused: the platform knows no customer 9999/
    )
    assert.match(
      await complained(getOnlinePstnGateways({ customerGuid: contoso }), world({ gatewayAnswer: 'service' })),
      /^Contract: expected a list/
    )
  })

  it('find calling profiles and SBCs, with and without Get SBC Devices', async () => {
    assert.deepStrictEqual(
      (await looked(getCallingProfiles(), world())).map(({ name }) => name),
      ['oc-emea', 'oc-emergency']
    )
    const names = [
      [3, 'sbc-frankfurt'],
      [5, 'sbc-london'],
      [8, 'sbc-madrid']
    ]
    for (const additionalSbcs of ['none', 'objects', 'ids'] as const) {
      const found = await looked(getSbcDevices(), world({ additionalSbcs }))
      assert.deepStrictEqual(
        found.map(({ sbcId: id, name }) => [id, name]),
        names
      )
      assert.ok(found.every(({ source, cacProfiles }) => source === 'callingProfile' && cacProfiles === undefined))
    }
    for (const sbcDevicesAnswer of ['camel', 'pascal', 'envelope'] as const) {
      const env = world(
        { sbcDevicesPath: '/api/v2/sbcdevices', sbcDevicesAnswer },
        { sbcDevicesPath: '/api/v2/sbcdevices' }
      )
      const found = await looked(getSbcDevices(), env)
      assert.deepStrictEqual(
        found.map(({ sbcId: id, name }) => [id, name]),
        names
      )
      assert.deepStrictEqual(found[2]?.cacProfiles, ['10 sessions'])
      assert.strictEqual(await looked(sbcId({ nameOrFqdn: 'SBC8.provider.example' }), env), 8)
    }
  })

  it('find all leads, whether pages count from 0 or from 1', async () => {
    const of = async (leadPaging: Switches['leadPaging']) =>
      (await looked(getLeads(), world({ leadPaging }))).map(({ contact, customerGuid: guid }) => [
        contact?.companyName,
        guid
      ])
    const found = await of('newer')
    assert.deepStrictEqual(found.slice(0, 2), [
      ['Initech', initech],
      ['Globex', undefined]
    ])
    assert.deepStrictEqual(await of('older'), found)
  })

  it('find the numbers of a tenant, of one status or of all', async () => {
    const all = await looked(getNumbers({ msTenantId: initechTenant }), world())
    const released = await looked(
      getNumbers({ msTenantId: initechTenant, acquiredNumberStatus: 'Release Requested' }),
      world()
    )
    assert.deepStrictEqual(
      [
        all.map(({ telephoneNumber }) => telephoneNumber),
        released.map(({ telephoneNumber, sbcs }) => [telephoneNumber, sbcs])
      ],
      [
        ['+493023125001', '+493023125002', '+442079460003', '+442079460004'],
        [['+442079460003', [{ sbcId: 5, name: 'sbc-london' }]]]
      ]
    )
  })

  it('find a task, in whatever words its status is', async () => {
    for (const taskWords of ['joined', 'spaced'] as const) {
      const states = await Promise.all(
        ['tsk_msjob_ffffffff-0000-4000-8000-000000000002', 'tsk_msjob_ffffffff-0000-4000-8000-000000000003'].map(
          async (taskId) => (await looked(getTask({ taskId }), world({ taskWords }))).state
        )
      )
      assert.deepStrictEqual(states, ['done', 'failed'])
    }
    assert.match(
      await complained(getTask({ taskId: 'tsk_99' }), world()),
      /^Refused: the platform knows no task tsk_99 \(any more\) \(404/
    )
  })
})
