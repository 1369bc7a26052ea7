// The secrets of services: the client secret of an application, and variables of their scripts.

import * as assert from 'node:assert'
import { freeTenant, globex, northwind, said, state } from '../engine/Customers'
import { customerGuids } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { canaries } from './support/Canaries'
import { inEveryForm } from './support/Forms'
import type { Heard, Rule, Said } from './support/Front'
import { type Leaks, startLeaks } from './support/Leaks'
import { program } from './support/Program'

const secret = (applicationClientSecret: string) => ({
  applicationClientId: 'a0a0a0a0-0002-4000-8000-0000000000aa',
  applicationClientSecret,
  scriptParameters: { Region: 'EMEA', TrunkPassword: canaries.variable, TrunkPrivateKey: canaries.key }
})

type Args = Readonly<Record<string, unknown>>

const hosted = (shortName: string, more: Args = {}): Args => ({
  ...northwind,
  ...secret(canaries.applicationSecret),
  shortName,
  ...more
})

/** Services by their names in the program, which are their short names too. */
interface Declared {
  readonly hosted: Readonly<Record<string, Args>>
  readonly globex?: Args
}

/** What a platform may say to the creation of a service; each by the short name of the service that meets it. */
const indiscretions: Readonly<Record<string, Rule['say']>> = {
  text: (heard) => ({ status: 400, body: everything(heard) }),
  problem: (heard) =>
    problem(400, {
      title: everything(heard),
      errors: { applicationClientSecret: [everything(heard)], [everything(heard)]: ['is not known'] },
      traceId: canaries.variable
    }),
  broken: () => ({
    status: 400,
    body: JSON.stringify({ scriptParameters: { TrunkPassword: canaries.portalPassword } }).slice(0, -4)
  }),
  page: (heard) => ({
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: `<html><title>502 ${inEveryForm(canaries.variable).replace(/</g, '&lt;')}</title><body>${everything(heard)}</body>`
  }),
  shape: (heard) => problem(200, { umpCustomerGuid: [canaries.variable], executionMessages: everything(heard) })
}

/** What the platform was told so far of the secrets of a service, in every form. */
const everything = ({ credential }: Heard, ...more: readonly string[]): string =>
  [canaries.applicationSecret, canaries.variable, canaries.key, credential, ...more].map(inEveryForm).join(' ; ')

const problem = (status: number, value: unknown): Said => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify(value)
})

const credentialOf = ({ credential }: Heard): Said => problem(400, { title: inEveryForm(credential) })

const bad = Object.keys(indiscretions)

const acme = JSON.stringify(customerGuids.acme)

