import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { addressFrom, addressOf, canonicalId, idOf, stateFrom } from '../../../provider/dial-plan/State'
import { customerGuid, siteGuid } from '../support'
import { allArgs, stateOf } from './support'

const at = { customerGuid, siteGuid, dialPlanName: 'CustDialPlan' }
const id = `${customerGuid}/${siteGuid}/CustDialPlan`

describe('DialPlan state', () => {
  it('has an id that is its address', () => {
    assert.strictEqual(idOf(addressOf(allArgs)), id)
    assert.deepStrictEqual(addressFrom(id), E.right(at))
    const { dialPlanName: _name, ...rest } = allArgs
    assert.strictEqual(idOf(addressOf(rest)), id)
    assert.strictEqual(canonicalId(`${customerGuid.toUpperCase()}/${siteGuid.toUpperCase()}/CustDialPlan`), id)
  })

  for (const wrong of [
    '',
    'x',
    customerGuid,
    `${customerGuid}/${siteGuid}`,
    `${customerGuid}/${siteGuid}/`,
    `${id}/x`,
    `x/${id}`
  ]) {
    it(`refuses the id ${JSON.stringify(wrong)}, and says what one looks like`, () => {
      const address = addressFrom(canonicalId(wrong))
      assert.ok(E.isLeft(address))
      assert.match(address.left.next ?? '', /<customerGuid>\/<siteGuid>\/<dialPlanName>/)
    })
  }

  it('is taken as it is written, and as a hand writes it in an import file', () => {
    const state = stateOf(allArgs)
    assert.deepStrictEqual(stateFrom({ ...state }), E.right(state))
    assert.deepStrictEqual(
      stateFrom({ customerGuid: customerGuid.toUpperCase(), siteGuid: siteGuid.toUpperCase(), adopt: null }),
      E.right({ customerGuid, siteGuid })
    )
  })

  for (const [name, wrong] of [
    ['rules that are none', { rules: [{ prefix: 5, tag: 'a.example.net' }] }],
    ['prefixes that are none', { changedOutside: [5] }],
    ['a newer version', { schemaVersion: 2 }]
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.ok(E.isLeft(stateFrom({ ...stateOf(allArgs), ...wrong })))
    })
  }
})
