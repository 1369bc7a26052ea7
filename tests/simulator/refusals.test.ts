import * as assert from 'node:assert'
import { HEADQUARTERS_GUID } from '../../simulator'
import { acme, added, contoso, least, modify, refused, session, UNKNOWN } from './support'

const required = ['The field is required.']
const integer = ['The value must be an integer.']
const boolean = ['The value must be a boolean.']
const string = ['The value must be a string.']
const object = ['The value must be an object.']
const unheardOf = ['This member is not documented.']

const without = (name: keyof typeof least) => Object.fromEntries(Object.entries(least).filter(([key]) => key !== name))
const withParameters = (scriptParameters: unknown) => ({ ...least, scriptParameters })

describe('simulator: what Add refuses', () => {
  const table: readonly [string, unknown, object][] = [
    ['no name', without('siteLocationName'), { siteLocationName: required }],
    ['no SBC', without('sbcId'), { sbcId: required }],
    ['no onboarding script', without('sbcOnboardingScript'), { sbcOnboardingScript: required }],
    ['no cleanup script', without('sbcCleanupScript'), { sbcCleanupScript: required }],
    ['a null script', { ...least, sbcCleanupScript: null }, { sbcCleanupScript: required }],
    [
      'a blank name',
      { ...least, siteLocationName: ' ' },
      { siteLocationName: ['The value must be a string that is not blank.'] }
    ],
    [
      'a number for a name',
      { ...least, siteLocationName: 7 },
      { siteLocationName: ['The value must be a string that is not blank.'] }
    ],
    ['a text for an SBC', { ...least, sbcId: '5' }, { sbcId: integer }],
    ['a fraction for an SBC', { ...least, sbcId: 5.5 }, { sbcId: integer }],
    ['a text for a script', { ...least, sbcOnboardingScript: '12001' }, { sbcOnboardingScript: integer }],
    [
      'another customer type',
      { ...least, ovocCustomerType: 'TENANT_TYPE' },
      { ovocCustomerType: ['The value must be IPGROUP_TYPE.'] }
    ],
    [
      'configuration type 4',
      { ...least, SbcConfigurationType: 4 },
      { sbcConfigurationType: ['The value must be 0, 1, 2 or 3.'] }
    ],
    [
      'a word for a configuration type',
      { ...least, SbcConfigurationType: 'SipTrunk' },
      { sbcConfigurationType: ['The value must be 0, 1, 2 or 3.'] }
    ],
    ['parameters that are a list', withParameters([]), { scriptParameters: object }],
    ['a variable that is a number', withParameters({ Own: 1 }), { Own: string }],
    ['a user name that is a number', withParameters({ CarrierUserName: 1 }), { CarrierUserName: string }],
    [
      'a user name of 61 characters',
      withParameters({ CarrierUserName: 'u'.repeat(61) }),
      { CarrierUserName: ['The value must be a string with a maximum length of 60.'] }
    ],
    [
      'a password of 51 characters',
      withParameters({ CarrierUserPassword: 'p'.repeat(51) }),
      { CarrierUserPassword: ['The value must be a string with a maximum length of 50.'] }
    ],
    [
      'a password with wide characters',
      withParameters({ CarrierUserPassword: 'pā' }),
      { CarrierUserPassword: ['The value must not contain wide characters.'] }
    ],
    ['an unknown SBC', { ...least, sbcId: 99 }, { sbcId: ['There is no SBC 99.'] }],
    [
      'unknown scripts',
      { ...least, sbcOnboardingScript: 1, sbcCleanupScript: 2 },
      { sbcOnboardingScript: ['There is no script template 1.'], sbcCleanupScript: ['There is no script template 2.'] }
    ],
    ['an undocumented member', { ...least, colour: 'blue' }, { colour: unheardOf }],
    [
      'a member named __proto__',
      JSON.stringify(least).replace('{', '{"__proto__":1,'),
      JSON.parse(`{"__proto__":${JSON.stringify(unheardOf)}}`) as object
    ],
    ['a member of Modify', { ...least, enableCAC: true }, { enableCAC: unheardOf }],
    [
      'several things at once',
      { sbcId: 'x', phones: 1 },
      {
        siteLocationName: required,
        sbcId: integer,
        sbcOnboardingScript: required,
        sbcCleanupScript: required,
        phones: unheardOf
      }
    ],
    ['a list', [], { $: ['The body must be an object.'] }],
    ['null', null, { $: ['The body must be an object.'] }],
    ['nothing', '', { $: ['The body is not valid JSON.'] }],
    ['malformed JSON', '{"siteLocationName":', { $: ['The body is not valid JSON.'] }]
  ]
  for (const [name, body, errors] of table) {
    it(name, () => {
      const s = session()
      refused(s.send('POST', `v2/customer/${acme}/sitelocation/`, body), errors)
      assert.strictEqual(s.state.sites.size, 1)
    })
  }

  it('takes 60 characters of user name and 50 of password, up to the last narrow one', () => {
    added(session(), withParameters({ CarrierUserName: '密'.repeat(60), CarrierUserPassword: 'ÿ'.repeat(50) }))
  })

  it('an unknown customer', () => {
    assert.deepStrictEqual(session().send('POST', `v2/customer/${UNKNOWN}/sitelocation/`, least), {
      status: 404,
      body: `Customer with ${UNKNOWN} not found`
    })
  })

  it('a customer guid that is none', () => {
    refused(session().send('POST', 'v2/customer/acme/sitelocation/', least), {
      customerGuid: ['The value is not a valid guid.']
    })
  })

  it('a name that the customer has already, but not one that another customer has', () => {
    const s = session()
    added(s, { ...least, siteLocationName: 'headquarters' })
    const answer = s.send('POST', `v2/customer/${acme}/sitelocation/`, { ...least, siteLocationName: 'headquarters' })
    const { errorTicket, traceId } = answer.body as { errorTicket: unknown; traceId: unknown }
    assert.deepStrictEqual(answer, {
      status: 409,
      body: {
        type: 'about:blank',
        title: 'Conflict',
        status: 409,
        detail: 'The customer has a site location of this name already.',
        instance: `/tenantui/api/v2/customer/${acme}/sitelocation/`,
        errorTicket,
        errorCode: 'DuplicateSiteName',
        traceId
      }
    })
  })

  it('a body that is not declared to be JSON', () => {
    const headers = { authorization: 'Bearer simulator-token', 'content-type': 'text/plain' }
    const { status } = session().send('POST', `v2/customer/${acme}/sitelocation/`, least, { headers })
    assert.strictEqual(status, 415)
  })
})

