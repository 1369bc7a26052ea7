import * as fc from 'fast-check'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'

/** Inputs of connections for the tests of the change report. */

export const customerGuid = '11111111-1111-4111-8111-111111111111'

/** Secrets of the signs that encodings change; long enough to be told from other text. */
export const secret = (): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...'abcXYZ019"\\+/%<>&\'= |`üß'), minLength: 8, maxLength: 16 })
    .filter((text) => text.trim() === text && /[a-zA-Z0-9]{2}/.test(text) && !/secret|branch/i.test(text))

const text = (): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'ab |\n`*<&[]"\\'), minLength: 1, maxLength: 8 })

const optional = <A>(value: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> => fc.option(value, { nil: undefined })

const present = <A extends object>(value: A): A =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as A

/** Inputs of one connection, with secrets in all places. */
export const args = (): fc.Arbitrary<SipConnectionArgs> =>
  fc
    .record({
      siteName: fc.constantFrom('branch-01', 'branch-02'),
      sbcId: fc.constantFrom(3, 4),
      cacProfile: optional(text()),
      carrierUserName: optional(text()),
      carrierUserPassword: optional(secret()),
      carrierPasswordDpi: optional(secret()),
      phones: optional(fc.array(fc.constantFrom('+4930123', '+4930124', '+4930125'), { maxLength: 3 })),
      variables: optional(
        fc.record({ Region: optional(text()), SipPassword: optional(secret()), 'odd.name "x"': optional(text()) })
      ),
      m365: optional(fc.boolean())
    })
    .map(({ variables, m365, ...rest }) =>
      present({
        customerGuid,
        ...rest,
        ...(variables === undefined
          ? {}
          : { sbcScripts: { onboardingScript: 12001, customerVariables: present(variables) } }),
        ...(m365 === undefined ? {} : { m365Scripts: { configureM365Routing: m365 } })
      } as SipConnectionArgs)
    )
