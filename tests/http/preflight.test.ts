// What the preflight reads and tells, on scripted answers and on the simulator.

import * as assert from 'node:assert'
import { inspect, type Inspected } from '../../provider/preflight/program'
import type { Declaration } from '../../provider/preflight/Declaration'
import { lookUp } from '../../provider/lookups/program'
import { type SimulatorOptions, STATIC_TOKEN, customerGuids, startSimulator } from '../../simulator'
import { type Answer, type Sent, answers, ok } from './support/Scripted'

const baseUrl = 'https://live.example.net/tenantui'
const token = 'canary-token'
const guid = '11111111-1111-4111-8111-111111111111'
const [siteGuid, otherGuid] = ['a', 'b'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000001`) as [
  string,
  string
]

const quick = { requestsPerSecond: '0', maxRetries: '0' }

/** A run of a program with this configuration. */
const running = (settings: Readonly<Record<string, string>> = {}, instance?: string) => {
  const run = {}
  const warnings: Array<string> = []
  const sources = {
    stack: { baseUrl, accessToken: token, ...quick, ...settings },
    environment: {},
    ...(instance === undefined ? {} : { instance })
  }
  const warn = (text: string): void => {
    warnings.push(text)
  }
  const ask = (
    args: Declaration['args'],
    { secrets = [], ...more }: Partial<Declaration> & { readonly secrets?: ReadonlyArray<string> } = {}
  ): Promise<Inspected> => inspect({ declaration: { args, mayReplace: false, ...more }, secrets, sources, run, warn })
  const look = (call: 'getServices' | 'getScriptTemplates') =>
    lookUp({ call, args: {}, sources, run, warn, isSecret: false })
  return { ask, look, warnings }
}

const args: Declaration['args'] = {
  customerGuid: guid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
}

const site = { id: siteGuid, name: 'headquarters', sbcId: 3 }
const services = ok([{ UmpCustomerGuid: guid, CustomerShortName: 'acme', SiteLocation: [site] }])
const scripts = ok([
  { id: 12001, name: 'up', scriptType: 1, relatedScripts: [{ key: 12002, value: 'down' }] },
  { id: 12002, name: 'down', scriptType: 2, relatedScripts: null }
])
const profiles = ok([
  {
    callingProfileId: 'p-1',
    trunksEnrolled: [{ trunkFqdn: 'oc.example.net', matchingSbcList: [{ sbcId: 3, fqdn: 'sbc3.example.net' }] }]
  }
])

const servicesPath = '/tenantui/api/v3/customer?allDetails=true'
const scriptsPath = '/tenantui/api/v2/scripttemplates?scriptType=Any&allDetails=true&PageNumber=0&PageSize=100'
const profilesPath = '/tenantui/api/v2/oc/callingprofile'
const gatewaysPath = `/tenantui/api/v3/customer/${guid}/onlinepstngateway?PageNumber=0&PageSize=100`
const detailsPath = (version: 'v2' | 'v3', customer = guid) =>
  `/tenantui/api/${version}/customer/${customer}${version === 'v3' ? '?allDetails=true' : ''}`

/** Answers by path; which is asked for first is not settled. */
const answering = (given: Readonly<Record<string, Answer>>): Array<Sent> =>
  answers(Object.entries(given).map(([path, answer]) => [`GET ${path}`, answer] as const))

const lists = { [servicesPath]: services, [scriptsPath]: scripts, [profilesPath]: profiles }

const paths = (sent: ReadonlyArray<Sent>): ReadonlyArray<string> => sent.map(({ url }) => url).sort()

const nothing: Inspected = { findings: [], notices: [], troubles: [] }

/** Weight and headline of what could not be read. */
const troubles = ({ troubles: all }: Inspected): ReadonlyArray<readonly [string, string | undefined]> =>
  all.map(({ weight, lines }) => [weight, lines[0]] as const)

describe('The preflight', () => {
  it('of 200 connections reads each list once, and nothing else', async () => {
    const sent = answering(lists)
    const { ask } = running()
    const all = await Promise.all(Array.from({ length: 200 }, (_, at) => ask({ ...args, siteName: `branch-${at}` })))
    assert.deepStrictEqual(
      all,
      Array.from({ length: 200 }, () => nothing)
    )
    assert.deepStrictEqual(paths(sent), [profilesPath, scriptsPath, servicesPath].sort())
    // Those that are registered later have them too.
    assert.deepStrictEqual(await ask({ ...args, siteName: 'later' }), nothing)
    assert.strictEqual(sent.length, 3)
  })

  it('shares the lists with the lookups of the program', async () => {
    const sent = answering({ ...lists, '/tenantui/api/v3/customer': services })
    const { ask, look } = running()
    await look('getScriptTemplates')
    await ask(args)
    await look('getScriptTemplates')
    await look('getServices')
    assert.deepStrictEqual(paths(sent), ['/tenantui/api/v3/customer', profilesPath, scriptsPath, servicesPath].sort())
  })

  it('reads only what the known values need', async () => {
    const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9' as never
    const sent = answering({ [scriptsPath]: scripts })
    const { ask } = running()
    const none = { customerGuid: unknown, siteName: unknown, sbcId: unknown, sbcScripts: unknown }
    assert.deepStrictEqual(await ask(none), nothing)
    assert.deepStrictEqual(sent, [])
    const { findings } = await ask({ ...none, sbcScripts: { onboardingScript: 12003, cleanupScript: unknown } })
    assert.deepStrictEqual(findings, [
      'sbcScripts.onboardingScript: there is no script 12003; there are up (12001, SbcOnboarding)'
    ])
    assert.deepStrictEqual(paths(sent), [scriptsPath])
  })

  it('asks for the gateways of a customer only where one is doubted', async () => {
    const sent = answering(lists)
    const { ask } = running()
    assert.deepStrictEqual(await ask({ ...args, onlinePstnGateway: 'sbc3.example.net' }), nothing)
    assert.strictEqual(sent.length, 3)
    answers([[`GET ${gatewaysPath}`, ok([{ fqdn: 'headquarters.dr.example.net' }])]], undefined, sent)
    const wrong = await Promise.all(
      ['dr.example.net', 'oc.example.net', 'sbc9.example.net'].map((each) => ask({ ...args, onlinePstnGateway: each }))
    )
    assert.deepStrictEqual(
      wrong.map(({ findings }) => findings.length),
      [0, 0, 1]
    )
    assert.strictEqual(sent.length, 4)
  })

  it('takes the connections of a customer from its own details where the list does not tell them', async () => {
    const elsewhere = { ...args, siteName: 'headquarters' }
    const details = ok({ UmpCustomerGuid: guid, SiteLocation: [site] })
    const lacking: ReadonlyArray<Answer> = [
      ok([{ UmpCustomerGuid: guid, CustomerShortName: 'acme' }]),
      ok([]),
      { status: 403 },
      { status: 404 }
    ]
    for (const list of lacking) {
      const sent = answering({ ...lists, [servicesPath]: list, [detailsPath('v3')]: details })
      const { findings } = await running().ask(elsewhere)
      assert.match(findings[0] ?? '', /^siteName: "headquarters" exists already/)
      assert.strictEqual(sent.length, 4)
    }
  })

  it('tells a customer that is not there, for each connection and with one request', async () => {
    const other = guid.replaceAll('1', '7')
    const missing = { status: 404, body: 'no such customer' }
    const sent = answering({ ...lists, [detailsPath('v3', other)]: missing, [detailsPath('v2', other)]: missing })
    const { ask } = running()
    const both = await Promise.all([1, 2].map((n) => ask({ ...args, siteName: `branch-${n}`, customerGuid: other })))
    const finding = `customerGuid: the platform knows no customer ${other} (404: no such customer), or ${baseUrl} is not its base URL`
    assert.deepStrictEqual(both, [
      { ...nothing, findings: [finding] },
      { ...nothing, findings: [finding] }
    ])
    assert.strictEqual(sent.length, 5)
  })

  it('knows CAC profiles and the whole inventory from Get SBC Devices, where it has a path', async () => {
    const devices = ok([{ id: 3, name: 'sbc-3', fqdn: 'sbc3.example.net', cacProfiles: ['5 sessions'] }])
    const sent = answering({ [servicesPath]: services, [scriptsPath]: scripts, '/tenantui/api/sbcs': devices })
    const { ask } = running({ sbcDevicesPath: '/api/sbcs' })
    assert.deepStrictEqual(await ask({ ...args, cacProfile: '5 sessions' }), nothing)
    assert.deepStrictEqual((await ask({ ...args, cacProfile: '10 sessions' })).findings, [
      'cacProfile: SBC 3 (sbc-3, sbc3.example.net) has no profile "10 sessions"; it has 5 sessions'
    ])
    assert.deepStrictEqual((await ask({ ...args, sbcId: 4 })).findings, [
      'sbcId: there is no SBC 4; Get SBC Devices lists 3 (sbc-3, sbc3.example.net)'
    ])
    assert.strictEqual(sent.length, 3)
  })
})

describe('The preflight, where a read fails,', () => {
  it('asks for nothing more once the platform cannot be asked, and says so of every connection alike', async () => {
    const broken: Answer = { broken: 'ECONNREFUSED' }
    const sent = answering({ [servicesPath]: broken, [scriptsPath]: broken, [profilesPath]: broken })
    const { ask } = running()
    const first = await Promise.all([ask(args), ask({ ...args, siteName: 'b' })])
    const later = await ask({ ...args, customerGuid: otherGuid })
    assert.deepStrictEqual(
      [...first, later].map(({ findings, troubles: all }) => [findings, [...new Set(all.map(({ key }) => key))]]),
      [1, 2, 3].map(() => [[], ['platform']])
    )
    assert.strictEqual(sent.length, 3)
    assert.match(troubles(later)[0]?.[1] ?? '', /cannot be reached: connection refused$/)
  })

  it('checks the rest', async () => {
    const cases: ReadonlyArray<readonly [Readonly<Record<string, Answer>>, ReadonlyArray<readonly [string, string]>]> =
      [
        [
          { [scriptsPath]: { status: 403 } },
          [['refused', 'Lookup getScriptTemplates() failed: the platform rejected GET with status 403']]
        ],
        [
          { [scriptsPath]: { status: 404 } },
          [['missing', `Lookup getScriptTemplates() failed: GET ${baseUrl}/api/v2/scripttemplates was not found (404)`]]
        ],
        [
          { [scriptsPath]: ok([{ id: 'x' }]) },
          [
            [
              'missing',
              'Lookup getScriptTemplates() failed: the answer to GET is not as documented: [0].id: expected integer; [0].name: expected string'
            ]
          ]
        ],
        // Without Operator Connect there are no calling profiles, and an SBC cannot be held to be wrong without them.
        [{ [profilesPath]: { status: 404 } }, []],
        [
          { [profilesPath]: { status: 403 } },
          [['slight', 'Lookup getCallingProfiles() failed: the platform rejected GET with status 403']]
        ]
      ]
    for (const [given, expected] of cases) {
      answering({ ...lists, ...given })
      const inspected = await running().ask({ ...args, siteName: 'headquarters' })
      assert.deepStrictEqual(troubles(inspected), expected)
      assert.strictEqual(inspected.findings.length, 1)
    }
  })

  it('shows neither the token nor a value that is secret', async () => {
    answering({ ...lists, [scriptsPath]: { status: 403, body: `"${token} may not"` } })
    const inspected = await running().ask(
      { ...args, siteName: 'headquarters' },
      { secrets: ['headquarters', guid, siteGuid] }
    )
    assert.deepStrictEqual(inspected.findings, [
      'siteName: "[secret]" exists already at the customer (site [secret]); to take it over, declare adopt: "[secret]" (or adopt: true) with enableCac and carrierRegistration; to make another connection, choose another siteName'
    ])
    assert.deepStrictEqual(inspected.troubles[0]?.lines.slice(0, 2), [
      'Lookup getScriptTemplates() failed: the platform rejected GET with status 403',
      '    Platform: [secret] may not'
    ])
  })

  it('names the instance whose configuration is missing', async () => {
    const { ask } = running({ baseUrl: '' }, 'eu')
    assert.deepStrictEqual(troubles(await ask(args)), [
      [
        'platform',
        'Missing configuration baseUrl of the provider instance "eu": the address of the platform; give it to new live.Provider("eu", { baseUrl: … }).'
      ]
    ])
  })
})

/** Something that a test does with a simulator of its own, on a real clock. */
const withSimulator = async (
  options: SimulatorOptions,
  body: (simulator: Awaited<ReturnType<typeof startSimulator>>) => Promise<void>
): Promise<void> => {
  const simulator = await startSimulator(options)
  try {
    await body(simulator)
  } finally {
    await simulator.close()
  }
}

describe('The preflight on the simulator', () => {
  const good = { ...args, customerGuid: customerGuids.acme }

  for (const sbcDevicesAnswer of ['camel', 'pascal', 'envelope'] as const) {
    it(`has no finding on a good program (devices: ${sbcDevicesAnswer})`, () =>
      withSimulator({ switches: { sbcDevicesPath: '/api/v2/sbcs', sbcDevicesAnswer } }, async ({ url }) => {
        const { ask } = running({ baseUrl: url, accessToken: STATIC_TOKEN, sbcDevicesPath: '/api/v2/sbcs' })
        const full = {
          ...good,
          enableCac: true,
          cacProfile: '10 sessions',
          m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
          onlinePstnGateway: 'sbc3.provider.example'
        }
        assert.deepStrictEqual(await ask(full), nothing)
        assert.deepStrictEqual((await ask({ ...full, cacProfile: '50 sessions' })).findings, [
          'cacProfile: SBC 3 (sbc-frankfurt, sbc3.provider.example) has no profile "50 sessions"; it has 5 sessions, 10 sessions, 20 sessions'
        ])
      }))
  }

  it('tells of all customers and scripts, however the platform pages and shows them', () =>
    withSimulator({ switches: { relatedScripts: 'always' } }, async ({ url }) => {
      const { ask } = running({ baseUrl: url, accessToken: STATIC_TOKEN })
      const odd = { ...good, customerGuid: customerGuids.contoso, siteName: 'headquarters' }
      const { findings } = await ask({ ...odd, sbcScripts: { onboardingScript: 12001, cleanupScript: 15003 } })
      assert.deepStrictEqual(
        findings.map((finding) => finding.split(' ').slice(0, 4).join(' ')),
        ['siteName: "headquarters" exists already', 'sbcScripts: trunk-onboarding (12001, SbcOnboarding)']
      )
    }))

  it('waits no longer for an answer than for one exchange', () =>
    withSimulator({}, async (simulator) => {
      simulator.addFault({ match: { method: 'GET' }, fault: { kind: 'delay', ms: 60_000 }, times: 'always' })
      const { ask } = running({
        baseUrl: simulator.url,
        accessToken: STATIC_TOKEN,
        requestTimeout: '0.2',
        maxRetries: '5'
      })
      const inspected = await ask(good)
      assert.deepStrictEqual(
        inspected.troubles.map(({ weight }) => weight),
        ['platform', 'platform', 'platform']
      )
      assert.strictEqual(simulator.requests().length, 3)
    }))

  it('takes no time from a lookup that waits for the same list', () =>
    withSimulator({}, async (simulator) => {
      // The time of the preflight is over with the first of them.
      simulator.addFault({ match: { path: 'scripttemplates' }, fault: { kind: 'delay', ms: 60_000 }, times: 1 })
      const { ask, look } = running({
        baseUrl: simulator.url,
        accessToken: STATIC_TOKEN,
        requestTimeout: '0.2',
        maxRetries: '5'
      })
      const preflight = ask(good)
      const answered = await look('getScriptTemplates')
      assert.deepStrictEqual(troubles(await preflight).length, 1)
      assert.strictEqual('value' in answered && (answered.value as ReadonlyArray<unknown>).length, 11)
    }))
})
