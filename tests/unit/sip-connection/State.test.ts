import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { refused } from '../../../provider/Errors'
import { argKeys } from '../../../provider/sip-connection/Args'
import { type LastOperation, isUnfinished, pick, schemaVersion } from '../../../provider/State'
import { argsOf, managedKeysOf, stateFrom } from '../../../provider/sip-connection/State'
import { check } from '../../support/property'
import { allArgs, leastArgs, sipConnectionArgs, siteGuid } from '../support'

const computed = { siteGuid, sbcProgrammed: true, pendingTasks: [], platform: 'https://live.example.net/tenantui' }

describe('State: stateFrom', () => {
  it('takes a state of this version, of an older one, and one without a version, as it is', () => {
    assert.strictEqual(schemaVersion, 1)
    for (const properties of [
      {},
      { ...leastArgs, schemaVersion },
      { ...leastArgs, schemaVersion: 0 },
      { ...allArgs, ...computed }
    ]) {
      assert.deepStrictEqual(stateFrom(properties), E.right(properties))
    }
  })

  for (const newer of [schemaVersion + 1, schemaVersion + 0.5, 99]) {
    it(`refuses version ${newer}, and says what to install`, () => {
      assert.deepStrictEqual(
        stateFrom({ ...leastArgs, schemaVersion: newer }),
        E.left(
          refused(
            `The state was written by a newer version of pulumi-audiocodes-live (schemaVersion ${newer}; this one knows 1)`,
            'install the newer version in this project (npm install pulumi-audiocodes-live@latest) and run again'
          )
        )
      )
    })
  }
})

describe('State: inputs', () => {
  it('managed are those that are declared, in the order of the contract, without the options', () => {
    assert.deepStrictEqual(
      managedKeysOf(allArgs),
      argKeys.filter((key) => key !== 'adopt' && key !== 'allow')
    )
    assert.deepStrictEqual(managedKeysOf(leastArgs), ['customerGuid', 'siteName', 'sbcId', 'sbcScripts'])
    assert.deepStrictEqual(managedKeysOf({ allow: [], siteName: 'a', configureSbc: false, phones: [] }), [
      'siteName',
      'configureSbc',
      'phones'
    ])
    assert.deepStrictEqual(managedKeysOf({}), [])
  })

  it('of a state are the managed ones and the options', () => {
    const state = { ...allArgs, ...computed, managedKeys: ['customerGuid', 'siteName'] as const }
    assert.deepStrictEqual(argsOf(state), {
      customerGuid: allArgs.customerGuid,
      siteName: 'branch-07',
      adopt: false,
      allow: ['rename']
    })
  })

  it('of a state without managed keys are all that it has', () => {
    assert.deepStrictEqual(argsOf({ ...allArgs, ...computed }), allArgs)
    assert.deepStrictEqual(argsOf(computed), {})
  })

  it('of the state of a write are what was declared', () => {
    check(
      fc.property(sipConnectionArgs(), (args) =>
        assert.deepStrictEqual(argsOf({ ...computed, ...args, managedKeys: managedKeysOf(args) }), args)
      )
    )
  })
})

describe('State: pick', () => {
  it('takes the named keys that have a value', () => {
    const from = { a: 1, b: 0, c: '', d: false, e: null, f: undefined, g: [] }
    assert.deepStrictEqual(pick(from, ['a', 'b', 'c', 'd', 'e', 'f']), { a: 1, b: 0, c: '', d: false })
    assert.deepStrictEqual(pick(from, []), {})
  })
})

describe('State: isUnfinished', () => {
  const rows: ReadonlyArray<readonly [outcome: LastOperation['outcome'] | undefined, expected: boolean]> = [
    [undefined, false],
    ['ok', false],
    ['failed', true],
    ['unknown', true]
  ]
  for (const [outcome, expected] of rows) {
    it(`a last write that ended ${outcome ?? 'before there was one'}: ${expected}`, () => {
      const lastOperation =
        outcome === undefined
          ? undefined
          : ({
              kind: 'update',
              outcome,
              startedAt: '2026-01-02T03:04:05.000Z',
              durationMs: 1,
              correlationId: 'c-1',
              serverIds: [],
              taskIds: []
            } as const)
      assert.strictEqual(isUnfinished(lastOperation === undefined ? {} : { lastOperation }), expected)
    })
  }
})
