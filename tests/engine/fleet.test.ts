import * as assert from 'node:assert'
import { HEADQUARTERS_GUID } from '../../simulator'
import type { SipConnectionFleetArgs } from '../../provider/fleet/Args'
import { isAlive, until } from '../support/Children'
import { type EngineRun, succeeded } from '../support/EngineRun'
import { common, declaringFleet, fleetOf, named, outputsOf, programOf, saidOf } from './Fleets'
import {
  acme,
  complaint,
  contoso,
  diagnostics,
  guidOf,
  planned,
  resource,
  sites,
  startPluginWorld,
  startWorld,
  traffic,
  writes,
  type World
} from './World'

const nothing = { created: 0, updated: 0, deleted: 0, unchanged: 0, failed: 0, notBegun: 0 }

/** The lines of a preview that say something of a fleet. */
const announced = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /^(Fleet|canary|batch \d+ of \d+|deletions|rollout): /.test(line))
    .join('\n')

describe('A fleet over two customers', function () {
  this.timeout(90_000)
  let world: World
  const rollout = { canary: ['branch-10'], batchSize: 2 }
  const lisbon = { siteName: 'lisbon', customerGuid: contoso, sbcId: 5 }
  const use = (
    connections: SipConnectionFleetArgs['connections'],
    more: Partial<SipConnectionFleetArgs> = {}
  ): void => {
    world.stack.setProgram(programOf(declaringFleet('branches', fleetOf(connections, { rollout, ...more }))))
  }
  const seven = (cacProfile: string) => ({ 'branch-7': { siteName: 'branch-7', cacProfile } })
  const first = { ...named('branch-10', 'branch-8'), ...seven('10 sessions'), lisbon }
  const changed = { ...first, ...seven('20 sessions') }
  const preflight = (mode: string): void => {
    world.stack.setEnv('AUDIOCODES_LIVE_PREFLIGHT', mode)
  }
  before(async () => {
    world = await startWorld({ program: '', settings: { preflight: '' }, env: { AUDIOCODES_LIVE_PREFLIGHT: 'off' } })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  after(() => world.end())

  it('is made stage by stage, and then there is nothing to do', async () => {
    const { simulator, stack } = world
    use(first)
    succeeded(await stack.up())
    const lines = traffic(simulator)
    assert.deepStrictEqual(lines.slice(0, 6), [
      ...['GET details v3', 'GET details v3', 'POST branch-10', 'GET branch-10', 'PATCH branch-10', 'GET branch-10']
    ])
    const made = ['branch-10', 'branch-7', 'lisbon', 'branch-8']
    assert.deepStrictEqual(
      writes(simulator).filter((line) => line.startsWith('POST')),
      made.map((name) => `POST ${name}`)
    )
    assert.strictEqual(lines.length, 2 + 4 * made.length)
    assert.deepStrictEqual(await outputsOf(stack, 'branches'), {
      siteGuids: Object.fromEntries(made.map((name) => [name, guidOf(simulator, name)])),
      summary: { ...nothing, created: 4 },
      failures: {},
      pending: {},
      leftovers: {}
    })
    simulator.clearRequests()
    preflight('fail')
    assert.deepStrictEqual(await planned(stack), [])
    assert.deepStrictEqual(traffic(simulator), [], 'of a fleet without a change nothing is read')
    preflight('off')
  })

  it('is held against the platform in a preview: what it would make or change, with a line for all that is alike', async () => {
    const { simulator, stack } = world
    const carrierUserPassword = 'canary-password-7'
    const odd = { sbcId: 42, sbcScripts: { onboardingScript: 12009 }, carrierUserPassword }
    const taken = { siteName: 'headquarters', customerGuid: contoso, sbcId: 5 }
    const wrong = { ...changed, taken, 'odd-1': { siteName: 'odd-1', ...odd }, 'odd-2': { siteName: 'odd-2', ...odd } }
    use(wrong, { limits: { maxDeletes: 0 } })
    preflight('fail')
    const result = await stack.preview()
    preflight('off')
    // The engine shows the resource and the program in any order.
    const said = complaint(result)
      .split('\n')
      .filter((line) => /^(error|connections|SBC)\b/.test(line))
    assert.deepStrictEqual(
      said.sort(),
      [
        'error: Preflight: what is declared does not fit the platform:',
        'connections: 2 entries (odd-1, odd-2): sbcScripts.onboardingScript: there is no script 12009; there are trunk-onboarding (12001, SbcOnboarding), hosted-onboarding (10007, SbcOnboarding), legacy-onboarding (15001, SbcOnboarding), legacy-onboarding (15002, SbcOnboarding)',
        `connections.taken.siteName: "headquarters" exists already at the customer (site ${HEADQUARTERS_GUID}); to take it over, declare adopt: "${HEADQUARTERS_GUID}" (or adopt: true) with enableCac and carrierRegistration; to make another connection, choose another siteName`,
        'SBC 42 is named neither by a calling profile nor by a SIP connection, which is right if this is its first one. Named are 3 (sbc-frankfurt, sbc3.provider.example), 5 (sbc-london, sbc5.provider.example), 8 (sbc-madrid, sbc8.provider.example) (branches: odd-1, odd-2)',
        'error: Preflight: a fleet does not fit the platform (branches), and audiocodes-live:preflight is fail'
      ].sort()
    )
    assert.strictEqual(result.output.includes(carrierUserPassword), false)
    const read = traffic(simulator).map((line) => line.replace(/\?.*/, ''))
    assert.deepStrictEqual(
      read.sort(),
      ['v2/oc/callingprofile', 'v2/scripttemplates', 'v3/customer'].map((list) => `GET /tenantui/api/${list}`)
    )
  })

  it('has a preview that names the one changed field and the stages, and a change that is 1 PATCH and 2 GET', async () => {
    const { simulator, stack } = world
    use(changed)
    const { output } = succeeded(await stack.preview(['--diff']))
    assert.ok(
      output.includes(
        [
          '      ~ connections: {',
          '          ~ branch-7: {',
          '              ~ cacProfile: "10 sessions" => "20 sessions"',
          '            }',
          '        }',
          'Resources:'
        ].join('\n')
      ),
      output
    )
    assert.strictEqual(announced(output), 'Fleet: 1 to update, 3 unchanged.\nbatch 1 of 1: 1 site on SBC 3: branch-7')
    assert.deepStrictEqual(traffic(simulator), [])
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), ['GET branch-7', 'PATCH branch-7', 'GET branch-7'])
    assert.deepStrictEqual((await outputsOf(stack, 'branches'))['summary'], { ...nothing, updated: 1, unchanged: 3 })
  })

  it('finds at a refresh what was changed and deleted outside, and names it', async () => {
    const { simulator, stack } = world
    simulator.editSite(guidOf(simulator, 'branch-7'), { cacProfile: '50 sessions' })
    simulator.deleteSite(guidOf(simulator, 'branch-10'))
    succeeded(await stack.refresh())
    assert.deepStrictEqual([...traffic(simulator)].sort(), [
      ...['GET (gone)', 'GET branch-7', 'GET branch-8', 'GET details v3', 'GET lisbon']
    ])
    const { output } = succeeded(await stack.preview(['--diff']))
    assert.match(
      output,
      /\+ branch-10: \{\s+\+ siteName: "branch-10"\s+\}\s+~ branch-7 ?: \{\s+~ cacProfile: "50 sessions" => "20 sessions"\s+\}/
    )
    assert.strictEqual(
      announced(output),
      [
        'Fleet: 1 to create, 1 to update, 2 unchanged.',
        'canary: 1 site on SBC 3: branch-10',
        'batch 1 of 1: 1 site on SBC 3: branch-7'
      ].join('\n')
    )
  })

  it('ends at a canary that does not pass, says what was done and what not, and goes on from there', async () => {
    const { simulator, stack } = world
    simulator.addFault({
      match: { method: 'PATCH' },
      fault: { kind: 'errorMessage', effect: false, message: 'No slot.' }
    })
    const failed = await stack.up()
    const guid = guidOf(simulator, 'branch-10')
    const why = `Create of SIP connection "branch-10" (customer ${acme}, site ${guid}, SBC 3) failed: the platform reports an error; Platform: No slot.`
    assert.deepStrictEqual(saidOf(failed, 'branches'), [
      'Update of fleet of SIP connections failed: 1 connection failed; 1 connection was not begun; the canary did not pass: branch-10 failed',
      'Done: nothing.',
      `Failed: branch-10: ${why}`,
      'Not begun: branch-7.',
      'Calls: those of the connections that failed may be affected.',
      'Next: "pulumi up": it goes on from here, those that failed first.',
      'correlation id <id>, <time>'
    ])
    assert.deepStrictEqual(writes(simulator), ['POST branch-10', 'PATCH branch-10'])
    const { siteGuids, summary, failures } = await outputsOf(stack, 'branches')
    assert.deepStrictEqual(
      { kept: (siteGuids as Record<string, string>)['branch-10'], summary, failures },
      { kept: guid, summary: { ...nothing, unchanged: 2, failed: 1, notBegun: 1 }, failures: { 'branch-10': why } }
    )

    simulator.clearRequests()
    const result = succeeded(await stack.up())
    assert.match(
      diagnostics(result),
      /^The last create of connection "branch-10" ended with an error .* It is finished now/m
    )
    assert.deepStrictEqual(traffic(simulator), [
      ...['GET details v3', 'GET branch-10', 'PATCH branch-10', 'GET branch-10'],
      ...['GET branch-7', 'PATCH branch-7', 'GET branch-7']
    ])
    assert.deepStrictEqual(sites(simulator), ['branch-10', 'branch-7', 'branch-8', 'lisbon'])
  })

  it('refuses in the preview what is more than its limits, without a request', async () => {
    const { simulator, stack } = world
    use(seven('20 sessions'), { rollout: {}, limits: { maxDeletes: 1 } })
    assert.match(
      complaint(await stack.preview()),
      /has a problem: limits\.maxDeletes: the plan deletes 3 connections \(branch-10, branch-8, lisbon\), 1 is allowed; /
    )
    assert.deepStrictEqual(traffic(simulator), [])
  })

  it('is destroyed but for what cannot be deleted, and then as a whole', async () => {
    const { simulator, stack } = world
    const guid = guidOf(simulator, 'branch-8')
    simulator.addFault({
      match: { method: 'DELETE', path: guid },
      fault: { kind: 'status', status: 400, body: 'In use.' }
    })
    const said = saidOf(await stack.destroy(), 'branches')
    assert.deepStrictEqual(
      [said[0], said[1], said[2]?.replace(/ \(.*\)/, '')],
      [
        'Delete of fleet of SIP connections failed: 1 connection failed',
        'Done: 3 deleted (branch-7, lisbon, branch-10).',
        'Failed: branch-8: Delete of SIP connection "branch-8" failed: the platform rejected DELETE with status 400; Platform: In use.'
      ]
    )
    assert.deepStrictEqual(sites(simulator), ['branch-8'])
    simulator.clearRequests()
    succeeded(await stack.destroy())
    assert.deepStrictEqual([sites(simulator), await stack.resources()], [[], []])
    // A platform that knows a connection no more says 404, and the details of its customer say the same.
    assert.deepStrictEqual([...new Set(traffic(simulator))].sort(), ['DELETE (gone)', 'GET details v3', 'GET task'])
  })
})

