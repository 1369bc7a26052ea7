import * as t from 'io-ts'
import {
  adopt,
  exactly,
  flag,
  fqdn,
  guid,
  hostName,
  integerFrom,
  list,
  oneOf,
  refine,
  text,
  variables,
  wide,
  withDefaults
} from '../Codecs'
import type { SecretPlaces } from '../SecretMarks'
import type { Codec } from '../Shape'
import { known } from '../Unknowns'

/** Configuration mode of the SBC for a connection: 1, 2, 3 and 0 on the wire. */
export type SbcConfigurationType = 'SipTrunk' | 'IpPbx' | 'Byoc' | 'Unknown'

/** A dangerous change that a program may mean. */
export type DangerousChange = 'rename' | 'sbcMove' | 'clearPhones'

/** A prefix of a dial plan of the connection. */
export interface DialPlanPrefix {
  /** Name of the dial plan that holds the prefix, e.g. `CustDialPlan`. */
  readonly dialPlanName: string
  /** Index of the prefix in the dial plan, a whole number from 0. Together with the name it is unique. */
  readonly index: number
  /** Whether the DID is active. Default: true; it is always sent. */
  readonly active?: boolean
}

/** Scripts that program the SBC when a connection comes and goes. */
export interface SbcScripts {
  /** Id of the script that sets the connection up on the SBC (Get Script Templates). Required for a new connection. */
  readonly onboardingScript?: number
  /** Id of the script that takes the connection off the SBC (Get Script Templates). Required for a new connection. */
  readonly cleanupScript?: number
  /**
   * Variables of the scripts by name, e.g. the name of an SBC (provider SIP trunk, BYOC or IP-PBX), a region or a carrier.
   * A value whose name sounds like a secret (`password`, `secret`, `token` …) is marked secret; the rest stays readable in a review.
   * An update sends the declared variables together with those that the platform holds besides.
   */
  readonly customerVariables?: Readonly<Record<string, string>>
}

/** Scripts on the Microsoft 365 side. They are sent only when declared, and never without the flag. */
export interface M365Scripts {
  /** `flagConfigureM365Routing`. The vendor's page gives no meaning beside the name. */
  readonly configureM365Routing: boolean
  /** Id of the M365 onboarding script (Get Script Templates). */
  readonly onboardingScript?: number
  /** Id of the M365 cleanup script (Get Script Templates). */
  readonly cleanupScript?: number
}

/**
 * What a program declares of a SIP connection. There are no client-side defaults: what is not declared is the platform's own
 * default at creation and is not managed after, which means not sent and not compared.
 *
 * Source of all fields: the vendor's page "Modify SIP Connection", unless another page is named.
 */
export interface SipConnectionArgs {
  /**
   * The service (customer) that the connection belongs to: a uuid. Operator Connect: it exists once a license has been applied to
   * the lead, and is null before. Direct Routing: the id of the Hosted Essentials service. Get Services Brief Details (V3)
   * lists it beside the short name. A change replaces the connection.
   */
  readonly customerGuid: string
  /**
   * Name of the connection, 1 to 128 characters without a blank at either end. A change needs `allow: ["rename"]`, since the vendor
   * does not say whether the field renames a connection or selects one.
   */
  readonly siteName: string
  /**
   * Id of the SBC device, a whole number from 1 (Get SBC Devices). A change needs `allow: ["sbcMove"]`: the old SBC may keep its
   * IP group and its registration.
   */
  readonly sbcId: number
  /**
   * Configuration mode of the SBC. `SipTrunk`: the service provider's SIP trunk. `IpPbx`: the service provider's IP-PBX. `Byoc`
   * (bring your own carrier): SIP trunk services of the customer that are not the service provider's.
   */
  readonly sbcConfigurationType?: SbcConfigurationType
  /**
   * Whether the SBC is configured: PSTN gateway, configuration mode, region and carrier, carrier registration, CAC. Default of the
   * platform: true.
   */
  readonly configureSbc?: boolean
  /** Whether a call admission control (CAC) profile is configured; true needs `cacProfile`. Default of the platform: true. */
  readonly enableCac?: boolean
  /** Number of CAC sessions and, at the same time, name of the profile, sent as written: `10 sessions` (Get SBC Devices). */
  readonly cacProfile?: string
  /**
   * Whether the SBC registers with the carrier. true needs `carrierMainLine`, `carrierHostName`, `carrierUserName` and
   * `carrierUserPassword`. Default of the platform: true.
   */
  readonly carrierRegistration?: boolean
  /** User name of the digest authentication (MD5) with the carrier, up to 60 characters. Default of the platform: none. */
  readonly carrierUserName?: string
  /**
   * Password of the digest authentication, up to 50 characters, none beyond U+00FF (no wide characters), no control characters, no
   * blank at either end. Always a secret.
   */
  readonly carrierUserPassword?: string
  /** Passed through as `carrierPasswordDPI`, which the vendor's page leaves open. Always a secret. */
  readonly carrierPasswordDpi?: string
  /**
   * User part of the address of record (AOR), which stands in From and To of REGISTER (RFC 3261, section 10): `main` of
   * `sip:main@sip.example.net`. Without scheme and `@`.
   */
  readonly carrierMainLine?: string
  /** Host part of the address of record: a host name or an IPv4 address, without a port. */
  readonly carrierHostName?: string
  /** Numbers of the connection: 3 to 15 digits each, with or without a `+` (E.164). An empty list needs `allow: ["clearPhones"]`. */
  readonly phones?: ReadonlyArray<string>
  /** Prefixes of dial plans. Name and index are unique together. */
  readonly dialPlanPrefixes?: ReadonlyArray<DialPlanPrefix>
  /** Scripts that program the SBC. Both scripts are required for a new connection. */
  readonly sbcScripts?: SbcScripts
  /** Scripts on the Microsoft 365 side. */
  readonly m365Scripts?: M365Scripts
  /**
   * Name (FQDN) of the online PSTN gateway of the SBC that is attached to the calling profile (Get Online PSTN Gateway). The platform
   * reads it back with the name of the site in front, which is taken as equal.
   */
  readonly onlinePstnGateway?: string
  /** Name of the proxy set of the SBC (page "Add SIP Connection"). A change needs the setting `modifyBody: scriptParameters`. */
  readonly proxySet?: string
  /**
   * What happens when the connection exists already. Default: false, an error that says how to take it over. `true`: the
   * connection of that name is taken over, or created when there is none. A site id (uuid): exactly that one is taken over,
   * and never one created. Taking over reads first and changes only what differs. `enableCac` and `carrierRegistration` must be
   * declared with it, since the platform does not return them.
   */
  readonly adopt?: boolean | string
  /** Dangerous changes that this program means. Without it such a change is an error that says what could happen. Default: none. */
  readonly allow?: ReadonlyArray<DangerousChange>
}

