import * as assert from 'node:assert'
import { customerGuids, initialState, manyLeads, tenants } from '../../simulator'
import { at, refused, session, UNKNOWN } from './support'
import type { Session } from './support'

const operatorId = 'dddddddd-0002-4000-8000-000000000001'

const contact = (fullName: string | null, companyName: string) => ({
  fullName,
  email: null,
  phoneNumber: null,
  companyName
})

const initech = {
  civicAddresses: [
    {
      id: 'dddddddd-0001-4000-8000-000000000001',
      country: 'DE',
      cityOrTown: 'Berlin',
      streetName: 'Example Street',
      houseNumber: '1',
      postalOrZipCode: '10115'
    }
  ],
  comments: null,
  umpCustomerGuid: customerGuids.initech,
  isNotActive: false,
  channelId: '15',
  ovocChannelId: 15,
  isDirectLead: false,
  id: 'dddddddd-0000-4000-8000-000000000001',
  tenantId: tenants.initech,
  tenantOrigin: 'Office365',
  operatorId,
  status: 'Active',
  consentedOn: '2024-04-03T13:32:12.8286742Z',
  lastModifiedOn: '2024-04-04T08:00:00Z',
  consentedCountries: ['DE', 'GB'],
  contactDetails: { ...contact('Bill Example', 'Initech'), companySize: null },
  contacts: [contact('Bill Example', 'Initech')]
}

const globex = {
  civicAddresses: [
    {
      id: 'dddddddd-0001-4000-8000-000000000002',
      country: 'FR',
      cityOrTown: 'Paris',
      streetName: 'Example Street',
      houseNumber: '2',
      postalOrZipCode: '75001'
    }
  ],
  comments: null,
  umpCustomerGuid: null,
  isNotActive: null,
  channelId: null,
  ovocChannelId: null,
  isDirectLead: true,
  id: 'dddddddd-0000-4000-8000-000000000002',
  tenantId: tenants.globex,
  tenantOrigin: null,
  operatorId: null,
  status: 'Active',
  consentedOn: '0001-01-01T00:00:00',
  lastModifiedOn: '0001-01-01T00:00:00',
  consentedCountries: ['FR'],
  contactDetails: { ...contact(null, 'Globex'), companySize: null },
  contacts: null
}

const umbrella = {
  ...initech,
  civicAddresses: null,
  comments: 'left at the end of 2022',
  umpCustomerGuid: customerGuids.umbrella,
  isNotActive: true,
  channelId: null,
  ovocChannelId: null,
  id: 'dddddddd-0000-4000-8000-000000000003',
  tenantId: tenants.umbrella,
  status: 'Removed',
  consentedOn: '2021-12-21T13:50:02.7271943Z',
  lastModifiedOn: '2022-02-23T11:56:01.5948813Z',
  consentedCountries: [],
  contactDetails: { ...contact('Alice Example', 'Umbrella Holding'), companySize: null },
  contacts: [contact('Alice Example', 'Umbrella Holding')]
}

const soylent = {
  ...umbrella,
  comments: null,
  umpCustomerGuid: null,
  isNotActive: null,
  id: 'dddddddd-0000-4000-8000-000000000004',
  tenantId: tenants.soylent,
  status: 'Active',
  consentedOn: '2025-01-15T10:30:00Z',
  lastModifiedOn: '2025-01-15T10:30:00Z',
  consentedCountries: ['GB'],
  contactDetails: { ...contact(null, 'Soylent'), companySize: null },
  contacts: null
}

const path = 'v2/oc/lead'
const names = (s: Session, query: string): readonly unknown[] =>
  (s.send('GET', `${path}?${query}`).body as unknown[]).map((lead) => at(lead, 'contactDetails.companyName'))