describe('A fleet whose state is large', function () {
  this.timeout(90_000)
  const names = Array.from({ length: 250 }, (_, index) => `site-${index + 1}`)
  const { customerGuid, sbcId, sbcScripts } = common
  const args = {
    defaults: { customerGuid, sbcId, sbcScripts },
    connections: Object.fromEntries(
      names.map((name) => [name, { siteName: name, sbcScripts: { customerVariables: { Note: name.repeat(50) } } }])
    )
  }
  const byPlugin = (exported: string): string => `
const pulumi = require('@pulumi/pulumi')
const outputs = { siteGuids: undefined, summary: undefined }
const fleet = new pulumi.CustomResource('audiocodes-live:index:SipConnectionFleet', '${exported}', { ...${JSON.stringify(args)}, ...outputs })
exports.${exported} = { siteGuids: fleet.siteGuids, summary: fleet.summary }
`
  const hosts = [
    ['dynamic', startWorld, programOf(declaringFleet('sites', args))],
    ['plugin', startPluginWorld, byPlugin('sites')]
  ] as const
  for (const [host, start, program] of hosts)
    it(`is kept beside the error of a run that failed, and mended by the next up (${host})`, async () => {
      const { simulator, stack, end } = await start({ program })
      try {
        simulator.addFault({
          match: { method: 'POST', nth: 100 },
          fault: { kind: 'errorMessage', effect: false, message: 'No slot.' }
        })
        const failed = await stack.up()
        assert.deepStrictEqual([sites(simulator).length, writes(simulator).length], [249, 250])
        const said = complaint(failed)
        assert.match(said, /Create of fleet of SIP connections failed: 1 connection failed$/m)
        assert.match(said, /^Done: 249 created \(site-1, site-2, .*\)\.$/m)
        assert.match(
          said,
          /^Failed: (site-\d+): Create of SIP connection "\1" .*: the platform reports an error; Platform: No slot\.$/m
        )
        assert.doesNotMatch(failed.output, /^ +at |node_modules|Error: /m)
        const { outputs } = await resource(stack, 'sites')
        const { siteGuids, summary, connections } = outputs ?? {}
        assert.ok(JSON.stringify(outputs).length > 100_000, 'more than the 64 kB that some clients of HTTP/2 take')
        assert.deepStrictEqual(
          [Object.keys(siteGuids as object).length, summary, connections],
          [249, { ...nothing, created: 249, failed: 1 }, args.connections]
        )

        simulator.clearRequests()
        succeeded(await stack.up())
        assert.deepStrictEqual(
          traffic(simulator).map((line) => line.replace(/site-\d+$/, 'site')),
          ['GET details v3', 'POST site', 'GET site']
        )
        assert.deepStrictEqual(sites(simulator), [...names].sort())
        assert.deepStrictEqual(await planned(stack), [])
      } finally {
        await end()
      }
    })
})

