import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { HEADQUARTERS_GUID, initialState, step, switchNames, tenants } from '../../simulator'
import type { Fault, SimulatedRequest, State, Switches } from '../../simulator'
import { armed } from '../../simulator/Faults'
import { sitesOf } from '../../simulator/State'
import * as Table from '../../simulator/Table'
import { check } from '../support/property'
import { acme, contoso, get, most, request, session } from './support'

const members = [
  'siteLocationName',
  'sbcSiteName',
  'ovocCustomerType',
  'sbcId',
  'SbcConfigurationType',
  'enableCAC',
  'flagConfigureSbc',
  'phones',
  'dialPlanPrefixes',
  'sbcScripts',
  'm365Scripts',
  'scriptParameters',
  'customerVariables',
  'sbcOnboardingScript',
  'sbcCleanupScript',
  'CarrierUserPassword',
  'CarierMailLine',
  'Cac Profile',
  'sbcSiteGuid',
  'shortName',
  'siteLocation',
  'msTenantId',
  'add',
  'remove',
  '__proto__',
  'constructor',
  'toString'
]

/** JSON that is often nearly right, and sometimes anything. */
const json = (): fc.Arbitrary<unknown> =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>(null, true, 5, 12001, 12002, 'IPGROUP_TYPE', 'branch', HEADQUARTERS_GUID, ''),
      fc.jsonValue(),
      fc.dictionary(fc.oneof(fc.constantFrom(...members), fc.string()), tie('value'), { maxKeys: 6 }),
      fc.array(tie('value'), { maxLength: 3 })
    )
  })).value

/** What the calls of services and dial plans take. */
const bodies: readonly object[] = [
  {
    shortName: 'fabrikam',
    siteLocation: { sbcId: 5, sbcOnboardingScript: 12001, sbcCleanupScript: 12002 },
    ovocCustomerType: 'IPGROUP_TYPE',
    msTenantId: tenants.acme
  },
  { configurationName: 'OcEssential_IPGROUP_TYPE', customerShortName: 'fabrikam', msTenantId: tenants.globex },
  { licenseType: 1, licensedUsersCount: 200 },
  { dialPlanId: 'Zoom', add: [{ name: 'Zoom', prefix: '+1', tag: 'sbc1.example.net' }], remove: [] }
]

const body = (): fc.Arbitrary<string> =>
  fc.oneof(
    json().map((value) => JSON.stringify(value)),
    ...[most, ...bodies].map((nearly) =>
      json().map((value) => JSON.stringify({ ...nearly, ...(typeof value === 'object' ? value : {}) }))
    ),
    fc.string()
  )

const guid = () => fc.oneof(fc.constantFrom(acme, contoso, HEADQUARTERS_GUID), fc.string(), fc.uuid())

const listPath = () =>
  fc.constantFrom(
    '/tenantui/api/v2/scripttemplates',
    `/tenantui/api/v3/customer/${contoso}/onlinepstngateway`,
    '/tenantui/api/v2/oc/callingprofile',
    '/tenantui/api/v2/oc/lead',
    '/tenantui/api/v2/oc/numbers',
    '/tenantui/api/v3/oc/numbers'
  )

/** A part of a query that is often nearly right. */
const parameter = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('PageNumber', 'page%20size', 'PageSize', 'msTenantID', 'scriptType', 'allDetails', 'checkOnline'),
      fc.oneof(
        fc.constantFrom('0', '1', '2', '20000', 'true', 'Any', tenants.initech, tenants.globex, tenants.soylent),
        fc.bigInt().map(String),
        fc.string().map(encodeURIComponent)
      )
    )
    .map(([name, value]) => `${name}=${value}`)

