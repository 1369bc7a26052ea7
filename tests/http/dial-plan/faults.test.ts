import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import { dialPlan } from '../../../provider/dial-plan/Definition'
import * as DialPlan from '../../../provider/dial-plan/DialPlan'
import { diff } from '../../../provider/dial-plan/Diff'
import { errorText, whole } from '../../../provider/ErrorText'
import { HEADQUARTERS_GUID } from '../../../simulator'
import { nthId, startOfTime, testEnv, valueOf } from '../../support/TestEnv'
import { contoso, onCall, story } from '../support/Simulated'
import { answers, ok } from '../support/Scripted'
import {
  a,
  b,
  calls,
  created,
  errorOf,
  faulted,
  plan,
  portal,
  removed,
  removing,
  rule,
  rulesAt,
  updated,
  updating,
  x
} from './support'

const about = `dial plan "CustDialPlan" of site ${HEADQUARTERS_GUID}`
const args = plan([rule('+49'), rule('+33')])

describe('dial plan: what a change is answered with', () => {
  for (const dialPlanAnswer of ['one', 'messages', 'empty'] as const) {
    story(
      `${dialPlanAnswer}: understood, without a further request`,
      { switches: { dialPlanAnswer } },
      async (world) => {
        const state = await created(world, args)
        assert.deepStrictEqual(
          state.executionMessages,
          dialPlanAnswer === 'messages' ? [{ level: 'Information', message: 'Dial plan saved.' }] : []
        )
        assert.deepStrictEqual(calls(world), ['GET', 'PATCH'])
        world.forget()
        await removed(world.process(), state)
        assert.deepStrictEqual(calls(world), ['GET', 'PATCH'])
        assert.deepStrictEqual(rulesAt(world), [])
      }
    )
  }

  story('a bare text may say anything: a look tells', { switches: { dialPlanAnswer: 'string' } }, async (world) => {
    const state = await created(world, args)
    assert.deepStrictEqual(state.executionMessages, [{ level: 'Information', message: 'Dial plan saved.' }])
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH', 'GET'])
  })

  story('a text without an effect is a failure, with its words', {}, async (world) => {
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 200, body: '"The SBC is locked."' }))
    const { state, fault } = await faulted(DialPlan.create(args), world)
    assert.deepStrictEqual(
      [fault._tag, 'words' in fault && fault.words],
      [
        'Failed',
        [
          'The SBC is locked.',
          'The platform does not say whether the change was made, and the dial plan does not show it.'
        ]
      ]
    )
    assert.strictEqual(state.lastOperation.outcome, 'failed')
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH', 'GET', 'GET', 'GET'])
  })

  for (const effect of [true, false]) {
    story(
      `an Error among the messages is a failure that keeps id and state, ${effect ? 'with' : 'without'} effect`,
      {},
      async (world) => {
        world.simulator.addFault(onCall('PATCH', { kind: 'errorMessage', effect, message: 'SBC said no.' }))
        const { id, state, fault } = await faulted(DialPlan.create(args), world)
        assert.deepStrictEqual([fault._tag, 'words' in fault && fault.words], ['Failed', ['SBC said no.']])
        assert.strictEqual(id, `${contoso}/${HEADQUARTERS_GUID}/CustDialPlan`)
        assert.deepStrictEqual(
          [state.rules, state.lastOperation.outcome, state.executionMessages],
          [
            args.rules,
            'failed',
            [
              { level: 'Information', message: 'Starting SBC Programming.' },
              { level: 'Error', message: 'SBC said no.' }
            ]
          ]
        )
        assert.strictEqual(world.audit[0]?.result, 'answered with an error message')
        assert.deepStrictEqual(diff(state, args), { changes: true, replaces: [], deleteBeforeReplace: false })
        // The next run finishes it, without a word about rules that are there.
        const later = world.process()
        world.forget()
        const finished = await updated(later, state, args)
        assert.deepStrictEqual(calls(world), effect ? ['GET'] : ['GET', 'PATCH'])
        assert.deepStrictEqual([finished.lastOperation.outcome, later.warnings], ['ok', []])
        assert.deepStrictEqual(rulesAt(world), [`+49 ${a}`, `+33 ${a}`])
      }
    )
  }

  const path = `/tenantui/api/v2/customer/${contoso}/sitelocation/${HEADQUARTERS_GUID}/dialplan/CustDialPlan`
  const taskPath = '/tenantui/api/v2/task/tsk_17'
  const empty = ok({ dialPlanId: 'CustDialPlan', ruleDTO: [] })
  const full = ok({ dialPlanId: 'CustDialPlan', ruleDTO: [{ name: 'x', prefix: '+49', tag: a }] })
  const one = plan([rule('+49')])

  it('a task is waited for', async () => {
    const sent = answers([
      [`GET ${path}`, empty],
      [`PATCH ${path}`, ok('"tsk_17"')],
      [`GET ${taskPath}`, ok({ status: 'In Progress' })],
      [`GET ${taskPath}`, ok({ status: 'CompletedSuccess' })]
    ])
    const world = testEnv()
    const state = await created(world, one)
    assert.deepStrictEqual(state.lastOperation.taskIds, ['tsk_17'])
    assert.strictEqual(sent.length, 4)
  })

  it('a task that fails keeps the state; one that nobody knows any more is decided by a look', async () => {
    answers([
      [`GET ${path}`, empty],
      [`PATCH ${path}`, ok({ jobId: 'tsk_17' })],
      [`GET ${taskPath}`, ok({ status: 'Failed', details: ['no SBC'] })]
    ])
    const { fault } = await faulted(DialPlan.create(one), testEnv())
    assert.deepStrictEqual('words' in fault && fault.words, ['Task tsk_17 ended with status Failed.', 'no SBC'])
    answers([
      [`GET ${path}`, empty],
      [`PATCH ${path}`, ok({ jobId: 'tsk_17' })],
      [`GET ${taskPath}`, { status: 404 }],
      [`GET ${path}`, full]
    ])
    await created(testEnv(), one)
  })

  it('what is not understood is decided by a look: it had its effect, or it is an error', async () => {
    const begin = [[`GET ${path}`, empty] as const, [`PATCH ${path}`, ok('0')] as const]
    answers([...begin, [`GET ${path}`, full]])
    await created(testEnv(), one)
    answers([...begin, [`GET ${path}`, empty], [`GET ${path}`, empty], [`GET ${path}`, empty]])
    const { state, fault } = await faulted(DialPlan.create(one), testEnv())
    assert.deepStrictEqual([fault._tag, state.lastOperation.outcome], ['Contract', 'unknown'])
  })

  it('a no without a message is a failure', async () => {
    answers([
      [`GET ${path}`, empty],
      [`PATCH ${path}`, ok({ status: false, msg: 'SBC is locked' })]
    ])
    const { fault } = await faulted(DialPlan.create(one), testEnv())
    assert.deepStrictEqual('words' in fault && fault.words, ['SBC is locked'])
  })
})

