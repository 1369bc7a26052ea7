import * as assert from 'node:assert'
import * as DialPlan from '../../../provider/dial-plan/DialPlan'
import { areFree, claim } from '../../../provider/dial-plan/Claims'
import { dialPlan } from '../../../provider/dial-plan/Definition'
import { addressOf, idOf } from '../../../provider/dial-plan/State'
import { testEnv, valueOf } from '../../support/TestEnv'
import { onCall, story } from '../support/Simulated'
import {
  a,
  anotherRun,
  b,
  bodies,
  created,
  faulted,
  plan,
  portal,
  refreshed,
  refusalOf,
  removed,
  rule,
  rulesAt,
  updated,
  updating
} from './support'

describe('dial plan: at the edges', () => {
  story('a dot at the end of a tag is not sent', {}, async (world) => {
    const state = await created(world, plan([rule('+49', `${a}.`)]))
    assert.deepStrictEqual(rulesAt(world), [`+49 ${a}`])
    assert.deepStrictEqual(state.rules, [rule('+49', `${a}.`)])
    assert.deepStrictEqual(await refreshed(world.process(), state), state)
  })

  story('a change that was answered for another plan is an error that names both', {}, async (world) => {
    const body = { dialPlanId: 'Zoom', executionMessages: [] }
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 200, body }))
    const { state, fault } = await faulted(DialPlan.create(plan([rule('+49')])), world)
    assert.match('text' in fault ? fault.text : fault._tag, /dial plan "CustDialPlan" of site .* answered with "Zoom"/)
    assert.strictEqual(state.lastOperation.outcome, 'unknown')
    const named = onCall('PATCH', { kind: 'status', status: 200, body: { ...body, dialPlanId: 'custdialplan' } })
    world.simulator.addFault(named)
    await created(world.process(), plan([rule('+33')]))
  })

  story('of a change that was made by half, a refresh keeps both rules ours, and both go', {}, async (world) => {
    const before = await created(world, plan([rule('+49'), rule('+7')]))
    // The platform writes the new rules and stops.
    world.simulator.addFault(onCall('PATCH', { kind: 'errorMessage', effect: false, message: 'SBC said no.' }))
    const { state } = await faulted(updating(before, plan([rule('+49', b), rule('+7')])), world.process())
    assert.strictEqual(bodies(world).length, 2)
    const both = {
      ...world.process().env,
      fetch: (request: Parameters<typeof world.env.fetch>[0]) => async () => {
        const answer = await world.env.fetch(request)()
        if (request.method !== 'GET' || answer._tag === 'Left') return answer
        const ruleDTO = [rule('+49', a, 'x'), rule('+49', b, 'x'), rule('+7', a, 'x')]
        return { ...answer, right: { ...answer.right, body: JSON.stringify({ dialPlanId: 'CustDialPlan', ruleDTO }) } }
      }
    }
    const seen = await refreshed({ env: both }, state)
    assert.deepStrictEqual(seen.rules, [rule('+49', b), rule('+49', a), rule('+7')])
    assert.deepStrictEqual(seen.changedOutside, [])
    portal(world, { remove: [rule('+49')], add: [rule('+49', b)] })
    await removed(world.process(), seen)
    assert.deepStrictEqual(rulesAt(world), [])
  })

  story('a prefix that another resource has taken over in an earlier run is not removed', {}, async (world) => {
    const [from, to] = [
      await created(world, plan([rule('+49'), rule('+33')])),
      await created(world, plan([rule('+7')]))
    ]
    const news = plan([rule('+7'), rule('+33')], { adopt: true })
    const taken = await updated(anotherRun(world), to, news)
    // The run failed before the other one gave it away. In the next one only the comparison sees the resource that has it.
    for (const end of ['given away', 'deleted'] as const) {
      const { env } = anotherRun(world)
      dialPlan.noteDeclared(env, idOf(addressOf(news)), { ...taken }, { ...news })
      if (end === 'deleted') await removed({ env }, from)
      else await updated({ env }, from, plan([rule('+49')]))
      assert.ok(rulesAt(world).includes(`+33 ${a}`), end)
    }
    assert.deepStrictEqual(rulesAt(world), [`+33 ${a}`, `+7 ${a}`])
    // What is not kept is no longer the resource's own.
    const { env } = anotherRun(world)
    dialPlan.noteDeclared(env, idOf(addressOf(news)), { ...taken }, { ...plan([rule('+7')]) })
    await removed({ env }, from)
    assert.deepStrictEqual(rulesAt(world), [`+7 ${a}`])
  })

  it('whose a prefix is does not depend on the case of the name of its plan', async () => {
    const { env } = testEnv()
    const at = addressOf(plan([]))
    const rules = [rule('+49')]
    await valueOf(claim(at, rules, []), env)
    assert.match(
      await refusalOf(areFree({ ...at, dialPlanName: 'CUSTDIALPLAN' }, rules, {}), { env }),
      /^Another resource of this program manages prefixes/
    )
  })
})
