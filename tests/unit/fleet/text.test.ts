import * as assert from 'node:assert'
import { type End, partly, planText } from '../../../provider/fleet/Text'
import { planOf } from '../../../provider/fleet/Plan'
import { otherCustomerGuid } from '../support'
import { connection, entry, nthSite, standing } from './Fleets'

const nothing: End = { done: [], failed: [], notBegun: [], stopped: undefined }
const named = (count: number, prefix = 'b'): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)

describe('Text: a run that left something to do', () => {
  const rows: ReadonlyArray<readonly [name: string, end: Partial<End>, text: string, lines: ReadonlyArray<string>]> = [
    ['one failed', { failed: [['a', 'why']] }, '1 connection failed', ['Done: nothing.', 'Failed: a: why']],
    [
      'a stopped one',
      {
        done: [
          ['a', 'created'],
          ['b', 'updated'],
          ['c', 'deleted'],
          ['d', 'created']
        ],
        failed: [
          ['e', 'no'],
          ['f', 'no again']
        ],
        notBegun: ['g'],
        stopped: '2 connections have failed (stopAfterFailures: 2)'
      },
      '2 connections failed; 1 connection was not begun; 2 connections have failed (stopAfterFailures: 2)',
      ['Done: 2 created (a, d), 1 updated (b), 1 deleted (c).', 'Failed: e: no', 'Failed: f: no again', 'Not begun: g.']
    ],
    [
      'many: few names, and the first 50 reasons',
      {
        done: named(12).map((name) => [name, 'created']),
        failed: named(53, 'f').map((name) => [name, 'no']),
        notBegun: named(25, 'n')
      },
      '53 connections failed; 25 connections were not begun',
      [
        `Done: 12 created (${named(10).join(', ')} and 2 more).`,
        ...named(50, 'f').map((name) => `Failed: ${name}: no`),
        'Failed: 3 more.',
        `Not begun: ${named(20, 'n').join(', ')} and 5 more.`
      ]
    ]
  ]
  for (const [name, end, text, lines] of rows)
    it(name, () => {
      assert.deepStrictEqual(partly({ ...nothing, ...end }), { _tag: 'Partly', text, lines })
    })
})

describe('Text: a plan', () => {
  const a = standing('a', nthSite(1))
  it('each kind with its number', () => {
    assert.strictEqual(
      planText(
        planOf(
          [a, standing('b', nthSite(2)), standing('c', nthSite(3)), standing('d', nthSite(4))],
          [
            entry('a'),
            entry('b', connection('b', { sbcId: 5 })),
            entry('c', connection('c', { customerGuid: otherCustomerGuid })),
            entry('e'),
            entry('f')
          ]
        )
      ),
      '2 to create, 1 to update, 1 to replace, 1 to delete, 1 unchanged'
    )
    assert.strictEqual(planText(planOf([a], [entry('x')])), '1 to create, 1 to delete, 0 unchanged')
  })
})
