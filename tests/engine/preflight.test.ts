import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { HEADQUARTERS_GUID, type Simulator, STATIC_TOKEN, startSimulator } from '../../simulator'
import { EngineRun, type RunResult, succeeded } from '../support/EngineRun'
import { repositoryRoot } from '../support/repository'
import { cleanEnvironment } from '../support/TemporaryProject'
import {
  acme,
  contoso,
  diagnostics,
  minimal,
  planned,
  program,
  startWorld,
  typesCheckedElsewhere,
  type World
} from './World'

/** What a run tells, by the name of the resource; of the program itself by that of the stack. */
const told = (result: RunResult): Readonly<Record<string, ReadonlyArray<string>>> =>
  Object.fromEntries(
    diagnostics(result)
      .split(/^(?=\S+ \([^)]+\):$)/m)
      .filter((section) => section !== '')
      .map((section) => {
        const [head = '', ...lines] = section.trimEnd().split('\n')
        return [/\((.*)\):$/.exec(head)?.[1] ?? head, lines]
      })
  )

const reads = (simulator: Simulator): ReadonlyArray<string> =>
  simulator
    .requests()
    .map(({ method, path: asked }) => `${method} ${asked.replace('/tenantui/api', '')}`)
    .sort()

const lists = ['GET /v2/oc/callingprofile', 'GET /v2/scripttemplates', 'GET /v3/customer']

const headline = 'Preflight: what is declared does not fit the platform:'
const taken = `siteName: "headquarters" exists already at the customer (site ${HEADQUARTERS_GUID}); to take it over, declare adopt: "${HEADQUARTERS_GUID}" (or adopt: true) with enableCac and carrierRegistration; to make another connection, choose another siteName`
const noScript = (field: string, id: number, nearest: string): string =>
  `sbcScripts.${field}: there is no script ${id}; there are ${nearest}`
const onboarding =
  'trunk-onboarding (12001, SbcOnboarding), hosted-onboarding (10007, SbcOnboarding), legacy-onboarding (15001, SbcOnboarding), legacy-onboarding (15002, SbcOnboarding)'

const headquarters = { ...minimal('headquarters'), customerGuid: contoso }
const adopting = { adopt: true, enableCac: false, carrierRegistration: false }
const badScript = { sbcScripts: { onboardingScript: 12009, cleanupScript: 12002 } }

