import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { configError } from '../../../provider/Errors'
import { check as checkHosted } from '../../../provider/hosted-essentials-service/Check'
import { check as checkOperator } from '../../../provider/operator-connect-service/Check'
import { unknowns } from '../../support/unknowns'
import { without } from '../support'
import {
  allHosted,
  allOperator,
  customerGuid,
  leastHosted,
  leastOperator,
  msTenantId,
  otherTenantId,
  sample,
  table
} from './Args'

type Inputs = Readonly<Record<string, unknown>>

/** The failures of a new Hosted Essentials service. */
const ofNew = (news: Inputs, settings = table) => checkHosted({}, news, settings).failures
/** The failures of one that exists. */
const ofOld = (olds: Inputs, news: Inputs, settings = table) => checkHosted(olds, news, settings).failures
const ofOperator = (news: Inputs, olds: Inputs = {}, settings = table) => checkOperator(olds, news, settings).failures

const rule =
  'a short name has 3 to 15 characters, without blanks, dots and any of \\ / : * ? " < > |; choose another one'
const placeless =
  'the setting licenseBody: licenseType (AUDIOCODES_LIVE_LICENSE_BODY), since the other body has no place for it'
const isProtected =
  'a change replaces the service, which deletes it with all of its SIP connections and dial plans, and it is protected. If that is meant, first run "pulumi up" with deletionProtection: false and without this change'

describe('Check of services: what is accepted', () => {
  it('the least, every input, and the same again', () => {
    for (const [check, olds, news] of [
      [checkHosted, {}, leastHosted],
      [checkHosted, {}, allHosted],
      [checkHosted, allHosted, allHosted],
      [checkOperator, {}, leastOperator],
      [checkOperator, {}, allOperator],
      [checkOperator, allOperator, allOperator]
    ] as const) {
      assert.deepStrictEqual(check(olds, news, table), { inputs: news, failures: [] })
    }
  })

  it('brings uuids into lower case, those of the last run too', () => {
    const upper = {
      ...allHosted,
      msTenantId: msTenantId.toUpperCase(),
      applicationClientId: allHosted.applicationClientId.toUpperCase(),
      adopt: customerGuid.toUpperCase()
    }
    assert.deepStrictEqual(checkHosted(upper, upper, table), {
      inputs: { ...allHosted, adopt: customerGuid },
      failures: []
    })
  })

  it('short names of 3 and of 15 characters, with letters of any kind', () => {
    for (const shortName of ['abc', 'abcdefghijklmno', 'a-b_c', 'münchen']) {
      assert.deepStrictEqual(ofNew({ ...leastHosted, shortName }), [], shortName)
      assert.deepStrictEqual(ofOperator({ ...leastOperator, shortName }), [], shortName)
    }
  })

  it('a service to be taken over needs no siteLocation', () => {
    for (const adopt of [true, customerGuid]) {
      assert.deepStrictEqual(ofNew({ ...without(leastHosted, 'siteLocation'), adopt }), [])
    }
  })

  it('values that are not known yet, in the place of any input', () => {
    for (const key of Object.keys(allHosted)) {
      assert.deepStrictEqual(ofNew({ ...allHosted, [key]: unknowns.string }), [], key)
      assert.deepStrictEqual(ofOld(allHosted, { ...allHosted, [key]: unknowns.string }), [], key)
    }
    for (const key of Object.keys(allOperator)) {
      assert.deepStrictEqual(ofOperator({ ...allOperator, [key]: unknowns.string }), [], key)
      assert.deepStrictEqual(ofOperator({ ...allOperator, [key]: unknowns.string }, allOperator), [], key)
    }
    assert.deepStrictEqual(
      ofOld(allHosted, { ...allHosted, siteLocation: { ...allHosted.siteLocation, sbcId: unknowns.number } }),
      []
    )
  })
})

describe('Check of services: short names', () => {
  const rows: ReadonlyArray<readonly [shortName: string, fault: string]> = [
    ['ab', `has 2 characters; ${rule}`],
    ['a', `has 1 character; ${rule}`],
    ['', `has 0 characters; ${rule}`],
    ['abcdefghijklmnop', `has 16 characters; ${rule}`],
    ['north wind', `has a blank at position 6; ${rule}`],
    [' north', `has a blank at position 1; ${rule}`],
    ['north\t', `has a blank at position 6; ${rule}`],
    ['north.wind', `has a dot at position 6; ${rule}`],
    ...['\\', '/', ':', '*', '?', '"', '<', '>', '|'].map(
      (sign) => [`no${sign}rth`, `has a reserved character at position 3; ${rule}`] as const
    )
  ]
  for (const [shortName, fault] of rows) {
    it(JSON.stringify(shortName), () => {
      assert.deepStrictEqual(ofNew({ ...leastHosted, shortName }), [`shortName: ${fault}`])
      assert.deepStrictEqual(ofOperator({ ...leastOperator, shortName }), [`shortName: ${fault}`])
    })
  }
})