describe('Secrets of services in the runs of the engine', function () {
  this.timeout(90_000)
  let world: Leaks
  /** A connection with a dial plan, of which only the credentials are secret. */
  let trunk: string

  /** Each is exported as a whole, as a program may do. The second kind is made at an explicit instance. */
  const use = ({ hosted: services, globex: second = {} }: Declared): void => {
    const more = `
      for (const [name, args] of Object.entries(${JSON.stringify(services)})) {
        exports[name] = new live.HostedEssentialsService(name, args)
      }
      const globex = ${JSON.stringify({ ...globex, ...secret(canaries.applicationSecret), ...second })}
      exports.globex = new live.OperatorConnectService('globex', globex, optionsOf('secret'))
      exports.numbers = new live.DialPlan('numbers', {
        customerGuid: ${acme}, siteGuid: ${JSON.stringify(trunk)}, rules: [{ prefix: '+4930', tag: 'sbc3.provider.example' }]
      })
      exports.guard = new live.NumbersGuard('guard', { customerGuid: ${acme}, msTenantId: '${freeTenant}', connections: ['trunk'] })`
    world.stack.setProgram(program({}, world.front, world.federatedTokenFile, more))
  }

  before(async () => {
    world = await startLeaks({ program: () => '', switches: { applicationSecret: 'clear' } })
    trunk = world.simulator.addSite({ customerGuid: customerGuids.acme, name: 'trunk' })
  })
  after(() => world.end())

  it('show nowhere when the platform repeats them in every way, and a service is kept all the same', async () => {
    const { stack, front, searched } = world
    use({ hosted: Object.fromEntries(['northwind', ...bad].map((name) => [name, hosted(name)])) })
    front.rules([
      ...bad.map((site) => ({ method: 'POST', site, say: indiscretions[site] ?? (() => problem(500, '')) })),
      { method: 'PATCH', site: 'trunk plan', say: credentialOf },
      { method: 'PATCH', site: 'northwind', say: (heard) => problem(422, everything(heard)) },
      {
        method: 'PATCH',
        site: 'globex',
        effect: true,
        say: (heard) => problem(200, { executionMessages: [{ level: 'Error', message: everything(heard) }] })
      }
    ])
    const result = await searched((args) => stack.up(['--continue-on-error', ...args]))
    assert.deepStrictEqual(
      ['northwind', 'globex', 'numbers', 'text', 'problem', 'broken'].filter(
        (name) => !/Platform: .*\[secret\]/.test(said(result, name).join('\n'))
      ),
      [],
      result.stdout
    )
    assert.match(said(result, 'page').join('\n'), /Platform: 502 \[secret\]/)
    assert.match(said(result, 'shape').join('\n'), /is not as documented: /)
    const kept = await state(stack)
    assert.deepStrictEqual([kept['northwind']?.outcome, kept['globex']?.outcome], ['create failed', 'create failed'])
  })

  it('show nowhere when the next run ends well, and in the outputs of the stack', async () => {
    const { stack, front, searched } = world
    front.rules([])
    use({ hosted: { northwind: hosted('northwind') } })
    succeeded(await searched((args) => stack.up(args)))
    for (const command of [['output', '--json'], ['export']]) {
      const { stdout } = succeeded(await searched(() => stack.run(['stack', ...command])))
      assert.ok(stdout.includes('northwind'), stdout)
    }
    const kept = await state(stack)
    for (const name of ['northwind', 'globex']) {
      const { applicationClientSecret, scriptParameters } = kept[name]?.outputs ?? {}
      assert.deepStrictEqual(
        [applicationClientSecret, scriptParameters],
        ['[secret]', { Region: 'EMEA', TrunkPassword: '[secret]', TrunkPrivateKey: '[secret]' }],
        name
      )
    }
  })

  it('are replaced in the wire log, and stand in the audit log by their names', () => {
    const { applicationClientSecret: _, scriptParameters, ...rest } = secret('')
    const sent = world
      .lines('wire.jsonl')
      .filter(({ method, request }) => method === 'POST' && JSON.stringify(request).includes('"northwind"'))
    assert.deepStrictEqual((sent[0]?.['request'] as Args)['scriptParameters'], {
      ...scriptParameters,
      TrunkPassword: '[secret]',
      TrunkPrivateKey: '[secret]'
    })
    const licenses = world
      .lines('wire.jsonl')
      .flatMap(({ method, request }) => (method === 'PATCH' ? [request as Args] : []))
    assert.deepStrictEqual(
      licenses.find(({ upgradeToLicense }) => upgradeToLicense === 1),
      {
        upgradeToLicense: 1,
        licenseCount: 25,
        applicationClientId: rest.applicationClientId,
        applicationClientSecret: '[secret]'
      }
    )
    const details = world
      .lines('wire.jsonl')
      .filter(
        ({ method, response }) => method === 'GET' && JSON.stringify(response).includes('pplicationClientSecret":"')
      )
    assert.ok(details.length > 0, 'the platform must have told the secret')
    const audited = world.lines('audit.jsonl').filter(({ resource }) => resource === 'HostedEssentialsService')
    assert.deepStrictEqual(
      ['scriptParameters', 'applicationClientSecret'].filter(
        (key) => !audited.some(({ fields }) => (fields as string[]).includes(key))
      ),
      []
    )
  })

  it('show nowhere when another one is declared: not in the preview, and not when the platform repeats both', async () => {
    const { stack, front, searched } = world
    const applicationClientSecret = canaries.rotatedApplicationSecret
    use({
      hosted: { northwind: hosted('northwind', { applicationClientSecret }) },
      globex: { applicationClientSecret }
    })
    const { stdout } = succeeded(await searched((args) => stack.preview(['--diff', ...args])))
    assert.match(stdout, / ~ applicationClientSecret: \[secret\] => \[secret\]\n/)
    const say: Rule['say'] = (heard) => problem(400, { title: everything(heard, applicationClientSecret) })
    front.rules(['northwind', 'globex'].map((site) => ({ method: 'PATCH', site, say })))
    const result = await searched((args) => stack.up(['--continue-on-error', ...args]))
    for (const name of ['northwind', 'globex']) assert.match(said(result, name).join('\n'), /Platform: .*\[secret\]/)
  })

  it('show nowhere when they are bad input', async () => {
    const { stack, searched } = world
    use({
      hosted: {
        northwind: hosted('northwind', {
          applicationClientSecret: { [canaries.applicationSecret]: canaries.variable },
          applicationClientSecrt: canaries.applicationSecret,
          scriptParameters: { TrunkPassword: [canaries.variable], ApiKey: 5 },
          shortName: canaries.variable,
          msTenantId: canaries.key,
          siteLocation: { sbcId: canaries.variable, TrunkPassword: canaries.variable }
        })
      }
    })
    const result = await searched((args) => stack.preview(args))
    const named = said(result, 'northwind').flatMap((line) => /has a problem: (\w+)/.exec(line)?.[1] ?? [])
    assert.deepStrictEqual([...new Set(named)].sort(), [
      'applicationClientSecret',
      'applicationClientSecrt',
      'msTenantId',
      'scriptParameters',
      'shortName',
      'siteLocation'
    ])
  })

  it('show nowhere when a refresh and a deletion fail on answers that hold them', async () => {
    const { stack, front, searched } = world
    const released = { deletionProtection: false }
    use({ hosted: { northwind: hosted('northwind', released) }, globex: released })
    front.rules([])
    succeeded(await searched((args) => stack.up(args)))
    front.rules([
      { method: 'GET', site: 'northwind', say: (heard) => ({ status: 500, body: everything(heard) }) },
      {
        method: 'GET',
        site: 'globex',
        say: (heard) =>
          problem(200, { umpCustomerGuid: [everything(heard)], shortName: { [canaries.variable]: everything(heard) } })
      }
    ])
    assert.strictEqual((await searched((args) => stack.refresh(args))).code, 1)
    front.rules([
      { method: 'PATCH', site: 'trunk plan', say: credentialOf },
      // The list of numbers, which the guard reads.
      { method: 'GET', site: '', say: credentialOf },
      { method: 'DELETE', site: 'northwind', say: (heard) => problem(400, { title: everything(heard) }) },
      {
        method: 'DELETE',
        site: 'globex',
        say: (heard) => problem(200, { executionMessages: [{ level: 'Error', message: everything(heard) }] })
      }
    ])
    const result = await searched((args) => stack.destroy(['--continue-on-error', ...args]))
    for (const name of ['northwind', 'globex', 'numbers', 'guard'])
      assert.match(said(result, name).join('\n'), /Platform: .*\[secret\]/)
    const places = world.places()
    assert.deepStrictEqual(
      [
        'output',
        'events',
        'wire.jsonl',
        'audit.jsonl',
        'report.json',
        'home/logs',
        'state/.pulumi/stacks/harness/dev.json'
      ].filter((name) => !Object.entries(places).some(([place, size]) => place.startsWith(name) && size > 500)),
      []
    )
  })
})
