import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { secretsAt, withSecretMarks } from '../../provider/SecretMarks'
import { secretPlaces } from '../../provider/sip-connection/Args'
import { check } from '../support/property'
import { unknowns } from '../support/unknowns'
import { allArgs, sipConnectionArgs } from './support'

const secretKeys = ['carrierUserPassword', 'carrierPasswordDpi']
/** The form of the engine's wire protocol. */
const marked = (value: unknown) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  value
})

describe('SecretMarks', () => {
  it('marks the given keys, and the variables with a secret’s name', () => {
    const sbcScripts = { ...allArgs.sbcScripts, customerVariables: { Carrier: 'Blue', SipPassword: 'p', ApiKey: 'k' } }
    assert.deepStrictEqual(withSecretMarks({ ...allArgs, sbcScripts, siteGuid: 's' }, secretPlaces), {
      ...allArgs,
      siteGuid: 's',
      carrierUserPassword: marked('made-up-password'),
      carrierPasswordDpi: marked('made-up-dpi'),
      sbcScripts: {
        ...allArgs.sbcScripts,
        customerVariables: { Carrier: 'Blue', SipPassword: marked('p'), ApiKey: marked('k') }
      }
    })
  })

  it('marks the places within objects of free names, and an object that is secret as a whole once', () => {
    const places = {
      keys: [],
      bags: [],
      within: [
        { path: ['connections', '*'], places: secretPlaces },
        { path: ['pending', '*', 'args'], places: secretPlaces }
      ],
      wholes: ['pending']
    }
    const connection = { siteName: 'a', carrierUserPassword: 'p' }
    const pending = { args: { args: connection, outcome: 'failed' } }
    assert.deepStrictEqual(withSecretMarks({ connections: { a: connection }, pending, siteName: 'b' }, places), {
      connections: { a: { siteName: 'a', carrierUserPassword: marked('p') } },
      pending: marked(pending),
      siteName: 'b'
    })
    assert.deepStrictEqual(withSecretMarks({ pending: {} }, places), { pending: {} })
    assert.deepStrictEqual(secretsAt({ connections: { a: connection }, pending }, places), ['p', 'p'])
  })

  const rows: ReadonlyArray<readonly [name: string, properties: Readonly<Record<string, unknown>>]> = [
    ['nothing', {}],
    ['no secrets', { siteName: 'a', sbcScripts: { onboardingScript: 1 } }],
    ['scripts without variables', { sbcScripts: { customerVariables: {} } }],
    ['scripts that are no object', { sbcScripts: 'x' }],
    ['scripts that are a list', { sbcScripts: [{ customerVariables: { password: 'x' } }] }],
    ['variables that are no object', { sbcScripts: { customerVariables: 'x' } }],
    ['variables that are a list', { sbcScripts: { customerVariables: ['x'] } }],
    ['variables of another input', { m365Scripts: { customerVariables: { password: 'x' } } }],
    ['null', { carrierUserPassword: null, sbcScripts: null }],
    ...Object.values(unknowns).flatMap(
      (sentinel): ReadonlyArray<readonly [string, Readonly<Record<string, unknown>>]> => [
        [
          `what is not known yet (${sentinel})`,
          { carrierUserPassword: sentinel, sbcScripts: { customerVariables: { password: sentinel } } }
        ],
        [`scripts that are not known yet (${sentinel})`, { sbcScripts: sentinel }],
        [`variables that are not known yet (${sentinel})`, { sbcScripts: { customerVariables: sentinel } }]
      ]
    )
  ]
  for (const [name, properties] of rows) {
    it(`leaves ${name} as it is`, () => assert.deepStrictEqual(withSecretMarks(properties, secretPlaces), properties))
  }

  it('leaves no secret of any connection unmarked, and everything else as it is', () => {
    const unmarked = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(unmarked)
        : typeof value === 'object' && value !== null
          ? '4dabf18193072939515e22adb298388d' in value
            ? (value as unknown as { readonly value: unknown }).value
            : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unmarked(item)]))
          : value
    check(
      fc.property(sipConnectionArgs(), (args) => {
        const properties = withSecretMarks({ ...args }, secretPlaces)
        assert.deepStrictEqual(unmarked(properties), args)
        return secretKeys.every((key) => typeof properties[key] !== 'string')
      })
    )
  })
})