describe('Check of services: every input', () => {
  const uuid = 'expected a uuid such as 11111111-2222-3333-4444-555555555555'
  const rows: ReadonlyArray<readonly [key: string, value: unknown, fault: string]> = [
    ['shortName', 5, 'shortName: expected a short name of 3 to 15 characters'],
    [
      'fullName',
      'x'.repeat(201),
      'fullName: has 201 characters; at most 200 are allowed (the full name of the service)'
    ],
    [
      'fullName',
      'North: Wind',
      'fullName: has a reserved character at position 6; none of \\ / : * ? " < > | is allowed in a full name'
    ],
    ['msTenantId', 'northwind', `msTenantId: ${uuid}`],
    ['applicationClientId', 'app', `applicationClientId: ${uuid}`],
    ['ovocCustomerType', 'IPGROUP', 'ovocCustomerType: expected one of IPGROUP_TYPE, TENANT_TYPE'],
    ['license', 'OcPro', 'license: expected one of HostedEssentials, HostedEssentialsPlus, HostedPro'],
    ['licensedUsersCount', 0, 'licensedUsersCount: expected a whole number from 1'],
    ['deletionProtection', 'no', 'deletionProtection: expected true or false'],
    ['adopt', 'northwind', 'adopt: expected true, false or the id of a service (uuid)'],
    ['siteLocation', [], 'siteLocation: expected an object with sbcId, onboardingScript and cleanupScript'],
    [
      'siteLocation',
      { sbcId: 0, onboardingScript: 1.5, sbcCleanupScript: 1 },
      'siteLocation.sbcCleanupScript: is not a field of it; the fields are sbcId, onboardingScript, cleanupScript; siteLocation.sbcId: expected a whole number from 1; siteLocation.onboardingScript: expected a whole number from 1; siteLocation.cleanupScript: expected a whole number from 1'
    ],
    ['scriptParameters', { a: 1 }, 'scriptParameters.a: expected a text'],
    ['shortname', 'northwind', 'shortname: unknown input; did you mean shortName?']
  ]
  for (const [key, value, fault] of rows) {
    it(`${key}: ${fault.slice(0, 60)}`, () => {
      assert.deepStrictEqual(ofNew({ ...allHosted, [key]: value }), [fault])
    })
  }

  it('of Operator Connect', () => {
    assert.deepStrictEqual(
      ofOperator({
        ...allOperator,
        configuration: 'OcEssential_IPGROUP_TYPE',
        license: 'HostedPro',
        siteLocation: { ...allOperator.siteLocation, uploadNumberScript: -1 }
      }),
      [
        'configuration: expected one of ipGroup, tenant',
        'siteLocation.uploadNumberScript: expected a whole number from 1',
        'license: expected one of OcEssentialPlus, OcPro'
      ]
    )
  })

  it('what is missing, all at once, and the configuration first', () => {
    assert.deepStrictEqual(ofNew({}, E.left(configError('Missing configuration x.'))), [
      'Missing configuration x.',
      'shortName: is required',
      'ovocCustomerType: is required',
      'msTenantId: is required',
      'siteLocation: is required for a new service: { sbcId, onboardingScript, cleanupScript } (see Get SBC Devices and Get Script Templates)'
    ])
    assert.deepStrictEqual(ofOperator({}), [
      'msTenantId: is required',
      'shortName: is required',
      'configuration: is required'
    ])
  })
})