describe('dial plan: a change whose end is not known', () => {
  for (const [kind, settings] of [
    ['resetAfter', {}],
    // Under the interceptor of the tests it is only the limit that ends half a body.
    ['halfBody', { programTimeout: 0.3 }],
    ['wrongShape', {}]
  ] as const) {
    story(`had its effect (${kind}): goes on`, { settings }, async (world) => {
      world.simulator.addFault(onCall('PATCH', { kind }))
      const state = await created(world, args)
      assert.strictEqual(state.lastOperation.outcome, 'ok')
      assert.deepStrictEqual(calls(world), ['GET', 'PATCH', 'GET'])
      // An answer that is not understood is not one that is missing.
      assert.deepStrictEqual(
        world.warnings.map((text) => text.startsWith(`The end of the change of ${about} is not clear`)),
        kind === 'wrongShape' ? [] : [true]
      )
    })
  }

  story('had none: it is sent once more', {}, async (world) => {
    world.simulator.addFault(onCall('PATCH', { kind: 'resetBefore' }))
    const state = await created(world, args)
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH', 'GET', 'GET', 'GET', 'PATCH'])
    assert.deepStrictEqual(rulesAt(world), [`+49 ${a}`, `+33 ${a}`])
    // The same for a deletion.
    world.simulator.addFault(onCall('PATCH', { kind: 'resetBefore' }))
    await removed(world.process(), state)
    assert.deepStrictEqual(rulesAt(world), [])
  })

  story(
    'has its effect late, and the repetition is refused: what the plan shows counts',
    { switches: { duplicateAdd: 'refused' } },
    async (world) => {
      world.simulator.addFault(onCall('PATCH', { kind: 'resetBefore' }))
      world.simulator.addFault(onCall('GET', { kind: 'delay', ms: 0 }, { nth: 4 }))
      const { env } = world
      let gets = 0
      const late = {
        ...env,
        fetch: (request: Parameters<typeof env.fetch>[0]) => async () => {
          const answer = await env.fetch(request)()
          // The third look has just seen nothing.
          if (request.method === 'GET' && ++gets === 4) portal(world, { add: [rule('+49'), rule('+33')] })
          return answer
        }
      }
      await created({ env: late }, args)
      assert.deepStrictEqual(calls(world), ['GET', 'PATCH', 'GET', 'GET', 'GET', 'PATCH', 'GET'])
    }
  )

  story(
    'cannot be read any more: failed, with the state of what may be there',
    { settings: { maxRetries: 0 } },
    async (world) => {
      const before = await created(world, plan([rule('+49'), rule('+33'), rule('+7')]))
      world.simulator.addFault(onCall('PATCH', { kind: 'resetAfter' }))
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 500 }, { nth: 2 }))
      const news = plan([rule('+49', b), rule('+33')])
      const later = world.process()
      const { state, fault } = await faulted(updating(before, news), later)
      assert.strictEqual(fault._tag, 'Lost')
      assert.strictEqual(state.lastOperation.outcome, 'unknown')
      assert.deepStrictEqual(state.rules, [rule('+49', b), rule('+33'), rule('+49'), rule('+7')])
      const subject = dialPlan.update(
        `${contoso}/${HEADQUARTERS_GUID}/CustDialPlan`,
        { ...before },
        { ...news }
      ).subject
      assert.deepStrictEqual(
        whole(errorText(subject, fault, true, startOfTime))
          .split('\n')
          .slice(1),
        [
          '    Applied: not known; all declared fields are sent again by the next run.',
          '    Calls: those to its prefixes may be affected until a run succeeds.',
          '    Next: "pulumi up": it reads the dial plan first and finishes it.',
          `    correlation id ${nthId(1)}, 2030-01-01T00:00:00.000Z`
        ]
      )
      // It had its effect; the next run finds nothing to do, whatever is left of it.
      const finished = await updated(world.process(), state, news)
      assert.deepStrictEqual(finished.rules, news.rules)
      assert.deepStrictEqual([...rulesAt(world)].sort(), [`+33 ${a}`, `+49 ${b}`])
    }
  )

  for (const taken of [true, false]) {
    story(
      `what is not known to be gone goes with the resource (${taken ? 'taken' : 'not taken'})`,
      { settings: { maxRetries: 0 } },
      async (world) => {
        const before = await created(world, plan([rule('+49'), rule('+7')]))
        world.simulator.addFault(onCall('PATCH', { kind: taken ? 'resetAfter' : 'resetBefore' }))
        world.simulator.addFault(onCall('GET', { kind: 'status', status: 500 }, { nth: 2 }))
        const { state } = await faulted(updating(before, plan([rule('+49', b)])), world.process())
        const last = world.process()
        await removed(last, state)
        assert.deepStrictEqual([rulesAt(world), last.warnings], [[], []])
      }
    )
  }

  story('shows a part of it only: undecidable, so it fails and is not sent again', {}, async (world) => {
    world.simulator.addFault(onCall('PATCH', { kind: 'resetBefore' }))
    const { env } = world
    const partly = {
      ...env,
      fetch: (request: Parameters<typeof env.fetch>[0]) => async () => {
        const answer = await env.fetch(request)()
        if (request.method === 'PATCH') portal(world, { add: [rule('+49')] })
        return answer
      }
    }
    const { state, fault } = await faulted(DialPlan.create(args), { env: partly })
    assert.strictEqual(fault._tag, 'Lost')
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH', 'GET', 'GET', 'GET'])
    await updated(world.process(), state, args)
    assert.deepStrictEqual(rulesAt(world), [`+49 ${a}`, `+33 ${a}`])
  })

  story(
    'a deletion without a clear end is an error that keeps the state',
    { settings: { maxRetries: 0 } },
    async (world) => {
      const state = await created(world, args)
      world.simulator.addFault(onCall('PATCH', { kind: 'resetAfter' }))
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 500 }, { nth: 2 }))
      const error = await errorOf(removing(state), world.process())
      assert.deepStrictEqual([error._tag, error.mayHaveChanged], ['Lost', true])
      await removed(world.process(), state)
    }
  )
})

