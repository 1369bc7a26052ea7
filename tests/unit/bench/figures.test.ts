import * as assert from 'node:assert'
import { verdict } from '../../bench/Figure'
import { growth, ratio, withFaults } from '../../bench/fleet/Figures'

describe('the figures of the fleet', () => {
  it('are ratios of times of the same rounds', () => {
    const figure = ratio(
      { id: 'f', name: 'a fleet', unit: '× Terraform', target: 0.33 },
      [
        [2, 10],
        [6, 20]
      ],
      ['up', 'apply']
    )
    assert.deepStrictEqual(figure, {
      ...{ id: 'f', name: 'a fleet', unit: '× Terraform', target: 0.33 },
      ...{ measured: 0.25, rounds: 2, quartiles: [0.2, 0.3] },
      detail: 'up 4.00 s, apply 15.00 s; medians of 2 rounds in turn'
    })
    assert.strictEqual(verdict(figure), 'reached')
  })

  it('are unclear after one round, or when the rounds disagree', () => {
    assert.strictEqual(verdict(growth([1000, 10000], [[10, 1]])), 'unclear')
    const apart = growth(
      [1000, 10000],
      [
        [10, 1],
        [14, 1]
      ]
    )
    assert.strictEqual(verdict(apart), 'unclear')
    const slow = growth(
      [1000, 10000],
      [
        [13, 1],
        [14, 1]
      ]
    )
    assert.strictEqual(verdict(slow), 'not reached')
  })

  it('miss their target by one connection that is reported wrongly, and by one write too many', () => {
    const of = (misreported: readonly string[], stray: number, missing: number) =>
      withFaults(1000, { refused: 30, misreported, stray, missing }).map((figure) => [figure.measured, verdict(figure)])
    assert.deepStrictEqual(of([], 0, 0), [
      [0, 'reached'],
      [0, 'reached']
    ])
    assert.deepStrictEqual(of(['branch-7'], 1, 2), [
      [1, 'not reached'],
      [3, 'not reached']
    ])
  })
})