const path = (): fc.Arbitrary<string> =>
  fc.oneof(
    guid().map((id) => `/tenantui/api/v2/customer/${id}/sitelocation/`),
    fc.tuple(guid(), guid()).map(([c, s]) => `/tenantui/api/v2/customer/${c}/sitelocation/${s}`),
    fc.tuple(guid(), guid()).map(([c, s]) => `/tenantui/api/v2/customer/${c}/sitelocation?sbcSiteGuid=${s}`),
    guid().map((id) => `/tenantui/api/v2/sitelocation/${id}`),
    fc.string().map((id) => `/tenantui/api/v2/task/${id}`),
    guid().map((id) => `/tenantui/api/v3/customer/${id}?allDetails=true`),
    guid().map((id) => `/tenantui/api/v2/customer/${id}`),
    fc.tuple(guid(), guid()).map(([c, s]) => `/tenantui/api/v2/customer/${c}/sitelocation/${s}/dialplan/Zoom`),
    guid().map((id) => `/tenantui/api/v2/customer/${id}/action/upgrade`),
    fc.constantFrom(
      '/tenantui/api/v3/customer',
      '/tenantui/api/v2/customer',
      '/tenantui/api/v2/sbc',
      '/t/oauth2/v2.0/token'
    ),
    fc.tuple(listPath(), fc.array(parameter(), { maxLength: 4 })).map(([list, query]) => `${list}?${query.join('&')}`),
    fc.string().map((number) => `/tenantui/api/v2/oc/numbers/${number}`),
    fc.string()
  )

const anyRequest = (): fc.Arbitrary<SimulatedRequest> =>
  fc.record({
    method: fc.oneof(fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'), fc.string()),
    url: path(),
    headers: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constant({ authorization: 'Bearer simulator-token', 'content-type': 'application/json' })
      },
      { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('authorization', 'content-type'), fc.string()) }
    ),
    body: body(),
    now: fc.nat()
  })

const ms = () => fc.constantFrom(0, 100, Number.MAX_SAFE_INTEGER)

const switches = (): fc.Arbitrary<Partial<Switches>> =>
  fc.record<Partial<Switches>>(
    {
      siteIdPlacement: fc.constantFrom('path', 'query', 'body'),
      modifyBody: fc.constantFrom('both', 'fields', 'scriptParameters'),
      modify: fc.constantFrom('partial', 'full'),
      clearing: fc.constantFrom('both', 'empty', 'null', 'ignored'),
      variables: fc.constantFrom('replace', 'merge'),
      unknownFields: fc.constantFrom('refused', 'ignored'),
      duplicateNames: fc.constantFrom('refused', 'allowed'),
      addAnswer: fc.constantFrom('siteGuid', 'withoutSiteGuid', 'bare'),
      mainLine: fc.constantFrom('bag', 'field', 'both'),
      readConfigurationType: fc.constantFrom('zero', 'number', 'string'),
      passwordEcho: fc.constantFrom('clear', 'masked', 'absent'),
      variableNames: fc.constantFrom('own', 'positional'),
      gatewayPrefix: fc.boolean(),
      states: fc.constantFrom('documented', 'strings', 'integers'),
      pendingTaskShape: fc.constantFrom('string', 'object'),
      deleteTask: fc.constantFrom('ok', 'fails', 'never', 'vanishes'),
      taskWords: fc.constantFrom('joined', 'spaced'),
      taskPath: fc.constantFrom('single', 'repeated', 'both'),
      unlicensedLeads: fc.constantFrom('leftOut', 'nullGuid'),
      applicationSecret: fc.constantFrom('masked', 'clear'),
      pageNames: fc.constantFrom('joined', 'spaced', 'both'),
      paging: fc.constantFrom('documented', 'whole', 'first'),
      leadPaging: fc.constantFrom('newer', 'older'),
      unknownTenant: fc.constantFrom('notFound', 'empty'),
      numbersWithoutTenant: fc.constantFrom('refused', 'all'),
      relatedScripts: fc.constantFrom('details', 'always'),
      scriptDetails: fc.constantFrom('null', 'shown'),
      gatewayAnswer: fc.constantFrom('list', 'service'),
      gatewayNotFound: fc.constantFrom('404', '400'),
      additionalSbcs: fc.constantFrom('none', 'objects', 'ids'),
      sbcDevicesPath: fc.constantFrom('', '/api/v2/sbc'),
      sbcDevicesAnswer: fc.constantFrom('camel', 'pascal', 'envelope'),
      createServiceAnswer: fc.constantFrom('guid', 'object', 'job', 'task'),
      primaryName: fc.constantFrom('shortName', 'generated'),
      siteLocationShape: fc.constantFrom('both', 'array', 'object'),
      serviceTask: fc.constantFrom('ok', 'fails', 'never', 'vanishes'),
      licenseBody: fc.constantFrom('both', 'upgradeToLicense', 'licenseType'),
      ruleName: fc.constantFrom('site', 'written'),
      unknownRemove: fc.constantFrom('ignored', 'refused'),
      duplicateAdd: fc.constantFrom('ignored', 'refused', 'doubled'),
      dialPlanAnswer: fc.constantFrom('one', 'messages', 'string', 'empty'),
      serviceTaskMs: ms(),
      serviceVisibleAfterMs: ms(),
      deleteServiceMs: ms(),
      addTaskMs: ms(),
      modifyTaskMs: ms(),
      deleteTaskMs: ms(),
      addVisibleAfterMs: ms(),
      detailsVisibleAfterMs: ms(),
      latencyMs: ms(),
      tokenSeconds: ms()
    },
    { requiredKeys: [] }
  )

