import * as assert from 'node:assert'
import { type Simulator, STATIC_TOKEN, startSimulator } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { acme, complaint, contoso, properties, program, resource, sites, startWorld, type World } from './World'

/** How often each list was asked for, by path and query below the base URL. */
const listCalls = (simulator: Simulator): Readonly<Record<string, number>> => {
  const lists = simulator
    .requests()
    .map(({ path }) => path.replace('/tenantui', ''))
    .filter(
      (path) => /^\/api\/v\d\/(customer|scripttemplates|oc\/)/.test(path) && !/customer\/[0-9a-f-]{36}/.test(path)
    )
  return Object.fromEntries(
    [...new Set(lists)].sort().map((path) => [path, lists.filter((each) => each === path).length])
  )
}

const once = {
  '/api/v2/oc/callingprofile': 1,
  '/api/v2/scripttemplates': 1,
  '/api/v3/customer': 1
}

/** A program with nothing but lookups, and an output for each. */
const looking = (...lines: ReadonlyArray<string>): string => program({}, lines.join('\n'))

/** 20 connections that name everything: half of them with promises, half with outputs. */
const byName = looking(
  `for (let n = 0; n < 20; n++) {
    const form = n % 2 === 0 ? '' : 'Output'
    new live.SipConnection('branch-' + n, {
      customerGuid: live['customerGuid' + form]('acme'),
      siteName: 'branch-' + n,
      sbcId: live['sbcId' + form](n % 4 < 2 ? 'sbc-frankfurt' : 'SBC5.provider.example.'),
      sbcScripts: {
        onboardingScript: live['scriptId' + form]('trunk-onboarding', { kind: 'SbcOnboarding' }),
        cleanupScript: live['scriptId' + form]('trunk-cleanup')
      }
    })
  }`
)

