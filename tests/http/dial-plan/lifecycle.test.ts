import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import { dialPlan } from '../../../provider/dial-plan/Definition'
import * as DialPlan from '../../../provider/dial-plan/DialPlan'
import { diff } from '../../../provider/dial-plan/Diff'
import type { DialPlanState } from '../../../provider/dial-plan/State'
import { HEADQUARTERS_GUID } from '../../../simulator'
import { nthId, startOfTime, valueOf } from '../../support/TestEnv'
import { type World, contoso, story, writeMs } from '../support/Simulated'
import {
  a,
  anotherRun,
  b,
  bodies,
  calls,
  created,
  errorOf,
  plan,
  portal,
  refreshed,
  refusalOf,
  removed,
  removing,
  rule,
  rulesAt,
  updated,
  updating,
  x
} from './support'

const id = `${contoso}/${HEADQUARTERS_GUID}/CustDialPlan`
const about = `Dial plan "CustDialPlan" of site ${HEADQUARTERS_GUID}`
const sent = (prefix: string, tag = a, name = 'CustDialPlan') => ({ name, prefix, tag })

const stateOf = (world: World, args: DialPlanState | ReturnType<typeof plan>, more: Partial<DialPlanState> = {}) => ({
  ...args,
  changedOutside: [],
  executionMessages: [],
  platform: world.simulator.url,
  managedKeys: ['customerGuid', 'siteGuid', 'dialPlanName', 'rules'],
  schemaVersion: 1,
  ...more
})

describe('dial plan: create', () => {
  story('one GET and one PATCH with the rules, and a state that says so', {}, async (world) => {
    portal(world, { add: [rule('+1', x)] })
    const args = plan([rule('+49'), rule('+33', b, 'France')])
    assert.deepStrictEqual(await created(world, args), {
      ...stateOf(world, args),
      lastOperation: {
        kind: 'create',
        outcome: 'ok',
        startedAt: new Date(startOfTime).toISOString(),
        durationMs: writeMs,
        correlationId: nthId(1),
        serverIds: [],
        taskIds: []
      }
    })
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH'])
    assert.deepStrictEqual(bodies(world), [
      { dialPlanId: 'CustDialPlan', add: [sent('+49'), sent('+33', b, 'France')], remove: [] }
    ])
    assert.deepStrictEqual(rulesAt(world), [`+1 ${x}`, `+49 ${a}`, `+33 ${b}`])
    assert.deepStrictEqual(world.audit, [
      {
        method: 'PATCH',
        attempt: 1,
        resource: 'DialPlan',
        customerGuid: contoso,
        siteGuid: HEADQUARTERS_GUID,
        name: 'CustDialPlan',
        fields: ['rules'],
        added: 2,
        removed: 0,
        correlationId: nthId(1),
        result: 'answered',
        serverIds: []
      }
    ])
  })

  story(
    'a prefix that is there is an error that lists it, whatever its tag, and nothing is sent',
    {},
    async (world) => {
      portal(world, { add: [rule('+49'), rule('+33', x)] })
      const error = await errorOf(DialPlan.create(plan([rule('+49'), rule('+33'), rule('+7')])), world)
      assert.deepStrictEqual(error, {
        _tag: 'Refused',
        text: `${about} has 2 of the declared prefixes already, and not from this resource: +49 (${a}), +33 (${x}); nothing was sent`,
        next: 'to take them over, declare adopt: true (another tag is replaced by the declared one); else take them out of rules',
        correlationId: nthId(1)
      })
      assert.deepStrictEqual(calls(world), ['GET'])
    }
  )

  story('of many such prefixes the first ten are listed', {}, async (world) => {
    const many = Array.from({ length: 25 }, (_, index) => rule(`+${1000 + index}`))
    portal(world, { add: many })
    const text = await refusalOf(DialPlan.create(plan(many)), world)
    assert.match(text, /has 25 of the declared prefixes already.*\+1009 \(sbc1\.example\.net\) and 15 more; nothing/)
    assert.ok(!text.includes('+1010'))
  })

  story('adopt takes them over: the same tag without a change, another one is replaced', {}, async (world) => {
    portal(world, { add: [rule('+49', a.toUpperCase()), rule('+33', x), rule('+1', x)] })
    const state = await created(world, plan([rule('+49'), rule('+33')], { adopt: true }))
    assert.strictEqual(state.lastOperation.kind, 'adopt')
    assert.deepStrictEqual(bodies(world), [
      { dialPlanId: 'CustDialPlan', add: [sent('+33')], remove: [sent('+33', x)] }
    ])
    assert.deepStrictEqual(rulesAt(world), [`+49 ${a.toUpperCase()}`, `+1 ${x}`, `+33 ${a}`])
    const later = world.process()
    await removed(later, state)
    assert.deepStrictEqual(rulesAt(world), [`+1 ${x}`])
  })

  story('adopt sends nothing when all is there', {}, async (world) => {
    portal(world, { add: [rule('+49')] })
    await created(world, plan([rule('+49')], { adopt: true }))
    assert.deepStrictEqual(calls(world), ['GET'])
  })

  for (const [name, args, expected] of [
    [
      'an unknown plan',
      { dialPlanName: 'Nothing' },
      /^The platform knows no dial plan "Nothing" of site 44444444.* list the site; nothing was sent$/
    ],
    [
      'an unknown site',
      { siteGuid: nthId(9) },
      /^Dial plan "CustDialPlan" has no connection: customer .* has no site c0000000-0000-4000-8000-000000000009; nothing was sent$/
    ],
    ['an unknown customer', { customerGuid: nthId(9) }, /^The platform knows no customer c0000000/]
  ] as const) {
    story(`${name} is a clear error`, {}, async (world) => {
      assert.match(await refusalOf(DialPlan.create(plan([rule('+49')], args)), world), expected)
      assert.deepStrictEqual(bodies(world), [])
    })
  }
})

