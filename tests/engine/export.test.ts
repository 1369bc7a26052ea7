// The way from connections that exist to a program that manages them, as the command prints it.

import * as assert from 'node:assert'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import type { NewSite, Simulator } from '../../simulator'
import { startSimulator } from '../../simulator'
import { type Ended, command, within } from '../cli/Command'
import { Engine } from '../support/Engine'
import { succeeded } from '../support/EngineRun'
import { hideCiphertext, type Json, type JsonObject } from '../support/Json'
import { type ResourceState, type Stack, nameOf } from '../support/Stack'
import { cleanEnvironment } from '../support/TemporaryProject'
import { repositoryRoot } from '../support/repository'
import { acme, canaries, environmentOf, quick, traffic, typesCheckedElsewhere } from './World'

const carrier = {
  carrierUserName: 'user-1',
  carrierUserPassword: canaries.password,
  carrierMainLine: '+4989555100',
  carrierHostName: 'sip.carrier.example'
}
const scripts = { onboardingScript: 12001, cleanupScript: 12002 }

/** What was made by hand: from everything to nothing, under names of every kind. */
const made: ReadonlyArray<NewSite> = [
  {
    customerGuid: acme,
    name: 'branch-07',
    configurationType: 1,
    cacProfile: '10 sessions',
    ...carrier,
    ...scripts,
    onlinePstnGateway: 'sbc3.provider.example',
    proxySet: 'Trunk-A',
    phones: '+4989555101,+4989555102',
    carrierPasswordDpi: canaries.dpi,
    customerVariables: { Region: 'EMEA', RegistrarPassword: canaries.variable, "it's": 'a "name"' }
  },
  { customerGuid: acme, name: 'bare', sbcId: 5, configurationType: 3, enableCac: false, carrierRegistration: false },
  {
    customerGuid: acme,
    name: '🏢 7th "floor"',
    ...scripts,
    configureSbc: false,
    configureM365Routing: true,
    m365OnboardingScript: 13001,
    m365CleanupScript: 13002
  },
  { customerGuid: acme, name: 'Branch 07', ...scripts, cacProfile: '5 sessions' },
  { customerGuid: acme, name: 'twice', ...scripts },
  { customerGuid: acme, name: 'twice', carrierHostName: 'sip.carrier.example:5060' },
  // Registers with the carrier, as far as one can see; its password is not there to be read.
  { customerGuid: acme, name: 'open', ...scripts, carrierUserName: 'user-2' }
]

/** Rules that the dial plan of the first of them has. */
const rules = [
  { prefix: '+493055510', tag: 'sbc3.provider.example' },
  { prefix: '+498955510', tag: 'sbc5.provider.example' }
] as const