describe('Check of services: rules between inputs', () => {
  it('the license comes first', () => {
    const { applicationClientId, applicationClientSecret, licensedUsersCount } = allHosted
    assert.deepStrictEqual(
      ofNew({ ...leastHosted, licensedUsersCount, applicationClientId, applicationClientSecret }),
      ['licensedUsersCount', 'applicationClientId', 'applicationClientSecret'].map(
        (key) => `${key}: is sent with the license; declare license too`
      )
    )
  })

  it('the table of the license change has no place for Hosted Essentials', () => {
    const users = { ...leastHosted, license: 'HostedEssentials', licensedUsersCount: 5 }
    const fault = `licensedUsersCount: can be sent with the license HostedEssentials only with ${placeless}`
    assert.deepStrictEqual(ofNew(users), [fault])
    assert.deepStrictEqual(ofNew(users, sample), [])
    // A new service has this license.
    assert.deepStrictEqual(ofNew({ ...leastHosted, license: 'HostedEssentials' }), [])
    const old = { ...leastHosted, license: 'HostedPro' }
    assert.deepStrictEqual(ofOld(old, { ...leastHosted, license: 'HostedEssentials' }), [
      `license: a change to HostedEssentials can be sent only with ${placeless}`
    ])
    assert.deepStrictEqual(ofOld(old, { ...leastHosted, license: 'HostedEssentials' }, sample), [])
    // What is declared for the first time may be what the platform has.
    assert.deepStrictEqual(ofOld(leastHosted, { ...leastHosted, license: 'HostedEssentials', fullName: 'acme' }), [])
  })

  it('nor has it one for the full name', () => {
    const fault = [`fullName: can be changed only with ${placeless}; or declare what it was`]
    const renamed = { ...allHosted, fullName: 'Northwind' }
    assert.deepStrictEqual(ofOld(allHosted, renamed), fault)
    assert.deepStrictEqual(ofOperator({ ...allOperator, fullName: 'Other' }, allOperator), fault)
    assert.deepStrictEqual(ofOld(allHosted, renamed, sample), [])
    // Not declared any more: it stays as it is.
    assert.deepStrictEqual(ofOld(allHosted, without(allHosted, 'fullName')), [])
  })

  it('what is used at the creation cannot be changed, and may be left out later', () => {
    const said =
      'is used at the creation of the service only, and the service exists; declare what it was then, or leave it out'
    assert.deepStrictEqual(
      ofOld(allHosted, {
        ...allHosted,
        siteLocation: { ...allHosted.siteLocation, sbcId: 5 },
        channelId: '16',
        lcCustomerId: '78',
        scriptParameters: {}
      }),
      [
        `siteLocation: ${said}, and manage the connection as a SipConnection with adopt`,
        `channelId: ${said}`,
        `scriptParameters: ${said}`,
        `lcCustomerId: ${said}`
      ]
    )
    assert.deepStrictEqual(ofOld(without(allHosted, 'channelId'), allHosted), [`channelId: ${said}`])
    assert.deepStrictEqual(
      ofOld(allHosted, without(allHosted, 'siteLocation', 'channelId', 'lcCustomerId', 'scriptParameters')),
      []
    )
    assert.deepStrictEqual(ofOperator({ ...allOperator, channelId: '16' }, allOperator), [`channelId: ${said}`])
  })
})

describe('Check of services: a replacement', () => {
  const free = { ...leastHosted, deletionProtection: false }

  it('is refused while the last run does not say that the service may go', () => {
    for (const [key, value] of [
      ['shortName', 'southwind'],
      ['ovocCustomerType', 'TENANT_TYPE'],
      ['msTenantId', otherTenantId]
    ] as const) {
      for (const olds of [leastHosted, { ...leastHosted, deletionProtection: true }]) {
        // What this run says comes too late.
        assert.deepStrictEqual(ofOld(olds, { ...free, [key]: value }), [`${key}: ${isProtected}`])
      }
      assert.deepStrictEqual(ofOld(free, { ...leastHosted, [key]: value }), [])
    }
    assert.deepStrictEqual(ofOperator({ ...leastOperator, configuration: 'tenant' }, leastOperator), [
      `configuration: ${isProtected}`
    ])
  })

  it('may change what is used at the creation, and needs what a new service needs', () => {
    const olds = { ...allHosted, deletionProtection: false }
    const renamed = { ...olds, shortName: 'southwind', adopt: true }
    assert.deepStrictEqual(ofOld(olds, { ...renamed, channelId: '16', fullName: 'Southwind' }), [])
    assert.deepStrictEqual(ofOld(olds, without(renamed, 'siteLocation')), [
      'siteLocation: is required for a new service: { sbcId, onboardingScript, cleanupScript } (see Get SBC Devices and Get Script Templates)'
    ])
    assert.deepStrictEqual(ofOld({ ...olds, adopt: customerGuid }, { ...renamed, adopt: customerGuid }), [
      'adopt: names the old service, which this replacement deletes; remove it, or name another service'
    ])
  })

  it('is none where the last run did not know what the platform does not tell', () => {
    assert.deepStrictEqual(
      ofOld(without(leastHosted, 'ovocCustomerType', 'siteLocation'), without(leastHosted, 'siteLocation')),
      []
    )
  })
})
