import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { CLIENT_ID, customerGuids, SCOPE } from '../../simulator'
import { type RunResult, succeeded } from '../support/EngineRun'
import type { JsonObject } from '../support/Json'
import { canaries } from './support/Canaries'
import { inEveryForm } from './support/Forms'
import { everything as everythingWith, type Heard, type Rule, type Said } from './support/Front'
import { type Leaks, startLeaks } from './support/Leaks'
import { searchFor } from './support/Search'
import { connection, type Declared, type Instance, instances, program } from './support/Program'

const json = (value: unknown): string => JSON.stringify(value)
const problem = (status: number, value: unknown): Said => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: json(value)
})
const plain = (status: number, body: string): Said => ({ status, headers: { 'content-type': 'text/plain' }, body })

/** What the platform was told so far of the passwords of a connection; an older one is none that the provider still knows. */
let passwords: readonly string[] = [canaries.password]
const everything = (heard: Heard): string => everythingWith(heard, ...passwords)

/** What a platform, or what stands before it, may make of a request that it repeats, by a name for the connection that meets it. */
const indiscretions: Readonly<Record<string, { readonly effect?: true; readonly say: Rule['say'] }>> = {
  text: { say: (heard) => plain(400, everything(heard)) },
  validation: {
    say: (heard) =>
      problem(400, {
        title: 'One or more validation errors occurred.',
        errors: {
          CarrierUserPassword: [`The value '${canaries.password}' is not valid.`, everything(heard)],
          [everything(heard)]: ['is not known']
        }
      })
  },
  problem: {
    say: (heard) =>
      problem(403, {
        title: everything(heard),
        detail: everything(heard),
        errorCode: canaries.password,
        errorTicket: canaries.dpi,
        traceId: heard.credential
      })
  },
  string: { say: (heard) => problem(422, everything(heard)) },
  // A value that the provider was never given, in JSON that was cut off.
  broken: { say: () => plain(400, json({ CarrierUserPassword: canaries.portalPassword }).slice(0, -3)) },
  ids: { say: (heard) => ({ ...problem(400, {}), headers: { 'x-request-id': heard.credential } }) },
  server: { say: (heard) => problem(500, { message: everything(heard) }) },
  page: {
    say: (heard) => ({
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: `<html><title>502 ${inEveryForm(canaries.password).replace(/</g, '&lt;')}</title><body>${everything(heard)}</body>`
    })
  },
  refusal: { say: (heard) => plain(401, everything(heard)) },
  said: {
    effect: true,
    say: (heard, own) =>
      problem(200, {
        ...(JSON.parse(own.body) as object),
        executionMessages: [
          { level: 'Information', message: everything(heard) },
          { level: 'Error', message: everything(heard) }
        ]
      })
  },
  shape: {
    effect: true,
    say: (heard) => problem(200, { siteGuid: [canaries.password], executionMessages: everything(heard) })
  },
  elsewhere: { effect: true, say: () => problem(200, { siteGuid: canaries.password, customerGuid: canaries.dpi }) }
}

const instanceOf = (n: number): Instance => instances[n % instances.length] ?? 'stack'
const bad = Object.keys(indiscretions)

const good: Readonly<Record<string, Declared>> = Object.fromEntries(
  instances.map((instance) => [`good-${instance}`, { args: connection(`good-${instance}`), instance }])
)
const goodNames = Object.keys(good)
const rotated: Readonly<Record<string, Declared>> = Object.fromEntries(
  goodNames.map((name, n) => [
    name,
    { args: connection(name, { carrierUserPassword: canaries.rotatedPassword }), instance: instanceOf(n) }
  ])
)

/** The diagnostics of one resource. */
const linesAbout = ({ stdout }: RunResult, name: string): string =>
  (stdout.split(`SipConnection (${name}):\n`)[1] ?? '').split(/\n\n|\n {2}pulumi/)[0] ?? ''

const requests = (names: readonly string[], methods: readonly string[]): readonly string[] =>
  names.flatMap((name) => methods.map((method) => `${method} ${name}`)).sort()

