import * as assert from 'node:assert'
import { HEADQUARTERS_GUID } from '../../simulator'
import { until } from '../support/Children'
import { succeeded } from '../support/EngineRun'
import {
  type World,
  canaries,
  connectionType,
  contoso,
  full,
  guidOf,
  minimal,
  planned,
  program,
  properties,
  providerText,
  resource,
  sites,
  startPluginWorld,
  traffic,
  writes
} from './World'

/** The packaged plugin on the real engine: the type is that of every language, and the program needs no class for it. */

const type = 'audiocodes-live:index:SipConnection'

/** A program that declares connections by their resource names. */
const declaring = (connections: Readonly<Record<string, object>>, options: object = {}): string => `
const pulumi = require('@pulumi/pulumi')
const computed = { siteGuid: undefined, sbcProgrammed: undefined, lastOperation: undefined }
for (const [name, args] of Object.entries(${JSON.stringify(connections)})) {
  const made = new pulumi.CustomResource('${type}', name, { ...args, ...computed }, ${JSON.stringify(options)})
  exports[name] = pulumi.all([made.siteGuid, made.sbcProgrammed])
}
`

/** Every input but the options. */
const everything = (siteName: string) => {
  const { adopt: _adopt, allow: _allow, ...args } = full(siteName)
  return args
}

describe('The plugin', function () {
  this.timeout(60_000)
  let world: World
  const args = everything('branch')
  const changed = {
    ...args,
    cacProfile: '20 sessions',
    phones: [...args.phones.slice(0, 8), '+498955599'],
    sbcScripts: { ...args.sbcScripts, customerVariables: { RegistrarPassword: 'canary-next-9', Zone: 'B' } }
  }

  before(async () => {
    world = await startPluginWorld({ program: declaring({ branch: args }) })
  })
  after(() => world.end())

  it('creates a connection, and keeps its secrets encrypted', async () => {
    const { stack, simulator } = world
    succeeded(await stack.up())
    assert.deepStrictEqual(await stack.outputs(), { branch: [guidOf(simulator, 'branch'), true] })
    assert.deepStrictEqual(
      Object.values(canaries).flatMap((canary) => stack.filesWith(canary)),
      []
    )
    const { inputs, outputs, id } = await resource(stack, 'branch')
    const shown = {
      ...args,
      carrierUserPassword: '[secret]',
      carrierPasswordDpi: '[secret]',
      sbcScripts: { ...args.sbcScripts, customerVariables: { Region: 'EMEA', RegistrarPassword: '[secret]' } }
    }
    assert.strictEqual(id, guidOf(simulator, 'branch'))
    assert.deepStrictEqual(properties(inputs), shown)
    assert.deepStrictEqual(
      Object.entries(properties(outputs)).filter(([key]) => key in shown),
      Object.entries(shown).sort(([a], [b]) => (a < b ? -1 : 1))
    )
  })

  it('names every changed property by its path', async () => {
    const { stack, simulator } = world
    simulator.clearRequests()
    stack.setProgram(declaring({ branch: changed }))
    const { stdout } = succeeded(await stack.preview(['--diff']))
    assert.deepStrictEqual(
      stdout.slice(stdout.indexOf('      ~ cacProfile'), stdout.indexOf('Resources:')).trimEnd().split('\n'),
      [
        '      ~ cacProfile: "10 sessions" => "20 sessions"',
        '      ~ phones    : [',
        '          ~ [8]: "+4989555108" => "+498955599"',
        '          - [9]: "+4989555109"',
        '        ]',
        '      ~ sbcScripts: {',
        '          ~ customerVariables: {',
        '              - Region           : "EMEA"',
        '              ~ RegistrarPassword: [secret] => [secret]',
        '              + Zone             : "B"',
        '            }',
        '        }'
      ]
    )
    assert.deepStrictEqual(traffic(simulator), [])
    succeeded(await stack.up())
    assert.deepStrictEqual(await planned(stack), [])
    assert.strictEqual((await resource(stack, 'branch')).id, guidOf(simulator, 'branch'))
  })

  it('finds drift at a refresh, takes the time that the program gives, and destroys', async () => {
    const { stack, simulator } = world
    simulator.editSite(guidOf(simulator, 'branch'), { cacProfile: '30 sessions' })
    succeeded(await stack.refresh())
    assert.deepStrictEqual(await planned(stack), ['update branch: cacProfile'])

    stack.setProgram(declaring({ branch: changed }, { customTimeouts: { update: '1s' } }))
    simulator.addFault({ match: { method: 'PATCH' }, fault: { kind: 'delay', ms: 3000 } })
    const slow = await stack.up()
    assert.strictEqual(slow.code, 1)
    assert.ok(slow.output.includes('the end of PATCH is not known: no complete answer within'), slow.output)
    assert.deepStrictEqual(await planned(stack), ['update branch: lastOperation'])

    simulator.clearFaults()
    succeeded(await stack.destroy())
    assert.deepStrictEqual([sites(simulator), await stack.resources()], [[], []])
  })
})

