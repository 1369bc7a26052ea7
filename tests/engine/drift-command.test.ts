import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { STATIC_TOKEN } from '../../simulator'
import { type Ended, command, within } from '../cli/Command'
import { kept, steadied } from '../cli/Fixtures'
import { succeeded } from '../support/EngineRun'
import { acme, canaries, full, guidOf, minimal, program, startWorld, steady, traffic, type World } from './World'

const untold =
  'Not told by the platform, so never compared: customerGuid, enableCac, carrierRegistration, carrierPasswordDpi, phones, dialPlanPrefixes, proxySet.'

describe('audiocodes-live drift', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    const three = { whole: full('whole'), bare: minimal('bare'), lost: minimal('lost') }
    world = await startWorld({ program: program(three) })
    succeeded(await world.stack.up())
    world.simulator.addFault({
      match: { method: 'POST' },
      times: 1,
      fault: { kind: 'errorMessage', effect: true, message: 'refused by the SBC' }
    })
    world.stack.setProgram(program({ ...three, half: minimal('half') }))
    assert.strictEqual((await world.stack.up()).code, 1)
  })
  after(() => world.end())

  const drift = (...args: ReadonlyArray<string>): Promise<Ended> => command(['drift', ...args], within(world.stack))
  const lines = ({ stdout }: Ended): ReadonlyArray<string> => steady(stdout).split('\n')

  it('finds none after an up, with nothing but reads, and names what it could not compare', async () => {
    const { simulator, stack } = world
    const now = steadied(
      await stack.exportRaw(),
      simulator,
      ['whole', 'bare', 'lost', 'half'].map((name) => guidOf(simulator, name))
    )
    assert.deepStrictEqual(now, kept('export', now))
    const files = (): ReadonlyArray<string> => fs.readdirSync(stack.directory)
    const had = files()
    simulator.clearRequests()
    const ended = await drift()
    assert.deepStrictEqual(
      { ...ended, stdout: lines(ended) },
      {
        code: 0,
        stdout: [
          'dev of harness: 4 SIP connections: 4 as in the code.',
          '',
          'Not compared: 2 secret fields of 1 connection, which the export holds encrypted; with --show-secrets they are compared.',
          untold,
          'Unfinished: half: the last create ended failed; the next "pulumi up" finishes it.',
          ''
        ],
        stderr: ''
      }
    )
    assert.deepStrictEqual([...traffic(simulator)].sort(), ['GET bare', 'GET half', 'GET lost', 'GET whole'])
    assert.deepStrictEqual(files(), had)
  })

  it('shows what was changed and deleted outside, and writes it to the files that are named', async () => {
    const { simulator, stack } = world
    simulator.editSite(guidOf(simulator, 'whole'), {
      cacProfile: '50 sessions',
      carrierUserPassword: 'canary-live-password',
      customerVariables: { Region: 'APAC', RegistrarPassword: 'canary-live-variable' }
    })
    simulator.deleteSite(guidOf(simulator, 'lost'))
    const ended = await drift()
    assert.deepStrictEqual(
      { ...ended, stdout: lines(ended).slice(0, 9) },
      {
        code: 2,
        stdout: [
          'dev of harness: 4 SIP connections: 1 changed outside, 1 deleted outside, 2 as in the code.',
          '',
          'connection  field                                code         live',
          '----------  -----------------------------------  -----------  ---------------',
          'lost                                             exists       deleted outside',
          'whole       cacProfile                           10 sessions  50 sessions',
          'whole       sbcScripts.customerVariables.Region  EMEA         APAC',
          '',
          'Not compared: 2 secret fields of 1 connection, which the export holds encrypted; with --show-secrets they are compared.'
        ],
        stderr: ''
      }
    )

    const forms = ['json', 'markdown', 'junit'] as const
    const named = forms.flatMap((form) => [`--${form}`, `drift.${form}`])
    const shown = await drift('--show-secrets', ...named)
    assert.deepStrictEqual(
      [shown.code, lines(shown).slice(4, 9)],
      [
        2,
        [
          'lost                                                        exists       deleted outside',
          'whole       cacProfile                                      10 sessions  50 sessions',
          'whole       carrierUserPassword                             secret       differs',
          'whole       sbcScripts.customerVariables.Region             EMEA         APAC',
          'whole       sbcScripts.customerVariables.RegistrarPassword  secret       differs'
        ]
      ]
    )
    const texts = forms.map((form) => fs.readFileSync(path.join(stack.directory, `drift.${form}`), 'utf8'))
    const secrets = [...Object.values(canaries), 'canary', STATIC_TOKEN]
    assert.deepStrictEqual(
      secrets.filter((secret) => [...texts, shown.stdout, shown.stderr].some((text) => text.includes(secret))),
      []
    )
    const [json = '', markdown = '', junit = ''] = texts
    const { counts, connections } = JSON.parse(json) as {
      counts: unknown
      connections: ReadonlyArray<Record<string, unknown>>
    }
    assert.deepStrictEqual(
      [counts, connections.map(({ name, outcome }) => [name, outcome])],
      [
        { error: 0, gone: 1, drift: 1, same: 2 },
        [
          ['lost', 'gone'],
          ['whole', 'drift'],
          ['bare', 'same'],
          ['half', 'same']
        ]
      ]
    )
    assert.deepStrictEqual(markdown.split('\n').slice(5, 8), [
      '| `lost` |  | `exists` | `deleted outside` |',
      '| `whole` | `cacProfile` | `10 sessions` | `50 sessions` |',
      '| `whole` | `carrierUserPassword` | `secret` | `differs` |'
    ])
    assert.match(junit, /<testsuite name="audiocodes-live drift" tests="4" failures="2" errors="0" skipped="0">/)
  })

  it('compares the others when one cannot be read', async () => {
    const { simulator } = world
    const guid = guidOf(simulator, 'bare')
    simulator.addFault({ match: { path: guid }, times: 'always', fault: { kind: 'status', status: 403 } })
    const ended = await drift()
    simulator.clearFaults()
    assert.deepStrictEqual(
      [ended.code, ended.stderr, lines(ended).filter((line) => /^(dev|bare|lost|whole|Read| {4})/.test(line))],
      [
        1,
        '',
        [
          'dev of harness: 4 SIP connections: 1 changed outside, 1 deleted outside, 1 not compared because of an error, 1 as in the code.',
          'bare                                                          not compared: the platform rejected GET with status 403',
          'lost                                             exists       deleted outside',
          'whole       cacProfile                           10 sessions  50 sessions',
          'whole       sbcScripts.customerVariables.Region  EMEA         APAC',
          `Read of SIP connection "bare" (customer ${acme}, site ${guid}, SBC 3) failed: the platform rejected GET with status 403`,
          '    Platform: Scripted failure',
          '    Next: let the app registration have the right that this call needs, and run again.',
          '    status 403, correlation id <id>, <time>'
        ]
      ]
    )
  })

  it('refuses the state of another platform, without a request', async () => {
    const { simulator, stack } = world
    fs.writeFileSync(path.join(stack.directory, 'export.json'), await stack.exportRaw())
    simulator.clearRequests()
    const ended = await command(
      ['drift', '--state', 'export.json'],
      within(stack, {
        AUDIOCODES_LIVE_BASE_URL: `${simulator.origin}/portal`,
        AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN
      })
    )
    assert.deepStrictEqual([ended.code, traffic(simulator)], [1, []])
    assert.strictEqual(
      lines(ended).filter((line) =>
        /belongs to the platform .*\/tenantui, and the configuration names .*\/portal; nothing was sent$/.test(line)
      ).length,
      8
    )
  })

  it('reads the configuration of the stack beside a file when the stack is named, and the environment alone else', async () => {
    assert.strictEqual((await drift('--state', 'export.json', '--stack', 'dev')).code, 2)
    const alone = await drift('--state', 'export.json')
    assert.strictEqual(alone.code, 1)
    assert.match(
      alone.stdout,
      /Missing configuration audiocodes-live:baseUrl \(environment: AUDIOCODES_LIVE_BASE_URL\)/
    )
  })

  it('hands on what pulumi says when it has no such stack', async () => {
    const { code, stdout, stderr } = await drift('--stack', 'nowhere')
    assert.deepStrictEqual([code, stdout], [1, ''])
    assert.match(stderr, /^"pulumi stack export" failed \(\d+\): error: no stack named 'nowhere' found/)
  })
})

describe('audiocodes-live drift of a connection with a provider of its own', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({ program: '', connected: 'nowhere' })
    const args = JSON.stringify({ baseUrl: world.simulator.url, accessToken: STATIC_TOKEN, requestsPerSecond: 0 })
    world.stack.setProgram(
      program({ abroad: { args: minimal('abroad'), options: `{ provider: new live.Provider('eu', ${args}) }` } })
    )
    succeeded(await world.stack.up())
  })
  after(() => world.end())

  it('needs its configuration in clear', async () => {
    const locked = await command(['drift'], within(world.stack))
    assert.strictEqual(locked.code, 1)
    assert.match(
      locked.stdout,
      /^abroad +not compared: The configuration of the provider instance "eu" is encrypted in this export \(audiocodes-live:accessToken\): run with --show-secrets/m
    )
    const shown = await command(['drift', '--show-secrets'], within(world.stack))
    assert.deepStrictEqual(
      [shown.code, shown.stdout.split('\n')[0], `${shown.stdout}${shown.stderr}`.includes(STATIC_TOKEN)],
      [0, 'dev of harness: 1 SIP connection: 1 as in the code.', false]
    )
  })
})
