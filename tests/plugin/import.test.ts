import * as assert from 'node:assert'
import { HEADQUARTERS_GUID, customerGuids } from '../../simulator'
import { secretOnTheWire } from '../support/Json'
import { steadyLines } from '../protocol/support/Rig'
import { failed } from './support/PluginClient'
import { type Rig, startRig, withRig } from './support/PluginProcess'

const { acme, contoso } = customerGuids

describe('an import', () => {
  let rig: Rig
  before(async () => {
    rig = await startRig()
  })
  after(() => rig.close())

  const inputs = {
    customerGuid: contoso,
    siteName: 'headquarters',
    sbcId: 3,
    configureSbc: true,
    cacProfile: '20 sessions',
    carrierUserName: 'contoso-hq',
    carrierUserPassword: secretOnTheWire('made-up-hq-password'),
    carrierMainLine: '15550100',
    carrierHostName: 'sip.carrier.example',
    sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } },
    onlinePstnGateway: 'sbc3.provider.example'
  }

  for (const [what, id] of [
    ['by guids', `${contoso}/${HEADQUARTERS_GUID}`],
    ['by names', 'contoso/headquarters'],
    ['by guid and name', `${contoso}/headquarters`],
    ['by name and guid', `contoso/${HEADQUARTERS_GUID}`]
  ] as const) {
    it(`finds a connection ${what}, with all that the platform shows`, async () => {
      const { plugin, platform } = rig
      assert.deepStrictEqual(await plugin.read(id), {
        id: HEADQUARTERS_GUID,
        inputs,
        props: {
          ...inputs,
          siteGuid: HEADQUARTERS_GUID,
          tenantId: 'a0a0a0a0-0001-4000-8000-000000000002',
          sbcDeploymentState: '3',
          executionMessages: [],
          sbcProgrammed: true,
          pendingTasks: [],
          platform: platform.url,
          managedKeys: [
            ...['customerGuid', 'siteName', 'sbcId', 'configureSbc', 'cacProfile', 'carrierUserName'],
            ...['carrierUserPassword', 'carrierMainLine', 'carrierHostName', 'sbcScripts', 'onlinePstnGateway']
          ],
          schemaVersion: 1
        }
      })
    })
  }

  it('takes guids as the portal shows them', async () => {
    const { plugin, platform } = rig
    const guid = 'abcdefab-cdef-4abc-8def-abcdefabcdef'
    platform.addSite({
      customerGuid: contoso,
      name: 'annex',
      sbcId: 3,
      onboardingScript: 12001,
      cleanupScript: 12002,
      guid
    })
    const found = await plugin.read(`${contoso.toUpperCase()}/${guid.toUpperCase()}`)
    assert.deepStrictEqual([found.id, found.inputs.customerGuid, found.props.siteGuid], [guid, contoso, guid])
    platform.deleteSite(guid)
  })

  it('is followed by a diff of nothing but what the platform does not tell', async () => {
    const { plugin } = rig
    const { id, props, inputs: found } = await plugin.read('contoso/headquarters')
    const olds = { oldInputs: found }
    assert.deepStrictEqual((await plugin.check(found, found)).failures, [])
    assert.deepStrictEqual((await plugin.diff(id, props, found, olds)).changes, 'none')
    const news = { ...found, enableCac: true, carrierRegistration: true, phones: ['+15550100'], proxySet: 'Trunk-A' }
    assert.deepStrictEqual((await plugin.diff(id, props, news, olds)).detail, {
      enableCac: 'add',
      carrierRegistration: 'add',
      phones: 'add',
      proxySet: 'add'
    })
    // It is managed from now on: a refresh finds drift, and that it is gone.
    rig.platform.editSite(HEADQUARTERS_GUID, { cacProfile: '5 sessions' })
    const refreshed = await plugin.read(id, props, olds)
    assert.deepStrictEqual(refreshed.inputs, { ...found, cacProfile: '5 sessions' })
    rig.platform.editSite(HEADQUARTERS_GUID, { cacProfile: '20 sessions' })
  })

  const wrong: readonly (readonly [string, string, string, string])[] = [
    [
      'that is not understood',
      HEADQUARTERS_GUID,
      'The import id is not understood: expected <customer guid>/<site guid>, or <short name of the customer>/<name of the connection>; nothing was sent',
      'give such an id; the guids are in the service details of the customer (field SiteLocation)'
    ],
    [
      'without a second part',
      'contoso/',
      'The import id is not understood: expected <customer guid>/<site guid>, or <short name of the customer>/<name of the connection>; nothing was sent',
      'give such an id; the guids are in the service details of the customer (field SiteLocation)'
    ],
    [
      'of a customer that is not known',
      'contos/headquarters',
      'there is no service with the short name "contos"; there are contoso, acme, initech, umbrella',
      'correct the short name (upper and lower case count)'
    ],
    [
      'of a connection that is not known',
      'contoso/Headquarters',
      `Customer ${contoso} has no such connection; it has "headquarters" (${HEADQUARTERS_GUID})`,
      'correct the second part of the import id (upper and lower case count in a name)'
    ],
    [
      'of a guid that is not known',
      `${acme}/${HEADQUARTERS_GUID.replace(/.$/, '9')}`,
      `Customer ${acme} has no such connection; it has none at all`,
      'correct the second part of the import id (upper and lower case count in a name)'
    ],
    [
      'of a connection of another customer',
      `acme/${HEADQUARTERS_GUID}`,
      `Connection ${HEADQUARTERS_GUID} exists, and is not one of customer ${acme}`,
      'correct the first part of the import id'
    ]
  ]
  for (const [what, id, text, next] of wrong) {
    it(`refuses an id ${what}`, async () => {
      const { message } = await failed(rig.plugin.read(id))
      assert.deepStrictEqual(steadyLines(message), [
        `Read of SIP connection "${id}" failed: ${text}`,
        '    Applied: nothing is changed by reading.',
        `    Next: ${next}.`,
        '    correlation id <id>, <time>'
      ])
    })
  }

  it('refuses a name that two connections have', async () => {
    await withRig({ switches: { duplicateNames: 'allowed' } }, async ({ plugin, platform }) => {
      const site = { customerGuid: contoso, name: 'twin', sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 }
      const guids = ['55555555-5555-4555-8555-555555555551', '55555555-5555-4555-8555-555555555552']
      for (const guid of guids) platform.addSite({ ...site, guid })
      const { message } = await failed(plugin.read('contoso/twin'))
      assert.deepStrictEqual(steadyLines(message).slice(0, 3), [
        `Read of SIP connection "contoso/twin" failed: Customer ${contoso} has 2 connections of this name: ${guids.join(', ')}`,
        '    Applied: nothing is changed by reading.',
        `    Next: give the one that is meant by its id: ${contoso}/<site guid>.`
      ])
      assert.strictEqual((await plugin.read(`contoso/${guids[1] ?? ''}`)).id, guids[1])
    })
  })

  it('says how to go on when the platform does not answer', async () => {
    await withRig({ settings: { maxRetries: '0' } }, async ({ plugin, platform }) => {
      platform.addFault({ match: { method: 'GET' }, fault: { kind: 'status', status: 503 } })
      const { message } = await failed(plugin.read('contoso/headquarters'))
      assert.match(message, /\n {4}Next: run "pulumi import" again\.\n/)
    })
  })
})