describe('Lookups by name', function () {
  this.timeout(90_000)
  let world: World
  before(async () => {
    world = await startWorld({ program: byName })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  after(() => world.end())

  it('of 20 connections ask for each list once in a preview, before there is anything', async () => {
    succeeded(await world.stack.preview())
    assert.deepStrictEqual(listCalls(world.simulator), once)
  })

  it('and once in an up, which gets the ids that the names mean', async () => {
    succeeded(await world.stack.up())
    assert.deepStrictEqual(listCalls(world.simulator), once)
    assert.deepStrictEqual(sites(world.simulator), Array.from({ length: 20 }, (_, n) => `branch-${n}`).sort())
    const made = await Promise.all(
      ['branch-0', 'branch-3'].map(async (name) => {
        const { customerGuid, sbcId, sbcScripts } = properties((await resource(world.stack, name)).inputs)
        return { customerGuid, sbcId, sbcScripts }
      })
    )
    const sbcScripts = { onboardingScript: 12001, cleanupScript: 12002 }
    assert.deepStrictEqual(made, [
      { customerGuid: acme, sbcId: 3, sbcScripts },
      { customerGuid: acme, sbcId: 5, sbcScripts }
    ])
  })

  it('add nothing to an up without changes but their own reads', async () => {
    succeeded(await world.stack.up())
    assert.strictEqual(world.simulator.requests().length, 3)
    assert.deepStrictEqual(listCalls(world.simulator), once)
  })
})

describe('Lookups in a program', function () {
  this.timeout(60_000)
  const token = 'canary-token-4711'
  let world: World
  let eu: Simulator
  before(async () => {
    eu = await startSimulator({ seed: 2 })
    world = await startWorld({
      program: looking(),
      secrets: { 'harness:name': 'contoso', 'harness:token': STATIC_TOKEN }
    })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
    eu.clearRequests()
  })
  after(async () => {
    await world.end()
    await eu.close()
  })

  it('with an explicit provider instance ask its platform, with its own arguments and nothing else', async () => {
    const { stack, simulator } = world
    const instance = `{ baseUrl: ${JSON.stringify(eu.url)}, accessToken: new pulumi.Config().requireSecret('token'), requestsPerSecond: 0 }`
    stack.setProgram(
      looking(
        `const eu = new live.Provider('eu', ${instance})`,
        "exports.promise = live.customerGuid('acme', { provider: eu })",
        "exports.output = live.scriptIdOutput('trunk-cleanup', { provider: eu, kind: 'SbcCleanup' })"
      )
    )
    // Neither of them is for the instance.
    stack.setEnv('AUDIOCODES_LIVE_CLIENT_ID', 'none')
    stack.setEnv('AUDIOCODES_LIVE_REQUEST_TIMEOUT', 'soon')
    succeeded(await stack.up())
    stack.setEnv('AUDIOCODES_LIVE_CLIENT_ID', undefined)
    stack.setEnv('AUDIOCODES_LIVE_REQUEST_TIMEOUT', undefined)
    assert.deepStrictEqual(
      simulator.requests().map(({ path }) => path),
      []
    )
    assert.deepStrictEqual(listCalls(eu), { '/api/v2/scripttemplates': 1, '/api/v3/customer': 1 })
    // What was found with a secret token is no secret.
    assert.deepStrictEqual(await stack.outputs(), { promise: acme, output: 12002 })
  })

  it('follow what the run makes: not known in the preview, known in the up; secret where the question is', async () => {
    const { stack, simulator } = world
    const branch = { siteName: 'branch', sbcId: 3, sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } }
    stack.setProgram(
      looking(
        `const branch = new live.SipConnection('branch', { ...${JSON.stringify(branch)}, customerGuid: live.customerGuid('acme') })`,
        'exports.site = live.getSipConnectionOutput({ siteGuid: branch.siteGuid }).siteName',
        "exports.secret = live.customerGuidOutput(new pulumi.Config().requireSecret('name'))",
        'exports.plain = live.getScriptTemplates().then((scripts) => scripts.find(({ id }) => id === 12001).name)'
      )
    )
    succeeded(await stack.preview())
    assert.deepStrictEqual(listCalls(simulator), { '/api/v2/scripttemplates': 1, '/api/v3/customer': 1 })
    assert.strictEqual(simulator.requests().length, 2)
    succeeded(await stack.up())
    assert.deepStrictEqual(await stack.outputs(), { site: 'branch', secret: '[secret]', plain: 'trunk-onboarding' })
    assert.strictEqual((await stack.outputs({ showSecrets: true }))['secret'], contoso)
  })

  it('that fail end the run with one message, whoever asks, and show no token', async () => {
    const { stack } = world
    stack.setProgram(
      looking(
        `for (const form of ['', '', 'Output'])
           for (const name of ['one', 'two'])
             new live.SipConnection(name + Math.random(), { siteName: name, sbcId: 3, customerGuid: live['customerGuid' + form]('acne') })`
      )
    )
    assert.strictEqual(
      complaint(await stack.preview()).replace(/umbrella.*$/m, '…'),
      [
        'pulumi:pulumi:Stack (harness-dev):',
        'error: Lookup customerGuid(shortName: "acne") failed: there is no service with the short name "acne"; there are acme, [secret], initech, …',
        'Applied: nothing is changed by reading.',
        'Next: correct the short name (upper and lower case count).',
        'correlation id <id>, <time>'
      ].join('\n')
    )
    stack.setEnv('AUDIOCODES_LIVE_ACCESS_TOKEN', token)
    stack.setProgram(looking('exports.services = live.getServicesOutput()'))
    const refused = await stack.preview()
    stack.setEnv('AUDIOCODES_LIVE_ACCESS_TOKEN', undefined)
    assert.match(
      complaint(refused),
      /error: Lookup getServices\(\) failed: authorisation was refused by .* with status 401/
    )
    assert.doesNotMatch(refused.output, /canary/)
  })

  it('as promises need a configuration that is known', async () => {
    const { stack } = world
    stack.setProgram(
      looking(
        `const first = new live.SipConnection('first', ${JSON.stringify({
          ...{ customerGuid: acme, siteName: 'first', sbcId: 3 },
          ...{ sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } }
        })})`,
        "const later = new live.Provider('later', { baseUrl: first.siteGuid, accessToken: 'x' })",
        'exports.output = live.getServicesOutput({}, { provider: later })',
        'exports.promise = live.getServices({}, { provider: later })'
      )
    )
    assert.match(
      complaint(await stack.preview()),
      /^error: getServices: the configuration of the provider instance is not known in this preview; use getServicesOutput in its place\.$/m
    )
    assert.deepStrictEqual(world.simulator.requests(), [])
  })
})
