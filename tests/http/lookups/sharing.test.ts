import * as assert from 'node:assert'
import { getCallingProfiles } from '../../../provider/lookups/CallingProfiles'
import { customerGuid, sbcId, scriptId } from '../../../provider/lookups/Names'
import { getSbcDevices } from '../../../provider/lookups/SbcDevices'
import { getScriptTemplates } from '../../../provider/lookups/ScriptTemplates'
import { getService } from '../../../provider/lookups/Service'
import { getServices } from '../../../provider/lookups/Services'
import { getTask } from '../../../provider/lookups/Task'
import { testEnv } from '../../support/TestEnv'
import { complained, looked } from '../support/Lookups'
import { answers, ok } from '../support/Scripted'

const guid = '11111111-1111-4111-8111-111111111111'
const services = ok([{ UmpCustomerGuid: guid, CustomerShortName: 'acme' }])
const scripts = ok([{ id: 12001, name: 'trunk-onboarding', scriptType: 1 }])
const sbc = { sbcId: 3, name: 'sbc-frankfurt', fqdn: 'sbc3.example.net' }
const profiles = ok([{ callingProfileId: 'p-1', trunksEnrolled: [{ matchingSbcList: [sbc] }] }])

describe('A read', () => {
  it('is sent once a process, however many connections name things: 200 of them', async () => {
    const world = testEnv()
    const sent = answers([
      ['GET /tenantui/api/v3/customer', services],
      ['GET /tenantui/api/v2/scripttemplates?scriptType=Any&allDetails=true&PageNumber=0&PageSize=100', scripts],
      ['GET /tenantui/api/v2/oc/callingprofile', profiles]
    ])
    const connections = await Promise.all(
      Array.from({ length: 200 }, async () => [
        await looked(customerGuid({ shortName: 'acme' }), world),
        await looked(scriptId({ name: 'trunk-onboarding' }), world),
        await looked(sbcId({ nameOrFqdn: 'sbc-frankfurt' }), world)
      ])
    )
    assert.deepStrictEqual(
      connections,
      Array.from({ length: 200 }, () => [guid, 12001, 3])
    )
    assert.strictEqual(sent.length, 3)
  })

  it('serves whoever asks for the same, in whatever form', async () => {
    const world = testEnv()
    const sent = answers([
      ['GET', profiles],
      ['GET', services],
      ['GET', services],
      ['GET', ok({ UmpCustomerGuid: guid, SiteLocation: [] })],
      ['GET', scripts]
    ])
    await looked(getCallingProfiles(), world)
    await looked(getSbcDevices(), world)
    await looked(getServices({ allDetails: true }), world)
    await looked(getServices(), world)
    await looked(customerGuid({ shortName: 'acme' }), world)
    await looked(getService({ customerGuid: guid }), world)
    await looked(getService({ customerGuid: guid }), world)
    await looked(getScriptTemplates(), world)
    await looked(scriptId({ name: 'trunk-onboarding', kind: 'SbcOnboarding' }), world)
    assert.deepStrictEqual(
      sent.map(({ url }) => url.replace('/tenantui/api', '')),
      [
        '/v2/oc/callingprofile',
        '/v3/customer?allDetails=true',
        '/v3/customer',
        `/v3/customer/${guid}?allDetails=true`,
        '/v2/scripttemplates?scriptType=Any&allDetails=true&PageNumber=0&PageSize=100'
      ]
    )
  })

  it('that fails is told to those who waited for it, and not kept', async () => {
    const world = testEnv()
    const sent = answers([
      ['GET', { status: 403, body: '"not you"' }],
      ['GET', services]
    ])
    const failed = await Promise.all([
      complained(getServices(), world),
      complained(customerGuid({ shortName: 'acme' }), world)
    ])
    assert.deepStrictEqual([failed, sent.length], [['Rejected: not you', 'Rejected: not you'], 1])
    assert.strictEqual(await looked(customerGuid({ shortName: 'acme' }), world), guid)
    assert.strictEqual(sent.length, 2)
  })

  it('of one configuration is not that of another', async () => {
    const sent = answers([
      ['GET', services],
      ['GET', ok([])]
    ])
    assert.strictEqual((await looked(getServices(), testEnv())).length, 1)
    assert.strictEqual((await looked(getServices(), testEnv())).length, 0)
    assert.strictEqual(sent.length, 2)
  })

  it('of a task is sent every time', async () => {
    const world = testEnv()
    answers([
      ['GET', ok({ status: 'InProgress' })],
      ['GET', ok({ status: 'CompletedSuccess' })]
    ])
    const states = [
      await looked(getTask({ taskId: 'tsk_1' }), world),
      await looked(getTask({ taskId: 'tsk_1' }), world)
    ]
    assert.deepStrictEqual(
      states.map(({ state }) => state),
      ['running', 'done']
    )
  })
})