describe('audiocodes-live export', function () {
  this.timeout(120_000)
  let simulator: Simulator
  let stack: Stack
  let ended: Ended
  let env: Record<string, string>
  let first: string
  const folder = 'acme-trunks'

  const pulumi = async (...args: ReadonlyArray<string>) => succeeded(await stack.run(['-C', folder, ...args]))
  const file = (name: string): string => path.join(stack.directory, folder, name)
  /** Requests since the last call, sorted: the engine works on several connections at a time. */
  const requests = (): ReadonlyArray<string> => {
    const seen = traffic(simulator)
    simulator.clearRequests()
    return [...seen].sort()
  }
  const steps = async (): Promise<ReadonlyArray<string>> => {
    const { stdout } = await pulumi('preview', '--json')
    const { steps: planned = [] } = JSON.parse(stdout) as { steps?: ReadonlyArray<{ op: string; urn: string }> }
    return planned.filter(({ op }) => op !== 'same').map(({ op, urn }) => `${op} ${nameOf(urn)}`)
  }
  /** The connections in the state by name, without what says when and how they came into it. */
  const connections = async (name: string): Promise<Readonly<Record<string, unknown>>> => {
    const { stdout } = await pulumi('stack', 'export', '--stack', name)
    const { deployment } = JSON.parse(stdout) as { deployment: { resources: ReadonlyArray<ResourceState> } }
    const plain = (of: JsonObject = {}): Json => {
      const { lastOperation: _lastOperation, executionMessages: _executionMessages, ...rest } = of
      return hideCiphertext(rest)
    }
    return Object.fromEntries(
      deployment.resources
        .filter(({ type }) => type.includes('/audiocodes-live:'))
        .map(({ urn, id, inputs, outputs }) => [nameOf(urn), { id, inputs: plain(inputs), outputs: plain(outputs) }])
    )
  }
  /** What the command prints as the way to go on, without the packages, which are there. */
  const printed = (): ReadonlyArray<string> =>
    (ended.stdout.split('\nNext, ')[1] ?? '')
      .split('\n')
      .flatMap((line) => /^ {2}(.+)$/.exec(line)?.[1] ?? [])
      .filter((line) => line !== 'npm install')

  before(async () => {
    simulator = await startSimulator({ switches: { duplicateNames: 'allowed' } })
    ;[first = ''] = made.map((site) => simulator.addSite(site))
    simulator.editDialPlan(first, 'CustDialPlan', { add: rules })
    const { AUDIOCODES_LIVE_BASE_URL, ...credentials } = environmentOf(simulator)
    // The address comes with the project.
    env = {
      ...credentials,
      AUDIOCODES_LIVE_REQUESTS_PER_SECOND: quick.requestsPerSecond,
      AUDIOCODES_LIVE_POLL_INTERVAL: quick.pollInterval,
      AUDIOCODES_LIVE_PREFLIGHT: quick.preflight
    }
    stack = await Engine.project({ program: '', env: { ...env, ...typesCheckedElsewhere } })
    ended = await command(
      ['export', '--customer', 'acme', '--out', folder, '--services'],
      within(stack, { ...env, AUDIOCODES_LIVE_BASE_URL })
    )
    simulator.clearRequests()
  })
  after(async () => {
    await stack.dispose()
    await simulator.close()
  })

  it('writes a program that compiles, and tells no secret', () => {
    assert.deepStrictEqual(
      [ended.code, ended.stderr, ended.stdout.split('\n')[0]],
      [
        0,
        '',
        `1 Hosted Essentials service, 1 dial plan, 7 SIP connections of customer acme (${acme}) written to ${folder}.`
      ]
    )
    const compiler = path.join(repositoryRoot, 'node_modules/typescript/bin/tsc')
    const compiled = (text: string): string => {
      fs.writeFileSync(file('index.ts'), text)
      return spawnSync(process.execPath, [compiler, '-p', file('')], { encoding: 'utf8' }).stdout
    }
    const program = fs.readFileSync(file('index.ts'), 'utf8')
    assert.match(compiled(program.replace('sbcId: 3', `sbcId: '3'`)), /TS2322/)
    assert.strictEqual(compiled(program), '')
    const told = Object.values(canaries).filter((canary) => `${program}${ended.stdout}`.includes(canary))
    assert.deepStrictEqual(told, [])
  })

  it('gives an empty preview after what it prints was done, line by line, without a request', () => {
    const lines = printed().map((line) => line.replace('<stack>', 'dev'))
    assert.deepStrictEqual(lines, [
      `cd ${folder}`,
      'pulumi stack init dev',
      'sh secrets.sh',
      'pulumi import --file import.json --generate-code=false --protect=false --yes',
      'pulumi preview --expect-no-changes',
      'rm import.json secrets.sh'
    ])
    const { cwd, env: surroundings } = within(stack, env)
    const done = spawnSync('sh', ['-e', '-c', lines.join('\n')], {
      cwd,
      env: cleanEnvironment(surroundings),
      encoding: 'utf8'
    })
    assert.strictEqual(done.status, 0, `${done.stdout}${done.stderr}`)
    assert.match(done.stdout, / = 9 imported\n/)
    assert.match(done.stdout, /\nResources:\n +10 unchanged\n/)
    assert.deepStrictEqual(requests(), [])
    const shown = Object.values(canaries).filter((canary) => `${done.stdout}${done.stderr}`.includes(canary))
    assert.deepStrictEqual({ shown, kept: stack.filesWith('canary') }, { shown: [], kept: [] })
  })

  it('has a refresh find nothing either', async () => {
    await pulumi('refresh', '--yes', '--skip-preview', '--expect-no-changes')
    const plan = `GET /tenantui/api/v2/customer/${acme}/sitelocation/${first}/dialplan/CustDialPlan`
    const gets = [...made.map(({ name }) => `GET ${name}`), 'GET details v3', plan]
    assert.deepStrictEqual(requests(), gets.sort())
    assert.deepStrictEqual(await steps(), [])
  })

  it('has a change in the program reach one connection, with one PATCH', async () => {
    const program = fs.readFileSync(file('index.ts'), 'utf8')
    fs.writeFileSync(file('index.ts'), program.replace(`cacProfile: '5 sessions'`, `cacProfile: '20 sessions'`))
    const [step, ...others] = await steps()
    assert.deepStrictEqual([/^update acme-branch-07-[0-9a-f]{8}$/.test(step ?? ''), others], [true, []])
    await pulumi('up', '--yes', '--skip-preview')
    assert.deepStrictEqual(requests(), ['GET Branch 07', 'GET Branch 07', 'PATCH Branch 07'])
    const profiles = simulator.state().sites.map(({ name, cacProfile }) => `${name}: ${cacProfile}`)
    assert.deepStrictEqual(
      profiles.filter((line) => line.startsWith('Branch 07')),
      ['Branch 07: 20 sessions']
    )
    assert.deepStrictEqual(await steps(), [])
  })

  it('has the plan tell of service and dial plan, and the drift of what was changed outside', async () => {
    const { cwd = '', env: surroundings = {} } = within(stack, env)
    const here = { cwd: path.join(cwd, folder), env: surroundings }
    const program = fs.readFileSync(file('index.ts'), 'utf8')
    const [berlin, munich] = rules
    const name = `acme-branch-07-${first.slice(0, 8)}-custdialplan`
    const changed = program
      .replace(munich.tag, berlin.tag)
      .replace(`license: 'HostedEssentialsPlus'`, `license: 'HostedPro', deletionProtection: false`)
    fs.writeFileSync(file('index.ts'), changed)
    const { stdout: preview } = await pulumi('preview', '--json')
    fs.writeFileSync(file('index.ts'), program)
    const plan = await command(['plan', '-', '--format', 'text', '--exit-code'], { input: preview })
    assert.deepStrictEqual(
      { ...plan, stdout: plan.stdout.split('\n') },
      {
        code: 2,
        stdout: [
          'dev of acme-trunks: Hosted Essentials services: 1 update; dial plans: 1 update; 2 may affect calls.',
          '',
          'May affect calls (2)',
          `  update ${name} (dial plan CustDialPlan): rules removed or changed, or not comparable: numbers routed elsewhere or nowhere`,
          `      rules: removed ${munich.prefix} -> ${munich.tag}; added ${munich.prefix} -> ${berlin.tag}`,
          '  update acme (Hosted Essentials service acme): deletionProtection is turned off: it can be deleted from then on',
          '      deletionProtection: not set → false',
          '      license: HostedEssentialsPlus → HostedPro',
          ''
        ],
        stderr: ''
      }
    )

    simulator.editDialPlan(first, 'CustDialPlan', { remove: [berlin], add: [{ ...berlin, tag: munich.tag }] })
    simulator.editCustomer(acme, { licensedUsersCount: 7 })
    const drift = await command(['drift'], here)
    simulator.editDialPlan(first, 'CustDialPlan', { remove: [{ ...berlin, tag: munich.tag }], add: [berlin] })
    simulator.editCustomer(acme, { licensedUsersCount: 25 })
    simulator.clearRequests()
    assert.deepStrictEqual(
      { ...drift, stdout: drift.stdout.split('\n').filter((line) => !line.startsWith('Not ')) },
      {
        code: 2,
        stdout: [
          'dev of acme-trunks: 1 Hosted Essentials service, 1 dial plan, 7 SIP connections: 2 changed outside, 7 as in the code.',
          '',
          'resource                                          field               code  live',
          '------------------------------------------------  ------------------  ----  --------------------------------------------------------------------------------------',
          'acme (Hosted Essentials service)                  licensedUsersCount  25    7',
          `${name} (dial plan)  rules                     removed ${berlin.prefix} -> ${berlin.tag}; added ${berlin.prefix} -> ${munich.tag}`,
          '',
          ''
        ],
        stderr: ''
      }
    )
  })

  it('has a lost state found again: nothing is made, nothing is changed, and the state is the same', async () => {
    const imported = await connections('dev')
    const { stdout } = await pulumi('config', '--json', '--show-secrets')
    const secrets = Object.entries(JSON.parse(stdout) as Record<string, { value: string; secret: boolean }>)
      .filter(([, { secret }]) => secret)
      .flatMap(([key, { value }]) => ['--secret', `${key}=${value}`])
    await pulumi('stack', 'init', 'again')
    await pulumi('config', 'set-all', ...secrets)
    const { code, stdout: said } = await stack.run([
      '-C',
      folder,
      'up',
      '--yes',
      '--skip-preview',
      '--continue-on-error'
    ])
    assert.deepStrictEqual(
      requests().filter((line) => !line.startsWith('GET ')),
      []
    )
    // The one without adopt is told instead: what it needs for it cannot be read.
    assert.deepStrictEqual([code, /declare adopt: "[0-9a-f-]{36}"/.test(said)], [1, true])
    const { 'acme-open': _open, ...others } = imported
    assert.deepStrictEqual(await connections('again'), others)
  })
})
