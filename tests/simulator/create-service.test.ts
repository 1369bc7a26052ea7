import * as assert from 'node:assert'
import { initialState, tenants } from '../../simulator'
import type { Switches } from '../../simulator'
import { allCustomers, allSites } from '../../simulator/State'
import { at, refused, session } from './support'
import type { Session } from './support'

const siteLocation = { sbcId: 5, sbcOnboardingScript: 12001, sbcCleanupScript: 12002 }

/** The least that Create Hosted Essentials Service takes. */
const least = { shortName: 'fabrikam', siteLocation, ovocCustomerType: 'IPGROUP_TYPE', msTenantId: tenants.acme }

const create = (s: Session, body: unknown = least) => s.send('POST', 'v2/customer', body)

/** Short names in the list. */
const listed = (s: Session): unknown[] =>
  (s.send('GET', 'v3/customer').body as object[]).slice(4).map((each) => at(each, 'CustomerShortName'))

const made = (s: Session): string => {
  const { body } = create(s)
  if (typeof body !== 'string') throw new Error(`no guid but ${JSON.stringify(body)}`)
  return body
}

describe('simulator: Create Hosted Essentials Service', () => {
  it('makes a service of the entry level with one connection, and answers its guid', () => {
    const s = session()
    const guid = made(s)
    const [site] = allSites(s.state).slice(1)
    assert.deepStrictEqual(s.send('GET', `v3/customer/${guid}?allDetails=true`), {
      status: 200,
      body: {
        UmpCustomerGuid: guid,
        CustomerShortName: 'fabrikam',
        CustomerFullName: 'fabrikam',
        LicenseType: 0,
        LicensedUsersCount: null,
        MsTenantId: tenants.acme,
        ActiveUserCount: 0,
        SiteLocation: [
          {
            id: site?.guid,
            name: 'fabrikam',
            sbcId: 5,
            sbcDeploymentState: 'Deployed',
            sbcConfigurationType: 'SipTrunk'
          }
        ]
      }
    })
    assert.deepStrictEqual([site?.customerGuid, site?.onboardingScript, site?.cleanupScript], [guid, 12001, 12002])
    assert.deepStrictEqual(listed(s), ['fabrikam'])
  })

  it('takes everything there is to say', () => {
    const s = session()
    const body = {
      ...least,
      fullName: 'F. & Sons',
      siteLocation: [siteLocation],
      ovocCustomerType: 'TENANT_TYPE',
      msTenantId: tenants.acme.toUpperCase(),
      channelId: 15,
      lcCustomerId: '7',
      scriptParameters: { 'CustomVar.Variable1': 'x', ProxySet: 'SIPTrunk' }
    }
    assert.strictEqual(create(s, body).status, 200)
    const [customer] = allCustomers(s.state).slice(4)
    const [site] = allSites(s.state).slice(1)
    assert.deepStrictEqual([customer?.fullName, customer?.msTenantId], ['F. & Sons', tenants.acme])
    assert.deepStrictEqual(
      [site?.ovocCustomerType, site?.customerVariables, site?.proxySet],
      ['TENANT_TYPE', { 'CustomVar.Variable1': 'x' }, 'SIPTrunk']
    )
  })

  describe('refuses', () => {
    const required = ['The field is required.']
    const length = ['The value must have 3 to 15 characters.']
    const characters = ['The value must not contain blanks, dots or any of \\ / : * ? " < > |.']
    const either = ['The value must be an object or a list of one object.']
    const table: readonly [string, unknown, object][] = [
      ['nothing', '', { $: ['The body is not valid JSON.'] }],
      [
        'an empty object',
        {},
        { shortName: required, siteLocation: required, ovocCustomerType: required, msTenantId: required }
      ],
      ['a name of two characters', { ...least, shortName: 'ab' }, { shortName: length }],
      ['a name of 16 characters', { ...least, shortName: 'a'.repeat(16) }, { shortName: length }],
      ['a name that is null', { ...least, shortName: null }, { shortName: required }],
      ['a name that is a number', { ...least, shortName: 123 }, { shortName: ['The value must be a string.'] }],
      ...[...' .\\/:*?"<>|'].map((character): [string, unknown, object] => [
        `a name with ${character}`,
        { ...least, shortName: `ab${character}c` },
        { shortName: characters }
      ]),
      [
        'a full name of 201 characters',
        { ...least, fullName: 'a'.repeat(201) },
        { fullName: ['The value must be a string with a maximum length of 200.'] }
      ],
      [
        'a full name with a slash',
        { ...least, fullName: 'a/b' },
        { fullName: ['The value must not contain any of \\ / : * ? " < > |.'] }
      ],
      [
        'an unknown SBC',
        { ...least, siteLocation: { ...siteLocation, sbcId: 99 } },
        { sbcId: ['There is no SBC 99.'] }
      ],
      [
        'unknown scripts',
        { ...least, siteLocation: { sbcId: 5, sbcOnboardingScript: 1, sbcCleanupScript: 2 } },
        {
          sbcOnboardingScript: ['There is no script template 1.'],
          sbcCleanupScript: ['There is no script template 2.']
        }
      ],
      [
        'a connection that says nothing, or too much',
        { ...least, siteLocation: { siteLocationName: 'x' } },
        {
          sbcId: required,
          sbcOnboardingScript: required,
          sbcCleanupScript: required,
          siteLocationName: ['This member is not documented.']
        }
      ],
      ['two connections', { ...least, siteLocation: [siteLocation, siteLocation] }, { siteLocation: either }],
      [
        'another customer type, a tenant that is no guid, a list for parameters, and a channel that is true',
        { ...least, ovocCustomerType: 'X', msTenantId: 'x', scriptParameters: [], channelId: true },
        {
          ovocCustomerType: ['The value must be IPGROUP_TYPE or TENANT_TYPE.'],
          msTenantId: ['The value is not a valid guid.'],
          scriptParameters: ['The value must be an object of strings.'],
          channelId: ['The value must be a string or an integer.']
        }
      ],
      ['an undocumented member', { ...least, colour: 1 }, { colour: ['This member is not documented.'] }],
      [
        'a short name that the tenant has',
        { ...least, shortName: 'acme' },
        { shortName: ['The tenant has a service of this short name already.'] }
      ]
    ]
    for (const [name, body, errors] of table) {
      it(name, () => {
        const s = session()
        refused(create(s, body), errors)
        assert.deepStrictEqual({ ...s.state, counter: 0 }, { ...initialState(), counter: 0 })
      })
    }
  })

  it('takes names at their limits, and one that another tenant has', () => {
    const s = session()
    for (const change of [
      { shortName: 'abc', fullName: 'a'.repeat(200) },
      { shortName: 'a'.repeat(15), fullName: 'Two words, and a dot.' },
      { shortName: 'contoso' }
    ]) {
      assert.strictEqual(create(s, { ...least, ...change }).status, 200)
    }
  })

  const shapes: readonly [Switches['siteLocationShape'], number, number][] = [
    ['both', 200, 200],
    ['array', 200, 400],
    ['object', 400, 200]
  ]
  for (const [siteLocationShape, list, object] of shapes) {
    it(`siteLocationShape: ${siteLocationShape}`, () => {
      const status = (given: unknown) =>
        create(session({ siteLocationShape }), { ...least, siteLocation: given }).status
      assert.deepStrictEqual([status([siteLocation]), status(siteLocation)], [list, object])
    })
  }

  it('unknownFields: ignored, beside and inside the connection', () => {
    const body = { ...least, colour: 1, siteLocation: { ...siteLocation, siteLocationName: 'x', colour: 1 } }
    const s = session({ unknownFields: 'ignored' })
    assert.strictEqual(create(s, body).status, 200)
    assert.strictEqual(allSites(s.state)[1]?.name, 'fabrikam')
  })

  it('primaryName: capitals beginning with GS', () => {
    const s = session({ primaryName: 'generated' })
    made(s)
    assert.match(allSites(s.state)[1]?.name ?? '', /^GS[A-Z]{8}$/)
  })

  it('the connection deploys as one of Add does, and is shown as late', () => {
    const s = session({ addTaskMs: 100, detailsVisibleAfterMs: 40, addVisibleAfterMs: 60 })
    const guid = made(s)
    const seen = [0, 39, 40, 60, 99, 100].map((now) => {
      s.now = now
      const [site] = at(s.send('GET', `v3/customer/${guid}?allDetails=true`).body, 'SiteLocation') as object[]
      const { status } = s.send('GET', `v2/sitelocation/${allSites(s.state)[1]?.guid}`)
      return [at(site, 'sbcDeploymentState'), status]
    })
    assert.deepStrictEqual(seen, [
      [undefined, 404],
      [undefined, 404],
      ['Deploying', 404],
      ['Deploying', 200],
      ['Deploying', 200],
      ['Deployed', 200]
    ])
  })

  it('serviceVisibleAfterMs: nobody sees the service before, and its name is taken already', () => {
    const s = session({ serviceVisibleAfterMs: 100 })
    const guid = made(s)
    const seen = [0, 99, 100].map((now) => {
      s.now = now
      return [s.send('GET', `v3/customer/${guid}`).status, s.send('GET', `v2/customer/${guid}`).status, listed(s)]
    })
    assert.deepStrictEqual(seen, [
      [404, 404, []],
      [404, 404, []],
      [200, 200, ['fabrikam']]
    ])
    const early = session({ serviceVisibleAfterMs: 100 })
    made(early)
    refused(create(early), { shortName: ['The tenant has a service of this short name already.'] })
  })

  describe('createServiceAnswer', () => {
    it('object', () => {
      const s = session({ createServiceAnswer: 'object' })
      const { body } = create(s)
      assert.deepStrictEqual(body, { umpCustomerGuid: allCustomers(s.state)[4]?.guid })
    })

    const forms: readonly ['job' | 'task', (body: unknown) => unknown, RegExp][] = [
      ['job', (body) => at(body, 'jobId'), /^wst_[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/],
      ['task', (body) => body, /^tsk_\d+$/]
    ]
    for (const [createServiceAnswer, idOf, form] of forms) {
      it(`${createServiceAnswer}: the service comes with the end of the task`, () => {
        const s = session({ createServiceAnswer, serviceTaskMs: 100, serviceVisibleAfterMs: 20 })
        const id = String(idOf(create(s).body))
        assert.match(id, form)
        const poll = (now: number) => {
          s.now = now
          const { body } = s.send('GET', `v2/task/${id}`)
          return ['id', 'status', 'details', 'outputData', 'executionMessages'].map((name) => at(body, name))
        }
        assert.deepStrictEqual([poll(99), listed(s)], [[id, 'InProgress', [null], {}, []], []])
        const done = poll(100)
        assert.deepStrictEqual(listed(s), [])
        s.now = 120
        assert.deepStrictEqual(listed(s), ['fabrikam'])
        const umpCustomerGuid = allCustomers(s.state)[4]?.guid
        assert.deepStrictEqual(done, [id, 'CompletedSuccess', ['Converted'], { umpCustomerGuid }, []])
      })
    }

    const ends: readonly [Switches['serviceTask'], unknown, unknown[]][] = [
      ['ok', 'CompletedSuccess', ['fabrikam']],
      ['fails', 'Failed', []],
      ['never', 'InProgress', []],
      ['vanishes', undefined, ['fabrikam']]
    ]
    for (const [serviceTask, status, services] of ends) {
      it(`serviceTask: ${serviceTask}`, () => {
        const s = session({ createServiceAnswer: 'job', serviceTask, serviceTaskMs: 100 })
        const id = String(at(create(s).body, 'jobId'))
        s.now = 1e9
        const task = s.send('GET', `v2/task/${id}`).body
        assert.deepStrictEqual([at(task, 'status'), listed(s)], [status, services])
        if (serviceTask === 'fails') {
          assert.deepStrictEqual(at(task, 'executionMessages'), [
            { level: 'Error', message: 'The service could not be made.' }
          ])
          assert.deepStrictEqual(at(task, 'outputData'), {})
        }
      })
    }
  })
})