describe('simulator: what Modify refuses', () => {
  const table: readonly [string, unknown, object][] = [
    ['a text for a flag', { enableCAC: 'true' }, { enableCAC: boolean }],
    ['null for a flag', { flagConfigureSbc: null }, { flagConfigureSbc: boolean }],
    ['null for an SBC', { sbcId: null }, { sbcId: integer }],
    ['a list for phones', { phones: ['+1555'] }, { phones: string }],
    [
      'prefixes that are no list',
      { dialPlanPrefixes: {} },
      { dialPlanPrefixes: ['The value must be a list of dialPlanName (string), index (integer) and active (boolean).'] }
    ],
    [
      'a prefix without an index',
      { dialPlanPrefixes: [{ dialPlanName: 'p' }] },
      { dialPlanPrefixes: ['The value must be a list of dialPlanName (string), index (integer) and active (boolean).'] }
    ],
    [
      'a variable that is no text',
      { sbcScripts: { customerVariables: { a: 1 } } },
      { customerVariables: ['The value must be an object of strings.'] }
    ],
    [
      'a user name of 61 characters',
      { CarrierUserName: 'u'.repeat(61) },
      { CarrierUserName: ['The value must be a string with a maximum length of 60.'] }
    ],
    [
      'a wide password',
      { CarrierUserPassword: '密' },
      { CarrierUserPassword: ['The value must not contain wide characters.'] }
    ],
    [
      'a wide password in the variables',
      { sbcScripts: { customerVariables: { CarrierUserPassword: '密' } } },
      { CarrierUserPassword: ['The value must not contain wide characters.'] }
    ],
    ['an unknown SBC', { sbcId: 4 }, { sbcId: ['There is no SBC 4.'] }],
    [
      'unknown M365 scripts',
      { m365Scripts: { OnboardingScript: 1, CleanupScript: 2 } },
      { OnboardingScript: ['There is no script template 1.'], CleanupScript: ['There is no script template 2.'] }
    ],
    ['scripts that are no object', { sbcScripts: 12001 }, { sbcScripts: object }],
    ['an undocumented member', { sbcScripts: { colour: 1 } }, { colour: unheardOf }],
    ['the proxy set outside the parameters', { ProxySet: 'Trunk-A' }, { ProxySet: unheardOf }]
  ]
  for (const [name, body, errors] of table) {
    it(name, () => {
      const s = session()
      const guid = added(s)
      const before = s.send('GET', `v2/sitelocation/${guid}`)
      refused(modify(s, guid, body), errors)
      assert.deepStrictEqual(s.send('GET', `v2/sitelocation/${guid}`), before)
    })
  }

  it('a site of another customer, and an unknown one', () => {
    const s = session()
    for (const guid of [HEADQUARTERS_GUID, UNKNOWN]) {
      assert.deepStrictEqual(modify(s, guid, { sbcId: 3 }), {
        status: 404,
        body: `Site location with ${guid} not found`
      })
    }
    assert.deepStrictEqual(s.send('PATCH', `v2/customer/${UNKNOWN}/sitelocation/${HEADQUARTERS_GUID}`, {}), {
      status: 404,
      body: `Customer with ${UNKNOWN} not found`
    })
  })

  it('a name that the customer has already; its own it may have', () => {
    const s = session()
    const guid = added(s)
    added(s, { ...least, siteLocationName: 'branch-08' })
    assert.strictEqual(modify(s, guid, { sbcSiteName: 'branch-08' }).status, 409)
    assert.strictEqual(modify(s, guid, { sbcSiteName: 'branch-07' }).status, 200)
    assert.strictEqual(modify(s, guid, { sbcSiteName: 'branch-09' }).status, 200)
    added(s)
  })

  it('a site id that is none, whatever it is', () => {
    const s = session({ siteIdPlacement: 'body' })
    for (const sbcSiteGuid of ['x', 7, { toString: 1, valueOf: 2 }, null, []]) {
      refused(s.send('PATCH', `v2/customer/${contoso}/sitelocation/`, { sbcSiteGuid }), {
        sbcSiteGuid: ['The value is not a valid guid.']
      })
    }
  })
})

