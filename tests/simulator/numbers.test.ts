import * as assert from 'node:assert'
import { callingProfileIds, customerGuids, initialState, manyNumbers, tenants } from '../../simulator'
import { at, refused, session, UNKNOWN } from './support'

const capabilities = ['Office365', 'InboundCalling', 'OutboundCalling', 'UserAssignment']
const frankfurt = { sbcName: 'sbc-frankfurt', sbcId: 3 }
const london = { sbcName: 'sbc-london', sbcId: 5 }

const v2 = (id: number, telephoneNumber: string, acquiredNumberStatus: string | null, sbcList: readonly object[]) => ({
  uploadTelephoneNumberEntryId: id + 200_000,
  source: 'webapi',
  sbcList,
  id,
  whenCreated: '2024-04-04T12:21:56.6005305+00:00',
  acquiredNumberStatus,
  telephoneNumber,
  callingProfileId: callingProfileIds['oc-emea'],
  acquiredCapabilities: capabilities,
  availableCapabilities: capabilities,
  acquiredOn: '2024-04-04T12:21:56.6005305+00:00',
  isoCountryCode: telephoneNumber.startsWith('+49') ? 'DE' : 'GB',
  locationId: null,
  civicAddressId: null,
  assignmentStatus: null,
  tenantId: tenants.initech
})

const ofInitech = [
  v2(125001, '+493023125001', 'Active', [frankfurt]),
  v2(125002, '+493023125002', 'Active', [frankfurt, london]),
  v2(125003, '+442079460003', 'Release Requested', [london]),
  v2(125004, '+442079460004', null, [])
]

const ofUmbrella = { ...v2(125005, '+493023125005', 'Ready For Removal', [frankfurt]), tenantId: tenants.umbrella }

const initechV3 = ofInitech.map((number) => ({
  ...number,
  tenantCallingProfileId: number.id === 125001 ? 'emea-1' : null,
  ocSipConnectionName: number.id === 125001 ? 'initech' : null,
  ocSipConnectionDescription: null,
  umpCustomerGuid: customerGuids.initech,
  umpCustomerFullName: 'Initech',
  msCompanyName: 'Initech',
  ovocChannelId: 15,
  consentedOn: null,
  sbcListJson: null,
  sbcListArray: []
}))

const umbrellaV3 = {
  ...initechV3[0],
  ...ofUmbrella,
  tenantCallingProfileId: null,
  ocSipConnectionName: null,
  umpCustomerGuid: null,
  umpCustomerFullName: null,
  msCompanyName: 'Umbrella Holding',
  ovocChannelId: 0
}

const get = (path: string) => session().send('GET', path)
const tenant = (name: keyof typeof tenants) => `msTenantId=${tenants[name]}`

describe('simulator: numbers, V2', () => {
  it('of a tenant, all at once', () => {
    assert.deepStrictEqual(get(`v2/oc/numbers?${tenant('initech')}&PageSize=1`), { status: 200, body: ofInitech })
    assert.deepStrictEqual(get(`v2/oc/numbers?${tenant('umbrella')}`), { status: 200, body: [ofUmbrella] })
  })

  it('of a tenant without any: a customer, a lead', () => {
    for (const name of ['acme', 'globex'] as const) {
      assert.deepStrictEqual(get(`v2/oc/numbers?${tenant(name)}`), { status: 200, body: [] })
    }
  })

  it('one of them, with its plus, without, and encoded', () => {
    for (const number of ['+442079460003', '%2B442079460003', '442079460003']) {
      assert.deepStrictEqual(get(`v2/oc/numbers/${number}`), { status: 200, body: ofInitech[2] })
    }
  })

  it('one that nobody has', () => {
    assert.deepStrictEqual(get('v2/oc/numbers/+4420'), { status: 404, body: 'Number with +4420 not found' })
  })
})