describe('dial plan: update', () => {
  const many = (tag: string, count: number) =>
    Array.from({ length: count }, (_, index) => rule(`+49${String(index).padStart(4, '0')}`, tag))

  story('1,000 prefixes: one GET, one PATCH with the differences alone', {}, async (world) => {
    const before = many(a, 1000)
    const state = await created(world, plan(before))
    const after = [...before.slice(3), rule('+1'), rule('+7', b)].map((each) =>
      each.prefix === '+490500' ? { ...each, tag: b } : each
    )
    world.forget()
    const changed = await updated(world.process(), state, plan(after))
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH'])
    assert.deepStrictEqual(bodies(world), [
      {
        dialPlanId: 'CustDialPlan',
        add: [sent('+490500', b), sent('+1'), sent('+7', b)],
        remove: [sent('+490500'), sent('+490000'), sent('+490001'), sent('+490002')]
      }
    ])
    assert.deepStrictEqual(new Set(rulesAt(world)), new Set(after.map(({ prefix, tag }) => `${prefix} ${tag}`)))
    assert.deepStrictEqual(changed.rules, after)
  })

  story('1,000 new tags: still one GET and one PATCH', {}, async (world) => {
    const state = await created(world, plan(many(a, 1000)))
    world.forget()
    await updated(world.process(), state, plan(many(b, 1000)))
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH'])
    assert.deepStrictEqual(new Set(rulesAt(world)), new Set(many(b, 1000).map(({ prefix, tag }) => `${prefix} ${tag}`)))
  })

  story('nothing differs: no PATCH; the name of a rule is not sent, and that is told', {}, async (world) => {
    const state = await created(world, plan([rule('+49'), rule('+33', b, 'France')]))
    world.forget()
    const later = world.process()
    await updated(later, state, plan([rule('+33', `${b}.`, 'Europe'), rule('+49', a.toUpperCase())]))
    assert.deepStrictEqual(calls(world), ['GET'])
    assert.deepStrictEqual(later.warnings, [
      `${about}: the name of a rule is sent when the rule is made, so the new name of these is not sent: +33 (${b}.).`
    ])
  })

  story('a change of adopt sends nothing at all', {}, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    world.forget()
    assert.deepStrictEqual(await updated(world.process(), state, plan([rule('+49')], { adopt: true })), {
      ...state,
      adopt: true
    })
    assert.deepStrictEqual(calls(world), [])
  })

  story(
    'a tag that was changed outside is told and set back; one that was removed is made again',
    {},
    async (world) => {
      const state = await created(world, plan([rule('+49'), rule('+33'), rule('+7')]))
      portal(world, { remove: [rule('+49'), rule('+33')], add: [rule('+49', x)] })
      const later = world.process()
      world.forget()
      await updated(later, state, plan([rule('+49'), rule('+33'), rule('+7'), rule('+1')]))
      assert.deepStrictEqual(later.warnings, [
        `${about} was changed outside of Pulumi since the last run: +49 (${x}). The declared tags are set again.`
      ])
      assert.deepStrictEqual(bodies(world), [
        { dialPlanId: 'CustDialPlan', add: [sent('+49'), sent('+33'), sent('+1')], remove: [sent('+49', x)] }
      ])
      assert.deepStrictEqual(rulesAt(world), [`+7 ${a}`, `+49 ${a}`, `+33 ${a}`, `+1 ${a}`])
    }
  )

  story('a prefix that is new here and there already is an error, and is taken over with adopt', {}, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    portal(world, { add: [rule('+33', x)] })
    world.forget()
    const news = plan([rule('+49'), rule('+33')])
    assert.match(
      await refusalOf(updating(state, news), world.process()),
      /has a declared prefix already.*\+33 \(portal/
    )
    assert.deepStrictEqual(calls(world), ['GET'])
    await updated(world.process(), state, { ...news, adopt: true })
    assert.deepStrictEqual(rulesAt(world), [`+49 ${a}`, `+33 ${a}`])
  })

  story('a prefix that is no longer declared goes only with a tag of ours', {}, async (world) => {
    const state = await created(world, plan([rule('+49'), rule('+33'), rule('+7')]))
    portal(world, { remove: [rule('+33')], add: [rule('+33', x)] })
    const later = world.process()
    await updated(later, state, plan([rule('+7')]))
    assert.deepStrictEqual(rulesAt(world), [`+7 ${a}`, `+33 ${x}`])
    assert.deepStrictEqual(later.warnings, [
      `${about}: these rules have a tag that was not written by this resource, so they are left: +33 (${x}).`
    ])
  })

  story('a connection that is gone is an error that says what to do', {}, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    world.simulator.deleteSite(HEADQUARTERS_GUID)
    const text = await refusalOf(updating(state, plan([rule('+33')])), world.process())
    assert.match(text, /has no connection: customer .* has no site 44444444/)
  })
})

