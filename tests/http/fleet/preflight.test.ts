// What the preflight of a fleet reads and says, on scripted answers; and a program of fleets as a process of its own.

import * as assert from 'node:assert'
import * as path from 'node:path'
import type { FleetEntry, SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import { type AskedFleet, type InspectedFleet, inspectFleet } from '../../../provider/preflight/LiveFleet'
import { customerGuid, otherCustomerGuid } from '../../unit/support'
import { nthSite } from '../../unit/fleet/Fleets'
import { HEADQUARTERS_GUID, startSimulator } from '../../../simulator'
import { previewed } from '../support/Previewed'
import { type Answer, type Sent, answers, ok } from '../support/Scripted'

const baseUrl = 'https://live.example.net/tenantui'
const token = 'canary-token'
const settings = { baseUrl, accessToken: token, requestsPerSecond: '0', maxRetries: '0' }

/** Reads are shared within a run; a test is one. */
let run = {}

const inspect = (
  inputs: SipConnectionFleetArgs,
  state: AskedFleet['state'] = {},
  more: Readonly<Record<string, string>> = {},
  secrets: ReadonlyArray<string> = []
): Promise<InspectedFleet> =>
  inspectFleet({
    inputs: { ...inputs },
    state,
    mayReplace: false,
    secrets,
    sources: { stack: { ...settings, ...more }, environment: {} },
    run,
    warn: () => undefined
  })

const defaults = { customerGuid, sbcId: 3, sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } }

/** So many connections that have nothing but their names, or this too. */
const rows = (n: number, more: FleetEntry = {}): SipConnectionFleetArgs['connections'] =>
  Object.fromEntries(Array.from({ length: n }, (_, at) => [`row${at}`, { siteName: `site-${at}`, ...more }]))

const first = 'row0, row1, row2, row3, row4'
const site = (n: number, name: string) => ({ id: nthSite(n), name, sbcId: 3 })
const services = (...sites: ReadonlyArray<ReturnType<typeof site>>): Answer =>
  ok([{ UmpCustomerGuid: customerGuid, CustomerShortName: 'acme', SiteLocation: sites }])
const scripts = ok([
  { id: 12001, name: 'up', scriptType: 1, relatedScripts: [{ key: 12002, value: 'down' }] },
  { id: 12002, name: 'down', scriptType: 2, relatedScripts: null }
])
const devices = ok([{ id: 3, name: 'sbc-3', fqdn: 'sbc3.example.net', cacProfiles: ['5 sessions'] }])

const servicesPath = '/tenantui/api/v3/customer?allDetails=true'
const scriptsPath = '/tenantui/api/v2/scripttemplates?scriptType=Any&allDetails=true&PageNumber=0&PageSize=100'
const profilesPath = '/tenantui/api/v2/oc/callingprofile'
const devicesPath = '/tenantui/api/sbcs'
const whole = { sbcDevicesPath: '/api/sbcs' }

/** What is read where Get SBC Devices has a path. */
const lists = { [servicesPath]: services(site(1, 'headquarters')), [scriptsPath]: scripts, [devicesPath]: devices }

/** Each of the answers is asked for exactly once, or the test fails. */
const answering = (given: Readonly<Record<string, Answer>> = lists): Array<Sent> =>
  answers(Object.entries(given).map(([path, answer]) => [`GET ${path}`, answer] as const))

const paths = (sent: ReadonlyArray<Sent>): ReadonlyArray<string> => sent.map(({ url }) => url).sort()

const nothing: InspectedFleet = { findings: [], notices: [], troubles: [] }