describe('simulator: numbers, V3', () => {
  const envelope = (data: readonly unknown[], more: object = {}) => ({
    status: 200,
    body: {
      currentPage: 1,
      pageSize: 200,
      totalPages: data.length === 0 ? 0 : 1,
      totalRecords: data.length,
      data,
      ...more
    }
  })

  it('of a tenant, in an envelope', () => {
    assert.deepStrictEqual(get(`v3/oc/numbers?${tenant('initech')}`), envelope(initechV3))
    assert.deepStrictEqual(get(`v3/oc/numbers?${tenant('umbrella')}`), envelope([umbrellaV3]))
    assert.deepStrictEqual(get(`v3/oc/numbers?${tenant('acme')}`), envelope([]))
  })

  it('in pages', () => {
    const page = (query: string) => get(`v3/oc/numbers?${tenant('initech')}&${query}`)
    const total = { totalPages: 2, totalRecords: 4, pageSize: 3 }
    assert.deepStrictEqual(page('PageSize=3'), envelope(initechV3.slice(0, 3), total))
    assert.deepStrictEqual(page('PageSize=3&PageNumber=2'), envelope(initechV3.slice(3), { ...total, currentPage: 2 }))
    assert.deepStrictEqual(page('PageSize=3&PageNumber=3'), envelope([], { ...total, currentPage: 3 }))
    refused(page('PageNumber=0'), { PageNumber: ['The value must be an integer from 1.'] })
  })

  it('200 on a page unless told otherwise', () => {
    const s = session({}, { ...initialState(), numbers: manyNumbers(401, tenants.acme) })
    const pages = [1, 2, 3].map((n) => s.send('GET', `v3/oc/numbers?${tenant('acme')}&PageNumber=${n}`).body)
    assert.deepStrictEqual(
      pages.map((each) => [at(each, 'totalPages'), at(each, 'totalRecords'), (at(each, 'data') as unknown[]).length]),
      [
        [3, 401, 200],
        [3, 401, 200],
        [3, 401, 1]
      ]
    )
    assert.deepStrictEqual(at((at(pages[2], 'data') as unknown[])[0], 'telephoneNumber'), '+1555000401')
  })

  const statuses: readonly [string, readonly number[]][] = [
    ['Active', [125001, 125002]],
    ['Release%20Requested', [125003]],
    ['release+requested', [125003]],
    ['Marked For Removal', []],
    ['Ready For Removal', []]
  ]
  for (const [status, expected] of statuses) {
    it(`acquiredNumberStatus=${status}`, () => {
      const { body } = get(`v3/oc/numbers?${tenant('initech')}&acquiredNumberStatus=${status}`)
      const ids = (at(body, 'data') as { id: number }[]).map(({ id }) => id)
      assert.deepStrictEqual([ids, at(body, 'totalRecords')], [expected, expected.length])
    })
  }

  it('refuses an unknown status', () => {
    refused(get(`v3/oc/numbers?${tenant('initech')}&acquiredNumberStatus=Removed`), {
      acquiredNumberStatus: [
        'The value must be one of Active, Release Requested, Marked For Removal, Ready For Removal.'
      ]
    })
  })

  for (const [paging, size, pages, seen] of [
    ['whole', 401, 1, 401],
    ['first', 200, 3, 200]
  ] as const) {
    it(`paging: ${paging}`, () => {
      const start = { ...initialState({ paging }), numbers: manyNumbers(401) }
      const { body } = session({}, start).send('GET', `v3/oc/numbers?${tenant('initech')}&PageNumber=2&PageSize=7`)
      const { data, ...rest } = body as { data: unknown[] }
      assert.deepStrictEqual(
        [rest, data.length],
        [{ currentPage: 1, pageSize: size, totalPages: pages, totalRecords: 401 }, seen]
      )
    })
  }

  it('paging: whole, of nothing', () => {
    const { body } = session({ paging: 'whole' }).send('GET', `v3/oc/numbers?${tenant('acme')}`)
    assert.deepStrictEqual(body, { currentPage: 1, pageSize: 0, totalPages: 0, totalRecords: 0, data: [] })
  })
})

describe('simulator: numbers, V2 and V3', () => {
  for (const version of ['v2', 'v3']) {
    const path = `${version}/oc/numbers`
    const size = (body: unknown) => (Array.isArray(body) ? body : (at(body, 'data') as unknown[])).length

    it(`${version}, numbersWithoutTenant: refused, or all`, () => {
      refused(get(path), { msTenantId: ['The field is required.'] })
      refused(get(`${path}?msTenantId=`), { msTenantId: ['The field is required.'] })
      assert.strictEqual(size(session({ numbersWithoutTenant: 'all' }).send('GET', path).body), 5)
    })

    it(`${version}, unknownTenant: 404, or nothing`, () => {
      const query = `${path}?msTenantId=${UNKNOWN}`
      assert.deepStrictEqual(get(query), { status: 404, body: `Tenant with ${UNKNOWN} not found` })
      assert.strictEqual(size(session({ unknownTenant: 'empty' }).send('GET', query).body), 0)
      assert.strictEqual(get(`${path}?${tenant('soylent')}`).status, 404)
    })

    it(`${version}: refuses a tenant that is no guid`, () => {
      refused(get(`${path}?msTenantId=x`), { msTenantId: ['The value is not a valid guid.'] })
    })
  }
})