describe('dial plan: read', () => {
  story('shows what is ours, without a change of the last operation', {}, async (world) => {
    portal(world, { add: [rule('+1', x)] })
    const state = await created(world, plan([rule('+49'), rule('+33', b, 'France')]))
    world.forget()
    assert.deepStrictEqual(await refreshed(world.process(), state), state)
    assert.deepStrictEqual(calls(world), ['GET'])
  })

  for (const ruleName of ['site', 'written'] as const) {
    story(`the name of a rule never drifts (${ruleName})`, { switches: { ruleName } }, async (world) => {
      const state = await created(world, plan([rule('+49', a, 'Mine'), rule('+33')]))
      assert.deepStrictEqual((await refreshed(world, state)).rules, state.rules)
    })
  }

  story('drift: a missing prefix, and another tag, which a refresh does not make ours', {}, async (world) => {
    const args = plan([rule('+49'), rule('+33', b, 'France'), rule('+7')])
    const state = await created(world, args)
    portal(world, { remove: [rule('+49'), rule('+33', b)], add: [rule('+33', x)] })
    const drifted = await refreshed(world.process(), state)
    assert.deepStrictEqual(drifted, {
      ...state,
      rules: [rule('+33', x, 'France'), rule('+7')],
      changedOutside: ['+33']
    })
    // Seen twice, it is still not ours.
    assert.deepStrictEqual(await refreshed(world.process(), drifted), drifted)

    const [destroyer, updater, accepting] = [world.process(), world.process(), world.process()]
    const kept = await updated(updater, drifted, args)
    assert.deepStrictEqual(kept.rules, args.rules)
    assert.deepStrictEqual(kept.changedOutside, [])
    assert.strictEqual(updater.warnings.length, 1)

    // The same drift again: a deletion leaves it.
    portal(world, { remove: [rule('+33', b)], add: [rule('+33', x)] })
    await removed(destroyer, await refreshed(world.process(), kept))
    assert.deepStrictEqual(rulesAt(world), [`+33 ${x}`])
    assert.strictEqual(destroyer.warnings.length, 1)

    // Who declares it makes it ours, with an update that sends nothing.
    const accepted = await updated(accepting, { ...drifted, rules: [rule('+33', x)] }, plan([rule('+33', x)]))
    assert.deepStrictEqual([accepted.changedOutside, accepting.warnings], [[], []])
    await removed(world.process(), accepted)
    assert.deepStrictEqual(rulesAt(world), [])
  })

  story('404 means gone only when the details of the customer lack the site', {}, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    world.simulator.addFault({ match: { path: '/dialplan/' }, fault: { kind: 'status', status: 404 }, times: 'always' })
    assert.match(
      await refusalOf(DialPlan.read(id, state), world.process()),
      /^The platform knows no dial plan "CustDialPlan"/
    )
    world.simulator.clearFaults()
    world.simulator.deleteSite(HEADQUARTERS_GUID)
    assert.deepStrictEqual(await valueOf(DialPlan.read(id, state), world.process().env), O.none)
    world.simulator.addFault({
      match: { path: '/v3/customer/' },
      fault: { kind: 'status', status: 403 },
      times: 'always'
    })
    assert.strictEqual((await errorOf(DialPlan.read(id, state), world.process()))._tag, 'Rejected')
  })

  story('a list that was read before the deletion is not believed', {}, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    // An error about an unknown plan reads the list.
    await refusalOf(DialPlan.create(plan([rule('+1')], { dialPlanName: 'Nothing' })), world)
    world.clock.advance(1)
    world.simulator.deleteSite(HEADQUARTERS_GUID)
    assert.deepStrictEqual(await valueOf(DialPlan.read(id, state), world.env), O.none)
  })

  story('a look without a state gives all rules, and an import file those that it names', {}, async (world) => {
    portal(world, { add: [rule('+1', x), rule('+49')] })
    const properties = { ...plan([rule('+1', x), rule('+49')]), changedOutside: [] }
    const look = await valueOf(
      dialPlan.read(id.toUpperCase().replace('CUSTDIALPLAN', 'CustDialPlan'), {}).program,
      world.env
    )
    assert.deepStrictEqual(O.isSome(look) && look.value, {
      inputs: plan([rule('+1', x), rule('+49')]),
      state: { ...properties, executionMessages: [], platform: world.simulator.url, schemaVersion: 1 }
    })
    const given = { ...plan([rule('+49', a, 'Mine')]), customerGuid: contoso.toUpperCase() }
    const imported = await valueOf(dialPlan.read(id, given).program, world.env)
    assert.deepStrictEqual(O.isSome(imported) && imported.value.inputs, plan([rule('+49', a, 'Mine')]))
    assert.match(
      await refusalOf(DialPlan.read(`${contoso}/${nthId(9)}/CustDialPlan`, {}), world),
      /has no site c0000000-0000-4000-8000-000000000009/
    )
    assert.match(await refusalOf(DialPlan.read('x', {}), world), /is not that of a dial plan/)
  })

  story('an import finds a plan by its id, with all of its rules', {}, async (world) => {
    portal(world, { add: [rule('+1', x), rule('+49')] })
    const inputs = plan([rule('+1', x), rule('+49')])
    const given = `${contoso.toUpperCase()}/${HEADQUARTERS_GUID}/CustDialPlan`
    const imported = await valueOf(DialPlan.find(given), world.env)
    assert.deepStrictEqual(imported, { id, inputs, state: stateOf(world, inputs) })
    assert.deepStrictEqual(diff(imported.state, inputs), { changes: false, replaces: [], deleteBeforeReplace: false })
    assert.match(await refusalOf(DialPlan.find(`${contoso}/${nthId(9)}/Zoom`), world), /has no site c0000000/)
    assert.match(await refusalOf(DialPlan.find(contoso), world), /is not that of a dial plan/)
  })

  story('an answer that is about another plan is an error', {}, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    world.simulator.addFault({
      match: { path: '/dialplan/' },
      fault: { kind: 'status', status: 200, body: { dialPlanId: 'Zoom', ruleDTO: [] } }
    })
    assert.strictEqual((await errorOf(DialPlan.read(id, state), world))._tag, 'Mismatch')
  })
})