const fault = (): fc.Arbitrary<Fault> =>
  fc.oneof<fc.Arbitrary<Fault>[]>(
    fc.constantFrom<Fault[]>(
      { kind: 'resetBefore' },
      { kind: 'resetAfter' },
      { kind: 'halfBody' },
      { kind: 'emptyBody' },
      { kind: 'notJson' },
      { kind: 'wrongShape' },
      { kind: 'errorMessage', effect: true },
      { kind: 'errorMessage', effect: false },
      { kind: 'otherSite' },
      { kind: 'otherSite', siteGuid: HEADQUARTERS_GUID },
      { kind: 'otherSite', customerGuid: contoso },
      { kind: 'task', taskId: 'tsk_x' },
      { kind: 'task', outcome: 'fails' },
      { kind: 'delay', ms: 5 },
      { kind: 'slowBody', ms: 5 },
      { kind: 'html', status: 502 },
      { kind: 'statusAfterEffect', status: 500 }
    ),
    fc.jsonValue().map((value): Fault => ({ kind: 'status', status: 500, body: value }))
  )

const started = (chosen: Partial<Switches>, faults: readonly Fault[]): State => ({
  ...initialState(chosen),
  faults: faults.map((each) => armed({ fault: each, times: 'always' }))
})

/** The tables about sites say the same, and dial plans belong to sites that are there. */
const consistent = (state: State): boolean => {
  const bySite = [...state.sites.branches]
    .flatMap((b) => b ?? [])
    .flatMap((b) => (b === undefined ? [] : [...b.values()]))
  const byCustomer = [...state.customers.branches]
    .flatMap((b) => b ?? [])
    .flatMap((b) => (b === undefined ? [] : [...b.keys()]))
  const byName = [...state.sitesByName.branches]
    .flatMap((b) => b ?? [])
    .flatMap((b) => (b === undefined ? [] : [...b.entries()]))
  const ids = (sites: readonly { readonly guid: string }[]) => sites.map((site) => site.guid).sort()
  assert.deepStrictEqual(ids(byCustomer.flatMap((customer) => sitesOf(state, customer))), ids(bySite))
  assert.deepStrictEqual(
    byName.flatMap(([name, guids]) => guids.map((each) => `${name} ${each}`)).sort(),
    bySite.map((site) => `${site.customerGuid}/${site.name} ${site.guid}`).sort()
  )
  const planSites = Table.keys(state.dialPlans).map((key) => key.slice(0, key.indexOf('/')))
  assert.deepStrictEqual(
    planSites.filter((site) => Table.get(state.sites, site) === undefined),
    []
  )
  return true
}

