import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { type ArgKey, type SipConnectionArgs, argKeys } from '../../../provider/sip-connection/Args'
import { changeRules, changedKeys, diff } from '../../../provider/sip-connection/Diff'
import { type LastOperation } from '../../../provider/State'
import { type FoundState, managedKeysOf } from '../../../provider/sip-connection/State'
import { check } from '../../support/property'
import { unknowns } from '../../support/unknowns'
import { allArgs, leastArgs, otherCustomerGuid, sipConnectionArgs, siteGuid } from '../support'

type Args = Partial<SipConnectionArgs>

const lastOperation: LastOperation = {
  kind: 'create',
  outcome: 'ok',
  startedAt: '2026-01-02T03:04:05.000Z',
  durationMs: 1200,
  correlationId: 'c-1',
  serverIds: [],
  taskIds: []
}

/** The state after a write of these inputs. */
const stateOf = (args: Args, more: FoundState = {}): FoundState => ({
  ...args,
  siteGuid,
  tenantId: 'tenant',
  sbcDeploymentState: '3',
  executionMessages: [],
  sbcProgrammed: true,
  pendingTasks: [],
  lastOperation,
  platform: 'https://live.example.net/tenantui',
  managedKeys: managedKeysOf(args),
  schemaVersion: 1,
  ...more
})

/** Another valid value of every input. A new input makes this incomplete, which does not compile. */
const changed: Required<SipConnectionArgs> = {
  customerGuid: otherCustomerGuid,
  siteName: 'branch-08',
  sbcId: 4,
  sbcConfigurationType: 'Byoc',
  configureSbc: false,
  enableCac: false,
  cacProfile: '20 sessions',
  carrierRegistration: false,
  carrierUserName: 'u-200',
  carrierUserPassword: 'another-password',
  carrierPasswordDpi: 'another-dpi',
  carrierMainLine: 'second',
  carrierHostName: 'sip2.example.net',
  phones: ['030123457', '+4930123456'],
  dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: false }],
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Carrier: 'Red' } },
  m365Scripts: { configureM365Routing: false, onboardingScript: 13001, cleanupScript: 13002 },
  onlinePstnGateway: 'sbc2.example.net',
  proxySet: 'Trunk-B',
  adopt: true,
  allow: ['rename', 'sbcMove']
}

const equal = { changes: false, replaces: [], deleteBeforeReplace: false }
const updated = { replaces: [], deleteBeforeReplace: false }
const replaced = { replaces: ['customerGuid'], deleteBeforeReplace: true }

describe('Diff: rules', () => {
  it('only the customer replaces, only the options are options', () => {
    assert.deepStrictEqual(
      argKeys.filter((key) => changeRules[key] === 'replace'),
      ['customerGuid']
    )
    assert.deepStrictEqual(
      argKeys.filter((key) => changeRules[key] === 'option'),
      ['adopt', 'allow']
    )
    assert.deepStrictEqual(Object.keys(changeRules), argKeys)
  })

  for (const key of argKeys) {
    const expected = key === 'customerGuid' ? replaced : updated
    const others = Object.fromEntries(Object.entries(allArgs).filter(([name]) => name !== key)) as Args

    it(`${key}: a change is noticed and ${key === 'customerGuid' ? 'replaces' : 'does not replace'}`, () => {
      const news = { ...allArgs, [key]: changed[key] }
      assert.deepStrictEqual(diff(stateOf(allArgs), news), expected)
      assert.deepStrictEqual(changedKeys(stateOf(allArgs), news), [key])
    })

    it(`${key}: declared for the first time, no longer declared, and declared as null`, () => {
      assert.deepStrictEqual(diff(stateOf(others), allArgs), expected)
      assert.deepStrictEqual(diff(stateOf(allArgs), others), expected)
      assert.deepStrictEqual(diff(stateOf(allArgs), { ...others, [key]: null }), expected)
      assert.deepStrictEqual(diff(stateOf(others), others), equal)
    })

    for (const [kind, sentinel] of Object.entries(unknowns)) {
      it(`${key}: a value that is not known yet (${kind}) may be another one`, () => {
        assert.deepStrictEqual(diff(stateOf(allArgs), { ...allArgs, [key]: sentinel }), expected)
      })
    }
  }

  const nested: ReadonlyArray<readonly [name: string, news: Args]> = [
    ['a number more', { phones: [...allArgs.phones, '123'] }],
    ['a number less', { phones: ['+4930123456'] }],
    ['no number', { phones: [] }],
    [
      'a prefix more',
      { dialPlanPrefixes: [...allArgs.dialPlanPrefixes, { dialPlanName: 'B', index: 0, active: true }] }
    ],
    ['another script', { sbcScripts: { ...allArgs.sbcScripts, onboardingScript: 1 } }],
    ['no script', { sbcScripts: { cleanupScript: 12002, customerVariables: { Carrier: 'Blue' } } }],
    [
      'a variable more',
      { sbcScripts: { ...allArgs.sbcScripts, customerVariables: { Carrier: 'Blue', Region: 'EU' } } }
    ],
    ['no variables', { sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } }],
    ['no M365 script', { m365Scripts: { configureM365Routing: true } }]
  ]
  for (const [name, news] of nested) {
    it(`within an input: ${name}`, () =>
      assert.deepStrictEqual(diff(stateOf(allArgs), { ...allArgs, ...news }), updated))
  }

  it('several changes at once, the customer among them', () => {
    assert.deepStrictEqual(diff(stateOf(allArgs), changed), replaced)
    assert.deepStrictEqual(changedKeys(stateOf(allArgs), changed), argKeys)
  })
})