describe('dial plan: remove', () => {
  story('takes our rules away, and leaves those of others', {}, async (world) => {
    portal(world, { add: [rule('+1', x)] })
    const state = await created(world, plan([rule('+49'), rule('+33')]))
    portal(world, { remove: [rule('+33')], add: [rule('+33', x)] })
    world.forget()
    const later = world.process()
    await removed(later, state)
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH'])
    assert.deepStrictEqual(bodies(world), [{ dialPlanId: 'CustDialPlan', add: [], remove: [sent('+49')] }])
    assert.deepStrictEqual(rulesAt(world), [`+1 ${x}`, `+33 ${x}`])
    assert.deepStrictEqual(later.warnings, [
      `${about}: these rules have a tag that was not written by this resource, so they are left: +33 (${x}).`
    ])
  })

  story('sends nothing when nothing of ours is there', {}, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    portal(world, { remove: [rule('+49')] })
    world.forget()
    await removed(world.process(), state)
    assert.deepStrictEqual(calls(world), ['GET'])
  })

  story('a connection that is gone has no rules left; a plan that is not known is an error', {}, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    world.simulator.addFault({ match: { path: '/dialplan/' }, fault: { kind: 'status', status: 404 } })
    assert.match(await refusalOf(removing(state), world.process()), /^The platform knows no dial plan/)
    world.simulator.deleteSite(HEADQUARTERS_GUID)
    world.forget()
    await removed(world.process(), state)
    assert.deepStrictEqual(bodies(world), [])
  })
})

