import * as assert from 'node:assert'
import type { ServiceConnection } from '../../../provider/lookups/Services'
import { nameFindings } from '../../../provider/preflight/SiteName'
import type { Declaration } from '../../../provider/preflight/Declaration'
import { declares, unknown } from './support'

const [first, second, third] = ['a', 'b', 'c'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000001`) as [
  string,
  string,
  string
]

const site = (siteGuid: string, siteName: string): ServiceConnection => ({
  siteGuid,
  siteName,
  sbcId: 3,
  sbcDeploymentState: undefined,
  sbcConfigurationType: undefined
})

const sites = [site(first, 'main'), site(second, 'twice'), site(third, 'twice')]
const scripts = { onboardingScript: 12001, cleanupScript: 12002 }

const howToAdopt = (guid: string): string =>
  `to take it over, declare adopt: "${guid}" (or adopt: true) with enableCac and carrierRegistration; to make another connection, choose another siteName`

const cases: ReadonlyArray<readonly [string, Declaration, ReadonlyArray<string>]> = [
  ['a name that is free', declares({ siteName: 'new' }), []],
  ['a name in another case, which is another name', declares({ siteName: 'Main' }), []],
  [
    'a name that is taken',
    declares({ siteName: 'main' }),
    [`siteName: "main" exists already at the customer (site ${first}); ${howToAdopt(first)}`]
  ],
  [
    'a name that is taken, with adopt false',
    declares({ siteName: 'main', adopt: false }),
    [`siteName: "main" exists already at the customer (site ${first}); ${howToAdopt(first)}`]
  ],
  [
    'a name that two have',
    declares({ siteName: 'twice' }),
    [
      `siteName: "twice" exists already at the customer, 2 times (sites ${second}, ${third}); to take one over, declare adopt: "<site id>"; to make another connection, choose another siteName`
    ]
  ],
  ['a name that is not known yet', declares({ siteName: unknown }), []],
  ['a taken name of a resource that may be replaced', declares({ siteName: 'main' }, { mayReplace: true }), []],
  ['adopt that is not known yet', declares({ siteName: 'main', adopt: unknown }), []],
  ['adopt: true, and one of the name', declares({ siteName: 'main', adopt: true }), []],
  [
    'adopt: true, and two of the name',
    declares({ siteName: 'twice', adopt: true }),
    [
      `adopt: the customer has 2 connections "twice" (sites ${second}, ${third}); declare which one is meant: adopt: "<site id>"`
    ]
  ],
  ['adopt: true, none of the name, and scripts', declares({ siteName: 'new', adopt: true, sbcScripts: scripts }), []],
  [
    'adopt: true, none of the name, and no scripts',
    declares({ siteName: 'new', adopt: true }),
    [
      'adopt: the customer has no connection "new" to take over, and a new one needs sbcScripts.onboardingScript and sbcScripts.cleanupScript; declare them, or correct siteName'
    ]
  ],
  [
    'adopt: true, none of the name, and one script',
    declares({ siteName: 'new', adopt: true, sbcScripts: { onboardingScript: 12001 } }),
    [
      'adopt: the customer has no connection "new" to take over, and a new one needs sbcScripts.cleanupScript; declare it, or correct siteName'
    ]
  ],
  [
    'adopt: true, none of the name, and a script that is not known yet',
    declares({ siteName: 'new', adopt: true, sbcScripts: { onboardingScript: 12001, cleanupScript: unknown } }),
    []
  ],
  ['adopt: true, and scripts not known yet', declares({ siteName: 'new', adopt: true, sbcScripts: unknown }), []],
  ['an id to adopt that the customer has, whatever the name', declares({ siteName: 'new', adopt: third }), []],
  [
    'an id to adopt that the customer does not have',
    declares({ siteName: 'main', adopt: first.replace('a', 'f') }),
    [
      `adopt: the customer has no connection ${first.replace('a', 'f')}; take the id from its service details, or leave adopt out to create a connection`
    ]
  ],
  ['a connection of its own', declares({ siteName: 'main' }, { siteGuid: first }), []],
  ['one of two of the name', declares({ siteName: 'twice' }, { siteGuid: third }), []],
  ['a new name of its own connection', declares({ siteName: 'new' }, { siteGuid: first }), []],
  [
    'a new name that another connection has',
    declares({ siteName: 'main' }, { siteGuid: second }),
    [`siteName: "main" is the name of another connection of the customer (site ${first}); choose another name`]
  ],
  ['a connection that the list does not tell yet', declares({ siteName: 'main' }, { siteGuid: 'not listed' }), []]
]

describe('Preflight: the name of a connection', () => {
  for (const [what, declaration, expected] of cases) {
    it(`${what}: ${expected.length === 0 ? 'fits' : 'is told'}`, () => {
      assert.deepStrictEqual(nameFindings(declaration, sites), expected)
      assert.deepStrictEqual(nameFindings(declaration, undefined), [])
    })
  }

  it('shows no id that is not a uuid', () => {
    const [finding] = nameFindings(declares({ siteName: 'odd' }), [site('<script>', 'odd')])
    assert.match(finding ?? '', /\(site \(not a uuid\)\)/)
    assert.doesNotMatch(finding ?? '', /<script>/)
  })
})