describe('simulator: leads', () => {
  it('all that are known here', () => {
    assert.deepStrictEqual(session().send('GET', path), { status: 200, body: [initech, globex, umbrella] })
  })

  it('of one tenant, in either documented spelling', () => {
    const s = session()
    for (const name of ['msTenantId', 'msTenantID']) {
      const answer = s.send('GET', `${path}?${name}=${tenants.umbrella.toUpperCase()}`)
      assert.deepStrictEqual(answer, { status: 200, body: [umbrella] })
    }
  })

  it('reading a direct lead without addresses keeps those of Microsoft; other leads stay as they are', () => {
    const s = session()
    const addresses = () =>
      s.state.leads.map(({ civicAddresses }) => civicAddresses?.map(({ cityOrTown }) => cityOrTown))
    s.send('GET', `${path}?msTenantId=${tenants.initech}`)
    assert.deepStrictEqual(addresses(), [['Berlin'], undefined, undefined, undefined])
    s.send('GET', `${path}?PageNumber=2&PageSize=1`)
    assert.deepStrictEqual(addresses(), [['Berlin'], ['Paris'], undefined, undefined])
  })

  it('reading a lead that is not direct, or has addresses, fetches none', () => {
    const { leads } = initialState()
    const addressesAtMicrosoft = leads[1]?.addressesAtMicrosoft ?? []
    const s = session({}, { ...initialState(), leads: leads.map((lead) => ({ ...lead, addressesAtMicrosoft })) })
    s.state = { ...s.state, leads: s.state.leads.map((lead, i) => (i === 0 ? { ...lead, isDirectLead: true } : lead)) }
    const cities = (s.send('GET', path).body as unknown[]).map((lead) => at(lead, 'civicAddresses.0.cityOrTown'))
    assert.deepStrictEqual(cities, ['Berlin', 'Paris', undefined])
  })

  it('a page beyond the last of a known tenant is empty', () => {
    const answer = session().send('GET', `${path}?msTenantId=${tenants.initech}&PageNumber=2`)
    assert.deepStrictEqual(answer, { status: 200, body: [] })
  })

  it('checkOnline: a lead that only Microsoft knows is known here from then on', () => {
    const s = session()
    const one = `${path}?msTenantId=${tenants.soylent}`
    const unknown = { status: 404, body: 'Invalild lead' }
    assert.deepStrictEqual(s.send('GET', one), unknown)
    assert.deepStrictEqual(s.send('GET', `${one}&checkOnline=false`), unknown)
    assert.deepStrictEqual(names(s, 'checkOnline=true'), ['Initech', 'Globex', 'Umbrella Holding'])
    assert.deepStrictEqual(s.send('GET', `${one}&checkOnline=True`), { status: 200, body: [soylent] })
    assert.deepStrictEqual(s.send('GET', one), { status: 200, body: [soylent] })
    assert.deepStrictEqual(names(s, ''), ['Initech', 'Globex', 'Umbrella Holding', 'Soylent'])
  })

  it('leadPaging: pages of 10 from 1, or of 100 from 0', () => {
    const start = { ...initialState(), leads: manyLeads(101) }
    const newer = session({}, start)
    assert.deepStrictEqual(
      [
        names(newer, '').length,
        names(newer, 'PageNumber=1').length,
        names(newer, 'PageNumber=11'),
        names(newer, 'PageNumber=12')
      ],
      [10, 10, ['Company 101'], []]
    )
    refused(newer.send('GET', `${path}?PageNumber=0`), { PageNumber: ['The value must be an integer from 1.'] })
    const older = session({}, { ...start, switches: { ...start.switches, leadPaging: 'older' } })
    assert.deepStrictEqual(
      [
        names(older, '').length,
        names(older, 'PageNumber=0').length,
        names(older, 'PageNumber=1'),
        names(older, 'PageNumber=2')
      ],
      [100, 100, ['Company 101'], []]
    )
  })

  it('at most 20,000 on a page, as the newer page says', () => {
    const query = 'PageSize=20001'
    assert.strictEqual(names(session(), 'PageSize=20000').length, 3)
    refused(session().send('GET', `${path}?${query}`), { PageSize: ['The value must be an integer from 1 to 20000.'] })
    assert.strictEqual(names(session({ leadPaging: 'older' }), query).length, 3)
  })

  it('unknownTenant: 404 with the documented text, or nothing', () => {
    const query = `${path}?msTenantId=${UNKNOWN}`
    assert.deepStrictEqual(session().send('GET', query), { status: 404, body: 'Invalild lead' })
    assert.deepStrictEqual(session({ unknownTenant: 'empty' }).send('GET', query), { status: 200, body: [] })
  })

  it('refuses a tenant that is no guid, and a flag that is none', () => {
    refused(session().send('GET', `${path}?msTenantId=initech`), { msTenantId: ['The value is not a valid guid.'] })
    refused(session().send('GET', `${path}?checkOnline=1`), { checkOnline: ['The value must be true or false.'] })
  })

  it('without any', () => {
    assert.deepStrictEqual(session({}, { ...initialState(), leads: [] }).send('GET', path), { status: 200, body: [] })
  })
})