describe('The preflight of a fleet', () => {
  beforeEach(() => {
    run = {}
  })

  it('reads each list once for all rows, and says once what is wrong in all of them', async () => {
    const sent = answering()
    const wrong = { ...defaults, sbcId: 42, sbcScripts: { onboardingScript: 12009, cleanupScript: 12002 } }
    const { findings, ...rest } = await inspect({ defaults: wrong, connections: rows(400) }, {}, whole)
    assert.deepStrictEqual(findings, [
      `defaults.sbcId: 400 entries (${first} and 395 more): there is no SBC 42; Get SBC Devices lists 3 (sbc-3, sbc3.example.net)`,
      `defaults.sbcScripts.onboardingScript: 400 entries (${first} and 395 more): there is no script 12009; there are up (12001, SbcOnboarding)`
    ])
    assert.deepStrictEqual(rest, { notices: [], troubles: [] })
    assert.deepStrictEqual(paths(sent), [devicesPath, scriptsPath, servicesPath].sort())
  })

  it('looks at every row with its own values', async () => {
    answering({ ...lists, [servicesPath]: services(site(1, 'headquarters'), site(2, 'site-1')) })
    const connections = {
      ...rows(3),
      hq: { siteName: 'headquarters' },
      gold: { siteName: 'gold', cacProfile: 'Gold' },
      swapped: { siteName: 'swapped', sbcScripts: { onboardingScript: 12002, cleanupScript: 12001 } }
    }
    assert.deepStrictEqual(await inspect({ defaults, connections }, {}, whole), {
      ...nothing,
      findings: [
        'connections: 2 entries (row1, hq): siteName: "<siteName>" exists already at the customer (site <site id>); to take it over, declare adopt: "<site id>" (or adopt: true) with enableCac and carrierRegistration; to make another connection, choose another siteName',
        'connections.gold.cacProfile: SBC 3 (sbc-3, sbc3.example.net) has no profile "Gold"; it has 5 sessions',
        'connections.swapped.sbcScripts: down (12002, SbcCleanup) and up (12001, SbcOnboarding) are the wrong way round; exchange onboardingScript and cleanupScript'
      ]
    })
  })

  it('takes rows that differ in their names only for alike, but for a gateway that has the name in front', async () => {
    const gateways = `/tenantui/api/v3/customer/${customerGuid}/onlinepstngateway?PageNumber=0&PageSize=100`
    answering({ ...lists, [profilesPath]: ok([]), [gateways]: ok([{ fqdn: 'pstn.example.net' }]) })
    const onlinePstnGateway = 'dr.sbc3.example.net'
    const connections = { dr: { siteName: 'dr' }, xx: { siteName: 'xx' } }
    assert.deepStrictEqual(await inspect({ defaults: { ...defaults, onlinePstnGateway }, connections }, {}, whole), {
      ...nothing,
      findings: [
        'defaults.onlinePstnGateway: 1 entry (xx): there is no gateway "dr.sbc3.example.net"; the SBC is sbc3.example.net, and the customer has pstn.example.net'
      ]
    })
  })

  it('has nothing against a name that is to be taken over, by the fleet or by the entry', async () => {
    answering({ ...lists, [servicesPath]: services(site(1, 'site-0'), site(2, 'site-1')) })
    assert.deepStrictEqual(await inspect({ defaults, connections: rows(3), adopt: true }, {}, whole), nothing)
    const { row0, row1 } = rows(2)
    const connections = { row0: { ...row0, adopt: nthSite(1) }, row1: { ...row1, adopt: true } }
    assert.deepStrictEqual(await inspect({ defaults, connections }, {}, whole), nothing)
    const { findings } = await inspect(
      { defaults, connections: { ...connections, row1: { ...row1, adopt: nthSite(9) } } },
      {},
      whole
    )
    assert.deepStrictEqual(findings, [
      `connections.row1.adopt: the customer has no connection ${nthSite(9)}; take the id from its service details, or leave adopt out to create a connection`
    ])
  })

  const made = {
    defaults,
    connections: rows(3),
    siteGuids: { row0: nthSite(10), row1: nthSite(11), row2: nthSite(12) },
    platform: baseUrl
  }
  const made3 = services(site(1, 'headquarters'), ...[0, 1, 2].map((n) => site(10 + n, `site-${n}`)))

  it('leaves alone what stays as it is, and reads nothing where all of it does', async () => {
    const sent = answering({})
    const { row1, row2 } = made.connections
    const others = { 'row-1': row1, row2 } as SipConnectionFleetArgs['connections']
    for (const connections of [made.connections, others])
      assert.deepStrictEqual(
        await inspect({ defaults, connections, adopt: true, limits: { maxDeletes: 9 } }, made, whole),
        nothing
      )
    assert.deepStrictEqual(sent, [])
    answering({ ...lists, [servicesPath]: made3 })
    // A profile that the SBC does not have, of one that changes and of one that is new; that of the others is the same and stays.
    const before = { ...made, defaults: { ...defaults, cacProfile: 'Gold' } }
    const connections = {
      ...made.connections,
      row1: { siteName: 'headquarters', allow: ['rename' as const] },
      row3: { siteName: 'site-3' }
    }
    const { findings } = await inspect({ defaults: before.defaults, connections }, before, whole)
    assert.deepStrictEqual(findings, [
      `connections.row1.siteName: "headquarters" is the name of another connection of the customer (site ${nthSite(1)}); choose another name`,
      'defaults.cacProfile: 2 entries (row1, row3): SBC 3 (sbc-3, sbc3.example.net) has no profile "Gold"; it has 5 sessions'
    ])
  })

  it('takes an entry that moves to another customer for a new one there', async () => {
    const there = {
      UmpCustomerGuid: otherCustomerGuid,
      CustomerShortName: 'contoso',
      SiteLocation: [site(1, 'site-0')]
    }
    answering({ ...lists, [servicesPath]: ok([there]) })
    const connections = { ...made.connections, row0: { siteName: 'site-0', customerGuid: otherCustomerGuid } }
    const { findings } = await inspect({ defaults, connections }, made, whole)
    assert.match(findings[0] ?? '', /^connections\.row0\.siteName: "site-0" exists already at the customer/)
    assert.strictEqual(findings.length, 1)
  })

  it('judges nothing that is not known yet, and asks for no list because of it', async () => {
    const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9' as never
    const sent = answering({})
    const unknowns = { customerGuid: unknown, sbcId: unknown, sbcScripts: unknown }
    for (const inputs of [
      { defaults: unknowns, connections: rows(2) },
      { defaults, connections: { row0: unknown } },
      { defaults, connections: unknown }
    ])
      assert.deepStrictEqual(await inspect(inputs, {}, whole), nothing)
    assert.deepStrictEqual(sent, [])
  })

  it('says once what looks odd, and once what cannot be read', async () => {
    answering({ [servicesPath]: lists[servicesPath], [scriptsPath]: { status: 403 }, [profilesPath]: ok([]) })
    const { findings, notices, troubles } = await inspect({
      defaults: { ...defaults, sbcId: 42 },
      connections: rows(6)
    })
    assert.deepStrictEqual(findings, [])
    assert.deepStrictEqual(notices, [
      [
        'SBC 42 is named neither by a calling profile nor by a SIP connection, which is right if this is its first one. Named are 3',
        `${first} and 1 more`
      ]
    ])
    assert.deepStrictEqual(
      troubles.map(({ weight, lines }) => [weight, lines[0]]),
      [['refused', 'Lookup getScriptTemplates() failed: the platform rejected GET with status 403']]
    )
  })

  it('shows neither the token nor a value that is secret', async () => {
    answering({ ...lists, [scriptsPath]: { status: 403, body: `"${token} may not"` } })
    const { findings, troubles } = await inspect(
      { defaults, connections: { a: { siteName: 'headquarters' } } },
      {},
      whole,
      ['headquarters']
    )
    assert.match(findings[0] ?? '', /^connections\.a\.siteName: "\[secret\]" exists already/)
    assert.strictEqual(troubles[0]?.lines[1], '    Platform: [secret] may not')
  })

  it('leaves a state that cannot be read to the provider', async () => {
    const sent = answering({})
    assert.deepStrictEqual(await inspect({ defaults, connections: rows(1) }, { schemaVersion: 99 }), nothing)
    assert.deepStrictEqual(sent, [])
  })
})