describe('Diff: equal', () => {
  it('the same inputs', () => {
    for (const args of [leastArgs, allArgs]) assert.deepStrictEqual(diff(stateOf(args), args), equal)
  })

  it('whatever the order of keys is', () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, item]) => [key, reversed(item)])
            )
          : value
    check(
      fc.property(sipConnectionArgs(), (args) =>
        assert.deepStrictEqual([diff(stateOf(args), args), diff(stateOf(args), reversed(args) as Args)], [equal, equal])
      )
    )
  })

  it('what the platform holds besides the managed inputs does not count', () => {
    const state = stateOf(leastArgs, { cacProfile: '10 sessions', carrierHostName: 'sip.example.net' })
    assert.deepStrictEqual(diff(state, leastArgs), equal)
    assert.deepStrictEqual(diff(state, { ...leastArgs, cacProfile: '10 sessions' }), updated)
  })

  it('null in a state is not declared', () => {
    assert.deepStrictEqual(diff({ ...stateOf(leastArgs), phones: null, adopt: null }, leastArgs), equal)
  })

  it('computed outputs do not count', () => {
    const state = stateOf(leastArgs, {
      sbcDeploymentState: '1',
      sbcProgrammed: false,
      pendingTasks: ['t'],
      schemaVersion: 0
    })
    assert.deepStrictEqual(diff(state, leastArgs), equal)
  })

  it('a state without managed keys, of an import, is compared in all inputs', () => {
    const { managedKeys: _, lastOperation: __, ...imported } = stateOf(leastArgs)
    assert.deepStrictEqual(diff(imported, leastArgs), equal)
    assert.deepStrictEqual(diff({ ...imported, cacProfile: 'x' }, leastArgs), updated)
    assert.deepStrictEqual(diff(imported, { ...leastArgs, sbcId: 4 }), updated)
  })
})

describe('Diff: a write that did not end well', () => {
  for (const outcome of ['failed', 'unknown'] as const) {
    const state = stateOf(allArgs, { lastOperation: { ...lastOperation, outcome } })
    it(`${outcome}: is a change although nothing differs`, () => {
      assert.deepStrictEqual(diff(state, allArgs), { ...equal, changes: true })
    })
    it(`${outcome}: is a change with an update, an option or a replacement`, () => {
      assert.deepStrictEqual(
        [diff(state, { ...allArgs, sbcId: 4 }), diff(state, { ...allArgs, allow: [] }), diff(state, changed)],
        [
          { ...updated, changes: true },
          { ...updated, changes: true },
          { ...replaced, changes: true }
        ]
      )
    })
  }
})

describe('Diff: any change', () => {
  it('is noticed in exactly the inputs that differ, and replaces if and only if the rule says so', () => {
    check(
      fc.property(sipConnectionArgs(), fc.subarray([...argKeys]), (args, keys) => {
        const state = stateOf(args)
        const news: Args = { ...args, ...Object.fromEntries(keys.map((key) => [key, changed[key]])) }
        const expected = keys.filter((key) => JSON.stringify(args[key]) !== JSON.stringify(changed[key]))
        const replaces: ReadonlyArray<ArgKey> = expected.filter((key) => changeRules[key] === 'replace')
        assert.deepStrictEqual(changedKeys(state, news), expected)
        assert.deepStrictEqual(diff(state, news), {
          ...(expected.length === 0 ? { changes: false } : {}),
          replaces,
          deleteBeforeReplace: replaces.length > 0
        })
      }),
      300
    )
  })
})
