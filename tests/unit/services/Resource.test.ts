import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { changeRules as hostedRules } from '../../../provider/hosted-essentials-service/Diff'
import { changeRules as operatorRules } from '../../../provider/operator-connect-service/Diff'
import { resources } from '../../../provider/resources'
import type { Properties } from '../../../provider/Resource'
import { unknowns } from '../../support/unknowns'
import { without } from '../support'
import { allHosted, allOperator, customerGuid, msTenantId, otherGuid, otherTenantId } from './Args'

/** Another valid value of every input. */
const otherHosted = {
  shortName: 'southwind',
  fullName: 'Southwind',
  siteLocation: { sbcId: 5, onboardingScript: 1, cleanupScript: 2 },
  ovocCustomerType: 'TENANT_TYPE',
  msTenantId: otherTenantId,
  channelId: '16',
  lcCustomerId: '78',
  scriptParameters: {},
  license: 'HostedPro',
  licensedUsersCount: 26,
  applicationClientId: otherGuid,
  applicationClientSecret: 'another-secret',
  deletionProtection: true,
  adopt: customerGuid
} satisfies Readonly<Record<keyof typeof allHosted, unknown>>

const otherOperator = {
  ...without(otherHosted, 'ovocCustomerType', 'lcCustomerId'),
  configuration: 'tenant',
  deletionProtection: false
} satisfies Readonly<Record<keyof typeof allOperator, unknown>>

const stateOf = (args: object, rules: object, more: object = {}): Properties => ({
  ...args,
  customerGuid,
  platform: 'https://live.example.net/tenantui',
  executionMessages: [],
  managedKeys: Object.entries(rules).flatMap(([key, rule]) => (rule === 'option' ? [] : [key])),
  schemaVersion: 1,
  ...more
})

const { hostedEssentialsService: hosted, operatorConnectService: operator } = resources

describe('Diff of services', () => {
  it('nothing when nothing changed', () => {
    const none = E.right({ changes: false, replaces: [], deleteBeforeReplace: false })
    assert.deepStrictEqual(hosted.diff(customerGuid, stateOf(allHosted, hostedRules), allHosted), none)
    assert.deepStrictEqual(operator.diff(customerGuid, stateOf(allOperator, operatorRules), allOperator), none)
  })

  const rows = [
    [hosted, allHosted, otherHosted, hostedRules, ['shortName', 'ovocCustomerType', 'msTenantId']],
    [operator, allOperator, otherOperator, operatorRules, ['shortName', 'msTenantId', 'configuration']]
  ] as const
  for (const [resource, args, others, rules, replacing] of rows) {
    for (const [key, value] of Object.entries(others)) {
      const replaces = (replacing as ReadonlyArray<string>).includes(key)
      it(`${resource.type}: another ${key} ${replaces ? 'replaces' : 'updates'}, also one that is not known yet`, () => {
        const state = stateOf(args, rules)
        const expected = E.right({ replaces: replaces ? [key] : [], deleteBeforeReplace: replaces })
        assert.deepStrictEqual(resource.diff(customerGuid, state, { ...args, [key]: value }), expected)
        assert.deepStrictEqual(resource.diff(customerGuid, state, { ...args, [key]: unknowns.string }), expected)
      })
    }
  }

  it('a write that did not end well is a change until one does', () => {
    const lastOperation = { kind: 'update', outcome: 'failed', correlationId: 'c-1' }
    assert.deepStrictEqual(
      hosted.diff(customerGuid, stateOf(allHosted, hostedRules, { lastOperation }), allHosted),
      E.right({ changes: true, replaces: [], deleteBeforeReplace: false })
    )
  })

  it('what an import does not tell is taken as declared, and no replacement', () => {
    const state = without(stateOf(allHosted, hostedRules), 'ovocCustomerType')
    assert.deepStrictEqual(
      hosted.diff(customerGuid, state, allHosted),
      E.right({ replaces: [], deleteBeforeReplace: false })
    )
  })
})

describe('State of services', () => {
  it('one with a value of another type is refused, by its name and without the value', () => {
    const result = hosted.diff(
      customerGuid,
      stateOf(allHosted, hostedRules, { licensedUsersCount: 'made-up' }),
      allHosted
    )
    assert.deepStrictEqual(
      E.isLeft(result) && 'text' in result.left.error && result.left.error.text,
      'The state is not as pulumi-audiocodes-live writes it (licensedUsersCount: expected number)'
    )
  })

  it('an import file may hold the tenant as the portal shows it', () => {
    assert.deepStrictEqual(
      hosted.diff(
        customerGuid,
        stateOf({ ...allHosted, msTenantId: msTenantId.toUpperCase() }, hostedRules),
        allHosted
      ),
      E.right({ changes: false, replaces: [], deleteBeforeReplace: false })
    )
  })
})