/** Names of the inputs. */
export type ArgKey = keyof SipConnectionArgs

const mainLine = text('the user part of the AOR', 255, (s) =>
  s.includes('@') || /^(sips?|tel):/i.test(s)
    ? 'expected the user part alone, without scheme and "@" (the host goes to carrierHostName)'
    : /\s/.test(s)
      ? 'has a blank; expected the user part of the AOR'
      : undefined
)

const phone = refine('a number of 3 to 15 digits, with or without a "+"', t.string, (s) =>
  /^\+?\d{3,15}$/.test(s) ? undefined : 'expected 3 to 15 digits, with or without a "+" in front'
)

const prefix: Codec<DialPlanPrefix> = withDefaults(
  exactly(
    'an object with dialPlanName, index and active',
    { dialPlanName: known(text('the name of a dial plan', 128)), index: known(integerFrom(0)) },
    { active: known(flag) }
  ),
  { active: true }
)

/**
 * The codec of every input, which also brings it into its canonical form (guids in lower case, `active` filled in). A
 * value that is not known yet passes. An input without a codec does not compile.
 */
export const argCodecs: {
  readonly [K in ArgKey]-?: Codec<Exclude<SipConnectionArgs[K], undefined>>
} = {
  customerGuid: known(guid),
  siteName: known(text('the name of the connection', 128)),
  sbcId: known(integerFrom(1)),
  sbcConfigurationType: known(oneOf<SbcConfigurationType>('SipTrunk', 'IpPbx', 'Byoc', 'Unknown')),
  configureSbc: known(flag),
  enableCac: known(flag),
  cacProfile: known(text('the name of a CAC profile such as "10 sessions"', 128)),
  carrierRegistration: known(flag),
  carrierUserName: known(text('the digest user name', 60)),
  carrierUserPassword: known(text('the digest password', 50, wide)),
  carrierPasswordDpi: known(text('the DPI password', 1024)),
  carrierMainLine: known(mainLine),
  carrierHostName: known(hostName),
  phones: known(list('a list of numbers', known(phone))),
  dialPlanPrefixes: known(list('a list of dial-plan prefixes', known(prefix))),
  sbcScripts: known(
    exactly(
      'an object with onboardingScript, cleanupScript and customerVariables',
      {},
      {
        onboardingScript: known(integerFrom(1)),
        cleanupScript: known(integerFrom(1)),
        customerVariables: known(variables)
      }
    )
  ),
  m365Scripts: known(
    exactly(
      'an object with configureM365Routing, onboardingScript and cleanupScript',
      { configureM365Routing: known(flag) },
      { onboardingScript: known(integerFrom(1)), cleanupScript: known(integerFrom(1)) }
    )
  ),
  onlinePstnGateway: known(fqdn),
  proxySet: known(text('the name of a proxy set', 128)),
  adopt: known(adopt('a site id')),
  allow: known(list('a list of dangerous changes', known(oneOf<DangerousChange>('rename', 'sbcMove', 'clearPhones'))))
}

/** Names of the inputs, in the order of the documentation. */
export const argKeys = Object.keys(argCodecs) as ReadonlyArray<ArgKey>

/** Inputs that a program must declare. */
export const requiredKeys: ReadonlyArray<ArgKey> = ['customerGuid', 'siteName', 'sbcId']

/** Inputs that steer the provider and are never sent: a change of them rewrites the state and nothing else. */
export const optionKeys: ReadonlyArray<ArgKey> = ['adopt', 'allow']

/** Inputs that are secret as a whole; the resource class marks them whatever the program does. */
export const secretKeys = ['carrierUserPassword', 'carrierPasswordDpi'] as const satisfies ReadonlyArray<ArgKey>

/** Where a connection has secrets. */
export const secretPlaces: SecretPlaces = { keys: secretKeys, bags: [['sbcScripts', 'customerVariables']] }
