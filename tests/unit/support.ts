import * as fc from 'fast-check'
import type { Settings } from '../../provider/Settings'
import type { SipConnectionArgs } from '../../provider/sip-connection/Args'

/** Settings with every default of the contract. */
export const defaults = {
  baseUrl: 'https://live.example.net/tenantui',
  credentials: { _tag: 'Token', accessToken: 'made-up-token' },
  requestTimeout: 60,
  programTimeout: 300,
  operationTimeout: 1800,
  pollInterval: 5,
  maxRetries: 5,
  requestsPerSecond: 5,
  writesPerSbc: 1,
  readOnly: false,
  clearWith: 'empty',
  siteIdPlacement: 'path',
  modifyBody: 'fields',
  licenseBody: 'upgradeToLicense',
  siteLocationShape: 'array',
  preflight: 'warn',
  movedFrom: []
} as const satisfies Settings

export const customerGuid = '11111111-1111-4111-8111-aaaaaaaaaaaa'
export const otherCustomerGuid = '11111111-1111-4111-8111-bbbbbbbbbbbb'
export const siteGuid = '22222222-2222-4222-8222-cccccccccccc'

/** The least that a new connection declares. */
export const leastArgs = {
  customerGuid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
} as const satisfies SipConnectionArgs

/** Every input, in canonical form. A new input makes this incomplete, which does not compile. */
export const allArgs = {
  customerGuid,
  siteName: 'branch-07',
  sbcId: 3,
  sbcConfigurationType: 'SipTrunk',
  configureSbc: true,
  enableCac: true,
  cacProfile: '10 sessions',
  carrierRegistration: true,
  carrierUserName: 'u-100',
  carrierUserPassword: 'made-up-password',
  carrierPasswordDpi: 'made-up-dpi',
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  phones: ['+4930123456', '030123457'],
  dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: true }],
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Carrier: 'Blue' } },
  m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
  onlinePstnGateway: 'sbc1.example.net',
  proxySet: 'Trunk-A',
  adopt: false,
  allow: ['rename']
} as const satisfies Required<SipConnectionArgs>

/** An object without some of its keys. */
export const without = <T extends object, K extends keyof T>(from: T, ...keys: ReadonlyArray<K>): Omit<T, K> =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>

/** Marks that no text of our own holds, so that a text which holds one was made of a value. */
const canaryText = 'Zq7Canary'
const canaryNumber = 746153

/** Whether a text repeats a value of the arbitraries below. */
export const singsOf = (text: string): boolean =>
  text.toLowerCase().includes(canaryText.toLowerCase()) || text.includes(String(canaryNumber))

/** A text that is known again wherever it turns up. */
export const canary = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      canaryText,
      ` ${canaryText}`,
      `${canaryText}@example.net`,
      `https://${canaryText}.example.net/?a=${canaryText}`,
      `${canaryText}\u0000`,
      canaryText.repeat(40)
    ),
    fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before}${canaryText}${after}`),
    fc.string({ unit: 'binary' }).map((rest) => `${canaryText}${rest}`)
  )

/** JSON whose texts and numbers are known again; names are taken from those given, and sometimes anything. */
export const canaryJson = (names: ReadonlyArray<string>): fc.Arbitrary<unknown> =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      canary(),
      fc.constantFrom<unknown>(canaryNumber, -canaryNumber, canaryNumber + 0.5, null, true, false),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 5 })), tie('value'), { maxKeys: 6 }),
      fc.array(tie('value'), { maxLength: 3 })
    )
  })).value

/** A host name with a dot. */
export const fqdn = (): fc.Arbitrary<string> => fc.domain({ size: 'small' })

/** Inputs that the check accepts, in canonical form. */
export const sipConnectionArgs = (): fc.Arbitrary<SipConnectionArgs> => {
  const word = (maxLength: number) => fc.stringMatching(/^[a-z0-9-]+$/, { maxLength })
  const scriptId = () => fc.integer({ min: 1 })
  const phone = () => fc.stringMatching(/^\+?[0-9]{3,15}$/)
  return fc.record(
    {
      customerGuid: fc.uuid(),
      siteName: word(128),
      sbcId: fc.integer({ min: 1 }),
      sbcScripts: fc.record(
        {
          onboardingScript: scriptId(),
          cleanupScript: scriptId(),
          customerVariables: fc.dictionary(word(12), fc.string(), { maxKeys: 4, noNullPrototype: true })
        },
        { requiredKeys: ['onboardingScript', 'cleanupScript'], noNullPrototype: true }
      ),
      sbcConfigurationType: fc.constantFrom('SipTrunk', 'IpPbx', 'Byoc', 'Unknown'),
      configureSbc: fc.boolean(),
      enableCac: fc.constant(false),
      cacProfile: word(20),
      carrierRegistration: fc.constant(false),
      carrierUserName: word(60),
      carrierUserPassword: word(50),
      carrierPasswordDpi: word(50),
      carrierMainLine: word(20),
      carrierHostName: fqdn(),
      phones: fc.uniqueArray(phone(), { minLength: 1, maxLength: 4 }),
      dialPlanPrefixes: fc.uniqueArray(
        fc.record({ dialPlanName: word(10), index: fc.nat(), active: fc.boolean() }, { noNullPrototype: true }),
        { maxLength: 4, selector: ({ dialPlanName, index }) => `${index} ${dialPlanName}` }
      ),
      m365Scripts: fc.record(
        { configureM365Routing: fc.boolean(), onboardingScript: scriptId(), cleanupScript: scriptId() },
        { requiredKeys: ['configureM365Routing'], noNullPrototype: true }
      ),
      onlinePstnGateway: fqdn(),
      proxySet: word(20),
      adopt: fc.constant(false),
      allow: fc.subarray(['rename', 'sbcMove', 'clearPhones'] as const)
    },
    { requiredKeys: ['customerGuid', 'siteName', 'sbcId', 'sbcScripts'], noNullPrototype: true }
  )
}