describe('simulator: what the rest refuses', () => {
  const table: readonly [string, string, number, unknown][] = [
    ['GET', `v2/sitelocation/${UNKNOWN}`, 404, `Site location with ${UNKNOWN} not found`],
    ['DELETE', `v2/sitelocation/${UNKNOWN}`, 404, `Site location with ${UNKNOWN} not found`],
    ['GET', 'v2/task/tsk_1', 404, 'Task with tsk_1 not found'],
    ['GET', `v3/customer/${UNKNOWN}?allDetails=true`, 404, `Customer with ${UNKNOWN} not found`],
    ['GET', `v2/customer/${UNKNOWN}`, 404, `Customer with ${UNKNOWN} not found`],
    ['GET', 'v2/nothing', 404, undefined],
    ['GET', `v2/customer/${acme}/sitelocation/`, 405, undefined],
    ['PUT', `v2/sitelocation/${UNKNOWN}`, 405, undefined]
  ]
  for (const [method, path, status, body] of table) {
    it(`${method} ${path}: ${status}`, () => {
      assert.deepStrictEqual(session().send(method, path), { status, body })
    })
  }

  it('guids that are none', () => {
    const s = session()
    refused(s.send('GET', 'v2/sitelocation/x'), { siteLocationId: ['The value is not a valid guid.'] })
    refused(s.send('DELETE', 'v2/sitelocation/%'), { siteLocationId: ['The value is not a valid guid.'] })
    refused(s.send('GET', 'v3/customer/x'), { customerGuid: ['The value is not a valid guid.'] })
  })
})
