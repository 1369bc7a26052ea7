import * as assert from 'node:assert'
import { customerGuids, initialState, tenants } from '../../simulator'
import type { Lead, Switches } from '../../simulator'
import { allCustomers, allSites } from '../../simulator/State'
import { at, refused, session } from './support'
import type { Session } from './support'

const ipGroup = {
  configurationName: 'OcEssential_IPGROUP_TYPE',
  customerShortName: 'globex_oc',
  customerFullName: 'Globex OC',
  msTenantId: tenants.globex,
  scriptParameters: { ProxySet: 'Trunk-A', OnlinePstnGateway: 'sbc3.provider.example', Own: 'x' }
}

const tenant = {
  configurationName: 'OcEssential_TENANT_TYPE',
  customerShortName: 'globex_oc',
  msTenantId: tenants.globex
}

const create = (s: Session, body: unknown = ipGroup) => s.send('POST', 'v3/customer', body)

const leadOf = (s: Session, tenantId: string = tenants.globex): Lead | undefined =>
  s.state.leads.find((lead) => lead.tenantId === tenantId)

describe('simulator: Create Service from Lead', () => {
  it('a job makes an OC Essential service with one connection; the lead has it then', () => {
    const s = session({ serviceTaskMs: 100 })
    const { status, body } = create(s)
    const jobId = String(at(body, 'jobId'))
    assert.deepStrictEqual([status, body], [200, { jobId }])
    assert.match(jobId, /^wst_[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/)
    s.now = 99
    assert.strictEqual(at(s.send('GET', `v2/task/${jobId}`).body, 'status'), 'InProgress')
    assert.deepStrictEqual([s.state.customers.size, leadOf(s)?.umpCustomerGuid], [4, null])
    s.now = 100
    const { body: task } = s.send('GET', `v2/task/${jobId}`)
    const guid = leadOf(s)?.umpCustomerGuid
    assert.deepStrictEqual(task, {
      id: jobId,
      status: 'CompletedSuccess',
      details: ['Converted'],
      executionMessages: [],
      outputData: { umpCustomerGuid: guid },
      createTime: '1970-01-01T00:00:00.000Z',
      completeTime: '1970-01-01T00:00:00.100Z',
      cancellationRequested: false
    })
    const [site] = allSites(s.state).slice(1)
    assert.deepStrictEqual(s.send('GET', `v3/customer/${guid}?allDetails=true`).body, {
      UmpCustomerGuid: guid,
      CustomerShortName: 'globex_oc',
      CustomerFullName: 'Globex OC',
      LicenseType: 3,
      LicensedUsersCount: null,
      MsTenantId: tenants.globex,
      ActiveUserCount: 0,
      SiteLocation: [
        {
          id: site?.guid,
          name: 'globex_oc',
          sbcId: 3,
          sbcDeploymentState: 'Deployed',
          sbcConfigurationType: 'SipTrunk'
        }
      ]
    })
    assert.deepStrictEqual(
      [site?.ovocCustomerType, site?.proxySet, site?.onlinePstnGateway, site?.customerVariables],
      ['IPGROUP_TYPE', 'Trunk-A', 'sbc3.provider.example', { Own: 'x' }]
    )
    const [lead] = s.send('GET', `v2/oc/lead?msTenantId=${tenants.globex}`).body as object[]
    assert.strictEqual(at(lead, 'umpCustomerGuid'), guid)
  })

  it('the tenant kind has no connection unless one is wanted', () => {
    const bare = session()
    create(bare, tenant)
    assert.deepStrictEqual([allCustomers(bare.state)[4]?.fullName, allSites(bare.state).length], ['globex_oc', 1])
    const s = session()
    const siteLocation = {
      siteLocationName: 'berlin',
      sbcId: 8,
      sbcOnboardingScript: 12001,
      sbcCleanupScript: 12002,
      sbcOcUploadNumberScript: 14001,
      sbcOcReleaseNumberScript: 14002
    }
    create(s, { ...tenant, siteLocation: [siteLocation], channelId: '15', ovocCustomerType: 'TENANT_TYPE' })
    const [site] = allSites(s.state).slice(1)
    assert.deepStrictEqual(
      [site?.name, site?.sbcId, site?.onboardingScript, site?.cleanupScript, site?.ovocCustomerType],
      ['berlin', 8, 12001, 12002, 'TENANT_TYPE']
    )
  })

  for (const names of [
    { shortName: 'abc', customerFulName: 'A B C', msTenantID: tenants.globex },
    { CustomerShortName: 'abc', customerFullName: 'A B C', msTenantId: tenants.globex }
  ]) {
    it(`spelled ${Object.keys(names).join(', ')}`, () => {
      const s = session()
      assert.strictEqual(create(s, { configurationName: 'OcEssential_TENANT_TYPE', ...names }).status, 200)
      const { shortName, fullName } = allCustomers(s.state)[4] ?? {}
      assert.deepStrictEqual([shortName, fullName], ['abc', 'A B C'])
    })
  }

  it('refuses what is wrong with the body', () => {
    const s = session()
    refused(create(s, {}), {
      configurationName: ['The field is required.'],
      customerShortName: ['The field is required.'],
      msTenantId: ['The field is required.']
    })
    refused(create(s, { ...ipGroup, configurationName: 'X', customerShortName: 'a b', colour: 1 }), {
      configurationName: ['The value must be OcEssential_TENANT_TYPE or OcEssential_IPGROUP_TYPE.'],
      customerShortName: ['The value must not contain blanks, dots or any of \\ / : * ? " < > |.'],
      colour: ['This member is not documented.']
    })
    refused(create(s, { ...ipGroup, siteLocation: { sbcId: 99, colour: 1 } }), {
      sbcId: ['There is no SBC 99.'],
      colour: ['This member is not documented.']
    })
    assert.deepStrictEqual({ ...s.state, counter: 0 }, { ...initialState(), counter: 0 })
  })

  const problem = (answer: { status: number; body: unknown }) => [
    answer.status,
    typeof answer.body === 'string' ? answer.body : at(answer.body, 'detail')
  ]

  const leads: readonly [string, string, readonly unknown[]][] = [
    ['that nobody knows', 'a0a0a0a0-0001-4000-8000-0000000000ff', [404, 'Invalild lead']],
    ['that only Microsoft knows', tenants.soylent, [404, 'Invalild lead']],
    ['that was removed', tenants.umbrella, [400, 'The lead is not active.']],
    ['that has a service', tenants.initech, [400, 'The lead has a service already.']]
  ]
  for (const [name, msTenantId, expected] of leads) {
    it(`refuses a lead ${name}`, () => {
      assert.deepStrictEqual(problem(create(session(), { ...ipGroup, msTenantId })), expected)
    })
  }

  it('refuses a lead whose service is being made, and a short name that the tenant has', () => {
    const s = session({ serviceTaskMs: 100 })
    create(s)
    assert.deepStrictEqual(problem(create(s)), [400, 'The lead has a service already.'])
    const other = session()
    other.send('POST', 'v2/customer', {
      shortName: 'globex_oc',
      siteLocation: { sbcId: 3, sbcOnboardingScript: 12001, sbcCleanupScript: 12002 },
      ovocCustomerType: 'TENANT_TYPE',
      msTenantId: tenants.globex
    })
    refused(create(other), { shortName: ['The tenant has a service of this short name already.'] })
  })

  const ends: readonly [Switches['serviceTask'], unknown, number][] = [
    ['fails', 'Failed', 4],
    ['never', 'InProgress', 4],
    ['vanishes', undefined, 5]
  ]
  for (const [serviceTask, status, services] of ends) {
    it(`serviceTask: ${serviceTask}`, () => {
      const s = session({ serviceTask, serviceTaskMs: 100 })
      const id = String(at(create(s).body, 'jobId'))
      s.now = 1e9
      assert.strictEqual(at(s.send('GET', `v2/task/${id}`).body, 'status'), status)
      assert.deepStrictEqual([s.state.customers.size, leadOf(s)?.umpCustomerGuid !== null], [services, services === 5])
    })
  }

  it('a lead whose service has been deleted may be used again', () => {
    const s = session()
    create(s)
    const guid = leadOf(s)?.umpCustomerGuid
    assert.deepStrictEqual(s.send('DELETE', `v2/customer/${guid}`), { status: 200, body: 1 })
    assert.strictEqual(leadOf(s)?.umpCustomerGuid, null)
    assert.strictEqual(create(s).status, 200)
    s.send('DELETE', `v2/customer/${customerGuids.initech}`)
    assert.strictEqual(leadOf(s, tenants.initech)?.umpCustomerGuid, null)
  })
})