describe('simulator: properties', () => {
  it('every switch is varied below', () => {
    const all = fc
      .sample(switches(), { numRuns: 200, seed: 1 })
      .reduce((names, each) => new Set([...names, ...Object.keys(each)]), new Set<string>())
    assert.deepStrictEqual([...all].sort(), [...switchNames].sort())
  })

  it('any requests, under any switches and faults: always an answer that can be sent, and a state that is consistent', () => {
    check(
      fc.property(
        switches(),
        fc.array(fault(), { maxLength: 2 }),
        fc.array(anyRequest(), { maxLength: 12 }),
        (chosen, faults, requests) => {
          const end = requests.reduce(
            (state, each) => {
              const [next, answer] = step(state, each)
              assert.ok(answer.delivery.kind === 'reset' || (answer.status >= 200 && answer.status <= 599))
              if (answer.content.kind === 'json')
                assert.strictEqual(typeof JSON.stringify(answer.content.value), 'string')
              return next
            },
            started(chosen, faults)
          )
          return consistent(end)
        }
      ),
      300
    )
  })

  it('the same requests to the same state give the same answers', () => {
    check(
      fc.property(switches(), fc.array(anyRequest(), { maxLength: 8 }), (chosen, requests) => {
        const answers = () =>
          requests.reduce<[State, unknown[]]>(
            ([state, seen], each) => {
              const [next, answer] = step(state, each)
              return [next, [...seen, answer]]
            },
            [initialState(chosen), []]
          )[1]
        assert.deepStrictEqual(answers(), answers())
      })
    )
  })

  it('a request that is refused changes nothing but the count', () => {
    check(
      fc.property(switches(), anyRequest(), (chosen, each) => {
        const before = initialState(chosen)
        const [after, answer] = step(before, each)
        assert.ok(answer.status < 400 || after.counter === before.counter + 1)
        if (answer.status >= 400) assert.deepStrictEqual({ ...after, counter: 0 }, { ...before, counter: 0 })
      }),
      300
    )
  })

  const text = () => fc.string({ maxLength: 40 })
  const narrow = () =>
    fc.string({ maxLength: 50, unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)) })

  it('what Add takes, Get gives back', () => {
    const parameters = fc.record({
      CarrierUserName: text(),
      CarrierUserPassword: narrow(),
      CarrierHostName: text(),
      CarrierMainLine: text(),
      CacProfile: text(),
      ProxySet: text()
    })
    check(
      fc.property(parameters, fc.dictionary(fc.stringMatching(/^v[a-z0-9]{1,8}$/), text()), (fields, own) => {
        const s = session({ mainLine: 'field' })
        const { body: answer } = s.send('POST', `v2/customer/${acme}/sitelocation/`, {
          ...most,
          scriptParameters: { ...fields, ...own }
        })
        const { sbcInfo } = get(s, (answer as { siteGuid: string }).siteGuid) as {
          sbcInfo: {
            carrierUserName: string
            carrierHostName: string
            carrierMainLine: string
            cacProfile: string
            carrierId: string
            sbcScripts: { customerVariables: object }
          }
        }
        const { carrierUserName, carrierHostName, carrierMainLine, cacProfile, carrierId } = sbcInfo
        assert.deepStrictEqual(
          [
            carrierUserName,
            carrierHostName,
            carrierMainLine,
            cacProfile,
            carrierId,
            { ...sbcInfo.sbcScripts.customerVariables }
          ],
          [
            fields.CarrierUserName,
            fields.CarrierHostName,
            fields.CarrierMainLine,
            fields.CacProfile,
            fields.ProxySet,
            { CarrierUserPassword: fields.CarrierUserPassword, ...own }
          ]
        )
      })
    )
  })

  it('a Modify said twice is a Modify said once', () => {
    check(
      fc.property(switches(), body(), (chosen, change) => {
        const placed = { ...chosen, siteIdPlacement: 'path' as const, modifyTaskMs: 0 }
        const patch = request('PATCH', `v2/customer/${contoso}/sitelocation/${HEADQUARTERS_GUID}`, change)
        const [once] = step(initialState(placed), patch)
        const [twice] = step(once, patch)
        assert.deepStrictEqual(sitesOf(twice, contoso), sitesOf(once, contoso))
      }),
      300
    )
  })
})
