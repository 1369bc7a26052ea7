// Dial plans of one connection that several have rules in, on the real engine.

import * as assert from 'node:assert'
import type { DialPlanArgs, DialPlanRule } from '../../provider/dial-plan/Args'
import { HEADQUARTERS_GUID } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { declaring, requests, rulesAt, said, state } from './Customers'
import { contoso, diagnostics, planned, program, startWorld, type World } from './World'

const [a, b, x] = ['sbc1.example.net', 'sbc2.example.net', 'portal.example.net']

const berlin = { prefix: '+4930', tag: a }
const hamburg = { prefix: '+4940', tag: a }
const munich = { prefix: '+4989', tag: b }
/** Somebody else's. */
const foreign = { prefix: '+1', tag: x }

const planAt = (siteGuid: string, rules: readonly DialPlanRule[]): DialPlanArgs => ({
  customerGuid: contoso,
  siteGuid,
  rules
})

const id = `${contoso}/${HEADQUARTERS_GUID}/CustDialPlan`

/** Two resources with rules in one plan, the second after the first, and a look at the whole plan. */
const sharing = (first: DialPlanArgs, second = planAt(HEADQUARTERS_GUID, [munich])): string =>
  program(
    {},
    [
      declaring('DialPlan', 'first', first),
      declaring('DialPlan', 'second', second, '{ dependsOn: [first] }'),
      `exports.rules = live.DialPlan.get('looked', '${id}', { dependsOn: [second] }).rules`
    ].join('\n')
  )

const texts = (rules: readonly DialPlanRule[]): readonly string[] => rules.map(({ prefix, tag }) => `${prefix} ${tag}`)

