import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import type { ConfigError } from '../../../provider/Errors'
import type { Settings } from '../../../provider/Settings'
import { providers } from '../../../provider/dynamic'
import { type ArgKey, argKeys } from '../../../provider/sip-connection/Args'
import { check as checkInputs } from '../../../provider/sip-connection/Check'
import { check } from '../../support/property'
import { allArgs, canaryJson, defaults, leastArgs, singsOf } from '../support'

const settings: E.Either<ConfigError, Settings> = E.right(defaults)
const secret = 'Zq7Canary-Pw"\\+/%<'

/** Wrong values of every input, each of which must be told whatever else is wrong. Texts among them hold the canary. */
const wrong: { readonly [K in ArgKey]-?: readonly [unknown, ...(readonly unknown[])] } = {
  customerGuid: [secret, 5],
  siteName: [` ${secret}`, [secret]],
  sbcId: [0, secret],
  sbcConfigurationType: [secret, 3],
  configureSbc: [secret, 1],
  enableCac: [secret],
  cacProfile: ['', { [secret]: secret }],
  carrierRegistration: [secret],
  carrierUserName: [secret.repeat(5), 5],
  carrierUserPassword: [`${secret}\u0007`, `${secret}€`, secret.repeat(4), [secret], { a: secret }],
  carrierPasswordDpi: [`${secret} `, [secret]],
  carrierMainLine: [`${secret}@example.net`, 5],
  carrierHostName: [secret, 'sip.example.net:5060'],
  phones: [[secret], secret, ['+49301234', '+49301234']],
  dialPlanPrefixes: [[{ dialPlanName: secret, index: -1 }], { a: secret }],
  sbcScripts: [
    { onboardingScript: secret, cleanupScript: 12002 },
    { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { TrunkPassword: [secret] } },
    { onboardingScript: 12001, cleanupScript: 12002, TrunkPassword: secret },
    { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { CarrierUserPassword: secret } },
    secret
  ],
  m365Scripts: [{ onboardingScript: 13001 }, secret],
  onlinePstnGateway: [secret, 5],
  proxySet: [secret.repeat(20), 5],
  adopt: [secret, 5],
  allow: [[secret], secret]
}

/** Some of the inputs with a wrong value. */
const someWrong = (): fc.Arbitrary<Readonly<Partial<Record<ArgKey, unknown>>>> =>
  fc.record(
    Object.fromEntries(argKeys.map((key) => [key, fc.constantFrom<unknown>(...wrong[key])])) as {
      readonly [K in ArgKey]: fc.Arbitrary<unknown>
    },
    { requiredKeys: [], noNullPrototype: true }
  )

/** Names that are no inputs. */
const strays = (): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc
    .subarray(['carrierUserPasword', 'sitename', 'made_up', 'constructor'])
    .map((names) => Object.fromEntries(names.map((name) => [name, secret])))

const about =
  (key: string) =>
  (line: string): boolean =>
    new RegExp(`^${key}[:.[]`).test(line)
const failuresOf = (news: Readonly<Record<string, unknown>>): readonly string[] =>
  checkInputs({}, news, settings).failures

describe('Inputs of which some are wrong', () => {
  it('are each told by itself', () => {
    for (const key of argKeys) {
      for (const value of wrong[key]) {
        const failures = failuresOf({ ...allArgs, [key]: value })
        assert.strictEqual(failures.filter(about(key)).length, 1, `${key}: ${failures.join('; ')}`)
      }
    }
  })

  it('are all told at once, in the same words as each alone, and no value is', () => {
    check(
      fc.property(someWrong(), strays(), fc.boolean(), (values, others, known) => {
        const failures = checkInputs(
          {},
          { ...allArgs, ...values, ...others },
          known ? settings : E.left({ _tag: 'Config', text: 'Missing configuration x.' })
        ).failures
        for (const [key, value] of Object.entries({ ...values, ...others })) {
          const [alone = ''] = failuresOf({ ...allArgs, [key]: value }).filter(about(key))
          const [together = ''] = failures.filter(about(key))
          assert.ok(alone !== '' && together.startsWith(alone), `${key}: ${alone}`)
        }
        assert.strictEqual(failures.includes('Missing configuration x.'), !known)
        assert.deepStrictEqual(failures.filter(singsOf), [])
      }),
      300
    )
  })

  it('that a new connection lacks are told beside those that are wrong', () => {
    check(
      fc.property(someWrong(), fc.subarray(['customerGuid', 'siteName', 'sbcId'] as const), (values, missing) => {
        const news = Object.fromEntries(
          Object.entries({ ...leastArgs, ...values }).filter(([key]) => !missing.some((name) => name === key))
        )
        const failures = failuresOf(news)
        for (const key of missing) assert.ok(failures.includes(`${key}: is required`), failures.join('; '))
        assert.ok(Object.keys(news).every((key) => !(key in values) || failures.some(about(key))))
      }),
      300
    )
  })
})

describe('The host, given anything', () => {
  const names = [...argKeys, 'customerVariables', 'onboardingScript', '__provider']
  const properties = (): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
    fc.oneof(
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), canaryJson(names), { maxKeys: 8 }),
      someWrong().map((values) => ({ ...allArgs, ...values }))
    )

  it('checks it: failures without a property and without a value', async () => {
    await check(
      fc.asyncProperty(properties(), properties(), async (olds, news) => {
        const { inputs, failures } = await providers.sipConnection.check(olds, news)
        assert.strictEqual(typeof inputs, 'object')
        for (const { property, reason } of failures) {
          assert.strictEqual(property, '')
          // A name that is no input stands in its failure, so that it can be found in the program.
          const named = Object.keys(news).some((key) => singsOf(key) && reason.startsWith(key))
          assert.ok(named || !singsOf(reason), reason)
        }
      }),
      300
    )
  })
})
