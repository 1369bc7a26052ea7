import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import type { OperatorConnectNumber } from '../../../provider/lookups/Numbers'
import type { NumbersGuardArgs } from '../../../provider/numbers-guard/Args'
import { check } from '../../../provider/numbers-guard/Check'
import { diff } from '../../../provider/numbers-guard/Diff'
import { referring } from '../../../provider/numbers-guard/Numbers'
import { managedKeysOf, stateFrom } from '../../../provider/numbers-guard/State'
import { unknowns } from '../../support/unknowns'
import { customerGuid, defaults, otherCustomerGuid } from '../support'

const settings = E.right(defaults)
const tenant = '33333333-3333-4333-8333-333333333333'
const allArgs: Required<NumbersGuardArgs> = {
  customerGuid,
  msTenantId: tenant,
  connections: ['branch-07', 'branch-08'],
  deletionProtection: true,
  allow: ['numbers']
}

describe('NumbersGuard check', () => {
  it('takes the least, an empty list, and every input, with uuids in lower case', () => {
    const least = { customerGuid, connections: [] }
    assert.deepStrictEqual(check({}, least, settings), { inputs: least, failures: [] })
    const given = { ...allArgs, customerGuid: customerGuid.toUpperCase(), msTenantId: tenant.toUpperCase() }
    assert.deepStrictEqual(check({}, given, settings), { inputs: allArgs, failures: [] })
  })

  it('tells everything at once', () => {
    const given = { msTenantId: 'x', connections: ['a', ' b', 5], allow: ['all'], connection: 'a' }
    assert.deepStrictEqual(check({}, given, settings).failures, [
      'msTenantId: expected a uuid such as 11111111-2222-3333-4444-555555555555',
      'connections[1]: has a blank at an end; remove it (the name of a connection); connections[2]: expected a text',
      'allow[0]: expected one of numbers',
      'connection: unknown input; did you mean connections?',
      'customerGuid: is required'
    ])
    assert.deepStrictEqual(check({}, { customerGuid, connections: ['a', 'b', 'a'] }, settings).failures, [
      'connections[2]: is the same name as [0]; remove one'
    ])
  })

  it('lets pass what is not known yet', () => {
    for (const value of Object.values(unknowns)) {
      const all = Object.fromEntries(Object.keys(allArgs).map((key) => [key, value]))
      assert.deepStrictEqual(check({}, all, settings), { inputs: all, failures: [] })
      assert.deepStrictEqual(check({}, { customerGuid, connections: [value, 'a', value] }, settings).failures, [])
    }
  })
})

describe('NumbersGuard diff and state', () => {
  const state = { ...allArgs, managedKeys: managedKeysOf(allArgs) }

  for (const [key, value, expected] of [
    ['customerGuid', otherCustomerGuid, { replaces: ['customerGuid'], deleteBeforeReplace: true }],
    ['msTenantId', customerGuid, { replaces: [], deleteBeforeReplace: false }],
    ['connections', ['branch-07'], { replaces: [], deleteBeforeReplace: false }],
    ['allow', undefined, { replaces: [], deleteBeforeReplace: false }],
    ['customerGuid', customerGuid, { changes: false, replaces: [], deleteBeforeReplace: false }]
  ] as const) {
    it(`${key}: ${JSON.stringify(value)}`, () => {
      assert.deepStrictEqual(diff(state, { ...allArgs, [key]: value }), expected)
    })
  }

  it('a state is taken as it is; one of another shape is refused', () => {
    assert.deepStrictEqual(stateFrom({ ...state, customerGuid: customerGuid.toUpperCase() }), E.right(state))
    assert.ok(E.isLeft(stateFrom({ ...state, connections: [5] })))
  })
})

describe('NumbersGuard: numbers that refer to a connection', () => {
  const number = (more: Partial<OperatorConnectNumber>): OperatorConnectNumber => ({
    telephoneNumber: '+4930',
    acquiredNumberStatus: 'Active',
    customerGuid,
    sipConnectionName: 'branch-07',
    callingProfileId: undefined,
    tenantCallingProfileId: undefined,
    sbcs: [],
    ...more
  })
  for (const [name, more, refers] of [
    ['its name', {}, true],
    ['its name in another case', { sipConnectionName: 'Branch-07' }, true],
    ['its name, whatever the status', { acquiredNumberStatus: 'Ready For Removal' }, true],
    ['its name, and no service', { customerGuid: undefined }, true],
    ['its name at another customer', { customerGuid: otherCustomerGuid }, false],
    ['another connection', { sipConnectionName: 'branch-09' }, false],
    ['no connection', { sipConnectionName: undefined }, false]
  ] as const) {
    it(`${name}: ${refers ? 'yes' : 'no'}`, () => {
      const all = [number(more)]
      assert.deepStrictEqual(referring(allArgs, all), refers ? all : [])
    })
  }
})