describe('dial plan: whose it is', () => {
  story('two resources of one plan live side by side, each with prefixes of its own', {}, async (world) => {
    const [one, two] = await Promise.all([created(world, plan([rule('+49')])), created(world, plan([rule('+33', b)]))])
    assert.deepStrictEqual([...rulesAt(world)].sort(), [`+33 ${b}`, `+49 ${a}`])
    const later = world.process()
    await Promise.all([
      updated(later, one, plan([rule('+49', b), rule('+1')])),
      updated(later, two, plan([rule('+33', a)]))
    ])
    assert.deepStrictEqual([...rulesAt(world)].sort(), [`+1 ${a}`, `+33 ${a}`, `+49 ${b}`])
    await removed(world.process(), two)
    assert.deepStrictEqual(
      [...rulesAt(world)].sort(),
      [`+1 ${a}`, `+49 ${b}`, `+33 ${a}`].slice(0, 1).concat(`+33 ${a}`, `+49 ${b}`)
    )
  })

  story('the same prefix in two resources of a program: the second one is told', {}, async (world) => {
    await created(world, plan([rule('+49')]))
    assert.match(
      await refusalOf(DialPlan.create(plan([rule('+33'), rule('+49')], { adopt: true })), world),
      /^Another resource of this program manages prefixes of dial plan "CustDialPlan" that are declared here too: \+49; nothing was sent$/
    )
    // In the same plan of another connection it is another prefix.
    await created(world, plan([rule('+49')], { dialPlanName: 'Zoom' }))
  })

  story('a resource that was renamed in the program takes its rules along', {}, async (world) => {
    const old = await created(world, plan([rule('+49'), rule('+33')]))
    const later = anotherRun(world)
    await created(later, plan([rule('+49')], { adopt: true }))
    await removed(later, old)
    assert.deepStrictEqual(rulesAt(world), [`+49 ${a}`])
    assert.deepStrictEqual(later.warnings, [
      `${about}: taken over by another resource of this program, and not deleted: +49 (${a}).`
    ])
  })

  story('a prefix may move from one resource to another in one run, in either order', {}, async (world) => {
    const [from, to] = [
      await created(world, plan([rule('+49'), rule('+33')])),
      await created(world, plan([rule('+7')]))
    ]
    const later = anotherRun(world)
    const given = await updated(later, from, plan([rule('+49')]))
    const taken = await updated(later, to, plan([rule('+7'), rule('+33', b)]))
    assert.deepStrictEqual([...rulesAt(world)].sort(), [`+33 ${b}`, `+49 ${a}`, `+7 ${a}`])
    const other = anotherRun(world)
    await updated(other, given, plan([rule('+49'), rule('+33', b)], { adopt: true }))
    await updated(other, taken, plan([rule('+7')]))
    assert.deepStrictEqual([...rulesAt(world)].sort(), [`+33 ${b}`, `+49 ${a}`, `+7 ${a}`])
  })

  story('another platform is refused, and named', {}, async (world) => {
    const state = { ...(await created(world, plan([rule('+49')]))), platform: 'https://us.example.net/tenantui' }
    world.forget()
    for (const program of [updating(state, plan([rule('+33')])), DialPlan.read(id, state), removing(state)])
      assert.match(
        await refusalOf<unknown>(program, world.process()),
        /belongs to the platform https:\/\/us\.example\.net/
      )
    assert.deepStrictEqual(calls(world), [])
    const moved = world.process({ movedFrom: [state.platform] })
    assert.strictEqual((await updated(moved, state, plan([rule('+33')]))).platform, world.simulator.url)
  })
})