describe('dial plan: a change that the platform refuses', () => {
  story('leaves nothing behind at a creation', {}, async (world) => {
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 400, body: { title: 'Bad Request' } }))
    const error = await errorOf(DialPlan.create(args), world)
    assert.deepStrictEqual([error._tag, error.mayHaveChanged], ['Rejected', undefined])
  })

  story(
    'is an error at an update, which changes nothing',
    { switches: { unknownRemove: 'refused' } },
    async (world) => {
      const state = await created(world, args)
      world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 403 }))
      assert.strictEqual((await errorOf(updating(state, plan([rule('+49')])), world.process()))._tag, 'Rejected')
      // A rule that somebody else has removed is not asked to go.
      portal(world, { remove: [rule('+33')] })
      await updated(world.process(), state, plan([rule('+49', x)]))
      assert.deepStrictEqual(rulesAt(world), [`+49 ${x}`])
    }
  )

  story('nothing is sent where the configuration says readOnly', { settings: { readOnly: true } }, async (world) => {
    const error = await errorOf(DialPlan.create(args), world)
    assert.strictEqual(error._tag, 'Refused')
    assert.deepStrictEqual(calls(world), ['GET'])
  })

  story('429 is waited for, and nothing is sent twice', {}, async (world) => {
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 429, retryAfter: '2' }))
    await created(world, args)
    assert.deepStrictEqual(calls(world), ['GET', 'PATCH', 'PATCH'])
  })

  story('with a doubled rule both go', { switches: { duplicateAdd: 'doubled' } }, async (world) => {
    const state = await created(world, plan([rule('+49')]))
    assert.deepStrictEqual(
      O.isSome(await valueOf(DialPlan.read(`${contoso}/${HEADQUARTERS_GUID}/CustDialPlan`, state), world.env)),
      true
    )
    await removed(world.process(), state)
    assert.deepStrictEqual(rulesAt(world), [])
  })
})