describe('The preflight', function () {
  this.timeout(60_000)
  let world: World
  const setting = (key: string, value: string | undefined): void => {
    world.stack.setEnv(`AUDIOCODES_LIVE_${key}`, value)
  }
  before(async () => {
    world = await startWorld({
      program: program({}),
      // Else it would be decided by the configuration of the stack.
      settings: { preflight: '' },
      connected: 'environment',
      secrets: { 'harness:token': STATIC_TOKEN }
    })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  afterEach(() => {
    setting('PREFLIGHT', undefined)
  })
  after(() => world.end())

  const faulty = program({
    good: minimal('good'),
    bad: { ...headquarters, ...badScript },
    odd: { ...minimal('odd'), sbcId: 42 },
    cleanup: { ...minimal('cleanup'), sbcScripts: { onboardingScript: 12001, cleanupScript: 10700 } }
  })
  const pair =
    'sbcScripts: trunk-onboarding (12001, SbcOnboarding) and hosted-cleanup (10700, SbcCleanup) do not belong together: trunk-onboarding belongs with trunk-cleanup (12002, SbcCleanup); hosted-cleanup belongs with hosted-onboarding (10007, SbcOnboarding)'
  const notice = [
    'Preflight: please compare:',
    'SBC 42 is named neither by a calling profile nor by a SIP connection, which is right if this is its first one. Named are 3 (sbc-frankfurt, sbc3.provider.example), 5 (sbc-london, sbc5.provider.example), 8 (sbc-madrid, sbc8.provider.example) (odd)'
  ]

  it('warns of each connection once, with all findings, by default', async () => {
    const { stack, simulator } = world
    stack.setProgram(faulty)
    assert.deepStrictEqual(told(succeeded(await stack.preview())), {
      bad: [`warning: ${headline}`, taken, noScript('onboardingScript', 12009, onboarding)],
      cleanup: [`warning: ${headline}`, pair],
      'harness-dev': notice
    })
    assert.deepStrictEqual(reads(simulator), lists)
  })

  it('with fail tells the same as errors, all at once, and fails the preview', async () => {
    const { stack } = world
    stack.setProgram(faulty)
    setting('PREFLIGHT', 'fail')
    const result = await stack.preview()
    assert.deepStrictEqual(told(result), {
      bad: [`error: ${headline}`, taken, noScript('onboardingScript', 12009, onboarding)],
      cleanup: [`error: ${headline}`, pair],
      'harness-dev': [
        ...notice,
        'error: Preflight: 2 SIP connections do not fit the platform (bad, cleanup), and audiocodes-live:preflight is fail'
      ]
    })
    assert.strictEqual(result.code, 1)
    assert.doesNotMatch(result.output, /^\s+at /m)
  })

  it('with off reads nothing and says nothing', async () => {
    const { stack, simulator } = world
    stack.setProgram(faulty)
    setting('PREFLIGHT', 'off')
    assert.deepStrictEqual(told(succeeded(await stack.preview())), {})
    assert.deepStrictEqual(reads(simulator), [])
  })

  it('leaves inputs that are wrong to the check, and delays nothing', async () => {
    const { stack, simulator } = world
    // Such an answer would be waited for until the test ends.
    simulator.addFault({ match: { method: 'GET' }, fault: { kind: 'delay', ms: 120_000 }, times: 'always' })
    stack.setProgram(program({ good: minimal('good'), wrong: { ...headquarters, sbcId: -1 } }))
    const result = await stack.preview()
    simulator.clearFaults()
    assert.deepStrictEqual(told(result), {
      wrong: [
        "error: pulumi-nodejs:dynamic/audiocodes-live:SipConnection resource 'wrong' has a problem: sbcId: expected a whole number from 1"
      ]
    })
    assert.strictEqual(result.code, 1)
  })

  it('that cannot reach the platform is one warning, or one error', async () => {
    const { stack, simulator } = world
    stack.setProgram(program({ one: minimal('one'), two: { ...headquarters, ...badScript } }))
    setting('BASE_URL', 'http://127.0.0.1:9/tenantui')
    setting('MAX_RETRIES', '0')
    const warned = told(succeeded(await stack.preview()))
    setting('PREFLIGHT', 'fail')
    const failed = await stack.preview()
    setting('BASE_URL', simulator.url)
    setting('MAX_RETRIES', undefined)
    const [first = '', second = '', ...rest] = warned['harness-dev'] ?? []
    assert.deepStrictEqual(Object.keys(warned), ['harness-dev'])
    assert.strictEqual(
      first,
      'warning: Preflight: the platform could not be asked, so not everything is compared with it (the setting audiocodes-live:preflight says what that means):'
    )
    assert.match(second, /^Lookup get\w+\(.*\) failed: http:\S+ cannot be reached: connection refused$/)
    assert.deepStrictEqual(rest, [
      'Next: run the same command again; nothing depends on how far this came.',
      'correlation id <id>, <time>'
    ])
    assert.deepStrictEqual(Object.keys(told(failed)), ['harness-dev'])
    assert.strictEqual(told(failed)['harness-dev']?.[0], first.replace('warning', 'error'))
    assert.strictEqual(failed.code, 1)
  })

  it('that lacks a permission is one warning, and checks the rest', async () => {
    const { stack, simulator } = world
    stack.setProgram(program({ one: minimal('one'), two: { ...headquarters, ...badScript } }))
    simulator.addFault({ match: { path: 'scripttemplates' }, fault: { kind: 'status', status: 403 } })
    assert.deepStrictEqual(told(succeeded(await stack.preview())), {
      two: [`warning: ${headline}`, taken],
      'harness-dev': [
        'warning: Preflight: not everything is compared with the platform:',
        'Lookup getScriptTemplates() failed: the platform rejected GET with status 403',
        'Platform: Scripted failure',
        'Next: let the app registration have the right that this call needs, and run again.',
        'status 403, correlation id <id>, <time>'
      ]
    })
  })

  it('judges known values only', async () => {
    const { stack } = world
    stack.setProgram(
      program(
        { first: minimal('first') },
        `const later = (value) => declared.first.siteGuid.apply(() => value)
         const rest = ${JSON.stringify(headquarters)}
         new live.SipConnection('name', { ...rest, siteName: later('headquarters') })
         new live.SipConnection('customer', { ...rest, customerGuid: later('${acme}') })
         new live.SipConnection('adopts', { ...rest, ...${JSON.stringify(adopting)}, sbcScripts: later({}), siteName: 'new', adopt: later(true) })
         new live.SipConnection('scripts', { ...rest, siteName: 'scripts', sbcScripts: later({ onboardingScript: 1 }) })
         new live.SipConnection('half', { ...rest, siteName: 'half', sbcScripts: { onboardingScript: 12009, cleanupScript: later(1) } })
         const eu = new live.Provider('eu', { baseUrl: later('x'), accessToken: 'x' })
         new live.SipConnection('elsewhere', { ...rest, sbcId: 42 }, { provider: eu })`
      )
    )
    assert.deepStrictEqual(told(succeeded(await stack.preview())), {
      half: [`warning: ${headline}`, noScript('onboardingScript', 12009, onboarding)]
    })
  })

  it('tells what there is to adopt, and what is not', async () => {
    const { stack } = world
    const existing = { ...headquarters, ...adopting, sbcScripts: undefined }
    const other = HEADQUARTERS_GUID.replaceAll('4', '5')
    stack.setProgram(
      program(
        {
          byName: existing,
          byId: { ...existing, siteName: 'whatever', adopt: HEADQUARTERS_GUID },
          orNew: { ...headquarters, ...adopting, siteName: 'new' },
          none: { ...existing, siteName: 'none' },
          noSuchId: { ...existing, adopt: other },
          // It may be its own, which is deleted first.
          replaced: { args: headquarters, options: "{ replaceOnChanges: ['sbcId'] }" }
        },
        `live.SipConnection.get('read', '${HEADQUARTERS_GUID}', { customerGuid: '${contoso}' })`
      )
    )
    assert.deepStrictEqual(told(succeeded(await stack.preview())), {
      none: [
        `warning: ${headline}`,
        'adopt: the customer has no connection "none" to take over, and a new one needs sbcScripts.onboardingScript and sbcScripts.cleanupScript; declare them, or correct siteName'
      ],
      noSuchId: [
        `warning: ${headline}`,
        `adopt: the customer has no connection ${other}; take the id from its service details, or leave adopt out to create a connection`
      ]
    })
  })

  it('shows no secret', async () => {
    const { stack } = world
    stack.setProgram(
      program(
        {},
        `const secret = pulumi.secret
         new live.SipConnection('secret', { customerGuid: secret('${contoso}'), siteName: secret('headquarters'), sbcId: 3, sbcScripts: { onboardingScript: secret(12009), cleanupScript: 12008 } })
         new live.SipConnection('variable', { ...${JSON.stringify(minimal('variable'))}, sbcScripts: { onboardingScript: 12009, cleanupScript: 12002, customerVariables: { MyPassword: 'canary-4711' } } })`
      )
    )
    const result = succeeded(await stack.preview())
    const cleanups =
      'trunk-cleanup (12002, SbcCleanup), hosted-cleanup (10700, SbcCleanup), legacy-cleanup (15003, SbcCleanup)'
    assert.deepStrictEqual(told(result), {
      secret: [
        `warning: ${headline}`,
        taken.replace('"headquarters"', '"[secret]"'),
        noScript('onboardingScript', 12009, onboarding).replace('12009', '[secret]'),
        noScript('cleanupScript', 12008, cleanups)
      ],
      // Such a variable makes the scripts a secret as a whole; their ids are none.
      variable: [`warning: ${headline}`, noScript('onboardingScript', 12009, onboarding)]
    })
    assert.doesNotMatch(result.output, /canary/)
  })

  it('asks the platform of the instance that a connection has, also from its parent', async () => {
    const { stack, simulator } = world
    const eu = await startSimulator({ seed: 2 })
    try {
      stack.setProgram(
        program(
          { here: minimal('here') },
          `const token = new pulumi.Config().requireSecret('token')
           const eu = new live.Provider('eu', { baseUrl: ${JSON.stringify(eu.url)}, accessToken: token, requestsPerSecond: 0 })
           const off = new live.Provider('off', { baseUrl: ${JSON.stringify(eu.url)}, accessToken: token, preflight: 'off' })
           class Branch extends pulumi.ComponentResource {
             constructor(name, opts) {
               super('harness:index:Branch', name, {}, opts)
               new live.SipConnection('inherited', ${JSON.stringify(headquarters)}, { parent: this })
             }
           }
           new Branch('branch', { providers: [eu] })
           new live.SipConnection('direct', ${JSON.stringify({ ...minimal('direct'), ...badScript })}, { provider: eu })
           new live.SipConnection('off', ${JSON.stringify(headquarters)}, { provider: off })`
        )
      )
      assert.deepStrictEqual(told(succeeded(await stack.preview())), {
        inherited: [`warning: ${headline}`, taken],
        direct: [`warning: ${headline}`, noScript('onboardingScript', 12009, onboarding)]
      })
      assert.deepStrictEqual([reads(simulator), reads(eu)], [lists, lists])
    } finally {
      await eu.close()
    }
  })
})

describe('The preflight of a stack that exists', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({
      program: program({ one: minimal('one'), two: { ...minimal('two'), ...adopting, adopt: false } }),
      settings: { preflight: 'fail' }
    })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  after(() => world.end())

  it('is no part of an up without a preview', async () => {
    const { stack, simulator } = world
    succeeded(await stack.up())
    assert.deepStrictEqual(
      reads(simulator).filter((read) => lists.includes(read)),
      []
    )
  })

  it('reads nothing while nothing is to be changed, also in an up with its preview', async () => {
    const { stack, simulator } = world
    assert.deepStrictEqual(await planned(stack), [])
    succeeded(await stack.run(['up', '--yes']))
    assert.deepStrictEqual(reads(simulator), [])
  })

  it('knows the connections of the stack, and looks at those alone that change', async () => {
    const { stack, simulator } = world
    stack.setProgram(
      program({
        one: { ...minimal('one'), cacProfile: '5 sessions' },
        two: { ...minimal('two'), ...adopting, adopt: false }
      })
    )
    assert.deepStrictEqual(told(succeeded(await stack.preview())), {})
    assert.deepStrictEqual(reads(simulator), lists)
    stack.setProgram(
      program({
        one: { ...minimal('two'), allow: ['rename'] },
        two: { ...minimal('two'), ...adopting, adopt: false },
        moved: { ...minimal('headquarters'), customerGuid: contoso }
      })
    )
    const { one, ...rest } = told(await stack.preview())
    assert.match(
      one?.join('\n') ?? '',
      /^error: Preflight: .*\nsiteName: "two" is the name of another connection of the customer \(site [0-9a-f-]{36}\); choose another name$/
    )
    assert.deepStrictEqual(rest, {
      moved: [`error: ${headline}`, taken],
      'harness-dev': [
        'error: Preflight: 2 SIP connections do not fit the platform (moved, one), and audiocodes-live:preflight is fail'
      ]
    })
  })

  it('looks at the new customer of a connection that is replaced', async () => {
    const { stack } = world
    stack.setProgram(
      program({
        one: { ...minimal('headquarters'), customerGuid: contoso, allow: ['rename'] },
        two: { ...minimal('two'), ...adopting, adopt: false, customerGuid: contoso }
      })
    )
    assert.deepStrictEqual(told(await stack.preview()), {
      one: [`error: ${headline}`, taken],
      'harness-dev': [
        'error: Preflight: a SIP connection does not fit the platform (one), and audiocodes-live:preflight is fail'
      ]
    })
  })
})

describe('The preflight of an inline program (Automation API)', function () {
  this.timeout(60_000)

  it('has its say before the program is disconnected', async () => {
    const world = await startWorld({ program: '', settings: { preflight: 'warn' } })
    const { stack, simulator } = world
    try {
      simulator.addFault({ match: { path: 'scripttemplates' }, fault: { kind: 'delay', ms: 300 } })
      const script = path.join(stack.directory, 'inline.js')
      fs.writeFileSync(
        script,
        `const { LocalWorkspace } = require('@pulumi/pulumi/automation')
         const live = require('pulumi-audiocodes-live')
         const program = async () => {
           new live.SipConnection('inline', ${JSON.stringify({ ...minimal('inline'), ...badScript })})
         }
         LocalWorkspace.selectStack({ stackName: 'dev', projectName: 'harness', program }, { workDir: __dirname })
           .then((stack) => stack.preview())
           .then(({ stdout }) => process.stdout.write(stdout))`
      )
      const run = EngineRun.start(process.execPath, [script], stack.directory, {
        ...cleanEnvironment(),
        PATH: [path.join(repositoryRoot, '.engine', 'bin'), process.env['PATH'] ?? ''].join(path.delimiter),
        PULUMI_HOME: path.join(stack.directory, 'home'),
        PULUMI_BACKEND_URL: `file://${path.join(stack.directory, 'state')}`,
        PULUMI_CONFIG_PASSPHRASE: 'harness',
        PULUMI_SKIP_UPDATE_CHECK: 'true'
      })
      assert.deepStrictEqual(told(succeeded(await run.result)), {
        inline: [`warning: ${headline}`, noScript('onboardingScript', 12009, onboarding)]
      })
    } finally {
      await world.end()
    }
  })
})

describe('The preflight of the quickstart', function () {
  this.timeout(60_000)

  it('finds nothing', async () => {
    const world = await startWorld({
      program: fs.readFileSync(path.join(repositoryRoot, 'examples', 'quickstart', 'index.ts'), 'utf8'),
      typescript: true,
      env: typesCheckedElsewhere,
      settings: { preflight: 'fail', sbcDevicesPath: '/api/v2/sbcs' },
      simulator: { switches: { sbcDevicesPath: '/api/v2/sbcs' } },
      secrets: { 'harness:carrierPassword': 'canary-password' }
    })
    try {
      assert.deepStrictEqual(told(succeeded(await world.stack.preview())), {})
      assert.deepStrictEqual(reads(world.simulator), ['GET /v2/sbcs', 'GET /v2/scripttemplates', 'GET /v3/customer'])
    } finally {
      await world.end()
    }
  })
})
