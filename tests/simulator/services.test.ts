import * as assert from 'node:assert'
import { customerGuids, HEADQUARTERS_GUID, initialState, manySites, manySitesCustomer, tenants } from '../../simulator'
import { acme, added, at, contoso, session } from './support'

const { initech, umbrella } = customerGuids

const v3 = (guid: string | null, name: string, fullName: string, licenseType: number, users: number | null) => ({
  UmpCustomerGuid: guid,
  CustomerShortName: name,
  CustomerFullName: fullName,
  LicenseType: licenseType,
  LicensedUsersCount: users
})

const liveHub = { LiveHubActiveUsersCount: 0, LiveHubSimpleUsersCount: 0 }

const listV3 = [
  { ...v3(acme, 'acme', 'Acme Incorporated', 1, 25), MsTenantId: tenants.acme, ActiveUserCount: 12, ...liveHub },
  {
    ...v3(contoso, 'contoso', 'Contoso Limited', 2, 200),
    MsTenantId: tenants.contoso,
    ActiveUserCount: 180,
    ...liveHub
  },
  { ...v3(initech, 'initech', 'Initech', 5, null), MsTenantId: tenants.initech, ActiveUserCount: 0, ...liveHub },
  {
    ...v3(umbrella, 'umbrella', 'Umbrella Holding', 3, 0),
    MsTenantId: tenants.umbrella,
    ActiveUserCount: 0,
    ...liveHub
  }
]

const listV2 = [
  { Id: acme, ShortName: 'acme', FullName: 'Acme Incorporated', LicenseType: 1 },
  { Id: contoso, ShortName: 'contoso', FullName: 'Contoso Limited', LicenseType: 2 },
  { Id: initech, ShortName: 'initech', FullName: 'Initech', LicenseType: 5 },
  { Id: umbrella, ShortName: 'umbrella', FullName: 'Umbrella Holding', LicenseType: 3 }
]

const headquarters = {
  id: HEADQUARTERS_GUID,
  name: 'headquarters',
  sbcId: 3,
  sbcDeploymentState: 'Deployed',
  sbcConfigurationType: 'SipTrunk'
}

describe('simulator: services', () => {
  it('V3: lists them', () => {
    assert.deepStrictEqual(session().send('GET', 'v3/customer'), { status: 200, body: listV3 })
  })

  it('V3: lists them with their connections', () => {
    const locations = [[], [headquarters], [], []]
    assert.deepStrictEqual(session().send('GET', 'v3/customer?allDetails=true'), {
      status: 200,
      body: listV3.map((each, i) => ({ ...each, SiteLocation: locations[i] }))
    })
  })

  it('V2: lists them under other names', () => {
    assert.deepStrictEqual(session().send('GET', 'v2/customer'), { status: 200, body: listV2 })
  })

  it('are not paged, however many there are', () => {
    const s = session({}, manySites(300, 2))
    for (const path of ['v3/customer?PageNumber=2&PageSize=10', 'v2/customer?PageNumber=2']) {
      assert.strictEqual((s.send('GET', path).body as unknown[]).length, 304)
    }
    const details = s.send('GET', `v3/customer/${manySitesCustomer(300)}?allDetails=true`).body
    assert.deepStrictEqual(
      (at(details, 'SiteLocation') as { name: string }[]).map(({ name }) => name),
      ['branch-1', 'branch-2']
    )
  })

  it('unlicensedLeads: leads without a license come last, with a null guid; such as Microsoft alone knows do not', () => {
    const s = session({ unlicensedLeads: 'nullGuid' })
    const globex = { MsTenantId: tenants.globex, ActiveUserCount: 0, ...liveHub }
    assert.deepStrictEqual(s.send('GET', 'v3/customer').body, [
      ...listV3,
      { ...v3(null, 'Globex', 'Globex', 0, null), ...globex }
    ])
    const withDetails = s.send('GET', 'v3/customer?allDetails=true').body as unknown[]
    assert.deepStrictEqual(withDetails[4], { ...v3(null, 'Globex', 'Globex', 0, null), ...globex, SiteLocation: [] })
    assert.deepStrictEqual(s.send('GET', 'v2/customer').body, [
      ...listV2,
      { Id: null, ShortName: 'Globex', FullName: 'Globex', LicenseType: 0 }
    ])
  })

  it('applicationSecret: the first characters, or all of it', () => {
    const shown = (applicationSecret: 'masked' | 'clear') =>
      at(
        session({ applicationSecret }).send('GET', `v3/customer/${contoso}?allDetails=true`).body,
        'ApplicationClientSecret'
      )
    assert.deepStrictEqual([shown('masked'), shown('clear')], ['~-x', '~-x.made-up-application-secret'])
  })

  it('states: words in the connections of the list, or integers', () => {
    const s = session({ states: 'integers' })
    added(s)
    const [first] = s.send('GET', 'v3/customer?allDetails=true').body as unknown[]
    assert.strictEqual(at((at(first, 'SiteLocation') as unknown[])[0], 'sbcDeploymentState'), 3)
  })

  it('without any', () => {
    const none = { ...initialState(), customers: { ...initialState().customers, size: 0, branches: [] } }
    const s = session({}, none)
    assert.deepStrictEqual([s.send('GET', 'v3/customer').body, s.send('GET', 'v2/customer').body], [[], []])
  })
})