describe('A fleet whose run is killed', function () {
  this.timeout(90_000)
  let world: World
  const connections = named('a', 'b', 'c', 'd', 'e', 'f')
  const use = (more: Partial<SipConnectionFleetArgs>): void => {
    world.stack.setProgram(
      programOf(declaringFleet('branches', fleetOf(connections, { rollout: { maxParallel: 2 }, ...more })))
    )
  }
  before(async () => {
    world = await startWorld({ program: '', settings: { writesPerSbc: '2' } })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  after(() => world.end())

  /** Starts an `up` and waits until its third and fourth writes have taken effect, which are answered late. */
  const untilFourth = async (method: 'POST' | 'PATCH'): Promise<EngineRun> => {
    const { simulator, stack } = world
    simulator.addFault({ match: { method, nth: 3 }, times: 2, fault: { kind: 'delay', ms: 1500 } })
    const run = stack.spawn(['up', '--skip-preview', '--yes'])
    const sent = (): number => writes(simulator).filter((line) => line.startsWith(method)).length
    await until(`4 ${method} have arrived`, () => sent() === 4, 60)
    return run
  }

  it('sends nothing more when the engine is killed in the middle of the first creation', async () => {
    const { simulator, stack } = world
    use({})
    const run = await untilFourth('POST')
    const providers = run.providers()
    run.kill('SIGKILL')
    await run.result
    await until('the provider has ended', () => !providers.some(isAlive), 10)
    assert.deepStrictEqual([providers.length, sites(simulator)], [1, ['a', 'b', 'c', 'd']])
    assert.deepStrictEqual(writes(simulator).slice(-2), ['POST c', 'POST d'])
    await stack.cancel()
    assert.deepStrictEqual(await stack.resources(), [])
  })

  it('is followed by an up that lists what it has found and sends nothing, and by one with adopt that finishes it', async () => {
    const { simulator, stack } = world
    const said = saidOf(await stack.up(), 'branches')
    const found = ['a', 'b', 'c', 'd'].map((name) => `${name} (site ${guidOf(simulator, name)} of customer ${acme})`)
    assert.strictEqual(
      said[0],
      `Create of fleet of SIP connections failed: 4 of the connections to create exist already: ${found.join(', ')}; nothing was sent`
    )
    assert.match(said[3] ?? '', /^Next: .* declare adopt: true on the fleet/)
    assert.deepStrictEqual(traffic(simulator), ['GET details v3'])

    simulator.clearRequests()
    use({ adopt: true })
    succeeded(await stack.up())
    assert.deepStrictEqual(
      writes(simulator).filter((line) => line.startsWith('POST')),
      ['POST e', 'POST f']
    )
    assert.deepStrictEqual(sites(simulator), Object.keys(connections))
    assert.deepStrictEqual(await planned(stack), [])
    succeeded(await stack.refresh(['--clear-pending-creates']))
  })

  it('loses nothing when its provider is killed in the middle of a change', async () => {
    const { simulator, stack } = world
    use({ adopt: true, defaults: { ...common, cacProfile: '20 sessions' } })
    const run = await untilFourth('PATCH')
    const [provider = 0] = run.providers()
    process.kill(provider, 'SIGKILL')
    assert.strictEqual((await run.result).code, 1)
    const profiles = (): ReadonlyArray<unknown> =>
      Object.keys(connections).map((name) => simulator.site(guidOf(simulator, name))?.cacProfile)
    assert.deepStrictEqual(profiles(), [...Array<string>(4).fill('20 sessions'), '10 sessions', '10 sessions'])
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(
      [...traffic(simulator)].sort(),
      Object.keys(connections)
        .flatMap((name) => [`GET ${name}`, `GET ${name}`, `PATCH ${name}`])
        .sort()
    )
    assert.deepStrictEqual(profiles(), Array(6).fill('20 sessions'))
    assert.deepStrictEqual(sites(simulator), Object.keys(connections))
    assert.deepStrictEqual(await planned(stack), [])
    assert.strictEqual((await resource(stack, 'branches')).initErrors, undefined)
  })
})