describe('A preview of fleets', () => {
  it('looks at what is new or changed by the last state, hides what the program calls secret, and reads each list once', async () => {
    const simulator = await startSimulator()
    try {
      const { said, unhandled } = await previewed(path.join(__dirname, 'previewProgram.js'), simulator.url, 'fail')
      const doesNotFit = 'Preflight: what is declared does not fit the platform:\n   '
      const noScript =
        'there is no script 12009; there are trunk-onboarding (12001, SbcOnboarding), hosted-onboarding (10007, SbcOnboarding), legacy-onboarding (15001, SbcOnboarding), legacy-onboarding (15002, SbcOnboarding)'
      assert.deepStrictEqual(said, [
        `error new: ${doesNotFit} connections.hq.siteName: "[secret]" exists already at the customer (site ${HEADQUARTERS_GUID}); to take it over, declare adopt: "${HEADQUARTERS_GUID}" (or adopt: true) with enableCac and carrierRegistration; to make another connection, choose another siteName\n    connections.open.sbcScripts.onboardingScript: ${noScript}`,
        `error old: ${doesNotFit} connections.changed.sbcScripts.onboardingScript: ${noScript}`,
        'info program: Preflight: please compare:\n    the state of the last run cannot be read, which tells what is new: the connections were not held against the platform (lost)\n    SBC 42 is named neither by a calling profile nor by a SIP connection, which is right if this is its first one. Named are 3 (sbc-frankfurt, sbc3.provider.example), 5 (sbc-london, sbc5.provider.example), 8 (sbc-madrid, sbc8.provider.example) (new: later)'
      ])
      assert.deepStrictEqual(unhandled, [
        'Preflight: 2 fleets do not fit the platform (new, old), and audiocodes-live:preflight is fail'
      ])
      assert.deepStrictEqual(
        simulator
          .requests()
          .map(({ path: asked }) => asked.replace('/tenantui/api', ''))
          .sort(),
        ['/v2/oc/callingprofile', '/v2/scripttemplates', '/v3/customer']
      )
    } finally {
      await simulator.close()
    }
  }).timeout(20_000)
})
