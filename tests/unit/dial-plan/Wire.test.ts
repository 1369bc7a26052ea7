import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { decode } from '../../../provider/Decode'
import { ChangeAnswer, PlanAnswer } from '../../../provider/dial-plan/Wire'

const made = { executionMessages: [], says: 'made' }

describe('DialPlan answers', () => {
  for (const [name, answer, expected] of [
    ['1', 1, made],
    ['true', true, made],
    ['null, and an empty body', null, made],
    ['an empty text', ' ', made],
    ['a text', 'Dial plan saved.', { executionMessages: [], words: 'Dial plan saved.', says: 'unclear' }],
    ['the id of a task', 'tsk_17', { executionMessages: [], taskId: 'tsk_17', says: 'unclear' }],
    ['an object with one', { JobId: 'wst_1' }, { executionMessages: [], taskId: 'wst_1', says: 'unclear' }],
    ['an object that says nothing', {}, { executionMessages: [], says: 'unclear' }],
    [
      'execution messages',
      { customerGuid: 'x', ExecutionMessages: [{ level: 'error', message: 'no' }], message: 'ignored' },
      { executionMessages: [{ level: 'Error', message: 'no' }], says: 'made' }
    ],
    ['a no', { status: false, msg: 'busy' }, { executionMessages: [], words: 'busy', says: 'not made' }]
  ] as const) {
    it(`of a change: ${name}`, () => {
      assert.deepStrictEqual(decode(ChangeAnswer, answer), E.right(expected))
    })
  }

  for (const answer of [0, 2, false, [], [1], { executionMessages: [{ level: 'Loud', message: 'x' }] }]) {
    it(`of a change, not understood: ${JSON.stringify(answer)}`, () => {
      assert.ok(E.isLeft(decode(ChangeAnswer, answer)))
    })
  }

  it('of Get, in any case, with null for no rules', () => {
    const rule = { prefix: '+49', tag: 'a.example.net', name: 'site' }
    assert.deepStrictEqual(
      decode(PlanAnswer, { DialPlanId: 'Zoom', RuleDTO: [{ Name: 'site', Prefix: '+49', Tag: 'a.example.net' }] }),
      E.right({ dialPlanId: 'Zoom', ruleDTO: [rule] })
    )
    assert.deepStrictEqual(
      decode(PlanAnswer, { dialPlanId: null, ruleDTO: null }),
      E.right({ dialPlanId: undefined, ruleDTO: [] })
    )
  })

  for (const [answer, fault] of [
    [{ dialPlanId: 'Zoom' }, 'ruleDTO: expected list of rules'],
    [{ ruleDTO: [{ prefix: '+49' }] }, 'ruleDTO[0].tag: expected string'],
    ['x', 'expected an object (PlanAnswer)']
  ] as const) {
    it(`of Get, not as documented: ${fault}`, () => {
      assert.deepStrictEqual(decode(PlanAnswer, answer), E.left([fault]))
    })
  }
})