describe('Dial plans', function () {
  this.timeout(120_000)
  let world: World
  let branch: string
  const settled = sharing(planAt(HEADQUARTERS_GUID, [berlin, hamburg]))
  const rules = (): readonly string[] => rulesAt(world.simulator, HEADQUARTERS_GUID)
  /** What a preview would do, beside the look. */
  const changes = async (): Promise<readonly string[]> =>
    (await planned(world.stack)).filter((line) => line !== 'read looked')
  /** The requests without those of the look, which comes last. */
  const calls = (): readonly string[] => {
    const all = requests(world.simulator)
    assert.strictEqual(all.at(-1), 'GET plan of headquarters')
    return all.slice(0, -1)
  }

  before(async () => {
    world = await startWorld({ program: settled, settings: { preflight: 'fail' } })
    branch = world.simulator.addSite({ customerGuid: contoso, name: 'branch' })
    world.simulator.editDialPlan(HEADQUARTERS_GUID, 'CustDialPlan', { add: [foreign] })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  after(() => world.end())

  it('that contradict each other, or what is there, end the preview', async () => {
    const { stack } = world
    stack.setProgram(
      sharing(
        planAt(HEADQUARTERS_GUID, [berlin, hamburg, { ...foreign, tag: a }]),
        planAt(HEADQUARTERS_GUID, [{ ...hamburg, tag: b }])
      )
    )
    const preview = await stack.preview()
    const [first, second] = [said(preview, 'first').join('\n'), said(preview, 'second').join('\n')]
    assert.match(first, new RegExp(`^ *rules: the dial plan has a declared prefix already: \\+1 \\(${x}\\); `, 'm'))
    assert.match(
      second,
      new RegExp(`rules: DialPlan "first" declares a prefix of the same plan too: \\+4940 \\(${b}\\), there ${a};`)
    )
  })

  it('share a plan: the one that the platform refuses is sent again by the next run, and nobody else notices', async () => {
    const { stack, simulator } = world
    simulator.addFault({
      match: { method: 'PATCH', path: 'dialplan', nth: 2 },
      fault: { kind: 'errorMessage', effect: false, message: 'SBC is busy.' }
    })
    stack.setProgram(settled)
    assert.deepStrictEqual(said(await stack.up(), 'second').slice(1), [
      'Platform: SBC is busy.',
      'Applied: the dial plan exists and is kept in the state; not all of its fields may be applied.',
      'Calls: those to its prefixes may be affected until a run succeeds.',
      'Next: "pulumi up": it reads the dial plan first and finishes it.',
      'correlation id <id>, <time>'
    ])
    const { first, second } = await state(stack)
    assert.deepStrictEqual([first?.outcome, second?.outcome], ['create ok', 'create failed'])
    assert.deepStrictEqual(rules(), texts([foreign, berlin, hamburg]))

    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(calls(), ['GET plan of headquarters', 'PATCH plan of headquarters'])
    assert.deepStrictEqual(rules(), texts([foreign, berlin, hamburg, munich]))
    const after = await state(stack)
    assert.deepStrictEqual(after['first']?.outputs, {
      __provider: 'exports.handler = () => require("pulumi-audiocodes-live/dynamic").dialPlan;',
      customerGuid: contoso,
      siteGuid: HEADQUARTERS_GUID,
      dialPlanName: 'CustDialPlan',
      rules: [berlin, hamburg],
      changedOutside: [],
      platform: simulator.url,
      managedKeys: ['customerGuid', 'siteGuid', 'dialPlanName', 'rules'],
      schemaVersion: 1
    })
    assert.deepStrictEqual(after['looked']?.outputs['rules'], [foreign, berlin, hamburg, munich])
  })

  it('show a tag that was changed outside as drift of the one whose rule it is, which sets it back', async () => {
    const { stack, simulator } = world
    const changed = { ...hamburg, tag: x }
    simulator.editDialPlan(HEADQUARTERS_GUID, 'CustDialPlan', { remove: [hamburg], add: [changed] })
    const { stdout } = succeeded(await stack.refresh())
    assert.match(stdout, /first updated .*\[diff: ~rules\]/)
    assert.doesNotMatch(stdout, /second updated/)
    const { first } = await state(stack)
    assert.deepStrictEqual(
      [first?.outputs['rules'], first?.outputs['changedOutside']],
      [[berlin, changed], [hamburg.prefix]]
    )
    assert.deepStrictEqual(await changes(), ['update first: rules'])
    simulator.clearRequests()
    const result = succeeded(await stack.up())
    assert.match(
      diagnostics(result),
      new RegExp(
        `was changed outside of Pulumi since the last run: \\+4940 \\(${x}\\)\\. The declared tags are set again`
      )
    )
    assert.deepStrictEqual(calls(), ['GET plan of headquarters', 'PATCH plan of headquarters'])
    assert.deepStrictEqual(rules(), texts([foreign, berlin, munich, hamburg]))
  })

  it('are replaced when they move to another connection, and leave nothing behind', async () => {
    const { stack, simulator } = world
    stack.setProgram(sharing(planAt(branch, [berlin, hamburg])))
    const [step, ...others] = (await stack.previewSteps()).filter(({ op }) => op !== 'read')
    assert.deepStrictEqual([step?.op, step?.name, step?.replaceReasons, others], ['replace', 'first', ['siteGuid'], []])
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(calls(), [
      'GET plan of headquarters',
      'PATCH plan of headquarters',
      'GET plan of branch',
      'PATCH plan of branch'
    ])
    assert.deepStrictEqual(rules(), texts([foreign, munich]))
    assert.deepStrictEqual(rulesAt(simulator, branch), texts([berlin, hamburg]))
  })

  it('are destroyed but for what is not theirs any more', async () => {
    const { stack, simulator } = world
    simulator.editDialPlan(branch, 'CustDialPlan', { remove: [berlin], add: [{ ...berlin, tag: x }] })
    const result = succeeded(await stack.destroy())
    assert.match(diagnostics(result), new RegExp(`a tag that was not written by .* left: \\+4930 \\(${x}\\)\\.$`, 'm'))
    assert.deepStrictEqual(rules(), texts([foreign]))
    assert.deepStrictEqual(rulesAt(simulator, branch), texts([{ ...berlin, tag: x }]))
    assert.deepStrictEqual(await stack.resources(), [])
  })
})