describe('Secrets in the runs of the engine', function () {
  this.timeout(90_000)
  let world: Leaks
  const use = (declarations: Readonly<Record<string, Declared>>, more = ''): void => {
    world.stack.setProgram(program(declarations, world.front, world.federatedTokenFile, more))
  }
  /** The places that a search must have seen, so that the absence of findings says something. */
  const sawPlaces = (...names: readonly string[]): void => {
    const places = world.places()
    assert.deepStrictEqual(
      names.filter((name) => !Object.entries(places).some(([place, size]) => place.startsWith(name) && size > 500)),
      []
    )
  }

  before(async () => {
    world = await startLeaks({ program: (front, file) => program(good, front, file) })
  })
  after(() => world.end())

  it('show nowhere when connections are made, and exported as a whole', async () => {
    const { stack, front, searched } = world
    succeeded(await searched((args) => stack.up(args)))
    assert.deepStrictEqual(
      front
        .heard()
        .filter((line) => /^(POST|PATCH)/.test(line))
        .sort(),
      requests(goodNames, ['POST', 'PATCH']).slice().sort()
    )
    sawPlaces(
      'output',
      'events',
      'wire.jsonl',
      'audit.jsonl',
      'report.json',
      'report.md',
      'home/logs',
      'state/.pulumi/stacks/harness/dev.json'
    )
    sawPlaces('state/.pulumi/history', 'state/.pulumi/backups')
  })

  it('show nowhere in what the command prints of the stack', async () => {
    const { stack, searched } = world
    for (const command of [
      ['stack', 'output', '--json'],
      ['stack', 'export'],
      ['stack', 'history', '--json']
    ]) {
      const { stdout } = succeeded(await searched(() => stack.run(command)))
      assert.ok(stdout.length > 100, command.join(' '))
    }
  })

  it('are replaced in the wire log, whose bodies keep their structure', () => {
    const [post] = world
      .lines('wire.jsonl')
      .filter(({ method, request }) => method === 'POST' && json(request).includes('good-secret'))
    assert.deepStrictEqual(post?.['request'], {
      siteLocationName: 'good-secret',
      ovocCustomerType: 'IPGROUP_TYPE',
      sbcId: 3,
      sbcOnboardingScript: 12001,
      sbcCleanupScript: 12002,
      scriptParameters: {
        Region: 'EMEA',
        TrunkPassword: '[secret]',
        TrunkPrivateKey: '[secret]',
        CarrierUserName: 'user-1',
        CarrierUserPassword: '[secret]',
        CarrierMainLine: 'main',
        CarrierHostName: 'sip.example.net'
      }
    })
    const [get] = world
      .lines('wire.jsonl')
      .filter(({ method, response }) => method === 'GET' && json(response).includes('"siteName":"good-file"'))
    const { sbcInfo } = get?.['response'] as { readonly sbcInfo: JsonObject }
    assert.deepStrictEqual(sbcInfo['sbcScripts'], {
      onboardingScript: 12001,
      cleanupScript: 12002,
      customerVariables: {
        CarrierUserPassword: '[secret]',
        CarierMailLine: 'main',
        Region: 'EMEA',
        TrunkPassword: '[secret]',
        TrunkPrivateKey: '[secret]'
      }
    })
  })

  it('show nowhere when the platform repeats them in every way and form, and the identity provider too', async () => {
    const { stack, front, searched } = world
    use(
      {
        ...good,
        ...Object.fromEntries(bad.map((name, n) => [name, { args: connection(name), instance: instanceOf(n + 1) }]))
      },
      `
      const denied = new live.Provider('denied', ${json({
        baseUrl: front.url,
        clientId: CLIENT_ID,
        scope: SCOPE,
        tokenUrl: front.tokenUrl,
        clientSecret: canaries.refusedSecret
      })})
      new live.SipConnection('denied', ${json(connection('denied'))}, { provider: denied })`
    )
    front.rules(
      Object.entries(indiscretions).map(([site, { effect = false, say }]) => ({ method: 'POST', site, effect, say }))
    )
    const result = await searched((args) => stack.up(['--continue-on-error', ...args]))
    assert.strictEqual(result.code, 1)
    // The platform's words are there, and what stands in the place of secrets.
    const silent = ['broken', 'ids', 'page', 'shape', 'elsewhere', 'server']
    for (const name of [...bad, 'denied'].filter((each) => !silent.includes(each)))
      assert.match(linesAbout(result, name), /Platform: .*\[secret\]/, name)
    assert.match(linesAbout(result, 'broken'), /Platform: \{"CarrierUserPassword":\[secret\]/)
    assert.match(linesAbout(result, 'ids'), /platform id \[secret\]/)
    assert.match(linesAbout(result, 'page'), /Platform: 502 \[secret\]/)
  })

  it('show nowhere when the connections of which the platform said so are removed', async () => {
    const { stack, front, searched, simulator } = world
    front.rules([])
    use(good)
    succeeded(await searched((args) => stack.up(args)))
    assert.deepStrictEqual(
      simulator
        .state()
        .sites.filter(({ customerGuid }) => customerGuid === customerGuids.acme)
        .map(({ name }) => name)
        .filter((name) => !goodNames.includes(name)),
      []
    )
  })

  it('show nowhere when a change fails, of which the platform repeats the password', async () => {
    const { stack, front, searched } = world
    use(rotated)
    passwords = [canaries.password, canaries.rotatedPassword]
    const say = ({ say: words }: (typeof indiscretions)[string]) => words
    front.rules(
      [indiscretions['validation'], indiscretions['said'], indiscretions['server']].flatMap((each, n) =>
        each === undefined
          ? []
          : [{ method: 'PATCH', site: goodNames[n] ?? '', effect: each.effect === true, say: say(each) }]
      )
    )
    const result = await searched((args) => stack.up(['--continue-on-error', ...args]))
    assert.strictEqual(result.code, 1)
    for (const name of goodNames) assert.match(linesAbout(result, name), /Platform: .*\[secret\]/, name)
  })

  it('are put right by the next run, without showing', async () => {
    const { stack, front, searched } = world
    front.rules([])
    front.heard()
    succeeded(await searched((args) => stack.up(args)))
    assert.deepStrictEqual(
      [...new Set(front.heard().filter((line) => line.startsWith('PATCH')))].sort(),
      requests(goodNames, ['PATCH'])
    )
  })

  it('show nowhere when a refresh fails on answers that hold them in the wrong places', async () => {
    const { stack, front, searched } = world
    passwords = [canaries.rotatedPassword]
    const answers: readonly Rule['say'][] = [
      (heard) => plain(500, everything(heard)),
      (heard) =>
        problem(200, {
          siteName: { [canaries.rotatedPassword]: everything(heard) },
          sbcInfo: { sbcScripts: { customerVariables: { [canaries.rotatedPassword]: [everything(heard)] } } }
        }),
      // Cut in the middle of a password that was set in the portal.
      (_, own) => ({
        ...own,
        body: own.body
          .replace(json(canaries.rotatedPassword).slice(1, -1), json(canaries.portalPassword).slice(1, -1))
          .replace(/(Vd &).*$/s, '$1')
      })
    ]
    front.rules(
      goodNames.map((site, n) => ({ method: 'GET', site, say: answers[n] ?? plain.bind(undefined, 500, '') }))
    )
    const result = await searched((args) => stack.refresh(args))
    assert.strictEqual(result.code, 1)
    front.rules([])
    assert.match(result.stdout, /is not as documented: .*customerVariables\.\[secret\]: expected string/)
    assert.match(result.stdout, /is not as documented: expected JSON, got something else/)
    const cut = world
      .lines('wire.jsonl')
      .filter(({ response }) => typeof response === 'string' && response.includes('"siteName"'))
    assert.match(String(cut.at(-1)?.['response']), /"CarrierUserPassword":\[secret\]$/)
  })

  /** Wrong values for all the fields of one connection: the engine ends at the first resource with failures. */
  const wrong: readonly object[] = [
    {
      carrierUserPassword: canaries.password.repeat(3),
      carrierPasswordDpi: [[canaries.dpi]],
      carrierUserPasword: canaries.password,
      sbcScripts: { onboardingScript: 12001, customerVariables: { TrunkPassword: [canaries.variable], ApiKey: 5 } },
      sbcId: canaries.password,
      phones: canaries.dpi,
      adopt: canaries.variable
    },
    {
      carrierUserPassword: { [canaries.password]: canaries.dpi },
      carrierPasswordDpi: `${canaries.dpi}\u0007`,
      carrierToken: { deep: [canaries.dpi] },
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, TrunkPassword: canaries.variable },
      siteName: [canaries.password],
      carrierHostName: canaries.dpi,
      allow: [canaries.variable]
    },
    { carrierUserPassword: `${canaries.password}€`, carrierUserName: canaries.key }
  ]
  wrong.forEach((changes, n) => {
    it(`show nowhere in the failures of a check (${n + 1})`, async () => {
      const { stack, searched, front } = world
      use(
        {},
        `const broken = new live.Provider('broken', ${json({
          baseUrl: front.url,
          // One that cannot be a token, and one that contradicts it.
          accessToken: n === 0 ? `${canaries.accessToken} x` : canaries.accessToken,
          clientSecret: canaries.clientSecret
        })})
        new live.SipConnection('wrong', ${json({ ...connection('wrong'), ...changes })}, { provider: broken })`
      )
      const result = await searched((args) => stack.preview(args))
      assert.strictEqual(result.code, 1)
      const said = linesAbout(result, 'wrong')
        .split('\n')
        .map((line) => /has a problem: (?:(\w+)[.:[]|(.*))/.exec(line))
        .flatMap((found) => found?.[1] ?? found?.[2]?.split(' ')[0] ?? [])
      assert.deepStrictEqual(
        [...new Set(said)].sort(),
        [n === 0 ? 'Invalid' : 'Contradictory', ...Object.keys(changes)].sort()
      )
    })
  })

  it('show nowhere of a connection that is only looked up', async () => {
    const { stack, simulator, searched, front } = world
    const guid = simulator.addSite({
      customerGuid: customerGuids.acme,
      name: 'portal',
      onboardingScript: 12001,
      cleanupScript: 12002,
      carrierUserPassword: canaries.portalPassword,
      customerVariables: { TrunkPassword: canaries.portalVariable, Region: 'EMEA' }
    })
    use(
      rotated,
      `exports.portal = live.SipConnection.get('portal', ${json(guid)}, { customerGuid: ${json(customerGuids.acme)} }, optionsOf('secret'))`
    )
    front.rules([])
    succeeded(await searched((args) => stack.up(args)))
    // Shown by its position, a variable has no name that tells what it is.
    simulator.setSwitches({ variableNames: 'positional' })
    succeeded(await searched((args) => stack.refresh(args)))
    simulator.setSwitches({ variableNames: 'own' })
    const outputs = (await stack.outputs())['portal']
    assert.ok(json(outputs).includes(guid))
  })

  it('are in the debug output of the engine, which no provider can prevent; what only the provider holds is not', async () => {
    const { stack } = world
    const [grpc, tracing] = ['grpc.json', 'tracing.out'].map((name) => path.join(stack.directory, name))
    stack.setEnv('PULUMI_DEBUG_GRPC', grpc)
    const result = succeeded(
      await stack.preview(['--refresh', '--logtostderr', '--logflow', '-v=9', `--tracing=file:${tracing}`])
    )
    stack.setEnv('PULUMI_DEBUG_GRPC', undefined)
    const shown = [grpc, tracing].map((file) => {
      const text = fs.readFileSync(file ?? '', 'utf8')
      fs.rmSync(file ?? '')
      return text
    })
    const ofEngine = ['accessToken', 'clientSecret', 'dpi', 'key', 'rotatedPassword', 'variable']
    for (const text of [result.output, ...shown]) {
      const names = new Set(searchFor(canaries)(text).map((what) => what.replace(/,.*/, '')))
      assert.deepStrictEqual([...names].sort(), ofEngine)
    }
  })

  it('show nowhere when a deletion fails, and when it succeeds', async () => {
    const { stack, front, searched, simulator } = world
    const answers: readonly Rule['say'][] = [
      (heard) => problem(400, { title: everything(heard), traceId: heard.credential }),
      (heard) => problem(200, { status: false, msg: everything(heard) }),
      (heard) => plain(500, everything(heard))
    ]
    front.rules(
      goodNames.map((site, n) => ({ method: 'DELETE', site, say: answers[n] ?? plain.bind(undefined, 500, '') }))
    )
    const result = await searched((args) => stack.destroy(['--continue-on-error', ...args]))
    assert.strictEqual(result.code, 1)
    for (const name of goodNames) assert.match(linesAbout(result, name), /Platform: .*\[secret\]/, name)
    front.rules([])
    succeeded(await searched((args) => stack.destroy(args)))
    assert.deepStrictEqual(
      simulator
        .state()
        .sites.map(({ name }) => name)
        .filter((name) => name !== 'headquarters'),
      ['portal']
    )
    sawPlaces('wire.jsonl', 'audit.jsonl', 'report.json', 'state/.pulumi/history', 'state/.pulumi/backups')
  })
})
