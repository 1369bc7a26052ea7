import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { refused } from '../../../provider/Errors'
import { argumentsFrom } from '../../../provider/lookups/Arguments'
import { type CallName, calls } from '../../../provider/lookups/Calls'

const guid = '11111111-1111-4111-8111-ABCDEFABCDEF'

/** What a call makes of what a program, perhaps one without types, hands over. */
const given = (call: CallName, args: unknown): E.Either<unknown, unknown> =>
  argumentsFrom<object>(calls[call].args, args)
const faults = (...lines: ReadonlyArray<string>) =>
  E.left(refused(lines.join('; '), 'correct the arguments; nothing was sent'))
const uuid = 'expected a uuid such as 11111111-2222-3333-4444-555555555555'
const noLicense =
  'customerGuid: is required: a uuid. The platform gives null where no license has been applied to the lead yet (Create Service from Lead); customerGuid("<short name>") finds the one of a service'

describe('The arguments of a lookup', () => {
  it('are taken when they are right; a uuid in lower case', () => {
    assert.deepStrictEqual(given('getService', { customerGuid: guid }), E.right({ customerGuid: guid.toLowerCase() }))
    assert.deepStrictEqual(given('getServices', {}), E.right({ allDetails: undefined }))
    assert.deepStrictEqual(given('getServices', { allDetails: true }), E.right({ allDetails: true }))
    assert.deepStrictEqual(
      given('scriptId', { name: 'a', kind: 'SbcCleanup' }),
      E.right({ name: 'a', kind: 'SbcCleanup' })
    )
    assert.deepStrictEqual(given('getCustomers', {}), E.right({}))
  })

  const wrong: ReadonlyArray<readonly [CallName, unknown, ReadonlyArray<string>]> = [
    ['getService', { customerGuid: 'acme' }, [`customerGuid: ${uuid}`]],
    ['getService', { customerGuid: `${guid} ` }, [`customerGuid: ${uuid}`]],
    ['getService', { customerGuid: 7 }, [`customerGuid: ${uuid}`]],
    ['getService', { customerGuid: null }, [noLicense]],
    ['getService', { customerGuid: '' }, [noLicense]],
    ['getOnlinePstnGateways', {}, [noLicense]],
    ['getSipConnection', {}, ['siteGuid: is required: a uuid']],
    ['getService', { guid }, ['guid: unknown; the arguments are customerGuid', noLicense]],
    ['getCustomers', { all: true }, ['all: unknown; there are no arguments']],
    ['getServices', { allDetails: 'yes' }, ['allDetails: expected true or false']],
    ['getScriptTemplates', { scriptType: 'sbc' }, ['scriptType: expected one of Any, SBC, M365']],
    [
      'getLeads',
      { msTenantId: 'acme.example', checkOnline: 1 },
      [`msTenantId: ${uuid}`, 'checkOnline: expected true or false']
    ],
    [
      'getNumbers',
      { acquiredNumberStatus: ' ' },
      ['msTenantId: is required: a uuid', 'acquiredNumberStatus: expected a text that is not blank']
    ],
    ['getTask', { taskId: '' }, ['taskId: is required: a text']],
    ['customerGuid', { shortName: undefined }, ['shortName: is required: a text']],
    ['customerGuid', { shortName: 7 }, ['shortName: expected a text that is not blank']],
    [
      'scriptId',
      { name: 'a', kind: 'Sbc' },
      ['kind: expected one of SbcOnboarding, SbcCleanup, M365Onboarding, M365Cleanup, Numbers, Other']
    ],
    ['sbcId', 'frankfurt', ['expected an object with nameOrFqdn']],
    ['getCustomers', [], ['expected an object with nothing in it']]
  ]
  for (const [call, args, lines] of wrong) {
    it(`are refused, all faults at once: ${call} ${JSON.stringify(args)}`, () => {
      assert.deepStrictEqual(given(call, args), faults(...lines))
    })
  }
})
