import * as assert from 'node:assert'
import type { DialPlanArgs } from '../../../provider/dial-plan/Args'
import { changedKeys, diff } from '../../../provider/dial-plan/Diff'
import { unknowns } from '../../support/unknowns'
import { otherCustomerGuid, siteGuid } from '../support'
import { allArgs, stateOf } from './support'

const state = stateOf(allArgs)
const [first, second] = allArgs.rules as readonly [DialPlanArgs['rules'][number], DialPlanArgs['rules'][number]]
const equal = { changes: false, replaces: [], deleteBeforeReplace: false }
const update = { replaces: [], deleteBeforeReplace: false }

/** Another value of every input, and what its change means. A new input makes this incomplete, which does not compile. */
const changed: { readonly [K in keyof DialPlanArgs]-?: readonly [DialPlanArgs[K], 'replace' | 'update'] } = {
  customerGuid: [otherCustomerGuid, 'replace'],
  siteGuid: [siteGuid.replace('2', '3'), 'replace'],
  dialPlanName: ['Zoom', 'replace'],
  rules: [[first], 'update'],
  adopt: [true, 'update']
}

describe('DialPlan diff', () => {
  it('finds nothing between a state and what it was made of', () => {
    assert.deepStrictEqual(diff(state, allArgs), equal)
  })

  for (const [key, [value, meaning]] of Object.entries(changed)) {
    it(`another ${key}: ${meaning}`, () => {
      const news = { ...allArgs, [key]: value }
      assert.deepStrictEqual(
        diff(state, news),
        meaning === 'replace' ? { replaces: [key], deleteBeforeReplace: true } : update
      )
      assert.deepStrictEqual(changedKeys(state, news), [key])
    })
  }

  for (const [name, rules, expected] of [
    ['another order', [second, first], equal],
    ['another spelling of a tag', [{ ...first, tag: 'SBC1.Example.Net.' }, second], equal],
    ['another tag', [{ ...first, tag: 'sbc9.example.net' }, second], update],
    ['another prefix', [{ ...first, prefix: '+49301' }, second], update],
    ['another name', [first, { ...second, name: 'South' }], update],
    ['a name that goes', [first, { prefix: second.prefix, tag: second.tag }], update],
    ['one more', [first, second, { prefix: '+1', tag: 'sbc1.example.net' }], update]
  ] as const) {
    it(`${name}: ${expected === equal ? 'nothing' : 'an update'}`, () => {
      assert.deepStrictEqual(diff(state, { ...allArgs, rules }), expected)
    })
  }

  it('takes what is not known yet for a change', () => {
    for (const unknown of Object.values(unknowns)) {
      const rules = unknown as never
      assert.deepStrictEqual(diff(state, { ...allArgs, rules }), update)
      assert.deepStrictEqual(diff(state, { ...allArgs, rules: [first, { ...second, tag: unknown }] }), update)
      assert.deepStrictEqual(diff(state, { ...allArgs, siteGuid: unknown }), {
        replaces: ['siteGuid'],
        deleteBeforeReplace: true
      })
    }
  })

  it('finishes a write that did not end well, and one that made a foreign tag ours', () => {
    const unfinished = stateOf(allArgs, { lastOperation: { ...state.lastOperation, outcome: 'unknown' } })
    assert.deepStrictEqual(diff(unfinished, allArgs), { ...equal, changes: true })
    assert.deepStrictEqual(diff(stateOf(allArgs, { changedOutside: ['+4930'] }), allArgs), { ...equal, changes: true })
  })
})