describe('pulumi import', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startPluginWorld({ program: declaring({}) })
  })
  after(() => world.end())

  const imported = (id: string) =>
    world.stack.run([
      ...['import', type, 'hq', id, '--generate-code=false', '--protect=false', '--skip-preview', '--yes']
    ])

  it('says what is wrong with an id', async () => {
    const { output, code } = await imported('contoso/headquarter')
    assert.deepStrictEqual([code, / at \S+:\d+:\d+/.test(output)], [1, false], output)
    assert.ok(
      output.includes(
        `error: Read of SIP connection "contoso/headquarter" failed: Customer ${contoso} has no such connection; it has "headquarters" (${HEADQUARTERS_GUID})\n`
      ),
      output
    )
  })

  it('takes in all that the platform shows, so that the next preview has only the rest', async () => {
    const { stack, simulator } = world
    const before = simulator.site(HEADQUARTERS_GUID)
    succeeded(await imported('contoso/headquarters'))
    const { inputs, id } = await resource(stack, 'hq')
    assert.strictEqual(id, HEADQUARTERS_GUID)
    const shown = properties(inputs)
    assert.deepStrictEqual(shown, {
      cacProfile: '20 sessions',
      carrierHostName: 'sip.carrier.example',
      carrierMainLine: '15550100',
      carrierUserName: 'contoso-hq',
      carrierUserPassword: '[secret]',
      configureSbc: true,
      customerGuid: contoso,
      onlinePstnGateway: 'sbc3.provider.example',
      sbcId: 3,
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } },
      siteName: 'headquarters'
    })
    assert.deepStrictEqual(stack.filesWith('made-up-hq-password'), [])
    stack.setProgram(
      declaring({
        hq: { ...shown, carrierUserPassword: 'made-up-hq-password', enableCac: true, phones: ['+15550100'] }
      })
    )
    succeeded(await stack.refresh())
    const [step] = await stack.previewSteps()
    assert.deepStrictEqual([step?.op, step?.detailedDiff], ['update', { enableCac: 'add', phones: 'add' }])
    assert.deepStrictEqual(simulator.site(HEADQUARTERS_GUID), before)
  })
})

describe('A stack of the dynamic classes', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startPluginWorld({ program: program({ branch: full('branch') }) })
  })
  after(() => world.end())

  it('moves to the plugin by an alias, and nothing changes', async () => {
    const { stack, simulator } = world
    succeeded(await stack.up())
    simulator.clearRequests()
    stack.setProgram(declaring({ branch: full('branch') }, { aliases: [{ type: connectionType }] }))
    assert.deepStrictEqual(await planned(stack), [])
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), [])
    const { urn, inputs, outputs } = await resource(stack, 'branch')
    assert.deepStrictEqual(
      [urn, inputs?.['__provider'], outputs?.['__provider']],
      [stack.urn(type, 'branch'), providerText, providerText]
    )
    succeeded(await stack.refresh())
    assert.deepStrictEqual(await planned(stack), [])
    succeeded(await stack.destroy())
    assert.deepStrictEqual(sites(simulator), [])
  })
})

describe('A run of the plugin that is cancelled', function () {
  this.timeout(60_000)
  let world: World
  const names = Array.from({ length: 20 }, (_, index) => `branch-${index + 1}`)
  const connections = Object.fromEntries(names.map((name) => [name, minimal(name)]))
  before(async () => {
    world = await startPluginWorld({ program: declaring(connections) })
  })
  after(() => world.end())

  it('keeps what it has begun, begins nothing more, and the next run does the rest', async () => {
    const { simulator, stack } = world
    simulator.addFault({ match: { method: 'POST' }, fault: { kind: 'delay', ms: 400 }, times: 'always' })
    const run = stack.spawn(['up', '--skip-preview', '--yes'])
    await until('some are being created', () => writes(simulator).length >= 3, 30)
    run.kill('SIGINT')
    const { output } = await run.result
    assert.ok(output.includes('The run was cancelled, so nothing more is sent'), output)
    const made = sites(simulator)
    assert.ok(made.length >= 3 && made.length < names.length, made.join())
    const kept = (await stack.resources()).map(({ id }) => id)
    assert.deepStrictEqual([...kept].sort(), made.map((name) => guidOf(simulator, name)).sort())

    simulator.clearFaults()
    succeeded(await stack.up())
    assert.deepStrictEqual(sites(simulator), [...names].sort())
    assert.deepStrictEqual(await planned(stack), [])
  })
})
